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
    counts = seen.own(so_far(rows, cutoffs, lambda row: {"n": Gathered(row.hour * 0 + 1)}, "kind", "hour")).cache()
    people = counts.group_by(*KEY, "kind").aggregate(n=counts.n.sum()).cache()
    priors = ibis.memtable(_priors(counts, people))
    around = ibis.memtable({"off": [23, 0, 1]})
    near = counts.cross_join(around).mutate(about=lambda row: (row.hour + row.off) % 24)
    near = near.group_by(*KEY, "kind", hour=near.about).aggregate(k=near.n.sum())
    top = priors.filter(priors.is_top)
    usual = people.join(top, ["cutoff", "kind"]).select(*KEY, "kind", "hour", k=ibis.literal(0.0))
    both = near.union(usual)
    both = both.group_by(*KEY, "kind", "hour").aggregate(k=both.k.sum())
    known = both.join(priors, ["cutoff", "kind", "hour"]).join(people, [*KEY, "kind"])
    known = known.mutate(share=(known.weight * known.usual + known.k) / (known.weight + known.n))
    order = [known.share.round(12).desc(), known.hour]
    best = known.mutate(place=ibis.row_number().over(ibis.window(group_by=[*KEY, "kind"], order_by=order)))
    best = best.filter(best.place == 0).cache()
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


def _priors(counts: ibis.Table, people: ibis.Table) -> pa.Table:
    """Of each cutoff, kind and hour: everybody's share of acts about it, whether it is the largest, and its weight."""
    whole = counts.group_by("cutoff", "kind", "hour").aggregate(n=counts.n.sum()).to_pyarrow().to_pandas()
    shares, busiest = {}, []
    for (cutoff, kind), own in whole.groupby(["cutoff", "kind"]):
        by_hour = own.set_index("hour")["n"].reindex(range(24), fill_value=0).to_numpy()
        if by_hour[1:].any():  # else only days are known
            about = (by_hour + np.roll(by_hour, 1) + np.roll(by_hour, -1)) / by_hour.sum()
            shares[cutoff, kind] = about
            busiest += [(cutoff, kind, int(about.argmax() + off) % 24) for off in (-1, 0, 1)]
    weights = _weights(counts, people, busiest)
    rows = [
        (cutoff, kind, hour, about[hour], hour == about.argmax(), weights[cutoff, kind])
        for (cutoff, kind), about in shares.items()
        if (cutoff, kind) in weights
        for hour in range(24)
    ]
    return pa.table([*map(list, zip(*rows, strict=True))] or [[]] * len(_PRIORS), schema=_PRIORS)


_PRIORS = pa.schema(
    {"cutoff": pa.date32(), "kind": pa.string(), "hour": pa.int64(), "usual": pa.float64(), "is_top": pa.bool_(),
     "weight": pa.float64()}
)  # fmt: skip


def _weights(counts: ibis.Table, people: ibis.Table, busiest: list[tuple]) -> dict[tuple[date, str], float]:
    """How many hours of one person everybody's weigh as much as, by cutoff and kind."""
    top = ibis.memtable(pa.table([*map(list, zip(*busiest, strict=True))] or [[]] * 3, schema=_BUSIEST))
    inside = counts.join(top, ["cutoff", "kind", "hour"])
    inside = inside.group_by(*KEY, "kind").aggregate(inside=inside.n.sum())
    both = people.left_join(inside, [*KEY, "kind"])
    both = both.select("cutoff", "kind", "n", k=both.inside.fill_null(0.0))
    grouped = both.group_by("cutoff", "kind", "k", "n").aggregate(people=both.count()).to_pyarrow().to_pandas()
    found = {}
    for key, own in grouped.sort_values(["k", "n"]).groupby(["cutoff", "kind"]):
        prior = shrinkage.fit_shares(own["k"], own["n"], own["people"])
        if prior is not None:
            found[key] = prior.yes + prior.no
    return found


_BUSIEST = pa.schema({"cutoff": pa.date32(), "kind": pa.string(), "hour": pa.int64()})
