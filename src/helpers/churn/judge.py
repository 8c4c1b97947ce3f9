"""Judges every rung of one population on the same later people, and recommends one by a rule written beforehand."""

from __future__ import annotations

import math
from collections.abc import Callable
from time import perf_counter
from typing import NamedTuple

import pandas as pd

from helpers.churn.calibrate import Calibrated, Choice, choose
from helpers.churn.lesson import Floats, Lesson, Scores
from helpers.churn.newcomers import Newcomers, judge_newcomers
from helpers.churn.rungs import RUNGS
from helpers.churn.weighing import Weighing, weigh, weighted
from helpers.errors import NothingToDo
from helpers.statistics import (
    MEASURES,
    Estimate,
    Part,
    Resamples,
    measures,
    proportion,
    reliability,
    resample_together,
)

# As `statistics.measures` names them, and as tables and results do.
_OF_LIST = {"precision_at": "precision_top_tenth", "recall_at": "recall_top_tenth"}
METRICS = {name: _OF_LIST.get(name, name) for name in MEASURES}
COMPARED = tuple(name for name in METRICS.values() if not name.startswith("calibration"))
REFERENCE = "recency"
TOP = 0.1


class Judged(NamedTuple):
    """One population's ladder.

    Attributes:
        base_rate: Share of the test people who did not order.
        rungs: Estimates by rung and metric of `METRICS`; one that cannot be told is left out.
        gains: Paired difference to the recency rule, by rung and metric of `COMPARED`.
        recommended: The simplest rung that no other beats.
        models: What scores people, by rung.
        weighing: Which weights the rungs learned with.
        choices: Whether and how each rung's probabilities are mended.
        missing: Why a rung is not there, by name.
        newcomers: Test people who were in no lesson, by the recency rule and the recommended rung.
        parts: Test people in tenths by the recommended rung's probability, lowest first.
        seconds: Of learning, and of scoring the test people, by rung; no two runs take the same.
    """

    base_rate: Estimate
    rungs: dict[str, dict[str, Estimate]]
    gains: dict[str, dict[str, Estimate]]
    recommended: str
    models: dict[str, Calibrated]
    weighing: Weighing
    choices: dict[str, Choice]
    missing: dict[str, str]
    newcomers: Newcomers
    parts: list[Part]
    seconds: dict[str, tuple[float, float]]

    @property
    def listed(self) -> int:
        """People in the top tenth of the test people."""
        return round(TOP * self.base_rate.n)


def judge(lesson: Lesson, held: list[tuple[Lesson, pd.DataFrame]], test: pd.DataFrame, *, draws: int) -> Judged:
    """Teach every rung and hold it against what became of the test people.

    Which weights rungs learn with, and how their probabilities are mended, is chosen before, by training people alone.

    Args:
        lesson: All training people of the population, without weights.
        held: Lessons of parts of them, and the people held out from each; weights are those of a part's own people.
        test: People of the population whom no lesson has seen: `FEATURES`, churned and newcomer.
        draws: Bootstrap draws of the test people, shared by all rungs and metrics.
    """
    seed, gone = lesson.seed, test["churned"].to_numpy()
    weighing = weigh(held, draws=draws)
    lesson = weighted(lesson, weighing.used)
    held = [(weighted(part, weighing.used), people) for part, people in held]
    choices = choose(RUNGS, held, draws=draws, seed=seed)
    models, scores, missing, seconds = {}, {}, {}, {}
    for rung, fit in RUNGS.items():
        begun = perf_counter()
        try:
            models[rung] = Calibrated(fit(lesson), choices[rung].mending)
        except NothingToDo as why:
            missing[rung] = str(why)
            continue
        learned = perf_counter()
        scores[rung] = models[rung].scores(test)
        seconds[rung] = (learned - begun, perf_counter() - learned)
    drawn = _drawn(gone, scores, draws=draws, seed=seed)
    best = recommend(drawn)
    known = {name: math.isfinite(value) for name, value in drawn.observed.items()}
    return Judged(
        base_rate=proportion(len(test), int(gone.sum())),
        rungs={
            rung: {name: _estimate(drawn, rung, name) for name in METRICS.values() if known[rung, name]}
            for rung in scores
        },
        gains={
            rung: {name: drawn.difference((rung, name), (REFERENCE, name)) for name in COMPARED}
            for rung in scores
            if rung != REFERENCE
        },
        recommended=best,
        models=models,
        weighing=weighing,
        choices={rung: choices[rung] for rung in models},
        missing=missing,
        newcomers=judge_newcomers(test, {rung: scores[rung] for rung in (REFERENCE, best)}, draws=draws, seed=seed),
        parts=reliability(gone, scores[best].probability),
        seconds=seconds,
    )


def recommend(resamples: Resamples) -> str:
    """The simplest rung whose auc no other rung beats: no paired interval lies wholly above zero.

    The intervals together hold at 95 in 100 (Bonferroni's level for as many rivals as there are): of many ways tried,
    one would else beat by chance.

    Args:
        resamples: Statistics named (rung, "auc") over the same draws.

    Returns:
        The rung's name.
    """
    rungs = [rung for rung in RUNGS if (rung, "auc") in resamples.observed]
    level = 1 - 0.05 / max(1, len(rungs) - 1)
    for rung in rungs:
        others = (other for other in rungs if other != rung)
        gains = (resamples.difference((other, "auc"), (rung, "auc"), level=level) for other in others)
        if not any(gain.lo is not None and gain.lo > 0 for gain in gains):
            return rung
    return REFERENCE


def _estimate(drawn: Resamples, rung: str, metric: str) -> Estimate:
    """A measure of a rung; of a list that is all hits, which hardly a draw changes, by the score interval (Wilson)."""
    found = drawn.estimate((rung, metric))
    if found.lo != found.hi or metric != _OF_LIST["precision_at"]:
        return found
    listed = round(TOP * drawn.n)
    return proportion(listed, round(found.value * listed))


def _drawn(gone: Floats, scores: dict[str, Scores], *, draws: int, seed: int) -> Resamples:
    """Every metric of every rung over the same draws, named (rung, metric)."""
    of_rungs: dict[str, Callable[[Floats], dict[str, Floats]]] = {
        rung: measures(gone, each.rank, each.probability, share=TOP) for rung, each in scores.items()
    }

    def together(weights: Floats) -> dict[tuple[str, str], Floats]:
        return {
            (rung, METRICS[name]): values
            for rung, measured in of_rungs.items()
            for name, values in measured(weights).items()
        }

    return resample_together(together, n=len(gone), draws=draws, seed=seed)
