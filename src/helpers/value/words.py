"""What a page says in sentences of how soon customers buy again and what they will bring."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

import numpy as np

from helpers.reporting.formats import MISSING, date, interval, level, money, number, people
from helpers.statistics import Estimate
from helpers.value.build import Built
from helpers.value.survival import EVERYBODY
from helpers.value.trial_words import MODEL_NAMES, compared, coverage, off


def within(share: Estimate | None) -> str:
    """Of 100 who first bought, how many bought again: "38 (36 to 41)"; a dash where it cannot be told yet."""
    return MISSING if share is None else interval(share, form=_hundredths, words=False)


def returning(built: Built) -> str:
    """How soon customers buy on a second day, in one sentence."""
    curve = built.curves[EVERYBODY]
    told = {days: share for days in (30, 90, 365) if (share := curve.by_day(days)) is not None}
    if not told:
        return "How soon customers buy again cannot be told yet: fewer than 10 are known for 30 days."
    first, *others = told
    said = "".join(f", {within(told[days])} in {days} days" for days in others)
    return (
        f"Of 100 customers {interval(told[first], form=_hundredths)} buy on a second day in {first} days{said}, if "
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
    """What all customers together should buy and bring, and over how many days such forecasts were judged."""
    return f"{_total(built, currency)}{_untested(built)}"


def of_next(built: Built, share: float) -> dict[str, Any]:
    """Title, subtitle, alt text and more of the picture of tenths.

    Args:
        built: What was found.
        share: Of 100 of the revenue, what the first tenth should bring.
    """
    return {
        "title": f"The first part of the customers should bring {share:.0f} of 100 of the revenue",
        "subtitle": f"Share of the revenue expected in the {built.horizon_days} days from {date(built.as_of)}, "
        "customers in equal parts by what is expected of them",
        "alt": f"Bars of shares of expected revenue, falling from {share:.0f} of 100 for the first part.",
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
    errors = trial.errors.holdout
    caution = []
    if errors.lo is not None and (errors.lo > 0 or errors.hi < 0):
        caution = [
            f"Totals are to be taken with care: in the {trial.days} days held out "
            f"{off(errors, MODEL_NAMES[trial.model])}."
        ]
    return [
        compared(trial, currency=currency), _total(built, currency), *caution, coverage(trial), returning(built),
    ]  # fmt: skip


def _total(built: Built, currency: str) -> str:
    total, value = built.foretold.total_purchases, built.foretold.total_value
    brought = ""
    if np.isfinite(value.value):
        brought = f" and {interval(value, form=partial(money, currency=currency), words=False)}"
    return (
        f"In the {built.horizon_days} days from {date(built.as_of)} the {people(total.n)} customers of today should "
        f"make {interval(total, form=_whole)} purchases{brought} by {MODEL_NAMES[built.trial.model]}, if they go on by "
        "the same law; new customers come on top."
    )


def _untested(built: Built) -> str:
    """Over how many days the ranges were judged, where that is fewer than are foretold."""
    if built.trial.days >= built.horizon_days:
        return ""
    return (
        f" Ranges were judged over {built.trial.days} days and are told for {built.horizon_days}: that people go on by "
        "the same law for the days beyond has been held against nothing."
    )


def _hundredths(share: float) -> str:
    return f"{100 * share:.0f}"


def _whole(count: float) -> str:
    return number(round(count))
