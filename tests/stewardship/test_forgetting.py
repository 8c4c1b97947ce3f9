import gzip
import json
import re
from dataclasses import replace
from datetime import datetime

import pandas as pd
import pytest

import helpers
from helpers import identity
from helpers.datasets import lock, paths
from helpers.errors import Locked, PrivacyRefused, WrongUse
from helpers.privacy import tombstones
from helpers.runs import history
from helpers.stewardship import card, export
from helpers.stewardship.scan import Scanner
from helpers.stewardship.who import identifier, person
from tests.stewardship import world
from tests.stewardship.world import ANY, DEVICE, MAIL, NAME, USER, leave

TILL = """
[[source]]
name = "till"
files = ["till*.csv"]
format = "delimited"
columns = ["at", "till", "who", "mail", "cookie"]
  [[source.emit]]
  event = "Order Completed"
  timestamp = "at"
  user_id = "who"
  anonymous_id = "cookie"
  external_ids.device_id = "till"
  external_ids.email = "mail"
"""
# What says where a record stands, or when it was first read, and not what anybody did.
PLACES = {"ledger", "rejects"}


@pytest.fixture(scope="module")
def without(home_at, tmp_path_factory):
    """Fingerprints of the tables of the same shop that never had the person."""
    with home_at(tmp_path_factory.mktemp("never")):
        world.write(without=True)
        world.rebuild()
        return world.contents()


def names_of_the_person(shop):
    who = person(shop, identifier(shop, ANY[0]))
    own = identity.current(shop).filter(lambda t: t.profile_id == who).to_pyarrow().to_pylist()
    return who, {row["identifier"] for row in own}


def holding(scanner):
    return [str(file) for file in paths.home().rglob("*") if file.is_file() and scanner.found_in(file)]


def test_nothing_of_them_is_left_in_any_file(shop):
    who, pseudonyms = names_of_the_person(shop)
    assert len(pseudonyms) == 3
    export(shop, "profiles", to="csv")
    identity.decide(shop, "apart", ("user_id", USER), ("user_id", "C200002"), why="two people")
    identity.decide(shop, "apart", ("user_id", "C300003"), ("user_id", "C200002"), why="two people")
    scanner = Scanner([MAIL, USER, DEVICE], {who, *pseudonyms})
    before = holding(scanner)
    for part in ("orders.csv", "web.jsonl.gz", "mails.parquet", "consent.csv", "people.csv", "profiles.csv",
                 "identity.csv", "events/", "identity_map.parquet"):  # fmt: skip
        assert any(part in file for file in before), part
    certificate = leave(ANY[0])
    assert holding(scanner) == []
    assert paths.decisions_file(NAME).read_text().count("two people") == 1
    assert not paths.exports(NAME).exists()
    said = json.loads(certificate.read_text())
    assert said["dataset"] == NAME
    assert said["key"] == tombstones.read(NAME).key
    assert not paths.forgetting(NAME).exists()
    assert not list(paths.home().rglob("*.aside"))


@pytest.mark.parametrize("identifier", ANY)
def test_any_identifier_gives_the_shop_as_if_they_had_never_been(shop, without, identifier):
    leave(identifier)
    after = world.contents()
    assert {table for table in after if after[table] != without[table]} <= PLACES


def test_raw_files_keep_their_lines_and_other_people_their_bytes(shop):
    leave(ANY[0])
    raw = paths.raw(NAME)
    assert (raw / "orders.csv").read_text() == world.lines(world.ORDERS, blank=True)
    assert gzip.decompress((raw / "web.jsonl.gz").read_bytes()).decode() == world.lines(world.WEB, blank=True)
    assert (raw / "consent.csv").read_text() == world.lines(world.CONSENT, blank=True)
    assert pd.read_parquet(raw / "mails.parquet")["mail"].tolist() == [mail for mail, *_ in world.MAILS[1:]]


def test_the_same_data_delivered_again_do_not_bring_them_back(shop, without):
    leave(ANY[0])
    once = world.contents()
    world.write(prefix="-again")
    world.rebuild()
    again = world.contents()
    assert {table for table in again if again[table] != once[table]} <= PLACES
    ledger = helpers.open(NAME).frame("ledger")
    # The first of two files with one content counts; as it was delivered, the person's records are in it.
    read = ledger.set_index("file").loc[["orders-again.csv", "orders.csv"]]
    assert read.rows_duplicate.tolist() == [0, 11]
    assert read.rows_skipped.tolist() == [5, 0]
    split = "\n".join([world.ORDERS[0], *(row[1:] for row in world.ORDERS if row.startswith("!o"))]) + "\n"
    (paths.raw(NAME) / "orders-split.csv").write_text(split)
    world.rebuild()
    again = world.contents()
    assert {table for table in again if again[table] != without[table]} <= PLACES


def test_a_file_is_known_as_the_delivery_that_it_was(shop):
    before = shop.frame("ledger").set_index("file")
    leave(ANY[0])
    after = helpers.open(NAME).frame("ledger").set_index("file")
    assert (before.sha256 == after.sha256).all()
    assert (before.loaded_at == after.loaded_at).all()
    assert (after.bytes < before.bytes).all()


def test_records_kept_away_are_skipped_in_the_books(shop):
    leave(ANY[0])
    raw = paths.raw(NAME)
    (raw / "orders.csv").unlink()
    (raw / "orders.csv").write_text(world.lines(world.ORDERS) + "\n", encoding="utf-8")  # other bytes, the same records
    world.rebuild()
    row = helpers.open(NAME).frame("ledger").set_index("file").loc["orders.csv"]
    # o1, o3, o5, o8 and the void o7 are passed over; o9 has no row that could be theirs, o10 no amount.
    assert (row.rows_read, row.rows_kept, row.rows_rejected, row.rows_skipped) == (11, 4, 2, 5)


def test_who_comes_back_later_is_a_new_person(shop):
    leave(ANY[0])
    kept = tombstones.read(NAME)
    earlier = [replace(stone, until=datetime(2025, 6, 1)) for stone in kept.tombstones]
    tombstones.write(NAME, replace(kept, tombstones=earlier))
    later = f"id,at,who,mail,note,amount\nn1,2025-05-31 10:00,{USER},{MAIL},,5\nn2,2025-06-02 10:00,{USER},{MAIL},,5\n"
    (paths.raw(NAME) / "orders-later.csv").write_text(later)
    world.rebuild()
    events = helpers.open(NAME).frame("events")
    assert set(events.order_id) >= {"n2"}
    assert "n1" not in set(events.order_id)
    again, pseudonyms = names_of_the_person(helpers.open(NAME))
    assert len(pseudonyms) == 2
    assert again not in set(helpers.open(NAME).frame("profiles").profile_id)  # what they agreed to is forgotten as well


def test_unknown_known_and_known_no_more_get_one_answer(shop):
    answers = []
    for asked in ("email:nobody@example.com", ANY[0], ANY[0], ANY[1]):
        certificate = leave(asked)
        said = json.loads(certificate.read_text())
        answers.append({key: value for key, value in said.items() if key not in ("request", "requested_at", "done_at")})
        assert re.fullmatch(r"\d{8}T\d{6}Z-[0-9a-f]{6}\.json", certificate.name)
    assert all(answer == answers[0] for answer in answers)
    assert len(list(paths.certificates(NAME).iterdir())) == 4
    assert len(tombstones.read(NAME).requests) == 4


def test_somebody_unknown_changes_nothing(shop):
    before, raw = world.contents(), {file: file.read_bytes() for file in paths.raw(NAME).iterdir()}
    leave("email:nobody@example.com")
    assert world.contents() == before
    assert {file: file.read_bytes() for file in paths.raw(NAME).iterdir()} == raw


def test_their_identifiers_in_other_peoples_records_go_and_the_records_stay(shop):
    raw = paths.raw(NAME)
    gift = f'g1,2025-05-01 10:00,C200002,{MAIL},"for {MAIL}, with love",9\n'
    with (raw / "orders.csv").open("a") as stream:
        stream.write(gift)
    mails = pd.read_parquet(raw / "mails.parquet")
    mails.loc[1, "remark"] = f"forwarded to <{MAIL.lower()}>"
    mails.to_parquet(raw / "mails.parquet", index=False)
    identity.decide(shop, "apart", ("email", MAIL), ("user_id", "C200002"), why="a gift")
    world.rebuild()
    shop = history.shop_of_latest(NAME)
    events = shop.frame("events")
    assert len(events[events.order_id == "g1"].external_ids.iloc[0]) == 1
    leave(f"user_id:{USER}")
    events = helpers.open(NAME).frame("events")
    (own,) = events[events.order_id == "g1"].to_dict("records")
    assert own["external_ids"] is None
    assert own["revenue"] == 9
    assert 'g1,2025-05-01 10:00,C200002,,"for , with love",9\n' in (raw / "orders.csv").read_text()
    assert pd.read_parquet(raw / "mails.parquet")["remark"].isna().all()
    assert len(events[events.event == "Email Opened"]) == 2


def test_a_device_of_several_people_stays_without_them(shop):
    seen = f'{{"device":"{DEVICE}","ts":"2025-0%d-01 09:00","user":{{"id":"C300003"}},"page":"/m"}}'
    (paths.raw(NAME) / "web-later.jsonl.gz").write_bytes(gzip.compress((seen % 5 + "\n" + seen % 6 + "\n").encode()))
    world.rebuild()
    listed = history.shop_of_latest(NAME).frame("identifiers")
    assert listed[listed.status == "shared"].type.tolist() == ["anonymous_id"]
    leave(f"user_id:{USER}")
    events = helpers.open(NAME).frame("events")
    # /a was seen by them, /b by whoever it was
    assert sorted(events[events.event == "Page Viewed"].page_path) == ["/b", "/c", "/d", "/m", "/m"]
    web = gzip.decompress((paths.raw(NAME) / "web.jsonl.gz").read_bytes()).decode()
    assert (web.count(DEVICE), web.count(USER)) == (2, 0)


def test_what_stands_for_nobody_or_for_several_does_not_make_a_record_somebody_elses(shop):
    """A guest's order with their address is theirs, and so is one from their browser on a till that several use."""
    toml = paths.dataset(NAME) / "dataset.toml"
    toml.write_text(toml.read_text() + TILL)
    several = "".join(f"2025-0{month}-07 10:00,T1,{who},,\n" for month, who in ((1, USER), (2, "C200002"), (3, USER)))
    own = f"2025-05-07 10:00,T1,,,{DEVICE}\n2025-05-08 10:00,,guest,{MAIL},\n"
    (paths.raw(NAME) / "till.csv").write_text("at,till,who,mail,cookie\n" + several + own)
    world.rebuild()
    listed = history.shop_of_latest(NAME).frame("identifiers")
    assert listed[listed.type == "device_id"].status.tolist() == ["shared"]
    leave(f"user_id:{USER}")
    assert len(helpers.open(NAME).frame("events").query("source_id == 'till'")) == 1
    left = (paths.raw(NAME) / "till.csv").read_text()
    assert left == "at,till,who,mail,cookie\n\n2025-02-07 10:00,T1,C200002,,\n\n\n\n"


def test_an_address_that_went_on_to_somebody_else_stays_theirs(shop):
    later = "id,at,who,mail,note,amount\n" + "".join(
        f"h{month},2025-0{month}-01 10:00,{who},{MAIL},,1\n" for month, who in ((5, "C300003"), (6, ""), (7, "C300003"))
    )
    (paths.raw(NAME) / "orders-later.csv").write_text(later)
    world.rebuild()
    shop = history.shop_of_latest(NAME)
    owners = identity.current(shop).filter(lambda t: t.type == "email").to_pyarrow().to_pylist()
    assert sum(bool(row["valid_from"] or row["valid_to"]) for row in owners) == 2
    leave(f"user_id:{USER}")
    assert set(helpers.open(NAME).frame("events").order_id.dropna()) == {"o2", "o4", "o6", "o11", "h5", "h6", "h7"}
    assert (paths.raw(NAME) / "orders-later.csv").read_text() == later
    assert MAIL not in (paths.raw(NAME) / "orders.csv").read_text()


def test_an_address_that_came_from_somebody_else_stays_theirs(shop):
    """The second owner is forgotten by the very address; its first owner's records are not theirs."""
    later = "id,at,who,mail,note,amount\n" + "".join(f"h{n},2025-0{n}-01 10:00,C300003,{MAIL},,1\n" for n in (5, 7))
    (paths.raw(NAME) / "orders-later.csv").write_text(later)
    world.rebuild()
    before = (paths.raw(NAME) / "people.csv").read_text()
    leave(ANY[0])
    assert set(helpers.open(NAME).frame("events").order_id.dropna()) == {"o1", "o2", "o3", "o5", "o6"}
    assert MAIL in (paths.raw(NAME) / "orders.csv").read_text()
    assert (paths.raw(NAME) / "people.csv").read_text() == before.replace("C300003,,basic\n", "\n")


@pytest.mark.parametrize(
    ("identifier", "said"),
    [("user_id:guest", "stands for nobody"), ("C1", "Expected type:value"), ("phone:1", "has the types")],
)
def test_what_is_not_one_persons_is_refused_before_anything_changes(shop, identifier, said):
    with pytest.raises(WrongUse, match=said):
        leave(identifier)
    assert not paths.tombstones(NAME).exists()
    assert not paths.forgetting(NAME).exists()


def test_what_no_run_has_read_is_read_first(shop):
    world.write(prefix="-new")
    (paths.raw(NAME) / "orders-new.csv").write_text("id,at,who,mail,note,amount\n")
    with pytest.raises(WrongUse, match=r"orders-new\.csv has not been read yet \(1 such files\)"):
        leave(ANY[0])


def test_a_file_that_holds_something_is_named_and_the_command_goes_on_from_there(shop):
    stray = paths.raw(NAME) / "notes.txt"
    stray.write_text(f"call <b>{MAIL.replace('@', '%40')}</b>")
    with pytest.raises(PrivacyRefused, match=r"(?s)still there.*notes\.txt\nRemove these files"):
        leave(ANY[0])
    assert not paths.certificates(NAME).exists()
    stray.unlink()
    latest = history.latest(NAME).run
    leave(ANY[0])
    assert history.latest(NAME).run == latest
    assert len(list(paths.certificates(NAME).iterdir())) == 1


def test_an_interrupted_request_comes_before_another(shop):
    stray = paths.raw(NAME) / "notes.txt"
    stray.write_text(MAIL)
    with pytest.raises(PrivacyRefused):
        leave(ANY[0])
    stray.unlink()
    leave("email:bob@example.com")
    assert len(list(paths.certificates(NAME).iterdir())) == 2
    assert holding(Scanner([MAIL, "bob@example.com"], ())) == []


def test_pages_of_earlier_runs_go_where_they_hold_something(shop):
    first = history.latest(NAME).run
    page = paths.report_run(NAME, first) / "index.html"
    page.write_text(f"<td>{MAIL}</td>")
    world.rebuild()
    second = history.latest(NAME).run
    leave(ANY[0])
    left = {run.run for run in history.past(NAME)}
    assert first not in left
    assert second in left
    assert not list(paths.run_tables(NAME, second).glob("*.parquet"))


def test_while_somebody_is_forgotten_no_run_begins(shop, monkeypatch):
    seen = []

    def look(*_):
        with pytest.raises(Locked, match="being worked on by forget"), lock.hold(NAME, who="run"):
            pass
        seen.append(True)

    monkeypatch.setattr("helpers.stewardship.forgetting.remove_copies", look)
    leave(ANY[0])
    assert seen


def test_of_who_is_gone_no_card_is_left(shop):
    assert len(list(card(shop, ANY[0]))) > 30
    leave(ANY[0])
    with pytest.raises(WrongUse, match="is known by this identifier"):
        list(card(history.shop_of_latest(NAME), ANY[0]))
