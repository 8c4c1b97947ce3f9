"""Estimates of an experiment as text: figures with their units, and the sentences that a page opens with."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from helpers.datasets.questions import REVENUE, Experiment, Metric
from helpers.lift.health import Health
from helpers.lift.readout import Reading
from helpers.reporting import date, interval, literal, money, number, people, percent, points
from helpers.reporting.formats import Format

if TYPE_CHECKING:
    from helpers.lift.nights import Night

MOST = 6  # sentences that a page opens with


SHARES = ("conversion", "retention")  # kinds whose value is a share of people


def form(kind: str, scale: str, currency: str, *, amount: bool = True) -> Format:
    """How a number of a kind of metric becomes text on a scale.

    Args:
        kind: Kind of the metric.
        scale: "level", "diff" or "ratio".
        currency: ISO 4217 code of the amounts.
        amount: Whether it is in the currency, where it is no share.
    """
    if scale == "ratio":
        return lambda value: f"{number(value)} times"
    if kind in SHARES:
        return points if scale == "diff" else percent
    if amount:
        return partial(money, currency=currency, signed=scale == "diff")
    return partial(number, signed=scale == "diff")


def amount(value: float, metric: Metric, currency: str) -> str:
    """Size of a difference of a metric, above 0 and without a sign."""
    return form(metric.kind, "diff", currency, amount=metric.money)(value).lstrip("+")


def unit(reading: Reading, currency: str) -> str:
    """What a reading is counted in, apart from shares and ratios to the control: "EUR per person", "per person"."""
    per = {"quantile": "at the quantile", "ratio": "as a ratio of totals"}.get(reading.kind, "per person")
    return f"{currency} {per}" if reading.money else per


def measured(metric: Metric, experiment: Experiment) -> str:
    """What a metric is, as it was declared, in a few plain words."""
    each, whom = ("session", "sessions") if experiment.unit == "session" else ("person", "people")
    above = "revenue net of refunds" if metric.events[0] == REVENUE else metric.events[0]
    days = experiment.window_of(metric)
    said = {
        "conversion": f"share of {whom} with {above}",
        "count": f"{above}, how often per {each}",
        "revenue": f"{above} per {each}",
        "ratio": f"{above} per {metric.events[-1]}",
        "retention": f"share of {whom} with {above} from day {metric.after_days} on",
        "quantile": f"what {number(100 * (metric.share or 0))} of 100 people stay at or below in {above}",
    }[metric.kind]
    said += f", within {days} {'day' if days == 1 else 'days'}"
    if metric.cap is not None:
        cap = f"{number(metric.cap)}" if isinstance(metric.cap, float) else f"what {metric.cap} of people stay below"
        said += f"; of one {each} no more than {cap} counts"
    if metric.pre_days is not None:
        said += f"; differences known from {metric.pre_days} days before taken out"
    return said


def told(reading: Reading, currency: str, *, words: bool = False) -> str:
    """A reading with its interval, or why there is none.

    Args:
        reading: The reading.
        currency: ISO 4217 code of the amounts.
        words: Whether the interval's level is said.
    """
    if reading.estimate is None:
        return reading.reason
    return interval(
        reading.estimate, form=form(reading.kind, reading.scale, currency, amount=reading.money), words=words
    )


def excludes_zero(reading: Reading) -> bool:
    """Whether the interval of a difference leaves out "no difference"."""
    estimate = reading.estimate
    return estimate is not None and estimate.lo is not None and (estimate.lo > 0 or estimate.hi < 0)


def opening(nights: Sequence[Night], *, currency: str) -> list[str]:
    """The sentences that the page opens with: verdicts first, then health, then the goal as far as it is told.

    Args:
        nights: The experiments as they stand.
        currency: ISO 4217 code of the amounts.

    Returns:
        One to six sentences of Markdown.
    """
    # an experiment that must not be read says so once, not once an arm
    verdicts = list(dict.fromkeys(each.sentence for night in nights for each in night.verdicts))
    rest = [size_sentence(night.health) for night in nights if night.health.ratio is not None]
    rest += [each for night in nights if night.final for each in _goal_sentences(night, currency)]
    if len(verdicts) > MOST:
        return [*verdicts[: MOST - 1], "The sections below hold the other experiments and arms."]
    return [*verdicts, *rest][:MOST]


def standing(night: Night) -> list[str]:
    """The verdicts of an experiment, each once, and since when one stands that was said on an earlier night."""
    earlier = [
        f"The verdict on {literal(each.arm)} was said as of {date(each.day)} and stands: what came later does not take "
        "it back."
        for each in night.verdicts
        if each.day < night.moment.day
    ]
    return [*dict.fromkeys(each.sentence for each in night.verdicts), *earlier]


def size_sentence(check: Health) -> str:
    """Whether the arms of an experiment, that somebody is in, are as large as planned."""
    assigned, fits = sum(check.sizes.values()), "are" if check.readable else "are not"
    return (
        f"{literal(check.experiment)}: {people(assigned)} {check.assigned} were exposed to one arm, and the arms "
        f"{fits} as large as planned; "
        f"chance alone brings them at least this far from plan {percent(check.ratio.p)} of the time."
    )


def apart_sentence(check: Health) -> str:
    """Who is in no arm's figures, and how many windows are still open."""
    waiting = sum(check.incomplete.values())
    late = f" {people(check.late)} first exposed after the planned end," if check.late else ""
    return (
        f"Left out: {people(check.two_arms)} exposed to more than one arm, {people(check.unknown_arm)} only "
        f"to an arm that is not declared,{late} and for now {people(waiting)} whose outcome window is still open."
    )


def hidden_sentence(attributes: Sequence[str]) -> str:
    """Which attributes the effect is not shown apart by, at least one."""
    names = ", ".join(literal(name) for name in attributes)
    return f"Not shown apart by {names}: a group of it would tell of fewer than 10 people, or nothing is known of it."


def contrast_sentence(differences: Sequence[Reading]) -> str:
    """Which differences have an interval that excludes zero, which may be chance, and which have no interval.

    Args:
        differences: Readings on the scale "diff".
    """
    names: dict[bool | None, list[str]] = {True: [], False: [], None: []}
    for each in differences:
        known = excludes_zero(each) if each.estimate is not None and each.estimate.lo is not None else None
        names[known].append(f"{literal(each.metric)} in {literal(each.arm)}")
    clear, open_ = (", ".join(names[key]) or "none of them" for key in (True, False))
    without = f" Without an interval, as too few people have it or differ in it: {', '.join(names[None])}."
    return (
        f"Intervals that exclude zero: {clear}. Intervals that include it, so that it may be chance: {open_}."
        f"{without if names[None] else ''}"
    )


def _goal_sentences(night: Night, currency: str) -> list[str]:
    """One sentence an arm on the first goal: its ratio to the control, beside the difference that the verdict has."""
    goal = night.experiment.goal.name
    mine = [each for each in night.readings if (each.metric, each.scale) == (goal, "ratio")]
    control = literal(night.experiment.control)
    return [
        f"In {literal(each.arm)}, {literal(goal)} is {told(each, currency, words=True)} that of {control}."
        if each.estimate
        else f"In {literal(each.arm)}, {literal(goal)} against {control}: {each.reason}."
        for each in mine
    ]
