"""Tables, pictures and sentences of the page tell what was found, and nothing of small groups."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from helpers import value
from helpers.reporting import money
from helpers.reporting.tables import render_table
from helpers.statistics import Estimate
from helpers.value import survival, total_words, trial_words, words
from helpers.value.show import ACTUAL, BEFORE, CAME, CUSTOMERS, EACH, FORETOLD, PEOPLE, SHARE
from helpers.value.totals import by_rule


@pytest.fixture
def axes():
    figure, ax = plt.subplots()
    yield ax
    plt.close(figure)


@pytest.fixture
def shop(sold, make_shop):
    """Another, so that what is published for it is kept apart."""
    return make_shop()


def test_cohorts_of_fewer_than_ten_are_hidden_and_not_drawn(shop, sold, axes):
    _, built = sold
    few = survival.kaplan_meier([100.0] * 6 + [3.0] * 3, [False] * 6 + [True] * 3)
    name = next(name for name in built.curves if name != survival.EVERYBODY)
    built = built._replace(curves=built.curves | {name: few})
    shown = value.curves_table(shop, built)
    row = shown.frame.set_index("First bought in").loc[name]
    assert row.drop(shown.frame.columns[1]).isna().all() or row.isna().all()
    drawn = value.drawn_curves(built, shown)
    assert name not in drawn
    value.plot_curves(drawn, ax=axes)
    assert len(axes.lines) == len(drawn)
    assert name not in words.of_curves(built, drawn)["alt"]


def test_a_curve_is_drawn_in_hundredths_as_far_as_it_is_known(sold, axes):
    _, built = sold
    value.plot_curves({"all": built.curves[survival.EVERYBODY]}, ax=axes)
    drawn = pd.Series(axes.lines[0].get_ydata(), index=axes.lines[0].get_xdata()).dropna()
    assert drawn[84] == pytest.approx(100 * built.curves[survival.EVERYBODY].by_day(84).value)
    assert drawn.index.max() == min(364, built.curves[survival.EVERYBODY].last // 7 * 7)


def test_weeks_of_few_people_are_not_drawn(shop, sold, axes):
    _, built = sold
    shown = value.weeks_table(shop, built.trial).frame
    few = built.trial.weeks["people"].between(1, 9)
    assert few.any()
    assert not few.all()
    assert shown.loc[few, [PEOPLE, ACTUAL]].isna().all().all()
    value.plot_weeks(shown, built.trial.cutoff, ax=axes)
    names = {text.get_text() for text in axes.texts}
    assert names == {"Came", "BG/NBD", "Pareto/NBD"}


def test_frequency_is_told_as_judged_and_small_groups_hidden(shop, sold, axes):
    _, built = sold
    shown = value.frequency_table(shop, built.trial).frame
    parts = {part.name: part for part in built.trial.parts_by_frequency()}
    assert shown[BEFORE].tolist()[-1] == "7 or more"
    for row, part in zip(shown.to_dict("records"), parts.values(), strict=True):
        assert pd.isna(row[CUSTOMERS]) or (row[CUSTOMERS], row[CAME]) == (part.actual.n, part.actual.value)
        assert pd.isna(row[CUSTOMERS]) == pd.isna(row[FORETOLD])
    value.plot_frequency(shown, ax=axes)
    assert axes.lines[-1].get_ydata() == pytest.approx(shown[FORETOLD].astype(float).to_numpy(), nan_ok=True)
    hidden = shown.assign(**{CAME: shown[CAME].where(shown.index > 0)})
    said = trial_words.of_frequency(built.trial, hidden)
    assert f"{len(hidden.dropna(subset=[CAME, 'At least']))} intervals" in said["title"]
    assert " 0: " not in said["alt"]


def test_tenths_of_the_next_days_hold_everybody_and_all_revenue(shop, sold, axes):
    _, built = sold
    shown = value.next_table(shop, built).frame
    assert shown[CUSTOMERS].sum() == 260
    assert shown[SHARE].sum() == pytest.approx(100)
    assert shown[SHARE].is_monotonic_decreasing
    assert (shown[CUSTOMERS] * shown[EACH]).sum() == pytest.approx(built.foretold.purchases.expected.sum())
    value.plot_next(shown, ax=axes)
    assert len(axes.patches) == 10
    title = words.of_next(built, shown[SHARE].tolist())["title"]
    assert title.startswith(f"The first of 10 equal parts of the customers should bring {shown[SHARE].iloc[0]:.0f} of")


def test_where_no_revenue_is_foretold_the_next_days_are_shown_without(shop, sold):
    _, built = sold
    totals = {outcome: each for outcome, each in built.totals.items() if outcome != "revenue"}
    for known in (built._replace(totals=totals), built._replace(totals=built.totals | {"revenue": nothing(built)})):
        shown = value.next_table(shop, known)
        assert SHARE not in shown.frame
        assert "€" not in render_table(shown, caption="Parts", formats=value.formats(shown, "EUR"))
    paid = value.next_table(shop, built)
    assert "€" in render_table(paid, caption="Parts", formats=value.formats(paid, "EUR"))


def nothing(built):
    """A total of revenue where nobody is expected to bring any."""
    return built.totals["revenue"]._replace(expected=np.zeros_like(built.totals["revenue"].expected))


def test_a_miss_has_its_unit_and_one_way_is_named_once(sold):
    _, built = sold
    said = trial_words.compared(built.trial, currency="EUR")
    assert re.search(r"of a customer it typically misses by [\d.]+ purchases, .* by [\d.]+ purchases\.", said)
    assert trial_words.tenths(built.trial, "EUR") == "Revenue in EUR"
    name = trial_words.MODEL_NAMES[built.trial.model]
    same = {outcome: each._replace(way=value.MODEL) for outcome, each in built.totals.items()}
    assert total_words.by_which(built._replace(totals=same)) == f"Purchases and revenue are foretold by {name}."


def test_ways_and_parameters_are_named(sold):
    _, built = sold
    ways = value.ways_table(built.trial, currency="EUR").frame
    assert len(ways) == 4 + 3
    assert ways["Way"].iloc[0] == trial_words.MODEL_NAMES[built.trial.model]
    held = built.trial._replace(fits={"bgnbd": built.trial.fits["bgnbd"]._replace(held=("a",))})
    told = value.parameters_table(held).frame.set_index(["Model", "Parameter"])["Value"]
    assert told["BG/NBD", "a"] == "not told by these purchases"
    assert re.fullmatch(r"[\d.]+ \([\d.]+ to [\d.]+\)", told["BG/NBD", "r"])
    assert ("Gamma-Gamma", "q") in told.index


def test_a_rule_that_wins_is_recommended_in_words(sold):
    _, built = sold
    ways = built.trial.ways["purchases"]
    for lo, hi, said in ((0.1, 0.3, "Foretell purchases by BG/NBD"), (-0.3, -0.1, "Foretell purchases by the rule"),
                         (-0.1, 0.1, "For purchases the rule")):  # fmt: skip
        gain = Estimate((lo + hi) / 2, lo, hi, 0.95, 100, "bootstrap")
        rules = {name: each._replace(over_model=gain) for name, each in ways.items() if name != value.MODEL}
        changed = built.trial._replace(model="bgnbd", ways={"purchases": ways | rules})
        assert trial_words.compared(changed, currency="EUR").startswith(said)


def test_tracking_is_told_alone_and_cumulative(sold):
    _, built = sold
    errors = built.trial.errors
    off = errors.holdout._replace(value=-0.18, lo=-0.21, hi=-0.15)
    trial = built.trial._replace(errors=errors._replace(holdout=off))
    said = trial_words.tracked(trial)
    assert "held out alone" in said
    assert "18.0% fewer purchases than came (−21.0% to −15.0%, 19 in 20)" in said
    assert f"{100 * errors.cumulative.value:+.1f}%".replace("-", "−") in said
    nobody = errors.holdout._replace(value=float("nan"), lo=None, hi=None)
    assert "Nobody bought" in trial_words.tracked(built.trial._replace(errors=errors._replace(holdout=nobody)))


def test_ranges_that_hold_too_little_are_called_too_narrow(sold):
    _, built = sold
    assert "80 or more should have, and did." in trial_words.coverage(built.trial)
    narrow = built.trial.foretold._replace(level=0.999)
    assert "too narrow" in trial_words.coverage(built.trial._replace(foretold=narrow))


def test_a_total_whose_range_missed_before_says_so_beside_what_came(sold):
    _, built = sold
    later, foretold = built.trial.later, built.trial.foretold
    wide = foretold._replace(total_purchases=foretold.total_purchases._replace(lo=0.0))
    right = built.trial._replace(foretold=wide)
    held = total_words.held_totals(right, currency="EUR")
    assert held.startswith(f"In the {right.days} days held out {trial_words.MODEL_NAMES[right.model]} foretold")
    assert held.count(": inside its range") == 2
    trial = right._replace(later=later._replace(revenue=2 * later.revenue))
    said = total_words.held_totals(trial, currency="EUR")
    assert said.startswith("Totals are to be taken with care.")
    assert said.count(": inside its range") == 1
    came = money(2 * later.revenue.sum(), currency="EUR")
    assert re.search(rf"Of revenue .* less than the {re.escape(came)} that came .*: outside its range", said)
    assert "so that revenue of the next days is told without one" in said
    assert "revenue of all together lay outside the range" in trial_words.coverage(trial)
    assert "of all together" not in trial_words.coverage(right)


def test_no_total_is_told_of_fewer_than_ten_buyers(sold):
    _, built = sold
    later = built.trial.later
    buys = np.flatnonzero(later.days)[:9]
    few = np.isin(np.arange(len(later.days)), buys)
    trial = built.trial._replace(later=later._replace(days=later.days * few, revenue=later.revenue * few))
    assert trial.total("purchases") is None
    assert total_words.held_totals(trial, currency="EUR").startswith("Fewer than 10 customers bought")


def test_where_a_rule_won_it_foretells_and_the_model_is_said_to_have_lost(sold):
    _, built = sold
    totals = dict(built.totals)
    rule = by_rule(np.full(260, 2.0), value.LAST_PERIOD, level=0.8)
    totals["purchases"] = totals["purchases"]._replace(way=value.LAST_PERIOD, expected=np.full(260, 2.0), by_way=rule)
    ways = built.trial.ways["purchases"]
    for lo, hi, lost in ((-0.3, -0.1, "which did worse"), (-0.1, 0.1, "which did no better")):
        gain = Estimate((lo + hi) / 2, lo, hi, 0.95, 100, "bootstrap")
        rules = {name: each._replace(over_model=gain) for name, each in ways.items() if name != value.MODEL}
        changed = built.trial._replace(ways=built.trial.ways | {"purchases": ways | rules})
        said = total_words.next_total(built._replace(trial=changed, totals=totals), currency="EUR")
        model = f"{round(built.foretold.total_purchases.value):,})"
        name = trial_words.MODEL_NAMES[built.trial.model]
        assert "make 520 purchases by the rule “as much as in the time before”" in said
        assert f"{name}, {lost}, says {model}" in said
        assert re.search(rf"bring €[\d,]+ \(.*\) by {name},", said)
        came = built.trial.later.days.sum() + built.trial.later.days.size * ways[value.MEAN_RATE].bias.value
        least = {name: each._replace(rmse=each.rmse._replace(value=0.0)) for name, each in rules.items()
                 if name == value.MEAN_RATE}  # fmt: skip
        best = changed._replace(ways=changed.ways | {"purchases": ways | rules | least})
        assert f"“as often as so far” foretold {round(came):,}." in total_words.held_totals(best, currency="EUR")
    assert total_words.by_which(built._replace(totals=totals)).startswith("Purchases are foretold by the rule")
    assert "purchases and bring" in total_words.next_total(built, currency="EUR")


def test_a_forecast_beyond_what_was_judged_says_so(sold):
    _, built = sold
    assert "has been held against nothing" in words.next_days(built, currency="EUR")
    near = built._replace(horizon_days=built.trial.days)
    assert "held against nothing" not in words.next_days(near, currency="EUR")
    assert np.isfinite(built.foretold.total_value.value)
    assert "€" in words.next_days(built, currency="EUR")


def test_why_spend_has_a_range_or_none_is_told(sold):
    _, built = sold
    trial = built.trial
    assert "Gamma-Gamma" in trial_words.spending(trial)
    related = trial.spending._replace(fitted=None, reason="They are related (r = 0.31).")
    assert "has no range" in trial_words.spending(trial._replace(spending=related))
    nothing = related._replace(mean=float("nan"), correlation=None)
    assert trial_words.spending(trial._replace(spending=nothing)).startswith("Nobody’s spend is known")
