from __future__ import annotations

import pytest

from helpers.ingestion.derived import cases, orders


@pytest.fixture
def ticket(log):
    """Adds the steps of a case: `ticket("t1", ("2025-05-01T10:00", "Opened"), …)`."""

    def add(number, *steps, **values):
        for when, step, *more in steps:
            own = {"ticket_id": number, "channel": "support", "user_id": "u1"} | values
            log.add(when, f"Support Ticket {step}", "support", **own, **dict(*more))

    return add


@pytest.fixture
def built(ready, rows):
    """The cases of the log, by number."""

    def run():
        con = ready()
        orders.build(con)
        cases.build(con)
        return rows(con, "cases_ready", "ticket_id")

    return run


def test_a_case_from_opening_to_end(ticket, built):
    ticket(
        "t1", ("2025-05-01T10:00", "Opened", {"support_category": "delivery"}), ("2025-05-01T12:00", "Replied"),
        ("2025-05-02T10:00", "Resolved", {"support_outcome": "refunded"}),
    )  # fmt: skip
    (case,) = built()
    told = ("user_id", "support_category", "support_outcome", "replies", "reopened", "hours_to_resolve")
    assert [case[name] for name in told] == ["u1", "delivery", "refunded", 1, 0, 24.0]


def test_what_was_opened_again_is_open_until_it_is_resolved_again(ticket, built):
    ticket("t1", ("2025-05-01T10:00", "Opened"), ("2025-05-01T11:00", "Resolved"), ("2025-05-03T10:00", "Reopened"))
    assert [built()[0][name] for name in ("reopened", "resolved_at", "hours_to_resolve")] == [1, None, None]
    ticket("t1", ("2025-05-03T16:00", "Resolved"))
    assert built()[0]["hours_to_resolve"] == 54.0


def test_orders_in_the_ninety_days_on_either_side(log, ticket, built):
    ticket("t1", ("2025-05-01T10:00", "Opened"))
    for when in ("2025-01-31T09:59", "2025-01-31T10:00", "2025-05-01T09:59", "2025-05-01T10:00", "2025-07-30T09:59"):
        log.order(when, 20, user_id="u1")
    log.order("2025-07-30T10:00", 20, user_id="u1").order("2025-05-02T10:00", 20, user_id="u2")
    (case,) = built()
    assert (case["orders_before"], case["orders_after"]) == (2, 2)


def test_days_that_are_not_over_say_nothing_yet(log, ticket, built):
    ticket("t1", ("2025-05-01T10:00", "Opened"))
    log.order("2025-05-02T10:00", 20, user_id="u1").order("2025-07-30T09:59", 20, user_id="u1")
    assert (built()[0]["orders_before"], built()[0]["orders_after"]) == (0, None)


def test_a_case_of_nobody_has_no_orders_to_count(log, ticket, built):
    ticket("t1", ("2025-05-01T10:00", "Opened"), user_id=None)
    log.order("2025-09-02T10:00", 20)
    assert (built()[0]["orders_before"], built()[0]["orders_after"]) == (None, None)
