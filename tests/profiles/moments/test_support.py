import pytest

U = {"user_id": "u"}


def case(log, when, step="Opened", ticket="t", **known):
    own = U | {"ticket_id": ticket} | known
    return log.add(
        f"2025-05-{when}" if len(when) > 2 else f"2025-05-{when}T10:00", f"Support Ticket {step}", "support", **own
    )


class TestOpen:
    def test_it_lasts_from_opening_to_resolution_and_again_when_reopened(self, log, spans):
        case(log, "01")
        assert spans("support_open") == [("05-01 10:00", None, None, "t")]
        case(log, "02", "Replied")
        case(log, "03", "Resolved")
        case(log, "04", "Reopened")
        case(log, "05", "Opened")
        case(log, "06", "Resolved")
        case(log, "07", "Resolved")
        assert spans("support_open") == [
            ("05-01 10:00", "05-03 10:00", "resolved", "t"), ("05-04 10:00", "05-06 10:00", "resolved", "t"),
        ]  # fmt: skip

    def test_cases_of_one_person_are_apart(self, log, spans):
        case(log, "01")
        case(log, "02", ticket="s")
        case(log, "03", "Resolved")
        case(log, "03", "Resolved", "never opened")
        assert spans("support_open") == [
            ("05-02 10:00", None, None, "s"),
            ("05-01 10:00", "05-03 10:00", "resolved", "t"),
        ]


class TestSilentRisk:
    """People who come once in 10 days are silent after 17, those who come once in 20 after 30."""

    @pytest.mark.parametrize(
        ("g", "start", "end"), [(10.0, "05-18 10:00", "07-30 10:00"), (20.0, "05-31 10:00", "08-29 10:00")]
    )
    def test_a_case_left_open_and_silence_begin_it(self, log, spans, g, start, end):
        case(log, "01")
        assert spans("support_silent_risk", g=g, as_of=f"2025-{start.replace(' ', 'T')}") == []
        assert spans("support_silent_risk", g=g) == [(start, end, None, "t")]
        assert spans("support_silent_risk", g=g, as_of="2025-12-01") == [(start, end, "expiry", "t")]

    def test_it_says_what_was_bad_and_how_long_the_silence_was(self, log, found):
        case(log, "01")
        assert found("support_silent_risk")[0]["evidence"] == "case left open, 17 days of silence"
        case(log, "10", "Resolved")
        assert found("support_silent_risk")[0]["evidence"] == "case ended late or badly, 17 days of silence"

    @pytest.mark.parametrize(
        ("resolved", "outcome", "start"),
        [
            ("03T10:00", "solved", None),
            ("03T10:00", None, None),
            ("03T10:01", "solved", "05-20 10:01"),
            ("03T10:00", "Unsolved", "05-20 10:00"),
        ],
        ids=["in time", "in time, nothing said", "too late", "badly"],
    )
    def test_so_does_one_that_ended_late_or_badly(self, log, spans, resolved, outcome, start):
        case(log, "01")
        case(log, resolved, "Resolved", support_outcome=outcome)
        assert [row[0] for row in spans("support_silent_risk")] == ([start] if start else [])

    def test_silence_is_counted_anew_from_the_last_step(self, log, spans):
        case(log, "01")
        case(log, "10", "Resolved")
        case(log, "12", "Reopened")
        assert spans("support_silent_risk") == [("05-29 10:00", "08-10 10:00", None, "t")]

    @pytest.mark.parametrize(
        ("when", "expected"),
        [
            ("19T09:59", []),
            ("19T10:00", []),
            ("19T10:01", [("05-19 10:00", "05-19 10:01", "activity", "t")]),
            ("30T10:00", [("05-19 10:00", "05-30 10:00", "activity", "t")]),
        ],
    )
    def test_an_act_in_time_is_no_silence_and_a_later_one_ends_it(self, log, spans, when, expected):
        case(log, "01")
        case(log, "02", "Resolved", support_outcome="bad")
        log.add(f"2025-05-{when}", **U)
        assert spans("support_silent_risk") == expected

    def test_an_act_while_it_is_open_begins_the_silence_anew(self, log, spans):
        case(log, "01")
        log.add("2025-05-05T10:00", **U).add("2025-05-05T12:00", **U).add("2025-05-05T11:00", **U)
        assert spans("support_silent_risk") == [("05-22 12:00", "08-03 12:00", None, "t")]

    def test_asking_support_again_breaks_no_silence_and_an_order_does(self, log, spans):
        case(log, "01")
        case(log, "15", ticket="s")
        case(log, "15T11:00", "Resolved", "s")
        log.add("2025-05-16T10:00", "Email Delivered", "engagement", send_id="m", **U)
        log.order("2025-05-30T10:00", 5, **U)
        assert spans("support_silent_risk", as_of="2025-06-01") == [("05-18 10:00", "05-30 10:00", "order", "t")]
        # The case is open still.
        assert spans("support_silent_risk")[1:] == [("06-16 10:00", "08-28 10:00", None, "t")]

    def test_it_goes_on_when_the_case_is_resolved_at_last(self, log, spans):
        case(log, "01")
        case(log, "25", "Resolved")
        assert spans("support_silent_risk") == [("05-18 10:00", "08-23 10:00", None, "t")]

    def test_the_usual_gap_is_the_one_of_the_last_active_day(self, log, found):
        """That a case is resolved is no act: of that day no gap is known."""
        case(log, "01")
        log.add("2025-05-05T10:00", **U)
        case(log, "16", "Resolved")
        # 5 days and a week from the 16th on.
        (row,) = found("support_silent_risk", g="day(local_time)")
        assert f"{row['starts_at']:%m-%d}" == "05-28"


class TestLoyal:
    def test_an_order_after_a_case_that_was_solved_fast_begins_it(self, log, spans, found):
        case(log, "01")
        case(log, "03", "Resolved")
        assert spans("loyal_despite_friction") == []
        log.order("2025-05-10T10:00", 5, **U).order("2025-05-12T10:00", 5, **U)
        assert spans("loyal_despite_friction", as_of="2025-12-01") == [("05-10 10:00", "07-09 10:00", "expiry", "t")]
        assert found("loyal_despite_friction")[0]["evidence"] == "case resolved within 48 hours, ordered 7 days later"
        assert found("support_silent_risk", as_of="2025-12-01") == []

    @pytest.mark.parametrize(
        ("resolved", "ordered", "days"),
        [
            ({"when": "03T10:00"}, "07-02T09:59", 60),
            ({"when": "03T10:00"}, "07-02T10:00", 0),
            ({"when": "03T10:01"}, "05-10T10:00", 0),
            ({"when": "03T10:00", "support_outcome": "unsolved"}, "05-10T10:00", 0),
            ({"when": "03T10:00"}, "05-03T09:00", 0),
        ],
        ids=["in 60 days", "after 60 days", "solved late", "ended badly", "ordered before"],
    )
    def test_just_not(self, log, found, resolved, ordered, days):
        case(log, "01")
        case(log, step="Resolved", **resolved)
        log.order(f"2025-{ordered}", 5, **U)
        rows = found("loyal_despite_friction", as_of="2025-12-01")
        assert sum((row["expires_at"] - row["starts_at"]).days for row in rows) == days

    def test_it_ends_when_the_case_is_opened_again_and_risk_begins_after_it(self, log, spans):
        case(log, "01")
        case(log, "02", "Resolved")
        log.order("2025-05-03T10:00", 5, **U)
        case(log, "04", "Reopened")
        assert spans("loyal_despite_friction") == [("05-03 10:00", "05-04 10:00", "reopened", "t")]
        assert spans("support_silent_risk") == [("05-21 10:00", "08-02 10:00", None, "t")]
