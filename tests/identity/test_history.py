"""Names, aliases, merges, and what was believed when."""

from __future__ import annotations

from datetime import datetime

from helpers import identity
from tests.identity.conftest import people, rows


def believed(shop, identifier):
    """(profile, from, to) of an identifier, in order."""
    found = [row for row in rows(shop.table("identity_map")) if row["identifier"] == identifier]
    return sorted((row["known_from"], row["known_to"], row["profile_id"]) for row in found)


def test_what_a_device_did_before_is_attached_with_the_date_it_was_learned(stitched, log):
    log.add("2025-01-01", user_id="u1").add("2025-01-05", anonymous_id="d1")
    alone = people(stitched())
    log.add("2025-02-01", user_id="u1", anonymous_id="d1")
    shop = stitched()
    learned = datetime(2025, 2, 1)
    assert believed(shop, "d1") == [
        (datetime(2025, 1, 5), learned, alone["d1"]), (learned, None, alone["u1"])
    ]  # fmt: skip
    assert believed(shop, "u1") == [(datetime(2025, 1, 1), None, alone["u1"])]


def test_a_merge_is_written_down_with_the_event_that_told_it(stitched, log):
    log.add("2025-01-01", user_id="u1").add("2025-01-05", anonymous_id="d1")
    alone = people(stitched())
    log.add("2025-02-01", user_id="u1", anonymous_id="d1").add("2025-03-01", user_id="u1", anonymous_id="d1")
    (merge,) = rows(stitched().table("merge_log"))
    assert (merge["merged"], merge["kept"]) == (alone["d1"], alone["u1"])
    assert (merge["merged_at"], merge["message_id"], merge["rule"]) == (datetime(2025, 2, 1), "m0002", "event")


def test_who_is_seen_first_together_was_never_two(stitched, log):
    log.add("2025-01-01", user_id="u1", anonymous_id="d1", ids={"email": "e1"})
    shop = stitched()
    assert rows(shop.table("merge_log")) == []
    assert all(row["known_to"] is None for row in rows(shop.table("identity_map")))


def test_every_name_ever_given_leads_to_the_person(stitched, log):
    names = set()
    device, email = {"anonymous_id": "d1"}, {"ids": {"email": "e1"}}
    met = [{"user_id": "u1"}, device, email, device | email, {"user_id": "u1"} | email]
    for day, who in enumerate(met, start=1):
        log.add(f"2025-01-0{day}", **who)
        shop = stitched()
        names |= set(people(shop).values())
    alias = {row["alias"]: row["profile_id"] for row in rows(shop.table("profile_alias"))}
    (now,) = set(people(shop).values())
    assert names - {now} == set(alias)
    assert set(alias.values()) == {now}


def test_chains_of_merges_are_followed_step_by_step(stitched, log):
    log.add("2025-01-03", anonymous_id="c").add("2025-01-02", anonymous_id="b", ids={"email": "eb"})
    log.add("2025-01-01", user_id="a")
    alone = people(stitched())
    log.add("2025-02-01", anonymous_id="c", ids={"email": "eb"}).add("2025-03-01", user_id="a", anonymous_id="b")
    assert [name for *_, name in believed(stitched(), "c")] == [alone["c"], alone["b"], alone["a"]]


def test_as_the_log_grows_what_was_believed_then_stays_written(stitched, log):
    device, email = {"anonymous_id": "d1"}, {"ids": {"email": "e1"}}
    days = [{"user_id": "u1"}, device, {"user_id": "u1"} | device, email, email | device]
    for day, who in enumerate(days, start=1):
        log.add(f"2025-01-0{day}T12:00", **who)
    grown = rows(stitched().table("identity_map"))
    for day in range(2, 7):
        moment = datetime(2025, 1, day - 1, 23)
        shop = stitched(as_of=f"2025-01-0{day}")
        then = {(row["type"], row["identifier"], row["profile_id"]) for row in rows(identity.current(shop))}
        assert then == {
            (row["type"], row["identifier"], row["profile_id"])
            for row in grown
            if row["known_from"] < moment and (row["known_to"] is None or row["known_to"] >= moment)
        }
