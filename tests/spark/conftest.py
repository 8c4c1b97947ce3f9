"""Shops computed by both engines: Spark starts once, small, with the settings in conf/, as a cluster has its own."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import BASIS, ENDED, HEAD, PUBLIC_KEY, UNREAD

ENGINES = ("duckdb", "spark")
_IGNORED = (
    # pyspark leaves the end of a transfer to the garbage collector.
    "ignore:unclosed <socket:ResourceWarning",
    "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            for each in _IGNORED:
                item.add_marker(pytest.mark.filterwarnings(each))


@pytest.fixture(scope="session", autouse=True)
def small_spark() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(Path(__file__).parent / "conf"))
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        for name in ("SPARK_MASTER", "SPARK_HOME", "PYSPARK_PYTHON"):
            patch.delenv(name, raising=False)
        yield


def settings_of(home: Path, engine: str, *, zone: str = "Europe/Berlin", consent: str = BASIS) -> None:
    """Write the dataset.toml of data set `tiny`, its tables written by hand."""
    head = HEAD.format(
        name="tiny", timezone=zone, history=f'engine = "{engine}"\n{ENDED}', consent=consent, pseudonyms=PUBLIC_KEY
    )
    folder = home / "data" / "tiny"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dataset.toml").write_text(head + textwrap.dedent(UNREAD), encoding="utf-8")
