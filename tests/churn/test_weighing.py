from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from helpers.churn import climb
from helpers.churn import saved as module
from helpers.churn.activity import activity_tenths, person_tenths
from helpers.churn.lesson import Lesson, Scores
from helpers.churn.rungs import RUNGS
from helpers.churn.weighing import EVEN, PER_PERSON, PLAIN, SCHEMES, choose, weigh, weights_of
from helpers.statistics import Estimate, brier

from .conftest import halves_of, make_panel, make_people

TAKE_WEIGHTS = ["recency", "frequency", "tree", "logistic", "xgboost"]


def rows_of(*, n=3_000, seed=1, busy_law=1.0):
    """People at three cutoffs, the busier half at all of them, the others at the last alone.

    Of the busier the features say `busy_law` times what they say of the others.
    """
    rng = np.random.default_rng(seed)
    people = make_people(n=n, seed=seed).drop(columns="churned")
    people["events_90d"] = rng.permutation(np.arange(n)).astype(float)
    rows = pd.concat([people.assign(cutoff=cutoff) for cutoff in (1, 2, 3)], ignore_index=True)
    busy = rows["events_90d"] >= n / 2
    says = np.where(busy, busy_law, 1.0) * (rows["days_since_last_order"] - 150) / 75
    rows["churned"] = (rng.random(len(rows)) < expit(says)).astype(int)
    return rows[busy | (rows["cutoff"] == 3)].reset_index(drop=True)


def lesson_of(rows, weights=None):
    return Lesson(rows, {}, 0, 90, 1, weights)


def test_each_person_counts_once():
    rows = rows_of()
    weights = weights_of(rows, PER_PERSON)
    totals = pd.Series(weights).groupby(rows["profile_id"]).sum()
    assert weights.mean() == pytest.approx(1)
    assert totals.to_numpy() == pytest.approx(totals.iloc[0])


def test_each_tenth_of_people_counts_alike():
    rows = rows_of()
    weights = weights_of(rows, EVEN)
    totals = np.bincount(person_tenths(rows), weights)[1:]
    assert weights.mean() == pytest.approx(1)
    assert totals == pytest.approx(totals[0])
    assert weights_of(rows, PLAIN) is None


def test_a_person_is_of_one_tenth_at_all_cutoffs():
    rows = rows_of()
    assert pd.Series(person_tenths(rows)).groupby(rows["profile_id"]).nunique().eq(1).all()


def test_where_the_busy_keep_to_another_law_weights_are_chosen():
    found = weigh(halves_of(rows_of(busy_law=-1.0)), draws=200)
    assert found.used in SCHEMES
    assert found.changes[found.used, "lower"].hi < 0


def test_where_all_keep_to_one_law_none_are():
    found = weigh(halves_of(rows_of()), draws=200)
    assert found.used == PLAIN
    assert set(found.changes) == {(scheme, part) for scheme in SCHEMES for part in ("lower", "all")}


def test_where_all_are_as_active_as_each_other_none_are():
    rows = rows_of(n=400).assign(events_90d=1.0, events_30d=0.0, orders_count=1.0)
    found = weigh(halves_of(rows[rows["cutoff"] == 3]), draws=50)
    assert found.used == PLAIN
    assert found.changes[EVEN, "lower"].value == pytest.approx(0, abs=1e-12)


def test_what_is_tried_was_learned_from_other_people(monkeypatch):
    seen = []

    class Constant:
        def __init__(self, lesson):
            self.learned = set(lesson.training["profile_id"])

        def scores(self, people):
            seen.append(bool(self.learned & set(people["profile_id"])))
            return Scores(*np.full((2, len(people)), 0.5))

    monkeypatch.setattr("helpers.churn.weighing.fit_logistic", Constant)
    weigh(halves_of(rows_of(n=300)), draws=10)
    assert seen == [False] * 6  # two halves, three schemes


def difference(value, lo, hi):
    return Estimate(value, lo, hi, 0.95, 100, "made up")


@pytest.mark.parametrize(
    ("per_person", "even", "all_people", "used"),
    [
        ((-0.02, -0.03, -0.01), (-0.03, -0.04, -0.02), (0.0, -0.01, 0.01), EVEN),
        ((-0.02, -0.03, -0.01), (0.0, -0.01, 0.01), (0.0, -0.01, 0.01), PER_PERSON),
        ((-0.02, -0.03, -0.01), (-0.03, -0.04, -0.02), (0.02, 0.01, 0.03), PLAIN),  # others pay for it
        ((-0.001, -0.0015, -0.0005), (0.0, -0.01, 0.01), (0.0, -0.01, 0.01), PLAIN),  # too little to notice
        ((-0.02, None, None), (-0.03, -0.07, 0.01), (0.0, -0.01, 0.01), PLAIN),
    ],
)
def test_the_rule_takes_what_helps_the_less_active_and_harms_nobody(per_person, even, all_people, used):
    changes = {
        (PER_PERSON, "lower"): difference(*per_person),
        (EVEN, "lower"): difference(*even),
        (PER_PERSON, "all"): difference(*all_people),
        (EVEN, "all"): difference(*all_people),
    }
    assert choose(changes, 0.2) == used


@pytest.mark.parametrize("rung", ["tree", "logistic", "xgboost"])
def test_who_counts_for_more_is_followed(rung):
    rows = rows_of(busy_law=-1.0)
    busy = (rows["events_90d"] >= 1_500).to_numpy()
    silent = rows[(rows["days_since_last_order"] > 250) & (rows["cutoff"] == 3)]
    silent = silent.assign(events_90d=1_500.0)  # so that trees cannot tell the halves apart
    rows = rows.assign(events_90d=1_500.0)
    said = [
        RUNGS[rung](lesson_of(rows, np.where(busy, each, 2 - each))).scores(silent).probability.mean()
        for each in (1.999, 0.001)
    ]
    assert said[0] < 0.3
    assert said[1] > 0.7


@pytest.mark.parametrize("rung", TAKE_WEIGHTS)
def test_weights_of_one_change_not_a_bit(rung):
    rows = rows_of(n=800)
    rungs = [RUNGS[rung](lesson_of(rows, weights)) for weights in (None, np.ones(len(rows)))]
    said = [each.scores(rows).probability.tolist() for each in rungs]
    assert said[0] == said[1]


@pytest.mark.parametrize("rung", ["recency", "frequency"])
def test_a_row_of_weight_two_is_two_rows(rung):
    rows = rows_of(n=800)
    twice = np.where(rows["orders_count"] > 3, 2, 1)
    lessons = lesson_of(rows, 1.0 * twice), lesson_of(rows.loc[rows.index.repeat(twice)])
    said = [RUNGS[rung](each).scores(rows).probability for each in lessons]
    assert said[0] == pytest.approx(said[1])


def test_a_leaf_says_the_share_by_weight():
    rows = rows_of()
    weights = weights_of(rows, PER_PERSON)
    said = RUNGS["tree"](lesson_of(rows, weights)).scores(rows).probability
    for each in np.unique(said):
        leaf = said == each
        assert each == pytest.approx((weights[leaf] @ rows["churned"][leaf] + 1) / (weights[leaf].sum() + 2))


@pytest.fixture(scope="module")
def worlds():
    """Ladders of one world whose busier half keeps to another law, with the weights chosen and without any."""
    panel = make_panel(training=rows_of(busy_law=-1.0), test=rows_of(busy_law=-1.0, seed=2).query("cutoff == 3"))
    weighing = climb(panel, draws=100, seed=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("helpers.churn.weighing.choose", lambda changes, error: PLAIN)
        return panel, weighing, climb(panel, draws=100, seed=1)


@pytest.mark.parametrize("mended", [True, False])
def test_where_the_busiest_teach_wrongly_the_less_active_are_judged_better(worlds, mended):
    panel, weighing, plain = worlds
    assert weighing.populations["all"].weighing.used in SCHEMES
    lower = panel.test[activity_tenths(panel.test) <= 5]
    models = (each.populations["all"].models["logistic"] for each in (weighing, plain))
    said = [(each if mended else each.rung).scores(lower).probability for each in models]
    with_weights, without = (brier(lower["churned"], each) for each in said)
    assert with_weights < 0.95 * without


def test_lessons_are_weighted_by_their_own_people(worlds, monkeypatch):
    panel, weighing, _ = worlds
    taught = []

    def seen(lesson):
        taught.append(lesson)
        return RUNGS["recency"](lesson)

    monkeypatch.setattr("helpers.churn.judge.RUNGS", {"recency": seen})
    climb(panel._replace(training=panel.training.assign(active=False)), draws=50, seed=1)
    assert len(taught) == 3  # either half of the people, and all of them
    for each in taught:
        own = weights_of(each.training, weighing.populations["all"].weighing.used)
        assert each.weights.tolist() == own.tolist()


def test_metadata_name_the_weights_and_versions_differ(worlds):
    panel, *ladders = worlds
    weighing, plain = (module.collect(each, panel, dataset="tiny", seed=1) for each in ladders)
    named = weighing.about["populations"]["all"]["weights"]
    assert named == ladders[0].populations["all"].weighing.used != PLAIN
    assert plain.about["populations"]["all"]["weights"] == PLAIN
    assert weighing.version != plain.version
