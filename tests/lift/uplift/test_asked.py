"""Whether an experiment says whom to target, and its rows of a table."""

import pytest

from helpers.datasets.tables.lift import LIFT_UPLIFT
from helpers.lift.readout import readout
from helpers.lift.sums import Sample
from helpers.lift.uplift import Targeted, as_frame, refused, whom
from helpers.statistics import Moments
from tests.lift.uplift.test_words import RULE, judged

SUMS = {Sample("email", arm, "visit"): Moments(500, 100, 100) for arm in ("none", "mens")}
VISIT = {"name": "visit", "kind": "conversion", "event": "Page Viewed"}


@pytest.fixture
def split(log):
    """Arms that may be read."""
    return log.exposed("a", "2", "none").exposed("b", "2", "mens")


def test_whom_to_target_is_asked_at_the_end(split, experiment, night):
    declared = experiment(metric=[VISIT])
    readings = readout(SUMS, [declared])
    assert refused(night(declared, readings)) == ""
    assert refused(night(declared, readings, over=False)) == "Whom to target in email is told at the planned end."
    assert whom(None, None, night(declared, readings, over=False), draws=100, seed=1) == []
    few = [each._replace(estimate=None) if each.arm == "none" else each for each in readings]
    assert refused(night(declared, few)).endswith("an arm would tell of fewer than 10 people.")


@pytest.mark.parametrize(
    "changes",
    [
        {"metric": [VISIT | {"direction": "down"}]},
        {"metric": [{"name": "visit", "kind": "ratio", "numerator": "revenue", "denominator": "Order Completed"}]},
        {"metric": [VISIT], "unit": "session"},
    ],
)
def test_it_is_asked_of_people_by_a_goal_of_which_more_is_better(split, experiment, night, changes):
    tonight = night(experiment(), [])._replace(experiment=experiment(**changes))
    assert "asked only where people were assigned one by one" in refused(tonight)


def test_nobody_is_targeted_by_an_experiment_that_must_not_be_read(log, experiment, night):
    for person in range(100):
        log.exposed(f"p{person}", "2", "mens" if person else "none")
    assert refused(night(experiment(), [])).startswith("Whom to target in email is not told: its arms are not as large")


def test_each_way_has_its_rows():
    frame = as_frame({"email": [Targeted("mens", judged()), Targeted("womens", None, "Too few.")]})
    assert list(frame.columns) == LIFT_UPLIFT.column_names
    assert set(frame["arm"]) == {"mens"}
    counts = frame["scale"].value_counts().to_dict()
    assert counts == {"area": 5, "policy": 5, "beyond_rule": 3}
    area = frame[(frame["way"] == RULE) & (frame["scale"] == "area")].iloc[0]
    assert (area["value"], area["chance"]) == (judged().areas[RULE].value, judged().chance[RULE])
    assert not frame.duplicated(list(LIFT_UPLIFT.key)).any()
    assert as_frame({}).empty
