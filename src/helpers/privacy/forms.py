"""How an identifier may stand in a text, and how to find it there without finding a longer one that holds it."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BEFORE, _AFTER = r"(?<![\w.%+-])", r"(?![\w-]|\.\w)"
_SHORTEST, _SHORTEST_NUMBER = 6, 9


def is_telling(value: str) -> bool:
    """Whether a text is long enough to stand for one identifier wherever it is found, and not for some number."""
    return len(value) >= (_SHORTEST_NUMBER if value.isdigit() else _SHORTEST)


def finder(values: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern that finds any of the values in any case, but not within a longer word, number or address."""
    listed = sorted({re.escape(value) for value in values if value}, key=len, reverse=True)
    return re.compile(f"{_BEFORE}(?:{'|'.join(listed)}){_AFTER}", re.IGNORECASE) if listed else None
