from __future__ import annotations

import pytest

from helpers.segmentation.leads.find import Leads
from helpers.segmentation.leads.judge import judge
from helpers.segmentation.leads.scores import score_people, without_scores
from helpers.segmentation.leads.ways import fit_ways
from tests.segmentation.leads.world import CUTOFFS, make_panel, make_people


@pytest.fixture(scope="session")
def panel():
    return make_panel(n=2_000, seed=1)


@pytest.fixture(scope="session")
def ways(panel):
    return fit_ways(panel.learning, panel.calibration, seed=1)


@pytest.fixture(scope="session")
def judged(ways, panel):
    return judge(ways, panel.test, draws=200, seed=1)


@pytest.fixture(scope="session")
def current():
    return make_people(n=2_200, seed=9, cutoff=CUTOFFS.as_of).drop(columns=["ordered", "truth"])


@pytest.fixture(scope="session")
def found(ways, panel, judged, current):
    return Leads(CUTOFFS.as_of, *score_people(current, ways["model"], panel), judged, CUTOFFS, "")


@pytest.fixture(scope="session")
def unscored(current):
    return Leads(CUTOFFS.as_of, *without_scores(current), None, None, "History spans 80 days.")


@pytest.fixture
def shop(make_shop):
    return make_shop()
