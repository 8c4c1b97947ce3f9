"""The tables that a page shows of decisions; small groups in them are hidden."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from helpers.churn.decisions.audit import Group
from helpers.churn.decisions.families import FAMILY_NAMES
from helpers.churn.decisions.find import Decisions
from helpers.churn.decisions.money import POLICIES
from helpers.churn.decisions.words import OFF, POLICY_NAMES, amount, in_100, signed_100
from helpers.privacy import Published, publish, publish_for

if TYPE_CHECKING:
    from helpers.datasets import Shop

PEOPLE, GONE = "Customers", "Did not order"
CONTACTED, MISSED = "Would be contacted", "Of these, did not order"
PAIRS = "Of 100 pairs, right"
# Not left empty: in a row that is hidden an empty cell would tell why it is.
_TOO_FEW = "too few"
FIRST, STRONGEST = "As the first reason", "Among the three strongest"


def reasons_table(shop: Shop, found: Decisions) -> Published:
    """For how many people each family of features speaks for no order, first of all or among the three strongest."""
    up = found.reasons[found.reasons["direction"] == "up"]
    rows = {
        family: {
            "What speaks for no order": name,
            FIRST: int(((up["family"] == family) & (up["rank"] == 1)).sum()),
            STRONGEST: int((up["family"] == family).sum()),
        }
        for family, name in FAMILY_NAMES.items()
    }
    frame = pd.DataFrame(rows.values()).sort_values(FIRST, ascending=False, kind="stable", ignore_index=True)
    return publish_for(shop, "churn.reasons", frame, people=[FIRST, STRONGEST], parts=[[STRONGEST, FIRST]])


def groups_tables(shop: Shop, groups: list[Group]) -> dict[str, Published]:
    """How the scores do in the groups of each kind, by kind: what was said and came, and how people are ranked."""
    return {
        kind: publish_for(shop, f"churn.groups.{kind}", frame, people=[PEOPLE, GONE], parts=[[PEOPLE, GONE]])
        for kind, frame in _by_kind(groups, _judged).items()
    }


def contacted_tables(shop: Shop, groups: list[Group]) -> dict[str, Published]:
    """Whom of each group would be contacted, by kind, and how many of those did not order."""
    people, parts = [PEOPLE, CONTACTED, MISSED], [[PEOPLE, CONTACTED], [CONTACTED, MISSED]]
    return {
        kind: publish_for(shop, f"churn.contacted.{kind}", frame, people=people, parts=parts)
        for kind, frame in _by_kind(groups, _contacted).items()
    }


def savings_table(found: Decisions, currency: str) -> Published:
    """Whom each way contacts, and what that saves for 1,000 customers."""
    savings = found.savings
    rows = [
        {
            "Who is contacted": POLICY_NAMES[policy],
            "Customers contacted": savings.listed[policy],
            "Saved for 1,000 customers": amount(savings.per_1000[policy], currency),
            "The threshold saves more by": amount(savings.gains[policy], currency, signed=True)
            if policy in savings.gains
            else None,
        }
        for policy in POLICIES
    ]
    return publish(pd.DataFrame(rows), people="Customers contacted", totals="none")


def weights_table(found: Decisions) -> Published:
    """Of 100 people and of 100 rows' weight, how many each tenth by activity has."""
    shares = 100 * found.weighed.shares
    frame = pd.DataFrame(
        {
            "Tenth by activity": [f"{tenth} of {len(shares)}" for tenth in shares.index],
            "Of 100 people": shares["people"].to_numpy(),
            "Of 100 rows learned from": shares["plain"].to_numpy(),
        }
    )
    return publish(frame, people=None, why="shares of the weight that a model learns with")


def _by_kind(groups: list[Group], row: Callable[[Group], dict[str, object]]) -> dict[str, pd.DataFrame]:
    kinds = dict.fromkeys(each.kind for each in groups)
    return {
        kind: pd.DataFrame([{_headed(kind): each.name} | row(each) for each in groups if each.kind == kind])
        for kind in kinds
    }


def _headed(kind: str) -> str:
    return kind.replace("_", " ").capitalize()


def _judged(group: Group) -> dict[str, object]:
    return {
        PEOPLE: group.base_rate.n,
        GONE: group.base_rate.numerator,
        OFF: signed_100(group.gap),
        PAIRS: in_100(group.auc) if group.auc else _TOO_FEW,
        "Off beyond chance": _TOO_FEW if group.gap_p is None else "yes" if group.misjudged else "no",
    }


def _contacted(group: Group) -> dict[str, object]:
    gone = group.precision.numerator if group.precision else 0
    return {PEOPLE: group.flagged.n, CONTACTED: group.flagged.numerator, MISSED: gone}
