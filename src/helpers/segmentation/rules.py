"""Groups that a rule names: whom each fits, and of how many people it can be told at all."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import pandas as pd
import pyarrow as pa

from helpers.datasets.expressions import columns_in, compile_expression
from helpers.datasets.segment_rules import Rule

PEOPLE, OTHERS, UNKNOWN = "People", "Others", "Not known"


def fits(people: pd.DataFrame, rules: Mapping[str, Rule]) -> pd.DataFrame:
    """Whom each rule fits.

    Args:
        people: What rules may ask of them: columns of `profiles`, the scores, state; one row a person (and moment).
        rules: Name of a group to its rule.

    Returns:
        One column a rule, in the order and with the index of `people`: true, false, or missing where what the rule
        asks is not known of them; and of everybody where it fits nobody and asks for a column that is known of nobody.
    """
    conditions = [f'({compile_expression(each.rule, list(people))}) AS "{name}"' for name, each in rules.items()]
    asked = duckdb.from_arrow(pa.Table.from_pandas(people, preserve_index=False)).project(", ".join(conditions))
    found = asked.to_arrow_table().to_pandas().astype("boolean").set_index(people.index)
    unknown = {name for name in people if people[name].isna().all()}
    of_nobody = [name for name, each in rules.items() if unknown & set(columns_in(each.rule, list(people)))]
    untold = [name for name in of_nobody if not found[name].any()]  # a rule may say itself what missing values mean
    return found.assign(**dict.fromkeys(untold, pd.array([pd.NA] * len(people), dtype="boolean")))


def asked(rules: Mapping[str, Rule], columns: list[str]) -> list[str]:
    """The columns that rules ask for, of those that there are."""
    names = {name for each in rules.values() for name in columns_in(each.rule, columns)}
    return [name for name in columns if name in names]


def counted(found: pd.DataFrame, rules: Mapping[str, Rule]) -> pd.DataFrame:
    """How many people each rule fits, as a page shows it; without rules that cannot be told of anybody.

    Args:
        found: As `fits` gives it, one row a person.
        rules: Name of a group to its rule.

    Returns:
        One row a rule: Group, Who, Rule, People, Others (of whom it can be told that it does not fit), and Not known
        where that is anybody.
    """
    told = {name: each for name, each in rules.items() if found[name].notna().any()}
    page = pd.DataFrame(
        {
            "Group": [readable(name) for name in told],
            "Who": [each.meaning for each in told.values()],
            "Rule": [each.rule for each in told.values()],
            PEOPLE: [int(found[name].sum()) for name in told],
            OTHERS: [int((~found[name]).sum()) for name in told],
            UNKNOWN: [int(found[name].isna().sum()) for name in told],
        }
    )
    return page if page[UNKNOWN].any() else page.drop(columns=UNKNOWN)


def untold(found: pd.DataFrame) -> str:
    """Which rules cannot be told of anybody, in a sentence; empty where all can."""
    names = [readable(str(name)) for name in found if found[name].isna().all()]
    return f"Of nobody is known what these ask for: {', '.join(names)}." if names else ""


def readable(name: str) -> str:
    """A rule's name as a page shows it."""
    return name.replace("_", " ")
