"""Every kind of metric from sums to its estimates, against the same on rows by statsmodels, scipy and numpy."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportions_ztest

from helpers.lift import Sample, as_frame, readout
from helpers.statistics import Estimate, Joint, Moments

RNG = np.random.default_rng(3)
SIZES = {"none": 900, "mens": 1_000}
KEEN = {arm: RNG.gamma(2, size=n) for arm, n in SIZES.items()}
BEFORE = {arm: RNG.poisson(keen * 5) for arm, keen in KEEN.items()}
ORDERS = {arm: RNG.poisson(keen * (2.2 if arm == "mens" else 2)) for arm, keen in KEEN.items()}
SPEND = {arm: orders * RNG.lognormal(3, 0.5, len(orders)) for arm, orders in ORDERS.items()}
COUNT = {"name": "orders", "kind": "count", "event": "Order Completed"}
RATIO = {"name": "value", "kind": "ratio", "numerator": "revenue", "denominator": "Order Completed"}


def sample(*columns):
    table = np.column_stack(columns).astype(float)
    nonzero = int(np.count_nonzero(table[:, 0]))
    return Joint(len(table), tuple(table.sum(axis=0)), tuple(map(tuple, table.T @ table)), nonzero)


def of(name, *by_arm):
    return {Sample("email", arm, name): sample(*(each[arm] for each in by_arm)) for arm in SIZES}


def found(sums, experiment, **more):
    return {(each.arm, each.scale): each for each in readout(sums, [experiment], **more)}


def test_a_count_with_a_covariate_is_an_analysis_of_covariance(experiment):
    declared = experiment(metric=[COUNT | {"pre_days": 90}])
    readings = found(of("orders", ORDERS, BEFORE), declared)
    arm = np.r_[np.ones(1_000), np.zeros(900)]
    after, before = np.r_[ORDERS["mens"], ORDERS["none"]], np.r_[BEFORE["mens"], BEFORE["none"]]
    fitted = sm.OLS(after, np.c_[np.ones(1_900), arm, before]).fit(cov_type="HC2")
    diff = readings["mens", "diff"]
    assert diff.estimate.value == pytest.approx(fitted.params[1])
    assert (diff.estimate.hi - diff.estimate.lo) / 3.92 == pytest.approx(fitted.bse[1], rel=0.02)
    assert diff.estimate.method == "Welch t, CUPED"
    assert diff.removed == pytest.approx(np.corrcoef(after, before)[0, 1] ** 2, abs=0.02)
    assert readings["none", "level"].estimate.value == pytest.approx(ORDERS["none"].mean())
    assert readings["none", "level"].estimate.method == "Student t"
    raw = found(of("orders", ORDERS, BEFORE), experiment(metric=[COUNT | {"pre_days": 1}]))
    assert raw["mens", "ratio"].estimate.method == "Fieller, CUPED"


def test_a_ratio_is_that_of_totals_and_its_interval_the_bootstraps(experiment):
    readings = found(of("value", SPEND, ORDERS), experiment(metric=[RATIO]))
    ratios = {arm: SPEND[arm].sum() / ORDERS[arm].sum() for arm in SIZES}
    assert readings["mens", "level"].estimate.value == pytest.approx(ratios["mens"])
    diff = readings["mens", "diff"].estimate
    assert diff.value == pytest.approx(ratios["mens"] - ratios["none"])
    assert readings["mens", "ratio"].estimate.value == pytest.approx(ratios["mens"] / ratios["none"])
    rng, drawn = np.random.default_rng(4), []
    for _ in range(2_000):
        rows = {arm: rng.integers(0, n, n) for arm, n in SIZES.items()}
        both = {arm: SPEND[arm][rows[arm]].sum() / ORDERS[arm][rows[arm]].sum() for arm in SIZES}
        drawn.append(both["mens"] - both["none"])
    assert (diff.hi - diff.lo) / 3.92 == pytest.approx(np.std(drawn), rel=0.07)
    assert diff.method == "Welch t, delta method"


def test_an_interval_by_cluster_is_as_wide_as_clusters_say(experiment):
    sums = of("spend", SPEND, {arm: np.full(n, 3) for arm, n in SIZES.items()})
    declared = experiment(cluster="store", metric=[{"name": "spend", "kind": "revenue"}])
    diff = found(sums, declared)["mens", "diff"]
    welch = stats.ttest_ind(SPEND["mens"] / 3, SPEND["none"] / 3, equal_var=False).confidence_interval()
    assert diff.estimate[1:3] == pytest.approx((welch.low, welch.high))
    assert (diff.estimate.method, diff.n) == ("Welch t, by cluster", 1_900)


def test_a_share_of_sessions_is_no_share_of_people(experiment):
    bought = {arm: orders > 0 for arm, orders in ORDERS.items()}
    sums = of("visit", bought, {arm: np.full(n, 2) for arm, n in SIZES.items()})
    metric = {"name": "visit", "kind": "conversion", "event": "Page Viewed"}
    level = found(sums, experiment(unit="session", metric=[metric]))["mens", "level"].estimate
    assert level.value == pytest.approx(bought["mens"].mean() / 2)
    assert (level.method, level.numerator) == ("Student t, by cluster", None)


def test_a_cap_and_a_retention_say_so(experiment):
    capped = found(of("spend", SPEND), experiment(metric=[{"name": "spend", "kind": "revenue", "cap": "99.5%"}]))
    assert capped["mens", "level"].estimate.method == "Student t, winsorised at 99.5%"
    amount = found(of("spend", SPEND), experiment(metric=[{"name": "spend", "kind": "revenue", "cap": 500}]))
    assert amount["mens", "diff"].estimate.method == "Welch t, winsorised at 500"
    back = {"name": "back", "kind": "retention", "event": "Page Viewed", "after_days": 3}
    came = {arm: orders > 0 for arm, orders in ORDERS.items()}
    level = found(of("back", came), experiment(metric=[back]))["mens", "level"].estimate
    assert (level.method, level.numerator) == ("Wilson score", came["mens"].sum())


def test_quantiles_are_compared_and_have_no_p_value(experiment):
    metric = {"name": "big", "kind": "quantile", "of": "revenue", "share": 0.9}
    known = {
        Sample("email", arm, "big"): Estimate(value, value - 2, value + 3, 0.95, 900, "order statistics")
        for arm, value in (("none", 20.0), ("mens", 25.0))
    }
    readings = found(of("big", SPEND), experiment(metric=[metric]), quantiles=known)
    diff = readings["mens", "diff"]
    assert (diff.estimate.value, diff.p, diff.p_holm) == (5.0, None, None)
    assert readings["mens", "ratio"].estimate.value == 1.25
    none = found({}, experiment(metric=[metric]))
    assert {each.reason for each in none.values()} == {"no estimate: too few people in an arm"}
    zero = {place: each._replace(value=0.0) for place, each in known.items()}
    refused = found(of("big", SPEND), experiment(metric=[metric]), quantiles=zero)["mens", "ratio"]
    assert refused.reason == "no estimate: an arm's total is not above zero"


def test_p_values_of_all_arms_and_metrics_are_held_against_each_other(experiment):
    declared = experiment(arms=["none", "mens", "womens"])
    womens = {Sample("email", "womens", "visit"): Moments(1_000, 130, 130)}
    visits = {"none": np.arange(900) < 100, "mens": np.arange(1_000) < 150}
    readings = readout(of("visit", visits) | of("spend", SPEND) | womens, [declared, experiment(name="other")])
    tested = [each for each in readings if each.p is not None]
    assert [(each.arm, each.metric, each.scale) for each in tested] == [
        ("mens", "visit", "diff"), ("womens", "visit", "diff"), ("mens", "spend", "diff"),
    ]  # fmt: skip
    alone = [
        proportions_ztest([150, 100], [1_000, 900])[1],
        proportions_ztest([130, 100], [1_000, 900])[1],
        stats.ttest_ind(SPEND["mens"], SPEND["none"], equal_var=False).pvalue,
    ]
    assert [each.p for each in tested] == pytest.approx(alone)
    assert [each.p_holm for each in tested] == pytest.approx(multipletests(alone, method="holm")[1])
    assert [each.p_bh for each in tested] == pytest.approx(multipletests(alone, method="fdr_bh")[1])
    frame = as_frame(readings, level=0.95)
    assert frame["p_holm"].notna().sum() == 3
    assert set(frame["role"]) == {"goal", "secondary"}


def test_ratios_rest_on_a_hundred_people_who_did_something(experiment):
    def ratio(kind, mens):
        values = {"none": np.ones(400), "mens": np.arange(400) < mens}
        metric = {"name": "m", "kind": kind} | ({"event": "Page Viewed"} if kind == "conversion" else {})
        return found(of("m", values), experiment(metric=[metric]))["mens", "ratio"]

    for kind in ("conversion", "revenue"):
        assert ratio(kind, 100).estimate is not None
        assert ratio(kind, 99).reason == "no estimate: under 100 people of an arm did it"
        assert ratio(kind, 0).reason == "no estimate: an arm's total is not above zero"


def test_a_ratio_of_nothing_and_a_covariate_of_nothing_are_gaps_and_no_faults(experiment):
    nothing = {arm: np.zeros(n) for arm, n in SIZES.items()}
    readings = found(of("value", SPEND, nothing), experiment(metric=[RATIO]))
    assert {each.reason for each in readings.values()} == {"no estimate: an arm's total is not above zero"}
    sums = of("value", SPEND, ORDERS, nothing, nothing)
    diff = found(sums, experiment(metric=[RATIO | {"pre_days": 9}]))["mens", "diff"]
    assert (diff.removed, diff.estimate.method) == (None, "Welch t, delta method")
