"""Every check beside the size of an experiment, from tables to its sentence."""

from datetime import date, datetime

import ibis
import pandas as pd
import pytest
from scipy.stats import chisquare

from helpers.lift import exposures, health, look_closer

MOMENT = datetime(2025, 2, 1)


def told(areas):
    frame = pd.DataFrame({"profile_id": areas.keys(), "name": "area", "value": areas.values()})
    return ibis.memtable(frame.assign(valid_from=datetime(2024, 1, 1)).astype({"valid_from": "datetime64[us]"}))


@pytest.fixture
def closer(log, write):
    """Checks of the log's experiment, in a shop where those of the e-mail had been busier before."""

    def look(declared, areas):
        shop = write(
            "daily",
            [
                {"profile_id": name, "day": date(2024, 12, 1), "acts": 6 if name.startswith("mens") else 1 + number % 2}
                for number, name in enumerate(areas)
            ],
        )
        shop.settings = shop.settings.model_copy(update={"experiments": [declared]})
        events, attributes = log.table(), told(areas)
        exposed = exposures(events, [declared], moment=MOMENT, attributes=attributes)
        (check,) = health(exposed, [declared])
        return {each.name: each for each in look_closer(shop, events, exposed, attributes, check)}

    return look


def test_every_check_is_made_from_the_tables(log, experiment, closer):
    areas = {}
    for arm in ("none", "mens"):
        for person in range(60):
            name = f"{arm}{person}"
            # everybody of the e-mail is from the north, and nobody came on the third day
            areas[name] = "north" if arm == "mens" or person < 10 else "south"
            log.exposed(name, "2" if person < 30 else "4", arm)
    log.exposed("both", "2", "none").exposed("both", "2", "mens").exposed("both2", "2", "none").exposed(
        "both2", "3", "mens"
    )
    found = closer(experiment(slices=["area"]), areas)
    assert {name: each.fine for name, each in found.items()} == {
        "srm_day_p": True, "mixed": False, "silent_days": False, "srm_slice_p": False, "missing_p": None,
        "balance": False,
    }  # fmt: skip
    assert (found["silent_days"].value, found["mixed"].n, found["missing_p"].n) == (1, 122, 120)
    assert "most where area is" in found["srm_slice_p"].sentence
    assert "acts" in found["balance"].sentence
    assert "before" in found["balance"].sentence


def test_a_slice_that_is_a_number_is_held_against_the_other_arm(log, experiment, closer):
    areas = {}
    for person in range(120):
        name = f"x{person}"
        areas[name] = "1" if person % 2 or person < 20 else "0"
        log.exposed(name, "2", ("none", "mens")[person % 2])
    assert "area in mens" in closer(experiment(slices=["area"]), areas)["balance"].sentence


def test_of_clusters_nothing_is_asked_by_person(log, experiment, closer):
    log.exposed("a", "2", "none").exposed("b", "2", "mens")
    found = closer(experiment(cluster="area"), {"a": "east", "b": "west"})
    assert set(found) == {"mixed", "silent_days"}


def test_an_arm_that_nobody_is_in_yet_counts_on_each_day(log, experiment, closer):
    areas = {f"mens{person}": "north" for person in range(60)}
    for name in areas:
        log.exposed(name, "2", "mens")
    found = closer(experiment(slices=["area"]), areas)
    assert (found["srm_day_p"].fine, found["srm_slice_p"].fine, found["balance"].fine) == (False, False, None)
    assert found["srm_day_p"].value == pytest.approx(chisquare([60, 0]).pvalue)


def test_days_and_slices_are_held_against_the_planned_shares(log, experiment, closer):
    areas = {f"{arm}{person}": "north" for arm, n in (("none", 90), ("mens", 30)) for person in range(n)}
    for name in areas:
        log.exposed(name, "2", name[:4])
    found = closer(experiment(slices=["area"], shares={"mens": 0.2, "none": 0.8}), areas)
    p = chisquare([90, 30], [96, 24]).pvalue
    assert (found["srm_day_p"].value, found["srm_slice_p"].value) == (pytest.approx(p), pytest.approx(p))
    assert found["srm_day_p"].fine
    assert not closer(experiment(slices=["area"]), areas)["srm_day_p"].fine


@pytest.mark.parametrize(
    ("days", "missing"),
    [
        (range(1, 28), 0),
        (range(1, 13), 30),
        ([*range(1, 11), 14], 30),
        ([*range(1, 12), 15], 0),
        ([1, 5, 9], None),
    ],
)
def test_outcomes_are_missing_where_the_goal_was_silent_for_longer_than_ever(log, experiment, closer, days, missing):
    areas = dict.fromkeys([f"x{person}" for person in range(120)], "north")
    for person, name in enumerate(areas):  # windows of a quarter end on the 19th, the others on the 12th
        log.exposed(name, "9" if person % 4 == 0 else "2", ("none", "mens")[person % 8 > 3])
    for day in days:
        log.visit("x1", str(day))
    found = closer(experiment(window_days=10), areas)["missing_p"]
    assert found.fine is {0: True, 30: False, None: None}[missing]
    assert ("(30 of 120)" in found.sentence) is (missing == 30)
