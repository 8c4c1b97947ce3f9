"""A year of daily files, delivered in another order, in parts, some twice: the tables of one full load."""

from __future__ import annotations

import json
import random
import shutil

import helpers
from helpers.datasets import paths
from helpers.ingestion import ingest

TABLES = ("events", "sessions", "orders", "ledger", "rejects", "duplicates", "plan_violations")
BATCHES = 8


def contents():
    """The fingerprint of each table, in which neither order nor the moment of loading counts."""
    folder = paths.scratch("online_retail")
    return {table: json.loads((folder / f"{table}.meta.json").read_text())["content"] for table in TABLES}


def test_shuffled_daily_files_give_the_tables_of_one_load(home, real_data):
    files = sorted((real_data / "online_retail" / "by-day").glob("*.csv"))
    raw = paths.raw("online_retail")
    raw.mkdir(parents=True)
    for file in files:
        shutil.copy(file, raw)
    ingest(helpers.open("online_retail"))
    once = contents()
    shutil.rmtree(paths.dataset("online_retail"))
    raw.mkdir(parents=True)
    chance = random.Random(5)
    chance.shuffle(files)
    for number in range(BATCHES):
        for file in files[number::BATCHES] + chance.sample(files[: number * 30 + 1], 1):
            shutil.copy(file, raw)
        ingest(helpers.open("online_retail"))
    assert len(list(raw.iterdir())) == 305
    assert contents() == once
