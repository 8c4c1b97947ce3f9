"""Small groups hidden before anybody sees a table, and others with them where sums would give those away."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from helpers.errors import WrongUse
from helpers.privacy.disclosure import Cell, Counts, Line, close, close_over_time, given_away

MINIMUM = 10
Totals = Literal["none", "down", "across", "both"]

_HIDDEN = (
    "“hidden” stands for a group of fewer than {minimum} people, or for the next larger group where the figures and "
    "sums of this report or of the one before would otherwise give such a group away."
)
_FOLDED = (
    "“{rest}” holds the groups of fewer than {minimum} people, and the next larger ones where those alone would be "
    "too few; {count} in all."
)


@dataclass(frozen=True, kw_only=True)
class Published:
    """A table that anybody may see; only `publish` makes one.

    Attributes:
        frame: What is shown; hidden figures are missing.
        hidden: True where a figure of `frame` is hidden.
        people: Columns that count people; none where the table holds no counts of people.
        note: What a reader must know of what is hidden, empty where nothing is.
        minimum: Fewest people of a group that is shown.
        counts: The true counts, for the next run to compare with; never shown.
        withheld: The cells of `counts` that are hidden.
    """

    frame: pd.DataFrame
    hidden: pd.DataFrame = field(repr=False)
    people: tuple[str, ...] = ()
    note: str = ""
    minimum: int = MINIMUM
    counts: Counts = field(default=Counts({}, ()), repr=False)
    withheld: frozenset[Cell] = field(default=frozenset(), repr=False)

    @property
    def sums_may_be_told(self) -> bool:
        """Whether the sums of columns may be told: not where they would tell of a small group in one."""
        return not given_away(self.counts, self.withheld, self.counts.small(self.minimum), minimum=self.minimum)


def publish(
    frame: pd.DataFrame,
    *,
    people: str | Sequence[str] | None,
    names: Sequence[str] = (),
    totals: Totals = "down",
    parts: Sequence[Sequence[str]] = (),
    across: Sequence[Sequence[Cell]] = (),
    also: Sequence[Cell] = (),
    rest: str = "",
    sums: Sequence[str] = (),
    minimum: int = MINIMUM,
    before: Published | None = None,
    why: str = "",
) -> Published:
    """Hide what would tell of fewer than `minimum` people.

    First every count of 1 to `minimum` - 1 people is hidden, then, one by one, the smallest counts beside them, until a
    reader who adds and subtracts all that is shown, all known sums and the shown counts of the report before cannot
    prove of any hidden count that it is small, let alone what it is (complementary cell suppression; Cox 1980). Counts
    that stood still between two reports are taken to be known to have done so. Other figures of a row go with its
    counts.

    Protected: the count of every small group, in this report and the one before, and the figures that describe it.
    Not protected: how a shown count or sum moved from one report to the next (one more is one person), a count that
    became small while nothing else moved and the sum is known, what several older reports give away together, sums
    published elsewhere that `totals` and `parts` do not name, and figures of large groups that one person dominates.

    Args:
        frame: The table as it is; a named index counts as its first columns.
        people: The columns that count people; None for a table without such counts, with the reason in `why`.
        names: The columns that name the rows; by default the first.
        totals: Which sums of the people columns readers know: of each column (down), of each row (across), or both.
        parts: Columns that belong together: first a whole, then one or more that are apart from each other within it.
        across: Cells of several rows that readers know to add up: first the sum, then all that it is made of, each as
            (name of its row, column); for rows with one name.
        also: Cells to hide besides, for a reason that these sums do not hold, named alike.
        rest: Put the hidden rows together as one row of this name instead; for one people column.
        sums: Columns that are summed for that row, such as revenue; others are missing in it.
        minimum: Fewest people of a group that is shown.
        before: The same table of the report before.
        why: Why a table counts no people, such as "records, not people".

    Returns:
        The table with its hidden figures missing.

    Raises:
        WrongUse: A column is unknown, a count is no whole number, rows share a name, or `why` is missing.
    """
    if frame.index.name is not None or frame.index.nlevels > 1:
        frame = frame.reset_index()
    if people is None:
        if not why.strip():
            raise WrongUse("A table without a column of people needs the reason why it counts none, as `why`.")
        return Published(frame=frame, hidden=pd.DataFrame(False, index=frame.index, columns=frame.columns))
    columns = (people,) if isinstance(people, str) else tuple(people)
    names = tuple(names) or (frame.columns[0],)
    _require(frame, columns, names, [*itertools.chain.from_iterable(parts), *sums])
    rows = _row_names(frame, names)
    counts = _count(frame, rows, columns, totals, parts)
    counts.lines.extend(_sums_across(counts, across))
    besides = {((str(row),), column) for row, column in also}
    withheld = _withhold(counts, besides & counts.cells.keys(), before, minimum)
    shown, hidden = _mask(frame, rows, names, columns, withheld)
    note = _HIDDEN.format(minimum=minimum) if hidden.to_numpy().any() else ""
    if rest and note:
        shown, hidden, note = _fold(
            frame, hidden[columns[0]], name=names[0], people=columns[0], rest=rest, sums=sums, minimum=minimum
        )
    return Published(
        frame=shown, hidden=hidden, people=columns, note=note, minimum=minimum, counts=counts, withheld=withheld
    )


def _require(frame: pd.DataFrame, people: Sequence[str], names: Sequence[str], others: Sequence[str]) -> None:
    unknown = [name for name in (*people, *names, *others) if name not in frame.columns]
    if unknown:
        raise WrongUse(f"The table has no column {unknown[0]!r}; it has {', '.join(map(str, frame.columns))}.")
    for name in people:
        known = frame[name].dropna()
        if not all(float(value) >= 0 and float(value).is_integer() for value in known):
            raise WrongUse(f"Column {name!r} counts people, but holds {known.tolist()}; expected whole numbers from 0.")


def _row_names(frame: pd.DataFrame, names: Sequence[str]) -> list[tuple[str, ...]]:
    rows = [tuple(map(str, row)) for row in frame[list(names)].itertuples(index=False, name=None)]
    if len(set(rows)) < len(rows):
        raise WrongUse(f"Two rows share their {', '.join(map(str, names))}; name the columns that tell rows apart.")
    return rows


def _count(
    frame: pd.DataFrame,
    rows: list[tuple[str, ...]],
    columns: tuple[str, ...],
    totals: Totals,
    parts: Sequence[Sequence[str]],
) -> Counts:
    """The people cells of a table, and the sums of them that readers know."""
    values: dict[Cell, int] = {
        (row, name): int(value)
        for name in columns
        for row, value in zip(rows, frame[name], strict=True)
        if not pd.isna(value)
    }
    groups = [[(row, name) for row in rows] for name in columns] if totals in {"down", "both"} else []
    groups += [[(row, name) for name in columns] for row in rows] if totals in {"across", "both"} else []
    known = [[cell for cell in group if cell in values] for group in groups]
    lines = [Line(dict.fromkeys(group, 1), sum(values[cell] for cell in group)) for group in known]
    remainders: dict[Cell, int] = {}
    for whole, *inner in parts:
        for row in rows:
            cell, within = (row, whole), [(row, name) for name in inner]
            if all(each in values for each in (cell, *within)):
                # What is left of the whole stands nowhere, and yet whoever knows the others knows it.
                left = (row, f"{whole} without {' and '.join(inner)}")
                remainders[left] = values[cell] - sum(values[each] for each in within)
                lines.append(Line({cell: -1, left: 1} | dict.fromkeys(within, 1), 0))
    return Counts(values | remainders, lines, frozenset(remainders))


def _sums_across(counts: Counts, across: Sequence[Sequence[Cell]]) -> Iterator[Line]:
    for whole, *inner in across:
        cells = [((str(row),), column) for row, column in (whole, *inner)]
        if all(cell in counts.cells for cell in cells):
            yield Line({cells[0]: -1} | dict.fromkeys(cells[1:], 1), 0)


def _withhold(counts: Counts, also: Set[Cell], before: Published | None, minimum: int) -> frozenset[Cell]:
    """The cells to hide: small ones, those that were asked for, and what must go with them."""
    small = counts.small(minimum)
    hidden = (small - counts.never_shown) | also
    earlier = before.withheld if before else frozenset()
    for cell in sorted(small, key=repr):
        hidden = close(counts, hidden, cell, prefer=earlier, minimum=minimum)
    if before is not None:
        hidden = close_over_time(counts, hidden, before.counts, earlier, minimum=minimum)
    return frozenset(hidden)


def _mask(
    frame: pd.DataFrame,
    rows: list[tuple[str, ...]],
    names: tuple[str, ...],
    columns: tuple[str, ...],
    withheld: frozenset[Cell],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The frame without its hidden figures, and where they are."""
    hidden = pd.DataFrame(False, index=frame.index, columns=frame.columns)
    for name in columns:
        hidden[name] = [(row, name) in withheld for row in rows]
    touched = hidden[list(columns)].any(axis=1)
    for name in frame.columns.difference([*names, *columns]):
        hidden[name] = touched & frame[name].notna()
    shown = frame.astype(dict.fromkeys(columns, "Int64"))
    for name in frame.columns[hidden.any()]:
        whole = pd.api.types.is_integer_dtype(shown[name])
        shown[name] = (shown[name].astype("Int64") if whole else shown[name]).mask(hidden[name])
    return shown, hidden


def _fold(
    frame: pd.DataFrame,
    small: pd.Series,
    *,
    name: str,
    people: str,
    rest: str,
    sums: Sequence[str],
    minimum: int,
) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """The frame with its hidden rows as one; that one is hidden too where it would be small itself."""
    added = frame.loc[small, [people, *sums]].sum()
    enough = added[people] >= minimum
    whole = [name for name in frame.columns if pd.api.types.is_integer_dtype(frame[name])]
    kept = frame[~small].astype(dict.fromkeys([people, *whole], "Int64"))
    row = {name: rest} | ({each: added[each] for each in (people, *sums)} if enough else {})
    shown = pd.concat([kept, pd.DataFrame([row]).reindex(columns=frame.columns).astype(kept.dtypes)], ignore_index=True)
    hidden = pd.DataFrame(False, index=shown.index, columns=shown.columns)
    if not enough:
        hidden.loc[len(kept), [people, *sums]] = True
        return shown, hidden, _HIDDEN.format(minimum=minimum)
    return shown, hidden, _FOLDED.format(rest=rest, minimum=minimum, count=int(small.sum()))
