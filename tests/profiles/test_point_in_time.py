"""What happens at the cutoff or later changes nothing: not one column of not one person."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import helpers
from helpers.profiles import build, panel

CUTOFF = date(2025, 6, 1)
MIDNIGHT = datetime(2025, 5, 31, 22)  # of 1 June in Berlin, in UTC
KINDS = st.sampled_from(["view", "order", "refund"])
WHO = st.fixed_dictionaries(
    {},
    optional={
        "user_id": st.sampled_from(["u1", "u2", "u3"]),
        "anonymous_id": st.sampled_from(["d1", "d2", "d3"]),
        "ids": st.sampled_from([{"email": "e1"}, {"email": "e2"}]),
    },
)


def add(log, when, kind, who):
    if kind == "view":
        log.add(when, **who)
    elif kind == "order":
        log.order(when, 10, **who)
    else:
        log.refund(when, -3, **who)


BEFORE = [("2025-01-05T10:00", "order", {"user_id": "u1", "anonymous_id": "d1"})]
BEFORE += [("2025-02-01T10:00", "view", {"anonymous_id": "d2"}), ("2025-03-12T10:00", "order", {"user_id": "u1"})]
BEFORE += [("2025-04-01T10:00", "view", {"user_id": "u2", "ids": {"email": "e1"}})]
BEFORE += [
    ("2025-05-31T21:59:59.999999", "order", {"user_id": "u2"}),
    ("2025-05-20T10:00", "refund", {"user_id": "u1"}),
]


@pytest.fixture
def at_cutoff(make_shop, log):
    """The profiles at the cutoff of the log before it and of what is added."""

    def at_cutoff(added=()):
        log.rows.clear()
        for when, kind, who in BEFORE:
            add(log, when, kind, who)
        for when, kind, who in added:
            add(log, when, kind, who)
        shop = log.write(make_shop(as_of=CUTOFF.isoformat()))
        build(shop)
        return shop.frame("profiles")

    return at_cutoff


@pytest.fixture
def unchanged(at_cutoff):
    return at_cutoff()


LATER = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=200)).map(MIDNIGHT.__add__)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=4)
@given(added=st.lists(st.tuples(LATER | st.just(MIDNIGHT), KINDS, WHO), min_size=1, max_size=20))
def test_what_is_added_at_the_cutoff_or_later_changes_nothing(at_cutoff, unchanged, added):
    assert at_cutoff(added).equals(unchanged)


def test_a_tie_at_midnight_is_out_and_a_microsecond_earlier_is_in(at_cutoff):
    before = at_cutoff()
    assert at_cutoff([(MIDNIGHT, "order", {"user_id": "u1"})]).equals(before)
    earlier = at_cutoff([(MIDNIGHT - timedelta(microseconds=1), "order", {"user_id": "u1"})])
    assert earlier["orders_count"].sum() == before["orders_count"].sum() + 1


def test_what_is_learned_later_joins_nobody_now(at_cutoff):
    assert len(at_cutoff()) == 3
    assert len(at_cutoff([(MIDNIGHT, "view", {"user_id": "u1", "anonymous_id": "d2"})])) == 3
    assert len(at_cutoff([(MIDNIGHT - timedelta(seconds=1), "view", {"user_id": "u1", "anonymous_id": "d2"})])) == 2


def test_a_snapshot_of_the_past_reads_no_later_day(at_cutoff):
    # An order and a new address in the cutoff's first moment, and somebody new later.
    added = [(MIDNIGHT, "order", {"user_id": "u1"}), (MIDNIGHT, "view", {"user_id": "u1", "ids": {"email": "e9"}})]
    added += [("2025-08-02T10:00", "view", {"user_id": "u3"})]
    before = at_cutoff(added)
    shop = helpers.open("tiny", as_of="2026-01-01")
    build(shop)
    columns = before.columns.tolist()
    past = shop.frame(panel(shop, [CUTOFF]).order_by("profile_id"))[columns]
    assert past.equals(before)
    assert len(shop.frame("profiles")) == 4
