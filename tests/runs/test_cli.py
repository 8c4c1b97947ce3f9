"""What whoever operates the workbench reads: durations, logs, status, debug, doctor, the help of each verb."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import timedelta

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from helpers import cli
from helpers.cli import app
from helpers.errors import NotebookFailed, WrongUse
from helpers.runs import doctor
from helpers.runs.debug import prepare
from helpers.runs.durations import duration, in_words
from helpers.runs.log import Log


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("90s", timedelta(seconds=90)),
        ("1.5h", timedelta(minutes=90)),
        ("26h", timedelta(hours=26)),
        ("2d", timedelta(2)),
    ],
)
def test_durations(text, span):
    assert duration(text, "--timeout") == span


@pytest.mark.parametrize("text", ["", "26", "h", "-1h", "1 week"])
def test_a_text_that_is_no_duration_is_refused(text):
    with pytest.raises(WrongUse, match=f"--timeout is {text!r}; expected a number and s, m, h or d"):
        duration(text, "--timeout")


def test_a_hook_that_is_no_command_is_refused_before_anything_runs(job):
    code, _, told = job.command("run", "tiny", "--on-failed", "mail 'x")
    assert (code, "--on-failed is no command: no closing quotation" in told) == (2, True)
    assert not (job.home / "reports").exists()


@pytest.mark.parametrize("verb", ["debug", "compare", "runs", "gc"])
def test_every_verb_says_that_a_data_set_is_not_there(job, verb):
    code, _, told = job.command(verb, "tinny")
    assert code == 2
    assert "There is no data set 'tinny'" in told
    assert "did you mean 'tiny'?" in told


def test_a_fault_of_ours_ends_with_1_its_trace_and_a_sentence(monkeypatch, capsys):
    monkeypatch.setattr(cli, "app", lambda: int("x"))
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = capsys.readouterr().err
    assert ended.value.code == 1
    assert told.startswith("Traceback")
    assert told.endswith("WorkbenchError: ValueError. This is a fault of the workbench: report it with this message.\n")


def test_a_span_in_words():
    spans = [timedelta(seconds=90), timedelta(minutes=119), timedelta(hours=26), timedelta(days=3)]
    assert [in_words(span) for span in spans] == ["90 s", "119 minutes", "26 hours", "3 days"]


def test_the_log_is_lines_for_people_or_json_for_programs():
    people, programs = io.StringIO(), io.StringIO()
    for form, stream in (("text", people), ("json", programs)):
        log = Log("demo", form=form, stream=stream)
        log.progress("churn", "04_churn: cell 1 of 9")
        log("stage_done", "04_churn done in 3 s", stage="churn", seconds=3)
    assert people.getvalue().endswith("  04_churn done in 3 s\n")
    assert people.getvalue().count("\n") == 1
    line = json.loads(programs.getvalue())
    assert {"event": "stage_done", "dataset": "demo", "stage": "churn", "seconds": 3}.items() <= line.items()


def test_status_list_and_runs_tell_where_a_data_set_stands(job):
    assert job.command("status", "tiny", "--max-age", "1h")[0] == 8
    done = job.run()
    code, out, _ = job.command("status", "tiny", "--max-age", "1h")
    assert code == 0
    assert done.run in out
    code, _, told = job.command("status", "tiny", "--max-age", "0s")
    assert code == 8
    assert "It may be 0 s old at most" in told
    job.write(second=("1 / 0",))
    with pytest.raises(NotebookFailed):
        job.run()
    assert "failed with exit code 5" in job.command("list")[1]
    lines = job.command("runs", "tiny")[1].splitlines()
    assert "failed with 5" in lines[0]
    assert "latest" in lines[1]


def test_a_late_report_calls_its_hook(job, tmp_path):
    said = tmp_path / "said"
    script = tmp_path / "hook.py"
    script.write_text(f"import sys\nopen({str(said)!r}, 'w').write(sys.stdin.read())")
    job.run()
    job.command("status", "tiny", "--max-age", "0s", env={"WORKBENCH_ON_LATE": f"{sys.executable} {script}"})
    payload = json.loads(said.read_text())
    assert payload["event"] == "late"
    assert payload["dataset"] == "tiny"
    assert payload["max_age_seconds"] == 0


def test_debug_opens_the_failed_notebook_on_its_runs_tables(job):
    job.run()
    good = job.home / "reports" / "tiny" / "latest"
    before = (good / "manifest.json").read_bytes()
    job.write(second=("import helpers\nshop = helpers.open(dataset, as_of=as_of)\nrun = shop.frame('ledger').file[0]\n"
                      "raise ValueError(f'tables of {run}, speed {speed}')",))  # fmt: skip
    with pytest.raises(NotebookFailed, match=r"speed 9\.5"):
        job.run(overrides={"profiles": {"speed": 9.5}})
    bench = prepare("tiny")
    failed = bench.environment["WORKBENCH_LOOK_INTO"]
    notebook = nbformat.read(bench.notebook, as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells)
    with pytest.raises(CellExecutionError, match=rf"tables of {failed}, speed 9\.5"):
        NotebookClient(notebook, kernel_name="python3").execute(env=bench.environment)
    assert (good / "manifest.json").read_bytes() == before


def test_debug_needs_a_failed_notebook(job):
    with pytest.raises(WrongUse, match="No run of 'tiny' has failed"):
        prepare("tiny")


def test_the_doctor_finds_what_hides_our_package(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert not any(str(tmp_path) in finding.subject for finding in doctor.examine())
    (tmp_path / "helpers.py").touch()
    found = [finding for finding in doctor.examine() if finding.subject == str(tmp_path / "helpers.py")]
    assert found[0].remedy == "it hides our package helpers; rename it"


def test_the_doctor_finds_a_kernel_that_starts_another_python(tmp_path, monkeypatch):
    kernel = tmp_path / "kernels" / "python3"
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text('{"argv": ["/usr/bin/strange", "{connection_file}"], "display_name": "P"}')
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    found = [finding for finding in doctor.examine() if finding.subject == "kernel python3"]
    assert "/usr/bin/strange" in found[0].remedy


def test_the_doctor_finds_a_package_of_another_version(monkeypatch):
    monkeypatch.setattr(doctor, "_requirements", lambda: "duckdb==0.1\nnosuchthing==1.0\n")
    found = [finding for finding in doctor.examine() if "pinned packages" in finding.subject]
    assert "instead of 0.1" in found[0].remedy
    assert "nosuchthing absent" in found[0].remedy


def test_every_verb_has_help_with_an_example():
    listed = subprocess.run([sys.executable, "-m", "helpers.cli", "--help"], capture_output=True, text=True, check=True)
    for command in app.registered_commands:
        name = command.name or command.callback.__name__
        assert name in listed.stdout
        assert f"Example: workbench {name}" in command.callback.__doc__
