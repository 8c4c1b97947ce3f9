"""The demo shop's files through ingestion, against the list of what was soiled in them."""

import pandas as pd
import pytest

import helpers
from helpers import privacy
from helpers.datasets import paths
from helpers.ingestion import ingest
from helpers.simulate import write_shop


@pytest.fixture(scope="module")
def demo(tmp_path_factory, home_at):
    """A small demo shop, ingested, and the truth about its dirt."""
    with home_at(tmp_path_factory.mktemp("demo")):
        write_shop(paths.raw("demo"), paths.truth("demo"), customers=250, seed=11)
        shop = helpers.open("demo")
        ingest(shop)
        yield shop, pd.read_parquet(paths.truth("demo") / "dirt.parquet")


def places(frame):
    return sorted(zip(frame["file"], frame["line"], strict=True))


def test_what_is_refused_is_what_was_broken_by_file_and_line(demo):
    shop, dirt = demo
    broken = dirt[dirt["verdict"] == "rejected"]
    assert len(broken) > 20
    assert places(shop.frame("rejects")) == places(broken)


def test_each_fault_is_refused_for_its_own_reason(demo):
    shop, dirt = demo
    found = shop.frame("rejects").merge(dirt, on=["file", "line"], validate="one_to_one")
    reasons = found.groupby("fault")["reason"].unique().map(set).to_dict()
    expected = {
        "wrong_columns": {"missing_columns", "too_many_columns"},
        "bad_date": {"not_a_time"},
        "bad_number": {"not_a_number"},
        "negative_quantity": {"negative"},
        "cut_short": {"not_json"},
    }
    assert set(reasons) <= set(expected)
    assert all(found <= expected[fault] for fault, found in reasons.items())


def test_what_came_twice_is_counted_where_it_came_twice(demo):
    shop, dirt = demo
    twice = dirt[dirt["verdict"] == "duplicate"]
    assert len(twice) > 20
    ledger = shop.frame("ledger")
    counted = ledger.set_index("file")["rows_duplicate"]
    assert counted[counted > 0].sort_index().to_dict() == twice.groupby("file").size().to_dict()
    told = shop.frame("duplicates").groupby("file")["copies"].sum()
    assert told.to_dict() == counted[counted > 0].to_dict()
    assert shop.frame("duplicates")["differing"].sum() == 0


def test_nothing_but_the_dirt_is_lost(demo):
    shop, dirt = demo
    ledger = shop.frame("ledger")
    parts = [f"rows_{part}" for part in ("kept", "rejected", "quarantined", "duplicate", "skipped")]
    assert (ledger[parts].sum(axis=1) == ledger["rows_read"]).all()
    assert ledger["rows_skipped"].sum() == 0
    assert ledger["rows_read"].sum() - ledger["rows_kept"].sum() == len(dirt)


def test_every_source_gave_events_of_its_kind(demo):
    shop, _ = demo
    events = shop.table("events")
    kinds = shop.frame(events.group_by("source_id").aggregate(kinds=events.category.collect(distinct=True)))
    assert set(kinds["source_id"]) == {"orders", "web", "app", "email", "sms", "support", "customers", "exposures"}
    assert len(shop.frame("products")) > 50
    assert len(shop.frame("consent_log")) > 1000
    assert set(shop.frame("attributes")["name"]) == {"country", "loyalty_tier"}


def test_programs_and_tests_are_those_that_the_simulator_sent(demo):
    shop, _ = demo
    traffic = pd.read_parquet(paths.truth("demo") / "traffic.parquet")
    pseudonym = privacy.for_shop(shop)
    events = shop.frame("events")
    for kind, flag in (("bot", "is_bot"), ("test", "is_test")):
        sent = {pseudonym("anonymous_id", each) for each in traffic.loc[traffic["kind"] == kind, "anonymous_id"]}
        assert sent == set(events.loc[events[flag], "anonymous_id"])


def test_opens_by_machine_are_those_of_readers_whose_program_opens_everything(demo):
    shop, _ = demo
    customers = pd.read_parquet(paths.truth("demo") / "customers.parquet").set_index("person_id")
    names = pd.read_parquet(paths.truth("demo") / "identifiers.parquet")
    mails = names[names["type"] == "email"]
    pseudonym = privacy.for_shop(shop)
    opener = {
        pseudonym("email", row.identifier.lower()): bool(customers.loc[row.person_id, "machine_opens"])
        for row in mails.itertuples()
    }
    sends = shop.frame("sends")
    mailed = sends[(sends["channel"] == "email") & sends["delivered_at"].notna()]
    expected = mailed["recipient"].map(opener).astype(bool)
    assert expected.sum() > 20
    assert ((mailed["machine_opens"] > 0) == expected).mean() == 1.0


def test_orders_add_up_to_their_lines(demo):
    shop, _ = demo
    events, orders = shop.frame("events"), shop.frame("orders")
    lines = events[(events["event"] == "Order Completed") & ~events["is_test"]]
    assert orders["lines"].sum() == len(lines)
    assert orders["revenue"].sum() == lines["revenue"].sum()
    refunds = events.loc[events["event"] == "Order Refunded", "revenue"].sum()
    assert orders["refunded"].sum() == -refunds
