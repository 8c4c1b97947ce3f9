"""From tables to what is known before exposure, and to what is said of each arm."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import ibis
import numpy as np
import pandas as pd
import pytest

from helpers.errors import WrongUse
from helpers.lift.uplift import Rule, decision, find
from helpers.lift.uplift.features import known_before

EXPOSED = datetime(2025, 3, 10, 9)


def owner(person, **changes):
    return {"type": "user_id", "identifier": f"u{person}", "profile_id": person} | changes


def said(person, name, value, when="1970-01-01", **changes):
    own = {"identifier_type": "user_id", "identifier": f"u{person}", "name": name, "value": value}
    return own | {"valid_from": datetime.fromisoformat(when)} | changes


def did(person, day, **counts):
    return {"profile_id": person, "day": date.fromisoformat(day), "acts": 1} | counts


def exposed(*people, at=EXPOSED):
    rows = pd.DataFrame({"profile_id": list(people), "first_exposed_at": at})
    return ibis.memtable(rows, schema={"profile_id": "string", "first_exposed_at": "timestamp(6)"})


def test_attributes_are_those_said_before_exposure(write):
    write("daily", [did("a", "2025-01-01"), did("b", "2025-01-02")])
    write("identity_map", [owner("a"), owner("b"), owner("c", is_shared=True, identifier="ub2")])
    shop = write(
        "attributes",
        [
            said("a", "points", "3"),
            said("a", "points", "5", "2025-03-10 08:59"),
            said("a", "points", "9", "2025-03-10 09:00"),
            said("b", "points", "7", "2025-06-01"),
            said("b2", "points", "8"),
        ],
    )
    found = known_before(shop, exposed("a", "b", "c"))
    assert found.loc["a", "points"] == 5
    assert found.loc[["b", "c"], "points"].isna().all()


def test_an_identifier_that_was_handed_over_speaks_of_who_had_it_then(write):
    write("daily", [did("a", "2025-01-01"), did("b", "2025-01-02")])
    handed = datetime(2025, 2, 1)
    write("identity_map", [owner("a", valid_to=handed), owner("b", identifier="ua", era=1, valid_from=handed)])
    shop = write("attributes", [said("a", "points", "3")])
    found = known_before(shop, exposed("a", "b"))
    assert found["points"].isna()["a"]
    assert found.loc["b", "points"] == 3


def test_values_in_words_are_a_column_each_where_enough_people_have_them(write):
    people = [f"p{place:03d}" for place in range(160)]
    value = ["web"] * 80 + ["phone"] * 60 + ["fax"] * 10 + [None] * 10
    write("identity_map", [owner(person) for person in people])
    write("daily", [did("p000", "2025-01-01")])
    shop = write("attributes", [said(p, "channel", v) for p, v in zip(people, value, strict=True) if v])
    found = known_before(shop, exposed(*people))
    assert [name for name in found if name.startswith("channel")] == ["channel=phone", "channel=web"]
    assert found.loc["p000", ["channel=web", "channel=phone"]].tolist() == [1, 0]
    assert found.loc["p145", ["channel=web", "channel=phone"]].tolist() == [0, 0]
    assert found.loc["p159", ["channel=web", "channel=phone"]].isna().all()


def test_what_people_did_counts_up_to_the_end_of_the_local_day_before(write):
    write("attributes", [])
    write("identity_map", [owner("a"), owner("b")])
    days = [
        did("a", "2025-03-10", orders=1),  # the day of the exposure itself, which is not over
        did("a", "2025-03-09", orders=2, sessions=1),
        did("a", "2024-11-01", orders=4, order_revenue=Decimal(20)),
        did("a", "2025-04-01", orders=8),
    ]
    shop = write("daily", days)
    found = known_before(shop, exposed("a", "b"))
    assert found.loc["a", ["orders_90d", "orders_ever", "order_revenue_ever"]].tolist() == [2, 6, 20]
    assert found.loc["a", "days_since_order"] == pytest.approx(10 / 24)  # 23:00 UTC is midnight in Berlin
    assert found.loc["b", "orders_ever"] == 0
    assert np.isnan(found.loc["b", "days_since_order"])
    early = known_before(shop, exposed("a", "b", at=datetime(2025, 3, 9, 23)))
    assert early.loc["a", "orders_ever"] == 6
    assert known_before(shop, exposed("a", "b", at=datetime(2025, 3, 9, 22, 59))).loc["a", "orders_ever"] == 4


def test_every_arm_is_told_of_and_a_small_one_why_not(write):
    rng = np.random.default_rng(1)
    n = 4_000
    people = [f"p{place:05d}" for place in range(n)]
    bought, arm = rng.integers(0, 2, n), rng.choice(["none", "mail", "sms"], n, p=[0.45, 0.45, 0.1])
    value = rng.random(n) < 0.1 + 0.3 * bought * (arm == "mail")
    write("daily", [did("p00000", "2025-01-01")])
    write("identity_map", [owner(person) for person in people])
    shop = write("attributes", [said(p, "bought", str(b)) for p, b in zip(people, bought, strict=True)])
    rows = pd.DataFrame(
        {"profile_id": people, "variation": arm, "first_exposed_at": EXPOSED, "value": value.astype(float)}
    )
    schema = {"profile_id": "string", "variation": "string", "first_exposed_at": "timestamp(6)", "value": "float64"}
    asked = {"control": "none", "rules": [Rule("bought before", "bought")], "draws": 100, "seed": 1}
    mail, sms = find(shop, ibis.memtable(rows, schema=schema), **asked)
    assert (mail.arm, sms.arm) == ("mail", "sms")
    assert decision(mail.judged) == "rule"
    assert sms.judged is None
    assert "at least 500 people an arm" in sms.reason
    for feature in ("orders_90d", "bought=2"):  # nobody ordered, and a number has no values of its own
        told = find(shop, ibis.memtable(rows, schema=schema), **asked | {"rules": [Rule("r", feature)]})
        assert [each.arm for each in told if each.judged is None] == ["mail", "sms"]
        assert told[0].reason.startswith("The rule r singles out nobody")
    with pytest.raises(WrongUse, match="no feature 'bougth'"):
        find(shop, ibis.memtable(rows, schema=schema), **asked | {"rules": [Rule("r", "bougth")]})
    turned = rows.iloc[::-1].assign(first_exposed_at=EXPOSED + timedelta(hours=1))
    assert find(shop, ibis.memtable(turned, schema=schema), **asked)[0].judged.areas == mail.judged.areas
