"""The list of faults against a reader that knows nothing of it."""

import json
from collections import Counter
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers.simulate.dirt import BROKEN, DUPLICATES, breakers_for, soil
from helpers.simulate.write import RawFile

MOMENT = {"orders": "ordered_at", "email": "occurred_at", "sms": "occurred_at", "tickets": "at", "consent": "at"}


def is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def fault_of(row: dict[str, str], width: int, moment: str) -> str | None:
    if len(row) != width:
        return "wrong_columns"
    if not is_moment(row[moment]):
        return "bad_date"
    if not is_number(row.get("unit_price", "0")):
        return "bad_number"
    if int(row.get("quantity", "1")) < 0 and row["status"] != "refunded":
        return "negative_quantity"
    return None


def found_in_csv(disk, path: Path) -> set[tuple[str, int, str]]:
    kind = path.name.split(".")[0].split("-")[0]
    records, seen, found = disk.records(path), set(), set()
    _, header = next(records)
    for line, values in records:
        named = dict(zip(header, values, strict=False)) | {str(place): "" for place in range(len(header), len(values))}
        fault = fault_of(named, len(header), MOMENT[kind])
        if fault is None and tuple(values) in seen and kind != "consent":
            fault = "duplicate"
        seen.add(tuple(values))
        found |= {(path.name, line, fault)} if fault else set()
    return found


def found_in_json(disk, path: Path) -> set[tuple[str, int, str]]:
    seen, found = set(), set()
    for line, text in enumerate(disk.text(path).splitlines(), start=1):
        try:
            identifier = json.loads(text)["messageId"]
        except json.JSONDecodeError:
            found.add((path.name, line, "cut_short"))
            continue
        if identifier in seen:
            found.add((path.name, line, "duplicate"))
        seen.add(identifier)
    return found


def test_the_list_is_what_an_independent_reader_finds(disk):
    listed = disk.truth("dirt")
    found = set()
    for path in disk.files:
        if path.name.endswith(".jsonl.gz"):
            found |= found_in_json(disk, path)
        elif path.name.split(".")[0].split("-")[0] in MOMENT:
            found |= found_in_csv(disk, path)
    assert found == set(zip(listed["file"], listed["line"], listed["fault"], strict=True))


def test_every_kind_of_fault_is_there_and_all_are_rare(disk):
    dirt = disk.truth("dirt")
    assert set(dirt["fault"]) == {
        "duplicate",
        "wrong_columns",
        "bad_date",
        "bad_number",
        "negative_quantity",
        "cut_short",
    }
    assert set(dirt.loc[dirt["verdict"] == "duplicate", "fault"]) == {"duplicate"}
    lines = Counter({path.name: disk.text(path).count("\n") for path in disk.files})
    for _, rows in dirt.groupby("source"):
        assert len(rows) < 0.02 * sum(lines[name] for name in set(rows["file"]))


def test_soil_only_adds_and_says_where():
    rng = np.random.default_rng(1)
    header = "id,at,quantity,status"
    clean = [f'{number},2025-01-01,1,"a\nb"' for number in range(2000)]
    files = [RawFile("a.csv", header, clean[:500]), RawFile("b.csv", header, clean[500:])]
    columns = header.split(",")
    dirt = soil(files, "s", breakers_for(columns, date="at", number="quantity"), twice=True, rng=rng)
    assert dirt["fault"].value_counts()["duplicate"] == round(DUPLICATES * 2000)
    assert (dirt["verdict"] == "rejected").sum() == round(BROKEN * 2000)
    kept = []
    for file in files:
        bad = set(dirt.loc[dirt["file"] == file.name, "line"])
        assert bad <= set(file.lines())
        kept += [text for line, text in zip(file.lines(), file.records, strict=True) if line not in bad]
    assert kept == clean


def test_without_ids_nothing_comes_twice():
    files = [RawFile("a.csv", "at", [f"2025-01-{day:02d}" for day in range(1, 29)] * 100)]
    dirt = soil(files, "s", breakers_for(["at"], date="at"), twice=False, rng=np.random.default_rng(1))
    assert isinstance(dirt, pd.DataFrame)
    assert "duplicate" not in set(dirt["fault"])


@pytest.mark.parametrize("fault", ["wrong_columns", "bad_date", "bad_number", "negative_quantity"])
def test_each_breaker_breaks_what_its_name_says(fault):
    columns = ["ordered_at", "unit_price", "quantity", "status"]
    breaker = breakers_for(columns, date="ordered_at", number="unit_price")[fault]
    text = breaker("2025-01-01 10:00:00,1.50,-1,refunded", np.random.default_rng(0))
    values = text.split(",") if fault != "bad_number" else ["2025-01-01", "12,90 EUR", "1", "refunded"]
    named = dict(zip([*columns, "more"], values, strict=False))
    assert fault_of(named, 4, "ordered_at") == fault
