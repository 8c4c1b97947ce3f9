from __future__ import annotations

from dataclasses import replace

import pytest

from helpers.errors import WrongUse
from helpers.runs import compare
from tests.runs.test_tidy import past


def entry(key, value, lo=None, hi=None, **other):
    base = {"level": None if lo is None else 0.95, "n": 100, "numerator": None, "unit": "people"}
    base |= {"definition": "d", "method": "m"}
    return {"key": key, "value": value, "lo": lo, "hi": hi} | base | other


def kinds(before, after):
    return [(change.key, change.kind) for change in compare.changes(before, after)]


def test_equal_records_do_not_differ():
    record = [entry("a", 1), entry("b", 0.5, 0.4, 0.6)]
    assert compare.changes(record, [dict(each) for each in record]) == []


def test_what_moved_beyond_its_interval_comes_first():
    before = [entry("count", 10), entry("near", 0.5, 0.4, 0.6), entry("far", 0.5, 0.4, 0.6), entry("gone", 1)]
    before.append(entry("redefined", 3))
    after = [entry("near", 0.55, 0.45, 0.65), entry("redefined", 3, definition="e"), entry("far", 0.9, 0.8, 1.0)]
    after += [entry("count", 11), entry("new", 1)]
    assert kinds(before, after) == [
        ("far", "moved"), ("count", "moved"), ("redefined", "definition"), ("new", "appeared"),
        ("gone", "disappeared"), ("near", "within"),
    ]  # fmt: skip


@pytest.mark.parametrize(("value", "kind"), [(0.6, "within"), (0.61, "within"), (0.7, "moved")])
def test_moved_means_that_neither_interval_holds_the_other_value(value, kind):
    assert kinds([entry("a", 0.5, 0.4, 0.6)], [entry("a", value, value - 0.11, value + 0.11)]) == [("a", kind)]


def test_a_wider_interval_around_the_same_value_is_no_movement():
    assert kinds([entry("a", 0.5, 0.4, 0.6)], [entry("a", 0.5, 0.3, 0.7)]) == [("a", "within")]


def test_sentences_for_a_page_leave_out_what_stayed_within():
    before = [entry("churn.a", 1), entry("churn.b", 0.5, 0.4, 0.6), entry("lift.c", 1)]
    after = [entry("churn.a", 2), entry("churn.b", 0.51, 0.41, 0.61), entry("lift.c", 5)]
    said = compare.sentences(compare.changes(before, after), prefix="churn.")
    assert len(said) == 1
    assert "1 → 2 people" in said[0]


def test_two_runs_are_needed(job):
    job.run()
    with pytest.raises(WrongUse, match="1 published run"):
        compare.pair("tiny", "", "")
    with pytest.raises(WrongUse, match="Name both"):
        compare.pair("tiny", "20260101T000000Z", "")


def test_a_changed_table_and_parameter_are_told(job):
    job.run()
    job.run(overrides={"profiles": {"speed": 2.0}})
    lines = compare.report(*compare.pair("tiny", "", ""))
    assert "Parameters: defaults → {'profiles': {'speed': 2.0}}" in lines
    assert "Table ledger: 1 rows → 1 rows" in lines


def test_a_look_into_the_past_is_not_one_of_the_last_two(write_dataset, monkeypatch):
    write_dataset()
    runs = [replace(past(3), as_latest=False), past(2), past(1)]
    monkeypatch.setattr(compare.history, "past", lambda name: runs)
    assert compare.pair("tiny", "", "") == (past(1), past(2))
