"""How many people are in which moment now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from helpers.datasets.tables.moments import MOMENTS_SAID
from helpers.privacy import Published, publish_for

if TYPE_CHECKING:
    from helpers.datasets import Shop


def on_now(shop: Shop) -> pd.DataFrame:
    """People by moment that they are in as of `shop.as_of`; one in several counts in each.

    Args:
        shop: An open data set whose `moments` are written.

    Returns:
        Columns moment, people, meaning: a row for each of the twelve, as declared, 0 people where nobody is in it.
    """
    rows = shop.table("moments")
    held = rows.filter(rows.ended_by.isnull())
    found = shop.frame(held.group_by("moment").aggregate(people=held.profile_id.nunique()))
    people = found.set_index("moment").people.reindex(MOMENTS_SAID, fill_value=0)
    return pd.DataFrame({"moment": people.index, "people": people.to_numpy(), "meaning": MOMENTS_SAID.values()})


def publish_now(shop: Shop) -> Published:
    """The same as a table of a page, without the moments that nobody is in."""
    found = on_now(shop)
    found = found[found["people"] > 0].assign(
        moment=lambda row: row["moment"].str.replace("_", " ").str.capitalize(),
        # What ends it stands in the table's declaration.
        meaning=lambda row: row["meaning"].str.split(";").str[0].str.rstrip(".") + ".",
    )
    shown = found[["moment", "meaning", "people"]].set_axis(["Moment", "Who", "People now"], axis=1)
    return publish_for(shop, "profiles.moments", shown, people="People now", names=["Moment", "Who"], totals="none")
