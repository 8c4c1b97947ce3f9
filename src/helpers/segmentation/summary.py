"""What a group is like in figures that may be published: no group and no median of fewer than 10 people."""

from __future__ import annotations

import pandas as pd

from helpers.privacy import MINIMUM, Published

LEAST = MINIMUM
SMALL = "other groups (small)"

_MEDIANS = {
    "median_orders": "orders_count",
    "median_days_since_order": "days_since_last_order",
    "median_gap_days": "mean_gap_days_observed",
    "median_revenue": "revenue_total",
}


def fold_small(labels: pd.Series) -> pd.Series:
    """Fold groups of fewer than 10 people into one, with the next larger ones until it is large enough.

    Args:
        labels: Group of each person.

    Returns:
        The groups, small ones under one name.
    """
    sizes = labels.value_counts().sort_index().sort_values(kind="stable")
    folded = sizes[sizes < LEAST]
    if folded.empty:
        return labels
    enough = int((sizes.cumsum() < LEAST).sum()) + 1  # the fold itself must not be small
    names = sizes.index[: max(len(folded), enough)]
    return labels.where(~labels.isin(names), SMALL)


def summarise(profiles: pd.DataFrame, labels: pd.Series) -> pd.DataFrame:
    """Size, share of revenue and medians of each group.

    Args:
        profiles: Columns of table `profiles`, one row a person.
        labels: Group of each of them, with the same index.

    Returns:
        One row a group by falling revenue, small groups folded and last; people, people_share, revenue,
        revenue_share (missing where there is no revenue) and medians. Empty where all people together are
        fewer than 10.
    """
    shown = fold_small(labels)
    known = profiles.assign(group=shown)
    groups = known.groupby("group", sort=True)
    summary = pd.DataFrame({"people": groups.size(), "revenue": groups["revenue_total"].sum()})
    summary.insert(1, "people_share", summary["people"] / len(profiles))
    total = summary["revenue"].sum()
    summary["revenue_share"] = summary["revenue"] / total if total > 0 else float("nan")
    for name, column in _MEDIANS.items():
        enough = groups[column].count() >= LEAST
        summary[name] = groups[column].median().astype("float64").where(enough)
    summary = summary[summary["people"] >= LEAST].sort_values("revenue", ascending=False, kind="stable")
    return pd.concat([summary[summary.index != SMALL], summary[summary.index == SMALL]])


def shown(summary: pd.DataFrame, published: Published) -> pd.DataFrame:
    """The groups of a summary whose figures are not hidden on publication.

    Args:
        summary: As `summarise` gives it.
        published: The same groups, in the same order, as published.
    """
    return summary[~published.hidden.any(axis=1).to_numpy()]
