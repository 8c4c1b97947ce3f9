"""Who moved between groups: counts against a reading person by person, sums that give nobody away, pictures, words."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgb

from helpers.privacy import publish
from helpers.privacy.disclosure import Counts, Line, given_away
from helpers.reporting import style
from helpers.reporting.flows import ALL
from helpers.segmentation.flow_pictures import plot_group_shares, plot_moves
from helpers.segmentation.flow_words import moves_alt, moves_found, moves_title, shares_alt
from helpers.segmentation.flows import MOVED, UNSEEN, by_day, flows, movement, shares, weeks
from helpers.segmentation.summary import SMALL

DAYS = [date(2026, 1, 1), *(date(2026, 1, 7) + timedelta(days=7 * week) for week in range(6))]


def walks(people=400, *, seed=1, moving=0.1, late=40):
    """People in three groups who now and then go to another; the last `late` come later, one is away for a week."""
    rng = np.random.default_rng(seed)
    rows = []
    for who in range(people):
        group = rng.choice(list("aaaabbc"))
        for place, day in enumerate(DAYS):
            if rng.random() < moving:
                group = rng.choice(list("abc"))
            if place >= (2 + who % 5 if who >= people - late else 0) and (who, place) != (0, 3):
                rows.append((day, f"p{who}", group))
    return pd.DataFrame(rows, columns=["cutoff", "profile_id", "segment"]).sample(frac=1, random_state=seed)


@pytest.fixture
def shop(make_shop):
    return make_shop(as_of=DAYS[-1].isoformat())


VARIOUS = {
    "many": walks(),
    "few": walks(120, moving=0.15, late=3),
    "still": walks(250, moving=0.05, late=9),
}


@pytest.fixture(params=VARIOUS)
def various(shop, request):
    """People who move more or less, and what is shown of them."""
    placed = VARIOUS[request.param]
    return placed, movement(shop, placed, DAYS, scheme="rfm")


@pytest.fixture
def found(shop):
    return movement(shop, walks(), DAYS, scheme="rfm")


def own_of(placed):
    """The group of each person with a profile on the last day, on each day; without a profile, that of before."""
    known = {(who, day): group for day, who, group in placed.itertuples(index=False)}
    own = {}
    for who in sorted({who for who, day in known if day == DAYS[-1]}):
        group = None
        for day in DAYS:
            group = own[who, day] = known.get((who, day), group)
    return own


def test_flows_are_those_of_a_reading_person_by_person():
    placed = walks()
    own, expected = own_of(placed), {}
    for who in {who for who, _ in own}:
        move = own[who, DAYS[2]] or UNSEEN, own[who, DAYS[-1]]
        expected[move] = expected.get(move, 0) + 1
    counted = flows(by_day(placed, DAYS), DAYS[2], DAYS[-1])
    found = {(was, now): int(counted.loc[was, now]) for was in counted.index for now in counted.columns}
    assert {move: people for move, people in found.items() if people} == expected


def test_weeks_are_those_of_a_reading_person_by_person():
    placed = walks()
    own = own_of(placed)
    rows = weeks(by_day(placed, DAYS))
    assert list(rows.index) == [day.isoformat() for day in DAYS[2:]]  # the first two are six days apart
    assert len(weeks(by_day(placed[placed["cutoff"] != DAYS[0]], DAYS[1:]))) == len(DAYS) - 2
    for (was, now), moved in zip(pairwise(DAYS[1:]), rows[MOVED], strict=True):
        pairs = [(own[who, was], own[who, now]) for who in {who for who, _ in own}]
        assert moved == sum(None not in pair and pair[0] != pair[1] for pair in pairs)


def test_who_has_no_profile_now_is_not_told_of():
    placed = walks()
    placed = placed[(placed["profile_id"] != "p7") | (placed["cutoff"] != DAYS[-1])]
    assert set(by_day(placed, DAYS).index) == {f"p{who}" for who in range(400)} - {"p7"}


def test_flows_begin_on_the_day_nearest_to_four_weeks_before(shop, found):
    assert (found.then, found.now) == (DAYS[2], DAYS[-1])
    short = [DAYS[0], *DAYS[-2:]]
    longer = movement(shop, walks().query("cutoff in @short"), short, scheme="rfm")
    assert longer.then == DAYS[0]


def test_what_is_shown_adds_up_and_hides_small_groups(found):
    table = framed(found.flows)
    assert table.drop(index=ALL).isna().to_numpy().any()
    for each in (found.flows, found.weeks):
        counts = framed(each).to_numpy(dtype=float)
        assert not ((counts > 0) & (counts < 10)).any()
    assert table.loc[ALL].sum() == 400
    assert list(table.columns) == sorted(table.columns, key=lambda name: -table.loc[ALL, name])
    assert framed(found.weeks).index.tolist() == [day.isoformat() for day in DAYS[2:]]


def framed(published):
    return published.frame.set_index(published.frame.columns[0])


def test_no_sum_of_flows_gives_a_small_move_away(various):
    placed, found = various
    groups = by_day(placed, DAYS)
    moved = flows(groups, found.then, found.now)
    cells = {(row, name): int(moved.loc[row, name]) for row in moved.index for name in moved.columns}
    cells |= {(ALL, name): int(moved[name].sum()) for name in moved.columns}
    lines = [Line({(ALL, name): -1} | {(row, name): 1 for row in moved.index}, 0) for name in moved.columns]
    counts, shown = Counts(cells, lines), framed(found.flows)
    hidden = {(row, name) for row, name in cells if pd.isna(shown.loc[row, name])}
    small = counts.small(10)
    assert len(small) > 1
    assert small <= hidden
    assert given_away(counts, hidden, small, minimum=10) == []


def of_pairs(shop, **people):
    """Flows of so many people from the group of the first letter to that of the second, as shown."""
    groups = np.repeat([list(pair) for pair in people], list(people.values()), axis=0)
    rows = [(day, f"p{who}", own[place]) for who, own in enumerate(groups) for place, day in enumerate(DAYS[-2:])]
    placed = pd.DataFrame(rows, columns=["cutoff", "profile_id", "segment"])
    return framed(movement(shop, placed, DAYS[-2:], scheme="rfm").flows)


def test_who_stayed_does_not_tell_whoever_knows_how_many_there_were_how_few_left(shop):
    shown = of_pairs(shop, aa=200, ab=5, bb=100, cc=80)
    assert shown.loc["a", ["a", "b"]].isna().all()
    assert shown.loc["c", "c"] == 80


def test_beside_a_small_flow_the_smallest_is_hidden(shop):
    shown = of_pairs(shop, aa=300, ab=40, ac=3, bb=80, cc=90)
    assert shown.loc["a", "a"] == 300
    assert shown.loc["a", ["b", "c"]].isna().all()


def test_no_small_flow_is_the_only_one_of_its_row_that_is_hidden(various):
    placed, found = various
    moved = flows(by_day(placed, DAYS), found.then, found.now)
    hidden = framed(found.flows).drop(index=ALL).isna()
    for was, own in moved.iterrows():
        small, beside = set(own[(own > 0) & (own < 10)].index), set(own[own >= 10].index)
        unknown = set(hidden.columns[hidden.loc[was]])
        assert small <= unknown
        assert len(unknown) != 1 or not small or not beside


@pytest.mark.parametrize(("people", "step"), [(100, 0.1), (400, 0.05), (1_000, 0.01)])
def test_shares_are_rounded_so_that_few_people_cannot_be_told(people, step):
    placed = walks(people + 1, late=0)
    placed = placed[placed["profile_id"] != "p0"]
    found = framed(shares(by_day(placed, DAYS)))
    for day in DAYS:
        own = placed.loc[placed["cutoff"] == day, "segment"].value_counts(normalize=True)
        assert (found.loc[day.isoformat()] - own).abs().max() <= step / 2 + 1e-9
    steps = found.to_numpy() / step
    assert steps == pytest.approx(steps.round())
    assert step * people >= 10
    assert shares(by_day(walks(99, late=0), DAYS)) is None


def test_shares_of_a_day_with_few_people_set_the_step():
    placed = walks(1_001, late=0)
    late = placed["profile_id"].str[1:].astype(int) >= 301
    found = framed(shares(by_day(placed[~late | (placed["cutoff"] != DAYS[0])], DAYS)))
    assert found.to_numpy() / 0.05 == pytest.approx((found.to_numpy() / 0.05).round())  # 10 of 300, and of 1,000
    nobody = placed[placed["cutoff"] != DAYS[0]]
    assert (framed(shares(by_day(nobody, DAYS))).iloc[0] == 0).all()
    few = placed["profile_id"].isin([f"p{who}" for who in range(1, 100)])
    assert shares(by_day(placed[few | (placed["cutoff"] != DAYS[0])], DAYS)) is None


def test_small_groups_are_put_together_with_others(shop):
    placed = walks()
    few = placed["profile_id"].isin([f"p{who}" for who in range(1, 6)])
    found = movement(shop, placed.assign(segment=placed["segment"].where(~few, "rare")), DAYS, scheme="rfm")
    assert "rare" not in found.flows.frame
    assert found.flows.frame[SMALL].iloc[0] >= 10


@pytest.mark.parametrize("placed", [walks().query("cutoff == @DAYS[-1]"), walks().iloc[:0]], ids=["one day", "nobody"])
def test_who_is_seen_once_has_not_moved(shop, placed):
    assert movement(shop, placed, DAYS[-1:], scheme="rfm") is None


def test_the_picture_of_moves_has_a_band_for_each_that_is_shown(shop):
    found = movement(shop, walks(1_500, moving=0.2, late=200), DAYS, scheme="rfm")
    ax = plot_moves(found.flows.frame, ax=plt.figure().subplots())
    cells = framed(found.flows).drop(index=ALL).fillna(0)
    shown = [(was, now) for was in cells.index for now in cells.columns if cells.loc[was, now] > 0]
    colours = Counter(to_rgb(band.get_facecolor()[0]) for band in ax.collections)
    kinds = Counter(
        to_rgb(style.GREEN if was == UNSEEN else style.GREY if was == now else style.BLUE) for was, now in shown
    )
    assert colours == kinds
    assert len(kinds) == 3
    plt.close("all")


def test_the_picture_of_shares_has_a_bar_for_each(found):
    ax = plot_group_shares(found.shares.frame, ax=plt.figure().subplots())
    frame = framed(found.shares)
    assert [label.get_text() for label in ax.get_yticklabels()] == list(frame.columns)
    assert ax.texts[0].get_text() == f"{frame.iloc[0, 0]:.0%}"
    heights = np.array([[bar.get_height() for bar in bars] for bars in ax.containers])
    assert heights / heights.max() == pytest.approx(frame.T.to_numpy() / frame.to_numpy().max())
    plt.close("all")


def test_sentences_hold_the_figures_that_are_shown(found):
    frame = pd.DataFrame({"x": [ALL, "a", "b", UNSEEN], ALL: [400, 200, 120, 80], "a": [230, 150, 40, 40],
                          "b": [170, 50, 80, 40]})  # fmt: skip
    weekly = pd.DataFrame({"x": ["2026-02-04", "2026-02-11"], MOVED: [50, 30]})
    plain = found._replace(
        flows=type(found.flows)(frame=frame, hidden=frame.isna()),
        weeks=type(found.flows)(frame=weekly, hidden=weekly.isna()),
    )
    assert moves_title(plain) == "From “a” to “b” went 50 people, the most that may be told"
    assert moves_found(plain) == (
        "Of moves that may be told, the most people went from “a” to “b” 50; from “b” to “a” 40, since 14 January "
        "2026. In the last week 30 people changed their group."
    )
    hidden = plain._replace(
        flows=type(found.flows)(frame=frame.mask(frame == 50).mask(frame == 40), hidden=frame.isna())
    )
    assert moves_title(hidden) == "No move between two groups is large enough to be told"
    assert "No move between two groups" in moves_found(hidden)
    assert moves_alt(plain).startswith("Bands from the groups of 14 January 2026 to those of 11 February 2026.")


def test_shares_in_words_are_those_of_the_picture():
    frame = pd.DataFrame({"Day": ["2026-01-01", "2026-02-11"], "a": [0.25, 0.5], "b": [0.75, 0.5]})
    said = shares_alt(publish(frame, people=None, why="shares"))
    assert said.endswith("on the first and on the last: a 25% and 50%; b 75% and 50%.")
    frame.loc[0, ["a", "b"]] = [0.255, 0.745]
    said = shares_alt(publish(frame, people=None, why="shares"))
    assert said.endswith("on the first and on the last: a 25.5% and 50.0%; b 74.5% and 50.0%.")
