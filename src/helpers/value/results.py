"""What customer value hands on to the result record."""

from __future__ import annotations

import math

from helpers.reporting import Record
from helpers.value.build import Built
from helpers.value.holdout import MODEL
from helpers.value.survival import EVERYBODY, TOLD_DAYS
from helpers.value.trial import REVENUE, RULES, Trial

_UNITS = {"alpha": "weeks", "beta": "weeks"}


def add_results(record: Record, built: Built, *, currency: str) -> None:
    """Add how soon customers come back, what models and rules were worth, and what is foretold.

    Args:
        record: The record of stage value.
        built: What was found.
        currency: Of the data set.
    """
    for days in TOLD_DAYS:
        share = built.curves[EVERYBODY].by_day(days)
        if share is not None:
            record.add(f"value.again.{days}", share)
    if built.trial is None:
        return
    _of_models(record, built.trial, currency)
    _of_holdout(record, built.trial, currency)
    for outcome, total in built.totals.items():
        unit = currency if outcome == REVENUE else "purchases"
        record.add(f"value.next.{outcome}", total.by_way, unit=unit)
        if total.way != MODEL:
            record.add(f"value.next.{outcome}.{built.trial.model}", total.by_model, unit=unit)


def _of_models(record: Record, trial: Trial, currency: str) -> None:
    units = _UNITS | {"gamma": currency}
    fits = trial.fits | ({} if trial.spending.fitted is None else {"gamma_gamma": trial.spending.fitted})
    for model, fitted in fits.items():
        for name in fitted.model._fields:
            record.add(f"value.{model}.{name}", fitted.estimate(name), unit=units.get(name, "shape"))
        record.add(f"value.{model}.log_likelihood", fitted.log_likelihood, n=fitted.people)
    if trial.spending.correlation is not None and math.isfinite(trial.spending.correlation.value):
        record.add("value.spend.correlation", trial.spending.correlation)


def _of_holdout(record: Record, trial: Trial, currency: str) -> None:
    for over in ("holdout", "cumulative"):
        error = getattr(trial.errors, over)
        if math.isfinite(error.value):
            record.add(f"value.holdout.tracking_error_{over}", error)
    for outcome, ways in trial.ways.items():
        unit = currency if outcome == REVENUE else "purchases"
        for way, judged in ways.items():
            name = trial.model if way == MODEL else way
            record.add(f"value.holdout.{outcome}.{name}.rmse", judged.rmse, unit=unit)
            record.add(f"value.holdout.{outcome}.{name}.bias", judged.bias, unit=unit)
            if way in RULES:
                record.add(f"value.holdout.{outcome}.{name}.rmse_over_model", judged.over_model, unit=unit)
        covered = trial.covered(outcome)
        if covered is not None:
            record.add(f"value.holdout.{outcome}.covered", covered)
        total = trial.total(outcome)
        if total is not None:
            record.add(f"value.holdout.{outcome}.total_foretold", total.foretold, unit=unit)
            record.add(f"value.holdout.{outcome}.total_came", total.came, n=total.buyers, unit=unit)
            if math.isfinite(total.error.value):
                record.add(f"value.holdout.{outcome}.total_error", total.error)
