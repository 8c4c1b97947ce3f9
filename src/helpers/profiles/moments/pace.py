"""Who comes more often than they used to."""

from __future__ import annotations

import ibis
from scipy.stats import chi2

from helpers.profiles.facts import ORDER
from helpers.profiles.moments.spells import ends, pulse, said
from helpers.profiles.windows import day_number

WINDOW_DAYS, FEWEST = 14, 3
# Fewer gaps than these tell no habit of one's own.
FEWEST_GAPS = 3
# With days that are independent of each other, once in 2 to 30 days, chance brings it about 0.01 to 0.03 times a year
# (simulated); of who always comes three days in a row, 0.8 times.
TAIL = 0.001
# After half the window most of what was counted lies outside it.
LASTS_DAYS = 7


def most_expected(n: int) -> float:
    """The largest Poisson mean of which `n` or more come about with a chance of at most `TAIL`.

    P(N >= n) of mean m is P(X <= 2m) of chi squared with 2n degrees of freedom (Garwood 1936).

    >>> round(most_expected(5), 3)
    0.739
    """
    return float(chi2.ppf(TAIL, 2 * n) / 2)


def active_days(events: ibis.Table) -> ibis.Table:
    """Local days with an act.

    Returns:
        Columns profile_id, day; first_at, their first act; first_other_at and last_other_at, the first and last that is
        not about support; first_order_at. In UTC; missing where there is none.
    """
    acts = events.filter(events.weight > 0)
    other = acts.category != "support"
    return acts.group_by("profile_id", day=acts.local_time.date()).aggregate(
        first_at=acts.timestamp.min(),
        first_other_at=acts.timestamp.min(where=other),
        last_other_at=acts.timestamp.max(where=other),
        first_order_at=acts.timestamp.min(where=acts.event == ORDER),
    )


def accelerating(days: ibis.Table, rhythm: ibis.Table) -> ibis.Table:
    """Pulses of accelerating: active days with more of them in 14 than the person's own usual gap lets expect.

    What is usual is the mean gap as it was known before these 14 days, held against others' or not, whichever is
    shorter: of newcomers who come daily the one is still far from it, of a few gaps the other is.

    Args:
        days: As `active_days` gives them.
        rhythm: As `moments` takes it.
    """
    days = days.select("profile_id", "day", timestamp="first_at", number=day_number(days.day))
    order = {"group_by": "profile_id", "order_by": days.number}
    earlier = ibis.range_window(**order, preceding=(None, WINDOW_DAYS))
    days = days.mutate(
        n=days.count().over(ibis.range_window(**order, preceding=WINDOW_DAYS - 1, following=0)),
        before=days.day.max().over(earlier),
        gaps=days.count().over(earlier) - 1,
        span=days.number.max().over(earlier) - days.number.min().over(earlier),
    )
    days = days.filter(days.n >= FEWEST, days.gaps >= FEWEST_GAPS)
    days = days.join(rhythm.select("profile_id", "g", before="day"), ["profile_id", "before"])
    days = days.mutate(usual=ibis.least(days.g, days.span / days.gaps), message_id=ibis.literal(""))
    limits = [(days.n == n, ibis.literal(most_expected(n))) for n in range(FEWEST, WINDOW_DAYS + 1)]
    days = days.filter(WINDOW_DAYS / days.usual <= ibis.cases(*limits, else_=0.0))
    end = ends(days.timestamp + ibis.interval(days=LASTS_DAYS))
    evidence = said(days.n, " active days in 14, usually one in ", days.usual.round().cast("int64"))
    return pulse(days, "accelerating", at=days.timestamp, end=end, evidence=evidence)
