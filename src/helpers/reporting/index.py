"""The first page of a data set, and the list of data sets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from helpers.reporting.blocks import render
from helpers.reporting.context import IndexEntry, Navigation, PageLink, ShelfEntry, Stamp
from helpers.reporting.first_screen import first_screen, history_table
from helpers.reporting.page import headlines_of, title_of
from helpers.reporting.record import Entry
from helpers.reporting.tables import render_table


def render_index(
    *,
    out_path: Path,
    stamp: Stamp,
    entries: Sequence[IndexEntry],
    navigation: Navigation,
    changes: Sequence[str] | None = None,
    results: Sequence[Entry] = (),
    verdicts: Sequence[str] = (),
    history: Sequence[tuple[dt.date, Sequence[Entry]]] = (),
    left_out: str = "",
) -> None:
    """Write a data set's first page: may one trust it, how do things stand, what next, what is not known; its pages.

    Args:
        out_path: Where the page goes.
        stamp: What the run rests on.
        entries: The notebooks, in the order in which they are read.
        navigation: Where a reader can go from the index.
        changes: What differs from the run before, as sentences of Markdown; empty for nothing, None where there
            is no run before. Both are said.
        results: The entries of the run's results.json.
        verdicts: What stands of each arm of the experiments, as sentences of Markdown.
        history: As-of date and results of earlier runs, the newest first; shown as a small table behind a fold.
        left_out: A sentence below it about figures that may not stand beside these; empty for nothing.
    """
    pages = [
        {
            "title": title_of(entry.notebook),
            "href": entry.href,
            "headline": next(iter(headlines_of(entry.notebook)), ""),
        }
        for entry in entries
        if entry.href
    ]
    past = history_table(history)
    html = render(
        "index.html.j2",
        title=stamp.dataset,
        stamp=stamp,
        navigation=navigation,
        changes=changes,
        screen=first_screen(stamp, entries, results, verdicts),
        pages=pages,
        entries=entries,
        left_out=left_out,
        past=past and Markup(render_table(past, caption="Key figures of earlier runs")),  # noqa: S704 - rendered by us
    )
    out_path.write_text(html + "\n", encoding="utf-8", newline="\n")


def render_shelf(*, out_path: Path, entries: Sequence[ShelfEntry], proof: PageLink | None = None) -> None:
    """Write the list of data sets, each with a link to its index.

    Args:
        out_path: Where the page goes.
        entries: The data sets, in the order in which they are listed.
        proof: The page that says how we know that the numbers are right; None where it was not made.
    """
    html = render("shelf.html.j2", title="Reports", entries=entries, proof=proof)
    out_path.write_text(html + "\n", encoding="utf-8", newline="\n")
