from __future__ import annotations

import json
from datetime import datetime

import pytest

from helpers.ingestion import ingest

PLAN = """
[event."Tea Drunk"]
category = "other"
meaning = "A cup."
required = ["product_id"]
properties = { size = ["small", "large"], sugars = "number", hot = "true or false", heat = { min = 0, max = 100 } }

[event."Coffee Drunk"]
category = "other"
meaning = "Another cup."
deprecated = "Tea Drunk"
"""
SOURCE = """
    [[source]]
    name = "cups"
    files = ["cups.csv"]
    format = "delimited"
    columns = ["at", "what", "leaf", "size", "sugars", "hot", "heat"]
    max_bad_share = 1.0
    violations = "{policy}"
    [[source.emit]]
    event_from = "what"
    timestamp = "at"
    user_id = "'u1'"
    product_id = "leaf"
    properties = {{ size = "size", sugars = "sugars", hot = "hot", heat = "heat" }}
"""
CUPS = """at,what,leaf,size,sugars,hot,heat
2025-05-01,Tea Drunk,green,small,2,true,100
2025-05-02,Tea Drunk,,small,2,true,0
2025-05-03,Tea Drunk,green,huge,two,perhaps,100.5
2025-05-04,Coffee Drunk,,,,,
2025-05-05,<b>Cocoa</b> Drunk,,,,,
2025-05-06,Tea Drunk,green,,,,
"""
PLANTED = {
    ("Tea Drunk", "product_id", "missing"), ("Tea Drunk", "size", "not_listed"),
    ("Tea Drunk", "sugars", "not_a_number"), ("Tea Drunk", "hot", "not_true_or_false"),
    ("Tea Drunk", "heat", "out_of_range"),
    ("Coffee Drunk", "", "deprecated"), ("<b>Cocoa</b> Drunk", "", "unknown_event"),
}  # fmt: skip


@pytest.fixture
def run(make_shop, write_dataset):
    """Ingests cups of tea under a policy; its frames."""

    def run(policy, cups=CUPS):
        shop = make_shop(SOURCE.format(policy=policy), {"cups.csv": cups})
        (shop.store.folder.parent / "tracking_plan.toml").write_text(PLAN)
        ingest(shop)
        return {name: shop.frame(name) for name in ("events", "plan_violations", "ledger", "rejects")}

    return run


def violations(frames):
    return {(row.event, row.column, row.code): row.events for row in frames["plan_violations"].itertuples()}


@pytest.mark.parametrize("policy", ["allow", "drop_property", "quarantine"])
def test_every_violation_is_counted_under_every_policy(run, policy):
    found = run(policy)
    assert violations(found) == dict.fromkeys(PLANTED, 1)
    first = found["plan_violations"].set_index("code").loc["missing"]
    assert (first["first_seen"], first["last_seen"]) == (datetime(2025, 5, 1, 22), datetime(2025, 5, 1, 22))


def test_allowed_events_stay_and_say_what_they_break(run):
    events = run("allow")["events"].sort_values("timestamp")
    assert events["plan_status"].tolist() == ["ok", "violating", "violating", "violating", "violating", "ok"]
    assert [None if each is None else list(each) for each in events["violations"]] == [
        None, ["missing:product_id"], ["not_a_number:sugars", "not_listed:size", "not_true_or_false:hot",
        "out_of_range:heat"],
        ["deprecated"], ["unknown_event"], None,
    ]  # fmt: skip
    assert set(events["plan_version"]) == {"1"}
    assert events["category"].tolist()[4] == "other"


def test_dropped_properties_are_gone_and_all_else_stays(run):
    found = run("drop_property")
    events = found["events"].sort_values("timestamp")
    kept = [json.loads(each) for each in events["properties"]]
    assert kept[0] == {"size": "small", "sugars": "2", "hot": "true", "heat": "100"}
    assert {key: value for key, value in kept[2].items() if value is not None} == {}
    assert found["ledger"]["rows_kept"].sum() == 6


def test_quarantined_records_are_in_the_books_and_in_no_event(run):
    found = run("quarantine")
    assert len(found["events"]) == 2
    (books,) = found["ledger"][["rows_read", "rows_kept", "rows_rejected", "rows_quarantined"]].to_numpy().tolist()
    assert books == [6, 2, 0, 4]
    assert set(found["rejects"]["reason"]) == {
        "plan_missing", "plan_not_a_number", "plan_deprecated", "plan_unknown_event",
    }  # fmt: skip


def test_a_source_that_keeps_to_the_plan_breaks_nothing(run):
    found = run("quarantine", "at,what,leaf,size,sugars,hot,heat\n2025-05-01,Tea Drunk,green,large,0.5,false,\n")
    assert len(found["plan_violations"]) == 0
    assert found["events"]["plan_status"].tolist() == ["ok"]
