"""The first page of a data set, and the list of data sets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from helpers.errors import WrongUse
from helpers.reporting.blocks import render
from helpers.reporting.markdown import is_relative
from helpers.reporting.page import Navigation, PageLink, Stamp, headlines_of, title_of
from helpers.reporting.record import Entry

Status = Literal["done", "skipped", "failed", "carried forward"]


@dataclass(frozen=True, kw_only=True)
class IndexEntry:
    """One notebook of a run.

    Attributes:
        name: Name of the notebook, such as "04_churn".
        status: What became of it.
        notebook: The executed notebook, or its source where it was not executed.
        href: Relative address of its page; None where it has none.
        reason: Why it was skipped, how it failed, or which run it was carried forward from.
    """

    name: str
    status: Status
    notebook: Path
    href: str | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.href is not None and not is_relative(self.href):
            raise WrongUse(f"The page of {self.name} has the address {self.href!r}; links must be relative.")


@dataclass(frozen=True, kw_only=True)
class ShelfEntry:
    """One data set on the list of data sets.

    Attributes:
        index: Its title and the address of its index.
        as_of: The day at whose local midnight its data end.
        ran_at: When its latest run began, with its time zone.
        note: What a reader should know before opening it, empty for nothing.
        problem: The page that says why a later run failed; None where the latest run is the last one.
    """

    index: PageLink
    as_of: dt.date
    ran_at: dt.datetime
    note: str = ""
    problem: PageLink | None = None


def render_index(
    *,
    out_path: Path,
    stamp: Stamp,
    entries: Sequence[IndexEntry],
    navigation: Navigation,
    changes: Sequence[str] | None = None,
    results: Sequence[Entry] = (),
) -> None:
    """Write a data set's index: its stamp, and each notebook's question, status and headlines.

    Args:
        out_path: Where the page goes.
        stamp: What the run rests on.
        entries: The notebooks, in the order in which they are read.
        navigation: Where a reader can go from the index.
        changes: What differs from the run before, as sentences of Markdown; empty for nothing, None where there
            is no run before. Both are said.
        results: The entries of the run's results.json.
    """
    questions = [
        {
            "entry": entry,
            "title": title_of(entry.notebook),
            "headlines": headlines_of(entry.notebook) if entry.href else [],
        }
        for entry in entries
    ]
    html = render(
        "index.html.j2",
        title=stamp.dataset,
        stamp=stamp,
        questions=questions,
        navigation=navigation,
        changes=changes,
    )
    out_path.write_text(html + "\n", encoding="utf-8", newline="\n")


def render_shelf(*, out_path: Path, entries: Sequence[ShelfEntry]) -> None:
    """Write the list of data sets, each with a link to its index.

    Args:
        out_path: Where the page goes.
        entries: The data sets, in the order in which they are listed.
    """
    html = render("shelf.html.j2", title="Reports", entries=entries)
    out_path.write_text(html + "\n", encoding="utf-8", newline="\n")
