"""Whether and how a rung's probabilities are mended: chosen by training people alone, never by those who judge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit, logit
from sklearn.isotonic import IsotonicRegression

from helpers.churn.lesson import Floats, Lesson, Rung, Scores
from helpers.churn.purchases import Buying, learn_buying
from helpers.errors import NothingToDo
from helpers.statistics import Estimate, Platt, fit_platt, resample_together, surprise
from helpers.statistics.calibration import EDGE

WAYS = ("none", "platt", "isotonic")  # simplest first
FOLDS = 5
FEWEST = 50  # of either outcome, in what is learned from and in what is chosen by


class Steps(NamedTuple):
    """Isotonic regression: the probability that goes with a score, between two known ones by the line that joins them.

    Attributes:
        score: Where it is known, rising.
        came: The probability there, never falling.
    """

    score: tuple[float, ...]
    came: tuple[float, ...]

    def probability(self, score: Floats) -> Floats:
        """The probability of each score."""
        return np.interp(score, self.score, self.came)


@dataclass(frozen=True)
class Calibrated:
    """A rung, and what mends its probabilities.

    Attributes:
        rung: Ranks people, and gives the probability that is mended.
        mending: Of the logit of that probability; None where it is left as it is.
    """

    rung: Rung
    mending: Platt | Steps | None

    def scores(self, people: pd.DataFrame) -> Scores:
        """The rung's rank, and the mended probability."""
        scores = self.rung.scores(people)
        if self.mending is None:
            return scores
        return scores._replace(probability=self.mending.probability(_logit(scores.probability)))


class Choice(NamedTuple):
    """What was chosen, and by what.

    Attributes:
        way: One of `WAYS`.
        mending: Fitted to all people that were chosen by; None for way "none".
        brier: Mean squared distance of probabilities from what happened, by way; empty where nothing could be held out.
        log_loss: The same for minus the logarithm.
        gains: The Brier score of a way minus that of "none", on the same draws.
        held: Of the people held out, churned and what was said of them by what the others taught; nobody where nothing
            could be held out.
    """

    way: str
    mending: Platt | Steps | None
    brier: dict[str, Estimate]
    log_loss: dict[str, Estimate]
    gains: dict[str, Estimate]
    held: pd.DataFrame


_UNCHOSEN = Choice("none", None, {}, {}, {}, pd.DataFrame(columns=["churned", "probability"], dtype="float64"))


class Held(NamedTuple):
    """A part of the training people held out from the rest.

    Attributes:
        learn: Whom a rung learns from.
        apply: Whom its probabilities are mended and chosen by.
        buying: Models of purchases of those learned from.
    """

    learn: pd.DataFrame
    apply: pd.DataFrame
    buying: Buying


def hold_out(training: pd.DataFrame, *, seed: int) -> list[Held]:
    """Either half of the customers held out from the other, all their cutoffs together: learned as the models are.

    What models of earlier cutoffs say of a later one is off by what changed in between. Models that are learned from
    both hold that change already; a line fitted to it would put it in twice.

    Args:
        training: All customers: profile_id, cutoff, `FEATURES` and more.
        seed: Of the halves.
    """
    half = _drawn(training, 2, seed=seed) == 0
    return [_held(training, half), _held(training, ~half)]


def _drawn(people: pd.DataFrame, parts: int, *, seed: int) -> NDArray[np.intp]:
    """Number of a part, drawn for each customer, shape (n,): all rows of one are in the same."""
    customer = pd.factorize(people["profile_id"])[0]
    return (np.random.default_rng(seed).permutation(customer.max() + 1) % parts)[customer]


def _held(training: pd.DataFrame, apart: Floats) -> Held:
    learn = training[~apart]
    return Held(learn, training[apart], learn_buying(learn))


def choose(
    fit: dict[str, Callable[[Lesson], Rung]], held: list[tuple[Lesson, pd.DataFrame]], *, draws: int, seed: int
) -> dict[str, Choice]:
    """Choose for each rung the simplest way that no other beats by Brier score, with a paired interval.

    The lines and steps that are compared are fitted to four fifths of the people held out and looked at on the fifth.

    Args:
        fit: What learns each rung.
        held: Lessons, and the people held out from each, of one population; every person in at most one.
        draws: Bootstrap draws of the people.
        seed: Of the fifths and the draws.

    Returns:
        By rung. Where few order or few do not, nothing is mended.
    """
    apply = pd.concat([people for _, people in held], ignore_index=True)
    parts = [apply, *(lesson.training for lesson, _ in held)]
    if any(people["churned"].value_counts().reindex([0, 1], fill_value=0).min() < FEWEST for people in parts):
        return dict.fromkeys(fit, _UNCHOSEN)
    said = {}
    for name, learn in fit.items():
        try:
            found = [learn(lesson).scores(people).probability for lesson, people in held]
        except NothingToDo:  # the ladder says so where all the people do not tell either
            continue
        said[name] = _logit(np.concatenate(found))
    gone, fold = apply["churned"].to_numpy(), _drawn(apply, FOLDS, seed=seed)
    compared = {(name, way): _by_fold(way, logits, gone, fold) for name, logits in said.items() for way in WAYS}
    losses = {("brier", *key): (each - gone) ** 2 for key, each in compared.items()}
    losses |= {("log_loss", *key): surprise(gone, each) for key, each in compared.items()}
    customer = pd.factorize(apply["profile_id"])[0]
    rows = np.bincount(customer)
    table = np.stack([np.bincount(customer, weights=each) for each in losses.values()], axis=1)

    def means(weights: Floats) -> dict[tuple[str, str, str], Floats]:
        return dict(zip(losses, (weights @ table / (weights @ rows)[..., None]).T, strict=True))

    drawn = resample_together(means, n=len(rows), draws=draws, seed=seed)

    def better(way: str, other: str, name: str) -> bool:
        gain = drawn.difference(("brier", name, way), ("brier", name, other))
        return gain.hi is not None and gain.hi < 0

    choices = dict.fromkeys(fit, _UNCHOSEN)
    for name, logits in said.items():
        way = next((way for way in WAYS if not any(better(other, way, name) for other in WAYS)), WAYS[0])
        choices[name] = Choice(
            way,
            _fit(way, logits, gone),
            *({each: drawn.estimate((loss, name, each)) for each in WAYS} for loss in ("brier", "log_loss")),
            {each: drawn.difference(("brier", name, each), ("brier", name, "none")) for each in WAYS[1:]},
            pd.DataFrame({"churned": gone, "probability": compared[name, way]}),
        )
    return choices


def _fit(way: str, logits: Floats, gone: Floats) -> Platt | Steps | None:
    if way == "none":
        return None
    if way == "platt":
        return fit_platt(gone, logits)
    model = IsotonicRegression(out_of_bounds="clip").fit(logits, gone)
    return Steps(tuple(model.X_thresholds_.tolist()), tuple(model.y_thresholds_.tolist()))


def _by_fold(way: str, logits: Floats, gone: Floats, fold: Floats) -> Floats:
    """The probability of everybody by what was fitted to the other folds."""
    said = np.empty(len(gone))
    for each in range(FOLDS):
        own = fold == each
        mending = _fit(way, logits[~own], gone[~own])
        said[own] = expit(logits[own]) if mending is None else mending.probability(logits[own])
    return said


def _logit(probability: Floats) -> Floats:
    return logit(np.clip(probability, EDGE, 1 - EDGE))
