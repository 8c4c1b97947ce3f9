from datetime import datetime

import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt

from helpers.errors import WrongUse
from helpers.lift import (
    Sample,
    add_results,
    differences,
    differences_chart,
    estimated_differences,
    exposures,
    health,
    health_frame,
    numbers_frame,
    publishable,
    readout,
)
from helpers.reporting import Record
from helpers.statistics import Joint, Moments

SUMS = {
    Sample("email", "none", "visit"): Moments(5_000, 500, 500),
    Sample("email", "mens", "visit"): Moments(5_000, 900, 900),
    Sample("email", "none", "spend"): Moments(500, 250.0, 12_500.0),
    Sample("email", "mens", "spend"): Moments(500, 260.0, 13_000.0),
}


@pytest.fixture(autouse=True)
def _closes_figures():
    mpl.use("agg")
    yield
    plt.close("all")


class Kept:
    """A shop that only keeps results."""

    def write_results(self, stage, entries):
        self.stage, self.entries = stage, {entry["key"]: entry for entry in entries}


def checks(log, experiments):
    log.exposed("a", "2", "none").exposed("b", "2", "mens").exposed("c", "31", "mens")
    return health(exposures(log.table(), experiments, moment=datetime(2025, 2, 1)), experiments)


def test_the_health_table_counts_each_arm(log, experiment):
    (check,) = checks(log, [experiment()])
    assert health_frame(check).to_numpy().tolist() == [["none", 1, 1.5, 0, 1], ["mens", 2, 1.5, 1, 1]]


@pytest.mark.parametrize("converted", [9, 491])
def test_an_arm_of_too_few_converts_has_no_level_and_no_comparison(experiment, converted):
    declared = experiment(arms=["none", "mens", "womens"])
    sums = SUMS | {Sample("email", "womens", "visit"): Moments(500, converted, converted)}
    shown = {(each.metric, each.arm, each.scale): each for each in publishable(readout(sums, [declared]), [declared])}
    assert {place for place, each in shown.items() if "fewer than 10" in each.reason} == {
        ("visit", "womens", "level"), ("visit", "womens", "diff"), ("visit", "womens", "ratio"),
    }  # fmt: skip
    assert shown["visit", "mens", "diff"].estimate.value == pytest.approx(0.08)


def test_where_the_control_is_too_small_nothing_is_compared_with_it(experiment):
    sums = SUMS | {Sample("email", "none", "visit"): Moments(500, 3, 3)}
    shown = publishable(readout(sums, [experiment()]), [experiment()])
    assert {(each.arm, each.scale) for each in shown if each.metric == "visit" and each.estimate is None} == {
        ("none", "level"), ("mens", "diff"), ("mens", "ratio"),
    }  # fmt: skip
    assert all(each.estimate for each in shown if each.metric == "spend")


@pytest.mark.parametrize(("buyers", "shown"), [(9, False), (10, True)])
def test_what_few_people_spent_is_not_told(experiment, buyers, shown):
    metric = {"name": "spend", "kind": "revenue"}
    sums = {
        Sample("email", "none", "spend"): Joint(500, (250.0,), ((12_500.0,),), 100),
        Sample("email", "mens", "spend"): Joint(500, (260.0,), ((13_000.0,),), buyers),
    }
    declared = experiment(metric=[metric])
    readings = publishable(readout(sums, [declared]), [declared])
    assert {(each.arm, each.scale) for each in readings if each.estimate} == (
        {("none", "level"), ("mens", "level"), ("mens", "diff")} if shown else {("none", "level")}
    )


def test_the_numbers_behind_the_figure_count_people(experiment):
    frame = numbers_frame(estimated_differences(experiment(), readout(SUMS, [experiment()])), level=0.95)
    assert list(frame.columns) == ["metric", "arm", "value", "lo", "hi", "people", "method"]
    assert frame["people"].tolist() == [10_000, 1000]


def test_the_chart_has_a_panel_a_metric_and_a_row_an_arm(experiment):
    declared = experiment(arms=["none", "mens", "womens"])
    more = SUMS | {Sample("email", "womens", "visit"): Moments(400, 50, 50)}
    panels = differences_chart(declared, readout(more, [declared]), currency="USD").axes
    rows = [[label.get_text() for label in ax.get_yticklabels()] for ax in panels]
    assert rows == [["visit, mens", "visit, womens"], ["spend, mens"]]


def test_a_panel_is_drawn_on_the_axes_it_is_given(experiment):
    known = estimated_differences(experiment(), readout(SUMS, [experiment()]))
    assert [each.metric for each in known] == ["visit", "spend"]
    _, ax = plt.subplots()
    assert differences(known[:1], ax=ax, currency="USD") is ax
    assert any("+8.00 points (" in text.get_text() for text in ax.texts)
    assert ax.get_xlabel() == "percentage points"
    assert ax.xaxis.get_major_formatter()(0.05, 0) == "+5"


def test_the_record_holds_every_estimate_under_its_key(log, experiment, night, capsys):
    declared = experiment(arms=["none", "mens", "womens"])
    log.exposed("a", "2", "none").exposed("b", "2", "mens").exposed("c", "31", "mens")
    shop = Kept()
    record = Record(shop, "lift")
    add_results(record, [night(declared, readout(SUMS, [declared]))], currency="USD")
    record.show()
    assert set(shop.entries) == {
        "lift.email.health.srm_p",
        "lift.email.none.visit.level", "lift.email.none.spend.level",
        "lift.email.mens.visit.level", "lift.email.mens.visit.diff", "lift.email.mens.visit.ratio",
        "lift.email.mens.spend.level", "lift.email.mens.spend.diff", "lift.email.mens.spend.ratio",
    }  # fmt: skip
    level = shop.entries["lift.email.mens.visit.level"]
    assert (level["value"], level["n"], level["numerator"], level["unit"]) == (0.18, 5_000, 900, "share")
    units = {key.rsplit(".", 2)[1:][0] + key.rsplit(".", 1)[1]: entry["unit"] for key, entry in shop.entries.items()}
    assert (units["visitdiff"], units["visitratio"]) == ("difference of shares", "ratio")
    assert (units["spendlevel"], units["spenddiff"]) == ("USD per person", "USD per person")
    assert shop.entries["lift.email.health.srm_p"]["value"] is None  # three people are too few to tell of
    assert all(entry["method"] for key, entry in shop.entries.items() if "health" not in key)
    assert capsys.readouterr().out.count("\n") == len(shop.entries)


def test_names_that_look_alike_in_a_key_are_refused(experiment, night):
    declared = experiment(arms=["none", "Mens!", "mens"])
    sums = SUMS | {Sample("email", "Mens!", "visit"): Moments(500, 60, 60)}
    with pytest.raises(WrongUse, match="look alike"):
        add_results(Record(Kept(), "lift"), [night(declared, readout(sums, [declared]))], currency="USD")
