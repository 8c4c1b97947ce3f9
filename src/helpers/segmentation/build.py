"""Learns groups on the reference day, places people on every day since, and writes who is and was in which."""

from __future__ import annotations

from datetime import date
from itertools import dropwhile
from typing import TYPE_CHECKING, NamedTuple

import ibis
import pandas as pd

from helpers import profiles
from helpers.datasets.segment_rules import Rule, segment_rules
from helpers.profiles.states import on_days
from helpers.segmentation import features, leads
from helpers.segmentation.clusters import EVERYBODY, Clusters, find_clusters, place
from helpers.segmentation.membership import memberships
from helpers.segmentation.rfm import SCORES, Buyers, group_by_rfm, learn_rfm
from helpers.segmentation.rules import asked, fits
from helpers.segmentation.times import cutoffs as placing_days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from helpers.datasets import Shop

SUMMARY = ("orders_count", "mean_gap_days_observed")
_MEASURES = ("profile_id", "repeat_frequency", "days_since_last_order", "revenue_total")


class Day(NamedTuple):
    """People as of one day, placed in the groups that were learned.

    Attributes:
        people: One row a person: profile_id, what groups are made of, and state.
        segments: profile_id, scores and rfm_group, as `group_by_rfm` gives them, in the same order.
        clusters: Group by k-means of each; one for all where there are no natural groups.
        rules: Whom each rule fits, one column a rule.
    """

    people: pd.DataFrame
    segments: pd.DataFrame
    clusters: pd.Series
    rules: pd.DataFrame


class Built(NamedTuple):
    """The groups of a data set.

    Attributes:
        cutoffs: The days on which people were placed: groups were learned on the first, the last is as_of.
        clusters: Groups by k-means.
        rules: Groups that a rule names.
        then: People as of the first day.
        now: People as of the last.
        placed: Way of grouping to rows of cutoff, profile_id and segment.
        leads: Who may order in the next 30 days.
    """

    cutoffs: list[date]
    clusters: Clusters
    rules: dict[str, Rule]
    then: Day
    now: Day
    placed: dict[str, pd.DataFrame]
    leads: leads.Leads


def build(shop: Shop, *, draws: int, seed: int) -> Built:
    """Learn groups, place people, and write tables `segments`, `memberships` and, of `leads`, `leads` and its worth.

    Everything follows from events before as_of alone: no run depends on what an earlier one found.

    Args:
        shop: An open data set whose profiles and states are written.
        draws: Bootstrap draws behind the worth of leads.
        seed: Seed of samples, starts and draws.

    Returns:
        The groups, and who is in which.

    Raises:
        WrongUse: If a rule cannot be asked.
    """
    rules, cutoffs = segment_rules(shop.name), placing_days(shop)
    # With the days that leads are learned and judged on, so that people are described once.
    days_asked = sorted({*cutoffs, *leads.cutoffs(shop)})
    with shop.at_hand(profiles.panel(shop, days_asked)) as rows:
        # Where nobody had a profile on the reference day, groups are learned on the first day on which somebody had.
        days = dropwhile(lambda day: day[1].empty, zip(cutoffs, _people(shop, rows, cutoffs, rules), strict=True))
        begins, then = next(days)
        buyers, clusters = learn_rfm(then), find_clusters(then, seed=seed)
        first = last = _placed(then, buyers, clusters, rules)
        each = {begins: _segments(first, clusters)}
        for cutoff, people in days:
            last = _placed(people, buyers, clusters, rules)
            each[cutoff] = _segments(last, clusters)
        cutoffs = list(each)
        found = leads.find(shop, rows, draws=draws, seed=seed)
    placed = {
        way: pd.concat([day[way].assign(cutoff=cutoff) for cutoff, day in each.items()], ignore_index=True)
        for way in each[cutoffs[0]]
    }
    natural = last.clusters.astype("string").mask(last.clusters == EVERYBODY)
    shop.write("segments", last.segments.assign(cluster=natural))
    stretches = [memberships(own, cutoffs, scheme=way) for way, own in placed.items()]
    shop.write("memberships", pd.concat(stretches, ignore_index=True))
    return Built(cutoffs, clusters, rules, first, last, placed, found)


def _people(shop: Shop, rows: ibis.Table, cutoffs: list[date], rules: dict[str, Rule]) -> Iterator[pd.DataFrame]:
    """People as of each of the days, in an order of their own, with what groups are made of."""
    wanted = {*_MEASURES, *features.COLUMNS, *SUMMARY, *asked(rules, rows.columns)}
    own = rows.select("cutoff", *(name for name in rows.columns if name in wanted))
    states = on_days(shop, cutoffs)
    for cutoff in cutoffs:
        day = ibis.literal(cutoff)
        people = own.filter(own.cutoff == day).drop("cutoff")
        found = people.left_join(states.filter(states.cutoff == day).drop("cutoff"), "profile_id")
        yield shop.frame(found.drop("profile_id_right")).sort_values("profile_id", ignore_index=True)


def _placed(people: pd.DataFrame, buyers: Buyers, clusters: Clusters, rules: dict[str, Rule]) -> Day:
    segments = group_by_rfm(people, buyers)
    known = people.assign(**{name: segments[name] for name in SCORES})
    return Day(people, segments, place(clusters, people), fits(known, rules))


def _segments(day: Day, clusters: Clusters) -> dict[str, pd.DataFrame]:
    """Way of grouping to profile_id and segment of who is in which group on a day."""
    who = day.people["profile_id"]
    found = {"rfm": pd.DataFrame({"profile_id": who, "segment": day.segments["rfm_group"]})}
    if clusters.k > 1:
        found["clusters"] = pd.DataFrame({"profile_id": who, "segment": day.clusters})
    fitting = day.rules.assign(profile_id=who).melt("profile_id", var_name="segment", value_name="fits")
    found["rules"] = fitting.loc[fitting["fits"].fillna(value=False).astype(bool), ["profile_id", "segment"]]
    return found
