"""Who was in which group from when to when, against a reading of one person after the other."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from helpers import identity, profiles
from helpers.datasets.tables.memberships import MEMBERSHIPS
from helpers.profiles.folded_facts import all_days, all_kinds
from helpers.segmentation.membership import memberships


@pytest.fixture
def seen(make_shop, log):
    """The shop of a log written by hand, its days folded: all that a panel needs."""

    def see(**head):
        shop = log.write(make_shop(**head))
        identity.stitch(shop)
        with profiles.events_at_hand(shop) as events:
            shop.write("daily", all_days(shop, events))
            shop.write("daily_kinds", all_kinds(shop, events))
        return shop

    return see


DAYS = [date(2026, 1, 1), *(date(2026, 1, 7) + timedelta(days=7 * week) for week in range(12))]


def lived(days=DAYS, *, people=80, seed=3, exclusive=True):
    """People who come later, go for a time or for good, and move between groups now and then."""
    rng = np.random.default_rng(seed)
    rows = []
    for who in range(people):
        begins, group = rng.integers(-4, len(days)), set("a")
        for place, day in enumerate(days):
            if rng.random() < 0.3:
                group = {rng.choice(list("abc"))} if exclusive else set(rng.choice(list("abc"), rng.integers(0, 3)))
            if place >= begins and rng.random() < 0.9:
                rows += [(day, f"p{who}", each) for each in group]
    placed = pd.DataFrame(rows, columns=["cutoff", "profile_id", "segment"])
    return placed.sample(frac=1, random_state=seed)


def read_one_by_one(placed, days):
    """The same intervals, from one person and day after the other."""
    found = {(day, who, group) for day, who, group in placed.itertuples(index=False)}
    intervals = set()
    for who in sorted({who for _, who, _ in found}):
        for group in "abc":
            since = None
            for day in days:
                inside = (day, who, group) in found
                if inside and since is None:
                    since = day
                if not inside and since is not None:
                    intervals.add((who, group, since, day))
                    since = None
            if since is not None:
                intervals.add((who, group, since, None))
    return intervals


def told(found):
    """Intervals as tuples, with plain days; None where one still holds."""
    days = (pd.to_datetime(found[name]).astype("object") for name in ("valid_from", "valid_to"))
    plain = ([None if pd.isna(day) else day.date() for day in own] for own in days)
    return set(zip(found["profile_id"], found["segment"], *plain, strict=True))


@pytest.mark.parametrize("exclusive", [True, False])
@pytest.mark.parametrize("seed", range(5))
def test_stretches_are_those_of_a_reading_person_by_person(exclusive, seed):
    placed = lived(seed=seed, exclusive=exclusive)
    found = memberships(placed, DAYS, scheme="rfm")
    assert told(found) == read_one_by_one(placed, DAYS)
    assert not found.duplicated(list(MEMBERSHIPS.key)).any()
    assert found["scheme"].eq("rfm").all()


def test_of_an_exclusive_way_exactly_one_holds_on_each_day_on_which_somebody_has_a_profile():
    placed = lived()
    found = memberships(placed, DAYS, scheme="rfm")
    for day in DAYS:
        on = pd.Timestamp(day)
        holds = found[(found["valid_from"] <= on) & ~(found["valid_to"] <= on)]
        own = placed[placed["cutoff"] == day]
        assert sorted(zip(holds["profile_id"], holds["segment"], strict=True)) == sorted(
            zip(own["profile_id"], own["segment"], strict=True)
        )


def test_who_has_no_profile_any_more_is_in_no_group():
    rows = [(DAYS[0], "p", "a"), (DAYS[1], "p", "a"), (DAYS[3], "p", "a")]
    found = memberships(pd.DataFrame(rows, columns=["cutoff", "profile_id", "segment"]), DAYS[:4], scheme="rfm")
    assert told(found) == {("p", "a", DAYS[0], DAYS[2]), ("p", "a", DAYS[3], None)}


def test_a_later_day_leaves_the_past_as_it_was():
    placed = lived()
    earlier = memberships(placed[placed["cutoff"] < DAYS[-1]], DAYS[:-1], scheme="rfm")
    later = memberships(placed, DAYS, scheme="rfm")
    assert told(before(later, DAYS[-1])) == told(earlier)
    assert len(later) > len(earlier)


def before(found, day):
    """What was known before a day: nothing that begins on it or later, and no end."""
    was = found[found["valid_from"] < pd.Timestamp(day)]
    return was.assign(valid_to=was["valid_to"].where(was["valid_to"] < pd.Timestamp(day)))


@pytest.mark.parametrize("placed", [lived(), lived([DAYS[0]]), lived().iloc[:0]], ids=["weeks", "one day", "nobody"])
def test_intervals_can_be_stored(make_shop, placed):
    shop = make_shop(as_of="2026-04-01")
    days = sorted(placed["cutoff"].unique()) or DAYS
    found = memberships(placed, days, scheme="rfm")
    assert shop.write("memberships", found) == len(found)
    assert told(shop.frame("memberships")) == told(found)


def test_who_withdrew_is_in_no_group_at_any_time_and_who_did_for_a_time_was_in_none_then(seen, log):
    for who in ("stayed", "withdrew", "paused"):
        log.says(who, "granted", "2025-01-10").order("2025-02-01T10:00", 20, user_id=who)
    log.says("withdrew", "denied", "2025-05-20")
    log.says("paused", "denied", "2025-04-20").says("paused", "granted", "2025-05-20")
    shop = seen(as_of="2025-06-01", consent='source = "orders"')
    days = [date(2025, 4, 1), date(2025, 5, 1), date(2025, 6, 1)]
    placed = shop.frame(profiles.panel(shop, days)).assign(segment="all")
    names = shop.frame(identity.current(shop)).set_index("profile_id")["identifier"]
    found = memberships(placed, days, scheme="rfm").assign(profile_id=lambda rows: rows["profile_id"].map(names))
    assert told(found) == {
        ("stayed", "all", days[0], None),
        ("paused", "all", days[0], days[1]),
        ("paused", "all", days[2], None),
    }
