"""What a page is told beside its content: what it rests on, where a reader can go from it, the notebooks of its run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from helpers.errors import WrongUse
from helpers.reporting.markdown import is_relative

Status = Literal["done", "skipped", "failed", "carried forward"]


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """What a page rests on.

    Attributes:
        dataset: Title of the data set.
        as_of: The day at whose local midnight the data end.
        ran_at: When the run began, with its time zone.
        version: Version of the code.
        parameters: Parameters that differ from their defaults, as name and value.
        owner: Who answers for the page.
        contact: How to reach the owner.
        warning: Why the figures are not to be trusted today (data older than promised, a source missing); shown
            as a red band, empty for none.
        next_run: When the next run is due, in words; empty where nobody said so.
    """

    dataset: str
    as_of: dt.date
    ran_at: dt.datetime
    version: str
    parameters: Sequence[tuple[str, str]] = ()
    owner: str = ""
    contact: str = ""
    warning: str = ""
    next_run: str = ""


@dataclass(frozen=True, kw_only=True)
class PageLink:
    """A link to another page of the same folder of reports.

    Attributes:
        title: What the other page is called.
        href: Its relative address.
    """

    title: str
    href: str

    def __post_init__(self) -> None:
        if not is_relative(self.href):
            raise WrongUse(f"The page {self.title!r} has the address {self.href!r}; links must be relative.")


@dataclass(frozen=True, kw_only=True)
class Navigation:
    """Where a reader can go from a page; None leaves a link out.

    Attributes:
        previous: The page before.
        following: The page after.
        index: The data set's index.
        shelf: The list of all data sets.
        notebook: The executed notebook.
        glossary: The page of all definitions.
    """

    previous: PageLink | None = None
    following: PageLink | None = None
    index: PageLink | None = None
    shelf: PageLink | None = None
    notebook: PageLink | None = None
    glossary: PageLink | None = None


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
