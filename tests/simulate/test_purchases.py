import numpy as np
import pandas as pd
import pytest

from helpers.simulate.clock import DAY, END, weekday
from helpers.simulate.people import alive, draw_people
from helpers.simulate.purchases import draw_orders


@pytest.fixture(scope="module")
def crowd() -> pd.DataFrame:
    return draw_people(1500, rng=np.random.default_rng(5))


@pytest.fixture(scope="module")
def orders(crowd) -> pd.DataFrame:
    return draw_orders(crowd, rng=np.random.default_rng(6))


def test_nobody_buys_before_joining_or_after_dropping_out(disk):
    people = disk.truth("customers").set_index("person_id")
    bought = disk.bought
    own = people.loc[bought["person_id"]]
    joined, dropped = own["joined_at"].to_numpy(), own["dropped_at"].to_numpy()
    at = bought["at"].to_numpy()
    assert (at >= joined).all()
    assert not (at >= dropped).any()  # NaT, where somebody stays, compares as false
    gone = people["dropped_at"].notna()
    assert 0.3 < gone.mean() < 0.8


def test_drawn_orders_are_within_lives(crowd, orders):
    assert alive(crowd, orders["person"].to_numpy(), orders["at"].to_numpy()).all()
    assert not orders.loc[orders["first"], "person"].duplicated().any()


def test_gaps_are_gamma_with_the_persons_rate_and_shape(crowd):
    same = crowd.assign(
        joined=0.0, dropped=END + DAY, purchase_rate=1 / 20, gap_shape=3.0, december_lift=1.0, p_web=1.0, p_app=0.0
    )
    gaps = draw_orders(same, rng=np.random.default_rng(1)).groupby("person")["at"].diff().dropna() / DAY
    gaps = gaps[gaps > 0]
    # Moves by up to three days add variance to each gap and leave the mean; censoring at the end shortens it a little.
    assert gaps.mean() == pytest.approx(20, rel=0.03)
    assert gaps.std() == pytest.approx(np.sqrt(20**2 / 3 + 2 * 4), rel=0.06)


def test_rates_differ_between_people_as_drawn(crowd):
    for archetype, mean_gap in (("regular", 31), ("occasional", 85)):
        rate = crowd.loc[crowd["archetype"] == archetype, "purchase_rate"]
        assert rate.mean() == pytest.approx(1 / mean_gap, rel=0.08)
        assert rate.std() / rate.mean() == pytest.approx(1 / np.sqrt(5), rel=0.15)  # gamma of shape 5


def test_christmas_lifts_orders(crowd):
    steady = crowd.assign(joined=0.0, dropped=END + DAY, december_lift=2.0)
    day = draw_orders(steady, rng=np.random.default_rng(2))["at"] // DAY
    season = ((day >= 334) & (day < 350)).sum() / 16  # in December 2024, away from its edges
    before = ((day >= 280) & (day < 320)).sum() / 40
    assert season / before == pytest.approx(2.0, rel=0.1)


def test_people_buy_at_their_weekday_and_hour(crowd, orders):
    later = orders[~orders["first"] & (orders["channel"] != "pos")]
    own = crowd.iloc[later["person"]]
    hit = weekday(later["at"].to_numpy()) == own["preferred_weekday"].to_numpy()
    assert hit.mean() == pytest.approx(4 / 10, abs=0.03)  # weight 4 of 10
    off = (later["at"].to_numpy() % DAY / 3600 - own["preferred_hour"].to_numpy() + 12) % 24 - 12
    assert np.median(np.abs(off)) < 1.4


def test_stores_are_closed_at_night_and_on_sundays(disk):
    in_store = disk.bought[disk.bought["sales_channel"] == "pos"]
    assert len(in_store) > 50
    hour = in_store["at"].dt.hour + in_store["at"].dt.minute / 60
    assert hour.between(9.5, 19.5).all()
    assert (in_store["at"].dt.day_of_week != 6).all()


def test_channels_follow_preference(crowd, orders):
    share = pd.crosstab(orders["person"], orders["channel"], normalize="index")
    own = crowd.loc[share.index]
    for channel in ("web", "app", "pos"):
        assert np.corrcoef(share[channel], own[f"p_{channel}"])[0, 1] > 0.8
    guests = crowd.index[crowd["guest"]]
    assert set(orders.loc[orders["person"].isin(guests), "channel"]) == {"web"}
