from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from helpers.churn.watch.drift import BARS, INPUT, PROBABILITY, SCORE, held
from helpers.errors import NothingToDo
from helpers.statistics import bin_edges, ks_distance, psi
from tests.churn.watch.conftest import FEATURES, make_seen


def held_inputs(then, now):
    return held(then, now, FEATURES, kind=INPUT, seed=1)


def row(found, feature):
    return found.tests.set_index("feature").loc[feature]


def test_people_who_are_as_they_were_moved_in_nothing(then, now):
    found = held_inputs(then, now)
    assert found.moved.empty
    assert found.days == (8, 8)
    assert found.people == (1_000, 1_000)
    assert found.tellable
    assert found.exact
    assert held(then, now, [PROBABILITY], kind=SCORE, seed=1).moved.empty


@pytest.mark.parametrize("by", [-0.5, 0.5])
def test_a_mean_that_moved_is_found_alone(then, now, by):
    found = held_inputs(then, now.assign(orders_count=now["orders_count"] + by))
    assert found.moved["feature"].tolist() == ["orders_count"]
    moved = row(found, "orders_count")
    assert moved.psi == pytest.approx(0.25, abs=0.06)
    assert moved.ks == pytest.approx(0.2, abs=0.03)
    assert moved.adjusted == pytest.approx(3 / math.comb(15, 7))


def test_what_is_not_known_any_more_is_found(then, now):
    silent = now["revenue_total"].mask(np.random.default_rng(4).random(len(now)) < 0.3)
    found = held_inputs(then, now.assign(revenue_total=silent))
    assert found.moved["feature"].tolist() == ["revenue_total"]
    assert row(found, "revenue_total")[["missing_then", "missing_now"]].tolist() == pytest.approx([0, 0.3], abs=0.02)
    gone = row(held_inputs(then, now.assign(revenue_total=np.nan)), "revenue_total")
    assert gone.moved
    assert gone.missing_now == 1
    assert np.isnan(gone.ks)


def test_another_unit_is_found(then, now):
    euros = [np.exp(each["revenue_total"]) for each in (then, now)]
    found = held_inputs(then.assign(revenue_total=euros[0]), now.assign(revenue_total=100 * euros[1]))
    assert found.moved["feature"].tolist() == ["revenue_total"]


def test_what_is_certain_and_small_did_not_move(then, now):
    found = held_inputs(then, now.assign(orders_count=now["orders_count"] + 0.2))
    assert row(found, "orders_count").adjusted < 0.01
    assert row(found, "orders_count").psi < BARS[INPUT]
    assert found.moved.empty


def test_what_is_large_and_may_be_chance_did_not_move():
    few = [
        make_seen(days=pd.date_range(day, periods=8, freq="7D"), seed=5, people=20) for day in ("2026-01", "2026-04")
    ]
    same = [pd.concat([each[each["cutoff"] == each["cutoff"].min()].assign(cutoff=day) for day in range(8)])
            for each in few]  # fmt: skip
    same[1] = same[1].assign(orders_count=np.resize(np.random.default_rng(6).normal(size=20), 160))
    found = held_inputs(*same)
    assert row(found, "orders_count").psi > BARS[INPUT]
    assert found.moved.empty


def test_a_score_needs_to_move_farther_than_a_feature(then, now):
    apart = now.assign(**{PROBABILITY: now[PROBABILITY] ** 0.7})
    as_feature = held(then, apart, [PROBABILITY], kind=INPUT, seed=1)
    as_score = held(then, apart, [PROBABILITY], kind=SCORE, seed=1)
    assert BARS[INPUT] < row(as_score, PROBABILITY).psi < BARS[SCORE]
    assert len(as_feature.moved) == 1
    assert as_score.moved.empty
    assert len(
        held(then, now.assign(**{PROBABILITY: now[PROBABILITY] ** 0.5}), [PROBABILITY], kind=SCORE, seed=1).moved
    )


def test_few_days_cannot_tell(then, now):
    moved = now.assign(orders_count=now["orders_count"] + 3)
    found = held_inputs(then[then["cutoff"] < "2026-01-20"], moved[moved["cutoff"] < "2026-04-20"])
    assert found.days == (2, 2)
    assert not found.tellable
    assert found.moved.empty


def test_nobody_is_told(then, now):
    with pytest.raises(NothingToDo, match="Nobody was there"):
        held_inputs(then, now[:0])


def test_each_day_counts_as_much_as_any_other(then, now):
    """A day that is strange weighs one in eight, with ten times as many people or not."""
    strange = now["cutoff"] == now["cutoff"].min()
    other = now.assign(orders_count=now["orders_count"] + 2 * strange)
    many = pd.concat([other, *[other[strange]] * 9])
    found = [row(held_inputs(then, each), "orders_count") for each in (other, many)]
    assert found[0].psi == pytest.approx(found[1].psi, rel=0.01)
    assert found[0].ks == pytest.approx(found[1].ks)


def test_the_order_of_rows_changes_nothing(then, now):
    mixed = now.sample(frac=1, random_state=7)
    pd.testing.assert_frame_equal(held_inputs(then, now).tests, held_inputs(then, mixed).tests, rtol=1e-12)


def test_figures_are_those_of_the_statistics(then, now):
    edges = bin_edges(then["orders_count"])
    counts = [
        np.bincount(np.searchsorted(edges, each["orders_count"]), minlength=len(edges) + 1) / 8 for each in (then, now)
    ]
    found = row(held_inputs(then, now), "orders_count")
    known = np.sum(counts, axis=0) > 0
    assert found.psi == pytest.approx(float(psi(*(each[known] for each in counts))))
    assert found.ks == pytest.approx(ks_distance(then["orders_count"], now["orders_count"]))
