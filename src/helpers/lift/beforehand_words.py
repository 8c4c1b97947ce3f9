"""What an experiment needs before it begins, as lines that somebody reads in a terminal."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence

from helpers.lift.beforehand import Aim, Beforehand
from helpers.lift.planning import POWER
from helpers.lift.verdict_words import GUARDRAIL
from helpers.lift.words import amount, told
from helpers.reporting import date, days, level, number, people
from helpers.reporting.formats import MISSING

APART = "  "  # between columns


def beforehand_lines(found: Beforehand, *, currency: str) -> list[str]:
    """What it takes: what was looked at, a table of goals and guardrails, and what its columns mean.

    Args:
        found: What `beforehand` gave.
        currency: ISO 4217 code of the amounts.
    """
    notes = [_now(found), *(_not_planned(each) for each in found.aims if each.needed is None and each.level.estimate)]
    if any(each.needed for each in found.aims):
        notes += [_needed(found), _days(found)]
    return [_opening(found), "", *aligned(_rows(found, currency)), "", *notes, _end(found, currency)]


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of text as lines in columns: the first two begin under each other, the others end there.

    Args:
        rows: Cells, as many in each row; at least one row.
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        APART.join(
            cell.ljust(width) if place < 2 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]


def _rows(found: Beforehand, currency: str) -> list[list[str]]:
    """One row a metric beneath the header."""
    arms = found.experiment.arms
    rows = [["Metric", "Role", "Now", "To be found", *arms, "Days"]]
    for each in found.aims:
        effect, needed = each.metric.smallest_effect, each.needed or {}
        size = MISSING if effect is None else amount(effect, each.metric, currency)
        late = f"over {number(len(found.reach) - 1)}" if needed else MISSING
        cells = (number(needed.get(arm)) for arm in arms)
        rows.append(
            [
                each.metric.name, each.role, told(each.level, currency), size, *cells,
                late if each.days is None else number(each.days),
            ]
        )  # fmt: skip
    return rows


def _opening(found: Beforehand) -> str:
    """Who was looked at."""
    experiment, window = found.experiment, found.experiment.window_days
    begun = date(found.as_of - dt.timedelta(days=window))
    did = "had a visit" if experiment.unit == "session" else "did something"
    return (
        f"{experiment.name}, as if it had changed nothing: {people(found.n)} {experiment.counted} of late, who {did} "
        f"in the {days(window)} before {begun}."
    )


def _now(found: Beforehand) -> str:
    """What the levels are of."""
    window, sessions = days(found.experiment.window_days), found.experiment.unit == "session"
    said = "what happened in these visits" if sessions else f"what they did in the {window} from then on"
    told_of = [each.level.estimate for each in found.aims if each.level.estimate]
    return f"Now: {said}{f', with intervals that hold the truth {level(told_of[0].level)} times' if told_of else ''}."


def _needed(found: Beforehand) -> str:
    """What the numbers under the arms are."""
    said = (
        f"{', '.join(found.experiment.arms)}: {found.experiment.counted} of each arm that find a difference of this "
        f"size {level(POWER)} times"
    )
    if any(each.role == GUARDRAIL for each in found.aims):
        said += ", and of a guardrail rule out a loss of this size as often where there is none"
    return f"{said}, by the interval of the planned end, of which {level(found.level)} hold the truth."


def _days(found: Beforehand) -> str:
    """How days are counted."""
    counted, window = found.experiment.counted, found.experiment.window_days
    late = " All of the history had fewer." if any(each.needed and each.days is None for each in found.aims) else ""
    return (
        f"Days: until so many different {counted} have come, if everybody who comes is taken in and as many come as "
        f"did before {date(found.as_of)}: {people(found.reach[window])} in {days(window)}.{late} The last of them is "
        f"read {days(window)} later."
    )


def _not_planned(aim: Aim) -> str:
    """Why a metric that has a level has no plan."""
    if aim.metric.smallest_effect is None:
        return f"{aim.metric.name}: declare its smallest_effect, and this says what finds it."
    return f"{aim.metric.name}: all people have the same value, so that nothing can be planned by it."


def _end(found: Beforehand, currency: str) -> str:
    """What can be found by the planned end."""
    end, last = found.experiment.planned_end, len(found.reach) - 1
    if end is None:
        return (
            "No planned_end is declared. Declare a day, or how many are needed: without one the verdict rests for ever "
            "on intervals for every night, which need more."
        )
    if isinstance(end, int):
        lasts = bisect_left(found.reach, end)
        how_long = f"more than {days(last)}" if lasts > last else days(lasts)
        head = f"With the planned {number(end)} {found.experiment.counted}, in {how_long}"
    elif found.coming is None:
        return f"The planned end, {date(end)}, is over: declare one that is to come."
    else:
        shorter = ", as in all of the history, which is shorter" if (end - found.as_of).days + 1 > last else ""
        head = f"By the planned end, {date(end)}, {people(found.coming)} {found.experiment.counted} come{shorter}"
    sizes = [
        f"{each.metric.name} from {amount(each.detectable, each.metric, currency)} on"
        for each in found.aims
        if each.detectable is not None
    ]
    return f"{head}; found {level(POWER)} times is then {', '.join(sizes) or 'nothing'}."
