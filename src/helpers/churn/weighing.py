"""Weights for training, so that the busiest do not teach too much: chosen by training people alone, used if they help.

A person who is there at many cutoffs has many rows, and the most active are there most often.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.churn.activity import activity_tenths, person_tenths
from helpers.churn.lesson import Floats, Lesson
from helpers.churn.linear import fit_logistic
from helpers.statistics import Estimate, Resamples, resample_together

PLAIN, PER_PERSON, EVEN = "plain", "per_person", "even"
SCHEMES = (PER_PERSON, EVEN)
PARTS = ("lower", "all")
LOWER = 5  # the less active half: tenths up to this one
WORTH = 0.01  # a smaller part of the error nobody would notice


class Weighing(NamedTuple):
    """Which weights a population's rungs learn with, and by what they were chosen.

    Attributes:
        used: The scheme that the rule chose, "plain" for none.
        error: Squared error of probabilities (Brier) without weights, among the less active half.
        changes: Difference to it by scheme and part ("lower", "all"), below 0 where weights help; on training people of
            the latest cutoff, by models that learned from other people.
    """

    used: str
    error: float
    changes: dict[tuple[str, str], Estimate]


def weights_of(training: pd.DataFrame, scheme: str) -> Floats | None:
    """Weight of each row, shape (n,), one on average; None where all count alike.

    Args:
        training: profile_id and `FEATURES`, one row a person and cutoff.
        scheme: "plain"; "per_person": every person counts once over all cutoffs; "even": every tenth of people by
            activity counts as much as any other, rows in it alike.
    """
    if scheme == PLAIN:
        return None
    if scheme == PER_PERSON:
        rows = training.groupby("profile_id")["profile_id"].transform("size").to_numpy(dtype=float)
    else:
        tenths = person_tenths(training)
        rows = np.bincount(tenths)[tenths]
    weights = 1 / rows
    return weights * len(weights) / weights.sum()


def weighted(lesson: Lesson, scheme: str) -> Lesson:
    """A lesson with the weights that a scheme gives its own people."""
    return lesson._replace(weights=weights_of(lesson.training, scheme))


def weigh(held: list[tuple[Lesson, pd.DataFrame]], *, draws: int) -> Weighing:
    """Try both schemes with logistic regression, on training people alone, and choose.

    The rule, written beforehand: a scheme is used where among the less active half it makes the error smaller by more
    than a hundredth, beyond chance, and among all people not larger, beyond chance; of two such the one with the
    smaller error among the less active half.

    Args:
        held: Lessons without weights of parts of the training people, and the people held out from each.
        draws: Bootstrap draws of people, shared by all schemes.
    """
    apply = pd.concat([people for _, people in held], ignore_index=True)
    said = {
        scheme: np.concatenate(
            [fit_logistic(weighted(lesson, scheme)).scores(people).probability for lesson, people in held]
        )
        for scheme in (PLAIN, *SCHEMES)
    }
    # Not each person's latest row: among people still active, who has a row at an earlier cutoff alone is gone.
    latest = (apply["cutoff"] == apply["cutoff"].max()).to_numpy()
    known = {scheme: probability[latest] for scheme, probability in said.items()}
    drawn = errors(apply[latest], known, draws=draws, seed=held[0][0].seed)
    error, changes = drawn.observed[PLAIN, "lower"], differences(drawn)
    return Weighing(choose(changes, error), error, changes)


def choose(changes: dict[tuple[str, str], Estimate], error: float) -> str:
    """The scheme that the rule of `weigh` takes, "plain" where none helps.

    Args:
        changes: Differences to plain by scheme and part.
        error: Of plain, among the less active half.
    """
    helping = [
        scheme
        for scheme in SCHEMES
        if _helps(changes[scheme, "lower"], WORTH * error) and not _harms(changes[scheme, "all"])
    ]
    return min(helping, key=lambda scheme: changes[scheme, "lower"].value, default=PLAIN)


def errors(people: pd.DataFrame, said: dict[str, Floats], *, draws: int, seed: int) -> Resamples:
    """Squared error of probabilities, named (scheme, part).

    Args:
        people: `FEATURES` and churned, one row a person.
        said: Probabilities by scheme, shape (n,) each.
        draws: Bootstrap draws of people, shared by all schemes.
        seed: Of the draws.
    """
    churned, tenths = people["churned"].to_numpy(), activity_tenths(people)
    lower = tenths <= max(LOWER, tenths.min())  # where all are alike, nobody is in the lower tenths
    parts = np.stack([lower, np.ones(len(people))], axis=1)
    losses = np.concatenate([((each - churned) ** 2)[:, None] * parts for each in said.values()], axis=1)
    names = [(scheme, part) for scheme in said for part in PARTS]

    def means(weights: Floats) -> dict[tuple[str, str], Floats]:
        sizes = np.tile(weights @ parts, len(said))
        return dict(zip(names, (weights @ losses / sizes).T, strict=True))

    return resample_together(means, n=len(people), draws=draws, seed=seed)


def differences(drawn: Resamples) -> dict[tuple[str, str], Estimate]:
    """Of errors as `errors` gives them, each scheme's minus plain's, by scheme and part."""
    return {(scheme, part): drawn.difference((scheme, part), (PLAIN, part)) for scheme in SCHEMES for part in PARTS}


def _helps(change: Estimate, least: float) -> bool:
    return change.hi is not None and change.hi < -least


def _harms(change: Estimate) -> bool:
    return change.lo is not None and change.lo > 0
