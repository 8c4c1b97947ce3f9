from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup

from helpers.datasets.tables import TABLES
from helpers.reporting import keys
from helpers.runs import compare, history
from helpers.runs.series import rests_on, series
from tests.runs.test_pages import counts, page
from tests.runs.test_tidy import past, put

DAYS = ("2026-02-01", "2026-03-01", "2026-04-01")


def grow_old(run, *, table="ledger", version=0):
    """Let a run have been made with another version of a table."""
    file = history.find("tiny", run).folder / "manifest.json"
    found = json.loads(file.read_text())
    found["tables"][table]["version"] = version
    file.write_text(json.dumps(found))


def remembered(job):
    table = page(job, "index.html").find("caption", string="Key figures of earlier runs").find_parent("details")
    return [row.get_text(" ", strip=True) for row in table.select("tbody tr")], table


@pytest.fixture
def three(job):
    """Reports of three moments, of which the first was made with another version of `ledger`."""
    for as_of, number in zip(DAYS, (100, 200, 300), strict=True):
        job.write(first=counts(number))
        done = job.run(as_of=as_of, publish=True)
        if as_of == DAYS[0]:
            grow_old(done.run)
    return job


def test_a_series_never_mixes_versions(three):
    rows, table = remembered(three)
    assert len(rows) == 2
    assert "300" in rows[0]
    assert "200" in rows[1]
    assert "100" not in table.get_text()
    said = "Left out are figures that were made with another definition of ledger: those of 1 earlier run."
    assert table.find_all(class_="note")[-1].get_text() == said


def test_what_was_made_anew_of_a_moment_stands_for_the_report_of_then(three):
    three.write(first=counts(111))
    three.run(as_of=DAYS[0])
    last = history.latest("tiny")
    found = series("tiny", last.as_of, history.results_of(last), last.tables)
    values = [(str(day), {e["key"]: e["value"] for e in entries}["ingestion.rows_read"]) for day, entries in found.rows]
    assert values == [(DAYS[2], 300), (DAYS[1], 200), (DAYS[0], 111)]
    assert not found.left_out


def test_figures_that_are_told_otherwise_now_are_left_out_too(three):
    last = history.latest("tiny")
    now = [entry | {"definition": "something else"} for entry in history.results_of(last)]
    found = series("tiny", last.as_of, now, last.tables)
    assert [entries for _, entries in found.rows[1:]] == [[], []]
    assert "definition of ledger: those of 2 earlier runs." in found.left_out


def test_the_run_before_is_not_compared_with_where_a_table_is_of_another_version(job):
    job.write(first=counts(100))
    grow_old(job.run().run)
    job.write(first=counts(120))
    job.run()
    for name, figures in (("index.html", "3 figures are"), ("01_ingestion.html", "1 figure is")):
        said = page(job, name).find(id="what-changed").find_parent("section").get_text()
        assert f"{figures} not compared with the run before, which was made with another definition of ledger." in said
        assert "100" not in said
    lines = compare.report(*compare.pair("tiny", "", ""))
    assert "  ingestion.rows_read: 100 → 120 records (another version of ledger)" in lines


def test_what_rests_on_other_tables_is_compared(job):
    job.write(first=counts(100))
    first = job.run().run
    job.write(first=counts(120))
    job.run()
    before, after = history.find("tiny", first), history.latest("tiny")
    found = compare.with_latest("tiny", history.results_of(before), after.tables)
    assert [(change.kind, change.tables) for change in found] == [("moved", ())]


def test_every_result_rests_on_tables_that_are_declared():
    for key in keys.KEYS:
        found = rests_on(key.template)
        assert found <= set(TABLES)
        assert found
    assert {"daily", "events"} <= rests_on("profiles.now.active_customers")
    assert "churn_scores" not in rests_on("profiles.now.active_customers")
    assert {"identity_map", "events"} <= rests_on("identity.people")


def test_no_sentence_where_all_is_of_one_version(job):
    job.write(first=counts(100))
    job.run(as_of=DAYS[0], publish=True)
    job.run()
    html = BeautifulSoup((job.reports / "latest" / "index.html").read_text(), "html.parser")
    assert "another definition" not in html.get_text()


def test_a_series_is_of_the_last_twelve_moments_before(job):
    for night in range(15):
        run = past(night)
        put(run)
        (run.folder / "results.json").write_text('{"results": []}')
    found = series("tiny", past(20).as_of, [], {})
    assert [day for day, _ in found.rows[1:]] == [past(night).as_of for night in range(14, 2, -1)]
