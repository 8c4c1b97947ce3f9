import json
from datetime import datetime
from decimal import Decimal

import pytest

from helpers.datasets.tables.ingestion import CHANNELS
from tests.ingestion.conftest import NAME

LINES = """
    format = "delimited"
    header = false
    columns = ["event", "at", "value"]
    [[source.emit]]
    event_from = "event"
    timestamp = "at"
    {column} = "value"
"""
ORDER = "Order Completed"


def lines(*rows):
    return "".join(",".join(f'"{value}"' for value in row) + "\n" for row in rows)


@pytest.fixture
def typed(bench):
    """What one text becomes in one column, or why it was refused."""

    def typed(column, value, *, event=ORDER):
        mapped = bench.map(LINES.format(column=column), lines((event, "2025-01-01", value)))
        assert len(mapped.events) + len(mapped.faults) == 1
        return mapped.events[0][column] if mapped.events else mapped.faults[0][1:]

    return typed


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1.5", "1.5"), ("-3", "-3"), (" 2 ", "2"), ("1e3", "1000"), (".5", ".5"), ("0", "0"), ("0.00005", "0.0001")],
)
def test_amounts(typed, text, amount):
    assert typed("revenue", text) == Decimal(amount)


@pytest.mark.parametrize("text", ["NaN", "nan", "inf", "-Infinity", "1e400", "1,5", "1 0", "12,90 EUR", "$5", "9" * 15])
def test_what_is_no_amount_never_reaches_a_sum(typed, text):
    assert typed("revenue", text) == ("not_a_number", "revenue")


def test_an_amount_that_is_missing_is_missing(typed):
    assert typed("revenue", "") is None


@pytest.mark.parametrize("text", ["1.5", "x", "1e400", str(2**63)])
def test_pieces_are_whole(typed, text):
    assert typed("quantity", text) == ("not_a_whole_number", "quantity")


@pytest.mark.parametrize("event", ["Order Refunded", "Order Cancelled"])
def test_fewer_than_no_pieces_come_back_only(typed, event):
    assert typed("quantity", "-2", event=event) == -2
    assert typed("quantity", "-2") == ("negative", "quantity")
    assert typed("quantity", "-2", event="Page Viewed") == ("negative", "quantity")
    assert typed("quantity", "0") == 0


def test_a_price_is_not_negative_and_may_be_nothing(typed):
    assert typed("price", "0") == 0
    assert typed("price", "-0.01") == ("negative", "price")
    assert typed("price", "-0.01", event="Order Refunded") == ("negative", "price")


@pytest.mark.parametrize("channel", CHANNELS)
def test_channels(typed, channel):
    assert typed("channel", channel) == channel


def test_a_channel_nobody_knows_is_refused_and_none_is_the_sources(typed):
    assert typed("channel", "webshop") == ("not_a_channel", "channel")
    assert typed("channel", "") == "web"


def test_identifiers_are_text(typed):
    for text in ("00123", "9007199254740993", "NA"):
        assert typed("user_id", text) == NAME("user_id", text)
        assert typed("order_id", text) == text
    assert typed("user_id", "  ") is None


@pytest.mark.parametrize("text", ["<script>x</script>", "=HYPERLINK(1)", "../x", "a\x00b", "\u202e", "{{ x }}", "it's"])
def test_hostile_text_is_kept_as_it_is(typed, text):
    assert typed("page_category", text) == text


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (("", "2025-01-01", "1"), ("missing", "event")),
        ((ORDER, "", "1"), ("missing", "timestamp")),
        ((ORDER, "2025-13-45 25:61", "1"), ("not_a_time", "timestamp")),
        ((ORDER, "2025-01-01T10:00:00Z", "1"), ("not_a_time", "timestamp")),
        # The first fault that is found is the one that is named.
        (("", "soon", "x"), ("missing", "event")),
        ((ORDER, "soon", "x"), ("not_a_time", "timestamp")),
    ],
    ids=[
        "no event",
        "no time",
        "no such day",
        "an offset where none is",
        "the first of three faults",
        "the first of two faults",
    ],
)
def test_a_record_lacks_nothing_that_an_event_needs(bench, row, fault):
    mapped = bench.map(LINES.format(column="revenue"), lines(row))
    assert mapped.events == []
    assert mapped.faults == [(1, *fault)]


def test_times_are_local_unless_they_say_otherwise(bench):
    content = lines((ORDER, "2025-07-01 12:00", "1"), (ORDER, "2025-07-01T12:00:00+05:00", "1"))
    for kind, hour, refused in (("local", 10, 2), ("offset", 7, 1)):
        source = LINES.format(column="revenue").replace("header", f'timestamps = "{kind}"\n    header')
        mapped = bench.map(source, content)
        assert [row["timestamp"] for row in mapped.events] == [datetime(2025, 7, 1, hour)]
        assert mapped.faults == [(refused, "not_a_time", "timestamp")]


SHOP = """
    format = "delimited"
    columns = ["id", "at", "who", "mail", "total", "what", "note"]
    channel = "pos"

    [[source.reject]]
    reason = "test_till"
    when = "starts_with(id, 'T')"
    [[source.reject]]
    reason = "no_total"
    when = "CAST(total AS DECIMAL) = 0"

    [[source.emit]]
    event = "Order Completed"
    when = "what = 'sale'"
    timestamp = "at"
    user_id = "who"
    external_ids = { email = "lower(mail)", phone = "nullif(mail, mail)" }
    order_id = "id"
    revenue = "total"
    properties = { note = "note", is_big = "TRY_CAST(total AS DECIMAL) > 100" }

    [[source.emit]]
    event = "Order Refunded"
    when = "what = 'back'"
    timestamp = "at"
    user_id = "who"
    revenue = "-TRY_CAST(total AS DECIMAL(9, 2))"
    currency = "'EUR'"
"""
SALES = """id,at,who,mail,total,what,note
1,2025-01-01 10:00,u1,A@X.de,150,sale,"say ""hi"" again"
2,2025-01-02 10:00,u1,,20,back,
3,2025-01-03 10:00,,,30,talk,
T4,2025-01-04 10:00,u2,,40,sale,
T5,2025-01-04 10:00,u2,,40,talk,
6,2025-01-05 10:00,u2,,0,sale,
T7,soon,u2,,0,sale,
8,2025-01-06 10:00,u3,,x,sale,
"""


def test_a_record_becomes_what_its_blocks_say(bench):
    mapped = bench.map(SHOP, SALES)
    sale, refund = mapped.events
    assert (sale["_line"], sale["_emit"], sale["event"]) == (2, 0, "Order Completed")
    assert (sale["timestamp"], sale["user_id"], sale["order_id"]) == (
        datetime(2025, 1, 1, 9),
        NAME("user_id", "u1"),
        "1",
    )
    assert (sale["revenue"], sale["currency"], sale["channel"], sale["source_id"]) == (150, "EUR", "pos", "log")
    assert sale["external_ids"] == [{"type": "email", "value": NAME("email", "a@x.de")}]
    assert json.loads(sale["properties"]) == {"note": 'say "hi" again', "is_big": "true"}
    assert (refund["_line"], refund["_emit"], refund["event"]) == (3, 1, "Order Refunded")
    assert (refund["revenue"], refund["currency"], refund["external_ids"]) == (-20, "EUR", None)
    assert refund["properties"] is None
    mapped_nowhere = {name for name, value in sale.items() if value is None}
    assert {"message_id", "anonymous_id", "product_id", "quantity", "discount", "experiment_id"} <= mapped_nowhere


def test_rules_of_the_data_set_refuse_before_anything_else(bench):
    faults = bench.map(SHOP, SALES).faults
    assert faults == [
        (5, "test_till", None),
        (6, "test_till", None),
        (7, "no_total", None),
        (8, "test_till", None),
        (9, "not_a_number", "revenue"),
    ]


def test_what_no_block_asks_for_is_nothing(bench):
    assert 4 not in {row["_line"] for row in bench.map(SHOP, SALES).events}


def test_without_an_amount_there_is_no_currency(bench):
    (event,) = bench.map(LINES.format(column="page_path"), lines(("Page Viewed", "2025-01-01", "/"))).events
    assert event["currency"] is None


ATTRIBUTES = """
    format = "delimited"
    columns = ["who", "mail", "at", "plan", "city"]
    [[source.emit]]
    kind = "attribute"
    {timestamp}
    user_id = "who"
    external_ids = {{ email = "mail" }}
    values = {{ plan = "plan", town = "upper(city)" }}
"""
MEMBERS = "who,mail,at,plan,city\nu1,a@x.de,2025-07-01,gold,Bonn\nu2,,soon,,\n,,2025-07-01,gold,\n"


def test_attributes_are_told_of_every_identifier(bench):
    mapped = bench.map(ATTRIBUTES.format(timestamp='timestamp = "at"'), MEMBERS)
    (told,) = mapped.attributes
    assert told["external_ids"] == [
        {"type": "email", "value": NAME("email", "a@x.de")},
        {"type": "user_id", "value": NAME("user_id", "u1")},
    ]
    assert told["said"] == [{"name": "plan", "value": "gold"}, {"name": "town", "value": "BONN"}]
    assert told["valid_from"] == datetime(2025, 6, 30, 22)
    assert mapped.faults == [(3, "not_a_time", "timestamp"), (4, "missing", "identifier")]


def test_attributes_without_a_time_hold_from_the_beginning(bench):
    mapped = bench.map(ATTRIBUTES.format(timestamp=""), MEMBERS)
    assert [row["valid_from"] for row in mapped.attributes] == [datetime(1970, 1, 1)] * 2
    assert mapped.faults == [(4, "missing", "identifier")]


PRODUCTS = """
    format = "delimited"
    columns = ["id", "kind", "since", "price", "cost"]
    [[source.emit]]
    kind = "product"
    when = "kind <> 'service'"
    product_id = "id"
    product_category = "kind"
    launched_at = "since"
    price = "price"
    cost = "cost"
"""


def test_products(bench):
    rows = ["p1,tea,2025-01-01,3.50,1", "p2,tea,,,", ",tea,,1,1", "p3,tea,soon,1,1", "p4,tea,,x,1"]
    rows += ["p5,tea,,-1,1", "p6,tea,,1,-1", "p7,service,,x,x"]
    mapped = bench.map(PRODUCTS, "id,kind,since,price,cost\n" + "\n".join(rows))
    first, second = mapped.products
    assert [first[key] for key in ("product_id", "product_category", "price", "cost")] == [
        "p1",
        "tea",
        Decimal("3.5"),
        1,
    ]
    assert first["launched_at"] == datetime(2024, 12, 31, 23)
    assert [second[key] for key in ("product_id", "launched_at", "price", "cost")] == ["p2", None, None, None]
    assert mapped.faults == [
        (4, "missing", "product_id"),
        (5, "not_a_time", "launched_at"),
        (6, "not_a_number", "price"),
        (7, "negative", "price"),
        (8, "negative", "cost"),
    ]


def test_a_product_may_be_a_name_alone(bench):
    source = 'format = "delimited"\ncolumns = ["id"]\n[[source.emit]]\nkind = "product"\nproduct_id = "id"\n'
    (product,) = bench.map(source, "id\np1\n").products
    assert (product["product_id"], product["price"], product["product_category"]) == ("p1", None, None)


CONSENTS = """
    format = "delimited"
    columns = ["who", "purpose", "status", "at", "text"]
    [[source.emit]]
    kind = "consent"
    user_id = "who"
    purpose = "purpose"
    status = "status"
    timestamp = "at"
    {version}
"""


def test_consents(bench):
    rows = ["u1,profiling,granted,2025-07-01 12:00,v2", "u1,email_marketing,unknown,2025-07-01 12:00,"]
    rows += [",profiling,granted,2025-07-01,", "u1,profiling,granted,soon,", "u1,everything,granted,2025-07-01,"]
    rows += ["u1,profiling,yes,2025-07-01,", "u1,,granted,2025-07-01,", "u1,profiling,,2025-07-01,"]
    mapped = bench.map(CONSENTS.format(version='version = "text"'), "who,purpose,status,at,text\n" + "\n".join(rows))
    first, second = mapped.consents
    assert first["external_ids"] == [{"type": "user_id", "value": NAME("user_id", "u1")}]
    assert (first["purpose"], first["status"], first["version"]) == ("profiling", "granted", "v2")
    assert (first["timestamp"], first["source_id"]) == (datetime(2025, 7, 1, 10), "log")
    assert (second["status"], second["version"]) == ("unknown", None)
    assert mapped.faults == [
        (4, "missing", "identifier"),
        (5, "not_a_time", "timestamp"),
        (6, "not_a_purpose", "purpose"),
        (7, "not_a_status", "status"),
        (8, "not_a_purpose", "purpose"),
        (9, "not_a_status", "status"),
    ]


def test_consents_without_a_version(bench):
    mapped = bench.map(CONSENTS.format(version=""), "who,purpose,status,at,text\nu1,profiling,denied,2025-07-01,v1\n")
    assert [row["version"] for row in mapped.consents] == [None]


def test_one_record_can_be_several_things(bench):
    source = """
        format = "delimited"
        header = false
        columns = ["arm", "spend"]
        [[source.emit]]
        event = "Experiment Viewed"
        timestamp = "'2008-03-01'"
        user_id = "_line"
        experiment_id = "'email'"
        variation_id = "arm"
        [[source.emit]]
        event = "Order Completed"
        when = "TRY_CAST(spend AS DECIMAL) > 0"
        timestamp = "'2008-03-02'"
        user_id = "_line"
        revenue = "spend"
        [[source.emit]]
        kind = "attribute"
        user_id = "_line"
        values = { arm = "arm" }
    """
    mapped = bench.map(source, "mens,0\nnone,3.5\n", timezone="UTC")
    assert [[row[key] for key in ("user_id", "event", "variation_id", "revenue")] for row in mapped.events] == [
        [NAME("user_id", "1"), "Experiment Viewed", "mens", None],
        [NAME("user_id", "2"), "Experiment Viewed", "none", None],
        [NAME("user_id", "2"), "Order Completed", None, Decimal("3.5")],
    ]
    assert [row["said"] for row in mapped.attributes] == [[{"name": "arm", "value": v}] for v in ("mens", "none")]


@pytest.mark.parametrize(("text", "answer"), [("true", True), ("FALSE", False), ("1", True), ("", None)])
def test_answers(typed, text, answer):
    assert typed("is_bot", text) is answer


def test_what_is_no_answer_is_refused(typed):
    assert typed("is_test", "perhaps") == ("not_true_or_false", "is_test")


@pytest.mark.parametrize("text", ["nan", "inf", "-inf", "1e400", "1,5"])
def test_a_span_that_is_no_number_never_reaches_a_mean(typed, text):
    assert typed("dwell_s", text) == ("not_a_number", "dwell_s")


@pytest.mark.parametrize(("column", "text", "reason"), [
    ("dwell_s", "-1", "negative"), ("idle_s", "-0.5", "negative"),
    ("scroll_pct", "-1", "out_of_range"), ("scroll_pct", "100.1", "out_of_range"),
])  # fmt: skip
def test_spans_and_shares_have_ends(typed, column, text, reason):
    assert typed(column, text) == (reason, column)
    assert typed(column, "100") == 100.0
