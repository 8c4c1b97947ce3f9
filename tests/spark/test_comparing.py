"""Would a difference be seen? An expression is changed on Spark alone, and what is compared must say so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from unittest import mock

import ibis
import pyarrow as pa
import pytest

import helpers
from helpers import profiles
from helpers.datasets import paths
from helpers.errors import WorkbenchError
from helpers.profiles.facts import FOUND, READ, fold
from helpers.profiles.people import person_events
from helpers.profiles.windows import _gathered as windows_gathered
from tests.conftest import Log
from tests.profiles.test_snapshot import random_log
from tests.spark.comparing import differences
from tests.spark.conftest import settings_of
from tests.spark.logs import regular

KEY = ("profile_id", "day")
CUTOFFS = [date(2025, 4, 20), date(2025, 7, 1)]
CHANGES = {
    "engagement": lambda row: row.engagement * (1 + 1e-8),
    "events": lambda row: ibis.ifelse(row.events > 3, row.events + 1, row.events),
    "first_at": lambda row: row.first_at + ibis.interval(microseconds=1),
    "refunds": lambda row: (row.refunds + Decimal("0.0001")).cast("decimal(18, 4)"),
    "discounts": lambda row: ibis.ifelse(row.discounts == 0, ibis.null("decimal(18, 4)"), row.discounts),
}


@pytest.fixture(scope="module")
def facts(home_at, tmp_path_factory):
    """Folds the events of a shop on Spark, as they are or changed; and by DuckDB."""
    with home_at(tmp_path_factory.mktemp("changed") / "home"):
        settings_of(paths.home(), "duckdb")
        shop = random_log(3).write(helpers.open("tiny", as_of="2025-07-01"))
        profiles.build(shop)
        settings_of(paths.home(), "spark")
        shop = helpers.open("tiny", as_of="2025-07-01")
        events = person_events(shop, *READ).select(*READ, *FOUND)
        yield (
            fold(events).to_pyarrow(),
            lambda **change: shop.computed(lambda rows: fold(rows).mutate(**change), events).to_pyarrow(),
        )


def test_nothing_differs_where_nothing_was_changed(facts):
    one, made = facts
    assert differences(one, made(), *KEY) == []


@pytest.mark.parametrize("name", CHANGES)
def test_one_changed_column_is_named_and_no_other(facts, name):
    one, made = facts
    assert [each.split(":")[0] for each in differences(one, made(**{name: CHANGES[name]}), *KEY)] == [name]


@pytest.fixture(scope="module")
def spark_shop(home_at, tmp_path_factory):
    """A shop whose days are folded, and its panel by DuckDB."""
    with home_at(tmp_path_factory.mktemp("panel") / "home"):
        settings_of(paths.home(), "duckdb")
        shop = regular(random_log(3)).write(helpers.open("tiny", as_of="2025-07-01"))
        profiles.build(shop)
        one = profiles.panel(shop, CUTOFFS).to_pyarrow()
        settings_of(paths.home(), "spark")
        yield helpers.open("tiny", as_of="2025-07-01"), one


def _slower(value, how, age, half_life):
    return windows_gathered(value, how, age, half_life * (1 + 1e-7))


@pytest.mark.parametrize(
    ("where", "what", "changed", "same"),
    [
        ("helpers.profiles.activity._RECENT", 89, "events_90d", "events_30d"),
        ("helpers.profiles.windows._gathered", _slower, "events_decayed", "events_total"),
        ("helpers.profiles.regularity.FEWEST_DAYS", 1_000, "rhythm_period_d", "days_since_last_order"),
    ],
)
def test_a_changed_metric_is_named(spark_shop, where, what, changed, same):
    shop, one = spark_shop
    with mock.patch(where, what):
        other = profiles.panel(shop, CUTOFFS).to_pyarrow()
    named = [each.split(":")[0] for each in differences(one, other, "cutoff", "profile_id")]
    assert changed in named
    assert same not in named


def test_rows_columns_and_what_is_missing_count():
    one = pa.table({"key": [1, 2], "x": [1.0, None]})
    assert differences(one, one.take([1, 0]), "key") == []
    assert differences(one, one.slice(1), "key") == ["rows: 2 against 1"]
    assert differences(one, pa.table({"key": [1, 2], "x": [1.0, 0.0]}), "key") == [
        "x: 1 of 2 rows; of 2: None against 0.0"
    ]
    assert differences(one, pa.table({"key": [1, 2], "x": [1.0, float("nan")]}), "key") != []
    assert differences(one, one.rename_columns(["key", "y"]), "key")[0].startswith("columns")


def test_what_spark_cannot_do_is_told_as_its_own(home):
    settings_of(home, "spark")
    shop = Log().order("2025-03-01", 5, user_id="u").write(helpers.open("tiny"))
    rows = shop.table("events")
    with pytest.raises(WorkbenchError, match=r"Spark at local\[2\] failed: .*DIVIDE_BY_ZERO") as told:
        shop.computed(lambda rows: rows.select(x=ibis.literal(1) / (rows.revenue - rows.revenue)), rows)
    assert str(shop.store.folder) in str(told.value)
    assert not [*shop.store.folder.glob(".*spark*")]
