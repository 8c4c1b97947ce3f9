from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from xgboost import DMatrix, XGBClassifier

from helpers.churn import FEATURES
from helpers.churn.decisions.families import FAMILIES, FAMILY_NAMES
from helpers.churn.decisions.reasons import contribute, first_reasons, reasons, top_reasons
from helpers.churn.decisions.sentences import sentence
from helpers.datasets.tables.churn_decisions import CHURN_REASONS


def grow(people, seed=1):
    model = XGBClassifier(n_estimators=60, max_depth=3, subsample=0.8, random_state=seed, n_jobs=1)
    return model.fit(people[FEATURES].to_numpy(float), people["churned"]).get_booster()


@pytest.fixture(scope="module")
def model(training):
    return grow(training)


def test_every_feature_is_of_one_family_and_every_family_has_a_name():
    columns = [column for family in FAMILIES.values() for column in family]
    assert sorted(columns) == sorted(FEATURES)
    assert FAMILIES.keys() == FAMILY_NAMES.keys()


def test_what_families_add_is_the_score(model, later_people):
    found = contribute(model, later_people)
    margin = model.predict(DMatrix(later_people[FEATURES].to_numpy(float)), output_margin=True)
    assert found.margin == pytest.approx(margin, abs=1e-4)
    assert found.families.mean().to_numpy() == pytest.approx(0, abs=1e-9)


def test_the_columns_of_a_family_are_added(model, later_people):
    parts = model.predict(DMatrix(later_people[FEATURES].to_numpy(float)), pred_contribs=True)
    own = parts[:, [FEATURES.index(column) for column in FAMILIES["silence"]]].sum(axis=1)
    assert contribute(model, later_people).families["silence"].to_numpy() == pytest.approx(own - own.mean(), abs=1e-5)


def test_where_one_family_alone_matters_it_is_the_first_reason(training, later_people):
    rng = np.random.default_rng(5)
    gone = rng.random(len(training)) < np.where(training["revenue_90d"] > 3, 0.2, 0.8)
    first = first_reasons(contribute(grow(training.assign(churned=gone.astype(int))), later_people))
    spent_little = (later_people["revenue_90d"] < 2.5).to_numpy()
    assert (first[spent_little] == "spend").mean() > 0.9


def test_reasons_are_up_to_three_for_no_order_and_the_strongest_against_it(model, later_people):
    rows = reasons(model, later_people, currency="EUR")
    assert list(rows.columns) == CHURN_REASONS.column_names
    assert not rows.duplicated(list(CHURN_REASONS.key)).any()
    up, down = (rows[rows["direction"] == name] for name in ("up", "down"))
    assert (up["contribution"] > 0).all()
    assert (down["contribution"] < 0).all()
    assert set(up["rank"]) == {1, 2, 3}
    assert (down["rank"] == 1).all()
    assert (up.groupby("profile_id")["contribution"].diff().dropna() <= 0).all()
    families = contribute(model, later_people).families
    strongest = families.set_index(later_people["profile_id"]).min(axis=1)
    assert down.set_index("profile_id")["contribution"].to_dict() == pytest.approx(strongest[strongest < 0].to_dict())


def test_first_and_top_reasons_are_those_that_are_told(model, later_people):
    found, rows = contribute(model, later_people), reasons(model, later_people, currency="EUR")
    up = rows[rows["direction"] == "up"]
    told = up[up["rank"] == 1].set_index("profile_id")["family"].reindex(later_people["profile_id"]).fillna("none")
    assert first_reasons(found).tolist() == told.tolist()
    sets = up.groupby("profile_id")["family"].agg(frozenset).reindex(later_people["profile_id"])
    assert [each if isinstance(each, frozenset) else frozenset() for each in sets] == top_reasons(found)


def test_nobody_has_no_reasons(model, later_people):
    assert reasons(model, later_people.iloc[:0], currency="EUR").empty


PERSON = dict.fromkeys(FEATURES, 0.0) | {
    "days_since_last_order": 64.0,
    "mean_gap_days_observed": 21.4,
    "orders_count": 1.0,
    "orders_90d": 1.0,
    "revenue_total": 1_234.5,
    "revenue_90d": 99.6,
    "active_days_30d": 1.0,
    "events_90d": 12.0,
    "support_events_90d": 2.0,
    "tenure_days": 400.0,
    "T_days": 380.0,
}


@pytest.mark.parametrize(
    ("family", "said"),
    [
        ("silence", "last order 64 days ago; usual gap 21 days"),
        ("frequency", "1 order so far, 1 in the last 90 days"),
        ("spend", "spent €1,234 so far, €100.00 in the last 90 days"),
        ("activity", "active on 1 day of the last 30; 12 events in 90 days"),
        ("support", "2 contacts with support in the last 90 days"),
        ("tenure", "known for 400 days, first order 380 days ago"),
    ],
)
def test_a_reason_carries_the_persons_own_figures(family, said):
    assert sentence(family, PERSON, currency="EUR") == said


def test_what_is_not_known_is_not_told():
    unknown = PERSON | {"mean_gap_days_observed": np.nan, "support_events_90d": np.nan}
    assert sentence("silence", unknown, currency="EUR") == "last order 64 days ago"
    assert sentence("support", unknown, currency="EUR") == "contacts with support are not known"


def test_a_reason_does_not_depend_on_the_order_of_people(model, later_people):
    mixed = later_people.sample(frac=1, random_state=3)
    one, other = (
        reasons(model, people, currency="EUR").sort_values(list(CHURN_REASONS.key), ignore_index=True)
        for people in (later_people, mixed)
    )
    pd.testing.assert_frame_equal(one, other)
