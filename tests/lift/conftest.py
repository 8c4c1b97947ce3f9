"""A tiny log, written by hand, and the experiments that it is read by."""

from datetime import datetime
from decimal import Decimal

import ibis
import pyarrow as pa
import pytest

from helpers.datasets.questions import Experiment

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
