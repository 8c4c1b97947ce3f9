"""A state stays three days, unless an order, a return, support or consent ends it; consent goes before all else."""

import numpy as np
import pandas as pd
import pytest

from helpers.datasets.tables.states import STATES
from helpers.profiles.states.stay import STAY, stays, with_consent

_CODE = {state: place for place, state in enumerate(STATES)}


def changes(*rows, who="p"):
    told = [(who, at, _CODE[state], at_once) for at, state, *once in rows for at_once in [bool(once)]]
    return pd.DataFrame(told, columns=["profile_id", "at", "state", "at_once"])


def told(frame, until=100):
    kept = stays(frame, until)
    states = frame["state"].to_numpy()[kept["row"]]
    return [(at, list(STATES)[state]) for at, state in zip(kept["at"], states, strict=True)]


def one_by_one(frame, until):
    """The same for one person, day by day."""
    by_day = frame.set_index("at")[["state", "at_once"]]
    state, since, done = None, None, []
    raw = None
    for at in range(int(frame["at"].min()), until + 1):
        changed = at in by_day.index
        if changed:
            raw = by_day.loc[at, "state"]
        if raw == state:
            continue
        if state is None or (changed and by_day.loc[at, "at_once"]) or at >= since + STAY:
            state, since = raw, at
            done.append((at, list(STATES)[raw]))
    return done


def test_a_change_waits_until_the_state_before_has_lasted_three_days():
    assert told(changes((1, "new"), (2, "quiet"))) == [(1, "new"), (4, "quiet")]


def test_a_change_that_is_taken_back_while_it_waits_never_happens():
    assert told(changes((1, "quiet"), (2, "at_risk"), (3, "quiet"))) == [(1, "quiet")]


def test_an_order_does_not_wait():
    assert told(changes((1, "at_risk"), (2, "active_engaged", "at once"))) == [(1, "at_risk"), (2, "active_engaged")]


def test_what_waits_at_the_end_has_not_happened():
    assert told(changes((1, "new"), (2, "quiet")), until=3) == [(1, "new")]


@pytest.mark.parametrize("seed", range(20))
def test_people_side_by_side_are_told_like_each_alone(seed):
    rng = np.random.default_rng(seed)
    parts = []
    for who in "abcdef":
        at = np.sort(rng.choice(60, rng.integers(1, 25), replace=False))
        state = np.cumsum(rng.integers(1, 8, len(at))) % 9
        once = rng.random(len(at)) < 0.2
        parts.append(pd.DataFrame({"profile_id": who, "at": at, "state": state, "at_once": once}))
    frame = pd.concat(parts, ignore_index=True)
    kept = stays(frame, 62)
    found = frame.iloc[kept["row"]].assign(at=kept["at"].to_numpy())
    for part in parts:
        own = found[found["profile_id"] == part["profile_id"][0]]
        pairs = [(at, list(STATES)[state]) for at, state in zip(own["at"], own["state"], strict=True)]
        assert pairs == one_by_one(part, 62)


def answers(*rows, who="p"):
    return pd.DataFrame([(who, at, allowed) for at, allowed in rows], columns=["profile_id", "at", "allowed"])


def stretches(frame, consent):
    found = with_consent(frame, consent)
    return [(at, list(STATES)[state], once) for at, state, once in found[["at", "state", "at_once"]].to_numpy()]


def test_while_profiling_is_not_allowed_the_state_is_generic_and_then_what_was_done_meanwhile_counts():
    frame = changes((1, "new"), (15, "quiet"), (40, "at_risk"))
    found = stretches(frame, answers((10, False), (45, True)))
    assert found == [(1, "new", False), (10, "generic", True), (45, "at_risk", True)]


def test_nobody_has_a_state_before_they_were_seen():
    found = stretches(changes((5, "new")), answers((-1, False), (3, True)))
    assert found == [(5, "new", False)]


def test_an_answer_and_a_change_at_one_midnight_are_one_change():
    found = stretches(changes((1, "new"), (15, "quiet")), answers((15, False)))
    assert found == [(1, "new", False), (15, "generic", True)]


def test_answers_of_people_without_a_state_say_nothing():
    assert stretches(changes((1, "new")), answers((5, False), who="other")) == [(1, "new", False)]
