import json
import os
from datetime import datetime

import ibis
import pandas as pd
import pyarrow as pa
import pytest

import helpers
from helpers.datasets import paths
from helpers.datasets.store import content_of, published_run
from helpers.errors import WorkbenchError, WrongUse

PRODUCT = {"product_id": "p1", "product_category": "tea", "launched_at": None, "price": 1.5, "cost": None}


@pytest.fixture
def shop(make_shop):
    return make_shop()


@pytest.fixture
def publish(monkeypatch):
    """Lets a run write products at `price`, and `latest` point to it."""

    def run(run, price):
        monkeypatch.setenv("WORKBENCH_RUN", run)
        helpers.open("tiny").write("products", products(price=price))
        monkeypatch.delenv("WORKBENCH_RUN")
        pages = paths.report_run("tiny", run)
        pages.mkdir(parents=True)
        (pages / "manifest.json").write_text(json.dumps({"run": run}))
        paths.latest("tiny").unlink(missing_ok=True)
        paths.latest("tiny").symlink_to(pages)

    return run


def products(**changes):
    frame = pd.DataFrame([PRODUCT | changes])
    return frame.astype({"launched_at": "datetime64[us]", "price": "float64", "cost": "float64"})


def price(shop):
    return float(shop.frame("products")["price"][0])


def outdate(folder):
    """Lets the copy of products in a folder be of another version."""
    file = folder / "products.meta.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"version": 0}))


def stamp(shop, when):
    """Lets the scratch copy of products look written at `when`."""
    file = paths.scratch("tiny") / "products.meta.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"written_at": when}))


def test_what_is_written_is_read(shop):
    assert shop.write("products", products()) == 1
    row = shop.frame("products").iloc[0]
    assert list(row.index) == ["product_id", "product_category", "launched_at", "price", "cost"]
    assert (row["product_id"], float(row["price"])) == ("p1", 1.5)
    assert pd.isna(row["launched_at"])


def test_a_person_writes_to_scratch(shop):
    shop.write("products", products())
    assert (paths.scratch("tiny") / "products.parquet").exists()
    assert not list((paths.dataset("tiny")).glob("runs/*"))


def test_a_run_writes_and_reads_its_own_folder_alone(shop, monkeypatch):
    shop.write("products", products())
    monkeypatch.setenv("WORKBENCH_RUN", "r1")
    run = helpers.open("tiny")
    with pytest.raises(WrongUse, match="has no table 'products' yet"):
        run.table("products")
    run.write("products", products(price=2.0))
    assert (paths.run_tables("tiny", "r1") / "products.parquet").exists()
    assert price(run) == 2.0
    monkeypatch.delenv("WORKBENCH_RUN")
    assert price(helpers.open("tiny")) == 1.5


def test_the_newer_of_scratch_and_published_is_read(shop, publish):
    shop.write("products", products(price=1.0))
    publish("r1", price=2.0)
    assert price(shop) == 2.0
    shop.write("products", products(price=3.0))
    assert price(shop) == 3.0
    publish("r2", price=4.0)
    assert price(shop) == 4.0
    stamp(shop, "9999-01-01T00:00:00.000000+00:00")
    assert price(shop) == 3.0


def test_a_run_that_latest_does_not_point_to_is_not_read(shop, publish, monkeypatch):
    publish("r1", price=1.0)
    monkeypatch.setenv("WORKBENCH_RUN", "r2")
    helpers.open("tiny").write("products", products(price=2.0))
    monkeypatch.delenv("WORKBENCH_RUN")
    assert published_run("tiny") == "r1"
    assert price(shop) == 1.0


def test_what_was_published_is_read_as_of_whatever_moment_also_by_a_run(shop, publish, monkeypatch):
    assert shop.published("products") is None
    publish("r1", price=1.0)
    monkeypatch.setenv("WORKBENCH_RUN", "r2")
    later = helpers.open("tiny", as_of="2030-01-01")
    assert later.frame(later.published("products"))["price"].tolist() == [1.0]
    outdate(paths.run_tables("tiny", "r1"))
    assert later.published("products") is None


def test_a_table_that_nobody_wrote_names_the_stage_that_does(shop):
    with pytest.raises(
        WrongUse, match=r"has no table 'profiles' yet. Run `workbench run tiny`, or the notebook of stage"
    ):
        shop.table("profiles")


def test_a_table_of_another_version_is_refused(shop):
    shop.write("products", products())
    outdate(paths.scratch("tiny"))
    with pytest.raises(WrongUse, match=r"as version 0, this code reads version 1\. Run `workbench run tiny`"):
        shop.table("products")


def test_where_a_report_is_of_another_version_the_command_is_migrate(shop, publish):
    publish("r1", price=2.0)
    outdate(paths.run_tables("tiny", "r1"))
    with pytest.raises(WrongUse, match=r"as version 0, this code reads version 1\. Run `workbench migrate tiny`"):
        shop.table("products")


def test_a_copy_of_another_version_does_not_hide_one_that_can_be_read(shop, publish):
    publish("r1", price=2.0)
    shop.write("products", products(price=3.0))
    outdate(paths.scratch("tiny"))
    assert price(shop) == 2.0


def test_a_table_without_a_column_that_is_declared_now_is_refused(shop, publish):
    publish("r1", price=2.0)
    file = paths.run_tables("tiny", "r1") / "products.parquet"
    pd.read_parquet(file).drop(columns="price").to_parquet(file)
    with pytest.raises(WrongUse, match=r"has no column 'price', which this code reads\. Run `workbench migrate tiny`"):
        shop.table("products")


def test_a_broken_rule_stores_nothing_and_leaves_what_was_there(shop):
    with pytest.raises(WorkbenchError, match="price fails"):
        shop.write("products", products(price=-1.0))
    assert not [file for file in paths.scratch("tiny").rglob("*") if "products" in file.name]
    shop.write("products", products(price=1.0))
    with pytest.raises(WorkbenchError, match="price fails"):
        shop.write("products", products(price=-1.0))
    assert price(shop) == 1.0


def test_a_column_that_is_absent_is_named(shop):
    with pytest.raises(WorkbenchError, match="Table 'products' lacks its declared columns cost, price"):
        shop.write("products", products().drop(columns=["price", "cost"]))


def test_a_column_that_is_not_declared_is_left_out(shop):
    shop.write("products", products().assign(more=1))
    assert "more" not in shop.table("products").columns


def test_types_are_those_declared(shop):
    shop.write("products", products())
    schema = shop.table("products").schema()
    assert schema["price"] == ibis.dtype("decimal(18, 4)")
    assert schema["launched_at"] == ibis.dtype("timestamp(6)")


def test_a_table_can_be_written_from_itself(shop):
    shop.write("products", products())
    table = shop.table("products")
    shop.write("products", table.mutate(price=table.price * 2))
    assert price(shop) == 3.0


def test_events_lie_in_one_folder_a_month_and_none_stays_behind(shop, log):
    log.add("2025-01-31T23:59:59").add("2025-02-01").write(shop)
    folder = paths.scratch("tiny") / "events"
    assert sorted(path.name for path in folder.iterdir()) == ["month=2025-01", "month=2025-02"]
    log.rows.pop()
    log.write(shop)
    assert [path.name for path in folder.iterdir()] == ["month=2025-01"]
    assert shop.frame("events")["timestamp"].tolist() == [datetime(2025, 1, 31, 23, 59, 59)]


def test_a_log_without_events_can_be_read(shop, log):
    assert log.write(shop).frame("events").empty


def test_rows_stand_in_the_order_of_their_key(shop):
    frame = pd.concat([products(product_id=name) for name in ("p2", "p10", "p1")])
    shop.write("products", frame)
    assert shop.frame("products")["product_id"].tolist() == ["p1", "p10", "p2"]


def test_nothing_half_made_is_left(shop):
    shop.write("products", products())
    assert not [file for file in paths.scratch("tiny").rglob("*") if ".aside" in file.name]


def test_results_lie_beside_the_tables(shop):
    shop.write_results("lift", [{"key": "lift.x", "value": 1}])
    file = paths.scratch("tiny") / "results" / "lift.json"
    assert json.loads(file.read_text())["results"] == [{"key": "lift.x", "value": 1}]


def test_the_environment_is_as_it_was(shop):
    assert "WORKBENCH_RUN" not in os.environ


def test_the_content_of_a_table_does_not_hang_on_when_it_was_loaded(shop, log):
    def content():
        log.write(shop)
        return json.loads((shop.store.folder / "events.meta.json").read_text())["content"]

    first = log.add("2025-01-01", user_id="u1") and content()
    log.rows[0]["loaded_at"] = datetime(2025, 6, 1)
    assert content() == first
    log.rows[0]["user_id"] = "u2"
    assert content() != first


def test_in_which_order_floats_were_added_up_does_not_count(shop):
    def content(*values):
        rows = pa.table({"profile_id": ["a", "b"], "score": pa.array(values, pa.float64())})
        return content_of(shop.engine, shop.engine.create_table("scores", rows, temp=True, overwrite=True))

    assert sum([0.1, 0.2, 0.3]) != sum([0.3, 0.2, 0.1])
    assert content(sum([0.1, 0.2, 0.3]), None) == content(sum([0.3, 0.2, 0.1]), None)
    assert len({content(0.6, None), content(0.600001, None), content(None, 0.6), content(0.6, 0.0)}) == 4


def test_a_home_whose_path_has_an_apostrophe_can_be_worked_in(home, monkeypatch, make_shop, log):
    monkeypatch.setenv("WORKBENCH_HOME", str(home.with_name("o'brien")))
    shop = log.order("2025-05-01T10:00", 1, user_id="u1").write(make_shop())
    assert shop.table("events").user_id.to_pyarrow().to_pylist() == ["u1"]
    assert shop.table("consent_log").count().to_pyarrow().as_py() == 0
