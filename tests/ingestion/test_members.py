"""What a file says of people and products: attributes, consents and launches, each under its identifier."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.ingestion.conftest import SHOP_NAME, book


@pytest.fixture
def run(ingested):
    """Ingests a file of members and gives the shop."""
    return lambda files, sources=MEMBERS, **head: ingested(sources, files, **head)


MEMBERS = """
    [[source]]
    name = "members"
    files = ["members*"]
    format = "delimited"
    columns = ["who", "mail", "at", "plan", "ok"]
    [[source.emit]]
    kind = "attribute"
    user_id = "who"
    external_ids = { email = "mail" }
    timestamp = "at"
    values = { plan = "plan" }
    [[source.emit]]
    kind = "consent"
    user_id = "who"
    external_ids = { email = "mail" }
    timestamp = "at"
    purpose = "'profiling'"
    status = "ok"
    [[source.emit]]
    kind = "product"
    product_id = "plan"
    launched_at = "at"
"""
MEMBERS_HEAD = "who,mail,at,plan,ok\n"


def test_attributes_consents_and_products_are_stored_by_identifier(run):
    rows = ["u1,a@x.de,2025-07-01,gold,granted", "u1,,2025-07-01,silver,granted", "u2,,2025-07-02,tin,denied"]
    rows += ["u1,,2025-07-03,gold,granted", "u1,,2025-07-03,gold,maybe"]
    shop = run(
        {"members.csv": MEMBERS_HEAD + "\n".join(rows)},
        MEMBERS.replace("[[source.emit]]", "max_bad_share = 1.0\n    [[source.emit]]", 1),
    )
    attributes = shop.frame("attributes").sort_values(["identifier_type", "valid_from"])
    assert attributes[["identifier_type", "identifier", "name", "value"]].to_numpy().tolist() == [
        ["email", SHOP_NAME("email", "a@x.de"), "plan", "gold"],
        ["user_id", SHOP_NAME("user_id", "u1"), "plan", "silver"],  # of two at one time the later line counts
        ["user_id", SHOP_NAME("user_id", "u2"), "plan", "tin"],
        ["user_id", SHOP_NAME("user_id", "u1"), "plan", "gold"],
    ]
    consents = shop.frame("consent_log").sort_values(["identifier_type", "timestamp"])
    assert consents[["identifier_type", "purpose", "status", "source_id"]].to_numpy().tolist() == [
        ["email", "profiling", "granted", "members"],
        ["user_id", "profiling", "granted", "members"],
        ["user_id", "profiling", "denied", "members"],
        ["user_id", "profiling", "granted", "members"],
    ]
    products = shop.frame("products")
    assert products["product_id"].tolist() == ["gold", "silver", "tin"]
    assert products["launched_at"].tolist()[:2] == [datetime(2025, 7, 2, 22), datetime(2025, 6, 30, 22)]
    assert book(shop)["members.csv"] == (5, 4, 1, 0, 0, 0, 0)


@pytest.mark.parametrize(("head", "ended"), [({}, True), ({"history": ""}, False)], ids=["ended", "goes on"])
def test_a_statement_was_known_as_it_was_made_or_from_when_it_was_read(run, head, ended):
    said = MEMBERS_HEAD + "u1,,2025-07-01,gold,granted\n"
    before = datetime.now(UTC).replace(tzinfo=None)
    shop = run({"members.csv": said}, MEMBERS.replace("[[source.emit]]", 'lag = "2d"\n    [[source.emit]]', 1), **head)
    for table, moment in (("attributes", "valid_from"), ("consent_log", "timestamp")):
        (row,) = shop.frame(table).to_dict("records")
        if ended:
            assert row["loaded_at"] == row[moment] + timedelta(days=2)
        else:
            assert before - timedelta(seconds=1) <= row["loaded_at"] <= datetime.now(UTC).replace(tzinfo=None)


def test_the_same_statement_twice_is_one(run):
    shop = run({"members.csv": MEMBERS_HEAD + "u1,,2025-07-01,gold,granted\n" * 2}, MEMBERS)
    assert [len(shop.frame(name)) for name in ("attributes", "consent_log", "products")] == [1, 1, 1]
