import ibis
import pytest

from helpers.datasets.tables.profiles import PROFILES
from helpers.profiles import by_last_order, by_orders, rhythm, spread


def profiles(*rows):
    """Profiles of which only what is given matters; None elsewhere."""
    schema = {column.name: column.dtype for column in PROFILES.columns}
    return ibis.memtable([dict.fromkeys(schema) | row for row in rows], schema=schema)


def test_people_by_orders_in_the_order_of_the_classes():
    found = by_orders(profiles(*({"orders_count": n} for n in (0, 1, 1, 3, 4, 5, 6, 10, 11, 500))))
    assert found.to_numpy().tolist() == [
        ["none", 1], ["1", 2], ["3", 1], ["4 to 5", 2], ["6 to 10", 2], ["more than 10", 2],
    ]  # fmt: skip


def test_people_by_their_last_order():
    days = (None, 1, 30, 31, 90, 91, 180, 181, 9999)
    found = by_last_order(profiles(*({"days_since_last_order": n} for n in days)))
    assert found.to_numpy().tolist() == [
        ["never", 1],
        ["in the last 30 days", 2],
        ["31 to 90 days ago", 2],
        ["91 to 180 days ago", 2],
        ["longer ago", 2],
    ]


def test_the_middle_and_the_outer_tenths():
    found = spread(profiles(*({"orders_count": n, "aov_observed": None if n > 5 else n * 1.0} for n in range(11))))
    rows = found.set_index("metric")
    assert rows.loc["Orders"].tolist() == ["count", 11, 1.0, 5.0, 9.0]
    assert rows.loc["Mean order value"].tolist() == ["currency", 6, 0.5, 2.5, 4.5]
    assert "Days since first seen" not in rows.index


@pytest.fixture
def shop(lived, log):
    log.order("2025-06-02T08:00", 1, user_id="u1", order_id="o1").order(
        "2025-06-02T08:01", 1, user_id="u1", order_id="o1"
    )
    log.order("2025-06-02T22:30", 1, user_id="u1").order("2025-06-08T08:30", 1, user_id="u2")
    log.refund("2025-06-04T08:00", -1, user_id="u2").order("2025-06-05T08:00", 1)
    return lived()


def test_orders_by_local_weekday_and_hour(shop):
    found = rhythm(shop)
    assert list(found.index) == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert found.columns.tolist() == [0, 10]
    # Half past ten in the evening UTC is Tuesday in Berlin; a refund and an order of nobody are none of theirs.
    assert found.loc["Mon"].tolist() == [0, 1]
    assert found.loc["Tue"].tolist() == [1, 0]
    assert found.loc["Sun"].tolist() == [0, 1]
    assert found.to_numpy().sum() == 3
