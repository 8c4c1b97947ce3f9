from datetime import date, datetime, time, timedelta

import pytest

from helpers.datasets import paths
from helpers.errors import DataRefused, WrongUse
from helpers.ingestion import deliveries, expected

SOURCE = """
    [[source]]
    name = "orders"
    files = ["orders-*.csv"]
    format = "delimited"
    columns = ["at"]
    expect = "orders-%Y-%m-%d.csv"
    {more}
    [[source.emit]]
    event = "Order Completed"
    timestamp = "at"
"""


@pytest.fixture
def shop(make_shop):
    """A shop whose files of these days are there, looked at on 5 May."""

    def shop(*days, more="", history="", as_of="2025-05-05"):
        files = {f"orders-2025-05-{day:02d}.csv": "at\n" for day in days}
        return make_shop(SOURCE.format(more=more), files, history=history, as_of=as_of)

    return shop


def test_all_is_well_when_the_file_of_the_last_day_is_there(shop):
    assert len(deliveries(shop(1, 4))["orders"]) == 2


def test_without_it_nothing_is_read(shop):
    with pytest.raises(DataRefused, match=r"Expected and absent: .*orders-2025-05-04.csv"):
        deliveries(shop(1, 3))


def test_a_source_that_is_not_required_may_be_late(shop):
    late = shop(1, 3, more="required = false")
    assert len(deliveries(late)["orders"]) == 2
    assert [each.file for each in expected.absent(late)] == ["orders-2025-05-04.csv"]


class Clock:
    """A clock that only `pause` moves, and what it drops into raw/ on the way."""

    def __init__(self, start, arrives=None):
        self.now, self.arrives, self.told = start, arrives, []

    def pause(self, seconds):
        self.now += timedelta(minutes=10)
        if self.arrives and self.now >= self.arrives:
            (paths.raw("tiny") / "orders-2025-05-04.csv").write_text("at\n")

    def wait(self, shop):
        expected.wait(shop, tell=self.told.append, pause=self.pause, now=lambda: self.now)
        return self.now.time()


WAITS = "wait_until = 06:00:00"


def test_a_run_waits_for_it_until_it_is_there(shop):
    clock = Clock(datetime(2025, 5, 5, 4), arrives=datetime(2025, 5, 5, 5))
    waited = shop(1, more=WAITS)
    assert clock.wait(waited) == time(5)
    assert clock.told == ["waiting for orders-2025-05-04.csv until 06:00"]
    assert len(deliveries(waited)["orders"]) == 2


def test_it_waits_no_longer_than_stated(shop):
    clock = Clock(datetime(2025, 5, 5, 4))
    late = shop(1, more=WAITS)
    assert clock.wait(late) == time(6)
    with pytest.raises(DataRefused, match="Expected and absent"):
        deliveries(late)


@pytest.mark.parametrize("how", [{"more": ""}, {"more": WAITS, "as_of": "2025-05-04"},
                                 {"more": WAITS, "history": "history_ends = 2025-05-04"}])  # fmt: skip
def test_nothing_is_waited_for_otherwise(shop, how):
    clock = Clock(datetime(2025, 5, 5, 4))
    assert clock.wait(shop(1, **how)) == time(4)


def test_a_time_to_wait_until_needs_a_file_to_wait_for(make_shop):
    source = SOURCE.format(more=WAITS).replace('expect = "orders-%Y-%m-%d.csv"', "")
    with pytest.raises(WrongUse, match=r"wait_until.*says nothing without `expect`"):
        make_shop(source, {})


def test_days_without_a_file_are_named(shop):
    (row,) = expected.missing_days(shop(1, 4)).to_dict("records")
    assert list(row.values()) == ["orders", "orders-2025-05-01.csv", 2, "2025-05-02, 2025-05-03"]
    assert shop(1, 4).as_of == date(2025, 5, 5)
