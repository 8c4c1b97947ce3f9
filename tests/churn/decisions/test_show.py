from __future__ import annotations

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from helpers.churn.decisions.families import FAMILY_NAMES
from helpers.churn.decisions.money import Contact
from helpers.churn.decisions.pictures import coarse, plot_curve, plot_groups
from helpers.churn.decisions.results import add_results, group_keys
from helpers.churn.decisions.show import (
    CONTACTED,
    FIRST,
    GONE,
    MISSED,
    PEOPLE,
    STRONGEST,
    by_group,
    contacted_tables,
    groups_tables,
    reasons_table,
    savings_table,
    weights_table,
)
from helpers.churn.decisions.words import OFF
from helpers.churn.weighing import EVEN
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
    frame = savings_table(found.money, "EUR").frame
    assert len(frame) == 5
    assert frame["The threshold saves more by"].isna().tolist() == [True, False, False, False, False]
    assert CONTACTED not in frame


def test_weights_are_of_a_hundred(found):
    frame = weights_table(found).frame
    assert frame.iloc[:, 1:].sum().to_numpy() == pytest.approx(100)
    chosen = found.weighed.chosen._replace(used=EVEN)
    frame = weights_table(found._replace(weighed=found.weighed._replace(chosen=chosen))).frame
    assert frame.iloc[:, -1].to_numpy() == pytest.approx(10)
    assert frame.shape[1] == 4


def test_no_step_of_the_curve_tells_of_fewer_than_ten():
    curve = pd.DataFrame({"listed": [0, 1, 9, 12, 13, 22, 23, 60]})
    assert coarse(curve)["listed"].tolist() == [12, 22, 60]


def test_the_curve_and_the_thresholds_are_drawn(found):
    figure, ax = plt.subplots()
    assert plot_curve(found.money, ax=ax) is ax
    xs = [line.get_xdata()[0] for line in ax.lines[-3:]]
    assert xs == pytest.approx(sorted(100 * each for each in found.money.savings.thresholds.values()))
    assert {text.get_text() for text in ax.texts} == {"where it pays", "best before", "50 of 100"}
    plt.close(figure)


def test_groups_are_drawn_about_everybody_and_hidden_ones_not(found, publishing):
    figure, ax = plt.subplots()
    plot_groups(by_group(publishing, found)[0], ax=ax)
    line, *drawn = ax.lines
    assert line.get_xdata()[0] == pytest.approx(100 * found.gap.value)
    dots = [float(each.get_xdata()[0]) for each in drawn if each.get_marker() == "o"]
    assert dots == pytest.approx([100 * each.gap.value for each in found.groups])
    few = [found.groups[0]._replace(base_rate=found.groups[0].base_rate._replace(numerator=3)), found.groups[1]]
    ax.clear()
    plot_groups(by_group(publishing, found._replace(groups=few))[0], ax=ax)
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
    assert entries["churn.money.contacted"]["value"] == found.money.today.contacted
    assert entries["churn.groups.misjudged"]["value"] == 0
    assert entries["churn.groups.channel.app.gap"]["value"] == found.groups[0].gap.value
    assert {f"churn.reasons.{name}" for name in ("same_first", "shared", "agreement")} <= entries.keys()
    assert "churn.weights.even.lower.brier" in entries
    assert "churn.money.recency.gain" in capsys.readouterr().out


def recorded(found):
    record = Record(Kept(), "churn")
    add_results(record, found, "EUR")
    return {entry["key"]: entry for entry in record.entries}


def test_a_hidden_group_stands_nowhere_and_follows_from_nothing(found, publishing):
    few = found.groups[0]._replace(base_rate=proportion(50, 5))  # the other is hidden with it
    shown, _, _ = by_group(publishing, found._replace(groups=[few, found.groups[1]]))
    assert not any(key.startswith("churn.groups.channel") for key in recorded(shown))
    whole, _, _ = by_group(publishing, found)
    assert sum(key.startswith("churn.groups.channel") for key in recorded(whole)) == 2


def test_kinds_of_groups_are_named_as_captions_have_them(found, publishing):
    tiers = [each._replace(kind="loyalty_tier") for each in found.groups]
    _, judged, contacted = by_group(publishing, found._replace(groups=tiers))
    assert set(judged) == set(contacted) == {"loyalty tier"}


def test_names_that_look_alike_in_a_key_are_told_apart(found):
    names = ["Gold", "gold", "A-B", "a b", "Smaller groups", "smaller groups", "basic"]
    alike = [found.groups[0]._replace(kind="tier", name=name) for name in names]
    keys = group_keys([*alike, found.groups[0]])
    assert len(set(keys.values())) == 8
    assert keys["tier", "basic"] == "churn.groups.tier.basic.gap"
    assert group_keys(alike[::-1])["tier", "gold"] == keys["tier", "gold"]
    assert len([key for key in recorded(found._replace(groups=alike)) if key.startswith("churn.groups.tier")]) == 7


def test_no_saving_is_recorded_that_tells_of_a_few(found):
    savings = found.money.savings
    few = savings._replace(listed=savings.listed | {"half": savings.listed["threshold"] + 4})
    kept = recorded(found._replace(money=found.money._replace(savings=few)))
    assert "churn.money.half.saving" not in kept
    assert "churn.money.half.gain" not in kept
    few = savings._replace(listed=savings.listed | {"threshold": 4})
    kept = recorded(found._replace(money=found.money._replace(savings=few)))
    assert not any(key.endswith(".gain") for key in kept)


def test_without_a_value_nothing_of_money_is_recorded_or_shown(decided, publishing):
    found = decided(Contact(1.0, 0.0, 0.1))
    assert not any("money" in key for key in recorded(found))
    without = found._replace(groups=[each._replace(flagged=None, precision=None) for each in found.groups])
    assert by_group(publishing, without)[2] == {}
    worth = proportion(100, 40)
    assert "churn.money.value_kept" in recorded(found._replace(assumed=found.assumed._replace(worth=worth)))
