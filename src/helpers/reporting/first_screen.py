"""What the first page of a data set opens with: may I trust it, how are we doing, what next, what is not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.privacy import Published, publish
from helpers.reporting.context import IndexEntry, Stamp
from helpers.reporting.formats import date, interval, money, number, part, people, percent
from helpers.reporting.markdown import literal
from helpers.reporting.page import headlines_of
from helpers.reporting.record import Entry
from helpers.statistics import Estimate

Results = Mapping[str, Entry]

_MOST_NEXT = 3
# Key figures of earlier runs that the first page shows, by their result keys.
REMEMBERED = {
    "profiles.now.active_customers": "Active customers",
    "profiles.now.repeat_revenue": "Repeat revenue, 90 days",
    "ingestion.rows_read": "Records read",
    "ingestion.rows_rejected": "Records refused",
}
_UNREADABLE = 0.001  # chance of arms as uneven as these below which an experiment is not read
_MUCH_REFUSED = 0.01
_VERDICTS = ("Ship ", "Stop ", "Keep running ", "Do not read ")


@dataclass(frozen=True, kw_only=True)
class FirstScreen:
    """The lines of the first page, as Markdown; those that have nothing to say are empty.

    Attributes:
        trust: Whether the figures may be trusted today.
        figures: Label, value and comparisons of each key figure.
        following: What to look at next, the most pressing first.
        experiments: What to do about each experiment, as its own page opens with it.
        unknown: What these pages do not know.
    """

    trust: str
    figures: Sequence[tuple[str, str, str]]
    following: Sequence[str]
    experiments: Sequence[str]
    unknown: Sequence[str]


def first_screen(stamp: Stamp, entries: Sequence[IndexEntry], results: Sequence[Entry]) -> FirstScreen:
    """Choose what a data set's first page opens with, from what its run left behind.

    Args:
        stamp: What the run rests on.
        entries: Its notebooks with what became of them.
        results: The entries of its results.json.
    """
    known = {entry["key"]: entry for entry in results if entry["value"] is not None}
    pages = {entry.name.partition("_")[2]: entry.href for entry in entries if entry.href}
    return FirstScreen(
        trust=_trust(stamp, entries, known),
        figures=list(_figures(known)),
        following=list(_following(known, pages))[:_MOST_NEXT],
        experiments=_decided(entries),
        unknown=list(_unknown(entries, known)),
    )


def history_table(history: Sequence[tuple[dt.date, Sequence[Entry]]]) -> Published | None:
    """Key figures of earlier runs, one row a day that was looked at; None where there is nothing to show.

    Args:
        history: As-of date and results of each run, the newest first.
    """
    rows: dict[str, dict[str, Any]] = {}
    for as_of, results in history:
        values = {entry["key"]: entry["value"] for entry in results}
        row = {label: values.get(key) for key, label in REMEMBERED.items()}
        if any(value is not None for value in row.values()):
            rows.setdefault(date(as_of), row)
    if not rows:
        return None
    frame = pd.DataFrame.from_dict(rows, orient="index").rename_axis("As of")
    return publish(frame, people=REMEMBERED["profiles.now.active_customers"], totals="none")


def _trust(stamp: Stamp, entries: Sequence[IndexEntry], known: Results) -> str:
    last_day = date(stamp.as_of - dt.timedelta(days=1))
    missing = [entry.name for entry in entries if entry.status not in {"done", "skipped"}]
    if stamp.warning:
        opening = f"**Not without care:** {literal(stamp.warning)} The data end with {last_day}."
    elif missing:
        opening = f"**In part:** the data end with {last_day}, but {', '.join(missing)} did not run now."
    else:
        opening = f"**Yes:** the data end with {last_day}, and every page below was made from them."
    read = _value(known, "ingestion.rows_read")
    if not read:
        return opening
    lost = sum(_value(known, f"ingestion.rows_{part}") or 0 for part in ("rejected", "quarantined"))
    share = percent(lost / read, numerator=lost, denominator=read)
    return f"{opening} Of the records read, {share} could not be used."


def _figures(known: Results) -> Iterator[tuple[str, str, str]]:
    """Key figures with their past."""
    for label, name in (
        ("Active customers (an order in the last 90 days)", "active_customers"),
        ("Revenue of the last 90 days from repeat buyers", "repeat_revenue"),
    ):
        moments = _moments(known, "profiles", name)
        if moments["now"] is not None:
            yield label, *_told(moments)
    if any(key.startswith("states.now.") for key in known):
        yield from _of_states(known)
    else:
        yield from _of_people(known)


def _of_states(known: Results) -> Iterator[tuple[str, str, str]]:
    """What may be lost, and who was in a month, as far as that may be told."""
    at_risk = _moments(known, "states", "at_risk_revenue")
    if at_risk["now"] is not None:
        yield "Revenue of a year from people who come less or fell silent of late", *_told(at_risk)
    lost, won = (_moments(known, "states", flow) for flow in ("went_dormant", "resurrecting"))
    said = {
        moment: f"{people(lost[moment]['value'])} lost, {people(won[moment]['value'])} won back"
        for moment in lost
        if lost[moment] is not None and won[moment] is not None
    }
    if "now" in said:
        past = "; ".join(f"{when} {said[moment]}" for moment, when in _BEFORE.items() if moment in said)
        yield "Fell silent for long, and came back from it, in a month", said["now"], past


def _of_people(known: Results) -> Iterator[tuple[str, str, str]]:
    """Who is there and who left, where nobody's state was told."""
    base = known.get("churn.active.base_rate")
    if base is not None:
        yield (
            "Of 100 active customers, how many ordered nothing in the time that was judged",
            interval(_estimate(base), form=lambda share: f"{100 * share:.0f}"),
            f"{number(base['numerator'])} of {number(base['n'])} customers, see the page on who stops ordering",
        )
    everybody = known.get("profiles.customers")
    if everybody is not None:
        buyers = known.get("profiles.buyers")
        yield (
            "People with a profile",
            _amount(everybody),
            f"{part(buyers['value'], everybody['value'])} have bought" if buyers else "",
        )


_BEFORE = {"month_before": "a month before", "year_before": "a year before"}


def _moments(known: Results, room: str, name: str) -> dict[str, Entry | None]:
    """An entry now and at the moments that it is held against."""
    return {moment: known.get(f"{room}.{moment}.{name}") for moment in ("now", *_BEFORE)}


def _told(moments: Mapping[str, Entry | None]) -> tuple[str, str]:
    """A figure, and how it stands against its past where that is known."""
    now = moments["now"]
    past = {when: moments[moment] for moment, when in _BEFORE.items()}
    return _amount(now), "; ".join(
        f"{when} {_amount(then)} ({percent(now['value'] / then['value'] - 1, signed=True)} since)"
        for when, then in past.items()
        if then is not None and then["value"] > 0
    )


def _following(known: Results, pages: Mapping[str, str]) -> Iterator[str]:
    """What to look at next: who, how many, which page."""

    def page(stage: str, words: str) -> str:
        return f"[{words}]({pages[stage]})" if stage in pages else words

    for name in _experiments(known):
        if known[f"lift.{name}.health.srm_p"]["value"] < _UNREADABLE:
            why = page("lift", "find out why")
            yield f"The experiment {literal(name)}: its arms are not as large as planned; {why}."
    read = _value(known, "ingestion.rows_read") or 0
    lost = _value(known, "ingestion.rows_rejected") or 0
    refused = f"{percent(lost / max(read, 1), numerator=lost, denominator=read)} of the records were refused; "
    refused += f"{page('ingestion', 'see which source and why')}."
    if lost > _MUCH_REFUSED * read:
        yield refused
    yield from _losing(known, page)
    overdue = known.get("profiles.overdue")
    if overdue is not None and overdue["value"]:
        yield (
            f"{number(overdue['value'])} of {number(overdue['n'])} repeat buyers are past the day on which their next "
            f"order was due; {page('profiles', 'see who buys how often')}."
        )
    active = known.get("profiles.now.active_customers")
    if active is not None and "churn.active.base_rate" in known and active["value"] >= 100:
        yield (
            f"{people(round(active['value'] / 10))} of {number(active['value'])} active customers: the tenth that is "
            f"least likely to order again; {page('churn', 'see how sure that is')}."
        )
    if 0 < lost <= _MUCH_REFUSED * read:
        yield refused


def _losing(known: Results, page: Callable[[str, str], str]) -> Iterator[str]:
    """Who comes less, and the step at which most turn back."""
    less = [known.get(f"states.{state}") for state in ("declining", "at_risk")]
    if all(less) and sum(each["value"] for each in less):
        yield (
            f"{people(sum(each['value'] for each in less))} of {number(less[0]['n'])} people come less than they used "
            f"to, or are silent for longer; {page('profiles', 'see where they have gone')}."
        )
    steps = [(each, known[each]) for each in known if each.startswith("overview.funnel.")]
    if steps:
        key, last = steps[-1]
        yield (
            f"{percent(last['value'], numerator=last['numerator'], denominator=last['n'])} of those who began reached "
            f"{literal(key.split('.')[-1].replace('_', ' '))}; {page('overview', 'see at which step most turn back')}."
        )


def _experiments(known: Results) -> list[str]:
    return [key.split(".")[1] for key in known if key.startswith("lift.") and key.endswith(".health.srm_p")]


def _decided(entries: Sequence[IndexEntry]) -> list[str]:
    """What the page of experiments opens with of each: to ship, to stop, to keep running, or not to read it."""
    own = [entry for entry in entries if entry.href and entry.name.partition("_")[2] == "lift"]
    return [said for entry in own for said in headlines_of(entry.notebook) if said.startswith(_VERDICTS)]


def _unknown(entries: Sequence[IndexEntry], known: Results) -> Iterator[str]:
    for entry in entries:
        if entry.status == "skipped":
            yield f"{entry.name} was skipped: {literal(entry.reason)}"
    generic = _value(known, "profiles.generic_contacts")
    if generic:
        yield f"{number(generic)} people have not agreed to be described; nothing is said about them here."


def _value(known: Results, key: str) -> Any:
    return known[key]["value"] if key in known else None


def _estimate(entry: Entry) -> Estimate:
    return Estimate(*(entry[name] for name in ("value", "lo", "hi", "level", "n", "method", "numerator")))


def _amount(entry: Entry) -> str:
    return _form(entry)(entry["value"])


def _form(entry: Entry) -> Callable[[Any], str]:
    """How an entry's figures become text, from its unit."""
    unit = entry["unit"]
    currency, _, rest = unit.partition(" ")
    if unit == "share":
        return percent
    if len(currency) == 3 and currency.isupper() and not rest:
        return lambda value: money(value, currency=currency)
    return number
