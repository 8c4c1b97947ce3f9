"""Whole deliveries: what is stored, what is refused, and books that balance."""

import gzip
import random
from datetime import datetime
from decimal import Decimal

import pyarrow.parquet as pq
import pytest

from helpers.datasets import paths
from helpers.errors import DataRefused, WrongUse
from tests.ingestion.conftest import SHOP_NAME, book

ORDERS = """
    [[source]]
    name = "orders"
    files = ["orders*"]
    format = "delimited"
    columns = ["id", "at", "who", "total", "what"]
    max_bad_share = {share}
    [[source.reject]]
    reason = "test_till"
    when = "who = 'test'"
    [[source.emit]]
    event = "Order Completed"
    when = "what = 'sale'"
    {message_id}
    timestamp = "at"
    user_id = "who"
    order_id = "id"
    revenue = "total"
"""
PARQUET = """
    [[source]]
    name = "orders"
    files = ["orders.parquet"]
    format = "parquet"
    columns = ["at"]
    required = {required}
    [[source.emit]]
    event = "Order Completed"
    timestamp = "at"
"""
WITH_ID = ORDERS.format(share=1.0, message_id='message_id = "id"')
WITHOUT_ID = ORDERS.format(share=1.0, message_id="")
HEAD = "id,at,who,total,what\n"


def order(number, *, at="2025-01-01 10:00", who="u1", total="5", what="sale"):
    return f"{number},{at},{who},{total},{what}\n"


@pytest.fixture
def run(ingested):
    """Ingests files of orders and gives the shop."""
    return lambda files, sources=WITH_ID, **head: ingested(sources, files, **head)


def told(shop, *columns):
    """Columns of `events` in the order of truth."""
    frame = shop.frame("events").sort_values(["timestamp", "message_id"])
    return [tuple(row) for row in frame[list(columns)].itertuples(index=False)]


def test_every_record_is_in_the_books_once(run):
    good = order(1) + order(2)
    shop = run(
        {
            "orders-1.csv": HEAD + good + "3,soon,u1,5,sale\n" + "4,2025-01-01\n" + order(5, what="talk"),
            "orders-2.csv": HEAD + order(2) + order(6) + order(6) + order(7, who="test"),
            "orders-3.csv.gz": HEAD,
            "orders-4.csv": "",
        }
    )
    assert book(shop) == {
        "orders-1.csv": (5, 2, 2, 0, 0, 1, 2),
        "orders-2.csv": (4, 1, 1, 0, 2, 0, 1),
        "orders-3.csv.gz": (0, 0, 0, 0, 0, 0, 0),
        "orders-4.csv": (0, 0, 0, 0, 0, 0, 0),
    }
    assert told(shop, "order_id") == [("1",), ("2",), ("6",)]
    ledger = shop.frame("ledger").set_index("file")
    assert ledger.loc["orders-1.csv", "bytes"] == (paths.raw("tiny") / "orders-1.csv").stat().st_size
    assert ledger.loc["orders-1.csv", "source_id"] == "orders"


def test_an_event_carries_what_was_said_and_what_was_not_stays_out(run):
    (event,) = (
        run({"orders.csv": HEAD + order(1, at="2025-07-01 00:30", total="5.25")}).frame("events").to_dict("records")
    )
    assert event["message_id"] == "1"
    assert (event["event"], event["category"], event["channel"]) == ("Order Completed", "purchase", "web")
    assert event["timestamp"] == datetime(2025, 6, 30, 22, 30)
    assert event["local_time"] == datetime(2025, 7, 1, 0, 30)
    assert event["loaded_at"] == event["timestamp"]
    assert (event["user_id"], event["order_id"]) == (SHOP_NAME("user_id", "u1"), "1")
    assert (event["revenue"], event["currency"]) == (Decimal("5.25"), "EUR")


def test_where_history_goes_on_events_are_known_from_now_on(run):
    before = datetime.now()
    shop = run({"orders.csv": HEAD + order(1)}, history="")
    (loaded,) = shop.frame("events")["loaded_at"]
    assert abs((loaded - before).total_seconds()) < 15 * 3600
    assert loaded.year >= 2026


def test_an_event_that_nobody_planned_is_of_another_kind(run):
    sources = WITH_ID.replace('event = "Order Completed"', "event_from = \"'Tea Drunk'\"")
    assert told(run({"orders.csv": HEAD + order(1)}, sources), "event", "category") == [("Tea Drunk", "other")]


def test_the_same_file_twice_changes_nothing_but_the_books(run):
    text = HEAD + order(1) + order(2, what="talk") + "3,x\n"
    once = told(run({"orders-1.csv": text}), "message_id", "timestamp", "revenue")
    again = run({"orders-1.csv": text, "orders-2.csv": text})
    assert told(again, "message_id", "timestamp", "revenue") == once
    assert book(again) == {"orders-1.csv": (3, 1, 1, 0, 0, 1, 1), "orders-2.csv": (3, 0, 0, 0, 3, 0, 0)}
    assert again.frame("rejects")["file"].tolist() == ["orders-1.csv"]


def test_ingesting_again_gives_equal_tables(run):
    files = {"orders-1.csv": HEAD + order(1) + order(1) + "x\n", "orders-2.csv": HEAD + order(2)}
    for sources in (WITH_ID, WITHOUT_ID):
        once = run(files, sources)
        tables = {name: once.frame(name) for name in ("events", "ledger", "rejects")}
        again = run(files, sources)
        assert all(again.frame(name).equals(table) for name, table in tables.items())


def test_of_two_records_with_one_id_the_earlier_counts(run):
    files = {
        "orders-1.csv": HEAD + order(1, at="2025-01-02 10:00", total="2") + order(1, at="2025-01-01 10:00", total="1"),
        "orders-2.csv": HEAD + order(1, at="2025-01-03 10:00", total="3"),
    }
    shop = run(files)
    assert told(shop, "message_id", "revenue") == [("1", 1)]
    assert book(shop) == {"orders-1.csv": (2, 1, 0, 0, 1, 0, 1), "orders-2.csv": (1, 0, 0, 0, 1, 0, 0)}


def test_of_two_at_one_time_the_first_of_the_file_counts(run):
    assert told(run({"orders.csv": HEAD + order(1, total="2") + order(1, total="1")}), "revenue") == [(2,)]


def test_without_an_id_equal_records_of_one_file_are_different_events(run):
    shop = run({"orders-1.csv": HEAD + order(1) + order(1) + order(2)}, WITHOUT_ID)
    assert sorted(told(shop, "order_id")) == [("1",), ("1",), ("2",)]
    assert book(shop)["orders-1.csv"] == (3, 3, 0, 0, 0, 0, 3)


def test_without_an_id_a_record_sent_again_in_another_file_is_the_same_event(run):
    files = {"orders-1.csv": HEAD + order(1) + order(1), "orders-2.csv": HEAD + order(1) + order(2)}
    shop = run(files, WITHOUT_ID)
    assert sorted(told(shop, "order_id")) == [("1",), ("1",), ("2",)]
    assert book(shop) == {"orders-1.csv": (2, 2, 0, 0, 0, 0, 2), "orders-2.csv": (2, 1, 0, 0, 1, 0, 1)}


def test_two_blocks_make_two_events_of_one_id(run):
    block = '\n[[source.emit]]\nevent = "Page Viewed"\nmessage_id = "id"\ntimestamp = "at"\n'
    shop = run({"orders.csv": HEAD + order(1) + order(1)}, WITH_ID + block.replace("\n", "\n    "))
    assert sorted(told(shop, "message_id", "event")) == [("1", "Order Completed"), ("1#1", "Page Viewed")]
    assert book(shop)["orders.csv"] == (2, 1, 0, 0, 1, 0, 2)


def test_a_fault_in_one_block_takes_the_whole_record_back(run):
    block = '\n[[source.emit]]\nevent = "Page Viewed"\ntimestamp = "at"\nquantity = "total"\n'
    shop = run(
        {"orders.csv": HEAD + order(1, total="5") + order(2, total="5.5")}, WITH_ID + block.replace("\n", "\n    ")
    )
    assert sorted(told(shop, "event")) == [("Order Completed",), ("Page Viewed",)]
    assert book(shop)["orders.csv"] == (2, 1, 1, 0, 0, 0, 2)
    assert shop.frame("rejects")[["line", "reason", "column"]].to_numpy().tolist() == [
        [3, "not_a_whole_number", "quantity"]
    ]


def test_the_order_of_records_and_files_changes_no_event(run):
    rows = [order(n, at=f"2025-01-{n % 5 + 1:02d} 10:00", who=f"u{n % 7}", total=str(n % 3)) for n in range(40)]
    rows += rows[:5]
    columns = ("message_id", "timestamp", "user_id", "revenue")
    for sources in (WITH_ID, WITHOUT_ID):
        first = told(run({"orders.csv": HEAD + "".join(rows)}, sources), *columns)
        mixed = random.Random(1).sample(rows, len(rows))
        assert told(run({"orders.csv": HEAD + "".join(mixed)}, sources), *columns) == first


def test_rejects_point_at_the_very_bytes_and_hold_no_text(run):
    bad = ["3,soon,Sécret,5,sale", '4,"2025\n-01-01",Sécret,5,sale', "5,2025-01-01,Sécret", "6,soon,test,x,sale"]
    text = HEAD + order(1) + bad[0] + "\n\n" + bad[1] + "\n" + order(2, who="é") + bad[2] + "\n" + bad[3]
    for file in ("orders.csv", "orders.csv.gz"):
        (paths.raw("tiny") / "orders.csv").unlink(missing_ok=True)
        shop = run({file: text})
        data = (paths.raw("tiny") / file).read_bytes()
        data = gzip.decompress(data) if file.endswith(".gz") else data
        rejects = shop.frame("rejects").sort_values("line")
        assert rejects["line"].tolist() == [3, 5, 8, 9]
        places = zip(rejects["byte_offset"], rejects["byte_length"], strict=True)
        assert [data[int(at) : int(at) + int(length)].decode() for at, length in places] == bad
        assert rejects["reason"].tolist() == ["not_a_time", "not_a_time", "missing_columns", "test_till"]
        assert rejects["column"].fillna("").tolist() == ["timestamp", "timestamp", "total", ""]
        assert set(rejects["file"]) == {file}
        assert not [cell for cell in rejects.to_numpy().ravel() if "cret" in str(cell)]


def test_too_many_bad_records_refuse_the_delivery_and_leave_what_was_there(run):
    strict = ORDERS.format(share=0.25, message_id='message_id = "id"')
    before = run({"orders.csv": HEAD + order(1)}, strict)
    kept = {
        name: before.frame(name) for name in ("events", "ledger", "rejects", "attributes", "products", "consent_log")
    }
    rows = order(2) + order(3) + order(4)
    with pytest.raises(DataRefused) as error:
        run({"orders.csv": HEAD + rows + "x\ny\n"}, strict)
    assert str(error.value).startswith(
        "Source 'orders' of 'tiny': 2 of 5 records are bad (40.0%), more than max_bad_share = 25.0%. "
        "Most often: missing_columns in at, first in orders.csv, line 5. Nothing was changed. `workbench validate tiny`"
    )
    assert error.value.exit_code == 3
    assert all(frame.equals(before.frame(name)) for name, frame in kept.items())


def test_the_share_itself_is_good(run):
    strict = ORDERS.format(share=0.25, message_id='message_id = "id"')
    rows = order(2) + order(3) + order(4)
    assert book(run({"orders.csv": HEAD + rows + "x\n"}, strict))["orders.csv"] == (4, 3, 1, 0, 0, 0, 3)


def test_shares_are_judged_source_by_source(run):
    other = ORDERS.format(share=0.1, message_id="").replace('"orders"', '"returns"').replace("orders*", "returns*")
    files = {"orders.csv": HEAD + order(1) * 99, "returns.csv": HEAD + order(1) + "x\n"}
    with pytest.raises(DataRefused, match="Source 'returns' of 'tiny': 1 of 2 records are bad"):
        run(files, WITH_ID + other)


def test_without_its_key_nothing_is_read(run, monkeypatch):
    monkeypatch.setenv("WORKBENCH_KEY", "short")
    with pytest.raises(WrongUse, match="expected at least 32"):
        run({"orders.csv": HEAD + order(1)}, pseudonyms="")
    assert not paths.scratch("tiny").exists()


def test_identifiers_are_in_no_table(run):
    shop = run({"orders.csv": HEAD + order(1, who="Sentinel-77") + "2,x,Sentinel-77\n"})
    files = list(paths.scratch("tiny").rglob("*.parquet"))
    stored = "".join(str(shop.engine.con.execute(f"SELECT * FROM read_parquet('{file}')").fetchall()) for file in files)
    assert SHOP_NAME("user_id", "Sentinel-77") in stored
    assert "entinel" not in stored


def test_hostile_texts_go_through_unchanged_and_nothing_else_happens(run, home):
    hostile = [
        "<script>alert(1)</script>",
        "=HYPERLINK(1)",
        "../../x",
        "$x$",
        "{{ 7*7 }}",
        "'; DROP TABLE events; --",
        "\u202e",
    ]
    rows = "".join(order(f'"{text}"', who=f"u{n}") for n, text in enumerate(hostile))
    shop = run({"orders.csv": HEAD + rows})
    assert sorted(text for (text,) in told(shop, "order_id")) == sorted(hostile)
    assert {path.name for path in home.iterdir()} == {"data"}


@pytest.mark.parametrize(
    "damage",
    [lambda packed: packed[:-20], lambda packed: packed[:30] + b"\xff\x00" + packed[32:]],
    ids=["cut short", "two bytes changed"],
)
def test_a_damaged_file_of_a_source_that_may_be_absent_is_set_aside_whole(run, damage):
    packed = gzip.compress((HEAD + "".join(order(number) for number in range(500))).encode(), mtime=0)
    optional = WITH_ID.replace('name = "orders"', 'name = "orders"\n    required = false')
    shop = run({"orders1.csv": HEAD + order("a"), "orders2.csv.gz": damage(packed)}, optional)
    assert book(shop) == {"orders1.csv": (1, 1, 0, 0, 0, 0, 1), "orders2.csv.gz": (0, 0, 0, 0, 0, 0, 0)}
    reasons = shop.frame("ledger").set_index("file")["quarantine_reason"]
    assert reasons.isna()["orders1.csv"]
    assert reasons["orders2.csv.gz"]
    assert told(shop, "order_id") == [("a",)]


@pytest.mark.parametrize("required", [True, False])
def test_a_damaged_parquet_file_stops_a_required_source_only(run, required):
    source = PARQUET.format(required=str(required).lower())
    if required:
        with pytest.raises(DataRefused, match="cannot be read as parquet"):
            run({"orders.parquet": b"PAR1 and no more"}, source)
    else:
        assert run({"orders.parquet": b"PAR1 and no more"}, source).frame("ledger")["quarantine_reason"].notna().all()


@pytest.mark.parametrize("content", ["", HEAD, "\ufeff" + HEAD])
def test_a_file_without_a_record_is_a_result_unless_its_source_is_required(run, content):
    with pytest.raises(DataRefused, match="Source 'orders' of 'tiny': its files hold no record at all"):
        run({"orders.csv": content})
    shop = run({"orders.csv": content}, WITH_ID.replace('name = "orders"', 'name = "orders"\n    required = false'))
    assert book(shop) == {"orders.csv": (0,) * 7}
    assert told(shop, "event") == []


def test_a_text_that_no_column_needs_is_refused_by_itself(run):
    shop = run({"orders.csv": HEAD + order("x" * 1_000_000) + order("y" * 2000) + order(3, who="z" * 2001)})
    assert [len(number) for (number,) in told(shop, "order_id")] == [2000]
    assert shop.frame("rejects")[["line", "reason", "column"]].to_numpy().tolist() == [
        [2, "too_long", "message_id"], [4, "too_long", "user_id"],
    ]  # fmt: skip


def test_what_a_column_more_is_called_is_in_the_books(run):
    ledger = run({"orders-1.csv": HEAD + order(1), "orders-2.csv": "new," + HEAD + "," + order(2)}).frame("ledger")
    assert ledger.set_index("file")["columns_added"].fillna("").to_dict() == {"orders-1.csv": "", "orders-2.csv": "new"}


def test_no_raw_text_is_in_what_is_kept_between_loads(run):
    shop = run({"orders.csv": HEAD + order(1, who="Sentinel-77") + "2,x,Sentinel-77\n3,soon,Sentinel-77,1,sale\n"})
    kept = [file for file in shop.store.landed.rglob("*") if file.is_file()]
    assert {file.suffix for file in kept} == {".parquet", ".json"}
    assert "entinel" not in "".join(
        str(pq.read_table(file).to_pylist()) if file.suffix == ".parquet" else file.read_text() for file in kept
    )
