"""The one way numbers, dates and names become text."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from helpers.errors import WrongUse
from helpers.privacy import MINIMUM
from helpers.statistics import Estimate

Format = Callable[[Any], str]

MISSING = "–"
HIDDEN = "hidden"
MINUS = "−"
_LONGEST = 200
_SYMBOLS = {"EUR": "€", "GBP": "£", "JPY": "¥", "USD": "$"}
_NO_CENTS = {"CLP", "ISK", "JPY", "KRW", "VND"}
_LEVELS = {0.5: "1 in 2", 0.8: "4 in 5", 0.9: "9 in 10", 0.95: "19 in 20", 0.99: "99 in 100"}
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# Controls break XML, and marks that turn the writing direction garble what follows them.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def is_missing(value: object) -> bool:
    """Whether a scalar has nothing to show: None, NaN, NaT, or a number that is not finite.

    Example:
        >>> from helpers.reporting.formats import is_missing
        >>> [is_missing(value) for value in (None, float("inf"), 0, "")]
        [True, True, False, False]
    """
    if value is None or value is pd.NA or value is pd.NaT:
        return True
    if isinstance(value, float | np.floating | Decimal):
        return not math.isfinite(value)
    return isinstance(value, np.datetime64 | np.timedelta64) and bool(np.isnat(value))


def number(value: object, *, digits: int = 3, signed: bool = False) -> str:
    """A number as text: whole numbers in full, others rounded, thousands separated.

    Args:
        value: Any real number, or a missing value.
        digits: Significant digits of a number that is not whole.
        signed: Whether a positive number shows its plus.

    Example:
        >>> from helpers.reporting import number
        >>> [number(value) for value in (541_909, 0.10616, 12_345.6, -0.5, 1.234e-12, None)]
        ['541,909', '0.106', '12,300', '−0.500', '1.23e−12', '–']
    """
    if is_missing(value):
        return MISSING
    mantissa, exponent = f"{float(value):.{digits - 1}e}".split("e")
    if value == int(value) and abs(value) < 1e15:
        text = f"{int(value):,}"
    elif -7 < int(exponent) < 15:
        text = f"{float(f'{mantissa}e{exponent}'):,.{max(0, digits - 1 - int(exponent))}f}"
    else:
        text = f"{mantissa}e{int(exponent)}"
    return _sign(text, plus=signed and value > 0)


def percent(
    share: object, *, numerator: int | None = None, denominator: int | None = None, signed: bool = False
) -> str:
    """A share (0.106) as a percentage ("10.6%"), with its counts where both are given.

    One decimal, two below 2%. Shares that would round to none or all without being so are shown as
    "<0.01%" and ">99.9%".

    Args:
        share: Part of the whole, 1 for all of it.
        numerator: Count above the fraction line.
        denominator: Count below the fraction line.
        signed: Whether a positive percentage shows its plus.

    Example:
        >>> from helpers.reporting import percent
        >>> percent(2_262 / 21_306, numerator=2_262, denominator=21_306)
        '10.6% (2,262 of 21,306)'
        >>> [percent(share) for share in (0, 0.00001, 0.0123, 0.99999, 1)]
        ['0%', '<0.01%', '1.23%', '>99.9%', '100%']
    """
    if is_missing(share):
        return MISSING
    value = float(share) * 100
    if value in {0, 100}:
        text = f"{value:.0f}%"
    elif 0 < abs(value) < 0.005:
        text = "<0.01%" if value > 0 else ">-0.01%"
    elif 99.95 <= value < 100:
        text = ">99.9%"
    else:
        text = f"{value:,.{1 if abs(value) >= 2 else 2}f}%"
    text = _sign(text, plus=signed and text[0].isdigit() and value > 0)
    if numerator is None or denominator is None:
        return text
    return f"{text} ({number(numerator)} of {number(denominator)})"


def people(count: object) -> str:
    """A count of people: in full, but for a group too small to be told of.

    Example:
        >>> from helpers.reporting import people
        >>> [people(count) for count in (1_829, 9, 0)]
        ['1,829', 'fewer than 10', '0']
    """
    return f"fewer than {MINIMUM}" if not is_missing(count) and 0 < count < MINIMUM else number(count)


def part(numerator: int, denominator: int) -> str:
    """A part of a group of people as a percentage with its counts.

    Where the part, or what it leaves, is a group too small to be told of, no percentage gives it away. A group of
    nobody has no parts.

    Example:
        >>> from helpers.reporting import part
        >>> [part(324, 1_829), part(4, 1_829), part(0, 0)]
        ['17.7% (324 of 1,829)', 'fewer than 10 of 1,829', '–']
        >>> part(1_825, 1_829)
        'all but fewer than 10 of 1,829'
    """
    if is_missing(numerator) or is_missing(denominator) or not denominator:
        return MISSING
    if denominator < MINIMUM or 0 < numerator < MINIMUM:
        return f"fewer than {MINIMUM} of {people(denominator)}"
    if 0 < denominator - numerator < MINIMUM:
        return f"all but fewer than {MINIMUM} of {people(denominator)}"
    return percent(numerator / denominator, numerator=numerator, denominator=denominator)


def points(difference: object) -> str:
    """A difference of two shares in percentage points, with its sign.

    Example:
        >>> from helpers.reporting import points
        >>> points(0.0766)
        '+7.66 points'
    """
    if is_missing(difference):
        return MISSING
    value = float(difference) * 100
    return f"{_sign(f'{value:,.2f}', plus=value > 0)} points"


def money(amount: object, *, currency: str, signed: bool = False) -> str:
    """An amount of money: cents below 1,000, whole units from there on.

    Args:
        amount: Amount in units of the currency.
        currency: ISO 4217 code.
        signed: Whether a positive amount shows its plus.

    Example:
        >>> from helpers.reporting import money
        >>> [money(12.5, currency="EUR"), money(-1_234.6, currency="USD"), money(7, currency="CHF")]
        ['€12.50', '−$1,235', 'CHF 7.00']
    """
    if is_missing(amount):
        return MISSING
    value = float(amount)
    whole = abs(value) >= 999.995 or currency in _NO_CENTS
    text = f"{abs(value):,.{0 if whole else 2}f}"
    if 0 < abs(value) < 0.005:
        text = number(abs(value), digits=2)
    sign = MINUS if value < 0 else "+" if signed and value > 0 else ""
    return f"{sign}{_SYMBOLS.get(currency, f'{currency} ')}{text}"


def days(value: object) -> str:
    """A length of time in days.

    Example:
        >>> from helpers.reporting import days
        >>> [days(value) for value in (77, 1, 2.5)]
        ['77 days', '1 day', '2.50 days']
    """
    if is_missing(value):
        return MISSING
    return f"{number(value)} {'day' if abs(value) == 1 else 'days'}"


def level(coverage: float) -> str:
    """The level of an interval in words.

    Raises:
        WrongUse: The level is not between 0 and 1, or not a whole number of thousandths.

    Example:
        >>> from helpers.reporting import level
        >>> [level(coverage) for coverage in (0.8, 0.95, 0.73, 0.975)]
        ['4 in 5', '19 in 20', '73 in 100', '975 in 1,000']
    """
    if coverage in _LEVELS:
        return _LEVELS[coverage]
    for parts, of in ((100, "100"), (1_000, "1,000")):
        said = round(coverage * parts)
        if 0 < coverage < 1 and math.isclose(said, coverage * parts):
            return f"{said} in {of}"
    raise WrongUse(f"The level {coverage} has no words; take a whole number of thousandths, such as 0.95 or 0.975.")


def interval(estimate: Estimate, *, form: Format = number, words: bool = True) -> str:
    """An estimate with its interval.

    Args:
        estimate: The estimate; without `lo` and `hi` only its value is shown.
        form: How each of its numbers becomes text; a unit in words is shown once, after the value.
        words: Whether the level is said; a page says it on first use.

    Example:
        >>> from helpers.reporting import days, interval
        >>> from helpers.statistics import Estimate
        >>> waited = Estimate(77.02, 66.04, 88.01, level=0.8, n=400, method="Student t")
        >>> interval(waited, form=days)
        '77.0 days (66.0 to 88.0, 4 in 5)'
    """
    if is_missing(estimate.lo) or is_missing(estimate.hi):
        return form(estimate.value)
    lo, hi = (re.sub(r" [a-z ]+$", "", form(end)) for end in (estimate.lo, estimate.hi))
    said = f", {level(estimate.level)}" if words else ""
    return f"{form(estimate.value)} ({lo} to {hi}{said})"


def date(value: object) -> str:
    """A calendar day.

    Example:
        >>> from helpers.reporting import date
        >>> date("2026-03-31")
        '31 March 2026'
    """
    if is_missing(value):
        return MISSING
    day = pd.Timestamp(value)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def moment(value: dt.datetime) -> str:
    """A moment in UTC to the minute.

    Raises:
        WrongUse: The moment has no time zone.

    Example:
        >>> from datetime import datetime
        >>> from helpers.reporting import moment
        >>> moment(datetime.fromisoformat("2026-04-01T06:12+02:00"))
        '1 April 2026, 04:12 UTC'
    """
    if value.tzinfo is None:
        raise WrongUse(f"The moment {value} has no time zone; give an aware datetime.")
    utc = value.astimezone(dt.UTC)
    return f"{date(utc)}, {utc:%H:%M} UTC"


def short(value: object, *, length: int = _LONGEST) -> str:
    """Any value as text that can be shown: controls replaced by "�", cut at `length` characters.

    Example:
        >>> from helpers.reporting.formats import short
        >>> short("a long story", length=7)
        'a long…'
    """
    if is_missing(value):
        return MISSING
    text = showable(str(value)[: length + 1])
    return text if len(text) <= length else f"{text[: length - 1]}…"


def showable(text: str) -> str:
    """The text with each character that would break a page, or turn its direction, replaced by "�".

    Example:
        >>> from helpers.reporting.formats import showable
        >>> showable("rung" + chr(7))
        'rung�'
    """
    return _UNSHOWABLE.sub("�", text)


def column(values: Iterable[object]) -> Format:
    """One format for a column of numbers, so that their decimal points stand under each other.

    Args:
        values: The column's numbers, missing ones among them.

    Returns:
        A format with as many decimals as the typical number needs for three significant digits; a
        number that would vanish at them is shown by `number`.

    Example:
        >>> from helpers.reporting.formats import column
        >>> values = [3, 12.25, 0.004]
        >>> [column(values)(value) for value in values]
        ['3.00', '12.25', '0.00400']
    """
    sizes = [abs(float(value)) for value in values if not is_missing(value)]
    if all(size.is_integer() for size in sizes):
        return number
    decimals = min(6, max(1, 2 - math.floor(math.log10(float(np.median([size for size in sizes if size]))))))

    def form(value: object) -> str:
        if is_missing(value) or 0 < abs(float(value)) < 0.5 * 10**-decimals:
            return number(value)
        return _sign(f"{float(value):,.{decimals}f}", plus=False)

    return form


def _sign(text: str, *, plus: bool) -> str:
    """The text with typographic minus signs, and a plus in front where asked for."""
    return ("+" if plus else "") + text.replace("-", MINUS)
