from __future__ import annotations

import re
from datetime import date

import numpy as np
import pytest

from helpers.churn.cutoffs import Cutoffs
from helpers.churn.watch import add_results, drift_table, retraining, words
from helpers.reporting import Record
from tests.churn.watch.conftest import FEATURES, make_known

CUTOFFS = Cutoffs((), date(2026, 1, 1), date(2026, 4, 1), 90)


def watched(then, now, known):
    return retraining.watch(then, now, known, features=FEATURES, draws=200, seed=1)


@pytest.fixture(scope="session")
def quiet(then, now, known):
    return watched(then, now, known)


@pytest.fixture(scope="session")
def moved(then, now):
    strange = now.assign(
        revenue_total=now["revenue_total"] + 2,
        orders_count=now["orders_count"] - 1,
        probability=now["probability"] ** 0.3,
    )
    return watched(then, strange, make_known(intercept=0.6))


@pytest.fixture(scope="session")
def untold(then, now, known):
    return watched(then[then["cutoff"] < "2026-01-20"], now[now["cutoff"] < "2026-04-20"], known[:150])


def all_said(found):
    return [
        words.verdict(found), words.came_true(found.matured, CUTOFFS),
        words.scores_said(found.scores), words.inputs_said(found.inputs),
        words.how_compared(found.inputs), words.RULE, words.MEANING, words.NOT_BAD,
    ]  # fmt: skip


def test_a_quiet_watch_says_keep(quiet):
    verdict, true, scores, inputs, compared, *_ = all_said(quiet)
    assert verdict == "Keep the model: nothing in the rule for learning anew is met."
    share = quiet.matured.observed
    assert true.startswith(f"Of 100 customers {100 * share.value:.0f} (")
    assert f"({share.numerator:,} of 2,000)" in true
    assert f"{100 * quiet.matured.predicted:.0f} were said to" in true
    assert scores.startswith("Scores are spread as they were")
    assert inputs == "None of 3 features moved."
    assert compared.endswith("and 8 since, on a mean day 1,000 and 1,000; all ways to split these days.")


def test_what_moved_is_told_most_first_by_its_name(moved):
    verdict, _, scores, inputs, *_ = all_said(moved)
    assert verdict == (
        "Take probabilities with care, and learn the model anew from newer days: more customers did not come back than "
        "was said, and scores are spread otherwise than when the model was judged."
    )
    assert scores.startswith("Scores are spread otherwise than they were: stability index ")
    assert re.fullmatch(
        r"2 of 3 features moved, in brackets by how much: revenue so far \(.+\), orders so far \(.+\)\.", inputs
    )


@pytest.mark.parametrize(
    ("intercept", "slope", "said"),
    [
        (-0.6, 1.0, "fewer customers did not come back than was said"),
        (0.0, 3.0, "customers differ more from each other than was said"),
        (0.0, 0.2, "customers differ less from each other than was said"),
    ],
)
def test_how_what_was_said_did_not_come_true_is_told(then, now, intercept, slope, said):
    assert said in words.verdict(watched(then, now, make_known(intercept=intercept, slope=slope)))


def test_what_cannot_be_told_is_said(untold):
    verdict, true, scores, inputs, *_ = all_said(untold)
    assert verdict.startswith("Keep the model, as far as can be told")
    assert true.startswith("Whether what was said came true cannot be told")
    for said in (scores, inputs):
        assert said.endswith(
            "With 2 and 2 days there are too few ways to split them for any difference to be beyond chance."
        )


def test_no_slope_is_said(then, now, known):
    found = watched(then, now, known.assign(probability=0.5))
    assert "differences between customers were not said" in words.came_true(found.matured, CUTOFFS)


def test_pages_speak_no_jargon(quiet, moved, untold):
    said = " ".join(sentence for found in (quiet, moved, untold) for sentence in all_said(found))
    assert not re.search(r"\b(AUC|PSI|KS|Brier|permutation|cutoff|logits?|NaN|nan|None of 0)\b", said)


def test_the_table_shows_what_moved_first_and_no_few_people(moved):
    frame = drift_table(moved.tests).frame
    assert frame["What"].tolist()[0] == moved.tests.sort_values("psi")["feature"].map(words.name_of).iloc[-1]
    assert frame["Moved"].tolist() == ["yes", "yes", "yes", "no"]
    assert (frame["Missing now, of 100"] == frame["Missing now, of 100"].round()).all()


def test_results_hold_drift_truth_and_decision(quiet, moved, untold):
    entries = {}
    for name, found in (("quiet", quiet), ("moved", moved), ("untold", untold)):
        record = Record(None, "churn")
        add_results(record, found)
        entries[name] = {entry["key"]: entry["value"] for entry in record.entries}
    assert entries["quiet"]["drift.learn_anew"] == 0
    assert entries["moved"]["drift.learn_anew"] == 1
    assert entries["moved"]["drift.inputs.moved"] == 2
    assert entries["moved"]["drift.inputs.largest_psi"] == moved.inputs.tests["psi"].max()
    assert entries["moved"]["drift.calibration.intercept"] == pytest.approx(0.6, abs=0.2)
    assert np.isfinite(list(entries["quiet"].values())).all()
    assert set(entries["quiet"]) - set(entries["untold"]) == {
        "drift.calibration.intercept", "drift.calibration.slope", "drift.auc_minus_rule"}  # fmt: skip
