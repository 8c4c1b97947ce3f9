from __future__ import annotations

import pytest

from helpers import identity


def people(shop) -> dict[str, str]:
    """Identifier to person."""
    rows = identity.stitch(shop).to_pyarrow().to_pylist()
    return {row["identifier"]: row["profile_id"] for row in rows}


def test_a_chain_of_shared_identifiers_is_one_person(make_shop, log):
    log.add("2025-01-01", anonymous_id="phone").add("2025-01-02", anonymous_id="laptop", user_id="u1")
    log.add("2025-01-03", user_id="u1", ids={"email": "e1"}).add(
        "2025-01-04", anonymous_id="phone", ids={"email": "e1"}
    )
    found = people(log.write(make_shop()))
    assert set(found) == {"phone", "laptop", "u1", "e1"}
    assert len(set(found.values())) == 1


def test_two_people_who_share_nothing_stay_two(make_shop, log):
    log.add("2025-01-01", user_id="u1", anonymous_id="a1").add("2025-01-02", user_id="u2", anonymous_id="a2")
    found = people(log.write(make_shop()))
    assert found["u1"] == found["a1"]
    assert found["u2"] == found["a2"]
    assert found["u1"] != found["u2"]


def test_equal_values_of_two_types_are_two_identifiers(make_shop, log):
    log.add("2025-01-01", user_id="7").add("2025-01-02", anonymous_id="7")
    assert identity.stitch(log.write(make_shop())).profile_id.nunique().to_pyarrow().as_py() == 2


def test_a_person_keeps_the_name_of_the_identifier_seen_first(make_shop, log):
    log.add("2025-01-01", anonymous_id="a1")
    before = people(log.write(make_shop()))["a1"]
    log.add("2025-01-05", anonymous_id="a1", user_id="aaa")
    after = people(log.write(make_shop()))
    assert after == {"a1": before, "aaa": before}


def test_an_event_without_identifiers_belongs_to_nobody(make_shop, log):
    log.order("2025-01-01", 5).add("2025-01-02", user_id="u1")
    assert set(people(log.write(make_shop()))) == {"u1"}


@pytest.mark.parametrize(("as_of", "one"), [("2025-02-01", False), ("2025-02-02", True)])
def test_a_log_in_at_or_after_the_moment_joins_nobody_yet(make_shop, log, as_of, one):
    log.add("2025-01-01", anonymous_id="a1").add("2025-01-02", user_id="u1")
    # Midnight of 1 February in Berlin, to the microsecond: not before that day's first moment.
    log.add("2025-01-31T23:00:00", anonymous_id="a1", user_id="u1")
    found = people(log.write(make_shop(as_of=as_of)))
    assert (found["a1"] == found["u1"]) is one


def test_when_each_identifier_was_seen(make_shop, log):
    log.add("2025-01-03", user_id="u1").add("2025-01-01", user_id="u1").add("2025-01-02", user_id="u1")
    (row,) = identity.stitch(log.write(make_shop())).to_pyarrow().to_pylist()
    assert (row["first_seen_at"].day, row["last_seen_at"].day) == (1, 3)


def test_long_chains_and_rings_are_one_person_each(make_shop, log):
    for n in range(60):
        log.add("2025-01-01", user_id=f"u{n}", anonymous_id=f"d{n}")
        log.add("2025-01-02", user_id=f"u{n}", anonymous_id=f"d{n + 1}")
    for n in range(10):
        log.add("2025-01-03", ids={"email": f"e{n}", "phone": f"p{n}"})
        log.add("2025-01-03", ids={"email": f"e{n}", "phone": f"p{(n + 1) % 10}"})
    found = list(people(log.write(make_shop())).values())
    assert sorted(found.count(person) for person in set(found)) == [20, 121]


def test_a_log_without_people_has_none(make_shop, log):
    rows = identity.stitch(log.add("2025-01-01").write(make_shop())).to_pyarrow()
    assert rows.num_rows == 0
    assert rows.column_names == ["type", "identifier", "profile_id", "first_seen_at", "last_seen_at"]


def test_of_two_who_turn_out_to_be_one_the_older_name_stays(make_shop, log):
    log.add("2025-01-02", anonymous_id="a-younger").add("2025-01-01", user_id="z-older")
    before = people(log.write(make_shop()))
    log.add("2025-02-01", user_id="z-older", anonymous_id="a-younger")
    assert set(people(log.write(make_shop())).values()) == {before["z-older"]}


def test_names_do_not_depend_on_the_order_of_the_log(make_shop, log):
    log.add("2025-01-01", user_id="u1", anonymous_id="d1").add("2025-01-01", user_id="u2")
    log.add("2025-01-01", anonymous_id="d2").add("2025-01-03", user_id="u2", anonymous_id="d2")
    before = people(log.write(make_shop()))
    log.rows.reverse()
    assert people(log.write(make_shop())) == before


def test_a_name_gives_no_identifier_away(make_shop, log):
    (name,) = people(log.add("2025-01-01", user_id="u1").write(make_shop())).values()
    assert len(name) == 16
    assert "u1" not in name
