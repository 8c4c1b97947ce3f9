"""The form that a page must have: what a reader, a screen reader, a printer and an offline machine need of it."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag

from helpers.errors import WrongUse
from helpers.reporting import keys

MOST_BYTES = 1_000_000
# Words of the trade that no reader of a page should need; behind a fold they may stand.
FORBIDDEN = (
    "ARI", "AUC", "AUROC", "AUUC", "Brier", "CUPED", "ECE", "n_eff", "NDCG", "Qini", "ROC", "anonymised", "anonymized",
)  # fmt: skip
_FORBIDDEN = re.compile(rf"\b(?:{'|'.join(FORBIDDEN)})\b")
_LOADS = ("script", "iframe", "object", "embed", "link", "base", "form", "video", "audio", "source", "portal")
_ADDRESSES = ("href", "src", "srcset", "poster", "data", "action", "formaction", "background", "cite", "ping")
_OUTSIDE = re.compile(r"url\(|@import|image-set\(|expression\(", re.IGNORECASE)
_RELATIVE = re.compile(r"#[\w-]+|[\w.][\w.%/-]*(?:#[\w-]+)?")
_INTERVAL = re.compile(r"\([^()\s]{0,30}\d[^()\s]{0,9} to [^()\s,]{0,30}\d[^()\s,]{0,9}(?:,[^()]{0,60})?\)")
_IN_WORDS = re.compile(r"\b\d+ in \d+\b")
_TEXT_ON = (
    ("--ink", "--paper"), ("--muted", "--paper"), ("--accent", "--paper"), ("--alarm", "--paper"),
    ("--ink", "--raised"), ("--muted", "--raised"), ("--accent", "--raised"),
    ("--ink", "--alarm-paper"), ("--alarm", "--alarm-paper"),
)  # fmt: skip
CONTRAST = 4.5  # WCAG 2.2, level AA, text of any size
_FIGURES = ("value", "lo", "hi", "level", "n", "numerator")


def faults(page: BeautifulSoup, *, size: int) -> Iterator[str]:
    """Say what is wrong with a page's form.

    Args:
        page: The page.
        size: Its size in bytes.

    Yields:
        One sentence a fault, without its full stop.
    """
    if not (page.html and page.html.get("lang")):
        yield "it does not say its language"
    if not (page.title and page.title.get_text(strip=True)):
        yield "it has no title"
    if size > MOST_BYTES:
        yield f"it has {size:,} bytes; {MOST_BYTES:,} are the most"
    yield from _headings(page)
    yield from _images_and_tables(page)
    yield from _addresses(page)
    yield from _words(page)
    yield from contrast_faults("".join(style.get_text() for style in page.find_all("style")))


def result_faults(results: dict[str, Any]) -> Iterator[str]:
    """Say what is wrong with the form of a results.json."""
    for entry in results["results"]:
        key = entry.get("key", "")
        try:
            keys.match(key)
        except WrongUse:
            yield f"the key {key!r} is in no list"
        for name in _FIGURES:
            value = entry.get(name)
            if value is not None and (isinstance(value, bool | str) or not math.isfinite(value)):
                yield f"{name} of {key} is {value!r}"


def contrast_faults(css: str) -> Iterator[str]:
    """Say which texts are hard to read on their ground, in the light and in the dark theme.

    Args:
        css: The page's style sheet, with the light theme's variables first and the dark ones in a media query.
    """
    light = _variables(css)
    dark_at = re.search(r"prefers-color-scheme:\s*dark", css)
    dark = light | _variables(css[dark_at.end() :]) if dark_at else {}
    for theme, colours in (("light", light), ("dark", dark)):
        if not colours:
            yield f"it has no {theme} theme"
            continue
        for text, ground in _TEXT_ON:
            if text not in colours or ground not in colours:
                yield f"its {theme} theme has no colour {text if text not in colours else ground}"
            elif contrast(colours[text], colours[ground]) < CONTRAST:
                yield f"{text} on {ground} has a contrast below {CONTRAST} in the {theme} theme"


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours (#rrggbb), 1 to 21 (WCAG 2.2)."""
    brighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _variables(css: str) -> dict[str, str]:
    """The colours of the first rule on :root."""
    rule = re.search(r":root\s*\{([^}]*)\}", css)
    return dict(re.findall(r"(--[\w-]+):\s*(#[0-9a-f]{6})\b", rule[1], re.IGNORECASE)) if rule else {}


def _headings(page: BeautifulSoup) -> Iterator[str]:
    levels = [int(tag.name[1]) for tag in page.find_all(re.compile(r"^h[1-6]$"))]
    if levels.count(1) != 1:
        yield f"it has {levels.count(1)} first-level headings; it needs one"
    if levels and levels[0] != 1:
        yield "its first heading is not its title"
    for before, after in itertools.pairwise(levels):
        if after > before + 1:
            yield f"a heading of level {after} follows one of level {before}"
    names = [tag["id"] for tag in page.find_all(id=True)]
    if len(names) > len(set(names)):
        yield "two places share an anchor"
    missing = {link["href"] for link in page.select('a[href^="#"]')} - {f"#{name}" for name in names}
    if missing:
        yield f"the link {min(missing)} leads nowhere"


def _images_and_tables(page: BeautifulSoup) -> Iterator[str]:
    if not all(image.get("alt", "").strip() for image in page.find_all("img")):
        yield "an image has no alternative text"
    if not all(figure.figcaption and figure.figcaption.get_text(strip=True) for figure in page.find_all("figure")):
        yield "a figure has no caption"
    for table in page.find_all("table"):
        if not (table.caption and table.caption.get_text(strip=True)):
            yield "a table has no caption"
        if not all(cell.get("scope") in {"col", "row"} for cell in table.find_all("th")):
            yield "a header cell of a table does not say what it heads"
        if not table.find("th"):
            yield "a table has no header cells"


def _addresses(page: BeautifulSoup) -> Iterator[str]:
    for tag in page.find_all(_LOADS):
        yield f"it holds a <{tag.name}>"
    for tag in page.find_all(True):
        for name, value in tag.attrs.items():
            said = " ".join(value) if isinstance(value, list) else value
            if name.startswith("on"):
                yield f"a <{tag.name}> has {name}, which runs script"
            elif name in _ADDRESSES and not _stays(tag, name, said):
                yield f"a <{tag.name}> leads out of the folder of reports"
            elif name == "style" and _OUTSIDE.search(said):
                yield f"the style of a <{tag.name}> loads something"
        if tag.name == "meta" and tag.get("http-equiv", "").lower() == "refresh":
            yield "it sends its reader elsewhere"
    if any(_OUTSIDE.search(style.get_text()) for style in page.find_all("style")):
        yield "its style sheet loads something"
    policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    if policy is None or "default-src 'none'" not in policy.get("content", "") or "script-src" in policy["content"]:
        yield "its content-security policy does not keep scripts and requests out"


def _stays(tag: Tag, name: str, value: str) -> bool:
    return bool(_RELATIVE.fullmatch(value)) or ((tag.name, name) == ("img", "src") and value.startswith("data:image/"))


def _words(page: BeautifulSoup) -> Iterator[str]:
    """Words of the trade, and an interval whose level no reader was told."""
    body = page.body or page
    seen = "\n".join(
        str(text) for text in body.find_all(string=True) if not text.find_parent(["details", "style", "script", "pre"])
    )
    described = "\n".join(image.get("alt", "") for image in body.find_all("img"))
    found = sorted(set(_FORBIDDEN.findall(f"{seen}\n{described}")))
    if found:
        yield f"it says {', '.join(found)} outside a fold"
    first = _INTERVAL.search(seen)
    if first and not _IN_WORDS.search(seen[: first.end()]):
        yield f"its first interval, {first[0]}, does not say in words how sure it is"
