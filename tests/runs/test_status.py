from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from helpers.runs.status import status
from tests.runs.test_tidy import past, put


def test_a_report_is_as_old_as_the_begin_of_its_run(job):
    now = datetime.now(UTC)
    put(replace(past(0), started=now - timedelta(hours=3), ended=now - timedelta(hours=1)))
    found = status("tiny")
    assert timedelta(hours=3) <= found.age < timedelta(hours=3, minutes=1)
    assert found.is_late(timedelta(hours=2))
    assert not found.is_late(timedelta(hours=4))
