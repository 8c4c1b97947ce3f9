"""Learners against effects that are known, and that they never speak of people they have seen."""

import numpy as np
import pandas as pd
import pytest

from helpers.lift.uplift import learners
from helpers.lift.uplift.learners import LEARNERS, PARTS, learn, parts
from helpers.lift.uplift.trial import Trial, make_trial


@pytest.fixture
def trial():
    """Whom the arm moves is said by one fact; what people do anyway by another, and much more of it."""
    rng = np.random.default_rng(4)
    features = pd.DataFrame(rng.standard_normal((4_000, 3)), columns=["a", "b", "c"])
    treated = rng.random(4_000) < 0.3
    outcome = 5 * features["b"] + treated * (1 + 2 * (features["a"] > 0)) + rng.standard_normal(4_000)
    return make_trial(features, treated, outcome)


@pytest.mark.parametrize("name", LEARNERS)
def test_a_learner_finds_what_the_arm_changes(trial, name):
    effect = LEARNERS[name](trial.matrix(), trial.treated, trial.outcome, 1)
    said = effect(trial.matrix())
    moved = trial.features["a"] > 0
    assert said[moved].mean() == pytest.approx(3, abs=0.6)
    assert said[~moved].mean() == pytest.approx(1, abs=0.6)


def test_learners_are_asked_about_people_drawn_after_those_they_saw(trial, monkeypatch):
    seen, asked = [], []

    def spy(features, treated, outcome, seed):
        rows = {tuple(row) for row in features}
        seen.append(len(rows))

        def effect(people):
            asked.append(len(people))
            assert not rows & {tuple(row) for row in people}
            return people[:, 0]

        return effect

    monkeypatch.setattr(learners, "LEARNERS", {"t_learner": spy})
    found = learn(trial, seed=[1, 0])["t_learner"]
    assert seen == pytest.approx([800, 1_600, 2_400, 3_200], abs=2)
    assert asked == pytest.approx([800] * 4, abs=2)
    assert np.isnan(found.effect).sum() == np.isnan(found.rank).sum() == 4_000 - seen[-1] - asked[-1] + seen[0]
    known = ~np.isnan(found.effect)
    assert (found.effect[known] == trial.matrix()[known, 0]).all()
    assert np.nanmin(found.rank) == pytest.approx(0.5 / 800, rel=0.01)


def test_a_part_where_all_are_moved_more_does_not_come_first(trial, monkeypatch):
    monkeypatch.setattr(learners, "LEARNERS", {"t_learner": lambda f, *_: lambda people: people[:, 0] + len(f)})
    rank = learn(trial, seed=[1, 0])["t_learner"].rank
    part = parts(trial, seed=[1, 0])
    assert [rank[part == each].mean() for each in range(1, PARTS)] == pytest.approx([0.5] * 4)


def test_parts_hold_both_arms_alike(trial):
    part = parts(trial, seed=[2, 0])
    shares = [trial.treated[part == each].mean() for each in range(PARTS)]
    assert max(shares) - min(shares) < 0.003
    assert (parts(trial, seed=[3, 0]) != part).any()


def test_equal_seeds_give_equal_scores(trial):
    small = Trial(trial.features[:1_500], trial.treated[:1_500], trial.outcome[:1_500])
    one, same = (learn(small, seed=[7, 0]) for _ in range(2))
    for name in LEARNERS:
        assert np.array_equal(one[name].effect, same[name].effect, equal_nan=True)
