"""What customers will buy and bring, from a data set's tables to forecasts that were held against what came."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers.errors import NothingToDo
from helpers.value.customers import Customers, customers_now
from helpers.value.history import WEEK, Floats
from helpers.value.holdout import MODEL
from helpers.value.predict import Forecast, forecast
from helpers.value.spend import learn_spending
from helpers.value.survival import Curve, second_purchases
from helpers.value.totals import Total, by_rule, without_range
from helpers.value.trial import FITS, PURCHASES, REVENUE, Trial, by_rules, hold_out, recommended

if TYPE_CHECKING:
    from helpers.datasets import Shop


class Built(NamedTuple):
    """Customers as of a moment, what was said of them before and what is said now.

    Attributes:
        as_of: The day at whose first moment they are looked at.
        horizon_days: Days that are foretold.
        customers: Everybody with a purchase.
        curves: How soon they buy again, by cohort.
        trial: What models and rules were worth on the last part of history; None where there is no model.
        foretold: Of the next days by the model; None where there is none.
        totals: Of all customers in the next days, by outcome and by the way that is recommended; empty without a model.
        reason: Why there is no model, a sentence; empty where there is one.
    """

    as_of: date
    horizon_days: int
    customers: Customers
    curves: dict[str, Curve]
    trial: Trial | None
    foretold: Forecast | None
    totals: dict[str, Total]
    reason: str


def build(shop: Shop, *, horizon_days: int, holdout_days: int, seed: int) -> Built:
    """Hold models against the last part of history, foretell the next days, and write both.

    The next days are foretold by the model and by the way that missed by less: where that is a simple rule, both stand.

    Args:
        shop: An open data set whose profiles are written.
        horizon_days: Days to foretell, at least 1.
        holdout_days: Days to hold out; 0 for the last third, 365 days at most.
        seed: Seed of bootstrap draws and futures.

    Returns:
        What was found; without a model, and with the reason, where history or those who came back are too few.

    Raises:
        NothingToDo: If nobody bought anything yet.
    """
    customers = customers_now(shop)
    if not len(customers.profile_id):
        raise NothingToDo("Nobody has ordered yet, so there is no customer whose next orders could be foretold.")
    curves = second_purchases(shop)
    try:
        trial = hold_out(shop, customers, days=holdout_days, seed=seed)
        foretold = _next(customers, trial, days=horizon_days, seed=seed)
    except NothingToDo as why:
        return Built(shop.as_of, horizon_days, customers, curves, None, None, {}, str(why))
    totals = _totals(trial, foretold, by_rules(shop, customers, shop.as_of, days=horizon_days))
    built = Built(shop.as_of, horizon_days, customers, curves, trial, foretold, totals, "")
    shop.write("value_forecasts", forecasts_frame(built))
    shop.write("value_judged", judged_frame(trial))
    return built


def forecasts_frame(built: Built) -> pd.DataFrame:
    """Everybody's forecast as rows of table `value_forecasts`."""
    orders, value = built.foretold.purchases, built.foretold.value
    return pd.DataFrame(
        {
            "profile_id": built.customers.profile_id,
            "as_of": pd.to_datetime(built.as_of),
            "horizon_days": built.horizon_days,
            "purchases": orders.expected,
            "purchases_lo": orders.lo,
            "purchases_hi": orders.hi,
            "value": value.expected,
            "value_lo": value.lo,
            "value_hi": value.hi,
            "level": built.foretold.level,
            "model": built.trial.model,
            **_recommended(built),
        }
    ).astype({"profile_id": "str", "model": "str", "purchases_way": "str", "value_way": "str"})


def judged_frame(trial: Trial) -> pd.DataFrame:
    """What was judged as rows of table `value_judged`; what cannot be told, as an error over nothing, has none."""
    rows = []
    for outcome, ways in trial.ways.items():
        for way, judged in ways.items():
            name = trial.model if way == MODEL else way
            rows += [(outcome, name, metric, getattr(judged, metric)) for metric in ("bias", "rmse", "mae")]
            if judged.over_model is not None:
                rows.append((outcome, name, "rmse_over_model", judged.over_model))
        covered = trial.covered(outcome)
        if covered is not None:
            rows.append((outcome, trial.model, "covered", covered))
        total = trial.total(outcome)
        if total is not None:
            rows.append((outcome, trial.model, "total", total.foretold))
            rows.append((outcome, trial.model, "total_error", total.error))
    for over, error in trial.errors._asdict().items():
        rows.append((PURCHASES, trial.model, f"tracking_error_{over}", error))
    frame = pd.DataFrame(
        [{"outcome": outcome, "way": way, "metric": metric, **each._asdict()} for outcome, way, metric, each in rows]
    )
    return frame[frame["value"].notna()].drop(columns="numerator")


def _recommended(built: Built) -> dict[str, object]:
    """Columns of what each customer is expected to buy and bring by the way that is recommended."""
    columns = {}
    for outcome, name in ((PURCHASES, "purchases"), (REVENUE, "value")):
        total = built.totals.get(outcome)
        columns[f"{name}_way"] = None
        columns[f"{name}_by_way"] = float("nan")
        if total is not None:
            columns |= {
                f"{name}_way": built.trial.model if total.way == MODEL else total.way,
                f"{name}_by_way": total.expected,
            }
    return columns


def _totals(trial: Trial, foretold: Forecast, rules: dict[str, dict[str, Floats]]) -> dict[str, Total]:
    """The total of each outcome that was judged, by the model and by the way that is recommended."""
    said = {
        PURCHASES: (foretold.purchases.expected, foretold.total_purchases),
        REVENUE: (foretold.value.expected, foretold.total_value),
    }
    totals = {}
    for outcome, ways in trial.ways.items():
        expected, by_model = said[outcome]
        held = trial.total(outcome)
        if by_model.lo is not None and (held is None or not held.inside):
            by_model = without_range(by_model)
        way = recommended(ways)
        if way == MODEL:
            totals[outcome] = Total(way, expected, by_model, by_model)
        else:
            own = rules[outcome][way]
            totals[outcome] = Total(way, own, by_rule(own, way, level=foretold.level), by_model)
    return totals


def _next(customers: Customers, trial: Trial, *, days: int, seed: int) -> Forecast:
    """The next days by the model that is used, learned anew from everything."""
    fitted = FITS[trial.model](customers.histories)
    spending = learn_spending(customers.histories.frequency, customers.spend, seed=seed)
    return forecast(fitted, spending, customers.histories, customers.spend, time=days / WEEK, seed=seed)
