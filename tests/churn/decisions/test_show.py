from __future__ import annotations

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from helpers.churn.decisions.families import FAMILY_NAMES
from helpers.churn.decisions.pictures import coarse, plot_curve, plot_groups
from helpers.churn.decisions.results import add_results
from helpers.churn.decisions.show import (
    CONTACTED,
    FIRST,
    GONE,
    MISSED,
    PEOPLE,
    STRONGEST,
    contacted_tables,
    groups_tables,
    reasons_table,
    savings_table,
    weights_table,
)
from helpers.churn.decisions.words import OFF
from helpers.reporting import Record
from helpers.statistics import proportion


def test_reasons_are_counted_by_family(found, publishing):
    frame = reasons_table(publishing, found).frame
    up = found.reasons[found.reasons["direction"] == "up"]
    assert set(frame.iloc[:, 0]) == set(FAMILY_NAMES.values())
    assert frame[FIRST].dropna().sum() <= up["profile_id"].nunique()
    silence = frame.set_index(frame.columns[0]).loc[FAMILY_NAMES["silence"]]
    assert silence[STRONGEST] == (up["family"] == "silence").sum()
    assert frame[FIRST].dropna().is_monotonic_decreasing


def test_groups_are_counted_and_small_parts_hidden(found, publishing):
    (table,) = groups_tables(publishing, found.groups).values()
    assert table.frame[PEOPLE].sum() == found.gap.n
    assert table.frame[GONE].tolist() == [each.base_rate.numerator for each in found.groups]
    few = found.groups[0]._replace(base_rate=found.groups[0].base_rate._replace(numerator=3))
    (table,) = groups_tables(publishing, [few, found.groups[1]]).values()
    assert table.frame[GONE].isna().all()  # the other with it, or the sum would tell
    assert table.frame[OFF].isna().all()
    nearly = found.groups[0].base_rate
    nearly = found.groups[0]._replace(base_rate=nearly._replace(numerator=nearly.n - 3))
    (table,) = groups_tables(publishing, [nearly, found.groups[1]]).values()
    assert table.frame[GONE].isna().all()


def test_whom_of_a_group_would_be_contacted_is_counted_apart(found, publishing):
    (table,) = contacted_tables(publishing, found.groups).values()
    assert table.frame[CONTACTED].tolist() == [each.flagged.numerator for each in found.groups]
    assert table.frame[MISSED].tolist() == [each.precision.numerator for each in found.groups]
    nearly = found.groups[0].flagged
    nearly = found.groups[0]._replace(flagged=nearly._replace(numerator=nearly.n - 3))
    (table,) = contacted_tables(publishing, [nearly, found.groups[1]]).values()
    assert table.frame[CONTACTED].isna().all()


def test_no_cell_of_a_hidden_row_is_empty_and_tells_why(found, publishing):
    rare = found.groups[0]._replace(
        base_rate=proportion(1_010, 1), flagged=proportion(1_010, 4), precision=proportion(4, 1), auc=None, gap_p=None
    )
    for tables in (groups_tables, contacted_tables):
        (table,) = tables(publishing, [rare, found.groups[1]]).values()
        assert table.hidden.iloc[0, 2:].all()


def test_every_policy_has_its_row(found):
    frame = savings_table(found, "EUR").frame
    assert len(frame) == 5
    assert frame["The threshold saves more by"].isna().tolist() == [True, False, False, False, False]
    assert CONTACTED not in frame


def test_weights_are_of_a_hundred(found):
    frame = weights_table(found).frame
    assert frame.iloc[:, 1:].sum().to_numpy() == pytest.approx(100)


def test_no_step_of_the_curve_tells_of_fewer_than_ten():
    curve = pd.DataFrame({"listed": [0, 1, 9, 12, 13, 22, 23, 60]})
    assert coarse(curve)["listed"].tolist() == [12, 22, 60]


def test_the_curve_and_the_thresholds_are_drawn(found):
    figure, ax = plt.subplots()
    assert plot_curve(found, ax=ax) is ax
    xs = [line.get_xdata()[0] for line in ax.lines[-3:]]
    assert xs == pytest.approx(sorted(100 * each for each in found.savings.thresholds.values()))
    assert {text.get_text() for text in ax.texts} == {"where it pays", "best before", "50 of 100"}
    plt.close(figure)


def test_groups_are_drawn_about_everybody_and_hidden_ones_not(found, publishing):
    tables = groups_tables(publishing, found.groups)
    figure, ax = plt.subplots()
    plot_groups(found, tables, ax=ax)
    line, *drawn = ax.lines
    assert line.get_xdata()[0] == pytest.approx(100 * found.gap.value)
    dots = [float(each.get_xdata()[0]) for each in drawn if each.get_marker() == "o"]
    assert dots == pytest.approx([100 * each.gap.value for each in found.groups])
    few = [found.groups[0]._replace(base_rate=found.groups[0].base_rate._replace(numerator=3)), found.groups[1]]
    ax.clear()
    plot_groups(found._replace(groups=few), groups_tables(publishing, few), ax=ax)
    assert not ax.lines
    assert [text.get_text() for text in ax.texts] == ["all groups are hidden"]
    plt.close(figure)


class Kept:
    def write_results(self, stage, entries):
        self.entries = entries


def test_what_is_decided_is_recorded(found, capsys):
    kept = Kept()
    record = Record(kept, "churn")
    add_results(record, found, "EUR")
    record.show()
    entries = {entry["key"]: entry for entry in kept.entries}
    assert entries["churn.money.threshold"]["value"] == 0.5
    assert entries["churn.money.threshold.saving"]["unit"] == "EUR"
    assert entries["churn.money.contacted"]["value"] == found.today.contacted
    assert entries["churn.groups.misjudged"]["value"] == 0
    assert entries["churn.groups.channel.app.gap"]["value"] == found.groups[0].gap.value
    assert {f"churn.reasons.{name}" for name in ("same_first", "shared", "agreement")} <= entries.keys()
    assert "churn.weights.even.lower.brier" in entries
    few = found.groups[0]._replace(base_rate=found.groups[0].base_rate._replace(numerator=3))
    record = Record(kept, "churn")
    add_results(record, found._replace(groups=[few]), "EUR")
    assert next(each for each in record.entries if each["key"].endswith("app.gap"))["value"] is None
    assert "churn.money.recency.gain" in capsys.readouterr().out
