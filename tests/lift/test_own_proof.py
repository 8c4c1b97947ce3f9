import pandas as pd
import pytest

from helpers.lift.error_rates import passes
from helpers.lift.own_proof import prove

BINARY = pd.DataFrame({"day": 0, "value": [0.0, 1.0], "people": [1_500, 500]})
AMOUNTS = pd.DataFrame({"day": [0, 0, 1, 1], "value": [0.0, 30.0, 0.0, 55.0], "people": [700, 150, 800, 90]})
DIFFERENCES = {True: "Newcombe hybrid score", False: "Welch t"}
RATIOS = {True: "Katz log ratio", False: "log ratio, delta method"}


@pytest.mark.parametrize(("groups", "binary"), [(BINARY, True), (AMOUNTS, False)])
def test_each_method_that_reads_a_metric_is_tried_on_it(groups, binary):
    found = prove(groups, metric="visit", binary=binary, times=1_500)
    names = [name for _, name, _, _ in found.rates]
    assert names == [DIFFERENCES[binary], RATIOS[binary], "asymptotic confidence sequence"]
    assert all(rate.n == 1_500 and passes(rate, nominal=nominal) for _, _, rate, nominal in found.rates)
    assert found.peeking.invented == binary
    assert found.peeking.fixed.value > found.peeking.sequence.value


def test_no_ratio_is_tried_where_none_is_told():
    few = BINARY.assign(people=[1_500, 199])
    assert [name for _, name, _, _ in prove(few, metric="visit", binary=True, times=20).rates] == [
        "Newcombe hybrid score",
        "asymptotic confidence sequence",
    ]


def test_the_same_people_give_the_same_figures_in_any_order():
    one, other = (prove(each, metric="spend", binary=False, times=60) for each in (AMOUNTS, AMOUNTS[::-1]))
    assert one.rates == other.rates
    assert one.peeking.fixed == other.peeking.fixed
