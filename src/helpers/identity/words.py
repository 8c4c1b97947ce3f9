"""What is said of identity on a page, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers import reporting
from helpers.identity.summary import Figures

if TYPE_CHECKING:
    from helpers.datasets import Shop


def of_sizes(shop: Shop, known: Figures) -> dict[str, str]:
    """What is said of the picture of people by their identifiers: arguments of `reporting.bars`."""
    return {
        "title": f"Of all people, {reporting.part(known.alone, known.people)} are known by one identifier",
        "subtitle": f"People by number of identifiers, on {reporting.date(shop.as_of)}; with a profile or without",
        "shows": "People by number of identifiers",
        "source": "identity_map",
    }


def merged(known: Figures) -> str:
    """How the people came together, what was held back, and the largest."""
    said = [
        f"People known apart who turned out to be one: {known.merges:,}.",
        f"Pairs of identifiers that were seen together and are not taken for one person's: {known.blocked:,}.",
        f"Identifiers of several people at once, which stand for themselves alone: {known.shared:,};",
        f"that passed from one person to another: {known.handed_over:,}.",
    ]
    if known.tenth_largest:
        said.append(f"The ten largest people have {known.tenth_largest:,} identifiers or more each.")
    return " ".join(said)


def how_sure(known: Figures) -> str:
    """How many ties rest on more than one event."""
    if not known.tied:
        return "No event carries two identifiers, so nobody could be merged, rightly or wrongly."
    share = reporting.part(known.tied_twice, known.tied)
    return (
        f"Of the identifiers that are tied to another, {share} were seen with it more than once; one event alone may "
        "be a typing error or a borrowed device. How often people are found rightly is measured in made-up worlds: "
        "see the page of proofs."
    )
