import json

import numpy as np
import pytest

from helpers.errors import WrongUse
from helpers.reporting import Record
from helpers.statistics import Estimate

FIELDS = ["key", "value", "lo", "hi", "level", "n", "numerator", "unit", "definition", "method"]


class Shop:
    def __init__(self):
        self.written = None

    def write_results(self, stage, entries):
        self.written = (stage, entries)


@pytest.fixture
def shop():
    return Shop()


@pytest.fixture
def record(shop):
    return Record(shop, "churn")


def test_entries_are_whole_and_in_order(shop, record):
    record.add("churn.all.base_rate", Estimate(0.25, 0.2, 0.3, 0.95, 400, "Wilson score", 100))
    record.add("profiles.customers", np.int64(23570))
    record.show()
    stage, entries = shop.written
    assert stage == "churn"
    assert [list(entry) for entry in entries] == [FIELDS, FIELDS]
    first, second = entries
    assert list(first.values())[:8] == ["churn.all.base_rate", 0.25, 0.2, 0.3, 0.95, 400, 100, "share"]
    assert first["method"] == "Wilson score"
    assert first["definition"].startswith("Share of the population all")
    assert list(second.values())[:8] == ["profiles.customers", 23570, None, None, None, None, None, "people"]
    assert second["method"] is None
    assert json.loads(json.dumps(entries, allow_nan=False)) == entries


def test_the_record_reads_as_text(record, capsys):
    record.add("profiles.customers", 23570)
    record.add("churn.all.recency.auc", Estimate(0.71234, 0.69, 0.733, 0.95, 2000, "bootstrap"))
    record.add("segmentation.silhouette", 0.41267)
    record.show()
    assert capsys.readouterr().out == (
        "profiles.customers       23,570 people\n"
        "churn.all.recency.auc    0.712 (0.690 to 0.733, 19 in 20) probability, n = 2,000\n"
        "segmentation.silhouette  0.413 score\n"
    )


def test_a_plain_number_may_bring_its_n_and_numerator(shop, record):
    record.add("lift.email.health.srm_p", 0.4, n=64000, numerator=12)
    record.show()
    assert (shop.written[1][0]["n"], shop.written[1][0]["numerator"]) == (64000, 12)


@pytest.mark.parametrize(
    "result",
    [
        ("profiles.customers", 9, None),
        ("profiles.buyers", 1910, 1914),  # four have not bought
        ("churn.all.base_rate", Estimate(0.9, 0.5, 0.99, 0.95, 9, "Wilson score", 9), None),
        ("churn.all.base_rate", Estimate(0.02, 0.01, 0.03, 0.95, 400, "Wilson score", 8), None),
        ("churn.all.base_rate", Estimate(0.98, 0.97, 0.99, 0.95, 400, "Wilson score", 395), None),
        ("segmentation.silhouette", 0.4, 5),
    ],
    ids=["few people", "few left", "few asked", "few who did", "few who did not", "few behind a figure"],
)
def test_what_tells_of_fewer_than_ten_people_is_withheld(shop, record, capsys, result):
    key, value, n = result
    record.add(key, value, n=n)
    record.show()
    entry = shop.written[1][0]
    assert [entry[name] for name in ("value", "lo", "hi", "n", "numerator")] == [None] * 5
    assert "fewer than 10 people" in entry["method"]
    assert capsys.readouterr().out.split(maxsplit=1)[1] == f"{entry['method']}\n"


@pytest.mark.parametrize(("value", "n"), [(0, None), (10, None), (0, 400), (400, 400), (390, 400)])
def test_nobody_and_everybody_may_be_told_of(shop, record, value, n):
    record.add("profiles.buyers", value, n=n)
    record.show()
    assert (shop.written[1][0]["value"], shop.written[1][0]["n"]) == (value, n)


def test_an_estimate_without_interval_has_nulls(shop, record):
    record.add("churn.all.base_rate", Estimate(1.0, None, None, 0.95, 30, "Wilson score", 30))
    record.show()
    assert (shop.written[1][0]["lo"], shop.written[1][0]["hi"]) == (None, None)


def test_a_metric_states_its_unit(shop, record):
    record.add("lift.email.mens.spend.diff", Estimate(0.7698, 0.485, 1.05, 0.95, 42613, "Welch t"), unit="USD")
    record.show()
    assert shop.written[1][0]["unit"] == "USD"


@pytest.mark.parametrize(
    ("key", "value", "unit", "message"),
    [
        ("profiles.people", 1, None, "not in helpers"),
        ("profiles.customers", float("nan"), None, "cannot be computed"),
        ("profiles.customers", np.float64("inf"), None, "cannot be computed"),
        ("profiles.customers", True, None, "not a number"),
        ("profiles.customers", "3", None, "not a number"),
        ("profiles.customers", None, None, "not a number"),
        ("profiles.customers", 1, "rows", "in people.*not in rows"),
        ("lift.email.mens.spend.diff", 1.5, None, "needs its unit"),
        ("churn.all.base_rate", Estimate(0.5, float("nan"), 1, 0.95, 2, "x"), None, "cannot be computed"),
    ],
)
def test_refusals(record, key, value, unit, message):
    with pytest.raises(WrongUse, match=message):
        record.add(key, value, unit=unit)


def test_a_key_is_added_once(record):
    record.add("profiles.customers", 1)
    with pytest.raises(WrongUse, match="added before"):
        record.add("profiles.customers", 1)


def test_made_up_worlds_may_be_told_of_whole(shop, record):
    record.add("proof.lift.welch_t.coverage", Estimate(0.97, 0.92, 0.99, 0.95, 100, "Wilson score", 97))
    record.show()
    assert shop.written[1][0]["numerator"] == 97
