from __future__ import annotations

import re

import pytest

from helpers.datasets.paths import REPOSITORY
from helpers.reporting.form import FORBIDDEN
from helpers.segmentation import leads
from helpers.segmentation.leads.words import agreement, how_judged, verdict
from helpers.statistics import Estimate


def told(value, lo, hi):
    return Estimate(value, lo, hi, 0.95, 2_000, "paired percentile bootstrap, 200 draws")


def with_gains(judged, precision, pairs):
    gains = {rule: {"precision_top_tenth": told(*precision), "auc": told(*pairs)} for rule in judged.gains}
    return judged._replace(gains=gains)


UP, NONE, DOWN = (0.1, 0.05, 0.15), (0.01, -0.02, 0.04), (-0.1, -0.15, -0.05)


@pytest.mark.parametrize(
    ("precision", "pairs", "said"),
    [
        (UP, UP, "List by the score: it finds more who order than the frequency rule does."),
        (DOWN, UP, "List by the frequency rule: it finds more who order than the score does."),
        (NONE, UP, "For a short list the frequency rule will do"),
        (NONE, NONE, "The frequency rule will do: beyond chance the score does not find more who order."),
        ((0.0, None, None), (0.0, None, None), "The frequency rule will do"),
    ],
    ids=["list and pairs", "the rule wins", "pairs alone", "nothing", "no interval"],
)
def test_the_verdict_is_that_of_the_paired_interval_against_the_better_rule(judged, precision, pairs, said):
    assert judged.best_rule == "frequency"
    assert verdict(with_gains(judged, precision, pairs)).startswith(said)


def test_the_verdict_is_against_the_better_rule_whichever_that_is(judged):
    swapped = judged.ways | {"recency": judged.ways["frequency"], "frequency": judged.ways["recency"]}
    assert "recency rule" in verdict(judged._replace(ways=swapped))


@pytest.mark.parametrize(
    ("precision", "pairs", "decision"),
    [
        (UP, UP, "List by the score. Of 100 "),
        (DOWN, UP, "List by the frequency rule. Of 100 "),
        (NONE, UP, "For a short list the frequency rule will do. Of 100 "),
        (NONE, NONE, "The frequency rule will do. Of 100 "),
    ],
)
def test_the_headline_is_the_decision_and_the_lists_that_it_is_between(found, judged, precision, pairs, decision):
    (said,) = leads.headlines(found._replace(judged=with_gains(judged, precision, pairs)))
    assert said.startswith(decision)
    assert verdict(judged) not in said
    shares = [judged.ways[way]["precision_top_tenth"] for way in ("model", "frequency")] + [judged.base_rate]
    told = [f"{100 * each.value:.0f} ({100 * each.lo:.0f} to {100 * each.hi:.0f}" for each in shares]
    assert re.findall(r"\d+ \(\d+ to \d+", said) == told
    assert said.count(". ") == 1


def test_lists_are_told_as_natural_frequencies_with_intervals(judged):
    said = leads.listed(judged)
    model = judged.ways["model"]["precision_top_tenth"]
    assert f"{100 * model.value:.0f} ({100 * model.lo:.0f} to {100 * model.hi:.0f}, 19 in 20) ordered" in said
    assert f"({judged.base_rate.numerator:,} of {judged.base_rate.n:,})" in said
    assert said.count(" to ") == 4


@pytest.mark.parametrize(
    ("intercept", "slope", "said"),
    [
        ((0.0, -0.1, 0.1), (1.0, 0.9, 1.1), "As far as these people can tell, the scores mean what they say."),
        ((0.3, 0.1, 0.5), (1.0, 0.9, 1.1), "more ordered than the scores said."),
        ((-0.3, -0.5, -0.1), (1.0, 0.9, 1.1), "fewer ordered than the scores said."),
        ((0.0, -0.1, 0.1), (0.7, 0.6, 0.8), "scores are too far apart: high ones too high, low ones too low."),
        ((0.3, 0.1, 0.5), (1.3, 1.2, 1.4), "more ordered than the scores said; scores are too near to each other."),
    ],
)
def test_what_calibration_says_in_words(judged, intercept, slope, said):
    model = judged.ways["model"] | {"calibration_intercept": told(*intercept), "calibration_slope": told(*slope)}
    assert agreement(judged._replace(ways=judged.ways | {"model": model})).endswith(said)


def test_a_slope_that_cannot_be_told_is_not(judged):
    model = {name: each for name, each in judged.ways["model"].items() if name != "calibration_slope"}
    assert "cannot be told" in agreement(judged._replace(ways=judged.ways | {"model": model}))


def said_of(shop, leads_found):
    return leads.moves(leads_found, leads.moves_table(shop, leads_found))


def test_moves_are_told_with_their_counts(shop, found):
    declining = found.people["declining"].sum()
    assert re.search(
        rf"still active .*% \({declining:,} of {len(found.people):,}\) are declining", said_of(shop, found)
    )
    assert said_of(shop, found).startswith(
        f"Only a change by {found.beyond} points or more counts as rising or falling: in the 30 days up to 2 October "
        "2025, the scores of at least nine in ten people changed by less."
    )


def test_the_list_of_now_is_told_with_its_scores_and_with_what_became_of_the_last(found, judged):
    first = found.people["probability"].nlargest(220).mean()
    came = judged.ways["model"]["precision_top_tenth"]
    assert leads.now(found) == (
        "Today's list, the first tenth of 2,200 people still active, holds 220 people. "
        f"Their scores are {100 * first:.0f} on average. Of 100 on the score's list of 2 October 2025, "
        f"{100 * came.value:.0f} ({100 * came.lo:.0f} to {100 * came.hi:.0f}, 19 in 20) ordered in the 30 days from "
        "then."
    )


def test_few_are_not_counted(shop, found):
    few = found._replace(people=found.people.head(60).assign(declining=[True] * 3 + [False] * 57))
    assert "Of the people still active some are declining" in said_of(shop, few)
    most = found._replace(people=few.people.assign(declining=[True] * 57 + [False] * 3))
    assert "of 60" not in said_of(shop, most)
    assert "holds fewer than 10 people. Of 100 on" in leads.now(few)


def test_without_scores_the_reason_is_told_and_who_declines(shop, unscored):
    assert leads.headlines(unscored) == ["No score says who orders next: history spans 80 days."]
    assert leads.now(unscored) == "History spans 80 days."
    assert "declining" in said_of(shop, unscored)
    nobody = unscored._replace(people=unscored.people.assign(declining=False))
    assert "Of the people still active nobody of 2,200 is declining" in said_of(shop, nobody)
    assert "points or more" not in said_of(shop, unscored)


def test_what_is_offered_is_used():
    users = REPOSITORY / "notebooks" / "03_segmentation.ipynb", REPOSITORY / "src/helpers/segmentation/build.py"
    text = "".join(file.read_text(encoding="utf-8") for file in users)
    assert set(re.findall(r"\bleads\.(\w+)", text)) >= set(leads.__all__)


def test_no_sentence_needs_a_word_of_the_trade(shop, found, judged):
    sentences = [leads.MEANING, *leads.headlines(found), said_of(shop, found), leads.now(found), agreement(judged)]
    sentences += [*leads.of_lists(found).values(), how_judged(found)]
    assert not re.search(rf"\b({'|'.join(FORBIDDEN)})\b", " ".join(sentences))
    assert "percentile" in leads.MEANING
    assert "no probability" in leads.MEANING


def test_that_acts_lower_no_score_is_said_of_those_alone_of_which_it_holds(ways, panel):
    people = panel.test
    rank = ways["model"].rank(people)
    ordering = people.assign(**{name: people[name] + 1 for name in ("orders_count", "orders_30d", "orders_90d")})
    assert (ways["model"].rank(ordering) < rank).any()
    assert "never lowers a score, but for orders and refunds" in leads.MEANING
