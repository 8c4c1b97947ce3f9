"""The shape that every notebook has: see what a notebook must look like in README.md, "Add something"."""

from __future__ import annotations

import ast
import json
import re

import papermill
import pytest

from helpers.runs.parameters import declared
from helpers.runs.stages import STAGES


@pytest.fixture(params=STAGES, ids=lambda stage: stage.notebook)
def stage(request):
    return request.param


@pytest.fixture
def cells(stage):
    return json.loads(stage.path.read_text(encoding="utf-8"))["cells"]


def code(cells):
    return [cell for cell in cells if cell["cell_type"] == "code"]


def source(cell):
    return "".join(cell["source"])


def test_it_opens_with_its_question_and_its_data_contract(cells):
    opening = source(cells[0])
    assert cells[0]["cell_type"] == "markdown"
    assert re.match(r"# .+\?\n", opening), "the title is a question"
    assert "**Reads**" in opening
    assert "**Writes**" in opening
    headings = [
        line for cell in cells if cell["cell_type"] == "markdown" for line in cell["source"] if line.startswith("#")
    ]
    assert [line.startswith("# ") for line in headings].count(True) == 1
    assert all(re.match(rf"## {number}\. ", line) for number, line in enumerate(headings[1:], start=1))


def test_its_parameters_come_first_and_papermill_sees_every_line(stage, cells):
    first = code(cells)[0]
    assert first["metadata"]["tags"] == ["parameters"]
    own = declared(stage.path)
    seen = papermill.inspect_notebook(str(stage.path))
    assert list(seen) == list(own)
    assert {name: value["inferred_type_name"] for name, value in seen.items()} == {
        n: t.__name__ for n, t in own.items()
    }
    assert all(value["help"] for value in seen.values()), "each parameter says what it means"
    assert {"dataset", "as_of"} <= set(own)


def test_each_of_its_parameters_is_read_not_only_checked(stage, cells):
    read = set()
    for cell in code(cells)[1:]:
        for node in ast.parse(source(cell)).body:
            if "helpers.require(" not in ast.unparse(node):
                read |= {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    assert set(declared(stage.path)) - read == set()


def test_it_holds_an_argument_and_no_machinery(cells):
    texts = [source(cell) for cell in code(cells)]
    lines = [line for text in texts for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
    assert len(lines) <= 100
    for text in texts:
        for node in ast.walk(ast.parse(text)):
            assert not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.While | ast.Try)


def test_it_ends_with_its_record_and_keeps_no_other_output(cells):
    last = cells[-1]
    assert source(last) == "record.show()"
    assert set(last["metadata"]["tags"]) == {"nbval-check-output", "keep_output"}
    assert "".join(last["outputs"][0]["text"]).strip()
    assert not any(cell["outputs"] for cell in code(cells)[:-1])
    assert sum("headlines" in cell["metadata"].get("tags", []) for cell in code(cells)) == 1
