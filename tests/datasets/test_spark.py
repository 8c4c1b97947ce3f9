"""What is said where Spark is asked for and cannot be had; that it answers as DuckDB does is for tests/spark."""

import sys

import pytest

import helpers
from helpers.datasets import settings, spark
from helpers.errors import WrongUse

ON_SPARK = 'engine = "spark"\nhistory_ends = 2025-12-31'


@pytest.fixture
def found(monkeypatch):
    """As though pyspark were there."""
    monkeypatch.setattr(spark, "find_spec", lambda name: object())


def test_duckdb_is_the_engine_where_none_is_named(make_shop):
    shop = make_shop()
    table = shop.engine.create_table("one", {"x": [1]}, temp=True)
    assert shop.settings.engine == "duckdb"
    assert shop.computed(lambda rows: rows, table) is table
    assert "helpers.datasets.spark_backend" not in sys.modules


def test_an_engine_that_is_none_is_told_with_its_line(write_dataset):
    name = write_dataset(history='engine = "sparc"').name
    with pytest.raises(WrongUse, match=r"dataset\.toml, line \d+: engine") as told:
        settings.load(name)
    assert "'duckdb' or 'spark'" in str(told.value)


def test_without_pyspark_it_is_said_how_to_install_it(make_shop, monkeypatch):
    monkeypatch.setattr(spark, "find_spec", lambda name: None)
    shop = make_shop(history=ON_SPARK)
    table = shop.engine.create_table("one", {"x": [1]}, temp=True)
    with pytest.raises(WrongUse, match="pip install --requirement requirements-spark"):
        shop.computed(lambda rows: rows, table)


@pytest.mark.parametrize(("home", "said"), [("/nowhere", "JAVA_HOME is /nowhere"), (None, "PATH has none")])
def test_without_java_it_is_said_where_it_was_looked_for(found, monkeypatch, tmp_path, home, said):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    if home:
        monkeypatch.setenv("JAVA_HOME", home)
    with pytest.raises(WrongUse, match=said) as told:
        spark.connect()
    assert "openjdk-17" in str(told.value)


def test_nothing_is_written_before_spark_is_there(make_shop, monkeypatch):
    monkeypatch.setattr(spark, "find_spec", lambda name: None)
    shop = make_shop(history=ON_SPARK)
    with pytest.raises(WrongUse):
        shop.computed(lambda rows: rows, shop.engine.create_table("one", {"x": [1]}, temp=True))
    assert not shop.store.folder.exists() or not [*shop.store.folder.iterdir()]


def test_shops_are_opened_without_pyspark(write_dataset):
    assert helpers.open(write_dataset(history=ON_SPARK).name).settings.engine == "spark"
