from decimal import Decimal

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from helpers.errors import WrongUse
from helpers.lift.covariate_gain import covariate_gain
from helpers.lift.resplits import (
    GROUPS,
    alike,
    alike_before,
    grouped,
    plant_amounts,
    plant_conversions,
    split,
)

VALUES, PEOPLE = np.array([0.0, 12.5, 80.0]), np.array([900, 70, 30])


def draw(**changes):
    return split(**({"values": VALUES, "people": PEOPLE, "rng": np.random.default_rng(1), "times": 4_000} | changes))


def one_by_one(times, rng):
    """Total of the treated half, each person given an arm of their own."""
    everybody = np.repeat(VALUES, PEOPLE)
    return (rng.integers(0, 2, size=(times, len(everybody))) * everybody).sum(axis=1)


def test_halves_add_up_to_the_arm():
    splits = draw()
    assert splits.treated.shape == (4_000, 3)
    both = splits.treated + splits.control
    assert (both == [1_000, VALUES @ PEOPLE, VALUES**2 @ PEOPLE]).all()
    assert splits.whole.tolist() == both[0].tolist()


def test_splitting_groups_is_splitting_people():
    totals = draw().treated[:, 1]
    oracle = one_by_one(4_000, np.random.default_rng(2))
    assert totals.mean() == pytest.approx(oracle.mean(), rel=0.02)
    assert totals.std() == pytest.approx(oracle.std(), rel=0.05)


def test_the_order_of_groups_and_how_they_are_cut_do_not_matter():
    cut = draw(values=[80.0, 0.0, 12.5, 0.0], people=[30, 500, 70, 400])
    assert (cut.treated == draw().treated).all()


@pytest.mark.parametrize(("values", "people"), [([1.0, np.nan], [5, 5]), ([1.0, 2.0], [5, -1]), ([], [])])
def test_what_is_no_arm_is_refused(values, people):
    with pytest.raises(WrongUse, match="groups of people"):
        grouped(values, people)


def test_planted_effects_are_in_the_treated_half_alone():
    splits = draw(values=[0.0, 1.0], people=[15_000, 5_000])
    gains = np.linspace(-0.5, 0.5, 4_000)
    more = plant_conversions(splits, gains, rng=np.random.default_rng(3))
    assert (more.control == splits.control).all()
    assert (more.treated[:, 1] == more.treated[:, 2]).all()
    ratio = more.treated[:, 1] / more.treated[:, 0] / 0.25
    assert np.mean(ratio - (1 + gains)) == pytest.approx(0, abs=0.002)
    assert np.corrcoef(ratio, gains)[0, 1] > 0.98

    spent = draw()
    dearer = plant_amounts(spent, np.full(4_000, 0.2))
    assert dearer.treated[:, 1] == pytest.approx(1.2 * spent.treated[:, 1])
    assert dearer.treated[:, 2] == pytest.approx(1.44 * spent.treated[:, 2])
    assert (dearer.treated[:, 0] == spent.treated[:, 0]).all()
    assert (dearer.control == spent.control).all()


@pytest.mark.parametrize("noise", [0.3, 3.0])
def test_adjusting_by_a_covariate_saves_its_squared_correlation(noise):
    rng = np.random.default_rng(4)
    before = rng.gamma(1.0, 1.0, 3_000).round(2)
    after = before + noise * rng.standard_normal(3_000).round(2)
    splits = draw(values=np.column_stack([after, before]), people=np.ones(3_000, dtype=int))
    gain, squared = covariate_gain(splits)
    assert squared == pytest.approx(np.corrcoef(before, after)[0, 1] ** 2)
    assert gain.lo <= squared <= gain.hi
    assert gain.hi - gain.lo < 0.15


def rows(values, *, days=1):
    count = len(values)
    return ibis.memtable(
        pa.table(
            {
                "experiment": ["email"] * count,
                "variation": ["none", "mens"] * (count // 2),
                "metric": ["spend"] * count,
                "value": pa.array([value and Decimal(value) for value in values], pa.decimal128(18, 4)),
                "first_exposed_at": pa.array(
                    [pd.Timestamp("2025-01-01 23:59") + pd.Timedelta(days=at % days) for at in range(count)],
                    pa.timestamp("us"),
                ),
            }
        )
    )


def test_people_alike_are_counted_in_the_engine():
    values = ["0", "1", "2.5", "1", "0", "1", None, "1"]
    found = alike(rows(values), experiment="email", arm="none", metric="spend")
    assert (found["value"].tolist(), found["people"].tolist()) == ([0.0, 2.5], [2, 1])
    assert alike(rows(["0", "1"] * 8, days=3), experiment="email", arm="mens", metric="spend")["day"].nunique() == 3


def test_too_many_different_values_are_rounded_to_steps():
    values = [str(value) for value in range(4 * GROUPS)]
    found = alike(rows(values), experiment="email", arm="none", metric="spend")
    assert len(found) <= GROUPS + 1
    assert found["people"].sum() == 2 * GROUPS
    exact = np.arange(0, 4 * GROUPS, 2)
    assert (found["value"] * found["people"]).sum() / found["people"].sum() == pytest.approx(exact.mean(), rel=0.001)


def test_people_alike_now_and_before_are_counted_in_the_engine():
    now = rows(["0", "1", "2.5", "1", "0", "1", None, "1"])
    both = now.mutate(value_before=(now.value * 2).cast("decimal(18, 4)"))
    found = alike_before(both.filter(both.value.notnull()), experiment="email", arm="none", metric="spend")
    assert found.to_numpy().tolist() == [[0.0, 0.0, 2.0], [2.5, 5.0, 1.0]]
    unknown = now.filter(now.value == 0).mutate(value_before=ibis.null("decimal(18, 4)"))
    assert alike_before(unknown, experiment="email", arm="none", metric="spend")["before"].tolist() == [0.0]


def test_too_many_different_pairs_are_rounded_to_steps():
    now = rows([str(value) for value in range(4 * GROUPS)])
    both = now.mutate(value_before=(now.value % 997).cast("decimal(18, 4)"))
    found = alike_before(both, experiment="email", arm="none", metric="spend")
    assert len(found) <= GROUPS + 2 * GROUPS**0.5 + 1
    assert found["people"].sum() == 2 * GROUPS
    exact = np.arange(0, 4 * GROUPS, 2)
    assert (found["value"] * found["people"]).sum() / found["people"].sum() == pytest.approx(exact.mean(), rel=0.01)


def test_a_planted_amount_keeps_its_product_with_what_was_before():
    pairs, people = [[0.0, 1.0], [4.0, 2.0]], [50, 70]
    plain = split(pairs, people, rng=np.random.default_rng(2), times=3)
    changed = plant_amounts(plain, [0.5, 0.0, -0.5]).treated
    assert changed[:, 5] == pytest.approx(plain.treated[:, 5] * [1.5, 1.0, 0.5])
    assert changed[:, 3:5] == pytest.approx(plain.treated[:, 3:5])
