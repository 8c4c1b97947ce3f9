"""The results that notebook 02_profiles hands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.datasets.tables.profiles import METRICS
from helpers.profiles.figures import key_figures
from helpers.profiles.lag import lag
from helpers.profiles.sureness import untold

if TYPE_CHECKING:
    from helpers.datasets import Shop
    from helpers.identity import Figures
    from helpers.profiles.build import Built
    from helpers.profiles.summary import Tally
    from helpers.reporting import Record


def add_results(record: Record, shop: Shop, built: Built, known: Figures, tally: Tally) -> None:
    """Add the results of people and profiles.

    Args:
        record: The record of the notebook.
        shop: Its data set, profiles written.
        built: How many people there are.
        known: The figures of identity.
        tally: How many of them buy, and how.
    """
    for name in ("people", "identifiers", "merges", "blocked", "shared"):
        record.add(f"identity.{name}", getattr(known, name))
    record.add("profiles.customers", built.profiles)
    record.add("profiles.metrics", len(METRICS) - len(untold(shop.table("profiles"))))
    late = lag(shop)
    if late.n:
        record.add("profiles.lag.half", late.median, n=late.n)
        record.add("profiles.lag.19_in_20", late.most, n=late.n)
    record.add("profiles.generic_contacts", built.generic_contacts)
    record.add("privacy.generic_contacts", built.contacts, n=built.generic_contacts)
    record.add("profiles.buyers", tally.buyers, n=built.profiles)
    record.add("profiles.repeat_buyers", tally.regular, n=tally.buyers)
    record.add("profiles.overdue", tally.overdue, n=tally.regular)
    unit = shop.settings.currency
    for moment in key_figures(shop).itertuples():
        record.add(f"profiles.{moment.Index}.active_customers", moment.active_customers, n=moment.buyers)
        record.add(f"profiles.{moment.Index}.repeat_revenue", moment.repeat_revenue, n=moment.repeat_buyers, unit=unit)
