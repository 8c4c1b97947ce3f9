"""What the segmentation page says in sentences, from the figures it shows."""

from __future__ import annotations

from functools import partial

import pandas as pd

from helpers.reporting.formats import Format, money, number, percent
from helpers.segmentation.clusters import Clusters
from helpers.segmentation.rfm import GROUPS
from helpers.segmentation.summary import SMALL

COLUMNS = {
    "group": "Group",
    "people": "People",
    "people_share": "Share of people",
    "revenue_share": "Share of revenue",
    "median_orders": "Median orders",
    "median_days_since_order": "Median days since last order",
    "median_gap_days": "Median days between purchases",
    "median_revenue": "Median revenue",
    "median_events_90d": "Median events in 90 days",
}

_NONE = "No named group is large enough to be shown."


def formats(currency: str) -> dict[str, Format]:
    """How the columns of a readable summary become text."""
    amount = partial(money, currency=currency)
    return {"Share of people": percent, "Share of revenue": percent, "Median revenue": amount}


def readable(summary: pd.DataFrame) -> pd.DataFrame:
    """A summary of groups with the column heads that a page shows."""
    return summary.reset_index(names="group")[list(COLUMNS)].rename(columns=COLUMNS)


def definitions() -> pd.DataFrame:
    """The table that names the groups, as a page shows it."""
    return pd.DataFrame({"Group": [group.name for group in GROUPS], "Who": [group.meaning for group in GROUPS]})


def cluster_names(clusters: Clusters) -> pd.Series:
    """What each person's k-means group is called on pages."""
    return pd.Series(clusters.labels).map("group {}".format)


def title(summary: pd.DataFrame) -> str:
    """What the picture of shares shows, as a title."""
    named = summary.drop(index=SMALL, errors="ignore")
    return _NONE if named.empty else _money(named)


def found(summary: pd.DataFrame) -> str:
    """One sentence on the groups by recency, frequency and money."""
    named = summary.drop(index=SMALL, errors="ignore")
    if named.empty:
        return _NONE
    by_size = named["people"].idxmax()
    return f"{_person_share(by_size, named)}, the largest group. {_money(named)}"


def clusters_found(clusters: Clusters) -> str:
    """One sentence on the groups that k-means found, or why there are none."""
    if clusters.k == 1:
        return f"No grouping by k-means: {clusters.reason[0].lower()}{clusters.reason[1:]}"
    constant = ", ".join(clusters.left_out)
    left_out = f" Left out, because everybody has the same value: {constant}." if constant else ""
    tried = f"2 to {max(clusters.by_k)}" if len(clusters.by_k) > 1 else "2"
    return (
        f"k-means settles on {clusters.k} groups ({tried} tried), judged on {number(clusters.sample_size)} "
        f"people by {', '.join(clusters.used)}.{left_out}"
    )


def headlines(summary: pd.DataFrame, clusters: Clusters) -> list[str]:
    """The page's headlines, at most six, the first saying that nothing is decided here."""
    sentences = ["No decision yet: the groups say who buys how; whether to treat them differently takes a test."]
    named = summary.drop(index=SMALL, errors="ignore")
    if named.empty:
        return [*sentences, _NONE, clusters_found(clusters)]
    sentences.append(_money(named))
    once = named[named.index.str.startswith("one-time")]
    if len(once):
        people, share = once["people"].sum(), once["people_share"].sum()
        revenue = once["revenue_share"].sum(min_count=1)
        sentences.append(
            f"{number(people)} people ({percent(share)}) bought on one day only and bring {percent(revenue)} "
            "of revenue."
        )
    if "slipping away" in named.index:
        sentences.append(
            f"{_person_share('slipping away', named)}: they spent much, have been quiet for long and bring "
            f"{percent(named.loc['slipping away', 'revenue_share'])} of revenue."
        )
    return [*sentences, clusters_found(clusters)]


def _person_share(name: str, summary: pd.DataFrame) -> str:
    row = summary.loc[name]
    return f"{number(row['people'])} people ({percent(row['people_share'])}) are “{name}”"


def _money(summary: pd.DataFrame) -> str:
    if summary["revenue_share"].isna().all():
        return "There is no revenue to share out."
    name = summary["revenue_share"].idxmax()
    row = summary.loc[name]
    return (
        f"“{name}” bring {percent(row['revenue_share'])} of revenue and are {number(row['people'])} people "
        f"({percent(row['people_share'])})."
    )
