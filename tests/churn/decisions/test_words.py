from __future__ import annotations

import re

import pytest

from helpers.churn.decisions.assumed_words import NOT_KNOWN, assumptions
from helpers.churn.decisions.money import Contact
from helpers.churn.decisions.money_words import alone, headline, of_curve, saved
from helpers.churn.decisions.words import groups_found, of_groups, ranked_found, reasons_found, weighed_found
from helpers.churn.weighing import EVEN
from helpers.reporting.form import FORBIDDEN
from helpers.statistics import Estimate

DEAR, FREE, PAYS = Contact(5.0, 20.0, 0.2), Contact(0.0, 20.0, 0.2), Contact(2.0, 20.0, 0.2)
AMOUNT = re.compile(r"[€£]\d|\bEUR\b")


def sentences(found):
    return [
        reasons_found(found, used="logistic regression"),
        groups_found(found),
        ranked_found(found.groups),
        weighed_found(found.weighed),
        *assumptions(found, "EUR"),
        headline(found, "EUR"),
        *(of_money(found) if found.money else []),
    ]


def of_money(found):
    curve = of_curve(found.money, "EUR", among="customers")
    table = curve.pop("data").frame.select_dtypes(exclude="number")
    return [saved(found.money, "EUR"), alone(found), *curve.values(), *table.stack().dropna()]


@pytest.mark.parametrize("contact", [PAYS, DEAR, FREE, Contact(1.0, 0.0, 0.1)])
@pytest.mark.parametrize("may", [2_000, 1_995, 1_000, 5, 0])
def test_pages_speak_no_words_of_the_trade_and_no_nonsense(decided, contact, may):
    text = " ".join(sentences(decided(contact, may=may)))
    assert not re.search(rf"\b({'|'.join(FORBIDDEN)})\b", text)
    assert not re.search(r"\b(nan|inf|None|plain)\b", text)


def test_money_says_first_that_it_is_assumed(found):
    said, _ = assumptions(found, "EUR")
    assert said.startswith("Assumed, not measured: a contact costs €2.00")
    assert "worth €20.00, as it was given" in said
    assert "a guess until an experiment tells it" in said
    worth = Estimate(20.0, 15.0, 25.0, 0.95, 1_234, "made up")
    measured = found._replace(assumed=found.assumed._replace(worth=worth))
    assert (
        "worth €20.00 (€15.00 to €25.00, 19 in 20), the mean revenue, in 90 days, of 1,234 customers who"
        in (assumptions(measured, "EUR")[0])
    )


def test_a_contact_that_never_pays_and_one_that_costs_nothing_are_called_so(decided, found):
    assert "from a probability of 50 of 100 on" in assumptions(found, "EUR")[1]
    assert assumptions(decided(DEAR), "EUR")[1].startswith("A contact costs more than it can bring back")
    assert headline(decided(DEAR), "EUR").endswith("contact nobody.")
    assert assumptions(decided(FREE), "EUR")[1].startswith("A contact costs nothing")
    assert headline(decided(FREE), "EUR").endswith("may be contacted.")


def test_where_the_value_is_not_known_there_is_no_verdict_and_no_amount(decided):
    unknown = decided(Contact(1.0, 0.0, 0.1))
    for label, why in (("no_order", "their orders have no amounts"), ("no_event", "an act has no amount")):
        found = unknown._replace(cutoffs=unknown.cutoffs._replace(label_of=label))
        (said,) = assumptions(found, "EUR")
        assert said.startswith(NOT_KNOWN)
        assert why in said
        assert headline(found, "EUR") == NOT_KNOWN
        assert not AMOUNT.search(said)


@pytest.mark.parametrize(("may", "who"), [(0, "nobody may be written to"), (5, "fewer than 10 customers may be")])
def test_where_nobody_may_be_written_to_the_headline_names_no_amount(decided, may, who):
    found = decided(PAYS, may=may)
    assert who in headline(found, "EUR")
    assert not AMOUNT.search(headline(found, "EUR"))
    assert "all amounts are as if all might be" in assumptions(found, "EUR")[1]
    assert "would save" in saved(found.money, "EUR")
    assert "If all might be written to" in of_curve(found.money, "EUR", among="customers")["title"]


def test_savings_are_told_of_those_who_may_be_written_to(decided):
    found = decided(PAYS, may=1_000)
    assert found.money.savings.per_1000["everybody"].n == 1_000
    assert "50.0% (1,000 of 2,000) customers judged" in assumptions(found, "EUR")[1]
    assert headline(found, "EUR").startswith("If, as is assumed, a contact costs €")
    assert "who may be written to" in headline(found, "EUR")
    assert of_curve(found.money, "EUR", among="customers")["subtitle"].endswith("customers who may be written to")


def test_a_list_of_a_few_has_no_amount(decided):
    found = decided(PAYS)
    few = found.money._replace(
        savings=found.money.savings._replace(listed=found.money.savings.listed | {"threshold": 3})
    )
    assert "fewer than 10 customers" in headline(found._replace(money=few), "EUR")
    assert not AMOUNT.search(headline(found._replace(money=few), "EUR") + saved(few, "EUR"))
    told = of_curve(few, "EUR", among="customers")
    rows = told["data"].frame
    assert not AMOUNT.search(told["title"])
    assert rows["The threshold saves more by"].isna().all()
    assert rows["Saved for 1,000 customers"].isna().tolist() == [True, False, False, True, False]


@pytest.mark.parametrize("label", ["no_order", "no_event"])
def test_words_hold_for_either_label_and_under_a_gap(decided, panel, label):
    found = decided(PAYS)
    later = found._replace(cutoffs=panel.cutoffs._replace(label_of=label, gap_days=7, horizon_days=60))
    text = " ".join(each for each in sentences(later) if isinstance(each, str))
    assert not re.search(r"(not|would|expected to) order|no order", text)
    assert "In the 60 days after the next 7 days about" in text
    assert "In the next 90 days about" in alone(found)


def gain(value, lo, hi):
    return Estimate(value, lo, hi, 0.95, 500, "made up")


def test_savings_are_told_with_their_direction(found):
    gains = {"everybody": gain(100, 50, 150), "recency": gain(-40, -60, -20), "half": gain(1, -5, 7)}
    said = saved(found.money._replace(savings=found.money.savings._replace(gains=gains)), "EUR")
    assert "€100 (€50 to €150) more than contacting everybody" in said
    assert "€40 (€20 to €60) less than contacting as many by the recency rule" in said
    assert "no more and no less, beyond chance (+€1 (−€5 to +€7)), than contacting from 50 of 100 on" in said


def test_today_counts_whom_to_contact_and_whom_to_leave_alone(found):
    today = found.money.today
    said = alone(found)
    assert f"a contact would pay for {100 * today.contacted / 2_000:.1f}% ({today.contacted:,} of 2,000)" in said
    assert f"({today.alone:,} of {today.contacted + today.alone:,}) are left alone" in said
    assert f"({today.reachable:,} of {today.contacted:,}) may be written to" in said
    assert f"({round(today.alone_would_return):,} of {today.alone:,}) of the others" in said

    def with_today(**changed):
        return found._replace(money=found.money._replace(today=today._replace(**changed)))

    assert "fewer than 10 of" in alone(with_today(contacted=5, reachable=3, contacted_would_return=2.0))
    assert "Of the first, nobody may be written to." in alone(with_today(reachable=0))
    assert "nobody may be written to" in headline(with_today(reachable=0), "EUR")
    assert alone(with_today(contacted=0, alone=0)) == "Nobody is to be looked at today."


def test_where_nobody_is_contacted_that_is_what_is_told(decided):
    said = alone(decided(DEAR))
    assert said.startswith("Today all 2,000 would be left alone; in the next 90 days about ")
    assert saved(decided(DEAR).money, "EUR").startswith(
        "On the later customers, contacting everybody would have lost €"
    )


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
    worse = found.groups[0]._replace(auc=gain(0.5, 0.4, 0.6), auc_gap=-0.2, auc_p=0.01)
    better = found.groups[1]._replace(auc=gain(0.4, 0.3, 0.5), auc_gap=0.2, auc_p=0.01)
    assert "channel “app” 50 (40 to 60)." in ranked_found([worse, better])
    assert "web" not in ranked_found([worse, better])
    assert ranked_found([each._replace(auc_p=None) for each in found.groups]).startswith("In no other group")


def test_weights_are_told_whether_or_not_they_help(found):
    assert weighed_found(found.weighed).endswith("none are used.")
    used = found.weighed._replace(chosen=found.weighed.chosen._replace(used=EVEN))
    assert weighed_found(used).endswith(
        "Weights are used: every way that learns does so with each tenth by activity counting alike."
    )


def test_reasons_are_told_with_how_firm_they_are(found):
    said = reasons_found(found, used="logistic regression")
    assert "100" in said
    assert f"{found.stability.agreement.value:.2f}" in said
    assert "the same order as logistic regression" in said


def test_the_picture_of_groups_names_what_it_shows(found):
    told = of_groups(found)
    assert all(told.values())
    assert "app" in told["alt"]
    assert told["title"] == "No group is off by more than everybody, beyond chance"
