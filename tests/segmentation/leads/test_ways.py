from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from helpers.segmentation.leads.features import DIRECTIONS, DOWN, FEATURES, UP, matrix
from helpers.segmentation.leads.ways import RULES, WAYS, fit_ways, seen_by_svm
from helpers.statistics import auc, calibration_intercept, calibration_slope
from tests.segmentation.leads.world import make_panel, make_people


@pytest.fixture(scope="module")
def many():
    return make_people(n=20_000, seed=77)


@pytest.mark.parametrize("way", WAYS)
def test_a_probability_is_one_and_rises_with_the_rank(way, ways, many):
    probability, rank = ways[way].probability(many), ways[way].rank(many)
    assert 0 < probability.min() <= probability.max() < 1
    assert (np.diff(probability[np.argsort(rank, kind="stable")]) >= 0).all()


def test_what_the_model_says_happens_as_often(ways, many):
    said = ways["model"].probability(many)
    assert float(calibration_slope(many["ordered"], said)) == pytest.approx(1, abs=0.15)
    assert float(calibration_intercept(many["ordered"], said)) == pytest.approx(0, abs=0.15)
    assert np.abs(said - many["truth"]).mean() < 0.06


def test_the_model_ranks_at_least_as_well_as_the_rules(ways, many):
    ranked = {name: float(auc(many["ordered"], way.rank(many))) for name, way in ways.items()}
    assert ranked["model"] > max(ranked[rule] for rule in RULES)
    assert min(ranked.values()) > 0.55


@pytest.mark.parametrize("feature", [*UP, *DOWN])
def test_more_engagement_of_any_kind_never_lowers_a_score(feature, ways, many):
    some = many.head(2_000)
    rank = ways["model"].rank(some)
    for step in (0.5, 1, 3, 30):
        known = some[feature].astype(float)
        more = known.fillna(0) + step if feature in UP else (known.fillna(400) - step).clip(lower=0)
        assert (ways["model"].rank(some.assign(**{feature: more})) >= rank).all()


def test_many_kinds_at_once_raise_it(ways, many):
    some = many.head(2_000)
    more = some.assign(active_days_30d=some["active_days_30d"] + 10)
    assert (ways["model"].probability(more) > ways["model"].probability(some)).mean() > 0.5


def test_without_a_direction_a_score_would_fall_somewhere(monkeypatch, many):
    panel = make_panel(n=1_000, seed=4)
    monkeypatch.setitem(fit_ways.__globals__["_TREES"], "monotone_constraints", tuple(0 for _ in DIRECTIONS))
    free = fit_ways(panel.learning, panel.calibration, seed=1)["model"]
    some = many.head(2_000)
    falls = [(free.rank(some.assign(**{feature: some[feature] + 3})) < free.rank(some)).any() for feature in UP]
    assert any(falls)


def test_the_rules_have_a_probability_of_one_logistic_feature(ways, panel, many):
    for rule, column, sign in (("recency", "days_since_last_order", -1), ("frequency", "orders_90d", 1)):
        value = {
            name: each[column].fillna(each["tenure_days"]) for name, each in (("c", panel.calibration), ("m", many))
        }
        assert ways[rule].rank(many) == pytest.approx(sign * np.log1p(value["m"]))
        logit = sm.Logit(panel.calibration["ordered"], sm.add_constant(np.log1p(value["c"]))).fit(disp=0)
        theirs = logit.predict(sm.add_constant(np.log1p(value["m"])))
        assert ways[rule].probability(many) == pytest.approx(theirs, abs=0.003)  # theirs is without Platt's targets


@pytest.mark.parametrize("kind", [0, 1])
def test_the_svm_learns_of_both_kinds_however_rare_one_is(kind, many):
    rare = many.assign(ordered=np.where(np.arange(len(many)) % 10_000 == 0, kind, 1 - kind))
    for seed in range(3):
        assert len(np.unique(WAYS["svm"](rare, seed)(many.head(500)))) > 1


@pytest.mark.parametrize(
    ("kinds", "seen"),
    [
        ((900, 800), (900, 800)),
        ((9_900, 100), (2_900, 100)),
        ((100, 9_900), (100, 2_900)),
        ((5_000, 5_000), (1_500, 1_500)),
    ],
)
def test_the_svm_sees_all_of_the_rarer_kind_up_to_half(kinds, seen):
    ordered = np.repeat([0, 1], kinds)
    rows = seen_by_svm(ordered, 1)
    assert tuple(np.bincount(ordered[rows])) == seen
    assert len(set(rows)) == len(rows)


def test_equal_seeds_give_equal_scores_whatever_the_ids(panel, many):
    again = [fit_ways(panel.learning, panel.calibration, seed=3) for _ in range(2)]
    renamed = panel.learning.assign(profile_id=panel.learning["profile_id"] + "x", state="quiet", interactions=0)
    again.append(fit_ways(renamed, panel.calibration, seed=3))
    for name in WAYS:
        one, two, three = (ways[name].probability(many).tolist() for ways in again)
        assert one == two == three


def test_what_nobody_ever_did_or_all_did_alike_is_no_trouble(panel, many):
    blank = {"learning": None, "calibration": None}
    for name in blank:
        people = getattr(panel, name)
        blank[name] = people.assign(
            **dict.fromkeys(("web_events_30d", "days_since_web", "mean_gap_days_observed"), np.nan)
        )
    ways = fit_ways(blank["learning"], blank["calibration"], seed=1)
    assert all(np.isfinite(way.probability(many)).all() for way in ways.values())


def test_a_feature_never_done_stands_with_the_fewest_and_the_longest_ago(many):
    known = matrix(many.assign(web_events_7d=np.nan))
    assert (known[:, FEATURES.index("web_events_7d")] == 0).all()
    never = many["days_since_web"].isna().to_numpy()
    days = known[:, FEATURES.index("days_since_web")]
    assert days[never].min() > days[~never].max()
    assert np.isnan(known[:, FEATURES.index("mean_gap_days_observed")]).any()
