import pytest

import helpers
from helpers import identity, profiles
from helpers.datasets.tables import TABLES

FIRST = "2025-01-01"
MAIL, SMS = "email_marketing", "sms_marketing"


@pytest.fixture
def built(make_shop, log):
    """The people of the log, built, by the user id that names each: whether they get e-mail, SMS, have a profile."""

    def built(consent='source = "orders"', as_of="2025-06-01"):
        shop = log.write(make_shop(consent=consent, as_of=as_of))
        profiles.build(shop)
        named = identity.current(shop).filter(lambda t: t.type == "user_id").select("identifier", "profile_id")
        rows = shop.table("contacts").inner_join(named, "profile_id").to_pyarrow().to_pylist()
        return shop, {row["identifier"]: (row["by_email"], row["by_sms"], row["is_profiled"]) for row in rows}

    return built


def test_being_written_to_and_being_described_are_apart(built, log):
    for who in ("both", "described", "written to", "neither", "texted"):
        log.order(FIRST, 1, user_id=who)
    log.says("both", "granted", FIRST, "profiling", MAIL, SMS).says("described", "granted", FIRST)
    log.says("written to", "granted", FIRST, MAIL).says("written to", "denied", FIRST)
    log.says("neither", "denied", FIRST, "profiling", MAIL, SMS).says("texted", "granted", FIRST, SMS)
    shop, found = built()
    assert found == {
        "both": (True, True, True),
        "written to": (True, False, False),
        "texted": (False, True, False),
    }
    assert shop.table("profiles").count().to_pyarrow().as_py() == 2


def test_where_nobody_is_asked_an_address_will_do_until_somebody_objects(built, log):
    log.order(FIRST, 1, user_id="mail", ids={"email": "e1"}).order(FIRST, 1, user_id="phone", ids={"phone": "p1"})
    log.order(FIRST, 1, user_id="no address").order(FIRST, 1, user_id="objects", ids={"email": "e2", "phone": "p2"})
    log.says("objects", "denied", "2025-05-01", MAIL).says("objects", "denied", "2025-05-01")
    _, found = built(consent='basis = "contract"\nreason = "r"')
    assert found == {"mail": (True, False, True), "phone": (False, True, True), "objects": (False, True, False)}


def test_the_list_is_of_the_moment(built, log):
    log.order(FIRST, 1, user_id="u1").says("u1", "granted", FIRST, "profiling", MAIL)
    log.says("u1", "denied", "2025-03-01", MAIL)
    assert built(as_of="2025-02-01")[1] == {"u1": (True, False, True)}
    assert built(as_of="2025-03-02")[1] == {}


def test_who_opted_out_is_in_no_table_of_people_but_the_list(built, log):
    for who in ("in", "out"):
        log.order(FIRST, 1, user_id=who).add("2025-02-01", user_id=who)
        log.says(who, "granted", FIRST, "profiling", "web_tracking", MAIL)
    log.says("out", "denied", "2025-05-01")
    shop, found = built()
    out = identity.current(shop).filter(lambda t: t.identifier == "out").profile_id.to_pyarrow()[0].as_py()
    assert found["out"] == (True, False, False)
    about = [name for name, table in TABLES.items() if "profile_id" in table.column_names]
    told = [name for name in about if _written(shop, name) and out in _people(shop, name)]
    # Who an identifier belongs to must be known, so that an answer given under one counts for all.
    assert set(told) - {"identity_map", "profile_alias"} == {"contacts"}


def _written(shop, name):
    return (shop.store.folder / f"{name}.meta.json").exists()


def _people(shop, name):
    return set(helpers.open(shop.name, as_of="2025-06-01").table(name).profile_id.to_pyarrow().to_pylist())


def test_where_people_are_asked_an_address_alone_is_no_yes(built, log):
    for who, purposes in {"silent": ["profiling"], "asked": ["profiling", MAIL]}.items():
        log.order(FIRST, 1, user_id=who, ids={"email": f"e of {who}", "phone": f"p of {who}"})
        log.says(who, "granted", FIRST, *purposes)
    assert built()[1] == {"asked": (True, False, True)}
