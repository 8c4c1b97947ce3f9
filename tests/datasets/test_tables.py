"""Every declared table: keys, meanings, limits."""

import ast
import inspect
import re
from pathlib import Path

import ibis
import pytest

import helpers
from helpers.datasets import tables
from helpers.datasets.plan import tracking_plan
from helpers.datasets.tables import TABLES, declared
from helpers.datasets.tables.ingestion import CATEGORIES
from helpers.errors import WrongUse
from helpers.runs.stages import STAGES

EVERY_TABLE = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())


@EVERY_TABLE
def test_a_table_says_what_a_row_is_and_who_writes_it(table):
    assert re.fullmatch(r"[A-Z].*\.", table.meaning)
    assert table.writer in {stage.name for stage in STAGES}
    assert table.version >= 1


@EVERY_TABLE
def test_a_table_is_keyed_by_its_own_columns_none_of_them_missing(table):
    own = {column.name: column for column in table.columns}
    assert table.key
    assert len(own) == len(table.columns)
    assert all(name in own and not own[name].nullable for name in table.key)


@EVERY_TABLE
def test_a_column_says_what_a_value_is(table):
    for column in table.columns:
        assert re.fullmatch(r"[A-Za-z][a-z0-9_]*", column.name)
        assert re.fullmatch(r"[A-Z].*\.", column.meaning), column.name
        assert ibis.dtype(column.dtype)


@EVERY_TABLE
def test_limits_stand_on_what_can_be_compared(table):
    for column in table.columns:
        dtype = ibis.dtype(column.dtype)
        assert dtype.is_numeric() or (column.ge is None and column.le is None)
        assert dtype.is_string() or not column.isin


def test_money_has_a_unit():
    amounts = [c for t in TABLES.values() for c in t.columns if c.dtype.startswith("decimal") and t.writer != "lift"]
    assert {column.unit for column in amounts} == {"currency"}


def test_a_table_by_month_has_the_time_that_it_is_cut_by():
    by_month = [table for table in TABLES.values() if table.by_month]
    assert [table.name for table in by_month] == ["events"]
    assert all("timestamp" in table.column_names for table in by_month)


def test_each_module_is_gathered_and_no_name_stands_twice():
    package = inspect.getmodule(tables)
    modules = [value for value in vars(package).values() if inspect.ismodule(value) and hasattr(value, "TABLES")]
    everything = [table.name for module in modules for table in module.TABLES]
    assert sorted(everything) == sorted(TABLES)
    rooms = {module.__name__.rpartition(".")[2] for module in modules}
    assert rooms == {table.writer for table in TABLES.values()} | {"identity", "leads", "churn_decisions"}


def test_a_table_that_is_not_declared_is_refused():
    with pytest.raises(WrongUse, match=r"There is no table 'customers'. Tables are: .*events.*profiles"):
        declared("customers")


def test_no_table_is_declared_anywhere_else():
    sources = Path(helpers.__file__).parent.rglob("*.py")
    for file in (file for file in sources if "datasets/tables" not in file.as_posix()):
        calls = [n.func for n in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
        assert "Table" not in {call.id for call in calls if isinstance(call, ast.Name)}, file


def test_the_plan_knows_the_categories_of_the_table():
    assert {event.category for event in tracking_plan().events.values()} == set(CATEGORIES)
