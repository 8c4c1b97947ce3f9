"""Judges every rung on the same later people, and recommends one by a rule written beforehand."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import pandas as pd
from threadpoolctl import threadpool_limits

from helpers.churn.rungs import RUNGS, Predictor, Scores
from helpers.errors import NothingToDo
from helpers.reporting import formats
from helpers.statistics import (
    Estimate,
    Resamples,
    auc,
    average_precision,
    brier,
    precision_at,
    proportion,
    resample,
)
from helpers.statistics.bootstrap import Statistic

POPULATIONS = ("all", "active")
METRICS = ("auc", "average_precision", "brier", "precision_top_tenth")
REFERENCE = "recency"
FEWEST_OF_A_CLASS = 100
TOP = 0.1


class Judged(NamedTuple):
    """One population's ladder.

    Attributes:
        base_rate: Share of the test people who did not order.
        rungs: Estimates by rung and metric of `METRICS`.
        gains: Paired difference of auc over the recency rule, by rung.
        recommended: The simplest rung that no other beats.
        models: What scores people, by rung.
    """

    base_rate: Estimate
    rungs: dict[str, dict[str, Estimate]]
    gains: dict[str, Estimate]
    recommended: str
    models: dict[str, Predictor]


class Ladder(NamedTuple):
    """The ladder of every population.

    Attributes:
        populations: By name; "all" is always there.
        left_out: Why a population is not there, by name.
    """

    populations: dict[str, Judged]
    left_out: dict[str, str]

    @property
    def headline(self) -> str:
        """The population that decides: people still active, or all where those are too few."""
        return "active" if "active" in self.populations else "all"

    @property
    def recommended(self) -> str:
        """The rung that the headline population's ladder recommends."""
        return self.populations[self.headline].recommended


def climb(training: pd.DataFrame, test: pd.DataFrame, *, draws: int, seed: int) -> Ladder:
    """Fit each rung on the training people and judge it on the test people, for each population by itself.

    Args:
        training: `FEATURES`, active and churned, one row a person and training cutoff.
        test: The same, one row a person.
        draws: Bootstrap draws of the test people, shared by all rungs and metrics.
        seed: Seed of the draws and of the models.

    Returns:
        The ladder.

    Raises:
        NothingToDo: If there are fewer than 100 people of either outcome in training or test.
    """
    populations: dict[str, Judged] = {}
    left_out: dict[str, str] = {}
    for name in POPULATIONS:
        learn, judge = (members(people, name) for people in (training, test))
        reason = _too_few(learn, judge)
        if reason:
            left_out[name] = reason
        else:
            populations[name] = _judge(learn, judge, draws=draws, seed=seed)
    if "all" in left_out:
        raise NothingToDo(left_out["all"])
    return Ladder(populations, left_out)


def members(people: pd.DataFrame, population: str) -> pd.DataFrame:
    """The rows of `people` that belong to a population."""
    return people if population == "all" else people[people["active"]]


def recommend(resamples: Resamples) -> str:
    """The simplest rung whose auc no other rung beats: no paired interval lies wholly above zero.

    Args:
        resamples: Statistics named (rung, "auc") over the same draws.

    Returns:
        The rung's name.
    """
    rungs = [rung for rung in RUNGS if (rung, "auc") in resamples.observed]
    for rung in rungs:
        rivals = (resamples.difference((other, "auc"), (rung, "auc")) for other in rungs if other != rung)
        if not any(gain.lo is not None and gain.lo > 0 for gain in rivals):
            return rung
    return REFERENCE


def as_frame(ladder: Ladder) -> pd.DataFrame:
    """The ladder as rows of table `churn_ladder`."""
    rows = []
    for population, judged in ladder.populations.items():
        rows.append((population, "none", "base_rate", judged.base_rate))
        rows += [(population, rung, "auc_gain", gain) for rung, gain in judged.gains.items()]
        for rung, estimates in judged.rungs.items():
            rows += [(population, rung, metric, estimate) for metric, estimate in estimates.items()]
    return pd.DataFrame(
        [
            {"population": population, "rung": rung, "metric": metric, **estimate._asdict()}
            for population, rung, metric, estimate in rows
        ]
    ).drop(columns="numerator")


def _too_few(training: pd.DataFrame, test: pd.DataFrame) -> str:
    for when, people in (("to learn from", training), ("to judge by", test)):
        gone = int(people["churned"].sum())
        least = min(gone, len(people) - gone)
        if least < FEWEST_OF_A_CLASS:
            return (
                f"There are {formats.people(len(people))} people {when}, {formats.people(gone)} of whom did not order "
                f"again; fewer than {FEWEST_OF_A_CLASS} of either kind are too few for a model."
            )
    return ""


def _judge(training: pd.DataFrame, test: pd.DataFrame, *, draws: int, seed: int) -> Judged:
    with threadpool_limits(limits=1):  # sums over several threads come in no fixed order
        models = {rung: fit(training, seed) for rung, fit in RUNGS.items()}
        scores = {rung: model(test) for rung, model in models.items()}
    statistics = {
        (rung, metric): statistic
        for rung, scored in scores.items()
        for metric, statistic in _statistics(test, scored).items()
    }
    resamples = resample(statistics, n=len(test), draws=draws, seed=seed)
    reference = (REFERENCE, "auc")
    return Judged(
        base_rate=proportion(len(test), int(test["churned"].sum())),
        rungs={rung: {name: resamples.estimate((rung, name)) for name in METRICS} for rung in RUNGS},
        gains={rung: resamples.difference((rung, "auc"), reference) for rung in RUNGS if rung != REFERENCE},
        recommended=recommend(resamples),
        models=models,
    )


def _statistics(test: pd.DataFrame, scored: Scores) -> dict[str, Statistic]:
    churned = test["churned"].to_numpy()
    return {
        "auc": partial(auc, churned, scored.rank),
        "average_precision": partial(average_precision, churned, scored.rank),
        "brier": partial(brier, churned, scored.probability),
        "precision_top_tenth": partial(precision_at, churned, scored.rank, share=TOP),
    }
