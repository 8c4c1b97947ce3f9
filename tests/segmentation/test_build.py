"""Groups of a whole shop, held against the panel of each day by itself."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

import pandas as pd
import pytest

import helpers
from helpers import profiles
from helpers.datasets import paths
from helpers.errors import WrongUse
from helpers.profiles.states import on_days
from helpers.reporting import Record
from helpers.segmentation import add_results, build, cards, drifted, judged, moved, of_worth, rules_table
from helpers.segmentation.build import Day
from helpers.segmentation.clusters import find_clusters, place
from helpers.segmentation.rfm import SCORES, group_by_rfm, learn_rfm
from tests.conftest import ENDED, HEAD, PUBLIC_KEY, UNREAD, Log
from tests.profiles.test_panel import wandering_log
from tests.segmentation.worlds import two_groups

OWN = """
[segment.bought_lately]
meaning = "Bought in the last 30 days, and is not new."
rule = "orders_30d >= 1 and state <> 'new'"
"""


def shop_of(home_at, folder, as_of, log=None):
    with home_at(folder):
        data = paths.dataset("tiny")
        data.mkdir(parents=True)
        head = HEAD.format(
            name="tiny", timezone="Europe/Berlin", history=ENDED, consent='source = "orders"', pseudonyms=PUBLIC_KEY
        )
        (data / "dataset.toml").write_text(head + dedent(UNREAD))
        (data / "segments.toml").write_text(OWN)
        log = log or wandering_log(Log(), seed=1, asked=True)
        shop = log.write(helpers.open("tiny", as_of=as_of))
        profiles.build(shop)
        profiles.build_states(shop)
        return shop, build(shop, draws=100, seed=1)


@pytest.fixture(scope="module")
def built(home_at, tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    with home_at(folder):
        yield shop_of(home_at, folder, "2025-11-05")


def people_on(shop, *days):
    """People as of each of the days, by a panel that no group has seen."""
    rows = shop.frame(profiles.panel(shop, list(days)))
    known = rows.merge(shop.frame(on_days(shop, list(days))), on=["profile_id", "cutoff"], how="left")
    return [
        known[pd.to_datetime(known["cutoff"]) == pd.Timestamp(day)].sort_values("profile_id", ignore_index=True)
        for day in days
    ]


def members(shop, scheme, day):
    """Who is in which group on a day, as table `memberships` has it."""
    rows = shop.frame("memberships").query("scheme == @scheme")
    begun, ended = (pd.to_datetime(rows[name]) for name in ("valid_from", "valid_to"))
    there = rows[(begun <= pd.Timestamp(day)) & (ended.isna() | (ended > pd.Timestamp(day)))]
    return set(zip(there["profile_id"], there["segment"], strict=True))


def test_everybody_with_a_profile_is_placed_by_the_buyers_of_the_reference_day(built):
    shop, found = built
    assert (found.cutoffs[0], found.cutoffs[-1]) == (date(2025, 10, 1), shop.as_of)
    then, now = people_on(shop, found.cutoffs[0], shop.as_of)
    expected = group_by_rfm(now, learn_rfm(then)).set_index("profile_id")
    stored = shop.frame("segments").set_index("profile_id")
    assert len(stored) > 5
    assert set(stored.index) == set(shop.frame("profiles")["profile_id"])
    pd.testing.assert_frame_equal(
        stored[[*SCORES, "rfm_group"]].sort_index().astype("string"),
        expected[[*SCORES, "rfm_group"]].sort_index().astype("string"),
    )


def test_memberships_of_each_day_are_those_of_its_panel(built):
    shop, found = built
    days = found.cutoffs[0], found.cutoffs[2], shop.as_of
    panels = people_on(shop, *days)
    buyers = learn_rfm(panels[0])
    for day, people in zip(days, panels, strict=True):
        groups = group_by_rfm(people, buyers)
        assert members(shop, "rfm", day) == set(zip(groups["profile_id"], groups["rfm_group"], strict=True))
        lately = people[(people["orders_30d"] >= 1) & (people["state"] != "new")]["profile_id"]
        fitting = {who for who, segment in members(shop, "rules", day) if segment == "bought_lately"}
        assert fitting == set(lately)
    assert any(members(shop, "rules", day) for day in found.cutoffs)


def test_a_week_later_the_weeks_before_are_what_they_were(built, home_at, tmp_path_factory):
    shop, found = built
    folder = tmp_path_factory.mktemp("later")
    with home_at(folder):
        later, again = shop_of(home_at, folder, "2025-11-12")
        theirs = [members(later, "rfm", day) for day in found.cutoffs]
    assert again.cutoffs[:-1] == found.cutoffs
    assert [members(shop, "rfm", day) for day in found.cutoffs] == theirs


def test_groups_are_learned_on_the_first_day_on_which_anybody_had_a_profile(home_at, tmp_path):
    with home_at(tmp_path / "home"):
        log = Log()
        for turn in range(12):
            log.order(f"2025-0{1 + turn % 9}-0{1 + turn % 7} 12:00", 10 + turn, user_id=f"u{turn % 4}")
        for who in range(4):
            log.says(f"u{who}", "granted", "2025-10-20")
        shop, found = shop_of(home_at, tmp_path / "home", "2025-11-05", log)
        assert found.cutoffs == [date(2025, 10, 22), date(2025, 10, 29), date(2025, 11, 5)]
        assert len(members(shop, "rfm", shop.as_of)) == 4


def test_what_a_page_shows_and_records_of_a_small_shop(built):
    shop, found = built
    summary, published = cards(shop, found, "rfm")
    assert (published.frame["People"].dropna() >= 10).all()
    assert len(summary) <= len(published.frame)
    rules = rules_table(shop, found)
    assert "bought lately" in set(rules.frame["Group"])
    worth, drift = judged(shop, found, seed=1), drifted(found)
    assert worth is None  # fewer than 100 people
    assert "cannot be told yet" in of_worth(worth, found.cutoffs[0], shop.as_of)
    assert moved(shop, found) is not None
    record = Record(shop, "segmentation")
    add_results(record, found, rules, worth, drift)
    assert record.entries[0]["key"] == "segmentation.k"
    assert not any("rules" in entry["key"] and entry["value"] for entry in record.entries)  # fewer than 10 people
    assert found.leads.judged is None


def test_natural_groups_take_the_place_of_named_ones_where_there_are_some(built):
    shop, found = built
    people, _ = two_groups(200, seed=1)
    learned = find_clusters(people, seed=1)
    own = people.assign(profile_id=[f"p{place}" for place in range(200)], mean_gap_days_observed=9.0)
    own["repeat_frequency"] = own["orders_count"] - 1
    day = Day(own, group_by_rfm(own, learn_rfm(own)), place(learned, own), pd.DataFrame(index=own.index))
    rows = own[["profile_id"]].assign(segment=day.clusters)
    placed = pd.concat([rows.assign(cutoff=cutoff) for cutoff in found.cutoffs], ignore_index=True)
    natural = found._replace(clusters=learned, then=day, now=day, placed={"clusters": placed})
    summary, published = cards(shop, natural, "clusters")
    assert set(summary.index) == set(learned.names)
    assert published.frame["Who"].eq("").all()
    assert set(moved(shop, natural).flows.frame.columns[1:]) == set(learned.names)
    drift = drifted(natural)
    assert not drift.fired
    assert drift.share_moved.value == 0
    record = Record(shop, "segmentation")
    add_results(record, natural, rules_table(shop, found), None, drift)
    assert {entry["key"] for entry in record.entries} >= {"segmentation.silhouette", "segmentation.null_ari_mean"}


def test_a_rule_that_cannot_be_asked_stops_before_anything_is_written(built):
    shop, _ = built
    file = paths.settings_file("tiny").with_name("segments.toml")
    before = file.read_text()
    file.write_text(OWN.replace("orders_30d", "orders_31d"))
    try:
        with pytest.raises(WrongUse, match=r"segments\.toml, line 4: .*unknown column 'orders_31d'"):
            build(shop, draws=100, seed=1)
    finally:
        file.write_text(before)
