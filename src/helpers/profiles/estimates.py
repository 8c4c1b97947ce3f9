"""What is believed of each person beside what was observed: few observations are held against what others are like.

The population is that of the same cutoff, so that nothing later is learned from. A posterior is looked up by the counts
it depends on; what depends on amounts and times as well is proportional to them, so that rows of people stay where they
are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import ibis
import pandas as pd
import pyarrow as pa

from helpers.statistics import shrinkage
from helpers.statistics.shrinkage import Posterior

# Amounts and times this close in ratio are one when a population is fitted.
_ALIKE = 0.02


class Family(NamedTuple):
    """How a metric is learned.

    Attributes:
        n: Of the state: observations, whole numbers; nobody with 0 of them is in `some`.
        k: Of the state: opportunities taken; for means and gaps the same as n.
        amount: Of the state: what the observations add up to, or how long they took; 1 for shares.
        observed: Of the state: the plain figure.
        some: Of the state: of whom anything can be said.
        fit: Of columns k, n, amount and people: the prior, None where too few are there.
        look_up: Of the prior, k and n: its posterior for base + amount = 1, and base.
    """

    n: Callable[[ibis.Table], ibis.Value]
    k: Callable[[ibis.Table], ibis.Value]
    amount: Callable[[ibis.Table], ibis.Value]
    observed: Callable[[ibis.Table], ibis.Value]
    some: Callable[[ibis.Table], ibis.Value]
    fit: Callable[[pd.DataFrame], object | None]
    look_up: Callable[[object, pd.DataFrame], tuple[Posterior, float]]


def share(k: str, n: str) -> Family:
    """The share of opportunities (column n of the state) that were taken (column k)."""
    return Family(
        n=lambda row: row[n],
        k=lambda row: ibis.least(row[k], row[n]),
        amount=lambda row: row[n] * 0 + 1.0,
        observed=lambda row: ibis.least(row[k], row[n]) / row[n].nullif(0),
        some=lambda row: row[n] > 0,
        fit=lambda own: shrinkage.fit_shares(own["k"], own["n"], own["people"]),
        look_up=lambda prior, own: (prior.posterior(own["k"], own["n"]), 0.0),
    )


def mean(total: str, n: str) -> Family:
    """The mean of n positive amounts that add up to a total (columns of the state)."""
    return Family(
        n=lambda row: row[n],
        k=lambda row: row[n],
        amount=lambda row: row[total].cast("float64"),
        observed=lambda row: row[total].cast("float64") / row[n].nullif(0),
        some=lambda row: (row[n] > 0) & (row[total] > 0),
        fit=lambda own: shrinkage.fit_means(own["amount"], own["n"], own["people"]),
        look_up=lambda prior, own: (prior.posterior(1 - prior.scale, own["n"]), prior.scale),
    )


def gap(k: str, exposure: str, span: str) -> Family:
    """The mean time between events: k after the first, in an exposure up to now and a span up to the last."""
    return Family(
        n=lambda row: row[k],
        k=lambda row: row[k],
        amount=lambda row: row[exposure].cast("float64"),
        observed=lambda row: row[span] / row[k].nullif(0),
        some=lambda row: row[exposure] > 0,
        fit=lambda own: shrinkage.fit_rates(own["k"], own["amount"], own["people"]),
        look_up=lambda prior, own: (prior.posterior(own["k"], 1 - prior.time), prior.time),
    )


def estimated(state: ibis.Table, families: dict[str, Family]) -> ibis.Table:
    """Add the estimates of each family to a state.

    Args:
        state: Columns cutoff and those that the families read; it is read several times.
        families: Name of a metric to how it is learned.

    Returns:
        `state` with NAME (the estimate), NAME_observed, NAME_n, NAME_lo, NAME_hi and NAME_confidence of each; the
        estimate is missing where a person gave no opportunity, or where fewer than 30 people did.
    """
    joined, parts = state, {}
    occurring = _occurring(state, families)
    for place, (name, family) in enumerate(families.items()):
        posteriors = _posteriors(occurring[occurring["family"] == name], family)
        if posteriors.num_rows:
            joined = _joined(joined, state, family, posteriors, place)
        parts[name] = (family, place if posteriors.num_rows else None)
    told = {column: value for name, own in parts.items() for column, value in _parts(joined, name, *own).items()}
    return joined.select(*state.columns, **told)


def _occurring(state: ibis.Table, families: dict[str, Family]) -> pd.DataFrame:
    """How many people have which k, n and amount, by family and cutoff."""
    parts = [
        state.filter(family.some(state).fill_null(False)).select(
            "cutoff",
            family=ibis.literal(name),
            k=family.k(state).cast("int64"),
            n=family.n(state).cast("int64"),
            amount=family.amount(state),
        )
        for name, family in families.items()
    ]
    rows = ibis.union(*parts) if len(parts) > 1 else parts[0]
    key = ["family", "cutoff", "k", "n"]
    near = (rows.amount.ln() / _ALIKE).round().cast("int64")
    groups = rows.group_by(*key, near=near).aggregate(people=rows.count(), amount=rows.amount.mean())
    return groups.to_pyarrow().to_pandas().sort_values([*key, "near"], ignore_index=True)


def _posteriors(occurring: pd.DataFrame, family: Family) -> pa.Table:
    """The posterior of every k and n that occurs of a family, by cutoff."""
    found = [_at(cutoff, own, family) for cutoff, own in occurring.groupby("cutoff")]
    return pa.concat_tables([_NONE, *(each for each in found if each is not None)])


def _at(cutoff: object, own: pd.DataFrame, family: Family) -> pa.Table | None:
    prior = family.fit(own)
    if prior is None:
        return None
    pairs = own[["k", "n"]].drop_duplicates()
    posterior, base = family.look_up(prior, pairs)
    columns = {"cutoff": [cutoff] * len(pairs), "k": pairs["k"], "n": pairs["n"], "base": [base] * len(pairs)}
    return pa.table({**columns, **posterior._asdict()}, schema=_NONE.schema)


_COLUMNS = {"base": pa.float64()} | dict.fromkeys(Posterior._fields, pa.float64())
_NONE = pa.schema({"cutoff": pa.date32(), "k": pa.int64(), "n": pa.int64()} | _COLUMNS).empty_table()


def _joined(joined: ibis.Table, state: ibis.Table, family: Family, posteriors: pa.Table, place: int) -> ibis.Table:
    """Add the posteriors under names of their own, so that a chain of joins needs no step between them."""
    known = ibis.memtable(posteriors).rename({f"_{name}{place}": name for name in posteriors.column_names})
    # Of whom nothing can be said has no k: a condition beside the equal columns would hold everybody against every row.
    k = ibis.ifelse(family.some(state), family.k(state).cast("int64"), None)
    same = [
        (state.cutoff, known[f"_cutoff{place}"]),
        (k, known[f"_k{place}"]),
        (family.n(state).cast("int64"), known[f"_n{place}"]),
    ]
    return joined.left_join(known, [left == right for left, right in same])


def _parts(joined: ibis.Table, name: str, family: Family, place: int | None) -> dict[str, ibis.Value]:
    """The columns of one estimate; what is believed is missing where nothing could be learned."""
    believed: dict[str, ibis.Value] = dict.fromkeys(Posterior._fields, ibis.null("float64"))
    if place is not None:
        amount = joined[f"_base{place}"] + family.amount(joined)
        believed = {part: amount * joined[f"_{part}{place}"] for part in ("mean", "lo", "hi")}
        believed["confidence"] = joined[f"_confidence{place}"]
    return {
        name: believed["mean"],
        f"{name}_observed": family.observed(joined),
        f"{name}_n": family.n(joined).fill_null(0).cast("int64"),
        **{f"{name}_{part}": believed[part] for part in Posterior._fields[1:]},
    }
