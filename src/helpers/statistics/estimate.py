"""What every estimate carries from the function that makes it to the page, and what it is made from."""

from __future__ import annotations

from typing import NamedTuple

from helpers.errors import WrongUse


class Estimate(NamedTuple):
    """A figure that was estimated, with its uncertainty.

    Attributes:
        value: Point estimate, in the unit of what is estimated.
        lo: Lower end of the interval, None where the data allow no interval (no variation at all).
        hi: Upper end of the interval, None where `lo` is.
        level: Coverage that the interval claims, such as 0.95.
        n: People (or other units) that the estimate rests on, over all samples.
        method: How the interval was made, in the field's words: "Wilson score", "Welch t".
        numerator: Count above the fraction line for a proportion, None elsewhere.
    """

    value: float
    lo: float | None
    hi: float | None
    level: float
    n: int
    method: str
    numerator: int | None = None


class Successes(NamedTuple):
    """A yes-or-no sample as counts.

    Attributes:
        n: Units asked.
        successes: Units that said yes.
    """

    n: int
    successes: int


class Moments(NamedTuple):
    """A numeric sample as sums, so that the engine can add it up and parts can be added together.

    Attributes:
        n: Units measured.
        total: Sum of their values.
        squares: Sum of their squared values.
    """

    n: int
    total: float
    squares: float


def check(
    name: str,
    value: float,
    *,
    ge: float | None = None,
    gt: float | None = None,
    le: float | None = None,
    lt: float | None = None,
) -> None:
    """Refuse an argument outside its bounds, NaN included, with the same words everywhere.

    Args:
        name: Name of the argument as the caller sees it.
        value: Its value.
        ge: Smallest value allowed.
        gt: Largest value that is just too small.
        le: Largest value allowed.
        lt: Smallest value that is just too large.

    Raises:
        WrongUse: The value is NaN or outside a bound.

    Example:
        >>> from helpers.statistics import check
        >>> check("share", 0.2, gt=0, le=1)
        >>> check("share", 20, gt=0, le=1)
        Traceback (most recent call last):
        helpers.errors.WrongUse: share is 20; expected at most 1.
    """
    bounds = (
        ("at least", ge, ge is None or value >= ge),
        ("above", gt, gt is None or value > gt),
        ("at most", le, le is None or value <= le),
        ("below", lt, lt is None or value < lt),
    )
    for words, bound, holds in bounds:
        if not holds:
            raise WrongUse(f"{name} is {value}; expected {words} {bound}.")


def check_level(level: float) -> None:
    """Refuse a level that is not strictly between 0 and 1.

    Raises:
        WrongUse: The level is out of range.

    Example:
        >>> from helpers.statistics import check_level
        >>> check_level(0.95)
        >>> check_level(95)
        Traceback (most recent call last):
        helpers.errors.WrongUse: level is 95; expected below 1.
    """
    check("level", level, gt=0, lt=1)
