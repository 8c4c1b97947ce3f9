"""From judged scores to decisions: reasons, groups, weights and money, for one population."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers.churn.cutoffs import Cutoffs
from helpers.churn.decisions.audit import Group, audit, overall_gap
from helpers.churn.decisions.audit import as_frame as groups_frame
from helpers.churn.decisions.groups import groups_of
from helpers.churn.decisions.paying import Money, pay, savings_frame
from helpers.churn.decisions.said import say
from helpers.churn.decisions.stability import Stability, steady
from helpers.churn.decisions.weighing import Weighed, see_weights
from helpers.churn.decisions.worth import Assumed
from helpers.churn.ladder import Ladder
from helpers.churn.panel import Panel
from helpers.churn.trees import fit_boosted
from helpers.statistics import Estimate

if TYPE_CHECKING:
    from helpers.datasets import Shop

REFITS = 5


class Decisions(NamedTuple):
    """What scores lead to.

    Attributes:
        cutoffs: The moments and the label.
        assumed: What is assumed of a contact.
        money: What contacting pays; None where the value of a customer who is kept is not known.
        gap: What was said minus what came, of all test people.
        groups: How the scores do in each group of them.
        weighed: What weights for training change.
        stability: How firm reasons are.
        reasons: Rows of table `churn_reasons` of the people of now.
    """

    cutoffs: Cutoffs
    assumed: Assumed
    money: Money | None
    gap: Estimate
    groups: list[Group]
    weighed: Weighed
    stability: Stability
    reasons: pd.DataFrame


def decide(
    shop: Shop, panel: Panel, ladder: Ladder, told: pd.DataFrame, assumed: Assumed, *, draws: int, seed: int
) -> Decisions:  # fmt: skip
    """Make decisions of what is said of the headline population; writes tables `churn_groups` and `churn_savings`.

    Args:
        shop: An open data set whose profiles are written.
        panel: As `build_panel` gives it.
        ladder: Learned from it, with one population or more.
        told: Rows of table `churn_reasons` of everybody.
        assumed: As `assume` gives it.
        draws: Bootstrap draws behind the intervals.
        seed: Seed of the draws; of trees as was learned with, and those after it for trees grown again.
    """
    panel, said = say(panel, ladder, told, seed=seed)
    churned = panel.test["churned"]
    again = [fit_boosted(said.lesson._replace(seed=seed + step)).booster() for step in range(1, 1 + REFITS)]
    money = pay(shop, panel, said, assumed.contact, draws=draws, seed=seed) if assumed.known else None
    found = Decisions(
        cutoffs=panel.cutoffs,
        assumed=assumed,
        money=money,
        gap=overall_gap(churned, said.test),
        groups=audit(
            churned,
            said.test,
            None if money is None else money.listed,
            groups_of(shop, panel.test, panel.cutoffs.test),
            draws=draws,
            seed=seed,
        ),
        weighed=see_weights(said.lesson, ladder.populations[ladder.headline].weighing, panel.test, draws=draws),
        stability=steady(said.in_use, again, panel.test, said.test, draws=draws, seed=seed),
        reasons=said.reasons,
    )
    shop.write("churn_groups", groups_frame(found.groups))
    shop.write("churn_savings", savings_frame(money.savings if money else None))
    return found
