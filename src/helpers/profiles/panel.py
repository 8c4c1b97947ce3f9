"""Profiles as of one or many moments, from one definition: today's profile, a past month's panel, a backfill."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from helpers.datasets.own_metrics import own_metrics
from helpers.datasets.tables.identity import DEVICES
from helpers.datasets.tables.ingestion import CATEGORIES, CHANNELS
from helpers.datasets.tables.metrics import PARTS, WINDOWS
from helpers.datasets.tables.profiles import PANEL
from helpers.profiles.activity import activity_metrics, gathered, recent, visit_gaps
from helpers.profiles.affinities import affinities, preferred
from helpers.profiles.answers import answer_metrics, answered, lately_opened, medians, ranked
from helpers.profiles.estimates import estimated, gap, mean, share
from helpers.profiles.facts import total
from helpers.profiles.habits import best_hours, favourites
from helpers.profiles.own_metrics import values_of
from helpers.profiles.past import Then, as_then, moments_of
from helpers.profiles.people import TRACKED
from helpers.profiles.price import price_metrics
from helpers.profiles.purchases import purchase_metrics, purchases
from helpers.profiles.regularity import judged, regularity_metrics
from helpers.profiles.windows import KEY, Gathered, so_far

if TYPE_CHECKING:
    from datetime import datetime

    from helpers.datasets import Shop


def panel(shop: Shop, cutoffs: list[date], *, seen: Then | None = None) -> ibis.Table:
    """Profiles at local midnight of each of several days, each from what happened strictly before it.

    Who is who, and who may be profiled, is told as it was at each cutoff. What may not be used as of `shop.as_of`, by
    what is known of who is who now, is used at none.

    Args:
        shop: An open data set whose `daily` and `identity_map` are written.
        cutoffs: Local days up to `shop.as_of`, in any order.
        seen: As `as_then` gives it for these cutoffs, others among them or not; told anew where it is not given.

    Returns:
        The columns of table `panel`, one row a cutoff and person seen before it.
    """
    moments = moments_of(shop, cutoffs)
    half_life, own = shop.settings.profiles.half_life_days, own_metrics(shop.name)

    def found(*parts: ibis.Table | None) -> ibis.Table:
        then = Then(*parts)
        values = [then.own(values_of(each, then.days, list(moments))).rename({each.name: "value"}) for each in own]
        return _with(metrics(then, moments, half_life=half_life), *values)

    return shop.computed(found, *(seen or as_then(shop, cutoffs)))


def metrics(seen: Then, moments: dict[date, datetime], *, half_life: float) -> ibis.Table:
    """Every metric of every person at each cutoff.

    Where people are many it is some cutoffs at a time, as what is joined of them must fit into memory.

    Args:
        seen: Days and identifiers, as people were told apart at the cutoffs.
        moments: Cutoff, earliest first, to its midnight in UTC.
        half_life: Days in which a decayed event halves.
    """
    at_once = max(1, MOST_AT_ONCE // max(1, seen.days.profile_id.approx_nunique().to_pyarrow().as_py()))
    if len(moments) <= at_once:
        return _metrics(seen, moments, half_life=half_life)
    cutoffs = list(moments)
    parts = [cutoffs[place : place + at_once] for place in range(0, len(cutoffs), at_once)]
    found = [_metrics(seen, {each: moments[each] for each in part}, half_life=half_life).cache() for part in parts]
    return ibis.union(*found)


def _metrics(seen: Then, moments: dict[date, datetime], *, half_life: float) -> ibis.Table:
    """Every metric of every person at a few cutoffs: one table, a row a person and cutoff, that grows by joins.

    1. What has gathered before each cutoff, of days, purchases, identifiers, answers and consents, is added up;
       `seen.own` leaves each row to the name that held at its cutoff.
    2. What was told of anybody by then is asked once: where nothing was, its metrics are not known, rather than 0.
    3. What is believed of a person is learned from all others of the same cutoff.
    4. What is of a stretch of time (the last 7, 30, 90 days), and medians, favourites and hours, are joined.
    5. Each metric is made of the columns that are there now, under the name that table `panel` declares.
    """
    cutoffs = list(moments)
    state = gathered(seen.days, cutoffs, half_life=half_life)
    parts = purchases(seen.days, cutoffs), _identifiers(seen.identifiers, moments), answered(seen.kinds, cutoffs)
    state = _with(state, *parts, _agreed(seen.answers))
    state = gathered_so_far = seen.own(state.mutate(cart_left=state.put_into_cart - state.bought_from_cart)).cache()
    told = _told(state)
    state = estimated(state, {name: FAMILIES[name] for name in FAMILIES if told.get(TOLD_BY.get(name), cutoffs)})
    liked = preferred(affinities(seen, cutoffs))
    windows = recent(seen.days, cutoffs), visit_gaps(seen.days, cutoffs), lately_opened(seen.kinds, cutoffs)
    windows += medians(seen.kinds, cutoffs), favourites(seen.kinds, cutoffs)
    state = judged(_with(state, *map(seen.own, windows), best_hours(seen, cutoffs), liked), gathered_so_far)
    found = activity_metrics(state) | purchase_metrics(state) | price_metrics(state) | regularity_metrics(state)
    found |= answer_metrics(state)
    found |= {name: state[name] for name in state.columns if name in PANEL.column_names and name not in found}
    found |= _where_told(found, state.cutoff, told, cutoffs)
    found["channel_rank"] = ranked(found["email_click_rate"], found["sms_click_rate"])
    return state.select(**{name: found[name] for name in PANEL.column_names})


def _with(state: ibis.Table, *parts: ibis.Table) -> ibis.Table:
    """A state with the columns of others of the same key, joined in one chain."""
    joined = state
    for place, part in enumerate(parts):
        named = part.rename({f"_{name}{place}": name for name in KEY})
        joined = joined.left_join(named, [(name, f"_{name}{place}") for name in KEY])
    return joined.drop(*(f"_{name}{place}" for name in KEY for place in range(len(parts))))


def of_days(shop: Shop, days: ibis.Table, cutoffs: list[date]) -> ibis.Table:
    """The metrics of `panel` that are sums of a person's own days, of whatever days are given.

    Args:
        shop: An open data set.
        days: Rows of table `daily`.
        cutoffs: Local days, in any order.

    Returns:
        Columns of table `panel`, one row a cutoff and person with a day before it.
    """
    moments = sorted(set(cutoffs))

    def found(days: ibis.Table) -> ibis.Table:
        state = gathered(days, moments, half_life=shop.settings.profiles.half_life_days)
        state = _with(state, purchases(days, moments), recent(days, moments)).cache()
        own = activity_metrics(state) | purchase_metrics(state)
        own |= {f"{name}_observed": FAMILIES[name].observed(state) for name in _OF_DAYS}
        own = {name: own[name] for name in PANEL.column_names if name in own}
        known = _where_told(own, state.cutoff, _told(state), moments)
        return state.select(*KEY, **{name: known.get(name, value) for name, value in own.items()})

    return shop.computed(found, days)


def _where_told(
    found: dict[str, ibis.Value], cutoff: ibis.Value, told: dict[str, list[date]], cutoffs: list[date]
) -> dict[str, ibis.Value]:
    """Of metrics those that are missing at some cutoffs, as nothing of their fact had been told of anybody by then."""
    known = {}
    for name, fact in ((name, fact) for name, fact in TOLD_BY.items() if fact in told):
        for column in (name, *(f"{name}_{part}" for part in PARTS if name in ESTIMATES)):
            if not told[fact]:
                known[column] = ibis.null(next(each.dtype for each in PANEL.columns if each.name == column))
            elif column in found and len(told[fact]) < len(cutoffs):
                known[column] = ibis.ifelse(cutoff.isin(told[fact]), found[column], None)
    return known


def _told(state: ibis.Table) -> dict[str, list[date]]:
    """The cutoffs before which a fact was told of anybody.

    What a source tells of nobody is not known of anybody; once it was told of one, the others have none of it.
    """
    facts = sorted({*TOLD_BY.values()} & {*state.columns})
    rows = (
        state.group_by("cutoff").aggregate(**{fact: (state[fact] > 0).any() for fact in facts}).to_pyarrow().to_pylist()
    )
    return {fact: sorted(row["cutoff"] for row in rows if row[fact]) for fact in facts}


# Rows, one a person and cutoff, that may be joined at once.
MOST_AT_ONCE = 400_000
# What is learned of people, each by its own family; price_sensitivity is made of one of them.
FAMILIES = {
    "aov": mean("order_revenue", "ordered"),
    "mean_gap_days": gap("gaps", "T_days", "order_span"),
    "discounted_order_share": share("discounted", "ordered"),
    "refund_rate": share("refunded_orders", "orders"),
    "weekend_share": share("weekend_days", "active_days"),
    "email_open_rate": share("email_opened", "email_delivered"),
    "email_click_rate": share("email_clicked", "email_delivered"),
    "email_reopen_rate": share("email_opened_again", "email_delivered"),
    "email_forward_rate": share("email_forwarded", "email_delivered"),
    "sms_click_rate": share("sms_clicked", "sms_delivered"),
    "sms_reply_rate": share("sms_replied", "sms_delivered"),
    "cart_abandon_rate": share("cart_left", "put_into_cart"),
}
ESTIMATES = (*FAMILIES, "price_sensitivity")
# Of these, whose observed value is a sum of days.
_OF_DAYS = ("aov", "mean_gap_days", "weekend_share")
# Metrics that are missing while nothing of a fact was told of anybody.
TOLD_BY = (
    {
        f"{fact}_{what}": fact
        for fact in (*(f"{each}_events" for each in CATEGORIES), *(f"on_{each}" for each in CHANNELS))
        for what in (*(f"{n}d" for n in WINDOWS), "total")
    }
    | {f"{each}_events_decayed": f"{each}_events" for each in CATEGORIES}
    | {
        "sessions_30d": "sessions",
        "product_views_7d": "product_views",
        "search_rate": "searches",
        "discounted_order_share": "discounted_orders",
        "price_sensitivity": "discounted_orders",
        "mean_discount_depth": "discounted_orders",
        "refund_rate": "refunded_orders",
        "email_open_rate": "email_opened",
        "email_click_rate": "email_clicked",
        "email_reopen_rate": "email_opened",
        "email_forward_rate": "email_forwarded",
        "sms_click_rate": "sms_clicked",
        "sms_reply_rate": "sms_replied",
        "cart_abandon_rate": "bought_from_cart",
        "repeat_view_days": "product_views",
        "cases_180d": "case_opened",
        "unresolved_cases": "case_resolved",
    }
)


def _identifiers(identifiers: ibis.Table, moments: dict[date, datetime]) -> ibis.Table:
    """How people are known at each cutoff."""
    # Of the day on which one was first seen no more is needed than the cutoff before which it was.
    cases = [(identifiers.first_seen_at < ibis.literal(at), ibis.literal(each)) for each, at in moments.items()]
    dated = identifiers.mutate(day=ibis.cases(*cases, else_=ibis.null("date")))
    return so_far(
        dated.mutate(day=(dated.day.cast("timestamp") - ibis.interval(days=1)).cast("date"), one=1),
        list(moments),
        lambda row: {
            "n_identifiers": Gathered(row.one),
            "n_devices": Gathered(row.type.isin(DEVICES).cast("int64")),
            "identity_confidence": Gathered(row.link, "min"),
        },
    ).mutate(**{name: lambda row, name=name: row[name].cast("int64") for name in ("n_identifiers", "n_devices")})


def _agreed(answers: ibis.Table) -> ibis.Table:
    """How many of what they were asked people have agreed to; no row for whoever was not asked."""
    return answers.group_by(*KEY).aggregate(
        channels_subscribed=answers.allowed.sum(where=answers.purpose.endswith("_marketing")).fill_null(0),
        tracking_allowed=answers.allowed.sum(where=answers.purpose.isin(TRACKED)).fill_null(0),
        profiling_allowed=answers.allowed.sum(where=answers.purpose == "profiling").fill_null(0),
    )


def orders_between(shop: Shop, start: date, end: date) -> ibis.Table:
    """Orders and net revenue per person in the local days [start, end); people without an order are absent.

    Whoever went by several names, before they turned out to be one person, has a row under each.
    """
    days = _days_between(shop, start, end)
    sums = days.group_by("profile_id").aggregate(
        orders=total(days.orders), revenue=(days.order_revenue - days.refunds).sum().cast("float64")
    )
    return _under_each_name(shop, sums.filter(sums.orders > 0))


def acted_between(shop: Shop, start: date, end: date) -> ibis.Table:
    """Acts per person in the local days [start, end): what they did, not what was done to them; others are absent.

    Whoever went by several names, before they turned out to be one person, has a row under each.
    """
    days = _days_between(shop, start, end)
    sums = days.group_by("profile_id").aggregate(acts=total(days.acts))
    return _under_each_name(shop, sums.filter(sums.acts > 0))


def _days_between(shop: Shop, start: date, end: date) -> ibis.Table:
    daily = shop.table("daily")
    return daily.filter(daily.day >= start, daily.day < end)


def _under_each_name(shop: Shop, sums: ibis.Table) -> ibis.Table:
    alias = shop.table("profile_alias")
    return sums.union(
        alias.join(sums, "profile_id").drop("profile_id").rename(profile_id="alias").select(*sums.columns)
    )
