"""The detector adds up what its model says of silences and visits; its thresholds keep to the budget."""

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from scipy import stats

from helpers.profiles.states import detector, lifecycle, thresholds
from tests.profiles.states.test_lifecycle import Told, rows_of
from tests.profiles.states.worlds import visits


def scored(*gone, events=2.0, time=20.0):
    """The detector's path over gaps of one person, at midnights far within one half-life of each other."""
    rows = pd.DataFrame({"profile_id": "p", "turn": range(len(gone) + 1), "gone": [*gone, None]})
    rows = rows.assign(number=0.0, first=0.0, prior_events=events, prior_time=time).astype({"gone": "float64"})
    table = ibis.memtable(pa.Table.from_pandas(rows, preserve_index=False))
    found = detector.scored(table)
    return found.mutate(peak=detector.peak(found)).order_by("turn").to_pyarrow().to_pandas()


def test_a_silence_weighs_as_the_ratio_of_what_both_models_foresee():
    a, b, silence, fall = 3.0, 30.0, 25.0, detector.FALL
    found = scored(silence, events=a, time=b)
    # No visit in a silence, when the rate is gamma: a Lomax distribution of gaps.
    usual, fallen = (stats.lomax(a, scale=b / share) for share in (1, fall))
    assert found["peak"][0] == pytest.approx(np.log(fallen.sf(silence) / usual.sf(silence)))
    after = np.log(fallen.pdf(silence) / usual.pdf(silence))
    assert found["score"][1] == pytest.approx(max(after, 0), abs=1e-5)


def test_each_gap_teaches_the_rhythm():
    found = scored(5.0, 7.0, events=2.0, time=20.0)
    assert found["a"].tolist() == [2, 3, 4]
    assert found["b"].tolist() == [20, 25, 32]


def test_a_visit_in_time_takes_the_score_down_but_never_below_nothing():
    found = scored(60.0, 1.0, 1.0, 1.0, events=20.0, time=200.0)
    assert found["score"][1] > found["score"][2] >= found["score"][3] >= 0
    assert scored(1.0, 1.0)["score"].tolist() == [0, 0, 0]


def test_whoever_comes_back_after_a_churned_ones_silence_begins_anew():
    found = scored(80.0, 200.0, 3.0, events=20.0, time=200.0)
    assert found["score"][1] > 0
    assert found["score"][2] == 0
    assert found["era"].tolist() == [0, 0, 1, 1]


def test_the_crossing_is_where_the_peak_reaches_the_threshold():
    rows = scored(40.0, events=20.0, time=200.0).iloc[:1].assign(threshold=4.0)
    table = ibis.memtable(pa.Table.from_pandas(rows[["score", "a", "b", "threshold"]], preserve_index=False))
    reached = table.select(s=detector.crossing(table)).to_pyarrow()["s"][0].as_py()
    assert scored(reached, events=20.0, time=200.0)["peak"][0] == pytest.approx(4.0)
    never = table.mutate(threshold=ibis.literal(1e6))
    assert never.select(s=detector.crossing(never)).to_pyarrow()["s"][0].as_py() is None


@pytest.fixture(scope="module")
def steady():
    return Told(visits(800, days=500, gap=(4, 9)))


def test_entries_that_set_thresholds_are_those_of_the_lifecycle(steady):
    rows = lifecycle.declines(steady.rows, steady.learned, steady.clocks)
    rows = rows.mutate(peak=detector.peak(rows)).to_pyarrow().to_pandas().sort_values(["profile_id", "turn"])
    closed = rows["after"].notna()
    scores = rows["peak"].to_numpy(), rows["score"].to_numpy()
    found = thresholds._entries(scores, thresholds._begins(rows), rows["threshold"].to_numpy()) & closed
    told = (rows["declining_at"] <= rows["after"]) & ~rows["is_on"]
    # For thresholds the day of the next visit belongs to the silence; at the midnight before it, nobody knows yet.
    missed = rows[found & ~told]
    assert found.sum() > 30
    assert (missed["crossed_at"] <= missed["after"] + 2).all()
    assert len(missed) < 0.2 * found.sum()
    # Who was missed once may be told of the next time.
    assert set(rows.loc[told & ~found, "profile_id"]) <= set(missed["profile_id"])


def test_people_who_never_change_are_rarely_told_of_a_decline(steady):
    rows = lifecycle.declines(steady.rows, steady.learned, steady.clocks).to_pyarrow().to_pandas()
    rows = rows[rows["number"] - rows["first"] > 90]
    last = rows["after"].fillna(steady.until)
    years = (last - rows["number"]).sum() / 365.25
    entries = ((rows["declining_at"] <= last) & ~rows["is_on"]).sum()
    assert years > 500
    assert 0.02 < entries / years <= thresholds.BUDGET


def test_a_smaller_budget_asks_for_more(steady):
    shown = steady.clocks.frame
    strict, loose = (thresholds.thresholds(steady.rows, shown, budget) for budget in (0.02, 0.2))
    known = strict["years"] > 0
    assert known.any()
    assert (strict["threshold"] > loose["threshold"])[known].all()
    assert (strict["false_per_year"] <= 0.02)[known].all()


def test_where_too_little_is_known_the_threshold_is_a_cautious_one():
    told = Told(rows_of(*range(0, 100, 5))).learned
    assert (told["threshold"] == thresholds.UNKNOWN).all()
    assert (told["years"] == 0).all()
