from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy.special import logit
from sklearn.isotonic import IsotonicRegression

from helpers.churn import climb
from helpers.churn.calibrate import Calibrated, Steps, choose, hold_out
from helpers.churn.lesson import Lesson, Scores
from helpers.statistics import Platt, brier

from .conftest import make_panel, make_people

EARLIER, LATEST = date(2025, 7, 5), date(2025, 10, 3)


class Said:
    """A rung that says what stands in a column."""

    def __init__(self, bend):
        self.bend = bend

    def scores(self, people):
        probability = self.bend(people["true"].to_numpy())
        return Scores(probability, probability)


def held(n, *, seed=1):
    rng = np.random.default_rng(seed)
    true = rng.uniform(0.05, 0.95, n)
    names = [f"p{number}" for number in range(n)]
    people = pd.DataFrame({"profile_id": names, "true": true, "churned": (rng.random(n) < true).astype(int)})
    return [(Lesson(people, {}, 0, 90, 1), people)]


def chosen(bend, n=4_000):
    return choose({"made_up": lambda lesson: Said(bend)}, held(n), draws=200, seed=1)["made_up"]


def test_probabilities_that_mean_what_they_say_are_left_alone():
    choice = chosen(lambda true: true)
    assert (choice.way, choice.mending) == ("none", None)
    assert choice.brier["none"].value == pytest.approx(1 / 6, abs=0.02)


def test_probabilities_too_far_apart_are_mended_by_a_line():
    choice = chosen(lambda true: 1 / (1 + np.exp(-2.5 * logit(true) - 1)))
    assert choice.way == "platt"
    assert choice.mending.slope == pytest.approx(1 / 2.5, rel=0.1)
    assert choice.gains["platt"].hi < 0
    assert choice.brier["platt"].value < choice.brier["none"].value
    assert choice.log_loss["platt"].value < choice.log_loss["none"].value


def test_probabilities_bent_as_no_line_bends_are_mended_by_steps():
    choice = chosen(lambda true: np.where(true < 0.5, 0.02 + true / 100, 0.04 + true / 100), n=8_000)
    assert choice.way == "isotonic"
    mended = choice.mending.probability(logit(np.array([0.021, 0.0495])))
    assert mended == pytest.approx([0.1, 0.95], abs=0.06)


def test_what_is_compared_is_never_fitted_to_the_people_compared():
    rng = np.random.default_rng(3)  # steps fitted to noise would seem to find something in it
    noise = {"profile_id": [*map(str, range(200))], "true": rng.random(200), "churned": rng.integers(0, 2, 200)}
    noise = pd.DataFrame(noise)
    lesson = [(Lesson(noise, {}, 0, 90, 1), noise)]
    choice = choose({"made_up": lambda lesson: Said(lambda true: 0.5 + true / 1e6)}, lesson, draws=200, seed=1)[
        "made_up"
    ]
    assert choice.way == "none"
    assert choice.brier["isotonic"].value > choice.brier["none"].value


def test_too_few_of_a_kind_mend_nothing():
    people = held(400)[0][1]
    few = people[(people["churned"] == 0) | (np.arange(400) < 40)]
    lesson = [(Lesson(few, {}, 0, 90, 1), few)]
    choice = choose({"made_up": lambda lesson: Said(lambda true: true**3)}, lesson, draws=100, seed=1)["made_up"]
    assert (choice.way, choice.brier) == ("none", {})


def test_mending_changes_the_probability_and_not_the_rank():
    people = held(100)[0][1]
    plain, mended = (Calibrated(Said(lambda true: true), each).scores(people) for each in (None, Platt(1.0, 0.5)))
    assert mended.rank.tolist() == plain.rank.tolist()
    assert mended.probability == pytest.approx(1 / (1 + np.exp(-1 - 0.5 * logit(plain.probability))))


def test_steps_are_isotonic_regression():
    rng = np.random.default_rng(1)
    score, came = rng.normal(size=300), rng.integers(0, 2, 300)
    theirs = IsotonicRegression(out_of_bounds="clip").fit(score, came)
    steps = Steps(tuple(theirs.X_thresholds_), tuple(theirs.y_thresholds_))
    asked = np.linspace(-5, 5, 50)
    assert steps.probability(asked) == pytest.approx(theirs.predict(asked))


def test_either_half_of_the_customers_is_held_out_from_the_other_with_all_their_cutoffs():
    training = pd.concat([make_people(n=301, seed=1, cutoff=LATEST), make_people(n=200, seed=2, cutoff=EARLIER)])
    one, other = hold_out(training, seed=1)
    assert len(one.apply) + len(other.apply) == len(training)
    assert set(one.apply["profile_id"]) | set(other.apply["profile_id"]) == set(training["profile_id"])
    for part in (one, other):
        assert not set(part.learn["profile_id"]) & set(part.apply["profile_id"])
        assert set(part.learn["cutoff"]) == set(part.apply["cutoff"]) == {EARLIER, LATEST}
        assert part.apply["profile_id"].nunique() in {150, 151}


def test_a_change_between_cutoffs_is_not_put_in_twice():
    def people(seed, cutoff, more):
        return make_people(n=1_500, seed=seed, cutoff=cutoff, more=more)

    training = pd.concat([people(1, LATEST, 0.0), people(2, EARLIER, 2.5)], ignore_index=True)
    judged = make_panel(training=training, test=people(3, date(2026, 1, 1), 0.0))
    ladder = climb(judged, draws=100, seed=1).populations["all"]
    gone = judged.test["churned"].to_numpy()
    for rung in ("logistic", "xgboost"):
        mended = ladder.models[rung]
        raw = mended.rung.scores(judged.test).probability
        assert brier(gone, mended.scores(judged.test).probability) <= brier(gone, raw) + 0.002


def test_a_customer_s_rows_count_as_one_customer():
    once = held(500)
    thrice = [(lesson, pd.concat([people] * 3, ignore_index=True)) for lesson, people in once]
    one, three = (
        choose({"made_up": lambda lesson: Said(lambda true: true**2)}, parts, draws=200, seed=1)["made_up"]
        for parts in (once, thrice)
    )
    widths = [each.brier["none"].hi - each.brier["none"].lo for each in (one, three)]
    assert widths[1] == pytest.approx(widths[0])
    assert three.brier["none"].n == 500
