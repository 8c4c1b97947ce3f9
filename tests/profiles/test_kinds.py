"""What rests on more than one event: held against plain Python, and against what chance allows."""

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.profiles import oracle_kinds as oracle

LAUNCHED = {"p0": datetime(2025, 1, 1), "p1": datetime(2025, 4, 1)}
EVENTS = (
    ("Email Opened", "engagement", "email"), ("Email Link Clicked", "engagement", "email"),
    ("Email Forwarded", "engagement", "email"), ("SMS Link Clicked", "engagement", "sms"),
    ("SMS Replied", "engagement", "sms"), ("Product Viewed", "web", "web"), ("Product Added", "web", "web"),
    ("Page Viewed", "web", "app"), ("Support Ticket Opened", "support", "support"),
    ("Support Ticket Resolved", "support", "support"), ("Support Ticket Reopened", "support", "support"),
)  # fmt: skip


def busy_log(log, *, seed, people=5, events=450, name="u"):
    """People who get messages, look, fill carts, buy and complain, at all hours, in no sensible order."""
    chance = random.Random(seed)
    if not log.products:
        for product, launched in LAUNCHED.items():
            log.sells(product, launched.isoformat())
    for number in range(events):
        who = f"{name}{chance.randrange(people)}"
        when = datetime(2025, 3, 1) + timedelta(seconds=chance.randrange(86_400 * 120))
        product = f"p{chance.randrange(3)}"
        known = {"user_id": who, "session_id": f"{who}{when:%j}", "product_id": product}
        if chance.random() < 0.2:
            message = chance.randrange(4)
            event, channel = chance.choice([("Email Delivered", "email"), ("SMS Delivered", "sms")])
            topic, look = chance.choice("ab"), chance.choice(["story", None])
            log.add(when, event, "engagement", channel=channel, send_id=f"{channel}{message}", topic=topic, format=look,
                    user_id=who)  # fmt: skip
        elif chance.random() < 0.2:
            log.order(when, chance.randrange(5, 50), order_id=f"o{number // 2}" if chance.random() < 0.5 else None,
                      discount=chance.choice([None, 0, 3, 10]), product_category=chance.choice(["c1", "c2", None]),
                      **known)  # fmt: skip
        else:
            event, category, channel = chance.choice(EVENTS)
            log.add(when, event, category, channel=channel, send_id=f"{channel}{chance.randrange(4)}",
                    ticket_id=f"t{chance.randrange(20)}" if category == "support" else None,
                    page_category=chance.choice(["home", "list"]) if event == "Page Viewed" else None,
                    **known)  # fmt: skip
    return log


@pytest.mark.parametrize("timezone", ["Europe/Berlin", "Pacific/Auckland"])
@pytest.mark.parametrize("as_of", ["2025-07-10", "2025-05-25"])
def test_every_person_and_metric_equals_the_reference(built, log, as_of, timezone):
    zone, cutoff = ZoneInfo(timezone), date.fromisoformat(as_of)
    for seed, name in ((1, "a"), (2, "b")):
        busy_log(log, seed=seed, name=name)
    _, people = built(as_of, timezone=timezone)

    def day(event):
        return event["timestamp"].replace(tzinfo=ZoneInfo("UTC")).astimezone(zone).date()

    known = [row for row in log.rows if day(row) < cutoff]
    assert len(people) == 10
    expected = {who: oracle.of_person([row for row in known if row["user_id"] == who], cutoff, day, LAUNCHED)
                for who in people}  # fmt: skip
    for who, found in people.items():
        for metric, value in told(expected)[who].items():
            close = pytest.approx(value, rel=1e-12, abs=1e-8) if isinstance(value, float) else value
            assert found[metric] == close, (who, metric)


def told(expected):
    """Without the rates of answers that nobody ever gave: what is told of nobody is not known of anybody."""
    never = {"cart_abandon_rate": 1.0}
    rates = {name.removesuffix("_observed") for own in expected.values() for name in own if name.endswith("_observed")}
    silent = {
        rate
        for rate in rates
        if {own[f"{rate}_observed"] for own in expected.values()} <= {None, never.get(rate, 0.0)}
        and rate != "email_reopen_rate"
    }
    gone = {f"{rate}_{part}" for rate in silent for part in ("n", "observed")}
    return {
        who: {name: None if name in gone else value for name, value in own.items()} for who, own in expected.items()
    }


def test_a_case_that_took_years_is_told_in_hours(built, log):
    case = {"user_id": "u1", "ticket_id": "t1", "channel": "support"}
    log.add("2022-01-01T10:00", "Support Ticket Opened", "support", **case)
    log.add("2025-01-01T10:00", "Support Ticket Resolved", "support", **case)
    assert built("2025-07-10")[1]["u1"]["hours_to_resolve_last"] == (3 * 365 + 1) * 24
