"""What a page says of drift, and the results that it hands on."""

from __future__ import annotations

from datetime import date

from helpers import reporting
from helpers.privacy import MINIMUM
from helpers.reporting import Record
from helpers.segmentation.drift import BARS, CENTRE, FEWEST, FIT, LEVEL, SHARES, Drift

_MOST = 3


def drift_found(found: Drift, then: date) -> str:
    """Whether there is an alarm, and the figures that say so, in a sentence.

    Args:
        found: People of now, held against those of the reference day.
        then: The reference day.
    """
    fired = found.tests[found.tests["fired"]]
    about = {SHARES: _shares, CENTRE: _centres, FIT: _fit}
    kinds = [kind for kind in about if not found.fired or (fired["kind"] == kind).any()]
    said = [about[kind](found) for kind in kinds]
    listed = said[0] if len(said) == 1 else f"{', '.join(said[:-1])}, and {said[-1]}"
    if found.fired:
        return f"Alarm: since {reporting.date(then)} {listed}."
    return " ".join([f"No alarm: since {reporting.date(then)} {listed}.", *_untold(found)])


def alarm(found: Drift | None, then: date) -> list[str]:
    """What the page says first of drift; nothing where groups were learned today."""
    if found is None:
        return []
    if found.fired:
        return [drift_found(found, then)]
    none = f"No alarm: since {reporting.date(then)} no difference beyond chance is large enough to matter"
    return [" ".join([f"{none}; {_shares(found)}.", *_untold(found)])]


def drift_rule() -> str:
    """When there is an alarm, in sentences."""
    return (
        f"An alarm is a difference that is more than chance, by tests that together are wrong at most once in "
        f"{round(1 / LEVEL)} times (Holm), and large enough to matter: {reporting.number(BARS[SHARES] * 100)} points "
        f"of all people in other groups, a group's mean moved by {BARS[CENTRE]} standard deviations, or at least "
        f"{reporting.percent(BARS[FIT])} of people farther from their group than 99 in 100 were then. Means "
        f"are judged of groups of at least {FEWEST} people on both days. An alarm need not mean that the shop "
        "changed: groups that were learned in one season, and people who grow older with the shop, are one too."
    )


def add_drift(record: Record, found: Drift) -> None:
    """Add the results of drift, of the way of grouping that a page is about first."""
    record.add("segmentation.drift.share_moved", found.share_moved)
    if found.largest_shift is not None:
        record.add("segmentation.drift.largest_shift", found.largest_shift)
    record.add("segmentation.drift.unplaced", found.unplaced)


def _untold(found: Drift) -> list[str]:
    """Of what there may be a difference that matters for all that is known: intervals reach beyond the bar."""
    intervals = {
        "how many are in each group": (found.share_moved, BARS[SHARES]),
        "what groups are like": (found.largest_shift, BARS[CENTRE]),
        "how many fit no group": (found.unplaced, BARS[FIT]),
    }
    wide = [what for what, (own, bar) in intervals.items() if own is not None and own.hi is not None and own.hi > bar]
    if found.largest_shift is None:
        wide.insert("how many are in each group" in wide, "what groups are like")
    if not wide:
        return []
    listed = wide[0] if len(wide) == 1 else f"{', '.join(wide[:-1])} or {wide[-1]}"
    return [f"People are too few to rule out a difference that matters in {listed}."]


def _shares(found: Drift) -> str:
    share = reporting.interval(found.share_moved, form=reporting.percent)
    return f"{share} of people are in other groups than the shares of that day say"


def _centres(found: Drift) -> str:
    if found.largest_shift is None:
        return "no group was large enough for its means to be judged"
    own = found.tests[found.tests["kind"] == CENTRE]
    fired = own[own["fired"]].sort_values("effect", ascending=False)
    largest = own.loc[own["effect"].idxmax()]
    by = reporting.interval(found.largest_shift)
    if fired.empty:
        return f"no group's mean has moved by more than {by} standard deviations"
    moved = [f"“{each.group}” by {reporting.number(each.effect)} in {each.feature}" for each in fired.itertuples()]
    if largest.name == fired.index[0]:
        moved[0] = f"“{largest.group}” by {by} in {largest.feature}"
    more = f" and {len(moved) - _MOST} more" if len(moved) > _MOST else ""
    return f"means of groups have moved, in standard deviations: {'; '.join(moved[:_MOST])}{more}"


def _fit(found: Drift) -> str:
    far = found.unplaced.numerator
    few = 0 < far < MINIMUM
    share = f"fewer than {MINIMUM}" if few else reporting.interval(found.unplaced, form=reporting.percent)
    return f"{share}{'' if few else ' of'} people are farther from the centre of their group than 99 in 100 were then"
