"""Orders, revenue and margin against a loop over people, and against Welch's t of scipy."""

from datetime import date, datetime
from decimal import Decimal

import ibis
import numpy as np
import pyarrow as pa
import pytest
from scipy import stats

from helpers.datasets.tables.lift import LIFT_RETURNS
from helpers.lift import exposures
from helpers.lift.returns import GOODS, Sums, added_up, as_frame, months_of, returns, sums_by_month
from helpers.lift.returns_words import (
    month_tables,
    months_table,
    return_sentence,
    return_sentences,
    untold,
    why_struck,
)
from helpers.statistics import Moments
from tests.lift.conftest import SCHEMA

MONTHS = {date(2025, 1, 1): datetime(2024, 12, 31, 23), date(2025, 2, 1): datetime(2025, 1, 31, 23)}
TEXTS = ("message_id", "order_id", "product_id")
MORE = pa.schema({name: SCHEMA.field(name).type for name in SCHEMA.names} | dict.fromkeys(TEXTS, pa.string())
                 | {"quantity": pa.int64()})  # fmt: skip
PRODUCTS = ibis.memtable(
    pa.table({"product_id": ["cup", "gift"], "cost": pa.array([Decimal(4), None], pa.decimal128(18, 4))})
)


def bought(log, person, when, amount, *, pieces=1, product="cup", order=None, event="Order Completed"):
    log.money(person, when, amount, event)
    log.rows[-1] |= {"order_id": order, "product_id": product, "quantity": pieces}


def summed(log, experiment, *, moment=datetime(2025, 3, 1), months=MONTHS):
    rows = [row | {"message_id": f"m{place}"} for place, row in enumerate(log.rows)]
    rows = [dict.fromkeys(MORE.names) | row for row in rows]
    events = ibis.memtable(pa.Table.from_pylist(rows, schema=MORE))
    return sums_by_month(events, exposures(events, [experiment], moment=moment), PRODUCTS, months=months)


def test_orders_are_counted_once_and_money_and_cost_line_by_line(log, experiment):
    log.exposed("ann", "2", "mens").exposed("bob", "2", "mens")
    bought(log, "ann", "3", "10", order="one")
    bought(log, "ann", "3", "20", pieces=2, order="one")
    bought(log, "ann", "4", "7", order=None)
    bought(log, "ann", "5", "-10", pieces=-1, order="one", event="Order Refunded")
    bought(log, "ann", "9 00:00", "99")  # the window is over
    found = summed(log, experiment())["email", "mens", date(2025, 1, 1)]
    assert (found.people, found.buyers, found.uncosted) == (2, 1, 0)
    assert found.moments == {
        "orders": Moments(2, 2.0, 4.0),
        "revenue": Moments(2, 27.0, 27.0**2),
        "margin": Moments(2, 15.0, 15.0**2),
    }


def test_money_given_back_without_a_piece_lowers_margin_by_itself(log, experiment):
    log.exposed("ann", "2", "mens")
    bought(log, "ann", "3", "10")
    bought(log, "ann", "4", "-3", pieces=None, product=None, event="Order Refunded")
    assert summed(log, experiment())["email", "mens", date(2025, 1, 1)].moments["margin"].total == 3


@pytest.mark.parametrize("unknown", [{"product": "gift"}, {"product": "never heard of"}, {"pieces": None}])
def test_margin_is_not_told_where_a_cost_is_not_known(log, experiment, unknown):
    for person, arm in (("ann", "mens"), ("bob", "mens"), ("cy", "none"), ("dee", "none")):
        log.exposed(person, "2", arm)
    bought(log, "cy", "3", "10", **unknown)
    found = {each.good: each for each in returns(summed(log, experiment()), [experiment()]) if each.month is None}
    assert found["margin"].incremental is None
    assert found["margin"].claimed is None
    assert found["margin"].reason == "no estimate: what some of the goods cost is not known"
    assert found["revenue"].incremental.value == -10


def test_who_is_not_read_yet_or_belongs_to_no_arm_brought_in_nothing(log, experiment):
    log.exposed("ann", "2", "mens").exposed("late", "20", "mens").exposed("two", "2", "mens").exposed(
        "two", "3", "none"
    )
    for person in ("ann", "late", "two"):
        bought(log, person, "21" if person == "late" else "4", "10")
    found = summed(log, experiment(), moment=datetime(2025, 1, 22))
    assert {place: sums.people for place, sums in found.items()} == {("email", "mens", date(2025, 1, 1)): 1}


def test_months_are_those_of_the_first_exposure_in_local_time(log, experiment):
    log.exposed("ann", "31 22:59", "mens").exposed("bob", "31 23:00", "mens")
    found = summed(log, experiment())
    assert {month: sums.people for (_, _, month), sums in found.items()} == {
        date(2025, 1, 1): 1,
        date(2025, 2, 1): 1,
    }


def test_months_reach_from_the_first_exposure_to_the_last(make_shop):
    shop = make_shop()
    moments = [datetime(2024, 11, 30, 23, 30), datetime(2025, 1, 31, 22, 59)]
    exposed = ibis.memtable(pa.table({"first_exposed_at": pa.array(moments, pa.timestamp("us"))}))
    found = months_of(shop, exposed)
    assert list(found) == [date(2024, 12, 1), date(2025, 1, 1)]
    assert found[date(2025, 1, 1)] == datetime(2024, 12, 31, 23)
    assert months_of(shop, exposed.limit(0)) == {}


def test_what_an_arm_brought_in_is_its_people_times_the_difference(experiment):
    rng = np.random.default_rng(1)
    arms = {"mens": rng.gamma(1.0, 10.0, 60), "none": rng.gamma(1.0, 7.0, 50)}
    months = (date(2025, 1, 1), date(2025, 2, 1))
    sums = {}
    for arm, values in arms.items():
        for month, part in zip(months, np.split(values, [30]), strict=True):
            moments = Moments(len(part), part.sum(), (part**2).sum())
            sums["email", arm, month] = Sums(len(part), len(part), 0, dict.fromkeys(GOODS, moments))
    found = {(each.good, each.month): each for each in returns(sums, [experiment()], level=0.9)}
    assert len(found) == 9
    for month, part in ((None, slice(None)), (months[0], slice(30)), (months[1], slice(30, None))):
        ours, theirs = arms["mens"][part], arms["none"][part]
        told = found["revenue", month]
        ends = stats.ttest_ind(ours, theirs, equal_var=False).confidence_interval(0.9)
        assert told.incremental.value == pytest.approx(len(ours) * (ours.mean() - theirs.mean()))
        assert told.incremental[1:3] == pytest.approx([len(ours) * ends.low, len(ours) * ends.high])
        assert told.claimed == pytest.approx(ours.sum())
    assert added_up(sums, "email", "mens", None).people == 60


def test_an_arm_that_nobody_is_in_has_no_estimate(log, experiment):
    log.exposed("ann", "2", "mens").exposed("bob", "2", "mens")
    told = returns(summed(log, experiment()), [experiment()])[0]
    assert (told.incremental, told.reason) == (None, "no estimate: too few people in an arm")


@pytest.fixture
def told(experiment):
    """An experiment of two months with few buyers in the second."""
    sums = {}
    for month, people, buyers in ((date(2025, 1, 1), 400, 80), (date(2025, 2, 1), 300, 5)):
        for arm, more in (("mens", 40), ("none", 0)):
            moments = Moments(people, float(buyers + more), float(2 * (buyers + more)))
            sums["email", arm, month] = Sums(people, buyers + more, 0, dict.fromkeys(GOODS, moments))
    return sums, returns(sums, [experiment()])


def test_the_naive_count_is_struck_through_and_says_why(told):
    sums, found = told
    assert return_sentence(sums, found, "orders", control="none", currency="EUR") == (
        "Orders from mens: +80 (+38 to +122, 19 in 20) beyond the control. ~~165~~ orders came after it."
    )
    margin = return_sentence(sums, found, "margin", control="none", currency="EUR")
    assert margin.endswith("~~€165.00~~ margin came after it.")
    assert why_struck(sums, found, control="none") == (
        "What is struck through counts everybody who ordered after it, also those who would have ordered anyway: "
        "23.6% of people in mens ordered, and so did 12.1% of the control, who did not get it."
    )
    few = {place: each._replace(buyers=2) for place, each in sums.items()}
    assert why_struck(few, found, control="none").endswith("also those who would have ordered anyway.")
    hidden = return_sentence(few, found, "orders", control="none", currency="EUR")
    assert hidden == "Orders from mens: not told, as fewer than 10 people of an arm ordered or did not."


def test_without_an_estimate_the_reason_is_said(told):
    gone = [each._replace(incremental=None, reason="no estimate: too few") for each in told[1]]
    assert (
        return_sentence(told[0], gone, "revenue", control="none", currency="EUR")
        == "Revenue from mens: no estimate: too few."
    )


def test_months_of_few_buyers_are_hidden_with_their_figures(told):
    sums, found = told
    shown = months_table(sums, found, control="none", currency="EUR")
    assert shown.frame["Month"].tolist() == ["2025-01", "2025-02"]
    assert shown.hidden["Ordered in the control"].tolist() == [True, True]
    assert shown.frame.loc[1, ["More orders", "All orders after it"]].isna().all()


def test_each_arm_has_its_sentences_and_its_table_once_the_end_has_come(told, experiment, log, night):
    log.exposed("a", "2", "none").exposed("b", "2", "mens")
    sums, found = told
    said = return_sentences(sums, found, experiment(), currency="EUR")
    assert [each.split(" from ")[0] for each in said] == ["Orders", "Revenue", "Margin", said[3]]
    assert said[3] == why_struck(sums, found, control="none")
    (table,) = month_tables(sums, found, experiment(), currency="EUR", level=0.95)
    assert table["published"].frame.equals(months_table(sums, found, control="none", currency="EUR").frame)
    assert "19 in 20" in table["notes"]
    assert untold(night(experiment(), [])) == ""
    assert untold(night(experiment(), [], over=False)) == "What email brought in is told at the planned end."
    sessions = night(experiment(), [])._replace(experiment=experiment(unit="session"))
    assert untold(sessions).endswith("told only where people were assigned one by one.")


def test_what_came_in_has_a_row_a_good_and_month(told):
    frame = as_frame(told[1])
    assert list(frame.columns) == LIFT_RETURNS.column_names
    assert frame["month"].tolist() == ["all", "2025-01", "2025-02"] * 3
    assert frame.loc[0, "value"] == pytest.approx(told[1][0].incremental.value)
    gone = as_frame([told[1][0]._replace(incremental=None, reason="no estimate: too few")])
    assert (gone["method"][0], gone["value"].isna()[0]) == ("no estimate: too few", True)
    assert as_frame([]).empty
