from __future__ import annotations

from datetime import datetime

import pytest

from tests.identity.conftest import edges, people, rows, statuses


def test_a_chain_of_shared_identifiers_is_one_person(stitched, log):
    log.add("2025-01-01", anonymous_id="phone").add("2025-01-02", anonymous_id="laptop", user_id="u1")
    log.add("2025-01-03", user_id="u1", ids={"email": "e1"}).add(
        "2025-01-04", anonymous_id="phone", ids={"email": "e1"}
    )
    found = people(stitched())
    assert set(found) == {"phone", "laptop", "u1", "e1"}
    assert len(set(found.values())) == 1


def test_two_people_who_share_nothing_stay_two(stitched, log):
    log.add("2025-01-01", user_id="u1", anonymous_id="a1").add("2025-01-02", user_id="u2", anonymous_id="a2")
    found = people(stitched())
    assert found["u1"] == found["a1"]
    assert found["u2"] == found["a2"]
    assert found["u1"] != found["u2"]


def test_equal_values_of_two_types_are_two_identifiers(stitched, log):
    log.add("2025-01-01", user_id="7").add("2025-01-02", anonymous_id="7")
    assert stitched().table("identity_map").profile_id.nunique().to_pyarrow().as_py() == 2


def test_a_person_keeps_the_name_of_the_identifier_seen_first(stitched, log):
    log.add("2025-01-01", anonymous_id="a1")
    before = people(stitched())["a1"]
    log.add("2025-01-05", anonymous_id="a1", user_id="aaa")
    after = people(stitched())
    assert after == {"a1": before, "aaa": before}


def test_an_event_without_identifiers_belongs_to_nobody(stitched, log):
    log.order("2025-01-01", 5).add("2025-01-02", user_id="u1")
    assert set(people(stitched())) == {"u1"}


@pytest.mark.parametrize(("as_of", "one"), [("2025-02-01", False), ("2025-02-02", True)])
def test_a_log_in_at_or_after_the_moment_joins_nobody_yet(stitched, log, as_of, one):
    log.add("2025-01-01", anonymous_id="a1").add("2025-01-02", user_id="u1")
    # Midnight of 1 February in Berlin, to the microsecond: not before that day's first moment.
    log.add("2025-01-31T23:00:00", anonymous_id="a1", user_id="u1")
    found = people(stitched(as_of=as_of))
    assert (found["a1"] == found["u1"]) is one


def test_when_each_identifier_was_seen(stitched, log):
    log.add("2025-01-03", user_id="u1").add("2025-01-01", user_id="u1").add("2025-01-02", user_id="u1")
    (row,) = rows(stitched().table("identifiers"))
    assert (row["first_seen_at"].day, row["last_seen_at"].day) == (1, 3)


def test_long_chains_and_rings_are_one_person_each(stitched, log):
    for n in range(60):
        month = datetime(2010 + n // 4, 1 + n % 4 * 3, 1)
        log.add(month, ids={"email": f"e{n}", "phone": f"p{n}"}).add(
            month, ids={"email": f"e{n}", "phone": f"p{n + 1}"}
        )
    for n in range(4):
        log.add("2025-01-03", ids={"email": f"r{n}", "phone": f"q{n}"})
        log.add("2025-01-03", ids={"email": f"r{n}", "phone": f"q{(n + 1) % 4}"})
    found = list(people(stitched()).values())
    assert sorted(found.count(person) for person in set(found)) == [8, 121]


def test_a_log_without_people_has_none(stitched, log):
    log.add("2025-01-01")
    shop = stitched()
    for table in ("identifiers", "identity_edges", "identity_map", "profile_alias", "merge_log"):
        assert rows(shop.table(table)) == []


def test_of_two_who_turn_out_to_be_one_the_older_name_stays(stitched, log):
    log.add("2025-01-02", anonymous_id="a-younger").add("2025-01-01", user_id="z-older")
    before = people(stitched())
    log.add("2025-02-01", user_id="z-older", anonymous_id="a-younger")
    assert set(people(stitched()).values()) == {before["z-older"]}


def test_names_do_not_depend_on_the_order_of_the_log(stitched, log):
    log.add("2025-01-01", user_id="u1", anonymous_id="d1").add("2025-01-01", user_id="u2")
    log.add("2025-01-01", anonymous_id="d2").add("2025-01-03", user_id="u2", anonymous_id="d2")
    before = people(stitched())
    log.rows.reverse()
    assert people(stitched()) == before


def test_a_name_gives_no_identifier_away(stitched, log):
    log.add("2025-01-01", user_id="u1")
    (name,) = people(stitched()).values()
    assert len(name) == 16
    assert "u1" not in name


def test_programs_and_tests_join_nobody(stitched, log):
    log.add("2025-01-01", user_id="u1", anonymous_id="d1", is_bot=True)
    log.add("2025-01-02", user_id="u2", anonymous_id="d2", is_test=True).add("2025-01-03", user_id="u2")
    assert set(people(stitched())) == {"u2"}


def test_the_phone_that_browses_the_laptop_that_opens_and_the_link_in_a_text_are_one_person(stitched, log):
    log.add("2025-03-01T08:00", anonymous_id="phone", device_type="mobile")
    log.add("2025-03-01T20:00", "Email Opened", "engagement", ids={"email": "e1"}, anonymous_id="laptop")
    log.add("2025-03-02T12:00", "SMS Link Clicked", "engagement", ids={"phone": "p1"}, anonymous_id="phone")
    log.order("2025-03-02T12:05", 20, anonymous_id="phone", ids={"email": "e1", "phone": "p1"})
    found = people(stitched())
    assert set(found) == {"phone", "laptop", "e1", "p1"}
    assert len(set(found.values())) == 1


def test_an_order_in_the_store_joins_by_its_loyalty_card(stitched, log):
    log.order("2025-01-01", 10, channel="pos", ids={"loyalty_id": "l1"})
    log.order("2025-02-01", 10, user_id="u1", ids={"loyalty_id": "l1"})
    found = people(stitched())
    assert found["l1"] == found["u1"]


# -- what does not join -----------------------------------------------------------------------------------------------


def test_a_shared_tablet_stays_four_people_and_gets_an_id_of_its_own(stitched, log):
    for n in range(4):
        log.add(f"2025-01-0{n + 1}", user_id=f"u{n}", anonymous_id="tablet").add("2025-02-01", user_id=f"u{n}")
    shop = stitched()
    found = people(shop)
    assert len(set(found.values())) == 5
    assert statuses(shop)["tablet"] == "shared"
    assert set(edges(shop).values()) == {"shared"}
    (tablet,) = [row for row in rows(shop.table("identity_map")) if row["identifier"] == "tablet"]
    assert tablet["is_shared"]


def test_a_device_is_shared_too_where_only_the_e_mails_on_it_lead_to_two_people(stitched, log):
    log.add("2025-01-01", user_id="u1", ids={"email": "e1"}).add("2025-01-01", user_id="u2", ids={"email": "e2"})
    log.add("2025-01-02", anonymous_id="d", ids={"email": "e1"}).add(
        "2025-01-03", anonymous_id="d", ids={"email": "e2"}
    )
    shop = stitched()
    assert statuses(shop)["d"] == "shared"
    assert len(set(people(shop).values())) == 3


def test_a_device_on_which_two_guests_order_is_neithers(stitched, log):
    log.order("2025-01-01", 10, anonymous_id="d", ids={"email": "e1"})
    log.order("2025-02-01", 10, anonymous_id="d", ids={"email": "e2"})
    assert len(set(people(stitched()).values())) == 3


def test_an_account_and_a_guest_order_on_one_device_are_one_person(stitched, log):
    log.add("2025-01-01", user_id="u1", anonymous_id="d").order("2025-02-01", 10, anonymous_id="d", ids={"email": "e1"})
    assert len(set(people(stitched()).values())) == 1


def test_two_addresses_of_one_account_are_one_person_on_any_device(stitched, log):
    log.add("2025-01-01", user_id="u1", ids={"email": "e1"}).add("2025-01-02", user_id="u1", ids={"email": "e2"})
    log.add("2025-01-03", anonymous_id="d", ids={"email": "e1"}).add(
        "2025-01-04", anonymous_id="d", ids={"email": "e2"}
    )
    assert len(set(people(stitched()).values())) == 1


def test_a_unique_identifier_never_joins_two_values_and_the_weakest_gives_way(stitched, log):
    log.add("2025-01-01", user_id="u1", ids={"email": "e1"})
    log.add("2025-01-02", ids={"email": "e1", "phone": "p1"})
    log.add("2025-01-03", user_id="u2", ids={"email": "e2", "phone": "p1", "loyalty_id": "l2"})
    log.add("2025-01-04", user_id="u2", ids={"loyalty_id": "l1"}).add(
        "2025-01-05", user_id="u1", ids={"loyalty_id": "l1"}
    )
    shop = stitched()
    found = people(shop)
    assert found["u1"] == found["e1"] == found["p1"] == found["l1"]
    assert found["u2"] == found["e2"] == found["l2"]
    assert found["u1"] != found["u2"]
    assert {pair for pair, reason in edges(shop).items() if reason == "two_values"} == {
        ("u2", "p1"), ("e2", "p1"), ("l2", "p1"), ("u2", "l1")
    }  # fmt: skip


def test_one_device_with_ten_thousand_e_mails_is_nobodys(stitched, log):
    for n in range(10_000):
        log.add("2025-01-01", ids={"email": f"e{n}"}, anonymous_id="kiosk")
    shop = stitched()
    found = people(shop)
    assert statuses(shop)["kiosk"] == "shared"
    assert len(set(found.values())) == 10_001


def test_an_e_mail_that_everybody_gives_stands_for_nobody(stitched, log):
    for n in range(6):
        log.add(f"2025-01-0{n + 1}", ids={"email": "shop", "phone": f"p{n}"})
    shop = stitched()
    assert statuses(shop)["shop"] == "blocked"
    assert "shop" not in people(shop)
    assert len(set(people(shop).values())) == 6
    assert set(edges(shop).values()) == {"limit"}


def test_five_phones_in_thirty_days_are_still_one_person_and_so_are_more_over_a_year(stitched, log):
    for n in range(5):
        log.add(f"2025-01-0{n + 1}", ids={"email": "e", "phone": f"p{n}"})
    for n in range(5):
        log.add(f"2025-0{n + 3}-10", ids={"email": "e", "phone": f"q{n}"})
    assert len(set(people(stitched()).values())) == 1


def test_an_e_mail_that_is_read_on_many_devices_keeps_its_owner_and_none_of_them(stitched, log):
    log.add("2025-01-01", user_id="u1", ids={"email": "e1"})
    for n in range(6):
        log.add("2025-01-02", ids={"email": "e1"}, anonymous_id=f"d{n}")
    found = people(stitched())
    assert found["e1"] == found["u1"]
    assert len(set(found.values())) == 7


def test_the_limit_of_a_customer_id_takes_devices_as_they_come(stitched, log):
    for n in range(7):
        log.add(f"2025-01-0{n + 1}", user_id="u1", anonymous_id=f"d{n}")
    shop = stitched()
    assert [edges(shop)["u1", f"d{n}"] for n in range(7)] == [None] * 5 + ["limit"] * 2


def test_a_phone_number_that_is_given_out_again_has_two_owners_in_turn(stitched, log):
    log.add("2024-01-01", user_id="u1", ids={"phone": "p"}).add("2024-06-01", user_id="u1", ids={"phone": "p"})
    log.add("2024-07-01", ids={"phone": "p"}, anonymous_id="d1")
    log.add("2025-01-01", user_id="u2", ids={"phone": "p"}).add("2025-02-01", ids={"phone": "p"}, anonymous_id="d2")
    shop = stitched()
    found = people(shop)
    first, second = sorted(
        (row for row in rows(shop.table("identity_map")) if row["identifier"] == "p" and row["known_to"] is None),
        key=lambda row: row["era"],
    )
    assert (first["profile_id"], second["profile_id"]) == (found["u1"], found["u2"])
    assert first["valid_from"] is None
    assert first["valid_to"] == second["valid_from"] == datetime(2025, 1, 1)
    assert second["valid_to"] is None
    assert (found["d1"], found["d2"]) == (found["u1"], found["u2"])
    assert statuses(shop)["p"] == "handed_over"


def test_a_phone_number_that_two_use_at_once_stays_with_who_had_it_first(stitched, log):
    for day, who in enumerate(["u1", "u2", "u1"], start=1):
        log.add(f"2025-01-0{day}", user_id=who, ids={"phone": "p"})
    shop = stitched()
    assert edges(shop) == {("u1", "p"): None, ("u2", "p"): "two_values"}
    assert people(shop)["p"] == people(shop)["u1"] != people(shop)["u2"]


def test_a_number_is_not_handed_over_in_the_moment_in_which_both_show_it(stitched, log):
    log.add("2024-01-01", user_id="u1", ids={"phone": "p"}).add("2025-01-01", user_id="u1", ids={"phone": "p"})
    log.add("2025-01-01", user_id="u2", ids={"phone": "p"})
    assert statuses(stitched())["p"] == "used"


def test_a_tie_that_counts_for_one_owner_of_a_number_counts(stitched, log):
    log.add("2024-01-01", user_id="u1", ids={"phone": "p", "email": "e1"})
    log.add("2025-01-01", user_id="u2", ids={"phone": "p"}).add("2025-02-01", ids={"phone": "p", "email": "e1"})
    shop = stitched()
    assert edges(shop)["e1", "p"] is None
    assert people(shop)["e1"] == people(shop)["u1"]


def test_devices_come_after_all_else_however_early_they_were(stitched, log):
    log.add("2025-01-01", user_id="u1", anonymous_id="d").add("2025-01-02", anonymous_id="d", ids={"device_id": "t"})
    log.add("2025-01-03", ids={"email": "e", "device_id": "t"}).add("2025-02-01", user_id="u2", ids={"email": "e"})
    shop = stitched()
    assert edges(shop)["u2", "e"] is None
    assert edges(shop)["e", "t"] == "two_values"
