"""The dictionary of metrics as a page that people read; `make docs` writes it, and a test keeps it true."""

from __future__ import annotations

from pathlib import Path

from helpers.datasets import paths
from helpers.datasets.declare import Column
from helpers.datasets.tables.metrics import GROUPS, PARTS

FILE = paths.REPOSITORY / "data" / "METRICS.md"
_HEAD = """# What a profile says

Made by `make docs` from the declarations in `src/helpers/datasets/tables/metrics.py`; change it there.

A row of table `profiles` is one person as of a local midnight, told from earlier events alone; a row of `panel` is the
same at an earlier one. A **fact** is exact: a count, a sum, a date. An **estimate** holds what was observed of a person
against what the others of the same day are like: beside NAME stand `NAME_observed`, `NAME_n` (what it rests on),
`NAME_lo` and `NAME_hi` (they hold the truth in 4 of 5 such cases) and `NAME_confidence` (0: it knows no more of them
than of anybody, 1: all). What a data set never tells of anybody is missing for everybody; what a person did not do is
0.
"""
_GROUP = """
## {title}

| metric | kind | unit | meaning |
|---|---|---|---|
"""


def documented() -> str:
    """The dictionary as Markdown, one row a metric, in the order of the table."""
    return _HEAD + "".join(_GROUP.format(title=name.capitalize()) + _rows(group) for name, group in GROUPS.items())


def write(file: Path = FILE) -> None:
    """Write the dictionary."""
    file.write_text(documented(), encoding="utf-8")


def _rows(group: tuple[Column, ...]) -> str:
    estimates = {column.name.removesuffix("_confidence") for column in group if column.name.endswith("_confidence")}
    estimates &= {column.name for column in group}
    parts = {f"{name}_{part}" for name in estimates for part in PARTS}
    return "".join(
        f"| `{column.name}` | {'estimate' if column.name in estimates else 'fact'} | {column.unit} "
        f"| {column.meaning.split(' An estimate:')[0]} |\n"
        for column in group
        if column.name not in parts
    )
