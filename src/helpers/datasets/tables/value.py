"""Tables that value writes: what each customer is expected to buy and bring, and what such forecasts are worth."""

from __future__ import annotations

from helpers.datasets.declare import Column, Table, estimate
from helpers.datasets.tables.profiles import PROFILE_ID

_MODELS = ("bgnbd", "pareto_nbd")
_WAYS = (*_MODELS, "mean_rate", "last_period")


def _number(name: str, meaning: str, unit: str) -> Column:
    return Column(name=name, dtype="float64", meaning=meaning, unit=unit, nullable=unit == "currency")


VALUE_FORECASTS = Table(
    name="value_forecasts",
    writer="value",
    meaning="One person with a purchase, and what they are expected to buy and bring from `as_of` on.",
    key=("profile_id",),
    columns=(
        PROFILE_ID,
        Column(name="as_of", dtype="date", meaning="Local midnight of this day is the moment of the forecast."),
        Column(name="horizon_days", dtype="int64", meaning="Days looked ahead.", unit="days", ge=1),
        _number("purchases", "Expected number of days with a purchase in the horizon.", "days"),
        _number("purchases_lo", "Lower end of the range in which that number should lie.", "days"),
        _number("purchases_hi", "Upper end of that range.", "days"),
        _number("value", "Expected revenue of these days net of refunds; missing where nobody's spend is known.",
                "currency"),
        _number("value_lo", "Lower end of the range in which it should lie; missing without a model of spend.",
                "currency"),
        _number("value_hi", "Upper end of that range.", "currency"),
        Column(name="level", dtype="float64", meaning="Share of people whose range should hold what comes.", ge=0,
               le=1),
        Column(name="model", dtype="string", meaning="Model of ordering and leaving, of which all of the above is.",
               isin=_MODELS),
        Column(name="purchases_way", dtype="string", isin=_WAYS,
               meaning="By what to foretell purchases: the model, or the simple rule that it did not beat before."),
        _number("purchases_by_way", "Expected number of days with a purchase in the horizon, by that way.", "days"),
        Column(name="value_way", dtype="string", nullable=True, isin=_WAYS,
               meaning="The same of revenue; missing where nobody's spend was known before the holdout."),
        _number("value_by_way", "Expected revenue of the horizon net of refunds, by that way; missing where it is.",
                "currency"),
    ),
    version=2,
)  # fmt: skip

VALUE_JUDGED = Table(
    name="value_judged",
    writer="value",
    meaning="One measure of one way to foretell, on the customers of a past midnight and what they bought afterwards.",
    key=("outcome", "way", "metric"),
    columns=(
        Column(name="outcome", dtype="string", meaning="What was foretold.", isin=("purchases", "revenue")),
        Column(name="way", dtype="string", meaning="Model or simple rule."),
        Column(
            name="metric", dtype="string",
            meaning="Measure; `rmse_over_model` is this way's error minus that of the model that is used, `total` what "
            "it foretold of all customers and `total_error` that over what came, minus 1.",
        ),
        *estimate(),
    ),
)  # fmt: skip

TABLES = (VALUE_FORECASTS, VALUE_JUDGED)
