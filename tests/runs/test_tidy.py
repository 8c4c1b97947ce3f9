from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from helpers.datasets import lock, paths
from helpers.errors import Locked
from helpers.runs import history
from helpers.runs.publish import point
from helpers.runs.stages import stage_called
from helpers.runs.tidy import superfluous, tidy

FIRST = date(2025, 1, 1)


def past(number: int, *, status: str = "done") -> history.Past:
    started = datetime(2025, 1, 1, 2, tzinfo=UTC) + timedelta(days=number)
    failure = {"stage": "churn", "exit_code": 5, "message": "no"} if status == "failed" else None
    return history.Past(
        dataset="tiny", run=f"{started:%Y%m%dT%H%M%S}Z", status=status, as_of=FIRST + timedelta(days=number),
        started=started, ended=started, code="1", base=None, as_latest=status == "done", parameters={}, stages={},
        tables={}, failure=failure,
    )  # fmt: skip


def put(run: history.Past) -> None:
    run.folder.mkdir(parents=True)
    (run.folder / "manifest.json").write_text(json.dumps(run.as_json()))
    paths.run_tables("tiny", run.run).mkdir(parents=True)
    if run.status == "done":
        point(paths.latest("tiny"), run.folder)


def test_storage_stays_bounded_over_400_nights(job):
    most = 0
    for night in range(400):
        put(past(night, status="failed" if night % 10 == 3 else "done"))
        tidy("tiny")
        folders = [*paths.tables("tiny").iterdir(), *job.reports.glob("*/*/manifest.json")]
        most = max(most, len(folders))
    kept = history.past("tiny")
    months = {(run.as_of.year, run.as_of.month) for run in kept if run.status == "done"}
    assert len(months) == 14, "400 nights reach into 14 months, and each keeps its end"
    # 14 newest, up to 14 month ends, 3 failed; a run has tables and a manifest.
    assert most <= 2 * (14 + 14 + 3) + 1
    assert history.latest("tiny").run == kept[0].run


def test_the_last_look_at_each_month_stays():
    runs = [past(number) for number in reversed(range(70))]
    gone = {run.as_of for run in superfluous(runs, keep_last=2, current=None)}
    stay = {run.as_of for run in runs} - gone
    assert stay == {date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 10), date(2025, 3, 11)}


def test_the_current_run_stays_however_old():
    runs = [past(number) for number in reversed(range(20))]
    gone = superfluous(runs, keep_last=1, current=runs[10].run)
    assert runs[10] not in gone
    assert runs[11] in gone


def test_a_dry_run_removes_nothing(job):
    for night in range(20):
        put(past(night))
    before = sorted(job.home.rglob("*"))
    assert len(tidy("tiny", keep_last=2, dry_run=True)) == 18
    after = [path for path in sorted(job.home.rglob("*")) if ".lock" not in path.name]
    assert after == [path for path in before if ".lock" not in path.name]


def test_linked_tables_survive_the_run_they_were_linked_from(job):
    first = job.run()
    second = job.run(only=stage_called("profiles"))
    tidy("tiny", keep_last=1)
    assert [run.run for run in history.past("tiny")] == [second.run]
    assert not (paths.run_tables("tiny", first.run)).exists()
    assert (paths.run_tables("tiny", second.run) / "ledger.parquet").exists()


def test_nothing_is_removed_while_a_run_is_under_way(job):
    for night in range(3):
        put(past(night))
    with lock.hold("tiny", who="run 1"), pytest.raises(Locked, match="run 1"):
        tidy("tiny", keep_last=1)
    assert len(history.past("tiny")) == 3
