"""From a log to scores: who is scored, from what, and that an added act never lowers a score."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta

import pandas as pd
import pytest

import helpers
from helpers import profiles
from helpers.errors import NothingToDo
from helpers.profiles.states import on
from helpers.segmentation import leads
from helpers.segmentation.leads import judge
from helpers.segmentation.leads.features import FEATURES
from helpers.segmentation.leads.panel import build_panel, people_now, split
from tests.conftest import Log, tiny_dataset
from tests.segmentation.leads.world import lookers

AS_OF = date(2025, 7, 1)
TEST = AS_OF - timedelta(days=30)


def score(*added):
    """The shop of lookers with more events added to its log, and the leads found in it."""
    log = lookers(Log())
    for when, event, who in added:
        log.add(when, event, "engagement" if event.startswith("Email") else "web", session_id="new", user_id=who)
    shop = log.write(helpers.open("tiny", as_of=AS_OF.isoformat()))
    profiles.build(shop)
    profiles.build_states(shop)
    return shop, leads.find(shop, draws=100, seed=1)


@pytest.fixture(scope="module")
def plain(home_at, tmp_path_factory):
    with home_at(tmp_path_factory.mktemp("lookers") / "home") as folder:
        tiny_dataset(folder)
        shop, found = score()
        yield shop, found, build_panel(shop)


@pytest.fixture
def busier(home_at, tmp_path):
    """The same in a home of its own, with events added."""
    with home_at(tmp_path / "busier") as folder:
        tiny_dataset(folder)
        yield score


def by_user(shop, people):
    """Rows by the user id that their person went by."""
    known = shop.frame("identity_map")
    names = known[known["type"] == "user_id"].drop_duplicates("profile_id").set_index("profile_id")["identifier"]
    return people.assign(user=people["profile_id"].map(names)).set_index("user")


def test_the_people_scored_are_those_still_active_whether_or_not_they_ordered(plain):
    shop, found, _ = plain
    assert found.reason == ""
    states = shop.frame(on(shop.table("states"), AS_OF)).set_index("profile_id")["state"]
    active = states[~states.isin(["generic", "dormant", "churned"])]
    assert set(found.people["profile_id"]) == set(active.index)
    assert 0 < len(active) < len(states)
    stored = shop.frame("leads")
    assert stored.set_index("profile_id")["score"].to_dict() == found.people.set_index("profile_id")["score"].to_dict()
    assert set(shop.frame("leads_judged")["way"]) == {"none", "model", "recency", "frequency", "tree", "svm"}


def test_the_declining_are_those_that_entered_that_state_and_have_not_left(plain):
    shop, found, _ = plain
    moves = shop.frame("transitions").sort_values("at").drop_duplicates("profile_id", keep="last")
    entered = set(moves[moves["state"] == "declining"]["profile_id"])
    assert set(found.people[found.people["declining"]]["profile_id"]) == entered


def test_labels_are_orders_of_the_thirty_days_and_features_are_from_before(plain):
    shop, _, panel = plain
    orders = (
        shop.frame("daily")
        .query("orders > 0")
        .assign(day=lambda row: [each.date() for each in pd.to_datetime(row.day)])
    )
    for people in (panel.test, panel.calibration, panel.learning):
        for cutoff, own in people.groupby("cutoff"):
            end = cutoff + timedelta(days=30)
            buyers = orders[(orders["day"] >= cutoff) & (orders["day"] < end)]["profile_id"]
            assert own["ordered"].tolist() == own["profile_id"].isin(buyers).astype(int).tolist()
            before = orders[orders["day"] < cutoff].groupby("profile_id")["orders"].sum()
            assert own["orders_count"].tolist() == own["profile_id"].map(before).fillna(0).tolist()


@pytest.mark.parametrize("device_first", [True, False])
def test_names_that_turned_out_to_be_one_person_are_one_row(make_shop, log, device_first):
    days = [datetime(2025, 1, 2) + timedelta(days=5 * turn) for turn in range(36)]
    log.add(days[0] + timedelta(hours=-1 if device_first else 1), anonymous_id="silent")
    for day in days:
        log.order(day, 5, user_id="u1")
    log.add("2025-06-28T10:00", user_id="u1", anonymous_id="silent").order("2025-01-03", 5, user_id="u2")
    shop = log.write(make_shop(as_of=AS_OF.isoformat()))
    profiles.build(shop)
    profiles.build_states(shop)
    assert len(shop.frame(profiles.panel(shop, [TEST]))) == 3
    test = build_panel(shop).test
    orders = sum(day.date() < TEST for day in days)
    assert test[["orders_count", "ordered"]].to_numpy().tolist() == [[orders, 1]]
    (person,) = people_now(shop)["profile_id"]
    assert test["profile_id"].tolist() == [person]


def test_what_is_learned_is_over_before_it_is_used(plain):
    _, _, panel = plain
    cutoffs = panel.cutoffs
    steps = [*reversed(cutoffs.learning), cutoffs.calibration, cutoffs.test, cutoffs.as_of]
    assert all(later - earlier >= timedelta(days=30) for earlier, later in itertools.pairwise(steps))
    assert set(panel.learning["cutoff"]) == set(cutoffs.learning)


def test_rows_that_are_at_hand_give_the_same_people(plain):
    shop, _, panel = plain
    assert leads.cutoffs(shop) == panel.cutoffs.past
    rows = profiles.panel(shop, [AS_OF, *panel.cutoffs.past, date(2025, 5, 20)]).cache()
    again = build_panel(shop, rows)
    for one, other in zip(panel[1:], again[1:], strict=True):
        # Who are alike may stand in any order; the figures of the rows may not.
        pd.testing.assert_frame_equal(one[list(FEATURES)], other[list(FEATURES)])
        keys = ["cutoff", "profile_id"]
        pd.testing.assert_frame_equal(*(each.sort_values(keys, ignore_index=True) for each in (one, other)))


def test_acts_added_in_the_last_four_weeks_never_lower_a_score_and_raise_some(busier, plain):
    shop, found, _ = plain
    before = by_user(shop, found.people)
    some = before.sort_values("score").index[::4].tolist()
    midnight = datetime(2025, 6, 30, 22)  # of 1 July in Berlin, in UTC
    added = [
        (midnight - timedelta(days=day, hours=1), event, user)
        for place, user in enumerate(some)
        for day, event in [(place % 28, "Product Viewed"), ((7 * place + 3) % 28, "Email Opened"), (1, "Page Viewed")]
    ]
    later_shop, later = busier(*added)
    after = by_user(later_shop, later.people)
    change = (after["probability"] - before["probability"])[some]
    assert (change >= 0).all()
    assert (change > 0).mean() > 0.3
    assert after["score_before"].equals(before["score_before"].reindex(after.index))  # the model is the same
    others = before.index.difference(some)
    assert (after["probability"][others] == before["probability"][others]).all()


def test_a_history_too_short_for_a_score_says_so_and_tells_who_declines(make_shop, log):
    shop = log.order("2025-05-01T10:00", 5, user_id="u1").add("2025-06-20T10:00", user_id="u2").write(
        make_shop(as_of=AS_OF.isoformat())
    )  # fmt: skip
    profiles.build(shop)
    profiles.build_states(shop)
    assert leads.cutoffs(shop) == []
    found = leads.find(shop, draws=100, seed=1)
    assert found.judged is None
    assert found.reason.startswith("History spans 61 days. A score for the next 30 needs 120")
    stored = shop.frame("leads")
    assert len(stored) == len(people_now(shop)) > 0
    assert stored[["probability", "score", "percentile", "score_before", "direction"]].isna().all().all()
    assert stored["level"].tolist() == ["low"] * len(stored)


def test_where_nobody_is_active_any_more_tables_and_sentences_are_empty(make_shop, log):
    shop = log.order("2025-01-10T10:00", 5, user_id="u1").write(make_shop(as_of="2025-12-01"))
    profiles.build(shop)
    profiles.build_states(shop)
    found = leads.find(shop, draws=100, seed=1)
    assert "too few for a score" in found.reason
    assert len(shop.frame("leads")) == len(found.people) == 0
    moves = leads.moves_table(shop, found)
    assert moves.frame.empty
    assert leads.levels_table(shop, found).frame.empty
    assert leads.moves(found, moves).startswith("Of the people still active nobody of 0 is declining")


def test_too_few_orders_for_a_score_say_so(plain, monkeypatch):
    shop, _, panel = plain
    monkeypatch.setattr(judge, "FEWEST_OF_A_CLASS", 10_000)
    monkeypatch.setattr(shop, "write", lambda table, rows: written.append(table))
    written = []
    found = leads.find(shop, profiles.panel(shop, panel.cutoffs.past), draws=100, seed=1)
    assert "fewer than 10000 of either kind are too few for a score" in found.reason
    assert (found.judged, found.cutoffs, written) == (None, None, ["leads"])


@pytest.mark.parametrize(("days", "learning"), [(120, 1), (149, 1), (150, 2), (180, 3), (900, 3)])
def test_one_to_three_cutoffs_are_learned_from(days, learning):
    cutoffs = split(history_starts=AS_OF - timedelta(days=days), as_of=AS_OF)
    assert len(cutoffs.learning) == learning
    assert (cutoffs.test, cutoffs.calibration) == (TEST, TEST - timedelta(days=30))
    assert (cutoffs.past[-1] - (AS_OF - timedelta(days=days))).days >= 30


def test_less_than_four_months_are_too_short():
    with pytest.raises(NothingToDo, match="History spans 119 days"):
        split(history_starts=AS_OF - timedelta(days=119), as_of=AS_OF)
