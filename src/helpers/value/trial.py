"""Models learned on the first part of a history and held against what came in the last, beside simple rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from helpers.errors import NothingToDo
from helpers.privacy import MINIMUM
from helpers.reporting import formats
from helpers.statistics import Estimate
from helpers.value.bgnbd import BGNBD, fit_bgnbd
from helpers.value.customers import Bought, Customers, bought, customers_at, repeats_by_week
from helpers.value.fitting import FEWEST, Fitted
from helpers.value.history import WEEK, Floats, Histories
from helpers.value.holdout import (
    LAST_PERIOD,
    MEAN_RATE,
    MODEL,
    Judged,
    Part,
    against_rules,
    by_frequency,
    by_tenth,
    mean_rate,
)
from helpers.value.pareto_nbd import ParetoNBD, fit_pareto_nbd
from helpers.value.predict import Forecast, Range, coverage, forecast
from helpers.value.spend import Spending, learn_spending
from helpers.value.totals import Held, hold
from helpers.value.tracking import Errors, actual_by_day, expected_by_day, tracking_errors

if TYPE_CHECKING:
    from helpers.datasets import Shop

FITS: dict[str, Callable[[Histories], Fitted[BGNBD] | Fitted[ParetoNBD]]] = {
    "bgnbd": fit_bgnbd,
    "pareto_nbd": fit_pareto_nbd,
}
RULES = (MEAN_RATE, LAST_PERIOD)
PURCHASES, REVENUE = "purchases", "revenue"
LONGEST_DAYS = 365
FEWEST_DAYS = 84  # of history: twelve weeks, of which at least four are held out

_PART = 3  # by default the last third is held out


class Trial(NamedTuple):
    """What models and rules said of the customers of a past midnight, and what these bought afterwards.

    Attributes:
        cutoff: The midnight; learned is from before it.
        days: How many days after it are held out, all up to `as_of`.
        customers: Everybody with a purchase before it.
        later: What they bought in the days held out.
        fits: Each model that these customers' purchases tell the parameters of, by name.
        model: The one of these that is used.
        spending: How spend is foretold.
        foretold: By that model, for the days held out.
        ways: Errors of the model (`MODEL`), the rules and the other model, by outcome: purchases, revenue.
        errors: How far the expected purchases of all are off, over the holdout alone and over everything.
        weeks: Whole weeks from the first purchase on: week (its first day), people who bought again, actual purchases,
            and what each model expected.
    """

    cutoff: date
    days: int
    customers: Customers
    later: Bought
    fits: dict[str, Fitted[BGNBD] | Fitted[ParetoNBD]]
    model: str
    spending: Spending
    foretold: Forecast
    ways: dict[str, dict[str, Judged]]
    errors: Errors
    weeks: pd.DataFrame

    @property
    def fitted(self) -> Fitted[BGNBD] | Fitted[ParetoNBD]:
        """The model that is used."""
        return self.fits[self.model]

    def parts_by_frequency(self) -> list[Part]:
        """Expected and actual purchases by repeats so far."""
        return by_frequency(self.customers.histories.frequency, self.foretold.purchases.expected, self.later.days)

    def parts_by_tenth(self, outcome: str) -> list[Part]:
        """Expected and actual means by tenths of what was expected; of purchases or of revenue."""
        said, _, came = self._held_against(outcome)
        return by_tenth(said.expected, came)

    def covered(self, outcome: str) -> Estimate | None:
        """Share of customers of whom what came lies between the foretold ends; None where there are no ends."""
        said, _, came = self._held_against(outcome)
        return None if np.isnan(said.lo).any() else coverage(said, came)

    def total(self, outcome: str) -> Held | None:
        """What all were foretold together, and what came; None where fewer than 10 bought, or no spend is known."""
        buyers = int((self.later.days > 0).sum())
        if buyers < MINIMUM or outcome not in self.ways:
            return None
        said, total, came = self._held_against(outcome)
        return hold(total, said.expected, came, buyers=buyers)

    def total_by(self, outcome: str, way: str) -> float:
        """What a way foretold of all together in the days held out."""
        *_, came = self._held_against(outcome)
        return float(came.sum()) + came.size * self.ways[outcome][way].bias.value

    def _held_against(self, outcome: str) -> tuple[Range, Estimate, Floats]:
        """What was foretold of each customer and of all together, and what came of each."""
        if outcome == PURCHASES:
            return self.foretold.purchases, self.foretold.total_purchases, self.later.days
        return self.foretold.value, self.foretold.total_value, self.later.revenue


def hold_out(shop: Shop, now: Customers, *, days: int, seed: int) -> Trial:
    """Learn models before a cutoff and hold them against what came after it.

    Args:
        shop: An open data set whose profiles are written.
        now: Everybody with a purchase so far.
        days: Days to hold out; 0 for the last third, 365 days at most.
        seed: Seed of bootstrap draws and futures.

    Raises:
        NothingToDo: If history is shorter than twelve weeks or than twice the holdout, fewer than 100 customers bought
            on a second day before the cutoff, or no model's parameters are told apart.
    """
    days = held_out(int(now.first_day.max()), days)
    cutoff = shop.as_of - timedelta(days=days)
    customers = customers_at(shop, cutoff)
    require_enough(customers)
    later = bought(shop, customers, cutoff, shop.as_of)
    fits = fit_all(customers.histories)
    time = days / WEEK
    expected = {name: fitted.model.expected_next(customers.histories, time) for name, fitted in fits.items()}
    rules = by_rules(shop, customers, cutoff, days=days)
    model, purchases = chosen(later.days, expected, rules[PURCHASES], seed=seed)
    spending = learn_spending(customers.histories.frequency, customers.spend, seed=seed)
    foretold = forecast(fits[model], spending, customers.histories, customers.spend, time=time, seed=seed)
    ways = {PURCHASES: purchases}
    if np.isfinite(foretold.value.expected).all():
        ways[REVENUE] = against_rules(later.revenue, foretold.value.expected, rules[REVENUE], seed=seed)
    errors = tracking_errors(fits[model], customers.histories, later.days, time=time)
    weeks = _weeks(shop, cutoff, customers, fits)
    return Trial(cutoff, days, customers, later, fits, model, spending, foretold, ways, errors, weeks)


def by_rules(shop: Shop, customers: Customers, moment: date, *, days: int) -> dict[str, dict[str, Floats]]:
    """What both simple rules say of the days after a moment, by outcome and rule, shape (customers,) each.

    Args:
        shop: An open data set whose profiles are written.
        customers: As they were at the moment.
        moment: The midnight.
        days: Days that are foretold; of a history shorter than that, all of it stands for the time before, at its pace.
    """
    known = min(days, int(customers.first_day.max()))
    before = bought(shop, customers, moment - timedelta(days=known), moment)
    rate = mean_rate(customers.histories, days / WEEK)
    # Whoever has no repeat is foretold nothing by the rule, whatever a day of theirs would bring.
    return {
        PURCHASES: {MEAN_RATE: rate, LAST_PERIOD: before.days * (days / known)},
        REVENUE: {MEAN_RATE: rate * np.nan_to_num(customers.spend), LAST_PERIOD: before.revenue * (days / known)},
    }


def held_out(history: int, asked: int) -> int:
    """Days to hold out of a history of so many.

    Args:
        history: Days since the first purchase of all.
        asked: Days asked for; 0 for the last third, 365 at most.

    Raises:
        NothingToDo: If history is shorter than twelve weeks or than twice the days to hold out.
    """
    days = asked or min(history // _PART, LONGEST_DAYS)
    needed = max(FEWEST_DAYS, 2 * days)
    if history < needed:
        raise NothingToDo(
            f"Purchases span {history:,} days. To hold out {days:,} of them and learn from at least as many, "
            f"{needed:,} are needed."
        )
    return days


def fit_all(customers: Histories) -> dict[str, Fitted[BGNBD] | Fitted[ParetoNBD]]:
    """Every model whose parameters these customers tell apart.

    Raises:
        NothingToDo: If there is none.
    """
    found, reason = {}, ""
    for name, fit in FITS.items():
        try:
            found[name] = fit(customers)
        except NothingToDo as why:
            reason = str(why)
    if not found:
        raise NothingToDo(reason)
    return found


def require_enough(customers: Customers) -> None:
    """Refuse to learn from too few.

    Raises:
        NothingToDo: If fewer than 100 customers bought on a second day.
    """
    everybody, again = len(customers.profile_id), int((customers.histories.frequency > 0).sum())
    if again < FEWEST:
        raise NothingToDo(
            f"Of {formats.people(everybody)} customers to learn from {formats.people(again)} bought on a second day; "
            f"a model of what they will buy needs {FEWEST} who did."
        )


def best_rule(ways: Mapping[str, Judged]) -> str:
    """The simple rule that misses by less."""
    return min(RULES, key=lambda rule: ways[rule].rmse.value)


def recommended(ways: Mapping[str, Judged]) -> str:
    """The better simple rule, unless the model misses by less beyond chance: the rule written beforehand.

    Args:
        ways: Errors by way, as `Trial.ways` has them.

    Returns:
        `MODEL` or the name of a rule.
    """
    rule = best_rule(ways)
    gain = ways[rule].over_model
    return MODEL if gain.lo is not None and gain.lo > 0 else rule


def chosen(
    actual: Floats, expected: Mapping[str, Floats], rules: Mapping[str, Floats], *, seed: int
) -> tuple[str, dict[str, Judged]]:
    """BG/NBD, the simpler model, unless Pareto/NBD misses by less beyond chance; and all ways beside it.

    Args:
        actual: Purchases of each customer, shape (customers,).
        expected: What each model expected of them, the simpler one first.
        rules: What each simple rule said.
        seed: Seed of the bootstrap.
    """
    first, *others = expected
    ways = against_rules(actual, expected[first], {**rules, **{name: expected[name] for name in others}}, seed=seed)
    for other in others:
        gain = ways[other].over_model
        if gain.hi is not None and gain.hi < 0:
            rest = {name: each for name, each in expected.items() if name != other}
            return other, against_rules(actual, expected[other], {**rules, **rest}, seed=seed)
    return first, ways


def _weeks(
    shop: Shop, cutoff: date, customers: Customers, fits: Mapping[str, Fitted[BGNBD] | Fitted[ParetoNBD]]
) -> pd.DataFrame:
    """Repeat purchases of the customers in each whole week since the first of all."""
    start = cutoff - timedelta(days=int(customers.first_day.max()))
    ends = np.arange(WEEK, (shop.as_of - start).days + 1, WEEK)  # the last day of each, counted from 1
    first = customers.first_day.max() - customers.first_day + 1
    repeats = repeats_by_week(shop, start, cutoff)
    counts = {"actual": actual_by_day(WEEK * (repeats["week"] + 1), repeats["count"], ends)}
    counts |= {name: expected_by_day(fitted.model, first, ends) for name, fitted in fits.items()}
    each = {name: np.diff(values, prepend=0.0) for name, values in counts.items()}
    people = repeats.set_index("week")["people"].reindex(range(len(ends)), fill_value=0).to_numpy()
    return pd.DataFrame(
        {"week": [start + timedelta(days=int(end) - WEEK) for end in ends], "people": people.astype("int64"), **each}
    )
