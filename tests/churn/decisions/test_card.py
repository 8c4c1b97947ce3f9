from __future__ import annotations

import json

import pytest

from helpers.churn import members
from helpers.churn.decisions.card import CARD, Model, card_of, card_table, model_card
from helpers.reporting import formats
from helpers.statistics import Estimate

AUC = Estimate(0.78, 0.75, 0.81, 0.95, 900, "made up")
MODEL = Model("logistic regression", "logistic", "ab12", "customers still active", "no_order_90d", {"AUC": AUC})


@pytest.fixture
def card(panel, found, publishing):
    return model_card(publishing, panel, MODEL, found.groups, found.gap)


def test_a_card_says_what_it_was_learned_from_and_judged_on(card, panel):
    assert card["rows_learned_from"] == len(panel.training)
    assert card["people_judged_on"] == len(panel.test)
    assert card["base_rate_judged"]["numerator"] == panel.test["churned"].sum()
    assert (card["learned_as_of"], card["judged_as_of"]) == (["2025-10-03"], "2026-01-01")
    assert (card["version"], card["label"], card["horizon_days"]) == ("ab12", "no_order_90d", 90)
    assert card["measures"]["AUC"]["lo"] == 0.75
    assert card["contact"] == "somebody@example.com"


def test_a_card_is_json_and_holds_no_person(card, panel):
    text = json.dumps(card, allow_nan=False)
    assert not any(who in text for who in panel.training["profile_id"])


def test_misjudged_groups_and_consent_stand_on_it(panel, found, publishing):
    weak = [found.groups[0]._replace(gap_p=0.01), found.groups[1]]
    card = model_card(publishing, panel, MODEL, weak, found.gap)
    assert card["weak_for"] == ["channel: app"]
    assert "Basis: contract" in card["consent"]
    said = card_table(card).frame.set_index("What")["Says"]
    assert said["Misjudged group"] == "channel: app"
    assert said["How good: AUC"] == "0.780 (0.750 to 0.810, 19 in 20)"
    assert "of 2,000)" in said["Of these, did not come back"]


def test_a_card_without_misjudged_groups_says_by_what_was_looked(panel, found, publishing):
    quiet = [each._replace(gap_p=0.9) for each in found.groups]
    table = card_table(model_card(publishing, panel, MODEL, quiet, found.gap))
    assert table.frame.set_index("What")["Says"]["Misjudged group"] == "none, by channel"


def test_nothing_on_a_card_is_cut(panel, climbed, found, publishing):
    table = card_of(publishing, panel, climbed, found, version="ab12").frame
    measures = climbed.populations[climbed.headline].rungs[climbed.recommended]
    assert table["What"].str.startswith("How good: ").sum() == len(measures)
    assert table["What"].eq("Limit").sum() == 3
    assert any("not having left for good" in each for each in table["Says"])
    assert table["Says"].str.len().max() <= formats._LONGEST


def test_a_card_says_that_everybody_is_off(panel, found, publishing):
    off = found.gap._replace(value=-0.12, lo=-0.15, hi=-0.09)
    for gap, starts in (
        (off, "yes: of 100, said minus came is −12 (−15 to −9)"),
        (off._replace(hi=0.02), "not beyond"),
    ):
        table = card_table(model_card(publishing, panel, MODEL, found.groups, gap)).frame.set_index("What")["Says"]
        assert table["Off for everybody"].startswith(starts)


def test_a_card_is_kept_beside_the_models(panel, climbed, found, publishing):
    card_of(publishing, panel, climbed, found, version="ab12")
    kept = json.loads((publishing.store.models / "churn" / CARD).read_text(encoding="utf-8"))
    assert (kept["version"], kept["rung"]) == ("ab12", climbed.recommended)
    assert kept["off_for_everybody"]["value"] == found.gap.value
    assert kept["people_judged_on"] == len(members(panel.test, climbed.headline)) < len(panel.test)


def test_a_card_says_from_which_day_on_it_predicts(panel, found, publishing):
    later = panel._replace(cutoffs=panel.cutoffs._replace(gap_days=7))
    table = card_table(model_card(publishing, later, MODEL, found.groups, found.gap)).frame
    assert table.set_index("What")["Says"]["Predicts"].endswith("not coming back in 90 days after 7 days")
