import hashlib

import pytest

from helpers.errors import DataRefused
from helpers.ingestion.reading.delivery import deliveries

TWO_SOURCES = """
    [[source]]
    name = "orders"
    files = ["orders-*.csv", "*-01.csv"]
    format = "delimited"
    columns = ["at"]
    [[source.emit]]
    event = "Order Completed"
    timestamp = "at"

    [[source]]
    name = "returns"
    files = ["returns/*.csv"]
    format = "delimited"
    columns = ["at"]
    required = {required}
    [[source.emit]]
    event = "Order Refunded"
    timestamp = "at"
"""


def test_files_come_in_the_order_of_their_names_each_once(make_shop):
    files = {f"orders-{month}.csv": month for month in ("10", "02", "01")} | {"notes.txt": "x"}
    found = deliveries(make_shop(TWO_SOURCES.format(required="false"), files))
    assert [delivery.name for delivery in found["orders"]] == ["orders-01.csv", "orders-02.csv", "orders-10.csv"]
    assert [delivery.number for delivery in found["orders"]] == [0, 1, 2]
    assert found["orders"][0].digest == hashlib.sha256(b"01").hexdigest()
    assert found["returns"] == []


def test_the_same_bytes_are_a_copy_of_the_first(make_shop):
    files = {"orders-01.csv": "x", "orders-02.csv": "y", "orders-03.csv": "x", "orders-04.csv": "x"}
    found = deliveries(make_shop(TWO_SOURCES.format(required="false"), files))
    assert [delivery.copy_of for delivery in found["orders"]] == [None, None, 0, 0]


def test_the_same_bytes_of_another_source_are_no_copy(make_shop, home):
    shop = make_shop(TWO_SOURCES.format(required="true"), {"orders-01.csv": "x"})
    (home / "data" / "tiny" / "raw" / "returns").mkdir()
    (home / "data" / "tiny" / "raw" / "returns" / "a.csv").write_text("x")
    (copy,) = deliveries(shop)["returns"]
    assert (copy.name, copy.number, copy.copy_of) == ("returns/a.csv", 1, None)


def test_a_required_source_needs_a_file(make_shop):
    shop = make_shop(TWO_SOURCES.format(required="true"), {"orders-01.csv": "x"})
    with pytest.raises(DataRefused, match=r"No file matches returns/\*.csv under .*raw; source 'returns' needs one"):
        deliveries(shop)
