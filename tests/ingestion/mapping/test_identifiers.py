import pyarrow.parquet as pq
import pytest

from tests.ingestion.conftest import NAME

SOURCE = """
    format = "delimited"
    columns = ["user", "device", "mail", "phone"]
    [[source.emit]]
    event = "Page Viewed"
    timestamp = "'2025-01-01'"
    user_id = "user"
    anonymous_id = "device"
    external_ids = { phone = "phone", email = "mail" }
    [[source.emit]]
    kind = "attribute"
    when = "user IS NOT NULL OR mail IS NOT NULL"
    user_id = "user"
    external_ids = { email = "mail" }
    values = { mail_domain = "split_part(mail, '@', 2)" }
    [[source.emit]]
    kind = "consent"
    when = "mail IS NOT NULL"
    timestamp = "'2025-01-01'"
    external_ids = { email = "mail" }
    purpose = "'profiling'"
    status = "'granted'"
"""


@pytest.fixture
def put_in(bench):
    """Maps rows of (user, device, mail, phone), pseudonyms put in; what one kind of block made of them."""

    def put_in(*rows, kind="events"):
        text = "user,device,mail,phone\n" + "".join(",".join(row) + "\n" for row in rows)
        return getattr(bench.map(SOURCE, text), kind)

    return put_in


def ids(**values):
    return [{"type": kind, "value": NAME(kind, value)} for kind, value in values.items()]


def test_every_identifier_is_replaced_by_its_own_types_pseudonym(put_in):
    (event,) = put_in(("u1", "u1", "a@x.de", "0301"))
    assert event["user_id"] == NAME("user_id", "u1")
    assert event["anonymous_id"] == NAME("anonymous_id", "u1")
    assert event["external_ids"] == ids(email="a@x.de", phone="0301")


def test_lists_are_sorted_by_type_whatever_the_order_of_the_file(put_in):
    assert [i["type"] for i in put_in(("u1", "", "a@x.de", "0301"))[0]["external_ids"]] == ["email", "phone"]


def test_what_is_missing_stays_missing(put_in):
    nobody, somebody = put_in(("", "", "", ""), ("", "d1", "", ""))
    assert [nobody[key] for key in ("user_id", "anonymous_id", "external_ids")] == [None, None, None]
    assert [somebody[key] for key in ("user_id", "anonymous_id", "external_ids")] == [
        None,
        NAME("anonymous_id", "d1"),
        None,
    ]


def test_two_spellings_are_one_pseudonym(put_in):
    one, other = put_in(("", "", "A@X.de", "+49 30"), ("", "", "a@x.DE", "+4930"))
    assert one["external_ids"] == other["external_ids"]


@pytest.mark.parametrize(("kind", "expected"), [("attributes", ["email", "user_id"]), ("consents", ["email"])])
def test_attributes_and_consents_carry_pseudonyms_too(put_in, kind, expected):
    row, *_ = put_in(("u1", "", "a@x.de", ""), kind=kind)
    values = {"email": "a@x.de", "user_id": "u1"}
    assert row["external_ids"] == ids(**{kind: values[kind] for kind in expected})


def test_each_row_gets_its_own(put_in):
    rows = put_in(*((f"u{n}", f"d{n % 3}", f"m{n}@x.de" if n % 2 else "", "") for n in range(50)))
    for n, row in enumerate(rows):
        assert row["user_id"] == NAME("user_id", f"u{n}")
        assert row["anonymous_id"] == NAME("anonymous_id", f"d{n % 3}")
        assert row["external_ids"] == (ids(email=f"m{n}@x.de") if n % 2 else None)


def test_no_identifier_is_in_what_is_kept_of_a_file(put_in, bench):
    put_in(("u1", "d1", "a@x.de", "0301"))
    kept = "".join(str(pq.read_table(file).to_pylist()) for file in (bench.folder / "landed").glob("*.parquet"))
    assert NAME("user_id", "u1") in kept
    for raw in ("'u1'", "'d1'", "a@x.de", "0301"):
        assert raw not in kept
