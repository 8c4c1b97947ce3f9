"""A tiny log, written by hand, and the experiments that it is read by."""

from datetime import date, datetime
from decimal import Decimal

import ibis
import pyarrow as pa
import pytest

from helpers.datasets.questions import Experiment
from helpers.datasets.tables import TABLES
from helpers.lift.exposures import exposures
from helpers.lift.health import health
from helpers.lift.nights import Night
from helpers.lift.verdict import Verdict, definition
from helpers.lift.verdict_words import Moment

SCHEMA = pa.schema(
    {
        "profile_id": pa.string(),
        "event": pa.string(),
        "category": pa.string(),
        "timestamp": pa.timestamp("us"),
        "revenue": pa.decimal128(18, 4),
        "experiment_id": pa.string(),
        "variation_id": pa.string(),
        "session_id": pa.string(),
        "order_id": pa.string(),
        "message_id": pa.string(),
    }
)
FILLED = {"string": "", "int64": 0, "float64": 0.0, "boolean": False, "date": date(2025, 1, 1)}
BLANK = dict.fromkeys(SCHEMA.names)


class Log:
    """Events of January 2025, added one by one."""

    def __init__(self):
        self.rows = []

    def add(self, person, when, event, category="other", **values):
        """An event of a person at "day" or "day hour:minute"."""
        day, _, clock = when.partition(" ")
        stamp = datetime.fromisoformat(f"2025-01-{int(day):02d}T{clock or '00:00'}")
        self.rows.append(
            BLANK
            | {"profile_id": person, "event": event, "category": category, "timestamp": stamp}
            | {"message_id": str(len(self.rows))}
            | values
        )
        return self

    def exposed(self, person, when, arm, *, to="email", **values):
        return self.add(person, when, "Experiment Viewed", experiment_id=to, variation_id=arm, **values)

    def visit(self, person, when):
        return self.add(person, when, "Page Viewed", "web")

    def money(self, person, when, amount, event="Order Completed", **values):
        return self.add(person, when, event, "purchase", revenue=Decimal(amount), **values)

    def table(self):
        return ibis.memtable(pa.Table.from_pylist(self.rows, schema=SCHEMA))


@pytest.fixture
def log():
    return Log()


@pytest.fixture
def experiment():
    """Declares an experiment of two arms, seven days, a visit and a spend, but for what a test changes."""

    def declare(**changes):
        metrics = [
            {"name": "visit", "kind": "conversion", "event": "Page Viewed"},
            {"name": "spend", "kind": "revenue"},
        ]
        declared = {
            "name": "email",
            "control": "none",
            "arms": ["none", "mens"],
            "window_days": 7,
            "metric": metrics,
        }
        return Experiment.model_validate(declared | changes)

    return declare


@pytest.fixture
def night(log):
    """An experiment on a night, with readings made by hand and the people of the log."""

    def make(declared, readings, *, over=True, day=date(2025, 2, 1)):
        people = exposures(log.table(), [declared], moment=datetime(2025, 2, 1))
        (check,) = health(people, [declared])
        said = [
            Verdict(
                declared.name, arm, day, "ship", "visit", *[None] * 5, "", None, f"Ship {arm}.", definition(declared)
            )
            for arm in declared.treatments
        ]
        return Night(declared, check, Moment(day, over=over, blocked=check.blocked), list(readings), said)

    return make


@pytest.fixture
def write(make_shop):
    """Writes tables that are mostly blank into a shop whose day begins at 23:00 UTC of the day before."""
    shop = make_shop(as_of="2025-06-01")

    def put(name, rows):
        columns = TABLES[name].columns
        blank = {c.name: None if c.nullable else FILLED.get(c.dtype, datetime(2025, 3, 10, 9)) for c in columns}
        blank |= {c.name: Decimal(0) for c in columns if c.dtype.startswith("decimal") and not c.nullable}
        schema = ibis.schema({c.name: c.dtype for c in columns}).to_pyarrow()
        table = pa.Table.from_pylist([blank | row for row in rows], schema=schema)
        shop.write(name, shop.engine.create_table(f"own_{name}", table, temp=True, overwrite=True))
        return shop

    return put
