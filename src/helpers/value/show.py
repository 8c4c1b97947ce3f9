"""The tables that a page shows of customer value; small groups in them are hidden."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.privacy import MINIMUM, Published, publish, publish_for
from helpers.reporting.formats import Format, interval, money, number
from helpers.statistics import Estimate
from helpers.value.build import Built
from helpers.value.holdout import MODEL, Part
from helpers.value.survival import EVERYBODY, TOLD_DAYS, Curve
from helpers.value.trial import PURCHASES, REVENUE, Trial
from helpers.value.trial_words import MEANINGS, MODEL_NAMES, way_name
from helpers.value.words import within

if TYPE_CHECKING:
    from helpers.datasets import Shop

CUSTOMERS, AGAIN, PEOPLE = "Customers", "Bought again", "People"
BEFORE, PART, FORETOLD, CAME, LOWEST, HIGHEST = (
    "Purchases after the first", "Part", "Foretold", "Came", "At least", "At most",
)  # fmt: skip
WEEK_OF, ACTUAL = "Week from", "Came"
EACH, BRINGS, SHARE = "Purchases each", "Revenue each", "Of 100 of revenue"

_PARTS = 10


def curves_table(shop: Shop, built: Built) -> Published:
    """Of customers by when they first bought, how many of 100 bought on a second day, and how soon."""
    rows = [
        {"First bought in": name, CUSTOMERS: curve.customers, AGAIN: curve.again}
        | {f"Of 100, in {days} days": within(curve.by_day(days)) for days in TOLD_DAYS}
        for name, curve in built.curves.items()
        if name != EVERYBODY
    ]
    frame = pd.DataFrame(rows)
    return publish_for(shop, "value.curves", frame, people=[CUSTOMERS, AGAIN], parts=[[CUSTOMERS, AGAIN]])


def drawn_curves(built: Built, shown: Published) -> dict[str, Curve]:
    """The curves of the cohorts that are shown, and of which anything can be told.

    Args:
        built: What was found.
        shown: As `curves_table` gives it.
    """
    names = shown.frame.loc[~shown.hidden.any(axis=1), shown.frame.columns[0]]
    return {name: built.curves[name] for name in names if built.curves[name].by_day(TOLD_DAYS[0]) is not None}


def weeks_table(shop: Shop, trial: Trial) -> Published:
    """Repeat purchases week by week, beside what each model expected."""
    names = {"week": WEEK_OF, "people": PEOPLE, "actual": ACTUAL} | MODEL_NAMES
    frame = trial.weeks.rename(columns=names)
    frame[WEEK_OF] = frame[WEEK_OF].astype("str")
    return publish_for(shop, "value.weeks", frame, people=PEOPLE, totals="none")


def frequency_table(shop: Shop, trial: Trial) -> Published:
    """Purchases foretold and made, by how many people had made after their first."""
    parts = trial.parts_by_frequency()
    most = parts[-1].name
    named = {part.name: f"{part.name} or more" if part.name == most > 0 else str(part.name) for part in parts}
    frame = pd.DataFrame([{BEFORE: named[part.name], **_told(part)} for part in parts])
    return publish_for(shop, "value.frequency", frame, people=CUSTOMERS)


def tenths_table(shop: Shop, trial: Trial) -> Published:
    """Revenue, or purchases where nobody's spend is known, foretold and made, by tenths of what was foretold."""
    outcome = REVENUE if REVENUE in trial.ways else PURCHASES
    parts = trial.parts_by_tenth(outcome)
    frame = pd.DataFrame([{PART: f"{place} of {len(parts)}", **_told(each)} for place, each in enumerate(parts, 1)])
    return publish_for(shop, "value.tenths", frame, people=CUSTOMERS)


def ways_table(trial: Trial, *, currency: str) -> Published:
    """How near the model, the other model and both simple rules came, in purchases and in money."""
    forms = {PURCHASES: number, REVENUE: partial(money, currency=currency)}
    rows = [
        {
            "Of": outcome,
            "Way": way_name(trial, way),
            "Typical miss": _plain(judged.rmse, forms[outcome]),
            "More than the model’s": _plain(judged.over_model, forms[outcome]) if way != MODEL else None,
            "Mean of foretold minus came": _plain(judged.bias, forms[outcome]),
        }
        for outcome, ways in trial.ways.items()
        for way, judged in ways.items()
    ]
    return publish(pd.DataFrame(rows), people=None, why="errors of methods")


def parameters_table(trial: Trial) -> Published:
    """The parameters of every model that was learned, with what each says."""
    fitted = {MODEL_NAMES[name]: each for name, each in trial.fits.items()}
    if trial.spending.fitted is not None:
        fitted["Gamma-Gamma"] = trial.spending.fitted
    rows = [
        {
            "Model": model,
            "Parameter": name,
            "Value": "not told by these purchases" if name in each.held else _plain(each.estimate(name), number),
            "Says": MEANINGS[model, name],
        }
        for model, each in fitted.items()
        for name in each.model._fields
    ]
    return publish(pd.DataFrame(rows), people=None, why="parameters of models")


def next_table(shop: Shop, built: Built) -> Published:
    """Today's customers in tenths by what they should bring, by the way that is recommended, most first."""
    purchases = built.totals[PURCHASES].expected
    value = built.totals[REVENUE].expected if REVENUE in built.totals else np.zeros(len(purchases))
    known = value.sum() > 0
    order = np.argsort(-(value if known else purchases), kind="stable")
    parts = np.array_split(order, min(_PARTS, max(1, len(order) // MINIMUM)))
    rows = [
        {PART: f"{place} of {len(parts)}", CUSTOMERS: len(part), EACH: purchases[part].mean()}
        | ({BRINGS: value[part].mean(), SHARE: 100 * value[part].sum() / value.sum()} if known else {})
        for place, part in enumerate(parts, 1)
    ]
    return publish_for(shop, "value.next", pd.DataFrame(rows), people=CUSTOMERS)


def formats(shown: Published, currency: str) -> dict[str, Format]:
    """How the columns of `next_table` become text; where no revenue is known, it has none of it."""
    every = {BRINGS: partial(money, currency=currency), EACH: "{:.2f}".format, SHARE: "{:z.1f}".format}
    return {name: form for name, form in every.items() if name in shown.frame}


def _told(part: Part) -> dict[str, float | int | None]:
    actual = part.actual
    return {CUSTOMERS: actual.n, FORETOLD: part.expected, CAME: actual.value, LOWEST: actual.lo, HIGHEST: actual.hi}


def _plain(estimate: Estimate, form: Format) -> str:
    return interval(estimate, form=form, words=False)
