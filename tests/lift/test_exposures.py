from datetime import date, datetime, timedelta

from helpers.lift import exposures

NEXT_MONTH = datetime(2025, 2, 1)


def people(log, experiments, before=NEXT_MONTH):
    rows = exposures(log.table(), experiments, moment=before).to_pyarrow().to_pylist()
    return {(row["experiment"], row["profile_id"]): row for row in rows}


def statuses(log, experiments, before=NEXT_MONTH):
    return {person: row["status"] for (_, person), row in people(log, experiments, before).items()}


def test_the_first_exposure_opens_the_window(log, experiment):
    log.exposed("ann", "5", "mens").exposed("ann", "2 10:30", "mens").exposed("ann", "9", "mens")
    (row,) = people(log, [experiment()]).values()
    assert row["variation"] == "mens"
    assert row["first_exposed_at"] == datetime(2025, 1, 2, 10, 30)
    assert row["window_ends_at"] == datetime(2025, 1, 9, 10, 30)
    assert row["status"] == "complete"


def test_other_events_and_undeclared_experiments_expose_nobody(log, experiment):
    log.visit("ann", "2").exposed("bob", "2", "mens", to="banner")
    log.add("cat", "2", "Order Completed", experiment_id="email", variation_id="mens")
    assert people(log, [experiment()]) == {}


def test_whoever_saw_two_arms_is_in_neither_whichever_came_first(log, experiment):
    log.exposed("ann", "2", "mens").exposed("ann", "3", "none")
    log.exposed("bob", "2", "none").exposed("bob", "3", "mens")
    log.exposed("cat", "2", "none").exposed("cat", "3", "gone")
    log.exposed("dan", "2", "none").exposed("dan", "3", None)
    assert set(statuses(log, [experiment()]).values()) == {"two_arms"}


def test_an_arm_that_is_not_declared_is_set_apart(log, experiment):
    log.exposed("ann", "2", "womens").exposed("bob", "2", None).exposed("cat", "2", "mens")
    assert statuses(log, [experiment()]) == {"ann": "unknown_arm", "bob": "unknown_arm", "cat": "complete"}


def test_a_window_is_complete_when_it_ends_by_the_moment(log, experiment):
    log.exposed("ann", "2 12:00", "mens")
    end = datetime(2025, 1, 9, 12)
    assert statuses(log, [experiment()], before=end) == {"ann": "complete"}
    assert statuses(log, [experiment()], before=end - timedelta(microseconds=1)) == {"ann": "incomplete"}


def test_nothing_after_the_moment_is_known(log, experiment):
    log.exposed("ann", "2", "mens").exposed("ann", "12", "none").exposed("bob", "10", "mens")
    assert statuses(log, [experiment()], before=datetime(2025, 1, 10)) == {"ann": "complete"}


def test_each_experiment_has_its_own_arms_and_window(log, experiment):
    banner = experiment(name="banner", control="off", arms=["off", "on"], window_days=30)
    log.exposed("ann", "2", "mens").exposed("ann", "3", "on", to="banner").exposed("bob", "3", "mens", to="banner")
    rows = people(log, [experiment(), banner])
    assert {place: (row["variation"], row["status"]) for place, row in rows.items()} == {
        ("email", "ann"): ("mens", "complete"),
        ("banner", "ann"): ("on", "incomplete"),
        ("banner", "bob"): ("mens", "unknown_arm"),
    }
    assert rows["banner", "ann"]["window_ends_at"] == datetime(2025, 2, 2)


def test_who_comes_after_the_planned_day_is_late(log, experiment):
    log.exposed("ann", "4 23:59", "mens").exposed("bob", "5", "mens").exposed("cat", "5", "womens")
    found = statuses(log, [experiment(planned_end=date(2025, 1, 4))])
    assert found == {"ann": "complete", "bob": "late", "cat": "unknown_arm"}


def test_who_comes_after_the_planned_number_is_late_and_those_of_one_moment_go_together(log, experiment):
    # those in two arms or in none of them take nobody's place
    log.exposed("two", "2", "mens").exposed("two", "2 01:00", "none").exposed("gone", "2", "womens")
    log.exposed("ann", "3", "none").exposed("bob", "4", "mens").exposed("cat", "4", "none").exposed("dan", "5", "mens")
    banner = experiment(name="banner", planned_end=1)
    log.exposed("eve", "8", "none", to="banner").exposed("fay", "9", "mens", to="banner")
    found = statuses(log, [experiment(planned_end=2), banner])
    assert [found[name] for name in ("ann", "bob", "cat", "dan")] == ["complete", "complete", "complete", "late"]
    assert (found["two"], found["gone"], found["eve"], found["fay"]) == ("two_arms", "unknown_arm", "complete", "late")
