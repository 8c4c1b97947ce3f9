"""What the documents show is there: files, targets and verbs that they name, and README.md's own data set, run."""

from __future__ import annotations

import importlib
import re
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.main import get_command

import helpers
from helpers import identity
from helpers.cli import app
from helpers.datasets import paths
from helpers.datasets.segment_rules import segment_rules
from helpers.ingestion import ingest

DOCUMENTS = sorted(
    {"README.md", "reports/README.md"}
    | {
        str(file.relative_to(paths.REPOSITORY))
        for top in ("src", "tests")
        for file in (paths.REPOSITORY / top).rglob("*.md")
    }
)
TARGETS = re.findall(r"^([a-z-]+):", (paths.REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
VERBS = get_command(app).commands
# What says the attributes that README.md compares.
CRM = """
[[source]]
name = "crm"
files = ["crm.csv"]
format = "delimited"
columns = ["id", "at", "first_name", "surname", "dob", "city"]
  [[source.emit]]
  kind = "attribute"
  timestamp = "at"
  external_ids = { crm_id = "id" }
  values = { first_name = "first_name", surname = "surname", dob = "dob", city = "city" }
"""


class Block(NamedTuple):
    """A fenced block: its language, empty where none is said, and its text."""

    language: str
    text: str


def blocks(text: str) -> list[Block]:
    return [Block(*found) for found in re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)]


def typed(text: str) -> list[str]:
    """What a reader would type: lines of fenced and indented blocks without their comments, and what stands in ``."""
    lines = [line for block in blocks(text) for line in block.text.splitlines()]
    lines += [line.strip() for line in text.splitlines() if line.startswith("    ")]
    spans = re.findall(r"`([^`]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL))
    return [re.sub(r"\s#\s.*", "", line) for line in lines] + [" ".join(span.split()) for span in spans]


HOUSE = paths.REPOSITORY / "src"
ROOMS = sorted(file.parent for file in HOUSE.glob("helpers/*/**/__init__.py"))


@pytest.fixture(params=DOCUMENTS)
def document(request) -> Path:
    return paths.REPOSITORY / request.param


@pytest.fixture
def readme() -> list[Block]:
    return blocks((paths.REPOSITORY / "README.md").read_text(encoding="utf-8"))


def test_links_lead_to_what_is_there(document):
    for target in re.findall(r"\]\((?!https?://)([^)#]+)[^)]*\)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target


def test_files_of_ours_that_are_named_are_there(document):
    for span in typed(document.read_text(encoding="utf-8")):
        for name in re.findall(r"(?:^|[\s(])((?:src|tests|notebooks)/[\w./-]*\w)", span):
            assert (paths.REPOSITORY / name).exists() or name == "notebooks/scratch" or "ROOM" in name, name


def test_targets_of_make_that_are_named_are_there(document):
    for line in typed(document.read_text(encoding="utf-8")):
        for target in re.findall(r"^make ([a-z][a-z-]*)", line):
            assert target in TARGETS


def test_verbs_and_options_that_are_named_are_there(document):
    for line in typed(document.read_text(encoding="utf-8")):
        for verb, rest in re.findall(r"(?:^|/|; )workbench ([a-z][a-z-]*)([^;|>]*)", line):
            assert verb in VERBS, line
            options = {option for own in VERBS[verb].params for option in own.opts}
            assert set(re.findall(r"--[a-z-]+", rest)) <= options, line


def test_the_data_set_of_readme_becomes_events(readme, write_dataset):
    sample = next(block.text for block in readme if block.text.startswith("order,when,"))
    settings = next(block.text for block in readme if block.text.startswith('name = "myshop"'))
    folder = write_dataset(name="myshop", files={"orders-2026-01.csv": sample})
    (folder / "dataset.toml").write_text(settings, encoding="utf-8")
    shop = helpers.open("myshop", as_of="2026-02-01")
    ingest(shop)
    (event,) = shop.table("events").to_pyarrow().to_pylist()
    said = dict(zip(*(line.split(",") for line in sample.splitlines()), strict=True))
    assert event["event"] == "Order Completed"
    assert (event["order_id"], event["product_id"]) == (said["order"], said["sku"])
    assert (str(event["revenue"]), str(event["quantity"])) == (f"{float(said['amount']):.4f}", said["pieces"])
    assert f"{event['local_time']:%Y-%m-%d %H:%M}" == said["when"]
    identity.stitch(shop)
    assert {row["type"] for row in identity.current(shop).to_pyarrow().to_pylist()} == {"user_id", "email"}


def test_what_else_readme_shows_of_a_settings_file_is_taken(readme, write_dataset):
    whole, *more = (block.text for block in readme if block.language == "toml")
    groups = [part for part in more if part.startswith("[segment.")]
    (write_dataset(name="myshop") / "segments.toml").write_text("\n".join(groups), encoding="utf-8")
    assert tomllib.loads("\n".join(groups))["segment"].keys() <= segment_rules("myshop").keys()
    more = [part for part in more if part not in groups]
    assert groups
    assert more
    for part in more:
        tables, plain = (part, "") if part.lstrip().startswith("[") else ("", part)
        folder = write_dataset(name="myshop")
        (folder / "dataset.toml").write_text(f"{plain}\n{whole}\n{CRM}\n{tables}", encoding="utf-8")
        assert helpers.open("myshop").settings
        assert tomllib.loads(part)


def test_a_test_that_is_shown_is_one_of_ours():
    shown = [block.text for block in blocks((paths.REPOSITORY / "tests/README.md").read_text(encoding="utf-8"))]
    shown = [text for text in shown if text.startswith("# tests/")]
    assert shown
    for text in shown:
        place, code = text.split("\n", 1)
        assert code.strip() in (paths.REPOSITORY / place.removeprefix("# ")).read_text(encoding="utf-8")


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: ".".join(room.relative_to(HOUSE).parts))
def test_a_room_says_in_which_order_to_read_its_modules(room):
    said = importlib.import_module(".".join(room.relative_to(HOUSE).parts)).__doc__
    parts = [*room.glob("*.py"), *(file.parent for file in room.glob("*/__init__.py"))]
    assert [part.stem for part in parts if f"`{part.stem}`" not in said and not part.stem.startswith("_")] == []
