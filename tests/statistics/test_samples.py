"""Oracles: scipy's chi-square and tea-tasting's sample ratio."""

import math
import re

import pytest
import tea_tasting as tt
from scipy import stats
from tea_tasting.aggr import Aggregates

from helpers.errors import WrongUse
from helpers.statistics import sample_ratio


@pytest.mark.parametrize(
    ("counts", "shares"),
    [
        ({"none": 21_306, "mens": 21_307, "womens": 21_387}, None),
        ({"a": 500, "b": 610}, None),
        ({"a": 890, "b": 110}, {"a": 9, "b": 1}),
        ({"a": 40, "b": 0}, None),
    ],
    ids=["hillstrom", "uneven", "declared 9 to 1", "an empty arm"],
)
def test_sample_ratio_agrees_with_scipy(counts, shares):
    test = sample_ratio(counts, shares)
    weights = shares or dict.fromkeys(counts, 1)
    expected = [sum(counts.values()) * weights[arm] / sum(weights.values()) for arm in counts]
    oracle = stats.chisquare(list(counts.values()), expected)
    assert (test.statistic, test.p) == pytest.approx((oracle.statistic, oracle.pvalue), rel=1e-9)
    assert test.degrees == len(counts) - 1
    assert [test.expected[arm] for arm in counts] == pytest.approx(expected)


def test_sample_ratio_agrees_with_tea_tasting():
    data = {"a": Aggregates(5_100), "b": Aggregates(2_400)}
    oracle = tt.SampleRatio({"a": 2, "b": 1}, method="norm", correction=False).analyze(data, "a", "b")
    assert sample_ratio({"a": 5_100, "b": 2_400}, {"a": 2, "b": 1}).p == pytest.approx(oracle.pvalue, rel=1e-9)


def test_shares_are_matched_by_name_and_have_any_scale():
    counts = {"a": 890, "b": 110}
    assert sample_ratio(counts, {"b": 0.1, "a": 0.9}).p == pytest.approx(sample_ratio(counts, {"a": 90, "b": 10}).p)
    assert sample_ratio(counts, {"a": 1, "b": 9}).p < 1e-9


@pytest.mark.parametrize(
    ("counts", "shares", "message"),
    [
        ({"a": 3}, None, "number of groups is 1; expected at least 2."),
        ({"a": 0, "b": 0}, None, "sum of counts is 0; expected at least 1."),
        ({"a": -1, "b": 5}, None, "count of a is -1; expected at least 0."),
        ({"a": 1, "b": 5}, {"a": 0, "b": 1}, "share of a is 0; expected above 0."),
        ({"a": 1, "b": 5}, {"a": math.nan, "b": 1}, "share of a is nan; expected above 0."),
        ({"a": 1, "b": 5}, {"a": math.inf, "b": 1}, "share of a is inf; expected below inf."),
        ({"a": 1, "b": 5}, {"a": 1, "c": 1}, "shares are of groups ['a', 'c']; expected those of counts, ['a', 'b']."),
    ],
)
def test_arguments_are_refused_in_the_same_words(counts, shares, message):
    with pytest.raises(WrongUse, match=re.escape(message)):
        sample_ratio(counts, shares)
