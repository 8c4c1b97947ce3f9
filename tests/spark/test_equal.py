"""The same expressions on both engines: facts by day, profiles, and the panel, row by row."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import NamedTuple
from unittest import mock

import pyarrow as pa
import pytest

import helpers
from helpers import ingestion, profiles
from helpers.datasets import Shop, paths
from helpers.datasets import spark as spark_engine
from helpers.datasets.tables import declared
from helpers.datasets.tables.profiles import PANEL
from helpers.simulate import write_shop
from tests.conftest import BASIS, Log
from tests.profiles.moments.test_find import random_log as eventful_log
from tests.profiles.test_estimates import busy_log
from tests.profiles.test_kinds import busy_log as busy_kinds
from tests.profiles.test_panel import wandering_log
from tests.profiles.test_preferences import readers
from tests.profiles.test_snapshot import random_log
from tests.spark.comparing import differences
from tests.spark.conftest import ENGINES, settings_of
from tests.spark.logs import regular

ASKED = 'source = "orders"'
OWN = '''
def searching_days(days):
    """Days of the last 60 with a search."""
    return days.count(where=(days.searches > 0) & (days.age <= 60))


def best_day(days):
    """Revenue of the best day."""
    return days.order_revenue.max()
'''


class Case(NamedTuple):
    """A shop: how its tables come about, and the moments at which it is looked at."""

    make: Callable[[str], Shop]
    cutoffs: list[date]


def by_hand(make: Callable[[], Log], as_of: str, **head: str) -> Callable[[str], Shop]:
    def made(engine: str) -> Shop:
        settings_of(paths.home(), engine, **head)
        return make().write(helpers.open("tiny", as_of=as_of))

    return made


def with_own_metrics(engine: str) -> Shop:
    shop = by_hand(lambda: regular(random_log(2)), "2025-06-15", zone="Pacific/Auckland")(engine)
    (paths.home() / "data" / "tiny" / "metrics.py").write_text(OWN, encoding="utf-8")
    return shop


def simulated(engine: str) -> Shop:
    """The demo shop with few customers, on another clock, ingested from its raw files."""
    folder = paths.home() / "data" / "demo"
    text = (paths.REPOSITORY / "data" / "demo" / "dataset.toml").read_text(encoding="utf-8")
    text = text.replace("Europe/Berlin", "America/New_York").replace("\n[", f'\nengine = "{engine}"\n[', 1)
    folder.mkdir(parents=True)
    (folder / "dataset.toml").write_text(text, encoding="utf-8")
    write_shop(folder / "raw", folder / "truth", customers=60)
    shop = helpers.open("demo")
    ingestion.ingest(shop)
    return shop


def choosy() -> Log:
    log = Log()
    readers(log)
    return log


CASES = {
    "estimated": Case(by_hand(lambda: busy_log(Log()), "2025-12-01"), [date(2025, month, 1) for month in (3, 6, 10)]),
    "wandering": Case(
        by_hand(lambda: wandering_log(Log(), seed=1, asked=True), "2025-12-01", zone="America/New_York", consent=ASKED),
        [date(2025, month, 1) for month in (3, 5, 6, 9)],
    ),
    "unasked": Case(
        by_hand(lambda: wandering_log(Log(), seed=2, asked=False), "2025-12-01", consent=BASIS),
        [date(2025, month, 1) for month in (3, 5, 6, 9)],
    ),
    "kinds": Case(
        by_hand(lambda: busy_kinds(Log(), seed=1, people=40, events=3_000), "2025-07-10", consent=BASIS),
        [date(2025, 5, 1), date(2025, 6, 15)],
    ),
    "eventful": Case(
        by_hand(lambda: eventful_log(2), "2026-03-01", consent=BASIS), [date(2025, 10, 20), date(2025, 11, 8)]
    ),
    "choosy": Case(by_hand(choosy, "2025-06-01"), [date(2025, 4, 1), date(2025, 6, 1)]),
    "own": Case(with_own_metrics, [date(2025, 2, 3), date(2025, 4, 1)]),
    "simulated": Case(simulated, [date(2025, 1, 1), date(2025, 11, 2), date(2026, 3, 9)]),
}
KEYS = {"daily": ("profile_id", "day"), "profiles": ("profile_id",), "panel": ("cutoff", "profile_id")}
OTHERS = ("daily_kinds", "affinities", "moments", "states", "transitions", "state_rules")
KEYS |= {name: declared(name).key for name in OTHERS}
# Few people have no preference that can be told; who does nothing but read is in the middle of nothing.
NOBODY = {"affinities": {"estimated", "wandering", "unasked", "eventful", "own"}, "moments": {"choosy"}}


def tables(shop: Shop, cutoffs: list[date]) -> dict[str, pa.Table]:
    profiles.build(shop)
    profiles.build_states(shop)
    found = {name: shop.table(name).to_pyarrow() for name in ("daily", "profiles", *OTHERS)}
    return found | {"panel": profiles.panel(shop, cutoffs).to_pyarrow()}


@pytest.fixture(scope="module")
def both(home_at, tmp_path_factory) -> Callable[[str], dict[str, dict[str, pa.Table]]]:
    """The tables of a case by both engines, from raw files or events of their own; made once."""

    @cache
    def made(name: str) -> dict[str, dict[str, pa.Table]]:
        case, found = CASES[name], {}
        for engine in ENGINES:
            with home_at(tmp_path_factory.mktemp(engine) / "home") as home:
                with mock.patch.object(spark_engine, "connect", wraps=spark_engine.connect) as connect:
                    found[engine] = tables(case.make(engine), case.cutoffs)
                assert connect.called == (engine == "spark")
                assert not [*home.rglob(".*spark*")]
                shutil.rmtree(home)
        return found

    return made


@pytest.mark.parametrize("case", CASES)
def test_both_engines_give_the_same_rows(both, case):
    found = both(case)
    for table, key in KEYS.items():
        one, other = (found[engine][table] for engine in ENGINES)
        assert (len(one) == 0) == (case in NOBODY.get(table, ())), table
        assert differences(one, other, *key) == [], table


def test_every_metric_is_known_of_somebody_in_some_case(both):
    """Of what is missing everywhere nothing was compared."""
    panels = [both(case)["duckdb"]["panel"] for case in CASES]
    told = {name for panel in panels for name in panel.column_names if panel[name].null_count < len(panel)}
    assert set(PANEL.column_names) - told == set()
    assert {"searching_days", "best_day"} <= told
    assert all(len(set(panel["cutoff"].to_pylist())) > 1 for panel in panels)
