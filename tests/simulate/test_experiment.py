from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from helpers.simulate.experiment import draw_exposures, draw_extra_orders, planted_effect, potential_outcomes
from helpers.simulate.people import draw_people
from helpers.simulate.world import draw_world


@pytest.fixture(scope="module")
def exposed(disk) -> pd.DataFrame:
    """What the raw files say: arm, first exposure, conversion and spend in the 14 days after it."""
    rows = disk.table("exposures.csv")
    rows["person_id"] = [disk.person(row) for row in rows.itertuples()]
    rows["at"] = pd.to_datetime(rows["exposed_at"])
    first = rows.sort_values("at").drop_duplicates("person_id").set_index("person_id")
    orders = disk.orders[disk.orders["person_id"].isin(first.index)]
    start = _utc(first.loc[orders["person_id"], "at"])
    since = _utc(orders["at"]).to_numpy() - start.to_numpy()
    within = orders[(since >= np.timedelta64(0, "s")) & (since < np.timedelta64(14, "D"))]
    converted = within.loc[within["status"] == "completed", "person_id"].unique()
    spend = within.groupby("person_id")["net"].sum().reindex(first.index, fill_value=0.0)
    return first.assign(orders=first.index.isin(converted).astype(int), spend=spend)


def _utc(wall: pd.Series) -> pd.Series:
    zoned = wall.dt.tz_localize(ZoneInfo("Europe/Berlin"), ambiguous=np.ones(len(wall), dtype=bool))
    return zoned.dt.tz_convert("UTC").dt.tz_localize(None)


def test_the_raw_files_show_the_potential_outcomes_of_the_arm_that_was_met(disk, exposed):
    truth = disk.truth("experiment_people").set_index("person_id").loc[exposed.index]
    assert len(truth) == len(disk.truth("experiment_people"))
    assert (truth["arm"] == exposed["variation"]).all()
    treated = (truth["arm"] == "treatment").to_numpy()
    for metric in ("orders", "spend"):
        own = np.where(treated, truth[f"{metric}_treatment"], truth[f"{metric}_control"])
        assert exposed[metric].to_numpy() == pytest.approx(own)


def test_the_effect_in_the_raw_files_is_within_sampling_error_of_the_truth(disk, exposed):
    truth = disk.truth("planted_effect").set_index("metric")["effect"]
    arms = exposed.groupby("variation")
    for metric, column in (("conversion", "orders"), ("spend", "spend")):
        mean, variance = arms[column].mean(), arms[column].var() / arms.size()
        difference = mean["treatment"] - mean["control"]
        assert abs(difference - truth[metric]) < 4 * np.sqrt(variance.sum())


def test_a_shop_of_full_size_shows_a_clear_effect():
    significant = 0
    for seed in (7, 8, 9):
        outcomes = draw_world(2000, seed=seed).exposures
        assert 1000 < len(outcomes) < 1400
        treated = outcomes["treated"]
        assert abs(treated.mean() - 0.5) < 0.06
        seen = outcomes["orders_treatment"].where(treated, outcomes["orders_control"]).groupby(treated)
        error = np.sqrt((seen.var() / seen.size()).sum())
        significant += seen.mean()[True] - seen.mean()[False] > 1.96 * error
        effect = planted_effect(outcomes).set_index("metric")
        assert effect.loc["conversion", "effect"] == pytest.approx(0.083, abs=0.02)
        assert effect.loc["conversion", "control_level"] == pytest.approx(0.17, abs=0.04)
    assert significant >= 2


def test_the_offer_only_ever_adds():
    people = draw_people(2000, rng=np.random.default_rng(0))
    exposures = draw_exposures(people, rng=np.random.default_rng(1))
    extra = draw_extra_orders(people, exposures, rng=np.random.default_rng(2))
    lines = extra.assign(extra=True, refund=False, net=1000)
    outcomes = potential_outcomes(exposures, lines)
    assert (outcomes["orders_control"] == 0).all()
    assert outcomes["orders_treatment"].sum() == len(extra)
    assert outcomes["spend_treatment"].sum() == pytest.approx(10.0 * len(extra))
    assert not extra["person"].duplicated().any()


def test_arms_are_assigned_without_regard_to_people(disk):
    people = disk.truth("customers")
    rates = people[people["arm"] != ""].groupby("arm")["purchase_rate"]
    difference = rates.mean()["treatment"] - rates.mean()["control"]
    assert abs(difference) < 4 * np.sqrt((rates.var() / rates.size()).sum())
