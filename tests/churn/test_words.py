from __future__ import annotations

import re

import pandas as pd
import pytest

from helpers import churn
from helpers.churn import mending_words, words
from helpers.churn.calibrate import Choice
from helpers.churn.judge import Judged
from helpers.churn.ladder import Ladder
from helpers.churn.newcomers import Newcomers
from helpers.churn.tables import CAME, SAID
from helpers.churn.weighing import Weighing
from helpers.statistics import Estimate, Part, Platt

from .conftest import CUTOFFS


def estimate(value, *, lo=None, hi=None, numerator=None):
    lo, hi = (value - 0.02, value + 0.02) if lo is None else (lo, hi)
    return Estimate(value, lo, hi, 0.95, 500, "made up", numerator)


SHOWN = pd.DataFrame([(10.0, None), (30.0, 35.0)], columns=[SAID, CAME])
MENDED = Choice(
    "platt",
    Platt(0, 1),
    {"none": estimate(0.2), "platt": estimate(0.19), "isotonic": estimate(0.195)},
    {},
    {"platt": estimate(-0.01, lo=-0.015, hi=-0.005), "isotonic": estimate(-0.005, lo=-0.012, hi=0.001)},
    pd.DataFrame(),
)
LEFT = MENDED._replace(way="none", mending=None)


def judged(*, recommended="logistic", gain=(0.1, 0.05, 0.15), choice=LEFT, newcomers=200, intercept=0.0, missing=None):
    rungs = {
        rung: {
            "auc": estimate(auc),
            "precision_top_tenth": estimate(auc + 0.1),
            "recall_top_tenth": estimate(0.2),
            "calibration_slope": estimate(1.0),
            "calibration_intercept": estimate(intercept),
        }
        for rung, auc in (("base_rate", 0.5), ("recency", 0.6), ("logistic", 0.7), ("xgboost", 0.71))
    }
    return Judged(
        base_rate=estimate(0.4, numerator=200),
        rungs=rungs,
        gains={rung: {"auc": estimate(gain[0], lo=gain[1], hi=gain[2])} for rung in ("logistic", "xgboost")},
        recommended=recommended,
        models={},
        weighing=Weighing("plain", 0.2, {}),
        choices=dict.fromkeys(rungs, choice),
        missing=missing or {},
        newcomers=Newcomers(
            newcomers, 80, {rung: estimate(0.65) for rung in ("recency", recommended)} if newcomers else {}
        ),
        parts=[Part(0.3, estimate(0.35, numerator=90))],
        seconds={},
    )


def ladder_of(**told):
    return Ladder({"all": judged(recommended="recency"), "active": judged(**told)}, {}, CUTOFFS)


def test_headlines_put_the_model_beside_the_rule_and_the_base_rate():
    longer = CUTOFFS._replace(horizon_days=60)
    sentences = churn.headlines(ladder_of()._replace(cutoffs=longer))
    assert len(sentences) == 4
    assert sentences[0].startswith("Rank customers by logistic regression")
    assert "60 days" in sentences[1]
    assert "70 (68 to 72, 19 in 20)" in sentences[1]
    assert "the recency rule 60 (58 to 62)" in sentences[1]
    assert "80 (78 to 82) did not order, against 70 (68 to 72) by the recency rule" in sentences[2]
    assert "its top tenth, 50 people" in sentences[2]
    assert "200 of 500" in sentences[2]


@pytest.mark.parametrize(
    ("best", "begins"), [("recency", "Keep the recency rule"), ("base_rate", "Rank customers by nothing")]
)
def test_headlines_where_no_model_wins_say_so(best, begins):
    first, second, *_ = churn.headlines(ladder_of(recommended=best))
    assert first.startswith(begins)
    assert second.count("the recency rule") == 1


def test_where_nothing_could_be_judged_the_reason_and_the_rule_are_told():
    nothing = Ladder({}, {"all": "There are 12 people."}, None)
    assert churn.headlines(nothing) == ["Go by the plain rule: no way of ranking can be judged. There are 12 people."]
    assert churn.of_base_rates(nothing) == "There are 12 people."
    assert churn.recommendation(nothing) == words.PLAIN_RULE


def test_a_population_that_is_left_out_is_told():
    alone = Ladder({"all": judged(recommended="recency")}, {"active": "There are 12 people."}, CUTOFFS)
    told = "No figure for customers still active: There are 12 people."
    assert churn.headlines(alone)[-1] == told
    assert churn.of_base_rates(alone).endswith(told)
    assert churn.recommendation(alone).endswith("Recommended, among all customers with an order: the recency rule.")


def test_a_rung_that_is_left_out_is_told():
    sentence = churn.gains(judged(missing={"bgnbd": "Nobody came twice."}), "all")
    assert "expected orders, BG/NBD is left out: Nobody came twice." in sentence


def test_the_label_is_told_in_words():
    said = churn.of_base_rates(ladder_of()._replace(cutoffs=CUTOFFS._replace(gap_days=7, label_of="no_event")))
    assert said.startswith(
        "“Did nothing” means: no act of their own at all in the 90 days from 7 days after the moment"
    )
    assert "did nothing: of customers still active 40.0% (200 of 500)" in said


def test_newcomers_are_told_or_said_to_be_too_few():
    assert "Among these newcomers logistic regression puts 65 (63 to 67)" in churn.of_newcomers(ladder_of())
    assert "too few" in churn.of_newcomers(ladder_of(newcomers=0))


def test_mending_is_told_with_what_it_changed():
    said = churn.of_mending(ladder_of(choice=MENDED))
    assert "are mended by a line" in said
    assert "mended by a line −5 (−7.5 to −2.5), mended by steps −2.5 (−6.0 to +0.50)" in said
    assert "so they are left as they are" in churn.of_mending(ladder_of(choice=LEFT))
    nothing = Choice("none", None, {}, {}, {}, pd.DataFrame())
    assert "too few people could be held out" in churn.of_mending(ladder_of(choice=nothing))


def test_agreement_is_told_from_intercept_and_slope():
    assert mending_words.agreement(ladder_of()).startswith("As far as these people can tell")
    more = mending_words.agreement(ladder_of(intercept=0.3))
    assert more == "The probabilities do not quite mean what they say: more did not order than they said."
    assert "fewer did not order" in mending_words.agreement(ladder_of(intercept=-0.3))


def test_pages_speak_no_jargon_outside_a_fold():
    ladder = ladder_of(choice=MENDED)
    texts = [
        *churn.headlines(ladder),
        churn.recommendation(ladder),
        churn.of_mending(ladder),
        churn.of_newcomers(ladder),
        churn.gains(ladder.populations["active"], "active"),
        *(str(of(ladder)) for of in (churn.of_pairs, churn.of_lists)),
        str(churn.of_reliability(ladder, SHOWN)),
    ]
    assert not re.search(r"\b(AUC|Brier|xgboost|ROC|rung|n_eff|Platt)\b", " ".join(texts))


@pytest.mark.parametrize(
    ("gain", "verdict"),
    [
        ((0.1, 0.05, 0.15), "so boosted trees ordered more pairs right"),
        ((-0.1, -0.15, -0.05), "so the recency rule ordered more pairs right"),
        ((0.01, -0.02, 0.04), "which chance may do"),
    ],
)
def test_gains_are_told_with_their_direction(gain, verdict):
    assert verdict in churn.gains(judged(recommended="recency", gain=gain), "all")


def test_a_share_is_told_as_a_natural_frequency():
    assert words.in_100(estimate(0.726)) == "73 (71 to 75)"
    assert words.in_100(estimate(0.726), words=True) == "73 (71 to 75, 19 in 20)"
    assert words.in_100(estimate(1.0, lo=1.0, hi=1.0)) == "100"
    assert words.in_100(estimate(0.998, lo=0.994, hi=1.0)) == "99.8 (99.4 to 100)"


def test_the_recommendation_is_told_for_both_populations():
    assert "logistic regression. By the same rule it would be the recency rule" in churn.recommendation(ladder_of())


def test_pictures_are_told_to_who_cannot_see_them():
    told = churn.of_pairs(ladder_of())
    assert told["title"] == "Logistic regression puts 70 of 100 pairs in the right order, the recency rule 60"
    assert "everybody alike 50 (48 to 52), the recency rule 60 (58 to 62)" in told["alt"]
    assert "taken blindly 40 (38 to 42)" in churn.of_lists(ladder_of())["alt"]
    assert "30: 35." in churn.of_reliability(ladder_of(), SHOWN)["alt"]  # and nothing of what is hidden
