"""What is said of whom to target in worlds where it is known."""

import numpy as np
import pytest

from helpers.errors import NothingToDo, WrongUse
from helpers.lift.uplift import Rule, decision, judge, make_trial
from helpers.lift.uplift.curve import Ranked
from helpers.lift.uplift.judge import SPLITS, _over_splits
from helpers.lift.uplift.learners import LEARNERS, learn
from helpers.lift.uplift.rules import listed
from helpers.statistics import Resamples
from tests.lift.uplift.world import EXTRA, RULE, make_world

DRAWS = 120


@pytest.fixture(scope="module")
def fact():
    world = make_world("fact", n=6_000, seed=1)
    return world, judge(world.trial, [RULE, Rule("frequent", "frequent")], draws=DRAWS, seed=1)


def test_the_rule_that_is_the_law_suffices(fact):
    _, judged = fact
    assert decision(judged) == "rule"
    assert judged.best_rule == RULE.name
    # Half of the people, moved by all of it: a triangle of height a quarter of it over a base of one.
    area = judged.areas[RULE.name]
    assert area.lo < EXTRA / 8 < area.hi
    assert judged.chance[RULE.name] < judged.chance["frequent"]


def test_estimates_say_how_many_they_rest_on(fact):
    world, judged = fact
    n = len(world.trial.treated)
    assert judged.areas[RULE.name].n == judged.policies[RULE.name].n == judged.overall.n == n
    asked = {judged.areas[name].n for name in LEARNERS} | {each.n for each in judged.beyond_rule.values()}
    assert len(asked) == 1
    assert asked.pop() == pytest.approx(n * 4 / 5, abs=2)
    assert set(judged.beyond_rule) == {(name, rule) for name in LEARNERS for rule in (RULE.name, "frequent")}
    assert all("paired" in each.method for each in judged.beyond_rule.values())


def test_a_list_of_all_who_are_moved_gains_what_everybody_does(fact):
    world, judged = fact
    policy, over = judged.policies[RULE.name], judged.over_everybody[RULE.name]
    assert policy.lo < world.effect.mean() < policy.hi
    assert judged.overall.lo < world.effect.mean() < judged.overall.hi
    assert over.lo < 0 < over.hi
    assert judged.shares[RULE.name] == pytest.approx(world.trial.features["bought"].mean())
    assert judged.over_everybody["frequent"].hi < 0


def test_a_model_is_worth_it_where_two_facts_decide_together():
    world = make_world("pair", n=8_000, seed=2)
    judged = judge(world.trial, [RULE, Rule("frequent", "frequent")], draws=DRAWS, seed=2)
    assert decision(judged) == "model"
    assert judged.beyond_rule[judged.best_learner, RULE.name].lo > 0


def test_without_a_rule_a_model_stands_alone():
    world = make_world("fact", n=6_000, seed=3)
    judged = judge(world.trial, [], draws=DRAWS, seed=3)
    assert (judged.rules, judged.best_rule, judged.beyond_rule) == ([], None, {})
    assert decision(judged) == "model"


def test_nobody_is_singled_out_where_all_are_moved_alike_and_nobody_targeted_where_none_is():
    alike = make_world("alike", n=4_000, seed=4)
    assert decision(judge(alike.trial, [RULE], draws=DRAWS, seed=4)) == "all or nobody"
    outcome = np.random.default_rng(40).integers(0, 2, 4_000)
    unmoved = make_trial(alike.trial.features, alike.trial.treated, outcome)
    assert decision(judge(unmoved, [RULE], draws=DRAWS, seed=4)) == "nobody"


def test_rows_and_columns_in_another_order_give_the_same_figures():
    world = make_world("fact", n=2_000, seed=5)
    order = np.random.default_rng(6).permutation(2_000)
    features = world.trial.features.iloc[order, ::-1]
    other = make_trial(features, world.trial.treated[order], world.trial.outcome[order])
    one, same = (judge(trial, [RULE], draws=50, seed=5) for trial in (world.trial, other))
    assert one.areas == same.areas
    assert one.policies == same.policies


def test_a_rule_that_cannot_be_is_refused(fact):
    trial = fact[0].trial
    with pytest.raises(WrongUse, match=r"no feature 'bougth'.*did you mean 'bought'"):
        listed(Rule("a typo", "bougth"), trial)
    with pytest.raises(NothingToDo, match="The rule 'all' lists everybody"):
        listed(Rule("all", "bought", 0), trial)
    with pytest.raises(NothingToDo, match="The rule 'none' lists nobody"):
        listed(Rule("none", "bought", 2), trial)
    unknown = trial._replace(features=trial.features.assign(bought=np.nan).where(trial.features["bought"] == 0, 1.0))
    assert not listed(RULE, unknown)[(trial.features["bought"] == 0).to_numpy()].any()


def test_draws_take_splits_in_turn_so_that_an_interval_is_never_narrower_than_one_split_allows():
    observed = {("area", "model", split): value for split, value in enumerate((1.0, 2.0, 6.0))}
    observed |= {("area", "rule", None): 4.0}
    draws = {place: np.full(7, value) for place, value in observed.items()}
    found = _over_splits(Resamples(observed, draws, 10))
    assert found.observed == {("area", "model"): 3.0, ("area", "rule"): 4.0}
    assert found.draws["area", "model"].tolist() == [1, 2, 6, 1, 2, 6, 1]
    assert found.draws["area", "rule"].tolist() == [4] * 7


def test_a_learner_is_held_against_the_rule_on_the_people_it_could_speak_of(fact):
    world, judged = fact
    bought, once = world.trial.features["bought"].to_numpy(), np.ones((1, len(world.trial.treated)))
    areas = []
    for split in range(SPLITS):
        asked = ~np.isnan(learn(world.trial, seed=[1, split])["t_learner"].rank)
        areas.append(Ranked(world.trial, np.where(asked, bought, np.nan)).area(once)[0])
    expected = judged.areas["t_learner"].value - np.mean(areas)
    assert judged.beyond_rule["t_learner", RULE.name].value == pytest.approx(expected)
