"""What a page says in sentences of how soon customers buy again and what they will bring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from helpers.reporting.formats import MISSING, date, interval, level
from helpers.statistics import Estimate
from helpers.value.build import Built
from helpers.value.survival import EVERYBODY, TOLD_DAYS
from helpers.value.total_words import held_totals, next_total
from helpers.value.trial import REVENUE
from helpers.value.trial_words import compared, coverage, hundredths, way_name


def within(share: Estimate | None) -> str:
    """Of 100 who first bought, how many bought again: "38 (36 to 41)"; a dash where it cannot be told yet."""
    return MISSING if share is None else interval(share, form=hundredths, words=False)


def returning(built: Built) -> str:
    """How soon customers buy on a second day, in one sentence."""
    curve = built.curves[EVERYBODY]
    told = {days: share for days in TOLD_DAYS if (share := curve.by_day(days)) is not None}
    if not told:
        return "How soon customers buy again cannot be told yet: fewer than 10 are known for 30 days."
    first, *others = told
    said = "".join(f", {within(told[days])} in {days} days" for days in others)
    return (
        f"Of 100 customers {interval(told[first], form=hundredths)} buy on a second day in {first} days{said}, if "
        "they are as those so far."
    )


def of_curves(built: Built, names: Iterable[str]) -> dict[str, Any]:
    """Title, subtitle, alt text and more of the picture of cohorts.

    Args:
        built: What was found.
        names: The cohorts that are drawn.
    """
    drawn = {name: built.curves[name] for name in names}
    days = 90 if any(curve.by_day(90) for curve in drawn.values()) else 30
    told = {name: share for name, curve in drawn.items() if (share := curve.by_day(days)) is not None}
    each = ", ".join(f"{name} {within(share)}" for name, share in told.items())
    return {
        "title": f"Of 100 customers {within(built.curves[EVERYBODY].by_day(days))} bought again in {days} days",
        "subtitle": "Share that bought on a second day, by days since the first purchase and by when that was, with "
        f"intervals, {level(0.95)}",
        "alt": f"Rising curves, one for each time of first purchase. Of 100, in {days} days: {each or 'not told yet'}.",
        "source": "daily",
        "caption": "Who has not bought again by now is followed until now and no further. A curve ends where fewer "
        "than 10 customers are followed for longer.",
    }


def next_days(built: Built, *, currency: str) -> str:
    """What all customers together should buy and bring, and how such totals were held against what came."""
    held = held_totals(built.trial, currency=currency)
    return f"{next_total(built, currency=currency)} {held}{_untested(built)}"


def of_next(built: Built, shares: Sequence[float]) -> dict[str, Any]:
    """Title, subtitle, alt text and more of the picture of equal parts.

    Args:
        built: What was found.
        shares: Of 100 of the revenue, what each part of the customers should bring, most first.
    """
    return {
        "title": f"The first of {len(shares)} equal parts of the customers should bring {shares[0]:.0f} of 100 of the "
        "revenue",
        "subtitle": f"Share of the revenue expected in the {built.horizon_days} days from {date(built.as_of)} by "
        f"{way_name(built.trial, built.totals[REVENUE].way)}, customers in equal parts by what is expected of them",
        "alt": f"Bars of shares of expected revenue, falling from {shares[0]:.0f} of 100 for the first part.",
        "source": "value_forecasts",
        "caption": "What is expected of a customer is a mean over what may come; who brings most will be told by the "
        "days themselves.",
    }


def headlines(built: Built, *, currency: str) -> list[str]:
    """The page's first sentences."""
    if built.trial is None:
        why = built.reason[0].lower() + built.reason[1:]
        return [f"No decision yet: nothing says what customers will buy next, for {why}", returning(built)]
    trial = built.trial
    return [
        compared(trial, currency=currency),
        next_total(built, currency=currency),
        held_totals(trial, currency=currency),
        coverage(trial),
        returning(built),
    ]


def _untested(built: Built) -> str:
    """Over how many days forecasts were judged, where that is fewer than are foretold."""
    if built.trial.days >= built.horizon_days:
        return ""
    return (
        f" Forecasts were judged over {built.trial.days} days and are told for {built.horizon_days}: that people go on "
        "as before for the days beyond has been held against nothing."
    )
