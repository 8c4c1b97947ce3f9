"""What the segmentation page says in sentences, from the figures it shows."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from helpers.privacy import Published, publish
from helpers.reporting.formats import Format, interval, money, number, percent
from helpers.segmentation.alternatives import Alternatives
from helpers.segmentation.clusters import Clusters
from helpers.segmentation.features import FEATURES
from helpers.segmentation.rfm import GROUPS
from helpers.segmentation.stability import CLOUDS, EACH_AT_LEAST, MEAN_AT_LEAST, Trial
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

NO_GROUPS = (
    "There are no natural groups to be found: not even two groups of k-means hold still enough when people are drawn "
    "again, and no more were looked for, so the groups to use are those by recency, frequency and money."
)

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


def definitions() -> Published:
    """The table that names the groups, as a page shows it."""
    rows = pd.DataFrame({"Group": [group.name for group in GROUPS], "Who": [group.meaning for group in GROUPS]})
    return publish(rows, people=None, why="definitions")


def who(group: str) -> str | None:
    """Whom a group by recency, frequency and money takes, as a sentence; None for any other."""
    meaning = next((each.meaning for each in GROUPS if each.name == group), None)
    return meaning and f"{meaning[0].upper()}{meaning[1:]}."


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


def of_trials(clusters: Clusters) -> dict[str, Any]:
    """Title, subtitle, alt text and more of the picture of numbers of groups that were tried."""
    title = "Not even two groups hold still" if clusters.k == 1 else f"{clusters.k} groups hold still"
    return {
        "title": title,
        "subtitle": f"{number(clusters.sample_size)} people drawn again and again: how far they are grouped alike, "
        "mean and least, by number of groups",
        "alt": f"Marks by number of groups, beside clouds without groups. {title}. {clusters_found(clusters)}",
        "source": "profiles, as of the day when groups were learned",
        "data": publish(tried(clusters), people=None, why="a method's measures"),
    }


def features_used() -> Published:
    """The features that groups are found by, as a page shows them."""
    told = [{"Feature": each.words, "Why": each.why} for each in FEATURES.values()]
    return publish(pd.DataFrame(told), people=None, why="definitions")


def tried(clusters: Clusters) -> pd.DataFrame:
    """The numbers of groups that were tried, as a page shows them."""
    trials = clusters.trials
    return pd.DataFrame(
        {
            "Groups": [each.k for each in trials],
            "Alike, mean": [each.mean.value for each in trials],
            "Alike, least": [each.least for each in trials],
            "Draws": [each.draws for each in trials],
            "Cloud, mean": [each.cloud.value if each.cloud else None for each in trials],
            "Cloud, most": [each.cloud_most for each in trials],
            "One group fewer, most": [each.fewer_most for each in trials],
            "Holds still": ["yes" if each.passed else "no" for each in trials],
        }
    ).astype(dict.fromkeys(["Cloud, mean", "Cloud, most", "One group fewer, most"], "float64"))


def clusters_found(clusters: Clusters) -> str:
    """What k-means found, from what and how still it holds, or why there are no groups."""
    sentences = [_settled(clusters)]
    if clusters.reported is None:
        return sentences[0]
    sentences.append(_still(clusters.reported))
    if clusters.trials[-1] != clusters.reported:
        sentences.append(_still(clusters.trials[-1]))
    sentences.append(
        f"Asked for are {MEAN_AT_LEAST} on average, {EACH_AT_LEAST} in every draw, and to be twice as near to 1 as any "
        f"of {CLOUDS} made-up worlds with fewer groups."
    )
    used, left_out = (
        ", ".join(FEATURES[each].words for each in columns)
        for columns in (clusters.scaling.columns, clusters.scaling.left_out)
    )
    sentences.append(f"It looked at {number(clusters.sample_size)} people, by {used}.")
    if left_out:
        sentences.append(f"Left out, because everybody has the same value: {left_out}.")
    return " ".join(sentences)


def alternatives_found(clusters: Clusters, compared: Alternatives) -> str:
    """What a mixture, a tree and an SVM make of the groups of k-means."""
    same = compared.mixture.value >= MEAN_AT_LEAST
    mixture = "finds nearly the same groups" if same else "draws the groups differently"
    tree, svm, largest = (interval(each, form=percent) for each in (compared.tree, compared.svm, compared.largest))
    return (
        f"A Gaussian mixture of {clusters.k} parts {mixture} (agreement {interval(compared.mixture)}; 1 is the same). "
        f"Of people held out, a decision tree with {clusters.k} leaves puts {tree} where k-means puts them, a support "
        f"vector machine {svm}; who always guessed the largest group would be right with {largest}."
    )


def headlines(summary: pd.DataFrame, clusters: Clusters) -> list[str]:
    """What the page says first of groups, the first sentence saying that nothing is decided here."""
    sentences = ["No decision yet: the groups say who buys how; whether to treat them differently takes a test."]
    named = _named(summary)
    if named.empty:
        return [*sentences, _NONE, _settled(clusters)]
    sentences.append(_money(summary))
    once, away = [name for name in named.index if name.startswith("one-time")], ["slipping away"]
    if "slipping away" in named.index:
        sentences.append(
            f"{_people(summary, away)} are “slipping away”: they spent much, have been quiet for long"
            f"{_bring(summary, away)}."
        )
    elif once:
        names = " or ".join(f"“{name}”" for name in once)
        sentences.append(f"{_people(summary, once)} are {names}: they bought on one day only{_bring(summary, once)}.")
    return [*sentences, _settled(clusters)]


def _settled(clusters: Clusters) -> str:
    if clusters.k == 1:
        none = clusters.reported is not None
        return NO_GROUPS if none else f"k-means finds no groups: {clusters.reason[0].lower()}{clusters.reason[1:]}"
    names = ", ".join(f"“{name}”" for name in clusters.names)
    return f"k-means, which is told no names, finds {clusters.k} groups that hold still: {names}."


def _still(trial: Trial) -> str:
    """How still a number of groups holds."""
    said = (
        f"In {trial.k} groups, {number(trial.draws)} times drawn again, people are grouped alike to "
        f"{number(trial.mean.value)} on average and {number(trial.least)} at least (1: all alike, 0: as by chance)"
    )
    calmest = max((each for each in (trial.cloud_most, trial.fewer_most) if each is not None), default=None)
    if calmest is None:
        return f"{said}, which settled that they do not hold still."
    return f"{said}; people of made-up worlds with fewer groups, to {number(calmest)} at most."


def _named(summary: pd.DataFrame) -> pd.DataFrame:
    return summary.drop(index=SMALL, errors="ignore")


def _people(summary: pd.DataFrame, names: list[str]) -> str:
    people, total = summary.loc[names, "people"].sum(), summary["people"].sum()
    return f"{number(people)} of {number(total)} people ({percent(people / total)})"


def _revenue(summary: pd.DataFrame, names: list[str]) -> str:
    return f"{percent(summary.loc[names, 'revenue_share'].sum(min_count=1))} of revenue"


def _bring(summary: pd.DataFrame, names: list[str]) -> str:
    return "" if summary["revenue_share"].isna().all() else f" and bring {_revenue(summary, names)}"


def _money(summary: pd.DataFrame) -> str:
    if summary["revenue_share"].isna().all():
        return "There is no revenue to share out."
    richest = [_named(summary)["revenue_share"].idxmax()]
    return f"“{richest[0]}” brings {_revenue(summary, richest)} with {_people(summary, richest)}."
