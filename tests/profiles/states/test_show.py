"""What a page shows of states: flows that add up and give no small group away, sentences, results."""

from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from helpers.profiles import states
from helpers.profiles.states.show import LABELS
from helpers.reporting import Record
from helpers.reporting.flows import ALL
from tests.profiles.states.test_build import live, told  # noqa: F401 - a fixture


@pytest.fixture
def shop(told, log):  # noqa: F811
    live(log, people=60)
    log.order("2025-06-25T11:00", 40, user_id="u1")
    return told()


@pytest.fixture
def month(shop):
    return states.month(shop)


def test_the_month_before_is_a_calendar_month(month):
    assert (month.then, month.now) == (date(2025, 6, 1), date(2025, 7, 1))
    assert month.states.sum() == 60
    assert month.changes > 0


def test_what_is_shown_adds_up_and_hides_small_groups(month):
    table = month.flows.frame.set_index("A month before")
    cells = table.drop(index=ALL, columns=ALL)
    assert cells.isna().to_numpy().any()
    shown = cells.to_numpy(dtype=float)
    assert not ((shown > 0) & (shown < 10)).any()
    assert table.loc[ALL, ALL] == 60
    whole = table.loc[ALL].drop(ALL).astype("float64")
    assert (
        whole[whole.notna()].to_dict().items()
        <= {LABELS[state]: people for state, people in month.states.items()}.items()
    )


def test_earlier_months_are_told_where_they_are_known(month):
    assert set(month.moved) == {"now", "month_before"}
    for moved in month.moved.values():
        assert moved.balance.after == moved.balance.expected
        assert moved.at_risk_revenue is None


def test_sentences_hold_the_figures_that_may_be_told(month):
    own = {"before": 420, "new": 30, "resurrecting": 40, "opted_in": 0, "went_dormant": 50, "opted_out": 0}
    own |= {"after": 440}
    plain = month._replace(told={"now": own})
    assert states.title(plain) == "440 people are active, 420 were: 50 fell silent, 40 came back"
    said = states.balanced(plain)
    assert "420 people were active on 1 June 2025" in said
    assert "that makes 440 on 1 July 2025" in said
    assert "some came back" in states.title(month._replace(told={"now": own | {"resurrecting": None}}))


def test_who_agreed_belongs_to_the_sum(month):
    own = {"before": 420, "new": 30, "resurrecting": 40, "opted_in": 20, "went_dormant": 50, "opted_out": 0}
    balance = month.moved["now"].balance._replace(opted_in=20)
    consented = month._replace(
        told={"now": own | {"after": 460}}, moved={"now": month.moved["now"]._replace(balance=balance)}
    )
    said = states.balanced(consented)
    assert "40 came back after a long silence, 20 have agreed to be profiled" in said
    assert said.index("20 have agreed") < said.index("that makes 460")


@pytest.mark.parametrize("silent", [4, 12])
def test_what_few_people_brought_is_not_told(told, log, silent):  # noqa: F811
    begins, as_of, brought = datetime(2024, 3, 1, 11), date(2025, 5, 24), 0
    for who in range(60):
        for place in range(who % 10, 430 if who < silent else 449, 10):
            when = begins + timedelta(days=place)
            log.order(when, 10, user_id=f"u{who}")
            brought += 10 * (who < silent and when.date() >= date(2024, 5, 24))
    month = states.month(told(as_of))
    assert month.states["at_risk"] == silent
    assert month.moved["now"].at_risk_revenue == (None if silent < 10 else brought)


def test_no_number_of_a_balance_gives_a_small_one_away(month):
    shown, true = month.told["month_before"], month.moved["month_before"].balance._asdict()
    assert 0 < true["resurrecting"] < 10
    assert shown["resurrecting"] is None
    hidden = [flow for flow, n in shown.items() if n is None]
    assert len(hidden) > 1
    assert all(shown[flow] == n for flow, n in true.items() if flow not in hidden)


def test_the_largest_moves_are_those_of_the_table(month):
    frame = pd.DataFrame({"A month before": [ALL, "Engaged", "Not seen yet"], ALL: [60, 40, 20],
                          "Engaged": [35, 25, 10], "At risk": [25, 15, 10]})  # fmt: skip
    flows = type(month.flows)(frame=frame, hidden=frame.isna())
    assert states.largest(month._replace(flows=flows)) == "The most people went from engaged to at risk 15."


def test_the_picture_has_a_band_for_each_flow_that_is_shown(month):
    ax = states.plot_flows(month.flows.frame, ax=plt.figure().subplots())
    cells = month.flows.frame.set_index("A month before").drop(index=ALL, columns=ALL).astype("float64")
    assert len(ax.collections) == (np.nan_to_num(cells.to_numpy()) > 0).sum()
    labels = [text.get_text() for text in ax.texts]
    assert len(labels) == cells.shape[0] + cells.shape[1]
    plt.close("all")


def test_results_are_those_that_the_page_shows(shop, month):
    record = Record(shop, "profiles")
    states.add_results(record, month, currency="EUR")
    found = {entry["key"]: entry["value"] for entry in record.entries}
    assert found["states.churned"] == month.states.get("churned", 0)
    assert found["states.transitions"] == month.changes
    assert "states.month_before.resurrecting" not in found
    shown = month.flows.frame.set_index("A month before").loc[ALL]
    for state, label in LABELS.items():
        if label in shown:
            assert found.get(f"states.{state}") == (None if pd.isna(shown[label]) else shown[label])


def test_each_state_is_explained_in_the_order_in_which_it_is_tested():
    assert states.meanings().frame["State"].tolist()[:3] == ["Not profiled", "New", "Returned"]
