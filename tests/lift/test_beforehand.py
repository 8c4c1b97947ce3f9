"""What an experiment needs before it begins: people of late and their values by pandas, needs by statsmodels."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import ibis
import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.power import tt_ind_solve_power
from typer.testing import CliRunner

import helpers
from helpers import profiles
from helpers.cli import app
from helpers.errors import NothingToDo, WrongUse
from helpers.lift.beforehand import beforehand
from helpers.lift.recent import as_if_exposed, reach
from tests.conftest import Log, tiny_dataset

AS_OF, BEGIN, BEFORE = datetime(2025, 12, 31, 23), datetime(2025, 12, 17, 23), datetime(2025, 12, 3, 23)  # in UTC
DAYS, PEOPLE = 120, 900
BUYERS = {"name": "buyers", "kind": "conversion", "event": "Order Completed", "smallest_effect": 0.04}
SPEND = {"name": "spend", "kind": "revenue", "role": "goal", "smallest_effect": 4.0}
STAYS = {"name": "stays", "kind": "conversion", "event": "Page Viewed", "role": "guardrail", "smallest_effect": 0.05}


DECLARED = """
[[experiment]]
name = "offer"
control = "none"
arms = ["none", "ten"]
shares = { ten = 0.2, none = 0.8 }
window_days = 14
  [[experiment.metric]]
  name = "spend"
  kind = "revenue"
  smallest_effect = 4
"""


def drawn():
    """Visits and orders of 120 days, as rows (who, at, what, amount, session): the more lively come more often."""
    rng, rows = np.random.default_rng(7), []
    for person in range(PEOPLE):
        lively = min(rng.gamma(0.8, 0.08), 0.9)
        for day in np.flatnonzero(rng.random(DAYS) < lively):
            at = AS_OF - timedelta(days=int(day) + 1) + timedelta(minutes=int(rng.integers(60, 1300)))
            session = f"s{person}-{day}"
            looks = range(rng.integers(1, 4))
            rows += [(person, at + timedelta(minutes=look), "Page Viewed", 0, session) for look in looks]
            if rng.random() < 0.3:
                rows.append((person, at + timedelta(minutes=9), "Order Completed", int(rng.gamma(2, 15)) + 1, session))
    return pd.DataFrame(rows, columns=["who", "at", "what", "amount", "session"])


@pytest.fixture(scope="module")
def rows():
    return drawn()


@pytest.fixture(scope="module")
def shop(rows, home_at, tmp_path_factory):
    """A shop of these people, who live in 60 streets."""
    home = tmp_path_factory.mktemp("beforehand")
    with home_at(home):
        tiny_dataset(home)
        with (home / "data" / "tiny" / "dataset.toml").open("a", encoding="utf-8") as file:
            file.write(DECLARED)
        log, made = Log(), helpers.open("tiny")
        for row in rows.itertuples():
            if row.what == "Page Viewed":
                log.add(row.at.to_pydatetime(), user_id=f"u{row.who}", session_id=row.session)
            else:
                log.order(row.at.to_pydatetime(), row.amount, user_id=f"u{row.who}", session_id=row.session)
        log.add("2025-12-30 09:00", "Experiment Viewed", "other", user_id="u1", experiment_id="old", variation_id="on")
        log.write(made)
        said = pd.DataFrame({"identifier": [f"u{person}" for person in range(PEOPLE)]})
        said = said.assign(identifier_type="user_id", name="street", source_id="orders")
        said["value"] = [f"street {person % 60}" for person in range(PEOPLE)]
        said["valid_from"] = said["loaded_at"] = pd.Timestamp("2025-01-01")
        made.write("attributes", said.astype(dict.fromkeys(("valid_from", "loaded_at"), "datetime64[us]")))
        profiles.build(made)
        # read once, for it is the same in every test but that of the verb
        at_hand = made.engine.create_table("people_events", profiles.person_events(made), temp=True)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("helpers.lift.beforehand.person_events", lambda *_: at_hand)
            yield made


@pytest.fixture(scope="module")
def recent(rows):
    """One row a person who would have been in it: amount, orders and views of 14 days, and the amount of 90 before."""
    here = rows[(rows["at"] >= BEFORE) & (rows["at"] < BEGIN)]["who"].unique()
    after = rows[rows["at"] >= BEGIN]
    ahead = rows[(rows["at"] >= BEGIN - timedelta(days=90)) & (rows["at"] < BEGIN)]
    orders = after[after["what"] == "Order Completed"].groupby("who")
    return pd.DataFrame(
        {
            "spend": orders["amount"].sum(),
            "orders": orders.size(),
            "before": ahead.groupby("who")["amount"].sum(),
            "seen": after[after["what"] == "Page Viewed"].groupby("who").size(),
        },
        index=pd.Index(np.sort(here)),
    ).fillna(0)


def test_what_is_done_in_the_window_is_not_done_before_it_where_clocks_went_forward(planned):
    """Summer began on 29 March 2026: 14 times 24 hours before 1 April is 23:00 on 17 March in Berlin."""
    begin = datetime(2026, 3, 17, 22)
    days = pd.DataFrame(
        {
            "profile_id": ["within", "before"],
            "day": [date(2026, 3, 17)] * 2,
            "first_at": [begin + timedelta(minutes=30), begin - timedelta(minutes=30)],
            "acts": [1, 1],
        }
    )
    schema = {"profile_id": "string", "day": "date", "first_at": "timestamp(6)", "acts": "int64"}
    shop = SimpleNamespace(
        as_of=date(2026, 4, 1), moment=begin + timedelta(days=14), table=lambda _: ibis.memtable(days, schema=schema)
    )
    exposed = as_if_exposed(shop, None, planned()).to_pyarrow().to_pylist()
    assert [(each["profile_id"], each["timestamp"]) for each in exposed] == [("before", begin)]


def came(rows, days):
    return rows[rows["at"] >= AS_OF - timedelta(days=days)]["who"].nunique()


def aims(shop, declared):
    return {each.metric.name: each for each in beforehand(shop, declared).aims}


@pytest.fixture
def planned(experiment):
    def declare(**changes):
        return experiment(**{"window_days": 14, "metric": [BUYERS, SPEND | {"role": None}, STAYS]} | changes)

    return declare


def test_levels_are_those_of_people_of_late(shop, recent, planned):
    found = beforehand(shop, planned(metric=[BUYERS | {"role": "goal"}, SPEND, STAYS]))
    assert (found.as_of, found.n) == (date(2026, 1, 1), len(recent))
    levels = {each.metric.name: each.level.estimate for each in found.aims}
    assert levels["buyers"].value == pytest.approx((recent["orders"] > 0).mean())
    assert levels["spend"].value == pytest.approx(recent["spend"].mean())
    assert levels["stays"].value == pytest.approx((recent["seen"] > 0).mean())
    assert levels["buyers"].lo < levels["buyers"].value < levels["buyers"].hi
    assert [each.role for each in found.aims] == ["goal", "goal", "guardrail"]


SHARES = [None, {"none": 0.5, "mens": 0.2, "womens": 0.3}, {"none": 0.1, "mens": 0.9}]


@pytest.mark.parametrize("shares", SHARES)
def test_what_is_needed_finds_the_effect_in_the_smallest_arm(shop, rows, recent, planned, shares):
    arms = list(shares or ("none", "mens"))
    found = beforehand(shop, planned(arms=arms, shares=shares, metric=[SPEND]))
    (spend,) = found.aims
    sizes = shares or {"none": 0.5, "mens": 0.5}
    # of one other arm 96 in 100 intervals hold at the end, of two 98 in 100
    assert found.level == {1: 0.96, 2: 0.98}[len(arms) - 1]
    everybody = max(
        tt_ind_solve_power(
            4 / recent["spend"].std(), alpha=(1 - found.level) / 2, power=0.8, ratio=sizes["none"] / sizes[arm],
            alternative="larger",
        ) / sizes[arm]
        for arm in arms[1:]
    )  # fmt: skip
    assert spend.needed == {arm: pytest.approx(share * everybody, rel=0.01, abs=3) for arm, share in sizes.items()}
    total = sum(spend.needed.values())
    late = [days for days in range(DAYS + 1) if came(rows, days) >= total]
    assert spend.days == (late[0] if late else None)


def test_days_are_those_in_which_so_many_different_people_came(shop, rows, planned):
    seen = reach(shop, planned(), None)
    assert len(seen) == DAYS + 1
    assert seen == [came(rows, days) for days in range(DAYS + 1)]
    (spend,) = beforehand(shop, planned(metric=[SPEND | {"smallest_effect": 9.0}])).aims
    total = sum(spend.needed.values())
    assert came(rows, spend.days - 1) < total <= came(rows, spend.days)
    (much,) = beforehand(shop, planned(metric=[SPEND | {"smallest_effect": 0.1}])).aims
    assert (much.days, sum(much.needed.values()) > PEOPLE) == (None, True)


def test_what_is_known_from_before_makes_it_smaller(shop, recent, planned):
    plain, known = (aims(shop, planned(metric=[SPEND | more]))["spend"] for more in ({}, {"pre_days": 90}))
    slope, level = np.polyfit(recent["before"], recent["spend"], 1)
    left = (recent["spend"] - slope * recent["before"] - level).std()
    gain = (left / recent["spend"].std()) ** 2
    assert known.needed["none"] == pytest.approx(gain * plain.needed["none"], abs=2)
    assert gain < 0.97


@pytest.mark.parametrize("end", [date(2026, 1, 31), 800])
def test_what_is_found_by_the_planned_end(shop, rows, recent, planned, end):
    shares = {"none": 0.6, "mens": 0.1, "womens": 0.3}
    found = beforehand(shop, planned(metric=[SPEND], planned_end=end, arms=list(shares), shares=shares))
    coming = came(rows, 31) if end != 800 else 800
    assert found.coming == coming
    smallest = min(shares.values())
    size = tt_ind_solve_power(
        nobs1=int(coming * smallest), alpha=(1 - found.level) / 2, power=0.8, ratio=0.6 / smallest,
        alternative="larger",
    )  # fmt: skip
    assert found.aims[0].detectable == pytest.approx(size * recent["spend"].std(), rel=0.02)


def test_an_end_that_is_over_or_far_away_promises_nothing(shop, rows, planned):
    over = beforehand(shop, planned(metric=[SPEND], planned_end=date(2025, 12, 31)))
    assert (over.coming, over.aims[0].detectable) == (None, None)
    assert beforehand(shop, planned(metric=[SPEND], planned_end=date(2027, 1, 1))).coming == came(rows, DAYS)
    assert beforehand(shop, planned(metric=[SPEND], planned_end=3)).aims[0].detectable is None


def test_a_quantile_needs_what_its_interval_says(shop, recent, planned):
    big = {"name": "big", "kind": "quantile", "of": "revenue", "share": 0.8, "smallest_effect": 5.0}
    found = aims(shop, planned(metric=[big]))["big"]
    level = found.level.estimate
    spread = (level.hi - level.lo) / 2 / 1.959964 * np.sqrt(len(recent))
    each = tt_ind_solve_power(5 / spread, alpha=0.02, power=0.8, alternative="larger")
    assert found.needed["none"] == pytest.approx(each, rel=0.01)


def test_visits_are_read_by_their_people_and_streets_as_a_whole(shop, rows, planned):
    visits = beforehand(shop, planned(unit="session", metric=[BUYERS]))
    web = rows[rows["what"] == "Page Viewed"].groupby(["who", "session"])["at"].min().reset_index()
    own = web[(web["at"] >= BEFORE) & (web["at"] < BEGIN)]
    ordered = set(rows[rows["what"] == "Order Completed"]["session"])
    assert visits.n == own["who"].nunique()
    assert visits.aims[0].level.estimate.value == pytest.approx(own["session"].isin(ordered).mean())
    streets = beforehand(shop, planned(cluster="street", metric=[BUYERS]))
    here = rows[(rows["at"] >= BEFORE) & (rows["at"] < BEGIN)]["who"]
    assert streets.n == (here % 60).nunique()
    last = rows[rows["at"] >= AS_OF - timedelta(days=3)]["who"]
    assert (streets.reach[3], streets.reach[-1]) == ((last % 60).nunique(), 60)


def test_what_would_tell_of_few_is_neither_told_nor_planned_by(shop, planned):
    rare = {"name": "rare", "kind": "conversion", "event": "Page Viewed", "smallest_effect": 0.01}
    few = aims(shop, planned(window_days=1, metric=[BUYERS]))["buyers"]
    assert (few.level.estimate, few.needed, few.detectable) == (None, None, None)
    assert "fewer than 10" in few.level.reason
    nothing = aims(shop, planned(metric=[rare | {"event": "Order Refunded"}]))["rare"]
    assert (nothing.level.estimate.value, nothing.needed, nothing.days) == (0, None, None)
    silent = aims(shop, planned(metric=[BUYERS | {"smallest_effect": None}]))["buyers"]
    assert silent.level.estimate is not None
    assert (silent.needed, silent.days) == (None, None)


def test_what_cannot_be_planned_is_refused(shop, planned, monkeypatch):
    with pytest.raises(WrongUse, match="'old' has begun: fewer than 10 people were exposed to it"):
        beforehand(shop, planned(name="old"))
    with pytest.raises(NothingToDo, match=r"takes 122 days of history before 1 January 2026, .* and there are 120"):
        beforehand(shop, planned(window_days=61))
    kept = SimpleNamespace(cutoffs={"Order Completed": datetime(2025, 12, 19)})
    monkeypatch.setattr("helpers.lift.recent.folded", lambda name: kept)
    with pytest.raises(NothingToDo, match=r"takes events of 14 days before .* 'Order Completed' is folded before 19"):
        beforehand(shop, planned(metric=[SPEND]))
    assert aims(shop, planned(metric=[STAYS | {"role": "goal"}]))["stays"].needed
    kept.cutoffs["Order Completed"] = datetime(2025, 12, 10)
    assert aims(shop, planned(metric=[SPEND]))["spend"].needed
    for more, back in (({"unit": "session"}, 28), ({"metric": [SPEND | {"pre_days": 20}]}, 34)):
        with pytest.raises(NothingToDo, match=rf"takes events of {back} days before .* 'Order Completed' is folded"):
            beforehand(shop, planned(**{"metric": [SPEND]} | more))


@pytest.mark.parametrize(("n", "said"), [(0, "0"), (4, "Fewer than 10")])
def test_a_shop_that_nobody_came_to_of_late_is_told(shop, planned, monkeypatch, n, said):
    read, days = shop.table, shop.table("daily")
    late = days.filter(days.day >= date(2025, 12, 4), days.day < date(2025, 12, 18)).profile_id
    few = late.as_table().distinct().order_by("profile_id").limit(n).to_pyarrow()["profile_id"].to_pylist()
    kept = days.filter((days.day < date(2025, 11, 1)) | days.profile_id.isin(few))
    monkeypatch.setattr(shop, "table", lambda name: kept if name == "daily" else read(name))
    with pytest.raises(
        NothingToDo, match=f"{said} people came in the 14 days before 18 December 2025: that is too few"
    ):
        beforehand(shop, planned(metric=[SPEND]))


def test_the_verb_prints_the_plan(shop, monkeypatch):
    monkeypatch.setattr("helpers.runs.history.shop_of_latest", lambda name: shop)
    monkeypatch.setattr("helpers.lift.beforehand.person_events", profiles.person_events)
    done = CliRunner().invoke(app, ["plan", "tiny", "offer"])
    assert done.exit_code == 0, done.exception
    (spend,) = beforehand(shop, shop.settings.experiments[0]).aims
    row = next(line for line in done.stdout.splitlines() if line.startswith("spend   goal"))
    needed = [f"{spend.needed[arm]:,}" for arm in ("none", "ten")]
    assert row.partition("€4.00")[2].split()[:2] == needed
    assert "did you mean 'offer'" in str(CliRunner().invoke(app, ["plan", "tiny", "ofer"]).exception)
