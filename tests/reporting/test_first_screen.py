import datetime as dt
import json
import math
from dataclasses import replace
from pathlib import Path

from helpers.datasets.questions import Experiment
from helpers.lift.health import BLOCKING_P, Health
from helpers.lift.verdict_words import DO_NOT_READ, KEEP_RUNNING, SHIP, STOP, Measured, Moment, sentence
from helpers.reporting import IndexEntry, Stamp
from helpers.reporting.first_screen import first_screen
from helpers.reporting.formats import points
from helpers.statistics import Estimate, SampleRatio

STAMP = Stamp(
    dataset="The demo shop",
    as_of=dt.date(2026, 4, 1),
    ran_at=dt.datetime(2026, 4, 1, 4, 12, tzinfo=dt.UTC),
    version="0.1.0",
)
UNRUN = Path(__file__).parents[2] / "notebooks" / "05_lift.ipynb"
PAGES = [
    IndexEntry(name=name, status="done", notebook=UNRUN, href=f"{name}.html")
    for name in ("01_ingestion", "02_profiles", "04_churn", "05_lift")
]
NOTHING = dict.fromkeys(("lo", "hi", "level", "n", "numerator", "method"))


def entry(key, value, unit="people", **more):
    return {"key": key, "value": value, "unit": unit, **NOTHING, **more}


BOOKS = [
    entry("ingestion.rows_read", 10_000, "records"),
    entry("ingestion.rows_rejected", 20, "records"),
    entry("ingestion.rows_quarantined", 5, "records"),
]
PEOPLE = [
    entry("profiles.customers", 1914),
    entry("profiles.buyers", 1829, n=1914),
    entry("profiles.generic_contacts", 297),
    entry("profiles.overdue", 1043, n=1504),
    entry("profiles.now.active_customers", 706, n=1829),
    entry("profiles.month_before.active_customers", 777, n=1801),
    entry("profiles.year_before.active_customers", 608, n=1171),
    entry("profiles.now.repeat_revenue", 98989.19, "EUR", n=1504),
]
CHURN = [entry("churn.active.base_rate", 0.321, "share", lo=0.289, hi=0.355, level=0.95, n=769, numerator=247)]
LIFT = [
    entry("lift.welcome_offer.health.srm_p", 0.6, "probability", n=1184),
    entry(
        "lift.welcome_offer.treatment.conversion.diff", 0.0538, "difference of shares", lo=0.007, hi=0.1005, level=0.95
    ),
    entry("lift.welcome_offer.treatment.conversion.ratio", 1.29, "ratio", lo=1.03, hi=1.6, level=0.95),
    entry("lift.welcome_offer.treatment.spend.diff", 2.78, "EUR per person", lo=-3.03, hi=8.59, level=0.95),
]  # fmt: skip


def screen(*results, stamp=STAMP, entries=PAGES):
    return first_screen(stamp, entries, [each for part in results for each in part])


def test_trust_names_the_last_day_and_what_could_not_be_used():
    assert screen(BOOKS).trust == (
        "**Yes:** the data end with 31 March 2026, and every page below was made from them. "
        "Of the records read, 0.25% (25 of 10,000) could not be used."
    )
    assert "Of the records" not in screen().trust


def test_trust_is_not_given_where_data_are_late_or_a_page_is_old():
    late = screen(stamp=replace(STAMP, warning="The data are *3* days old.")).trust
    assert late.startswith(r"**Not without care:** The data are \*3\* days old\.")
    carried = [replace(PAGES[0], status="carried forward"), *PAGES[1:]]
    assert screen(entries=carried).trust.startswith("**In part:**")
    assert "01_ingestion did not run now" in screen(entries=carried).trust


def test_figures_stand_against_their_past():
    figures = {label: (value, against) for label, value, against in screen(PEOPLE, CHURN).figures}
    assert figures["Active customers (an order in the last 90 days)"] == (
        "706",
        "a month before 777 (−9.1% since); a year before 608 (+16.1% since)",
    )
    assert figures["Revenue of the last 90 days from repeat buyers"] == ("€98,989", "")
    assert figures["Of 100 active customers, how many ordered nothing in the time that was judged"][0] == (
        "32 (29 to 36, 19 in 20)"
    )
    assert figures["People with a profile"] == ("1,914", "95.6% (1,829 of 1,914) have bought")
    assert len(figures) == 4


STATES = [
    entry("states.now.went_dormant", 218),
    entry("states.now.resurrecting", 136),
    entry("states.month_before.went_dormant", 210),
    entry("states.now.at_risk_revenue", 65_943.0, "EUR"),
]


def test_who_was_lost_and_won_back_is_told_where_both_are():
    figures = screen(BOOKS, PEOPLE, STATES).figures
    assert figures[-1] == ("Fell silent for long, and came back from it, in a month", "218 lost, 136 won back", "")
    assert figures[-2][1] == "€65,943"
    both = screen(BOOKS, PEOPLE, STATES, [entry("states.month_before.resurrecting", 131)]).figures
    assert both[-1][2] == "a month before 210 lost, 131 won back"
    one = screen(BOOKS, PEOPLE, [STATES[0]]).figures
    assert not any("won back" in value for _, value, _ in one)


def test_a_figure_that_was_withheld_is_left_out():
    withheld = [entry("profiles.now.active_customers", None), entry("profiles.customers", 40)]
    assert [label for label, _, _ in screen(withheld).figures] == ["People with a profile"]


def test_what_is_next_says_who_how_many_and_where():
    following = screen(BOOKS, PEOPLE, CHURN, LIFT).following
    assert following == [
        "1,043 of 1,504 repeat buyers are past the day on which their next order was due; "
        "[see who buys how often](02_profiles.html).",
        "71 of 706 active customers: the tenth that is least likely to order again; "
        "[see how sure that is](04_churn.html).",
        "0.20% (20 of 10,000) of the records were refused; [see which source and why](01_ingestion.html).",
    ]


def test_what_is_wrong_comes_first_and_three_lines_are_the_most():
    many = [entry("ingestion.rows_read", 100, "records"), entry("ingestion.rows_rejected", 4, "records")]
    broken = [LIFT[0] | {"value": 1e-5}, *LIFT[1:]]
    following = screen(many, PEOPLE, CHURN, broken).following
    assert len(following) == 3
    assert following[0].startswith(r"The experiment welcome\_offer: its arms are not as large as planned")
    assert following[1].startswith("4.0% (4 of 100) of the records were refused")


def test_nobody_is_sent_to_a_page_that_is_not_there():
    assert screen(PEOPLE, entries=()).following == [
        "1,043 of 1,504 repeat buyers are past the day on which their next order was due; see who buys how often."
    ]


def test_experiments_are_told_as_their_own_page_opens_with_them(tmp_path):
    metric = {"name": "buys", "kind": "conversion", "event": "Order Completed"}
    experiment = Experiment.model_validate(
        {"name": "offer", "control": "none", "arms": ["none", "mail"], "window_days": 7, "metric": [metric]}
    )
    found = Estimate(0.05, 0.01, 0.09, 0.96, 1_184, "Newcombe hybrid score")
    goal, moment = (
        Measured("buys", "goal", "up", 0.0, found, found, points),
        Moment(STAMP.as_of, over=True, blocked="so"),
    )
    said = [
        sentence(decision, experiment, "mail", metrics, moment=moment, guarded=False)
        for decision, metrics in ((SHIP, [goal]), (STOP, [goal]), (KEEP_RUNNING, [goal]), (DO_NOT_READ, []))
    ]
    notebook = tmp_path / "05_lift.ipynb"
    mark = {"workbench": {"block": "headlines", "sentences": [*said, "In mail, buys is 1.2 times that of none."]}}
    marked = {"output_type": "display_data", "data": {"text/html": ""}, "metadata": mark}
    notebook.write_text(json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "outputs": [marked]}]}))
    lift = IndexEntry(name="05_lift", status="done", notebook=notebook, href="05_lift.html")
    assert screen(LIFT, entries=[*PAGES[:-1], lift]).experiments == said
    assert screen(LIFT, entries=PAGES[:-1]).experiments == []


def test_what_is_not_known_is_said():
    skipped = IndexEntry(name="05_lift", status="skipped", notebook=Path(), reason="No *experiment*.")
    assert screen(PEOPLE, entries=[skipped]).unknown == [
        r"05_lift was skipped: No \*experiment\*\.",
        "297 people have not agreed to be described; nothing is said about them here.",
    ]
    assert screen().unknown == []


def test_the_first_page_calls_arms_uneven_where_the_page_of_experiments_does():
    for p, stopped in ((BLOCKING_P, False), (math.nextafter(BLOCKING_P, 0), True)):
        following = screen([LIFT[0] | {"value": p}, *LIFT[1:]], entries=PAGES[:-1]).following
        assert any("its arms are not as large as planned" in line for line in following) is stopped
        assert Health("e", {}, {}, 0, 0, SampleRatio(p, 0.0, 1, {})).readable is not stopped
