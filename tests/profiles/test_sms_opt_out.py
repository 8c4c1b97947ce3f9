"""A STOP by SMS, from the file of the gateway to what profiles may use."""

from helpers import identity
from helpers.ingestion import ingest
from helpers.profiles import person_events

SOURCES = """
    [[source]]
    name = "gateway"
    files = ["sms.csv"]
    format = "delimited"
    columns = ["id", "at", "what", "phone"]
    channel = "sms"
    [[source.emit]]
    when = "what <> 'Opted Out'"
    event_from = "'SMS ' || what"
    message_id = "id"
    timestamp = "at"
    send_id = "id"
    external_ids = { phone = "phone" }
    [[source.emit]]
    when = "what = 'Opted Out'"
    event = "SMS Opted Out"
    message_id = "id"
    timestamp = "at"
    external_ids = { phone = "phone" }

    [[source]]
    name = "mails"
    files = ["mails.csv"]
    format = "delimited"
    columns = ["id", "at", "phone"]
    channel = "email"
    [[source.emit]]
    event = "Email Opened"
    message_id = "id"
    timestamp = "at"
    send_id = "id"
    external_ids = { phone = "phone" }

    [[source]]
    name = "answers"
    files = ["consent.csv"]
    format = "delimited"
    columns = ["at", "phone", "purpose"]
    [[source.emit]]
    kind = "consent"
    external_ids = { phone = "phone" }
    purpose = "purpose"
    status = "'granted'"
    timestamp = "at"
"""
FILES = {
    "sms.csv": """id,at,what,phone
s1,2025-03-01 10:00:00,Link Clicked,+49 1
s2,2025-03-02 10:05:00,Opted Out,+49 1
s3,2025-03-02 10:05:01,Link Clicked,+49 1
s4,2025-03-02 10:05:01,Link Clicked,+49 2
""",
    "mails.csv": "id,at,phone\ne1,2025-03-02 10:06:00,+49 1\n",
    "consent.csv": "at,phone,purpose\n"
    + "".join(
        f"2025-01-01 00:00:00,+49 {phone},{purpose}\n"
        for phone in (1, 2)
        for purpose in ("profiling", "sms_tracking", "email_tracking", "sms_marketing", "email_marketing")
    ),
}


def used(make_shop, as_of):
    shop = make_shop(SOURCES, FILES, consent='source = "answers"', timezone="UTC", as_of=as_of)
    ingest(shop)
    identity.stitch(shop)
    return shop, set(person_events(shop).message_id.to_pyarrow().to_pylist())


def test_a_stop_by_sms_acts_on_the_next_event_and_on_that_channel_alone(make_shop):
    shop, events = used(make_shop, "2025-03-03")
    # What was clicked before is not used any more either, for the permission must last.
    assert events == {"s2#1", "s4", "e1"}
    log = shop.table("consent_log")
    denied = log.filter(log.status == "denied").select("purpose", "timestamp").to_pyarrow().to_pylist()
    assert sorted(row["purpose"] for row in denied) == ["sms_marketing", "sms_tracking"]


def test_before_the_stop_the_channel_counts(make_shop):
    _, events = used(make_shop, "2025-03-02")
    assert events == {"s1"}
