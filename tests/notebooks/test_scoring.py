"""Scores without learning: the same as the report's on its day, anew on a later one, refused where they would cheat."""

from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest

import helpers
from helpers.datasets import lock, paths
from helpers.errors import DataRefused, Locked, NothingToDo, WrongUse
from helpers.runs import history
from helpers.runs.scoring import score
from helpers.stewardship import who
from tests.conftest import settle


@pytest.fixture
def demo(demo_home, tmp_path, monkeypatch):
    """A copy of the demo's home for each test: they change models and raw files."""
    shutil.copytree(demo_home, tmp_path / "home", symlinks=True)
    return settle(tmp_path / "home", monkeypatch)


def read(done):
    return pd.read_parquet(done.exported.file).sort_values("profile_id", ignore_index=True)


def model_folder():
    return paths.run_tables("demo", history.latest("demo").run) / "models" / "churn"


def test_as_of_the_report_scores_are_those_of_the_report_to_the_last_digit(demo):
    runs = set(paths.tables("demo").iterdir())
    done = score("demo", to="parquet")
    of_report = helpers.open("demo").frame("churn_scores").sort_values("profile_id", ignore_index=True)
    pd.testing.assert_frame_equal(read(done), of_report, check_exact=True)
    assert done.exported.withheld == 0
    assert set(paths.tables("demo").iterdir()) == runs
    watched = {entry["key"]: entry["value"] for entry in history.results_of(history.latest("demo"))}
    assert ("learn the model anew" in done.verdict) == watched["drift.learn_anew"]
    assert json.loads((model_folder() / "metadata.json").read_text())["version"] == read(done)["model_version"].unique()


def test_as_of_a_later_day_people_are_described_anew_and_whoever_said_no_since_is_not_scored(demo):
    last, runs = history.latest("demo").run, set(paths.tables("demo").iterdir())
    now = read(score("demo", to="parquet"))
    left = _say_no(now["profile_id"], on="2026-04-05 09:00:00")
    done = score("demo", as_of="2026-04-15", to="parquet")
    later = read(done)
    assert "learn the model anew" in done.verdict  # in two weeks nobody was heard of
    assert {str(day)[:10] for day in later["as_of"]} == {"2026-04-15"}
    assert set(later["model_version"]) == set(now["model_version"])
    assert len(left) == 5
    assert not left & set(later["profile_id"])
    both = now.merge(later, on="profile_id", suffixes=("", "_later"))
    assert len(both) > 0.9 * len(now)
    # Two weeks in which nothing more was heard of anybody.
    assert (both["probability_later"] >= both["probability"]).mean() > 0.9
    assert (history.latest("demo").run, set(paths.tables("demo").iterdir())) == (last, runs)


def _say_no(scored, *, on):
    """Five customers who were scored say on a day that they may not be profiled; who they are."""
    file = paths.raw("demo") / "consent.csv"
    asked = pd.read_csv(file, dtype=str, on_bad_lines="skip")  # some lines are soiled on purpose
    shop, people = helpers.open("demo"), {}
    for customer in asked["customer_id"].dropna().unique():
        whose = who.person(shop, who.identifier(shop, f"user_id:{customer}"))
        if whose in set(scored):
            people[customer] = whose
        if len(people) == 5:
            break
    with file.open("a", encoding="utf-8") as register:
        register.writelines(f"{customer},,profiling,denied,v1,{on}\n" for customer in people)
    return set(people.values())


def test_a_day_that_the_models_know_is_refused(demo):
    with pytest.raises(WrongUse, match="have seen what came until 2026-04-01"):
        score("demo", as_of="2026-03-01", to="csv")
    with pytest.raises(WrongUse, match=r"There is no data set 'demi'.*did you mean 'demo'"):
        score("demi", to="csv")


def test_a_changed_model_is_refused_and_the_last_scores_stay(demo):
    before = score("demo", to="parquet").exported.file.read_bytes()
    file = next(model_folder().glob("*/*.json"))
    file.write_bytes(file.read_bytes().replace(b"0", b"1", 1))
    with pytest.raises(DataRefused, match="not as it was written"):
        score("demo", to="parquet")
    assert (paths.exports("demo") / "churn_scores.parquet").read_bytes() == before


def test_where_no_model_was_learned_the_plain_rule_is_named(demo):
    model_folder().rename(model_folder().with_name("elsewhere"))
    with pytest.raises(NothingToDo, match="workbench export demo churn_scores"):
        score("demo", to="csv")


def test_nobody_is_scored_while_a_run_is_under_way(demo):
    with lock.hold("demo", who="run 1"), pytest.raises(Locked):
        score("demo", to="csv")
