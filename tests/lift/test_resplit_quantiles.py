"""Quantiles of an arm split into halves, against halves that are sorted one by one."""

import math

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from helpers.lift import quantiles, sums
from helpers.lift.error_rates import passes
from helpers.lift.promises import Promise, try_each
from helpers.lift.resplit_quantiles import (
    enough,
    plant_values,
    prove_quantile,
    quantile_of,
    quantile_promises,
    split_values,
    values_alike,
)
from helpers.statistics import Estimate, difference_of_quantiles, quantile_ranks, ratio_of_quantiles

METRIC = {"name": "spend", "kind": "quantile", "of": "revenue", "share": 0.9}


def grouped(values):
    return pd.DataFrame({"value": values, "people": 1}).groupby("value", as_index=False).sum()


def spends(people, seed=3):
    """Amounts of people, most of whom spent nothing."""
    rng = np.random.default_rng(seed)
    return np.where(rng.random(people) < 0.6, 0.0, rng.lognormal(3, 1.2, people)).round(2)


def by_hand(sample, share):
    """A quantile with its interval, from a sample that is sorted."""
    ordered, ranks = np.sort(sample), quantile_ranks(len(sample), share)
    lo, value, hi = (None if place is None else float(ordered[place - 1]) for place in ranks)
    return Estimate(value, lo, hi, 0.95, len(sample), "order statistics")


def halves_by_hand(groups, times, seed):
    """The samples behind the same draws of `split_values`."""
    drawn = np.random.default_rng(seed).binomial(groups["people"], 0.5, size=(times, len(groups)))
    for treated in drawn:
        yield tuple(np.repeat(groups["value"], each) for each in (treated, groups["people"] - treated))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_halves_have_the_quantiles_and_intervals_of_their_sorted_values(share):
    groups = grouped(np.random.default_rng(2).lognormal(3, 1, 400).round())
    splits = split_values(groups["value"], groups["people"], share, rng=np.random.default_rng(5), times=40)
    methods = quantile_promises()
    for at, samples in enumerate(halves_by_hand(groups, 40, 5)):
        ours, theirs = (by_hand(sample, share) for sample in samples)
        assert splits.treated[at].tolist() == [ours.n, ours.value, ours.lo, ours.hi]
        assert splits.control[at].tolist() == [theirs.n, theirs.value, theirs.lo, theirs.hi]
        rows = (splits.treated[at], splits.control[at])
        for own, method in zip(methods.values(), (difference_of_quantiles, ratio_of_quantiles), strict=True):
            assert own.method(*rows)[:3] == pytest.approx(method(ours, theirs)[:3])


def test_a_half_that_is_too_small_for_an_interval_claims_nothing():
    groups = grouped(np.arange(1.0, 41.0))
    splits = split_values(groups["value"], groups["people"], 0.9, rng=np.random.default_rng(5), times=30)
    small = [len(ours) for ours, _ in halves_by_hand(groups, 30, 5)]
    for at, n in enumerate(small):
        bounded = quantile_ranks(n, 0.9).lo is not None
        assert math.isnan(splits.treated[at, 2]) != bounded
        (difference, _) = quantile_promises().values()
        both = bounded and quantile_ranks(40 - n, 0.9).lo is not None
        assert (difference.method(splits.treated[at], splits.control[at]).lo is not None) == both
    assert not enough(40, 0.9)
    assert enough(400, 0.9)
    assert not enough(400, 0.99)
    assert not enough(3, 0.5)


@pytest.fixture
def log_of(make_shop):
    """Puts values of the control arm of the experiment "email" into an engine."""
    shop = make_shop()

    def put(values):
        known = {
            name: [text] * len(values)
            for name, text in {"experiment": "email", "variation": "none", "metric": "spend", "cluster": "x"}.items()
        }
        nothing = pa.nulls(len(values), pa.decimal128(18, 4))
        blank = dict.fromkeys(("denominator", "value_before", "denominator_before"), nothing)
        money = pa.array(values, pa.float64()).cast(pa.decimal128(18, 4))
        rows = pa.table(known | {"value": money} | blank)
        return shop.engine.create_table("outcomes", rows, temp=True, overwrite=True)

    return put


@pytest.mark.parametrize("share", [0.3, 0.5, 0.9, 0.97])
def test_only_values_near_the_quantile_are_told_apart_and_no_half_is_another_for_it(log_of, experiment, share):
    declared = experiment(metric=[METRIC | {"share": share}])
    values = np.random.default_rng(2).lognormal(3, 1.2, 20_000).round(2)
    rows = log_of(values)
    near, every = values_alike(rows, declared, declared.metrics[0]), grouped(values)
    assert len(near) < 0.6 * len(every)
    assert near["people"].sum() == 20_000
    (found,) = quantiles(rows, [declared], sums(rows, [declared])).values()
    assert quantile_of(near, share) == quantile_of(every, share) == found.value
    # the same people in the same halves
    inside = every["value"].between(*near["value"].iloc[[0, -1]])
    coarse = every.assign(value=every["value"].clip(*near["value"].iloc[[0, -1]]))
    assert grouped(np.repeat(coarse["value"], coarse["people"])).equals(near.astype({"people": "int64"}))
    assert inside.sum() >= len(near)
    exact, clipped = (
        [by_hand(sample, share)[:3] for pair in halves_by_hand(own, 60, 7) for sample in pair]
        for own in (every, coarse)
    )
    assert exact == clipped


def test_values_far_fewer_than_people_stay_as_they_are(log_of, experiment):
    declared = experiment(metric=[METRIC])
    found = values_alike(log_of([0.0] * 500 + [1.0] * 300 + [2.0] * 100), declared, declared.metrics[0])
    assert found["value"].tolist()[-2:] == [1.0, 2.0]
    assert found["people"].sum() == 900


def test_planted_effects_are_in_the_treated_half_alone():
    groups = grouped(spends(500))
    splits, richer = (
        split_values(factor * groups["value"], groups["people"], 0.9, rng=np.random.default_rng(1), times=5)
        for factor in (1.0, 1.25)
    )
    planted = plant_values(splits, np.full(5, 0.25))
    assert planted.treated == pytest.approx(richer.treated)
    assert (planted.control == splits.control).all()


def test_different_amounts_are_called_different_nearly_as_often_as_is_said(experiment):
    (metric,) = experiment(metric=[METRIC]).metrics
    found = prove_quantile(grouped(spends(3_000)), metric, times=4_000)
    assert [each.method for each in found] == ["order statistics, MOVER", "order statistics, MOVER, log ratio"]
    for each in found:
        assert each.rate.value > 0.02
        assert passes(each.rate, nominal=each.nominal)
        assert 0.945 < each.covered.value < 0.99


def test_counts_that_many_share_are_called_different_far_less_often(experiment):
    (metric,) = experiment(metric=[METRIC | {"share": 0.8}]).metrics
    counts = np.random.default_rng(3).negative_binomial(0.5, 0.2, 2_000).astype(float)
    for each in prove_quantile(grouped(counts), metric, times=1_000):
        assert each.rate.value < 0.02
        assert each.covered.value > 0.98


def test_an_interval_without_width_holds_the_effect_that_it_is(experiment):
    (metric,) = experiment(metric=[METRIC | {"share": 0.5}]).metrics
    groups = pd.DataFrame({"value": [1.0, 3.0, 7.0], "people": [100, 800, 100]})
    for each in prove_quantile(groups, metric, times=800):
        assert (each.rate.value, each.covered.value) == (0.0, 1.0)


def test_no_ratio_is_tried_of_a_quantile_that_is_0(experiment):
    (metric,) = experiment(metric=[METRIC | {"share": 0.5}]).metrics
    assert [each.method for each in prove_quantile(grouped(spends(900)), metric, times=20)] == [
        "order statistics, MOVER"
    ]
    # and none is claimed where a half's is
    (_, ratio) = quantile_promises().values()
    rows = (np.array([400, 0.0, 0.0, 2.0]), np.array([400, 3.0, 1.0, 4.0]))
    assert ratio.method(*rows).lo is None


def test_an_interval_of_8_in_10_is_found_out():
    groups = grouped(spends(3_000))
    splits = split_values(groups["value"], groups["people"], 0.9, rng=np.random.default_rng(1), times=2_000)
    (difference, _) = quantile_promises().values()

    def narrow(*rows):
        found = difference.method(*rows)
        return found._replace(
            lo=found.value - 0.65 * (found.value - found.lo), hi=found.value + 0.65 * (found.hi - found.value)
        )

    (tried,) = try_each({"narrow": Promise(narrow, 0, nominal=None)}, splits, None, metric="spend")
    assert not passes(tried.rate, nominal=None)
