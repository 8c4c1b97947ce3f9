"""A tiny main job for tests of the runner: two stages of three-cell notebooks, quick enough to be killed often.

As a program it is the command line on that job: `python tiny.py FOLDER run tiny`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from helpers.datasets import paths
from helpers.runs import pages, publish, run, stages
from helpers.runs.stages import Stage

TINY = (Stage("ingestion", "01_ingestion"), Stage("profiles", "02_profiles", ("ingestion",)))

SETTINGS = """
name = "tiny"
title = "A tiny shop"
currency = "EUR"
timezone = "Europe/Berlin"
history_ends = 2026-03-31
[report]
owner = "Tests"
contact = "tests@example.com"
[consent]
basis = "contract"
reason = "made up"
[[source]]
name = "orders"
files = ["orders.csv"]
format = "delimited"
columns = ["at", "who"]
  [[source.emit]]
  event = "Order Completed"
  timestamp = "at"
  user_id = "who"
"""

PARAMETERS = 'dataset: str = "tiny"  # data set\nas_of: str = ""  # day\nspeed: float = 1.0  # nothing\n'
# Writes a table and a result that carry the run's id, so that a test can tell whose they are.
STAMP = """import os
import pandas as pd
import helpers
shop = helpers.open(dataset, as_of=as_of)
run = os.environ.get("WORKBENCH_RUN", "nobody")
moment = pd.Timestamp("2026-03-30 12:00")
row = {"source_id": "orders", "file": run, "sha256": "", "bytes": 1, "events": 1, "rows_repeated": 0}
row |= {"first_event": moment, "last_event": moment, "loaded_at": moment}
row |= {"quarantine_reason": None, "columns_added": None}
parts = ("read", "kept", "rejected", "quarantined", "duplicate", "skipped")
texts = dict.fromkeys(("quarantine_reason", "columns_added"), "string")
rows = pd.DataFrame([row | {f"rows_{part}": 1 for part in parts}]).astype(texts)
_ = shop.write("ledger", rows)
"""
RECORD = """entry = {"key": "ingestion.rows_read", "value": 1, "lo": None, "hi": None, "level": None, "n": None,
    "numerator": None, "unit": "records", "definition": "d", "method": None}
shop.write_results("ingestion", [entry])
print("made by", run)
"""
FOLLOW = """import helpers
shop = helpers.open(dataset, as_of=as_of)
print("made from", shop.frame("ledger")["file"][0])
"""


def notebook(*sources: str) -> dict:
    """A notebook with a title, a parameters cell and code cells."""
    cells = [{"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# Is it well?"}]
    for number, source in enumerate([PARAMETERS, *sources]):
        # What a cell prints reaches a page only as a record.
        tags = {"tags": ["nbval-check-output" if number else "parameters"]}
        cells.append(
            {
                "cell_type": "code",
                "id": f"cell{number}",
                "metadata": tags,
                "execution_count": None,
                "outputs": [],
                "source": source,
            }
        )
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def write_job(folder: Path, *, first: tuple[str, ...] = (STAMP, RECORD), second: tuple[str, ...] = (FOLLOW,)) -> None:
    """Write the notebooks of the tiny job."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, sources in (("01_ingestion", first), ("02_profiles", second)):
        (folder / f"{name}.ipynb").write_text(json.dumps(notebook(*sources)), encoding="utf-8")


def write_shop(home: Path) -> None:
    """Write the data set of the tiny job under a WORKBENCH_HOME."""
    raw = home / "data" / "tiny" / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    (raw / "orders.csv").write_text("at,who\n2026-01-01,a\n", encoding="utf-8")
    (home / "data" / "tiny" / "dataset.toml").write_text(SETTINGS, encoding="utf-8")


def install(folder: Path, replace=setattr) -> None:
    """Put the tiny job in place of the real one."""
    replace(paths, "notebooks", lambda: folder)
    for module in (stages, run, pages, publish):
        replace(module, "STAGES", TINY)


if __name__ == "__main__":
    from helpers import cli

    install(Path(sys.argv.pop(1)))
    cli.main()
