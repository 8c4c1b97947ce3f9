from datetime import date

import pytest

from helpers.datasets import known_datasets
from helpers.datasets.settings import load
from helpers.errors import WrongUse
from tests.datasets.conftest import GOOD, changed


def test_a_whole_file_is_read(toml):
    toml(GOOD)
    settings = load("tiny")
    assert settings.title == "A tiny shop"
    assert settings.default_as_of == date(2026, 1, 1)
    assert settings.zone.key == "Europe/Berlin"
    assert settings.report.max_age == "26h"
    assert [source.name for source in settings.sources] == ["orders", "consents"]
    assert [emit.kind for emit in settings.sources[0].emits] == ["event", "attribute"]
    assert settings.sources[0].max_bad_share == 0.05
    (metric,) = settings.experiments[0].metrics
    assert (metric.name, metric.kind, metric.event) == ("bought", "conversion", "Order Completed")
    assert settings.experiments[0].role(metric) == "goal"
    assert settings.experiments[0].window_of(metric) == 14


def test_where_history_goes_on_there_is_no_default_moment(toml):
    toml(changed("history_ends = 2025-12-31\n", ""))
    assert load("tiny").default_as_of is None


ORDERS_NAME = 'name = "orders"'
ORDERS_FILES = 'files = ["orders.csv"]'
EVENT = '  event = "Order Completed"\n  timestamp'
CHANNELS = "web, app, email, sms, push, support, pos, social, ads, iot"

# What is put in the place of what; the line, the key and the expectation that the message names.
FAULTS = {
    "missing": ('currency = "EUR"\n', "", 1, "currency: is required and missing."),
    "pattern": ('"EUR"', '"Euro"', 3, "currency: is 'Euro'; expected three capital letters, such as 'EUR'."),
    "zone": ("/Berlin", "/Atlantis", 4,
        "timezone: is 'Europe/Atlantis'; expected a time zone such as 'Europe/Berlin'; did you mean 'Europe/Athens'?"),
    "date": ("2025-12-31", '"soon"', 5, "history_ends: is 'soon'; expected a date such as 2026-02-28."),
    "missing in a table": ('owner = "Somebody"\n', "", 7, "report.owner: is required and missing."),
    "age": ('.com"', '.com"\nmax_age = "1 day"', 10,
        "report.max_age: is '1 day'; expected a whole number and h or d, such as '26h'."),
    "unknown key": ('.com"', '.com"\nphone = "1"', 10, "report.phone: is not a key known here."),
    "misspelt key": (
        ".com\"", ".com\"\nmax_ages = \"1d\"", 10, "report.max_ages: is not a key known here; did you mean 'max_age'?",
    ),
    "misspelt key of a source": (
        ORDERS_FILES, "headers = true\n" + ORDERS_FILES, 16,
        "source.1.headers: is not a key known here; did you mean 'header'?",
    ),
    "number for text": ('"EUR"', "978", 3, "currency: is 978; expected text in quotes."),
    "text for a list": (
        ORDERS_FILES, 'files = "orders.csv"', 16,
        "source.1.files: is 'orders.csv'; expected a list in square brackets.",
    ),
    "identifier": (
        '  user_id = "who"\n  revenue', '  external_ids = { email = "whom" }\n  revenue', 23,
        "source.1.emit.1.external_ids.email: unknown column 'whom'; the source has id, at, who, total, _line; "
        "did you mean 'who'?",
    ),
    "no ground": ('source = "consents"', "", 11, "consent: state either a source, or a basis with its reason."),
    "no reason": ('source = "consents"', 'basis = "contract"', 11, "consent: a basis needs its reason."),
    "no such source": (
        'source = "consents"', 'source = "register"', 12,
        "consent.source: is 'register'; expected one of the sources orders, consents.",
    ),
    "source twice": (
        'name = "consents"', 'name = "orders"', 32, "source.2.name: another source is called 'orders' too.",
    ),
    "format": (
        'format = "delimited"\ncolumns = ["id"', 'format = "csv"\ncolumns = ["id"', 17,
        "source.1.format: is 'csv'; expected 'delimited', 'whitespace', 'jsonl' or 'parquet'.",
    ),
    "column twice": (
        '"total"]', '"AT"]', 18,
        "source.1.columns: at, AT: names of columns must differ in more than upper and lower case.",
    ),
    "column of ours": (
        '"at", "who", "total"', '"_line", "who", "total"', 18,
        "source.1.columns: _line: the workbench uses these names itself, choose others.",
    ),
    "channel": (
        ORDERS_FILES, 'channel = "e-mail"\n' + ORDERS_FILES, 16,
        f"source.1.channel: is 'e-mail'; expected one of {CHANNELS}; did you mean 'email'?",
    ),
    "share": (
        ORDERS_FILES, "max_bad_share = 5\n" + ORDERS_FILES, 16,
        "source.1.max_bad_share: is 5; expected at most 1.",
    ),
    "second source": (
        '["consents.csv"]', "[]", 33, "source.2.files: needs at least 1.",
    ),
    "not in this source but in the next": (ORDERS_FILES + "\n", "", 14, "source.1.files: is required and missing."),
    "event": (
        EVENT, EVENT.replace("Completed", "Complete"), 21,
        "source.1.emit.1.event: 'Order Complete' is not in the tracking plan; did you mean 'Order Completed'?",
    ),
    "no event": (
        EVENT, "  timestamp", 20,
        "source.1.emit.1: give either event, a name of the tracking plan, or event_from, an expression.",
    ),
    "column of events": (
        "  revenue =", "  revenu =", 24,
        "source.1.emit.1.revenu: is not a column of events; did you mean 'revenue'?",
    ),
    "no text": (
        '  revenue = "total"', "  revenue = 3", 24,
        "source.1.emit.1.revenue: takes a source column or an expression, as text.",
    ),
    "not in this block but in a later one": (
        '  timestamp = "at"\n  user_id', "  user_id", 20, "source.1.emit.1.timestamp: is required and missing.",
    ),
    "kind": (
        'kind = "attribute"', 'kind = "atribute"', 26,
        "source.1.emit.2: kind is 'atribute'; expected one of 'event', 'attribute', 'product', 'campaign', 'consent'.",
    ),
    "nobody": (
        '  user_id = "who"\n  values', "  values", 26,
        "source.1.emit.2: say whose it is: user_id, anonymous_id or external_ids.",
    ),
    "in the second block": (
        'first_order = "id"', 'first_order = "no"', 29,
        "source.1.emit.2.values.first_order: unknown column 'no'; the source has id, at, who, total, _line.",
    ),
    "expression": (
        'revenue = "total"', "revenue = \"getenv('HOME')\"", 24,
        "source.1.emit.1.revenue: function getenv() is not allowed; allowed are abs, ceil, ",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_names_file_line_key_and_expectation(refused, old, new, line, said):
    found = refused(changed(old, new))
    expected = f"line {line}: {said}"
    assert found.startswith(expected) if said.endswith(" ") else found == expected


def test_every_fault_has_a_line_of_its_own(toml):
    file = toml(changed('"EUR"', '"Euro"').replace("window_days = 14", "window_days = 0"))
    with pytest.raises(WrongUse) as error:
        load("tiny")
    assert [text.partition(": ")[0] for text in str(error.value).splitlines()] == [f"{file}, line {n}" for n in (3, 48)]


def test_a_lookup_joins_columns_that_exist(toml):
    lookup = (
        '\n  [[source.lookup]]\n  name = "shops"\n  file = "shops.csv"\n  columns = ["no"]\n  on = { shop = "no" }\n'
    )
    file = toml(
        changed('columns = ["id", "at", "who", "total"]\n', 'columns = ["id", "at", "who", "total"]\n' + lookup)
    )
    with pytest.raises(WrongUse) as error:
        load("tiny")
    assert str(error.value) == f"{file}, line 24: source.1.lookup.1.on: unknown columns shop; expected ours = theirs."


def test_looked_up_columns_can_be_used_by_their_lookups_name(toml):
    lookup = '\n  [[source.lookup]]\n  name = "shops"\n  file = "shops.csv"\n  columns = ["no"]\n  on = { id = "no" }\n'
    text = changed('columns = ["id", "at", "who", "total"]\n', 'columns = ["id", "at", "who", "total"]\n' + lookup)
    toml(text.replace('user_id = "who"\n  revenue', 'user_id = "shops.no"\n  revenue'))
    assert load("tiny").sources[0].expression_columns == ["id", "at", "who", "total", "_line", "shops.no"]


def test_a_rule_of_the_data_set_is_checked_too(toml):
    rule = '\n  [[source.reject]]\n  reason = "odd"\n  when = "totals < 0"\n'
    file = toml(changed('columns = ["id", "at", "who", "total"]\n', 'columns = ["id", "at", "who", "total"]\n' + rule))
    with pytest.raises(WrongUse, match=r"source.1.reject.1.when: unknown column 'totals'") as error:
        load("tiny")
    assert str(error.value).startswith(f"{file}, line 22: ")


def test_broken_toml_is_named(toml):
    file = toml(GOOD + "\n[[source]\n")
    with pytest.raises(WrongUse) as error:
        load("tiny")
    assert str(error.value).startswith(f"{file}, line 55, column ")
    assert ": not valid TOML: " in str(error.value)


def test_another_encoding_is_named(toml):
    file = toml(GOOD)
    file.write_bytes(GOOD.replace("tiny shop", "Müller").encode("latin-1"))
    with pytest.raises(WrongUse, match=r"tiny/dataset\.toml, line 2: not UTF-8 text; save it as UTF-8"):
        load("tiny")


def test_the_name_is_the_folders(toml):
    file = toml(GOOD, name="other")
    with pytest.raises(WrongUse) as error:
        load("other")
    assert str(error.value) == f"{file}, line 1: name: is 'tiny'; expected 'other', the name of its folder."


def test_a_data_set_that_does_not_exist_brings_those_that_do(toml):
    toml(GOOD)
    with pytest.raises(WrongUse, match=r"There is no data set 'tinny'.*tiny; did you mean 'tiny'\?"):
        load("tinny")


def test_a_home_adds_to_what_the_repository_ships(toml):
    toml(GOOD)
    known = known_datasets()
    assert {"tiny", "demo", "cdnow", "cdnow_sample", "online_retail", "hillstrom"} <= set(known)
    assert known == sorted(known)


@pytest.mark.parametrize("name", ["demo", "cdnow", "cdnow_sample", "online_retail", "hillstrom"])
def test_what_the_repository_ships_is_good(home, name):
    assert load(name).name == name
