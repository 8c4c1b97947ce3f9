"""How often readings of an experiment err where the truth is known: at one look, with an effect, and at many looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

from helpers.lift.planned import level_at_end
from helpers.lift.resplits import MONTE_CARLO, TIMES, Splits, split
from helpers.statistics import (
    Estimate,
    Joint,
    Moments,
    Successes,
    cuped,
    effective_size,
    proportion,
    sequences,
    standard_errors,
)

LEVEL = 0.95  # coverage that intervals at each look claim
INVENTED_DAYS = 14  # looks where everybody came on one day
INVENTIONS = 20
NOMINAL = (0.045, 0.055)  # rates that an interval of 95 % may have
AT_MOST = 0.05
FEWEST = 2  # people of an arm at a look

Method = Callable[[NDArray[np.float64], NDArray[np.float64]], Estimate]


class Peeking(NamedTuple):
    """How often somebody who looks every day sees a difference that is none.

    Attributes:
        fixed: By the interval for one look, taken at every look.
        last: By the same, taken at the last look only.
        sequence: By the confidence sequence, at every look.
        verdict: By the sequence until the last look, and there by the interval of `level_at_end`: as verdicts are said.
        by_look: Share that had seen one by each look: look, fixed, sequence.
        invented: Whether the days on which people came are invented.
    """

    fixed: Estimate
    last: Estimate
    sequence: Estimate
    verdict: Estimate
    by_look: pd.DataFrame
    invented: bool


def of_moments(method: Callable[..., Estimate], **options: float) -> Method:
    """A method for numeric samples, made to take rows of sums.

    Args:
        method: Takes the moments of the treated and of the control.
        options: What else it takes.
    """
    return lambda *rows: method(*(Moments(round(row[0]), row[1], row[2]) for row in rows), **options)


def of_adjusted(method: Callable[..., Estimate]) -> Method:
    """A method for numeric samples once their covariate is taken out (CUPED), made to take rows of sums.

    Args:
        method: Takes the moments of the treated and of the control.
    """

    def adjusted(*rows: NDArray[np.float64]) -> Estimate:
        joint = {at: Joint(round(n), (y, x), ((yy, xy), (xy, xx))) for at, (n, y, yy, x, xx, xy) in enumerate(rows)}
        return method(*cuped(joint).samples.values())

    return adjusted


def of_successes(method: Callable[..., Estimate]) -> Method:
    """A method for yes-or-no samples, made to take rows of sums.

    Args:
        method: Takes the counts of the treated and of the control.
    """
    return lambda *rows: method(*(Successes(round(row[0]), round(row[1])) for row in rows))


def false_positives(splits: Splits, method: Method, *, null: float = 0.0) -> Estimate:
    """How often an interval leaves out that the halves are alike.

    Args:
        splits: Of one arm.
        method: Makes an interval from a row of sums of the treated and one of the control.
        null: What is true: 0 of a difference, 1 of a ratio.

    Returns:
        The rate with its Monte Carlo interval; where there is no interval nothing is claimed.
    """
    return _rate(~_holds(splits, method, np.full(len(splits.treated), null)))


def coverage(splits: Splits, method: Method, truth: ArrayLike) -> Estimate:
    """How often an interval holds the effect that was planted.

    Args:
        splits: With the effect in the treated half.
        method: Makes an interval from a row of sums of the treated and one of the control.
        truth: The effect, on the scale of the method, shape (times,).

    Returns:
        The rate with its Monte Carlo interval.
    """
    return _rate(_holds(splits, method, np.asarray(truth, dtype=float)))


def passes(rate: Estimate, *, nominal: bool) -> bool:
    """Whether a false-positive rate is as promised.

    Args:
        rate: What `false_positives` found.
        nominal: Whether 5 of 100 are promised, or only at most 5.
    """
    return rate.lo <= NOMINAL[1] and rate.hi >= NOMINAL[0] if nominal else rate.value <= AT_MOST


def invent_days(groups: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Let people who all came on one day come on `INVENTED_DAYS`, at random.

    Args:
        groups: value, people.
        rng: Source of randomness.

    Returns:
        day (from 0 on), value, people; all groups on all days, also those of nobody.
    """
    own = groups.groupby("value", as_index=False)["people"].sum().sort_values("value")
    drawn = rng.multinomial(own["people"].to_numpy(), np.full(INVENTED_DAYS, 1 / INVENTED_DAYS))
    spread = pd.DataFrame(
        {
            "day": np.tile(np.arange(INVENTED_DAYS), len(own)),
            "value": np.repeat(own["value"].to_numpy(dtype=float), INVENTED_DAYS),
            "people": drawn.ravel(),
        }
    )
    return spread.sort_values(["day", "value"], ignore_index=True)


def peeking(groups: pd.DataFrame, *, rng: np.random.Generator, times: int = TIMES) -> Peeking:
    """Look at halves of one arm after every day, with the interval for one look and with the sequence.

    Where everybody came on the same day, days are invented, a number of times, since much depends on who comes first.

    Args:
        groups: People of the arm who are alike: day, value, people.
        rng: Source of randomness.
        times: How many splits.

    Returns:
        The rates; the sequence is tuned to the people that the arm has.
    """
    days = groups["day"].nunique()
    invented = days < 2
    if invented:
        sizes = [len(part) for part in np.array_split(np.arange(times), INVENTIONS) if len(part)]
        parts = [_looks(invent_days(groups, rng=rng), size, rng) for size in sizes]
    else:
        parts = [_looks(groups, times, rng)]
    fixed, always, end = (np.concatenate(part) for part in zip(*parts, strict=True))
    verdict = always[:, :-1].any(axis=1) | end
    by_look = pd.DataFrame(
        {
            "look": np.arange(1, fixed.shape[1] + 1),
            "fixed": np.logical_or.accumulate(fixed, axis=1).mean(axis=0),
            "sequence": np.logical_or.accumulate(always, axis=1).mean(axis=0),
        }
    )
    rates = (_rate(each) for each in (fixed.any(axis=1), fixed[:, -1], always.any(axis=1), verdict))
    return Peeking(*rates, by_look, invented)


def _looks(
    groups: pd.DataFrame, times: int, rng: np.random.Generator
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether a difference is seen at each look, by the interval for one look and the sequence; and at the end."""
    by_day = [day for _, day in groups.groupby("day", sort=True)]
    halves = [split(day["value"], day["people"], rng=rng, times=times) for day in by_day]
    treated, control = (np.stack(sums, axis=1).cumsum(axis=1) for sums in zip(*halves, strict=True))
    seen = np.maximum(np.cumsum([day["people"].sum() for day in by_day]), 1)
    distance, degrees = _distances(treated, control)
    bound = standard_errors(seen, planned=int(seen[-1]), level=LEVEL)
    carried = np.minimum(*(effective_size(*np.moveaxis(sums, -1, 0)) for sums in (treated, control)))
    end = distance[:, -1] > stdtrit(degrees[:, -1], (1 + level_at_end(LEVEL)) / 2)
    return distance > stdtrit(degrees, (1 + LEVEL) / 2), (distance > bound) & (carried >= sequences.FEWEST), end


def pooled(rates: Sequence[Estimate]) -> Estimate:
    """One rate over several arms, each split by itself.

    Args:
        rates: Rates that were found, at least one.
    """
    counts = (sum(each.n for each in rates), sum(each.numerator for each in rates))
    return proportion(*counts, level=MONTE_CARLO)


def _holds(splits: Splits, method: Method, truth: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether each split's interval holds the truth; where there is none, it does."""
    held = np.ones(len(truth), dtype=bool)
    for at, (ours, theirs, true) in enumerate(zip(splits.treated, splits.control, truth, strict=True)):
        found = method(ours, theirs)
        held[at] = found.lo is None or found.lo <= true <= found.hi
    return held


def _distances(treated: NDArray[np.float64], control: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Standard errors from 0 at every look, none where nothing varied, and Welch's degrees of freedom."""
    n = np.stack([treated[..., 0], control[..., 0]])
    total, squares = (np.stack([treated[..., at], control[..., at]]) for at in (1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total / n
        variance = np.clip(squares - total * mean, 0, None) / (n - 1) / n
        both = variance.sum(axis=0)
        told = (n.min(axis=0) >= FEWEST) & (both > 0)
        distance = np.where(told, np.abs(mean[0] - mean[1]) / np.sqrt(both), 0.0)
        degrees = np.where(told, both**2 / (variance**2 / (n - 1)).sum(axis=0), 1.0)
    return distance, degrees


def _rate(said: NDArray[np.bool_]) -> Estimate:
    """A share of splits with its Monte Carlo interval."""
    return proportion(len(said), int(said.sum()), level=MONTE_CARLO)
