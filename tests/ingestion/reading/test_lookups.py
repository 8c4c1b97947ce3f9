import textwrap

import pytest

from helpers.datasets import paths
from helpers.errors import DataRefused
from helpers.ingestion import ingest

SOURCE = """
    format = "delimited"
    columns = ["id", "shop"]

    [[source.lookup]]
    name = "shops"
    file = "shops.csv"
    columns = ["no", "city"]
    on = { shop = "no" }
    [[source.emit]]
    event = "Order Completed"
    timestamp = "'2025-01-01'"
    order_id = "id"
    country = "shops.city"
    channel = "CASE WHEN shops.city = 'Bonn' THEN 'pos' END"
"""
ORDERS = "id,shop\no1,7\no2,8\no3,\no4,07\n"


def cities(bench, content=ORDERS, source=SOURCE):
    mapped = bench.map(source, content)
    assert not mapped.faults
    return {row["order_id"]: row["country"] for row in mapped.events}


def test_columns_are_joined_by_equality_and_no_record_is_lost(bench):
    bench.put("shops.csv", "no,city\n7,Bonn\n9,Ulm\n")
    assert cities(bench) == {"o1": "Bonn", "o2": None, "o3": None, "o4": None}


def test_a_looked_up_value_can_decide(bench):
    bench.put("shops.csv", "no,city\n7,Bonn\n8,Ulm\n")
    assert [row["channel"] for row in bench.map(SOURCE, ORDERS).events] == ["pos", "web", "web", "web"]


def test_the_same_row_twice_is_one_row(bench):
    bench.put("shops.csv", "no,city\n7,Bonn\n7,Bonn\n")
    assert cities(bench)["o1"] == "Bonn"


def test_two_rows_for_one_value_are_refused(bench):
    bench.put("shops.csv", "no,city\n7,Bonn\n7,Ulm\n")
    with pytest.raises(DataRefused, match=r"shops\.csv: several rows share one value of no; lookup 'shops' needs one"):
        bench.map(SOURCE, ORDERS)


def test_an_absent_file_is_refused(bench):
    with pytest.raises(DataRefused, match=r"shops.csv does not exist; lookup 'shops' needs it"):
        bench.map(SOURCE, ORDERS)


def test_a_parquet_file_can_be_looked_up(bench):
    bench.con.execute(f"COPY (SELECT 7 AS no, 'Bonn' AS city) TO '{bench.folder}/shops.parquet'")
    source = SOURCE.replace('"shops.csv"', '"shops.parquet"\n    format = "parquet"')
    assert cities(bench, source=source)["o1"] == "Bonn"


def test_a_broken_file_is_refused_by_name(bench):
    bench.put("shops.csv", "no,city\n7\n")
    with pytest.raises(DataRefused, match=r"shops.csv"):
        bench.map(SOURCE, ORDERS)


def test_another_header_is_refused(bench):
    bench.put("shops.csv", "town,no\nBonn,7\n")
    with pytest.raises(DataRefused, match=r"shops.csv.*header"):
        bench.map(SOURCE, ORDERS)


def test_a_lookup_that_is_put_right_is_used_at_the_next_load(make_shop):
    source = '[[source]]\nname = "orders"\nfiles = ["orders.csv"]\n' + textwrap.dedent(SOURCE)
    shop = make_shop(source, {"orders.csv": ORDERS, "shops.csv": "no,city\n7,Bonn\n"})
    for city in ("Bonn", "Ulm"):
        (paths.raw("tiny") / "shops.csv").write_text(f"no,city\n7,{city}\n")
        ingest(shop)
        assert shop.frame("events").set_index("order_id").loc["o1", "country"] == city
