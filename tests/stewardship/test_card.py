import re

import pandas as pd
import pytest
from typer.testing import CliRunner

import helpers
from helpers import privacy, profiles
from helpers.cli import app
from helpers.errors import WrongUse
from helpers.stewardship import card

SOURCE = """
    [[source]]
    name = "orders"
    files = ["orders.csv"]
    format = "delimited"
    columns = ["at", "who", "mail", "sku"]
    [[source.emit]]
    event = "Order Completed"
    timestamp = "at"
    user_id = "who"
    external_ids.email = "mail"
    [[source.emit]]
    kind = "product"
    product_id = "sku"
"""


@pytest.fixture
def shop(make_shop, log):
    opened = make_shop(SOURCE, as_of="2025-06-01", consent='source = "orders"')
    key = privacy.for_shop(opened)
    one, two = key("user_id", "C1"), key("user_id", "C2")
    log.order("2025-05-01", 10, user_id=one, ids={"email": key("email", "ann@example.com")})
    log.order("2025-05-11", "20.5", user_id=one).order("2025-05-12", 5, user_id=two)
    log.says(one, "granted", "2025-01-01", "profiling", "email_marketing").says(
        one, "denied", "2025-02-01", "support_use"
    )
    log.says(two, "granted", "2025-01-01", "profiling", "email_marketing").says(two, "denied", "2025-05-20")
    log.says(one, "denied", "2025-06-02")  # not yet
    log.write(opened)
    profiles.build(opened)
    return helpers.open("tiny", as_of="2025-06-01")


def lines(shop, identifier):
    return [re.sub(" +", " ", line).strip() for line in card(shop, identifier)]


@pytest.mark.parametrize("identifier", ["user_id:C1", "email: Ann@Example.com "])
def test_a_card_tells_traits_consent_and_what_they_rest_on(shop, identifier):
    said = lines(shop, identifier)
    assert said[0] == "A tiny shop: what is known of one customer as of 2025-06-01"
    assert "profiling yes since 2025-01-01" in said
    assert "support_use no since 2025-02-01" in said
    assert "web_tracking not asked" in said
    assert "email since 2025-05-01" in said
    assert "orders_count 2 Distinct orders. [2 events, 2025-05-01 to 2025-05-11]" in said
    assert any(line.startswith("revenue_total 30.50 EUR Revenue net of refunds. [2 events") for line in said)
    assert any(line.startswith("gap_cv none ratio") for line in said)
    assert any(line.startswith("expected_next_order_at 2025-05-21 ") for line in said)
    assert "aov none EUR (observed 15.25, n = 2: low) [2 events, 2025-05-01 to 2025-05-11]" in said
    assert not any(line.startswith(("on_", "aov_")) and " none " in line for line in said)
    assert not any(line.startswith(("Groups", "Churn")) for line in said)  # those tables are not written


def test_moments_that_hold_come_first_and_then_the_last_that_ended(shop):
    (one,) = shop.table("profiles").to_pyarrow()["profile_id"].to_pylist()
    day = pd.Timestamp("2025-05-01T10:00")
    ended = [("post_purchase", f"o{n}", day + pd.Timedelta(days=n), day + pd.Timedelta(days=n + 1)) for n in range(12)]
    on = [("support_open", "t7", day, None), ("checkout_abandoned", "", day, day + pd.Timedelta(days=40))]
    columns = ["moment", "about", "starts_at", "expires_at"]
    rows = pd.DataFrame([*ended, *on], columns=columns).assign(profile_id=one, evidence="as it is")
    shop.write("moments", rows.assign(ended_by=["order"] * len(ended) + [None] * len(on)))
    said = lines(shop, "user_id:C1")
    first = said.index("Moments (what they are in the middle of, from what they did, and what it rests on)") + 1
    assert said[first : first + 3] == [
        "checkout_abandoned since 2025-05-01 12:00, until 2025-06-10 12:00 at the latest [as it is]",
        "support_open t7 since 2025-05-01 12:00 [as it is]",
        "post_purchase o2 from 2025-05-03 12:00 to 2025-05-04 12:00, ended by order [as it is]",
    ]
    assert said[-1] == "post_purchase o11 from 2025-05-12 12:00 to 2025-05-13 12:00, ended by order [as it is]"


def test_groups_and_scores_are_told_where_there_are_some(shop):
    (one,) = shop.table("profiles").to_pyarrow()["profile_id"].to_pylist()
    scores = {"recency_score": 5, "monetary_score": 4, "rfm_group": "new", "cluster": "few orders"}
    rows = pd.DataFrame([scores | {"profile_id": one}]).assign(frequency_score=pd.array([None], "Int64"))
    shop.write("segments", rows)
    lead = {"profile_id": one, "as_of": pd.Timestamp(shop.as_of), "horizon_days": 30, "probability": 0.31, "score": 31}
    lead |= {"level": "low", "percentile": 80.0, "score_before": 12, "direction": "rising", "declining": False}
    shop.write("leads", pd.DataFrame([lead]))
    said = lines(shop, "user_id:C1")
    assert any(line.startswith("rfm_group new Name") for line in said)
    assert any(line.startswith("score 31") for line in said)
    assert not any(line.startswith("frequency_score") for line in said)


def test_groups_over_time_are_told_in_their_order(shop):
    (one,) = shop.table("profiles").to_pyarrow()["profile_id"].to_pylist()
    spans = [("rules", "browsers", "2025-05-08", "2025-05-15"), ("rfm", "new", "2025-05-08", None),
             ("rfm", "loyal", "2025-05-01", "2025-05-08")]  # fmt: skip
    rows = pd.DataFrame(spans, columns=["scheme", "segment", "valid_from", "valid_to"])
    shop.write("memberships", rows.assign(profile_id=one))
    assert lines(shop, "user_id:C1")[-3:] == [
        "rfm loyal from 2025-05-01 to 2025-05-08",
        "rfm new since 2025-05-08",
        "rules browsers from 2025-05-08 to 2025-05-15",
    ]


def test_of_who_may_not_be_profiled_only_that_is_told(shop):
    said = lines(shop, "user_id:C2")
    assert said[-1] == (
        "This customer may not be profiled: nothing is derived from what they do, and no more is shown here."
    )
    assert {line.split(" ")[0] for line in said[2:-1]} - {"Consent", ""} == {
        "email_marketing", "sms_marketing", "email_tracking", "sms_tracking", "web_tracking", "support_use",
        "profiling",
    }  # fmt: skip
    assert "profiling no since 2025-05-20" in said
    assert "email_marketing yes since 2025-01-01" in said


@pytest.mark.parametrize(
    ("identifier", "said"),
    [
        ("user_id:C3", "Nobody of 'tiny' is known"),
        ("C1", "such as email:…; 'tiny' has the types email, user_id"),
        ("phone:1", "has the types email, user_id"),
        ("email: ", "Expected type:value"),
    ],
)
def test_who_is_not_there_or_not_well_said_is_answered(shop, identifier, said):
    with pytest.raises(WrongUse, match=re.escape(said)):
        list(card(shop, identifier))


def test_the_command_needs_a_run(shop):
    found = CliRunner().invoke(app, ["card", "tiny", "--identifier", "user_id:C1"])
    assert isinstance(found.exception, WrongUse)
    assert "has no finished run yet. Run `workbench run tiny` first" in str(found.exception)
