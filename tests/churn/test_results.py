from __future__ import annotations

from helpers.churn import add_results
from helpers.churn.rungs import RUNGS
from helpers.reporting import Record


class Shop:
    def write_results(self, stage, entries):
        self.stage, self.entries = stage, entries


def test_every_key_of_both_populations_is_recorded(climbed, capsys):
    shop = Shop()
    record = Record(shop, "churn")
    add_results(record, climbed)
    record.show()
    assert climbed.recommended == "logistic"
    each = {f"{rung}.{metric}" for rung in RUNGS for metric in ("auc", "average_precision", "brier")}
    slopes = {f"{rung}.calibration_slope" for rung in RUNGS if rung != "base_rate"}
    entries = {entry["key"]: entry for entry in shop.entries}
    for population, judged in climbed.populations.items():
        decided = ("recency", judged.recommended)
        lists = {f"{rung}.{metric}" for rung in decided for metric in ("precision_top_tenth", "recall_top_tenth")}
        gains = {"gain.auc", "gain.recommended.auc", "gain.recommended.precision_top_tenth"}
        others = {"base_rate", *(f"newcomers.{rung}.auc" for rung in decided)}
        expected = {f"churn.{population}.{name}" for name in each | slopes | lists | gains | others}
        assert {key for key in entries if key.startswith(f"churn.{population}.")} == expected
        assert entries[f"churn.{population}.gain.auc"]["value"] == judged.gains["xgboost"]["auc"].value
    assert "churn.active.recency.auc" in capsys.readouterr().out


def test_a_ladder_without_rungs_has_no_results(climbed):
    record = Record(Shop(), "churn")
    add_results(record, climbed._replace(populations={}))
    assert record.entries == []
