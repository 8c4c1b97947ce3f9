import pytest

from helpers.ingestion.proposing import guess

MEANINGS = {
    "CustomerID": "user_id", "customer id": "user_id", "household_id": "user_id", "client": "user_id",
    "InvoiceNo": "order_id", "basket_id": "order_id", "order": "order_id", "anonymousId": "anonymous_id",
    "deviceId": "anonymous_id", "StockCode": "product_id", "sku": "product_id", "context.page.path": "page_path",
    "utm_source": "campaign_source", "Country": "country", "operating system": "os", "whatever": None,
    "Description": None,
}  # fmt: skip


@pytest.mark.parametrize(("column", "meaning"), MEANINGS.items())
def test_a_column_is_what_its_name_says(column, meaning):
    assert guess.meaning(column, ["x", "y"]) == meaning


@pytest.mark.parametrize(
    ("values", "meaning"), [(["2", "-3"], "quantity"), (["two", "few", "3"], None), ([], "quantity")]
)
def test_a_number_must_be_one(values, meaning):
    assert guess.meaning("Quantity", values) == meaning


def test_mail_addresses_are_known_by_their_look():
    assert guess.meaning("contact", ["a@x.de", "", "B.C@y.co.uk"]) == "email"
    assert guess.meaning("contact", ["a@x.de", "call me"]) is None


TIMES = {
    "stamp": ("2025-05-05 10:00:00", ("at", False)),
    "day": ("2025-05-05", ("at", False)),
    "iso with an offset": ("2025-05-05T10:00:00.5+02:00", ("at", True)),
    "iso in UTC": ("2025-05-05T10:00:00Z", ("at", True)),
    "seconds": ("1746432000", ('to_timestamp(TRY_CAST("at" AS BIGINT))', True)),
    "milliseconds": ("1746432000123", ('to_timestamp(TRY_CAST("at" AS BIGINT) / 1000)', True)),
    "eight digits": ("20250505", ("try_strptime(\"at\", '%Y%m%d')", False)),
    "German": ("5.5.2025 10:00", ("try_strptime(\"at\", '%d.%m.%Y %H:%M')", False)),
    "British, beyond doubt": ("25/5/2025 10:00", ("try_strptime(\"at\", '%d/%m/%Y %H:%M')", False)),
    "American": ("5/5/2025 10:00", ("try_strptime(\"at\", '%m/%d/%Y %H:%M')", False)),
    "a price": ("19.99", None),
    "a number": ("7", None),
    "nothing": ("", None),
}


@pytest.mark.parametrize(("value", "expected"), TIMES.values(), ids=TIMES.keys())
def test_times_are_known_by_their_look(bench, value, expected):
    found = guess.moment("at", [value])
    assert (found and tuple(found)) == expected
    if found:
        source = f"""
            format = "delimited"
            columns = ["at"]
            timestamps = "{"offset" if found.offset else "local"}"
            [[source.emit]]
            event = "Page Viewed"
            timestamp = '''{found.expression}'''
        """
        (event,) = bench.map(source, f"at\n{value}\n", timezone="UTC").events
        assert (event["timestamp"].year, event["timestamp"].month) == (2025, 5)


@pytest.mark.parametrize("column", ["dob", "date_of_birth", "BirthDate"])
def test_a_date_of_birth_is_no_time_of_an_event(column):
    assert guess.moment(column, ["1990-01-01"]) is None


def test_one_value_of_another_form_is_no_time():
    assert guess.moment("at", ["2025-05-05", "soon"]) is None


@pytest.mark.parametrize(("values", "expression"), [
    (["1,5", "2"], "replace(\"total\", ',', '.')"), (["1.5"], "total"), (["1,000.5"], "total"), ([], "total"),
])  # fmt: skip
def test_a_comma_can_be_a_decimal_sign(values, expression):
    assert guess.amount("total", values) == expression


def test_what_happened_is_said_in_few_words():
    assert guess.names_events("event", ["view", "cart", "view"])
    assert not guess.names_events("event", [f"word {n}" for n in range(31)])
    assert not guess.names_events("colour", ["red"])
