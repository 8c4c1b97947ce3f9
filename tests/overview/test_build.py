"""The whole picture of small shops, and of shops that have not everything."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

import pandas as pd
import pytest

import helpers
from helpers import identity, overview, profiles
from helpers.datasets import Shop
from helpers.errors import WrongUse
from helpers.profiles.folded_facts import all_days
from helpers.reporting import Record
from tests.conftest import UNREAD

FUNNEL = """
[[funnel]]
name = "look"
steps = ["Page Viewed", "Product Viewed"]
window = "2d"
exclude = ["Product Removed"]
"""


class Page(NamedTuple):
    """A picture, and what the page makes of it."""

    shop: Shop
    overview: overview.Overview
    months: pd.DataFrame
    steps: dict[str, list[overview.Step]]

    @property
    def headlines(self):
        return overview.headlines(self.overview, self.months, list(self.steps.values()))

    @property
    def results(self):
        record = Record(self.shop, "overview")
        overview.add_results(record, self.overview, self.months, self.steps)
        return {entry["key"]: entry for entry in record.entries}


@pytest.fixture
def page(make_shop, log):
    """The page of a log written by hand."""

    def page(as_of, *sources, days=90):
        shop = log.write(make_shop(*sources, as_of=as_of))
        identity.stitch(shop)
        with profiles.events_at_hand(shop) as events:
            shop.write("daily", all_days(shop, events))
        found = overview.build(shop, funnel_days=days)
        published = overview.publish_growth(shop, found.months, found.calendar)
        steps = {each.funnel.name: overview.publish_steps(shop, each) for each in found.funnels}
        return Page(shop, found, overview.shown_months(found.months, published), steps)

    return page


def crowd(log, month, who, *, orders=True):
    """Some people who look around and buy in the middle of a month of 2025."""
    for number in who:
        at = datetime(2025, month, 15, 10, number % 60)
        visit = {"user_id": f"u{number}", "session_id": f"s{month}-{number}", "product_id": "p"}
        log.add(at, "Page Viewed", **visit).add(at + timedelta(minutes=2), "Product Viewed", **visit)
        if orders:
            log.order(at + timedelta(minutes=5), 10, user_id=f"u{number}")


def test_the_picture_of_two_months(page, log):
    log.add("2025-01-01T10:00", user_id="u0")
    crowd(log, 1, range(60))
    crowd(log, 2, range(20, 100))
    found = page("2025-03-01")
    assert found.headlines[1] == (
        "February 2025 brought €800.00 of revenue (+33.3% on January 2025) and 80 orders (+33.3% on January 2025)."
    )
    assert found.headlines[3] == (
        "In February 2025, 40 were active for the first time and none came back after a month away or more; of 60 "
        "active the month before, 20 stayed away. Active were 60 then and 80 now (+20)."
    )
    values = {key: (entry["value"], entry["n"]) for key, entry in found.results.items()}
    assert values["overview.actives.month"] == (80, None)
    assert values["overview.orders.month"] == (80, None)
    assert values["overview.revenue.month"] == (800.0, None)
    assert values["overview.lifecycle.new"] == (40, 80)
    assert values["overview.lifecycle.returning"] == (40, 80)
    assert values["overview.lifecycle.dormant"] == (20, 60)
    assert values["overview.retention.on_day.1"] == (pytest.approx(40 / 60), 60)
    assert values["overview.actives.week"] == (pytest.approx(80 * 7 / 28), None)
    assert values["overview.actives.day"] == (None, None), "a mean of fewer than 10 people"
    assert found.results["overview.revenue.month"]["unit"] == "EUR"


def test_only_people_with_a_profile_count_and_what_they_did_before_the_moment(page, log):
    crowd(log, 1, range(20))
    crowd(log, 2, range(20))
    for row in log.rows[:6]:
        row["is_bot"] = True
    for number in (17, 18, 19):
        log.says(f"u{number}", "denied", "2025-01-01T00:00")
    found = page("2025-02-01")
    assert found.overview.months["active"].tolist() == [20 - 2 - 3]
    assert found.overview.months["orders"].tolist() == [15]


def test_three_customers_are_told_of_nowhere(page, log):
    for month in range(1, 6):
        crowd(log, month, range(3))
    found = page("2025-06-01")
    assert found.months["active"].isna().all()
    assert found.months["revenue"].isna().all()
    said = " ".join([*found.headlines, *overview.sales(found.overview, found.months)])
    said += " ".join(overview.actives(found.overview, found.months)) + overview.visits(found.overview)
    said += overview.funnel(found.overview.funnels[0], found.steps["default"], days=90)
    assert not {"€", "%"} & set(said)
    assert " 3 " not in said
    assert not any(entry["value"] for entry in found.results.values())


def test_where_nobody_orders_there_is_no_money_and_cohorts_are_of_first_days(page, log):
    for month in (1, 2):
        crowd(log, month, range(30), orders=False)
    found = page("2025-03-01")
    assert overview.sales(found.overview, found.months) == [
        "Nobody with a profile ordered anything, so there are no orders and no revenue to show."
    ]
    assert found.results["overview.retention.on_day.1"]["value"] == 1.0
    assert "overview.revenue.month" not in found.results


def test_where_no_amount_is_told_there_is_no_revenue(page, log):
    crowd(log, 1, range(30))
    for row in log.rows:
        row["revenue"] = None
    found = page("2025-02-20")
    assert overview.sales(found.overview, found.months)[-1] == (
        "The log says what was bought and not for how much, so there is no revenue to show."
    )
    assert "overview.revenue.month" not in found.results


def test_orders_alone_have_no_visit_and_no_funnel(page, log):
    for number in range(30):
        log.order(datetime(2025, 1, 1 + number % 28, 10), 10, user_id=f"u{number}")
    found = page("2025-02-01")
    assert found.overview.funnels == []
    assert overview.visits(found.overview).startswith("No event of this log belongs to a visit")
    assert "overview.session.median_s" not in found.results
    assert found.overview.months["active"].tolist() == [30]


def test_a_log_of_less_than_a_month_says_what_it_holds(page, log):
    crowd(log, 1, range(30))
    found = page("2025-01-20")
    assert overview.sales(found.overview, found.months) == [
        "The log covers no calendar month whole. From 15 January 2025 to 19 January 2025 it tells of 30 orders and "
        "€300.00 of revenue."
    ]
    assert not [key for key in found.results if "month" in key or "actives" in key or "lifecycle" in key]


def test_a_month_that_is_not_over_is_said_and_compared_with_nothing(page, log):
    log.add("2025-01-01T10:00", user_id="u0")
    for month in (1, 2, 3):
        crowd(log, month, range(30))
    found = page("2025-03-20")
    said = overview.sales(found.overview, found.months)
    assert said[0].startswith("February 2025 brought €300.00 of revenue (as in January 2025)")
    assert said[1] == "March 2025 is not over: so far 30 orders and €300.00 of revenue, compared with nothing."
    assert said[2] == "There is no year before to hold it against: the log begins on 1 January 2025."


def test_the_year_before_is_compared_where_it_is_known_whole(page, log):
    for number in range(30):
        log.add("2024-01-01T10:00", user_id=f"u{number}").order("2024-02-10T10:00", 10, user_id=f"u{number}")
        log.order("2025-02-10T10:00", 15, user_id=f"u{number}")
    found = page("2025-03-01")
    (said,) = overview.sales(found.overview, found.months)
    assert said == (
        "February 2025 brought €450.00 of revenue (+50.0% on February 2024) and 30 orders (as in February 2024)."
    )


def test_a_small_group_hides_people_and_no_revenue_of_many(page, log):
    log.add("2025-01-01T10:00", user_id="u0")
    crowd(log, 1, range(60))
    crowd(log, 2, range(4, 60))
    found = page("2025-03-01")
    february = found.months.iloc[1]
    assert february[["orders", "revenue"]].tolist() == [56, 560]
    assert february[["dormant", "new"]].isna().tolist() == [True, False]
    assert found.months["active"].isna().any() or february.isna()["returning"], "60 - 56 would tell it"


def test_funnels_are_those_declared_else_the_usual_steps_that_occur(page, log):
    crowd(log, 1, range(30))
    (usual,) = page("2025-02-01").overview.funnels
    assert (usual.funnel.name, usual.funnel.steps) == ("default", ["Product Viewed", "Order Completed"])
    own = page("2025-02-01", FUNNEL + UNREAD)
    assert list(own.steps) == ["look"]
    assert [step.people for step in own.steps["look"]] == [30, 30]
    assert own.results["overview.funnel.look.product_viewed"]["numerator"] == 30
    (step, _) = own.shop.frame("overview_funnels").itertuples(index=False)
    assert (step.funnel, step.step, step.name, step.people) == ("look", 1, "Page Viewed", 30)


@pytest.mark.parametrize(("as_of", "days", "people"), [
    ("2025-01-17", 90, 0), ("2025-01-18", 90, 30), ("2025-01-18", 1, 30), ("2025-01-19", 1, 0),
])  # fmt: skip
def test_a_funnel_looks_at_attempts_that_had_their_whole_time(page, log, as_of, days, people):
    crowd(log, 1, range(30))
    (found,) = page(as_of, FUNNEL + UNREAD, days=days).overview.funnels
    assert found.steps[0].people == people


def test_a_step_that_few_are_lost_at_is_not_told(page, log):
    crowd(log, 1, range(30), orders=False)
    log.rows = [row for row in log.rows if not (row["event"] == "Product Viewed" and row["user_id"] in {"u1", "u2"})]
    found = page("2025-02-01", FUNNEL + UNREAD)
    assert None in [step.people for step in found.steps["look"]]
    said = overview.funnel(found.overview.funnels[0], found.steps["look"], days=90)
    assert said == "Some steps of the funnel look are left to too few people to be told of."
    assert not [key for key in found.results if "funnel" in key]


def test_tables_are_refused_at_another_moment(page, log):
    crowd(log, 1, range(30))
    found = page("2025-02-01")
    with pytest.raises(WrongUse, match="this looks at 2025-03-01"):
        helpers.open(found.shop.name, as_of="2025-03-01").table("overview_days")
