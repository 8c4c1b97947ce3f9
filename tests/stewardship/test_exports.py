import json
from pathlib import Path

import duckdb
import ibis
import pytest
from ibis.backends.sql.datatypes import DuckDBType

import helpers
from helpers import profiles
from helpers.datasets import lock, paths
from helpers.datasets.tables import TABLES
from helpers.errors import InputOutput, Locked, PrivacyRefused, WrongUse
from helpers.stewardship import export
from tests.stewardship.conftest import HOSTILE

FORMS = ("csv", "parquet", "json")
# Each table once: those of the rest are refused, because nobody could say whose a row is.
REFUSED = {
    "attributes", "cart_lines", "cases", "consent_log", "duplicates", "identifiers", "identity_edges", "merge_log",
    "orders", "sends", "sessions",
}  # fmt: skip
COUNTING = {
    "churn_features", "churn_groups", "outages", "overview_days", "overview_months", "overview_retention",
    "overview_funnels", "lift_returns",
}  # fmt: skip
FREE = {
    "campaigns", "churn_ladder", "churn_savings", "contacts", "drift", "leads_judged", "ledger", "lift_readout",
    "lift_uplift", "lift_verdicts", "plan_violations", "products", "rejects", "state_rules", "value_judged",
}  # fmt: skip


def read_back(done):
    """The rows of an export, by what its schema file says alone."""
    schema = json.loads(done.schema.read_text(encoding="utf-8"))
    read = {
        "csv": "read_csv('{}', all_varchar = true, header = true, allow_quoted_nulls = false, delim = ',', "
        "strict_mode = false, quote = '\"', escape = '\"')",
        # An object of more than 200 keys would be taken for a map.
        "json": "read_json('{}', format = 'array', maximum_depth = 1, map_inference_threshold = -1)",
        "parquet": "'{}'",
    }[done.file.suffix[1:]]
    columns = []
    for column in schema["columns"]:
        name, dtype = f'"{column["name"]}"', ibis.dtype(column["type"])
        if done.file.suffix == ".csv" and dtype.is_string():
            name = f"CASE WHEN starts_with({name}, '''') THEN {name}[2:] ELSE {name} END"
        elif done.file.suffix == ".csv" and (dtype.is_array() or dtype.is_struct()):
            name = f"{name}::JSON"
        sql = DuckDBType.to_string(dtype)
        if done.file.suffix == ".json" and dtype.is_string():
            name = f"{name} ->> '$'"
        columns.append(f'CAST({name} AS {sql}) AS "{column["name"]}"')
    return duckdb.sql(f"SELECT {', '.join(columns)} FROM {read.format(done.file)}").to_arrow_table().to_pylist()


@pytest.mark.parametrize("to", FORMS)
@pytest.mark.parametrize("table", ["profiles", "daily", "contacts", "identity_map", "events"])
def test_an_export_is_read_back_by_its_schema_as_it_was(asked, table, to):
    shop = helpers.open("tiny", as_of="2025-01-20")
    done = export(shop, table, to=to)
    rows = profiles.person_events(shop).drop("weight") if table == "events" else shop.table(table)
    if table not in ("events", "contacts"):
        rows = rows.semi_join(profiles.profiled(shop), "profile_id")
    expected = rows.order_by(TABLES[table].key).to_pyarrow().to_pylist()
    assert read_back(done) == expected
    assert done.rows == len(expected) > 0
    assert json.loads(done.schema.read_text())["rows"] == done.rows


def test_no_spreadsheet_runs_a_cell(asked):
    done = export(asked, "events", to="csv")
    cells = duckdb.sql(f"SELECT page_path FROM read_csv('{done.file}', all_varchar = true) ORDER BY message_id")
    written = [cell for (cell,) in cells.fetchall()]
    assert not any(cell and cell[0] in "=+-@\t\r" for cell in written)
    assert sum(bool(cell) and cell[0] == "'" for cell in written) == 8
    assert [row["page_path"] for row in read_back(done)][: len(HOSTILE)] == HOSTILE


def test_a_negative_number_is_no_text(asked):
    done = export(asked, "profiles", to="csv")
    rows = duckdb.sql(f"SELECT * FROM read_csv('{done.file}', all_varchar = true)").to_arrow_table().to_pylist()
    assert [row["T_days"] for row in rows] == ["17", "17"]


def test_who_objected_does_not_leave_however_the_table_was_made(asked):
    """The tables are of a day when u2 still agreed; consent is read as of the day that is asked for."""
    assert export(asked, "profiles", to="csv").rows == 2
    later = helpers.open("tiny", as_of="2025-06-01")
    later.store.as_of = asked.store.as_of  # the tables of January, asked for in June
    for table in ("profiles", "daily", "identity_map"):
        done = export(later, table, to="csv")
        people = {row["profile_id"] for row in read_back(done)}
        assert len(people) == 1
        assert done.withheld >= 1
    events = read_back(export(later, "events", to="parquet"))
    assert {row["user_id"] for row in events} == {"u1"}
    assert {row["by_email"] for row in read_back(export(later, "contacts", to="parquet"))} == {True}


def test_every_table_leaves_by_consent_or_is_refused(asked):
    for name, table in TABLES.items():
        if name in REFUSED | COUNTING:
            with pytest.raises(PrivacyRefused, match="whose they are" if name in REFUSED else "small groups"):
                export(asked, name, to="csv")
        else:
            assert name in FREE or name == "events" or "profile_id" in table.column_names, name


def test_what_cannot_be_written_leaves_the_last_export(asked, monkeypatch):
    before = export(asked, "profiles", to="json").file.read_bytes()
    monkeypatch.setattr("helpers.stewardship.exports._schema", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(InputOutput, match="disk full"):
        export(asked, "profiles", to="json")
    assert {file.name for file in paths.exports("tiny").iterdir()} == {"profiles.json", "profiles.json.schema.json"}
    assert (paths.exports("tiny") / "profiles.json").read_bytes() == before


def test_a_table_that_nobody_declared_is_named(asked):
    with pytest.raises(WrongUse, match="no table 'customers'"):
        export(asked, "customers", to="csv")


def test_a_file_is_never_there_without_its_schema(asked, monkeypatch):
    real, moved = Path.replace, []

    def once(self, target):
        if moved:
            raise OSError("disk full")
        moved.append(target.name)
        return real(self, target)

    monkeypatch.setattr(Path, "replace", once)
    with pytest.raises(InputOutput, match="disk full"):
        export(asked, "profiles", to="csv")
    assert moved == ["profiles.csv.schema.json"]


def test_nothing_is_exported_while_a_run_is_under_way(asked):
    with lock.hold("tiny", who="run 1"), pytest.raises(Locked, match="run 1"):
        export(asked, "profiles", to="csv")
