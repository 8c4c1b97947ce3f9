"""What notebook 01_ingestion says of how good the delivery is: its last days, its latecomers, its visits."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import ibis
import pandas as pd
from matplotlib.axes import Axes

from helpers.reporting import charts

if TYPE_CHECKING:
    from helpers.datasets import Shop

LAST_DAYS = 7
LATE_S = 24 * 3600


def newest_files(ledger: pd.DataFrame) -> pd.DataFrame:
    """The newest file of each source by its last event, beside what its source's files hold as a rule.

    Args:
        ledger: Table `ledger`.

    Returns:
        Index source; columns file, last_event, read, rejected, usual_read (median of all its files).
    """
    dated = ledger[ledger["last_event"].notna()].sort_values(["last_event", "file"])
    newest = dated.groupby("source_id").tail(1).set_index("source_id").sort_index()
    usual = ledger.groupby("source_id")["rows_read"].median().astype("int64")
    columns = {"file": "file", "last_event": "last_event", "rows_read": "read", "rows_rejected": "rejected"}
    return newest[list(columns)].rename(columns=columns).assign(usual_read=usual).rename_axis("source")


def last_days(shop: Shop) -> pd.DataFrame:
    """Events of each source on each of the last seven local days before `as_of`, 0 where there are none.

    Returns:
        Index source, one column a day as text, the newest last.
    """
    events = shop.table("events")
    day = events.local_time.date()
    first = shop.as_of - timedelta(days=LAST_DAYS)
    recent = events.filter(day >= first, day < shop.as_of)
    counted = recent.group_by(source=recent.source_id, day=recent.local_time.date()).aggregate(events=recent.count())
    frame = shop.frame(counted)
    frame["day"] = pd.to_datetime(frame["day"]).dt.strftime("%d %b")
    days = [f"{first + timedelta(days=n):%d %b}" for n in range(LAST_DAYS)]
    sources = sorted(source.name for source in shop.settings.sources if source.name in _with_events(shop))
    wide = frame.pivot_table(index="source", columns="day", values="events", aggfunc="sum")
    return wide.reindex(index=sources, columns=days).fillna(0).astype("int64").rename_axis("source")


def _with_events(shop: Shop) -> set[str]:
    ledger = shop.frame("ledger")
    return set(ledger.loc[ledger["events"] > 0, "source_id"])


def lateness(shop: Shop) -> tuple[int, int]:
    """Events that their source received more than a day after they happened, of how many it says so.

    Returns:
        How many were late, of how many whose source says when it received them.
    """
    events = shop.table("events")
    known = events.filter(events.late_s.notnull())
    late = (known.late_s > LATE_S).sum().fill_null(0)
    found = known.aggregate(late=late, known=known.count()).to_pyarrow().to_pylist()[0]
    return found["late"], found["known"]


def repeats(shop: Shop) -> tuple[int, int]:
    """Records that tell an event again that is there already, and those of them that say something else.

    Returns:
        How many, and how many that differ.
    """
    told = shop.frame("duplicates")
    return int(told["copies"].sum()), int(told["differing"].sum())


def visits(shop: Shop) -> pd.DataFrame:
    """Figures of people's visits by channel; programs and tests are left out.

    Returns:
        Index channel; columns visits, engaged (share), with_one_event (share), median_minutes, median_views.
    """
    sessions = shop.table("sessions")
    human = sessions.filter(~sessions.is_bot, ~sessions.is_test)
    figures = human.group_by("channel").aggregate(
        visits=human.count(),
        engaged=human.is_engaged.cast("float64").mean(),
        with_one_event=(human.events == 1).cast("float64").mean(),
        median_minutes=human.duration_s.median() / 60,
        median_views=human.views.median(),
    )
    return shop.frame(figures.order_by("channel")).set_index("channel")


def abandoned(shop: Shop) -> tuple[int, int]:
    """Products that were put into a cart and not bought within a week, of those for which that week is over.

    Returns:
        How many were left, of how many.
    """
    lines = shop.table("cart_lines")
    over = lines.filter(lines.added_at < ibis.literal(shop.midnight(shop.as_of - timedelta(days=7))))
    found = over.aggregate(left=(over.abandoned > 0).sum().fill_null(0), lines=over.count()).to_pyarrow().to_pylist()[0]
    return found["left"], found["lines"]


def plot_months(monthly: pd.DataFrame, *, ax: Axes) -> Axes:
    """Events a month by kind: lines, or bars where there is one month only.

    Args:
        monthly: As `monthly` gives it.
        ax: Axes to draw on.
    """
    if len(monthly) > 1:
        return charts.lines(monthly, ax=ax)
    return charts.bars(list(monthly.columns), monthly.iloc[0].tolist(), ax=ax)
