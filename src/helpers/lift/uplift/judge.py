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

EVERYBODY, NOBODY = "everybody", "nobody"
BY_CHANCE = 0.025  # one side of 19 in 20, for all ways together


class Judged(NamedTuple):
    """What each way is worth, in the outcome's unit per customer of the whole.

    Attributes:
        n: People, of both arms.
        overall: What treating everybody changes.
        areas: Extra gain of a way's list over one drawn blindly, over lists of every length.
        beyond_rule: A learner's area minus that of a rule on the same draws, by learner and rule.
        chance: How small a chance would make each area as large, Holm-adjusted over all ways.
        chance_beyond: The same of each learner's difference from a rule, adjusted over learners and rules.
        shares: Share of people on a way's own list: whom a rule names, whom a learner expects to gain.
        policies: What treating that list and nobody else changes, against treating nobody.
        over_everybody: What treating that list changes against treating everybody.
        curves: Points of each way's curve, shape (1, groups + 1).
    """

    n: int
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

    Learners never rank people they have seen. Draws are of people, with each one's place on the lists as it is: how
    much learners would differ had they seen others is not in the intervals.

    Args:
        trial: As `make_trial` gives it.
        rules: Rules that were named beforehand; may be none.
        draws: Bootstrap draws of the people, the same for all ways.
        seed: Seed of folds, trees and draws.

    Raises:
        NothingToDo: If a rule lists everybody or nobody.
        WrongUse: If a rule looks at what is not known.
    """
    chosen = {rule.name: listed(rule, trial) for rule in rules}
    learned = learn(trial, seed=seed)
    own = {name: each.effect > 0 for name, each in learned.items()} | chosen
    scores = {name: each.rank for name, each in learned.items()} | {n: each.astype(float) for n, each in chosen.items()}
    ranked = {name: Ranked(trial, score) for name, score in scores.items()}
    fixed = {EVERYBODY: np.ones(len(trial.treated), bool), NOBODY: np.zeros(len(trial.treated), bool)}
    policies = {name: Policy(trial, each) for name, each in (fixed | own).items()}
    statistics = {("area", name): each.area for name, each in ranked.items()}
    statistics |= {("policy", name): each.value for name, each in policies.items()}
    with threadpool_limits(limits=1):  # sums over several threads come in no fixed order
        drawn = resample(statistics, n=len(trial.treated), draws=draws, seed=seed)
        curves = {name: each.curve(np.ones((1, len(trial.treated)))) for name, each in ranked.items()}
    pairs = [(learner, rule) for learner in LEARNERS for rule in chosen]
    return Judged(
        n=len(trial.treated),
        overall=drawn.difference(("policy", EVERYBODY), ("policy", NOBODY)),
        areas={name: drawn.estimate(("area", name)) for name in ranked},
        beyond_rule={pair: drawn.difference(*(("area", name) for name in pair)) for pair in pairs},
        chance=_adjusted({name: _chance(drawn, name) for name in ranked}),
        chance_beyond=_adjusted({pair: _chance(drawn, *pair) for pair in pairs}),
        shares={name: float(each.mean()) for name, each in own.items()},
        policies={name: drawn.difference(("policy", name), ("policy", NOBODY)) for name in own},
        over_everybody={name: drawn.difference(("policy", name), ("policy", EVERYBODY)) for name in own},
        curves=curves,
    )


def _chance(drawn: Resamples, name: str, reference: str | None = None) -> float:
    """How probable an area, or a difference of two, as large would be were it none (normal, spread of the draws)."""
    value, draws = drawn.observed["area", name], drawn.draws["area", name]
    if reference is not None:
        value, draws = value - drawn.observed["area", reference], draws - drawn.draws["area", reference]
    spread = float(draws.std())
    return float(norm.sf(value / spread)) if spread > 0 else 1.0


def _adjusted(chances: dict[Hashable, float]) -> dict[Hashable, float]:
    return dict(zip(chances, holm(list(chances.values())).tolist(), strict=True)) if chances else {}
