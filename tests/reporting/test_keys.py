import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import WrongUse
from helpers.reporting import keys

EXPECTED = {
    "ingestion.rows_read",
    "ingestion.rows_kept",
    "ingestion.rows_rejected",
    "ingestion.rows_quarantined",
    "ingestion.rows_duplicate",
    "ingestion.rows_skipped",
    "ingestion.events",
    "ingestion.customers_seen",
    "profiles.customers",
    "profiles.metrics",
    "profiles.generic_contacts",
    "privacy.generic_contacts",
    "privacy.suppressed_cells",
    "privacy.forgotten",
    "segmentation.k",
    "segmentation.silhouette",
    "churn.<population>.base_rate",
    "churn.<population>.<rung>.auc",
    "churn.<population>.<rung>.average_precision",
    "churn.<population>.<rung>.brier",
    "churn.<population>.gain.auc",
    "lift.<experiment>.health.srm_p",
    "lift.<experiment>.<arm>.<metric>.level",
    "lift.<experiment>.<arm>.<metric>.diff",
    "lift.<experiment>.<arm>.<metric>.ratio",
}


def test_the_promised_keys_are_there_once():
    templates = [key.template for key in keys.KEYS]
    assert set(templates) >= EXPECTED
    assert len(templates) == len(set(templates))


@pytest.mark.parametrize("template", [key.template for key in keys.KEYS])
def test_each_template_matches_its_own_keys(template):
    assert keys.match(re.sub(r"<\w+>", "a_1", template)).template == template


def test_no_two_templates_fit_equally_well():
    for key in keys.KEYS:
        example = re.sub(r"<\w+>", "gain", key.template)
        fitting = [other for other in keys.KEYS if other.names(example) is not None]
        parts = [other.fixed_parts for other in fitting]
        assert parts.count(max(parts)) == 1


def test_the_more_literal_template_wins():
    assert keys.match("churn.all.gain.auc").template == "churn.<population>.gain.auc"
    assert keys.match("churn.all.recency.auc").template == "churn.<population>.<rung>.auc"


@pytest.mark.parametrize(
    "key", ["", "profiles.people", "churn.auc", "churn.All.recency.auc", "churn..recency.auc", "x.profiles.customers"]
)
def test_an_unknown_key_is_refused(key):
    with pytest.raises(WrongUse, match=re.escape("key_list.py")):
        keys.match(key)


def test_definitions_name_what_the_key_names():
    for key in keys.KEYS:
        example = re.sub(r"<\w+>", "a_1", key.template)
        assert "<" not in key.define(example)
        assert key.definition.endswith(".")
    assert "among active" in keys.match("churn.active.recency.auc").define("churn.active.recency.auc")


@pytest.mark.parametrize(
    ("name", "part"),
    [("Men's E-Mail", "men_s_e_mail"), ("Größe", "groe"), ("a.b", "a_b"), ("__x__", "x"), ("no email", "no_email")],
)
def test_safe(name, part):
    assert keys.safe(name) == part


@given(st.text(max_size=30))
def test_safe_names_always_fit(name):
    assert keys.match(f"churn.{keys.safe(name)}.base_rate")


def test_names_in_another_script_stay_apart():
    assert keys.safe("顧客") != keys.safe("商品")
    assert keys.safe("顧客") == keys.safe("顧客")


def test_how_soon_is_told_in_the_unit_of_its_definition():
    found = keys.match("profiles.lag.half")
    assert found.unit == "hours"
    assert found.definition.startswith("Hours ")
