from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest

import helpers
from helpers.datasets import folded, lock, paths
from helpers.errors import WrongUse
from helpers.runs import history
from helpers.runs.caveats import warning
from helpers.runs.migrate import described, migrate, plan
from helpers.runs.run import Done, Request, describe
from helpers.stewardship import SURVIVE, refold, retain
from tests.stewardship import world
from tests.stewardship.test_retention import DAYS, keep
from tests.stewardship.world import ANY, NAME


@pytest.fixture(scope="module")
def once(tmp_path_factory, home_at):
    """The shop with folded events."""
    with home_at(tmp_path_factory.mktemp("folded") / "home") as folder:
        world.write()
        keep(DAYS)
        retain(world.rebuild(), rebuild=world.rebuild, clear=world.clear)
    return folder


@pytest.fixture
def shop(home, once):
    shutil.copytree(once, home, symlinks=True)
    return helpers.open(NAME)


def rebuild(request: Request) -> Done:
    world.rebuild()
    return Done(run=history.latest(NAME).run, index=paths.latest(NAME), why_not_latest="")


def make_anew(rebuild=rebuild):
    return list(migrate(plan(NAME), workers=1, rebuild=rebuild))


def without_kinds():
    """As a folder is that was folded before there was such a table."""
    (folded(NAME).folder / "daily_kinds.parquet").unlink()
    written = manifest()
    del written["versions"], written["breaks"]
    write_manifest(written)


def of_version(table, version):
    written = manifest()
    written["versions"][table] = version
    write_manifest(written)


def without_column(table, column):
    file = folded(NAME).folder / f"{table}.parquet"
    pd.read_parquet(file).drop(columns=column).to_parquet(file)


def manifest():
    return json.loads((folded(NAME).folder / "folded.json").read_text())


def write_manifest(written):
    (folded(NAME).folder / "folded.json").write_text(json.dumps(written))


def files():
    return {file: file.read_bytes() for file in paths.home().rglob("*") if file.is_file() and ".lock" not in file.name}


OLDER = {
    "a table": ("daily_kinds", without_kinds, "Nothing was kept for table daily_kinds."),
    "a version": (
        "daily", lambda: of_version("daily", 1), "Table daily was kept as version 1; it is 2 now.",
    ),
    "a column": ("daily", lambda: without_column("daily", "searches"), "Table daily was kept without searches."),
    "what was said": (
        "attributes", lambda: without_column("attributes", "value"), "Table attributes was kept without value.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("older", OLDER)
def test_what_is_kept_by_other_definitions_is_refused_with_the_command(shop, older):
    table, make, said = OLDER[older]
    make()
    with pytest.raises(WrongUse, match="Run `workbench migrate tiny --dry-run`") as caught:
        describe(Request(dataset=NAME))
    assert said in str(caught.value)
    with pytest.raises(WrongUse, match="Run `workbench migrate tiny --dry-run`"):
        folded(NAME).table(shop.engine, table)
    with pytest.raises(WrongUse, match="Run `workbench migrate tiny --dry-run`"):
        retain(shop, rebuild=world.rebuild, clear=world.clear)
    with pytest.raises(WrongUse, match="Run `workbench migrate tiny --dry-run`"):
        world.leave(ANY[0])
    before = files()
    assert f"  {said}" in described(plan(NAME))
    assert files() == before, "a plan changes nothing"


def test_what_was_never_kept_is_marked_and_everything_else_stays(shop):
    before = world.contents()
    without_kinds()
    make_anew()
    after = world.contents()
    assert {table for table in SURVIVE if before[table] != after[table]} <= {"daily_kinds", "profiles"}
    assert before["daily"] == after["daily"]
    assert "Table daily_kinds tells nothing of events before 3 February 2025, nor of what rests on them." in warning(
        shop, "none"
    )
    assert described(plan(NAME)) == ["Nothing is to be made anew: all of 'tiny' is of the present definitions."]
    assert [each.table for each in folded(NAME).breaks] == ["daily_kinds"]


def test_interrupted_after_folded_facts_were_marked_the_same_command_ends_it(shop):
    def interrupted(request):
        raise KeyboardInterrupt

    of_version("daily", 1)
    before = world.contents()
    with pytest.raises(KeyboardInterrupt):
        make_anew(rebuild=interrupted)
    kept = folded(NAME)
    assert plan(NAME).reasons, "the report is older than what is kept"
    make_anew()
    assert folded(NAME).folder == kept.folder, "marked once"
    assert world.contents() == before
    assert "Table daily counts by an earlier definition before 3 February 2025." in warning(shop, "none")
    assert not plan(NAME).reasons


def test_a_column_that_was_not_kept_is_read_as_nothing(shop):
    facts = pd.read_parquet(folded(NAME).folder / "daily.parquet")
    without_column("daily", "web_events")
    refold(shop)
    filled = pd.read_parquet(folded(NAME).folder / "daily.parquet")
    assert facts.web_events.sum() > 0
    pd.testing.assert_frame_equal(filled, facts.assign(web_events=0))
    assert "Table daily counts web_events since 3 February 2025 only." in warning(shop, "none")
    refold(shop)
    assert len(folded(NAME).breaks) == 1


def test_an_older_folder_that_was_left_behind_goes(shop):
    kept = folded(NAME).folder
    shutil.copytree(kept, kept.with_name("20200101T000000000000Z"))
    of_version("daily", 1)
    refold(shop)
    assert [each.name for each in paths.folded(NAME).iterdir()] == [folded(NAME).folder.name]
    assert not kept.exists()


def test_what_cannot_be_read_as_nothing_is_refused_and_left_alone(shop):
    without_column("daily", "purpose")
    before = files()
    with pytest.raises(WrongUse, match="Nothing can stand in column 'purpose'"):
        plan(NAME)
    assert files() == before


def test_a_moment_before_the_folded_ones_stays_a_break(shop):
    last = history.latest(NAME)
    folder = paths.report_run(NAME, "20250115T000000Z")
    folder.mkdir(parents=True)
    said = last.as_json() | {"run": folder.name, "as_of": "2025-01-15", "tables": {"daily": {"version": 1}}}
    (folder / "manifest.json").write_text(json.dumps(said))
    lines = described(plan(NAME))
    assert any("left out of every series, for the events before 2025-02-03 are folded" in line for line in lines)
    assert plan(NAME).anew == []


def test_while_a_run_is_under_way_nothing_is_marked(shop):
    of_version("daily", 1)
    with lock.hold(NAME, who="run r1"), pytest.raises(helpers.errors.Locked):
        make_anew()
    assert folded(NAME).unlike()
