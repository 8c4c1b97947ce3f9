"""Each person is in one state at each midnight, the one that a day-by-day reading of the data model gives."""

import numpy as np
import pandas as pd
import pytest

from helpers.datasets.tables.states import STATES
from helpers.profiles.states import lifecycle, outages, thresholds
from helpers.profiles.states.movement import Clocks
from tests.profiles.states.oracle import Person
from tests.profiles.states.worlds import START, badly, daily, day, kinds, visits

_NAMES = list(STATES)
DAYS = 500


class Told:
    """What is told of a log at its last midnight."""

    def __init__(self, rows, *, until=START + DAYS, kind=(), bad=(), level=None):
        self.until = until
        days = daily(rows)
        rhythm = lifecycle.rhythms(days, kinds(kind), badly(bad)).cache()
        self.seen = outages.volumes(days, day(until))
        self.clocks = Clocks.of(rhythm, outages.silent(self.seen))
        self.rows = lifecycle.silences(rhythm, self.clocks).cache()
        self.learned = thresholds.thresholds(self.rows, self.clocks.frame)
        if level is not None:
            self.learned["threshold"] = level
        found = lifecycle.changes(self.rows, self.learned, self.clocks, until=until).to_pyarrow().to_pandas()
        self.changes = found.sort_values(["profile_id", "at"], ignore_index=True)

    def of(self, who="p"):
        """States of one person: pairs of midnight, counted from the start of the log, and state."""
        own = self.changes[self.changes["profile_id"] == who]
        return [(at - START, _NAMES[state]) for at, state in zip(own["at"], own["state"], strict=True)]

    def by_midnight(self, who):
        own = self.changes[self.changes["profile_id"] == who].set_index("at")["state"]
        return own.reindex(range(own.index[0], self.until + 1)).ffill().map(lambda place: _NAMES[int(place)])


def rows_of(*days, who="p", **more):
    return pd.DataFrame({"profile_id": who, "number": [START + each for each in days], **more})


@pytest.fixture(scope="module")
def crowd():
    """A population, some of whom stop for a while, go for good or come half as often."""
    rows = visits(150, days=DAYS, gap=(2, 40))
    rng = np.random.default_rng(2)
    fate = pd.Series(rng.integers(0, 4, 150), index=sorted(rows["profile_id"].unique()))[rows["profile_id"]].to_numpy()
    on = rows["number"].to_numpy() - START
    stops = (fate == 1) & (on > 300)
    pauses = (fate == 2) & (on > 200) & (on < 330)
    halves = (fate == 3) & (on > 250) & (rng.random(len(rows)) < 0.6)
    # A threshold so low that the detector is heard from often, and so are its exits.
    return rows[~(stops | pauses | halves)]


@pytest.mark.parametrize("level", [1.0, 2.0])
def test_states_are_those_of_a_day_by_day_reading(crowd, level):
    told = Told(crowd, level=level)
    prior = {row.quarter: (row.prior_events, row.prior_time)
             for row in told.rows.to_pyarrow().to_pandas().itertuples()}  # fmt: skip
    shown = told.clocks.shown.to_pyarrow().to_pandas()
    clock = {row.number: (row.live, row.moved) for row in shown[shown["rests"] == "web"].itertuples()}
    found = set()
    for who, own in list(crowd.groupby("profile_id"))[::9]:
        person = Person(list(own["number"]), prior, clock, lambda *_: level)
        states = told.by_midnight(who)
        expected = {midnight: person.state(midnight) for midnight in states.index}
        assert states.to_dict() == expected, who
        found |= set(expected.values())
    assert found == set(STATES) - {"generic"}


def test_a_new_person_is_new_for_fourteen_days_or_until_the_third_active_day():
    assert Told(rows_of(0, 1, 2)).of()[:2] == [(1, "new"), (3, "active_engaged")]
    assert Told(rows_of(0, 1)).of()[:2] == [(1, "new"), (15, "active_engaged")]
    assert Told(rows_of(0)).of()[:2] == [(1, "new"), (15, "quiet")]


def test_silence_is_risk_then_dormancy_then_churn_by_the_usual_gap():
    # Nothing is known of a population of one: a gap of 30 days, worth two observations.
    # Ten gaps of 2: (60 + 20) / (2 + 10) = 6.67, so that 6.67 + 7 days are too long.
    assert Told(rows_of(*range(0, 21, 2))).of()[-3:] == [
        (20 + 14, "at_risk"), (20 + 31, "dormant"), (20 + 91, "churned"),
    ]  # fmt: skip


def test_the_first_act_after_dormancy_is_a_return_for_fourteen_days():
    told = Told(rows_of(*range(0, 21, 2), 70, 75, 80, 85), until=START + 90).of()
    assert told[-4:] == [(34, "at_risk"), (51, "dormant"), (71, "returned"), (85, "active_engaged")]


def test_whoever_never_did_anything_is_followed_from_the_day_they_were_first_seen():
    told = Told(rows_of(0, 5, 9, acts=[0, 0, 0], channel="email")).of()
    assert told == [(1, "new"), (15, "quiet"), (46, "at_risk"), (91, "dormant"), (181, "churned")]


def test_silence_after_a_support_case_left_open_is_a_risk_although_support_hears_from_them():
    rows = rows_of(*range(0, 21, 2))
    asks = rows_of(*range(21, 60, 4), channel="support")
    ends = rows_of(22, channel="support", acts=0)
    both = pd.concat([rows, asks, ends], ignore_index=True)
    opened = [("p", START + 21, "case opened")]
    # At the contact of day 33 there were 14 gaps in 33 days: (60 + 33) / (2 + 14) + 7 days is 12.8.
    risk = Told(both, kind=opened, until=START + 60)
    at_risk = [at for at, state in risk.of() if state == "at_risk"]
    assert at_risk[0] == 21 + 13
    assert risk.changes.set_index("at")["by_support"][START + at_risk[0]]
    solved = [*opened, ("p", START + 22, "case resolved")]
    assert "at_risk" not in [state for _, state in Told(both, kind=solved, until=START + 60).of()]
    bad = Told(both, kind=solved, bad=[("p", START + 22)], until=START + 60)
    assert at_risk[0] in [at for at, state in bad.of() if state == "at_risk"]


def test_a_case_that_ends_well_at_last_ends_the_risk():
    rows = rows_of(*range(0, 21, 2))
    asks = rows_of(*range(21, 30, 4), channel="support")
    ends = rows_of(40, channel="support", acts=0)
    told = Told(
        pd.concat([rows, asks, ends], ignore_index=True),
        kind=[("p", START + 21, "case opened"), ("p", START + 40, "case resolved")],
        until=START + 50,
    )
    # After 29 the usual gap is (60 + 29) / (2 + 13) = 5.9: at risk from 21 + 13 for the case, from 29 + 13 for silence.
    assert told.of()[-3:] == [(34, "at_risk"), (41, "active_engaged"), (42, "at_risk")]


def test_an_act_elsewhere_ends_the_silence_after_a_support_case():
    rows = pd.concat([rows_of(*range(0, 60, 2)), rows_of(21, channel="support")], ignore_index=True)
    told = Told(rows, kind=[("p", START + 21, "case opened")], until=START + 60)
    assert "at_risk" not in [state for _, state in told.of()]


def test_what_comes_later_changes_nothing_before(crowd):
    whole, cut = Told(crowd), START + 350
    then = Told(crowd[crowd["number"] < cut], until=cut)
    before = whole.changes[whole.changes["at"] <= cut].reset_index(drop=True)
    pd.testing.assert_frame_equal(before, then.changes)
