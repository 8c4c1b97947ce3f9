"""Whom to target with each arm of an experiment, from a data set's tables to what every way of listing is worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from helpers.errors import NothingToDo
from helpers.lift.uplift.features import known_before, tells_nothing
from helpers.lift.uplift.judge import Judged, judge
from helpers.lift.uplift.rules import Rule
from helpers.lift.uplift.trial import make_trial
from helpers.reporting import literal

if TYPE_CHECKING:
    import ibis

    from helpers.datasets import Shop


class Targeted(NamedTuple):
    """What is known of whom to target with an arm.

    Attributes:
        arm: The arm.
        judged: What the ways of listing are worth; None where it cannot be told.
        reason: Why it cannot be, in a sentence; empty where it can.
    """

    arm: str
    judged: Judged | None
    reason: str = ""


def find(
    shop: Shop, people: ibis.Table, *, control: str, rules: Sequence[Rule] = (), draws: int, seed: int
) -> list[Targeted]:
    """Judge every way of listing people for every arm of one experiment, by one metric of which more is better.

    Args:
        shop: An open data set whose profiles are written.
        people: One row a person of one experiment and metric whose window is complete: profile_id, variation,
            first_exposed_at (in UTC) and value.
        control: The arm that others are held against.
        rules: Rules that were named beforehand.
        draws: Bootstrap draws behind the intervals.
        seed: Seed of parts, trees and draws.

    Returns:
        One entry an arm, in the order of their names.

    Raises:
        WrongUse: If a rule looks at what is not known of people.
    """
    features = known_before(shop, people)
    rows = shop.frame(people.select("profile_id", "variation", "value")).set_index("profile_id").loc[features.index]
    met, value = rows["variation"], rows["value"].astype("float64")
    arms = sorted({*met} - {control})
    for rule in rules:
        if tells_nothing(shop, rule.feature, features):
            reason = (
                f"The rule {literal(rule.name)} singles out nobody: before, {literal(rule.feature)} was the same of "
                "everybody, or of too few people to tell."
            )
            return [Targeted(arm, None, reason) for arm in arms]

    def of(arm: str) -> Targeted:
        own = met.isin([arm, control])
        try:
            trial = make_trial(features[own], met[own] == arm, value[own])
            return Targeted(arm, judge(trial, rules, draws=draws, seed=seed))
        except NothingToDo as why:
            return Targeted(arm, None, str(why))

    return [of(arm) for arm in arms]
