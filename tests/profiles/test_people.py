import pytest

from helpers import identity
from helpers.errors import PrivacyRefused
from helpers.profiles import person_events, profiled

ASKED, BASIS = 'source = "orders"', 'basis = "contract"\nreason = "r"'
FIRST = "2025-01-01"
TRACKED = {
    "email_tracking": "Email Opened",
    "sms_tracking": "SMS Link Clicked",
    "web_tracking": "Page Viewed",
    "support_use": "Support Ticket Opened",
}


@pytest.fixture
def known(make_shop, log):
    """The shop of the log, its people stitched."""

    def known(as_of="2025-06-01", consent=ASKED):
        shop = log.write(make_shop(as_of=as_of, consent=consent))
        identity.stitch(shop)
        return shop

    return known


def events_of(shop):
    """message_id to the pseudonym of somebody's identifier that names the person."""
    rows = person_events(shop)
    return {row["message_id"]: row["profile_id"] for row in rows.to_pyarrow().to_pylist()}


def test_every_event_finds_its_person_by_whatever_it_carries(known, log):
    log.add("2025-01-01", user_id="u1", anonymous_id="d1", ids={"email": "e1"})
    log.add("2025-01-02", anonymous_id="d1").add("2025-01-03", ids={"email": "e1"}).add("2025-01-04", user_id="u1")
    log.add("2025-01-05", user_id="u2").add("2025-01-06")
    found = events_of(known(consent=BASIS))
    assert set(found) == {"m0000", "m0001", "m0002", "m0003", "m0004"}
    assert len({found[f"m000{n}"] for n in range(4)}) == 1
    assert found["m0004"] != found["m0000"]


def test_an_event_has_one_person_however_many_identifiers_it_carries(known, log):
    log.add("2025-01-01", user_id="u1", anonymous_id="d1", ids={"email": "e1", "phone": "p1", "loyalty_id": "l1"})
    rows = person_events(known(consent=BASIS)).to_pyarrow()
    assert rows.num_rows == 1
    assert {"message_id", "revenue", "external_ids", "profile_id"} <= set(rows.column_names)


def test_who_did_not_agree_is_in_no_event(known, log):
    log.order(FIRST, 1, user_id="u1").order(FIRST, 1, user_id="u2").order(FIRST, 1, user_id="u3")
    shop = log.says("u1", "granted", FIRST).says("u2", "denied", FIRST) and known()
    assert set(events_of(shop)) == {"m0000"}
    assert profiled(shop).to_pyarrow().num_rows == 1


def test_consent_is_read_as_of_the_moment(known, log):
    log.order(FIRST, 1, user_id="u1")
    log.says("u1", "granted", "2025-02-01").says("u1", "denied", "2025-05-31 22:00:00")  # midnight of 1 June in Berlin
    assert set(events_of(known(as_of="2025-02-01"))) == set()
    assert set(events_of(known(as_of="2025-06-01"))) == {"m0000"}
    assert set(events_of(known(as_of="2025-06-02"))) == set()


def test_with_a_stated_basis_nobody_is_asked_but_who_objects_is_heard(known, log):
    log.add(FIRST, user_id="u1").add(FIRST, user_id="u2").add("2025-01-03", user_id="u3").order(FIRST, 1, user_id="u3")
    log.says("u2", "denied", FIRST).says("u3", "denied", "2025-01-02", "web_tracking")
    shop = known(consent=BASIS)
    assert set(events_of(shop)) == {"m0000", "m0003"}
    assert profiled(shop).to_pyarrow().num_rows == 2


@pytest.mark.parametrize("denied", TRACKED)
def test_who_may_be_tracked_on_one_channel_alone_is_not_on_another(known, log, denied):
    for event in TRACKED.values():
        log.add("2025-01-02", event, user_id="u1")
    log.order("2025-01-02", 1, user_id="u1").says("u1", "granted", FIRST, "profiling", *(TRACKED.keys() - {denied}))
    left = {f"m{n:04d}" for n in range(len(TRACKED) + 1)} - {f"m{list(TRACKED).index(denied):04d}"}
    assert set(events_of(known())) == left
    log.says("u1", "denied", FIRST, denied)
    assert set(events_of(known())) == left
    log.answers.clear()
    log.says("u1", "granted", FIRST, "profiling", denied)
    assert set(events_of(known())) == {f"m{list(TRACKED).index(denied):04d}", f"m{len(TRACKED):04d}"}


def test_an_event_counts_that_was_allowed_when_it_happened_and_is_still(known, log):
    for day in ("2024-12-31 23:59:59", FIRST, "2025-02-01", "2025-03-01", "2025-04-01"):
        log.add(day, user_id="u1")
    log.says("u1", "granted", FIRST, "profiling", "web_tracking")
    log.says("u1", "denied", "2025-02-01", "web_tracking").says("u1", "granted", "2025-04-01", "web_tracking")
    assert set(events_of(known(as_of="2025-01-15"))) == {"m0001"}
    assert set(events_of(known(as_of="2025-03-15"))) == set()
    assert set(events_of(known(as_of="2025-06-01"))) == {"m0001", "m0004"}


def test_another_persons_answer_tracks_nobody(known, log):
    log.add("2025-01-02", user_id="u1").add("2025-01-02", user_id="u2")
    log.says("u1", "granted", FIRST, "profiling", "web_tracking").says("u2", "granted", FIRST)
    assert set(events_of(known())) == {"m0000"}


def test_events_of_the_moment_itself_are_out(known, log):
    log.add("2025-05-31T21:59:59.999999", user_id="u1").add("2025-05-31T22:00", user_id="u1")
    assert set(events_of(known(consent=BASIS))) == {"m0000"}


def test_without_a_ground_there_are_no_people(known, log):
    log.add("2025-01-01", user_id="u1")
    shop = known()
    shop.settings = shop.settings.model_copy(update={"consent": None})
    with pytest.raises(PrivacyRefused, match=r"has no \[consent\]"):
        person_events(shop)
