"""The rules by arrays against the rules one event at a time, on logs that nobody wrote."""

import random
from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.datasets.engine import connect
from helpers.identity.graph import add_up, number, see
from helpers.identity.resolve import resolve
from helpers.identity.rules import BLOCKED, SHARED, Limits
from tests.identity.oracle import Oracle

START = datetime(2025, 1, 1)
SCHEMA = pa.schema(
    {
        "message_id": pa.string(), "timestamp": pa.timestamp("us"), "user_id": pa.string(),
        "anonymous_id": pa.string(), "is_bot": pa.bool_(), "is_test": pa.bool_(),
        "external_ids": pa.list_(pa.struct({"type": pa.string(), "value": pa.string()})),
    }
)  # fmt: skip


WHO = {
    "user_id": ["u1", "u2", "u3"], "anonymous_id": ["d1", "d2", "d3", "d4"], "loyalty_id": ["l1", "l2"],
    "email": ["e1", "e2", "e3"], "phone": ["p1", "p2", "p3"], "device_id": ["t1", "t2"],
}  # fmt: skip
SHOWN = st.fixed_dictionaries({}, optional={kind: st.sampled_from(values) for kind, values in WHO.items()})
EVENTS = st.lists(st.tuples(st.integers(0, 120), SHOWN), max_size=25)


@pytest.fixture(scope="module")
def con():
    return connect().con


def rows(events):
    """Events as (day, identifiers) in the columns that identity reads."""
    found = []
    for place, (day, who) in enumerate(events):
        ids = [{"type": kind, "value": who[kind]} for kind in sorted(who) if not kind.endswith(("user_id", "mous_id"))]
        own = {kind: who.get(kind) for kind in ("user_id", "anonymous_id")} | {"external_ids": ids or None}
        when = START + timedelta(days=day)
        found.append(own | {"message_id": f"m{place:04d}", "timestamp": when, "is_bot": False, "is_test": False})
    return found


def resolved(con, log, limits):
    """Sets of (type, value, era) that are one person's, and the identifiers of two verdicts."""
    con.register("log", pa.Table.from_pylist(log, schema=SCHEMA))
    add_up(con, [datetime(2026, 1, 1)])
    see(con, datetime(2026, 1, 1))
    graph = number(con)
    found = resolve(graph, limits, np.zeros(len(graph.kind), bool), np.empty((0, 2), np.int32))
    names = con.execute("SELECT type, identifier FROM nodes ORDER BY node").fetchall()
    groups, said = {}, {BLOCKED: set(), SHARED: set()}
    for node, era, status, component in zip(
        found.eras.origin, found.eras.era, found.eras.verdict.status, found.component, strict=True
    ):
        said.setdefault(status, set()).add(names[node])
        if status != BLOCKED:
            groups.setdefault(component, set()).add((*names[node], int(era)))
    return {frozenset(group) for group in groups.values()}, said[BLOCKED], said[SHARED]


@pytest.mark.parametrize("seed", range(4))
def test_people_are_those_of_the_oracle_where_many_meet(con, seed):
    chance = random.Random(seed)
    for _ in range(100):
        events = [
            (chance.randint(0, 120), {kind: chance.choice(of) for kind, of in WHO.items() if chance.random() < 0.35})
            for _ in range(chance.randint(1, 22))
        ]
        log, most, days = rows(events), chance.randint(1, 3), chance.choice([10, 30, 400])
        oracle = Oracle(log, most=most, days=days)
        assert resolved(con, log, Limits(most=most, days=days)) == (oracle.people, oracle.nobody, oracle.shared)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS, most=st.integers(1, 3), days=st.sampled_from([10, 30, 400]))
def test_people_are_those_of_the_oracle(con, events, most, days):
    log = rows(events)
    oracle = Oracle(log, most=most, days=days)
    assert resolved(con, log, Limits(most=most, days=days)) == (oracle.people, oracle.nobody, oracle.shared)
