"""Named groups against a person-by-person reading."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.datasets.segment_rules import Rule, segment_rules
from helpers.segmentation.rules import asked, counted, fits, untold

RULES = {
    "two": Rule.model_construct(meaning="Two.", rule="orders_90d >= 2 and state <> 'churned'"),
    "unknown": Rule.model_construct(meaning="Unknown.", rule="cart_abandon_rate_n > 1"),
}


def crowd(count=300):
    rng = np.random.default_rng(5)
    orders = pd.array(rng.integers(0, 4, count), dtype="Int64")
    orders[::7] = pd.NA
    return pd.DataFrame(
        {
            "orders_90d": orders,
            "state": rng.choice(["quiet", "churned"], count),
            "cart_abandon_rate_n": pd.array([pd.NA] * count, dtype="Int64"),
        },
        index=rng.permutation(count),
    )


def test_a_rule_is_true_false_or_unknown_of_each_person():
    people = crowd()
    found = fits(people, RULES)
    assert found.index.equals(people.index)
    for index, person in people.iterrows():
        if pd.isna(person["orders_90d"]):
            unknown = person["state"] != "churned"
            assert pd.isna(found.loc[index, "two"]) == unknown
        else:
            assert found.loc[index, "two"] == (person["orders_90d"] >= 2 and person["state"] != "churned")
    assert found["unknown"].isna().all()


def test_counts_leave_out_of_whom_it_cannot_be_told_and_rules_that_cannot_be_told_of_anybody():
    rules = RULES | {
        "partly": Rule.model_construct(meaning="Partly.", rule="cart_abandon_rate_n > 1 and orders_90d = 0")
    }
    found = fits(crowd(), rules)
    page = counted(found, rules).set_index("Group")
    assert list(page.index) == ["two"]
    assert untold(found) == "Of nobody is known what these ask for: unknown, partly."
    assert untold(found[["two"]]) == ""
    assert page.loc["two", ["People", "Others"]].sum() == found["two"].notna().sum() < 300
    assert page.loc["two", ["People", "Others", "Not known"]].sum() == 300
    assert "Not known" not in counted(found[["two"]].fillna(value=False), {"two": RULES["two"]})
    assert page.loc["two", "Rule"] == RULES["two"].rule


def test_the_shipped_rules_can_be_asked_of_profiles(profiles, write_dataset):
    write_dataset()
    rules = segment_rules("tiny")
    known = profiles.assign(recency_score=3, frequency_score=4, monetary_score=5, state="returned", orders_90d=1)
    only = {name: rules[name] for name in ("heavy_spenders", "back_after_absence", "one_and_done")}
    page = counted(fits(known, only), only).set_index("Group")["People"]
    once = (profiles["repeat_frequency"] == 0) & (profiles["days_since_last_order"] > 90)
    assert page.to_dict() == {"heavy spenders": 200, "back after absence": 200, "one and done": once.sum()}


def test_what_rules_ask_for_is_told_in_the_order_there_is():
    assert asked(RULES, ["state", "cart_abandon_rate_n", "orders_30d", "orders_90d"]) == [
        "state", "cart_abandon_rate_n", "orders_90d",
    ]  # fmt: skip


def test_a_rule_that_says_itself_what_a_missing_value_means_is_told():
    rules = {"none": Rule.model_construct(meaning="None.", rule="coalesce(cart_abandon_rate_n, 0) = 0")}
    assert fits(crowd(), rules)["none"].all()
