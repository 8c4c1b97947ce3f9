"""Parameters from the command line, checked by name and type against the notebooks before a kernel starts."""

from __future__ import annotations

import ast
import json
from pathlib import Path

from helpers.errors import WorkbenchError, WrongUse, no_such
from helpers.runs.stages import stage_called

Value = str | int | float | bool
_TYPES = {"str": str, "int": int, "float": float, "bool": bool}
# The runner fills these for every notebook.
OURS = ("dataset", "as_of")


def declared(notebook: Path) -> dict[str, type]:
    """Name and type of each parameter in the cell tagged `parameters`, whose lines read `name: type = value`.

    Raises:
        WorkbenchError: If the notebook has no such cell or a line of it has another form.
    """
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
    if len(tagged) != 1:
        raise WorkbenchError(f"{notebook}: {len(tagged)} cells are tagged parameters; there must be one.")
    found = {}
    for line in ast.parse("".join(tagged[0]["source"])).body:
        match line:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=ast.Name(id=kind)) if kind in _TYPES:
                found[name] = _TYPES[kind]
            case _:
                raise WorkbenchError(f"{notebook}: {ast.unparse(line)!r} is not of the form name: type = value.")
    return found


def parse(assignments: list[str]) -> dict[str, dict[str, Value]]:
    """`STAGE.NAME=VALUE` texts as typed values: {stage: {name: value}}.

    Raises:
        WrongUse: If one has another form, or its stage, name or type is wrong.
    """
    parsed: dict[str, dict[str, Value]] = {}
    for assignment in assignments:
        place, equals, text = assignment.partition("=")
        stage_name, dot, name = place.partition(".")
        if not equals or not dot:
            raise WrongUse(f"-p {assignment}: expected STAGE.NAME=VALUE, such as churn.horizon_days=60.")
        types = declared(stage_called(stage_name).path)
        if name in OURS and name in types:
            raise WrongUse(f"-p {assignment}: {name} is the same for all stages; give it to the command itself.")
        if name not in types:
            own = [known for known in types if known not in OURS]
            raise WrongUse(f"-p {assignment}: {no_such('parameter', name, own)}")
        parsed.setdefault(stage_name, {})[name] = _typed(text, types[name], assignment)
    return parsed


def _typed(text: str, kind: type, assignment: str) -> Value:
    if kind is bool:
        if text.lower() not in ("true", "false"):
            raise WrongUse(f"-p {assignment}: expected true or false.")
        return text.lower() == "true"
    try:
        return kind(text)
    except ValueError:
        expected = {int: "a whole number", float: "a number"}[kind]
        raise WrongUse(f"-p {assignment}: expected {expected}.") from None
