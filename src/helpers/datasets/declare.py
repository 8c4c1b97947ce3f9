"""How a table is declared: columns, types, meaning, key, writer and version, once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a declared table.

    Attributes:
        name: Column name, snake_case.
        dtype: Ibis type as text, such as "string", "int64", "float64", "timestamp(6)", "date".
        meaning: What a value says, in one sentence.
        nullable: Whether a value may be missing.
        unit: Unit of a number, empty where there is none.
        isin: The only values allowed, empty for any.
        ge: Smallest value allowed, None for any.
        le: Largest value allowed, None for any.
    """

    name: str
    dtype: str
    meaning: str
    nullable: bool = False
    unit: str = ""
    isin: tuple[str, ...] = ()
    ge: float | None = None
    le: float | None = None


@dataclass(frozen=True, kw_only=True)
class Table:
    """One declared table.

    Attributes:
        name: Table name; also its file name.
        writer: The stage that writes it.
        meaning: What one row is, in one sentence.
        key: Columns that identify a row.
        columns: The columns in their stored order.
        version: Raised when the meaning of a column changes.
        by_month: Whether it is stored in one file a month of its `timestamp`.
    """

    name: str
    writer: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    version: int = 1
    by_month: bool = False

    @property
    def dated(self) -> bool:
        """Whether it holds for one moment only, as all do that are made of the log by the log's readers."""
        return self.writer != "ingestion"

    @property
    def column_names(self) -> list[str]:
        """Column names in their stored order."""
        return [column.name for column in self.columns]


def text(name: str, meaning: str) -> Column:
    """A column of text that may be missing."""
    return Column(name=name, dtype="string", meaning=meaning, nullable=True)


def count(name: str, meaning: str) -> Column:
    """A column that counts, never missing."""
    return Column(name=name, dtype="int64", meaning=meaning, ge=0)


def moment(name: str, meaning: str, *, nullable: bool = False) -> Column:
    """A column of moments without an offset."""
    return Column(name=name, dtype="timestamp(6)", meaning=meaning, nullable=nullable)


def seconds(name: str, meaning: str, *, nullable: bool = True) -> Column:
    """A column of time spans."""
    return Column(name=name, dtype="float64", meaning=meaning, nullable=nullable, unit="seconds", ge=0)


def flag(name: str, meaning: str) -> Column:
    """A column of answers, never missing."""
    return Column(name=name, dtype="boolean", meaning=meaning)


def estimate() -> tuple[Column, ...]:
    """The columns of an estimate as `helpers.statistics` makes it."""
    return (
        Column(name="value", dtype="float64", meaning="The estimate."),
        _end("lo", "Lower end of its interval, missing where the data allow none."),
        _end("hi", "Upper end of its interval, missing where `lo` is."),
        Column(name="level", dtype="float64", meaning="Coverage that the interval claims.", ge=0, le=1),
        Column(name="n", dtype="int64", meaning="People that the estimate rests on.", unit="people", ge=1),
        Column(name="method", dtype="string", meaning="How the interval was made."),
    )


def _end(name: str, meaning: str) -> Column:
    return Column(name=name, dtype="float64", meaning=meaning, nullable=True)
