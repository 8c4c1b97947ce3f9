"""What is claimed of a person's habits only where chance would hardly do the same: weekly rhythm, season, next order.

Critical values are looked up by the number of observations, so that no engine needs a distribution of its own.
"""

from __future__ import annotations

import ibis
import numpy as np
import pyarrow as pa
from scipy import stats

from helpers.datasets.tables.metrics import WEEKDAYS
from helpers.profiles.windows import day_number

CHANCE = 0.01
FEWEST_DAYS = 14  # below two expected on a weekday, chi-squared is no measure
MONTHS = range(1, 13)
_YEAR = 365
_MOST, _LONGEST = 500, 10
_LEVEL = 0.8


def judged(state: ibis.Table, gathered: ibis.Table) -> ibis.Table:
    """Add what single people are judged by: what all of a cutoff have together, and what chance allows.

    Args:
        state: Columns of `activity.gathered` and `purchases.purchases`, and others.
        gathered: The same people with those columns, from which it is quick to add up.

    Returns:
        `state` with the columns all_… of the cutoff, spread_allowed by gaps, and peak_allowed by orders and years.
    """
    names = [*(f"{day}s" for day in WEEKDAYS), "active_days", "discounted", "ordered"]
    sums = gathered.group_by(_cutoff="cutoff").aggregate(**{f"all_{name}": gathered[name].sum() for name in names})
    gaps = pa.table({"_gaps": [float(n) for n in range(2, _MOST)], "spread_allowed": _spreads(np.arange(2, _MOST))})
    n, years = (axis.ravel() for axis in np.meshgrid(np.arange(2, _MOST + 1), np.arange(2, _LONGEST + 1)))
    peaks = pa.table({"_ordered": n.astype(float), "_years": years, "peak_allowed": _peaks(n, years)})
    spreads, peaks = ibis.memtable(gaps), ibis.memtable(peaks)
    ordered, lived = state.ordered, state.T_days // _YEAR
    most = [
        ibis.ifelse(ordered > _MOST, float(_MOST), ordered) == peaks["_ordered"],
        ibis.ifelse(lived > _LONGEST, _LONGEST, lived) == peaks["_years"],
    ]
    joined = (
        state.left_join(sums, [("cutoff", "_cutoff")]).left_join(spreads, [("gaps", "_gaps")]).left_join(peaks, most)
    )
    return joined.drop("_cutoff", "_gaps", "_ordered", "_years")


def _spreads(n: np.ndarray) -> np.ndarray:
    """How many standard deviations of n gaps the next one may lie from their mean, in 4 of 5 cases (Student)."""
    return stats.t.ppf((1 + _LEVEL) / 2, n - 1) * np.sqrt(1 + 1 / n)


def _peaks(n: np.ndarray, years: np.ndarray) -> np.ndarray:
    """The most orders of n that chance puts into the fullest month, one of which may have come a year more often."""
    share = (years + 1) / (12 * years)
    return stats.binom.isf(CHANCE / 12, n, share)


def regularity_metrics(state: ibis.Table) -> dict[str, ibis.Value]:
    """rhythm_period_d, season_peak_month and the range of the next order, from the columns of this module."""
    return {"rhythm_period_d": _rhythm(state), "season_peak_month": _season(state), **_next_order(state)}


def _rhythm(state: ibis.Table) -> ibis.Value:
    """Pearson's chi-squared of a person's weekdays against everybody's."""
    days = state.active_days
    expected = {day: days * state[f"all_{day}s"] / state.all_active_days for day in WEEKDAYS}
    distance = sum(
        ibis.ifelse(each > 0, (state[f"{day}s"] - each) * (state[f"{day}s"] - each) / each, 0)
        for day, each in expected.items()
    )
    weekly = (days >= FEWEST_DAYS) & (distance > float(stats.chi2.isf(CHANCE, len(WEEKDAYS) - 1)))
    return ibis.ifelse(weekly.fill_null(False), 7, None).cast("int64")


def _season(state: ibis.Table) -> ibis.Value:
    counts = {month: state[f"month_{month}"] for month in MONTHS}
    most = ibis.greatest(*counts.values())
    # Of two months alike the first is taken; both beyond chance is rarer than chance.
    month = ibis.cases(*((count == most, month) for month, count in counts.items()), else_=None)
    return ibis.ifelse((most > state.peak_allowed).fill_null(False), month, None).cast("int64")


def _next_order(state: ibis.Table) -> dict[str, ibis.Value]:
    """A Student interval for one more gap, about the mean of those so far; not before the day after the last order."""
    mean = state.order_span / state.gaps.nullif(0)
    variance = (state.gap_squares - state.order_span * mean) / (state.gaps - 1).nullif(0)
    reach = ibis.ifelse(variance < 0, 0.0, variance).sqrt() * state.spread_allowed
    last = day_number(state.cutoff) - state.last_order

    def day(gap: ibis.Value) -> ibis.Value:
        moved = gap.round().cast("int64") - last
        return (state.cutoff.cast("timestamp") + moved.as_interval("D")).cast("date")

    # Engines differ in what the greatest of nothing and something is.
    earliest = ibis.ifelse(mean - reach < 1.0, 1.0, mean - reach)
    return {
        "expected_next_order_lo": day(earliest),
        "expected_next_order_hi": day(mean + reach),
    }
