import numpy as np
import pandas as pd

from helpers.simulate.consent import PURPOSES, draw_consent
from helpers.simulate.identifiers import draw_identifiers
from helpers.simulate.people import draw_people


def test_everyone_answers_at_registration_and_about_3_percent_refuse_profiling():
    people = draw_people(4000, rng=np.random.default_rng(0))
    names = draw_identifiers(people, rng=np.random.default_rng(1))
    answers = draw_consent(people, names, rng=np.random.default_rng(2))
    first = answers[answers["at"].to_numpy() == people["joined"].to_numpy()[answers["person"]]]
    asked = first.groupby("purpose")["person"].nunique()
    reachable = (names["phone"] != "").sum()
    assert {purpose: reachable if "sms" in purpose else 4000 for purpose in PURPOSES} == asked.to_dict()
    refused = (first["status"] == "denied").groupby(first["purpose"]).mean()
    assert abs(refused["profiling"] - 0.03) < 0.01
    later = answers.drop(first.index)
    assert set(later["status"]) == {"denied"}
    assert len(later) > 100


def test_accounts_answer_by_id_and_guests_by_address(disk):
    rows = disk.table("consent.csv")
    assert ((rows["customer_id"] == "") != (rows["email"] == "")).all()
    profiling = rows[rows["purpose"] == "profiling"]
    people = {disk.person(row) for row in profiling.itertuples()}
    assert people == set(disk.truth("customers")["person_id"])


def test_unsubscribing_and_stop_reach_the_register(disk):
    rows = disk.table("consent.csv").query("status == 'denied'")
    denied = {(disk.person(row), row.purpose) for row in rows.itertuples()}
    emails, texts = disk.table("email-*.csv.gz"), disk.table("sms.csv")
    left = {
        (disk.owner["email", value], "email_marketing") for value in emails.query("what == 'unsubscribed'")["email"]
    }
    stop = texts[texts["reply_text"].str.upper() == "STOP"]["phone"]
    left |= {(disk.owner["phone", value], "sms_marketing") for value in stop}
    assert len(left) > 8
    assert left <= denied


def test_the_customer_file_holds_accounts_and_their_rising_tiers(disk):
    rows = disk.table("customers.csv")
    accounts = set(disk.truth("identifiers").query("type == 'user_id'")["identifier"])
    registered = rows[rows["change"] == "registered"]
    assert sorted(registered["customer_id"]) == sorted(accounts)
    rows["at"] = pd.to_datetime(rows["changed_at"])
    rank = rows["loyalty_tier"].map({"basic": 0, "silver": 1, "gold": 2})
    assert (rank.groupby(rows.sort_values("at")["customer_id"]).diff().dropna() == 1).all()
    orders = disk.bought.drop_duplicates("order_id").groupby("person_id").size()
    silver = {disk.owner["user_id", value] for value in rows.query("loyalty_tier == 'silver'")["customer_id"]}
    guests = set(disk.truth("customers").query("guest")["person_id"])
    assert silver == set(orders.index[orders >= 5]) - guests
