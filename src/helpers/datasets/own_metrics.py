"""Metrics of a data set's own: the functions of data/NAME/metrics.py, and the columns that they add to profiles."""

from __future__ import annotations

import inspect
import runpy
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from helpers.datasets import paths
from helpers.datasets.declare import Column, Table
from helpers.datasets.tables import declared
from helpers.errors import WrongUse

if TYPE_CHECKING:
    import ibis

# Tables that hold every metric of a person.
_WIDENED = ("profiles", "panel")


class Own(NamedTuple):
    """A metric of one's own.

    Attributes:
        name: Of the function that makes it.
        meaning: The first line of the function's docstring.
        made_of: Of the rows of `daily` of one person before a cutoff, with `age` (1 for the day before the cutoff) and
            `cutoff`, one number.
    """

    name: str
    meaning: str
    made_of: Callable[[ibis.Table], ibis.Value]


def own(function: Callable[[ibis.Table], ibis.Value]) -> Own:
    """Take a function as a metric of one's own.

    Raises:
        WrongUse: If it does not say what it means, in a docstring.
    """
    meaning = (function.__doc__ or "").strip().split("\n")[0]
    if not meaning:
        name, place = function.__name__, _place(function)
        raise WrongUse(f"{place}: metric {name!r} has no docstring; say in its first line what a value means.")
    return Own(function.__name__, meaning, function)


def own_metrics(name: str) -> list[Own]:
    """The metrics of data/NAME/metrics.py: its functions, but for those whose name begins with an underscore.

    Raises:
        WrongUse: If the file cannot be run, or a name is that of a column there is.
    """
    places = (paths.dataset(name), paths.settings_file(name).parent)
    file = next((folder / "metrics.py" for folder in places if (folder / "metrics.py").exists()), None)
    if file is None:
        return []
    try:
        names = runpy.run_path(str(file))
    except Exception as error:  # noqa: BLE001 - it is somebody's own code, and they are told what it did
        raise failed(error, str(file)) from None
    functions = [
        each for called, each in names.items() if inspect.isfunction(each) and each.__code__.co_filename == str(file)
        and not called.startswith("_")
    ]  # fmt: skip
    found = [own(function) for function in functions]
    for each in found:
        if each.name in declared("panel").column_names:
            place = _place(each.made_of)
            raise WrongUse(f"{place}: profiles have the column {each.name!r} already; give yours another name.")
    return found


def failed(error: Exception, file: str) -> WrongUse:
    """What somebody's own code in `file` did, and on which line."""
    lines = [frame.lineno for frame in inspect.trace() if frame.filename == file]
    line = getattr(error, "lineno", None) or (lines[-1] if lines else 1)
    return WrongUse(f"{_short(file)}, line {line}: {type(error).__name__}: {str(error).rstrip('.')}.")


def _place(function: Callable[..., object]) -> str:
    return f"{_short(function.__code__.co_filename)}, line {function.__code__.co_firstlineno}"


def _short(file: str) -> str:
    """A file as a person knows it: what a cell of a notebook is compiled from is no file of theirs."""
    return "this cell" if "ipykernel" in file or file.startswith("<") else file


def declared_for(name: str, table: str) -> Table:
    """The declaration of a table as a data set holds it: profiles and panel have its own metrics too.

    Raises:
        WrongUse: If there is no such table, or metrics.py is not as it should be.
    """
    declaration = declared(table)
    if table not in _WIDENED:
        return declaration
    columns = [
        Column(name=each.name, dtype="float64", nullable=True, meaning=f"{each.meaning} (metrics.py)")
        for each in own_metrics(name)
    ]
    return replace(declaration, columns=(*declaration.columns, *columns))
