"""Personal values in text that is about to be published, by what they look like."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

# Every repetition has an end, so that a text of a million equal characters takes no longer than others.
PATTERNS = {
    "an e-mail address": re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}?\.[a-z]{2,24}", re.IGNORECASE),
    "a phone number": re.compile(
        r"(?<![\w.,+])(?:\+\d{1,3}[ (/-]?(?:[ ()/-]?\d){7,13}|0\d{2,4}[ /-]\d{5,8})(?![\w,.%]?\d|%)"
    ),
    "a pseudonym": re.compile(r"(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])", re.IGNORECASE),
    "a profile id": re.compile(r"(?<![0-9a-z])p[0-9a-f]{15}(?![0-9a-z])"),
}


def personal_values(text: str, *, allowed: Collection[str] = ()) -> Iterator[str]:
    """Say what personal values stand in a text, without repeating them.

    Args:
        text: What is about to be published, unescaped.
        allowed: Texts that may stand in it, such as the contact of the owner.

    Yields:
        One description a kind of value that was found, with how often.
    """
    for kind, pattern in PATTERNS.items():
        found = {match for match in pattern.findall(text) if not any(match in each for each in allowed)}
        if found:
            yield f"{kind} ({len(found)} of them, the first ends in “{_end(min(found))}”)"


def _end(value: str) -> str:
    return value[-3:]
