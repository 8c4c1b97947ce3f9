"""All rules in one world of declines, judged alike: false entries, delays, and ours against the oracle's."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from helpers.simulate.worlds.declines import BANDS, DAYS, Declines, draw_declines
from helpers.statistics import Estimate, mean, resample
from tests.proof import rules
from tests.proof.detectors import ours
from tests.proof.entries import delays, false_entries, watched
from tests.proof.oracle import tuned

BUDGETS = (0.05, 0.1, 0.2)
BUDGET = 0.1
SILENCES = (30, 60, 90)
KINDS = ("abrupt", "gradual")  # a fall to half is told of, but is another question than who leaves
_EVERY_KIND = (*KINDS, "halved")
_DRAWS = 200
Found = dict[tuple[str, str], pd.DataFrame]


class Outcome(NamedTuple):
    """What came out in one world.

    Attributes:
        table: One row a rule, kind and band, as `_row` makes it.
        false: By rule, over all bands: false entries a customer-year.
        ratio: Our mean delay at the budget over the oracle's; both kinds, all bands.
        ratios: The same by kind and band.
        delays: By rule and kind, over all bands: mean delay in days.
    """

    table: pd.DataFrame
    false: dict[str, Estimate]
    ratio: Estimate
    ratios: dict[tuple[str, int], Estimate]
    delays: dict[tuple[str, str], Estimate]


def judge(world: Declines, *, clustered: bool, others: int, seed: int) -> Outcome:
    """Count entries and delays of all rules.

    Args:
        world: Whose people are judged.
        clustered: Of which form it is.
        others: How many other people rules are set by that are told the law of the world.
        seed: Of these others and of bootstrap draws.
    """
    entries = _entries(world, clustered=clustered, others=others, seed=seed)
    counts = {(rule, kind): false_entries(own, world.people) for (rule, kind), own in entries.items()}
    found = {(rule, kind): _of(kind, delays(own, world)) for (rule, kind), own in entries.items()}
    pairs = {kind: _paired(found[f"ours {BUDGET}", kind], found[f"oracle {BUDGET}", kind]) for kind in KINDS}
    return Outcome(
        table=pd.DataFrame(
            [_row(rule, kind, band, counts[rule, kind], own) for (rule, kind), own in found.items() for band in BANDS]
        ),
        false={rule: _rate(own, seed) for (rule, kind), own in counts.items() if kind == KINDS[0]},
        ratio=_ratio(pd.concat(pairs.values()), seed),
        ratios={(kind, band): _ratio(own[own["band"] == band], seed) for kind, own in pairs.items() for band in BANDS},
        delays={each: _mean(own.loc[~own["on"], "delay"]) for each, own in found.items()},
    )


def _entries(world: Declines, *, clustered: bool, others: int, seed: int) -> Found:
    """Entries by rule and the kind of people they are looked at for; the oracle alone knows whom it looks for."""
    oracle = tuned(clustered=clustered, budgets=BUDGETS, people=others, seed=seed)
    flat = draw_declines(others, clustered=clustered, seed=seed, kinds={"flat": 1.0})
    alike = {f"ours {budget}": ours(world, budget) for budget in BUDGETS}
    alike |= {f"silence {days}": rules.silence(world, days) for days in SILENCES}
    alike |= {f"one limit {budget}": rules.silence(world, one_limit(flat, budget)) for budget in BUDGETS}
    alike["fixed"] = rules.fixed(world)
    found = {(rule, kind): own for rule, own in alike.items() for kind in _EVERY_KIND}
    return found | {
        (f"oracle {budget}", kind): oracle.entries(world, kind, budget) for budget in BUDGETS for kind in _EVERY_KIND
    }


def one_limit(flat: Declines, budget: float) -> int:
    """The fewest days of silence that people who never change exceed no more often a year, all bands together."""
    fewest, most = 1, DAYS
    while fewest < most:
        days = (fewest + most) // 2
        count = false_entries(rules.silence(flat, days), flat.people)["entries"].sum()
        fewest, most = (fewest, days) if count / watched(flat.people).sum() <= budget else (days + 1, most)
    return fewest


def _of(kind: str, own: pd.DataFrame) -> pd.DataFrame:
    return own[own["kind"] == kind]


def _paired(ours: pd.DataFrame, oracle: pd.DataFrame) -> pd.DataFrame:
    """Delays of the same people: those whom neither has on the day of change."""
    neither = ~ours["on"] & ~oracle["on"]
    return pd.DataFrame({"band": ours["band"], "ours": ours["delay"], "oracle": oracle["delay"]})[neither]


def _row(rule: str, kind: str, band: int, counts: pd.DataFrame, found: pd.DataFrame) -> dict[str, object]:
    flat, own = counts[counts["band"] == band], found[found["band"] == band]
    off = own[~own["on"]]
    rate, delay, after_last = _rate(flat, 0), _mean(off["delay"]), _mean(off["after_last"])
    return {
        "rule": rule,
        "kind": kind,
        "band": band,
        "false": rate.value,
        "false_lo": rate.lo,
        "false_hi": rate.hi,
        "flat_people": rate.n,
        "share_of_flat_days": flat["spent"].sum() / flat["years"].sum(),
        "delay": delay.value,
        "delay_lo": delay.lo,
        "delay_hi": delay.hi,
        "after_last_visit": after_last.value,
        "undetected": off["missed"].mean(),
        "people": delay.n,
        "on_before": own["on"].mean(),
    }


def _rate(counts: pd.DataFrame, seed: int) -> Estimate:
    entries, years = counts["entries"].to_numpy(dtype=float), counts["years"].to_numpy()
    rate = {"rate": lambda weights: (weights @ entries) / (weights @ years)}
    return resample(rate, n=len(counts), draws=_DRAWS, seed=seed).estimate("rate")


def _ratio(pairs: pd.DataFrame, seed: int) -> Estimate:
    ours, oracle = pairs["ours"].to_numpy(), pairs["oracle"].to_numpy()
    ratio = {"ratio": lambda weights: (weights @ ours) / (weights @ oracle)}
    return resample(ratio, n=len(pairs), draws=_DRAWS, seed=seed).estimate("ratio")


def _mean(values: pd.Series) -> Estimate:
    return mean(len(values), float(values.sum()), float((values**2).sum()))
