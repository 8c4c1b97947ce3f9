"""What is kept of folded events by another definition than the present one: it cannot be made anew from events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet as pq

from helpers.datasets.tables import declared
from helpers.errors import WrongUse

# Tables of facts by person.
BY_PERSON = ("daily", "daily_kinds")
# Tables that hold what expired records said beside events.
SAID = ("attributes", "consent_log", "products", "campaigns")
_WHOLE = "*"
_MOST_NAMED = 3


class Break(NamedTuple):
    """A table of which what was kept before a moment does not say what its rows say now.

    Attributes:
        table: One of `BY_PERSON` or `SAID`.
        version: The version it was kept as; None where that was not written down.
        lacks: Columns that were not kept; "*" alone where the table was not.
        before: ISO moment, in UTC.
    """

    table: str
    version: int | None
    lacks: list[str]
    before: str

    @property
    def is_whole(self) -> bool:
        """Whether nothing at all was kept for the table."""
        return self.lacks == [_WHOLE]

    @property
    def lacking(self) -> str:
        """The columns that were not kept, as words."""
        more = f" and {len(self.lacks) - _MOST_NAMED} more" if len(self.lacks) > _MOST_NAMED else ""
        return ", ".join(self.lacks[:_MOST_NAMED]) + more

    def __str__(self) -> str:
        """What is so, as a sentence."""
        if self.is_whole:
            return f"Nothing was kept for table {self.table}."
        if self.lacks:
            return f"Table {self.table} was kept without {self.lacking}."
        return f"Table {self.table} was kept as version {self.version}; it is {declared(self.table).version} now."


def columns_of(table: str) -> list[str]:
    """The columns that are kept of one of `BY_PERSON` or `SAID`."""
    return [*declared(table).column_names, *(["purpose"] if table in BY_PERSON else [])]


def find(table: str, file: Path, version: int | None, *, before: datetime) -> Break | None:
    """How a kept table differs from its present definition; None where it does not.

    Args:
        table: One of `BY_PERSON` or `SAID`.
        file: Where it is kept.
        version: The version it was kept as; None where that was not written down, and its columns decide.
        before: Since when no event is folded, in UTC.
    """
    there = pq.read_schema(file).names if file.exists() else None
    lacks = [_WHOLE] if there is None else [each for each in columns_of(table) if each not in there]
    if not lacks and version in (None, declared(table).version):
        return None
    return Break(table, version, lacks, before.isoformat())


def refuse(found: Sequence[Break | None], name: str) -> None:
    """Refuse to read what is kept by other definitions.

    Raises:
        WrongUse: If there is such, naming the command that settles it.
    """
    said = " ".join(str(each) for each in found if each)
    if said:
        raise WrongUse(
            f"What is kept of the folded events of {name!r} was made by other definitions. {said} The events are gone, "
            f"so it cannot be made anew. Run `workbench migrate {name} --dry-run` to see what can be done, and without "
            "--dry-run to do it."
        )
