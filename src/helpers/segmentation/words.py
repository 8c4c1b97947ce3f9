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
}

_NONE = "No named group is large enough to be shown."


def formats(currency: str) -> dict[str, Format]:
    """How the columns of a readable summary become text."""
    amount = partial(money, currency=currency)
    shares = dict.fromkeys([COLUMNS["people_share"], COLUMNS["revenue_share"]], percent)
    lengths = dict.fromkeys([COLUMNS["median_days_since_order"], COLUMNS["median_gap_days"]], number)
    return {**shares, **lengths, COLUMNS["median_revenue"]: amount}


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
    named = _named(summary)
    return (_NONE if named.empty else _money(summary)).removesuffix(".")


def found(summary: pd.DataFrame) -> str:
    """What the groups by recency, frequency and money show, in two sentences."""
    named = _named(summary)
    if named.empty:
        return _NONE
    largest = named["people"].idxmax()
    if named["revenue_share"].notna().all() and largest == named["revenue_share"].idxmax():
        return f"The largest group brings the largest share of revenue: {_money(summary)}"
    return f"The largest group is “{largest}” with {_people(summary, [largest])}. {_money(summary)}"


def tried(clusters: Clusters) -> pd.DataFrame:
    """The numbers of groups that were tried, as a page shows them."""
    return pd.DataFrame({"Groups": list(clusters.by_k), "Mean silhouette": list(clusters.by_k.values())})


def clusters_found(clusters: Clusters) -> str:
    """What k-means found and from what, or why there are no groups."""
    if clusters.k == 1:
        return _settled(clusters)
    sentences = [
        _settled(clusters),
        f"It took {number(clusters.sample_size)} people to choose the number, by {', '.join(clusters.used)}.",
    ]
    if clusters.left_out:
        sentences.append(f"Left out, because everybody has the same value: {', '.join(clusters.left_out)}.")
    return " ".join(sentences)


def headlines(summary: pd.DataFrame, clusters: Clusters) -> list[str]:
    """The page's headlines, at most six, the first saying that nothing is decided here."""
    sentences = ["No decision yet: the groups say who buys how; whether to treat them differently takes a test."]
    named = _named(summary)
    if named.empty:
        return [*sentences, _NONE, _settled(clusters)]
    sentences.append(_money(summary))
    once = [name for name in named.index if name.startswith("one-time")]
    if once:
        names = " or ".join(f"“{name}”" for name in once)
        sentences.append(
            f"{_people(summary, once)} are {names}: they bought on one day only and bring {_revenue(summary, once)}."
        )
    if "slipping away" in named.index:
        away = ["slipping away"]
        sentences.append(
            f"{_people(summary, away)} are “slipping away”: they spent much, have been quiet for long and bring "
            f"{_revenue(summary, away)}."
        )
    return [*sentences, _settled(clusters)]


def _settled(clusters: Clusters) -> str:
    if clusters.k == 1:
        return f"k-means finds no groups: {clusters.reason[0].lower()}{clusters.reason[1:]}"
    most = max(clusters.by_k)
    span = f"2 to {most}" if most > 2 else "only 2"
    return f"k-means, which knows no names, settles on {clusters.k} groups ({span} tried)."


def _named(summary: pd.DataFrame) -> pd.DataFrame:
    return summary.drop(index=SMALL, errors="ignore")


def _people(summary: pd.DataFrame, names: list[str]) -> str:
    people, total = summary.loc[names, "people"].sum(), summary["people"].sum()
    return f"{number(people)} of {number(total)} people ({percent(people / total)})"


def _revenue(summary: pd.DataFrame, names: list[str]) -> str:
    return f"{percent(summary.loc[names, 'revenue_share'].sum(min_count=1))} of revenue"


def _money(summary: pd.DataFrame) -> str:
    if summary["revenue_share"].isna().all():
        return "There is no revenue to share out."
    richest = [_named(summary)["revenue_share"].idxmax()]
    return f"“{richest[0]}” brings {_revenue(summary, richest)} with {_people(summary, richest)}."
