import pytest

U = {"user_id": "u"}


@pytest.mark.parametrize(
    ("g", "until"), [(10.0, "05-06 10:00"), (60.0, "05-31 10:00"), (90.0, "05-31 10:00"), (1.0, "05-01 22:00")]
)
def test_it_lasts_half_of_their_own_gap_and_a_month_at_most(log, spans, g, until):
    log.order("2025-05-01T10:00", 5, order_id="o", **U)
    assert spans("post_purchase", g=g) == [("05-01 10:00", until, "expiry", "o")]


def test_an_order_of_several_lines_is_one_and_a_line_without_a_number_is_one(log, spans):
    log.order("2025-05-01T10:00", 5, order_id="o", **U).order("2025-05-01T10:01", 5, order_id="o", **U)
    log.order("2025-05-02T10:00", 5, **U).order("2025-05-02T10:00", 5, user_id="v", order_id="o")
    assert [row[0] for row in spans("post_purchase")] == ["05-02 10:00", "05-01 10:00", "05-02 10:00"]


def test_it_ends_when_the_order_is_cancelled(log, spans):
    log.order("2025-05-01T10:00", 5, order_id="o", **U).order("2025-05-02T10:00", 5, order_id="kept", **U)
    log.add("2025-05-03T10:00", "Order Cancelled", "purchase", order_id="o", **U)
    assert spans("post_purchase") == [
        ("05-02 10:00", "05-07 10:00", "expiry", "kept"), ("05-01 10:00", "05-03 10:00", "cancelled", "o"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "end"),
    [([-5], ("05-06 10:00", "expiry")), ([-10], ("05-02 10:00", "refunded")), ([-5, -5], ("05-03 10:00", "refunded"))],
    ids=["half", "all", "all in two parts"],
)
def test_it_ends_when_all_of_it_is_paid_back(log, spans, parts, end):
    log.order("2025-05-01T10:00", 6, order_id="o", **U).order("2025-05-01T10:00", 4, order_id="o", **U)
    for day, amount in enumerate(parts, 2):
        log.refund(f"2025-05-0{day}T10:00", amount, order_id="o", **U)
    log.refund("2025-05-02T10:00", -99, order_id="another", **U).refund("2025-05-02T10:00", -99, **U)
    assert [row[1:3] for row in spans("post_purchase")] == [end]
