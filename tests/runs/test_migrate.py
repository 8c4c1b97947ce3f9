from __future__ import annotations

import json
import shutil
import signal
import time

import pytest
from typer.testing import CliRunner

from helpers.cli import app
from helpers.datasets import lock, paths
from helpers.errors import Locked, WrongUse
from helpers.runs import history
from helpers.runs import run as run_module
from helpers.runs.migrate import described, plan
from tests.runs import tiny
from tests.runs.conftest import Job
from tests.runs.test_series import grow_old, remembered

PAST, NOW = "2026-02-01", "2026-04-01"
# Equal whichever run makes it, and other from moment to moment.
SAME = tiny.STAMP.replace('os.environ.get("WORKBENCH_RUN", "nobody")', "as_of")


def outdate(run):
    """Let a run have been made when `ledger` was of another version, its table on disk too."""
    grow_old(run)
    file = paths.run_tables("tiny", run) / "ledger.meta.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"version": 0}))


@pytest.fixture(scope="module")
def once(tmp_path_factory, home_at):
    """Reports of two moments and a look at the first of them otherwise, all by another version of `ledger`."""
    with home_at(tmp_path_factory.mktemp("old") / "home") as folder, pytest.MonkeyPatch.context() as patch:
        job = Job(folder)
        tiny.install(job.notebooks, patch.setattr)
        job.write(first=(SAME, tiny.RECORD), second=("pass",))
        job.run(as_of=PAST, publish=True)
        job.run(as_of=PAST, overrides={"profiles": {"speed": 2.0}})
        job.run()
        for each in history.past("tiny"):
            outdate(each.run)
    return folder


@pytest.fixture
def old(job, once):
    shutil.copytree(once, job.home, symlinks=True, dirs_exist_ok=True)
    return job


def files(home):
    left_out = (".lock", ".lock.holder")
    return {file: file.read_bytes() for file in home.rglob("*") if file.is_file() and file.name not in left_out}


def made():
    """Of each moment what runs by the present definitions hold, and whether one is the latest."""
    latest = history.latest("tiny").run
    return sorted(
        (str(run.as_of), str(run.parameters), run.tables["ledger"]["content"], run.run == latest)
        for run in history.past("tiny")
        if run.status == "done" and run.tables["ledger"]["version"] == 1
    )


def test_a_dry_run_says_what_is_old_and_changes_nothing(old):
    before = files(old.home)
    done = CliRunner().invoke(app, ["migrate", "tiny", "--dry-run"], catch_exceptions=False)
    assert done.exit_code == 0
    assert "  ledger is of version 0, now 1" in done.stdout
    assert done.stdout.count("looked at anew (ledger 0, now 1)") == 2
    assert files(old.home) == before


def test_what_was_made_by_other_definitions_is_made_anew_once(old):
    before = history.past("tiny")
    code, said, _ = old.command("migrate", "tiny")
    assert code == 0
    assert f"is the latest in place of {before[0].run}" in said
    assert [(day, latest) for day, _, _, latest in made()] == [(PAST, False), (PAST, False), (NOW, True)]
    rows, table = remembered(old)
    assert len(rows) == 2
    assert "another definition" not in table.get_text()
    runs = len(history.past("tiny"))
    assert "Nothing is to be made anew" in old.command("migrate", "tiny")[1]
    assert len(history.past("tiny")) == runs


def test_killed_in_the_middle_the_same_command_ends_it(old, tmp_path):
    process = old.start("migrate", "tiny")
    before, deadline = len(history.past("tiny")), time.monotonic() + 100
    while len(history.past("tiny")) == before and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1)  # into the run of the second moment
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert 0 < len(made()) < 3
    time.sleep(1)  # its kernel sees that it is alone
    assert old.command("migrate", "tiny")[0] == 0
    contents = {(day, parameters): content for day, parameters, content, _ in made()}
    assert len(made()) == len(contents) == 3, "no moment is looked at twice"
    # What the runs of then hold, which nothing interrupted, the last of each moment.
    whole = {(str(run.as_of), str(run.parameters)): run.tables["ledger"]["content"] for run in history.past("tiny")}
    assert contents == whole
    assert not list(old.reports.glob("runs/.*"))


def test_while_a_run_is_under_way_nothing_is_made_anew(old):
    with lock.hold("tiny", who="run r1"), pytest.raises(Locked, match="run r1"):
        CliRunner().invoke(app, ["migrate", "tiny"], catch_exceptions=False)
    assert made() == []


def set_parameters(run, parameters):
    file = run.folder / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"parameters": parameters}))


def test_what_set_a_parameter_that_is_gone_is_not_made_anew(old):
    run = next(run for run in history.past("tiny") if run.parameters)
    set_parameters(run, {"profiles": {"colour": 1}})
    lines = described(plan("tiny"))
    assert any("left out of every series, for it set profiles.colour" in line for line in lines)
    set_parameters(history.latest("tiny"), {"pottery": {"colour": 1}})
    with pytest.raises(WrongUse, match=r"set pottery\.colour, a parameter that is gone\. Run `workbench run tiny`"):
        plan("tiny")


def test_without_a_run_there_is_nothing_to_migrate(job):
    with pytest.raises(WrongUse, match=r"no finished run yet\. Run `workbench run tiny`"):
        plan("tiny")


def test_what_is_made_anew_is_never_the_latest_of_itself(job):
    this, _ = run_module.prepare(run_module.Request(dataset="tiny", anew=True))
    assert "makes anew" in this.why_not_latest
