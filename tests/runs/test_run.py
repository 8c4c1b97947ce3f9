from __future__ import annotations

import json
import sys
from datetime import timedelta

import pytest

import helpers
from helpers.datasets import lock
from helpers.errors import DataRefused, InputOutput, Locked, NotebookFailed, WorkbenchError, WrongUse
from helpers.runs import history
from helpers.runs import run as run_module
from helpers.runs.hooks import Hooks
from helpers.runs.stages import stage_called
from tests.runs import tiny


def manifest(folder):
    return json.loads((folder / "manifest.json").read_text())


def test_a_whole_run_publishes_pages_and_the_tables_they_rest_on(job):
    done = job.run()
    latest = job.reports / "latest"
    assert done.index == latest / "index.html"
    assert not done.why_not_latest
    found = manifest(latest)
    assert found["run"] == done.run
    assert found["status"] == "done"
    assert found["tables"]["ledger"]["rows"] == 1
    assert f"made by {done.run}" in (latest / "01_ingestion.html").read_text()
    assert f"made from {done.run}" in (latest / "02_profiles.html").read_text()
    results = {each["key"]: each for each in json.loads((latest / "results.json").read_text())["results"]}
    assert list(results) == ["ingestion.rows_read", "privacy.suppressed_cells", "privacy.forgotten"]
    assert (results["privacy.suppressed_cells"]["value"], results["privacy.suppressed_cells"]["n"]) == (0, 0)
    assert not list(job.reports.glob("runs/.*"))


def test_equal_inputs_give_equal_tables_results_and_pages_but_for_the_stamps(job):
    cell = 'import helpers\nshop = helpers.open(dataset, as_of=as_of)\nrun = "always"\n'
    job.write(
        first=(tiny.STAMP.replace('os.environ.get("WORKBENCH_RUN", "nobody")', '"same"'), tiny.RECORD), second=(cell,)
    )
    first, second = (manifest_of(job, job.run().run) for _ in range(2))
    assert first["tables"] == second["tables"]
    pages = [page_without_stamp(job, found) for found in (first, second)]
    assert pages[0] == pages[1]
    assert "No difference" in job.command("compare", "tiny")[1]


def manifest_of(job, run):
    return manifest(job.reports / "runs" / run)


def page_without_stamp(job, found):
    text = (job.reports / "runs" / found["run"] / "02_profiles.html").read_text()
    return [line for line in text.splitlines() if "UTC" not in line and "since the last run" not in line.lower()
            and "first run" not in line and "unchanged" not in line.lower()]  # fmt: skip


def test_a_failing_notebook_leaves_latest_alone_and_a_page_that_says_so(job):
    good = job.run()
    job.write(second=("1 / 0",))
    with pytest.raises(NotebookFailed, match="02_profiles, code cell 3: ZeroDivisionError"):
        job.run()
    assert manifest(job.reports / "latest")["run"] == good.run
    failed = history.past("tiny")[0]
    assert (failed.status, failed.failure["stage"], failed.failure["exit_code"]) == ("failed", "profiles", 5)
    page = (failed.folder / "index.html").read_text()
    assert "ZeroDivisionError" in page
    assert "../../latest/index.html" in page
    assert "failed" in (job.home / "reports" / "index.html").read_text()


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        ("WrongUse", WrongUse),
        ("DataRefused", DataRefused),
        ("InputOutput", InputOutput),
        ("WorkbenchError", WorkbenchError),
    ],
)
def test_our_errors_carry_their_exit_code_out_of_the_kernel(job, raised, expected):
    job.write(first=(f"from helpers.errors import {raised}\nraise {raised}('because')",))
    with pytest.raises(expected, match="because") as caught:
        job.run()
    assert type(caught.value) is expected


def test_nothing_to_do_skips_the_stage_and_all_that_rests_on_it(job):
    job.write(first=("from helpers.errors import NothingToDo\nraise NothingToDo('the shop was closed')",))
    job.run()
    stages = manifest(job.reports / "latest")["stages"]
    assert stages["ingestion"] == {"status": "skipped", "reason": "the shop was closed"}
    assert stages["profiles"]["reason"] == "it builds on ingestion, which was skipped"
    assert "the shop was closed" in (job.reports / "latest" / "index.html").read_text()


@pytest.mark.parametrize("leave", ["import sys\nsys.exit(0)", "raise SystemExit(0)", "import os\nos._exit(0)"])
def test_a_notebook_that_leaves_half_way_has_failed(job, leave):
    job.write(first=(leave, "print('never')"))
    with pytest.raises(NotebookFailed):
        job.run()
    assert not (job.reports / "latest").exists()


def test_a_notebook_that_leaves_in_its_last_cell_has_failed_too(job):
    job.write(second=("raise SystemExit(0)",))
    with pytest.raises(NotebookFailed, match="ended early"):
        job.run()


def test_a_stage_is_tried_again_after_exit_5_and_6_only(job, monkeypatch):
    monkeypatch.setattr(run_module, "BACK_OFF", timedelta(milliseconds=1))
    once = "import pathlib, helpers\nflag = pathlib.Path(helpers.datasets.paths.home() / 'flag')\n"
    job.write(
        first=(f"{once}if not flag.exists():\n    flag.touch()\n    raise RuntimeError('the first time')",),
        second=("pass",),
    )
    job.run(retries=1)
    assert "again in" in job.told.getvalue()
    (job.home / "flag").unlink()
    job.write(first=(f"{once}flag.write_text(flag.read_text() + 'x' if flag.exists() else 'x')\n"
                     "from helpers.errors import DataRefused\nraise DataRefused('bad')",))  # fmt: skip
    with pytest.raises(DataRefused):
        job.run(retries=3)
    assert (job.home / "flag").read_text() == "x"


@pytest.mark.parametrize("error", [NotebookFailed("no"), InputOutput("no"), OSError("no")])
def test_the_pause_before_a_retry_doubles(job, monkeypatch, error):
    pauses = []
    monkeypatch.setattr(run_module.time, "sleep", pauses.append)
    monkeypatch.setattr(run_module, "execute", lambda *a, **k: (_ for _ in ()).throw(error))
    with pytest.raises(NotebookFailed if isinstance(error, NotebookFailed) else InputOutput):
        job.run(retries=3)
    assert pauses == [2.0, 4.0, 8.0]


def test_one_stage_alone_carries_the_others_forward_with_their_own_stamp(job):
    whole = job.run()
    before = (job.reports / "latest" / "01_ingestion.html").read_text()
    part = job.run(only=stage_called("profiles"))
    latest = job.reports / "latest"
    assert manifest(latest)["base"] == whole.run
    assert manifest(latest)["stages"]["ingestion"] == {"status": "carried forward", "reason": f"from run {whole.run}"}
    assert (latest / "01_ingestion.html").read_text() == before
    assert f"made from {whole.run}" in (latest / "02_profiles.html").read_text()
    tables = [job.home / "data" / "tiny" / "runs" / run / "ledger.parquet" for run in (whole.run, part.run)]
    assert tables[0].stat().st_ino == tables[1].stat().st_ino, "an unchanged table is linked, not copied"
    again = job.run(only=stage_called("profiles"))
    assert manifest(job.reports / "runs" / again.run)["stages"]["ingestion"]["reason"] == f"from run {whole.run}"


def test_a_stage_that_the_run_it_builds_on_did_not_know_is_skipped_and_it_is_said_why(job):
    whole = job.run()
    file = job.reports / "runs" / whole.run / "manifest.json"
    known = json.loads(file.read_text())
    del known["stages"]["profiles"]
    file.write_text(json.dumps(known))
    job.run(only=stage_called("ingestion"))
    stages = manifest(job.reports / "latest")["stages"]
    assert stages["profiles"]["status"] == "skipped"
    assert f"run {whole.run} did not know this stage yet" in stages["profiles"]["reason"]


def test_a_stage_alone_does_not_touch_the_tables_of_the_run_it_builds_on(job):
    whole = job.run()
    table = job.home / "data" / "tiny" / "runs" / whole.run / "ledger.parquet"
    before = table.read_bytes()
    job.run(only=stage_called("ingestion"))
    assert table.read_bytes() == before
    assert manifest(job.reports / "latest")["tables"]["ledger"] != manifest_of(job, whole.run)["tables"]["ledger"]


def test_a_stage_alone_needs_a_run_and_its_moment(job):
    with pytest.raises(WrongUse, match="no finished run"):
        job.run(only=stage_called("profiles"))
    job.run()
    with pytest.raises(WrongUse, match="as of 2026-04-01, not 2026-01-01"):
        job.run(only=stage_called("profiles"), as_of="2026-01-01")


def test_a_look_into_the_past_is_kept_and_becomes_latest_only_when_asked(job):
    today = job.run()
    past = job.run(as_of="2026-01-01")
    assert "--publish" in past.why_not_latest
    assert past.index.exists()
    assert manifest(job.reports / "latest")["run"] == today.run
    asked = job.run(as_of="2026-01-01", publish=True)
    assert manifest(job.reports / "latest")["run"] == asked.run


def test_a_dry_run_checks_everything_and_writes_nothing(job):
    before = sorted(job.home.rglob("*"))
    lines = run_module.describe(run_module.Request(dataset="tiny", overrides={"profiles": {"speed": 2.0}}))
    assert "02_profiles: dataset = 'tiny', as_of = '2026-04-01', speed = 2.0" in lines
    assert sorted(job.home.rglob("*")) == before
    (job.home / "data" / "tiny" / "raw" / "orders.csv").unlink()
    with pytest.raises(DataRefused, match=r"orders\.csv"):
        run_module.describe(run_module.Request(dataset="tiny"))


def test_a_run_says_which_killed_run_it_swept_away(job):
    (job.reports / "runs" / ".20260101T000000Z.aside").mkdir(parents=True)
    (job.home / "data" / "tiny" / "runs" / "20260101T000000Z").mkdir(parents=True)
    job.run()
    assert "run 20260101T000000Z had been killed" in job.told.getvalue()
    assert not (job.home / "data" / "tiny" / "runs" / "20260101T000000Z").exists()
    assert not list(job.reports.glob("runs/.*"))


def test_the_second_of_two_runs_is_told_at_once_who_is_first(job):
    with lock.hold("tiny", who="run 1"), pytest.raises(Locked, match=r"'tiny' is being worked on by run 1 \(process"):
        job.run()
    job.run()


def test_a_notebook_does_not_write_while_a_run_is_under_way(job):
    shop = helpers.open("tiny")
    with lock.hold("tiny", who="run 1"), pytest.raises(Locked):
        shop.write_results("ingestion", [])
    shop.write_results("ingestion", [])


def test_hooks_are_called_with_what_happened(job, tmp_path):
    said = tmp_path / "said.jsonl"
    script = tmp_path / "hook.py"
    script.write_text(f"import sys\nopen({str(said)!r}, 'a').write(sys.stdin.read() + '\\n')")
    hooks = Hooks(failed=f"{sys.executable} {script}", recovered=f"{sys.executable} {script}")
    job.run(hooks=hooks)
    job.write(second=("1 / 0",))
    with pytest.raises(NotebookFailed):
        job.run(hooks=hooks)
    job.write()
    done = job.run(hooks=hooks)
    job.run(hooks=hooks)
    payloads = [json.loads(line) for line in said.read_text().splitlines()]
    assert [payload["event"] for payload in payloads] == ["failed", "recovered"]
    assert payloads[0]["exit_code"] == 5
    assert "ZeroDivisionError" in payloads[0]["error"]
    assert payloads[1]["run"] == done.run
    assert payloads[1]["failed_run"] == payloads[0]["run"] != done.run


def test_a_stranger_that_is_neither_ours_nor_the_disks_is_our_fault(job, monkeypatch):
    monkeypatch.setattr(run_module, "publish", lambda *a: {}["gone"])
    with pytest.raises(WorkbenchError, match="KeyError"):
        job.run()
    assert history.past("tiny")[0].failure["exit_code"] == 1


def test_parameters_reach_the_notebook_and_are_told_on_its_page(job):
    job.write(second=("print(f'speed {speed}')",))
    job.run(overrides={"profiles": {"speed": 2.5}})
    page = (job.reports / "latest" / "02_profiles.html").read_text()
    assert "speed 2.5" in page
    assert manifest(job.reports / "latest")["parameters"] == {"profiles": {"speed": 2.5}}


def test_independent_stages_share_the_cores(job):
    job.write(second=("import os\nprint('threads', os.environ['OMP_NUM_THREADS'], os.environ['WORKBENCH_THREADS'])",))
    job.run(workers=1)
    cores = run_module.os.cpu_count()
    assert f"threads {cores} {cores}" in (job.reports / "latest" / "02_profiles.html").read_text()


def test_nobody_else_on_the_machine_can_listen_to_a_kernel(job):
    asked = "import json, ipykernel\nprint('by', json.load(open(ipykernel.get_connection_file()))['transport'])"
    job.write(second=(asked,))
    job.run()
    assert "by ipc" in (job.reports / "latest" / "02_profiles.html").read_text()
