from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest

from helpers import profiles, value
from helpers.errors import NothingToDo
from helpers.reporting import Record
from helpers.value import add_results, build, recommended, words
from helpers.value.trial import by_rules

from .conftest import AS_OF, CUTOFF, HELD_OUT, START, buyers


class Kept:
    def write_results(self, stage, entries):
        self.entries = {entry["key"]: entry for entry in entries}


def results(built):
    kept = Kept()
    record = Record(kept, "value")
    add_results(record, built, currency="EUR")
    record.show()
    return kept.entries


def test_everybody_with_a_purchase_is_foretold_and_stored(sold):
    shop, built = sold
    stored = shop.frame("value_forecasts").set_index("profile_id")
    assert set(stored.index) == set(shop.frame("profiles").query("orders_count > 0")["profile_id"])
    assert (stored["purchases_lo"] <= stored["purchases_hi"]).all()
    assert (stored["value_lo"] <= stored["value_hi"]).all()
    assert set(stored["horizon_days"]) == {365}
    assert set(stored["model"]) == {built.trial.model}
    assert stored["purchases"].sum() == pytest.approx(built.foretold.total_purchases.value)
    assert stored.loc[built.customers.profile_id, "value"].to_numpy() == pytest.approx(built.foretold.value.expected)
    assert set(stored["value_way"]) == {built.trial.model}
    assert (stored["value_by_way"] == stored["value"]).all()


def test_what_was_judged_is_stored(sold):
    shop, built = sold
    stored = shop.frame("value_judged").set_index(["outcome", "way", "metric"])["value"]
    for outcome, ways in built.trial.ways.items():
        assert stored[outcome, "mean_rate", "rmse"] == ways["mean_rate"].rmse.value
        assert stored[outcome, "last_period", "rmse_over_model"] == ways["last_period"].over_model.value
        assert stored[outcome, built.trial.model, "covered"] == built.trial.covered(outcome).value
    assert stored["purchases", built.trial.model, "tracking_error_holdout"] == built.trial.errors.holdout.value


def test_equal_data_and_seed_give_equal_figures_whatever_people_are_called(sold, make_shop, log):
    _, built = sold
    turned = buyers(log)
    for row in turned.rows:
        row["user_id"] = f"x{999 - int(row['user_id'][1:])}"
    other = turned.write(make_shop(as_of=AS_OF.isoformat()))
    profiles.build(other)
    again = build(other, horizon_days=365, holdout_days=built.trial.days, seed=1)
    assert again.foretold.total_value == built.foretold.total_value
    assert again.trial.ways == built.trial.ways
    assert again.trial.covered("revenue") == built.trial.covered("revenue")


def test_results_are_of_the_trial_and_the_forecast(sold):
    _, built = sold
    found = results(built)
    assert found["value.bgnbd.alpha"]["value"] == built.trial.fits["bgnbd"].model.alpha
    assert (found["value.bgnbd.alpha"]["unit"], found["value.bgnbd.r"]["unit"]) == ("weeks", "shape")
    assert found["value.gamma_gamma.gamma"]["unit"] == "EUR"
    assert found["value.pareto_nbd.log_likelihood"]["value"] == built.trial.fits["pareto_nbd"].log_likelihood
    assert found["value.holdout.tracking_error_holdout"]["value"] == built.trial.errors.holdout.value
    assert found["value.holdout.tracking_error_cumulative"]["value"] == built.trial.errors.cumulative.value
    assert found["value.holdout.revenue.covered"]["numerator"] == built.trial.covered("revenue").numerator
    assert found["value.next.revenue"]["lo"] == built.foretold.total_value.lo
    held = built.trial.foretold.total_value
    assert [found["value.holdout.revenue.total_foretold"][end] for end in ("lo", "hi")] == [held.lo, held.hi]
    assert held.lo <= found["value.holdout.revenue.total_came"]["value"] <= held.hi
    assert found["value.holdout.revenue.total_came"]["n"] == (built.trial.later.days > 0).sum()
    assert "value.next.revenue.bgnbd" not in found
    assert found["value.again.90"]["value"] == built.curves["everybody"].by_day(90).value


def test_a_total_that_missed_what_came_stands_with_its_miss_and_without_a_range(make_shop, log):
    buyers(log)
    for who in range(0, 260, 2):
        for days in (10, 40):
            log.order(f"{CUTOFF + timedelta(days=days + who % 20)}T09:00", 20, user_id=f"u{who}")
    shop = log.write(make_shop(as_of=AS_OF.isoformat()))
    profiles.build(shop)
    built = build(shop, horizon_days=100, holdout_days=HELD_OUT, seed=1)
    found = results(built)
    foretold, came = (found[f"value.holdout.purchases.total_{each}"] for each in ("foretold", "came"))
    assert foretold["hi"] < came["value"] == built.trial.later.days.sum()
    assert found["value.holdout.purchases.total_error"]["value"] == pytest.approx(foretold["value"] / came["value"] - 1)
    assert built.foretold.total_purchases.lo is not None
    assert built.totals["purchases"].by_model.lo is None
    assert found["value.next.purchases"]["lo"] is None
    total, held = words.headlines(built, currency="EUR")[1:3]
    assert not re.search(r"purchases \(|make [\d,]+ \(", total)
    assert f"{came['value']:,.0f} that came" in held
    assert "outside its range" in held


def test_where_a_rule_wins_it_foretells_and_what_the_model_says_stands_beside_it(make_shop, log):
    rng = np.random.default_rng(7)
    for who, every in enumerate(rng.uniform(8, 60, 200)):
        for day in np.arange(rng.uniform(0, every), 400, every):
            log.order(START + timedelta(days=float(day)), 10 + who % 50, user_id=f"u{who}")
    shop = log.write(make_shop(as_of=AS_OF.isoformat()))
    profiles.build(shop)
    built = build(shop, horizon_days=100, holdout_days=HELD_OUT, seed=1)
    way = recommended(built.trial.ways["purchases"])
    assert way in ("mean_rate", "last_period")
    stored = shop.frame("value_forecasts")
    assert set(stored["purchases_way"]) == {way}
    assert set(stored["model"]) == {built.trial.model}
    found = results(built)
    own, model = found["value.next.purchases"], found[f"value.next.purchases.{built.trial.model}"]
    assert (own["lo"], own["method"]) == (None, f"rule {way}")
    assert own["value"] == pytest.approx(stored["purchases_by_way"].sum())
    assert model["value"] == pytest.approx(stored["purchases"].sum())
    assert own["value"] != pytest.approx(model["value"], rel=0.001)
    assert value.next_table(shop, built).frame[value.show.EACH].max() == pytest.approx(
        stored.nlargest(20, "value_by_way")["purchases_by_way"].mean()
    )
    assert "which did worse, says" in words.headlines(built, currency="EUR")[1]


def test_the_time_before_stands_at_its_pace_for_more_days_than_there_are(sold):
    shop, built = sold
    history = int(built.customers.first_day.max())
    once, twice = (by_rules(shop, built.customers, AS_OF, days=n * history) for n in (1, 2))
    assert once["purchases"]["last_period"].sum() == built.customers.histories.frequency.sum()
    assert twice["purchases"]["last_period"] == pytest.approx(2 * once["purchases"]["last_period"])


def test_nobody_who_ordered_is_told(make_shop, log):
    shop = log.add("2025-01-01T10:00", user_id="a").write(make_shop(as_of="2025-03-01"))
    profiles.build(shop)
    with pytest.raises(NothingToDo, match="Nobody has ordered yet"):
        build(shop, horizon_days=365, holdout_days=0, seed=1)


def test_three_customers_are_told_in_a_sentence_and_nothing_is_stored(make_shop, log):
    for who in "abc":
        log.order("2025-01-01T10:00", 5, user_id=who).order("2025-05-01T10:00", 5, user_id=who)
    shop = log.write(make_shop(as_of="2025-08-01"))
    profiles.build(shop)
    built = build(shop, horizon_days=365, holdout_days=0, seed=1)
    assert (built.trial, built.foretold) == (None, None)
    assert "fewer than 10 customers to learn from fewer than 10 bought" in built.reason
    first, second = words.headlines(built, currency="EUR")
    assert first.startswith("No decision yet")
    assert "cannot be told" in second
    assert results(built) == {}


def test_where_spend_goes_with_frequency_it_has_no_range(make_shop, log):
    shop = buyers(log, spend=lambda who, rate: 2_000 * rate).write(make_shop(as_of=AS_OF.isoformat()))
    profiles.build(shop)
    built = build(shop, horizon_days=365, holdout_days=0, seed=1)
    assert built.trial.spending.fitted is None
    assert abs(built.trial.spending.correlation.value) > 0.2
    assert built.trial.covered("revenue") is None
    assert np.isfinite(built.foretold.value.expected).all()
    stored = shop.frame("value_forecasts")
    assert stored["value_lo"].isna().all()
    assert stored["value"].notna().all()
    found = results(built)
    assert found["value.next.revenue"]["lo"] is None
    assert "value.gamma_gamma.p" not in found


def test_where_nothing_was_paid_purchases_alone_are_foretold(make_shop, log):
    for row in buyers(log).rows:
        row["revenue"] = None
    shop = log.write(make_shop(as_of=AS_OF.isoformat()))
    profiles.build(shop)
    built = build(shop, horizon_days=100, holdout_days=0, seed=1)
    assert list(built.trial.ways) == ["purchases"]
    assert shop.frame("value_forecasts")[["value_way", "value_by_way"]].isna().all().all()
    found = results(built)
    assert "value.next.revenue" not in found
    assert found["value.next.purchases"]["value"] > 0
    assert "€" not in " ".join(words.headlines(built, currency="EUR"))


def test_where_what_was_held_out_brought_nothing_no_error_over_it_is_told(make_shop, log):
    for row in buyers(log).rows:
        if row["timestamp"].date() >= CUTOFF:
            row["revenue"] = Decimal(0)
    shop = log.write(make_shop(as_of=AS_OF.isoformat()))
    profiles.build(shop)
    built = build(shop, horizon_days=100, holdout_days=HELD_OUT, seed=1)
    stored = shop.frame("value_judged").query("outcome == 'revenue' and way == @built.trial.model")["metric"].tolist()
    assert "total" in stored
    assert "total_error" not in stored
    found = results(built)
    assert found["value.holdout.revenue.total_came"]["value"] == 0
    assert "value.holdout.revenue.total_error" not in found
    assert "and €0.00 came" in words.headlines(built, currency="EUR")[2]
