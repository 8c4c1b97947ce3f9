"""Oracles: tea-tasting for ratios and CUPED, statsmodels for covariance analysis and clusters, numpy on rows."""

import numpy as np
import pytest
import statsmodels.api as sm
import tea_tasting as tt
from tea_tasting.aggr import Aggregates

from helpers.errors import WrongUse
from helpers.statistics import (
    Joint,
    Moments,
    cuped,
    difference_of_means,
    linearised,
    linearised_with_covariate,
    mean,
)


def joint(*columns):
    table = np.column_stack(columns).astype(float)
    return Joint(
        len(table), tuple(table.sum(axis=0)), tuple(map(tuple, table.T @ table)), int((table[:, 0] != 0).sum())
    )


def aggregates(**columns):
    names = list(columns)
    return Aggregates(
        len(columns[names[0]]),
        mean_={name: float(np.mean(of)) for name, of in columns.items()},
        var_={name: float(np.var(of, ddof=1)) for name, of in columns.items()},
        cov_={
            tuple(sorted((a, b))): float(np.cov(columns[a], columns[b])[0, 1])
            for a in names for b in names if a < b
        },
    )  # fmt: skip


def shop(seed, n, *, lift=1.0):
    """Orders and revenue of people, after and before; what they spend hangs on who they are."""
    rng = np.random.default_rng(seed)
    keen = rng.gamma(2, size=n)
    orders, before = rng.poisson(keen * lift), rng.poisson(keen)
    spend, spent = (orders_of * rng.lognormal(3 + 0.2 * keen, 0.4) for orders_of in (orders, before))
    return spend, orders, spent, before


def test_linear_functions_of_sums_are_sums_of_linear_functions():
    table = np.column_stack(shop(1, 300))
    weights, constants = np.array([[1, -2.5, 0, 3], [0, 0, 0.1, 1]]), [4.0, -1.0]
    found, by_rows = joint(*table.T).transformed(weights, constants), joint(*(table @ weights.T + constants).T)
    assert found.totals == pytest.approx(by_rows.totals)
    assert np.asarray(found.products) == pytest.approx(np.asarray(by_rows.products))
    assert found.moments == pytest.approx(by_rows.moments)


def test_a_ratio_metric_agrees_with_tea_tasting():
    (spend, orders, *_), (theirs, theirs_orders, *_) = shop(2, 900, lift=1.1), shop(3, 800)
    found = difference_of_means(linearised(joint(spend, orders)), linearised(joint(theirs, theirs_orders)))
    oracle = tt.RatioOfMeans("spend", "orders").analyze_aggregates(
        aggregates(spend=theirs, orders=theirs_orders), aggregates(spend=spend, orders=orders)
    )
    assert (found.value, found.lo, found.hi) == pytest.approx(
        (oracle.effect_size, oracle.effect_size_ci_lower, oracle.effect_size_ci_upper), rel=1e-9
    )
    assert linearised(joint(spend, orders)).total / 900 == pytest.approx(spend.sum() / orders.sum())


def test_cuped_has_the_slope_and_the_difference_of_an_analysis_of_covariance():
    spend, _, spent, before = shop(4, 9_000, lift=1.2)
    theirs, _, theirs_spent, theirs_before = shop(5, 6_000)
    adjusted = cuped({"t": joint(spend, spent, before), "c": joint(theirs, theirs_spent, theirs_before)})
    arm = np.r_[np.ones(9_000), np.zeros(6_000)]
    covariates = np.c_[np.r_[spent, theirs_spent], np.r_[before, theirs_before]]
    fitted = sm.OLS(np.r_[spend, theirs], np.c_[np.ones(15_000), arm, covariates]).fit(cov_type="HC2")
    found = difference_of_means(adjusted.samples["t"], adjusted.samples["c"])
    assert found.value == pytest.approx(fitted.params[1], rel=1e-9)
    # the same but for what the slopes' own estimation costs, which goes with 1 in n
    assert (found.hi - found.lo) / 2 / 1.96 == pytest.approx(fitted.bse[1], rel=0.005)
    alone = sm.OLS(np.r_[spend, theirs], np.c_[np.ones(15_000), arm]).fit()
    assert adjusted.removed == pytest.approx(1 - fitted.ssr / alone.ssr, rel=1e-9)


def test_cuped_of_a_mean_and_of_a_ratio_agree_with_tea_tasting():
    ours, theirs = shop(6, 4_000), shop(7, 4_000)
    names = ("spend", "orders", "spent", "before")
    control, treated = (aggregates(**dict(zip(names, of, strict=True))) for of in (theirs, ours))
    mean_oracle = tt.Mean("spend", "spent").analyze_aggregates(control, treated)
    samples = cuped({"t": joint(ours[0], ours[2]), "c": joint(theirs[0], theirs[2])}).samples
    ratio_oracle = tt.RatioOfMeans("spend", "orders", "spent", "before").analyze_aggregates(control, treated)
    ratios = cuped(linearised_with_covariate({"t": joint(*ours), "c": joint(*theirs)})).samples
    for oracle, arms in ((mean_oracle, samples), (ratio_oracle, ratios)):
        found = difference_of_means(arms["t"], arms["c"])
        assert found.value == pytest.approx(oracle.effect_size, rel=0.02)
        width = oracle.effect_size_ci_upper - oracle.effect_size_ci_lower
        assert found.hi - found.lo == pytest.approx(width, rel=0.002)


def test_what_explains_nothing_takes_nothing_away():
    spend, *_ = shop(8, 600)
    samples = {"t": joint(spend[:300], np.ones(300)), "c": joint(spend[300:], np.ones(300))}
    adjusted = cuped(samples)
    assert adjusted.removed == pytest.approx(0, abs=1e-9)
    for arm, sample in samples.items():
        assert adjusted.samples[arm] == pytest.approx(sample.moments)
    assert cuped({"t": joint(np.ones(5), np.arange(5))}).removed == 0


def test_a_mean_of_clusters_has_the_error_that_statsmodels_gives_clusters():
    rng = np.random.default_rng(9)
    cluster = rng.integers(0, 60, 1_500)
    values = rng.normal(size=1_500) + rng.normal(size=60)[cluster]
    totals, sizes = np.bincount(cluster, values, 60), np.bincount(cluster, minlength=60)
    found = mean(*linearised(joint(totals, sizes)))
    fitted = sm.OLS(values, np.ones(1_500)).fit(
        cov_type="cluster", cov_kwds={"groups": cluster, "use_correction": False}
    )
    assert found.value == pytest.approx(values.mean())
    error = (found.hi - found.lo) / 2 / 2.0009954  # t of 59 degrees
    assert error == pytest.approx(fitted.bse[0] * np.sqrt(60 / 59), rel=1e-6)
    naive = values.std(ddof=1) / np.sqrt(1_500)
    assert error > 2 * naive


def test_a_fraction_of_nothing_and_a_single_unit_are_refused():
    with pytest.raises(WrongUse, match="total below the fraction line is 0"):
        linearised(joint([1, 2, 3], [0, 0, 0]))
    with pytest.raises(WrongUse, match="t n is 1; expected"):
        cuped({"t": joint([1], [2])})


def test_the_first_variable_by_itself_is_a_sample_of_its_own():
    sample = joint([1, 0, 3], [1, 1, 1])
    assert (sample.n, sample.total, sample.squares, sample.nonzero) == (3, 4.0, 10.0, 2)
    assert sample.moments == Moments(3, 4.0, 10.0)


def test_adjusted_means_stay_means_of_the_same_thing():
    spend, _, spent, _ = shop(10, 500)
    samples = {"t": joint(spend[:200], spent[:200]), "c": joint(spend[200:], spent[200:])}
    adjusted = cuped(samples).samples
    # whatever goes from one sample comes back in the other
    assert sum(each.total for each in adjusted.values()) == pytest.approx(spend.sum())
    assert adjusted["t"].total != pytest.approx(spend[:200].sum())
