"""The days on which groups are learned and people placed."""

from datetime import date, timedelta

import ibis
import pytest

from helpers.datasets.tables.facts import DAILY
from helpers.segmentation.times import cutoffs, reference


class Seen:
    """As much of a shop as is asked: people were first seen on a day."""

    def __init__(self, as_of, first):
        self.as_of = date.fromisoformat(as_of)
        self.days = [] if first is None else [{"day": date.fromisoformat(first)}]

    def table(self, name):
        assert name == DAILY.name
        return ibis.memtable(self.days, schema={"day": "date"})


@pytest.mark.parametrize(
    ("as_of", "first", "expected"),
    [
        ("2026-04-01", "2024-01-01", "2026-01-01"),
        ("2026-04-28", "2024-01-01", "2026-01-01"),
        ("2026-04-29", "2024-01-01", "2026-04-01"),
        ("2026-01-28", "2024-01-01", "2025-10-01"),
        ("2026-06-30", "2024-01-01", "2026-04-01"),
        ("2026-04-01", "2025-12-04", "2026-01-01"),
        ("2026-04-01", "2025-12-05", "2026-04-01"),
        ("2026-04-01", None, "2026-04-01"),
    ],
)
def test_groups_are_learned_at_the_last_quarter_that_can_be_followed_and_has_a_past(as_of, first, expected):
    assert reference(Seen(as_of, first)) == date.fromisoformat(expected)


def test_people_are_placed_at_the_reference_day_and_every_week_back_from_as_of():
    days = cutoffs(Seen("2026-04-01", "2024-01-01"))
    assert days[0] == date(2026, 1, 1)
    assert days[1:] == [date(2026, 4, 1) - timedelta(days=7 * week) for week in range(12, -1, -1)]
    assert cutoffs(Seen("2026-04-01", "2026-03-20")) == [date(2026, 4, 1)]


def test_a_week_later_the_same_days_are_looked_at_and_one_more():
    assert cutoffs(Seen("2026-04-08", "2024-01-01")) == [*cutoffs(Seen("2026-04-01", "2024-01-01")), date(2026, 4, 8)]
    on_the_grid = cutoffs(Seen("2025-11-12", "2024-01-01"))
    assert on_the_grid[0] == date(2025, 10, 1)
    assert len(on_the_grid) == len(set(on_the_grid)) == 7
