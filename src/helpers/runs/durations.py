"""Durations as people write them: 90s, 30m, 26h, 2d."""

from __future__ import annotations

import re
from datetime import timedelta

from helpers.errors import WrongUse

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def duration(text: str, of: str) -> timedelta:
    """A text such as "26h" as a time span.

    Args:
        text: The text.
        of: The option or key whose value it is.

    Raises:
        WrongUse: If it has another form.
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([smhd])", text.strip())
    if match is None:
        raise WrongUse(f"{of} is {text!r}; expected a number and s, m, h or d, such as 90s, 30m, 26h or 2d.")
    return timedelta(**{_UNITS[match[2]]: float(match[1])})


def in_words(span: timedelta) -> str:
    """A time span in the largest unit of which there are at least two: "26 hours"."""
    seconds = max(span.total_seconds(), 0)
    for unit, size in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{int(seconds // size)} {unit}"
    return f"{int(seconds)} s"
