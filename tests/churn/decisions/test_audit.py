from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.special import expit, logit
from scipy.stats import chi2

from helpers.churn.decisions.audit import SMALLER, as_frame, audit, overall_gap
from helpers.churn.decisions.chances import auc_and_error
from helpers.churn.decisions.groups import ACTIVITY
from helpers.datasets.tables.churn_decisions import CHURN_GROUPS
from helpers.statistics import auc


def world(n=3_000, *, shift=0.0, everybody=0.0, seed=1):
    """People in three groups by lot; of the first, `shift` more (in logits) than is said do not order."""
    rng = np.random.default_rng(seed)
    said = rng.beta(2, 3, n)
    group = rng.choice(["app", "pos", "web"], n)
    truth = expit(logit(said) + everybody + shift * (group == "app"))
    return (rng.random(n) < truth).astype(int), said, pd.DataFrame({"channel": group})


def found_in(churned, said, groups, **kwargs):
    return audit(churned, said, said >= 0.5, groups, **({"draws": 50, "seed": 1} | kwargs))


def test_measures_are_those_of_the_groups_own_people():
    churned, said, groups = world()
    for each in found_in(churned, said, groups):
        own = (groups["channel"] == each.name).to_numpy()
        assert (each.base_rate.n, each.base_rate.numerator) == (own.sum(), churned[own].sum())
        assert each.gap.value == pytest.approx(said[own].mean() - churned[own].mean())
        assert each.gap.lo < each.gap.value < each.gap.hi
        assert each.auc.value == pytest.approx(float(auc(churned[own], said[own])))
        assert each.flagged.numerator == (said[own] >= 0.5).sum()
        assert each.precision.value == pytest.approx(churned[own & (said >= 0.5)].mean())


def test_a_group_that_is_misjudged_is_found_and_a_fair_world_is_quiet():
    found = found_in(*world(shift=0.6))
    worst = min(found, key=lambda each: each.gap_p)  # the others are off too, against an everybody that holds it
    assert (worst.name, worst.misjudged) == ("app", True)
    assert worst.gap.value == min(each.gap.value for each in found)
    assert not any(each.misjudged or each.ranked_otherwise for each in found_in(*world()))


def test_what_is_wrong_for_everybody_is_no_groups_fault():
    churned, said, groups = world(everybody=0.8)
    assert overall_gap(churned, said).hi < -0.1
    assert not any(each.misjudged for each in found_in(churned, said, groups))


def test_the_score_test_is_near_the_likelihood_ratio():
    churned, said, groups = world(shift=0.3)
    offset, own = logit(said), (groups["channel"] == "app").to_numpy(float)
    one = np.ones(len(own))
    models = [
        sm.GLM(churned, columns, family=sm.families.Binomial(), offset=offset).fit()
        for columns in (one, np.column_stack([one, own]))
    ]
    ratio = 2 * (models[1].llf - models[0].llf)
    groups = groups.assign(channel=np.where(own == 1, "app", "other"))
    app, _ = found_in(churned, said, groups)
    asked = 4  # both groups, calibration and ranking
    assert app.gap_p == pytest.approx(min(1, asked * chi2.sf(ratio, 1)), rel=0.15)


def test_a_group_whose_people_cannot_be_told_apart_is_ranked_otherwise():
    churned, said, groups = world()
    lost = (groups["channel"] == "web").to_numpy()
    said[lost] = np.random.default_rng(3).permutation(said[lost])
    assert [
        each.name for each in found_in(churned, said, groups) if each.ranked_otherwise and each.auc.value < 0.6
    ] == ["web"]


def test_small_groups_are_put_together_with_larger_ones_until_they_are_ten():
    churned, said, _ = world(n=200)
    names = np.repeat(["rare", "some", "many"], [4, 40, 156])
    found = found_in(churned, said, pd.DataFrame({"channel": names}))
    assert {each.name: each.base_rate.n for each in found} == {"many": 156, SMALLER: 44}
    assert found[-1].name == SMALLER


def test_groups_come_in_the_order_of_their_categories():
    churned, said, groups = world()
    ordered = pd.DataFrame({"channel": pd.Categorical(groups["channel"], ["web", "app", "pos"])})
    assert [each.name for each in found_in(churned, said, ordered)] == ["web", "app", "pos"]


def test_too_few_to_tell_are_not_asked():
    churned, said, _ = world(n=500)
    names = np.where(np.arange(500) < 12, "few", "many")
    few = next(each for each in found_in(churned, said, pd.DataFrame({"x": names})) if each.name == "few")
    assert (few.gap_p, few.auc_p) == (None, None)
    assert few.base_rate.n == 12


def test_a_group_of_one_outcome_has_no_auc():
    churned, said, _ = world(n=500)
    churned[:50] = 0
    names = np.where(np.arange(500) < 50, "loyal", "others")
    loyal = found_in(churned, said, pd.DataFrame({"x": names}))[0]
    assert loyal.auc is None
    assert loyal.base_rate.value == 0


def test_groups_fill_their_table():
    rows = as_frame(found_in(*world()))
    assert list(rows.columns) == CHURN_GROUPS.column_names
    assert not rows.duplicated(list(CHURN_GROUPS.key)).any()
    assert set(rows["metric"]) == {"base_rate", "gap", "auc", "flagged", "precision"}
    assert as_frame([]).empty


def test_the_error_of_an_auc_is_that_of_many_samples():
    samples = [world(n=400, seed=seed)[:2] for seed in range(300)]
    found = np.array([auc_and_error(*sample) for sample in samples])
    assert found[0, 0] == pytest.approx(float(auc(*samples[0])))
    assert found[:, 1].mean() == pytest.approx(found[:, 0].std(), rel=0.1)


def test_whether_a_group_is_worse_is_told_from_all_others():
    """Two groups with little order within, yet far apart, are together ranked better than the third."""
    rng = np.random.default_rng(5)
    group = np.repeat(["gone", "here", "mixed"], 2_000)
    churned = (rng.random(6_000) < np.repeat([0.9, 0.1, 0.5], 2_000)).astype(int)
    apart = np.repeat([0.3, 0.3, 1.0], 2_000) * churned + np.repeat([2.5, -2.5, 0.0], 2_000)
    score = expit(apart + rng.normal(size=churned.size))
    found = {each.name: each for each in found_in(churned, score, pd.DataFrame({"tier": group}))}
    own = group == "mixed"
    mixed = found["mixed"]
    assert mixed.auc.value > max(found["gone"].auc.value, found["here"].auc.value)
    assert mixed.auc_gap == pytest.approx(float(auc(churned[own], score[own]) - auc(churned[~own], score[~own])))
    assert mixed.ranked_worse


def test_how_people_are_ranked_is_not_asked_of_tenths_by_activity():
    churned, said, groups = world()
    found = found_in(churned, said, groups.rename(columns={"channel": ACTIVITY}))
    assert [each.auc_p for each in found] == [None] * 3
    assert all(each.gap_p is not None and each.auc is not None for each in found)


def test_without_a_policy_nobody_is_flagged():
    churned, said, groups = world(n=500)
    found = audit(churned, said, None, groups, draws=10, seed=1)
    assert {(each.flagged, each.precision) for each in found} == {(None, None)}
    assert set(as_frame(found)["metric"]) == {"base_rate", "gap", "auc"}
