from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.segmentation.leads.panel import HORIZON_DAYS
from helpers.segmentation.leads.scores import points, score_people, usual_change


def test_a_score_is_the_probability_in_hundredths(found, ways, current):
    people = found.people
    assert people["probability"].tolist() == ways["model"].probability(current).tolist()
    assert (people["score"].astype(float) - 100 * people["probability"]).abs().max() <= 0.5
    assert people["score"].between(0, 100).all()
    assert (people["horizon_days"] == HORIZON_DAYS).all()


def test_the_percentile_is_a_place_and_no_probability(found):
    people = found.people.sort_values("probability")
    assert people["percentile"].is_monotonic_increasing
    assert people["percentile"].mean() == pytest.approx(50)
    assert len(people[["probability", "percentile"]].drop_duplicates()) == people["probability"].nunique()


def test_the_level_follows_what_was_tracked_of_them(found, current):
    levels = pd.Series(found.people["level"].to_numpy()).groupby(current["interactions"].to_numpy()).unique()
    assert {n: list(each) for n, each in levels.items()} == {3: ["low"], 12: ["medium"], 50: ["high"]}


def test_the_score_before_is_that_of_the_test_cutoff_by_the_same_model(found, ways, panel):
    before = points(panel.test, ways["model"])
    told = found.people.set_index("profile_id")["score_before"]
    assert told.dropna().astype(int).to_dict() == before[told.dropna().index].to_dict()
    assert set(told[told.isna()].index) == set(told.index) - set(before.index)
    assert told.isna().any()


def test_a_score_moves_that_changed_as_few_did_before(found):
    change = (found.people["score"] - found.people["score_before"]).astype("float64")
    expected = np.select(
        [change >= found.beyond, change <= -found.beyond, change.notna()], ["rising", "falling", "steady"], default=""
    )
    assert found.people["direction"].fillna("").tolist() == expected.tolist()
    assert set(expected) == {"rising", "falling", "steady", ""}


def test_nine_in_ten_changed_by_less_than_is_called_a_move():
    ids = [f"p{number}" for number in range(100)]
    earlier = pd.Series(10, index=ids)
    later = earlier + np.repeat([6, -14, 30], [80, 10, 10])
    assert usual_change(earlier, later) == 15
    assert usual_change(earlier, later + 40) == 47
    assert usual_change(earlier, later.rename(lambda each: each + "x")) == 5  # nobody was active both times
    assert usual_change(earlier, earlier) == 5


@pytest.mark.parametrize("n", [1, 2, 3, 9, 10, 12, 55, 102])
def test_they_are_no_fewer_than_nine_in_ten_however_many_there_are(n):
    earlier, change = pd.Series(10, index=range(n)), 10 + np.arange(n)
    assert (change < usual_change(earlier, earlier + change)).mean() >= 0.9


def test_who_is_in_state_declining_is_flagged(found, current, unscored):
    assert found.people["declining"].tolist() == (current["state"] == "declining").tolist()
    assert unscored.people["declining"].sum() == found.people["declining"].sum() > 0


def test_nobody_active_is_no_trouble(ways, panel, current):
    assert len(score_people(current.head(0), ways["model"], panel).people) == 0
