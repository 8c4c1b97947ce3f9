"""What people decide stands above the rules, and dropping an edge gives the tables from before."""

from __future__ import annotations

import pytest

import helpers
from helpers import identity, privacy, profiles
from helpers.datasets import paths
from helpers.errors import WrongUse
from tests.identity.conftest import edges, people, rows, statuses

TABLES = ("identity_map", "profile_alias", "profiles", "daily")


@pytest.fixture
def shop(make_shop):
    return make_shop(as_of="2025-06-01")


@pytest.fixture
def named(shop):
    """The pseudonym of an identifier."""
    return privacy.for_shop(shop)


def test_two_who_share_nothing_become_one(shop, log, named):
    log.add("2025-01-01", user_id=named("user_id", "1")).add("2025-01-02", user_id=named("user_id", "2"))
    identity.decide(shop, "join", ("user_id", "1"), ("user_id", "2"), why="one account was lost")
    identity.stitch(log.write(shop))
    assert len(set(people(shop).values())) == 1
    (edge,) = rows(shop.table("identity_edges"))
    assert (edge["rule"], edge["status"], edge["events"], edge["message_id"]) == ("decision", "accepted", 0, None)


def test_a_device_of_two_accounts_that_are_one_person_is_not_shared(shop, log, named):
    for day, who in enumerate("12", start=1):
        log.add(f"2025-01-0{day}", user_id=named("user_id", who), anonymous_id="d")
    identity.decide(shop, "join", ("user_id", "1"), ("user_id", "2"), why="one account was lost")
    identity.stitch(log.write(shop))
    assert len(set(people(shop).values())) == 1


def test_a_number_that_two_accounts_of_one_person_show_in_turn_is_not_handed_over(shop, log, named):
    log.add("2025-01-01", user_id=named("user_id", "1"), ids={"phone": "p"})
    log.add("2025-02-01", user_id=named("user_id", "2"), ids={"phone": "p"})
    identity.decide(shop, "join", ("user_id", "1"), ("user_id", "2"), why="one account was lost")
    identity.stitch(log.write(shop))
    assert statuses(shop)["p"] == "used"
    assert len(set(people(shop).values())) == 1


def test_what_was_decided_stands_above_the_limits(shop, log, named):
    for n in range(8):
        log.add(f"2025-01-0{n + 1}", ids={"email": named("email", f"{n}@example.com")})
    for n in range(7):
        identity.decide(
            shop, "join", ("email", f"{n}@example.com"), ("email", f"{n + 1}@example.com"), why="a household"
        )
    identity.stitch(log.write(shop))
    assert len(set(people(shop).values())) == 1


def test_a_decision_counts_from_when_it_was_made(shop, log, named):
    log.add("2025-01-01", user_id=named("user_id", "1")).add("2025-01-02", user_id=named("user_id", "2"))
    log.write(shop)
    identity.decide(shop, "join", ("user_id", "1"), ("user_id", "2"), why="one account was lost")
    then = helpers.open(shop.name, as_of="2025-06-01", known_at="2025-06-01")
    for each, number in ((then, 2), (shop, 1)):
        identity.stitch(each)
        assert len(set(people(each).values())) == number


def test_what_was_joined_can_be_kept_apart(shop, log, named):
    one, email = named("user_id", "1"), named("email", "ann@example.com")
    log.add("2025-01-01", user_id=one, ids={"email": email})
    identity.decide(shop, "apart", ("user_id", "1"), ("email", "Ann@example.com"), why="a typing error")
    identity.stitch(log.write(shop))
    assert edges(shop) == {(one, email): "kept_apart"}
    assert people(shop)[one] != people(shop)[email]


def test_kept_apart_holds_by_every_way_round(shop, log, named):
    one, email = named("user_id", "1"), named("email", "ann@example.com")
    log.add("2025-01-01", user_id=one, ids={"phone": "p"}).add("2025-01-02", ids={"phone": "p", "email": email})
    identity.decide(shop, "apart", ("user_id", "1"), ("email", "ann@example.com"), why="mother and daughter")
    identity.stitch(log.write(shop))
    assert edges(shop) == {(one, "p"): None, (email, "p"): "kept_apart"}


def lived(log, *, met):
    """A person who once, on somebody else's laptop, was met under that one's account too (`met`)."""
    log.rows.clear()
    log.order("2025-01-01", 10, user_id="u1", ids={"email": "e1"}).add("2025-01-05", anonymous_id="d1")
    log.add("2025-02-01", user_id="u1", anonymous_id="d1").order("2025-02-02", 20, ids={"phone": "p2"})
    log.add("2025-03-01", user_id="u1", ids={"phone": "p2"} if met else {})
    log.order("2025-04-01", 30, ids={"phone": "p2"}).add("2025-04-02", user_id="u1", anonymous_id="d1")


def contents(shop):
    profiles.build(shop)
    return {name: rows(shop.table(name)) for name in TABLES}


def test_un_merging_gives_exactly_the_tables_from_before(shop, log, named):
    swap = {"u1": named("user_id", "u1"), "p2": named("phone", "+4915")}

    def write(*, met):
        lived(log, met=met)
        for row in log.rows:
            row["user_id"] = swap.get(row["user_id"], row["user_id"])
            for each in row["external_ids"] or []:
                each["value"] = swap.get(each["value"], each["value"])
        return contents(log.write(shop))

    before = write(met=False)
    merged = write(met=True)
    assert merged != before
    assert len({row["profile_id"] for row in merged["profiles"]}) == 1
    identity.decide(shop, "apart", ("user_id", "u1"), ("phone", "+49 15"), why="not hers")
    assert write(met=True) == before


def test_the_later_of_two_decisions_counts(shop, log, named):
    one, email = named("user_id", "1"), named("email", "a@b")
    log.add("2025-01-01", user_id=one, ids={"email": email})
    log.write(shop)
    for decision, number in (("apart", 2), ("join", 1)):
        identity.decide(shop, decision, ("email", "a@b"), ("user_id", "1"), why="")
        identity.stitch(shop)
        assert len(set(people(shop).values())) == number


def test_the_file_holds_pseudonyms_and_the_reason(shop):
    identity.decide(shop, "apart", ("user_id", "1"), ("email", "ann@example.com"), why="a typing error")
    text = paths.decisions_file(shop.name).read_text()
    assert "ann@example.com" not in text
    assert "a typing error" in text


def test_a_wrong_decision_is_refused_before_anything_is_written(shop):
    with pytest.raises(WrongUse, match="expected 'join' or 'apart'"):
        identity.decide(shop, "merge", ("user_id", "1"), ("user_id", "2"), why="")
    with pytest.raises(WrongUse, match="the same identifier"):
        identity.decide(shop, "join", ("email", "A@b.c"), ("email", "a@b.c "), why="")
    assert not paths.decisions_file(shop.name).exists()


DAMAGED = [
    "join,user_id,a,user_id",
    "maybe,user_id,a,user_id,b,2025-01-01,",
    "join,,a,b,c,2025-01-01,x",
    "join,user_id,a,user_id,b,yesterday,x",
]


@pytest.mark.parametrize("line", DAMAGED)
def test_a_damaged_file_names_the_line(shop, log, line):
    log.add("2025-01-01", user_id="u").write(shop)
    paths.decisions_file(shop.name).write_text(f"decision,a_type,a,b_type,b,decided_at,why\n{line}\n")
    with pytest.raises(WrongUse, match=r"identity.csv, line 2: this is no decision; expected decision,a_type"):
        identity.stitch(shop)
