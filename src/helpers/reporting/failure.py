"""The page of a run that failed: plain words first, the trace behind a fold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from helpers.reporting.blocks import render
from helpers.reporting.context import Navigation, PageLink, Stamp
from helpers.reporting.page import ANSI


def render_failure(
    *,
    out_path: Path,
    stamp: Stamp,
    stage: str,
    since: dt.datetime,
    message: str,
    trace: str,
    affected: Sequence[str],
    last_good: PageLink | None,
    navigation: Navigation,
) -> None:
    """Write the page that says what failed, since when, and what that means for its readers.

    Args:
        out_path: Where the page goes.
        stamp: What the failed run rested on.
        stage: Which part failed, such as "04_churn"; empty where the run failed outside its notebooks.
        since: When the first of the failed runs in a row began, with its time zone.
        message: What went wrong and what to do, as the error says it.
        trace: What the program said; shown behind a fold, empty for nothing.
        affected: The questions whose figures are now as old as the last good report, as Markdown.
        last_good: The last good report; None where there is none.
        navigation: Where a reader can go from the page.
    """
    html = render(
        "failure.html.j2",
        title=f"The run failed at {stage}" if stage else "The run failed",
        stamp=stamp,
        since=since,
        message=message,
        trace=ANSI.sub("", trace).rstrip(),
        affected=affected,
        last_good=last_good,
        navigation=navigation,
    )
    out_path.write_text(html + "\n", encoding="utf-8", newline="\n")
