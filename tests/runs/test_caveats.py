from __future__ import annotations

import pandas as pd
import pytest

from helpers.datasets import paths
from helpers.runs.caveats import warning
from tests.conftest import UNREAD

VISITS = """
    [[source]]
    name = "visits"
    files = ["visits.csv"]
    format = "delimited"
    columns = ["at"]
    required = false
    [[source.emit]]
    event = "Page Viewed"
    timestamp = "at"
"""


@pytest.fixture
def warn(make_shop):
    """Says what the red band says of a ledger with these (source, last event) rows, as of 1 May 2026 in Berlin."""

    def say(*rows, **head):
        shop = make_shop(UNREAD + VISITS, as_of="2026-05-01", **head)
        folder = paths.run_tables(shop.name, "r1")
        folder.mkdir(parents=True, exist_ok=True)
        ledger = pd.DataFrame(
            {
                "source_id": [row[0] for row in rows],
                "file": [f"{number}.csv" for number in range(len(rows))],
                "last_event": pd.to_datetime([row[1] for row in rows]),
                "quarantine_reason": [row[2] if len(row) > 2 else None for row in rows],
            }
        )
        ledger.to_parquet(folder / "ledger.parquet")
        return warning(shop, "r1")

    return say


def test_whole_and_fresh_data_need_no_warning(warn):
    assert warn(("orders", "2026-04-30 21:00"), ("visits", None), history="") == ""


def test_a_source_without_a_file_is_named(warn):
    assert warn(("orders", "2026-04-30 21:00"), history="") == "No file was delivered by visits."


def test_damaged_files_are_named_the_first_three_of_them(warn):
    whole, broken = ("orders", "2026-04-30 21:00"), ("visits", None, "it was cut short")
    assert warn(whole, broken, history="") == "Set aside as damaged: 1.csv."
    assert warn(whole, *[broken] * 5, history="") == "Set aside as damaged: 1.csv, 2.csv, 3.csv and 2 more."


@pytest.mark.parametrize(("newest", "late"), [("2026-04-29 20:00", False), ("2026-04-29 19:59", True)])
def test_a_log_that_goes_on_may_be_26_hours_older_than_local_midnight(warn, newest, late):
    # Midnight in Berlin is 22:00 UTC of the day before.
    assert ("The newest event is 26 hours older" in warn(("orders", newest), ("visits", None), history="")) is late


def test_a_history_that_has_ended_is_not_late(warn):
    assert warn(("orders", "2025-12-01"), ("visits", None)) == ""


def test_a_run_without_a_ledger_has_nothing_to_say(make_shop):
    assert warning(make_shop(), "none") == ""
