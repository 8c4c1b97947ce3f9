from collections import defaultdict

import numpy as np
import pandas as pd
import pytest

from helpers.simulate.clock import DAY, END
from helpers.simulate.people import draw_people
from helpers.simulate.sessions import background_visits


@pytest.fixture(scope="module")
def calls(disk) -> pd.DataFrame:
    rows = [
        {
            "source": source,
            "event": call["event"],
            "device": call["anonymousId"],
            "user": call.get("userId", ""),
            "at": pd.Timestamp(call["timestamp"]),
            "order_id": call["properties"].get("order_id", ""),
            "email": call["properties"].get("email", ""),
            "agent": call["context"]["userAgent"],
            "test": call["properties"].get("test", False),
        }
        for source in ("web", "app")
        for call in disk.calls(source)
    ]
    return pd.DataFrame(rows)


def test_a_log_in_links_a_device_to_its_owner_and_to_nobody_else(disk, calls):
    known = calls[calls["user"] != ""].drop_duplicates(["device", "user"])
    for row in known.itertuples():
        assert disk.owner["anonymous_id", row.device] == disk.owner["user_id", row.user]
    devices = defaultdict(set)
    for row in known.itertuples():
        devices[row.user].add(row.device)
    counts = [len(own) for own in devices.values()]
    assert set(counts) <= {1, 2, 3}
    assert max(counts) > 1


def test_the_user_id_is_there_from_the_log_in_on_and_never_before_registration(disk, world, calls):
    registered = disk.table("customers.csv").query("change == 'registered'").set_index("customer_id")["changed_at"]
    since = pd.to_datetime(registered).dt.tz_localize("Europe/Berlin", nonexistent="shift_forward", ambiguous=False)
    known = calls[calls["user"] != ""]
    assert (known["at"].to_numpy() >= since.dt.tz_convert("UTC").loc[known["user"]].to_numpy()).all()

    own = calls.sort_values("at", kind="stable")
    before = own.groupby("device")["user"].shift(fill_value="")
    signs_in = own["event"] == "Signed In"
    assert (own.loc[signs_in, "user"] != "").all()
    assert (before[signs_in] == "").mean() > 0.9  # visits on one device may overlap

    never = world.names.loc[~world.names["second_logs_in"], "device_second"]
    assert (calls.loc[calls["device"].isin(set(never)), "user"] == "").all()


def test_some_traffic_stays_anonymous(disk, calls):
    people = set(disk.truth("identifiers").query("type == 'anonymous_id'")["identifier"])
    strays = disk.truth("traffic").set_index("anonymous_id")["kind"]
    assert set(calls["device"]) <= people | set(strays.index)
    assert not people & set(strays.index)
    assert (calls.loc[calls["device"].isin(strays.index), "user"] == "").all()
    unknown = calls[calls["device"].isin(people) & (calls["user"] == "")]
    assert 0.1 < len(unknown) / len(calls) < 0.7


def test_crawlers_and_tests_can_be_told(disk, calls):
    strays = disk.truth("traffic").set_index("anonymous_id")["kind"]
    kind = calls["device"].map(strays).fillna("person")
    assert set(kind[calls["agent"].str.contains("Bot")]) == {"bot"}
    assert set(kind[calls["test"]]) == {"test"}
    assert (calls.loc[kind == "test", "test"]).all()
    assert 0 < (kind == "bot").mean() < 0.05


def test_the_app_is_used_on_app_devices_only(disk, calls):
    by_source = calls.groupby("source")["device"].agg(set)
    assert not by_source["app"] & by_source["web"]
    assert set(calls.loc[calls["event"] == "Application Opened", "source"]) == {"app"}


def test_a_checkout_comes_right_before_its_order_and_guests_type_their_address(disk, calls):
    orders = disk.bought.drop_duplicates("order_id").set_index("order_id")
    online = orders[orders["sales_channel"] != "pos"]
    checkouts = calls[(calls["event"] == "Checkout Started") & (calls["order_id"] != "")].set_index("order_id")
    assert set(checkouts.index) == set(online.index)
    placed = online["at"].dt.tz_localize("Europe/Berlin", ambiguous=np.ones(len(online), dtype=bool))
    wait = (placed - checkouts["at"]).dt.total_seconds()
    assert wait.between(0, 180).all()
    guests = online[online["customer_id"] == ""]
    assert len(guests) > 50
    typed = checkouts.loc[guests.index, "email"]
    assert (typed == guests["email"].str.strip().str.lower()).all()
    assert (checkouts.loc[online.index[online["customer_id"] != ""], "user"] != "").all()


def test_visits_come_before_orders_and_fade_before_drop_out(world):
    visits = world.sessions[(world.sessions["person"] >= 0) & (world.sessions["order"] < 0)]
    dropped, joined = world.people["dropped"], world.people["joined"]
    long = world.people.index[(dropped < END) & (dropped - joined > 240 * DAY)]
    visits = visits[visits["person"].isin(long)]
    before = (dropped.loc[visits["person"]].to_numpy() - visits["at"].to_numpy()) / DAY
    last_month = ((before > 0) & (before <= 30)).sum() / 30
    earlier = ((before > 120) & (before <= 240)).sum() / 120
    after = (before < -5).sum() / ((END - dropped.loc[long]) / DAY - 5).clip(lower=0).mean()
    assert last_month < 0.65 * earlier
    assert after < 0.35 * earlier


def test_visits_cluster_ahead_of_purchases(world):
    visits = world.sessions[(world.sessions["person"] >= 0) & (world.sessions["order"] < 0)]
    orders = world.lines[~world.lines["refund"]].drop_duplicates("order")
    pairs = orders[["person", "at"]].merge(visits[["person", "at"]], on="person", suffixes=("", "_visit"))
    ahead = (pairs["at"] - pairs["at_visit"]) / DAY
    assert ahead.between(0, 4).sum() / 4 > 3 * ahead.between(20, 40).sum() / 20


def test_visits_come_in_clusters():
    people = draw_people(800, rng=np.random.default_rng(0)).assign(joined=0.0, dropped=END + 200 * DAY, visit_rate=0.04)
    visits = (
        background_visits(people, rng=np.random.default_rng(1)).query("at > 5 * 86400").sort_values(["person", "at"])
    )
    gaps = visits.groupby("person")["at"].diff().dropna() / DAY
    rate = len(visits) / (800 * END / DAY)
    assert rate > 0.04
    assert (gaps < 2).mean() > 2 * (1 - np.exp(-2 * rate))  # what a Poisson process of this rate would have
