import pytest

WHO = {"user_id": "u", "product_id": "p"}


def look(log, *times, **known):
    for when in times:
        log.add(f"2025-05-{when}", "Product Viewed", **({"product_category": "shoes"} | WHO | known))


class TestBrowsing:
    def test_the_third_view_begins_it_and_a_day_without_one_ends_it(self, log, spans):
        look(log, "01T10:00", "01T10:05")
        assert spans("browsing_category") == []
        look(log, "01T10:07")
        assert spans("browsing_category") == [("05-01 10:07", "05-02 10:07", "expiry", "shoes")]

    def test_it_holds_before_its_end_and_not_at_it(self, log, found):
        look(log, "01T10:00", "01T10:05", "01T10:07")
        (row,) = found("browsing_category", as_of="2025-05-02T10:06")
        assert (row["ended_by"], row["evidence"]) == (None, "3 of 3 product views in 24 hours")
        assert found("browsing_category", as_of="2025-05-02T10:07")[0]["ended_by"] == "expiry"
        assert found("browsing_category", as_of="2025-05-01T10:07") == []

    @pytest.mark.parametrize(("third", "begins"), [("02T09:59:59", True), ("02T10:00", False)])
    def test_three_views_lie_within_24_hours(self, log, spans, third, begins):
        look(log, "01T10:00", "01T20:00", third)
        assert bool(spans("browsing_category")) == begins

    @pytest.mark.parametrize(("others", "begins"), [(2, True), (3, False)])
    def test_three_in_five_views_are_enough(self, log, spans, others, begins):
        for minute in range(others):
            look(log, f"01T09:0{minute}", product_category=["hats", None, "bags"][minute])
        look(log, "01T10:00", "01T10:05", "01T10:07")
        assert bool(spans("browsing_category")) == begins

    def test_views_of_something_else_end_it_once_they_are_too_many(self, log, spans):
        look(log, "01T10:00", "01T10:05", "01T10:07")
        look(log, "01T11:00", "01T11:01", product_category="hats")
        assert spans("browsing_category")[0][1] == "05-02 10:07"
        look(log, "01T11:02", product_category="bags")
        assert spans("browsing_category") == [("05-01 10:07", "05-01 11:02", "activity", "shoes")]

    def test_what_was_prolonged_ends_as_early(self, log, spans):
        look(log, "01T10:00", "01T10:05", "01T10:07", "01T10:08")
        look(log, *(f"01T11:0{minute}" for minute in range(3)), product_category="hats")
        assert spans("browsing_category") == [("05-01 10:07", "05-01 11:02", "activity", "shoes")]

    def test_another_category_takes_over(self, log, spans):
        look(log, "01T10:00", "01T10:05", "01T10:07")
        look(log, *(f"01T11:0{minute}" for minute in range(5)), product_category="hats")
        assert spans("browsing_category") == [
            ("05-01 11:04", "05-02 11:04", "expiry", "hats"),
            ("05-01 10:07", "05-01 11:02", "activity", "shoes"),
        ]

    def test_another_category_takes_over_with_one_view_when_an_old_one_no_longer_counts(self, log, spans):
        look(log, "01T10:00", "01T20:00", "01T20:05")
        look(log, "02T09:00", "02T09:01", "02T10:30", product_category="hats")
        assert spans("browsing_category") == [
            ("05-02 10:30", "05-03 10:30", "expiry", "hats"), ("05-01 20:05", "05-02 10:30", "activity", "shoes"),
        ]  # fmt: skip

    def test_each_view_with_which_it_holds_prolongs_it(self, log, spans):
        look(log, "01T10:00", "01T10:05", "01T10:07", "02T09:00", "03T08:00")
        # With the fifth there are two in 24 hours.
        assert spans("browsing_category") == [("05-01 10:07", "05-03 09:00", "expiry", "shoes")]


class TestHesitating:
    @pytest.mark.parametrize(
        ("times", "begins"),
        [
            (("01T10:00", "01T10:05", "02T10:00"), True),
            (("01T10:00", "02T10:00"), False),
            (("01T08:00", "01T12:00", "01T21:59"), False),
            (("01T10:00", "05T10:00", "08T09:59:59"), True),
            (("01T10:00", "05T10:00", "08T10:00"), False),
        ],
        ids=["three on two days", "two", "three on one day", "in a week", "in more than a week"],
    )
    def test_three_views_on_two_days_of_a_week_begin_it(self, log, spans, times, begins):
        look(log, *times)
        assert bool(spans("hesitating")) == begins

    def test_days_are_those_of_the_wall_clock(self, log, spans):
        look(log, "01T21:00", "01T21:59", "01T22:00")  # midnight in Berlin
        assert spans("hesitating") == [("05-01 22:00", "05-08 22:00", "expiry", "p")]
        assert spans("hesitating", zone="UTC") == []

    def test_the_night_in_which_clocks_go_back_is_one_day(self, log, spans):
        # 26 October, from 0:00 to 24:00 in Berlin, lasts 25 hours.
        for when in ("25T22:00", "26T01:30", "26T22:59"):
            log.add(f"2025-10-{when}", "Product Viewed", **WHO)
        assert spans("hesitating", as_of="2025-12-01") == []
        log.add("2025-10-26T23:00", "Product Viewed", **WHO)
        assert spans("hesitating", as_of="2025-12-01") == [("10-26 23:00", "11-02 23:00", "expiry", "p")]

    def test_an_order_of_anything_clears_it_and_what_was_looked_at_before(self, log, spans):
        look(log, "01T10:00", "02T10:00", "03T10:00")
        log.order("2025-05-04T10:00", 5, user_id="u", product_id="other").order("2025-05-02T11:00", 5, user_id="x")
        look(log, "05T10:00", "06T10:00")
        assert spans("hesitating") == [("05-03 10:00", "05-04 10:00", "order", "p")]
        look(log, "07T10:00")
        assert spans("hesitating")[1:] == [("05-07 10:00", "05-14 10:00", "expiry", "p")]

    def test_looks_at_several_products_are_none_at_one(self, log, spans):
        for day in range(1, 6):
            look(log, f"0{day}T10:00", product_id=f"p{day}")
        look(log, "01T11:00", "02T11:00", user_id="v")
        look(log, "03T11:00", user_id="w")
        assert spans("hesitating") == []


class TestPriceWaiting:
    SIGNS = (
        {"event": "Products Searched", "search_term": "Coupon shoes"},
        {"event": "Page Viewed", "page_path": "/sale/shoes"},
        {"event": "Page Viewed", "page_category": "Sale"},
        {"event": "Product List Viewed", "page_path": "/outlet"},
        {"event": "Product List Filtered", "properties": '{"filter":"price"}'},
    )
    NONE = (
        {"event": "Products Searched", "search_term": "salesman"},
        {"event": "Page Viewed", "page_path": "/wholesale/shoes"},
        {"event": "Product List Filtered", "properties": '{"filter":"rating"}'},
        {"event": "Product List Filtered"},
        {"event": "Product Viewed", "page_path": "/sale/shoes", "product_id": "q"},
    )

    @pytest.mark.parametrize(("sign", "waits"), [*((each, True) for each in SIGNS), *((each, False) for each in NONE)])
    def test_who_hesitates_and_looks_for_a_price_waits_for_it(self, log, spans, sign, waits):
        look(log, "01T10:00", "02T10:00", "03T10:00")
        log.add("2025-05-04T10:00", user_id="u", **sign)
        assert spans("price_waiting") == [("05-04 10:00", "05-10 10:00", "expiry", "p")] * waits

    @pytest.mark.parametrize(
        ("sign", "start"),
        [("01T09:59", None), ("01T10:00", "03"), ("02T10:00", "03"), ("10T09:59", "10"), ("10T10:00", None)],
    )
    def test_it_is_looked_for_between_the_looks_or_while_it_lasts(self, log, spans, sign, start):
        look(log, "01T10:00", "02T10:00", "03T10:00")
        log.add(f"2025-05-{sign}", "Page Viewed", page_path="/sale", user_id="u")
        assert [begun[3:5] for begun, *_ in spans("price_waiting")] == ([start] if start else [])

    def test_an_order_ends_it(self, log, spans):
        look(log, "01T10:00", "02T10:00", "03T10:00")
        log.add("2025-05-02T11:00", "Page Viewed", page_path="/sale", user_id="u")
        log.add("2025-05-02T11:00", "Page Viewed", page_path="/sale", user_id="v")
        log.order("2025-05-05T10:00", 5, user_id="u")
        assert spans("price_waiting") == [("05-03 10:00", "05-05 10:00", "order", "p")]
