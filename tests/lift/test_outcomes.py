from datetime import datetime
from decimal import Decimal

from helpers.datasets.tables.lift import LIFT_OUTCOMES
from helpers.lift import exposures, outcomes

NEXT_MONTH = datetime(2025, 2, 1)


def table(log, experiments, before=NEXT_MONTH):
    events = log.table()
    return outcomes(events, exposures(events, experiments, moment=before), experiments)


def values(log, experiments, before=NEXT_MONTH):
    rows = table(log, experiments, before).to_pyarrow().to_pylist()
    return {(row["experiment"], row["profile_id"], row["metric"]): row["value"] for row in rows}


def test_columns_are_those_of_the_declaration(log, experiment):
    schema = table(log.exposed("ann", "2", "mens"), [experiment()]).schema()
    declared = {column.name: column.dtype for column in LIFT_OUTCOMES.columns}
    assert {name: str(dtype) for name, dtype in schema.items()} == declared
    assert list(schema) == LIFT_OUTCOMES.column_names


def test_a_conversion_is_one_however_often_it_happened(log, experiment):
    log.exposed("ann", "2", "mens").visit("ann", "2").visit("ann", "3").visit("ann", "4")
    log.exposed("bob", "2", "mens")
    found = values(log, [experiment()])
    assert (found["email", "ann", "visit"], found["email", "bob", "visit"]) == (1, 0)


def test_a_window_holds_its_start_and_not_its_end(log, experiment):
    for person in ("early", "start", "last", "end"):
        log.exposed(person, "5 12:00", "mens")
    log.visit("early", "5 11:59").visit("start", "5 12:00").visit("last", "12 11:59").visit("end", "12 12:00")
    for person, when in {
        "early": "5 11:59",
        "start": "5 12:00",
        "last": "12 11:59",
        "end": "12 12:00",
    }.items():
        log.money(person, when, "10")
    found = values(log, [experiment()])
    assert [found["email", person, "visit"] for person in ("early", "start", "last", "end")] == [0, 1, 1, 0]
    assert [found["email", person, "spend"] for person in ("early", "start", "last", "end")] == [0, 10, 10, 0]


def test_revenue_is_that_of_orders_net_of_refunds(log, experiment):
    log.exposed("ann", "2", "mens").money("ann", "3", "29.99").money("ann", "4", "5.5").money("ann", "5", "-29.99")
    log.exposed("bob", "2", "none").money("bob", "3", "-4", "Order Refunded")
    log.add("ann", "3", "Product Added", "purchase")
    log.add("ann", "3", "Order Cancelled", "purchase", revenue=Decimal(1000))
    found = values(log, [experiment()])
    assert found["email", "ann", "spend"] == Decimal("5.5")
    assert found["email", "bob", "spend"] == -4


def test_a_conversion_that_carries_an_amount_is_no_revenue(log, experiment):
    metrics = [
        {"name": "cancels", "kind": "conversion", "event": "Order Cancelled"},
        {"name": "spend", "kind": "revenue"},
    ]
    log.exposed("ann", "2", "mens").money("ann", "3", "40", "Order Cancelled").money("ann", "3", "7")
    found = values(log, [experiment(metric=metrics)])
    assert (found["email", "ann", "cancels"], found["email", "ann", "spend"]) == (1, 7)


def test_only_complete_windows_of_one_declared_arm_are_there(log, experiment):
    log.exposed("in", "2", "mens").exposed("late", "30", "mens").exposed("unknown", "2", "womens")
    log.exposed("both", "2", "mens").exposed("both", "3", "none")
    assert {person for _, person, _ in values(log, [experiment()])} == {"in"}


def test_two_experiments_keep_their_metrics_apart(log, experiment):
    buyers = [{"name": "buys", "kind": "conversion", "event": "Order Completed"}]
    banner = experiment(name="banner", control="off", arms=["off", "on"], window_days=2, metric=buyers)
    log.exposed("ann", "2", "mens").exposed("ann", "4", "on", to="banner").money("ann", "3", "7")
    assert values(log, [experiment(), banner]) == {
        ("email", "ann", "visit"): 0,
        ("email", "ann", "spend"): 7,
        ("banner", "ann", "buys"): 0,
    }


def test_a_metric_may_share_its_name_with_a_column_of_events(log, experiment):
    metrics = [
        {"name": "revenue", "kind": "revenue"},
        {"name": "event", "kind": "conversion", "event": "Page Viewed"},
    ]
    log.exposed("ann", "2", "mens").money("ann", "3", "7").visit("ann", "3")
    assert values(log, [experiment(metric=metrics)]) == {
        ("email", "ann", "revenue"): 7,
        ("email", "ann", "event"): 1,
    }
