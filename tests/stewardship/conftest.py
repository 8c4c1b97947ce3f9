from __future__ import annotations

import pytest

from helpers import profiles

ASKED = 'source = "orders"'
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "'=1+1", "''", "\t=1", "\r=1", 'a "b", c\nd', "ok", " =1", "", None]


@pytest.fixture
def asked(make_shop, log):
    """A shop that asks: u1 agreed and has pages with hostile titles, u2 objected, u3 never answered."""
    for minute, text in enumerate(HOSTILE):
        log.add(f"2025-01-02 00:{minute:02d}:00.000001", user_id="u1", page_path=text, ids={"email": "e1"})
    log.order("2025-01-03", "12.3400", user_id="u1").order("2025-01-03", 5, user_id="u2")
    log.order("2025-01-03", 7, user_id="u3")
    log.says("u1", "granted", "2025-01-01", "profiling", "web_tracking", "email_marketing")
    log.says("u2", "granted", "2025-01-01", "profiling", "email_marketing")
    log.says("u2", "denied", "2025-02-01")
    shop = log.write(make_shop(as_of="2025-01-20", consent=ASKED))
    profiles.build(shop)
    return shop
