"""Records without a common identifier, on two labelled files: what we propose beside splink's tutorials.

The tutorials' settings are taken over as facts (blocking rules, comparisons, training) from splink's documentation,
"Deduplicate 50k rows historical persons" and the getting-started one on fake_1000.
"""

from __future__ import annotations

import logging

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import splink.comparison_library as cl
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from helpers.identity.linking import propose
from helpers.statistics import Estimate
from tests.identity.measure import MEASURES, measured, pairs

SEED = 1
THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)
FAKE = {"first_name": "name", "surname": "name", "dob": "date", "city": "exact", "email": "email"}
HISTORICAL = {"first_name": "name", "surname": "name", "dob": "date", "birth_place": "exact",
              "postcode_fake": "postcode", "occupation": "exact"}  # fmt: skip


def with_table(records: pd.DataFrame) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(config={"threads": 1})
    con.register("given", pa.Table.from_pandas(records, preserve_index=False))
    con.execute("CREATE TABLE records AS SELECT * FROM given")
    return con


def ours(records: pd.DataFrame, compare: dict[str, str]) -> pd.DataFrame:
    return propose(with_table(records[["unique_id", *compare]]), "records", compare).to_pandas()


def tutorial(
    records: pd.DataFrame, settings: SettingsCreator, exact: list[str], recall: float, learn: list
) -> pd.DataFrame:
    con = with_table(records)
    linker = Linker(DuckDBAPI(connection=con).register("records"), settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match(exact, recall=recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=SEED)
    for rule in learn:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=THRESHOLDS[0])
    query = f"SELECT unique_id_l AS left, unique_id_r AS right, match_probability AS weight FROM {found.physical_name}"
    return con.execute(query).to_arrow_table().to_pandas()


def tutorial_of_fake(records: pd.DataFrame) -> pd.DataFrame:
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.NameComparison("first_name"), cl.NameComparison("surname"), cl.LevenshteinAtThresholds("dob"),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True), cl.EmailComparison("email"),
        ],
        blocking_rules_to_generate_predictions=[block_on("first_name", "city"), block_on("surname")],
    )  # fmt: skip
    exact = ["l.first_name = r.first_name AND levenshtein(r.dob, l.dob) <= 1",
             "l.surname = r.surname AND levenshtein(r.dob, l.dob) <= 1",
             "l.first_name = r.first_name AND levenshtein(r.surname, l.surname) <= 2", "l.email = r.email"]  # fmt: skip
    return tutorial(records, settings, exact, 0.7, [block_on("first_name", "surname"), block_on("dob")])


def tutorial_of_historical(records: pd.DataFrame) -> pd.DataFrame:
    first, last, code = "substr(first_name,1,{})", "substr(surname,1,{})", "substr(postcode_fake,1,3)"
    rules = [
        (first.format(3), last.format(4)), ("surname", "dob"), ("first_name", "dob"), ("postcode_fake", "first_name"),
        ("postcode_fake", "surname"), ("dob", "birth_place"), (code, "dob"), (code, "first_name"), (code, "surname"),
        (first.format(2), last.format(2), "substr(dob,1,4)"),
    ]  # fmt: skip
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.ForenameSurnameComparison("first_name", "surname", forename_surname_concat_col_name="both_names"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.PostcodeComparison("postcode_fake"),
            cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
            cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in rules],
    )
    records = records.assign(both_names=records["first_name"] + " " + records["surname"])
    exact = ["l.first_name = r.first_name AND l.surname = r.surname AND l.dob = r.dob",
             "substr(l.first_name,1,2) = substr(r.first_name,1,2) AND l.surname = r.surname "
             "AND substr(l.postcode_fake,1,2) = substr(r.postcode_fake,1,2)",
             "l.dob = r.dob AND l.postcode_fake = r.postcode_fake"]  # fmt: skip
    return tutorial(records, settings, exact, 0.6, [block_on("first_name", "surname"), block_on("dob")])


def people(records: pd.DataFrame, proposed: pd.DataFrame, threshold: float) -> pd.Series:
    """The group of each record that proposals of at least `threshold` join."""
    place = pd.Series(np.arange(len(records)), index=records["unique_id"])
    used = proposed[proposed["weight"] >= threshold]
    ends = place.loc[used["left"]].to_numpy(), place.loc[used["right"]].to_numpy()
    graph = coo_array((np.ones(len(used)), ends), shape=(len(records), len(records)))
    return pd.Series(connected_components(graph, directed=False)[1])


def best_threshold(records: pd.DataFrame, proposed: pd.DataFrame) -> float:
    """The threshold with the highest F1 on records whose people are known."""

    def f1(threshold: float) -> float:
        counts = pairs(records["cluster"], people(records, proposed, threshold))
        return 2 * counts.right.sum() / (counts.right.sum() + counts.wrong.sum() + counts.true.sum())

    return max(THRESHOLDS, key=f1)


def outcome(records: pd.DataFrame, proposed: pd.DataFrame, threshold: float) -> dict[str, Estimate]:
    return measured(pairs(records["cluster"], people(records, proposed, threshold)))


def told(name: str, threshold: float, found: dict[str, Estimate]) -> str:
    return f"{name:<34} {threshold:<6}" + "".join(
        f" {found[each].value:.4f} ({found[each].lo:.4f}-{found[each].hi:.4f})" if found[each].lo is not None
        else f" {found[each].value:.4f}" for each in MEASURES
    )  # fmt: skip


@pytest.fixture(scope="module")
def historical(real_data) -> dict[bool, pd.DataFrame]:
    """Half of the people to tune on (True), half to measure on (False)."""
    records = pd.read_parquet(real_data / "people" / "historical_figures_with_errors_50k.parquet")
    clusters = np.sort(records["cluster"].unique())
    tuned = np.random.default_rng(SEED).permutation(clusters)[: len(clusters) // 2]
    return {half: own.reset_index(drop=True) for half, own in records.groupby(records["cluster"].isin(tuned))}


def test_historical_figures_tuned_on_half_of_the_people_and_measured_on_the_others(historical, capsys):
    lines, found = [], {}
    for name, proposals in (("ours", lambda own: ours(own, HISTORICAL)), ("tutorial", tutorial_of_historical)):
        threshold = best_threshold(historical[True], proposals(historical[True]))
        proposed = proposals(historical[False])
        found[name] = outcome(historical[False], proposed, threshold)
        lines.append(told(f"historical, other half, {name}", threshold, found[name]))
        lines.append(told(f"historical, untuned, {name}", 0.95, outcome(historical[False], proposed, 0.95)))
    with capsys.disabled():
        print("", *lines, sep="\n")
    assert found["ours"]["f1"].lo > found["tutorial"]["f1"].hi
    assert found["ours"]["precision"].value > 0.9


def test_made_up_people_with_the_default_threshold(real_data, capsys):
    records = pd.read_csv(real_data / "people" / "fake_1000.csv", dtype="string")
    found = {}
    for name, proposed in (("ours", ours(records, FAKE)), ("tutorial", tutorial_of_fake(records))):
        found[name] = outcome(records, proposed, 0.95)
        with capsys.disabled():
            print("", told(f"fake_1000, {name}", 0.95, found[name]), sep="\n")
    assert found["ours"]["precision"].value > 0.99
    assert found["ours"]["f1"].lo > found["tutorial"]["f1"].hi


def test_equal_records_give_equal_proposals(real_data):
    records = pd.read_csv(real_data / "people" / "fake_1000.csv", dtype="string")
    assert ours(records, FAKE).equals(ours(records, FAKE))
