from __future__ import annotations

import json

import pytest

from helpers.errors import WorkbenchError, WrongUse
from helpers.runs import parameters
from tests.runs import tiny


@pytest.fixture
def notebook(job):
    """Write a parameters cell into the tiny notebook."""

    def write(source: str):
        file = job.notebooks / "02_profiles.ipynb"
        content = tiny.notebook("1")
        content["cells"][1]["source"] = source
        file.write_text(json.dumps(content))
        return file

    return write


def test_texts_become_values_of_the_declared_types(notebook):
    notebook('as_of: str = ""  # a\nn: int = 1  # b\nx: float = 0.5  # c\nflag: bool = False  # d\n')
    given = ["profiles.n=7", "profiles.x=1e-3", "profiles.flag=True"]
    assert parameters.parse(given) == {"profiles": {"n": 7, "x": 0.001, "flag": True}}


@pytest.mark.parametrize(
    ("assignment", "message"),
    [
        (
            "profiles.speeed=1",
            "-p profiles.speeed=1: There is no parameter 'speeed'. Parameters are: speed; did you mean 'speed'?",
        ),
        ("profile.speed=1", "There is no stage 'profile'. Stages are: ingestion, profiles; did you mean 'profiles'?"),
        ("profiles.speed=fast", "-p profiles.speed=fast: expected a number."),
        ("profiles.as_of=2026-01-01", "as_of is the same for all stages; give it to the command itself"),
        ("speed=1", "expected STAGE.NAME=VALUE"),
        ("profiles.speed", "expected STAGE.NAME=VALUE"),
    ],
)
def test_a_wrong_parameter_is_refused_with_what_was_expected(job, assignment, message):
    with pytest.raises(WrongUse) as caught:
        parameters.parse([assignment])
    assert message in str(caught.value)


def test_whole_numbers_and_flags_are_not_guessed(notebook):
    notebook("n: int = 1  # b\nflag: bool = False  # d\n")
    for assignment in ("profiles.n=1.5", "profiles.flag=yes"):
        with pytest.raises(WrongUse, match="expected"):
            parameters.parse([assignment])


@pytest.mark.parametrize("source", ["x = 1", "x: list = []", "import os", "x: int = 1\nprint(x)"])
def test_a_line_of_another_form_is_our_fault(notebook, source):
    with pytest.raises(WorkbenchError, match="is not of the form name: type = value"):
        parameters.declared(notebook(source))


def test_a_notebook_without_a_tagged_cell_is_our_fault(job):
    file = job.notebooks / "02_profiles.ipynb"
    content = tiny.notebook("1")
    content["cells"][1]["metadata"] = {}
    file.write_text(json.dumps(content))
    with pytest.raises(WorkbenchError, match="0 cells are tagged parameters"):
        parameters.declared(file)


def test_nothing_starts_when_a_parameter_is_wrong(job):
    code, _, told = job.command("run", "tiny", "-p", "profiles.speed=fast")
    assert code == 2
    assert "expected a number" in told
    assert not job.reports.exists()
