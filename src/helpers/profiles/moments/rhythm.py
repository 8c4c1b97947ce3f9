"""The usual gap between active days of a person, on days on which they did nothing."""

from __future__ import annotations

import ibis

from helpers.profiles.windows import day_number


def usual(rows: ibis.Table, rhythm: ibis.Table) -> ibis.Table:
    """Rows with column g: the mean gap that was known at the end of their day, missing before the first.

    Args:
        rows: Columns profile_id and day (local).
        rhythm: Columns profile_id, day (one with an act) and g.
    """
    known = rhythm.semi_join(rows, "profile_id").select("profile_id", "day", known=rhythm.day)
    asked = rows.select("profile_id", "day").distinct()
    days = known.union(asked.mutate(known=ibis.null("date")))
    # Of equal days both are counted, whichever comes first.
    up_to = ibis.range_window(group_by="profile_id", order_by=day_number(days.day), preceding=None, following=0)
    days = days.mutate(known=days.known.max().over(up_to)).distinct()
    gaps = rhythm.select("profile_id", "g", known="day")
    found = days.join(gaps, ["profile_id", "known"]).select("profile_id", "day", "g")
    return rows.left_join(found, ["profile_id", "day"]).drop("profile_id_right", "day_right")
