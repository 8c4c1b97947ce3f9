"""Every way to draw up a list judged on the same people: against a blind list, a named rule, and everybody."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np
from scipy.stats import norm
from threadpoolctl import threadpool_limits

from helpers.lift.uplift.curve import Curve, Ranked
from helpers.lift.uplift.learners import LEARNERS, learn
from helpers.lift.uplift.policy import Policy
from helpers.lift.uplift.rules import Rule, listed
from helpers.lift.uplift.trial import Trial
from helpers.statistics import Estimate, Resamples, holm, resample
from helpers.statistics.bootstrap import Statistic

BY_CHANCE = 0.025  # one side of 19 in 20, for all ways together


class Judged(NamedTuple):
    """What each way is worth, in the outcome's unit per customer of the whole.

    Rules are judged on everybody, learners on the four fifths of whom they could speak without having seen them, and
    what compares the two on these.

    Attributes:
        overall: What treating everybody changes.
        areas: Extra gain of a way's list over one drawn blindly, over lists of every length.
        beyond_rule: A learner's area minus that of a rule on the same people and draws, by learner and rule.
        chance: How small a chance would make each area as large, Holm-adjusted over all ways.
        chance_beyond: The same of each learner's difference from a rule, adjusted over learners and rules.
        shares: Share of people on a way's own list: whom a rule names, whom a learner expects to gain.
        policies: What treating that list and nobody else changes, against treating nobody.
        over_everybody: What treating that list changes against treating everybody.
        curves: Points of each way's curve, shape (1, groups + 1).
    """

    overall: Estimate
    areas: dict[str, Estimate]
    beyond_rule: dict[tuple[str, str], Estimate]
    chance: dict[str, float]
    chance_beyond: dict[tuple[str, str], float]
    shares: dict[str, float]
    policies: dict[str, Estimate]
    over_everybody: dict[str, Estimate]
    curves: dict[str, Curve]

    @property
    def rules(self) -> list[str]:
        """Names of the rules, as they were handed in."""
        return [name for name in self.areas if name not in LEARNERS]

    @property
    def best_rule(self) -> str | None:
        """The rule whose area is the least likely by chance, None where none was named."""
        return min(self.rules, key=self._promise, default=None)

    @property
    def best_learner(self) -> str:
        """The learner whose area is the least likely by chance."""
        return min(LEARNERS, key=self._promise)

    def _promise(self, name: str) -> tuple[float, float]:
        return self.chance[name], -self.areas[name].value


def judge(trial: Trial, rules: Sequence[Rule], *, draws: int, seed: int) -> Judged:
    """Let learners and rules draw up lists, and say what each is worth.

    Draws are of people, with each one's place on the lists as it is: how much learners would differ had they seen
    others is not in the intervals.

    Args:
        trial: As `make_trial` gives it.
        rules: Rules that were named beforehand; may be none.
        draws: Bootstrap draws of the people, the same for all ways.
        seed: Seed of parts, trees and draws.

    Raises:
        NothingToDo: If a rule lists everybody or nobody.
        WrongUse: If a rule looks at what is not known.
    """
    chosen = {rule.name: listed(rule, trial) for rule in rules}
    learned = learn(trial, seed=seed)
    everyone = np.ones(len(trial.treated), dtype=bool)
    asked = np.logical_and.reduce([~np.isnan(each.rank) for each in learned.values()])
    groups = {"everyone": everyone, "asked": asked}
    among = dict.fromkeys(learned, "asked") | dict.fromkeys(chosen, "everyone")
    lists = {name: each.effect > 0 for name, each in learned.items()} | chosen
    ranked = {name: Ranked(trial, each.rank) for name, each in learned.items()}
    ranked |= {name: Ranked(trial, each.astype(np.float64)) for name, each in chosen.items()}
    statistics: dict[Hashable, Statistic] = {("area", name): each.area for name, each in ranked.items()}
    for name, each in chosen.items():
        statistics["area where asked", name] = Ranked(trial, np.where(asked, each, np.nan)).area
    for group, whom in groups.items():
        statistics["all", group] = Policy(trial, everyone, whom).value
        statistics["none", group] = Policy(trial, ~everyone, whom).value
    for name, each in lists.items():
        statistics["list", name] = Policy(trial, each, groups[among[name]]).value
    with threadpool_limits(limits=1):  # sums over several threads come in no fixed order
        drawn = resample(statistics, n=len(everyone), draws=draws, seed=seed)
        curves = {name: each.curve(np.ones((1, len(everyone)))) for name, each in ranked.items()}
    people = {name: int(groups[group].sum()) for name, group in among.items()}
    pairs = {(learner, rule): (("area", learner), ("area where asked", rule)) for learner in learned for rule in chosen}

    def against(what: str) -> dict[str, Estimate]:
        found = {name: drawn.difference(("list", name), (what, group)) for name, group in among.items()}
        return {name: each._replace(n=people[name]) for name, each in found.items()}

    return Judged(
        overall=drawn.difference(("all", "everyone"), ("none", "everyone")),
        areas={name: drawn.estimate(("area", name))._replace(n=n) for name, n in people.items()},
        beyond_rule={pair: drawn.difference(*each)._replace(n=people[pair[0]]) for pair, each in pairs.items()},
        chance=_chances(drawn, {name: (("area", name),) for name in among}),
        chance_beyond=_chances(drawn, pairs),
        shares={name: float(each[groups[among[name]]].mean()) for name, each in lists.items()},
        policies=against("none"),
        over_everybody=against("all"),
        curves=curves,
    )


def _chances(drawn: Resamples, asked: dict[Hashable, tuple[Hashable, ...]]) -> dict[Hashable, float]:
    """How probable each statistic, or difference of two, as large would be were it none; Holm-adjusted.

    A normal law of the spread that draws show, as the tail is farther out than draws reach.
    """
    found = {}
    for name, (first, *second) in asked.items():
        value, draws = drawn.observed[first], drawn.draws[first]
        for reference in second:
            value, draws = value - drawn.observed[reference], draws - drawn.draws[reference]
        spread = float(draws.std())
        found[name] = float(norm.sf(value / spread)) if spread > 0 else 1.0
    return dict(zip(found, holm(list(found.values())).tolist(), strict=True)) if found else {}
