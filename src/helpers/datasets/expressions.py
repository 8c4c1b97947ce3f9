"""Checks the scalar expressions of a dataset.toml: only columns, literals, operators and listed functions."""

from __future__ import annotations

from functools import cache

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from helpers.errors import closest

# Functions that read no file, no setting, no clock and no randomness.
FUNCTIONS = frozenset(
    """
abs ceil coalesce concat concat_ws contains date_trunc datediff ends_with floor greatest if json_extract_string
least left length lower lpad ltrim make_timestamp md5 nullif regexp_extract regexp_matches regexp_replace replace
right round rpad rtrim split_part starts_with strftime strptime substr substring suffix to_days to_hours to_seconds
to_timestamp trim try_strptime upper
""".split()  # noqa: SIM905 - a list of words reads best as words
)

_OPERATORS = (
    exp.Add, exp.And, exp.Between, exp.Boolean, exp.Bracket, exp.Case, exp.Cast, exp.Column, exp.DPipe,
    exp.DataType, exp.DataTypeParam, exp.Div, exp.EQ, exp.GT, exp.GTE, exp.Identifier, exp.If, exp.In,
    exp.Interval, exp.Is, exp.JSONPath, exp.JSONPathKey, exp.JSONPathRoot, exp.JSONPathSubscript, exp.LT, exp.LTE,
    exp.Like, exp.Literal, exp.Mod, exp.Mul, exp.NEQ, exp.Neg, exp.Not, exp.Null, exp.Or, exp.Paren, exp.Sub,
    exp.TryCast, exp.Tuple, exp.Var,
)  # fmt: skip


# More columns than that are no help to who reads an error.
_LISTED = 50


@cache
def _functions() -> tuple[type[exp.Expression], ...]:
    """The syntax-tree classes that sqlglot gives the listed functions."""
    classes = set()
    for name in sorted(FUNCTIONS):
        for arguments in ("a", "a, 'b'", "a, 'b', 'c'"):
            try:
                node = sqlglot.parse_one(f"{name}({arguments})", read="duckdb")
            except SqlglotError:
                continue
            classes |= {type(part) for part in node.walk() if isinstance(part, exp.Func)}
    return tuple(classes - {exp.Anonymous})


def compile_expression(text: str, columns: list[str]) -> str:
    """Parse `text`, refuse what is not a scalar expression over `columns`, and return its DuckDB SQL.

    Args:
        text: A column name or an expression, as written in a dataset.toml.
        columns: The names that it may use; one with dots or blanks is quoted in expressions.

    Returns:
        SQL written from the checked syntax tree, columns quoted, so that what runs is what was checked.

    Raises:
        ValueError: If it does not parse, uses an unknown column, or does anything but compute a value.
    """
    if text in columns:
        return exp.column(text, quoted=True).sql(dialect="duckdb")
    try:
        tree = sqlglot.parse_one(text, read="duckdb")
    except SqlglotError as error:
        raise ValueError(f"{text!r} is not an expression: {str(error).splitlines()[0]}") from None
    known = {name.lower(): name for name in columns}
    for node in tree.walk():
        if isinstance(node, exp.Column):
            if _name(node) not in known:
                column = ".".join(part.name for part in node.parts)
                there = (
                    f"the source has {', '.join(columns)}" if len(columns) <= _LISTED else f"{len(columns)} are known"
                )
                raise ValueError(f"unknown column {column!r}; {there}{closest(column, columns)}")
        elif isinstance(node, exp.Anonymous):
            if node.name.lower() not in FUNCTIONS:
                raise ValueError(f"function {node.name}() is not allowed; allowed are {', '.join(sorted(FUNCTIONS))}")
        elif not isinstance(node, _OPERATORS + _functions()):
            raise ValueError(f"{node.sql(dialect='duckdb')!r} is not allowed in an expression")
    quoted = tree.transform(
        lambda node: exp.column(known[_name(node)], quoted=True) if isinstance(node, exp.Column) else node
    )
    return quoted.sql(dialect="duckdb")


def columns_in(text: str, columns: list[str]) -> list[str]:
    """Which of the columns an expression asks for, in their order.

    Args:
        text: An expression that `compile_expression` took.
        columns: The names that it could use.
    """
    asked = {_name(node) for node in sqlglot.parse_one(text, read="duckdb").find_all(exp.Column)}
    return [name for name in columns if name.lower() in asked]


def _name(column: exp.Column) -> str:
    """The one name of a column; nested and looked-up ones have dots in theirs."""
    return ".".join(part.name for part in column.parts).lower()
