"""Sources of other kinds, by configuration alone: a social network's export, a till, a connected product."""

import json
from datetime import datetime

import pytest

from helpers.ingestion import ingest
from helpers.privacy import Pseudonymiser

NAME = Pseudonymiser(b"public, for tests")

SOCIAL = '''
    [[source]]
    name = "social"
    files = ["social.jsonl"]
    format = "jsonl"
    columns = ["id", "created_time", "type", "from.id", "post.id", "post.campaign", "message"]
    timestamps = "offset"
    channel = "social"
    [[source.emit]]
    event_from = """CASE type WHEN 'like' THEN 'Post Liked' WHEN 'share' THEN 'Post Shared'
        WHEN 'comment' THEN 'Post Commented' END"""
    message_id = "id"
    timestamp = "created_time"
    external_ids = { social_id = '"from.id"' }
    campaign_name = '"post.campaign"'
    properties = { post = '"post.id"' }
'''
POS = """
    [[source]]
    name = "till"
    files = ["till-*.csv"]
    format = "delimited"
    delimiter = ";"
    encoding = "latin-1"
    columns = ["Bon", "Datum", "Zeit", "Filiale", "Karte", "Artikel", "Menge", "Betrag", "Zahlart"]
    channel = "pos"
    [[source.emit]]
    event = "Order Completed"
    when = "TRY_CAST(replace(Betrag, ',', '.') AS DECIMAL(18, 4)) >= 0"
    timestamp = "try_strptime(Datum || ' ' || Zeit, '%d.%m.%Y %H:%M')"
    external_ids = { loyalty_id = "Karte" }
    order_id = "Filiale || '-' || Bon"
    product_id = "Artikel"
    quantity = "Menge"
    revenue = "replace(Betrag, ',', '.')"
    properties = { store = "Filiale", payment = "Zahlart" }
    [[source.emit]]
    event = "Order Refunded"
    when = "TRY_CAST(replace(Betrag, ',', '.') AS DECIMAL(18, 4)) < 0"
    timestamp = "try_strptime(Datum || ' ' || Zeit, '%d.%m.%Y %H:%M')"
    external_ids = { loyalty_id = "Karte" }
    order_id = "Filiale || '-' || Bon"
    product_id = "Artikel"
    quantity = "Menge"
    revenue = "replace(Betrag, ',', '.')"
"""
WEB = """
    [[source]]
    name = "shop"
    files = ["shop.csv"]
    format = "delimited"
    columns = ["order", "at", "customer", "card", "total"]
    [[source.emit]]
    event = "Order Completed"
    timestamp = "at"
    user_id = "customer"
    external_ids = { loyalty_id = "card" }
    order_id = "order"
    revenue = "total"
"""
IOT = """
    [[source]]
    name = "machines"
    files = ["machines.jsonl"]
    format = "jsonl"
    columns = ["device", "ts", "owner", "reading.cups", "reading.water"]
    timestamps = "offset"
    channel = "iot"
    [[source.emit]]
    event = "Device Reported"
    timestamp = "to_timestamp(TRY_CAST(ts AS BIGINT) / 1000)"
    user_id = "owner"
    external_ids = { device_id = "device" }
    properties = { cups = '"reading.cups"', water = '"reading.water"' }
"""
FILES = {
    "social.jsonl": "".join(
        json.dumps(row) + "\n"
        for row in (
            {"id": "1", "created_time": "2025-05-05T10:00:00+0000", "type": "like", "from": {"id": "s1"},
             "post": {"id": "p1", "campaign": "spring"}},
            {"id": "2", "created_time": "2025-05-05T10:01:00+0000", "type": "comment", "from": {"id": "s1"},
             "post": {"id": "p1"}, "message": "what I think of it"},
            {"id": "3", "created_time": "2025-05-05T10:02:00+0000", "type": "share", "from": {"id": "s2"},
             "post": {"id": "p2"}},
        )
    ),
    "till-1.csv": "Bon;Datum;Zeit;Filiale;Karte;Artikel;Menge;Betrag;Zahlart\n"
    "17;05.05.2025;09:15;Köln;L-1;T-12;2;39,80;Karte\n17;05.05.2025;09:15;Köln;L-1;T-13;1;5,00;Karte\n"
    "18;05.05.2025;09:20;Köln;;T-13;-1;-5,00;bar\n",
    "shop.csv": "order,at,customer,card,total\nW-1,2025-05-06 10:00,u1,L-1,20\n",
    "machines.jsonl": json.dumps(
        {"device": "m1", "ts": 1746439200000, "owner": "u1", "reading": {"cups": 3, "water": 0.4}}
    ) + "\n",
}  # fmt: skip


@pytest.fixture
def events(make_shop):
    """The events of all four sources, by source."""
    files = FILES | {"till-1.csv": FILES["till-1.csv"].encode("latin-1")}
    shop = make_shop(SOCIAL + POS + WEB + IOT, files)
    ingest(shop)
    assert len(shop.frame("rejects")) == 0
    assert len(shop.frame("plan_violations")) == 0
    rows = shop.table("events").order_by("source_id", "timestamp", "message_id").to_pyarrow().to_pylist()
    sources = ("social", "till", "shop", "machines")
    return {source: [row for row in rows if row["source_id"] == source] for source in sources}


def ids(kind, value):
    return [{"type": kind, "value": NAME(kind, value)}]


def test_likes_shares_and_comments_of_a_social_network(events):
    found = [(row["event"], row["channel"], row["category"], row["external_ids"]) for row in events["social"]]
    assert found == [
        ("Post Liked", "social", "engagement", ids("social_id", "s1")),
        ("Post Commented", "social", "engagement", ids("social_id", "s1")),
        ("Post Shared", "social", "engagement", ids("social_id", "s2")),
    ]
    assert "what I think" not in str(events)


def test_a_till_with_commas_and_german_dates(events):
    first, second, refund = sorted(events["till"], key=lambda row: (row["timestamp"], row["product_id"]))
    assert (first["event"], str(first["revenue"]), first["quantity"]) == ("Order Completed", "39.8000", 2)
    assert first["timestamp"] == datetime(2025, 5, 5, 7, 15)
    assert first["order_id"] == second["order_id"] == "Köln-17"
    assert json.loads(first["properties"]) == {"store": "Köln", "payment": "Karte"}
    assert (refund["event"], str(refund["revenue"]), refund["external_ids"]) == ("Order Refunded", "-5.0000", None)


def test_the_till_and_the_shop_know_a_customer_by_one_card(events):
    assert events["till"][0]["external_ids"] == events["shop"][0]["external_ids"] == ids("loyalty_id", "L-1")


def test_a_connected_product_tells_how_it_is_used(events):
    (row,) = events["machines"]
    assert (row["event"], row["channel"], row["timestamp"]) == ("Device Reported", "iot", datetime(2025, 5, 5, 10))
    assert row["user_id"] == NAME("user_id", "u1")
    assert row["external_ids"] == ids("device_id", "m1")
    assert json.loads(row["properties"]) == {"cups": "3", "water": "0.4"}
