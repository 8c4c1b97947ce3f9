"""Personal values in text that is about to be published: what they look like, and those that are known."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

# Every repetition has an end, so that a text of a million equal characters takes no longer than others.
PATTERNS = {
    "an e-mail address": re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}?\.[a-z]{2,24}", re.IGNORECASE),
    "a phone number": re.compile(
        r"(?<![\w.,+])(?:\+\d{1,3}[ (/-]?(?:[ ()/-]?\d){7,13}|0\d{2,4}[ /-]\d{5,8})(?![\w,.%]?\d|%)"
    ),
    "a pseudonym": re.compile(r"(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])", re.IGNORECASE),
    "a profile id": re.compile(r"(?<![0-9a-z])p[0-9a-f]{15}(?![0-9a-z])"),
}
_TOKEN = re.compile(r"[^\s<>\"'(),;|=]+")
_EDGES = ".:!?[]{}*_\\`“”„"


def personal_values(text: str, *, allowed: Collection[str] = (), known: Collection[str] = ()) -> Iterator[str]:
    """Say what personal values stand in a text, without repeating them.

    Args:
        text: What is about to be published, unescaped.
        allowed: Texts that may stand in it, such as the contact of the owner.
        known: Raw identifiers that must not; one that looks like a count (fewer than 6 characters) cannot be told
            from one and should not be among them.

    Yields:
        One description a kind of value that was found, with how often.
    """
    for each in sorted(allowed, key=len, reverse=True):
        if each:
            text = text.replace(each, " ")
    for kind, pattern in PATTERNS.items():
        found = set(pattern.findall(text))
        if found:
            yield f"{kind} ({len(found)} of them, the first ends in “{_end(min(found))}”)"
    if known:
        held = set(_held(text, known))
        if held:
            yield f"an identifier of the raw data ({len(held)} of them, the first ends in “{_end(min(held))}”)"


def _held(text: str, known: Collection[str]) -> Iterable[str]:
    """Those of the known identifiers that stand in a text, in whatever case."""
    lowered = text.lower()
    tokens = {token.strip(_EDGES) for token in _TOKEN.findall(lowered)}
    for each in known:
        wanted = each.lower()
        if wanted in tokens or (" " in wanted and wanted in lowered):
            yield each


def _end(value: str) -> str:
    return value[-3:]
