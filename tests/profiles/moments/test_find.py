"""All moments together: against plain Python, replayed, several at once, of whom nothing may be told, counted."""

import random
from datetime import datetime, timedelta

import pytest

import helpers
from helpers import profiles
from helpers.datasets.tables.moments import MOMENTS_SAID
from helpers.profiles import moments
from tests.conftest import Log
from tests.profiles.moments import oracle
from tests.profiles.moments.conftest import found_in, rows_of

# The end of 26 October, a day of 25 hours, lies in the middle.
BEGIN, DAYS = datetime(2025, 10, 10), 32
AFTER = datetime(2026, 3, 1)
IN_VISITS = {
    "Product Viewed": 8, "Product Added": 3, "Product Removed": 1, "Order Completed": 1, "Checkout Started": 1,
    "Page Viewed": 2, "Error Shown": 1, "Product List Filtered": 1,
}  # fmt: skip
STEPS = ("Opened", "Resolved", "Reopened", "Replied")
# Often to the minute, so that limits are met, and often at once.
GAPS = [timedelta(0), timedelta(minutes=1), timedelta(minutes=10), timedelta(minutes=29), timedelta(seconds=7.25)]


def random_log(seed, people=8):
    """Visits, mails and cases of people who like few things, with a few registrations."""
    chance, log = random.Random(seed), Log()
    for number in range(people * 14):
        who = f"u{chance.randrange(people)}"
        at = BEGIN + timedelta(hours=chance.randrange(24 * DAYS))
        for _ in range(chance.randrange(1, 9)):
            (event,) = chance.choices([*IN_VISITS], [*IN_VISITS.values()])
            product = chance.randrange(4)
            category = "purchase" if event.startswith("Order") else "web"
            log.add(
                at, event, category, user_id=who, session_id=f"s{number}", product_id=f"p{product}",
                product_category=["shoes", "shoes", "hats", None][product], revenue=5,
                order_id=f"o{number}" if chance.random() < 0.5 else None, properties='{"filter":"price"}',
                page_path=chance.choice(["/help", "/sale", "/"]),
            )  # fmt: skip
            at += chance.choice(GAPS)
        if chance.random() < 0.4:
            log.add(at, f"Support Ticket {chance.choice(STEPS)}", "support", user_id=who,
                    ticket_id=f"{who}t{number % 2}", support_outcome=chance.choice([None, "unsolved"]))  # fmt: skip
        if chance.random() < 0.3:
            log.add(at, chance.choice(["Email Opened", "Email Delivered", "Signed Up", "Onboarding Step Completed"]),
                    "engagement", user_id=who)  # fmt: skip
        if chance.random() < 0.1:
            log.add(at, chance.choice(["Order Refunded", "Order Cancelled"]), "purchase", user_id=who, revenue=-5,
                    order_id=f"o{chance.randrange(number + 1)}")  # fmt: skip
    for day in (0, 5, 10, 15, *range(20, DAYS)):
        log.add(BEGIN + timedelta(days=day), "Email Opened", "engagement", user_id="regular")
    chance.shuffle(log.rows)
    for place, row in enumerate(log.rows):
        row["message_id"] = f"m{place:04d}"
    return log


def as_told(rows):
    return [
        tuple(row[name] for name in ("profile_id", "moment", "about", "starts_at", "expires_at", "ended_by"))
        for row in rows
    ]


@pytest.mark.parametrize("as_of", [datetime(2025, 10, 26, 23), AFTER])
@pytest.mark.parametrize("seed", range(6))
def test_four_moments_equal_the_reference(seed, as_of):
    log = random_log(seed)
    found = [row for row in as_told(found_in(log, as_of)) if row[1] in oracle.FOUND]
    assert found == oracle.spans([*rows_of(log, as_of)], as_of)
    assert {row[1] for row in found} == {*oracle.FOUND}


# As known at the end of a day, and another the day after.
GAP = "3 + day(local_time) % 4"


def known_at(row, as_of):
    """What of a moment can be known by then."""
    over = row["expires_at"] is not None and row["expires_at"] <= as_of
    return row if over else row | {"expires_at": None, "ended_by": None}


SEEDS = range(4)


def test_each_moment_is_found_in_some_random_log():
    rows = [row for seed in SEEDS for row in found_in(random_log(seed), AFTER, g=GAP)]
    assert {row["moment"] for row in rows} == {*MOMENTS_SAID}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_comes_later_changes_nothing_that_was_known(seed):
    log = random_log(seed)
    later = found_in(log, AFTER, g=GAP)
    for day in (12, 15, 20, 25, 27, 33, 50):
        as_of = BEGIN + timedelta(days=day, hours=-2 if day < 17 else -1)
        then = found_in(log, as_of, g=GAP)
        assert all(
            row["ended_by"] is not None or row["expires_at"] is None or row["expires_at"] > as_of for row in then
        )
        assert [known_at(row, as_of) for row in then] == [
            known_at(row, as_of) for row in later if row["starts_at"] < as_of
        ]


def test_a_late_event_changes_what_comes_after_it_and_nothing_before(log, found):
    for hour in (10, 11):
        log.add(f"2025-05-01T{hour}:00", "Product Viewed", user_id="u", product_id="p", product_category="shoes")
    assert found("browsing_category") == []
    log.add("2025-05-01T10:30", "Product Viewed", user_id="u", product_id="p", product_category="shoes")
    assert [row["starts_at"].hour for row in found("browsing_category")] == [11]


def test_several_hold_at_once(log, found):
    who = {"user_id": "u", "product_id": "p", "product_category": "shoes"}
    log.order("2025-05-01T09:00", 5, user_id="u", order_id="o")
    for when in ("01T10:00", "02T10:00", "02T10:01"):
        log.add(f"2025-05-{when}", "Product Viewed", **who)
    log.add("2025-05-02T10:02", "Product Viewed", **who).add("2025-05-02T10:03", "Product Added", **who)
    log.add("2025-05-02T10:04", "Support Ticket Opened", "support", user_id="u", ticket_id="t")
    on = {row["moment"]: row["about"] for row in found(as_of="2025-05-02T12:00") if row["ended_by"] is None}
    assert on == {"browsing_category": "shoes", "hesitating": "p", "cart_abandoned": "p", "post_purchase": "o",
                  "support_open": "t"}  # fmt: skip


def test_nothing_is_found_in_an_empty_log(found):
    assert found() == []


@pytest.fixture
def looked(log):
    """A log in which people look at one category, and one of them leaves a cart; everybody may be profiled."""
    for who in ("u", "v", "w"):
        for minute in range(3):
            log.add(f"2025-06-01T10:0{minute}", "Product Viewed", user_id=who, product_id="p", product_category="c")
        log.order("2025-05-31T10:00", 5, user_id=who)
    log.add("2025-06-01T10:05", "Product Added", user_id="u", product_id="p")
    return log


def test_only_those_who_are_tracked_knowingly_have_moments_of_the_web(looked, lived):
    for who, purposes in (("u", ("profiling", "web_tracking")), ("v", ("profiling",)), ("w", ("web_tracking",))):
        looked.says(who, "granted", "2025-01-01", *purposes)
    shop = lived(as_of="2025-06-02", consent='source = "orders"')
    profiles.build_states(shop)
    rows = shop.table("moments").to_pyarrow().to_pylist()
    (of_u,) = {row["profile_id"] for row in rows if row["moment"] == "cart_abandoned"}
    assert {row["moment"] for row in rows if row["profile_id"] == of_u} == {
        "browsing_category", "cart_abandoned", "post_purchase",
    }  # fmt: skip
    assert {row["moment"] for row in rows if row["profile_id"] != of_u} == {"post_purchase"}
    assert len({row["profile_id"] for row in rows}) == 2


def test_who_is_in_which_is_counted(looked, lived):
    shop = lived(as_of="2025-06-02")
    profiles.build_states(shop)
    counted = moments.on_now(shop).set_index("moment")
    assert [*counted.index] == [*MOMENTS_SAID]
    assert counted.people[counted.people > 0].to_dict() == {
        "browsing_category": 3, "cart_abandoned": 1, "post_purchase": 3,
    }  # fmt: skip
    assert counted.meaning["browsing_category"] == MOMENTS_SAID["browsing_category"]
    shown = moments.publish_now(shop).frame.set_index("Moment")
    assert shown["People now"].isna().all()
    assert shown.loc["Cart abandoned", "Who"] == (
        "Put something into the cart and did nothing more in the shop for 60 minutes."
    )
    later = helpers.open(shop.name, as_of="2025-07-15")
    profiles.build(later)
    profiles.build_states(later)
    assert moments.on_now(later).people.sum() == 0
