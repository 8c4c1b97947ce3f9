from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from helpers.datasets import paths
from helpers.errors import PrivacyRefused, WorkbenchError
from helpers.runs import history
from helpers.runs.publish import carry_tables, point
from tests.runs import tiny

MAIL = "somebody.else@example.org"


def prints(text: str) -> tuple[str, ...]:
    return (f"print({text!r})",)


def test_a_personal_value_in_a_notebook_keeps_the_whole_run_from_its_readers(job):
    good = job.run()
    job.write(second=prints(f"ask {MAIL}"))
    with pytest.raises(PrivacyRefused, match=r"02_profiles\.html: it holds an e-mail address") as caught:
        job.run()
    assert MAIL not in str(caught.value)
    assert history.latest("tiny").run == good.run
    assert history.past("tiny")[0].failure["exit_code"] == 7
    assert not list(job.reports.glob("runs/.*"))


def test_the_contact_of_dataset_toml_may_stand_on_every_page(job):
    job.run()
    assert "tests@example.com" in (job.reports / "latest" / "index.html").read_text()


def test_a_result_that_tells_of_few_people_keeps_the_run_in(job):
    few = tiny.RECORD.replace('"value": 1', '"value": 4').replace('"records"', '"people"')
    job.write(first=(tiny.STAMP, few))
    with pytest.raises(PrivacyRefused, match=r"results\.json: ingestion\.rows_read tells of fewer than 10 people"):
        job.run()


def test_a_page_that_fails_its_own_form_is_our_fault(job):
    unknown = tiny.RECORD.replace("ingestion.rows_read", "ingestion.made_up")
    job.write(first=(tiny.STAMP, unknown))
    with pytest.raises(WorkbenchError, match="is in no list") as caught:
        job.run()
    assert caught.value.exit_code == 1


def test_an_error_that_quotes_a_personal_value_is_not_quoted_on_the_failure_page(job):
    job.write(second=(f"raise KeyError({MAIL!r})",))
    code, _, told = job.command("run", "tiny")
    assert code == 5
    assert MAIL in told
    failed = history.past("tiny")[0]
    page = (failed.folder / "index.html").read_text()
    assert MAIL not in page
    assert f"workbench debug tiny {failed.run}" in page
    assert MAIL in json.loads((failed.folder / "manifest.json").read_text())["failure"]["message"]


def test_whatever_stops_the_pointer_it_leads_to_the_last_good_report(tmp_path, monkeypatch):
    pointer, one, other = tmp_path / "latest", tmp_path / "runs" / "1", tmp_path / "runs" / "2"
    for run in (one, other):
        run.mkdir(parents=True)
    point(pointer, one)

    def stopped(*_):
        raise OSError("stopped")

    with monkeypatch.context() as patch:
        for step in ("replace", "rename"):
            patch.setattr(Path, step, stopped)
        with pytest.raises(OSError, match="stopped"):
            point(pointer, other)
    assert pointer.resolve() == one
    point(pointer, other)
    assert pointer.resolve() == other


def test_a_run_of_one_stage_carries_what_the_others_made_and_nothing_of_its_own(monkeypatch, tmp_path):
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path))
    base = paths.run_tables("tiny", "before")
    own = ["churn_scores.parquet", "churn_scores.meta.json", "results/churn.json", "models/churn/all/tree.json"]
    others = ["profiles.parquet", "results/lift.json", "models/value/all.json", "events/2025-01/part.parquet"]
    for name in (*own, *others):
        (base / name).parent.mkdir(parents=True, exist_ok=True)
        (base / name).write_text("x")
    carry_tables(
        SimpleNamespace(shop=SimpleNamespace(name="tiny"), base="before", id="now"),
        without=SimpleNamespace(name="churn"),
    )
    now = paths.run_tables("tiny", "now")
    assert {str(file.relative_to(now)) for file in now.rglob("*") if file.is_file()} == set(others)
