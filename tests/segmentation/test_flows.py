"""Who moved between groups: counts against a reading person by person, sums that give nobody away, pictures, words."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from helpers.privacy.disclosure import Counts, Line, given_away
from helpers.reporting.flows import ALL, with_sums
from helpers.segmentation.flow_pictures import plot_moves, plot_sizes
from helpers.segmentation.flow_words import moves_alt, moves_found, moves_title, sizes_alt
from helpers.segmentation.flows import UNSEEN, by_day, flows, movement, weeks
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


@pytest.fixture
def found(shop):
    return movement(shop, walks(), DAYS, scheme="rfm")


def own_of(placed):
    return {(who, day): group for day, who, group in placed.itertuples(index=False)}


def test_flows_are_those_of_a_reading_person_by_person():
    placed = walks()
    own, expected = own_of(placed), {}
    for who in placed["profile_id"].unique():
        if (who, DAYS[-1]) in own:
            move = own.get((who, DAYS[2]), UNSEEN), own[who, DAYS[-1]]
            expected[move] = expected.get(move, 0) + 1
    counted = flows(by_day(placed, DAYS), DAYS[2], DAYS[-1])
    found = {(was, now): int(counted.loc[was, now]) for was in counted.index for now in counted.columns}
    assert {move: people for move, people in found.items() if people} == expected


def test_weeks_are_those_of_a_reading_person_by_person():
    placed = walks()
    own, people = own_of(placed), placed["profile_id"].unique()
    rows = weeks(by_day(placed, DAYS))
    assert rows["Week up to"].tolist() == [day.isoformat() for day in DAYS]
    assert rows.iloc[0, 2:].isna().all()
    for (was, now), row in zip(pairwise(DAYS), rows.iloc[1:].itertuples(index=False), strict=True):
        pairs = [(own.get((who, was)), own.get((who, now))) for who in people]
        assert row.People == sum(b is not None for _, b in pairs)
        assert row.Moved == sum(None not in (a, b) and a != b for a, b in pairs)
        assert row.Came == sum(a is None and b is not None for a, b in pairs)
        assert row.Left == sum(a is not None and b is None for a, b in pairs)
    assert rows["Left"].sum() == 1


def test_flows_begin_on_the_day_nearest_to_four_weeks_before(shop, found):
    assert (found.then, found.now) == (DAYS[2], DAYS[-1])
    longer = movement(shop, walks(), DAYS, scheme="rfm", back=timedelta(days=90))
    assert longer.then == DAYS[0]


def test_what_is_shown_adds_up_and_hides_small_groups(found):
    table = found.flows.frame.set_index(found.flows.frame.columns[0])
    cells = table.drop(index=ALL, columns=ALL)
    assert cells.isna().to_numpy().any()
    for each in (found.flows, found.weeks, found.sizes):
        counts = each.frame.iloc[:, 1:].to_numpy(dtype=float)
        assert not ((counts > 0) & (counts < 10)).any()
    assert table.loc[ALL, ALL] == 400
    sizes = found.sizes.frame.set_index(found.sizes.frame.columns[0])
    assert sizes.loc[found.now.isoformat()].equals(table.loc[ALL, sizes.columns])
    assert sizes.loc[found.then.isoformat(), "a"] == table.loc["a", ALL]
    assert list(cells.columns) == sorted(cells.columns, key=lambda name: -table.loc[ALL, name])


def test_no_sum_of_flows_or_sizes_gives_a_small_move_away(found):
    groups = by_day(walks(), DAYS)
    groups = groups[groups[DAYS[-1]].notna()]
    moved = with_sums(flows(groups, found.then, found.now))
    sizes = pd.DataFrame({day: groups[day].value_counts() for day in DAYS}).T
    cells = {("move", row, name): int(moved.loc[row, name]) for row in moved.index for name in moved.columns}
    cells |= {("size", day, name): int(sizes.loc[day, name]) for day in DAYS for name in sizes.columns}
    lines = [[("move", row, ALL), *(("move", row, name) for name in "abc")] for row in moved.index]
    lines += [[("move", ALL, name), *(("move", row, name) for row in [*"abc", UNSEEN])] for name in moved.columns]
    lines += [[("move", ALL, name), ("size", found.now, name)] for name in "abc"]
    lines += [[("move", name, ALL), ("size", found.then, name)] for name in "abc"]
    counts = Counts(cells, [Line({whole: -1} | dict.fromkeys(parts, 1), 0) for whole, *parts in lines])
    shown = {"move": found.flows.frame, "size": found.sizes.frame}
    shown = {kind: frame.set_index(frame.columns[0]) for kind, frame in shown.items()}
    hidden = {cell for cell in cells if pd.isna(shown[cell[0]].loc[str(cell[1]), cell[2]])}
    small = counts.small(10)
    assert len(small) > 1
    assert small <= hidden
    assert given_away(counts, hidden, small, minimum=10) == []


def test_small_groups_are_put_together_with_others(shop):
    placed = walks()
    few = placed["profile_id"].isin([f"p{who}" for who in range(1, 6)])
    found = movement(shop, placed.assign(segment=placed["segment"].where(~few, "rare")), DAYS, scheme="rfm")
    assert "rare" not in found.flows.frame
    assert found.flows.frame[SMALL].iloc[0] >= 10


@pytest.mark.parametrize("placed", [walks().query("cutoff == @DAYS[-1]"), walks().iloc[:0]], ids=["one day", "nobody"])
def test_who_is_seen_once_has_not_moved(shop, placed):
    assert movement(shop, placed, DAYS[-1:], scheme="rfm") is None


def test_the_picture_of_moves_has_a_band_for_each_that_is_shown(found):
    ax = plot_moves(found.flows.frame, ax=plt.figure().subplots())
    cells = found.flows.frame.set_index(found.flows.frame.columns[0]).drop(index=ALL, columns=ALL)
    assert len(ax.collections) == (np.nan_to_num(cells.to_numpy(dtype=float)) > 0).sum() > 0
    plt.close("all")


def test_the_picture_of_sizes_has_a_bar_for_each_share_that_is_shown(found):
    ax = plot_sizes(found.sizes.frame, ax=plt.figure().subplots())
    frame = found.sizes.frame.set_index(found.sizes.frame.columns[0]).astype("float64")
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == list(frame.columns.drop(ALL))
    heights = np.array([[bar.get_height() for bar in bars] for bars in ax.containers])
    shares = frame.drop(columns=ALL).div(frame[ALL], axis=0).T.to_numpy()
    assert heights / heights.max() == pytest.approx(np.nan_to_num(shares) / np.nanmax(shares))
    plt.close("all")


def test_sentences_hold_the_figures_that_are_shown(found):
    frame = pd.DataFrame({"x": [ALL, "a", "b", UNSEEN], ALL: [400, 200, 120, 80], "a": [230, 150, 40, 40],
                          "b": [170, 50, 80, 40]})  # fmt: skip
    weeks = pd.DataFrame({"Week up to": ["2026-02-11"], "People": [400], "Moved": [30]})
    plain = found._replace(
        flows=type(found.flows)(frame=frame, hidden=frame.isna()),
        weeks=type(found.flows)(frame=weeks, hidden=weeks.isna()),
    )
    assert moves_title(plain) == "The largest move is from “a” to “b”, 50 people"
    assert moves_found(plain) == (
        "Since 14 January 2026 the most people went from “a” to “b” 50; from “b” to “a” 40. In the last week 30 of 400 "
        "people changed their group."
    )
    hidden = plain._replace(
        flows=type(found.flows)(frame=frame.mask(frame == 50).mask(frame == 40), hidden=frame.isna())
    )
    assert moves_title(hidden) == "No move between two groups is large enough to be told"
    assert "No move between two groups" in moves_found(hidden)
    assert moves_alt(plain).startswith("Bands from the groups of 14 January 2026 to those of 11 February 2026.")


def test_shares_in_words_are_those_of_the_picture(found):
    sizes = pd.DataFrame({"x": ["2026-01-01", "2026-02-11"], ALL: [200, 400], "a": [50, 200], "b": [150, None]})
    said = sizes_alt(found._replace(sizes=type(found.sizes)(frame=sizes, hidden=sizes.isna())))
    assert said.endswith("on the first and last day: a 25.0% and 50.0%.")
