"""What is kept of folded events by kind: together with the events that are left it says what all of them said."""

from datetime import date, datetime

import pandas as pd
import pytest

from helpers.datasets import folded, paths
from helpers.datasets.folded import Folded, put
from helpers.datasets.tables import declared
from helpers.profiles.folded_facts import all_kinds, events_at_hand, parts
from tests.profiles.test_kinds import busy_log

AS_OF = "2025-09-01"
AT = datetime(2025, 5, 1)
# All at once; looks before orders; openings before deliveries, as a plan may have it; cases alone.
CUTOFFS = (
    {"": AT},
    {"Product Viewed": AT},
    {"Email Opened": AT, "Email Delivered": datetime(2025, 4, 1)},
    {"Support Ticket Opened": AT, "Product Added": datetime(2025, 4, 11)},
)


def rows_of(shop):
    columns = declared("daily_kinds").column_names
    with events_at_hand(shop) as events:
        return shop.frame(all_kinds(shop, events))[columns].sort_values(columns, ignore_index=True)


def fold(shop, cutoffs):
    expired = Folded(folder=paths.folded(shop.name), cutoffs=cutoffs)
    with events_at_hand(shop) as events:
        put(shop, cutoffs, {name: rows.cache() for name, rows in parts(shop, events, expired).items()})


@pytest.mark.parametrize("cutoffs", CUTOFFS, ids=[" and ".join(each) or "all" for each in CUTOFFS])
def test_folding_changes_no_kind(lived, log, cutoffs):
    shop = lived_in(lived, log)
    before = rows_of(shop)
    fold(shop, cutoffs)
    kept = folded(shop.name)
    assert kept.table(shop.engine, "daily_kinds").count().to_pyarrow().as_py() > 0
    pd.testing.assert_frame_equal(rows_of(shop), before)
    # Once more, later: what was kept and what is left are folded together.
    fold(shop, {name: datetime(2025, 6, 1) for name in cutoffs})
    pd.testing.assert_frame_equal(rows_of(shop), before)
    events = shop.table("events")
    shop.write("events", kept.live(events).cache())
    pd.testing.assert_frame_equal(rows_of(shop), before)


def lived_in(lived, log):
    busy_log(log, seed=4)
    return lived(as_of=AS_OF)


def test_what_is_kept_of_who_withdraws_counts_no_more(lived, log):
    busy_log(log, seed=4, people=2)
    purposes = ("profiling", "email_tracking", "sms_tracking", "web_tracking", "support_use")
    for who in ("u0", "u1"):
        log.says(who, "granted", "2025-01-01", *purposes)
    shop = lived(as_of=AS_OF, consent='source = "orders"')
    before = rows_of(shop)
    fold(shop, {"": datetime(2025, 8, 1)})
    pd.testing.assert_frame_equal(rows_of(shop), before)
    log.says("u0", "denied", "2025-08-15", "web_tracking", "support_use")
    log.write(shop)
    after = rows_of(shop)
    gone = {"put into cart", "bought from cart", "bought after looking", "looked again", "left"}
    gone |= {"case opened", "case reopened", "case resolved", "back after case"}
    (who,) = set(before.profile_id) - set(after[after.kind.isin(gone)].profile_id)
    web = [f"hour on {channel}" for channel in ("web", "app")]
    same = [frame[~frame.kind.isin([*gone, *web]) | (frame.profile_id != who)] for frame in (before, after)]
    pd.testing.assert_frame_equal(*(frame.reset_index(drop=True) for frame in same))


def test_no_kind_is_of_the_day_of_the_cutoff_or_later(lived, log):
    busy_log(log, seed=4)
    as_of = date(2025, 5, 20)
    assert max(row["timestamp"] for row in log.rows) > datetime(2025, 6, 1)
    rows = rows_of(lived(as_of=as_of.isoformat()))
    assert rows.began.le(rows.day).all()
    assert rows.day.max() == date(2025, 5, 19)
