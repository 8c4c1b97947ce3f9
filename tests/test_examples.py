"""Examples in docstrings run as a reader would type them, and no function of these modules is without one."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil

import pytest

from helpers import statistics

MODULES = [f"helpers.statistics.{each.name}" for each in pkgutil.iter_modules(statistics.__path__)]
MODULES += ["helpers.reporting.formats"]
FINDER = doctest.DocTestFinder(exclude_empty=False)


@pytest.fixture(params=MODULES)
def module(request):
    return importlib.import_module(request.param)


def test_an_example_says_what_comes_out_and_imports_what_it_needs(module):
    runner = doctest.DocTestRunner()
    for each in FINDER.find(module, globs={}):
        told = []
        runner.run(each, out=told.append)
        assert not told, "".join(told)
    assert runner.tries


def test_every_public_function_has_an_example(module):
    public = {
        f"{module.__name__}.{name}"
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }
    assert public
    assert public <= {each.name for each in FINDER.find(module) if each.examples}
