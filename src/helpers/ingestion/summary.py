"""What notebook 01_ingestion shows: small frames made of the books and of counts over the events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import pandas as pd

if TYPE_CHECKING:
    from helpers.datasets import Shop

_MUCH_LOST = 0.01
PARTS = ("read", "kept", "rejected", "quarantined", "duplicate", "skipped")


def by_source(ledger: pd.DataFrame) -> pd.DataFrame:
    """Files, records and events of each source.

    Args:
        ledger: Table `ledger`.

    Returns:
        One row a source; columns files, the parts of the ledger, events.
    """
    counted = {part: (f"rows_{part}", "sum") for part in PARTS}
    return ledger.groupby("source_id", sort=True).agg(files=("file", "size"), **counted, events=("events", "sum"))


def verdict(sources: pd.DataFrame) -> str:
    """Whether the day's figures may be used, by the source that lost most: more than 1 record in 100 asks for care.

    Args:
        sources: What `by_source` gave.
    """
    lost = (sources["rejected"] + sources["quarantined"]) / sources["read"].clip(lower=1)
    if lost.max() <= _MUCH_LOST:
        return "Today's figures may be used"
    return f"Use today's figures with care, above all those of {lost.idxmax()}"


def figures(shop: Shop, ledger: pd.DataFrame, groups: pd.DataFrame) -> dict[str, int]:
    """The counts of the page as result keys: records in all and by source, events by category, what they add up to.

    Args:
        shop: The data set, ingested.
        ledger: Table `ledger`.
        groups: What `belonging` gave.
    """
    sources, events = by_source(ledger), shop.table("events")
    totals = sources.sum()
    found = {f"ingestion.rows_{part}": totals[part] for part in PARTS}
    found |= {
        f"ingestion.{source.Index}.rows_{part}": getattr(source, part)
        for source in sources.itertuples()
        for part in PARTS
    }
    found |= {"ingestion.plan_violations": shop.frame("plan_violations")["events"].sum()}
    found |= {"ingestion.duplicates.exact": ledger["rows_repeated"].sum(), "ingestion.events": totals["events"]}
    counted = events.group_by("category").aggregate(rows=events.count()).order_by("category").to_pyarrow().to_pylist()
    found |= {f"ingestion.events.{row['category']}": row["rows"] for row in counted}
    found |= {f"ingestion.{key}": rows for key, rows in zip(groups["key"], groups["rows"], strict=True)}
    return {key: int(count) for key, count in found.items()}


def reasons(rejects: pd.DataFrame) -> pd.DataFrame:
    """How often each reason to reject occurred, the most frequent first, with the place of its first case.

    Args:
        rejects: Table `rejects`.

    Returns:
        Columns source, reason, column, records, first_case.
    """
    ordered = rejects.sort_values(["file", "line"])
    place = ordered["file"] + ", line " + ordered["line"].astype(str)
    grouped = ordered.assign(first_case=place).groupby(["source_id", "reason", "column"], dropna=False)
    counted = grouped.agg(records=("line", "size"), first_case=("first_case", "first")).reset_index()
    return counted.rename(columns={"source_id": "source"}).sort_values(
        ["records", "source", "reason"], ascending=[False, True, True], ignore_index=True
    )


def spoken(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the names of its columns and its index as words: "first_day" becomes "First day"."""
    words = frame.rename(columns=lambda name: name.replace("_", " ").capitalize())
    return words.rename_axis(frame.index.name.replace("_", " ").capitalize()) if frame.index.name else words


def monthly(shop: Shop) -> pd.DataFrame:
    """Events a local month and category: index month (timestamp), one column a category that occurs."""
    events = shop.table("events")
    counts = events.group_by(month=events.local_time.truncate("M"), category=events.category).aggregate(
        events=events.count()
    )
    frame = shop.frame(counts.order_by("month", "category"))
    return frame.pivot_table(index="month", columns="category", values="events", fill_value=0).astype("int64")


def coverage(shop: Shop) -> pd.DataFrame:
    """First and last local day of each source, the days between without an event, and its age at `as_of`.

    Returns:
        One row a source: first_day, last_day, days_without, days_old.
    """
    events = shop.table("events")
    day = events.local_time.date()
    spans = events.group_by(source=events.source_id).aggregate(
        first_day=day.min(), last_day=day.max(), days=day.nunique()
    )
    frame = shop.frame(spans.order_by("source"))
    first, last = pd.to_datetime(frame["first_day"]), pd.to_datetime(frame["last_day"])
    frame["days_without"] = (last - first).dt.days + 1 - frame["days"]
    frame["days_old"] = (pd.Timestamp(shop.as_of) - last).dt.days - 1
    return frame.drop(columns="days")


def customers_seen(shop: Shop) -> int:
    """Different customer ids in the events, as they came."""
    return shop.table("events").user_id.nunique().to_pyarrow().as_py()


def without_identifier(shop: Shop) -> int:
    """Events that carry no identifier at all, kept but belonging to nobody."""
    events = shop.table("events")
    nobody = events.user_id.isnull() & events.anonymous_id.isnull()
    listed = ibis.coalesce(events.external_ids.length(), 0) > 0
    return events.filter(nobody & ~listed).count().to_pyarrow().as_py()
