from __future__ import annotations

from helpers.churn import add_results, climb
from helpers.reporting import Record


class Shop:
    def write_results(self, stage, entries):
        self.stage, self.entries = stage, entries


def test_every_key_of_both_populations_is_recorded_with_its_interval(training, later_people, capsys):
    shop = Shop()
    record = Record(shop, "churn")
    ladder = climb(training, later_people, draws=100, seed=1)
    add_results(record, ladder)
    record.show()
    metrics = [
        f"{rung}.{metric}"
        for rung in ("recency", "logistic", "xgboost")
        for metric in ("auc", "average_precision", "brier")
    ]
    names = {"base_rate", "gain.auc", *metrics}
    entries = {entry["key"]: entry for entry in shop.entries}
    assert set(entries) == {f"churn.{population}.{name}" for population in ("all", "active") for name in names}
    assert all(entry["lo"] <= entry["value"] <= entry["hi"] for entry in entries.values())
    gain = ladder.populations["active"].gains["xgboost"]
    assert entries["churn.active.gain.auc"]["value"] == gain.value
    assert "churn.active.recency.auc" in capsys.readouterr().out
