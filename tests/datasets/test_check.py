import ibis
import pytest

from helpers.datasets.check import check
from helpers.datasets.declare import Column, Table
from helpers.errors import WorkbenchError

PEOPLE = Table(
    name="people",
    writer="nobody",
    meaning="One person.",
    key=("name", "born"),
    columns=(
        Column(name="name", dtype="string", meaning="Name."),
        Column(name="born", dtype="int64", meaning="Year.", ge=1900, le=2025),
        Column(name="size", dtype="string", meaning="Size.", isin=("S", "L"), nullable=True),
        Column(name="share", dtype="float64", meaning="Share.", ge=0, le=1, nullable=True),
        Column(name="note", dtype="string", meaning="Anything.", nullable=True),
    ),
)
ROW = {"name": "secret", "born": 1980, "size": "S", "share": 0.5, "note": "x"}


def rows(*changes):
    """Rows of `PEOPLE`, each a good one but for what is changed."""
    schema = {column.name: column.dtype for column in PEOPLE.columns}
    return ibis.memtable([ROW | {"name": f"secret {i}"} | change for i, change in enumerate(changes)], schema=schema)


def test_good_rows_are_counted():
    limits = [{"born": 1900}, {"born": 2025}, {"share": 0.0}, {"share": 1.0}, {"size": "L"}]
    nothing = [{"size": None, "share": None, "note": None}]
    assert check(PEOPLE, rows(*limits, *nothing)) == 6


def test_no_row_is_good():
    assert check(PEOPLE, rows({}).filter(False)) == 0


# What is wrong with a row, and what is said of it.
BROKEN = {
    "missing": ({"name": None}, "name fails not_nullable"),
    "too small": ({"born": 1899}, "born fails greater_than_or_equal_to(1900)"),
    "too large": ({"born": 2026}, "born fails less_than_or_equal_to(2025)"),
    "not listed": ({"size": "M"}, "size fails isin(('S', 'L'))"),
    "below a share": ({"share": -0.01}, "share fails greater_than_or_equal_to(0)"),
    "above a share": ({"share": 1.01}, "share fails less_than_or_equal_to(1)"),
    "infinite": ({"share": float("inf")}, "share fails less_than_or_equal_to(1)"),
}


@pytest.mark.parametrize(("change", "said"), BROKEN.values(), ids=BROKEN.keys())
def test_each_rule_is_checked_and_explained_without_a_value(change, said):
    with pytest.raises(WorkbenchError) as error:
        check(PEOPLE, rows({}, change, {}))
    assert str(error.value) == f"Table 'people' breaks its declaration: {said}."
    assert error.value.exit_code == 1


def test_every_broken_rule_is_named():
    with pytest.raises(WorkbenchError, match=r"born fails .*; size fails"):
        check(PEOPLE, rows({"born": 1, "size": "M"}))


def test_a_key_is_unique():
    twice = rows({}, {"name": "secret 0"})
    with pytest.raises(WorkbenchError) as error:
        check(PEOPLE, twice)
    assert str(error.value) == "Table 'people': its key (name, born) is not unique: 2 rows, 1 keys."


def test_half_a_key_may_repeat():
    assert check(PEOPLE, rows({}, {"name": "secret 0", "born": 1981})) == 2


def test_a_key_of_one_column_is_unique():
    table = Table(name="names", writer="nobody", meaning="A name.", key=("name",), columns=PEOPLE.columns)
    with pytest.raises(WorkbenchError, match=r"its key \(name\) is not unique: 2 rows, 1 keys"):
        check(table, rows({}, {"name": "secret 0", "born": 1981}))
