"""The same figures once more, counted in the raw files by other programs than ours."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date

import numpy as np
import pandas as pd
import pytest

import helpers


def test_every_line_of_online_retail_is_where_python_finds_it(results_of, real_data):
    results_of("online_retail")
    shop = helpers.open("online_retail")
    read, refused, refunds, nobody, customers, orders = Counter(), [], 0, 0, set(), set()
    for file in sorted((real_data / "online_retail" / "by-day").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            rows = csv.DictReader(stream)
            for row in rows:
                read[file.name] += 1
                cancelled, customer = row["InvoiceNo"].startswith("C"), row["CustomerID"]
                nobody += not customer
                if (float(row["Quantity"]) < 0 and not cancelled) or float(row["UnitPrice"]) < 0:
                    assert not customer
                    refused.append((file.name, rows.line_num))
                    continue
                refunds += cancelled
                if customer:
                    customers.add(customer.removesuffix(".0"))
                    orders.add((customer, row["InvoiceNo"])) if not cancelled else None
    ledger = shop.frame("ledger").set_index("file")
    assert ledger["rows_read"].to_dict() == dict(read)
    assert nobody == 135_080
    assert len(customers) == 4_372
    events = shop.table("events")
    assert events.filter(events.user_id.isnull()).count().to_pyarrow().as_py() == nobody - len(refused)
    assert events.filter(events.event == "Order Refunded").count().to_pyarrow().as_py() == refunds
    rejects = shop.frame("rejects")
    # None of these records holds a newline, so the line on which one ends is the line on which it starts.
    assert sorted(zip(rejects["file"], rejects["line"], strict=True)) == sorted(refused)
    assert shop.frame("profiles")["orders_count"].sum() == len(orders)


@pytest.fixture
def purchases(real_data):
    """CDNOW as pandas reads it: customer, day, dollars."""
    frame = pd.read_csv(real_data / "cdnow" / "CDNOW_master.txt", sep=r"\s+", dtype={"customer_id": str})
    frame["day"] = pd.to_datetime(frame["date"].astype(str))
    return frame.rename(columns={"dollar_value": "dollars"})


def test_profiles_of_cdnow_are_those_that_pandas_computes(results_of, purchases):
    results_of("cdnow")
    shop = helpers.open("cdnow")
    end = pd.Timestamp(shop.as_of)
    assert shop.as_of == date(1998, 7, 1)
    days = purchases.groupby(["customer_id", "day"])["dollars"].sum().reset_index()
    people = days.groupby("customer_id")["day"].agg(["min", "max", "size"])
    later = days[days["day"] > days["customer_id"].map(people["min"])].groupby("customer_id")["dollars"].mean()
    gaps = days.groupby("customer_id")["day"].diff().dt.days
    expected = pd.DataFrame(
        {
            "orders_count": purchases.groupby("customer_id").size(),
            "revenue_total": purchases.groupby("customer_id")["dollars"].sum(),
            "aov_observed": purchases.groupby("customer_id")["dollars"].mean(),
            "repeat_frequency": people["size"] - 1,
            "recency_btyd_days": (people["max"] - people["min"]).dt.days,
            "T_days": (end - people["min"]).dt.days,
            "days_since_last_order": (end - people["max"]).dt.days,
            "monetary_repeat": later,
            "mean_gap_days_observed": gaps.groupby(days["customer_id"]).mean(),
            "gap_cv": gaps.groupby(days["customer_id"]).agg(lambda own: own.std() / own.mean()),
            "orders_90d": purchases[purchases["day"] >= end - pd.Timedelta(days=90)].groupby("customer_id").size(),
        }
    )
    expected["orders_90d"] = expected["orders_90d"].fillna(0)
    found = shop.frame("profiles")[list(expected)].astype("float64")
    # Pseudonyms hide who is who; sorted rows are equal all the same.
    one, other = (frame.round(6).fillna(-1).sort_values(list(expected)).to_numpy() for frame in (found, expected))
    np.testing.assert_allclose(one, other, atol=2e-6)
