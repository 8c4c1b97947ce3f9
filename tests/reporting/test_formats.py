import datetime as dt
import re
from decimal import Decimal
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import WrongUse
from helpers.reporting import formats
from helpers.statistics import Estimate

MISSING = [None, float("nan"), float("inf"), pd.NaT, pd.NA, np.datetime64("NaT"), Decimal("NaN")]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (541909, "541,909"),
        (np.int64(-1234), "−1,234"),
        (4372.0, "4,372"),
        (0.106167, "0.106"),
        (0.5, "0.500"),
        (9.996, "10.0"),
        (12345.6, "12,300"),
        (-0.2, "−0.200"),
        (Decimal("12.50"), "12.5"),
        (1.234e-12, "1.23e−12"),
        (1e20, "1.00e20"),
    ],
)
def test_number(value, text):
    assert formats.number(value) == text


def test_number_shows_plus_only_when_asked_and_positive():
    assert formats.number(2.5, signed=True) == "+2.50"
    assert formats.number(-2.5, signed=True) == "−2.50"
    assert formats.number(0, signed=True) == "0"


@given(st.floats(min_value=-1e14, max_value=1e14, allow_nan=False))
def test_number_says_what_it_was_given_to_three_digits(value):
    read = float(formats.number(value).replace(",", "").replace(formats.MINUS, "-"))
    assert read == pytest.approx(value, rel=0.005, abs=1e-300)


@pytest.mark.parametrize("value", MISSING)
@pytest.mark.parametrize(
    "form",
    [
        formats.number,
        formats.percent,
        formats.points,
        formats.days,
        formats.date,
        formats.short,
        partial(formats.money, currency="EUR"),
    ],
)
def test_missing_is_a_dash_everywhere(form, value):
    assert form(value) == "–"


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0%"),
        (1, "100%"),
        (0.106167, "10.6%"),
        (0.0982, "9.8%"),
        (0.02, "2.0%"),
        (0.0125, "1.25%"),
        (0.00001, "<0.01%"),
        (-0.00001, ">−0.01%"),
        (0.9999, ">99.9%"),
        (-0.25, "−25.0%"),
        (2.5, "250.0%"),
    ],
)
def test_percent(share, text):
    assert formats.percent(share) == text


def test_percent_with_its_counts():
    assert formats.percent(2262 / 21306, numerator=2262, denominator=21306) == "10.6% (2,262 of 21,306)"
    assert formats.percent(0.25, signed=True) == "+25.0%"


def test_points_carry_their_sign():
    assert formats.points(0.07659) == "+7.66 points"
    assert formats.points(-0.01) == "−1.00 points"
    assert formats.points(0) == "0.00 points"


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (0.7698, "USD", "$0.77"),
        (999.996, "EUR", "€1,000"),
        (999.994, "EUR", "€999.99"),
        (-12.5, "GBP", "−£12.50"),
        (7, "CHF", "CHF 7.00"),
        (120, "JPY", "¥120"),
        (0.0012, "EUR", "€0.0012"),
        (0, "EUR", "€0.00"),
    ],
)
def test_money(amount, currency, text):
    assert formats.money(amount, currency=currency) == text


def test_days():
    assert [formats.days(value) for value in (77, 1, 2.5)] == ["77 days", "1 day", "2.50 days"]


def test_level_in_words():
    words = {
        0.8: "4 in 5",
        0.9: "9 in 10",
        0.95: "19 in 20",
        0.99: "99 in 100",
        0.68: "68 in 100",
        0.999: "999 in 1,000",
    }
    assert {level: formats.level(level) for level in words} == words


@pytest.mark.parametrize("level", [0, 1, 95, 0.9555])
def test_level_without_words_is_refused(level):
    with pytest.raises(WrongUse, match="no words"):
        formats.level(level)


def test_interval():
    found = Estimate(12.34, 10.1, 14.6, 0.95, 100, "t")
    assert formats.interval(found) == "12.3 (10.1 to 14.6, 19 in 20)"
    assert formats.interval(found, words=False) == "12.3 (10.1 to 14.6)"
    assert formats.interval(found, form=formats.days) == "12.3 days (10.1 to 14.6, 19 in 20)"
    assert formats.interval(found._replace(lo=None, hi=None)) == "12.3"


def test_date_and_moment():
    assert formats.date(dt.date(2026, 3, 31)) == "31 March 2026"
    assert formats.date(pd.Timestamp("2026-12-01 23:59")) == "1 December 2026"
    east = dt.timezone(dt.timedelta(hours=2))
    assert formats.moment(dt.datetime(2026, 4, 1, 1, 5, tzinfo=east)) == "31 March 2026, 23:05 UTC"
    with pytest.raises(WrongUse, match="no time zone"):
        formats.moment(dt.datetime(2026, 4, 1))


def test_short_cuts_and_keeps_the_page_whole():
    assert formats.short("x" * 200) == "x" * 200
    assert formats.short("x" * 10**6) == "x" * 199 + "…"
    assert formats.short("a\x00b\u202ec\ud800") == "a�b�c�"


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([3.0, np.nan, 12.0], ["3", "–", "12"]),
        ([0.712, 0.2012, 0.5], ["0.712", "0.201", "0.500"]),
        ([1234.5, 9000.25], ["1,234.5", "9,000.2"]),
        ([-12.25, 0.0001, 30.5], ["−12.2", "0.000100", "30.5"]),
        ([], []),
    ],
)
def test_column_stands_on_one_decimal(values, texts):
    form = formats.column(values)
    assert [form(value) for value in values] == texts


@given(st.lists(st.floats(min_value=0.1, max_value=1e6), min_size=1))
def test_column_has_as_many_decimals_in_each_row(values):
    form = formats.column(values)
    decimals = {len(re.sub(r"^[^.]*\.?", "", form(value))) for value in values}
    assert len(decimals) == 1 or any(0 < value < 0.5 * 10 ** -max(decimals) for value in values)


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0"), (1, "fewer than 10"), (9, "fewer than 10"), (10, "10"), (1234, "1,234"), (None, "–")]
)
def test_people(count, text):
    assert formats.people(count) == text


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (324, 1829, "17.7% (324 of 1,829)"),
        (0, 1829, "0% (0 of 1,829)"),
        (1829, 1829, "100% (1,829 of 1,829)"),
        (9, 1829, "fewer than 10 of 1,829"),
        (1820, 1829, "all but fewer than 10 of 1,829"),
        (5, 5, "fewer than 10 of fewer than 10"),
        (3, 7, "fewer than 10 of fewer than 10"),
        (0, 7, "fewer than 10 of fewer than 10"),
        (0, 0, "–"),
        (None, 5, "–"),
    ],
)
def test_part_of_a_group_of_people(numerator, denominator, text):
    assert formats.part(numerator, denominator) == text
