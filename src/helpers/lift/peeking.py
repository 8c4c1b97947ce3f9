"""What looking at an experiment every day does: how often somebody sees a difference between halves alike."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit

from helpers.lift.error_rates import LEVEL, rate_of
from helpers.lift.outcomes import VALUES
from helpers.lift.planned import level_at_end
from helpers.lift.resplits import TIMES, split
from helpers.statistics import Estimate, effective_size, sequences, standard_errors
from helpers.statistics.intervals import CANCELLATION

INVENTED_DAYS = 14  # looks where everybody came on one day
INVENTIONS = 20
FEWEST = 2  # people of an arm at a look


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


def invent_days(groups: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Let people who all came on one day come on `INVENTED_DAYS`, at random.

    Args:
        groups: value, of a ratio also denominator, people.
        rng: Source of randomness.

    Returns:
        day (from 0 on) and the same columns; all groups on all days, also those of nobody.
    """
    names = [name for name in VALUES[:2] if name in groups]
    own = groups.groupby(names, as_index=False)["people"].sum()
    drawn = rng.multinomial(own["people"].to_numpy(), np.full(INVENTED_DAYS, 1 / INVENTED_DAYS))
    spread = own.loc[own.index.repeat(INVENTED_DAYS), names].astype(float).reset_index(drop=True)
    spread = spread.assign(day=np.tile(np.arange(INVENTED_DAYS), len(own)), people=drawn.ravel())
    return spread.sort_values(["day", *names], ignore_index=True)


def peeking(groups: pd.DataFrame, *, rng: np.random.Generator, times: int = TIMES) -> Peeking:
    """Look at halves of one arm after every day, with the interval for one look and with the sequence.

    Where everybody came on the same day, days are invented, a number of times, since much depends on who comes first.

    Args:
        groups: People of the arm who are alike: day, value, people; and denominator, where a ratio is looked at.
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
    rates = (rate_of(each) for each in (fixed.any(axis=1), fixed[:, -1], always.any(axis=1), verdict))
    return Peeking(*rates, by_look, invented)


def _looks(
    groups: pd.DataFrame, times: int, rng: np.random.Generator
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether a difference is seen at each look, by the interval for one look and the sequence; and at the end."""
    by_day = [day for _, day in groups.groupby("day", sort=True)]
    names = [name for name in VALUES[:2] if name in groups]
    halves = [split(day[names], day["people"], rng=rng, times=times) for day in by_day]
    sums = [np.stack(half, axis=1).cumsum(axis=1) for half in zip(*halves, strict=True)]
    means = sums if len(names) < 2 else [_linearised(each) for each in sums]
    seen = np.maximum(np.cumsum([day["people"].sum() for day in by_day]), 1)
    distance, degrees = _distances(*means)
    bound = standard_errors(seen, planned=int(seen[-1]), level=LEVEL)
    carried = np.min([_carried(each) for each in (*sums, *means)], axis=0)
    end = distance[:, -1] > stdtrit(degrees[:, -1], (1 + level_at_end(LEVEL)) / 2)
    return distance > stdtrit(degrees, (1 + LEVEL) / 2), (distance > bound) & (carried >= sequences.FEWEST), end


def _linearised(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sums of ratios at every look as those of means, by the delta method; zeros where nothing is below the line."""
    n, above, above_squares, below, below_squares, products = np.moveaxis(sums, -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = above / below
        spread = (n / below) ** 2 * (above_squares - 2 * ratio * products + ratio**2 * below_squares)
        found = np.stack([n, n * ratio, spread + n * ratio**2], axis=-1)
    return np.where(below[..., None] > 0, found, 0.0)


def _carried(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Units that carry a mean at every look; of a ratio those of what stands above or below its line, the fewer."""
    places = [(1, 2), (3, 4)][: sums.shape[-1] // 3]
    return np.min([effective_size(sums[..., 0], sums[..., one], sums[..., two]) for one, two in places], axis=0)


def _distances(treated: NDArray[np.float64], control: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Standard errors from 0 at every look, none where nothing varied, and Welch's degrees of freedom."""
    n = np.stack([treated[..., 0], control[..., 0]])
    total, squares = (np.stack([treated[..., at], control[..., at]]) for at in (1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total / n
        spread = squares - total * mean
        variance = np.where(spread > CANCELLATION * squares, spread, 0.0) / (n - 1) / n
        both = variance.sum(axis=0)
        told = (n.min(axis=0) >= FEWEST) & (both > 0)
        distance = np.where(told, np.abs(mean[0] - mean[1]) / np.sqrt(both), 0.0)
        degrees = np.where(told, both**2 / (variance**2 / (n - 1)).sum(axis=0), 1.0)
    return distance, degrees
