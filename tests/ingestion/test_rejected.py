from __future__ import annotations

import pytest

from helpers.datasets import paths
from helpers.ingestion import ingest, rejected

SOURCES = """
    [[source]]
    name = "orders"
    files = ["orders*"]
    format = "delimited"
    columns = ["at", "who", "total"]
    max_bad_share = 1.0
    [[source.emit]]
    event = "Order Completed"
    timestamp = "at"
    user_id = "who"
    revenue = "total"

    [[source]]
    name = "visits"
    files = ["visits.jsonl"]
    format = "jsonl"
    columns = ["at"]
    max_bad_share = 1.0
    [[source.emit]]
    event = "Page Viewed"
    timestamp = "at"
"""
FILES = {
    "orders1.csv": "at,who,total\n2025-05-01,u1,5\n2025-05-02,Zoë,five\nyesterday,u3,5\n",
    "orders2.csv.gz": "at,who,total\n2025-05-01,\x1b[31mred\x07,\n2025-05-01,u1\n",
    "visits.jsonl": '{"at": "2025-05-01"}\n{"at": "2025-0\n',
}


@pytest.fixture
def shop(make_shop):
    shop = make_shop(SOURCES, FILES)
    ingest(shop)
    return shop


def test_each_rejected_record_is_shown_with_its_place_and_reason(shop):
    assert [tuple(each) for each in rejected(shop, limit=9)] == [
        ("orders1.csv, line 3", "not_a_number in revenue", "2025-05-02,Zoë,five"),
        ("orders1.csv, line 4", "not_a_time in timestamp", "yesterday,u3,5"),
        ("orders2.csv.gz, line 3", "missing_columns in total", "2025-05-01,u1"),
        ("visits.jsonl, line 2", "not_json", '{"at": "2025-0'),
    ]


def test_one_source_and_so_many(shop):
    assert [each.place for each in rejected(shop, source="visits", limit=9)] == ["visits.jsonl, line 2"]
    assert len(list(rejected(shop, limit=2))) == 2


def test_what_would_move_the_cursor_is_escaped(make_shop):
    shop = make_shop(SOURCES, FILES | {"orders3.csv": "at,who,total\nnever,\x1b[2J\x07\u202e,1\n"})
    ingest(shop)
    (record,) = [each for each in rejected(shop, limit=9) if each.place.startswith("orders3")]
    assert record.text == "never,\\x1b[2J\\x07\\u202e,1"


def test_a_file_that_has_gone_is_said_to_have(shop):
    (paths.raw("tiny") / "orders1.csv").unlink()
    assert next(iter(rejected(shop, limit=1))).text == "(the file is not there any more)"
