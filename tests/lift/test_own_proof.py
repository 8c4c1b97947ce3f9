import pandas as pd
import pytest

from helpers.lift.error_rates import passes
from helpers.lift.own_proof import ADJUSTED, prove

BINARY = pd.DataFrame({"day": 0, "value": [0.0, 1.0], "people": [1_500, 500]})
AMOUNTS = pd.DataFrame({"day": [0, 0, 1, 1], "value": [0.0, 30.0, 0.0, 55.0], "people": [700, 150, 800, 90]})
DIFFERENCES = {True: "Newcombe hybrid score", False: "Welch t"}
RATIOS = {True: "Katz log ratio", False: "Fieller"}


@pytest.mark.parametrize(("groups", "binary"), [(BINARY, True), (AMOUNTS, False)])
def test_each_method_that_reads_a_metric_is_tried_on_it(groups, binary):
    found = prove(groups, metric="visit", binary=binary, times=1_500)
    names = [each.method for each in found.tried]
    assert names == [DIFFERENCES[binary], RATIOS[binary], "asymptotic confidence sequence"]
    assert all(each.rate.n == 1_500 and passes(each.rate, nominal=each.nominal) for each in found.tried)
    assert all(each.covered.n == 375 and each.covered.lo < 0.97 and each.covered.hi > 0.93 for each in found.tried[:2])
    assert found.peeking.invented == binary
    assert found.peeking.fixed.value > found.peeking.sequence.value


def test_no_ratio_is_tried_where_none_is_told():
    few = BINARY.assign(people=[1_500, 199])
    assert [each.method for each in prove(few, metric="visit", binary=True, times=20).tried] == [
        "Newcombe hybrid score",
        "asymptotic confidence sequence",
    ]


def test_the_same_people_give_the_same_figures_in_any_order():
    one, other = (prove(each, metric="spend", binary=False, times=60) for each in (AMOUNTS, AMOUNTS[::-1]))
    assert one.tried == other.tried
    assert one.peeking.fixed == other.peeking.fixed


def test_a_covariate_gains_what_its_correlation_says_and_its_interval_errs_no_more_often():
    pairs = pd.DataFrame(
        {"value": [0.0, 0.0, 4.0, 4.0], "before": [0.0, 3.0, 0.0, 3.0], "people": [600, 150, 200, 550]}
    )
    groups = pairs.groupby("value", as_index=False)["people"].sum().assign(day=0)
    found = prove(groups, metric="looks", binary=False, times=4_000, before=pairs)
    (cuped,) = [each for each in found.tried if each.method == ADJUSTED]
    assert passes(cuped.rate, nominal=True)
    assert cuped.covered.lo <= 0.95 <= cuped.covered.hi
    gain, squared = found.gain
    assert gain.lo <= squared <= gain.hi
    # of two traits in a table: (600 x 550 - 150 x 200)^2 over the product of its margins
    assert squared == pytest.approx((600 * 550 - 150 * 200) ** 2 / (750 * 750 * 800 * 700))
    assert found.peeking.fixed.n == 4_000


def test_effects_that_are_planted_in_a_large_share_leave_it_a_share():
    most = BINARY.assign(people=[200, 1_800])
    tried = prove(most, metric="visit", binary=True, times=1_500).tried
    assert all(each.covered.lo < 0.97 and each.covered.hi > 0.93 for each in tried[:2])


@pytest.mark.parametrize(("people", "tried"), [(39, False), (40, True)])
def test_an_arm_of_a_handful_is_not_split(people, tried):
    groups = pd.DataFrame({"day": 0, "value": range(people), "people": 1}).astype({"value": "float64"})
    found = prove(groups, metric="spend", binary=False, times=300)
    assert bool(found.tried) is tried
    assert found.untried == ("" if tried else "the arm has fewer than 40 people")
    yes = pd.DataFrame({"day": 0, "value": [0.0, 1.0], "people": [10, people - 10]})
    assert bool(prove(yes, metric="visit", binary=True, times=300).tried) is tried


def test_halves_that_refunds_leave_no_total_have_no_ratio():
    groups = pd.DataFrame({"day": 0, "value": [-30.0, 29.0], "people": [200, 210]})
    ratio = next(
        each for each in prove(groups, metric="spend", binary=False, times=300).tried if "Fieller" in each.method
    )
    assert ratio.rate.value <= 0.05
