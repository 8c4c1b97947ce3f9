import json
import tomllib
from pathlib import Path

import numpy as np
import pytest

from helpers.datasets import paths
from helpers.datasets.plan import tracking_plan
from helpers.datasets.settings import load
from helpers.errors import InputOutput, WrongUse
from helpers.simulate import write_shop


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_equal_arguments_give_equal_bytes(tmp_path):
    for name, seed in (("a", 3), ("b", 3), ("c", 4)):
        np.random.seed(seed + len(name))  # the global state must not matter
        write_shop(tmp_path / name / "raw", tmp_path / name / "truth", customers=25, seed=seed)
    assert contents(tmp_path / "a" / "raw") == contents(tmp_path / "b" / "raw")
    assert contents(tmp_path / "a" / "truth") == contents(tmp_path / "b" / "truth")
    assert contents(tmp_path / "a" / "raw") != contents(tmp_path / "c" / "raw")


def test_gzip_files_hold_no_time_and_no_name(disk):
    packed = list(disk.raw.glob("*.gz"))
    assert packed
    for path in packed:
        head = path.read_bytes()[:10]
        assert head[3] == 0
        assert head[4:8] == bytes(4)


def test_the_files_that_are_written_are_the_files_that_are_named(disk):
    assert sorted(disk.files) == sorted(disk.raw.iterdir())
    names = {path.name for path in disk.truth_folder.iterdir()}
    assert names == {
        f"{name}.parquet"
        for name in ("customers", "identifiers", "traffic", "experiment_people", "planted_effect", "dirt")
    }


def test_there_is_one_file_a_month(disk):
    months = [path.name.removeprefix("orders-").removesuffix(".csv") for path in sorted(disk.raw.glob("orders-*"))]
    assert len(months) == 27
    assert (months[0], months[-1]) == ("2024-01", "2026-03")
    assert all(disk.orders.loc[disk.orders["ordered_at"].str[:7] == month].shape[0] for month in months)


def test_the_size_fits_a_demo(disk):
    records = sum(len(disk.table(pattern)) for pattern in ("orders-*", "email-*", "*s.csv", "consent.csv"))
    records += sum(1 for source in ("web", "app") for _ in disk.calls(source))
    scale = 2000 / len(disk.truth("customers"))
    assert 200_000 < records * scale < 330_000
    assert sum(path.stat().st_size for path in disk.files) * scale < 15e6


@pytest.mark.parametrize("customers", [1, 3])
def test_a_handful_of_customers_is_a_shop_too(tmp_path, customers):
    files = write_shop(tmp_path / "raw", tmp_path / "truth", customers=customers)
    assert len(files) == 114


@pytest.mark.parametrize(("customers", "seed"), [(0, 7), (5, -1)])
def test_impossible_shops_are_refused(tmp_path, customers, seed):
    with pytest.raises(WrongUse, match="at least 1 customer"):
        write_shop(tmp_path, tmp_path, customers=customers, seed=seed)


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(InputOutput, match="file"):
        write_shop(tmp_path / "file" / "raw", tmp_path / "truth", customers=1)


@pytest.fixture
def settings(monkeypatch):
    monkeypatch.delenv("WORKBENCH_HOME", raising=False)
    return load("demo")


def test_the_committed_mapping_names_the_columns_that_are_written(settings, disk):
    for source in settings.sources:
        paths_of_source = [path for pattern in source.files for path in disk.raw.glob(pattern)]
        assert paths_of_source, source.name
        if source.format == "delimited":
            assert {tuple(source.columns)} == {tuple(next(disk.records(path))[1]) for path in paths_of_source}
        else:
            seen = {key for call in disk.calls(source.name) for key in _keys(call)}
            assert set(source.columns) <= seen
    mapped = {path for source in settings.sources for pattern in source.files for path in disk.raw.glob(pattern)}
    assert mapped == set(disk.files)


def test_free_text_is_declared_and_never_mapped(settings):
    text = tomllib.loads((paths.REPOSITORY / "data" / "demo" / "dataset.toml").read_text(encoding="utf-8"))
    emits = {source["name"]: json.dumps(source["emit"]) for source in text["source"]}
    assert "body" not in emits["support"]
    assert "properties.query" not in emits["web"]
    assert emits["sms"].count("reply_text") == 1  # as a condition, for STOP


def test_every_event_of_the_tracker_is_in_the_tracking_plan(disk):
    events = {call["event"] for source in ("web", "app") for call in disk.calls(source)}
    assert events <= set(tracking_plan().events)
    assert {"Page Viewed", "Product Viewed", "Product Added", "Product Removed", "Products Searched"} <= events
    assert {"Product List Filtered", "Cart Viewed", "Checkout Started", "Ad Clicked", "Application Opened"} <= events


def test_the_declared_experiment_is_the_planted_one(settings, disk):
    effect, (declared,) = disk.truth("planted_effect"), settings.experiments
    assert set(effect["experiment"]) == {declared.name}
    planted = ["conversion", "spend"]
    assert list(effect["metric"]) == planted
    assert [metric.name for metric in declared.metrics][:2] == planted  # of the others nothing was planted
    assert set(effect["window_days"]) == {declared.window_days}
    assert set(disk.truth("experiment_people")["arm"]) == set(declared.arms)


def _keys(call: dict, prefix: str = "") -> set[str]:
    keys = set()
    for key, value in call.items():
        keys |= _keys(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}"}
    return keys
