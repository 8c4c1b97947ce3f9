from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from helpers import profiles
from helpers.errors import NothingToDo
from helpers.value import LAST_PERIOD, MEAN_RATE, MODEL, fit_bgnbd, hold_out, recommended, trial
from helpers.value.customers import customers_at, customers_now
from helpers.value.trial import best_rule, held_out

from .conftest import AS_OF, CUTOFF, HELD_OUT


def ways(shift):
    """A model, and rules that miss by as much and by more."""
    rng = np.random.default_rng(1)
    actual = rng.poisson(2.0, 400).astype(float)
    near, far = actual + rng.normal(0, 1, 400), actual + rng.normal(0, 3, 400)
    return trial.against_rules(actual, actual + rng.normal(0, shift, 400), {MEAN_RATE: near, LAST_PERIOD: far}, seed=1)


@pytest.mark.parametrize(("shift", "best"), [(0.5, MODEL), (1.0, MEAN_RATE), (2.0, MEAN_RATE)])
def test_the_rule_is_recommended_unless_the_model_misses_by_less_beyond_chance(shift, best):
    assert best_rule(ways(shift)) == MEAN_RATE
    assert recommended(ways(shift)) == best


def test_the_second_model_is_used_only_where_it_misses_by_less_beyond_chance():
    rng = np.random.default_rng(2)
    actual = rng.poisson(2.0, 400).astype(float)
    near, far = (actual + rng.normal(0, spread, 400) for spread in (1.0, 2.0))
    alike = actual + rng.permutation(near - actual)
    for first, second, used in ((far, near, "pareto_nbd"), (near, far, "bgnbd"), (near, alike, "bgnbd")):
        expected = {"bgnbd": first, "pareto_nbd": second}
        name, found = trial.chosen(actual, expected, {MEAN_RATE: far, LAST_PERIOD: far}, seed=1)
        (other,) = expected.keys() - {used}
        assert (name, set(found)) == (used, {MODEL, MEAN_RATE, LAST_PERIOD, other})
        for way, said in ((MODEL, expected[used]), (other, expected[other])):
            assert found[way].rmse.value == pytest.approx(np.sqrt(np.mean((said - actual) ** 2)))
    assert trial.chosen(actual, {"pareto_nbd": near}, {MEAN_RATE: far, LAST_PERIOD: far}, seed=1)[0] == "pareto_nbd"


def test_models_are_learned_before_the_cutoff_and_judged_after_it(sold):
    shop, built = sold
    found = built.trial
    assert (found.cutoff, found.days) == (CUTOFF, HELD_OUT)
    learned = fit_bgnbd(customers_at(shop, CUTOFF).histories)
    assert found.fits["bgnbd"].model == pytest.approx(learned.model)
    days = shop.frame("daily").query("orders > 0")
    later = days[pd.to_datetime(days["day"]).dt.date >= CUTOFF]
    assert found.later.days.sum() == later["profile_id"].isin(found.customers.profile_id).sum()
    assert found.errors.holdout.value == pytest.approx(
        found.fitted.model.expected_purchases(found.customers.histories.age + HELD_OUT / 7).sum()
        / found.later.days.sum()
        - found.fitted.model.expected_purchases(found.customers.histories.age).sum() / found.later.days.sum()
        - 1,
        rel=1e-6,
    )


def test_the_rules_are_what_they_say(sold):
    shop, built = sold
    found = built.trial
    before = shop.frame("daily").query("orders > 0")
    before = before.assign(day=pd.to_datetime(before["day"]).dt.date)
    first = before.groupby("profile_id")["day"].transform("min")
    window = (before["day"] >= CUTOFF - timedelta(days=HELD_OUT)) & (before["day"] < CUTOFF) & (before["day"] > first)
    said = before[window].groupby("profile_id").size().reindex(found.customers.profile_id, fill_value=0).to_numpy()
    bias = found.ways["purchases"][LAST_PERIOD].bias.value
    assert bias == pytest.approx((said - found.later.days).mean())
    history = found.customers.histories
    rate = np.divide(history.frequency, history.age, out=np.zeros(len(said)), where=history.age > 0) * HELD_OUT / 7
    assert found.ways["purchases"][MEAN_RATE].bias.value == pytest.approx((rate - found.later.days).mean())
    money = rate * np.nan_to_num(found.customers.spend) - found.later.revenue
    assert found.ways["revenue"][MEAN_RATE].bias.value == pytest.approx(money.mean())


def test_ranges_cover_what_they_claim_of_buyers_who_keep_to_the_law(sold):
    _, built = sold
    for outcome in ("purchases", "revenue"):
        share = built.trial.covered(outcome)
        assert share.n == len(built.trial.customers.profile_id)
        assert share.hi > 0.8
    assert abs(built.trial.errors.cumulative.value) < 0.15


def test_weeks_add_up_to_what_was_bought(sold):
    _, built = sold
    weeks, found = built.trial.weeks, built.trial
    whole = weeks[[each + timedelta(days=7) <= AS_OF for each in weeks["week"]]]
    assert len(whole) == len(weeks)
    total = found.customers.histories.frequency.sum() + found.later.days.sum()
    assert total - weeks["actual"].sum() <= 7 * 10, "but for the days after the last whole week"
    assert 0 < weeks["actual"].sum() <= total
    assert (weeks["people"] <= weeks["actual"]).all()
    expected = found.fits["bgnbd"].model.expected_purchases(
        (found.customers.first_day + 7 * len(weeks) - found.customers.first_day.max()) / 7
    )
    assert weeks["bgnbd"].sum() == pytest.approx(expected.sum(), rel=0.02)


@pytest.mark.parametrize(("history", "days"), [(84, 28), (399, 133), (4_000, 365)])
def test_by_default_the_last_third_is_held_out(history, days):
    assert held_out(history, 0) == days


@pytest.mark.parametrize(
    ("history", "asked", "said"),
    [(83, 0, "span 83 days. To hold out 27 .*, 84 are needed"), (399, 250, "To hold out 250 .*, 500 are needed")],
)
def test_a_history_too_short_to_hold_out_is_told(history, asked, said):
    with pytest.raises(NothingToDo, match=said):
        held_out(history, asked)


def test_too_few_who_came_back_are_told_without_a_small_count(make_shop, log):
    for who in range(30):
        log.order("2025-01-02T10:00", 5, user_id=f"u{who}")
    log.order("2025-01-20T10:00", 5, user_id="u1").order("2025-06-01T10:00", 5, user_id="u2")
    shop = log.write(make_shop(as_of="2025-07-01"))
    profiles.build(shop)
    with pytest.raises(NothingToDo, match="Of 30 customers to learn from fewer than 10 bought on a second day"):
        hold_out(shop, customers_now(shop), days=0, seed=1)
