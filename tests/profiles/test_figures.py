from __future__ import annotations

from datetime import date

import pytest

from helpers import profiles


def test_key_figures_are_those_of_each_moment(lived, log):
    log.order("2024-12-15T10:00", 100, user_id="old")
    log.order("2025-11-20T10:00", 7, user_id="old")  # before a month ago, within 90 days of both moments
    log.order("2025-12-20T10:00", 11, user_id="old").refund("2025-12-21T10:00", -1, user_id="old")
    log.order("2025-12-22T10:00", 40, user_id="new")
    log.add("2025-12-23T10:00", user_id="looker")
    found = profiles.key_figures(lived())
    assert list(found.index) == ["now", "month_before"]  # a year before the shop was too young
    now, before = found.loc["now"], found.loc["month_before"]
    assert (now["as_of"], before["as_of"]) == (date(2026, 1, 1), date(2025, 12, 1))
    assert now[["buyers", "active_customers", "repeat_buyers"]].tolist() == [2, 2, 1]
    assert before[["buyers", "active_customers", "repeat_buyers"]].tolist() == [1, 1, 1]
    assert now["repeat_revenue"] == pytest.approx(7 + 11 - 1)
    assert before["repeat_revenue"] == pytest.approx(7)


def test_a_shop_without_a_past_of_90_days_has_no_key_figures(lived, log):
    log.order("2025-12-20T10:00", 11, user_id="a")
    assert profiles.key_figures(lived()).empty


def test_a_shop_without_orders_has_none_either(lived, log):
    log.add("2025-01-20T10:00", user_id="a")
    assert profiles.key_figures(lived()).empty


def test_people_are_where_their_last_event_with_a_country_was(lived, log):
    log.order("2025-03-01T10:00", 10, user_id="a", country="France")
    log.order("2025-03-02T10:00", 20, user_id="a", country="Spain")
    log.add("2025-03-03T10:00", user_id="a")
    log.order("2025-03-01T10:00", 5, user_id="b", country="Spain").refund("2025-04-01T10:00", -2, user_id="b")
    for country in ("Peru", "Chile"):
        log.order("2025-03-01T10:00", 1, user_id="c", country=country)
    found = profiles.by_country(lived())
    assert found.to_dict("list") == {"country": ["Spain", "Chile"], "people": [2, 1], "revenue": [33.0, 2.0]}


def test_where_no_event_has_a_country_there_is_no_table(lived, log):
    log.order("2025-03-01T10:00", 10, user_id="a")
    assert profiles.by_country(lived()).empty
