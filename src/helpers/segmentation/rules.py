"""Groups that a rule names: whom each fits, and of how many people it can be told at all."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import pandas as pd
import pyarrow as pa

from helpers.datasets.expressions import columns_in, compile_expression
from helpers.datasets.segment_rules import Rule


def fits(people: pd.DataFrame, rules: Mapping[str, Rule]) -> pd.DataFrame:
    """Whom each rule fits.

    Args:
        people: What rules may ask of them: columns of `profiles`, the scores, state; one row a person (and moment).
        rules: Name of a group to its rule.

    Returns:
        One column a rule, in the order and with the index of `people`: true, false, or missing where what the rule
        asks is not known of them.
    """
    conditions = [f'({compile_expression(each.rule, list(people))}) AS "{name}"' for name, each in rules.items()]
    asked = duckdb.from_arrow(pa.Table.from_pandas(people, preserve_index=False)).project(", ".join(conditions))
    return asked.to_arrow_table().to_pandas().astype("boolean").set_index(people.index)


def asked(rules: Mapping[str, Rule], columns: list[str]) -> list[str]:
    """The columns that rules ask for, of those that there are."""
    names = {name for each in rules.values() for name in columns_in(each.rule, columns)}
    return [name for name in columns if name in names]


def counted(found: pd.DataFrame, rules: Mapping[str, Rule]) -> pd.DataFrame:
    """How many people each rule fits, as a page shows it.

    Args:
        found: As `fits` gives it, one row a person.
        rules: Name of a group to its rule.

    Returns:
        One row a rule: Group, Who, Rule, People, Others (of whom it can be told that it does not fit).
    """
    return pd.DataFrame(
        {
            "Group": [readable(name) for name in rules],
            "Who": [each.meaning for each in rules.values()],
            "Rule": [each.rule for each in rules.values()],
            "People": [int(found[name].sum()) for name in rules],
            "Others": [int((~found[name]).sum()) for name in rules],
        }
    )


def readable(name: str) -> str:
    """A rule's name as a page shows it."""
    return name.replace("_", " ")
