"""Every way to draw up a list judged on the same people: against a blind list, a named rule, and everybody."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm
from threadpoolctl import threadpool_limits

from helpers.lift.uplift.curve import Curve, Ranked
from helpers.lift.uplift.learners import LEARNERS, Learned, learn
from helpers.lift.uplift.policy import Policy
from helpers.lift.uplift.rules import Rule, listed
from helpers.lift.uplift.trial import Trial
from helpers.statistics import Estimate, Resamples, holm, resample
from helpers.statistics.bootstrap import Statistic

SPLITS = 3  # of one, chance would decide a good part of what a learner is worth
EVERYONE, ASKED = "everyone", "asked"
BY_CHANCE = 0.025  # one side of 19 in 20, for all ways together

_Place = tuple[str, str, int | None]  # what is measured, of which way, in which split; rules need none


class Judged(NamedTuple):
    """What each way is worth, in the outcome's unit per customer of the whole.

    Rules are judged on everybody, learners on the four fifths of whom they could speak without having seen them, and
    what compares the two on these; that is done several times, with people split anew, and the mean is told.

    Attributes:
        overall: What treating everybody changes.
        areas: Extra gain of a way's list over one drawn blindly, over lists of every length.
        beyond_rule: A learner's area minus that of a rule on the same people and draws, by learner and rule.
        chance: How small a chance would make each area as large, Holm-adjusted over all ways.
        chance_beyond: The same of each learner's difference from a rule, adjusted over learners and rules.
        shares: Share of people on a way's own list: whom a rule names, whom a learner expects to gain.
        policies: What treating that list and nobody else changes, against treating nobody.
        over_everybody: What treating that list changes against treating everybody.
        curves: Points of each way's curve, shape (1, groups + 1); of learners in the last split.
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
    splits = [learn(trial, seed=[seed, split]) for split in range(SPLITS)]
    n = len(trial.treated)
    with threadpool_limits(limits=1):  # sums over several threads come in no fixed order
        drawn = _over_splits(resample(_statistics(trial, chosen, splits), n=n, draws=draws, seed=seed))
    asked = _asked(splits[0])
    ways = dict.fromkeys(LEARNERS, ASKED) | dict.fromkeys(chosen, EVERYONE)
    people = {name: int(asked.sum()) if among == ASKED else n for name, among in ways.items()}
    pairs = {
        (learner, rule): (("area", learner), ("area where asked", rule)) for learner in LEARNERS for rule in chosen
    }

    def against(what: str) -> dict[str, Estimate]:
        return {name: drawn.difference(("list", name), (what, ways[name]))._replace(n=people[name]) for name in ways}

    return Judged(
        overall=drawn.difference(("all", EVERYONE), ("none", EVERYONE)),
        areas={name: drawn.estimate(("area", name))._replace(n=people[name]) for name in ways},
        beyond_rule={pair: drawn.difference(*each)._replace(n=people[pair[0]]) for pair, each in pairs.items()},
        chance=_chances(drawn, {name: (("area", name),) for name in ways}),
        chance_beyond=_chances(drawn, pairs),
        shares={name: float(np.mean([each[name].effect[_asked(each)] > 0 for each in splits])) for name in LEARNERS}
        | {name: float(each.mean()) for name, each in chosen.items()},
        policies=against("none"),
        over_everybody=against("all"),
        curves={name: Ranked(trial, each.rank).curve(np.ones((1, n))) for name, each in splits[-1].items()}
        | {name: Ranked(trial, each.astype(np.float64)).curve(np.ones((1, n))) for name, each in chosen.items()},
    )


def _asked(learned: dict[str, Learned]) -> NDArray[np.bool_]:
    """Of whom learners could speak, shape (n,)."""
    return np.logical_and.reduce([~np.isnan(each.rank) for each in learned.values()])


def _statistics(
    trial: Trial, chosen: dict[str, NDArray[np.bool_]], splits: list[dict[str, Learned]]
) -> dict[_Place, Statistic]:
    """Areas and values of policies: of rules among everyone, of learners where they were asked, split by split."""
    everyone = np.ones(len(trial.treated), dtype=bool)
    found: dict[_Place, Statistic] = _policies(trial, chosen, everyone, (EVERYONE, None))
    found |= {("area", name, None): Ranked(trial, each.astype(np.float64)).area for name, each in chosen.items()}
    for split, learned in enumerate(splits):
        asked = _asked(learned)
        lists = {name: each.effect > 0 for name, each in learned.items()}
        found |= _policies(trial, lists, asked, (ASKED, split))
        found |= {("area", name, split): Ranked(trial, each.rank).area for name, each in learned.items()}
        for name, each in chosen.items():
            found["area where asked", name, split] = Ranked(trial, np.where(asked, each, np.nan)).area
    return found


def _policies(
    trial: Trial, lists: dict[str, NDArray[np.bool_]], among: NDArray[np.bool_], where: tuple[str, int | None]
) -> dict[_Place, Statistic]:
    """Values of treating each list, and of treating all and none, among some people."""
    extremes = {"all": np.ones(len(among), dtype=bool), "none": np.zeros(len(among), dtype=bool)}
    found = {(what, *where): Policy(trial, each, among).value for what, each in extremes.items()}
    return found | {("list", name, where[1]): Policy(trial, each, among).value for name, each in lists.items()}


def _over_splits(drawn: Resamples) -> Resamples:
    """Statistics over splits: observed as their mean, and each draw from another split in turn.

    Draws then differ by people and by splits. Were splits averaged in each draw, intervals would be too narrow where
    nobody differs, as everybody's noise is in everybody else's scores over many splits.
    """
    observed, draws = {}, {}
    for what, name in dict.fromkeys((what, name) for what, name, _ in drawn.observed):
        own = [place for place in drawn.observed if place[:2] == (what, name)]
        values = np.array([drawn.draws[place] for place in own])
        turn = np.arange(values.shape[1])
        observed[what, name] = float(np.mean([drawn.observed[place] for place in own]))
        draws[what, name] = values[turn % len(own), turn]
    return Resamples(observed, draws, drawn.n)


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
