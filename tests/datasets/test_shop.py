from datetime import date, datetime

import duckdb
import ibis
import pytest

import helpers
from helpers.errors import InputOutput, WrongUse


def test_the_moment_is_the_day_after_history_ends(make_shop):
    assert make_shop().as_of == date(2026, 1, 1)


def test_another_moment_can_be_asked_for(make_shop):
    assert make_shop(as_of="2025-06-01").as_of == date(2025, 6, 1)


def test_without_an_end_the_moment_is_the_last_midnight_of_the_zone(make_shop):
    shop = make_shop(history="", timezone="Pacific/Kiritimati")
    before, after = datetime.now(shop.settings.zone).date(), None
    shop = helpers.open("tiny")
    after = datetime.now(shop.settings.zone).date()
    assert before <= shop.as_of <= after


@pytest.mark.parametrize("text", ["yesterday", "2025-13-01", "01.02.2025", "2025-02-30"])
def test_a_moment_that_is_no_date_is_refused(make_shop, text):
    with pytest.raises(WrongUse, match=rf"as_of is '{text}'; expected a date such as"):
        make_shop(as_of=text)


def test_midnight_follows_the_zone_through_the_year(make_shop):
    shop = make_shop()
    assert shop.midnight(date(2025, 1, 15)) == datetime(2025, 1, 14, 23)
    assert shop.midnight(date(2025, 7, 15)) == datetime(2025, 7, 14, 22)


def test_a_midnight_that_does_not_exist_is_the_moment_after_the_gap(make_shop):
    shop = make_shop(timezone="America/Santiago")  # 24:00 of 6 September 2025 was 1:00 of the 7th
    assert shop.midnight(date(2025, 9, 7)) == datetime(2025, 9, 7, 4)


def test_a_frame_has_a_limit(make_shop):
    shop = make_shop()
    rows = ibis.range(3).unnest().name("n").as_table()
    assert shop.frame(rows, limit=3)["n"].tolist() == [0, 1, 2]
    with pytest.raises(WrongUse, match="more than 2 rows, too many for a pandas frame"):
        shop.frame(rows, limit=2)


def test_what_is_at_hand_is_on_the_disk_for_as_long_as_it_is_read(make_shop):
    shop = make_shop()
    rows = ibis.memtable({"n": [1, 2, 3]})
    with shop.at_hand(rows) as kept:
        (file,) = shop.store.folder.rglob("*.parquet")
        assert kept.n.sum().to_pyarrow().as_py() == 6
    assert not file.parent.exists()
    with pytest.raises(KeyboardInterrupt), shop.at_hand(rows):
        raise KeyboardInterrupt
    assert not list(shop.store.folder.iterdir())


def test_where_nothing_can_be_laid_down_the_folder_is_named(make_shop):
    shop = make_shop()
    shop.store.folder.parent.mkdir(parents=True, exist_ok=True)
    shop.store.folder.write_text("in the way")
    with pytest.raises(InputOutput, match=f"{shop.store.folder} cannot be written"), shop.at_hand(ibis.memtable([1])):
        pass


def test_nothing_half_laid_down_stays(make_shop):
    shop = make_shop()
    fails = ibis.memtable({"n": ["one"]}).n.cast("int64").as_table()
    with pytest.raises(duckdb.ConversionException), shop.at_hand(fails):
        pass
    assert not list(shop.store.folder.iterdir())


def test_a_parameter_is_checked():
    helpers.require(True, "never said")
    with pytest.raises(WrongUse, match="level is 2"):
        helpers.require(False, "level is 2; expected a share.")
