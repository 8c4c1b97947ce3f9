"""Tables a person reads."""

from __future__ import annotations

import csv
import io
import numbers
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup

from helpers.errors import PrivacyRefused, WrongUse
from helpers.privacy import Published
from helpers.reporting import blocks
from helpers.reporting.formats import HIDDEN, MISSING, Format, column, date, is_missing, short

_MOST_ROWS = 400
_NUMBERS = {"decimal", "floating", "integer", "mixed-integer-float"}
_WHOLE = 24  # characters; shorter cells are not broken over lines
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Column(NamedTuple):
    """A column's heading, its cells as text, and whether they are figures, are short, and count people."""

    heading: str
    cells: list[str]
    figures: bool
    whole: bool
    people: bool


def table(
    published: Published,
    *,
    caption: str,
    formats: Mapping[str, Format] | None = None,
    notes: str | None = None,
    cards: bool = False,
    folded: bool = False,
) -> None:
    """Display a table: the first column names the rows, figures stand to the right.

    Args:
        published: What to show, from `helpers.privacy.publish`. Whole numbers are shown in full, others to three
            significant digits, dates as days, text cut at 200 characters. At most 400 rows are shown.
        caption: What the table says, in one sentence.
        formats: A function from value to text for a column that needs another format, such as `percent`.
        notes: A sentence of Markdown below the table.
        cards: Each row as a card of its own, its figures under each other.
        folded: Behind a fold that its caption opens: for who looks closer, and for words of the trade.

    Raises:
        PrivacyRefused: What is to be shown did not come from `publish`.
        WrongUse: The caption is empty, a format names no column, or the table has no or nested columns.
    """
    html = Markup(render_table(published, caption=caption, formats=formats, cards=cards))  # noqa: S704 - by us
    block = blocks.render("table_block.html.j2", table=html, notes=notes, fold=caption if folded else None)
    blocks.show("table", block, plain=f"Table: {caption}")


def render_table(
    published: Published, *, caption: str, formats: Mapping[str, Format] | None = None, cards: bool = False
) -> str:
    """The HTML of a table; see `table`."""
    if not caption.strip():
        raise WrongUse("The table has no caption; say in one sentence what it shows.")
    if not isinstance(published, Published):
        raise PrivacyRefused(
            f'The table "{caption}" is a {type(published).__name__} that nobody looked through for small groups; '
            "show what helpers.privacy.publish makes of it."
        )
    frame = published.frame
    if frame.columns.nlevels > 1 or not len(frame.columns):
        raise WrongUse(f'The table "{caption}" needs one level of columns and at least one column.')
    formats = dict(formats or {})
    unknown = [name for name in formats if name not in frame.columns]
    if unknown:
        names = ", ".join(str(name) for name in frame.columns)
        raise WrongUse(f'The table "{caption}" has no column {unknown[0]!r} to format; it has {names}.')
    columns = [_to_column(published, place, formats.get(name)) for place, name in enumerate(frame.columns)]
    shown = min(len(frame), _MOST_ROWS)
    return blocks.render(
        "table.html.j2",
        caption=caption,
        cards=cards,
        columns=columns,
        rows=list(zip(*(each.cells for each in columns), strict=True)),
        missing=any(cell == MISSING for each in columns for cell in each.cells),
        hidden=published.note,
        left_out=f"{shown:,} of {len(frame):,}" if shown < len(frame) else "",
    )


def as_csv(published: Published) -> str:
    """A table as comma-separated values, hidden figures as such; no cell starts as a spreadsheet's formula does."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(_harmless(name) for name in published.frame.columns)
    for values, hidden in zip(published.frame.to_numpy(dtype=object), published.hidden.to_numpy(), strict=True):
        writer.writerow(HIDDEN if gone else _plain(value) for value, gone in zip(values, hidden, strict=True))
    return file.getvalue()


def _plain(value: object) -> str:
    """A value for a spreadsheet: nothing where it is missing, numbers as numbers."""
    if is_missing(value):
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    return str(value) if isinstance(value, numbers.Number) else _harmless(value)


def _harmless(value: object) -> str:
    text = short(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _to_column(published: Published, place: int, form: Format | None) -> _Column:
    """A column as text; text, dates and answers stand to the left, all else is a figure."""
    name, values = published.frame.columns[place], published.frame.iloc[:_MOST_ROWS, place]
    hidden = published.hidden.iloc[:_MOST_ROWS, place].tolist()
    kind = pd.api.types.infer_dtype(values, skipna=True)
    default, figures = short, kind in _NUMBERS
    if figures:
        default = column(values)
    elif kind in {"date", "datetime", "datetime64"}:
        default = date
    elif kind == "boolean":
        default = _yes_or_no
    write = form or default
    texts = [HIDDEN if gone else short(write(cell)) for cell, gone in zip(values.tolist(), hidden, strict=True)]
    whole = max(map(len, texts), default=0) <= _WHOLE
    figures = figures or (form not in {None, short, date})
    return _Column(short(name), texts, figures, whole, name in published.people)


def _yes_or_no(value: object) -> str:
    return MISSING if is_missing(value) else "yes" if value else "no"
