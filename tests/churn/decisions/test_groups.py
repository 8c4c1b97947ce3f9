from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import helpers
from helpers import identity, profiles
from helpers.churn import members
from helpers.churn.activity import activity_tenths
from helpers.churn.decisions import paying
from helpers.churn.decisions.find import decide
from helpers.churn.decisions.groups import UNKNOWN, groups_of
from helpers.churn.decisions.money import Contact, learned_threshold
from helpers.churn.decisions.reasons import reasons
from helpers.churn.decisions.said import say
from helpers.churn.decisions.today import divide, may_be_written_to
from helpers.churn.decisions.worth import Assumed
from helpers.errors import WrongUse
from tests.conftest import Log, tiny_dataset

SOURCE = """
[[source]]
name = "crm"
files = ["crm.csv"]
format = "delimited"
columns = ["id", "at", "tier"]
  [[source.emit]]
  kind = "attribute"
  user_id = "id"
  timestamp = "at"
  values = { tier = "tier", tongue = "tier" }
"""
ASKS = '[fairness]\nattributes = ["tier"]\n'


def said(shop, rows):
    """Writes the attributes of user ids: who, value, from when."""
    named = [
        {"identifier_type": "user_id", "identifier": who, "name": "tier", "value": value}
        | {"valid_from": pd.Timestamp(when), "loaded_at": pd.Timestamp(when)}
        for who, value, when in rows
    ]
    shop.write("attributes", pd.DataFrame(named))


@pytest.fixture(scope="module")
def shop(home_at, tmp_path_factory):
    """Ann buys in the app, then twice on the web; Bob once in the store, in June twice in the app; Cid on the web."""
    log = Log()
    log.order("2025-01-01", 10, user_id="ann", channel="app")
    log.order("2025-02-01", 20, user_id="ann", channel="web").order("2025-02-02", 30, user_id="ann", channel="web")
    log.order("2025-01-05", 50, user_id="bob", channel="pos")
    log.order("2025-06-01", 70, user_id="bob", channel="app").order("2025-06-02", 70, user_id="bob", channel="app")
    log.order("2025-03-01", 90, user_id="cid", channel="web", ids={"email": "cid"})
    folder = tmp_path_factory.mktemp("groups")
    with home_at(folder):
        tiny_dataset(folder)
        file = folder / "data" / "tiny" / "dataset.toml"
        file.write_text(file.read_text(encoding="utf-8") + ASKS + SOURCE, encoding="utf-8")
        shop = log.write(helpers.open("tiny", as_of="2025-07-01"))
        said(shop, [("ann", "gold", "2025-01-01"), ("ann", "silver", "2025-03-01"), ("bob", "gold", "2025-06-01")])
        profiles.build(shop)
        yield shop


@pytest.fixture
def people(shop):
    found = identity.current(shop).filter(lambda row: row.type == "user_id").order_by("identifier").to_pandas()
    tenure = {"ann": 120.0, "bob": 40.0, "cid": 400.0}
    return pd.DataFrame(
        {
            "profile_id": found["profile_id"],
            "tenure_days": [tenure[who] for who in found["identifier"]],
            "events_90d": [3.0, 1.0, 2.0],
            "events_30d": 0.0,
            "orders_count": 1.0,
        }
    )


def test_groups_are_those_known_before_the_cutoff(shop, people):
    found = groups_of(shop, people, pd.Timestamp("2025-05-01").date())
    assert found["channel"].tolist() == ["web", "pos", "web"]
    assert found["tenure"].tolist() == ["3 to 12 months", "under 3 months", "over a year"]
    assert found["tier"].tolist() == ["silver", UNKNOWN, UNKNOWN]
    assert found["activity"].tolist() == ["9 of 10", "2 of 10", "6 of 10"]
    assert found["activity"].cat.categories[0] == "1 of 10, least active"
    later = groups_of(shop, people, pd.Timestamp("2025-07-01").date())
    assert later["channel"].tolist() == ["web", "app", "web"]
    assert later["tier"].tolist() == ["silver", "gold", UNKNOWN]


def test_a_kind_in_which_all_are_alike_is_left_out(shop, people):
    assert "channel" not in groups_of(shop, people.iloc[[0, 2]], pd.Timestamp("2025-05-01").date())


def test_tenths_share_those_who_are_alike():
    people = pd.DataFrame({"events_90d": [0.0] * 50 + [*range(1, 51)], "events_30d": 0.0, "orders_count": 1.0})
    tenths = activity_tenths(people)
    assert set(tenths[:50]) == {3}  # the middle of the first five tenths
    assert np.bincount(tenths)[6:].tolist() == [10] * 5


def test_tenths_look_at_what_is_recent_and_at_orders_where_events_are_equal():
    people = pd.DataFrame({"events_90d": [5, 5, 5, 4], "events_30d": [1, 2, 1, 9], "orders_count": [1, 1, 2, 9]})
    assert np.argsort(activity_tenths(people)).tolist() == [3, 0, 2, 1]


@pytest.mark.parametrize(
    ("attributes", "fault"),
    [
        ('["gender"]', "no source says the attribute gender"),
        ('["tier", "tier"]', "names 'tier' twice"),
        ('["channel"]', "'channel' is a kind of group that every data set is looked at by"),
        ('"tier"', "attributes"),
    ],
)
def test_attributes_that_cannot_be_looked_at_are_refused(write_dataset, attributes, fault):
    write_dataset(f"[fairness]\nattributes = {attributes}\n{SOURCE}")
    with pytest.raises(WrongUse, match=fault):
        helpers.open("tiny")


def test_who_has_no_address_may_not_be_written_to(shop, people):
    assert may_be_written_to(shop, people).tolist() == [False, False, True]


def test_people_of_now_are_divided_where_a_contact_pays():
    today = divide([0.9, 0.5, 0.4, 0.1], [True, False, True, True], Contact(2.0, 20.0, 0.2))
    assert (today.contacted, today.reachable, today.alone) == (2, 1, 2)
    assert today.contacted_would_return == pytest.approx(0.6)
    assert today.alone_would_return == pytest.approx(1.5)


def test_nobody_is_divided_into_nobody():
    assert divide([], [], Contact(2.0, 20.0, 0.2)) == (0, 0, 0, 0.0, 0.0)


def test_decisions_are_made_and_written(shop, panel, climbed):
    judged = climbed.populations[climbed.headline]
    told = reasons(judged.models["xgboost"].rung.booster(), panel.current, currency="EUR")
    found = decide(shop, panel, climbed, told, Assumed(Contact(2.0, 20.0, 0.2), None), draws=50, seed=1)
    current, held = members(panel.current, climbed.headline), judged.choices[climbed.recommended].held
    assert set(found.reasons["profile_id"]) <= set(current["profile_id"])
    assert shop.table("churn_groups").count().to_pyarrow().as_py() > 4 * len(found.groups)
    assert shop.table("churn_savings").count().to_pyarrow().as_py() == 9
    assert len(held) > 100
    assert found.money.savings.thresholds["learned"] == learned_threshold(
        held["churned"], held["probability"], found.assumed.contact
    )
    said = judged.models[climbed.recommended].scores(current).probability
    assert found.money.today.contacted == (said >= 0.5).sum()
    assert found.money.today.reachable == 0
    assert {each.kind for each in found.groups} == {"activity"}
    assert 0 < found.stability.same_first.value < 1  # trees grown again are others


def test_where_the_value_is_not_known_the_rest_is_decided(shop, panel, climbed):
    judged = climbed.populations[climbed.headline]
    told = reasons(judged.models["xgboost"].rung.booster(), panel.current, currency="EUR")
    found = decide(shop, panel, climbed, told, Assumed(Contact(1.0, 0.0, 0.1), None), draws=50, seed=1)
    assert found.money is None
    assert {each.flagged for each in found.groups} == {None}
    assert shop.table("churn_savings").count().to_pyarrow().as_py() == 0


def test_who_may_not_be_written_to_is_not_listed(shop, panel, climbed, monkeypatch):
    def may(_, people):
        return people["days_since_last_order"].to_numpy() > 60

    monkeypatch.setattr(paying, "may_be_written_to", may)
    own, said = say(panel, climbed, pd.DataFrame({"profile_id": []}), seed=1)
    contact = Contact(2.0, 20.0, 0.2)
    found = paying.pay(shop, own, said, contact, draws=50, seed=1)
    written_to = may(shop, own.test)
    assert found.reach == (written_to.sum(), len(own.test))
    assert found.savings.listed["everybody"] == written_to.sum()
    assert found.savings.listed["threshold"] == found.listed.sum() == ((said.test >= 0.5) & written_to).sum()
    gone = own.test["churned"][found.listed]
    assert found.savings.per_1000["threshold"].value == pytest.approx(
        1_000 * contact.saved(gone).sum() / written_to.sum()
    )
    assert found.curve["listed"].max() == written_to.sum()
