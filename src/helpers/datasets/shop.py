"""A data set opened for people: its settings, its moment, its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, time
from functools import cached_property
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import duckdb
import ibis

from helpers.datasets import settings as settings_module
from helpers.datasets import spark
from helpers.datasets.engine import connect
from helpers.datasets.store import Store
from helpers.errors import WrongUse, cannot_write

if TYPE_CHECKING:
    import pandas as pd
    from ibis.backends.duckdb import Backend

FRAME_LIMIT = 2_000_000
# Tables whose rows say themselves when the workbench came to know them.
_LEARNED = ("events", "attributes", "consent_log")


class Shop:
    """One data set as of one moment.

    Attributes:
        name: Its folder under data/.
        settings: Its dataset.toml.
        as_of: The local day at whose first moment the data are looked at.
        moment: That moment in UTC, without an offset, as stored timestamps are; only earlier events count.
        known_before: In UTC; what came to be known later does not count. None where everything known today does.
    """

    def __init__(self, name: str, *, as_of: str = "", known_at: str = "") -> None:
        self.name = name
        self.settings = settings_module.load(name)
        self.as_of = _day(as_of, "as_of") or self.settings.default_as_of or datetime.now(self.settings.zone).date()
        self.moment = self.midnight(self.as_of)
        known = _day(known_at, "known_at")
        self.known_before = self.midnight(known) if known else None
        self.store = Store(name, as_of=self.as_of, known_at=known)

    @cached_property
    def engine(self) -> Backend:
        """The Ibis connection on which this shop's tables live."""
        return connect(self.store.folder / ".spill")

    def table(self, name: str) -> ibis.Table:
        """A stored table as an Ibis expression, without what was not known yet by `known_before`.

        Raises:
            WrongUse: If the table is not declared or not written yet.
        """
        rows = self.store.read(self.engine, name)
        if self.known_before is None or name not in _LEARNED:
            return rows
        return rows.filter(rows.loaded_at < self.known_before)

    def published(self, name: str) -> ibis.Table | None:
        """A table as the last published run left it, as of whatever moment: what was said then and is not said anew.

        None where there is none that can be read.
        """
        folder = self.store.published(name)
        return self.store.read(self.engine, name, folder=folder) if folder else None

    def computed(self, make: Callable[..., ibis.Table], *tables: ibis.Table | None) -> ibis.Table:
        """What `make` makes of tables, computed by the engine of dataset.toml.

        Args:
            make: Of as many tables as are given, one, by what both engines have.
            tables: Expressions on `engine`; None stays None.

        Returns:
            An expression on `engine`.
        """
        if self.settings.engine == "duckdb":
            return make(*tables)
        return spark.computed(make, tables, con=self.engine, beside=self.store.folder)

    @contextmanager
    def at_hand(self, rows: ibis.Table) -> Iterator[ibis.Table]:
        """Rows that are read again and again, worked out once and meanwhile on the disk, beside the tables.

        Args:
            rows: An expression on `engine`.

        Raises:
            InputOutput: If the disk refuses.
        """
        folder = self.store.folder
        with ExitStack() as kept:
            try:
                folder.mkdir(parents=True, exist_ok=True)
                aside = kept.enter_context(TemporaryDirectory(prefix=".at_hand_", dir=folder))
                self.engine.to_parquet(rows, f"{aside}/rows.parquet")
            except (OSError, duckdb.IOException) as error:
                raise cannot_write(folder, error) from None
            yield self.engine.read_parquet(f"{aside}/rows.parquet")

    def frame(self, rows: str | ibis.Table, *, limit: int = FRAME_LIMIT) -> pd.DataFrame:
        """A table or expression as a pandas frame, refused when it is larger than a person would want.

        Args:
            rows: A table's name or an Ibis expression.
            limit: Most rows allowed.

        Raises:
            WrongUse: If there are more rows than `limit`.
        """
        expression = self.table(rows) if isinstance(rows, str) else rows
        frame = expression.limit(limit + 1).to_pyarrow().to_pandas()
        if len(frame) > limit:
            raise WrongUse(
                f"This has more than {limit:,} rows, too many for a pandas frame. Aggregate it in the engine, "
                "select fewer rows, or raise `limit`."
            )
        return frame

    def write(self, name: str, rows: ibis.Table | pd.DataFrame) -> int:
        """Check rows against their declaration and store them; returns their number."""
        return self.store.write(self.engine, name, rows)

    def write_results(self, stage: str, entries: list[dict[str, Any]]) -> None:
        """Keep a stage's result record."""
        self.store.write_results(stage, entries)

    def midnight(self, day: date) -> datetime:
        """Local midnight of `day` in UTC, without an offset, as stored timestamps are."""
        local = datetime.combine(day, time(), tzinfo=self.settings.zone)
        return local.astimezone(UTC).replace(tzinfo=None)

    def local_day(self, moment: datetime) -> date:
        """The day on the shop's wall clock at a moment in UTC."""
        return moment.replace(tzinfo=UTC).astimezone(self.settings.zone).date()


def _day(text: str, parameter: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise WrongUse(f"{parameter} is {text!r}; expected a date such as '2026-03-31'.") from None


def require(condition: bool, message: str) -> None:
    """Check a parameter of a notebook.

    Raises:
        WrongUse: With `message`, when `condition` does not hold.
    """
    if not condition:
        raise WrongUse(message)
