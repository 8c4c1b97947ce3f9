"""The business picture on both engines: days, months, cohorts, and the attempts at a funnel in each order."""

from __future__ import annotations

import ibis
import numpy as np
import pyarrow as pa
import pytest

import helpers
from helpers.datasets import Shop, paths
from helpers.overview.actives import by_day
from helpers.overview.calendar import calendar_of
from helpers.overview.funnels import best
from helpers.overview.months import by_month
from helpers.overview.retention import cohorts
from helpers.overview.visits import whole_visits
from helpers.profiles.facts import fold
from tests.conftest import Log
from tests.overview.conftest import busy
from tests.overview.test_attempts import NEVER, ORDERS, OUT, events, funnel, random_rows
from tests.spark.comparing import differences
from tests.spark.conftest import ENGINES, settings_of

ZONE = "America/Sao_Paulo"


def picture(engine: str) -> dict[str, pa.Table]:
    settings_of(paths.home(), engine, zone=ZONE)
    log = Log()
    busy(log, ZONE, chance=np.random.default_rng(1))
    shop = log.write(helpers.open("tiny", as_of="2019-04-15"))
    told = shop.table("events").mutate(profile_id=lambda row: row.user_id, weight=ibis.literal(1))
    daily = keep(shop, "own_daily", fold(told.filter(told.timestamp < shop.moment)))
    calendar = calendar_of(daily, shop.as_of)
    days = keep(shop, "own_days", shop.computed(lambda rows: by_day(rows, calendar), daily))
    seen = told.filter(told.timestamp < shop.moment).select("profile_id", "session_id", "timestamp", "local_time")
    visits = keep(shop, "own_visits", shop.computed(lambda rows: whole_visits(rows, shop.moment), seen))
    months = shop.computed(lambda *rows: by_month(*rows, calendar), daily, days, visits)
    cells = shop.computed(lambda rows: cohorts(rows, calendar, by_orders=True), daily)
    found = {"days": days, "visits": visits, "months": months, "cohorts": cells}
    rows = keep(shop, "own_rows", events(*random_rows(1)))
    for order in ORDERS:
        own = funnel(order, "5h", [OUT])
        found[order] = shop.computed(lambda rows, own=own: best(rows, own, until=NEVER), rows)
    return {name: rows.to_pyarrow() for name, rows in found.items()}


def keep(shop: Shop, name: str, rows: ibis.Table) -> ibis.Table:
    return shop.engine.create_table(name, rows.to_pyarrow(), temp=True)


KEYS = {"days": ["day"], "visits": ["profile_id", "session_id"], "months": ["month"], "cohorts": ["cohort", "age"]}


@pytest.fixture(scope="module")
def both(home_at, tmp_path_factory) -> dict[str, dict[str, pa.Table]]:
    found = {}
    for engine in ENGINES:
        with home_at(tmp_path_factory.mktemp(engine) / "home"):
            found[engine] = picture(engine)
    return found


@pytest.mark.parametrize("name", [*KEYS, *ORDERS])
def test_both_engines_give_the_same_rows(both, name):
    one, other = (both[engine][name] for engine in ENGINES)
    assert len(one) > 6
    assert differences(one, other, *KEYS.get(name, ["profile_id"])) == []
