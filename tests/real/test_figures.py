"""Figures that are known of public data sets, found by the whole main job."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from scipy.stats import norm

import helpers
from helpers.datasets import paths

PARTS = ("kept", "rejected", "quarantined", "duplicate", "skipped")


def values(results):
    return {key: entry["value"] for key, entry in results.items()}


@pytest.mark.parametrize("name", ["cdnow", "cdnow_sample", "online_retail", "hillstrom", "taobao", "complete_journey"])
def test_the_books_balance_and_every_key_for_all_is_there(results_of, name):
    found = values(results_of(name))
    assert found["ingestion.rows_read"] == sum(found[f"ingestion.rows_{part}"] for part in PARTS)
    assert found["profiles.customers"] > 0
    assert found["segmentation.k"] >= 1
    ledger = helpers.open(name).frame("ledger")
    assert (ledger["rows_read"] == ledger[[f"rows_{part}" for part in PARTS]].sum(axis=1)).all()


def test_online_retail(results_of, real_data):
    found = values(results_of("online_retail"))
    assert found["ingestion.rows_read"] == 541_909
    assert found["ingestion.customers_seen"] == 4_372
    shop = helpers.open("online_retail")
    assert len(shop.frame("ledger")) == 305
    rejects = shop.frame("rejects").groupby("reason").size().to_dict()
    assert rejects == {"stock_adjustment": 1_336, "negative": 2}
    events = shop.table("events")
    # Of the 135,080 lines without a customer the 1,336 stock adjustments and 2 negative prices are refused.
    assert events.filter(events.user_id.isnull()).count().to_pyarrow().as_py() == 135_080 - 1_338
    refunds = events.filter(events.event == "Order Refunded")
    assert refunds.count().to_pyarrow().as_py() == 9_288
    lines = pd.concat(pd.read_csv(file) for file in sorted((real_data / "online_retail" / "by-day").glob("*.csv")))
    # Two lines that say the same may be one bought twice; per file, in the columns that are read.
    read = [column for column in lines.columns if column != "Description"]
    assert found["ingestion.duplicates.exact"] == lines.duplicated(subset=read).sum() == 5_270
    orders = lines[~lines["InvoiceNo"].astype(str).str.startswith("C") & (lines["Quantity"] >= 0)]
    assert found["ingestion.orders"] == orders.loc[orders["UnitPrice"] >= 0, "InvoiceNo"].nunique()
    kept = lines[lines["CustomerID"].notna()]
    expected = (kept["Quantity"] * kept["UnitPrice"]).sum()
    assert shop.frame("profiles")["revenue_total"].sum() == pytest.approx(expected, rel=1e-9)


def test_the_months_of_online_retail(results_of, real_data):
    """Revenue, customers and who of them is new, by month, from the files as they were published."""
    found = values(results_of("online_retail"))
    lines = pd.concat(pd.read_csv(file) for file in sorted((real_data / "online_retail" / "by-day").glob("*.csv")))
    lines = lines[lines["CustomerID"].notna() & (lines["UnitPrice"] >= 0)]
    lines["month"] = lines["InvoiceDate"].astype(str).str.slice(0, 7)
    lines["amount"] = lines["Quantity"] * lines["UnitPrice"]
    revenue = lines.groupby("month")["amount"].sum()
    bought = lines[~lines["InvoiceNo"].astype(str).str.startswith("C")]
    buyers = bought.groupby("month")["CustomerID"].unique().map(set)
    months = helpers.open("online_retail").frame("overview_months")
    months.index = [f"{month:%Y-%m}" for month in months["month"]]
    assert list(months.index) == sorted(set(lines["month"])) == list(buyers.index)
    assert months["revenue"].astype(float).tolist() == pytest.approx(revenue.tolist(), abs=0.01)
    assert months["buyers"].tolist() == months["active"].tolist() == [len(own) for own in buyers]
    new = [len(own - set().union(*buyers.iloc[:place])) for place, own in enumerate(buyers)]
    assert months["new"].tolist() == new
    assert found["overview.revenue.month"] == pytest.approx(revenue["2011-11"], abs=0.01)
    assert found["overview.actives.month"] == len(buyers["2011-11"]) == 1_665
    gone = buyers["2011-10"] - buyers["2011-11"]
    assert found["overview.lifecycle.dormant"] == len(gone)


def test_taobao(results_of, real_data):
    found = values(results_of("taobao"))
    file = real_data / "taobao" / "UserBehavior.csv"
    log = pd.read_csv(file, header=None, names=["user", "item", "category", "behaviour", "at"]).iloc[:-1]
    log = log.astype({"at": "int64"})
    log = log[log["at"].between(1_511_539_200, 1_512_316_799)].sort_values(["user", "at"])
    assert found["ingestion.rows_read"] == 84_475 + 1  # the last line is cut
    assert found["ingestion.rows_kept"] == len(log)
    assert found["ingestion.events.purchase"] == (log["behaviour"] == "buy").sum()
    begins = (log["user"] != log["user"].shift()) | (log["at"].diff() > 1_800)
    assert found["ingestion.sessions"] == begins.sum() == 14_097


def test_complete_journey(results_of, real_data):
    found = values(results_of("complete_journey"))
    folder = real_data / "complete_journey"
    lines = pd.read_parquet(folder / "transactions_sample.parquet")
    rows = {
        file: len(pd.read_parquet(folder / file)) for file in helpers.open("complete_journey").frame("ledger")["file"]
    }
    assert found["ingestion.rows_read"] == sum(rows.values())
    assert found["ingestion.transactions.rows_kept"] == len(lines) == 75_000
    assert found["ingestion.orders"] == lines["basket_id"].nunique()
    assert found["ingestion.events.engagement"] == 2_102 + 6_589
    shop = helpers.open("complete_journey")
    orders, campaigns = shop.frame("orders"), shop.frame("campaigns")
    assert float(orders["revenue"].sum()) == pytest.approx(lines["sales_value"].sum(), abs=0.01)
    given = lines[["retail_disc", "coupon_disc", "coupon_match_disc"]].sum().sum()
    assert float(orders["discount"].sum()) == pytest.approx(given, abs=0.01)
    # Home ownership and marital status are not known of all: what is empty is no attribute.
    told = pd.read_parquet(folder / "demographics.parquet").set_index("household_id").notna().sum().sum()
    assert (len(campaigns), len(shop.frame("attributes"))) == (27, told) == (27, 801 * 7 - 370)
    covered = set(pd.read_parquet(folder / "coupons.parquet")["product_id"])
    assert len(shop.frame("products")) == len(covered | set(pd.read_parquet(folder / "products.parquet")["product_id"]))


def test_cdnow(results_of):
    found = values(results_of("cdnow"))
    assert found["ingestion.rows_kept"] == 69_659
    assert found["profiles.customers"] == 23_570
    rungs = ("recency", "frequency", "tree", "logistic", "bgnbd", "pareto_nbd", "xgboost")
    aucs = {p: {r: found[f"churn.{p}.{r}.auc"] for r in rungs} for p in ("all", "active")}
    assert aucs["all"]["recency"] == pytest.approx(0.83, abs=0.01)
    # Of those with an order in the last 90 days, whom it cannot tell by longer silence, it would be 0.59.
    assert aucs["active"]["recency"] == pytest.approx(0.65, abs=0.01)
    # Honest features reach 0.84 here; whole-history ones, which leak, 1.0.
    assert all(0.81 < auc < 0.86 for auc in aucs["all"].values())
    assert all(0.64 < auc < 0.76 for auc in aucs["active"].values())


def test_the_cdnow_sample_is_the_published_one(results_of):
    found = values(results_of("cdnow_sample"))
    assert found["ingestion.rows_kept"] == 6_919
    assert found["profiles.customers"] == 2_357


def test_hillstrom(results_of):
    found = results_of("hillstrom")
    rates = {arm: found[f"lift.email.{arm}.visit.level"]["value"] for arm in ("none", "mens", "womens")}
    assert rates == pytest.approx({"none": 0.106167, "mens": 0.182757, "womens": 0.151400}, abs=5e-7)
    spend = found["lift.email.mens.spend.diff"]
    assert spend["value"] == pytest.approx(0.7698, abs=5e-5)
    assert (spend["hi"] - spend["lo"]) / 2 / norm.ppf(0.975) == pytest.approx(0.1453, abs=5e-5)
    assert [found[f"lift.email.{arm}.visit.level"]["n"] for arm in ("none", "mens", "womens")] == [
        21_306,
        21_307,
        21_387,
    ]
    assert found["lift.email.health.srm_p"]["value"] > 0.5


def test_what_a_data_set_has_nothing_for_is_skipped_with_its_reason(results_of):
    results_of("cdnow")
    stages = json.loads((paths.latest("cdnow") / "manifest.json").read_text())["stages"]
    assert stages["lift"]["status"] == "skipped"
    assert len(stages["lift"]["reason"]) > 20
    assert stages["lift"]["reason"].split(" (")[0] in (paths.latest("cdnow") / "index.html").read_text()


def test_a_history_too_short_for_a_model_ranks_by_the_plain_rule_and_says_so(results_of):
    assert not [key for key in results_of("hillstrom") if key.startswith("churn.")]
    page = (paths.latest("hillstrom") / "04_churn.html").read_text()
    assert "History spans" in page
    scores = helpers.open("hillstrom").frame("churn_scores")
    assert set(scores["rung"]) == {"rule"}
    assert scores["probability"].isna().all()
