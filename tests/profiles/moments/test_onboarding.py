import pytest

U = {"user_id": "u"}
REGISTERED = {"event": "Form Submitted", "properties": '{"form":"registration"}'}
STALLED = [("05-08 10:00", "06-07 10:00", "expiry", "registration")]


@pytest.mark.parametrize(
    ("begin", "stalls"),
    [
        (REGISTERED, True), ({"event": "Signed Up"}, True), ({"event": "Account Created"}, True),
        ({"event": "Form Submitted"}, False), ({"event": "Form Submitted", "properties": '{"form":"rating"}'}, False),
        ({"event": "Page Viewed"}, False),
    ],
)  # fmt: skip
def test_who_registers_and_does_nothing_more_in_a_week_is_stalled_for_a_month(log, spans, begin, stalls):
    log.add("2025-05-01T10:00", **U, **begin)
    assert spans("stalled_onboarding") == STALLED * stalls
    assert spans("stalled_onboarding", as_of="2025-05-08T10:00") == []


@pytest.mark.parametrize(
    ("when", "event", "expected"),
    [
        ("01T20:00", "Page Viewed", STALLED),
        ("02T10:00", "Page Viewed", []),
        ("02T10:00", "Email Delivered", STALLED),
        ("01T20:00", "Order Completed", []),
        ("09T10:00", "Page Viewed", [("05-08 10:00", "05-09 10:00", "activity", "registration")]),
        ("09T10:00", "Order Completed", [("05-08 10:00", "05-09 10:00", "order", "registration")]),
    ],
    ids=["same day", "second day", "a mail", "an order", "a day too late", "an order too late"],
)
def test_a_second_day_or_an_order_is_progress(log, spans, when, event, expected):
    log.add("2025-05-01T10:00", **U, **REGISTERED).add("2025-05-01T10:00", user_id="v", **REGISTERED)
    log.add("2025-05-01T09:00", **U)
    log.add(f"2025-05-{when}", event, **U)
    assert spans("stalled_onboarding") == [*expected, *STALLED]


def test_who_ordered_before_is_no_beginner(log, spans):
    log.order("2025-04-01T10:00", 5, **U).add("2025-05-01T10:00", **U, **REGISTERED)
    assert spans("stalled_onboarding") == []


def step(log, day, number, **known):
    properties = ",".join(f'"{name}":"{value}"' for name, value in ({"step": number} | known).items())
    log.add(f"2025-05-{day}T10:00", "Onboarding Step Completed", properties=f"{{{properties}}}", **U)


def test_after_a_step_the_next_one_is_progress_and_a_visit_is_none(log, spans):
    step(log, "01", 1)
    step(log, "05", 2)
    log.add("2025-05-06T10:00", **U)
    assert spans("stalled_onboarding") == [("05-12 10:00", "06-11 10:00", "expiry", "step 2")]
    step(log, "20", 3)
    assert spans("stalled_onboarding") == [
        ("05-12 10:00", "05-20 10:00", "activity", "step 2"), ("05-27 10:00", "06-26 10:00", "expiry", "step 3"),
    ]  # fmt: skip


def test_nothing_is_waited_for_after_the_last_step(log, spans):
    step(log, "01", 2, steps=3)
    step(log, "02", 3, steps=3)
    assert spans("stalled_onboarding") == []
    log.add("2025-05-20T10:00", "Onboarding Step Completed", user_id="v")
    assert spans("stalled_onboarding") == [("05-27 10:00", "06-26 10:00", "expiry", "step")]
