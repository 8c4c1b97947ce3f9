from __future__ import annotations

from decimal import Decimal

import pytest

from helpers.ingestion.derived import orders


@pytest.fixture
def built(ready, rows):
    """The orders of the log, by source and number."""

    def run():
        con = ready()
        orders.build(con)
        return rows(con, "orders_ready", "source_id, order_id")

    return run


def test_lines_that_share_a_number_are_one_order(log, built):
    log.order("2025-05-01T10:00", "20.50", order_id="o1", user_id="u1", quantity=1, discount=Decimal(2), coupon="MAY")
    log.order("2025-05-01T10:00", 5, order_id="o1", user_id="u1", quantity=3)
    (order,) = built()
    assert [order[name] for name in ("lines", "pieces", "revenue", "discount", "coupon", "user_id", "status")] == [
        2, 4, Decimal("25.50"), 2, "MAY", "u1", "completed",
    ]  # fmt: skip


def test_an_order_without_a_number_goes_by_its_event(log, built):
    log.order("2025-05-01T10:00", 20).order("2025-05-01T10:00", 20)
    assert [order["order_id"] for order in built()] == ["m0000", "m0001"]


def test_sources_that_count_alike_do_not_share_orders_and_customers_of_one_source_do(log, built):
    log.order("2025-05-01T10:00", 1, order_id="7", user_id="u1")
    log.order("2025-05-01T11:00", 2, order_id="7", user_id="u2")
    log.order("2025-05-01T12:00", 4, order_id="7", user_id="u3", source_id="till", channel="pos")
    assert [(o["source_id"], o["user_id"], o["revenue"]) for o in built()] == [("orders", "u1", 3), ("till", "u3", 4)]


@pytest.mark.parametrize(
    ("given_back", "status"),
    [([], "completed"), ([-5], "partly refunded"), ([-5, -15], "refunded"), ([-25], "refunded")],
)
def test_what_was_given_back_is_set_against_its_order(log, built, given_back, status):
    log.order("2025-05-01T10:00", 20, order_id="o1")
    for day, amount in enumerate(given_back, 2):
        log.refund(f"2025-05-0{day}T10:00", amount, order_id="o1")
    (order,) = built()
    assert (order["refunded"], order["status"]) == (-sum(given_back), status)
    assert order["revenue"] == 20


def test_a_cancelled_order_is_that_whatever_was_paid_back(log, built):
    log.order("2025-05-01T10:00", 20, order_id="o1")
    log.add("2025-05-02T10:00", "Order Cancelled", "purchase", order_id="o1", revenue=Decimal(-5))
    assert built()[0]["status"] == "cancelled"


def test_refunds_of_unknown_orders_stay_events(log, ready):
    log.order("2025-05-01T10:00", 20, order_id="o1").refund("2025-05-02T10:00", -5, order_id="o1")
    log.refund("2025-05-02T10:00", -5, order_id="C7").refund("2025-05-02T11:00", -5)
    log.refund("2025-05-02T10:00", -5, order_id="o1", source_id="till")
    con = ready()
    orders.build(con)
    unknown = """SELECT count(*) FROM events_ready ANTI JOIN orders_ready USING (source_id, order_id)
        WHERE event IN ('Order Refunded', 'Order Cancelled')"""
    assert con.execute(unknown).fetchone()[0] == 3
    assert con.execute("SELECT sum(refunded) FROM orders_ready").fetchone()[0] == 5


def test_from_the_first_look_at_a_product_to_its_order(log, built):
    log.add("2025-05-01T09:00", "Product Viewed", user_id="u1", product_id="p1")
    log.add("2025-05-01T09:30", "Product Viewed", user_id="u1", product_id="p1")
    log.add("2025-05-01T08:00", "Product Viewed", user_id="u1", product_id="p9")
    log.add("2025-05-01T07:00", "Product Viewed", user_id="u2", product_id="p1")
    log.order("2025-05-01T10:00", 20, order_id="o1", user_id="u1", product_id="p1")
    log.order("2025-05-01T06:00", 20, order_id="o2", user_id="u2", product_id="p1")
    assert [order["browse_to_buy_s"] for order in built()] == [3600.0, None]


def test_test_traffic_orders_nothing(log, built):
    log.order("2025-05-01T10:00", 20, order_id="o1", is_test=True)
    assert built() == []


def test_what_a_test_gives_back_and_a_program_looks_at_is_none_of_an_order(log, built):
    log.add("2025-05-01T08:00", "Product Viewed", user_id="u1", product_id="p1", is_bot=True)
    log.add("2025-05-01T09:00", "Product Viewed", user_id="u1", product_id="p1")
    log.order("2025-05-01T10:00", 20, order_id="o1", user_id="u1", product_id="p1")
    log.refund("2025-05-02T10:00", -20, order_id="o1", is_test=True)
    (order,) = built()
    assert (order["refunded"], order["status"], order["browse_to_buy_s"]) == (0, "completed", 3600.0)
