import pytest

U = {"user_id": "u"}


def add(log, when, event="Product Added", **known):
    return log.add(f"2025-05-{when}", event, **({"product_id": "p"} | U | known))


class TestCart:
    def test_an_hour_of_silence_begins_it_and_a_week_ends_it(self, log, spans, found):
        add(log, "01T10:00")
        assert spans("cart_abandoned", as_of="2025-05-01T11:00") == []
        (row,) = found("cart_abandoned", as_of="2025-05-01T11:01")
        assert (row["ended_by"], row["evidence"]) == (None, "1 put into the cart, and 60 minutes of silence")
        assert spans("cart_abandoned") == [("05-01 11:00", "05-08 11:00", "expiry", "p")]

    @pytest.mark.parametrize(("minutes", "start"), [(59, "05-01 11:59"), (60, "05-01 11:00")])
    def test_an_act_in_the_shop_within_the_hour_starts_it_anew(self, log, spans, minutes, start):
        add(log, "01T10:00")
        log.add(f"2025-05-01T{10 + minutes // 60}:{minutes % 60:02d}", **U)
        assert spans("cart_abandoned")[0][0] == start

    @pytest.mark.parametrize(
        "other",
        [
            {"event": "Email Opened", "category": "engagement", "send_id": "s"},
            {"event": "Error Shown"},
            {"event": "Support Ticket Opened", "category": "support", "ticket_id": "t"},
            {"user_id": "v"},
        ],
        ids=["mail", "error", "support", "somebody else"],
    )
    def test_nothing_else_does(self, log, spans, other):
        add(log, "01T10:00")
        log.add("2025-05-01T10:30", **(U | other))
        assert spans("cart_abandoned")[0][0] == "05-01 11:00"

    def test_a_visit_has_no_silence_in_it(self, log, spans):
        add(log, "01T10:00", session_id="s")
        for minute in range(29, 120, 29):
            log.add(f"2025-05-01T{10 + minute // 60}:{minute % 60:02d}", session_id="s", **U)
        log.add("2025-05-01T10:05", session_id="other", **U)
        assert spans("cart_abandoned")[0][0] == "05-01 12:56"

    @pytest.mark.parametrize(("when", "begins"), [("10:59", False), ("11:00", False), ("11:01", True)])
    def test_an_order_within_the_hour_forestalls_it_and_a_later_one_cancels_it(self, log, spans, when, begins):
        add(log, "01T10:00")
        log.order(f"2025-05-01T{when}", 5, product_id="other", **U)
        assert spans("cart_abandoned") == [("05-01 11:00", "05-01 11:01", "order", "p")] * begins

    def test_what_is_put_into_the_cart_after_an_order_may_be_left(self, log, spans):
        add(log, "01T10:00", product_id="bought")
        log.order("2025-05-01T10:10", 5, **U)
        add(log, "01T10:20")
        assert spans("cart_abandoned") == [("05-01 11:20", "05-08 11:20", "expiry", "p")]

    def test_what_is_taken_out_is_not_left(self, log, spans, found):
        add(log, "01T10:00")
        add(log, "01T10:10", "Product Removed")
        assert spans("cart_abandoned") == []
        add(log, "01T10:20", product_id="q")
        add(log, "01T10:21", product_id="r")
        assert spans("cart_abandoned") == [("05-01 11:21", "05-08 11:21", "expiry", "r")]
        assert found("cart_abandoned")[0]["evidence"].startswith("2 put into the cart")

    def test_a_cart_that_is_emptied_later_is_left_no_longer(self, log, spans):
        add(log, "01T10:00")
        add(log, "01T10:00", product_id="q")
        add(log, "02T10:00", "Product Removed")
        assert spans("cart_abandoned")[0][1:3] == ("05-08 11:00", "expiry")
        add(log, "03T10:00", "Product Removed", product_id="q")
        assert spans("cart_abandoned")[0][1:3] == ("05-03 10:00", "cancelled")

    def test_whoever_fills_it_again_leaves_it_again(self, log, spans):
        add(log, "01T10:00")
        add(log, "02T10:00")
        assert spans("cart_abandoned") == [
            ("05-01 11:00", "05-02 10:00", "activity", "p"), ("05-02 11:00", "05-09 11:00", "expiry", "p"),
        ]  # fmt: skip


class TestCheckout:
    @pytest.mark.parametrize(
        ("when", "event", "expected"),
        [
            ("10:29", "Order Completed", []),
            ("10:31", "Order Completed", [("05-01 10:30", "05-01 10:31", "order", "")]),
            ("10:29", "Page Viewed", [("05-01 10:30", "05-08 10:30", "expiry", "")]),
            ("10:29", "Checkout Started", [("05-01 10:59", "05-08 10:59", "expiry", "")]),
            ("12:00", "Checkout Started", [("05-01 10:30", "05-01 12:00", "activity", ""),
                                           ("05-01 12:30", "05-08 12:30", "expiry", "")]),
        ],
        ids=["order in time", "order too late", "a look", "entered again in time", "entered again later"],
    )  # fmt: skip
    def test_half_an_hour_without_an_order_begins_it(self, log, spans, when, event, expected):
        log.add("2025-05-01T10:00", "Checkout Started", **U)
        log.add(f"2025-05-01T{when}", event, **U)
        assert spans("checkout_abandoned") == expected

    def test_nobody_is_in_it_before_half_an_hour_is_over(self, log, spans):
        log.add("2025-05-01T10:00", "Checkout Started", **U)
        assert spans("checkout_abandoned", as_of="2025-05-01T10:30") == []
        assert spans("checkout_abandoned", as_of="2025-05-01T10:31") == [("05-01 10:30", "05-08 10:30", None, "")]
