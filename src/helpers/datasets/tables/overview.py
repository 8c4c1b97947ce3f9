"""Tables that overview writes: the business by day and by month, who came back, and where people stop."""

from __future__ import annotations

from helpers.datasets.declare import Column, Table, count, flag
from helpers.datasets.tables.facts import DAY
from helpers.datasets.tables.ingestion import MONEY

_REVENUE = Column(name="revenue", dtype=MONEY, meaning="Revenue net of refunds.", unit="currency")


def _month(name: str, meaning: str) -> Column:
    return Column(name=name, dtype="date", meaning=f"First day of {meaning}")


def _known_later(name: str, meaning: str) -> Column:
    """A count that is missing until it can be known."""
    return Column(name=name, dtype="int64", meaning=meaning, nullable=True, ge=0)


def _mean(name: str, meaning: str, unit: str = "people") -> Column:
    return Column(name=name, dtype="float64", meaning=meaning, nullable=True, unit=unit, ge=0)


def _seconds(name: str, meaning: str) -> Column:
    return Column(name=name, dtype="float64", meaning=meaning, nullable=True, unit="seconds", ge=0)


OVERVIEW_DAYS = Table(
    name="overview_days",
    writer="overview",
    meaning="One local day since the first of the log, of all people with a profile; days without anything are there.",
    key=("day",),
    columns=(
        DAY,
        count("active_1d", "People with an act of theirs on the day."),
        _known_later("active_7d", "The same in the 7 days up to it; missing where the log is younger than that."),
        _known_later("active_30d", "The same in the 30 days up to it; missing where the log is younger than that."),
        count("orders", "Orders."),
        _REVENUE,
    ),
)

OVERVIEW_MONTHS = Table(
    name="overview_months",
    writer="overview",
    meaning="One calendar month since the first of the log, of all people with a profile.",
    key=("month",),
    columns=(
        _month("month", "the month, in the data set's zone."),
        flag("is_whole", "The log covers each of its days; one that is not over yet, or began before the log, is not."),
        count("active", "People with an act of theirs in the month."),
        count("new", "Of these, never active before."),
        count("returning", "Of these, active in the month before too."),
        count("resurrecting", "Of these, active earlier and not in the month before."),
        _known_later("dormant", "People active in the month before and not in this one; missing until it is over."),
        count("buyers", "People with an order in the month."),
        count("orders", "Orders."),
        _REVENUE,
        _mean("active_1d", "Mean over its days of active_1d of `overview_days`; missing where one is, or in part."),
        _mean("active_7d", "Mean over its days of active_7d, in the same way."),
        _mean("active_30d", "Mean over its days of active_30d, in the same way."),
        _mean("stickiness", "Mean over its days of active_1d over active_30d, in the same way.", unit="share"),
        count("visitors", "People with a visit that began in the month and is over."),
        count("visits", "These visits."),
        _seconds("visit_quarter_s", "Length that a quarter of them stay below."),
        _seconds("visit_median_s", "Median length of them, from the first event to the last."),
        _seconds("visit_three_quarters_s", "Length that three quarters of them stay below."),
    ),
)

OVERVIEW_RETENTION = Table(
    name="overview_retention",
    writer="overview",
    meaning="Customers of one cohort, and how many of them were active so many calendar months after its own.",
    key=("cohort", "age"),
    columns=(
        _month("cohort", "the month of their first order; of their first active day where there are no orders."),
        Column(name="age", dtype="int64", meaning="Calendar months after the cohort's.", unit="months", ge=0),
        Column(name="size", dtype="int64", meaning="Customers of the cohort.", unit="people", ge=1),
        _known_later("on_day", "Of these, active in that month; missing until it is over."),
        _known_later("on_or_after", "Of these, active in that month or later so far; missing until it is over."),
    ),
)

OVERVIEW_FUNNELS = Table(
    name="overview_funnels",
    writer="overview",
    meaning="One step of one funnel, each person counted once, by the earliest of the attempts that got furthest.",
    key=("funnel", "step"),
    columns=(
        Column(name="funnel", dtype="string", meaning="Funnel of dataset.toml; `default` where it declares none."),
        Column(name="step", dtype="int64", meaning="Which step, from 1.", ge=1),
        Column(name="name", dtype="string", meaning="Event of the step; in a funnel of any order how many are done."),
        count("people", "People who reached it within the window."),
        _seconds("from_first_s", "Median time from the first step to it, of those who reached it."),
        _seconds("from_last_s", "Median time from the step before to it, of those who reached it."),
    ),
)

TABLES = (OVERVIEW_DAYS, OVERVIEW_MONTHS, OVERVIEW_RETENTION, OVERVIEW_FUNNELS)
