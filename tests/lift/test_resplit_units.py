"""Ratios and clusters of an arm split into halves, against units that are split one by one."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from helpers.lift import Sample, sums
from helpers.lift.alike_units import people_by_day, units_alike, vary
from helpers.lift.error_rates import passes
from helpers.lift.promises import try_each
from helpers.lift.readout import readout
from helpers.lift.resplit_units import (
    HALVES,
    NOTHING,
    as_means,
    plant_totals,
    prove_units,
    split_units,
    unit_promises,
)
from helpers.lift.resplits import GROUPS
from helpers.statistics import Joint

RATIO = {"name": "basket", "kind": "ratio", "numerator": "revenue", "denominator": "Order Completed"}
SPEND = {"name": "basket", "kind": "revenue"}
DIFF, RATIO_OF = "Welch t, delta method", "Fieller, delta method"
SEQUENCE = "asymptotic confidence sequence, delta method"


def buyers(people, seed=3):
    """Revenue and orders of people, many of whom bought nothing; some of them before, too."""
    rng = np.random.default_rng(seed)
    orders, before = rng.poisson(0.8, people), rng.poisson(0.7, people)
    taste = rng.lognormal(3, 0.5, people).round(2)
    return pd.DataFrame(
        {
            "value": (orders * taste).round(2),
            "denominator": orders,
            "value_before": (before * taste).round(2),
            "denominator_before": before,
        }
    ).astype(float)


def grouped(units):
    """The same as `units_alike` gives them."""
    names = list(units.columns)
    counted = units.assign(active=(units["value"] != 0).astype(int)).groupby(names, as_index=False)
    return counted.agg(units=("active", "size"), active=("active", "sum"))


def table(rows, **columns):
    """Rows of `lift_outcomes` of the control arm of the experiment "email"."""
    count = len(rows)
    known = {"experiment": ["email"] * count, "variation": ["none"] * count, "metric": ["basket"] * count} | columns
    days = [pd.Timestamp("2025-01-01") + pd.Timedelta(days=at % 3) for at in range(count)]
    known["first_exposed_at"] = pa.array(days, pa.timestamp("us"))
    names = ("value", "denominator", "value_before", "denominator_before")
    money = {name: pa.array(rows.get(name, [None] * count), pa.float64()).cast(pa.decimal128(18, 4)) for name in names}
    return known, money


@pytest.fixture
def log_of(make_shop):
    """Puts rows of outcomes into an engine."""
    shop = make_shop()

    def put(rows, **columns):
        known, money = table(rows, **columns)
        return shop.engine.create_table("outcomes", pa.table(known | money), temp=True, overwrite=True)

    return put


@pytest.mark.parametrize("pre_days", [None, 7])
def test_the_halves_of_people_add_up_to_what_the_readout_sums(log_of, experiment, pre_days):
    declared = experiment(metric=[RATIO | {"pre_days": pre_days}])
    rows = log_of(buyers(500).round(0), cluster=[str(at) for at in range(500)])
    groups = units_alike(rows, declared, declared.metrics[0])
    assert len(groups) < 500
    by_day = people_by_day(rows, declared, declared.metrics[0])
    assert by_day.groupby("day")["people"].sum().tolist() == [167, 167, 166]
    assert by_day["value"] @ by_day["people"] == pytest.approx(groups["value"] @ groups["units"])
    adds_up(groups, sums(rows, [declared])[Sample("email", "none", "basket")])


@pytest.mark.parametrize("metric", [RATIO, SPEND])
def test_clusters_are_split_as_wholes(log_of, experiment, metric):
    declared = experiment(cluster="store", metric=[metric])
    people = buyers(500) if metric is RATIO else buyers(500)[["value"]]
    rows = log_of(people, cluster=[f"store {at % 37}" for at in range(500)])
    groups = units_alike(rows, declared, declared.metrics[0])
    assert groups["units"].sum() == 37
    adds_up(groups, sums(rows, [declared])[Sample("email", "none", "basket")])


def adds_up(groups, joint: Joint):
    splits = split_units(groups, rng=np.random.default_rng(1), times=50)
    both = splits.treated + splits.control
    upper = np.triu_indices(len(joint.totals))
    expected = [joint.n, *joint.totals, *np.array(joint.products)[upper]]
    assert both == pytest.approx(np.tile(expected, (50, 1)))
    assert splits.treated[:, 0].std() > 0
    assert groups["active"].sum() == joint.nonzero


def test_splitting_groups_is_splitting_units():
    units = buyers(600)[["value", "denominator"]].round(0)
    splits = split_units(grouped(units), rng=np.random.default_rng(1), times=4_000)
    coins = np.random.default_rng(2).integers(0, 2, size=(4_000, 600))
    value, orders = units.to_numpy().T
    oracle = [coins @ each for each in (np.ones(600), value, orders, value**2, value * orders, orders**2)]
    assert splits.treated.mean(axis=0) == pytest.approx(np.mean(oracle, axis=1), rel=0.01)
    assert np.corrcoef(splits.treated.T) == pytest.approx(np.corrcoef(oracle), abs=0.06)
    assert splits.treated.std(axis=0) == pytest.approx(np.std(oracle, axis=1), rel=0.05)


@pytest.mark.parametrize(
    ("changes", "columns"),
    [({}, 2), ({"pre_days": 7}, 4), ({"clustered": True}, 2)],
)
def test_halves_are_read_as_the_readout_reads_arms(experiment, changes, columns):
    clustered = changes.pop("clustered", False)
    declared = experiment(metric=[RATIO | changes], **({"cluster": "store"} if clustered else {}))
    metric = declared.metrics[0]
    groups = grouped(buyers(900).iloc[:, :columns])
    splits = split_units(groups, rng=np.random.default_rng(1), times=3)
    methods = list(unit_promises("x", planned=900).values())
    pair = declared.model_copy(update={"arms": list(HALVES), "control": HALVES[1]})
    upper = np.triu_indices(columns)
    for at, rows in enumerate(zip(*as_means(splits, declared, metric), strict=True)):
        samples = {}
        for arm, half in zip(HALVES, (splits.treated[at], splits.control[at]), strict=True):
            products = np.zeros((columns, columns))
            products[upper] = products.T[upper] = half[columns + 1 :]
            samples[Sample("email", arm, "basket")] = Joint(round(half[0]), tuple(half[1 : columns + 1]), products, 500)
        read = {each.scale: each.estimate for each in readout(samples, [pair])}
        for scale, own in (("diff", methods[0]), ("ratio", methods[1])):
            found = own.method(*rows)
            assert found[:3] == pytest.approx(read[scale][:3])


def test_planted_effects_are_in_the_treated_half_alone():
    units = buyers(300)
    splits = split_units(grouped(units), rng=np.random.default_rng(1), times=4)
    dearer = plant_totals(splits, np.full(4, 0.2))
    richer = split_units(grouped(units.assign(value=1.2 * units["value"])), rng=np.random.default_rng(1), times=4)
    assert dearer.treated == pytest.approx(richer.treated)
    assert (dearer.control == splits.control).all()


def stores(count, seed=3):
    """People of stores that differ in size and in how much is bought in them: size and total of each."""
    rng = np.random.default_rng(seed)
    size = 1 + rng.poisson(rng.lognormal(2.5, 0.8, count))
    level = rng.lognormal(0, 0.4, count)
    return pd.DataFrame({"value": rng.poisson(0.7 * level * size), "denominator": size}).astype(float)


def test_clusters_read_as_wholes_keep_their_promise_and_their_people_as_if_alone_would_not(experiment):
    declared = experiment(cluster="store", metric=[SPEND])
    whole, groups = stores(300), grouped(stores(300))
    found = prove_units(groups, declared, declared.metrics[0], times=4_000)
    names = ["Welch t, by cluster", "Fieller, by cluster", "asymptotic confidence sequence, by cluster"]
    assert [each.method for each in found] == names
    assert all(passes(each.rate, nominal=each.nominal) and each.rate.n == 4_000 for each in found)
    assert all(each.covered.n == 1_000 and each.covered.lo < 0.95 < each.covered.hi for each in found[:2])
    # as if each person stood alone, with the variance of a count of their own
    splits = split_units(groups, rng=np.random.default_rng(1), times=2_000)
    ratio = [half[:, 1] / half[:, 2] for half in splits]
    error = np.sqrt(sum(rate / half[:, 2] for rate, half in zip(ratio, splits, strict=True)))
    assert (np.abs(ratio[0] - ratio[1]) > 1.96 * error).mean() > 0.15
    assert whole["denominator"].max() > 5 * whole["denominator"].median()


def test_ratios_keep_their_promise_with_and_without_a_covariate(experiment):
    for pre_days, columns, how in ((None, 2, ""), (7, 4, ", CUPED")):
        declared = experiment(metric=[RATIO | {"pre_days": pre_days}])
        found = prove_units(grouped(buyers(1_500).iloc[:, :columns]), declared, declared.metrics[0], times=3_000)
        assert [each.method for each in found] == [f"{name}{how}" for name in (DIFF, RATIO_OF, SEQUENCE)]
        assert all(passes(each.rate, nominal=each.nominal) for each in found)
        assert all(each.covered.lo < 0.95 < each.covered.hi for each in found[:2])


def test_a_method_that_is_too_narrow_is_found_out(experiment):
    declared = experiment(metric=[RATIO])
    splits = split_units(grouped(buyers(900).iloc[:, :2]), rng=np.random.default_rng(1), times=1_500)
    linear = as_means(splits, declared, declared.metrics[0])
    linear.treated[:, 2] = linear.treated[:, 1] ** 2 / linear.treated[:, 0] * 1.0001  # as if the treated hardly varied
    (found, *_) = try_each(unit_promises("delta method", planned=900), linear, None, metric="basket")
    assert not passes(found.rate, nominal=True)


def test_no_ratio_is_tried_where_none_is_told(experiment):
    declared = experiment(metric=[RATIO])
    groups = grouped(buyers(60).iloc[:, :2])
    found = prove_units(groups, declared, declared.metrics[0], ratios=False, times=20)
    assert [each.method for each in found] == [DIFF, SEQUENCE]


def test_a_half_without_a_mean_claims_nothing(experiment):
    declared = experiment(metric=[RATIO])
    units = pd.DataFrame({"value": [0.0] * 40 + [9.0, 5.0], "denominator": [0.0] * 40 + [1.0, 2.0]})
    splits = split_units(grouped(units), rng=np.random.default_rng(1), times=200)
    alone = (splits.treated[:, 2] == 0) | (splits.control[:, 2] == 0)
    assert alone.any()
    linear = as_means(splits, declared, declared.metrics[0])
    for own in unit_promises("delta method", planned=42).values():
        said = [own.method(*rows) for rows in zip(*linear, strict=True)]
        assert all(each == NOTHING for each, empty in zip(said, alone, strict=True) if empty)


def test_no_sequence_is_left_by_a_ratio_that_few_carry(experiment):
    declared = experiment(metric=[RATIO])
    groups = pd.DataFrame(
        {"value": [0.0, 1.0, 9.0, 4.0], "denominator": [0.0, 1.0, 1.0, 2.0], "units": [9_000, 30, 9, 8]}
    )
    splits = split_units(groups, rng=np.random.default_rng(1), times=20)
    linear = as_means(splits, declared, declared.metrics[0])
    n, value, orders, squares, _, orders_squared = splits.treated.T
    # not all values are 0 or 1, so that Kish's size counts
    assert linear.treated[:, 3] == pytest.approx(np.minimum(value**2 / squares, orders**2 / orders_squared))
    assert linear.treated[:, 0].tolist() == n.tolist()
    (*_, sequence) = unit_promises("delta method", planned=9_047).values()
    assert all(sequence.method(*rows).lo is None for rows in zip(*linear, strict=True))
    more = as_means(
        splits._replace(treated=100 * splits.treated, control=100 * splits.control), declared, declared.metrics[0]
    )
    assert all(sequence.method(*rows).lo is not None for rows in zip(*more, strict=True))


def test_too_many_different_units_keep_their_first_digits(log_of, experiment):
    declared = experiment(metric=[RATIO])
    rng = np.random.default_rng(4)
    count = 4 * GROUPS
    rows = pd.DataFrame({"value": rng.lognormal(3, 1.5, count).round(2), "denominator": rng.poisson(2.0, count)})
    rows.loc[::3, "value"] = 0.0
    rows.loc[1::30, "value"] *= -1
    groups = units_alike(log_of(rows.astype(float), cluster=["x"] * count), declared, declared.metrics[0])
    assert len(groups) <= GROUPS
    assert groups["units"].sum() == count
    assert groups["active"].sum() == (rows["value"] != 0).sum()
    assert (groups["value"] * groups["units"]).sum() == pytest.approx(rows["value"].sum(), rel=0.001)
    assert (groups["denominator"] * groups["units"]).sum() == rows["denominator"].sum()
    assert groups.loc[groups["value"] == 0, "units"].sum() == (rows["value"] == 0).sum()


def test_what_never_varies_is_known():
    assert not vary(pd.DataFrame({"value": [0.0, 0.6, 0.9], "denominator": [0.0, 2.0, 3.0], "units": [5, 3, 2]}))
    assert not vary(pd.DataFrame({"value": [0.0, 0.0], "denominator": [0.0, 2.0], "units": [5, 3]}))
    assert not vary(pd.DataFrame({"value": [3.0, 0.0], "denominator": [0.0, 0.0], "units": [5, 3]}))
    assert vary(pd.DataFrame({"value": [0.0, 0.6, 1.0], "denominator": [0.0, 2.0, 3.0], "units": [5, 3, 2]}))
