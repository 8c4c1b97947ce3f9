"""Values that stand for nobody (`privacy.blocked_values`), from the log to people."""

import pytest

from helpers import identity, privacy
from tests.conftest import UNREAD
from tests.identity.conftest import edges, people, statuses

NOBODY = [
    ("email", "null@"), ("email", "NULL@null"), ("email", "none@unknown"), ("user_id", "0"), ("user_id", "guest"),
    ("user_id", "-1"), ("phone", "0000000000"), ("anonymous_id", "anonymous"), ("user_id", "Unknown"),
    ("device_id", "00000000-0000-0000-0000-000000000000"), ("loyalty_id", "null"),
    ("user_id", "NULL"), ("device_id", "000000000000000"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value"), NOBODY)
def test_what_trackers_write_where_they_know_nothing_joins_nobody(make_shop, log, kind, value):
    shop = make_shop()
    nobody = privacy.for_shop(shop)(kind, value)
    own = {kind: nobody} if kind in ("user_id", "anonymous_id") else {"ids": {kind: nobody}}
    for n in range(3):
        ids = own.get("ids", {}) | {"other": f"o{n}"}
        log.add("2025-01-01", **{key: of for key, of in own.items() if key != "ids"}, ids=ids)
    identity.stitch(log.write(shop))
    assert statuses(shop)[nobody] == "blocked"
    assert len(set(people(shop).values())) == 3
    assert nobody not in people(shop)
    assert set(edges(shop).values()) == {"blocked_value"}


def test_a_data_set_adds_values_of_its_own(make_shop, log):
    shop = make_shop('[identity]\nblocked = ["Orders@shop.example"]\n' + UNREAD)
    nobody = privacy.for_shop(shop)("email", "orders@shop.example")
    log.add("2025-01-01", user_id="u1", ids={"email": nobody})
    identity.stitch(log.write(shop))
    assert statuses(shop)[nobody] == "blocked"


def test_an_ordinary_value_is_not_blocked(make_shop, log):
    shop = make_shop()
    log.add("2025-01-01", user_id=privacy.for_shop(shop)("user_id", "10"), ids={"email": "e"})
    identity.stitch(log.write(shop))
    assert set(statuses(shop).values()) == {"used"}
