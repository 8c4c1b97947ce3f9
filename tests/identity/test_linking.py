"""Likenesses: proposed only where a data set asks, used only above its threshold, and under every rule."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import helpers
from helpers import identity, privacy
from helpers.datasets.tables.ingestion import ATTRIBUTES
from helpers.errors import WrongUse
from tests.identity.conftest import people, rows

ASKS = """
    [identity]
    unique = ["user_id"]
    [identity.link]
    of = "crm_id"
    threshold = {threshold}
    compare = {{ first_name = "name", surname = "name", dob = "date", city = "exact" }}
"""
SOURCE = """
    [[source]]
    name = "crm"
    files = ["crm.csv"]
    format = "delimited"
    columns = ["id", "at", "first", "last", "born", "town"]
    [[source.emit]]
    kind = "attribute"
    timestamp = "at"
    external_ids = { crm_id = "id" }
    values = { first_name = "first", surname = "last", dob = "born", city = "town" }
"""
FIRST = ["Anna", "Bruno", "Clara", "David", "Elena", "Felix", "Greta", "Henrik", "Ingrid", "Jonas", "Katja", "Lukas"]
LAST = ["Albers", "Brandt", "Christen", "Dietrich", "Eggers", "Falkner", "Giese", "Hartung", "Isenberg", "Jansen"]
TOWNS = ["Kiel", "Ulm", "Jena", "Bonn", "Trier", "Worms", "Fulda", "Celle"]


def records(people: int = 150) -> pd.DataFrame:
    """Two records a person, one in three of the second with a letter lost in the surname."""
    chance = np.random.default_rng(1)
    own = pd.DataFrame(
        {
            "first_name": chance.choice(FIRST, people), "surname": chance.choice(LAST, people),
            "dob": [f"{y}-{m:02d}-{d:02d}" for y, m, d in zip(chance.integers(1940, 2006, people),
                    chance.integers(1, 13, people), chance.integers(1, 29, people), strict=True)],
            "city": chance.choice(TOWNS, people),
        }
    )  # fmt: skip
    again = own.copy()
    slips = chance.random(people) < 1 / 3
    again.loc[slips, "surname"] = again.loc[slips, "surname"].str.replace(r"(.)(.)$", r"\1", regex=True)
    both = pd.concat([own, again], keys=["a", "b"]).reset_index(names=["copy", "person"])
    return both.assign(identifier=both["copy"] + both["person"].astype(str).str.zfill(3))


@pytest.fixture
def linked(make_shop, log):
    """A shop that knows records by a crm_id alone, each with one event."""

    def linked(head="", *, valid_from="2025-01-01", of_people=150, same=False):
        log.rows.clear()
        known = records(of_people)
        if same:
            known[["first_name", "surname", "dob", "city"]] = ["Anna", "Albers", "1990-01-01", "Kiel"]
        for who in known["identifier"]:
            log.add("2025-02-01" if who.startswith("a") else "2025-03-01", ids={"crm_id": who})
        shop = log.write(make_shop(head + SOURCE, as_of="2025-06-01"))
        said = known.melt("identifier", ["first_name", "surname", "dob", "city"], "name", "value")
        moment = pd.Timestamp(valid_from)
        said = said.assign(identifier_type="crm_id", valid_from=moment, loaded_at=moment)
        shop.write("attributes", said[ATTRIBUTES.column_names])
        identity.stitch(shop)
        return shop

    return linked


def test_records_of_one_person_are_found_where_the_data_set_asks(linked):
    shop = linked(ASKS.format(threshold=0.9))
    found = people(shop)
    same = sum(found[f"a{n:03d}"] == found[f"b{n:03d}"] for n in range(150))
    assert same > 130
    groups = pd.Series(found).groupby(pd.Series(found)).apply(lambda own: {who[1:] for who in own.index})
    assert (groups.map(len) == 1).mean() > 0.97
    edges = shop.frame("identity_edges")
    assert set(edges["rule"]) == {"linked"}
    assert edges["weight"].between(0.5, 1).all()
    assert (edges["events"] == 0).all()


def test_without_being_asked_nothing_is_compared(linked):
    shop = linked()
    assert rows(shop.table("identity_edges")) == []
    assert len(set(people(shop).values())) == 300


def test_likenesses_below_the_threshold_are_kept_and_not_used(linked):
    threshold = linked(ASKS.format(threshold=0.9)).frame("identity_edges")["weight"].median()
    edges = linked(ASKS.format(threshold=threshold)).frame("identity_edges")
    used = edges["weight"] >= threshold
    assert used.any()
    assert (~used).any()
    assert set(edges.loc[used, "status"]) == {"accepted"}
    assert set(edges.loc[~used, "reason"]) == {"unsure"}


def test_what_was_said_at_the_moment_or_later_proposes_nothing(linked):
    assert rows(linked(ASKS.format(threshold=0.9), valid_from="2025-05-31T22:00").table("identity_edges")) == []


def test_a_likeness_joins_no_two_accounts(linked, log, make_shop):
    shop = linked(ASKS.format(threshold=0.9))
    found = people(shop)
    twin = next(n for n in range(150) if found[f"a{n:03d}"] == found[f"b{n:03d}"])
    log.add("2025-04-01", user_id="u1", ids={"crm_id": f"a{twin:03d}"})
    log.add("2025-04-02", user_id="u2", ids={"crm_id": f"b{twin:03d}"})
    identity.stitch(log.write(shop))
    found = people(shop)
    assert found["u1"] == found[f"a{twin:03d}"] != found["u2"] == found[f"b{twin:03d}"]


def test_two_who_are_alike_can_be_kept_apart(linked, log, make_shop):
    shop = linked(ASKS.format(threshold=0.9))
    found = people(shop)
    twin = next(n for n in range(150) if found[f"a{n:03d}"] == found[f"b{n:03d}"])
    named = privacy.for_shop(shop)
    for row in log.rows:
        for each in row["external_ids"]:
            each["value"] = named("crm_id", each["value"])
    said = shop.frame("attributes")
    shop.write("attributes", said.assign(identifier=said["identifier"].map(lambda who: named("crm_id", who))))
    identity.decide(shop, "apart", ("crm_id", f"a{twin:03d}"), ("crm_id", f"b{twin:03d}"), why="twins")
    identity.stitch(log.write(shop))
    found = people(shop)
    assert found[named("crm_id", f"a{twin:03d}")] != found[named("crm_id", f"b{twin:03d}")]


def test_too_few_records_to_learn_from_propose_nothing(linked):
    assert rows(linked(ASKS.format(threshold=0.9), of_people=20).table("identity_edges")) == []


def test_records_that_nothing_can_be_learned_from_are_a_clear_error(linked):
    with pytest.raises(WrongUse, match=r"\[identity.link\] of 'tiny': nothing can be learned from these 300 records"):
        linked(ASKS.format(threshold=0.9), same=True)


def test_equal_logs_give_equal_likenesses(linked):
    first, second = (linked(ASKS.format(threshold=0.9)).frame("identity_edges") for _ in range(2))
    assert first.equals(second)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('of = "crm_id"', 'of = "user_id"'), "'user_id' is a device, or a person has one value of it"),
        (("city =", "town ="), "no source says the attribute town"),
        (('"date"', '"day"'), "dataset.toml"),
    ],
)
def test_a_setting_that_cannot_work_is_refused(write_dataset, change, said):
    write_dataset(ASKS.format(threshold=0.9).replace(*change) + SOURCE)
    with pytest.raises(WrongUse, match=said):
        helpers.open("tiny")
