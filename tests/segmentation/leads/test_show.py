from __future__ import annotations

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from helpers.reporting import Record
from helpers.segmentation import leads
from helpers.segmentation.leads.judge import METRICS
from helpers.segmentation.leads.show import CAME, DECLINING, ORDERED, PEOPLE, SAID


def test_tenths_are_as_judged(shop, judged):
    shown = leads.reliability_table(shop, judged).frame
    assert shown[PEOPLE].tolist() == [part.share.n for part in judged.parts]
    told = shown[ORDERED].notna()
    assert told.sum() >= 8
    parts = [part for part, is_told in zip(judged.parts, told, strict=True) if is_told]
    assert shown.loc[told, ORDERED].tolist() == [part.share.numerator for part in parts]
    assert shown.loc[told, SAID].tolist() == pytest.approx([100 * part.predicted for part in parts])
    assert shown.loc[told, CAME].tolist() == pytest.approx([100 * part.share.value for part in parts])


def test_a_tenth_in_which_few_ordered_is_hidden_with_its_share_in_table_picture_and_words(shop, judged, found):
    few = judged.parts[0].share._replace(numerator=4, value=0.02, n=200)
    parts = [judged.parts[0]._replace(share=few), *judged.parts[1:]]
    shown = leads.reliability_table(shop, judged._replace(parts=parts)).frame
    assert shown.loc[0, [ORDERED, SAID, CAME]].isna().all()
    assert 1 < shown[CAME].isna().sum() < 5  # and another, for the sum is known
    ax = leads.plot_reliability(shown, ax=plt.figure().subplots())
    drawn = ax.lines[-1].get_xdata().tolist()
    assert drawn == shown[SAID].dropna().tolist()
    assert leads.of_reliability(found, shown)["alt"].count(":") == 1 + len(drawn)
    plt.close(ax.get_figure())


def test_moves_count_everybody_once(shop, found, unscored):
    found = found._replace(people=found.people.assign(declining=found.people.index % 2 == 0))
    shown = leads.moves_table(shop, found).frame
    assert shown["Score in 30 days"].tolist() == ["Rising", "Steady", "Falling", "Not active 30 days before"]
    assert shown[PEOPLE].sum() == len(found.people)
    rising = found.people[found.people["direction"] == "rising"]
    assert shown.loc[0, [PEOPLE, DECLINING]].tolist() == [len(rising), rising["declining"].sum()]
    assert leads.moves_table(shop, unscored).frame.iloc[:, 0].tolist() == ["Active now"]


def test_levels_stand_from_the_best_known_down(shop, found, unscored):
    shown = leads.levels_table(shop, found).frame
    assert shown["Level"].tolist() == ["high", "medium", "low"]
    assert shown[PEOPLE].sum() == len(found.people)
    low = found.people[found.people["level"] == "low"]
    assert shown["Median score"].iloc[2] == low["score"].median()
    assert leads.levels_table(shop, unscored).frame["Median score"].isna().all()


def test_ways_stand_with_their_lists_and_measures(judged):
    measures = leads.measures_table(judged).frame
    assert measures["Of 100 listed, ordered"].str.contains(" to ").all()
    assert measures["The score's list has more"].notna().tolist() == [False, True, True, False, False]
    assert measures["Calibration slope"].str.contains(" to ").all()
    ax = leads.plot_lists(judged, ax=plt.figure().subplots())
    assert [label.get_text() for label in ax.get_yticklabels()] == measures.iloc[:, 0].tolist()
    plt.close(ax.get_figure())


class Kept:
    def write_results(self, stage, entries):
        self.entries = {entry["key"]: entry for entry in entries}


def recorded(found, moves):
    kept = Kept()
    record = Record(kept, "segmentation")
    leads.add_results(record, found, moves)
    record.show()
    return kept.entries


def test_every_measure_of_score_and_rules_is_recorded(shop, found, judged, capsys):
    entries = recorded(found, leads.moves_table(shop, found))
    for way in ("model", "recency", "frequency"):
        for metric in METRICS:
            assert entries[f"leads.{way}.{metric}"]["value"] == judged.ways[way][metric].value
    assert entries["leads.gain.recency.auc"]["value"] == judged.gains["recency"]["auc"].value
    assert "recency rule" in entries["leads.gain.recency.auc"]["definition"]
    assert entries["leads.rising"]["value"] == (found.people["direction"] == "rising").sum()
    assert entries["leads.declining"]["value"] == found.people["declining"].sum()
    assert entries["leads.declining"]["n"] == len(found.people)
    assert "leads.svm.auc" in entries
    assert "leads.svm.calibration_slope" not in entries


def test_what_the_page_hides_is_no_result(shop, found, capsys):
    rising = found.people["direction"] == "rising"
    few = found._replace(people=found.people[~rising | (rising.cumsum() <= 4)])
    entries = recorded(few, leads.moves_table(shop, few))
    assert "leads.rising" not in entries


def test_how_many_decline_is_no_result_where_it_would_tell_of_few(shop, found, unscored, capsys):
    for leads_found in (found, unscored):
        everybody = pd.Series(True, index=found.people.index)
        first = everybody.cumsum()
        for declining, told in [
            (first <= 4, False), (first > 4, False), (everybody, True), (~everybody, True), (first % 2 == 0, True),
        ]:  # fmt: skip
            some = leads_found._replace(people=leads_found.people.assign(declining=declining))
            assert ("leads.declining" in recorded(some, leads.moves_table(shop, some))) == told


def test_a_sum_of_small_groups_alone_is_no_result(shop, found, capsys):
    place = found.people.groupby("direction").cumcount()
    few = found._replace(people=found.people.assign(declining=found.people["direction"].notna() & (place < 4)))
    assert few.people["declining"].sum() == 12
    # Of 12 in three groups one may be ten.
    assert recorded(few, leads.moves_table(shop, few))["leads.declining"]["value"] == 12
    fewer = few._replace(people=few.people.assign(declining=few.people["declining"] & (place < 3)))
    assert "leads.declining" not in recorded(fewer, leads.moves_table(shop, fewer))


def test_without_scores_only_the_declining_are_a_result(shop, unscored, capsys):
    assert list(recorded(unscored, leads.moves_table(shop, unscored))) == ["leads.declining"]
