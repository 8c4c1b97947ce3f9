"""A plan as it is read in a terminal: a table whose columns stand under each other, and what they mean."""

from datetime import date

import pytest

from helpers.lift.beforehand import Aim, Beforehand
from helpers.lift.beforehand_words import aligned, beforehand_lines
from helpers.lift.readout import Reading
from helpers.statistics import Estimate

GOAL = {"name": "visit", "kind": "conversion", "event": "Page Viewed", "smallest_effect": 0.02, "role": "goal"}
GUARD = {"name": "spend", "kind": "revenue", "role": "guardrail", "smallest_effect": 1.5}
REACH = [0, 40, 700, 900, 1_000, 1_100, 1_200, 1_250, 1_300]


def level(metric, estimate, reason=""):
    return Reading("email", "none", metric.name, metric.kind, "level", estimate, 700, reason, money=metric.money)


def found(experiment, *, needed=(400, 300), days=3, detectable=0.05, coming=None, **changes):
    declared = experiment(metric=[GOAL, GUARD], **changes)
    visit, spend = declared.metrics
    shown = level(visit, Estimate(0.123, 0.1, 0.15, 0.95, 700, "Wilson"))
    both = dict(zip(declared.arms, needed, strict=True)) if needed else None
    aims = [
        Aim(visit, "goal", shown, both, days, detectable),
        Aim(spend, "guardrail", level(spend, None, "not shown: too few"), None, None, None),
    ]
    return Beforehand(declared, date(2025, 3, 8), 700, REACH, coming, 0.96, aims)


def said(*args, **kwargs):
    return beforehand_lines(found(*args, **kwargs), currency="USD")


def test_a_plan_is_a_table_between_sentences(experiment):
    assert said(experiment) == [
        "email, as if it had changed nothing: 700 people of late, who did something in the 7 days before 1 March 2025.",
        "",
        "Metric  Role                          Now  To be found  none  mens  Days",
        "visit   goal       12.3% (10.0% to 15.0%)  2.00 points   400   300     3",
        "spend   guardrail      not shown: too few        $1.50     –     –     –",
        "",
        "Now: what they did in the 7 days from then on, with intervals that hold the truth 19 in 20 times.",
        "none, mens: people of each arm that find a difference of this size 4 in 5 times, and of a guardrail rule out "
        "a loss of this size as often where there is none, by the interval of the planned end, of which 96 in 100 hold "
        "the truth.",
        "Days: until so many different people have come, if everybody who comes is taken in and as many come as did "
        "before 8 March 2025: 1,250 in 7 days. The last of them is read 7 days later.",
        "No planned_end is declared. Declare a day, or how many are needed: without one the verdict rests for ever on "
        "intervals for every night, which need more.",
    ]


THEN = "; found 4 in 5 times is then visit from 5.00 points on."


@pytest.mark.parametrize(
    ("end", "coming", "last"),
    [
        (900, 900, f"With the planned 900 people, in 3 days{THEN}"),
        (9_000, 9_000, f"With the planned 9,000 people, in more than 8 days{THEN}"),
        (date(2025, 3, 1), None, "The planned end, 1 March 2025, is over: declare one that is to come."),
        (date(2025, 3, 10), 900, f"By the planned end, 10 March 2025, 900 people come{THEN}"),
        (date(2025, 3, 15), 1_300, f"By the planned end, 15 March 2025, 1,300 people come{THEN}"),
        (
            date(2025, 3, 16), 1_300,
            f"By the planned end, 16 March 2025, 1,300 people come, as in all of the history, which is shorter{THEN}",
        ),
    ],
)  # fmt: skip
def test_what_is_found_by_the_planned_end(experiment, end, coming, last):
    assert said(experiment, planned_end=end, coming=coming)[-1] == last


def test_an_end_with_which_nothing_is_found_is_told(experiment):
    assert said(experiment, planned_end=3, coming=3, detectable=None)[-1].endswith("4 in 5 times is then nothing.")


def test_more_days_than_there_are_are_told_so(experiment):
    lines = said(experiment, days=None)
    assert lines[3].endswith("over 8")
    assert "in 7 days. All of the history had fewer. The last" in lines[-2]


def test_a_metric_without_a_plan_says_why(experiment):
    assert "visit: all people have the same value, so that nothing can be planned by it." in said(experiment, needed=())
    made = found(experiment, needed=())
    open_ = made.aims[0].metric.model_copy(update={"smallest_effect": None})
    lines = beforehand_lines(made._replace(aims=[made.aims[0]._replace(metric=open_)]), currency="USD")
    assert "visit: declare its smallest_effect, and this says what finds it." in lines
    assert not any(line.startswith("Days") for line in lines)


def test_visits_and_clusters_are_called_so(experiment):
    sessions, clusters = said(experiment, unit="session"), said(experiment, cluster="store")
    assert "700 people of late, who had a visit in the 7 days before" in sessions[0]
    assert sessions[6].startswith("Now: what happened in these visits, with")
    assert "700 clusters of late" in clusters[0]
    assert "until so many different clusters have come" in clusters[-2]


def test_columns_stand_under_each_other():
    assert aligned([["a", "b", "c"], ["long", "x", "1,000"]]) == ["a     b      c", "long  x  1,000"]
