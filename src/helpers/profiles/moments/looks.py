"""Looks at products: at one category, at one product again and again, and with an eye on its price."""

from __future__ import annotations

import ibis

from helpers.profiles.facts import ORDER
from helpers.profiles.moments.signs import looks_for_a_price
from helpers.profiles.moments.spells import DAY, End, ends, last, next_at, pulse, said, second

VIEW = "Product Viewed"
# Three looks are more than a glance, and 3 in 5 leave no second category that could be the one.
CATEGORY_VIEWS, CATEGORY_WITHIN = 3, DAY
# A second day tells who comes back from who reads on; after a week the looks are no longer about one purchase.
PRODUCT_VIEWS, PRODUCT_WITHIN = 3, 7 * DAY


def browsing(events: ibis.Table) -> ibis.Table:
    """Pulses of browsing_category: views with which a category has 3 in 24 hours, and 60 % of all product views."""
    views = events.filter(events.event == VIEW)
    views = views.select("profile_id", "message_id", "timestamp", category="product_category",
                         second=second(views.timestamp))  # fmt: skip
    views = _about_three(views)
    views = views.mutate(
        n=views.count().over(last(CATEGORY_WITHIN, views, "profile_id", "category")),
        of=views.count().over(last(CATEGORY_WITHIN, views, "profile_id")),
    )
    holds = views.category.notnull() & (views.n >= CATEGORY_VIEWS) & _is_most(views)
    order = {"group_by": "profile_id", "order_by": [views.timestamp, views.message_id]}
    views = views.mutate(holds=holds, place=ibis.row_number().over(ibis.window(**order)))
    earlier = ibis.rows_window(**order, preceding=(None, 1))
    views = views.mutate(held=ibis.ifelse(views.holds, views.place, None).max().over(earlier))
    pulses = views.filter(views.holds)
    columns = ("profile_id", "category", "timestamp", "message_id", "n", "of")
    steps = pulses.select(*columns, ends=False).union(_breaks(views, pulses).select(*columns, ends=True))
    steps = steps.mutate(end_at=next_at(steps, steps.ends, "profile_id", "category")).filter(~steps.ends)
    evidence = said(steps.n, " of ", steps.of, " product views in 24 hours")
    end = ends(steps.timestamp + ibis.interval(seconds=CATEGORY_WITHIN), activity=steps.end_at)
    return pulse(steps, "browsing_category", about=steps.category, at=steps.timestamp, end=end, evidence=evidence)


def _about_three(views: ibis.Table) -> ibis.Table:
    """Views of the days about those with a third view of a category in 24 hours: the others decide nothing."""
    views = views.mutate(near=views.second // DAY)
    own = ibis.window(group_by=["profile_id", "category"], order_by=views.second)
    thirds = views.mutate(first=views.second.lag(CATEGORY_VIEWS - 1).over(own))
    thirds = thirds.filter(thirds.first > thirds.second - CATEGORY_WITHIN).select("profile_id", "near")
    days = [thirds.mutate(near=thirds.near + more) for more in (-1, 0, 1)]
    return views.semi_join(ibis.union(*days), ["profile_id", "near"]).drop("near")


def _is_most(views: ibis.Table) -> ibis.expr.types.BooleanValue:
    """Whether `n` is 60 % of `of`."""
    return views.n * 5 >= views.of * 3


def _breaks(views: ibis.Table, pulses: ibis.Table) -> ibis.Table:
    """Views up to 24 hours after a category held, with which it is no longer 60 % of them."""
    # No second category can have 60 %, so it is always the one that held last.
    held = pulses.select("profile_id", held="place", own="category", since="second")
    after = views.join(held, ["profile_id", "held"])
    after = after.mutate(is_own=(after.category == after.own).fill_null(False))
    after = after.filter(after.second < after.since + CATEGORY_WITHIN, ~(after.holds & after.is_own))
    others = after.filter(~after.is_own).drop("category", "n").rename(category="own")
    columns = ("profile_id", "category", "timestamp", "message_id", "second", "of")
    one = ibis.literal(1).cast("int64")
    own = views.semi_join(pulses, ["profile_id", "category"])
    rows = own.select(*columns, weight=one).union(others.select(*columns, weight=one - 1))
    rows = rows.mutate(n=rows.weight.sum().over(last(CATEGORY_WITHIN, rows, "profile_id", "category")))
    again = after.filter(after.is_own).select(*columns, "n")
    rows = rows.filter(rows.weight == 0).select(*columns, "n").union(again)
    return rows.filter(~_is_most(rows))


def returning(events: ibis.Table) -> ibis.Table:
    """Views with which somebody has looked at a product 3 times on 2 days within 7, and ordered nothing meanwhile.

    Returns:
        Columns profile_id, message_id, timestamp, product_id, day (local), n (views), first_at and first_day (of the
        earliest of them), ordered_at (the next order).
    """
    views = events.filter(events.event == VIEW, events.product_id.notnull())
    views = views.select("profile_id", "message_id", "timestamp", "product_id", day=views.local_time.date(),
                         second=second(views.timestamp))  # fmt: skip
    product = ibis.window(group_by=["profile_id", "product_id"], order_by=views.second)
    thirds = views.mutate(first=views.second.lag(PRODUCT_VIEWS - 1).over(product))
    thirds = thirds.filter(thirds.first > thirds.second - PRODUCT_WITHIN)
    views = views.semi_join(thirds, ["profile_id", "product_id"])
    orders = events.filter(events.event == ORDER).select(
        "profile_id", "message_id", "timestamp", product_id=ibis.null("string"), day=ibis.null("date"),
        second=ibis.null("int64"),
    )  # fmt: skip
    rows = views.union(orders)
    ordered = rows.product_id.isnull()
    person = ibis.cumulative_window(group_by="profile_id", order_by=[rows.timestamp, rows.message_id])
    rows = rows.mutate(
        so_far=ordered.cast("int64").sum().over(person),
        ordered_at=next_at(rows, ordered, "profile_id"),
    ).filter(~ordered)
    week = last(PRODUCT_WITHIN, rows, "profile_id", "product_id", "so_far")
    rows = rows.mutate(
        n=rows.count().over(week), first_day=rows.day.min().over(week), first_at=rows.timestamp.min().over(week)
    )
    return rows.filter(rows.n >= PRODUCT_VIEWS, rows.first_day < rows.day)


def _week_or_order(rows: ibis.Table) -> End:
    return ends(rows.timestamp + ibis.interval(seconds=PRODUCT_WITHIN), order=rows.ordered_at)


def hesitating(rows: ibis.Table) -> ibis.Table:
    """Pulses of hesitating, of rows as `returning` gives them."""
    evidence = said(rows.n, " views from ", rows.first_day, " to ", rows.day, ", nothing ordered since")
    end = _week_or_order(rows)
    return pulse(rows, "hesitating", about=rows.product_id, at=rows.timestamp, end=end, evidence=evidence)


def price_waiting(rows: ibis.Table, events: ibis.Table) -> ibis.Table:
    """Pulses of price_waiting: of who hesitates, and looked for a price between these looks or while it lasts.

    Some customers time their purchase by the price they expect (Li, Granados and Netessine 2014, Management Science
    60(9)). No log tells what they expect: repeated looks tell the interest, and the search for a coupon, a sale or the
    cheaper ones that it is the price which is looked at.
    """
    signs = events.filter(looks_for_a_price(events)).select("profile_id", looked_at="timestamp")
    end = _week_or_order(rows)
    rows = rows.mutate(until=end.until, by=end.by)
    pairs = rows.join(signs, "profile_id")
    pairs = pairs.filter(pairs.looked_at >= pairs.first_at, pairs.looked_at < pairs.until)
    found = pairs.group_by(*rows.columns).aggregate(looked_at=pairs.looked_at.min())
    return pulse(
        found, "price_waiting", about=found.product_id, at=ibis.greatest(found.timestamp, found.looked_at),
        end=End(found.until, found.by), evidence=said(found.n, " views, and a look for a lower price"),
    )  # fmt: skip
