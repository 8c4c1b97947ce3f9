import pytest

import helpers
from helpers import profiles
from helpers.datasets.tables.profiles import PROFILES
from helpers.errors import WrongUse

AS_OF = "2025-06-01"


def lived(log, who="u1"):
    for month in range(1, 6):
        log.order(f"2025-0{month}-0{month} 10:00", 10 * month, user_id=who, order_id=f"{who}{month}")
        log.add(f"2025-0{month}-{10 + month} 10:00", user_id=who, channel="app")
        log.add(f"2025-0{month}-20 10:00", "Email Opened", "engagement", user_id=who, channel="email")
        log.add(f"2025-0{month}-21 10:00", "Support Ticket Opened", "support", user_id=who, channel="support")
    log.refund("2025-05-20 12:00", -7, user_id=who, order_id=f"{who}5")
    log.add("2025-05-28", user_id=who).add("2025-06-02", user_id=who)


@pytest.fixture
def shop(make_shop, log):
    lived(log)
    lived(log, "u2")
    opened = log.write(make_shop(as_of=AS_OF))
    profiles.build(opened)
    return helpers.open("tiny", as_of=AS_OF)


def somebody(shop):
    return shop.frame("profiles").sort_values("profile_id").iloc[0].profile_id


METRICS = [column.name for column in PROFILES.columns if column.name != "profile_id"]


@pytest.mark.parametrize("metric", METRICS)
def test_the_events_shown_alone_give_the_same_value(shop, make_shop, metric):
    found = shop.explain(somebody(shop), metric)
    assert (found.meaning, found.unit) == next((c.meaning, c.unit) for c in PROFILES.columns if c.name == metric)
    rows = found.events.drop("profile_id").to_pyarrow()
    assert rows.num_rows <= 22
    if not rows.num_rows:
        assert found.value == 0
        return
    alone = make_shop(name="alone", as_of=AS_OF)
    alone.write("events", alone.engine.create_table("shown", rows, temp=True))
    nobody = shop.table("consent_log").limit(0).to_pyarrow()
    alone.write("consent_log", alone.engine.create_table("silence", nobody, temp=True))
    profiles.build(alone)
    (row,) = alone.table("profiles").to_pyarrow().to_pylist()
    assert row[metric] == found.value


@pytest.mark.parametrize(
    ("metric", "count"),
    [
        ("events_7d", 1), ("orders_90d", 3), ("revenue_90d", 4), ("revenue_total", 6), ("web_events_90d", 4),
        ("support_events_90d", 3), ("events_90d", 14), ("aov", 5), ("tenure_days", 22),
    ],
)  # fmt: skip
def test_no_event_is_shown_that_does_not_count(shop, metric, count):
    rows = shop.frame(shop.explain(somebody(shop), metric).events)
    assert len(rows) == count
    assert rows.timestamp.is_monotonic_increasing
    assert rows.user_id.nunique() == 1


def test_what_is_not_there_is_named(shop):
    with pytest.raises(WrongUse, match=r"no metric 'speed'\. Metrics are: first_seen_at"):
        shop.explain(somebody(shop), "speed")
    with pytest.raises(WrongUse, match="Nobody of 'tiny' has the profile 'p0'"):
        shop.explain("p0", "aov")
