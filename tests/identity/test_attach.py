"""Whose an event is: that of the strongest identifier it carries."""

from helpers import identity
from tests.identity.conftest import people, rows


def owners(shop):
    """message_id to profile_id."""
    return {
        row["message_id"]: row["profile_id"]
        for row in rows(identity.with_person(shop.table("events"), identity.current(shop)))
    }


def test_an_event_on_a_shared_device_is_its_users_and_one_without_a_user_the_devices(stitched, log):
    log.add("2025-01-01", user_id="u1", anonymous_id="t").add("2025-01-02", user_id="u2", anonymous_id="t")
    log.add("2025-01-03", anonymous_id="t")
    shop = stitched()
    found, known = owners(shop), people(shop)
    assert [found["m0000"], found["m0001"], found["m0002"]] == [known["u1"], known["u2"], known["t"]]


def test_of_two_identifiers_that_were_not_joined_the_stronger_has_the_event(stitched, log):
    log.add("2025-01-01", user_id="u1", ids={"phone": "p"}).add("2025-01-02", user_id="u2", ids={"phone": "p"})
    log.add("2025-01-03", user_id="u1", ids={"phone": "p"}).add("2025-01-04", ids={"phone": "p"})
    shop = stitched()
    found, known = owners(shop), people(shop)
    assert [found[f"m000{n}"] for n in range(4)] == [known[who] for who in ("u1", "u2", "u1", "u1")]


def test_an_event_of_a_number_is_its_owners_of_that_time(stitched, log):
    log.add("2024-01-01", user_id="u1", ids={"phone": "p"}).add("2024-06-01", ids={"phone": "p"})
    log.add("2025-01-01", user_id="u2", ids={"phone": "p"}).add("2025-01-01", ids={"phone": "p"})
    log.add("2024-12-31T23:59:59.999999", ids={"phone": "p"})
    shop = stitched()
    found, known = owners(shop), people(shop)
    assert [found[f"m000{n}"] for n in range(5)] == [known[who] for who in ("u1", "u1", "u2", "u2", "u1")]


def test_an_event_that_carries_only_what_stands_for_nobody_is_nobodys(stitched, log):
    for n in range(6):
        log.add("2025-01-01", ids={"email": "shop", "phone": f"p{n}"})
    log.add("2025-01-02", ids={"email": "shop"}).add("2025-01-03")
    shop = stitched()
    found = owners(shop)
    assert (found["m0006"], found["m0007"]) == (None, None)
    assert found["m0000"] == people(shop)["p0"]


def test_no_event_is_lost_or_doubled_and_no_column_added_but_one(stitched, log):
    for n in range(50):
        log.add(f"2025-01-{1 + n % 28:02d}", user_id=f"u{n % 7}", anonymous_id=f"d{n % 5}", ids={"email": f"e{n % 3}"})
    shop = stitched()
    table = identity.with_person(shop.table("events"), identity.current(shop))
    assert table.columns == (*shop.table("events").columns, "profile_id")
    assert sorted(owners(shop)) == sorted(row["message_id"] for row in log.rows)
    assert table.count().to_pyarrow().as_py() == 50
