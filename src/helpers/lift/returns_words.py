"""What an arm brought in, in sentences and as a table by month; the naive count stands beside it, struck through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import pandas as pd

from helpers.datasets.questions import Experiment
from helpers.lift.nights import Night
from helpers.lift.returns import GOODS, Place, Returned, Sums, added_up
from helpers.privacy import MINIMUM, Published, publish
from helpers.reporting import interval, literal, money, number, percent
from helpers.reporting import level as in_words
from helpers.reporting.formats import Format

PEOPLE, ORDERED, CONTROL, CONTROL_ORDERED = "People", "Ordered", "In the control", "Ordered in the control"
CLAIMED = "All orders after it"
_HEADS = {"orders": "More orders", "revenue": "More revenue", "margin": "More margin"}


def return_sentence(
    sums: Mapping[Place, Sums], found: Sequence[Returned], good: str, *, control: str, currency: str
) -> str:
    """What the arm brought in of one good beyond the control, and beside it the naive count, struck through.

    Args:
        sums: What `sums_by_month` gave.
        found: What `returns` gave of one experiment and arm.
        good: One of `GOODS`.
        control: The arm that it is held against.
        currency: ISO 4217 code of the amounts.
    """
    whole = next(each for each in found if each.month is None and each.good == good)
    head = f"{good.capitalize()} from {literal(whole.arm)}"
    if _few(*_arms(sums, whole, control)):
        return f"{head}: not told, as fewer than {MINIMUM} people of an arm ordered or did not."
    if whole.incremental is None:
        return f"{head}: {whole.reason}."
    told = interval(whole.incremental, form=_form(good, currency, signed=True))
    return f"{head}: {told} beyond the control. ~~{_form(good, currency)(whole.claimed)}~~ {good} came after it."


def untold(night: Night) -> str:
    """Why nothing is told of what an experiment brought in, in a sentence; empty where it is.

    Args:
        night: The experiment as it stands.
    """
    head = f"What {literal(night.experiment.name)} brought in is"
    if night.moment.blocked:
        return f"{head} not told: {night.moment.blocked}."
    if not night.final:
        return f"{head} told at the planned end."
    return f"{head} told only where people were assigned one by one." if night.experiment.clustered else ""


def return_sentences(
    sums: Mapping[Place, Sums], found: Sequence[Returned], experiment: Experiment, *, currency: str
) -> list[str]:
    """What each arm of an experiment brought in, each good, and why the naive count is struck through.

    Args:
        sums: What `sums_by_month` gave.
        found: What `returns` gave.
        experiment: The experiment.
        currency: ISO 4217 code of the amounts.
    """
    said, control = [], experiment.control
    for arm in experiment.treatments:
        own = _of_arm(found, experiment, arm)
        said += [return_sentence(sums, own, good, control=control, currency=currency) for good in GOODS]
        said.append(why_struck(sums, own, control=control))
    return said


def month_tables(
    sums: Mapping[Place, Sums], found: Sequence[Returned], experiment: Experiment, *, currency: str, level: float
) -> list[dict[str, Any]]:
    """What each arm of an experiment brought in by month, as `reporting.table` takes it.

    Args:
        sums: What `sums_by_month` gave.
        found: What `returns` gave.
        experiment: The experiment.
        currency: ISO 4217 code of the amounts.
        level: Coverage of the intervals.
    """
    return [
        {
            "published": months_table(
                sums, _of_arm(found, experiment, arm), control=experiment.control, currency=currency
            ),
            "formats": {_HEADS["orders"]: str},  # intervals of amounts are long: as text they break over lines
            "caption": f"{experiment.name}: what {arm} brought in beyond {experiment.control}, by month of exposure",
            "notes": "Each month is held against the control of the same month. In brackets the interval that holds "
            f"the truth in {in_words(level)} such cases.",
        }
        for arm in experiment.treatments
    ]


def _of_arm(found: Sequence[Returned], experiment: Experiment, arm: str) -> list[Returned]:
    return [each for each in found if (each.experiment, each.arm) == (experiment.name, arm)]


def why_struck(sums: Mapping[Place, Sums], found: Sequence[Returned], *, control: str) -> str:
    """Why what came after it is not what it brought in: who got nothing ordered as well.

    Args:
        sums: What `sums_by_month` gave.
        found: What `returns` gave of one experiment and arm.
        control: The arm that it is held against.
    """
    ours, theirs = _arms(sums, found[0], control)
    said = "What is struck through counts everybody who ordered after it, also those who would have ordered anyway"
    if _few(ours, theirs):
        return f"{said}."
    shares = [percent(each.buyers / each.people) for each in (ours, theirs)]
    return (
        f"{said}: {shares[0]} of people in {literal(found[0].arm)} ordered, and so did {shares[1]} of the control, who "
        "did not get it."
    )


def _arms(sums: Mapping[Place, Sums], of: Returned, control: str) -> list[Sums]:
    return [added_up(sums, of.experiment, arm, None) for arm in (of.arm, control)]


def _few(*arms: Sums) -> bool:
    """Whether who ordered in an arm, or who did not, are too few to be told of."""
    return min(part for each in arms for part in (each.buyers, each.people - each.buyers)) < MINIMUM


def months_table(sums: Mapping[Place, Sums], found: Sequence[Returned], *, control: str, currency: str) -> Published:
    """What an arm brought in by month of first exposure; figures of few buyers are hidden.

    Args:
        sums: What `sums_by_month` gave.
        found: What `returns` gave of one experiment and arm.
        control: The arm that it is held against.
        currency: ISO 4217 code of the amounts.
    """
    months = [each for each in found if each.month is not None]
    rows = [_row(sums, [each for each in months if each.month == month], control, currency) for month in _of(months)]
    counts = [PEOPLE, ORDERED, CONTROL, CONTROL_ORDERED]
    return publish(pd.DataFrame(rows), people=counts, parts=[counts[:2], counts[2:]])


def _of(months: Sequence[Returned]) -> list[date]:
    return sorted({each.month for each in months})


def _row(sums: Mapping[Place, Sums], found: Sequence[Returned], control: str, currency: str) -> dict[str, object]:
    by_good = {each.good: each for each in found}
    first = by_good["orders"]
    ours, theirs = (added_up(sums, first.experiment, arm, first.month) for arm in (first.arm, control))
    row = {"Month": f"{first.month:%Y-%m}", PEOPLE: ours.people, ORDERED: ours.buyers}
    row |= {CONTROL: theirs.people, CONTROL_ORDERED: theirs.buyers}
    for good in GOODS:
        estimate, form = by_good[good].incremental, _form(good, currency, signed=True)
        row[_HEADS[good]] = None if estimate is None else interval(estimate, form=form, words=False)
    return row | {CLAIMED: first.claimed}


def _form(good: str, currency: str, *, signed: bool = False) -> Format:
    if good == "orders":
        return lambda value: number(round(value), signed=signed)
    return partial(money, currency=currency, signed=signed)
