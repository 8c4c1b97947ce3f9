"""Records that share no identifier, compared by what they say: how probably two of them are one person's.

The model is that of Fellegi and Sunter (1969), its parameters found without labels by expectation maximisation, as
splink does both.
"""

from __future__ import annotations

import itertools
import logging
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.exceptions import EMTrainingException

from helpers.errors import WrongUse
from helpers.identity.graph import LINKED, Graph

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection
    from numpy.typing import NDArray

    from helpers.datasets import Shop
    from helpers.datasets.settings import Link

_COMPARISONS = {
    "name": cl.NameComparison,
    "date": lambda column: cl.DateOfBirthComparison(column, input_is_string=True),
    "postcode": cl.PostcodeComparison,
    "email": cl.EmailComparison,
    "exact": lambda column: cl.ExactMatch(column).configure(term_frequency_adjustments=True),
}
# What of a value must be equal for two records to be compared at all, shortest first.
_PARTS = {
    "name": ("substr({0}, 1, 3)", "{0}"),
    "date": ("substr({0}, 1, 4)", "{0}"),
    "postcode": ("substr({0}, 1, 3)", "{0}"),
    "email": ("{0}",),
    "exact": ("{0}",),
}
_MOST_PER_RECORD = 15
_RECALL = 0.6
_SEED = 1
_FEWEST = 100
# Few, because a kind of difference that never occurs among the alike soon has a probability too small for splink.
_ITERATIONS = 8


def links(
    shop: Shop, graph: Graph, link: Link, moment: datetime
) -> tuple[NDArray[np.int32], NDArray[np.int64], int, NDArray[np.float64]]:
    """Likenesses between the identifiers of a data set, by the last attributes before a moment, in UTC.

    Fewer than 100 records are too few to learn from: nothing is proposed.

    Returns:
        The arguments of `Graph.with_edges`; a likeness is as old as the younger of its ends.

    Raises:
        WrongUse: If nothing can be learned from the attributes.
    """
    con = shop.engine.con
    shop.engine.create_view("said", shop.table("attributes"), overwrite=True)
    columns = ", ".join(
        f"arg_max(value, valid_from) FILTER (name = '{name}' AND value != '') AS \"{name}\"" for name in link.compare
    )
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE compared AS SELECT identifier AS unique_id, {columns}
        FROM said WHERE identifier_type = ? AND valid_from < ? GROUP BY identifier ORDER BY identifier""",
        [link.of, moment],
    )
    known = con.execute("SELECT count(*) FROM compared").fetchone()[0]
    if known < _FEWEST:
        return np.empty((0, 2), np.int32), np.empty(0, np.int64), LINKED, np.empty(0)
    # Sums over threads differ in their last digit from run to run.
    threads = con.execute("SELECT current_setting('threads')").fetchone()[0]
    con.execute("SET threads = 1")
    try:
        con.register("proposed", propose(con, "compared", link.compare))
    except (ValueError, EMTrainingException) as error:
        raise WrongUse(
            f"[identity.link] of {shop.name!r}: nothing can be learned from these {known:,} records: {error} Compare "
            "attributes in which people differ, or leave [identity.link] out."
        ) from None
    con.execute(f"SET threads = {threads}")
    found = con.execute(
        """SELECT x.node AS a, y.node AS b, weight FROM proposed
        JOIN nodes x ON x.type = $of AND x.identifier = "left" JOIN nodes y ON y.type = $of AND y.identifier = "right"
        ORDER BY x.node, y.node""",
        {"of": link.of},
    ).fetchnumpy()
    con.unregister("proposed")
    ends = np.stack([found["a"], found["b"]], axis=1).astype(np.int32)
    return ends, graph.seen[ends].max(axis=1, initial=0), LINKED, found["weight"]


def propose(con: DuckDBPyConnection, records: str, compare: Mapping[str, str]) -> pa.Table:
    """Pairs of records that may be one person's, with the probability that they are.

    Records are compared when two of their attributes agree, at least in part. Combinations in which the average record
    would meet too many others are narrowed to whole values, or left out.

    Args:
        con: DuckDB connection.
        records: A table with a column `unique_id` and the compared attributes, as text.
        compare: Name of each attribute to its kind: name, date, postcode, email, exact.

    Returns:
        Columns left, right (ids, left < right), weight (0 to 1).
    """
    blocks = _blocks(con, records, compare)
    settings = SettingsCreator(
        link_type="dedupe_only",
        max_iterations=_ITERATIONS,
        comparisons=[_COMPARISONS[kind](column) for column, kind in compare.items()],
        blocking_rules_to_generate_predictions=[block_on(*block) for block in blocks],
    )
    api = DuckDBAPI(connection=con)
    linker = Linker(api.register(records), settings, log_level=logging.ERROR)
    exact = [" AND ".join(f"l.{column} = r.{column}" for column in trio) for trio in _trios(compare)]
    linker.training.estimate_probability_two_random_records_match(exact, recall=_RECALL)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=_SEED)
    for column in _anchors(compare):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(column))
    found = linker.inference.predict(threshold_match_probability=0.5)
    return con.execute(
        "SELECT least(unique_id_l, unique_id_r) AS left, greatest(unique_id_l, unique_id_r) AS right, "
        f"match_probability AS weight FROM {found.physical_name} ORDER BY ALL"
    ).to_arrow_table()


def _trios(compare: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Attributes that hardly agree by chance: the basis of how many pairs there are."""
    telling = [column for column, kind in compare.items() if kind != "exact"]
    return list(itertools.combinations(telling, min(3, len(telling))))


def _anchors(compare: Mapping[str, str]) -> list[str]:
    """Attributes to hold equal while the others are learned: two, so that each is learned at least once."""
    order = {kind: place for place, kind in enumerate(("date", "email", "postcode", "name", "exact"))}
    return sorted(compare, key=lambda column: order[compare[column]])[:2]


def _blocks(con: DuckDBPyConnection, records: str, compare: Mapping[str, str]) -> list[list[str]]:
    """Pairs of attributes, in the shortest parts that leave the average record few others to be compared with."""
    found = []
    for pair in itertools.combinations(compare, 2):
        for parts in itertools.product(*(_PARTS[compare[column]] for column in pair)):
            block = [part.format(column) for part, column in zip(parts, pair, strict=True)]
            if _met(con, records, block) <= _MOST_PER_RECORD:
                found.append(block)
                break
    return found


def _met(con: DuckDBPyConnection, records: str, block: list[str]) -> float:
    """How many others the average record is compared with where parts must be equal."""
    known = " AND ".join(f"{part} IS NOT NULL" for part in block)
    query = f"SELECT count(*) AS n FROM {records} WHERE {known} GROUP BY {', '.join(block)}"
    met = con.execute(f"SELECT sum(n * (n - 1)) / (SELECT count(*) FROM {records}) FROM ({query})").fetchone()[0]
    return float(met or 0)
