from datetime import datetime

import pytest

from helpers.ingestion.derived.carts import build

# What one visitor does in one visit on 5 May, and what is left of each product: added, removed, bought, abandoned.
VISITS = {
    "left": ([("Product Added", "mug", 2)], {"mug": (2, 0, 0, 2)}),
    "taken out again": ([("Product Added", "mug", 2), ("Product Removed", "mug", 1)], {"mug": (2, 1, 0, 1)}),
    "bought": ([("Product Added", "mug", 2), ("Order Completed", "mug", 2)], {"mug": (2, 0, 2, 0)}),
    "bought in part": ([("Product Added", "mug", 3), ("Order Completed", "mug", 1)], {"mug": (3, 0, 1, 2)}),
    "more bought than added": ([("Product Added", "mug", 1), ("Order Completed", "mug", 2)], {"mug": (1, 0, 2, 0)}),
    "another product bought": ([("Product Added", "mug", 1), ("Order Completed", "cup", 1)], {"mug": (1, 0, 0, 1)}),
    "bought before": ([("Order Completed", "mug", 1), ("Product Added", "mug", 1)], {"mug": (1, 0, 0, 1)}),
    "two products": (
        [("Product Added", "mug", 1), ("Product Added", "cup", 1), ("Order Completed", "cup", 1)],
        {"mug": (1, 0, 0, 1), "cup": (1, 0, 1, 0)},
    ),
    "one without a number is one": ([("Product Added", "mug", None)], {"mug": (1, 0, 0, 1)}),
    "removed alone": ([("Product Removed", "mug", 1)], {}),
}  # fmt: skip


@pytest.fixture
def lines(log, ready, rows):
    """The cart lines of the log, by product."""

    def lines():
        con = ready()
        build(con)
        log.add("2025-05-05T09:00", "Page Viewed", anonymous_id="nobody")
        return rows(con, "cart_lines_ready", "session_id, product_id")

    return lines


def counts(found):
    return {row["product_id"]: tuple(row[key] for key in ("added", "removed", "bought", "abandoned")) for row in found}


@pytest.mark.parametrize(("steps", "expected"), VISITS.values(), ids=VISITS.keys())
def test_added_less_removed_less_bought_is_abandoned(log, lines, steps, expected):
    log.add("2025-05-05T09:59", "Page Viewed", anonymous_id="d1")
    for minute, (event, product, pieces) in enumerate(steps):
        log.add(f"2025-05-05T10:{minute:02d}", event, anonymous_id="d1", product_id=product, quantity=pieces)
    assert counts(lines()) == expected


def sale(log, when, **values):
    log.add(when, "Order Completed", "purchase", product_id="mug", quantity=1, **values)


@pytest.fixture
def added(log):
    """One mug in the cart of device d1, whose customer logged in as u1 later in the visit."""
    log.add("2025-05-05T10:00", "Page Viewed", anonymous_id="d1")
    log.add("2025-05-05T10:01", "Product Added", anonymous_id="d1", product_id="mug", quantity=1)
    log.add("2025-05-05T10:02", "Page Viewed", anonymous_id="d1", user_id="u1")


@pytest.mark.parametrize(("when", "bought"), [("2025-05-12T10:01", 1), ("2025-05-12T10:02", 0)])
def test_what_the_customer_buys_within_a_week_counts(log, added, lines, when, bought):
    sale(log, when, user_id="u1", source_id="shop", channel="pos")
    assert counts(lines()) == {"mug": (1, 0, bought, 1 - bought)}


def test_what_others_buy_does_not(log, added, lines):
    sale(log, "2025-05-05T10:05", user_id="u2", anonymous_id="d2")
    assert counts(lines()) == {"mug": (1, 0, 0, 1)}


def test_an_order_that_two_sources_tell_of_is_one(log, added, lines):
    for source in ("tracker", "shop"):
        sale(log, "2025-05-05T10:05", user_id="u1", source_id=source)
    (line,) = lines()
    assert (line["bought"], line["user_id"], line["added_at"]) == (1, "u1", datetime(2025, 5, 5, 10, 1))


@pytest.mark.parametrize("flag", ["is_bot", "is_test"])
def test_programs_and_tests_fill_no_carts(log, lines, flag):
    log.add("2025-05-05T10:00", "Page Viewed", anonymous_id="d1")
    log.add("2025-05-05T10:01", "Product Added", anonymous_id="d1", product_id="mug", **{flag: True})
    assert lines() == []


def test_what_a_test_orders_empties_no_cart(log, added, lines):
    sale(log, "2025-05-05T10:05", user_id="u1", is_test=True)
    assert counts(lines()) == {"mug": (1, 0, 0, 1)}
