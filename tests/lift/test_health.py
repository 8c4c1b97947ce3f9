from datetime import datetime

import ibis
import pyarrow as pa
import pytest
from scipy import stats

from helpers.errors import NothingToDo
from helpers.lift import exposures, health, health_frame, require_readable, size_sentence
from helpers.lift.health import daily, sliced, sums_before


def checks(log, experiments):
    return health(exposures(log.table(), experiments, moment=datetime(2025, 2, 1)), experiments)


def test_everyone_exposed_is_counted_once(log, experiment):
    log.exposed("a", "2", "mens").exposed("b", "3", "mens").exposed("c", "30", "mens").exposed("d", "2", "none")
    log.exposed("e", "2", "mens").exposed("e", "3", "none")
    log.exposed("f", "2", "none").exposed("f", "3", "gone")
    log.exposed("g", "2", "gone").exposed("h", "2", None)
    (check,) = checks(log, [experiment()])
    assert check.exposed == {"none": 1, "mens": 3}
    assert check.incomplete == {"none": 0, "mens": 1}
    assert (check.two_arms, check.unknown_arm) == (2, 2)


def test_arms_are_compared_with_equal_shares_before_windows_are_judged(log, experiment):
    for person in range(40):
        log.exposed(f"p{person}", "30", "mens" if person < 30 else "none")
    (check,) = checks(log, [experiment()])
    assert check.ratio.p == pytest.approx(stats.chisquare([30, 10]).pvalue)
    assert check.readable == (check.ratio.p >= 0.001)
    assert not check.blocked


def test_arms_are_compared_with_the_planned_shares(log, experiment):
    for person in range(200):
        log.exposed(f"p{person}", "2", "mens" if person % 10 < 3 else "none")
    (even,), (planned,) = (checks(log, [experiment(**plan)]) for plan in ({}, {"shares": {"mens": 0.25, "none": 0.75}}))
    assert planned.ratio.p == pytest.approx(stats.chisquare([140, 60], [150, 50]).pvalue)
    assert planned.ratio.expected == {"none": 150, "mens": 50}
    assert (even.readable, planned.readable) == (False, True)


def test_a_declared_arm_that_nobody_is_in_counts(log, experiment):
    for person in range(30):
        log.exposed(f"p{person}", "2", ("none", "mens")[person % 2])
    (check,) = checks(log, [experiment(arms=["none", "mens", "womens"])])
    assert check.exposed["womens"] == 0
    assert check.ratio.p == pytest.approx(stats.chisquare([15, 15, 0]).pvalue)
    assert not check.readable
    assert check.blocked == (
        "its arms are not as large as planned, and chance alone brings them so far from plan 0.06% of the time"
    )


def test_of_clusters_their_number_is_compared_and_not_how_large_they_are(log, experiment):
    cities = {}
    for city in range(20):
        for person in range(60 if city in (1, 3, 5) else 3):
            log.exposed(f"{city}-{person}", f"{2 + person % 3}", ("none", "mens")[city % 2])
            cities[f"{city}-{person}"] = f"city{city}"
    rows = [
        {"profile_id": who, "name": "city", "value": city, "valid_from": datetime(2025, 1, 1)}
        for who, city in cities.items()
    ]
    known = ibis.memtable(pa.Table.from_pylist(rows))
    declared = experiment(cluster="city")
    exposed = exposures(log.table(), [declared], moment=datetime(2025, 2, 1), attributes=known)
    (check,) = health(exposed, [declared])
    assert check.exposed == {"none": 30, "mens": 201}
    assert check.sizes == check.clusters == {"none": 10, "mens": 10}
    assert check.ratio.p == 1
    assert size_sentence(check).startswith("email: 20 clusters were exposed to one arm, and the arms are as large")
    frame = health_frame(check)
    assert frame.columns.tolist() == ["Arm", "Exposed", "Clusters", "Clusters by plan", "Window still open", "Read"]
    assert frame.iloc[1].tolist() == ["mens", 201, 10, 10.0, 0, 201]


def test_sessions_are_not_called_people(log, experiment):
    for session in range(24):
        log.exposed(f"p{session % 5}", f"{2 + session % 5}", ("none", "mens")[session % 2], session_id=str(session))
    (check,) = checks(log, [experiment(unit="session")])
    assert size_sentence(check).startswith("email: 24 sessions were exposed to one arm")


def test_experiments_are_checked_apart_and_in_their_order(log, experiment):
    banner = experiment(name="banner", control="off", arms=["off", "on"])
    log.exposed("a", "2", "mens").exposed("a", "2", "on", to="banner").exposed("b", "2", "off", to="banner")
    first, second = checks(log, [banner, experiment()])
    assert (first.experiment, first.exposed) == ("banner", {"off": 1, "on": 1})
    assert (second.experiment, second.exposed) == ("email", {"none": 0, "mens": 1})


def test_nobody_exposed_is_nothing_to_do(log, experiment):
    log.visit("a", "2").exposed("b", "2", "gone")
    found = checks(log, [experiment()])
    assert found[0].ratio is None
    assert found[0].blocked == "nobody is in it"
    assert not found[0].readable
    with pytest.raises(NothingToDo, match="Nobody was exposed to an arm of `email`"):
        require_readable(found)


def test_only_open_windows_are_nothing_to_do_yet(log, experiment):
    log.exposed("a", "30", "mens").exposed("b", "31", "none")
    with pytest.raises(NothingToDo, match="Fewer than 10 people were exposed in `email`"):
        require_readable(checks(log, [experiment()]))
    require_readable(checks(log.exposed("c", "2", "none"), [experiment()]))


def test_people_are_counted_by_day_and_arm_without_those_set_apart(log, experiment):
    log.exposed("a", "2 23:30", "mens").exposed("a", "4", "mens").exposed("b", "2", "mens").exposed("c", "3", "none")
    log.exposed("d", "2", "mens").exposed("d", "3", "none").exposed("e", "30", "none").exposed("f", "2", "gone")
    exposed = exposures(log.table(), [experiment()], moment=datetime(2025, 2, 1))
    found = daily(exposed, experiment())
    rows = [(f"{row.day:%d}", row.arm, row.people) for row in found.itertuples()]
    assert rows == [("02", "mens", 2), ("03", "none", 1), ("30", "none", 1)]


def test_slices_and_sums_are_of_people_in_one_arm(log, experiment):
    log.exposed("a", "2", "mens").exposed("b", "2", "mens").exposed("c", "3", "none").exposed("e", "3", "none")
    log.exposed("d", "2", "mens").exposed("d", "3", "none")
    exposed = exposures(log.table(), [experiment()], moment=datetime(2025, 2, 1))
    schema = pa.schema({"profile_id": pa.string(), "device": pa.string()})
    rows = [
        {"profile_id": who, "device": device} for who, device in zip("abcd", ("app", "app", None, "app"), strict=True)
    ]
    found = sliced(exposed, experiment(), ibis.memtable(pa.Table.from_pylist(rows, schema=schema)))
    assert found.to_numpy().tolist() == [["device", "app", "mens", 2], ["device", "unknown", "none", 1]]

    schema = pa.schema({"profile_id": pa.string(), "spend": pa.float64(), "visits": pa.int64()})
    rows = [
        {"profile_id": who, "spend": spend, "visits": visits}
        for who, spend, visits in zip("abcd", (2.5, 4.0, None, 9.0), (1, 2, 3, 9), strict=True)
    ]
    found = sums_before(exposed, experiment(), ibis.memtable(pa.Table.from_pylist(rows, schema=schema)))
    assert found == {
        ("spend", "mens"): (2, 6.5, 22.25),
        ("visits", "mens"): (2, 3.0, 5.0),
        ("visits", "none"): (1, 3.0, 9.0),
    }
