"""What a reader can work out about counts that are hidden, from the counts and sums that are not."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog

Cell = Hashable

_ROUNDING = 1e-6


class Line(NamedTuple):
    """A sum that readers know.

    Attributes:
        terms: Cells that are added (1) or subtracted (-1).
        total: What they add up to.
    """

    terms: Mapping[Cell, int]
    total: int


class Counts(NamedTuple):
    """Counts of people, some of them hidden, and what is known of their sums.

    Attributes:
        cells: The true count of each cell.
        lines: The sums that readers know.
        never_shown: Cells that stand in no table and follow from others, such as a whole less its part.
    """

    cells: Mapping[Cell, int]
    lines: Sequence[Line]
    never_shown: frozenset[Cell] = frozenset()

    def small(self, minimum: int) -> set[Cell]:
        """Cells that count somebody, but fewer than `minimum` people."""
        return {cell for cell, value in self.cells.items() if 0 < value < minimum}


def given_away(counts: Counts, hidden: Iterable[Cell], cells: Iterable[Cell], *, minimum: int) -> list[Cell]:
    """Those of `cells` that a reader can prove to count fewer than `minimum` people.

    The reader knows every cell that is not hidden, every line, and that a hidden count is at least 1 (zeros are
    shown). Each bound is exact: a linear programme over all tables that fit what is known (Fischetti and
    Salazar-González 2000 call this the attacker's problem). Where a count of `minimum` or more fits too, the reader can
    tell neither the count nor that it is small.

    Args:
        counts: The counts and the sums that are known.
        hidden: Cells whose counts are not shown.
        cells: Cells to judge.
        minimum: Fewest people of a group that may be shown.

    Returns:
        The cells that are given away, in a stable order.
    """
    unknown = sorted({*hidden, *counts.never_shown}, key=repr)
    column = {cell: place for place, cell in enumerate(unknown)}
    lines = [line for line in counts.lines if any(cell in column for cell in line.terms)]
    matrix, totals = np.zeros((len(lines), len(unknown))), np.zeros(len(lines))
    for row, line in enumerate(lines):
        totals[row] = line.total
        for cell, sign in line.terms.items():
            if cell in column:
                matrix[row, column[cell]] = sign
            else:
                totals[row] -= sign * counts.cells[cell]
    bounds = [(0 if cell in counts.never_shown else 1, None) for cell in unknown]
    return [
        cell for cell in sorted(cells, key=repr) if _largest(column[cell], matrix, totals, bounds) < minimum - _ROUNDING
    ]


def _largest(place: int, matrix: np.ndarray, totals: np.ndarray, bounds: list[tuple[int, None]]) -> float:
    """The largest value that one unknown can have."""
    aim = np.zeros(matrix.shape[1])
    aim[place] = -1
    found = linprog(aim, A_eq=matrix, b_eq=totals, bounds=bounds, method="highs")
    return float("inf") if found.status == 3 else -found.fun  # 3: nothing bounds it


def close(
    counts: Counts, hidden: Iterable[Cell], cell: Cell, *, prefer: Iterable[Cell] = (), minimum: int
) -> frozenset[Cell]:
    """Hide as much more as `cell` needs to be safe: each time the smallest count of the sum that tells most.

    Args:
        counts: The counts and the sums that are known.
        hidden: Cells that are hidden already.
        cell: The cell to protect, hidden or never shown.
        prefer: Cells to take before others.
        minimum: Fewest people of a group that may be shown.

    Returns:
        The hidden cells; all that count anybody where nothing less, or nothing at all, protects the cell.
    """
    hidden, preferred = set(hidden), set(prefer)
    while given_away(counts, hidden, [cell], minimum=minimum):
        free = {each for each, value in counts.cells.items() if value} - hidden - counts.never_shown
        if not free:
            break
        near = _tightest(counts, hidden, cell, free) or free
        hidden.add(min(near, key=lambda each: (each not in preferred, counts.cells[each], repr(each))))
    return frozenset(hidden)


def close_over_time(
    now: Counts, hidden: Iterable[Cell], before: Counts, hidden_before: Iterable[Cell], *, minimum: int
) -> frozenset[Cell]:
    """Hide as much more of today's counts as keeps the small ones of both reports safe from readers of both.

    A count that is the same in both reports is taken to be known to be the same, so that hiding it in one of them does
    not help. What nothing can protect is left as it is.

    Args:
        now: Today's counts.
        hidden: Their hidden cells.
        before: The counts of the report before.
        hidden_before: Their hidden cells.
        minimum: Fewest people of a group that may be shown.

    Returns:
        Today's hidden cells.
    """
    hidden, hidden_before = frozenset(hidden), frozenset(hidden_before)
    told = {each for each, value in before.cells.items() if now.cells.get(each) == value}
    told -= hidden_before | before.never_shown
    names = {each: (each, "now") for each in now.cells}
    names_before = {
        each: (each, "now" if now.cells.get(each) == value else "before") for each, value in before.cells.items()
    }
    both = Counts(
        {names_before[each]: value for each, value in before.cells.items()}
        | {names[each]: value for each, value in now.cells.items()},
        [*_renamed(now.lines, names), *_renamed(before.lines, names_before)],
        frozenset(names[each] for each in now.never_shown)
        | frozenset(names_before[each] for each in before.never_shown),
    )

    def unknown(today: frozenset[Cell]) -> set[Cell]:
        known_today = {names[each] for each in now.cells} - {names[each] for each in today | now.never_shown}
        old = {names_before[each] for each in hidden_before} - known_today
        return old | {names[each] for each in today - told}

    small = {names[each] for each in now.small(minimum)} | {names_before[each] for each in before.small(minimum)}
    candidates = [each for each, value in now.cells.items() if value and each not in told | now.never_shown]
    for cell in sorted(small, key=repr):
        trial = hidden
        for more in sorted(candidates, key=lambda each: (now.cells[each], repr(each))):
            if not _exposed(both, unknown(trial), cell, minimum):
                break
            trial |= {more}
        if not _exposed(both, unknown(trial), cell, minimum):
            hidden = trial
    return hidden


def _exposed(counts: Counts, unknown: set[Cell], cell: Cell, minimum: int) -> bool:
    return bool(given_away(counts, unknown, [cell], minimum=minimum))


def _renamed(lines: Sequence[Line], names: Mapping[Cell, Cell]) -> list[Line]:
    return [Line({names[cell]: sign for cell, sign in line.terms.items()}, line.total) for line in lines]


def _tightest(counts: Counts, hidden: set[Cell], cell: Cell, free: set[Cell]) -> set[Cell]:
    """What is left to hide of the line that leaves the unknowns tied to `cell` least room."""
    unknown, tied, lines = hidden | counts.never_shown, {cell}, []
    grown = True
    while grown:
        lines = [line for line in counts.lines if tied & line.terms.keys()]
        wider = tied.union(*(line.terms.keys() & unknown for line in lines))
        grown, tied = len(wider) > len(tied), wider
    rooms = []
    for place, line in enumerate(lines):
        inside = line.terms.keys() & unknown
        room = sum(counts.cells[each] - 1 for each in inside)
        if line.terms.keys() & free:
            rooms.append((room, place))
    return set(lines[min(rooms)[1]].terms.keys() & free) if rooms else set()
