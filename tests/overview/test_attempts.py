"""Funnels in each order, against worked examples and the reference in `oracle.py`."""

from __future__ import annotations

import statistics
from collections import defaultdict
from datetime import datetime, timedelta

import ibis
import numpy as np
import pyarrow as pa
import pytest

from helpers.datasets.questions import Funnel
from helpers.overview.funnels import best, largest_drop, passed
from tests.overview import oracle

LOOK, CART, BUY, OTHER = "Product Viewed", "Product Added", "Order Completed", "Page Viewed"
OUT, MAIL = "Product Removed", "Email Delivered"
LETTERS = {"L": LOOK, "C": CART, "B": BUY, "o": OTHER, "x": OUT, "m": MAIL}
NOON = datetime(2025, 5, 1, 12)
NEVER = datetime(2030, 1, 1)
ORDERS = ("sequential", "strict", "any")


def funnel(order="sequential", window="7d", exclude=(), steps=(LOOK, CART, BUY)):
    return Funnel(name="buy", steps=list(steps), window=window, order=order, exclude=list(exclude))


def events(*rows):
    """(who, event, moment) as a table."""
    who, names, moments = zip(*rows, strict=True)
    columns = {
        "profile_id": pa.array(who),
        "event": pa.array(names),
        "timestamp": pa.array(moments, pa.timestamp("us")),
        "weight": pa.array([0 if name == MAIL else 1 for name in names], pa.int8()),
    }
    return ibis.memtable(pa.table(columns))


def counts(rows, own, *, until=NEVER):
    return passed(best(rows, own, until=until), own)


def told(text, *, who="u"):
    """Events of one person from letters, an hour from each to the next; brackets hold those of one moment."""
    rows, hour, together = [], 0, False
    for letter in text:
        if letter in "()":
            together = letter == "("
            hour += letter == ")"
            continue
        rows.append((who, LETTERS[letter], NOON + timedelta(hours=hour)))
        hour += not together
    return rows


def of(text, **how):
    """What became of one person: hours at which each step was reached within the window, and whether they are out."""
    own = funnel(**how)
    rows = best(events(*told(text)), own, until=NEVER).to_pyarrow().to_pylist()
    if not rows:
        return [], False
    (row,) = rows
    reached = [row[f"at_{step}"] for step in range(1, row["reached"] + 1)]
    return [(at - NOON) // timedelta(hours=1) for at in reached], row["taken_out"]


@pytest.mark.parametrize(
    ("text", "sequential", "strict", "anyhow"),
    [
        ("LCB", [0, 1, 2], [0, 1, 2], [0, 1, 2]),
        ("LoCoB", [0, 2, 4], [0], [0, 2, 4]),
        ("LmCmB", [0, 2, 4], [0, 2, 4], [0, 2, 4]),  # a mail that arrives is no act
        ("BCL", [2], [2], [0, 1, 2]),
        ("LLCB", [0, 2, 3], [1, 2, 3], [0, 2, 3]),
        ("LCCB", [0, 1, 3], [0, 1], [0, 1, 3]),
        ("LCLCB", [0, 1, 4], [2, 3, 4], [0, 1, 4]),
        ("LoLC", [0, 3], [2, 3], [0, 3]),
        ("CB", [], [], [0, 1]),
        ("oo", [], [], []),
        ("(BCL)", [0, 0, 0], [0, 0, 0], [0, 0, 0]),  # which of them was first, nobody knows
        ("(oL)C", [0, 1], [0, 1], [0, 1]),
        ("L(oC)", [0, 1], [0], [0, 1]),
    ],
)
def test_each_order_by_example(text, sequential, strict, anyhow):
    assert of(text) == (sequential, False)
    assert of(text, order="strict") == (strict, False)
    assert of(text, order="any") == (anyhow, False)


def test_the_furthest_attempt_counts_and_of_those_the_earliest():
    assert of("LooooCB", window="3h")[0] == [0]
    assert of("LooLCoooB", window="3h")[0] == [3, 4]
    assert of("LCooLCooLC", window="3h")[0] == [0, 1]
    assert of("LCoooLCBLCB", window="3h")[0] == [5, 6, 7]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(("late", "reached"), [(0, 2), (1, 1)])
def test_the_last_microsecond_of_the_window_is_in_it(order, late, reached):
    own = funnel(order, "2h", steps=(LOOK, BUY))
    rows = [("u", LOOK, NOON), ("u", BUY, NOON + timedelta(hours=2, microseconds=late))]
    (row,) = best(events(*rows), own, until=NEVER).to_pyarrow().to_pylist()
    assert row["reached"] == reached


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("LCxB", True),
        ("xLCB", False),
        ("LCBx", False),
        ("LCx", True),
        ("LCooooox", False),  # the window is over
        ("(xL)CB", False),
        ("LC(xB)", False),  # whether it came before the last step, nobody knows
        ("(xL)xCB", True),
    ],
)
def test_what_is_excluded_takes_the_person_out(text, out):
    for order in ("sequential", "any"):
        assert of(text, order=order, window="4h", exclude=[OUT])[1] == out
    assert of(text, window="4h")[1] is False


def test_who_is_taken_out_is_in_no_step_and_counted_apart():
    rows = [row for number, text in enumerate(("LCB", "LxCB", "LC")) for row in told(text, who=f"u{number}")]
    found = counts(events(*rows), funnel(exclude=[OUT]))
    assert [step.people for step in found.steps] == [2, 2, 1]
    assert found.taken_out == 1


def test_an_attempt_that_may_still_go_on_does_not_count():
    rows = [*told("LC", who="a"), *((who, name, at + timedelta(hours=5)) for who, name, at in told("LCB", who="b"))]
    assert counts(events(*rows), funnel(), until=NOON + timedelta(hours=5)).steps[0].people == 1
    assert counts(events(*rows), funnel(), until=NOON + timedelta(hours=5, microseconds=1)).steps[0].people == 2


def test_medians_are_of_those_who_got_so_far():
    rows = []
    for number, (cart, buy) in enumerate([(10, 20), (30, 100), (50, 400), (70, None)]):
        rows += [(f"u{number}", LOOK, NOON), (f"u{number}", CART, NOON + timedelta(seconds=cart))]
        rows += [(f"u{number}", BUY, NOON + timedelta(seconds=buy))] if buy else []
    look, cart, buy = counts(events(*rows), funnel()).steps
    assert look == (LOOK, 4, None, None)
    assert cart == (CART, 4, 40.0, 40.0)
    assert buy == (BUY, 3, 100.0, 70.0)


def test_the_largest_drop_is_named_with_its_count():
    texts = ["L"] * 5 + ["LC"] * 3 + ["LCB"]
    rows = [row for number, text in enumerate(texts) for row in told(text, who=f"u{number}")]
    drop = largest_drop(counts(events(*rows), funnel()).steps)
    assert drop == (LOOK, CART, 9, 5), "5 of 9 are more than 3 of 4"
    assert largest_drop(counts(events(*told("LCB")), funnel()).steps) is None


def test_a_funnel_that_nobody_began_is_empty():
    found = counts(events(*told("ooB")), funnel())
    assert [step[1:] for step in found.steps] == [(0, None, None)] * 3


def random_rows(seed):
    """Events of 500 people, many at the same moment as another."""
    chance, names = np.random.default_rng(seed), list(LETTERS.values())
    return [
        (f"u{who}", names[chance.choice(6, p=[0.26, 0.22, 0.18, 0.14, 0.1, 0.1])], NOON + timedelta(hours=int(hour)))
        for who in range(500)
        for hour in chance.integers(0, 14, size=chance.integers(1, 12))
    ]


@pytest.mark.parametrize("exclude", [[], [OUT]], ids=["", "exclude"])
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("seed", [1, 2])
def test_random_logs_full_of_ties_equal_the_reference(order, exclude, seed):
    rows = random_rows(seed)
    own = funnel(order, "5h", exclude)
    by_person = defaultdict(list)
    for who, event, at in rows:
        by_person[who].append({"event": event, "timestamp": at, "weight": 0 if event == MAIL else 1})
    expected = {
        who: oracle.attempt_of(each, own.steps, order, timedelta(hours=5), exclude) for who, each in by_person.items()
    }
    found = {
        row["profile_id"]: ([row[f"at_{step}"] for step in range(1, row["reached"] + 1)], row["taken_out"])
        for row in best(events(*rows), own, until=NEVER).to_pyarrow().to_pylist()
    }
    assert found == {who: (attempt.at, attempt.taken_out) for who, attempt in expected.items() if attempt.at}
    kept = [attempt.at for attempt in expected.values() if attempt.at and not attempt.taken_out]
    assert (len(kept) < len(found)) == bool(exclude)
    steps = counts(events(*rows), own).steps
    for number, step in enumerate(steps):
        there = [at for at in kept if len(at) > number]
        assert step.people == len(there)
        if number:
            times = [(at[number] - at[0]).total_seconds() for at in there]
            assert step.from_first_s == statistics.median(times)
            assert step.from_last_s == statistics.median((at[number] - at[number - 1]).total_seconds() for at in there)
