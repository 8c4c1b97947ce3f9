"""What notebook 01_ingestion says in sentences; a sentence that has nothing to say is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.ingestion.aggregates import preceded
from helpers.ingestion.quality import abandoned, lateness, repeats
from helpers.reporting import literal, percent

if TYPE_CHECKING:
    from helpers.datasets import Shop


def of_repeats(shop: Shop, ledger: pd.DataFrame) -> list[str]:
    """What was told more than once, with an id or without.

    Args:
        shop: The data set, ingested.
        ledger: Table `ledger`.
    """
    copies, differing = repeats(shop)
    repeated, added = int(ledger["rows_repeated"].sum()), ledger["columns_added"].dropna().unique()
    sentences = {
        f"Records that tell an event again that is there already: {copies:,}, of them in other words {differing:,}. "
        "The first counts, the others are in table `duplicates`.": copies,
        f"{repeated:,} records say the same as an earlier one of their file. They carry no id that would tell a repeat "
        "from a second purchase, so they are kept.": repeated,
        f"Some files have columns that nobody declared: {literal(', '.join(added))}.": len(added),
    }
    return [sentence for sentence, said in sentences.items() if said]


def of_lateness(shop: Shop) -> list[str]:
    """How much came late, where sources say when they received it."""
    late, dated = lateness(shop)
    if not dated:
        return []
    share = percent(late / dated, numerator=late, denominator=dated)
    return [f"Of the events whose source says when it received them, {share} were more than a day late."]


def of_goals(shop: Shop) -> list[str]:
    """What became of carts, and what comes before orders."""
    (left, lines), (before, known) = abandoned(shop), preceded(shop)
    sentences = []
    if lines:
        share = percent(left / lines, numerator=left, denominator=lines)
        sentences.append(f"Of the products put into a cart, {share} were not bought within a week.")
    if known:
        share = percent(before / known, numerator=before, denominator=known)
        sentences.append(
            f"Of the orders of customers whose browsing is known, {share} came within 30 days after a look at a "
            "product, a cart or a checkout. Where that share is small, the tracker misses what leads to an order."
        )
    return sentences


def of_reasons(reasons: pd.DataFrame) -> str:
    """The most frequent reason to refuse a record.

    Args:
        reasons: As `reasons` gives them.
    """
    if reasons.empty:
        return "No record was refused."
    first, total = reasons.iloc[0], reasons["records"].sum()
    return f"The most frequent reason is `{first['reason']}`, with {first['records']:,} of {total:,} refused records."
