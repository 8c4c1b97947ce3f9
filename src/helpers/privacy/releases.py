"""What a run published, kept among its tables so that the next run can hide what the two would give away together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.datasets import paths
from helpers.datasets.aside import instead_of
from helpers.datasets.store import published_run
from helpers.errors import cannot_write
from helpers.privacy.disclosure import Counts, Line
from helpers.privacy.suppression import Published, publish

if TYPE_CHECKING:
    from helpers.datasets import Shop


def publish_for(shop: Shop, name: str, frame: pd.DataFrame, **how: Any) -> Published:
    """Publish a table of a data set with an eye on the report before, and keep its counts for the next.

    Args:
        shop: The data set.
        name: What the table is called from run to run, such as "profiles.countries".
        frame: The table as it is.
        **how: As for `publish`, but for `before`.

    Returns:
        The table with its hidden figures missing.

    Raises:
        InputOutput: The counts cannot be kept.
    """
    run = published_run(shop.name)
    before = _recall(paths.run_tables(shop.name, run) / _file(name)) if run else None
    published = publish(frame, before=before, **how)
    file = shop.store.folder / _file(name)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with instead_of(file) as aside:
            aside.write_text(_as_json(published), encoding="utf-8")
    except OSError as error:
        raise cannot_write(file, error) from None
    return published


def suppressed(tables: Path) -> tuple[int, int]:
    """How many counts of people a run hides in its report, and how many it has there in all.

    Args:
        tables: The folder of the run's tables.
    """
    kept = [published for file in sorted(tables.glob("published/*.json")) if (published := _recall(file))]
    shown = [set(each.counts.cells) - each.counts.never_shown for each in kept]
    return sum(len(each.withheld) for each in kept), sum(map(len, shown))


def _file(name: str) -> Path:
    return Path("published", f"{name}.json")


def _as_json(published: Published) -> str:
    counts = published.counts
    places = {cell: place for place, cell in enumerate(counts.cells)}
    content = {
        "minimum": published.minimum,
        "cells": [[*row, column, value] for (row, column), value in counts.cells.items()],
        "lines": [[[[places[cell], sign] for cell, sign in line.terms.items()], line.total] for line in counts.lines],
        "never_shown": sorted(places[cell] for cell in counts.never_shown),
        "withheld": sorted(places[cell] for cell in published.withheld),
    }
    return json.dumps(content, ensure_ascii=False) + "\n"


def _recall(file: Path) -> Published | None:
    """What `_as_json` kept, as far as `publish` needs it; None where nothing was kept."""
    if not file.exists():
        return None
    content = json.loads(file.read_text(encoding="utf-8"))
    cells = [(tuple(row), column) for *row, column, _ in content["cells"]]
    counts = Counts(
        cells=dict(zip(cells, (each[-1] for each in content["cells"]), strict=True)),
        lines=[Line({cells[place]: sign for place, sign in terms}, total) for terms, total in content["lines"]],
        never_shown=frozenset(cells[place] for place in content["never_shown"]),
    )
    return Published(
        frame=pd.DataFrame(),
        hidden=pd.DataFrame(),
        minimum=content["minimum"],
        counts=counts,
        withheld=frozenset(cells[place] for place in content["withheld"]),
    )
