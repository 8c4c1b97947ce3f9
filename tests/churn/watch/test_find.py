"""Watched are the people that decide, by the model in use, beside the rule."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.churn import FEATURES, members
from helpers.churn.cutoffs import watched_days
from helpers.churn.saved import collect
from helpers.churn.watch import look
from helpers.statistics import auc
from tests.churn.conftest import CUTOFFS, make_people

MANY = {"then": 200, "now": 300}


@pytest.fixture(scope="module")
def models(climbed, panel):
    return collect(climbed, panel, dataset="tiny", seed=1)


@pytest.fixture(scope="module")
def watching(panel):
    """The panel with people on all days; on those of now there are more."""
    days = watched_days(CUTOFFS)._asdict()
    rows = [
        make_people(n=MANY[when], seed=100 + place, cutoff=day)
        for when, own in days.items()
        for place, day in enumerate(own)
    ]
    return panel._replace(watched=pd.concat(rows, ignore_index=True).drop(columns="churned"))


@pytest.fixture
def shop(make_shop):
    """Keeps table `drift`; it has no log."""
    return make_shop()


def on_a_mean_day(people):
    return tuple(len(people[people["cutoff"].isin(own)]) / len(own) for own in watched_days(CUTOFFS))


def test_the_people_that_decide_are_watched_beside_the_rule(shop, watching, models):
    found = look(shop, watching, models, draws=50)
    assert models.about["headline"] == "active"
    assert found.inputs.people == found.scores.people == on_a_mean_day(members(watching.watched, "active"))
    test = members(watching.test, "active")
    said, silence = models.models["active"][models.rung].scores(test).probability, test["days_since_last_order"]
    assert found.matured.observed.n == len(test)
    assert found.matured.predicted == pytest.approx(said.mean())
    over = auc(test["churned"], said) - auc(test["churned"], silence)
    assert found.matured.over_rule.value == pytest.approx(float(over))
    assert shop.table("drift").count().to_pyarrow().as_py() == len(FEATURES) + 1


def test_where_nobody_that_decides_is_there_all_customers_are_watched(shop, watching, models):
    gone = watching.watched["cutoff"].isin(watched_days(CUTOFFS).now)
    quiet = watching._replace(watched=watching.watched.assign(active=watching.watched["active"] & ~gone))
    found = look(shop, quiet, models, draws=50)
    assert found.inputs.people == tuple(MANY.values())
    assert found.matured.observed.n == len(watching.test)
