"""Whether the busiest teach a model too much: weights for training, tried where they should help, used only if so."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from helpers.churn.decisions.groups import ACTIVE_BY, TENTHS, activity_tenths
from helpers.churn.linear import logistic
from helpers.churn.panel import FEATURES
from helpers.statistics import Estimate, Resamples, brier, resample

Floats = NDArray[np.float64]
Predictor = Callable[[pd.DataFrame], Floats]
Fit = Callable[[pd.DataFrame, Floats], Predictor]

PLAIN, PER_PERSON, EVEN = "plain", "per_person", "even"
SCHEMES = (PER_PERSON, EVEN)
PARTS = ("lower", "all")
LOWER = 5  # the less active half: tenths up to this one
WORTH = 0.01  # a smaller part of the error nobody would notice


class Weighed(NamedTuple):
    """What weighing does to the error of probabilities (Brier), below 0 where it helps.

    Attributes:
        used: The scheme that the rule chose, "plain" for none.
        shares: As `shares_of_weight` gives them.
        error: Of plain among the less active half, where it was learned and on the test people.
        learned: Difference to plain by scheme and part ("lower", "all"), on people of the latest training cutoff, by
            models that learned from other people.
        test: The same on the test people.
    """

    used: str
    shares: pd.DataFrame
    error: tuple[float, float]
    learned: dict[tuple[str, str], Estimate]
    test: dict[tuple[str, str], Estimate]


def fit_logistic(training: pd.DataFrame, weights: Floats) -> Predictor:
    """Logistic regression, each row weighted; gives the probability of not coming back, shape (n,)."""
    model = logistic()
    with threadpool_limits(limits=1):  # sums over several threads come in no fixed order
        features = training[FEATURES].to_numpy(dtype=float)
        model.fit(features, training["churned"], logisticregression__sample_weight=weights)
    return lambda people: model.predict_proba(people[FEATURES].to_numpy(dtype=float))[:, 1]


def weights_of(training: pd.DataFrame, scheme: str) -> Floats:
    """Weight of each row, shape (n,), one on average.

    Args:
        training: profile_id and `FEATURES`, one row a person and cutoff.
        scheme: "plain"; "per_person": every person counts once over all cutoffs; "even": every tenth of people by
            activity counts as much as any other, rows in it alike.
    """
    weights = np.ones(len(training))
    if scheme == PER_PERSON:
        weights = 1 / training.groupby("profile_id")["profile_id"].transform("size").to_numpy(dtype=float)
    elif scheme == EVEN:
        tenths = person_tenths(training)
        weights = 1 / np.bincount(tenths)[tenths]
    return weights * len(weights) / weights.sum()


def person_tenths(training: pd.DataFrame) -> NDArray[np.int64]:
    """Of each row the tenth of its person among all people, by what they did on average over their rows, shape (n,)."""
    people = training.groupby("profile_id")[list(ACTIVE_BY)].mean()
    return pd.Series(activity_tenths(people), index=people.index)[training["profile_id"]].to_numpy()


def shares_of_weight(training: pd.DataFrame) -> pd.DataFrame:
    """Share of people ("people") and of all weight (by scheme, "plain" first) that each tenth by activity has."""
    tenths = person_tenths(training)
    people = np.bincount(tenths[~training["profile_id"].duplicated().to_numpy()], minlength=TENTHS + 1)[1:]
    shares = {"people": people / people.sum()} | {
        scheme: np.bincount(tenths, weights_of(training, scheme), minlength=TENTHS + 1)[1:] / len(training)
        for scheme in (PLAIN, *SCHEMES)
    }
    return pd.DataFrame(shares, index=pd.RangeIndex(1, TENTHS + 1, name="tenth"))


def try_weights(training: pd.DataFrame, test: pd.DataFrame, fit: Fit, *, draws: int, seed: int) -> Weighed:
    """Try both schemes and choose by training people alone.

    The rule, written beforehand: a scheme is used where among the less active half it makes the error smaller by more
    than a hundredth, beyond chance, and among all people not larger, beyond chance; of two such the one with the
    smaller error among the less active half.

    Args:
        training: profile_id, `FEATURES` and churned, one row a person and cutoff.
        test: The same, one row a person.
        fit: Learns from training people with weights.
        draws: Bootstrap draws of people, shared by all schemes.
        seed: Of the two folds of people and of the draws.
    """
    drawn = _learned(training, fit, draws=draws, seed=seed)
    learned = _differences(drawn)
    models = {scheme: fit(training, weights_of(training, scheme)) for scheme in (PLAIN, *SCHEMES)}
    said = {scheme: model(test) for scheme, model in models.items()}
    later = _errors(test, said, draws=draws, seed=seed)
    error = drawn.observed[PLAIN, "lower"], later.observed[PLAIN, "lower"]
    return Weighed(choose(learned, error[0]), shares_of_weight(training), error, learned, _differences(later))


def choose(learned: dict[tuple[str, str], Estimate], error: float) -> str:
    """The scheme that the rule of `try_weights` takes, "plain" where none helps.

    Args:
        learned: Differences to plain by scheme and part.
        error: Of plain, among the less active half.
    """
    helping = [
        scheme
        for scheme in SCHEMES
        if _helps(learned[scheme, "lower"], WORTH * error) and not _harms(learned[scheme, "all"])
    ]
    return min(helping, key=lambda scheme: learned[scheme, "lower"].value, default=PLAIN)


def _helps(difference: Estimate, least: float) -> bool:
    return difference.hi is not None and difference.hi < -least


def _harms(difference: Estimate) -> bool:
    return difference.lo is not None and difference.lo > 0


def _learned(training: pd.DataFrame, fit: Fit, *, draws: int, seed: int) -> Resamples:
    """Errors at the latest training cutoff, by models that learned from the other half of people.

    Not at each person's latest row: among people still active, who has a row at an earlier cutoff alone is gone.
    """
    person, _ = pd.factorize(training["profile_id"])  # in the order of rows, which rests on what people are like
    fold = np.random.default_rng(seed).integers(0, 2, person.max() + 1)[person]
    latest = (training["cutoff"] == training["cutoff"].max()).to_numpy()
    said = {scheme: np.empty(len(training)) for scheme in (PLAIN, *SCHEMES)}
    for own in (0, 1):
        learn, judge = training[fold != own], training[fold == own]
        for scheme, filled in said.items():
            filled[fold == own] = fit(learn, weights_of(learn, scheme))(judge)
    known = {scheme: filled[latest] for scheme, filled in said.items()}
    return _errors(training[latest], known, draws=draws, seed=seed)


def _errors(people: pd.DataFrame, said: dict[str, Floats], *, draws: int, seed: int) -> Resamples:
    churned, lower = people["churned"].to_numpy(), activity_tenths(people) <= LOWER
    parts = {"lower": lower, "all": np.ones(len(people), dtype=bool)}
    statistics = {
        (scheme, part): partial(_error, churned, probability, own)
        for scheme, probability in said.items()
        for part, own in parts.items()
    }
    return resample(statistics, n=len(people), draws=draws, seed=seed)


def _differences(drawn: Resamples) -> dict[tuple[str, str], Estimate]:
    return {(scheme, part): drawn.difference((scheme, part), (PLAIN, part)) for scheme in SCHEMES for part in PARTS}


def _error(churned: NDArray[np.int64], probability: Floats, own: NDArray[np.bool_], weights: Floats) -> Floats:
    return brier(churned[own], probability[own], weights[..., own])
