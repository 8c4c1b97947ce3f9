from __future__ import annotations

import json
from datetime import date

import pytest

from helpers.errors import WrongUse
from helpers.runs.backfill import dates


def test_months_keep_the_day_of_the_first_date_or_their_last():
    assert dates(date(2025, 12, 31), date(2026, 4, 30), "month") == [
        date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30),
    ]  # fmt: skip


def test_weeks_and_days():
    assert dates(date(2026, 2, 23), date(2026, 3, 9), "week") == [date(2026, 2, 23), date(2026, 3, 2), date(2026, 3, 9)]
    assert dates(date(2026, 2, 28), date(2026, 3, 1), "day") == [date(2026, 2, 28), date(2026, 3, 1)]


def test_an_end_before_the_start_is_refused():
    with pytest.raises(WrongUse, match="lies before"):
        dates(date(2026, 2, 2), date(2026, 2, 1), "day")


def test_a_backfill_keeps_every_run_and_leaves_latest(job):
    today = job.run()
    code, out, _ = job.command("backfill", "tiny", "--from", "2026-01-01", "--to", "2026-02-01", "--every", "month")
    assert code == 0
    assert len(out.splitlines()) == 2
    manifests = [json.loads(file.read_text()) for file in sorted(job.reports.glob("runs/*/manifest.json"))]
    assert [found["as_of"] for found in manifests] == ["2026-04-01", "2026-01-01", "2026-02-01"]
    assert json.loads((job.reports / "latest" / "manifest.json").read_text())["run"] == today.run
