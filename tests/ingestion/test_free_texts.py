"""What people write and search: a STOP counts, and no word of theirs is stored."""

from datetime import datetime

import pyarrow.parquet as pq

from tests.ingestion.conftest import SHOP_NAME

TEXTS = """
    [[source]]
    name = "sms"
    files = ["sms.csv"]
    format = "delimited"
    columns = ["id", "at", "phone", "what", "text"]
    channel = "sms"
    [[source.emit]]
    event_from = "'SMS ' || what"
    message_id = "id"
    timestamp = "at"
    external_ids = { phone = "phone" }
    send_id = "'s' || id"
    [[source.emit]]
    when = "upper(trim(text)) = 'STOP'"
    event = "SMS Opted Out"
    message_id = "id"
    timestamp = "at"
    external_ids = { phone = "phone" }
    [[source]]
    name = "web"
    files = ["web.jsonl"]
    format = "jsonl"
    columns = ["at", "who", "path", "query", "agent"]
    [[source.emit]]
    event = "Page Viewed"
    timestamp = "at"
    anonymous_id = "who"
    page_path = "split_part(path, '?', 1)"
    [[source]]
    name = "support"
    files = ["tickets.csv"]
    format = "delimited"
    columns = ["at", "ticket", "who", "step", "body"]
    channel = "support"
    [[source.emit]]
    event_from = "'Support Ticket ' || step"
    timestamp = "at"
    user_id = "who"
    ticket_id = "ticket"
"""
SAID = {
    "sms.csv": "id,at,phone,what,text\n1,2025-05-05 10:00,+491,Delivered,\n"
    "2,2025-05-05 10:05,+491,Replied,stop \n3,2025-05-05 10:06,+492,Replied,my own words to you\n",
    "web.jsonl": '{"at":"2025-05-05 10:00","who":"d1","path":"/search?q=secret wish","query":"q=secret wish",'
    '"agent":"Browser of mine/7.1"}\n',
    "tickets.csv": 'at,ticket,who,step,body\n2025-05-05 10:00,t1,u1,Opened,"I am so angry, see transcript"\n',
}


def test_stop_by_sms_denies_at_that_moment_and_no_other_answer_does(ingested):
    log = ingested(TEXTS, SAID).frame("consent_log").sort_values("purpose")
    assert log[["identifier_type", "identifier", "purpose", "status", "timestamp"]].to_numpy().tolist() == [
        ["phone", SHOP_NAME("phone", "+491"), purpose, "denied", datetime(2025, 5, 5, 8, 5)]
        for purpose in ("sms_marketing", "sms_tracking")
    ]


def test_what_people_wrote_and_searched_is_in_no_stored_table(ingested):
    shop = ingested(TEXTS, SAID)
    stored = "".join(str(pq.read_table(file).to_pylist()) for file in shop.store.folder.rglob("*.parquet"))
    assert "/search" in stored
    assert "SMS Replied" in stored
    for raw in ("my own words", "stop", "secret wish", "q=", "Browser of mine", "angry", "transcript", "+491", "u1"):
        assert raw not in stored
