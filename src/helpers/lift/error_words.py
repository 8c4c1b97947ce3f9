"""How often readings of an experiment err, as a table and sentences for its page."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.lift.error_rates import Peeking, passes
from helpers.reporting import level, literal, number
from helpers.statistics import Estimate

RATES = ("Metric", "Method", "Of 100 halves alike, called different", "Promised", "Kept")


def of_hundred(rate: Estimate, *, words: bool = False) -> str:
    """A rate as so many of 100, with its interval.

    Args:
        rate: The rate.
        words: Whether the interval's level is said.
    """
    value, lo, hi = (f"{100 * each:.{1 if rate.value >= 0.02 else 2}f}" for each in (rate.value, rate.lo, rate.hi))
    return f"{value} ({lo} to {hi}{f', {level(rate.level)}' if words else ''}) of 100"


def rates_frame(rates: Sequence[tuple[str, str, Estimate, bool]]) -> pd.DataFrame:
    """False-positive rates as text.

    Args:
        rates: Metric, method, rate, and whether the method promises 5 of 100 rather than at most 5.

    Returns:
        One row a rate, columns as in `RATES`.
    """
    rows = [
        (
            metric,
            method,
            of_hundred(rate),
            "5" if nominal else "5 or fewer",
            "yes" if passes(rate, nominal=nominal) else "no",
        )
        for metric, method, rate, nominal in rates
    ]
    return pd.DataFrame(rows, columns=RATES)


def halves_sentence(arm: str, times: int, rates: Sequence[tuple[str, str, Estimate, bool]]) -> str:
    """Whether each method keeps what it promises on this data.

    Args:
        arm: The arm that was split.
        times: How often.
        rates: As in `rates_frame`.
    """
    broken = [
        f"{method} of {literal(metric)}" for metric, method, rate, nominal in rates if not passes(rate, nominal=nominal)
    ]
    fate = f"not kept by {', '.join(broken)}" if broken else f"kept by each of {len(rates)}"
    return (
        f"People of {literal(arm)} were split at random {number(times)} times into halves that were treated alike; "
        f"that no more than about 5 of 100 such pairs are called different is {fate}."
    )


def peeking_sentence(metric: str, found: Peeking) -> str:
    """What looking every day does to a reading of this metric.

    Args:
        metric: The metric.
        found: What `peeking` found.
    """
    days = (
        "14 days, which are invented since everybody came on one," if found.invented else f"{len(found.by_look)} days"
    )
    return (
        f"Who looks at {literal(metric)} of such halves after each of {days} sees a difference that is none in "
        f"{of_hundred(found.fixed, words=True)} with the interval for one look, and in {of_hundred(found.sequence)} "
        "with the confidence sequence; as verdicts are said, which rest on the sequence until the end, in "
        f"{of_hundred(found.verdict)}."
    )
