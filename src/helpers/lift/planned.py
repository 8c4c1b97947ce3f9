"""What was planned of an experiment: when it ends, and what its intervals are tuned to before anybody looks."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd

from helpers.lift.verdict_words import Moment
from helpers.statistics import Estimate, Moments, check, check_level, sequence_of_difference
from helpers.statistics.sequences import FEWEST

PACE_DAYS = 14
# Where no number of people is planned, sequences are tuned to this one: a number that follows from who came would break
# their promise. With a tenth of so many people they are a quarter wider than they might be, with ten times as many 7 %.
UNPLANNED = 10_000
AT_END = 0.8  # share of the error that is left for the planned end


def level_of_each(arms: int, *, level: float = 0.95) -> float:
    """Level of the intervals of each arm, so that those of all arms hold together (Bonferroni).

    Args:
        arms: Arms that are compared with the control, 1 to 50.
        level: Coverage of all together.

    Returns:
        The level, rounded up to thousandths, so that it can be said in words.

    Raises:
        WrongUse: An argument is out of range.
    """
    check("arms", arms, ge=1, le=50)
    check_level(level)
    return math.ceil(round(1_000 * (1 - (1 - level) / arms), 9)) / 1_000


def level_at_end(level: float) -> float:
    """Level of the interval for one look at the planned end, where a verdict may have been said before.

    Sequence and last interval together err no more often than a verdict should: a fifth of the error is left to the
    looks before. That is enough for any number of them, because a sequence that is tuned to the end rarely errs by
    then where the interval at the end does not.

    Args:
        level: Level of the sequence.

    Returns:
        The level, rounded up to thousandths.

    Raises:
        WrongUse: The level is out of range, or leaves no thousandth.
    """
    check("level", level, gt=0, le=0.999)
    return min(math.ceil(round(1_000 * (1 - AT_END * (1 - level)), 9)), 999) / 1_000


def level_that_decides(arms: int, *, level: float = 0.95) -> float:
    """Level of the interval of each arm on which its verdict rests at the planned end.

    Args:
        arms: Arms that are compared with the control.
        level: Coverage of all together, over all looks.

    Raises:
        WrongUse: An argument is out of range.
    """
    return level_at_end(level_of_each(arms, level=level))


def sequence_between(
    treated: Moments,
    control: Moments,
    planned_end: dt.date | int | None,
    *,
    level: float,
    carried: float = math.inf,
) -> Estimate:
    """The confidence sequence of an arm's difference from the control, tuned to what was planned.

    Args:
        treated: Sums of the arm so far, of at least two people.
        control: Sums of the control so far, of at least two people.
        planned_end: Number of people of all arms, or day, that ends the experiment; None where neither is planned.
        level: Coverage over all looks together, between 0 and 1.
        carried: Units that carry the mean of the arm that has fewest, by `effective_size`, where the sums were
            adjusted or made from a ratio and do not tell it themselves.

    Returns:
        The difference, without an interval where too few carry a mean.
    """
    planned = planned_end if isinstance(planned_end, int) else UNPLANNED
    found = sequence_of_difference(treated, control, planned=planned, level=level)
    return found._replace(lo=None, hi=None) if carried < FEWEST else found


def moment_of(
    planned_end: dt.date | int | None,
    daily: pd.DataFrame,
    *,
    read: int,
    today: dt.date,
    window_days: int,
    blocked: str = "",
) -> Moment:
    """How far an experiment is: whether its planned end has come, or when it will.

    Args:
        planned_end: Last day on which people are exposed, or number of people of all arms; None: it never ends, and
            everything rests on sequences for ever.
        daily: People exposed by day, of all arms: day, people.
        read: People whose outcome window is over.
        today: First day that is not over yet.
        window_days: Length of the outcome window.
        blocked: As in `Moment`.
    """
    if planned_end is None:
        return Moment(today, over=False, blocked=blocked)
    if isinstance(planned_end, int):
        until = expected_end(daily, planned=planned_end, today=today, window_days=window_days)
        return Moment(today, over=read >= planned_end, until=until, blocked=blocked)
    until = planned_end + dt.timedelta(days=window_days + 1)
    # days of exposure are those of UTC: windows of its last hours may end after the local day begins
    if today >= until and read < int(daily["people"].sum()):
        until = today + dt.timedelta(days=1)
    return Moment(today, over=today >= until, until=until, blocked=blocked)


def expected_end(daily: pd.DataFrame, *, planned: int, today: dt.date, window_days: int) -> dt.date | None:
    """When the planned number of people will have been exposed and their windows be over, at the pace of late.

    Args:
        daily: People exposed by day: day, people; days without any may be missing.
        planned: People that are planned, of all arms.
        today: First day that is not over yet.
        window_days: Length of the outcome window.

    Returns:
        The day; None where nobody came within the last 14 days and people are still missing.
    """
    per_day = daily.groupby(pd.to_datetime(daily["day"]))["people"].sum().sort_index()
    reached = per_day.index[per_day.cumsum() >= planned]
    if len(reached):
        return (reached[0] + pd.Timedelta(days=window_days + 1)).date()
    now = pd.Timestamp(today)
    late = per_day[per_day.index >= now - pd.Timedelta(days=PACE_DAYS)]
    if not late.sum():
        return None
    watched = min(PACE_DAYS, (now - per_day.index[0]).days)
    missing = math.ceil((planned - per_day.sum()) / (late.sum() / watched))
    return (now + pd.Timedelta(days=missing + window_days)).date()
