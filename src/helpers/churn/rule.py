"""The simple rule where no model can be learned: who has been silent for longest, against what is usual."""

from __future__ import annotations

import pandas as pd


def by_rule(current: pd.DataFrame) -> pd.DataFrame:
    """Customers by days since their last order over the gap between orders that is usual for them, longest first.

    What is usual for somebody is the mean of their own gaps and one more, the middle one of all people: two orders on
    neighbouring days make nobody late after a week. Where nobody has a gap, the days themselves rank. The rule gives no
    probability.

    Args:
        current: profile_id and `FEATURES`, one row a person.

    Returns:
        profile_id, days_since_last_order, usual_gap_days (missing where nobody has one), gaps_since (the rank's value:
        usual gaps since the last order, or days where there is no gap).
    """
    gap, gaps = current["mean_gap_days_observed"], current["repeat_frequency"]
    usual = (gap.fillna(0.0) * gaps + gap.median()) / (gaps + 1)
    days = current["days_since_last_order"]
    ranked = pd.DataFrame(
        {
            "profile_id": current["profile_id"],
            "days_since_last_order": days,
            "usual_gap_days": usual,
            "gaps_since": days / usual.fillna(1.0),
        }
    )
    order = ["gaps_since", "days_since_last_order"]
    return ranked.sort_values(order, ascending=False, kind="stable", ignore_index=True)
