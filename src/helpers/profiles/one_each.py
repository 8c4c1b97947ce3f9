"""One row a person: names that people had at past moments, before they turned out to be of somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis
    import pandas as pd

    from helpers.datasets import Shop


def one_each(shop: Shop, rows: ibis.Table) -> pd.DataFrame:
    """Of names that turned out later to be of one person the row of the one that did most lately.

    A device that had fallen silent would else count as a person who is gone, or as one who came back by what its owner
    did elsewhere.

    Args:
        shop: An open data set whose profiles are written.
        rows: Columns cutoff, profile_id and engagement_score, as `panel` gives them, and any others.

    Returns:
        These columns, profile_id being the name that stays, and known_as: the name that the row had at its cutoff.
    """
    later = shop.table("profile_alias").select(_alias="alias", _person="profile_id")
    named = rows.left_join(later, rows.profile_id == later["_alias"]).drop("_alias")
    people = shop.frame(named.mutate(_person=named["_person"].fill_null(named.profile_id)))
    people = people.assign(stays=people["profile_id"] == people["_person"])
    busiest = people.sort_values(["engagement_score", "stays", "profile_id"], ascending=[False, False, True])
    kept = busiest.drop_duplicates(["cutoff", "_person"]).drop(columns="stays")
    return kept.rename(columns={"profile_id": "known_as", "_person": "profile_id"}).reset_index(drop=True)
