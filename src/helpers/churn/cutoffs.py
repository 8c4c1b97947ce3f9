"""When people are looked at: the moments of a split by time, no label reaching over the next one that counts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from helpers.errors import NothingToDo, WrongUse

HORIZONS_NEEDED = 3
# What people may not do in the horizon, to be labelled.
LABELS = ("no_order", "no_event")

# Of 2 * 8 days there are 6,435 splits and their mirrors: enough for one to be beyond chance among many features.
MOST_DAYS, WEEK = 8, 7

_MOST_TRAINING_CUTOFFS = 3


class Cutoffs(NamedTuple):
    """The moments of a time split, each the local midnight of its day.

    Attributes:
        training: Cutoffs that models learn at, latest first; gap and horizon after each end by `test`.
        test: Cutoff that models are judged at; gap and horizon after it end by `as_of`.
        as_of: Moment at which people are scored.
        horizon_days: Days that labels look at.
        gap_days: Days after a cutoff that no label looks at: what is done with a score takes time.
        label_of: What is not done in these days: "no_order", or "no_event" for no act at all.
    """

    training: tuple[date, ...]
    test: date
    as_of: date
    horizon_days: int
    gap_days: int = 0
    label_of: str = LABELS[0]

    @property
    def label(self) -> str:
        """Name of the label, such as no_order_90d."""
        return f"{self.label_of}_{self.horizon_days}d"

    def window(self, cutoff: date) -> tuple[date, date]:
        """The days that the label of a cutoff looks at: the first, and the one after the last."""
        start = cutoff + timedelta(days=self.gap_days)
        return start, start + timedelta(days=self.horizon_days)


class Days(NamedTuple):
    """Local midnights at which people are watched, oldest first.

    Attributes:
        then: Up to the test cutoff, at which models are judged.
        now: After it, up to as_of.
    """

    then: tuple[date, ...]
    now: tuple[date, ...]


def watched_days(cutoffs: Cutoffs) -> Days:
    """Eight weekly midnights of then and of now; closer together, then fewer, where the horizon is shorter than that.

    Args:
        cutoffs: Of the panel that the models were learned and judged on.
    """
    step = min(WEEK, max(1, cutoffs.horizon_days // MOST_DAYS))
    back = [timedelta(days=step * number) for number in range(min(MOST_DAYS, cutoffs.horizon_days))][::-1]
    return Days(*(tuple(last - each for each in back) for last in (cutoffs.test, cutoffs.as_of)))


def split_time(
    *, history_starts: date, as_of: date, horizon_days: int, gap_days: int = 0, label: str = LABELS[0]
) -> Cutoffs:
    """Place the cutoffs: a horizon to judge by, one to three before it to learn from, one of history first.

    Args:
        history_starts: First day with data.
        as_of: The moment that everything ends at.
        horizon_days: Days that labels look at, at least 1.
        gap_days: Days between a cutoff and the first that its label looks at.
        label: One of `LABELS`.

    Raises:
        NothingToDo: If history is shorter than three horizons and two gaps.
        WrongUse: If the horizon is below one day, the gap below none, or the label another.
    """
    if horizon_days < 1:
        raise WrongUse(f"horizon_days is {horizon_days}; expected at least 1.")
    if gap_days < 0:
        raise WrongUse(f"gap_days is {gap_days}; expected 0 or more.")
    if label not in LABELS:
        raise WrongUse(f"label is {label!r}; expected one of: {', '.join(LABELS)}.")
    step = timedelta(days=gap_days + horizon_days)
    history, needed = (as_of - history_starts).days, HORIZONS_NEEDED * horizon_days + 2 * gap_days
    if history < needed:
        gaps = f", with {gap_days:,} days left out before each of the last two" if gap_days else ""
        raise NothingToDo(
            f"History spans {max(history, 0):,} days. Looking {horizon_days:,} days ahead needs {needed:,}: one such "
            f"stretch to describe people, one to learn from, and one to judge by{gaps}."
        )
    test = as_of - step
    candidates = [test - number * step for number in range(1, _MOST_TRAINING_CUTOFFS + 1)]
    training = tuple(cutoff for cutoff in candidates if (cutoff - history_starts).days >= horizon_days)
    return Cutoffs(training, test, as_of, horizon_days, gap_days, label)
