"""Whether groups are still what they were: each test against scipy's, the bars, who fits none, sentences, results."""

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import quad
from scipy.stats import beta, binom, chi2_contingency, ttest_ind

from helpers import reporting
from helpers.reporting import Record
from helpers.segmentation.drift import BARS, CENTRE, FIT, LEVEL, SHARES, Day, drift
from helpers.segmentation.drift_words import add_drift, alarm, drift_found, drift_rule
from helpers.statistics import holm

FEATURES = ["orders", "days"]
CENTRES = {"a": (-2, 0), "b": (1, 1), "c": (2, -2)}


def draw(n=1_500, *, shares=(0.5, 0.35, 0.15), moved=(), seed=1):
    """People around the centres of their groups; `moved` names (group, feature, by)."""
    rng = np.random.default_rng(seed)
    groups = rng.choice(list(CENTRES), n, p=shares)
    features = np.array([CENTRES[each] for each in groups]) + 0.5 * rng.normal(size=(n, 2))
    for group, feature, by in moved:
        features[groups == group, FEATURES.index(feature)] += by
    return Day(groups, features)


def of_kind(found, kind):
    return found.tests[found.tests["kind"] == kind]


def test_shares_are_tested_as_by_scipy_and_their_distance_is_half_of_all_differences():
    then, now = draw(), draw(shares=(0.4, 0.35, 0.25), seed=2)
    found = drift(then, now, FEATURES)
    table = np.array([[(each.groups == name).sum() for name in CENTRES] for each in (then, now)])
    (row,) = of_kind(found, SHARES).itertuples()
    assert (row.statistic, row.p) == pytest.approx(chi2_contingency(table, correction=False)[:2])
    shares = table / table.sum(axis=1, keepdims=True)
    assert row.effect == found.share_moved.value == pytest.approx(np.abs(np.diff(shares, axis=0)).sum() / 2)
    assert 0 < found.share_moved.lo < row.effect < found.share_moved.hi
    assert found.share_moved.n == 1_500
    assert row.fired


def test_means_are_tested_as_by_scipy_where_they_are_known():
    then, now = draw(), draw(moved=[("b", "days", 0.3)], seed=2)
    then.features[::7, 0] = np.nan
    found = of_kind(drift(then, now, FEATURES), CENTRE).set_index(["group", "feature"])
    assert len(found) == 6
    for group in CENTRES:
        for place, feature in enumerate(FEATURES):
            one, other = (each.features[each.groups == group, place] for each in (now, then))
            expected = ttest_ind(one, other, equal_var=False, nan_policy="omit")
            row = found.loc[group, feature]
            assert row["statistic"] == pytest.approx(expected.statistic)
            assert row["p"] == pytest.approx(expected.pvalue)
            assert row["effect"] == pytest.approx(abs(np.nanmean(one) - np.nanmean(other)))
    assert found["fired"].to_dict() == {key: key == ("b", "days") for key in found.index}


def test_who_is_far_is_counted_and_tested_as_by_scipy():
    then, now = draw(400), draw(seed=2)
    then.features[:, 1] *= 3
    now.features[:, 1] *= 3
    now.features[:140] += 4
    found = drift(then, now, FEATURES)
    people = list(zip(then.groups, then.features, strict=True))
    spread = (then.features - [then.features[then.groups == group].mean(axis=0) for group in then.groups]).std(axis=0)
    distances = []
    for who, (group, own) in enumerate(people):
        others = [each for other, (name, each) in enumerate(people) if name == group and other != who]
        distances.append(np.hypot(*((own - np.mean(others, axis=0)) / spread)))
    limit = sorted(distances)[395]  # 99 in 100 of 400 people were as near
    means = {name: then.features[then.groups == name].mean(axis=0) for name in CENTRES}
    apart = np.array([own - means[group] for group, own in zip(now.groups, now.features, strict=True)])
    count = sum(np.hypot(*(apart / spread).T) > limit)
    assert (found.unplaced.numerator, found.unplaced.n) == (count, 1_500)
    (row,) = of_kind(found, FIT).itertuples()
    # Some chance of being beyond, given that 4 of 400 were; then as many as by that chance.
    expected = quad(lambda chance: binom.sf(count - 1, 1_500, chance) * beta.pdf(chance, 5, 396), 0, 0.2)
    assert row.p == pytest.approx(expected[0], rel=1e-4)
    assert row.fired


@pytest.mark.parametrize(("before", "later"), [(50, 500), (200, 2_000)])
def test_where_few_became_many_nobody_fits_worse(before, later):
    found = [drift(draw(before, seed=(1, one)), draw(later, seed=(2, one)), FEATURES) for one in range(200)]
    far = np.concatenate([of_kind(each, FIT)["p"] for each in found])
    assert (far < LEVEL).sum() <= 7  # more, one time in a thousand at 1 in 100
    assert sum(each.fired for each in found) <= 7


def test_all_tests_are_judged_together():
    found = drift(draw(), draw(seed=2), FEATURES)
    assert len(found.tests) == 8
    assert found.tests["adjusted"].tolist() == holm(found.tests["p"]).tolist()
    assert not found.fired


def test_a_difference_that_is_sure_but_small_is_no_alarm():
    moved = [("a", "orders", 0.2)]
    found = drift(draw(40_000), draw(40_000, shares=(0.53, 0.33, 0.14), moved=moved, seed=2), FEATURES)
    assert (of_kind(found, SHARES)["adjusted"] < LEVEL).all()
    assert (of_kind(found, CENTRE)["adjusted"] < LEVEL).any()
    assert not found.fired


def test_a_difference_that_is_large_by_chance_is_no_alarm():
    found = drift(draw(60), draw(60, seed=3), FEATURES)
    assert found.share_moved.value > BARS[SHARES]
    assert not found.fired


def test_means_of_few_are_not_judged():
    then, now = draw(), draw(seed=2)
    keep = (now.groups != "c") | (np.cumsum(now.groups == "c") <= 29)
    found = drift(then, Day(now.groups[keep], now.features[keep]), FEATURES)
    assert set(of_kind(found, CENTRE)["group"]) == {"a", "b"}
    alone = drift(draw(20), draw(20, seed=2), FEATURES)
    assert alone.largest_shift is None
    assert len(alone.tests) == 2


def test_what_nobody_differs_in_is_the_same_or_has_surely_moved():
    then, now = draw(), draw(seed=2)
    for each in (then, now):
        each.features[each.groups == "a", 0] = 1 / 3
    assert of_kind(drift(then, now, FEATURES), CENTRE).iloc[0][["p", "effect"]].tolist() == [1, 0]
    now.features[now.groups == "a", 0] = 4 / 3
    row = of_kind(drift(then, now, FEATURES), CENTRE).iloc[0]
    assert (row["p"], row["effect"], row["fired"]) == (0, pytest.approx(1), True)


def test_a_group_that_nobody_was_in_fits_nobody():
    now = draw(seed=2)
    found = drift(draw(), Day(np.where(np.arange(1_500) < 100, "new", now.groups), now.features), FEATURES)
    assert found.unplaced.numerator >= 100
    assert of_kind(found, FIT)["fired"].all()


def test_groups_of_hardly_anybody_are_counted_together():
    then, now = draw(), draw(seed=2)
    then.groups[:4], now.groups[:5] = ["r", "s", "t", "u"], ["r", "s", "v", "w", "x"]
    (row,) = of_kind(drift(then, now, FEATURES), SHARES).itertuples()
    table = [[*((each.groups == name).sum() for name in CENTRES), few] for each, few in ((then, 4), (now, 5))]
    assert row.p == pytest.approx(chi2_contingency(table, correction=False).pvalue)


def test_one_group_alone_can_move_only_its_mean():
    days = [each._replace(groups=np.full(1_500, "all")) for each in (draw(), draw(seed=2))]
    found = drift(*days, FEATURES)
    assert found.tests["kind"].tolist() == [SHARES, CENTRE, CENTRE, FIT]
    assert found.share_moved.value == 0
    assert found.tests["p"].iloc[0] == 1


def test_where_nobody_differed_shares_are_judged_alone():
    then, now = (
        each._replace(features=np.empty((1_500, 0))) for each in (draw(), draw(shares=(0.4, 0.35, 0.25), seed=2))
    )
    found = drift(then, now, [])
    assert found.tests["kind"].tolist() == [SHARES, FIT]
    assert found.tests["fired"].tolist() == [True, False]
    assert found.largest_shift is None
    alone = drift(Day(then.groups[:1], then.features[:1]), Day(np.repeat(then.groups[:1], 50), now.features[:50]), [])
    assert alone.tests["p"].tolist() == pytest.approx([1, 1])


def test_the_largest_shift_has_an_interval_that_holds_for_all():
    then, now = draw(), draw(moved=[("c", "orders", -0.6)], seed=2)
    found = drift(then, now, FEATURES)
    row = found.tests.loc[of_kind(found, CENTRE)["effect"].idxmax()]
    assert (row["group"], row["feature"]) == ("c", "orders")
    assert found.largest_shift.value == pytest.approx(row["effect"])
    assert 0 < found.largest_shift.lo < row["effect"] < found.largest_shift.hi
    one, other = (
        each.features[each.groups == "c", 0] for each in (draw(), draw(moved=[("c", "orders", -0.6)], seed=2))
    )
    assert found.largest_shift.n == (now.groups == "c").sum()
    whole = ttest_ind(one, other, equal_var=False).confidence_interval(1 - 0.05 / 6)
    assert found.largest_shift[1:3] == pytest.approx((whole.low, whole.high))


def test_no_alarm_is_said_with_its_figures():
    said = drift_found(drift(draw(), draw(seed=2), FEATURES), pd.Timestamp("2026-01-01"))
    assert said.startswith("No alarm: since 1 January 2026 ")
    assert (
        "of people are in other groups than the shares of that day say, no group's mean has moved by more than" in said
    )
    assert said.count("19 in 20") == 3
    assert said.endswith(FEW_OF.format("how many are in each group"))


FEW_OF = " People are too few to rule out a difference that matters in {}."


def test_no_alarm_is_no_proof_that_nothing_moved():
    day = pd.Timestamp("2026-01-01")
    many, few, alone = (drift(draw(n), draw(n, seed=2), FEATURES) for n in (40_000, 150, 20))
    said = "No alarm: since 1 January 2026 no difference beyond chance is large enough to matter; "
    (sure,) = alarm(many, day)
    share = reporting.interval(many.share_moved, form=reporting.percent)
    assert sure == f"{said}{share} of people are in other groups than the shares of that day say."
    assert "People are too few" not in drift_found(many, day)
    every = "how many are in each group, what groups are like or how many fit no group"
    for each in (few, alone):
        assert alarm(each, day)[0].startswith(said)
        assert alarm(each, day)[0].endswith(FEW_OF.format(every))
        assert drift_found(each, day).endswith(FEW_OF.format(every))


def test_an_alarm_comes_first_and_today_there_is_none():
    found = drift(draw(), draw(moved=[("c", "orders", 0.6)], seed=2), FEATURES)
    assert alarm(found, pd.Timestamp("2026-01-01")) == [drift_found(found, pd.Timestamp("2026-01-01"))]
    assert "too few" not in drift_found(found, pd.Timestamp("2026-01-01"))
    assert alarm(None, pd.Timestamp("2026-01-01")) == []


def test_an_alarm_names_what_moved_and_nothing_else():
    found = drift(draw(), draw(moved=[("c", "orders", 0.6), ("b", "days", 0.35)], seed=2), FEATURES)
    said = drift_found(found, pd.Timestamp("2026-01-01"))
    assert said.startswith("Alarm: since 1 January 2026 means of groups have moved, in standard deviations: “c” by 0.5")
    assert "in orders; “b” by 0.3" in said
    assert "in other groups than" not in said


def test_few_who_are_far_are_not_counted_on_the_page():
    then = draw()
    now = Day(then.groups[:400].copy(), then.features[:400].copy())
    found = drift(then, now, FEATURES)
    assert 0 < found.unplaced.numerator < 10
    assert "fewer than 10 people are farther from the centre" in drift_found(found, pd.Timestamp("2026-01-01"))


def test_the_rule_says_its_bars():
    assert "5 points of all people" in drift_rule()
    assert "0.25 standard deviations" in drift_rule()
    assert "at least 2.0% of people farther from their group" in drift_rule()
    assert "learned in one season" in drift_rule()


def test_results_are_added_where_there_are_any(make_shop):
    shop = make_shop()
    whole, alone = Record(shop, "segmentation"), Record(shop, "segmentation")
    add_drift(whole, drift(draw(), draw(seed=2), FEATURES))
    add_drift(alone, drift(draw(20), draw(20, seed=2), FEATURES))
    assert [entry["key"].rpartition(".")[2] for entry in whole.entries] == ["share_moved", "largest_shift", "unplaced"]
    assert all(entry["lo"] <= entry["value"] <= entry["hi"] for entry in whole.entries)
    assert [entry["key"].rpartition(".")[2] for entry in alone.entries] == ["share_moved", "unplaced"]
