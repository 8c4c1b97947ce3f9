from __future__ import annotations

from datetime import date

import pytest

from helpers.ingestion import belonging, figures, ingest, preceded

SOURCES = """
    [[source]]
    name = "web"
    files = ["web.csv"]
    format = "delimited"
    columns = ["at", "event", "device", "who", "product", "agent"]
    [[source.emit]]
    event_from = "event"
    timestamp = "at"
    anonymous_id = "device"
    user_id = "who"
    product_id = "product"
    is_bot = "agent = 'robot'"

    [[source]]
    name = "orders"
    files = ["orders.csv"]
    format = "delimited"
    columns = ["at", "id", "who", "total", "what"]
    [[source.emit]]
    when = "what = 'sale'"
    event = "Order Completed"
    timestamp = "at"
    user_id = "who"
    order_id = "id"
    revenue = "total"
    [[source.emit]]
    when = "what = 'refund'"
    event = "Order Refunded"
    timestamp = "at"
    user_id = "who"
    order_id = "id"
    revenue = "total"
"""


@pytest.fixture
def shop(make_shop):
    """Three visits, one of a robot; three orders, one partly refunded."""
    web = """at,event,device,who,product,agent
2025-05-01 10:00,Product Viewed,d1,u1,p1,
2025-05-01 10:05,Product Added,d1,u1,p1,
2025-05-03 10:00,Page Viewed,d1,u2,,
2025-05-03 10:00,Product Viewed,d9,u3,p1,robot
"""
    orders = """at,id,who,total,what
2025-05-31 09:00,o1,u1,20,sale
2025-06-01 10:00,o2,u1,20,sale
2025-05-02 10:00,o3,u3,20,sale
2025-06-02 10:00,o1,u1,-5,refund
"""
    shop = make_shop(SOURCES, {"web.csv": web, "orders.csv": orders})
    ingest(shop)
    return shop


def test_events_add_up_to_visits_and_orders(shop):
    found = belonging(shop).set_index("what")
    assert found.index.tolist() == ["visits", "products in carts", "orders"]
    assert found.loc["products in carts", ["rows", "set_apart"]].tolist() == [1, "1 abandoned"]
    assert found.loc["visits", ["rows", "first_day", "last_day"]].tolist() == [3, date(2025, 5, 1), date(2025, 5, 3)]
    assert found.loc["visits", "set_apart"] == "1 of programs, 0 of tests, 1 engaged"
    assert found.loc["orders", "set_apart"] == "1 with money given back"


def test_a_look_or_a_cart_in_the_thirty_days_before_precedes_an_order(shop):
    # The look of 1 May, 10:05 at the latest, is within 30 days of the first order of u1 and not of the second; a
    # robot's look precedes nothing.
    assert preceded(shop) == (1, 2)


def test_the_counts_of_the_page_by_their_keys(shop):
    found = figures(shop, shop.frame("ledger"), belonging(shop))
    assert [found[f"ingestion.{key}"] for key in ("rows_read", "web.rows_read", "orders.rows_kept")] == [8, 4, 4]
    assert [found[f"ingestion.events.{category}"] for category in ("purchase", "web")] == [4, 4]
    assert [found[f"ingestion.{key}"] for key in ("events", "sessions", "orders", "duplicates.exact")] == [8, 3, 3, 0]
    assert "ingestion.sends" not in found


def test_what_says_the_same_without_an_id_is_kept_and_counted(make_shop):
    web = "at,event,device,who,product,agent\n" + "2025-05-01 10:00,Page Viewed,d1,,,\n" * 3
    shop = make_shop(SOURCES, {"web.csv": web, "orders.csv": "at,id,who,total,what\n2025-05-31 09:00,o1,u1,20,sale\n"})
    ingest(shop)
    found = figures(shop, shop.frame("ledger"), belonging(shop))
    assert (found["ingestion.events.web"], found["ingestion.duplicates.exact"]) == (3, 2)


def test_what_a_program_looked_at_precedes_no_order(make_shop):
    web = "at,event,device,who,product,agent\n2025-05-03 10:00,Product Viewed,d9,u3,p1,robot\n"
    orders = "at,id,who,total,what\n2025-05-04 10:00,o1,u3,20,sale\n"
    shop = make_shop(SOURCES, {"web.csv": web, "orders.csv": orders})
    ingest(shop)
    assert preceded(shop) == (0, 0)
