"""Hours, and what messages are about that people answer: against scipy, and where nothing is known."""

import math
import random
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

import ibis
import numpy as np
import pytest
from scipy import stats

from helpers import profiles
from helpers.profiles.affinities import _held_against_chance
from helpers.statistics import shrinkage
from helpers.statistics.shrinkage import FEWEST

AS_OF = "2025-06-01"
CUTOFF = date(2025, 6, 1)


def visits(log, *, people=FEWEST + 5, seed=3):
    """People who come at hours about their own, some of them about midnight; the hours of each, in Berlin's summer."""
    chance = random.Random(seed)
    own = {}
    for number in range(people):
        middle = chance.choice([23, 0, 9, 18])
        own[f"u{number}"] = [(middle + chance.choice([-1, 0, 0, 1])) % 24 for _ in range(chance.randint(1, 12))]
        for turn, hour in enumerate(own[f"u{number}"]):
            # On days of their own, so that each hour counts; two views in it count once.
            when = datetime(2025, 4, 1, hour) + timedelta(days=turn) - timedelta(hours=2)
            log.add(when, user_id=f"u{number}").add(when + timedelta(minutes=5), user_id=f"u{number}")
    return own


def test_the_best_hour_is_circular_and_held_against_what_others_do(built, log):
    own = visits(log)
    _, people = built(AS_OF)
    everybody = Counter(hour for hours in own.values() for hour in hours)

    def about(counts, hour):
        return counts[(hour - 1) % 24] + counts[hour] + counts[(hour + 1) % 24]

    usual = {hour: about(everybody, hour) / everybody.total() for hour in range(24)}
    busiest = max(usual, key=lambda hour: (usual[hour], -hour))
    inside = [(about(Counter(hours), busiest), len(hours)) for hours in own.values()]
    prior = shrinkage.fit_shares(*zip(*inside, strict=True), [1] * len(inside))
    weight = prior.yes + prior.no
    moved = 0
    for who, hours in own.items():
        n, counts = len(hours), Counter(hours)
        believed = {hour: (weight * usual[hour] + about(counts, hour)) / (weight + n) for hour in range(24)}
        best = max(believed, key=lambda hour: (round(believed[hour], 12), -hour))
        found = people[who]
        assert (found["best_hour_web"], found["best_hour_web_n"]) == (best, n)
        assert found["best_hour_web_share"] == pytest.approx(believed[best])
        yes = believed[best] * (weight + n)
        lo, hi = stats.beta.ppf([0.1, 0.9], yes, weight + n - yes)
        assert found["best_hour_web_lo"] == pytest.approx(lo)
        assert found["best_hour_web_hi"] == pytest.approx(hi)
        moved += best != counts.most_common(1)[0][0]
    assert moved > 0


def test_of_few_people_and_of_days_without_hours_no_best_hour_is_told(built, log):
    visits(log, people=FEWEST - 1)
    _, people = built(AS_OF)
    assert {row["best_hour_web"] for row in people.values()} == {None}
    log.rows.clear()
    for number in range(FEWEST + 5):
        log.add("2025-04-01T22:00", user_id=f"u{number}")  # midnight: only the day is known
    _, people = built(AS_OF)
    assert {row["best_hour_web"] for row in people.values()} == {None}


def readers(log, *, people=60, messages=40, seed=5):
    """People who get mails of two topics and open those of one more often; of each: topic to (mails, opened)."""
    chance = random.Random(seed)
    found = defaultdict(lambda: {"a": [0, 0], "b": [0, 0]})
    for number in range(people):
        liked, rate = chance.choice("ab"), chance.uniform(0.2, 0.6)
        for message in range(messages):
            topic, when = chance.choice("aab"), datetime(2025, 2, 1) + timedelta(days=message)
            send = {"send_id": f"{number}-{message}", "channel": "email", "user_id": f"u{number}"}
            log.add(when, "Email Delivered", "engagement", topic=topic, format=topic, offer_type=topic, **send)
            opens = chance.random() < rate * (1.5 if topic == liked else 0.5)
            if opens:
                log.add(when + timedelta(hours=1), "Email Opened", "engagement", **send)
            found[f"u{number}"][topic][0] += 1
            found[f"u{number}"][topic][1] += opens
    return found


def test_lifts_are_log_odds_ratios_held_against_nobody_having_a_preference(built, log):
    own = readers(log)
    shop, people = built(AS_OF)
    ease = {topic: sum(o[topic][1] for o in own.values()) / sum(o[topic][0] for o in own.values()) for topic in "ab"}
    expected = {}
    for who, topics in own.items():
        n, k = (sum(topics[topic][place] for topic in "ab") for place in (0, 1))
        for topic, (sent, opened) in topics.items():
            part = sent * ease[topic] / sum(topics[each][0] * ease[each] for each in "ab")
            chance = k * (n - k) / (n - 1) * part * (1 - part)
            if 0 < k < n and chance > 0:
                expected[who, topic] = (sent, opened, k * part, chance)
    squares = sum((k - e) ** 2 - v for _, k, e, v in expected.values())
    spread = squares / sum(v**2 for *_, v in expected.values())
    names = {row["profile_id"]: who for who, row in people.items()}
    rows = {(names[row["profile_id"]], row["value"]): row for row in shop.table("affinities").to_pyarrow().to_pylist()}
    assert rows.keys() == expected.keys()
    assert spread > 0.3
    for key, (sent, opened, e, v) in expected.items():
        row, variance = rows[key], 1 / (v + 1 / spread)
        assert (row["n"], row["answered"], row["expected"]) == (sent, opened, pytest.approx(e))
        assert row["lift_observed"] == pytest.approx((opened - e) / v)
        assert row["lift"] == pytest.approx((opened - e) * variance)
        ends = stats.norm.ppf([0.1, 0.9], row["lift"], math.sqrt(variance))
        assert (row["lift_lo"], row["lift_hi"]) == tuple(map(pytest.approx, ends))
        assert row["confidence"] == pytest.approx(1 - variance / spread)
    for who, person in people.items():
        mine = {topic: rows[who, topic] for topic in "ab" if (who, topic) in rows and rows[who, topic]["lift_lo"] > 0}
        assert person["top_topic"] == max(mine, key=lambda topic: mine[topic]["lift"], default=None)


def test_the_variance_of_chance_is_hypergeometric():
    # Equally well liked by everybody: two mirrored people.
    counts = {"answered": [5.0, 2.0, 2.0, 5.0], "n": [9.0, 12.0, 12.0, 9.0], "value": ["a", "b", "a", "b"]}
    counts |= {"profile_id": ["p", "p", "q", "q"], "cutoff": [CUTOFF] * 4, "channel": ["email"] * 4}
    found = _held_against_chance(ibis.memtable(counts | {"about": ["topic"] * 4})).to_pyarrow().to_pylist()
    assert len(found) == 4
    for row in found:
        usual = stats.hypergeom(21, 7, row["n"])
        assert row["chance"] == pytest.approx(usual.var())
        assert row["answered"] - row["beyond"] == pytest.approx(usual.mean())


def test_where_nobody_has_a_preference_none_is_told(built, log):
    chance = random.Random(7)
    for number in range(60):
        for message in range(20):
            send = {"send_id": f"{number}-{message}", "channel": "email", "user_id": f"u{number}"}
            when = datetime(2025, 2, 1) + timedelta(days=message)
            log.add(when, "Email Delivered", "engagement", topic="ab"[message % 2], **send)
            if chance.random() < 0.4:
                log.add(when + timedelta(hours=1), "Email Opened", "engagement", **send)
    shop, people = built(AS_OF)
    lifts = shop.frame("affinities").lift
    assert len(lifts) > 100
    assert np.abs(lifts).max() < 0.2
    assert sum(row["top_topic"] is not None for row in people.values()) <= 2


def test_channels_are_ranked_by_what_is_clicked_of_what_arrived(built, log):
    for number in range(2 * FEWEST):
        liked = "email" if number < FEWEST else "sms"
        for message in range(8):
            for channel, name in (("email", "Email"), ("sms", "SMS")):
                send = {"send_id": f"{channel}{number}-{message}", "channel": channel, "user_id": f"u{number}"}
                log.add(datetime(2025, 2, 1 + message), f"{name} Delivered", "engagement", **send)
                if channel == liked or message == 0:
                    log.add(datetime(2025, 2, 1 + message, 9), f"{name} Link Clicked", "engagement", **send)
    log.add("2025-02-01", "Email Delivered", "engagement", channel="email", send_id="x", user_id="mail only")
    _, people = built(AS_OF)
    assert {people[f"u{number}"]["channel_rank"] for number in range(FEWEST)} == {"email, sms"}
    assert {people[f"u{number}"]["channel_rank"] for number in range(FEWEST, 2 * FEWEST)} == {"sms, email"}
    assert people["mail only"]["channel_rank"] == "email"


def test_what_was_agreed_to_is_counted_as_of_the_moment(make_shop, log):
    log.order("2025-02-01", 5, user_id="u1").order("2025-02-01", 5, user_id="u2")
    log.says("u1", "granted", "2025-01-01", "profiling", "email_marketing", "sms_marketing", "web_tracking")
    log.says("u1", "denied", "2025-05-01", "sms_marketing").says("u2", "granted", "2025-01-01", "profiling")
    shop = log.write(make_shop(as_of=AS_OF, consent='source = "orders"'))
    profiles.build(shop)
    said = ["channels_subscribed", "tracking_allowed", "profiling_allowed"]
    rows = shop.frame(profiles.panel(shop, [date(2025, 4, 1), CUTOFF])).set_index(["cutoff", "profile_id"])[said]
    assert sorted(map(tuple, rows.loc[date(2025, 4, 1)].to_numpy())) == [(0, 0, 1), (2, 1, 1)]
    assert sorted(map(tuple, rows.loc[CUTOFF].to_numpy())) == [(0, 0, 1), (1, 1, 1)]


def test_of_whom_no_order_is_known_no_spread_over_categories_is(built, log):
    log.add("2025-01-05T10:00", user_id="looked", session_id="s", page_category="start")
    log.order("2025-01-05T10:00", 5, user_id="bought", product_category="tea")
    _, found = built("2025-02-01")
    assert {who: row["category_entropy"] for who, row in found.items()} == {"looked": None, "bought": 0.0}
