"""A data set of one's own: begun from files alone, tried on a sample, then run."""

import gzip
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import helpers
from helpers.datasets import paths
from helpers.errors import DataRefused, WrongUse
from helpers.ingestion import create, described, ingest, validate

ORDERS = (
    "Order No;Order Date;Customer ID;E-Mail;SKU;Qty;Unit Price;Remark\n"
    "A-1;05.05.2025 14:05;1001;ann@example.org;T-12;2;19,90;be quick\n"
    "A-2;25.05.2025 15:05;1002;bob@example.org;T-13;1;5;\n"
    "A-3;26.05.2025 15:05;1002;bob@example.org;T-13;x;5;\n"
)
WEB = [
    {"event": "view", "ts": "2025-05-05T14:00:00Z", "user": {"id": "1001"}, "deviceId": "d1", "page": {"path": "/a"}},
    {"event": "add_to_cart", "ts": "2025-05-05T14:01:00Z", "user": {"id": None}, "deviceId": "d1", "page": {}},
    {"event": "teleport", "ts": "2025-05-05T14:02:00Z", "deviceId": "d2"},
]


@pytest.fixture
def files(home, tmp_path):
    """Writes files somewhere and gives their paths."""

    def files(**contents):
        made = []
        for name, content in contents.items():
            file = tmp_path / name.replace("__", ".")
            if isinstance(content, pa.Table):
                pq.write_table(content, file)
            else:
                data = content if isinstance(content, bytes) else content.encode()
                file.write_bytes(gzip.compress(data) if file.suffix == ".gz" else data)
            made.append(file)
        return made

    return files


def as_lines(rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def test_orders_are_guessed_from_their_header_and_values(files):
    told = create("mine", files(orders__csv=ORDERS))
    (source,) = helpers.open("mine").settings.sources
    (block,) = source.emits
    assert (source.name, source.format, source.delimiter, source.timestamps) == ("orders", "delimited", ";", "local")
    assert block.event == "Order Completed"
    assert (block.user_id, block.columns["order_id"], block.columns["quantity"]) == ("Customer ID", "Order No", "Qty")
    assert "  not used           Remark" in told
    assert any("[consent] is missing" in line for line in told)


def test_what_was_guessed_can_be_ingested_as_it_is(files):
    create("mine", files(orders__csv=ORDERS, web__jsonl__gz=as_lines(WEB)))
    file = paths.settings_file("mine")
    file.write_text(file.read_text().replace("[[source]]", "[[source]]\nmax_bad_share = 0.5", 1))
    shop = helpers.open("mine")
    ingest(shop)
    events = shop.table("events").order_by("timestamp").to_pyarrow().to_pylist()
    assert [event["event"] for event in events] == [
        "Product Viewed", "Product Added", "teleport", "Order Completed", "Order Completed",
    ]  # fmt: skip
    assert events[3]["revenue"] == 2 * events[3]["price"] != 0
    assert shop.frame("rejects")[["reason", "column"]].to_numpy().tolist() == [["not_a_whole_number", "quantity"]]
    assert (paths.raw("mine") / "orders.csv").read_text() == ORDERS


def test_files_of_one_shape_are_one_source_and_others_are_not_caught(files):
    day = "at,who,page\n2025-05-0{0},u{0},/\n"
    create("mine", files(log_1__csv=day.format(1), log_2__csv=day.format(2), log_x__csv="who,plan\nu1,gold\nu2,tin\n"))
    one, other = helpers.open("mine").settings.sources
    assert one.files == ["log_1.csv", "log_2.csv"]
    assert other.files == ["log_x.csv"]
    assert (other.emits[0].kind, other.emits[0].values) == ("attribute", {"plan": "plan"})


def test_files_that_are_called_alike_get_a_pattern(files):
    create("mine", files(log_1__csv="at,who\n2025-05-01,u1\n", log_2__csv="at,who\n2025-05-02,u2\n"))
    assert helpers.open("mine").settings.sources[0].files == ["log_*.csv"]


def test_products_and_campaigns_are_no_events(files):
    day = pa.array(["2025-05-01"])
    create("mine", files(
        products__parquet=pa.table({"product_id": ["p1"], "product_category": ["tea"], "brand": ["x"]}),
        campaigns__parquet=pa.table({"campaign_id": ["1"], "start_date": day, "end_date": day}),
    ))  # fmt: skip
    assert [source.emits[0].kind for source in helpers.open("mine").settings.sources] == ["product", "campaign"]


def test_names_addresses_and_birthdays_are_left_out_of_attributes(files):
    people = "email,first_name,Surname,street,dob,plan\na@x.de,Ann,Lee,Main St 1,1990-01-01,gold\n"
    told = create("mine", files(people__csv=people))
    assert helpers.open("mine").settings.sources[0].emits[0].values == {"plan": "plan"}
    assert "  not used           first_name, Surname, street, dob" in told


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_encodings_are_found_out(files, encoding):
    create("mine", files(log__csv="at,who,city\n2025-05-01,ü1,Köln\n".encode(encoding)))
    assert helpers.open("mine").settings.sources[0].encoding == encoding


def test_a_file_without_a_header_says_so(files):
    told = create("mine", files(log__txt=" 0004 19970101 2 29.33\n 0004 19970118 2 29.73\n"))
    assert "  missing            it has no header: name its columns, in order" in told
    assert helpers.open("mine").settings.sources[0].columns == ["column_1", "column_2", "column_3", "column_4"]


@pytest.mark.parametrize(("contents", "said"), [({"a__csv": ""}, "is empty"), ({"a__csv": "\n \n"}, "is empty")])
def test_what_holds_nothing_is_refused(files, contents, said):
    with pytest.raises(DataRefused, match=said):
        create("mine", files(**contents))
    assert not paths.dataset("mine").exists()


def test_nothing_is_written_over(files):
    made = files(log__csv="at,who\n2025-05-01,u1\n")
    create("mine", made)
    with pytest.raises(WrongUse, match="is there already"):
        create("mine", made)
    with pytest.raises(WrongUse, match="no such file"):
        create("other", [made[0].with_name("gone.csv")])


def test_a_sample_is_tried_and_nothing_is_written(files):
    create("mine", files(orders__csv=ORDERS, web__jsonl=as_lines(WEB)))
    before = sorted(paths.dataset("mine").rglob("*"))
    orders, web = validate(helpers.open("mine"))
    assert orders.ledger == {"read": 3, "understood": 2, "refused": 1, "skipped": 0}
    assert [(each.column, each.reason, each.records, each.values) for each in orders.failing] == [
        ("quantity", "not_a_whole_number", 1, ["x"]),
    ]  # fmt: skip
    assert [kind for kind, _ in orders.rows] == ["events", "events"]
    assert web.violations == {"missing:product_id": 2, "unknown_event": 1}
    assert sorted(paths.dataset("mine").rglob("*")) == before
    text = "\n".join(described(orders) + described(web))
    assert "orders, from orders.csv: 3 read, 2 understood, 1 refused, 0 skipped" in text
    assert "refused: quantity: not_a_whole_number in 1 record, such as 'x'" in text
    assert "breaks the plan: unknown_event in 1 events" in text
    assert "ann@example.org" not in text


def test_a_sample_is_the_beginning_of_the_file(files):
    text = "at,who\n" + "".join(f"2025-05-01 10:{n % 60:02d},u{n}\n" for n in range(500))
    for name in ("log__csv", "log__csv__gz"):
        create(name.replace("__", "-"), files(**{name: text}))
        (tried,) = validate(helpers.open(name.replace("__", "-")), lines=101)
        assert tried.ledger["read"] == 100
        assert len(tried.rows) == 10


def test_a_source_without_a_file_says_so(files):
    create("mine", files(log__csv="at,who\n2025-05-01,u1\n"))
    file = paths.settings_file("mine")
    file.write_text(file.read_text().replace("[[source]]", "[[source]]\nrequired = false"))
    (paths.raw("mine") / "log.csv").unlink()
    assert described(*validate(helpers.open("mine"))) == ["log: no file"]
