import datetime as dt
import hashlib
import json

import pandas as pd
import pytest

from helpers.errors import WrongUse
from helpers.lift.verdict import as_frame, decide, definition, keep
from helpers.lift.verdict_words import Measured, Moment
from helpers.reporting import points
from helpers.statistics import Estimate

DAY = dt.date(2025, 3, 10)
RUNNING = Moment(DAY, over=False, until=dt.date(2025, 4, 1))
OVER = Moment(DAY, over=True)


def around(value, half, method="asymptotic confidence sequence"):
    return Estimate(value, value - half, value + half, 0.95, 2_000, method)


def measured(value, *, role="goal", margin=0.0, direction="up", half=0.02, half_at_end=None, metric="visit"):
    fixed = around(value, half if half_at_end is None else half_at_end, "Welch t")
    return Measured(metric, role, direction, margin, around(value, half), fixed, points)


def guardrail(value, **changes):
    return measured(value, role="guardrail", metric="refund", **({"margin": 0.03} | changes))


@pytest.mark.parametrize(
    ("metrics", "running", "at_the_end"),
    [
        ([measured(0.05)], "ship", "ship"),
        ([measured(0.01)], "keep running", "stop"),
        ([measured(-0.05)], "stop", "stop"),
        ([measured(-0.05, direction="down")], "ship", "ship"),
        ([measured(0.05, direction="down")], "stop", "stop"),
        # too small to matter, though it may be above zero
        ([measured(0.01, margin=0.04)], "stop", "stop"),
        ([measured(0.03, margin=0.04)], "ship", "ship"),
        ([measured(0.03, margin=0.06)], "stop", "stop"),
        # the sequence is wide, the interval for one look is not
        ([measured(0.03, half=0.05, half_at_end=0.02)], "keep running", "ship"),
        ([measured(0.05), guardrail(0.0)], "ship", "ship"),
        ([measured(0.05), guardrail(-0.02)], "keep running", "stop"),
        ([measured(0.05), guardrail(-0.06)], "stop", "stop"),
        ([measured(0.05), guardrail(0.06, direction="down")], "stop", "stop"),
        # each goal must be shown
        ([measured(0.05), measured(0.01, metric="spend")], "keep running", "stop"),
        # what is neither goal nor guardrail decides nothing
        ([measured(0.05), measured(-0.5, role="secondary", metric="clicks")], "ship", "ship"),
    ],
)
def test_the_rule(experiment, metrics, running, at_the_end):
    assert decide(experiment(), "mens", metrics, RUNNING).decision == running
    assert decide(experiment(), "mens", metrics, OVER).decision == at_the_end


def test_what_must_not_be_read_is_not(experiment):
    blocked = RUNNING._replace(blocked="its arms are not as large as planned")
    found = decide(experiment(), "mens", [measured(0.05)], blocked)
    assert found.sentence == "Do not read email: its arms are not as large as planned."
    assert (found.decision, found.value, found.method, found.until) == ("do not read", None, "", None)


def test_without_an_interval_nothing_is_decided(experiment):
    nothing = Measured("visit", "goal", "up", 0.0, None, None, points)
    found = decide(experiment(), "mens", [nothing], RUNNING)
    assert found.decision == "keep running"
    few = "visit cannot be judged, as too few people of an arm have it or differ in it."
    assert found.sentence == f"Keep running mens in email until 1 April 2025: {few}"
    level = Estimate(0.0, None, None, 0.95, 20, "Welch t")
    for fixed in (None, level):
        found = decide(experiment(), "mens", [nothing._replace(fixed=fixed)], OVER)
        assert (found.decision, found.metric, found.value, found.until) == ("do not read", "", None, None)
        assert found.sentence == f"Do not read mens in email: {few}"
    hidden = nothing._replace(role="guardrail", metric="refund", margin=0.03, without="is not told, as it is small")
    found = decide(experiment(), "mens", [measured(0.05), hidden], OVER)
    assert found.sentence == "Do not read mens in email: guardrail refund is not told, as it is small."


NOTHING = Measured("order", "goal", "up", 0.0, None, None, points)


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    ("told", "at_the_end", "by"),
    [
        (measured(0.01), "stop", "visit"),
        (measured(-0.05), "stop", "visit"),
        (guardrail(-0.06), "stop", "refund"),
        (guardrail(-0.02), "stop", "refund"),
        (measured(0.05), "do not read", "order"),
        (guardrail(0.0), "do not read", "order"),
    ],
)
def test_to_stop_takes_an_interval(experiment, told, at_the_end, by, first):
    metrics = [NOTHING, told] if first else [told, NOTHING]
    found = decide(experiment(), "mens", metrics, OVER)
    assert found.decision == at_the_end
    assert (found.metric, found.lo is None) == (("", True) if by == "order" else (by, False))
    assert by in found.sentence


@pytest.mark.parametrize(
    ("metrics", "moment", "said"),
    [
        (
            [measured(0.05), guardrail(0.0)],
            RUNNING,
            "Ship mens in email: AGAINSTvisit is +5.00 points (+3.00 to +7.00, 19 in 20 however "
            "often one looks), which is better beyond chance, and no guardrail is worse by more than it may be.",
        ),
        (
            [measured(0.05), measured(0.06, metric="order")],
            OVER,
            "Ship mens in email: AGAINSTvisit is +5.00 points (+3.00 to +7.00, 19 in 20) and order "
            "is +6.00 points (+4.00 to +8.00, 19 in 20), which is better beyond chance, as each goal is.",
        ),
        (
            [measured(0.01)],
            RUNNING,
            "Keep running mens in email until 1 April 2025: AGAINSTvisit is +1.00 points (−1.00 to "
            "+3.00, 19 in 20 however often one looks), which does not decide yet.",
        ),
        (
            [measured(0.01)],
            RUNNING._replace(until=None),
            "Keep running mens in email, for which no end can be named: AGAINSTvisit is +1.00 points "
            "(−1.00 to +3.00, 19 in 20 however often one looks), which does not decide yet.",
        ),
        (
            [measured(0.05), guardrail(-0.02)],
            RUNNING,
            "Keep running mens in email until 1 April 2025: AGAINSTguardrail refund is −2.00 points "
            "(−4.00 to 0.00, 19 in 20 however often one looks), which may still be worse by more than the 3.00 points "
            "that it may be.",
        ),
        (
            [measured(0.05), guardrail(-0.06)],
            OVER,
            "Stop mens in email: AGAINSTguardrail refund is −6.00 points (−8.00 to −4.00, 19 in "
            "20), which is worse by more than the 3.00 points that it may be.",
        ),
        (
            [measured(0.01, margin=0.04)],
            OVER,
            "Stop mens in email: AGAINSTvisit is +1.00 points (−1.00 to +3.00, 19 in 20), which is "
            "at best less than the 4.00 points that matter.",
        ),
        (
            [measured(-0.05)],
            OVER,
            "Stop mens in email: AGAINSTvisit is −5.00 points (−7.00 to −3.00, 19 in 20), which is worse beyond "
            "chance.",
        ),
        (
            [measured(0.01)],
            OVER,
            "Stop mens in email: AGAINSTvisit is +1.00 points (−1.00 to +3.00, 19 in 20), which at "
            "the planned end may be chance.",
        ),
    ],
)
def test_a_verdict_is_one_sentence_with_its_numbers(experiment, metrics, moment, said):
    found = decide(experiment(), "mens", metrics, moment).sentence
    assert found == said.replace("AGAINST", "against none, of 2,000 people in both, ")


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"cluster": "store"}, "2,000 clusters in both"), ({"unit": "session"}, "2,000 people in both")],
)
def test_a_verdict_counts_what_its_interval_rests_on(experiment, changes, said):
    assert said in decide(experiment(**changes), "mens", [measured(0.05)], OVER).sentence


def test_the_row_holds_what_decided(experiment):
    found = decide(experiment(), "mens", [measured(0.03, half=0.05, half_at_end=0.02)], RUNNING)
    assert (found.value, found.lo, found.hi) == (0.03, 0.03 - 0.05, 0.03 + 0.05)
    assert (found.method, found.level, found.n) == ("asymptotic confidence sequence", 0.95, 2_000)
    assert (found.metric, found.day, found.until) == ("visit", DAY, dt.date(2025, 4, 1))
    assert decide(experiment(), "mens", [measured(0.03)], OVER).method == "Welch t"
    frame = as_frame([found, decide(experiment(), "mens", [measured(0.1)], RUNNING._replace(blocked="x"))])
    assert frame["n"].tolist() == [2_000, pd.NA]
    assert as_frame([]).columns.tolist() == frame.columns.tolist()


def test_a_rule_that_nothing_could_pass_is_refused(experiment):
    with pytest.raises(WrongUse, match="has no goal"):
        decide(experiment(), "mens", [guardrail(0.0)], RUNNING)
    with pytest.raises(WrongUse, match="'refund' has no margin"):
        decide(experiment(), "mens", [measured(0.1), guardrail(0.0, margin=0.0)], RUNNING)
    with pytest.raises(WrongUse, match="margin of visit"):
        decide(experiment(), "mens", [measured(0.1, margin=-1.0)], RUNNING)


def test_the_definition_is_what_was_declared(experiment):
    same = definition(experiment())
    assert len(same) == 64
    assert definition(experiment()) == same
    assert definition(experiment(window_days=8)) != same
    assert definition(experiment(arms=["none", "mens", "womens"])) != same


def test_planned_shares_are_part_of_the_definition_only_where_they_are_declared(experiment):
    declared = {
        "name": "email",
        "control": "none",
        "arms": ["none", "mens"],
        "window_days": 7,
        "metric": [
            {"name": "visit", "kind": "conversion", "event": "Page Viewed"},
            {"name": "spend", "kind": "revenue"},
        ],
    }

    def by_hand(said):
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    shares = {"none": 0.5, "mens": 0.5}
    assert definition(experiment()) == by_hand(declared)
    assert definition(experiment(shares=shares)) == by_hand(declared | {"shares": shares})
    assert definition(experiment(shares={"mens": 0.5, "none": 0.5})) == definition(experiment(shares=shares))


def test_the_first_final_verdict_stands(experiment):
    def on(day, value, moment=RUNNING):
        when = moment._replace(day=dt.date(2025, 3, day))
        return decide(experiment(), "mens", [measured(value)], when)

    running, shipped, later = on(1, 0.01), on(2, 0.05), on(3, 0.01)
    assert keep([], running) == running
    assert keep([running], shipped) == shipped
    assert keep([shipped, running], later) == shipped
    assert keep([on(4, 0.05)], later) == later, "nights to come are not known"
    other_arm = decide(experiment(), "womens", [measured(0.05)], RUNNING._replace(day=dt.date(2025, 3, 2)))
    assert keep([other_arm], later) == later
    blocked = on(3, 0.05, RUNNING._replace(blocked="nobody is in it"))
    assert keep([shipped], blocked) == blocked


def test_a_changed_definition_is_told_and_begins_anew(experiment):
    shipped = decide(experiment(), "mens", [measured(0.05)], RUNNING)
    changed = decide(experiment(window_days=9), "mens", [measured(0.01)], RUNNING._replace(day=dt.date(2025, 3, 12)))
    found = keep([shipped], changed)
    assert found.decision == "keep running"
    assert found.sentence == (
        f"{changed.sentence} Its definition was changed after 10 March 2025, and what was said until then no longer "
        "counts."
    )
