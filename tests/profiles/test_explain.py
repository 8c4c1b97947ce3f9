import shutil

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest

import helpers
from helpers import identity, profiles
from helpers.datasets.tables.profiles import PROFILES
from helpers.errors import WrongUse
from tests.conftest import Log, tiny_dataset

AS_OF = "2025-06-01"


def lived(log, who="u1"):
    for month in range(1, 6):
        log.order(f"2025-0{month}-0{month} 10:00", 10 * month, user_id=who, order_id=f"{who}{month}")
        log.add(f"2025-0{month}-{10 + month} 10:00", user_id=who, channel="app")
        log.add(f"2025-0{month}-20 10:00", "Email Opened", "engagement", user_id=who, channel="email")
        log.add(f"2025-0{month}-21 10:00", "Support Ticket Opened", "support", user_id=who, channel="support")
    log.refund("2025-05-20 12:00", -7, user_id=who, order_id=f"{who}5")
    log.add("2025-05-28", user_id=who).add("2025-06-02", user_id=who)


@pytest.fixture(scope="module")
def lived_in(home_at, tmp_path_factory):
    """A home with two people's profiles, made once."""
    with home_at(tmp_path_factory.mktemp("lived") / "home") as folder:
        tiny_dataset(folder)
        log = Log()
        lived(log)
        lived(log, "u2")
        profiles.build(log.write(helpers.open("tiny", as_of=AS_OF)))
    return folder


@pytest.fixture
def shop(home, lived_in):
    shutil.copytree(lived_in, home, symlinks=True)
    return helpers.open("tiny", as_of=AS_OF)


def somebody(shop):
    return shop.frame("profiles").sort_values("profile_id").iloc[0].profile_id


# One of each kind: what counts, in which window, of which events.
METRICS = (
    "tenure_days", "aov", "revenue_90d", "orders_30d", "refund_rate", "active_days_30d", "engagement_ratio_30d",
    "engagement_velocity", "monday_share", "support_events_90d", "days_since_web", "on_app_30d", "on_email_total",
)  # fmt: skip


def test_the_events_shown_alone_give_the_same_value(shop, make_shop):
    """Metrics made of the same events are looked at together, each such set as somebody of their own in one shop."""
    (values,) = shop.frame("profiles").query(f"profile_id == {somebody(shop)!r}").to_dict("records")
    own = profiles.of_person(shop, somebody(shop)).order_by("timestamp", "message_id")
    events = {metric: profiles.behind(own, metric, shop.as_of).drop("profile_id").to_pyarrow() for metric in METRICS}
    groups = {}
    for metric, rows in events.items():
        groups.setdefault(tuple(rows["message_id"].to_pylist()), []).append(metric)
    assert [metric for metric in groups.pop((), []) if values[metric] != 0 and not pd.isna(values[metric])] == []
    assert len(groups) >= 10
    alone = make_shop(name="alone", as_of=AS_OF)
    shown = pa.concat_tables(_of(f"g{place}", events[metrics[0]]) for place, metrics in enumerate(groups.values()))
    alone.write("events", alone.engine.create_table("shown", shown, temp=True))
    for table in ("consent_log", "products"):
        nobody = shop.table(table).limit(0).to_pyarrow()
        alone.write(table, alone.engine.create_table("silence", nobody, temp=True, overwrite=True))
    profiles.build(alone)
    found = alone.frame("profiles").set_index("profile_id")
    for place, metrics in enumerate(groups.values()):
        own = found.loc[identity.name_of("user_id", f"g{place}")]
        for metric in metrics:
            assert own[metric] == values[metric] or (pd.isna(own[metric]) and pd.isna(values[metric])), metric


def _of(who, events):
    """The events as those of somebody else."""
    own = {"user_id": pa.array([who] * events.num_rows)}
    own["message_id"] = pc.binary_join_element_wise(who, events["message_id"], "-")
    columns = {name: own.get(name, events[name]) for name in events.column_names}
    return pa.table(columns, schema=events.schema)


def test_a_metric_says_what_it_is(shop):
    found = shop.explain(somebody(shop), "aov_observed")
    column = next(column for column in PROFILES.columns if column.name == "aov_observed")
    assert (found.meaning, found.unit) == (column.meaning, column.unit)
    assert found.value == shop.frame("profiles").set_index("profile_id").aov_observed[somebody(shop)]


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
    assert set(rows.user_id) == {rows.user_id[0]}


def test_what_is_not_there_is_named(shop):
    with pytest.raises(WrongUse, match=r"no metric 'speed'\. Metrics are: first_seen_at"):
        shop.explain(somebody(shop), "speed")
    with pytest.raises(WrongUse, match="Nobody of 'tiny' has the profile 'p0'"):
        shop.explain("p0", "aov")
