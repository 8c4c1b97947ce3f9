"""Many cutoffs at once: each is what a shop that stopped there would say, whoever turned out to be whom later."""

import random
import sys
from datetime import date, datetime, timedelta

import pandas as pd
import pytest

import helpers
from helpers import profiles
from helpers.datasets.tables.profiles import PANEL
from helpers.profiles.build import MONTHS
from helpers.statistics.shrinkage import FEWEST

# The function of this name hides it in the package.
panel_module = sys.modules["helpers.profiles.panel"]
CUTOFFS = [date(2025, month, 1) for month in (3, 5, 6, 9)]
MESSAGES = ("Email Delivered", "Email Opened", "SMS Delivered", "SMS Link Clicked")
CASES = ("Support Ticket Opened", "Support Ticket Resolved")
KNOWN_BY = 'source = "orders"'


def wandering_log(log, *, seed, asked):
    """People on devices that they log in on later, share, and lose; some answer, and change their mind."""
    chance = random.Random(seed)
    for number in range(320):
        who, when = chance.randrange(8), datetime(2025, 1, 1) + timedelta(hours=chance.randrange(24 * 300))
        # Where people are asked, a device that several share is asked nothing, and what was done on it counts nowhere.
        device = f"d{who}{chance.randrange(2)}" if asked else f"d{chance.randrange(10)}"
        ids = {"anonymous_id": device}
        if chance.random() < 0.4:
            ids = {"user_id": f"u{who}"} | (ids if chance.random() < 0.3 else {})
        if chance.random() < 0.15:
            ids["ids"] = {"email": f"e{who if asked else chance.randrange(6)}"}
        ids |= {"product_id": f"p{chance.randrange(2)}", "product_category": chance.choice("ab")}
        if chance.random() < 0.3:
            log.order(when, chance.randrange(1, 99), order_id=f"o{number}", discount=chance.randrange(2), **ids)
        else:
            event = chance.choice(["Product Viewed", "Product Added", "Products Searched", *MESSAGES, *CASES])
            channel = event.split()[0].lower() if event in MESSAGES else "web"
            log.add(when, event, session_id=f"s{device}{when:%j}", send_id=f"{who}{number % 3}", channel=channel,
                    topic=chance.choice("xyz"), ticket_id=f"t{who}", page_category="home", **ids)  # fmt: skip
    for who in range(8) if asked else ():
        purposes = ("profiling", "web_tracking", "email_tracking")
        log.says(f"u{who}", "granted", f"2025-01-0{1 + who}", *purposes[: chance.randint(1, 3)])
        if chance.random() < 0.5:
            # Denied for a time only: what is denied at the end counts at no cutoff.
            log.says(f"u{who}", "denied", f"2025-0{chance.randint(2, 8)}-15", *purposes[:2])
            log.says(f"u{who}", "granted", "2025-11-01", *purposes[:2])
    return log


def same(one, other):
    order = ["profile_id"]
    pd.testing.assert_frame_equal(
        one.sort_values(order, ignore_index=True),
        other.sort_values(order, ignore_index=True),
        rtol=1e-12,
        check_dtype=False,
    )


@pytest.mark.parametrize("consent", [KNOWN_BY, None])
@pytest.mark.parametrize("seed", [1, 2])
def test_each_cutoff_is_what_a_log_that_ended_there_gives(make_shop, log, consent, seed):
    head = {"consent": consent} if consent else {}
    shop = wandering_log(log, seed=seed, asked=bool(consent)).write(make_shop(as_of="2025-12-01", **head))
    profiles.build(shop)
    panel = shop.frame(profiles.panel(shop, CUTOFFS))
    named = {cutoff: set(rows.profile_id) for cutoff, rows in panel.groupby("cutoff")}
    assert len(set.union(*named.values()) - named[CUTOFFS[-1]]) > 0  # some go by another name later
    everything, answers = log.rows.copy(), log.answers.copy()
    for cutoff in CUTOFFS:
        midnight = shop.midnight(cutoff)
        log.rows = [row for row in everything if row["timestamp"] < midnight]
        log.answers = [row for row in answers if row["timestamp"] < midnight]
        then = log.write(helpers.open("tiny", as_of=cutoff.isoformat()))
        profiles.build(then)
        own = panel[panel.cutoff == cutoff].drop(columns="cutoff")
        same(own, then.frame("profiles"))


def test_some_cutoffs_at_a_time_give_what_all_at_once_give(make_shop, log, monkeypatch):
    shop = wandering_log(log, seed=3, asked=False).write(make_shop(as_of="2025-12-01"))
    profiles.build(shop)
    cutoffs, order = [date(2025, 1, 3), *CUTOFFS[:2]], ["cutoff", "profile_id"]
    at_once = shop.frame(profiles.panel(shop, cutoffs).order_by(order))
    calls, one = [], panel_module._metrics
    monkeypatch.setattr(panel_module, "_metrics", lambda *some, **more: calls.append(some) or one(*some, **more))
    monkeypatch.setattr(panel_module, "MOST_AT_ONCE", 1)
    pd.testing.assert_frame_equal(shop.frame(profiles.panel(shop, cutoffs).order_by(order)), at_once, rtol=1e-12)
    assert len(calls) == len(cutoffs)


def test_who_withdraws_later_is_in_no_earlier_cutoff(make_shop, log):
    log.order("2025-01-10", 5, user_id="u1").order("2025-01-11", 5, user_id="u2")
    log.says("u1", "granted", "2025-01-01").says("u2", "granted", "2025-01-01").says("u2", "denied", "2025-08-01")
    shop = log.write(make_shop(consent=KNOWN_BY, as_of="2025-12-01"))
    profiles.build(shop)
    assert shop.frame(profiles.panel(shop, CUTOFFS)).groupby("cutoff").size().tolist() == [1] * len(CUTOFFS)


def test_what_turns_out_to_be_of_somebody_unasked_counts_at_no_cutoff(make_shop, log):
    log.order("2025-01-10", 5, user_id="u1").order("2025-01-11", 5, user_id="u1", anonymous_id="d1")
    log.order("2025-01-12", 5, anonymous_id="d1").order("2025-10-01", 5, user_id="u2", anonymous_id="d1")
    log.says("u1", "granted", "2025-01-01")
    shop = log.write(make_shop(consent=KNOWN_BY, as_of="2025-12-01"))
    profiles.build(shop)
    assert shop.frame(profiles.panel(shop, CUTOFFS)).orders_count.tolist() == [2] * len(CUTOFFS)


def test_what_is_denied_later_counts_at_no_earlier_cutoff(make_shop, log):
    log.add("2025-01-10", user_id="u1").order("2025-01-11", 5, user_id="u1")
    log.says("u1", "granted", "2025-01-01", "profiling", "web_tracking").says(
        "u1", "denied", "2025-08-01", "web_tracking"
    )
    shop = log.write(make_shop(consent=KNOWN_BY, as_of="2025-12-01"))
    profiles.build(shop)
    assert shop.frame(profiles.panel(shop, CUTOFFS)).events_total.tolist() == [1] * len(CUTOFFS)


def test_labels_find_people_under_the_names_they_had(make_shop, log):
    log.order("2025-01-10", 5, anonymous_id="d1").order("2025-01-05", 5, user_id="u1")
    log.add("2025-06-10", user_id="u1", anonymous_id="d1").order("2025-07-10", 7, user_id="u1")
    shop = log.write(make_shop(as_of="2025-12-01"))
    profiles.build(shop)
    then = set(shop.frame(profiles.panel(shop, [date(2025, 6, 1)])).profile_id)
    later = shop.frame(profiles.orders_between(shop, date(2025, 6, 1), date(2025, 9, 1)))
    assert len(then) == 2
    assert then <= set(later.profile_id)
    assert later[later.profile_id.isin(then)].revenue.tolist() == [7.0, 7.0]


def test_the_table_holds_the_months_that_began_within_the_history(make_shop, log):
    log.order("2025-03-10", 5, user_id="u1").order("2025-06-10", 5, user_id="u2")
    shop = log.write(make_shop(as_of="2025-07-20"))
    profiles.build(shop)
    assert profiles.build_panel(shop) == [date(2025, month, 1) for month in (4, 5, 6, 7)]
    table = shop.frame("panel")
    assert table.columns.tolist() == PANEL.column_names
    assert table.groupby("cutoff").size().tolist() == [1, 1, 1, 2]
    log.order("2020-03-10", 5, user_id="u1")
    shop = log.write(helpers.open("tiny", as_of="2025-07-20"))
    profiles.build(shop)
    assert len(profiles.build_panel(shop)) == MONTHS


def test_a_history_younger_than_a_month_has_today(make_shop, log):
    log.order("2025-07-10", 5, user_id="u1")
    shop = log.write(make_shop(as_of="2025-07-20"))
    profiles.build(shop)
    assert profiles.build_panel(shop) == [date(2025, 7, 20)]
    same(shop.frame("panel").drop(columns="cutoff"), shop.frame("profiles"))


def test_where_every_order_has_a_discount_nobody_is_compared(make_shop, log):
    for who in range(FEWEST):
        log.order("2025-02-10", 10, user_id=f"u{who}", discount=2)
    log.order("2025-07-10", 10, user_id="u0")
    shop = log.write(make_shop(as_of="2025-12-01"))
    profiles.build(shop)
    panel = shop.frame(profiles.panel(shop, [CUTOFFS[0], CUTOFFS[-1]]))
    assert panel.groupby("cutoff").price_sensitivity.count().tolist() == [0, FEWEST]
    assert panel.groupby("cutoff").discounted_order_share.count().tolist() == [FEWEST, FEWEST]
