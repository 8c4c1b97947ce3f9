"""Profiles as they would have been made on a day: what reached the workbench later changes nothing."""

from datetime import datetime, timedelta

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import helpers
from helpers.datasets.tables.ingestion import CONSENT_LOG
from helpers.errors import WrongUse
from helpers.profiles import build
from tests.profiles.test_point_in_time import BEFORE, KINDS, MIDNIGHT, WHO, add

KNOWN = datetime(2025, 7, 31, 22)  # midnight of 1 August in Berlin, in UTC


@pytest.fixture
def as_known(make_shop, log):
    """Profiles of 1 June as known on 1 August: `late` are events before 1 June that came in after that."""
    make_shop()

    def as_known(late=(), *, known_at="2025-08-01"):
        log.rows.clear()
        for when, kind, who in BEFORE:
            add(log, when, kind, who)
        for when, loaded_at, kind, who in late:
            add(log, when, kind, who | {"loaded_at": loaded_at})
        shop = log.write(helpers.open("tiny", as_of="2025-06-01", known_at=known_at))
        build(shop)
        return {name: shop.frame(name) for name in ("profiles", "daily", "identity_map", "identity_edges")}

    return as_known


@pytest.fixture
def before(as_known):
    return as_known()


def equal(some, others):
    return all(some[name].equals(others[name]) for name in some)


EARLIER = st.timedeltas(min_value=timedelta(microseconds=1), max_value=timedelta(days=150)).map(lambda d: MIDNIGHT - d)
LATER = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=60)).map(KNOWN.__add__)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=4)
@given(late=st.lists(st.tuples(EARLIER, LATER, KINDS, WHO), min_size=1, max_size=20))
def test_what_came_in_later_changes_nothing(as_known, before, late):
    assert equal(as_known(late), before)


def test_a_microsecond_earlier_it_counts_and_without_known_at_all_of_it_does(as_known, before):
    met = {"user_id": "u1", "anonymous_id": "d2"}
    at = MIDNIGHT - timedelta(days=1)
    assert equal(as_known([(at, KNOWN, "view", met)]), before)
    assert len(as_known([(at, KNOWN - timedelta(microseconds=1), "view", met)])["profiles"]) == 2
    assert len(as_known([(at, KNOWN, "view", met)], known_at="")["profiles"]) == 2
    assert len(before["profiles"]) == 3


def test_an_answer_that_came_in_later_does_not_count(make_shop, log):
    make_shop(consent='source = "orders"')
    log.order("2025-01-01", 10, user_id="u1").order("2025-01-01", 10, user_id="u2")
    said = {"identifier_type": "user_id", "purpose": "profiling", "status": "granted", "version": None,
            "timestamp": pd.Timestamp("2025-02-01"), "source_id": "orders"}  # fmt: skip
    loaded = {"u1": pd.Timestamp("2025-02-01"), "u2": pd.Timestamp(KNOWN)}
    rows = pd.DataFrame([said | {"identifier": who, "loaded_at": when} for who, when in loaded.items()])
    for known_at, people in (("2025-08-01", 1), ("2025-08-02", 2), ("", 2)):
        shop = log.write(helpers.open("tiny", as_of="2025-06-01", known_at=known_at))
        shop.write("consent_log", rows[CONSENT_LOG.column_names].astype({"version": "string"}))
        assert build(shop).profiles == people


def test_tables_of_one_known_at_are_not_read_at_another(as_known):
    as_known()
    for known_at, said in (("", "2025-06-01. Run"), ("2025-07-01", "2025-06-01 as known at 2025-07-01. Run")):
        with pytest.raises(WrongUse, match=f"was made as of 2025-06-01 as known at 2025-08-01; this looks at {said}"):
            helpers.open("tiny", as_of="2025-06-01", known_at=known_at).table("profiles")


def test_a_day_that_is_none_is_refused(make_shop):
    make_shop()
    with pytest.raises(WrongUse, match="known_at is 'yesterday'; expected a date such as"):
        helpers.open("tiny", known_at="yesterday")


def test_what_was_said_of_somebody_later_is_not_known(make_shop):
    shop = make_shop()
    told = {"identifier_type": "user_id", "name": "city", "value": "Bonn", "source_id": "orders"}
    moments = {"u1": KNOWN - timedelta(microseconds=1), "u2": KNOWN}
    rows = [told | {"identifier": who, "valid_from": MIDNIGHT, "loaded_at": when} for who, when in moments.items()]
    shop.write("attributes", pd.DataFrame(rows))
    then = helpers.open("tiny", known_at="2025-08-01")
    assert then.frame("attributes")["identifier"].tolist() == ["u1"]
