import pytest

from helpers.lift import (
    Guard,
    Plan,
    Sample,
    Slice,
    checks_table,
    comparisons_table,
    guards_table,
    levels_table,
    metrics_table,
    plans_table,
    publishable,
    readout,
    slices_table,
    verdicts_table,
)
from helpers.lift.checks import Check
from helpers.lift.verdict import definition
from helpers.lift.words import measured
from helpers.statistics import Moments

SUMS = {
    Sample("email", "none", "visit"): Moments(5_000, 500, 500),
    Sample("email", "mens", "visit"): Moments(5_000, 900, 900),
    Sample("email", "none", "spend"): Moments(500, 250.0, 12_500.0),
    Sample("email", "mens", "spend"): Moments(500, 260.0, 13_000.0),
}


def frame(table):
    return table["published"].frame


@pytest.mark.parametrize(
    ("metric", "said"),
    [
        ({"kind": "conversion", "event": "Page Viewed"}, "share of people with Page Viewed, within 7 days"),
        (
            {"kind": "count", "event": "Page Viewed", "window_days": 1},
            "Page Viewed, how often per person, within 1 day",
        ),
        (
            {"kind": "revenue", "cap": 500, "pre_days": 30},
            "revenue net of refunds per person, within 7 days; of one person no more than 500 counts; "
            "differences known from 30 days before taken out",
        ),
        (
            {"kind": "revenue", "cap": "99.5%"},
            "revenue net of refunds per person, within 7 days; of one person no more than what 99.5% of people stay "
            "below counts",
        ),
        (
            {"kind": "ratio", "numerator": "revenue", "denominator": "Order Completed"},
            "revenue net of refunds per Order Completed, within 7 days",
        ),
        (
            {"kind": "retention", "event": "Page Viewed", "after_days": 3},
            "share of people with Page Viewed from day 3 on, within 7 days",
        ),
        (
            {"kind": "quantile", "of": "revenue", "share": 0.9},
            "what 90 of 100 people stay at or below in revenue net of refunds, within 7 days",
        ),
    ],
)
def test_each_kind_is_said_in_plain_words(experiment, metric, said):
    declared = experiment(metric=[metric | {"name": "m"}])
    assert measured(declared.metrics[0], declared) == said


def test_what_was_declared_is_shown_with_roles_and_end(experiment):
    metrics = [
        {"name": "visit", "kind": "conversion", "event": "Page Viewed", "smallest_effect": 0.01},
        {"name": "spend", "kind": "revenue", "role": "guardrail", "direction": "down", "smallest_effect": 2},
    ]
    table = metrics_table(experiment(metric=metrics, planned_end=20_000), currency="USD")
    assert frame(table)[["Metric", "Role", "Better"]].to_numpy().tolist() == [
        ["visit", "goal", "up"],
        ["spend", "guardrail", "down"],
    ]
    assert frame(table)["Smallest difference that matters"].tolist() == ["1.00 points", "$2.00"]
    assert table["notes"].startswith("Planned end: 20,000 people exposed. A goal decides;")
    assert metrics_table(experiment(), currency="USD")["notes"].startswith("No end was planned. A goal")
    uneven = experiment(shares={"none": 0.75, "mens": 0.25})
    assert (
        "planned. Planned shares of the arms: none 75.0%, mens 25.0%. A goal"
        in (metrics_table(uneven, currency="USD")["notes"])
    )


@pytest.fixture
def split(log):
    """Arms that may be read."""
    return log.exposed("a", "2", "none").exposed("b", "2", "mens")


@pytest.mark.usefixtures("split")
def test_levels_have_a_row_a_metric_and_arm(experiment, night):
    table = levels_table(night(experiment(), readout(SUMS, [experiment()])), currency="USD", level=0.95)
    assert frame(table)[["Metric", "Arm", "People"]].to_numpy().tolist() == [
        ["visit", "none", 5_000],
        ["visit", "mens", 5_000],
        ["spend", "none", 500],
        ["spend", "mens", 500],
    ]
    assert frame(table)["Converted"].fillna(-1).tolist() == [500, 900, -1, -1]
    assert frame(table)["Level"][1].startswith("18.0% (")
    assert frame(table)["Level"][2].startswith("$0.50 (")
    assert "19 in 20" in table["notes"]


def test_clusters_are_counted_as_clusters(experiment, night):
    readings = readout(SUMS, [experiment(metric=[{"name": "spend", "kind": "revenue"}])])
    declared = experiment(cluster="store", metric=[{"name": "spend", "kind": "revenue"}])
    tonight = night(experiment(), readings)._replace(experiment=declared)
    assert "Clusters" in frame(levels_table(tonight, currency="USD", level=0.95)).columns
    sessions = tonight._replace(experiment=experiment(unit="session"))
    assert "People" in frame(levels_table(sessions, currency="USD", level=0.95)).columns
    assert "Clusters for 4 in 5 times" in frame(plans_table(declared, [], readings, currency="USD")).columns


@pytest.mark.usefixtures("split")
def test_comparisons_have_a_row_a_metric_and_other_arm(experiment, night):
    few = SUMS | {Sample("email", "none", "spend"): Moments(500, -1.0, 12_500.0)}
    tonight = night(experiment(), readout(few, [experiment()]))
    found = frame(comparisons_table(tonight, currency="USD"))
    assert list(found.columns) == ["Metric", "Arm", "Difference from none", "Ratio to none", "By chance alone"]
    assert found[["Metric", "Arm"]].to_numpy().tolist() == [["visit", "mens"], ["spend", "mens"]]
    assert found["Difference from none"][0].startswith("+8.00 points (")
    assert found["Ratio to none"][0].startswith("1.80 times (")
    assert found["Ratio to none"][1] == "no estimate: an arm's total is not above zero"
    assert found["By chance alone"].str.endswith("%").all()
    running = comparisons_table(tonight._replace(moment=tonight.moment._replace(over=False)), currency="USD")
    assert list(frame(running).columns) == ["Metric", "Arm", "Difference from none"]
    assert running["notes"].startswith("These intervals hold the truth however often one looks.")


@pytest.mark.usefixtures("split")
def test_what_is_withheld_has_no_test_either(experiment, night):
    sums = SUMS | {Sample("email", "none", "visit"): Moments(5_000, 3, 3)}
    readings = publishable(readout(sums, [experiment()]), [experiment()])
    found = frame(comparisons_table(night(experiment(), readings), currency="USD"))
    assert found["By chance alone"].tolist()[0] == "no test"
    assert "fewer than 10" in found["Difference from none"][0]
    plan = Plan("mens", "visit", 0.01, 0.5, 900, 3)
    assert frame(plans_table(experiment(), [plan], readings, currency="USD")).empty


def test_guardrails_and_plans_are_told_in_their_units(experiment):
    metrics = [
        {"name": "spend", "kind": "revenue"},
        {"name": "visit", "kind": "conversion", "event": "Page Viewed", "role": "guardrail", "smallest_effect": 0.02},
    ]
    declared = experiment(metric=metrics)
    readings = readout(SUMS, [declared])
    diff = next(each for each in readings if (each.metric, each.scale) == ("visit", "diff"))
    (row,) = frame(guards_table(declared, [Guard(diff, 0.02, "holds")], currency="USD")).to_numpy().tolist()
    assert row[0] == "visit"
    assert row[3:] == ["2.00 points", "yes, a larger loss is ruled out"]
    made = [
        Plan("mens", "spend", 0.9, None, None, None),
        Plan("mens", "visit", 0.05, 0.4, 7_000, 12),
    ]
    first, second = frame(plans_table(declared, made, readings, currency="USD")).to_numpy().tolist()
    assert first == ["spend", "mens", "$0.90", "–", "–", "–", "–"]
    assert second == ["visit", "mens", "5.00 points", "2.00 points", "40.0%", "7,000", "12"]


def test_groups_are_marked_exploratory_and_count_people(experiment):
    diff = next(each for each in readout(SUMS, [experiment()]) if each.scale == "diff")
    table = slices_table(experiment(), [Slice("area", "north", diff)], currency="USD")
    assert "exploratory" in table["caption"]
    assert table["notes"].startswith("Exploratory:")
    assert frame(table)["People"].tolist() == [10_000]


def test_a_verdict_has_a_row_an_arm(experiment, night, split):
    table = verdicts_table(night(experiment(), []))
    assert frame(table).to_numpy().tolist() == [["mens", "ship", "1 February 2025", "–"]]
    assert definition(experiment())[:12] in table["notes"]


def test_checks_have_a_row_each(experiment):
    checks = [Check("mixed", True, 0.0, 10, "Nobody."), Check("balance", None, None, 0, "Nothing is known.")]
    assert frame(checks_table(experiment(), checks)).to_numpy().tolist() == [
        ["People in two arms", "fine", "Nobody."],
        ["Alike before", "nothing to check", "Nothing is known."],
    ]
