"""What page paths, searches and filters tell: who looks for help, and who looks for a price."""

from __future__ import annotations

import ibis

PAGE, LIST, FILTER, SEARCH = "Page Viewed", "Product List Viewed", "Product List Filtered", "Products Searched"
# A part of a page's path, or its category.
HELP_PAGES = ("help", "help-center", "faq", "faqs", "support", "contact", "contact-us", "customer-service", "hilfe",
              "kontakt")  # fmt: skip
PRICE_PAGES = ("sale", "sales", "deals", "offers", "outlet", "clearance", "coupons", "vouchers", "angebote")
# A word of a search.
PRICE_WORDS = ("sale", "deal", "deals", "cheap", "outlet", "coupon", "coupons", "voucher", "vouchers", "discount",
               "promo", "gutschein", "rabatt", "angebot", "angebote")  # fmt: skip


def asks_for_help(events: ibis.Table) -> ibis.expr.types.BooleanValue:
    """Whether an event is a look at a help page."""
    return (events.event == PAGE) & _is_page(events, HELP_PAGES)


def looks_for_a_price(events: ibis.Table) -> ibis.expr.types.BooleanValue:
    """Whether an event is a look for a lower price.

    That is a search for a coupon or a sale, a look at a sale page, or a list that is filtered or sorted by price, as a
    property of the event says (filters and sorts in Segment's spec).
    """
    searched = events.search_term.lower().re_search(rf"\b({'|'.join(PRICE_WORDS)})\b")
    filtered = events.properties.lower().contains("price")
    told = ibis.cases(
        (events.event == SEARCH, searched), (events.event == FILTER, filtered), else_=_is_page(events, PRICE_PAGES)
    )
    return events.event.isin([SEARCH, FILTER, PAGE, LIST]) & told.fill_null(False)


def _is_page(events: ibis.Table, names: tuple[str, ...]) -> ibis.expr.types.BooleanValue:
    any_of = "|".join(names)
    path = events.page_path.lower().re_search(rf"(^|/)({any_of})(/|\.|$)")
    return path.fill_null(False) | events.page_category.lower().re_search(f"^({any_of})$").fill_null(False)
