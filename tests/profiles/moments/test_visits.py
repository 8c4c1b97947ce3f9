import pytest

VISIT = {"user_id": "u", "session_id": "s"}
HELP = {"event": "Page Viewed", "page_path": "/help/returns"}
ERROR = {"event": "Error Shown"}


def sees(log, *signs, **known):
    for minute, sign in enumerate(signs):
        log.add(f"2025-05-01T10:0{minute}", **(VISIT | sign | known))


@pytest.mark.parametrize(
    ("signs", "start"),
    [
        ([HELP] * 2, None), ([HELP] * 3, "05-01 10:02"), ([ERROR], None), ([ERROR] * 2, "05-01 10:01"),
        ([HELP, HELP, ERROR], None),
    ],
    ids=["two pages", "three pages", "an error", "two errors", "two pages and an error"],
)  # fmt: skip
def test_the_third_help_page_or_second_error_of_a_visit_begins_it(log, spans, signs, start):
    sees(log, *signs)
    assert [row[0] for row in spans("needs_assistance")] == ([start] if start else [])


def test_two_visits_are_not_one_and_what_is_in_no_visit_does_not_count(log, spans):
    sees(log, ERROR)
    sees(log, ERROR, session_id="other")
    sees(log, ERROR, ERROR, ERROR, session_id=None)
    assert spans("needs_assistance") == []


def test_it_lasts_a_day_from_the_last_of_them_or_until_an_order(log, spans, found):
    sees(log, HELP, HELP, HELP, HELP)
    assert spans("needs_assistance") == [("05-01 10:02", "05-02 10:03", "expiry", "s")]
    assert found("needs_assistance")[0]["evidence"] == "3 help pages and 0 errors in one visit"
    log.order("2025-05-01T11:00", 5, user_id="u")
    assert spans("needs_assistance") == [("05-01 10:02", "05-01 11:00", "order", "s")]


def test_what_comes_at_its_end_neither_prolongs_nor_ends_it(log, spans):
    sees(log, ERROR, ERROR)
    log.add("2025-05-02T10:01", **(VISIT | ERROR)).order("2025-05-02T10:01", 5, user_id="u")
    assert spans("needs_assistance") == [("05-01 10:01", "05-02 10:01", "expiry", "s")]
    log.add("2025-05-02T10:01", **(VISIT | ERROR))
    assert spans("needs_assistance")[1:] == [("05-02 10:01", "05-03 10:01", "expiry", "s")]


@pytest.mark.parametrize(
    ("page", "is_help"),
    [
        ({"page_path": "/FAQ"}, True), ({"page_path": "help/payment.html"}, True), ({"page_path": "/de/hilfe/"}, True),
        ({"page_path": "/contact.php"}, True), ({"page_category": "Help"}, True),
        ({"page_path": "/c/helpful-gifts"}, False), ({"page_path": "/support-stockings"}, False), ({}, False),
    ],
)  # fmt: skip
def test_which_pages_are_help_pages(log, spans, page, is_help):
    sees(log, *[{"event": "Page Viewed"} | page] * 3)
    assert bool(spans("needs_assistance")) == is_help
