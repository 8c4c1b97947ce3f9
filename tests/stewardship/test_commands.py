"""The verbs themselves, the main job alone standing in for by `world.rebuild`."""

import json
import shutil

import pytest
from typer.testing import CliRunner

from helpers.cli import app
from helpers.datasets import paths
from helpers.privacy import tombstones
from helpers.runs import history
from helpers.stewardship import SURVIVE
from tests.stewardship import world
from tests.stewardship.test_retention import DAYS, keep
from tests.stewardship.world import ANY, MAIL, NAME


@pytest.fixture
def say(home, made, monkeypatch):
    """Runs a command on the shop, which has a key of its own and a limit; gives what it says."""
    shutil.copytree(made["own key"], home, symlinks=True)
    keep(DAYS)
    monkeypatch.setattr("helpers.runs.run.run", lambda request, log, hooks: world.rebuild())

    def say(*words):
        done = CliRunner().invoke(app, [words[0], NAME, *words[1:]], catch_exceptions=False)
        assert done.exit_code == 0
        return done.stdout

    return say


def test_forget(say):
    assert MAIL in (paths.raw(NAME) / "orders.csv").read_text()
    before = history.latest(NAME).run
    said = say("forget", "--identifier", ANY[0])
    assert said.startswith("Forgotten: ")
    assert "/certificates/" in said
    assert MAIL not in (paths.raw(NAME) / "orders.csv").read_text()
    assert history.latest(NAME).run != before
    assert not list(paths.run_tables(NAME, before).glob("*.parquet"))


def test_retain(say):
    before = history.latest(NAME).run
    days, done = say("retain").splitlines()
    assert days == "Events                       kept since 2025-02-03"
    assert done == f"10 events folded. Equal before and after: {', '.join(SURVIVE)}."
    assert not list(paths.run_tables(NAME, before).glob("*.parquet"))


def test_rotate_key(say):
    before = history.shop_of_latest(NAME).store.published_key()
    said = say("rotate-key")
    after = history.shop_of_latest(NAME).store.published_key()
    assert before != after
    assert f"has the fingerprint {after}." in said


def test_export_and_card(say):
    said = say("export", "daily", "--to", "json")
    assert "rows in " in said
    assert len(json.loads((paths.exports(NAME) / "daily.json").read_text())) == 12
    assert "profiling                yes  since 2024-12-01" in say("card", "--identifier", ANY[1])
    assert tombstones.read(NAME).requests == []
