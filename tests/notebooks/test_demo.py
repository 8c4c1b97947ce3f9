"""The demo's report against the truth behind the demo, which only tests read."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pandas as pd
import pytest

import helpers
from helpers.datasets import paths
from helpers.profiles import permissions
from helpers.runs.stages import STAGES


@pytest.fixture
def results(demo):
    record = json.loads((paths.latest("demo") / "results.json").read_text())
    return {entry["key"]: entry for entry in record["results"]}


def test_what_was_refused_is_what_was_soiled(demo):
    dirt = pd.read_parquet(paths.truth("demo") / "dirt.parquet")
    planted = dirt[dirt["verdict"] == "rejected"][["file", "line"]].drop_duplicates()
    found = helpers.open("demo").frame("rejects")[["file", "line"]]
    assert set(map(tuple, found.to_numpy())) == set(map(tuple, planted.to_numpy()))


def test_duplicates_are_counted_as_planted(demo, results):
    dirt = pd.read_parquet(paths.truth("demo") / "dirt.parquet")
    assert results["ingestion.rows_duplicate"]["value"] == (dirt["verdict"] == "duplicate").sum()


def test_the_planted_effect_lies_in_its_interval(demo, results):
    truth = pd.read_parquet(paths.truth("demo") / "planted_effect.parquet").set_index("metric")["effect"]
    for metric in ("conversion", "spend"):
        found = results[f"lift.welcome_offer.treatment.{metric}.diff"]
        assert found["lo"] <= truth[metric] <= found["hi"]


def test_the_verdict_stands_on_the_page_with_an_interval_that_holds_the_planted_effect(demo):
    truth = pd.read_parquet(paths.truth("demo") / "planted_effect.parquet").set_index("metric")["effect"]
    (verdict,) = helpers.open("demo").frame("lift_verdicts").itertuples()
    assert (verdict.decision, verdict.metric, verdict.stands) == ("ship", "conversion", True)
    assert 0 < verdict.lo <= truth["conversion"] <= verdict.hi
    for page in ("05_lift.html", "index.html"):
        assert verdict.sentence.replace("\\_", "_") in (paths.latest("demo") / page).read_text()


FOUND = {"overview", "segmentation", "leads", "churn", "drift", "lift", "value"}


def test_every_estimate_carries_its_interval_and_n(results):
    bare = {"segmentation.k", "segmentation.ari_min", "overview.session.median_s"}
    bare |= {key for key in results if key.startswith("lift.welcome_offer.health.")}
    bare |= {f"value.{model}.log_likelihood" for model in ("bgnbd", "pareto_nbd", "gamma_gamma")}
    bare |= {f"value.holdout.{outcome}.total_came" for outcome in ("purchases", "revenue")}
    # A total whose range did not hold what came in the days held out is told without one.
    for outcome in ("purchases", "revenue"):
        said, came = (results[f"value.holdout.{outcome}.total_{each}"] for each in ("foretold", "came"))
        held = said["lo"] <= came["value"] <= said["hi"]
        assert (results[f"value.next.{outcome}"]["lo"] is not None) == held
        bare |= set() if held else {f"value.next.{outcome}"}
    # Everybody alike is a coin whoever is drawn, and both lists are all hits.
    bare |= {"churn.all.base_rate.auc", "churn.active.base_rate.auc", "churn.all.gain.recommended.precision_top_tenth"}
    bare |= {"churn.groups.misjudged", "churn.money.threshold", "churn.money.contacted", "drift.inputs.moved"}
    bare |= {"drift.inputs.largest_psi", "drift.scores.psi", "drift.learn_anew"}
    counts = ("ingestion.", "identity.", "privacy.", "profiles.", "states.", "segmentation.rules.")
    counts += tuple(f"leads.{each}" for each in ("rising", "falling", "declining"))
    counts += tuple(f"overview.{each}." for each in ("actives", "revenue", "orders", "lifecycle"))
    estimates = {key: entry for key, entry in results.items() if not key.startswith(counts) and key not in bare}
    assert {key.partition(".")[0] for key in estimates} == FOUND
    for key, entry in estimates.items():
        assert entry["lo"] <= entry["value"] <= entry["hi"], key
        assert entry["n"] > 0
        ranges = key.startswith("value.next.") or key.endswith(".total_foretold")
        assert entry["level"] == (0.8 if ranges else 0.95)


def test_pages_stand_alone_and_fold_their_code(demo):
    pages = list(paths.latest("demo").glob("*.html"))
    assert {page.stem for page in pages} == {*(stage.notebook for stage in STAGES), "index", "glossary"}
    for page in pages:
        text = page.read_text()
        assert not re.search(r"""(src|href)=["']?(https?:)?//""", text)
        assert "<script" not in text
        assert text.count("<h1") == 1
        assert all(re.search(r'alt="[^"]{20,}"', image) for image in re.findall(r"<img[^>]*>", text))
        if page.stem in {stage.notebook for stage in STAGES}:
            assert "Code of this section" in text
        assert len(text) < 500_000


PEOPLE = (
    "profiles", "daily", "segments", "memberships", "leads", "churn_scores", "churn_reasons", "lift_outcomes",
    "value_forecasts",
)  # fmt: skip


def test_who_withdrew_before_the_moment_is_in_no_table_of_metrics_groups_and_scores(demo):
    """They had agreed when the churn models' training people were looked at, three months and more before."""
    shop = helpers.open("demo")
    spans = permissions(shop).to_pyarrow().to_pandas().query("purpose == 'profiling'")
    spans = spans[spans["since"] < shop.midnight(shop.as_of)].sort_values("since")
    last = spans.groupby("profile_id").tail(1).set_index("profile_id")
    trained_at = shop.midnight(shop.as_of - timedelta(days=100))
    agreed = spans[spans["allowed"] & (spans["since"] < trained_at) & (spans["until"] > trained_at)]
    withdrew = set(agreed["profile_id"]) & set(last.index[~last["allowed"]])
    assert len(withdrew) >= 3
    for table in PEOPLE:
        there = shop.table(table).select("profile_id").distinct().to_pyarrow()["profile_id"].to_pylist()
        assert len(there) > 900
        assert not withdrew & set(there)
    generic = set(last.index[~last["allowed"]])
    listed = shop.frame("contacts")
    assert generic & set(listed["profile_id"])
    assert not listed[listed["profile_id"].isin(generic)]["is_profiled"].any()
