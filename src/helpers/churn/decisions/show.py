"""The tables that a page shows of decisions; small groups in them are hidden."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from helpers.churn.decisions.audit import Group
from helpers.churn.decisions.families import FAMILY_NAMES
from helpers.churn.decisions.find import Decisions
from helpers.churn.decisions.money import POLICIES
from helpers.churn.decisions.paying import Money, told
from helpers.churn.decisions.words import OFF, POLICY_NAMES, amount
from helpers.churn.weighing import PLAIN
from helpers.churn.words import in_100, signed_100
from helpers.privacy import Published, publish, publish_for

if TYPE_CHECKING:
    from helpers.datasets import Shop

PEOPLE, GONE = "Customers", "Did not come back"
LISTED = "Customers contacted"
CONTACTED, MISSED = "Would be contacted", "Of these, did not come back"
PAIRS = "Of 100 pairs, right"
# Not left empty: in a row that is hidden an empty cell would tell why it is.
_TOO_FEW = "too few"
FIRST, STRONGEST = "As the first reason", "Among the three strongest"


def reasons_table(shop: Shop, found: Decisions) -> Published:
    """For how many people each family of features speaks for not coming back, as the first or among three reasons."""
    up = found.reasons[found.reasons["direction"] == "up"]
    rows = {
        family: {
            "What speaks for not coming back": name,
            FIRST: int(((up["family"] == family) & (up["rank"] == 1)).sum()),
            STRONGEST: int((up["family"] == family).sum()),
        }
        for family, name in FAMILY_NAMES.items()
    }
    frame = pd.DataFrame(rows.values()).sort_values(FIRST, ascending=False, kind="stable", ignore_index=True)
    return publish_for(shop, "churn.reasons", frame, people=[FIRST, STRONGEST], parts=[[STRONGEST, FIRST]])


def by_group(shop: Shop, found: Decisions) -> tuple[Decisions, dict[str, Published], dict[str, Published]]:
    """Decisions without the groups of which `groups_tables` hides something, these tables, and `contacted_tables`.

    Tables are by kind, as a caption has it.

    A hidden group that is told of in a sentence, a picture or a record would be hidden no more.
    """
    judged = groups_tables(shop, found.groups)
    names = {(kind, name) for kind, table in judged.items() for name in table.frame.dropna(subset=[OFF]).iloc[:, 0]}
    shown = found._replace(groups=[each for each in found.groups if (each.kind, each.name) in names])
    contacted = contacted_tables(shop, found.groups)
    return shown, *({headed(kind).lower(): table for kind, table in tables.items()} for tables in (judged, contacted))


def groups_tables(shop: Shop, groups: list[Group]) -> dict[str, Published]:
    """How the scores do in the groups of each kind, by kind: what was said and came, and how people are ranked."""
    return {
        kind: publish_for(shop, f"churn.groups.{kind}", frame, people=[PEOPLE, GONE], parts=[[PEOPLE, GONE]])
        for kind, frame in _by_kind(groups, _judged).items()
    }


def contacted_tables(shop: Shop, groups: list[Group]) -> dict[str, Published]:
    """Whom of each group would be contacted, by kind, and how many of those did not come back; none without money."""
    people, parts = [PEOPLE, CONTACTED, MISSED], [[PEOPLE, CONTACTED], [CONTACTED, MISSED]]
    return {
        kind: publish_for(shop, f"churn.contacted.{kind}", frame, people=people, parts=parts)
        for kind, frame in _by_kind([each for each in groups if each.flagged], _contacted).items()
    }


def savings_table(found: Money, currency: str) -> Published:
    """Whom each way contacts, and what that saves for 1,000 customers; without what would tell of a few."""
    savings, may = found.savings, told(found.savings)
    rivals = savings.gains if "threshold" in may else {}  # with the saving of a rival a gain tells the threshold's
    rows = [
        {
            "Who is contacted": POLICY_NAMES[policy],
            LISTED: savings.listed[policy],
            "Saved for 1,000 customers": amount(savings.per_1000[policy], currency),
            "The threshold saves more by": amount(rivals[policy], currency, signed=True) if policy in rivals else None,
        }
        for policy in POLICIES
    ]
    few = [(POLICY_NAMES[policy], LISTED) for policy in POLICIES if policy not in may]
    return publish(pd.DataFrame(rows), people=LISTED, totals="none", also=few)


def weights_table(found: Decisions) -> Published:
    """Of 100 people, of 100 rows, and of 100 by weight where weights are used, how many each tenth by activity has."""
    shares, used = 100 * found.weighed.shares, found.weighed.chosen.used
    frame = pd.DataFrame(
        {
            "Tenth by activity": [f"{tenth} of {len(shares)}" for tenth in shares.index],
            "Of 100 people": shares["people"].to_numpy(),
            "Of 100 rows learned from": shares[PLAIN].to_numpy(),
        }
    )
    if used != PLAIN:
        frame["Of 100 as they count"] = shares[used].to_numpy()
    return publish(frame, people=None, why="shares of the weight that a model learns with")


def _by_kind(groups: list[Group], row: Callable[[Group], dict[str, object]]) -> dict[str, pd.DataFrame]:
    kinds = dict.fromkeys(each.kind for each in groups)
    return {
        kind: pd.DataFrame([{headed(kind): each.name} | row(each) for each in groups if each.kind == kind])
        for kind in kinds
    }


def headed(kind: str) -> str:
    """A kind of group as the head of a column."""
    return kind.replace("_", " ").capitalize()


def _judged(group: Group) -> dict[str, object]:
    return {
        PEOPLE: group.base_rate.n,
        GONE: group.base_rate.numerator,
        OFF: signed_100(group.gap),
        PAIRS: in_100(group.auc) if group.auc else _TOO_FEW,
        "Off by more than all": _TOO_FEW if group.gap_p is None else "yes" if group.misjudged else "no",
    }


def _contacted(group: Group) -> dict[str, object]:
    gone = group.precision.numerator if group.precision else 0
    return {PEOPLE: group.flagged.n, CONTACTED: group.flagged.numerator, MISSED: gone}
