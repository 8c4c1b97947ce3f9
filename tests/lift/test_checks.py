import math
from datetime import date

import numpy as np
import pandas as pd
import pytest
import tea_tasting as tt
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from helpers.lift.checks import (
    add_check_results,
    balance,
    check_arrivals,
    check_balance,
    check_missing,
    check_mixed,
    check_ratio_by_day,
    check_ratio_by_slice,
    ratio_by,
)
from helpers.reporting import Record
from helpers.statistics import Moments, sample_ratio

EVEN = {"a": 1.0, "b": 1.0}
UNTIL = date(2025, 3, 9)


def counts(*sizes, by="day"):
    days = pd.date_range("2025-03-01", periods=len(sizes))
    return pd.DataFrame(
        [
            (day, arm, people)
            for day, pair in zip(days, sizes, strict=True)
            for arm, people in zip("ab", pair, strict=True)
        ],
        columns=[by, "arm", "people"],
    )


def moments(values):
    return Moments(len(values), float(values.sum()), float((values**2).sum()))


@pytest.mark.parametrize("sizes", [(5_000, 5_160), (480, 610), (10_000, 9_400)])
def test_the_overall_test_is_that_of_scipy_and_of_tea_tasting(sizes):
    p = sample_ratio(dict(zip("ab", sizes, strict=True))).p
    assert p == pytest.approx(stats.chisquare(sizes).pvalue)
    people = pd.DataFrame({"arm": np.repeat(["a", "b"], sizes)})
    other = tt.SampleRatio(method="norm", correction=False).analyze(people, "a", "b", "arm")
    assert p == pytest.approx(other.pvalue)


def test_days_are_tested_one_by_one_and_adjusted():
    sizes = [(50, 50), (70, 30), (400, 410), (3, 4)]
    found = ratio_by(counts(*sizes), ["day"], EVEN)
    plain = [stats.chisquare(pair).pvalue for pair in sizes[:3]]
    assert found["p"].tolist()[:3] == pytest.approx(plain)
    assert found["p_holm"].tolist()[:3] == pytest.approx(multipletests(plain, method="holm")[1].tolist())
    assert found.loc[3, ["p", "p_holm"]].isna().all()
    assert found["people"].tolist() == [100, 100, 810, 7]


def test_days_are_tested_against_the_planned_shares_whatever_their_order():
    sizes = [(30, 70), (50, 50), (4, 14), (5, 15)]
    found = ratio_by(counts(*sizes), ["day"], {"b": 0.75, "a": 0.25})
    n = [sum(pair) for pair in sizes]
    plain = [stats.chisquare(pair, [all_ / 4, all_ * 3 / 4]).pvalue for pair, all_ in zip(sizes, n, strict=True)]
    assert found["p"].tolist()[:2] + found["p"].tolist()[3:] == pytest.approx(plain[:2] + plain[3:])
    assert found["p"].isna().tolist() == [False, False, True, False]
    assert check_ratio_by_day(found).sentence.startswith("On 1 of 3 days")


def test_arms_that_nobody_is_in_count():
    found = ratio_by(counts((50, 0)).query("people > 0"), ["day"], EVEN)
    assert found["p"].tolist() == pytest.approx([stats.chisquare([50, 0]).pvalue])


def test_a_day_that_is_off_is_told_and_days_that_are_not_are_not():
    fine = check_ratio_by_day(ratio_by(counts((50, 55), (48, 40)), ["day"], EVEN))
    assert (fine.fine, fine.n) == (True, 193)
    assert fine.sentence == "On none of 2 days are the arms further from plan than chance brings them."
    off = check_ratio_by_day(ratio_by(counts((50, 55), (90, 10)), ["day"], EVEN))
    assert not off.fine
    assert off.value < 1e-10
    assert (
        "On 1 of 2 days the arms are further from plan than chance brings them, first on 2 March 2025" in off.sentence
    )
    assert check_ratio_by_day(ratio_by(counts((1, 2)), ["day"], EVEN)).fine is None
    only = check_ratio_by_day(ratio_by(counts((50, 55)), ["day"], EVEN))
    assert only.sentence == "On the only day the arms are no further from plan than chance brings them."


def test_a_slice_that_is_off_is_named_as_it_is():
    rows = [("my_device", value, arm, n) for value, pair in {"*phone*": (900, 500), "desk": (300, 310)}.items()
            for arm, n in zip("ab", pair, strict=True)]  # fmt: skip
    found = ratio_by(pd.DataFrame(rows, columns=["slice", "value", "arm", "people"]), ["slice", "value"], EVEN)
    check = check_ratio_by_slice(found)
    assert (check.fine, check.n) == (False, 2_010)
    assert "In 1 of 2 slices" in check.sentence
    assert "my_device is *phone*: the assignment" in check.sentence
    assert check_ratio_by_slice(found[found["value"] == "desk"]).fine


def test_healthy_experiments_are_seldom_suspected():
    rng = np.random.default_rng(3)
    alarms = 0
    for _ in range(400):
        treated = rng.binomial(200, 0.5, size=20)
        found = check_ratio_by_day(ratio_by(counts(*zip(treated, 200 - treated, strict=True)), ["day"], EVEN))
        alarms += not found.fine
    assert alarms <= 12


def test_people_in_two_arms():
    assert check_mixed(10_000, 50).fine
    many = check_mixed(900, 100)
    assert (many.fine, many.value) == (False, 0.1)
    assert many.sentence.startswith("Exposed to more than one arm, and in none: 10.0% (100 of 1,000) people.")
    assert "fewer than 10" in check_mixed(900, 4).sentence
    assert check_mixed(0, 0).fine is None


def test_days_on_which_nobody_came():
    assert check_arrivals(counts((5, 5), (4, 6))).fine
    gap = pd.concat([counts((5, 5)), counts((5, 5)).assign(day=pd.Timestamp("2025-03-05"))])
    found = check_arrivals(gap)
    assert (found.fine, found.value) == (False, 3)
    assert "On 3 of 5 days between 1 March 2025 and 5 March 2025 nobody new was exposed, first on 2 March 2025" in (
        found.sentence
    )
    assert "one day" in check_arrivals(counts((5, 5))).sentence
    assert check_arrivals(counts((0, 0))).fine is None


def test_outcomes_that_are_missing_more_often_in_one_arm():
    exposed = {"a": 1_000, "b": 1_000}
    assert check_missing(exposed, exposed, UNTIL).value == 1
    alike, uneven = (check_missing(exposed, {"a": 950, "b": known}, UNTIL) for known in (955, 850))
    assert (alike.fine, uneven.fine) == (False, False)
    assert alike.sentence.endswith("in the arms alike.")
    assert "in one arm more than in another" in uneven.sentence
    table = [[50, 950], [150, 850]]
    assert uneven.value == pytest.approx(stats.chi2_contingency(table, correction=False).pvalue)
    assert "after 9 March 2025 outcomes may be missing: those of 10.0% (200 of 2,000) people" in uneven.sentence
    assert check_missing(exposed, {}, UNTIL).fine is False
    assert check_missing({"a": 0, "b": 0}, {}, UNTIL).fine is None
    assert check_missing(exposed, None, None)[1:3] == (None, None)


def test_balance_is_standardised_and_tested_as_others_do():
    rng = np.random.default_rng(5)
    control, arm = rng.gamma(2, 10, 900), rng.gamma(2, 11, 800)
    found = balance({("spend", "none"): moments(control), ("spend", "mens"): moments(arm)}, "none")
    (row,) = found.to_dict("records")
    pooled = math.sqrt((control.var(ddof=1) + arm.var(ddof=1)) / 2)
    assert row["standardised"] == pytest.approx((arm.mean() - control.mean()) / pooled)
    oracle = CompareMeans(DescrStatsW(arm), DescrStatsW(control)).ztest_ind(usevar="unequal")
    assert row["p"] == pytest.approx(oracle[1])
    assert (row["covariate"], row["arm"], row["p_holm"]) == ("spend", "mens", row["p"])


def test_arms_that_differed_before_are_told():
    rng = np.random.default_rng(6)
    same = {("age", arm): moments(rng.normal(40, 9, 2_000)) for arm in ("none", "mens")}
    apart = same | {
        ("order_spend", "none"): moments(rng.gamma(2, 10, 2_000)),
        ("order_spend", "mens"): moments(rng.gamma(2, 12, 2_000)),
    }
    assert check_balance(balance(same, "none"), 4_000).fine
    found = check_balance(balance(apart, "none"), 4_000)
    assert not found.fine
    assert "order_spend in mens" in found.sentence
    assert check_balance(balance({}, "none"), 0).fine is None
    constant = {("age", arm): Moments(50, 50.0, 50.0) for arm in ("none", "mens")}
    assert check_balance(balance(constant, "none"), 100).fine is None


def test_figures_go_to_the_record():
    record = Record(None, "lift")
    days = check_ratio_by_day(ratio_by(counts((50, 55), (48, 40)), ["day"], EVEN))
    add_check_results(record, "E-mail", [days, check_mixed(0, 0), check_mixed(10_000, 50)])
    assert [entry["key"] for entry in record.entries] == ["lift.e_mail.health.srm_day_p", "lift.e_mail.health.mixed"]
    assert record.entries[0]["n"] == 193
