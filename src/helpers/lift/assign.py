"""Arms for a list of people, for starting an experiment: the same person gets the same arm whenever it is asked."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from helpers.datasets.aside import instead_of
from helpers.errors import InputOutput, WrongUse, cannot_write, closest
from helpers.statistics import SampleRatio, check, sample_ratio

_STEPS = 2**64


class Assigned(NamedTuple):
    """A list of people with their arms.

    Attributes:
        file: The CSV with columns identifier, experiment and arm, in the order of the list.
        counts: People by arm.
        ratio: Test of these against the planned shares.
    """

    file: Path
    counts: dict[str, int]
    ratio: SampleRatio


def arm_of(identifier: str, *, experiment: str, shares: Mapping[str, float]) -> str:
    """The arm of one person in one experiment.

    SHA-256 of experiment and identifier as a number from 0 to 1, held against the shares one after another: who is in
    which arm of one experiment says nothing of another one (Kohavi, Tang and Xu, 2020, Trustworthy online controlled
    experiments). Blanks around an identifier do not count. No arm may be added, renamed, moved or given another share
    once people have theirs.

    Args:
        identifier: The person, as in the list.
        experiment: Name of the experiment, which keeps arms of different ones apart.
        shares: Relative size of each arm, in the order of their declaration.

    Raises:
        WrongUse: If a share is not above 0.
    """
    for arm, share in shares.items():
        check(f"share of {arm}", share, gt=0)
    # The length keeps name and identifier apart, whatever characters they hold.
    text = f"{len(experiment)}:{experiment}{identifier.strip()}"
    place = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) / _STEPS * sum(shares.values())
    for arm, share in shares.items():
        place -= share
        if place < 0:
            return arm
    return arm  # rounding of shares may leave a hair at the end


def assign(source: Path, target: Path, *, experiment: str, shares: Mapping[str, float], column: str = "") -> Assigned:
    """Write a list of people with their arms.

    Args:
        source: One identifier a line; or, with `column`, a CSV with a header.
        target: The CSV to write.
        experiment: Name of the experiment.
        shares: Relative size of each arm, in the order of their declaration; at least two.
        column: Column of the CSV that holds the identifiers; empty for one identifier a line.

    Raises:
        InputOutput: If a file cannot be read or written.
        WrongUse: If the list is empty, is no such file, or names nobody or somebody twice in a line; or `target` is
            the list itself.
    """
    if target.exists() and source.exists() and target.samefile(source):
        raise WrongUse(f"{target} is the list itself. Name another file for the arms.")
    if not target.absolute().parent.is_dir():
        raise InputOutput(f"{target} cannot be written: there is no folder {target.parent}. Make it, or name another.")
    people = list(identifiers(source, column=column))
    arms = {person: arm_of(person, experiment=experiment, shares=shares) for person in people}
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("identifier", "experiment", "arm"))
    rows.writerows((person, experiment, arm) for person, arm in arms.items())
    try:
        with instead_of(target) as aside:
            aside.write_text(text.getvalue(), encoding="utf-8")
    except OSError as error:
        raise cannot_write(target, error) from None
    counts = Counter(arms.values())
    found = {arm: counts[arm] for arm in shares}
    return Assigned(target, found, sample_ratio(found, shares))


def identifiers(source: Path, *, column: str = "") -> Iterator[str]:
    """Identifiers of a file, without blanks around them, each once.

    Args:
        source: One identifier a line; or, with `column`, a CSV with a header.
        column: Column of the CSV; empty for one identifier a line.

    Raises:
        InputOutput: If the file cannot be read.
        WrongUse: If it is empty, is not UTF-8, has no such column, or a line names nobody, or somebody again.
    """
    seen: dict[str, int] = {}
    for line, value in _values(source, column):
        person = value.strip()
        if not person:
            raise WrongUse(f"{source}, line {line}: there is no identifier. Remove the line or fill it in.")
        if person in seen:
            raise WrongUse(f"{source}, line {line}: this identifier stood on line {seen[person]} already.")
        seen[person] = line
        yield person
    if not seen:
        raise WrongUse(f"{source} names nobody.")


def _values(source: Path, column: str) -> Iterator[tuple[int, str]]:
    """Each identifier as it stands in the file, with its line."""
    lines = _lines(source)
    if column:
        yield from _cells(source, lines, column)
        return
    for line, text in enumerate(lines, 1):
        if "," in text or ";" in text or "\t" in text:
            raise WrongUse(
                f"{source}, line {line}: expected one identifier a line and found several fields. For a CSV, say "
                "by --column which of its columns holds the identifiers."
            )
        yield line, text


def _cells(source: Path, lines: list[str], column: str) -> Iterator[tuple[int, str]]:
    rows = csv.reader((f"{line}\n" for line in lines), strict=True)
    try:
        header = next(rows, [])
        if header.count(column) != 1:
            found = f"{header.count(column)} times" if column in header else "not"
            raise WrongUse(
                f"{source}, line 1: the column {column!r} is {found} in the header; there are "
                f"{', '.join(header) or 'none'}{closest(column, [each for each in header if each != column]) or '.'}"
            )
        for row in rows:
            if len(row) != len(header):
                raise WrongUse(f"{source}, line {rows.line_num}: {len(row)} fields; the header has {len(header)}.")
            yield rows.line_num, row[header.index(column)]
    except csv.Error as error:
        raise WrongUse(f"{source}, line {rows.line_num}: this is no CSV: {error}.") from None


def _lines(source: Path) -> list[str]:
    try:
        data = source.read_bytes()
    except OSError as error:
        raise InputOutput(f"{source} cannot be read: {error.strerror}.") from None
    try:
        # Spreadsheets begin a file with a mark, which is no part of the first identifier.
        return data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise WrongUse(f"{source}, line {line}: not UTF-8. Save the file as UTF-8.") from None
