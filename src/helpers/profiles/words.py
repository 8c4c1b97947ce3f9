"""What is said of people on a page, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers import reporting
from helpers.datasets.tables.profiles import METRICS
from helpers.profiles.lag import DAYS
from helpers.profiles.summary import count_liked
from helpers.profiles.sureness import untold

if TYPE_CHECKING:
    import ibis
    import pandas as pd

    from helpers.datasets import Shop
    from helpers.identity import Figures
    from helpers.profiles.build import Built
    from helpers.profiles.lag import Lag
    from helpers.profiles.summary import Liked, Tally


def counted(built: Built, known: Figures) -> str:
    """How many people there are, and who has no profile."""
    return (
        f"{known.identifiers:,} identifiers lead to {reporting.people(built.profiles)} people with a profile. "
        f"{reporting.people(built.generic_contacts)} more have none because they have not agreed to one, and "
        f"{reporting.people(built.visitors)} because only a device of theirs is known and nobody could ask them."
    )


def of_orders(shop: Shop, tally: Tally) -> dict[str, str]:
    """What is said of the picture of people by their number of orders: arguments of `reporting.bars`."""
    return {
        "title": f"Of all buyers, {reporting.part(tally.once, tally.buyers)} have bought once",
        "subtitle": f"People by number of orders before {reporting.date(shop.as_of)}; everyone with a profile",
        "shows": "People by number of orders",
        "source": "profiles",
    }


def of_last_orders(shop: Shop, tally: Tally) -> dict[str, str]:
    """What is said of the picture of people by their last order: arguments of `reporting.bars`."""
    return {
        "title": f"Of all buyers, {reporting.part(tally.recent, tally.buyers)} have ordered in the last 90 days",
        "subtitle": f"People by the time since their last order, on {reporting.date(shop.as_of)}",
        "shows": "People by last order",
        "source": "profiles",
    }


def of_rhythm(shop: Shop, rhythm: pd.DataFrame) -> dict[str, str]:
    """What is said of the picture of orders by weekday and hour: arguments of `reporting.figure`."""
    day = rhythm.sum(axis=1).idxmax()
    share = reporting.percent(rhythm.sum(axis=1).max() / rhythm.to_numpy().sum())
    return {
        "title": f"{day} is the busiest day, with {share} of all orders",
        "subtitle": f"Share of orders by local weekday and hour ({shop.settings.timezone}), all history",
        "alt": f"Orders by weekday and hour: most on {day}, {share} of all.",
        "source": "events of people with a profile",
    }


def of_sureness(orders: pd.DataFrame) -> dict[str, str]:
    """What is said of the picture of the mean order value: arguments of `reporting.figure`."""
    return {
        "title": narrower(orders),
        "subtitle": "Mean order value of a person in the middle, by number of orders; ranges hold 4 in 5 such people",
        "alt": f"Ranges of the mean order value. {how_sure(orders)}",
        "source": "profiles, medians over people",
    }


def how_sure(found: pd.DataFrame) -> str:
    """What more observations of a person change, by the first estimate that has both few and many."""
    for name, own in found.groupby("estimate", sort=False):
        if len(own) > 1:
            few, many = own.iloc[0], own.iloc[-1]
            return (
                f"{name} of a person in the middle, told from {few.observations} observations, is {few.said}; from "
                f"{many.observations}, {many.said}. The range holds what is true of such a person in "
                f"{reporting.level(few.typical.level)} cases, if people are as they are taken to be. The page of "
                "proofs shows worlds in which they are and in which they are not."
            )
    return "Too few people have been observed often enough to say how sure their profiles are."


def narrower(found: pd.DataFrame) -> str:
    """How wide the range is of those with few observations and of those with many, in parts of the estimate."""
    wide = [(each.typical.hi - each.typical.lo) / each.typical.value for each in found.itertuples()]
    few, many = found["observations"].iloc[0], found["observations"].iloc[-1]
    if len(found) == 1:
        return f"With {few} orders the range is {reporting.percent(wide[0])} of the estimate wide"
    return (
        f"The range is {reporting.percent(wide[0])} of the estimate wide with {few} orders, "
        f"{reporting.percent(wide[-1])} with {many}"
    )


def left_out(untold: list[str]) -> str:
    """How many metrics there are, and for how many the data set never tells what they rest on."""
    told = len(METRICS) - len(untold)
    if not untold:
        return f"All {len(METRICS)} columns of a profile are told of somebody."
    return (
        f"Of the {len(METRICS)} columns of a profile, {told} are told of somebody. The others are missing for "
        "everybody, because this data set never tells what they rest on; missing is not the same as none."
    )


def told(people: ibis.Table, tally: Tally) -> str:
    """Who is late, what is liked, and what is told of nobody.

    Args:
        people: Table `profiles`.
        tally: How many of them buy, and how.
    """
    return " ".join(filter(None, (late(tally), liked(count_liked(people)), left_out(untold(people)))))


def how_soon(found: Lag) -> str:
    """Within how many hours profiles tell what somebody did."""
    if not found.n:
        return f"Nothing happened in the last {DAYS} days, so it cannot be said how soon profiles tell it."
    return (
        f"Half of the {found.n:,} events of the last {DAYS} days, of people with a profile, were told by it within "
        f"{reporting.number(found.median)} hours, 19 in 20 within {reporting.number(found.most)} hours: profiles are "
        "of a midnight, and hold what had come in by then."
    )


def liked(found: Liked) -> str:
    """How many answer the e-mails more than the text messages, and what some would rather read of."""
    if not found.both:
        return ""
    return (
        f"Of those who get mails and text messages, {reporting.part(found.email_first, found.both)} are believed to "
        f"follow more links in mails. {reporting.people(found.preferring)} people answer one topic, format or offer "
        "more than their other messages, beyond what chance would do in 4 of 5 cases."
    )


def late(tally: Tally) -> str:
    """How many of those with a rhythm are past their next order."""
    return (
        f"{reporting.people(tally.regular)} people have bought on at least two days, so that a next order can be "
        f"expected; {reporting.part(tally.overdue, tally.regular)} of them are past that day."
    )


def headlines(shop: Shop, built: Built, tally: Tally) -> list[str]:
    """The page's headlines, at most six, the first saying that nothing is decided here."""
    once = f"of these, {reporting.part(tally.once, tally.buyers)} once."
    said = [
        f"No decision rests on this page alone: it describes {reporting.people(built.profiles)} people as of "
        f"{reporting.date(shop.as_of)}.",
        f"Of them, {reporting.part(tally.buyers, built.profiles)} have bought; {once}",
        f"Of the buyers, {reporting.part(tally.recent, tally.buyers)} have ordered in the last 90 days.",
    ]
    if tally.regular:
        late = reporting.part(tally.overdue, tally.regular)
        said.append(f"Of the repeat buyers, {late} are past the day on which their next order was due.")
    return said
