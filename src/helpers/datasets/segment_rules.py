"""Groups that a rule names: data/segments.toml for all data sets, data/NAME/segments.toml for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import duckdb
import ibis
from pydantic import Field, ValidationInfo, field_validator

from helpers.datasets import paths
from helpers.datasets.expressions import compile_expression
from helpers.datasets.grammar import Name, Strict
from helpers.datasets.own_metrics import declared_for
from helpers.datasets.tables.profiles import PROFILES
from helpers.datasets.toml_errors import read

if TYPE_CHECKING:
    import pyarrow as pa

# What a rule may ask beside the columns of `profiles`.
BESIDE = {"recency_score": "int64", "frequency_score": "int64", "monetary_score": "int64", "state": "string"}


class Rule(Strict):
    """A group that a rule names.

    Attributes:
        meaning: Whom it takes, in one sentence.
        rule: A DuckDB condition over the columns of `profiles`, the scores and the state.
    """

    meaning: Annotated[str, Field(min_length=1)]
    rule: Annotated[str, Field(min_length=1)]

    @field_validator("rule")
    @classmethod
    def _can_be_asked(cls, rule: str, told: ValidationInfo) -> str:
        nobody = told.context
        condition = compile_expression(rule, nobody.column_names)
        try:
            (kind,) = duckdb.from_arrow(nobody).project(condition).types
        except duckdb.Error as error:
            raise ValueError(f"{rule!r} cannot be asked: {str(error).splitlines()[0]}") from None
        if kind != "BOOLEAN":
            raise ValueError(f"{rule!r} gives {str(kind).lower()}; expected a condition, such as 'orders_90d >= 1'")
        return rule


class _Rules(Strict):
    segments: Annotated[dict[Name, Rule], Field(alias="segment")]


def segment_rules(name: str) -> dict[str, Rule]:
    """The named groups of a data set: the shared ones, with what it adds or replaces.

    Args:
        name: The data set.

    Returns:
        Name of a group to its rule, the shared ones first.

    Raises:
        WrongUse: With file, line, key and what was expected, one line a fault.
    """
    own = paths.settings_file(name).with_name("segments.toml")
    files = [paths.segments_file(), *([own] if own.exists() else [])]
    nobody = _nobody(name)
    return {key: rule for file in files for key, rule in read(file, _Rules, context=nobody).segments.items()}


def _nobody(name: str) -> pa.Table:
    """What a rule may ask of people, without any."""
    of_people = {each.name: each.dtype for each in declared_for(name, PROFILES.name).columns}
    del of_people["profile_id"]
    return ibis.schema(of_people | BESIDE).to_pyarrow().empty_table()
