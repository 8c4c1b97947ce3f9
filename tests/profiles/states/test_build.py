"""States, transitions and requests as they are stored: whole, in one another's places, the same when told again."""

from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from helpers import identity, profiles
from helpers.datasets.tables.states import GONE
from helpers.profiles.folded_facts import all_days, all_kinds
from helpers.profiles.states.flows import balance, chances, counts, flows, on

FIRST, LAST = date(2025, 1, 1), date(2025, 7, 1)
TABLES = ("states", "transitions", "reevaluate")


def live(log, people=25, *, until=LAST, seed=7):
    """People who come at random, every third with a break of months."""
    rng = np.random.default_rng(seed)
    days = (until - FIRST).days
    for who in range(people):
        begins, gap = rng.integers(0, 60), rng.uniform(2, 14)
        for on_day in np.flatnonzero(rng.random(days) < 1 / gap):
            if on_day < begins or (who % 3 == 0 and 70 < on_day < 150):
                continue
            when = datetime.combine(FIRST + timedelta(days=int(on_day)), datetime.min.time()) + timedelta(hours=11)
            if rng.random() < 0.2:
                log.order(when, 10, user_id=f"u{who}")
            else:
                log.add(when, user_id=f"u{who}")
    return log


@pytest.fixture
def told(make_shop, log):
    """The tables of states of a log as of a day."""

    def tell(as_of=LAST, **head):
        shop = log.write(make_shop(as_of=as_of.isoformat(), **head))
        identity.stitch(shop)
        with profiles.events_at_hand(shop) as events:
            shop.write("daily", all_days(shop, events))
            shop.write("daily_kinds", all_kinds(shop, events))
        profiles.build_states(shop)
        return shop

    return tell


def frame(shop, name, *key):
    return shop.frame(name).sort_values(list(key or ("profile_id",)), ignore_index=True)


def test_each_person_has_exactly_one_state_at_each_midnight_since_they_were_first_seen(told, log):
    live(log)
    shop = told()
    rows = frame(shop, "states", "profile_id", "since")
    person = rows.groupby("profile_id")
    assert (rows["until"].isna() == ~rows["profile_id"].duplicated(keep="last")).all()
    assert (person["since"].shift(-1).dropna() == rows["until"].dropna()).all()
    daily = shop.frame("daily").groupby("profile_id")["day"].min()
    first = person["since"].min()
    assert ((first - daily[first.index]).map(lambda gap: gap.days) == 1).all()
    assert set(rows["profile_id"]) == set(first.index)


def test_each_transition_joins_two_stretches_and_asks_once(told, log):
    live(log)
    shop = told()
    stretches, moved, asked = (frame(shop, name, "profile_id", key) for name, key in
                            (("states", "since"), ("transitions", "at"), ("reevaluate", "at")))  # fmt: skip
    assert (
        moved[["profile_id", "at", "state"]].to_numpy() == stretches[["profile_id", "since", "state"]].to_numpy()
    ).all()
    before = stretches.groupby("profile_id")["state"].shift()
    assert moved["was"].fillna("none").tolist() == before.fillna("none").tolist()
    assert (moved["was"] != moved["state"]).all()
    assert asked[["profile_id", "at", "state"]].equals(moved[["profile_id", "at", "state"]])
    assert asked["moot_at"].fillna(0).tolist() == stretches["until"].fillna(0).tolist()
    assert (moved["detected_at"] == moved["at"]).all()


def test_told_again_and_told_earlier_the_states_are_the_same(told, log):
    live(log)
    whole = told()
    found = {name: frame(whole, name, *whole.frame(name).columns[:2]) for name in TABLES}
    again = told()
    for name in TABLES:
        pd.testing.assert_frame_equal(frame(again, name, *again.frame(name).columns[:2]), found[name])
    then = date(2025, 5, 1)
    log.rows = [row for row in log.rows if row["timestamp"] < datetime(2025, 4, 30, 22)]
    early = frame(told(then), "states", "profile_id", "since")
    known = found["states"]
    known = known[known["since"] <= then].sort_values(["profile_id", "since"], ignore_index=True)
    known["until"] = known["until"].where(known["until"] <= then, None)
    assert early.astype(str).equals(known.astype(str))


def test_a_late_event_changes_what_was_from_its_time_on_and_is_told_from_when_it_was_known(told, log):
    live(log, people=4)
    for place in range(0, 45, 3):
        log.add(datetime(2025, 1, 5, 11) + timedelta(days=place), user_id="late")
    before = frame(told(), "transitions", "profile_id", "at")
    log.add("2025-03-25T11:00", user_id="late", loaded_at=datetime(2025, 4, 2, 9))
    shop = told()
    after = frame(shop, "transitions", "profile_id", "at")
    who = shop.frame("identity_map").set_index("identifier").loc["late", "profile_id"]
    same = lambda rows: rows[(rows["profile_id"] != who) | (rows["at"] <= date(2025, 3, 25))]  # noqa: E731
    columns = ["profile_id", "was", "state", "at"]
    assert same(after)[columns].astype(str).to_numpy().tolist() == same(before)[columns].astype(str).to_numpy().tolist()
    back = after[(after["profile_id"] == who) & (after["at"] == date(2025, 3, 26))].iloc[0]
    assert (back["state"], back["detected_at"]) == ("returned", date(2025, 4, 2))


def test_what_comes_in_each_night_is_told_by_the_run_of_that_day_and_by_later_ones_alike(told, log):
    for day in range(1, 8):
        log.add(f"2025-03-{day:02}T11:00", user_id="u1", loaded_at=datetime(2025, 3, day + 1, 2))
    first, later = (frame(told(date(2025, 3, day)), "transitions", "at") for day in (8, 20))
    assert (first["detected_at"] == first["at"]).all()
    assert later[: len(first)].equals(first)


def test_who_is_active_is_who_was_and_who_came_less_who_went(told, log):
    live(log)
    shop = told()
    stretches, moved = shop.table("states"), shop.table("transitions")
    seen = 0
    for place in range(1, (LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=place)
        found = balance(stretches, moved, day - timedelta(days=1), day)
        assert found.after == found.expected
        seen += found.resurrecting + found.went_dormant
    assert seen > 10
    whole = balance(stretches, moved, FIRST, LAST)
    assert (whole.after, whole.before) == (whole.expected, 0)


def test_between_two_nights_the_balance_knows_also_who_said_no_who_merged_and_who_was_forgotten(told, log):
    live(log)
    for place in range(0, 170, 4):
        log.add(datetime(2025, 1, 5, 11) + timedelta(days=place), anonymous_id="device")
    night = LAST - timedelta(days=1)
    rows = list(log.rows)
    log.rows = [row for row in rows if row["timestamp"] < datetime(2025, 6, 29, 22)]
    before = told(night)
    active = _active(before, night)
    people = before.frame("identity_map").set_index("identifier")["profile_id"]
    no, gone, one = [who for who in people.index if people[who] in active and who != "device"][:3]
    log.rows = [row for row in rows if row["user_id"] != gone]
    log.says(no, "denied", "2025-06-30T10:00")
    log.add("2025-06-30T12:00", user_id=one, anonymous_id="device", message_id="both")
    after = told()
    moved = balance(after.table("states"), after.table("transitions"), night, LAST)
    forgotten, merged = 1, len(active & set(after.frame("profile_alias")["alias"]))
    came = moved.new + moved.resurrecting + moved.opted_in
    assert (len(active), merged) == (moved.before + 3, 1)
    assert moved.after == len(active) + came - moved.went_dormant - 1 - forgotten - merged


def _active(shop, day):
    rows = shop.frame(on(shop.table("states"), day))
    return set(rows[~rows["state"].isin(GONE)]["profile_id"])


def test_without_a_yes_the_state_is_generic_until_it_is_said(told, log):
    for day in range(1, 20):
        log.order(f"2025-03-{day:02}T11:00", 10, user_id="u1")
    log.says("u1", "granted", "2025-03-10T09:00")
    shop = told(date(2025, 3, 21), consent='source = "orders"')
    rows = frame(shop, "states", "since")
    assert rows[["state", "since"]].to_numpy().tolist() == [
        ["generic", date(2025, 3, 2)], ["active_engaged", date(2025, 3, 11)],
    ]  # fmt: skip
    moved = balance(shop.table("states"), shop.table("transitions"), date(2025, 3, 1), date(2025, 3, 20))
    assert (moved.new, moved.opted_in, moved.after) == (0, 1, 1)


def test_whoever_says_no_has_no_state_at_all(told, log):
    log.add("2025-03-01T11:00", user_id="u1").add("2025-03-02T11:00", user_id="u2")
    log.says("u1", "denied", "2025-03-05T09:00")
    shop = told(date(2025, 3, 21))
    assert shop.frame("states")["profile_id"].nunique() == 1  # noqa: PD101


def test_flows_and_counts_are_of_the_same_people(told, log):
    live(log)
    shop = told()
    stretches, then = shop.table("states"), date(2025, 6, 1)
    flow, by_day = flows(stretches, then, LAST), counts(stretches, [then, LAST])
    assert (flow.sum(axis=0) == by_day.loc[LAST]).all()
    assert (flow.drop(index="unseen").sum(axis=1) == by_day.loc[then]).all()
    assert by_day.loc[LAST].sum() == shop.frame("identity_map")["profile_id"].nunique()
    assert np.allclose(chances(flow).sum(axis=1), 1)


def test_a_state_changes_no_trait(told, log):
    # Two tables: what somebody is in now, and what they are like.
    assert not {"state", "since"} & set(profiles.METRICS)
