"""What churn's ladder costs: all of it beside the sum of its rungs' own learning and one vectorised bootstrap.

As many customers as CDNOW has (23,570), three cutoffs to learn from, 1,000 draws, one thread. Named alternative: what
no ladder can do without, each rung learned once for each population, and all measures of all rungs taken over one set
of draws. Above it is what chooses how probabilities are mended, for which rungs are learned again from either half of
the customers, what chooses weights, and the rest. Prints a table, asserts nothing about time.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from helpers.churn import FEATURES, Cutoffs, Judged, Panel, climb, members
from helpers.churn.judge import TOP
from helpers.churn.purchases import learn_buying
from helpers.statistics import measures, resample_together

CUTOFFS = Cutoffs((date(1998, 1, 2), date(1997, 10, 4), date(1997, 7, 6)), date(1998, 4, 2), date(1998, 7, 1), 90)
STARTS, DAYS, MOST_ORDERS = date(1997, 1, 1), 546, 60
DRAWS, SEED, AIM = 1_000, 1, 2


def orders(people: int) -> np.ndarray:
    """Days of orders of people who come in the first quarter at a rate of their own until they leave, NaN for none."""
    rng = np.random.default_rng(SEED)
    first = rng.integers(0, 90, people)[:, None]
    gaps = np.ceil(rng.exponential(1, (people, MOST_ORDERS)) / rng.gamma(0.55, 1 / 74, people)[:, None])
    leaves = first + rng.exponential(1, (people, 1)) / rng.gamma(0.6, 1 / 82, people)[:, None]
    later = first + np.cumsum(np.maximum(gaps, 1), axis=1)
    return np.concatenate([first, np.where(later < np.minimum(leaves, DAYS), later, np.nan)], axis=1)


def at(days: np.ndarray, cutoff: date) -> pd.DataFrame:
    """Customers at a cutoff as their orders before it describe them; what orders do not tell is 0."""
    t = (cutoff - STARTS).days
    before = np.where(days < t, days, np.nan)
    first, last = days[:, 0], np.nanmax(before, axis=1)
    count = np.isfinite(before).sum(axis=1)
    spend = np.random.default_rng(SEED).gamma(6, 6, len(days))
    repeats = count - 1
    frame = pd.DataFrame(0.0, index=range(len(days)), columns=FEATURES).assign(
        days_since_last_order=t - last,
        orders_count=count,
        repeat_frequency=repeats,
        recency_btyd_days=last - first,
        T_days=t - first,
        tenure_days=t - first,
        revenue_total=spend * count,
        aov_observed=spend,
        mean_gap_days_observed=np.where(repeats > 0, (last - first) / np.maximum(repeats, 1), np.nan),
        orders_30d=(before >= t - 30).sum(axis=1),
        orders_90d=(before >= t - 90).sum(axis=1),
    )
    frame["revenue_90d"] = spend * frame["orders_90d"]
    ahead = ((days >= t) & (days < t + CUTOFFS.horizon_days)).any(axis=1)
    return frame.assign(
        profile_id=[f"p{each:05d}" for each in range(len(days))],
        cutoff=cutoff,
        active=frame["orders_90d"] > 0,
        churned=np.where(ahead, 0, 1),
    )


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main(people: int) -> None:
    """Measure and print."""
    days = orders(people)
    training = pd.concat([at(days, cutoff) for cutoff in CUTOFFS.training], ignore_index=True)
    test = at(days, CUTOFFS.test).assign(newcomer=False)
    panel = Panel(CUTOFFS, training, test, at(days, CUTOFFS.as_of - timedelta(days=1)))
    begun = time.perf_counter()
    ladder = climb(panel, draws=DRAWS, seed=SEED)
    whole = time.perf_counter() - begun
    with threadpool_limits(limits=1):
        buying = seconds(lambda: learn_buying(training))
        bootstrap = sum(seconds(lambda each=each: drawn(panel, *each)) for each in ladder.populations.items())
    print(f"{people:,} customers, {DRAWS:,} draws{'':<14} {'all':>8} {'active':>8}")
    for rung in ladder.populations["all"].seconds:
        took = [each.seconds[rung] for each in ladder.populations.values()]
        print(f"{rung + ': learn + score':<38} {'':>2}" + " ".join(f"{learn:.2f}+{score:.2f}" for learn, score in took))
    learned = buying + sum(learn for each in ladder.populations.values() for learn, _ in each.seconds.values())
    for name, value in (
        ("models of purchases, once for both", buying),
        ("all rungs learned, both populations", learned),
        ("one bootstrap of each population", bootstrap),
        ("the ladder", whole),
    ):
        print(f"{name:<40} {value:7.1f} s")
    print(f"{f'ratio (aim: at most {AIM})':<40} {whole / (learned + bootstrap):7.2f}")


def drawn(panel: Panel, name: str, judged: Judged) -> None:
    """All measures of all rungs of a population over one set of draws, scores given."""
    test = members(panel.test, name)
    gone = test["churned"].to_numpy()
    scores = {rung: model.scores(test) for rung, model in judged.models.items()}
    rungs = {rung: measures(gone, each.rank, each.probability, share=TOP) for rung, each in scores.items()}
    resample_together(
        lambda weights: {(rung, key): each for rung, of in rungs.items() for key, each in of(weights).items()},
        n=len(gone),
        draws=DRAWS,
        seed=SEED,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 23_570)
