"""People made anew of a log that ends at a cutoff are what the panel says they were, to the last bit."""

from datetime import date

import ibis
import pandas as pd
import pyarrow as pa
import pytest

from helpers import profiles
from helpers.churn import FEATURES
from tests.profiles.test_panel import KNOWN_BY, wandering_log

CUTOFF = date(2025, 6, 1)


def anew(shop, cutoff, names):
    people = ibis.memtable(pa.table({"profile_id": pa.array(names, pa.string())}))
    rows = profiles.of_days(shop, profiles.from_log(shop, cutoff, people), [cutoff])
    return shop.frame(rows).set_index("profile_id").loc[names]


@pytest.mark.parametrize("consent", [KNOWN_BY, None])
def test_some_people_of_the_log_alone_are_those_of_the_panel(make_shop, log, consent):
    head = {"consent": consent} if consent else {}
    shop = wandering_log(log, seed=2, asked=bool(consent)).write(make_shop(as_of="2025-12-01", **head))
    profiles.build(shop)
    panel = shop.frame(profiles.panel(shop, [CUTOFF])).set_index("profile_id").sort_index()
    assert set(panel.index) - set(shop.frame("profiles").profile_id)  # some go by another name now
    own = panel.iloc[::2]
    found = anew(shop, CUTOFF, own.index)
    pd.testing.assert_frame_equal(found[FEATURES], own[FEATURES], check_exact=True, check_dtype=False)


def test_nothing_of_the_tables_as_of_now_is_read(make_shop, log):
    log.order("2025-02-01T10:00", 5, user_id="u1").order("2025-09-01T10:00", 7, user_id="u1")
    shop = log.write(make_shop(as_of="2025-12-01"))
    profiles.build(shop)
    (name,) = shop.frame("profiles").profile_id
    shop.write("daily", shop.table("daily").mutate(orders=ibis.literal(9).cast("int64")))
    assert shop.frame(profiles.panel(shop, [CUTOFF])).orders_count.tolist() == [9]
    assert anew(shop, CUTOFF, [name]).orders_count.tolist() == [1]


def test_what_others_told_of_is_not_missing_of_who_did_not(make_shop, log):
    log.order("2025-02-01T10:00", 5, user_id="u1").add("2025-02-02T10:00", user_id="u2")
    log.add("2025-08-02T10:00", "Support Ticket Opened", "support", user_id="u2")
    shop = log.write(make_shop(as_of="2025-12-01"))
    profiles.build(shop)
    name = shop.frame(profiles.orders_between(shop, date(2025, 1, 1), CUTOFF)).profile_id[0]
    found = anew(shop, CUTOFF, [name]).loc[name]
    assert found.web_events_90d == 0
    assert pd.isna(found.support_events_90d)  # nobody had opened a case by then
