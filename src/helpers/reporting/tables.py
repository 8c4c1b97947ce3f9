"""Tables a person reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup

from helpers.errors import WrongUse
from helpers.reporting import blocks
from helpers.reporting.formats import MISSING, Format, column, date, is_missing, short

_MOST_ROWS = 400
_NUMBERS = {"decimal", "floating", "integer", "mixed-integer-float"}
_WHOLE = 24  # characters; shorter cells are not broken over lines


class _Column(NamedTuple):
    """A column's heading, its cells as text, whether they are figures, and whether they are short."""

    heading: str
    cells: list[str]
    figures: bool
    whole: bool


def table(
    frame: pd.DataFrame,
    *,
    caption: str,
    formats: Mapping[str, Format] | None = None,
    notes: str | None = None,
) -> None:
    """Display a frame as a table: the first column names the rows, figures stand to the right.

    Args:
        frame: What to show; an index with a name comes first. Whole numbers are shown in full, others to
            three significant digits, dates as days, text cut at 200 characters. At most 400 rows are shown.
        caption: What the table says, in one sentence.
        formats: A function from value to text for a column that needs another format, such as `percent`.
        notes: A sentence of Markdown below the table.

    Raises:
        WrongUse: The caption is empty, a format names no column, or the frame has no or nested columns.
    """
    html = Markup(render_table(frame, caption=caption, formats=formats))  # noqa: S704 - rendered by us
    blocks.show("table", blocks.render("table_block.html.j2", table=html, notes=notes), plain=f"Table: {caption}")


def render_table(frame: pd.DataFrame, *, caption: str, formats: Mapping[str, Format] | None = None) -> str:
    """The HTML of a table; see `table`."""
    if not caption.strip():
        raise WrongUse("The table has no caption; say in one sentence what it shows.")
    if frame.index.name is not None or frame.index.nlevels > 1:
        frame = frame.reset_index()
    if frame.columns.nlevels > 1 or not len(frame.columns):
        raise WrongUse(f'The table "{caption}" needs one level of columns and at least one column.')
    formats = dict(formats or {})
    unknown = [name for name in formats if name not in frame.columns]
    if unknown:
        names = ", ".join(str(name) for name in frame.columns)
        raise WrongUse(f'The table "{caption}" has no column {unknown[0]!r} to format; it has {names}.')
    shown = frame.head(_MOST_ROWS)
    columns = [_to_column(name, shown.iloc[:, i], formats.get(name)) for i, name in enumerate(shown.columns)]
    return blocks.render(
        "table.html.j2",
        caption=caption,
        columns=columns,
        rows=list(zip(*(each.cells for each in columns), strict=True)),
        missing=any(cell == MISSING for each in columns for cell in each.cells),
        left_out=f"{len(shown):,} of {len(frame):,}" if len(shown) < len(frame) else "",
    )


def _to_column(name: object, values: pd.Series, form: Format | None) -> _Column:
    """A column as text; text, dates and answers stand to the left, all else is a figure."""
    kind = pd.api.types.infer_dtype(values, skipna=True)
    default, figures = short, kind in _NUMBERS
    if figures:
        default = column(values)
    elif kind in {"date", "datetime", "datetime64"}:
        default = date
    elif kind == "boolean":
        default = _yes_or_no
    texts = [short((form or default)(cell)) for cell in values.tolist()]
    whole = max(map(len, texts), default=0) <= _WHOLE
    return _Column(short(name), texts, figures or (form not in {None, short, date}), whole)


def _yes_or_no(value: object) -> str:
    return MISSING if is_missing(value) else "yes" if value else "no"
