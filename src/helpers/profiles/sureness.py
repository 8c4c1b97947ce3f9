"""How sure profiles are of people: what is believed of those with few observations and of those with many."""

from __future__ import annotations

import ibis
import pandas as pd

from helpers.datasets.tables.profiles import METRICS
from helpers.profiles.panel import FAMILIES
from helpers.reporting import interval, money, number, percent
from helpers.statistics import Estimate
from helpers.statistics.shrinkage import LEVEL

_LABELS = {
    "aov": "Mean order value",
    "mean_gap_days": "Days between purchase days",
    "discounted_order_share": "Share of orders at a discount",
    "refund_rate": "Share of orders given back",
    "weekend_share": "Share of active days at weekends",
    "email_open_rate": "Share of mails opened",
    "email_click_rate": "Share of mails clicked",
    "email_reopen_rate": "Share of mails opened again",
    "email_forward_rate": "Share of mails passed on",
    "sms_click_rate": "Share of text messages clicked",
    "sms_reply_rate": "Share of text messages answered",
    "cart_abandon_rate": "Share of cart products not bought",
}
COUNTS = (("1 to 3", 1, 3), ("4 to 10", 4, 10), ("over 10", 11, None))
_FEWEST = 10


def sureness(people: ibis.Table, currency: str) -> pd.DataFrame:
    """What is believed of a person in the middle, by how much was observed of them.

    Args:
        people: Table `profiles`.
        currency: Of amounts.

    Returns:
        Columns estimate, observations, people, typical (an `Estimate`: medians of the estimates and of their ends, n
        people) and said (the same as text), those of fewer than 10 people left out.
    """
    sums = {}
    for name in FAMILIES:
        for label, low, high in COUNTS:
            n = people[f"{name}_n"]
            own = people[name].notnull() & (n >= low) & ((n <= high) if high else ibis.literal(True))
            sums[f"{name} {label} n"] = people.count(where=own)
            sums |= {f"{name} {label}{end}": people[f"{name}{end}"].median(where=own) for end in ("", "_lo", "_hi")}
    found = people.aggregate(**sums).to_pyarrow().to_pylist()[0]
    units = {column.name: column.unit for column in METRICS}
    rows = []
    for name in FAMILIES:
        for label, *_ in COUNTS:
            value, lo, hi, n = (found[f"{name} {label}{end}"] for end in ("", "_lo", "_hi", " n"))
            if n >= _FEWEST:
                typical = Estimate(value, lo, hi, LEVEL, n, "medians over people")
                said = interval(typical, form=_form(units[name], currency))
                rows.append((_LABELS[name], label, n, typical, said))
    return pd.DataFrame(rows, columns=["estimate", "observations", "people", "typical", "said"])


def _form(unit: str, currency: str) -> object:
    forms = {"currency": lambda value: money(value, currency=currency), "share": percent}
    return forms.get(unit) or (lambda value: f"{number(value)} {unit}")


def untold(people: ibis.Table) -> list[str]:
    """Metrics that nobody has, because the data set never tells what they rest on."""
    known = people.aggregate(**{column.name: people[column.name].count() for column in METRICS})
    return [name for name, count in known.to_pyarrow().to_pylist()[0].items() if not count]


def by_channel(people: ibis.Table) -> pd.DataFrame:
    """People by the channels on which something happened in the last 90 days: columns channel, people."""
    names = [column.name for column in METRICS if column.name.startswith("on_") and column.name.endswith("_90d")]
    found = people.aggregate(**{name: people.count(where=people[name] > 0) for name in names})
    counts = found.to_pyarrow().to_pylist()[0]
    rows = [(name.removeprefix("on_").removesuffix("_90d"), count) for name, count in counts.items() if count]
    frame = pd.DataFrame(rows, columns=["channel", "people"])
    return frame.sort_values(["people", "channel"], ascending=[False, True], ignore_index=True)
