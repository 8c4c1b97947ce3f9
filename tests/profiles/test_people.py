import pyarrow as pa
import pytest

from helpers import identity
from helpers.errors import PrivacyRefused
from helpers.profiles import person_events, profiled

ASKED = 'source = "orders"'


@pytest.fixture
def known(make_shop, log):
    """The shop of the log, its people stitched, who consent by `answers` of (user id, status, time)."""

    def known(*answers, as_of="2025-06-01", consent=ASKED):
        shop = log.write(make_shop(as_of=as_of, consent=consent))
        identity.stitch(shop)
        names = ["identifier_type", "identifier", "purpose", "status", "timestamp", "version", "source_id", "loaded_at"]
        rows = [("user_id", who, "profiling", status, when, None, "orders", when) for who, status, when in answers]
        rows = pa.Table.from_pylist(
            [dict(zip(names, row, strict=True)) for row in rows], schema=pa.schema(dict.fromkeys(names, pa.string()))
        )
        shop.write("consent_log", shop.engine.create_table("answers", rows, temp=True))
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
    found = events_of(known(consent='basis = "contract"\nreason = "r"'))
    assert set(found) == {"m0000", "m0001", "m0002", "m0003", "m0004"}
    assert len({found[f"m000{n}"] for n in range(4)}) == 1
    assert found["m0004"] != found["m0000"]


def test_an_event_has_one_person_however_many_identifiers_it_carries(known, log):
    log.add("2025-01-01", user_id="u1", anonymous_id="d1", ids={"email": "e1", "phone": "p1", "loyalty_id": "l1"})
    rows = person_events(known(consent='basis = "contract"\nreason = "r"')).to_pyarrow()
    assert rows.num_rows == 1
    assert {"message_id", "revenue", "external_ids", "profile_id"} <= set(rows.column_names)


def test_who_did_not_agree_is_in_no_event(known, log):
    log.add("2025-01-01", user_id="u1").add("2025-01-01", user_id="u2").add("2025-01-01", user_id="u3")
    shop = known(("u1", "granted", "2025-01-01"), ("u2", "denied", "2025-01-01"))
    assert set(events_of(shop)) == {"m0000"}
    assert profiled(shop).to_pyarrow().num_rows == 1


def test_consent_is_read_as_of_the_moment(known, log):
    log.add("2025-01-01", user_id="u1")
    answers = [("u1", "granted", "2025-02-01"), ("u1", "denied", "2025-05-31 22:00:00")]  # midnight of 1 June in Berlin
    assert set(events_of(known(*answers, as_of="2025-02-01"))) == set()
    assert set(events_of(known(*answers, as_of="2025-06-01"))) == {"m0000"}
    assert set(events_of(known(*answers, as_of="2025-06-02"))) == set()


def test_with_a_stated_basis_nobody_is_asked(known, log):
    log.add("2025-01-01", user_id="u1")
    shop = known(("u1", "denied", "2025-01-01"), consent='basis = "contract"\nreason = "r"')
    assert set(events_of(shop)) == {"m0000"}


def test_events_of_the_moment_itself_are_out(known, log):
    log.add("2025-05-31T21:59:59.999999", user_id="u1").add("2025-05-31T22:00", user_id="u1")
    assert set(events_of(known(consent='basis = "contract"\nreason = "r"'))) == {"m0000"}


def test_without_a_ground_there_are_no_people(known, log):
    log.add("2025-01-01", user_id="u1")
    shop = known()
    shop.settings = shop.settings.model_copy(update={"consent": None})
    with pytest.raises(PrivacyRefused, match=r"has no \[consent\]"):
        person_events(shop)
