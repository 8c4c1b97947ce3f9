"""Deliveries in any split, order and repetition: the tables are those of one full load."""

import shutil
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import helpers
from helpers.datasets import paths
from helpers.ingestion import ingest, landing

SOURCES = """
    [[source]]
    name = "log"
    files = ["log-*.csv"]
    format = "delimited"
    columns = ["id", "at", "who", "what", "sku"]
    max_bad_share = 1.0
    [[source.emit]]
    event_from = "what"
    message_id = "id"
    timestamp = "at"
    anonymous_id = "who"
    product_id = "sku"
    [[source.emit]]
    kind = "product"
    when = "sku IS NOT NULL"
    product_id = "sku"
    product_category = "what"
    [[source]]
    name = "members"
    files = ["members-*.csv"]
    format = "delimited"
    columns = ["who", "plan", "since"]
    required = false
    [[source.emit]]
    kind = "attribute"
    user_id = "who"
    timestamp = "since"
    values = { plan = "plan" }
"""
# The third repeats and contradicts records of the others, and holds one that is late; the last two are equal.
FILES = {
    "log-1.csv": "id,at,who,what,sku\na,2025-05-01 10:00,d1,Page Viewed,\n,2025-05-01 10:50,d1,Product Viewed,mug\n"
    ",2025-05-01 10:50,d1,Product Viewed,mug\n",
    "log-2.csv": "id,at,who,what,sku\nb,2025-05-02 10:00,d1,Product Viewed,cup\nc,soon,d1,Page Viewed,\n"
    "a,2025-05-01 10:00,d2,Product Viewed,cup\n",
    "log-3.csv": "id,at,who,what,sku\nd,2025-05-01 10:25,d1,Page Viewed,\na,2025-04-30 09:00,d3,Page Viewed,\n"
    ",2025-05-01 10:50,d1,Product Viewed,mug\n",
    "members-1.csv": "who,plan,since\nu1,gold,2025-01-01\nu1,tin,2025-01-01\n",
    "members-2.csv": "who,plan,since\nu1,iron,2025-01-01\nu2,gold,2025-01-02\n",
    "members-3.csv": "who,plan,since\nu1,iron,2025-01-01\nu2,gold,2025-01-02\n",
}  # fmt: skip
TABLES = ("events", "sessions", "attributes", "products", "ledger", "rejects", "duplicates")


def tables(shop):
    """The tables of a shop, in an order of their own, without the moments of loading."""
    found = {}
    for name in TABLES:
        frame = shop.frame(name).drop(columns="loaded_at", errors="ignore")
        found[name] = sorted(map(str, frame.to_dict("records")))
    return found


@pytest.fixture(scope="module")
def once(tmp_path_factory, home_at):
    """The tables of one full load."""
    with home_at(tmp_path_factory.mktemp("home")):
        yield tables(load(list(FILES)))


def load(*batches):
    """A fresh shop that gets its files in batches, and is ingested after each of them."""
    folder = paths.dataset("tiny")
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "raw").mkdir(parents=True)
    (folder / "dataset.toml").write_text(HEAD + SOURCES)
    for batch in batches:
        for file in batch:
            (folder / "raw" / file).write_text(FILES[file])
        ingest(helpers.open("tiny"))
    return helpers.open("tiny")


HEAD = """
name = "tiny"
title = "A tiny shop"
currency = "EUR"
timezone = "UTC"
history_ends = 2025-12-31
[report]
owner = "Somebody"
contact = "somebody@example.com"
[pseudonyms]
public_key = "public, for tests"
"""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=12)
@given(
    order=st.permutations(list(FILES)), cuts=st.lists(st.integers(1, 5), max_size=3), again=st.sampled_from(list(FILES))
)
def test_any_split_and_order_gives_the_tables_of_one_load(once, home, order, cuts, again):
    places = sorted({0, *cuts, len(order)})
    batches = [order[one:other] for one, other in pairwise(places)]
    # Without a file of the source that is required, nothing is read.
    if not any(file.startswith("log") for file in batches[0]):
        batches[0] = [*batches[0], "log-1.csv"]
    assert tables(load(*batches, [again])) == once


def test_only_new_files_are_read(home, monkeypatch):
    read = []
    real = landing.admit
    monkeypatch.setattr(landing, "admit", lambda *args, **kept: read.append(args[2].name) or real(*args, **kept))
    load(["log-1.csv", "members-1.csv"], ["log-2.csv"], ["log-3.csv", "members-2.csv"], ["members-3.csv"])
    assert read == ["log-1.csv", "members-1.csv", "log-2.csv", "log-3.csv", "members-2.csv"]


def test_a_changed_file_replaces_its_rows(once, home):
    shop = load(["log-1.csv", "log-2.csv", "log-3.csv", "members-1.csv", "members-2.csv", "members-3.csv"])
    file = paths.raw("tiny") / "log-3.csv"
    file.write_text("id,at,who,what,sku\nz,2025-06-01 10:00,d9,Page Viewed,\n")
    ingest(shop)
    changed = shop.frame("events").set_index("message_id")
    assert "z" in changed.index
    assert "d" not in changed.index
    # What it had told of `a` earlier than the others is gone; the first of those counts again.
    assert changed.loc["a", "timestamp"] == datetime(2025, 5, 1, 10)
    file.write_text(FILES["log-3.csv"])
    ingest(shop)
    assert tables(shop) == once


def test_a_file_that_is_gone_takes_its_rows_along(home):
    shop = load(list(FILES))
    (paths.raw("tiny") / "log-2.csv").unlink()
    ingest(shop)
    rest = load([file for file in FILES if file != "log-2.csv"])
    assert tables(shop) == tables(rest)


@pytest.mark.parametrize(("old", "new", "newest"), [
    ('timezone = "UTC"', 'timezone = "Asia/Tokyo"', datetime(2025, 5, 1, 1, 50)),
    ("history_ends = 2025-12-31", "history_ends = 2025-04-28", None),
    ('timestamp = "at"', """timestamp = "replace(at, '10:50', '11:50')\"""", datetime(2025, 5, 1, 11, 50)),
])  # fmt: skip
def test_other_settings_read_everything_again(home, old, new, newest):
    shop = load(["log-1.csv"])
    file = paths.dataset("tiny") / "dataset.toml"
    file.write_text(file.read_text().replace(old, new, 1))
    ingest(helpers.open("tiny"))
    stamps = shop.frame("events")["timestamp"]
    assert (stamps.max() if len(stamps) else None) == newest


def test_an_event_is_known_from_when_its_first_file_was_read(home, monkeypatch):
    for day, files in enumerate((["log-1.csv"], ["log-3.csv", "log-2.csv"]), 1):
        monkeypatch.setattr(landing, "now", lambda day=day: datetime(2025, 6, day))
        if day == 1:
            monkeypatch.setitem(globals(), "HEAD", HEAD.replace("history_ends = 2025-12-31\n", ""))
            shop = load(files)
        else:
            for file in files:
                (paths.raw("tiny") / file).write_text(FILES[file])
            ingest(helpers.open("tiny"))
    events = shop.frame("events").set_index("message_id")
    # `a` is told of by all three; the row of the second day counts, the moment of the first.
    assert events.loc["a", "timestamp"] == datetime(2025, 4, 30, 9)
    assert events.loc["a", "loaded_at"] == datetime(2025, 6, 1)
    assert events.loc["d", "loaded_at"] == datetime(2025, 6, 2)


def test_records_that_differ_under_one_id_are_counted_and_shown(home):
    told = load(list(FILES)).frame("duplicates").set_index(["message_id", "file"])
    assert told.loc["a"].to_dict("index") == {
        "log-1.csv": {"source_id": "log", "copies": 1, "differing": 1},
        "log-2.csv": {"source_id": "log", "copies": 1, "differing": 1},
    }
    content = told.drop(index="a")
    assert content["copies"].tolist() == [1]
    assert content["differing"].tolist() == [0]
