"""What a page says of what all customers together should buy and bring, and of such totals before."""

from __future__ import annotations

import math
from functools import partial

from helpers.reporting.formats import Format, date, interval, level, money, number, people
from helpers.value.build import Built
from helpers.value.holdout import LAST_PERIOD, MODEL
from helpers.value.totals import Held
from helpers.value.trial import PURCHASES, REVENUE, Trial, recommended
from helpers.value.trial_words import MODEL_NAMES, percent, way_name

_ARE = {PURCHASES: "are", REVENUE: "is"}


def next_total(built: Built, *, currency: str) -> str:
    """What all customers of today should buy and bring, each by the way that missed by less."""
    everybody = people(built.totals[PURCHASES].by_way.n)
    said = [_amount(built, outcome, currency) for outcome in built.totals]
    if all(total.way == MODEL for total in built.totals.values()):
        should = f"{' and '.join(said)} by {MODEL_NAMES[built.trial.model]}"
    else:
        by = [_by(built, outcome, currency) for outcome in built.totals]
        should = " and ".join(f"{amount} by {way}" for amount, way in zip(said, by, strict=True))
    return (
        f"In the {built.horizon_days} days from {date(built.as_of)} the {everybody} customers of today should "
        f"{should}, if they go on as before; new customers come on top."
    )


def held_totals(trial: Trial, *, currency: str) -> str:
    """What all together were foretold for the days held out, beside what came."""
    told = {outcome: held for outcome in trial.ways if (held := trial.total(outcome)) is not None}
    if not told:
        return (
            f"Fewer than 10 customers bought in the {trial.days} days held out, so that no total can be held against "
            "what came; the total of the next days has no range."
        )
    care = "Totals are to be taken with care. " if any(held.missed for held in told.values()) else ""
    return care + " ".join(_held(trial, outcome, held, currency) for outcome, held in told.items())


def by_which(built: Built) -> str:
    """Which way foretells each outcome."""
    ways = {outcome: way_name(built.trial, total.way) for outcome, total in built.totals.items()}
    if len(set(ways.values())) < len(ways):
        return f"Purchases and revenue are foretold by {ways[PURCHASES]}."
    purchases = f"Purchases are foretold by {ways[PURCHASES]}"
    return f"{purchases}, revenue by {ways[REVENUE]}." if REVENUE in ways else f"{purchases}."


def _amount(built: Built, outcome: str, currency: str) -> str:
    amount = interval(built.totals[outcome].by_way, form=_form(outcome, currency))
    return f"make {amount} purchases" if outcome == PURCHASES else f"bring {amount}"


def _by(built: Built, outcome: str, currency: str) -> str:
    """The way; beside a rule what the model says, which did not beat it."""
    total = built.totals[outcome]
    name = way_name(built.trial, total.way)
    if total.way == MODEL:
        return name
    gain = built.trial.ways[outcome][total.way].over_model
    lost = "did worse" if gain.hi is not None and gain.hi < 0 else "did no better"
    low = "low for whoever came within that time; " if total.way == LAST_PERIOD else ""
    model = interval(total.by_model, form=_form(outcome, currency))
    return f"{name} ({low}{MODEL_NAMES[built.trial.model]}, which {lost}, says {model})"


def _held(trial: Trial, outcome: str, held: Held, currency: str) -> str:
    form = _form(outcome, currency)
    foretold, came = interval(held.foretold, form=form), form(held.came)
    if outcome == PURCHASES:
        said = f"In the {trial.days} days held out {MODEL_NAMES[trial.model]} foretold {foretold} purchases"
    else:
        said = f"Of revenue it foretold {foretold}"
    if math.isfinite(held.error.value):
        fewer = "fewer" if outcome == PURCHASES else "less"
        much = f"{abs(100 * held.error.value):.1f}% {'more' if held.error.value >= 0 else fewer}"
        ends = f"{percent(held.error.lo)} to {percent(held.error.hi)}, {level(held.error.level)}"
        said = f"{said}, {much} than the {came} that came ({ends})"
    else:
        said = f"{said}, and {came} came"
    if held.inside:
        said = f"{said}: inside its range"
    elif held.missed:
        said = f"{said}: outside its range, so that {outcome} of the next days {_ARE[outcome]} told without one"
    way = recommended(trial.ways[outcome])
    if way != MODEL:
        said = f"{said}; {way_name(trial, way)} foretold {form(trial.total_by(outcome, way))}"
    return f"{said}."


def _form(outcome: str, currency: str) -> Format:
    return _whole if outcome == PURCHASES else partial(money, currency=currency)


def _whole(count: float) -> str:
    return number(round(count))
