from datetime import date

import pandas as pd
import pytest

from helpers.ingestion import by_source, coverage, customers_seen, monthly, reasons, verdict, without_identifier


def ledger_row(source, file, *counts):
    names = ["rows_read", "rows_kept", "rows_rejected", "rows_quarantined", "rows_duplicate", "rows_skipped", "events"]
    return {"source_id": source, "file": file} | dict(zip(names, counts, strict=True))


def test_sources_are_summed_over_their_files():
    rows = [ledger_row("web", "a", 10, 4, 3, 0, 2, 1, 8), ledger_row("web", "b", 1, 1, 0, 0, 0, 0, 1)]
    rows += [ledger_row("app", "c", 2, 0, 0, 2, 0, 0, 0)]
    found = by_source(pd.DataFrame(rows))
    assert list(found.columns) == ["files", "read", "kept", "rejected", "quarantined", "duplicate", "skipped", "events"]
    assert found.loc["web"].tolist() == [2, 11, 5, 3, 0, 2, 1, 9]
    assert found.loc["app"].tolist() == [1, 2, 0, 0, 2, 0, 0, 0]
    assert list(found.index) == ["app", "web"]


@pytest.mark.parametrize(("rejected", "said"), [(1, "may be used"), (2, "with care, above all those of app")])
def test_the_source_that_lost_most_decides_whether_figures_may_be_used(rejected, said):
    rows = [ledger_row("web", "a", 10_000, 9_999, 1, 0, 0, 0, 9_999)]
    rows += [ledger_row("app", "c", 100, 100 - rejected, rejected, 0, 0, 0, 98)]
    assert said in verdict(by_source(pd.DataFrame(rows)))


def test_reasons_come_by_frequency_with_the_place_of_the_first(tmp_path):
    columns = ["source_id", "file", "line", "reason", "column"]
    rows = [("web", "b.csv", 9, "not_a_time", "timestamp"), ("web", "a.csv", 10, "not_a_time", "timestamp")]
    rows += [("web", "a.csv", 9, "not_a_time", "timestamp"), ("web", "a.csv", 7, "test_till", None)]
    rows += [("app", "c.csv", 2, "not_a_time", "timestamp"), ("app", "c.csv", 1, "test_till", None)]
    found = reasons(pd.DataFrame(rows, columns=columns).astype({"column": "string"}))
    assert found.drop(columns="column").to_numpy().tolist() == [
        ["web", "not_a_time", 3, "a.csv, line 9"],
        ["app", "not_a_time", 1, "c.csv, line 2"],
        ["app", "test_till", 1, "c.csv, line 1"],
        ["web", "test_till", 1, "a.csv, line 7"],
    ]
    assert found["column"].isna().tolist() == [False, False, True, True]


def test_no_reject_is_no_reason(make_shop):
    empty = pd.DataFrame({"source_id": [], "file": [], "line": [], "reason": [], "column": []}).astype("string")
    assert reasons(empty).empty


@pytest.fixture
def shop(make_shop, log):
    """Web until the end of March, an order on 2 April local time."""
    log.add("2025-03-01", user_id="u1").add("2025-03-01T12:00", anonymous_id="d1").add("2025-03-05", user_id="u2")
    log.add("2025-03-31T21:59:59", user_id="u1")
    log.add("2025-03-31T22:00", ids={"email": "e1"})  # midnight of 1 April in Berlin
    log.order("2025-04-02T10:00", 5, source_id="tills").order("2025-04-02T11:00", 5, source_id="tills", user_id="u1")
    return log.write(make_shop(as_of="2025-04-05"))


def test_months_are_local(shop):
    found = monthly(shop)
    assert found.index.tolist() == [pd.Timestamp("2025-03-01"), pd.Timestamp("2025-04-01")]
    assert found["web"].tolist() == [4, 1]
    assert found["purchase"].tolist() == [0, 2]


def test_coverage_counts_days_without_an_event(shop):
    orders, tills = coverage(shop).to_dict("records")
    assert orders == {
        "source": "orders",
        "first_day": date(2025, 3, 1),
        "last_day": date(2025, 4, 1),
        "days_without": 32 - 4,
        "days_old": 3,
    }
    assert (tills["days_without"], tills["days_old"]) == (0, 2)


def test_customers_are_counted_by_their_own_ids(shop):
    assert customers_seen(shop) == 2


def test_an_event_of_nobody_has_no_identifier_of_any_kind(shop):
    assert without_identifier(shop) == 1
