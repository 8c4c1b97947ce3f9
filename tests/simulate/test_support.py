import numpy as np
import pandas as pd
import pytest

from helpers.simulate.clock import DAY
from helpers.simulate.people import draw_people
from helpers.simulate.purchases import draw_orders
from helpers.simulate.support import draw_tickets, leave_after_support


@pytest.fixture(scope="module")
def story():
    people = draw_people(2000, rng=np.random.default_rng(0))
    orders = draw_orders(people, rng=np.random.default_rng(1))
    tickets = draw_tickets(orders, rng=np.random.default_rng(2))
    return people, *leave_after_support(people, orders, tickets)


def test_a_bad_case_makes_people_leave(story):
    _, people, _, tickets = story
    dropped = people["dropped"].to_numpy()[tickets["person"]]
    gone = (dropped - tickets["replied"]) < 60 * DAY
    share = gone.groupby(tickets["bad"]).mean()
    assert share[True] > 2 * share[False]


def test_leaving_takes_away_what_would_have_come_later(story):
    before, people, orders, tickets = story
    dropped = people["dropped"].to_numpy()
    assert (orders["at"].to_numpy() < dropped[orders["person"]]).all()
    assert (tickets["ordered"].to_numpy() < dropped[tickets["person"]]).all()
    assert (people["dropped"] <= before["dropped"]).all()
    earlier = people["dropped"] < before["dropped"]
    assert (people["left_after_support"] <= earlier).all()
    cause = tickets.groupby("person")["leaves"].min()
    assert people.loc[earlier, "dropped"].to_numpy() == pytest.approx(cause.loc[earlier[earlier].index].to_numpy())


def test_cases_run_in_order(disk):
    rows = disk.table("tickets.csv")
    rows["at"] = pd.to_datetime(rows["at"])
    cases = rows.pivot_table(index="ticket_id", columns="step", values="at", aggfunc="first")
    assert cases["opened"].notna().all()
    for earlier, later in (("opened", "replied"), ("replied", "resolved"), ("resolved", "reopened")):
        both = cases[cases[later].notna()]
        assert (both[earlier] < both[later]).all()
    assert set(rows.loc[rows["step"] == "resolved", "outcome"]) == {"solved", "unsolved"}
    assert set(rows.loc[rows["step"] != "resolved", "outcome"]) == {""}


def test_the_text_of_a_case_is_as_awkward_as_real_text(disk):
    bodies = disk.table("tickets.csv")["body"]
    assert bodies.str.contains("\n").any()
    assert bodies.str.contains('"').any()
    assert bodies.str.contains("@example").any()
