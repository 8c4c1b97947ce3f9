from datetime import date

import pandas as pd
import pytest

from helpers.ingestion import ingest, last_days, newest_files, visits, words
from helpers.ingestion.quality import abandoned, lateness, repeats

SOURCES = """
    [[source]]
    name = "web"
    files = ["web*.csv"]
    format = "delimited"
    columns = ["id", "at", "got", "event", "device", "product"]
    [[source.emit]]
    event_from = "event"
    message_id = "id"
    timestamp = "at"
    received_at = "got"
    anonymous_id = "device"
    product_id = "product"
    [[source]]
    name = "quiet"
    files = ["quiet.csv"]
    format = "delimited"
    columns = ["at"]
    required = false
    [[source.emit]]
    event = "Page Viewed"
    timestamp = "at"
"""
WEB = """id,at,got,event,device,product
1,2025-12-25 10:00,2025-12-25 10:00,Product Viewed,d1,p1
2,2025-12-25 10:05,2025-12-25 10:05,Product Added,d1,p1
3,2025-12-25 10:10,2025-12-26 10:10,Page Viewed,d1,
4,2025-12-30 10:10,2025-12-31 10:10:01,Page Viewed,d2,
5,2025-12-10 10:10,,Product Added,d3,p1
6,2025-12-10 10:11,,Order Completed,d3,p1
7,2025-12-10 10:12,,Product Added,d3,p2
"""


@pytest.fixture
def shop(make_shop):
    """Three visits; one event that is late, and one that two files tell, in other words."""
    again = "id,new,at,got,event,device,product\n1,x,2025-12-25 10:00,2025-12-25 11:00,Product Viewed,d1,p9\n"
    shop = make_shop(SOURCES, {"web1.csv": WEB, "web2.csv": again, "quiet.csv": "at\n2025-01-01\n"})
    ingest(shop)
    return shop


def test_the_last_seven_days_are_counted_by_source(shop):
    found = last_days(shop)
    assert list(found.columns) == [f"{day} Dec" for day in range(25, 32)]
    assert found.loc["web"].tolist() == [3, 0, 0, 0, 0, 1, 0]
    assert found.loc["quiet"].tolist() == [0] * 7
    assert shop.as_of == date(2026, 1, 1)


def test_the_newest_file_of_each_source_stands_beside_the_usual_one(shop):
    found = newest_files(shop.frame("ledger"))
    assert found.loc["web", ["file", "read", "rejected", "usual_read"]].tolist() == ["web1.csv", 7, 0, 4]
    assert found.loc["quiet", "file"] == "quiet.csv"
    assert list(found.index) == ["quiet", "web"]


def test_late_is_more_than_a_day_after_it_happened(shop):
    assert lateness(shop) == (1, 4)
    assert words.of_lateness(shop) == [
        "Of the events whose source says when it received them, 25.0% (1 of 4) were more than a day late."
    ]


def test_carts_are_judged_once_their_week_is_over(shop):
    # The cart of 25 December may still be bought; of the two of the 10th, one was.
    assert abandoned(shop) == (1, 2)


def test_people_s_visits_have_figures_by_channel(shop):
    (row,) = visits(shop).reset_index().to_dict("records")
    assert (row["channel"], row["visits"]) == ("web", 3)
    assert row["with_one_event"] == pytest.approx(1 / 3)
    assert row["engaged"] == pytest.approx(2 / 3)
    assert row["median_minutes"] == 2


def test_visits_of_programs_and_tests_are_nobodys(make_shop):
    flags = """is_bot = "device = 'robot'"\n    is_test = "device = 'test'"\n    product_id = "product"\n"""
    web = "id,at,got,event,device,product\n" + "".join(
        f"{who},2025-12-25 10:00,,Page Viewed,{who},\n" for who in ("ann", "robot", "test")
    )
    shop = make_shop(SOURCES.replace('product_id = "product"\n', flags, 1), {"web1.csv": web})
    ingest(shop)
    assert len(shop.frame("sessions")) == 3
    assert visits(shop)["visits"].tolist() == [1]


def test_what_is_told_again_is_said(shop):
    assert repeats(shop) == (1, 1)
    assert words.of_repeats(shop, shop.frame("ledger")) == [
        "Records that tell an event again that is there already: 1, of them in other words 1. The first counts, the "
        "others are in table `duplicates`.",
        "Some files have columns that nobody declared: new.",
    ]


def test_goals_are_spoken_of_where_there_are_carts(shop):
    (cart,) = words.of_goals(shop)
    assert cart == "Of the products put into a cart, 50.0% (1 of 2) were not bought within a week."


@pytest.mark.parametrize(("rows", "said"), [
    ([], "No record was refused."),
    ([("not_a_time", 3), ("x", 1)], "The most frequent reason is `not_a_time`, with 3 of 4 refused records."),
])  # fmt: skip
def test_the_most_frequent_reason_is_named(rows, said):
    assert words.of_reasons(pd.DataFrame(rows, columns=["reason", "records"])) == said
