from __future__ import annotations

import re

import pytest

from helpers.churn.decisions.money import Contact
from helpers.churn.decisions.money_words import alone, assumptions, headline, of_curve, saved, whom
from helpers.churn.decisions.show import groups_tables
from helpers.churn.decisions.weighing import EVEN
from helpers.churn.decisions.words import groups_found, of_groups, ranked_found, reasons_found, weighed_found
from helpers.reporting.form import FORBIDDEN
from helpers.statistics import Estimate

DEAR, FREE = Contact(5.0, 20.0, 0.2), Contact(0.0, 20.0, 0.2)


def sentences(found):
    return [
        reasons_found(found, used="logistic regression"),
        groups_found(found),
        ranked_found(found.groups),
        weighed_found(found.weighed),
        assumptions(found, "EUR", horizon_days=90),
        whom(found),
        saved(found, "EUR"),
        alone(found, horizon_days=90),
        headline(found, "EUR"),
        *of_curve(found, "EUR", among="customers").values(),
    ]


@pytest.mark.parametrize("contact", [Contact(2.0, 20.0, 0.2), DEAR, FREE, Contact(1.0, 0.0, 0.1)])
def test_pages_speak_no_words_of_the_trade_and_no_nonsense(decided, contact):
    text = " ".join(sentences(decided(contact)))
    assert not re.search(rf"\b({'|'.join(FORBIDDEN)})\b", text)
    assert not re.search(r"\b(nan|inf|None|plain)\b", text)


def test_money_says_first_that_it_is_assumed(found):
    said = assumptions(found, "EUR", horizon_days=90)
    assert said.startswith("Assumed, not measured: a contact costs €2.00")
    assert "worth €20.00 (as it was given)" in said
    assert "a guess until an experiment tells it" in said
    measured = found._replace(orderers=1_234)
    assert "the median revenue of 1,234 customers who ordered in the 60 days" in assumptions(
        measured, "EUR", horizon_days=60
    )


def test_a_contact_that_never_pays_and_one_that_costs_nothing_are_called_so(decided, found):
    assert "from a probability of 50 of 100 on" in whom(found)
    assert whom(decided(DEAR)).startswith("A contact costs more than it can bring back")
    assert headline(decided(DEAR), "EUR").endswith("contact nobody.")
    assert whom(decided(FREE)).startswith("A contact costs nothing")
    assert headline(decided(FREE), "EUR").endswith("everybody may be contacted.")


def gain(value, lo, hi):
    return Estimate(value, lo, hi, 0.95, 500, "made up")


def test_savings_are_told_with_their_direction(found):
    gains = {"everybody": gain(100, 50, 150), "recency": gain(-40, -60, -20), "half": gain(1, -5, 7)}
    said = saved(found._replace(savings=found.savings._replace(gains=gains)), "EUR")
    assert "€100 (€50 to €150) more than contacting everybody" in said
    assert "€40 (€20 to €60) less than contacting as many by the recency rule" in said
    assert "no more and no less, beyond chance (+€1 (−€5 to +€7)), than contacting from 50 of 100 on" in said


def test_today_counts_whom_to_contact_and_whom_to_leave_alone(found):
    today = found.today
    said = alone(found, horizon_days=90)
    assert f"({today.contacted:,} of {today.contacted + today.alone:,}) would be contacted" in said
    assert f"({today.alone:,} of {today.contacted + today.alone:,}) left alone" in said
    assert f"({today.reachable:,} of {today.contacted:,}) may be written to" in said
    assert f"({round(today.alone_would_order):,} of {today.alone:,}) of the others" in said
    few = found._replace(today=today._replace(contacted=5, reachable=3, contacted_would_order=2.0))
    assert "fewer than 10 of" in alone(few, horizon_days=90)
    nobody = found._replace(today=today._replace(reachable=0))
    assert "Of the first, nobody may be written to." in alone(nobody, horizon_days=90)


def test_where_nobody_is_contacted_that_is_what_is_told(decided):
    said = alone(decided(DEAR), horizon_days=90)
    assert said.startswith("Today all 2,000 would be left alone; in the 90 days to come about ")
    assert saved(decided(DEAR), "EUR").startswith("On the later customers, contacting everybody would have lost €")


def test_misjudged_groups_are_named_with_what_is_off(found):
    quiet = [each._replace(gap_p=0.9) for each in found.groups]
    assert "Of 2 groups that are large enough to tell, none is." in groups_found(found._replace(groups=quiet))
    off = [quiet[0]._replace(gap_p=0.01, gap=gain(-0.12, -0.2, -0.05)), quiet[1]]
    assert "1 is: channel “app”: less was said than came, by −12 (−20 to −5) of 100." in groups_found(
        found._replace(groups=off)
    )
    unknown = [each._replace(gap_p=None) for each in found.groups]
    assert groups_found(found._replace(groups=unknown)).endswith("No group is large enough to tell.")


def test_groups_that_are_ranked_worse_are_named_and_better_ones_are_not(found):
    worse = found.groups[0]._replace(auc=gain(0.5, 0.4, 0.6), auc_p=0.01)
    better = found.groups[1]._replace(auc=gain(0.9, 0.8, 0.95), auc_p=0.01)
    assert "channel “app” 50 (40 to 60)." in ranked_found([worse, better])
    assert "web" not in ranked_found([worse, better])
    assert ranked_found([each._replace(auc_p=None) for each in found.groups]).startswith("In no group")


def test_weights_are_told_whether_or_not_they_help(found):
    assert weighed_found(found.weighed).endswith("none are used.")
    assert weighed_found(found.weighed._replace(used=EVEN)).endswith(
        "the model should learn with each tenth by activity counting alike."
    )


def test_reasons_are_told_with_how_firm_they_are(found):
    said = reasons_found(found, used="logistic regression")
    assert "100" in said
    assert f"{found.stability.agreement.value:.2f}" in said
    assert "the same order as logistic regression" in said


def test_the_picture_of_groups_names_what_it_shows(found, publishing):
    told = of_groups(found, groups_tables(publishing, found.groups))
    assert all(told.values())
    assert "app" in told["alt"]
    assert told["title"] == "No group is misjudged beyond chance"
