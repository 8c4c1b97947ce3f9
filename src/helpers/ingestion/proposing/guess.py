"""What a column could be, by its name and a sample of its values: guesses for a person to check, never a mapping."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_STAMP = re.compile(r"[12]\d{3}-\d{1,2}-\d{1,2}([ T]\d{1,2}:\d{2}(:\d{2}([.]\d+)?)?)?")
_OFFSET = re.compile(_STAMP.pattern + r"(Z|[+-]\d{2}(:?\d{2})?)")
_SECONDS, _MILLISECONDS, _COMPACT = re.compile(r"1\d{9}"), re.compile(r"1\d{12}"), re.compile(r"(19|20)\d{6}")
_LOCAL_FORMS = {
    "%d.%m.%Y %H:%M": re.compile(r"\d{1,2}\.\d{1,2}\.\d{4} \d{1,2}:\d{2}"),
    "%d.%m.%Y": re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}"),
    "%d/%m/%Y %H:%M": re.compile(r"(1[3-9]|2\d|3[01])/\d{1,2}/\d{4} \d{1,2}:\d{2}"),
    "%m/%d/%Y %H:%M": re.compile(r"\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d{2}"),
    "%m/%d/%Y": re.compile(r"\d{1,2}/\d{1,2}/\d{4}"),
}
_NUMBER = re.compile(r"[+-]?\d+([.]\d+)?")
_COMMA_NUMBER = re.compile(r"[+-]?\d+,\d{1,2}")
# What a column is, by words of its name; the first that fits. Numbers must be numbers.
_NAMES = {
    "order_id": r"(order|invoice|basket|transaction|receipt)(_?(id|no|number|nr))?",
    "user_id": r"(customer|user|client|member|household|cust|person|shopper|buyer|who)(_?(id|no|number|nr|code))?",
    "anonymous_id": r"(anonymous|device|cookie|visitor|client_?cookie)(_?id)?",
    "session_id": r"(session|visit)(_?id)?",
    "email": r"e?_?mail(_?address)?",
    "phone": r"(phone|mobile|msisdn|tel)(_?(no|number|nr))?",
    "product_id": r"(product|item|sku|article|stock|isbn)(_?(id|no|number|nr|code|sku))?",
    "product_category": r"(product_?|item_?)?(category|department|cat)(_?(id|name))?",
    "quantity": r"(quantity|qty|pieces|units|amount_?of_?items|num(ber)?_?of_?items|items)",
    "price": r"(unit_?)?price|price_?(each|per_?(unit|piece|item))",
    "revenue": r"(sales_?)?(value|revenue|total|amount|spend|net|gross|paid|sum)(_?(amount|value|price|eur|usd|gbp))?",
    "discount": r"(total_?)?(retail_?)?disc(ount)?(_?amount)?|rebate",
    "coupon": r"(coupon|voucher|promo)(_?code)?",
    "currency": r"currency(_?code)?",
    "page_path": r"(page|url|path|page_?path|uri)",
    "referrer_domain": r"(referrer|referer)(_?domain)?",
    "campaign_id": r"campaign_?(id|no|number|nr)",
    "campaign_name": r"(utm_?)?campaign(_?(name|type))?",
    "campaign_source": r"utm_?source",
    "campaign_medium": r"utm_?medium",
    "device_type": r"(device_?type|platform|device_?category)",
    "os": r"(os|operating_?system)",
    "browser": r"browser",
    "country": r"country(_?code)?",
    "locale": r"(locale|language)",
    "ticket_id": r"(ticket|case)(_?(id|no|number|nr))?",
    "send_id": r"(message|send|mailing)(_?id)?",
}
_EVENT = re.compile(r"(event|action|behaviou?r|activity|type|what|status)(_?(name|type))?")
_NUMBERS = {"quantity", "price", "revenue", "discount"}


class Moment(NamedTuple):
    """How a column says when: the expression, and whether it carries its own offset."""

    expression: str
    offset: bool


def plain(name: str) -> str:
    """A column's name in lower case with underscores, for comparing: "CustomerID" and "Customer Id" are customer_id."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name.rsplit(".", 1)[-1])
    return re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")


def moment(column: str, values: Iterable[str]) -> Moment | None:
    """How a column says when something happened, None where its values are no times."""
    sample = [value for value in values if value]
    # A date of birth is when somebody began, not when something happened.
    if not sample or re.search("birth|dob", plain(column)):
        return None
    quoted = f'"{column}"'
    forms = {
        _OFFSET: Moment(column, offset=True),
        _STAMP: Moment(column, offset=False),
        _SECONDS: Moment(f"to_timestamp(TRY_CAST({quoted} AS BIGINT))", offset=True),
        _MILLISECONDS: Moment(f"to_timestamp(TRY_CAST({quoted} AS BIGINT) / 1000)", offset=True),
        _COMPACT: Moment(f"try_strptime({quoted}, '%Y%m%d')", offset=False),
    }
    forms |= {
        pattern: Moment(f"try_strptime({quoted}, '{form}')", offset=False) for form, pattern in _LOCAL_FORMS.items()
    }
    return next((found for pattern, found in forms.items() if _all(pattern, sample)), None)


def meaning(column: str, values: Iterable[str]) -> str | None:
    """The column of `events`, or kind of identifier, that a column could be; None where nothing fits."""
    sample = [value for value in values if value]
    if sample and _all(_EMAIL, sample):
        return "email"
    name = plain(column)
    for canonical, pattern in _NAMES.items():
        if re.fullmatch(pattern, name):
            return canonical if canonical not in _NUMBERS or _mostly_numbers(sample) else None
    return None


def amount(column: str, values: Iterable[str]) -> str:
    """The expression of a number, whose decimal sign may be a comma."""
    sample = [value for value in values if value]
    if sample and any("," in value for value in sample) and not any("." in value for value in sample):
        return f"""replace("{column}", ',', '.')"""
    return column


def names_somebody(column: str) -> bool:
    """Whether a column holds a person's name, address or day of birth, which no analysis needs as it stands."""
    personal = (
        r"(.*_)?(first_?name|last_?name|sur_?name|given_?name|family_?name|full_?name|address|street|dob|birth.*)"
    )
    return re.fullmatch(personal, plain(column)) is not None


def names_events(column: str, values: Iterable[str]) -> bool:
    """Whether a column says what happened: by its name, and few different words."""
    words = {value for value in values if value}
    return bool(_EVENT.fullmatch(plain(column))) and 0 < len(words) <= 30


def _mostly_numbers(sample: list[str]) -> bool:
    """A few that are none are faults of the file, not of the guess."""
    numbers = sum(bool(_NUMBER.fullmatch(value) or _COMMA_NUMBER.fullmatch(value)) for value in sample)
    return 2 * numbers > len(sample) or not sample


def _all(pattern: re.Pattern[str], sample: list[str]) -> bool:
    return all(pattern.fullmatch(value) for value in sample)
