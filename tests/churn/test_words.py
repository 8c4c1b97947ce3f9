from __future__ import annotations

import re

import pytest

from helpers import churn
from helpers.churn.ladder import Judged, Ladder
from helpers.churn.words import in_100
from helpers.statistics import Estimate


def estimate(value, *, lo=None, hi=None, numerator=None):
    lo, hi = (value - 0.02, value + 0.02) if lo is None else (lo, hi)
    return Estimate(value, lo, hi, 0.95, 500, "made up", numerator)


def judged(*, recommended, gain=(0.1, 0.05, 0.15)):
    rungs = {
        rung: {"auc": estimate(auc), "precision_top_tenth": estimate(auc + 0.1), "brier": estimate(0.2)}
        for rung, auc in (("recency", 0.6), ("logistic", 0.7), ("xgboost", 0.71))
    }
    gains = {rung: estimate(gain[0], lo=gain[1], hi=gain[2]) for rung in ("logistic", "xgboost")}
    return Judged(estimate(0.4, numerator=200), rungs, gains, recommended, {})


@pytest.fixture
def ladder():
    return Ladder({"all": judged(recommended="recency"), "active": judged(recommended="logistic")}, {})


def test_headlines_put_the_model_beside_the_rule_and_the_base_rate(ladder):
    sentences = churn.headlines(ladder, horizon_days=60)
    assert len(sentences) <= 6
    assert sentences[0].startswith("Rank customers by logistic regression")
    assert "60 days" in sentences[1]
    assert "70 (68 to 72, 19 in 20)" in sentences[1]
    assert "the recency rule 60 (58 to 62)" in sentences[1]
    assert "80 (78 to 82) did not order, against 70 (68 to 72) by the recency rule" in sentences[2]
    assert "200 of 500" in sentences[2]


def test_headlines_where_the_rule_wins_say_so():
    ladder = Ladder({"all": judged(recommended="recency"), "active": judged(recommended="recency")}, {})
    first, second, *_ = churn.headlines(ladder, horizon_days=90)
    assert first.startswith("Keep the recency rule")
    assert second.count("the recency rule") == 1


def test_a_population_that_is_left_out_is_told(ladder):
    alone = Ladder({"all": ladder.populations["all"]}, {"active": "There are 12 people."})
    sentences = churn.headlines(alone, horizon_days=90)
    assert sentences[-1] == "No figure for customers with an order in the last 90 days: There are 12 people."
    assert churn.recommendation(alone) == "Recommended, among all customers with an order: the recency rule."


def test_pages_speak_no_jargon_outside_a_fold(ladder):
    texts = [
        *churn.headlines(ladder, horizon_days=90),
        churn.RULE,
        churn.recommendation(ladder),
        churn.gain_sentence(ladder.populations["active"], "active"),
        *(word(ladder.populations["active"]) for word in (churn.pairs_title, churn.pairs_alt)),
        *(word(ladder.populations["active"]) for word in (churn.lists_title, churn.lists_alt)),
    ]
    assert not re.search(r"\b(AUC|Brier|xgboost|ROC|rung|n_eff)\b", " ".join(texts))


@pytest.mark.parametrize(
    ("gain", "verdict"),
    [
        ((0.1, 0.05, 0.15), "boosted trees ordered more pairs right"),
        ((-0.1, -0.15, -0.05), "the recency rule ordered more pairs right"),
        ((0.01, -0.02, 0.04), "the data do not tell them apart"),
    ],
)
def test_the_gain_is_told_with_its_direction(gain, verdict):
    assert verdict in churn.gain_sentence(judged(recommended="recency", gain=gain), "all")


def test_a_share_is_told_as_a_natural_frequency():
    assert in_100(estimate(0.726)) == "73 (71 to 75)"
    assert in_100(estimate(0.726), words=True) == "73 (71 to 75, 19 in 20)"


def test_the_recommendation_is_told_for_both_populations(ladder):
    assert "logistic regression. By the same rule it would be the recency rule" in churn.recommendation(ladder)
