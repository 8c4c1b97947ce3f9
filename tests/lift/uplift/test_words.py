"""The sentences that say whom to target, from figures set by hand."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from helpers.lift.uplift import (
    Told,
    curves_frame,
    decision,
    plot_curves,
    told_of,
    verdict,
    ways_table,
    whom_figure,
)
from helpers.lift.uplift.curve import Curve
from helpers.lift.uplift.judge import Judged
from helpers.lift.uplift.learners import LEARNERS
from helpers.statistics import Estimate

RULE, OTHER = "bought *women's*", "bought men's"
TOLD = Told("womens", "visit")
CURVE = Curve(np.array([[0.0, 0.5, 1.0]]), np.array([[0.0, 0.03, 0.04]]))


def figure(value, half):
    return Estimate(value, value - half, value + half, 0.95, 4_000, "by hand")


def judged(**changes):
    """A rule that suffices, but for what a test changes."""
    ways = [*LEARNERS, RULE, OTHER]
    areas = dict.fromkeys(LEARNERS, figure(0.006, 0.002)) | {RULE: figure(0.008, 0.002), OTHER: figure(-0.006, 0.002)}
    pairs = [(learner, rule) for learner in LEARNERS for rule in (RULE, OTHER)]
    own = {
        "overall": figure(0.045, 0.006),
        "areas": areas,
        "beyond_rule": dict.fromkeys(pairs, figure(-0.002, 0.003)),
        "chance": dict.fromkeys(ways, 0.001) | {OTHER: 1.0},
        "chance_beyond": dict.fromkeys(pairs, 0.8),
        "shares": dict.fromkeys(ways, 0.549),
        "policies": dict.fromkeys(ways, figure(0.04, 0.005)),
        "over_everybody": dict.fromkeys(ways, figure(-0.005, 0.002)),
        "curves": dict.fromkeys(ways, CURVE),
    }
    return Judged(**own | changes)


def test_a_rule_suffices():
    assert decision(judged()) == "rule"
    assert verdict(judged(), TOLD) == (
        r"For womens, a rule suffices: the rule “bought \*women\'s\*” adds 8 (6 to 10, 19 in 20) to visit for every "
        "1,000 customers, and the model of each arm adds 6 (4 to 8); on the same people the model adds −2 (−5 to +1) "
        "against the rule, no more than chance. Given to everybody it changes visit by +45 (+39 to +51), given to the "
        "54.9% on this list alone by +40 (+35 to +45): where giving it costs nothing, give it to everybody, and keep "
        "the list for when it does."
    )


def test_a_model_is_worth_it_only_where_it_beats_both_the_blind_list_and_the_rule():
    better = judged().chance_beyond | {("x_learner", RULE): 0.01}
    chance = judged().chance | {"x_learner": 0.0005}
    found = judged(chance=chance, chance_beyond=better)
    assert decision(found) == "model"
    assert verdict(found, TOLD).startswith("For womens, a model is worth its trouble: the crossed model adds 6 (")
    assert "against the rule, more than chance." in verdict(found, TOLD)
    assert decision(judged(chance_beyond=better)) == "rule"  # another model comes first


def test_it_stays_open_where_only_a_model_finds_something_but_not_more_than_the_rule():
    found = judged(chance=judged().chance | {RULE: 0.3})
    assert decision(found) == "open"
    assert "whose cannot be told" in verdict(found, TOLD)
    assert "which may be chance" in verdict(found, TOLD)


def test_a_model_without_a_rule_says_so():
    own = judged()
    found = judged(
        areas={name: own.areas[name] for name in LEARNERS},
        chance=dict.fromkeys(LEARNERS, 0.001),
        beyond_rule={},
        chance_beyond={},
    )
    assert decision(found) == "model"
    assert "No rule was named to hold it against" in verdict(found, TOLD)


@pytest.mark.parametrize(
    ("overall", "found", "said"),
    [
        (figure(0.045, 0.006), "all or nobody", "everybody or to nobody: given to everybody it changes visit by +45"),
        (figure(0.001, 0.006), "nobody", "Nor does it help, as far as is known, to give it to everybody: that changes"),
        (figure(-0.045, 0.006), "nobody", "that changes visit by −45 (−51 to −39)."),
    ],
)  # fmt: skip
def test_nobody_is_singled_out_by_a_list_that_may_be_chance(overall, found, said):
    own = judged(chance=dict.fromkeys(judged().chance, 0.5) | {RULE: 0.12}, overall=overall)
    assert decision(own) == found
    assert "nobody should be singled out" in verdict(own, TOLD)
    assert "of 5 worthless ones the best would look so good in up to 12 of 100 experiments" in verdict(own, TOLD)
    assert said in verdict(own, TOLD)


@pytest.mark.parametrize(
    ("over", "said"),
    [
        (figure(0.005, 0.002), "leave the others out, as they lose visit by it."),
        (figure(0.001, 0.002), "as far as can be told, the others neither gain nor lose."),
        (Estimate(0.0, None, None, 0.95, 4_000, "by hand"), "so that there is nobody to leave out."),
    ],
)
def test_what_of_the_others(over, said):
    assert verdict(judged(over_everybody=dict.fromkeys(judged().shares, over)), TOLD).endswith(said)


def test_amounts_are_told_as_money():
    told = Told("mens", "spend", "USD")
    assert "adds $8.00 ($6.00 to $10.00, 19 in 20) to spend for every 1,000 customers" in verdict(judged(), told)


def test_the_table_holds_every_way_and_the_picture_the_two_that_count():
    table = ways_table(judged(), TOLD).frame
    assert len(table) == 5
    assert table["Against the best rule"].notna().sum() == 3
    assert all("% listed: " in each for each in table["Its own list, which gains"])
    axes = plot_curves(judged(), TOLD, ax=plt.subplots()[1])
    labels = [text.get_text() for text in axes.get_legend().get_texts()]
    assert labels == ["“bought *women's*”", "the model of each arm", "a blind list"]
    assert list(axes.lines[0].get_ydata()) == [0, 30, 40]
    plt.close(axes.figure)
    assert len(curves_frame(judged())) == 15


def test_the_picture_has_its_words_and_numbers():
    drawn = whom_figure(judged(), TOLD, "email")
    assert drawn["title"] == "email, womens: what visit gains by who is on the list"
    assert "adds 8 (6 to 10) to a blind list" in drawn["alt"]
    assert drawn["data"].frame.equals(curves_frame(judged()))
    plt.close("all")


@pytest.mark.parametrize(
    ("kind", "currency"), [({"kind": "revenue"}, "EUR"), ({"kind": "count", "event": "Page Viewed"}, "")]
)
def test_a_goal_is_spoken_of_in_its_unit(experiment, kind, currency):
    declared = experiment(metric=[{"name": "what"} | kind])
    assert told_of(declared, "mens", "EUR") == Told("mens", "what", currency)
