"""Small groups: judged by trying every table of whole numbers that a reader could think of."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from helpers.errors import InputOutput, WrongUse
from helpers.privacy import publish, publish_for, suppressed
from helpers.privacy.suppression import Published

ROWS = list("abcdefghijklmnop")


def frame(people, **more):
    return pd.DataFrame({"group": ROWS[: len(people)], "people": people, **more})


def shown(published: Published) -> list[int | None]:
    return [None if pd.isna(each) else int(each) for each in published.frame["people"]]


def fitting(cells: list[int | None], total: int) -> Iterator[tuple[int, ...]]:
    """Every way to fill the hidden cells of one column whose sum is known, each with at least one person."""
    hidden = cells.count(None)
    left = total - sum(each for each in cells if each is not None)
    if hidden == 0:
        return
    # Stars and bars: cut points between 1 and left - 1.
    for cuts in itertools.combinations(range(1, left), hidden - 1):
        yield tuple(b - a for a, b in itertools.pairwise((0, *cuts, left)))


def tables_that_fit(published: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> Iterator[np.ndarray]:
    """Every table of whole numbers with these sums whose shown cells (not -1) are as published, hidden ones above 0."""
    holes = list(zip(*np.nonzero(published < 0), strict=True))
    filled = np.where(published < 0, 0, published)

    def fill(place: int) -> Iterator[np.ndarray]:
        if place == len(holes):
            if (filled.sum(1) == rows).all() and (filled.sum(0) == columns).all():
                yield filled.copy()
            return
        row, column = holes[place]
        room = min(rows[row] - filled[row].sum(), columns[column] - filled[:, column].sum())
        for value in range(1, room + 1):
            filled[row, column] = value
            yield from fill(place + 1)
        filled[row, column] = 0

    return fill(0)


@pytest.mark.parametrize("seed", range(200))
def test_no_column_of_a_known_sum_gives_a_small_group_away(seed):
    people = np.random.default_rng(seed).integers(0, 9, size=5).tolist()
    cells = shown(publish(frame(people), people="people", minimum=4))
    assert all(each is None or each == 0 or each >= 4 for each in cells)
    small = [place for place, value in enumerate(people) if 0 < value < 4]
    if not small or sum(people) < 4 + cells.count(None):
        return
    holes = [place for place, each in enumerate(cells) if each is None]
    could_be = list(fitting(cells, sum(people)))
    for place in small:
        assert max(table[holes.index(place)] for table in could_be) >= 4


def test_most_of_what_is_large_stays():
    people = [1, 9, 400, 30, 0, 11, 55]
    assert shown(publish(frame(people), people="people")) == [None, None, 400, 30, 0, None, 55]
    assert shown(publish(frame([10, 20, 0]), people="people")) == [10, 20, 0]
    assert shown(publish(frame([3, 4, 5, 60]), people="people")) == [None, None, None, 60]


@pytest.mark.parametrize("seed", range(60))
def test_no_table_of_known_margins_gives_a_small_group_away(seed):
    minimum = 3
    table = np.random.default_rng(seed).integers(0, 7, size=(3, 3))
    whole = pd.DataFrame(table, columns=list("xyz")).assign(group=ROWS[:3])
    published = publish(whole, people=list("xyz"), names=["group"], totals="both", minimum=minimum)
    cells = published.frame[list("xyz")].fillna(-1).to_numpy(dtype=int)
    assert not ((cells > 0) & (cells < minimum)).any()
    if not (cells < 0).any() or ((cells < 0) | (table == 0)).all():
        return  # nothing hidden, or all that could be
    highest = np.zeros_like(table)
    for each in tables_that_fit(cells, table.sum(1), table.sum(0)):
        highest = np.maximum(highest, each)
    assert (highest[(table > 0) & (table < minimum)] >= minimum).all()


def test_without_a_known_sum_only_small_groups_hide():
    assert shown(publish(frame([5, 90, 12]), people="people", totals="none")) == [None, 90, 12]


def test_a_part_hides_when_its_remainder_is_small():
    whole = pd.DataFrame({"arm": ["a", "b"], "read": [50, 60], "bought": [45, 20]})
    published = publish(whole, people=["read", "bought"], parts=[("read", "bought")], totals="none")
    assert published.hidden["bought"].tolist() == [True, False]
    assert not published.hidden["read"].any()
    summed = publish(whole, people=["read", "bought"], parts=[("read", "bought")])
    assert summed.hidden["bought"].tolist() == [True, True]  # the column's sum would give it away


def test_sums_across_rows_give_no_small_group_away():
    months = pd.DataFrame({"month": ["May", "June"], "active": [60, 70], "again": [57, 54], "gone": [0, 6]})
    of_may = [("May", "active"), ("June", "again"), ("June", "gone")]
    alone = publish(months, people=["active", "again", "gone"], totals="none")
    assert alone.hidden.to_numpy().sum() == 1
    published = publish(months, people=["active", "again", "gone"], totals="none", across=[of_may])
    assert published.hidden.loc[1, "gone"]
    assert published.hidden.loc[1, "again"] != published.hidden.loc[0, "active"], "60 - 54 would be 6"


def test_parts_without_remainder_add_up():
    whole = pd.DataFrame({"arm": ["a"], "exposed": [60], "open": [4], "read": [56]})
    published = publish(whole, people=["exposed", "open", "read"], parts=[("exposed", "open", "read")], totals="none")
    assert published.hidden.iloc[0].tolist() == [False, False, True, True]


def test_other_figures_of_a_row_go_with_its_count():
    published = publish(frame([5, 7, 90], revenue=[1.5, 2.5, 9.0], kind=["x", "y", "z"]), people="people")
    assert published.frame["revenue"].isna().tolist() == [True, True, False]
    assert published.frame["kind"].isna().tolist() == [True, True, False]
    assert published.frame["group"].tolist() == ["a", "b", "c"]
    assert "fewer than 10 people" in published.note
    assert published.people == ("people",)


def test_hidden_rows_can_stand_together_as_one():
    published = publish(
        frame([90, 5, 7, 40], revenue=[9.0, 1.5, 2.5, 4.0]), people="people", rest="others", sums=["revenue"]
    )
    assert published.frame.to_dict("list") == {
        "group": ["a", "d", "others"],
        "people": [90, 40, 12],
        "revenue": [9.0, 4.0, 4.0],
    }
    assert not published.hidden.to_numpy().any()
    assert "2 in all" in published.note


def test_a_rest_that_is_small_itself_is_hidden():
    published = publish(frame([5, 2]), people="people", rest="others")
    assert published.frame["group"].tolist() == ["others"]
    assert published.frame["people"].isna().all()
    assert published.hidden["people"].all()


def test_what_goes_with_a_small_group_stays_hidden_while_the_last_report_could_be_subtracted():
    first = publish(frame([100, 9, 11, 40]), people="people")
    assert shown(first) == [100, None, None, 40]
    now = frame([100, 10, 11, 40])
    assert shown(publish(now, people="people")) == [100, 10, 11, 40]
    second = publish(now, people="people", before=first)
    assert shown(second) == [100, None, None, 40]
    assert shown(publish(now, people="people", before=second)) == [100, 10, 11, 40]


def test_what_was_hidden_before_hides_first():
    first = publish(frame([100, 9, 11, 40]), people="people")
    assert shown(publish(frame([100, 9, 12, 11]), people="people")) == [100, None, 12, None]
    assert shown(publish(frame([100, 9, 12, 11]), people="people", before=first)) == [100, None, None, 11]


def test_nothing_more_hides_where_nothing_helps():
    def table(x, y):
        return pd.DataFrame({"group": ROWS[:4], "x": x, "y": y})

    first = publish(table([100, 10, 11, 40], [20, 30, 40, 50]), people=["x", "y"])
    second = publish(table([100, 9, 11, 40], [20, 31, 41, 50]), people=["x", "y"], before=first)
    assert second.frame["x"].isna().tolist() == [False, True, True, False]
    assert not second.frame["y"].isna().any()


@pytest.mark.parametrize("seed", range(150))
def test_two_reports_together_give_no_small_group_away(seed):
    """The reader takes each count that stands still for known to stand still, and knows both sums."""
    rng = np.random.default_rng(seed)
    minimum = 4
    old = rng.integers(1, 9, size=4)
    new = np.clip(old + rng.choice([0, 0, 1, 2], size=4), 1, None)
    first = publish(frame(old), people="people", minimum=minimum)
    second = publish(frame(new), people="people", minimum=minimum, before=first)
    if old.sum() < 8 or first.frame["people"].isna().all() or second.frame["people"].isna().all():
        return
    still = old == new
    could_be = {place: set() for place in range(4)}
    for a in tables_in_one_column(shown(first), old.sum()):
        for b in tables_in_one_column(shown(second), new.sum()):
            if all(a[place] == b[place] for place in range(4) if still[place]):
                for place in range(4):
                    could_be[place].add(a[place])
    for place in np.flatnonzero(old < minimum):
        assert max(could_be[place]) >= minimum


def tables_in_one_column(cells, total):
    if None not in cells:
        yield tuple(cells)
    for filling in fitting(cells, total):
        rest = iter(filling)
        yield tuple(next(rest) if each is None else each for each in cells)


def test_equal_reports_one_after_the_other_are_equal():
    people = [100, 9, 11, 40, 3]
    first = publish(frame(people), people="people")
    assert shown(publish(frame(people), people="people", before=first)) == shown(first)


def test_a_table_without_people_says_why():
    records = frame([1, 2]).rename(columns={"people": "records"})
    assert publish(records, people=None, why="records, not people").frame is records
    with pytest.raises(WrongUse, match="reason"):
        publish(records, people=None)


@pytest.mark.parametrize(
    ("table", "how", "message"),
    [
        (frame([1]), {"people": "customers"}, "no column 'customers'.*group, people"),
        (frame([1]), {"people": "people", "parts": [("people", "bought")]}, "no column 'bought'"),
        (frame([1.5]), {"people": "people"}, "whole numbers"),
        (frame([-1]), {"people": "people"}, "whole numbers"),
        (frame([1, 2]).assign(group="a"), {"people": "people"}, "Two rows share"),
    ],
)
def test_refusals(table, how, message):
    with pytest.raises(WrongUse, match=message):
        publish(table, **how)


def test_a_missing_count_is_neither_small_nor_counted():
    published = publish(frame([20.0, np.nan, 30.0]), people="people")
    assert shown(published) == [20, None, 30]
    assert not published.hidden.to_numpy().any()


def test_the_next_run_remembers_the_last(make_shop, monkeypatch):
    shop = make_shop()
    first = publish_for(shop, "tiny.groups", frame([100, 9, 11, 40]), people="people")
    folder = shop.store.folder
    (folder / "manifest.json").write_text('{"run": "one"}')
    monkeypatch.setattr("helpers.privacy.releases.published_run", lambda name: "one")
    monkeypatch.setattr("helpers.privacy.releases.paths.run_tables", lambda name, run: folder)
    second = publish_for(shop, "tiny.groups", frame([100, 10, 11, 40]), people="people")
    assert second.withheld == first.withheld
    assert shown(publish_for(shop, "tiny.groups", frame([100, 10, 11, 40]), people="people")) == [100, 10, 11, 40]


def test_hidden_counts_are_counted_over_all_tables_of_a_run(make_shop):
    shop = make_shop()
    assert suppressed(shop.store.folder) == (0, 0)
    publish_for(shop, "tiny.groups", frame([100, 9, 11, 40]), people="people")
    both = {"people": ["all", "some"], "parts": [("all", "some")]}
    publish_for(shop, "tiny.parts", pd.DataFrame({"group": ["a"], "all": [50], "some": [45]}), **both)
    publish_for(shop, "tiny.events", frame([1, 2]), people=None, why="records, not people")
    hidden, cells = suppressed(shop.store.folder)
    assert cells == 6  # what is left of the whole stands in no table
    assert hidden == 2 + 2  # the sum of a column is known, so its two parts go together


def test_a_folder_that_cannot_be_written_is_named(make_shop):
    shop = make_shop()
    shop.store.folder.parent.mkdir(parents=True, exist_ok=True)
    shop.store.folder.write_text("in the way")
    with pytest.raises(InputOutput, match=r"tiny\.groups"):
        publish_for(shop, "tiny.groups", frame([10]), people="people")


def test_cells_that_are_asked_for_are_hidden_besides_and_protect_others():
    frame = pd.DataFrame({"group": ["a", "b", "c"], "people": [5, 20, 30]})
    assert publish(frame, people="people").hidden["people"].tolist() == [True, True, False]
    assert publish(frame, people="people", also=[("c", "people")]).hidden["people"].tolist() == [True, False, True]
