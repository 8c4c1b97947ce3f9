"""What people turn to most: categories, the pages they leave from, and the hours at which they act."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis
import numpy as np
import pyarrow as pa
from scipy.stats import beta

from helpers.datasets.tables.facts import HOURS_ON
from helpers.profiles.windows import KEY, Gathered, so_far
from helpers.statistics import shrinkage

if TYPE_CHECKING:
    from helpers.profiles.past import Then

_TURNED_TO = {"ordered": "top_category", "left": "exit_page_mode"}
_PREFIX = "hour on "
_DAY = range(24)
_LEAST = 1e-9


def favourites(kinds: ibis.Table, cutoffs: list[date]) -> ibis.Table:
    """What each turned to most often before each cutoff, and how evenly they order from categories.

    Args:
        kinds: Table `daily_kinds`.
        cutoffs: Local days, earliest first.

    Returns:
        Columns cutoff, profile_id, top_category, category_entropy (bits), exit_page_mode; of equals the first by name.
    """
    rows = kinds.filter(kinds.kind.isin([*_TURNED_TO]))
    counts = so_far(rows, cutoffs, lambda row: {"n": Gathered(row.n)}, "kind", "topic")
    order = [counts.n.desc(), counts.topic]
    placed = counts.mutate(place=ibis.row_number().over(ibis.window(group_by=[*KEY, "kind"], order_by=order)))
    own = placed.kind == "ordered"
    parts = {
        name: ibis.ifelse((placed.kind == kind) & (placed.place == 0), placed.topic, None).max()
        for kind, name in _TURNED_TO.items()
    }
    found = placed.group_by(*KEY).aggregate(
        **parts, total=placed.n.sum(where=own), spread=(placed.n * placed.n.log2()).sum(where=own)
    )
    # What is as good as nothing is nothing, whatever the order in which an engine adds up.
    entropy = (found.total.log2() - found.spread / found.total).round(9)
    entropy = ibis.ifelse(found.total > 0, ibis.greatest(entropy, 0.0), None)
    return found.mutate(category_entropy=entropy).drop("total", "spread")


def best_hours(seen: Then, cutoffs: list[date]) -> ibis.Table:
    """The hour about which each acts most, by channel: circular, and held against what others do.

    Every hour of a day counts once, whatever was done in it. The share of a person's hours that lie in an hour or the
    ones beside it is believed to be (m p + k) / (m + n), with p everybody's share, k and n the person's hours, and m
    the weight of a beta distribution fitted to everybody's busiest three hours.

    Args:
        seen: Whose rows are read, as people were told apart.
        cutoffs: Local days, earliest first.

    Returns:
        Columns cutoff, profile_id and, for each channel of `HOURS_ON`, best_hour_CHANNEL (0 to 23), …_n, …_share, …_lo
        and …_hi; missing where fewer than 30 people acted, or no hours are known.
    """
    rows = seen.kinds.filter(seen.kinds.kind.startswith(_PREFIX)).mutate(hour=lambda row: row.amount.cast("int64"))

    # Hours side by side: one row a person, however many hours there are to compare.
    def gather(row: ibis.Table) -> dict[str, Gathered]:
        return {f"h{h}": Gathered((row.hour == h).cast("int64")) for h in _DAY}

    counts = so_far(rows, cutoffs, gather, "kind")
    counts = counts.mutate(**{f"h{h}": counts[f"h{h}"].cast("int32") for h in _DAY})
    counts = seen.own(counts.mutate(n=sum(counts[f"h{h}"] for h in _DAY))).cache()
    known = counts.join(ibis.memtable(_priors(counts)), ["cutoff", "kind"])
    # Share and hour as one whole number, of which the largest is that of the earliest hour of equals.
    order = [(_share(known, h).round(12) * 1e12).round().cast("int64") * 24 - h for h in _DAY]
    best = known.mutate(hour=(24 - ibis.greatest(*order) % 24) % 24).cache()
    k, share = (best.hour.cases(*((h, of(best, h)) for h in _DAY), else_=None) for of in (_about, _share))
    best = best.select(*KEY, "kind", "hour", "n", "weight", k=k, share=share).cache()
    ends = ibis.memtable(_ends(best))
    best = best.join(ends, ["cutoff", "kind", "hour", "k", "n"])
    found = best.group_by(*KEY).aggregate(
        **{
            f"best_hour_{channel}{end}": best[name].max(where=best.kind == _PREFIX + channel)
            for channel in HOURS_ON
            for end, name in {"": "hour", "_n": "n", "_share": "share", "_lo": "lo", "_hi": "hi"}.items()
        }
    )
    whole_numbers = [f"best_hour_{channel}{end}" for channel in HOURS_ON for end in ("", "_n")]
    return found.mutate(**{name: found[name].cast("int64") for name in whole_numbers})


def _ends(best: ibis.Table) -> pa.Table:
    """The ends of the interval of the share, for each of the few counts that occur."""
    key = ["cutoff", "kind", "hour", "k", "n"]
    cases = best.select(*key, "weight", "share").distinct().to_pyarrow().to_pandas().sort_values(key)
    weight = cases["weight"] + cases["n"]
    # A beta distribution needs some of either, also where everybody is of one kind.
    yes, no = (np.maximum(weight * share, _LEAST) for share in (cases["share"], 1 - cases["share"]))
    lo, hi = (beta.ppf(tail, yes, no) for tail in ((1 - shrinkage.LEVEL) / 2, (1 + shrinkage.LEVEL) / 2))
    columns = {name: best[name].type().to_pyarrow() for name in key} | {"lo": pa.float64(), "hi": pa.float64()}
    return pa.table({**cases[key], "lo": lo, "hi": hi}, schema=pa.schema(columns))


def _about(row: ibis.Table, hour: int) -> ibis.Value:
    """Acts in an hour or the ones beside it."""
    return sum(row[f"h{each % 24}"] for each in (hour - 1, hour, hour + 1))


def _share(row: ibis.Table, hour: int) -> ibis.Value:
    """What is believed of the share of acts about an hour."""
    return (row.weight * row[f"usual{hour}"] + _about(row, hour)) / (row.weight + row.n)


def _priors(counts: ibis.Table) -> pa.Table:
    """Of each cutoff and kind: everybody's share of acts about each hour, usual0 to usual23, and how much it weighs."""
    sums = {f"h{h}": counts[f"h{h}"].sum() for h in _DAY}
    whole = counts.group_by("cutoff", "kind").aggregate(**sums).to_pyarrow().to_pandas()
    usual = {}
    for _, (cutoff, kind, *by_hour) in whole.iterrows():
        about = np.array(by_hour) + np.roll(by_hour, 1) + np.roll(by_hour, -1)
        if any(by_hour[1:]):  # else only days are known
            usual[cutoff, kind] = about / sum(by_hour)
    weights = _weights(counts, {key: int(about.argmax()) for key, about in usual.items()})
    return _by_hour({key: (weights[key], *usual[key]) for key in weights}, weight=pa.float64(), usual=pa.float64())


def _weights(counts: ibis.Table, busiest: dict[tuple[date, str], int]) -> dict[tuple[date, str], float]:
    """How many hours of one person everybody's weigh as much as, by cutoff and kind, told from the busiest three."""
    is_top = {key: [int((h - top + 1) % 24 < 3) for h in _DAY] for key, top in busiest.items()}
    both = counts.join(ibis.memtable(_by_hour(is_top, is_top=pa.int64())), ["cutoff", "kind"])
    both = both.select("cutoff", "kind", "n", k=sum(both[f"h{h}"] * both[f"is_top{h}"] for h in _DAY))
    grouped = both.group_by("cutoff", "kind", "k", "n").aggregate(people=both.count()).to_pyarrow().to_pandas()
    found = {}
    for key, own in grouped.sort_values(["k", "n"]).groupby(["cutoff", "kind"]):
        prior = shrinkage.fit_shares(own["k"], own["n"], own["people"])
        if prior is not None:
            found[key] = prior.yes + prior.no
    return found


def _by_hour(rows: dict[tuple[date, str], tuple], **types: pa.DataType) -> pa.Table:
    """Rows by cutoff and kind; of the last column that is named there is one for each hour."""
    *single, last = types
    columns = {name: types[name] for name in single} | {f"{last}{h}": types[last] for h in _DAY}
    schema = pa.schema({"cutoff": pa.date32(), "kind": pa.string(), **columns})
    listed = [(*key, *values) for key, values in rows.items()]
    return pa.table([*map(list, zip(*listed, strict=True))] or [[]] * len(schema), schema=schema)
