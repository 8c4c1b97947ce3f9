"""Do ratios, metrics of clusters and quantiles err as seldom as they say? On halves alike of made-up control arms."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from markupsafe import Markup
from matplotlib import pyplot as plt
from threadpoolctl import threadpool_limits

from helpers.datasets.questions import Experiment
from helpers.lift.error_rates import false_positives, of_moments, passes, pooled
from helpers.lift.error_words import of_hundred
from helpers.lift.promises import Tried
from helpers.lift.resplit_quantiles import prove_quantile
from helpers.lift.resplit_units import prove_units
from helpers.lift.resplits import PLANTED, TIMES, halve
from helpers.privacy import publish
from helpers.reporting import Proof, charts, keys, percent, render_figure
from helpers.statistics import Estimate, difference_of_means

SEEDS = range(5)
PEOPLE, STORES, FEW = 2_000, 400, 20
STEP, ARMS = 10, 8  # whole tens of EUR, about as far apart as the quantile is uncertain; so many arms of them a seed
SHARED, STEPPED = ", many alike", ", in whole tens"  # behind the name of a method
ALONE, HANDFUL, WORST = "as if alone", "few stores", "worst arm in whole tens"

BASKET = {"name": "basket", "kind": "ratio", "numerator": "revenue", "denominator": "Order Completed"}
SPEND = {"name": "spend", "kind": "revenue"}
TENTH = {"name": "spend", "kind": "quantile", "of": "revenue", "share": 0.9}
TWENTIETH = {"name": "orders", "kind": "quantile", "of": "Order Completed", "share": 0.95}


def declared(metric: dict, **changes: str) -> Experiment:
    """An experiment of one metric."""
    known = {"name": "trial", "control": "off", "arms": ["off", "on"], "window_days": 28, "metric": [metric]}
    return Experiment.model_validate(known | changes)


def customers(rng: np.random.Generator) -> pd.DataFrame:
    """People of whom most order nothing, and few much and dear, as they did before: revenue and orders, then both."""
    eager, taste = rng.gamma(0.5, 1.6, PEOPLE), rng.lognormal(3.5, 0.6, PEOPLE)
    found = {}
    for when in ("", "_before"):
        orders = rng.poisson(eager)
        found[f"value{when}"] = (orders * taste * rng.lognormal(0, 0.4, PEOPLE)).round(2)
        found[f"denominator{when}"] = orders.astype(float)
    return pd.DataFrame(found)


def stores(rng: np.random.Generator, count: int = STORES) -> pd.DataFrame:
    """Stores of very different size, in which more or less is spent: total, people, and squares of what they spent."""
    size = 2 + rng.poisson(rng.lognormal(2.5, 0.8, count))
    level = rng.lognormal(0, 0.4, count)
    of = np.repeat(np.arange(count), size)
    spent = (rng.random(len(of)) < 0.3) * rng.lognormal(3, 0.8, len(of)) * level[of]
    totals = [np.bincount(of, weights=each, minlength=count) for each in (spent, spent**2)]
    return pd.DataFrame({"value": totals[0], "denominator": size.astype(float), "squares": totals[1]})


def units(own: pd.DataFrame) -> pd.DataFrame:
    """Units that are all unlike, as `units_alike` would count them."""
    return own.assign(units=1, active=1)


def counts(values: pd.Series) -> pd.DataFrame:
    """People by value."""
    return values.value_counts().rename_axis("value").rename("people").sort_index().reset_index()


def as_if_alone(own: pd.DataFrame, times: int) -> Tried:
    """What people of stores are called if each of them is read as if assigned alone."""
    features = own[["denominator", "value", "squares"]].to_numpy()
    sizes = np.ones(len(own), dtype="int64")
    splits = halve(sizes, features, rng=np.random.default_rng(13), times=times)
    return Tried("spend", ALONE, false_positives(splits, of_moments(difference_of_means)), False)


def of_ratio(rng: np.random.Generator, times: int) -> list[Tried]:
    """Revenue per order, as it is and less what the time before explains."""
    own, plain = customers(rng), declared(BASKET)
    tried = prove_units(units(own.iloc[:, :2]), plain, plain.metrics[0], times=times)
    adjusted = declared(BASKET | {"pre_days": 28})
    return tried + prove_units(units(own), adjusted, adjusted.metrics[0], times=times)


def of_clusters(rng: np.random.Generator, times: int) -> list[Tried]:
    """Spending a person, of stores that are in one arm as a whole."""
    own, experiment = stores(rng), declared(SPEND, cluster="store")
    tried = prove_units(units(own[["value", "denominator"]]), experiment, experiment.metrics[0], times=times)
    few = units(stores(rng, FEW)[["value", "denominator"]])
    handful = prove_units(few, experiment, experiment.metrics[0], times=times // 4)[0]
    return [*tried, as_if_alone(own, times), handful._replace(method=HANDFUL)]


def of_quantiles(rng: np.random.Generator, times: int) -> list[Tried]:
    """What nine in ten spend at most, in cents and in whole tens; and how many orders 19 in 20 have at most."""
    own = customers(rng)
    spend, orders = (declared(each).metrics[0] for each in (TENTH, TWENTIETH))
    tried = prove_quantile(counts(own["value"]), spend, times=times)
    shared = prove_quantile(counts(own["denominator"]), orders, times=times)
    coarse = [(customers(rng)["value"] / STEP).round() * STEP for _ in range(ARMS)]
    stepped = [prove_quantile(counts(each), spend, times=times // ARMS)[0] for each in coarse]
    rate, covered = (pooled([getattr(each, what) for each in stepped]) for what in ("rate", "covered"))
    worst = max((each.rate for each in stepped), key=lambda each: each.value)
    return [
        *tried,
        *(each._replace(method=f"{each.method}{SHARED}") for each in shared),
        stepped[0]._replace(method=f"{stepped[0].method}{STEPPED}", rate=rate, covered=covered),
        Tried("spend", WORST, worst, False),
    ]


NEARLY = (
    "An interval should call 5 of 100 such pairs different and hold 95 of 100 effects, a sequence that may be looked "
    "at every night at most 5 and at least 95.",
    "An interval whose bracket missed 4.5 to 5.5, or 94.5 to 95.5, would have failed, and so would a sequence above 5 "
    "or below 95.",
)
AT_MOST = (
    "Its interval reaches outwards to whole places of the sorted people, so it should call at most 5 of 100 such pairs "
    "different and hold at least 95 of 100 effects, and more clearly so where many have the same value.",
    "A rate above 5 or below 95 would have failed.",
)


class Kind(NamedTuple):
    """A kind of reading, and what its proof says."""

    ask: Callable[[np.random.Generator, int], list[Tried]]
    title: str
    world: str
    promised: str
    failing: str
    limits: str


KINDS = {
    "ratio": Kind(
        of_ratio,
        "A ratio of totals errs as seldom as it says",
        f"{PEOPLE:,} made-up people each, most of whom order nothing and a few dear things again and again; "
        "revenue per order was read as it is, and adjusted by that of the time before",
        *NEARLY,
        "that effects of another kind are held as often: here all amounts change by the same factor.",
    ),
    "clusters": Kind(
        of_clusters,
        "What is read by cluster errs as seldom as it says",
        f"{STORES:,} made-up stores each, the largest with at least six times the people of the middle one, some "
        "dearer than others; stores went into a half as a whole, and spending a person was read",
        *NEARLY,
        "that a handful of stores would do, for which the page of an experiment tries nothing.",
    ),
    "quantile": Kind(
        of_quantiles,
        "A quantile errs no more often than it says",
        f"{PEOPLE:,} made-up people each; read were the amount below which nine in ten spend, in cents and, in "
        f"{ARMS * len(SEEDS)} arms, in whole tens, and the number of orders that 19 in 20 do not exceed, which many "
        "share",
        *AT_MOST,
        "that each single arm is kept to it, where amounts come in steps that are about as wide as the quantile is "
        "uncertain: the page of an experiment tries its own arm and tells.",
    ),
}


def try_kind(kind: str, seed: int) -> list[Tried]:
    """What each method did in one arm."""
    with threadpool_limits(limits=1):
        return KINDS[kind].ask(np.random.default_rng([seed, 13]), TIMES // len(SEEDS))


@pytest.fixture(scope="module")
def tried() -> dict[tuple[str, int], list[Tried]]:
    """What was found in each arm, by kind and seed."""
    places = [(kind, seed) for kind in KINDS for seed in SEEDS]
    with ProcessPoolExecutor(min(len(places), os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
        return dict(zip(places, pool.map(try_kind, *zip(*places, strict=True)), strict=True))


def over_arms(arms: list[list[Tried]], what: str) -> dict[str, Estimate]:
    """Rates of each method over all arms, where it has any."""
    found = {}
    for own in zip(*arms, strict=True):
        rates = [getattr(each, what) for each in own]
        if None not in rates:
            found[own[0].method] = pooled(rates)
    return found


def named(method: str) -> str:
    """A method in words, of a proof that says what is read."""
    said = "ratio" if "Fieller" in method or "log ratio" in method else "difference"
    said += ", nightly" if "sequence" in method else ""
    said += ", adjusted" if "CUPED" in method else ""
    return said + next((each for each in (SHARED, STEPPED) if method.endswith(each)), "")


def beyond(arms: list[list[Tried]], beside: dict[str, Estimate]) -> str:
    """What was found where no promise is kept, if that was looked at."""
    single = [100 * each.rate.value for own in arms for each in own if each.method in (HANDFUL, WORST)]
    if WORST in beside:
        return f" Of single arms in whole tens the worst is at {max(single):.0f}."
    if ALONE in beside:
        return (
            f" As if each person had come alone, {of_hundred(beside[ALONE])} are called different; in arms of {FEW} "
            f"stores between {min(single):.0f} and {max(single):.0f}."
        )
    return ""


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_errs_as_seldom_as_promised_and_holds_planted_effects(tried, found, prove, kind):
    arms = [tried[kind, seed] for seed in SEEDS]
    nominal = {each.method: bool(each.nominal) for each in arms[0]}
    aa, covered = (over_arms(arms, what) for what in ("rate", "covered"))
    beside = {name: aa.pop(name) for name in (ALONE, HANDFUL, WORST) if name in aa}
    for name, rate in aa.items():
        assert (rate.n, covered[name].n) == (TIMES, PLANTED)
        found.record.add(f"proof.lift.{keys.safe(name)}.aa", rate)
        found.record.add(f"proof.lift.{keys.safe(name)}.coverage", covered[name])
    told = "; ".join(
        f"{named(name)} {of_hundred(rate, words=not place)} and {of_hundred(covered[name])}"
        for place, (name, rate) in enumerate(aa.items())
    ).replace(" of 100", "")
    table = pd.DataFrame(
        [{"seed": seed} | {each.method: each.rate.value for each in tried[kind, seed]} for seed in SEEDS]
    )
    names = [named(name) for name in aa]
    figure = charts.intervals(names, list(aa.values()), ax=plt.subplots()[1], form=percent, reference=0.05)
    figure.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.4g}%")
    prove(
        Proof(
            title=KINDS[kind].title,
            claim=f"Control arms of {KINDS[kind].world} (seeds {SEEDS[0]} to {SEEDS[-1]}, all of them reported). They "
            f"were split at random, {TIMES:,} times in all, into halves that got the same, and {PLANTED:,} times one "
            f"half was given up to 30% more or less. {KINDS[kind].promised}",
            found=f"Of 100 pairs called different, and of 100 effects held: {told}."
            f"{beyond(arms, beside)} {KINDS[kind].failing}",
            figure=Markup(
                render_figure(
                    figure,
                    title="Each method errs as often as it says, or less",
                    subtitle=f"Halves alike that are called different, with interval (999 in 1,000), {TIMES:,} each",
                    alt=f"Dots on intervals against a line at 5 of 100: {told}.",
                    source="helpers.lift.resplit_units and helpers.lift.resplit_quantiles",
                    data=publish(table, people=None, why="made-up people"),
                )
            ),
            limits=KINDS[kind].limits,
        )
    )
    assert ALONE not in beside or beside[ALONE].lo > 0.1
    for name, rate in aa.items():
        held = covered[name]
        assert passes(rate, nominal=nominal[name]), (name, rate)
        within = held.lo <= 0.955 and held.hi >= 0.945 if nominal[name] else held.value >= 0.95
        assert within, (name, held)
