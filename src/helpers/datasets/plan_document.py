"""The tracking plan as a page that people read; `make docs` writes it, and a test keeps it true."""

from __future__ import annotations

from pathlib import Path

from helpers.datasets import paths
from helpers.datasets.plan import PlannedEvent, Range, TrackingPlan, tracking_plan

FILE = paths.REPOSITORY / "data" / "TRACKING_PLAN.md"
_HEAD = """# The tracking plan, version {version}

Made by `make docs` from [tracking_plan.toml](tracking_plan.toml); change it there. Every source is the shop's own: the
plan knows no third party, and no event of it is bought or taken from other sites.

| event | kind | what happened | leads to | weight | must carry | may carry | consent | kept |
|---|---|---|---|---|---|---|---|---|
"""


def documented(plan: TrackingPlan) -> str:
    """The plan as Markdown, one row an event, in the order of the plan."""
    rows = [_row(name, event) for name, event in plan.events.items()]
    return _HEAD.format(version=plan.version) + "".join(rows)


def write(file: Path = FILE) -> None:
    """Write the document of the shared plan."""
    file.write_text(documented(tracking_plan()), encoding="utf-8")


def _row(name: str, event: PlannedEvent) -> str:
    meaning = f"{event.meaning} Not in use any more: send {event.deprecated}." if event.deprecated else event.meaning
    must = ", ".join(f"`{column}`" for column in event.required)
    may = "; ".join(f"`{key}`: {_allowed(kind)}" for key, kind in event.properties.items())
    may = "; ".join([may] * bool(may) + [f"`{key}` is personal" for key in event.personal])
    kept = f"{event.days_kept} days" if event.days_kept else ""
    cells = (name, event.category, meaning, event.goal or "", f"{event.weight:g}", must, may, event.purpose or "", kept)
    return f"| {' | '.join(cells)} |\n"


def _allowed(kind: str | list[str] | Range) -> str:
    if isinstance(kind, Range):
        return f"{kind.min:g} to {kind.max:g}"
    return kind if isinstance(kind, str) else " or ".join(kind)
