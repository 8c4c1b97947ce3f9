from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from scipy import stats

from helpers.errors import WrongUse
from helpers.statistics import bootstrap, ranking


def mean_of(values, weights):
    return weights @ values / weights.sum(axis=-1)


def test_interval_agrees_with_scipy():
    values = np.random.default_rng(3).exponential(size=400)
    ours = bootstrap.resample({"mean": partial(mean_of, values)}, n=400, draws=20_000, seed=1).estimate("mean")
    theirs = stats.bootstrap(
        (values,), np.mean, n_resamples=20_000, method="percentile", rng=np.random.default_rng(2)
    ).confidence_interval
    assert ours.value == pytest.approx(values.mean())
    assert (ours.lo, ours.hi) == pytest.approx((theirs.low, theirs.high), abs=0.004)
    assert (ours.n, ours.level) == (400, 0.95)
    assert "20,000 draws" in ours.method


def test_level_is_the_share_of_draws_inside():
    values = np.random.default_rng(3).normal(size=300)
    resamples = bootstrap.resample({"mean": partial(mean_of, values)}, n=300, draws=5_000, seed=1)
    for level in (0.5, 0.8, 0.95):
        interval = resamples.estimate("mean", level=level)
        inside = (resamples.draws["mean"] >= interval.lo) & (resamples.draws["mean"] <= interval.hi)
        assert inside.mean() == pytest.approx(level, abs=0.001)


def test_covers_the_truth_about_as_often_as_it_says():
    rng = np.random.default_rng(11)
    covered = 0
    for seed in range(400):
        values = rng.normal(5, 2, 100)
        interval = bootstrap.resample({"mean": partial(mean_of, values)}, n=100, draws=300, seed=seed)
        estimate = interval.estimate("mean", level=0.9)
        covered += estimate.lo <= 5 <= estimate.hi
    assert stats.binomtest(covered, 400, 0.9).pvalue > 0.001


def test_draws_are_shared_so_that_differences_are_paired():
    values = np.random.default_rng(5).normal(size=500)
    statistics = {"a": partial(mean_of, values), "b": partial(mean_of, values + 0.25)}
    resamples = bootstrap.resample(statistics, n=500, draws=200, seed=1)
    assert resamples.draws["b"] - resamples.draws["a"] == pytest.approx(np.full(200, 0.25))
    difference = resamples.difference("b", "a")
    assert difference.value == pytest.approx(0.25)
    assert "paired" in difference.method


def test_paired_difference_of_two_rankings_is_narrower_than_their_own_intervals():
    rng = np.random.default_rng(9)
    outcome = rng.integers(0, 2, 600)
    one = outcome + rng.normal(0, 1, 600)
    other = one + rng.normal(0, 0.2, 600)
    statistics = {"one": partial(ranking.auc, outcome, one), "other": partial(ranking.auc, outcome, other)}
    resamples = bootstrap.resample(statistics, n=600, draws=500, seed=1)
    paired, own = resamples.difference("one", "other"), resamples.estimate("one")
    assert paired.hi - paired.lo < 0.6 * (own.hi - own.lo)


def test_same_seed_same_draws_whatever_the_block(monkeypatch):
    values = np.random.default_rng(5).normal(size=70)
    statistics = {"mean": partial(mean_of, values)}
    whole = bootstrap.resample(statistics, n=70, draws=50, seed=4)
    monkeypatch.setattr(bootstrap, "_CELLS_PER_BLOCK", 70 * 7)
    blocks = bootstrap.resample(statistics, n=70, draws=50, seed=4)
    assert blocks.draws["mean"] == pytest.approx(whole.draws["mean"], abs=1e-12)
    other = bootstrap.resample(statistics, n=70, draws=50, seed=5)
    assert not np.allclose(other.draws["mean"], whole.draws["mean"])


def test_no_interval_where_a_draw_leaves_the_statistic_undefined():
    statistics = {"auc": partial(ranking.auc, [0, 1, 1], [0.1, 0.5, 0.3])}
    estimate = bootstrap.resample(statistics, n=3, draws=200, seed=1).estimate("auc")
    assert estimate.value == pytest.approx(1.0)
    assert (estimate.lo, estimate.hi) == (None, None)


def test_no_interval_where_every_draw_is_the_same():
    statistics = {"top": partial(ranking.precision_at, [1] * 30 + [0] * 70, np.arange(100, 0, -1), share=0.1)}
    estimate = bootstrap.resample(statistics, n=100, draws=50, seed=1).estimate("top")
    assert estimate[:3] == (1.0, None, None)


@pytest.mark.parametrize(("n", "draws"), [(0, 10), (10, 0)])
def test_refuses_nothing_to_draw(n, draws):
    with pytest.raises(WrongUse):
        bootstrap.resample({}, n=n, draws=draws, seed=1)
