"""What the central expressions are compiled to, for both engines: who changes one sees what becomes of it.

`WORKBENCH_WRITE_SQL=1 .venv/bin/python -m pytest tests/spark/test_sql.py` writes the files of snapshots/ anew; read
their difference in git before you commit it.
"""

from __future__ import annotations

import difflib
import os
import re
from datetime import date
from pathlib import Path

import ibis
import pytest

import helpers
from helpers import profiles
from helpers.datasets import paths
from helpers.datasets.spark_backend import SparkBackend
from helpers.datasets.tables import declared
from helpers.profiles import activity, kinds, purchases
from helpers.profiles.facts import FOUND, READ, fold
from helpers.profiles.panel import metrics
from helpers.profiles.past import Then, as_then
from helpers.profiles.windows import Gathered, so_far, within
from tests.conftest import Log
from tests.profiles.test_estimates import busy_log
from tests.spark.conftest import ENGINES, settings_of

FOLDER = Path(__file__).parent / "snapshots"
DIALECTS = {"duckdb": "duckdb", "spark": "pyspark"}
CUTOFFS = [date(2025, 6, 1), date(2025, 10, 1)]
# Names that Ibis draws.
_DRAWN = re.compile(r"ibis_(?:[a-z]+_)*([a-z]+)_[a-z0-9]{26}")
# Columns that are left out, which Ibis names in any order.
_LEFT_OUT = re.compile(r"EXCLUDE \(([^)]*)\)")


def _declared(table: str, **more: str) -> ibis.Table:
    columns = {column.name: column.dtype for column in declared(table).columns}
    return ibis.table(columns | more, name=table)


def _ways(row: ibis.Table) -> dict[str, Gathered]:
    """A figure for each way to gather, but for those that fade."""
    return {
        "orders": Gathered(row.orders),
        "revenue": Gathered(row.order_revenue - row.refunds, "exact"),
        "first_at": Gathered(row.first_at, "min"),
        "last_day": Gathered(row.day, "max"),
    }


def _fading(row: ibis.Table) -> dict[str, Gathered]:
    return _ways(row) | {"engagement": Gathered(row.engagement, "fade")}


def _events(*columns: str) -> ibis.Table:
    return _declared("events", profile_id="string", weight="int64", purpose="string").select(*columns)


def _fold(*apart: str) -> ibis.Table:
    return fold(_events(*READ, *FOUND, *apart), *apart)


EXPRESSIONS = {
    "fold": _fold,
    "fold_apart": lambda: _fold("purpose"),
    "so_far_once": lambda: so_far(_declared("daily"), CUTOFFS[:1], _fading, half_life=90),
    "so_far": lambda: so_far(_declared("daily"), CUTOFFS, _fading, half_life=90),
    "within": lambda: within(_declared("daily"), CUTOFFS, 90, _ways),
    "kinds": lambda: kinds.counted(kinds.kinds(_events(*kinds.READ, *FOUND), _declared("products"))),
    "purchases": lambda: purchases.purchases(_declared("daily"), CUTOFFS),
    "visit_gaps": lambda: activity.visit_gaps(_declared("daily"), CUTOFFS),
}


@pytest.fixture(scope="module", autouse=True)
def options() -> None:
    """Ibis knows the options of an engine once it was asked for."""
    SparkBackend.register_options()


@pytest.fixture(scope="module")
def of_metrics(home_at, tmp_path_factory) -> dict[str, str]:
    """What every metric is made of once the figures before the cutoffs are gathered: found on a shop of sixty."""
    compiled: dict[str, str] = {}
    for engine in ENGINES:
        with home_at(tmp_path_factory.mktemp(engine) / "home"):
            settings_of(paths.home(), "duckdb")
            shop = busy_log(Log()).write(helpers.open("tiny", as_of="2025-12-01"))
            profiles.build(shop)
            settings_of(paths.home(), engine)
            shop = helpers.open("tiny", as_of="2025-12-01")
            moments = {each: shop.midnight(each) for each in CUTOFFS}

            def compile_(*parts, engine=engine, moments=moments) -> ibis.Table:
                found = metrics(Then(*parts), moments, half_life=90)
                compiled[engine] = ibis.to_sql(found, dialect=DIALECTS[engine])
                return found

            shop.computed(compile_, *as_then(shop, CUTOFFS))
    return compiled


def _plain(sql: str) -> str:
    drawn: dict[str, str] = {}
    sql = _DRAWN.sub(lambda found: drawn.setdefault(found[0], f"{found[1]}_{len(drawn)}"), sql)
    sql = _LEFT_OUT.sub(lambda found: f"EXCLUDE ({', '.join(sorted(found[1].replace(',', ' ').split()))})", sql)
    return sql.rstrip() + "\n"


def same(name: str, engine: str, sql: str) -> None:
    """Hold compiled SQL against its snapshot, or write it."""
    plain = _plain(str(sql))
    file = FOLDER / f"{name}.{engine}.sql"
    if os.environ.get("WORKBENCH_WRITE_SQL"):
        FOLDER.mkdir(exist_ok=True)
        file.write_text(plain, encoding="utf-8")
    kept = file.read_text(encoding="utf-8") if file.exists() else ""
    differing = difflib.unified_diff(kept.splitlines(), plain.splitlines(), file.name, "compiled now", lineterm="", n=2)
    said = list(differing)[:60]
    assert not said, "\n".join([*said, "If this is meant: WORKBENCH_WRITE_SQL=1 and this test write it anew."])


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", EXPRESSIONS)
def test_compiled_sql_is_as_it_was(name, engine):
    same(name, engine, ibis.to_sql(EXPRESSIONS[name](), dialect=DIALECTS[engine]))


@pytest.mark.parametrize("engine", ENGINES)
def test_compiled_metrics_are_as_they_were(of_metrics, engine):
    same("metrics", engine, of_metrics[engine])


def test_no_snapshot_is_of_nothing():
    expected = {f"{name}.{engine}.sql" for name in (*EXPRESSIONS, "metrics") for engine in ENGINES}
    assert {file.name for file in FOLDER.iterdir()} == expected
