"""How a block's query is put together: texts, then pseudonyms, then types, then the first fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.datasets.engine import quote
from helpers.datasets.expressions import compile_expression
from helpers.ingestion.mapping.kinds import SQL_TYPES, TYPES
from helpers.ingestion.sql import condition, moment, name, text, whole_number

if TYPE_CHECKING:
    from helpers.datasets.settings import Settings, Source

LONGEST_TEXT = 2000
_REASONS = {
    "timestamp(6)": "not_a_time",
    "decimal(18, 4)": "not_a_number",
    "int64": "not_a_whole_number",
    "float64": "not_a_number",
    "boolean": "not_true_or_false",
}


class Rows:
    """The pieces of a query over temp tables `records` and `pseudonyms` for one source."""

    def __init__(self, settings: Settings, source: Source) -> None:
        self.settings = settings
        self.source = source

    def sql(self, expression: str) -> str:
        """An expression of dataset.toml as checked SQL."""
        return compile_expression(expression, self.source.expression_columns)

    def typed(self, when: str | None, values: dict[str, str], kinds: list[str], typed: dict[str, str]) -> str:
        """Records as texts ("key?"), with the pseudonyms of their identifiers ("id kind"), then typed."""
        texts = ", ".join(f"{text(self.sql(value))} AS {name(f'{key}?')}" for key, value in values.items())
        joins = " ".join(
            f"LEFT JOIN pseudonyms p{n} ON p{n}.type = {quote(kind)} AND p{n}.value = {name(f'id {kind}?')}"
            for n, kind in enumerate(kinds)
        )
        found = "".join(f", p{n}.pseudonym AS {name(f'id {kind}')}" for n, kind in enumerate(kinds))
        where = condition(self.sql(when)) if when else "true"
        known = f"SELECT t.*{found} FROM (SELECT rowid AS _row, {texts} FROM records WHERE {where}) t {joins}"
        return f"SELECT *, {listed(typed)} FROM ({known})"

    @staticmethod
    def with_fault(rows: str, columns: dict[str, str], faults: dict[str, str]) -> str:
        """The columns as they go out, and the first fault."""
        cases = " ".join(f"WHEN {test} THEN {quote(fault)}" for test, fault in faults.items())
        return f"SELECT _row, {listed(columns)}, CASE {cases} ELSE NULL END AS fault FROM ({rows})"

    def cast(self, key: str) -> str:
        """The typed value of the text of `key`."""
        value = name(f"{key}?")
        dtype = TYPES[key]
        if dtype == "timestamp(6)":
            return moment(value, offset=self.source.timestamps == "offset", zone=self.settings.timezone)
        if dtype == "int64":
            return whole_number(value)
        if dtype == "string":
            return value
        cast = f"TRY_CAST({value} AS {SQL_TYPES[dtype]})"
        # A double may be infinite or no number at all; a decimal may not.
        return f"CASE WHEN isfinite({cast}) THEN {cast} END" if dtype == "float64" else cast

    @staticmethod
    def cast_faults(keys: list[str]) -> dict[str, str]:
        """Texts that are no value of their column's type: condition to "reason:column"."""
        return {
            f"{name(f'{key}?')} IS NOT NULL AND {name(key)} IS NULL": f"{_REASONS[TYPES[key]]}:{key}"
            for key in keys
            if TYPES[key] != "string"
        }


def listed(columns: dict[str, str]) -> str:
    """Columns and their expressions, as a query lists them."""
    return ", ".join(f"{value} AS {name(key)}" for key, value in columns.items())


def too_long(texts: dict[str, str]) -> dict[str, str]:
    """Texts longer than any of their kind needs: condition to "reason:column".

    Args:
        texts: Key of the text to the column that it is named by.
    """
    return {f"strlen({name(f'{key}?')}) > {LONGEST_TEXT}": f"too_long:{said}" for key, said in texts.items()}


def identifier_list(kinds: list[str]) -> str:
    """Pseudonyms as a list sorted by type, NULL where there is none."""
    pairs = ", ".join(f"{{'type': {quote(kind)}, 'value': {name(f'id {kind}')}}}" for kind in kinds)
    some = " OR ".join(f"{name(f'id {kind}')} IS NOT NULL" for kind in kinds)
    return f"CASE WHEN {some} THEN [x FOR x IN [{pairs}] IF x.value IS NOT NULL] END"
