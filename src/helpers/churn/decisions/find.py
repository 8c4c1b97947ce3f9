"""From judged scores to decisions: reasons, groups, weights, money and the card, for one population."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers.churn.decisions.audit import Group, audit, overall_gap
from helpers.churn.decisions.audit import as_frame as groups_frame
from helpers.churn.decisions.groups import groups_of
from helpers.churn.decisions.money import (
    POLICIES,
    RIVALS,
    Contact,
    Savings,
    contact_of,
    cost_curve,
    judge_savings,
    learned_threshold,
)
from helpers.churn.decisions.said import say
from helpers.churn.decisions.stability import Stability, steady
from helpers.churn.decisions.today import Today, divide, may_be_written_to, worth_of_orderers
from helpers.churn.decisions.weighing import Weighed, fit_logistic, try_weights
from helpers.churn.ladder import Ladder
from helpers.churn.panel import Panel
from helpers.statistics import Estimate

if TYPE_CHECKING:
    from helpers.datasets import Shop

REFITS = 5


class Decisions(NamedTuple):
    """What scores lead to.

    Attributes:
        contact: What is assumed of a contact.
        orderers: People that the value kept rests on; None where it was given.
        curve: As `cost_curve` gives it, on the test people.
        savings: What each way of choosing whom to contact saves on them.
        today: Whom to contact now, and whom to leave alone.
        gap: What was said minus what came, of all test people.
        groups: How the scores do in each group of them.
        weighed: What weights for training would change.
        stability: How firm reasons are.
        reasons: Rows of table `churn_reasons` of the people of now.
    """

    contact: Contact
    orderers: int | None
    curve: pd.DataFrame
    savings: Savings
    today: Today
    gap: Estimate
    groups: list[Group]
    weighed: Weighed
    stability: Stability
    reasons: pd.DataFrame


def assume(shop: Shop, panel: Panel, *, cost: float, value: float, kept: float) -> tuple[Contact, int | None]:
    """The assumptions of a contact; a value of 0 is taken from the last horizon before the test cutoff.

    Args:
        shop: An open data set whose profiles are written.
        panel: Says which horizon.
        cost: Of a contact, in the currency.
        value: Of a customer who is kept, in the currency; 0 for the median revenue of those who ordered.
        kept: Share of those who would not order that a contact keeps.

    Returns:
        The assumptions, and how many people the value rests on, None where it was given.

    Raises:
        WrongUse: If an amount is below 0 or the share none.
        NothingToDo: If a value is to be taken from orders and nobody ordered.
    """
    contact = contact_of(cost=cost, value=value, kept=kept)
    if value > 0:
        return contact, None
    end = panel.cutoffs.test
    worth = worth_of_orderers(shop, end - timedelta(days=panel.cutoffs.horizon_days), end)
    return contact._replace(value=worth.value), worth.n


def decide(
    shop: Shop, panel: Panel, ladder: Ladder, told: pd.DataFrame, assumed: tuple[Contact, int | None], *, draws: int,
    seed: int,
) -> Decisions:  # fmt: skip
    """Make decisions of what is said of the headline population; writes tables `churn_groups` and `churn_savings`.

    Args:
        shop: An open data set whose profiles are written.
        panel: As `build_panel` gives it.
        ladder: Learned from it, with one population or more.
        told: Rows of table `churn_reasons` of everybody.
        assumed: As `assume` gives it.
        draws: Bootstrap draws behind the intervals.
        seed: Seed of the draws, of folds and of trees.
    """
    panel, said = say(panel, ladder, told)
    contact, orderers = assumed
    churned = panel.test["churned"]
    again = [said.trees(seed + step) for step in range(1, 1 + REFITS)]
    learned = contact.threshold
    if len(said.held):
        learned = learned_threshold(said.held["churned"], said.held["probability"], contact)
    found = Decisions(
        contact=contact,
        orderers=orderers,
        curve=cost_curve(churned, said.test, contact),
        savings=judge_savings(panel.test, said.test, contact, learned=learned, draws=draws, seed=seed),
        today=divide(said.current, may_be_written_to(shop, panel.current), contact),
        gap=overall_gap(churned, said.test),
        groups=audit(
            churned,
            said.test,
            said.test >= contact.threshold,
            groups_of(shop, panel.test, panel.cutoffs.test),
            draws=draws,
            seed=seed,
        ),
        weighed=try_weights(panel.training, panel.test, fit_logistic, draws=draws, seed=seed),
        stability=steady(said.in_use, again, panel.test, said.test, draws=draws, seed=seed),
        reasons=said.reasons,
    )
    shop.write("churn_groups", groups_frame(found.groups))
    shop.write("churn_savings", savings_frame(found.savings))
    return found


def savings_frame(savings: Savings) -> pd.DataFrame:
    """Savings as rows of table `churn_savings`."""
    rows = [(policy, "saving", savings.per_1000[policy]) for policy in POLICIES]
    rows += [(policy, "gain", savings.gains[policy]) for policy in RIVALS]
    frame = pd.DataFrame([{"policy": policy, "metric": metric, **each._asdict()} for policy, metric, each in rows])
    return frame.drop(columns="numerator")
