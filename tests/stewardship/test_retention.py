import gzip
import json
from datetime import date, datetime

import pandas as pd
import pytest

import helpers
from helpers import identity, privacy, profiles
from helpers.datasets import folded, paths
from helpers.datasets.folded import BY_PERSON, SAID
from helpers.datasets.tables import declared
from helpers.errors import PrivacyRefused, WorkbenchError, WrongUse
from helpers.runs import history
from helpers.stewardship import SURVIVE, card, export, retain
from helpers.stewardship.scan import Scanner
from tests.stewardship import world
from tests.stewardship.world import ANY, DEVICE, MAIL, NAME, USER

CUTOFF = pd.Timestamp("2025-02-02 23:00")  # midnight of 3 February in Berlin
DAYS = (date(2026, 1, 1) - date(2025, 2, 3)).days


def keep(days, plan=""):
    toml = paths.dataset(NAME) / "dataset.toml"
    text = toml.read_text().split("[retention]")[0]
    toml.write_text(text + f"[retention]\ndays = {days}\n" if days else text)
    if plan:
        (paths.dataset(NAME) / "tracking_plan.toml").write_text(plan)


def fold():
    return retain(history.shop_of_latest(NAME), rebuild=world.rebuild, clear=world.clear)


@pytest.fixture
def shop(shop):
    keep(DAYS)
    return history.shop_of_latest(NAME)


def test_what_is_promised_stays_as_it_was(shop):
    before = world.contents()
    facts = shop.frame("profiles").set_index("profile_id")
    done = fold()
    after = world.contents()
    assert {table for table in SURVIVE if before[table] != after[table]} == set()
    assert done.compared == SURVIVE
    assert done.cutoffs == {"": date(2025, 2, 3)}
    assert done.events == 10
    assert before["events"] != after["events"]
    assert facts.orders_count.sum() == 7  # of these, three are folded
    pd.testing.assert_frame_equal(facts, helpers.open(NAME).frame("profiles").set_index("profile_id"))


def test_what_was_promised_and_did_not_stay_is_told(shop):
    def rebuild():
        late = "who,at,purpose,status\nC300003,2025-06-01,email_marketing,denied\n"
        (paths.raw(NAME) / "consent-late.csv").write_text(late)
        return world.rebuild()

    with pytest.raises(WorkbenchError, match="Folding changed profiles, contacts, consent_log, which"):
        retain(shop, rebuild=rebuild, clear=world.clear)


def test_no_event_older_than_the_limit_is_left(shop):
    fold()
    assert helpers.open(NAME).frame("events").timestamp.min() >= CUTOFF
    raw = paths.raw(NAME)
    old = {"2025-01", "2025-02-02"}
    orders = (raw / "orders.csv").read_text()
    web = gzip.decompress((raw / "web.jsonl.gz").read_bytes()).decode()
    assert not any(f",{day}" in orders for day in old)
    assert orders.count("\n") == world.lines(world.ORDERS).count("\n")
    assert web.strip() == ""  # what nobody could read went with its neighbours
    assert len(pd.read_parquet(raw / "mails.parquet")) == 0
    assert (raw / "consent.csv").read_text() == world.lines(world.CONSENT)
    for run in history.past(NAME)[1:]:
        assert not list(paths.run_tables(NAME, run.run).rglob("*.parquet"))
    tables = list(paths.dataset(NAME).rglob("events*/**/*.parquet"))
    assert tables
    assert all(pd.read_parquet(file).timestamp.min() >= CUTOFF for file in tables)


def test_the_same_data_delivered_again_do_not_bring_them_back(shop):
    before = world.contents()
    fold()
    once = world.contents()
    world.write(prefix="-again")
    extra = world.ORDERS[0] + "\n" + "\n".join(row.lstrip("!") for row in world.ORDERS[2:5]) + "\n"
    (paths.raw(NAME) / "orders-split.csv").write_text(extra)
    world.rebuild()
    again = world.contents()
    assert {table for table in SURVIVE if before[table] != again[table]} == set()
    assert again["events"] == once["events"]
    assert helpers.open(NAME).frame("ledger").set_index("file").loc["orders-split.csv", "rows_skipped"] == 2


def test_folding_in_two_steps_is_folding_in_one(shop):
    before = world.contents()
    keep(DAYS + 25)
    fold()
    halfway = folded(NAME)
    keep(DAYS)
    assert fold().events == 4
    assert {table for table in SURVIVE if before[table] != world.contents()[table]} == set()
    assert not halfway.folder.exists()
    assert fold().events == 0
    assert {table for table in SURVIVE if before[table] != world.contents()[table]} == set()


def test_a_limit_that_is_widened_brings_nothing_back(shop):
    before = world.contents()
    fold()
    keep(5000)
    assert fold().events == 0
    assert folded(NAME).cutoffs == {"": CUTOFF.to_pydatetime()}
    assert {table for table in SURVIVE if before[table] != world.contents()[table]} == set()


def test_where_one_limit_is_widened_and_another_drawn_in_what_is_folded_stays_so(shop):
    before = world.contents()
    fold()
    keep(5000, '[event."Order Completed"]\ncategory = "purchase"\nmeaning = "An order."\nweight = 5\ndays_kept = 300\n')
    assert fold().events == 3
    assert folded(NAME).cutoffs == {"": CUTOFF.to_pydatetime(), "Order Completed": datetime(2025, 3, 6, 23)}
    assert {table for table in SURVIVE if before[table] != world.contents()[table]} == set()


def test_between_folding_and_the_next_run_nothing_counts_twice(shop, monkeypatch):
    before, edges = shop.frame("daily"), shop.frame("identity_edges")

    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        retain(shop, rebuild=interrupted, clear=world.clear)
    tried = helpers.open(NAME)
    profiles.build(tried)  # in a notebook, on the events of the run before
    pd.testing.assert_frame_equal(tried.frame("daily"), before)
    pd.testing.assert_frame_equal(tried.frame("identity_edges"), edges)
    kept = folded(NAME).folder
    fold()
    assert folded(NAME).folder.exists()
    assert pd.read_parquet(folded(NAME).folder / "daily.parquet").events.sum() == 10
    assert kept.name <= folded(NAME).folder.name
    pd.testing.assert_frame_equal(helpers.open(NAME).frame("daily"), before)


STOPS = """
[[source]]
name = "stops"
files = ["stops*.csv"]
format = "delimited"
columns = ["at", "mail"]
  [[source.emit]]
  event = "Unsubscribed"
  timestamp = "at"
  external_ids.email = "mail"
"""


def test_consent_taken_back_by_an_event_outlives_it(shop):
    toml = paths.dataset(NAME) / "dataset.toml"
    toml.write_text(toml.read_text() + STOPS)
    (paths.raw(NAME) / "stops.csv").write_text(
        "at,mail\n2025-01-20 10:00,bob@example.com\n2025-06-01 10:00,x@example.com\n"
    )
    world.rebuild()
    before, listed = (helpers.open(NAME).frame(table) for table in ("consent_log", "contacts"))
    assert (before.status == "denied").sum() == 2
    fold()
    assert (paths.raw(NAME) / "stops.csv").read_text() == "at,mail\n\n2025-06-01 10:00,x@example.com\n"
    pd.testing.assert_frame_equal(helpers.open(NAME).frame("consent_log"), before)
    pd.testing.assert_frame_equal(helpers.open(NAME).frame("contacts"), listed)


def test_tracking_withdrawn_later_takes_folded_facts_along(shop):
    fold()
    with (paths.raw(NAME) / "consent.csv").open("a") as stream:
        stream.write(f"{USER},2025-06-01,email_tracking,denied\nC200002,2025-06-01,profiling,denied\n")
    world.rebuild()
    daily = helpers.open(NAME).frame("daily")
    assert daily.engagement_events.sum() == 1  # joann's; ann's is not used any more, bob has no profile
    assert daily.web_events.sum() == 2
    assert daily.profile_id.nunique() == 2


def test_two_people_who_turn_out_to_be_one_have_one_past(shop):
    fold()
    people = helpers.open(NAME).frame("profiles")
    assert len(people) == 3
    late = "id,at,who,mail,note,amount\nm1,2025-09-01 10:00,,joann.ahrens@example.com,,1\n"
    (paths.raw(NAME) / "orders-late.csv").write_text(late)
    identity.decide(shop, "join", ("user_id", USER), ("user_id", "C200002"), why="one person, two accounts")
    world.rebuild()
    merged = helpers.open(NAME).frame("profiles")
    assert len(merged) == 2
    assert merged.orders_count.sum() == people.orders_count.sum() + 1
    assert helpers.open(NAME).frame("daily").events.sum() == 14 + 1


def test_who_leaves_is_taken_out_of_what_is_kept(shop, home_at, tmp_path):
    fold()
    world.leave(ANY[0])
    after = world.contents()
    assert pd.read_parquet(folded(NAME).folder / "sets.parquet").ids.map(len).min() > 0
    scanner = Scanner([MAIL, USER, DEVICE], ())
    assert [file for file in paths.home().rglob("*") if file.is_file() and scanner.found_in(file)] == []
    with home_at(tmp_path / "never"):
        world.write(without=True)
        world.rebuild()
        keep(DAYS)
        fold()
        without = world.contents()
    assert {table for table in SURVIVE if without[table] != after[table]} == set()
    assert {table for table in after if without[table] != after[table]} <= {"ledger", "rejects"}


def test_each_event_may_have_its_own_limit(shop):
    before = world.contents()
    keep(0, '[event."Page Viewed"]\ncategory = "web"\nmeaning = "A page."\npurpose = "web_tracking"\ndays_kept = 100\n')
    done = fold()
    assert done.cutoffs == {"Page Viewed": date(2025, 9, 23)}
    assert done.events == 4
    assert set(helpers.open(NAME).frame("events").event) == {"Order Completed", "Email Opened"}
    assert {table for table in SURVIVE if before[table] != world.contents()[table]} == set()


def test_while_somebody_is_half_forgotten_nothing_is_folded(shop):
    """The newest tables still hold them, so that folding would keep what was just taken out of the folded facts."""
    (paths.raw(NAME) / "notes.txt").write_text(MAIL)
    with pytest.raises(PrivacyRefused):
        world.leave(ANY[0])
    with pytest.raises(WrongUse, match="that was interrupted"):
        fold()
    assert folded(NAME) is None


def test_the_card_says_that_events_are_folded(shop):
    assert not any("may be folded" in line for line in card(shop, ANY[0]))
    fold()
    said = list(card(history.shop_of_latest(NAME), ANY[0]))
    assert "  Events before 2025-02-03 may be folded: they count, and are not among those beside." in said


def test_without_a_limit_there_is_nothing_to_do(shop):
    keep(0)
    with pytest.raises(WrongUse, match=r"days = … under \[retention\]"):
        fold()


def test_a_day_before_the_folded_ones_cannot_be_looked_at(shop):
    fold()
    early = helpers.open(NAME, as_of="2025-01-15")
    with pytest.raises(WrongUse, match="lies before 2025-02-03, up to which the events of 'tiny' are folded"):
        profiles.build(early)


def test_the_summaries_are_what_the_manifest_says(shop):
    fold()
    manifest = json.loads((folded(NAME).folder / "folded.json").read_text())
    versions = {name: declared(name).version for name in (*BY_PERSON, *SAID)}
    assert manifest == {
        "cutoffs": {"": CUTOFF.isoformat()},
        "key": privacy.for_shop(shop).fingerprint,
        "versions": versions,
        "breaks": [],
    }


def test_no_export_of_what_is_folded_stays(shop):
    export(shop, "events", to="csv")
    fold()
    assert not paths.exports(NAME).exists()
