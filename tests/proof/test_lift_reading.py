"""Does a reading of an experiment err as seldom as it says? On arms of made-up shops split into halves alike."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pandas as pd
import pytest
from markupsafe import Markup
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from threadpoolctl import threadpool_limits

from helpers.lift.covariate_gain import covariate_gain
from helpers.lift.error_rates import coverage, false_positives, of_adjusted, passes, pooled
from helpers.lift.error_words import of_hundred
from helpers.lift.own_proof import ADJUSTED
from helpers.lift.peeking import Peeking, peeking
from helpers.lift.promises import promises
from helpers.lift.resplits import MONTE_CARLO, PLANTED, TIMES, plant_amounts, plant_conversions, split
from helpers.privacy import publish
from helpers.reporting import Proof, charts, keys, number, percent, render_figure, style
from helpers.simulate.clock import DAY
from helpers.simulate.world import World, draw_world
from helpers.statistics import Estimate, difference_of_means

SEEDS = range(5)
CUSTOMERS = 4_000
BEFORE, AFTER = 180, 90  # days of visits that adjust, and that are adjusted
GAINS = 0.3  # planted effects are between -30 % and +30 %, evenly


METRICS = {"conversion": True, "spend": False}  # whether a person's value is yes or no
SEQUENCE = "asymptotic confidence sequence"


def control_arm(world: World) -> pd.DataFrame:
    """People who were not offered anything: day of exposure, what they did, visits before and after."""
    own = world.exposures[~world.exposures["treated"]].set_index("person")
    visits = world.sessions[world.sessions["person"].isin(own.index)]
    since = visits["at"].to_numpy() - own.loc[visits["person"], "at"].to_numpy()
    spans = {"after": (0, AFTER), "before": (-BEFORE, 0)}
    counts = {
        name: visits.loc[(since >= lo * DAY) & (since < hi * DAY), "person"]
        .value_counts()
        .reindex(own.index, fill_value=0)
        for name, (lo, hi) in spans.items()
    }
    day = (own["at"] // DAY).astype("int64")
    return pd.DataFrame({"day": day, "conversion": own["orders_control"], "spend": own["spend_control"]} | counts)


def alike(arm: pd.DataFrame, metric: str) -> pd.DataFrame:
    """Who of an arm is alike: day, value, people."""
    return arm.groupby(["day", metric]).size().rename("people").reset_index().rename(columns={metric: "value"})


def read_in(seed: int) -> dict:
    """Rates found in the arm of one shop."""
    with threadpool_limits(limits=1):
        arm = control_arm(draw_world(CUSTOMERS, seed=seed))
        rng = np.random.default_rng([seed, 13])
        groups = {metric: alike(arm, metric) for metric in METRICS}
        times, planted = TIMES // len(SEEDS), PLANTED // len(SEEDS)
        halves = {metric: split(own["value"], own["people"], rng=rng, times=times) for metric, own in groups.items()}
        gains = rng.uniform(-GAINS, GAINS, planted)
        plain = {metric: split(own["value"], own["people"], rng=rng, times=planted) for metric, own in groups.items()}
        changed = {
            "conversion": plant_conversions(plain["conversion"], gains, rng=rng),
            "spend": plant_amounts(plain["spend"], gains),
        }
        aa, covered = {}, {}
        # the sequence is asked of spending, which is the harder for it
        for metric, binary in METRICS.items():
            whole = plain[metric].whole
            for name, own in promises(binary=binary, planned=len(arm)).items():
                truth = 1 + gains if own.null else gains * whole[1] / whole[0]
                aa[name] = false_positives(halves[metric], own.method, null=own.null)
                covered[name] = coverage(changed[metric], own.method, truth)
        both = arm.groupby(["after", "before"]).size()
        pairs = np.array(both.index.tolist(), dtype=float)
        gain, squared = covariate_gain(split(pairs, both.to_numpy(), rng=rng, times=TIMES))
        known = np.random.default_rng([seed, 14])
        adjusted = of_adjusted(difference_of_means)
        aa[ADJUSTED] = false_positives(split(pairs, both.to_numpy(), rng=known, times=times), adjusted)
        whole = split(pairs, both.to_numpy(), rng=known, times=planted)
        mean = whole.whole[1] / whole.whole[0]
        covered[ADJUSTED] = coverage(plant_amounts(whole, gains), adjusted, gains * mean)
        peeks = {metric: peeking(own, rng=rng, times=times) for metric, own in groups.items()}
        return {
            "seed": seed, "people": len(arm), "aa": aa, "covered": covered, "peeks": peeks, "gain": gain,
            "squared": squared,
        }  # fmt: skip


@pytest.fixture(scope="module")
def shops() -> list[dict]:
    """What was found in each shop."""
    with ProcessPoolExecutor(min(len(SEEDS), os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
        return list(pool.map(read_in, SEEDS))


def over_shops(shops: list[dict], kind: str) -> dict[str, Estimate]:
    """Rates of each method over all shops."""
    return {name: pooled([shop[kind][name] for shop in shops]) for name in shops[0][kind]}


def by_seed(shops: list[dict], kind: str) -> pd.DataFrame:
    """Every single rate: seed, people, a column a method."""
    rows = [
        {"seed": shop["seed"], "people": shop["people"]} | {name: each.value for name, each in shop[kind].items()}
        for shop in shops
    ]
    return pd.DataFrame(rows)


def plot_rates(rates: dict[str, Estimate], *, promised: float, ax: Axes) -> Axes:
    """Rates on their intervals against what was promised."""
    charts.intervals(list(rates), list(rates.values()), ax=ax, form=percent, reference=promised)
    ax.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.4g}%")
    return ax


def described() -> str:
    return f"the control arms of {len(SEEDS)} made-up shops (seeds {SEEDS[0]} to {SEEDS[-1]}, all of them reported)"


def test_halves_that_were_treated_alike_are_seldom_called_different(shops, found, prove):
    rates = over_shops(shops, "aa")
    kinds = {name: name != SEQUENCE for name in rates}
    for name, rate in rates.items():
        assert rate.n == TIMES
        found.record.add(f"proof.lift.{keys.safe(name)}.aa", rate)
    nominal = ", ".join(f"{name} {of_hundred(rates[name], words=True)}" for name in rates if kinds[name])
    (careful,) = (f"{name} {of_hundred(rates[name])}" for name in rates if not kinds[name])
    prove(
        Proof(
            title="Halves of an arm that were treated alike are called different as seldom as promised",
            claim=f"{described().capitalize()} were split at random, {TIMES:,} times in all, into halves that got the "
            "same: orders and spending, and visits adjusted by those before. An interval that holds in 19 of 20 cases "
            "should call 5 of 100 such pairs different; a confidence "
            "sequence, which may be looked at every night, at most 5.",
            found=f"Called different are, with what chance leaves open: {nominal}; {careful}. An interval whose "
            "bracket missed 4.5 to 5.5 would have failed, and a sequence above 5.",
            figure=Markup(
                render_figure(
                    plot_rates(rates, promised=0.05, ax=plt.subplots()[1]),
                    title="Each method errs as often as it says, or less",
                    subtitle=f"Halves alike that are called different, with interval (999 in 1,000), {TIMES:,} each",
                    alt="Dots on intervals against a line at 5 of 100: " + nominal + "; " + careful + ".",
                    source="helpers.lift.resplits and helpers.lift.error_rates",
                    data=publish(by_seed(shops, "aa"), people=None, why="made-up people"),
                )
            ),
            limits="that arms were assigned at random: that is what the sample ratio is looked at for.",
        )
    )
    for name, rate in rates.items():
        assert passes(rate, nominal=kinds[name]), (name, rate)


def test_planted_effects_lie_in_the_intervals(shops, found, prove):
    rates = over_shops(shops, "covered")
    kinds = {name: name != SEQUENCE for name in rates}
    for name, rate in rates.items():
        assert rate.n == PLANTED
        found.record.add(f"proof.lift.{keys.safe(name)}.coverage", rate)
    told = ", ".join(f"{name} {of_hundred(rate, words=True)}" for name, rate in rates.items())
    prove(
        Proof(
            title="Planted effects lie in the intervals as often as promised",
            claim=f"In {PLANTED:,} splits of the same arms the people of one half were made to buy more or less, by up "
            f"to {100 * GAINS:.0f}%, so that the effect is known. 95 of 100 intervals should hold it, of a confidence "
            "sequence at least 95.",
            found=f"{told}. An interval whose bracket missed 94.5 to 95.5 would have failed, and a sequence below 95.",
            figure=Markup(
                render_figure(
                    plot_rates(rates, promised=0.95, ax=plt.subplots()[1]),
                    title="Each method holds the effect as often as it says, or more often",
                    subtitle=f"Planted effects that are held, with interval (999 in 1,000), {PLANTED:,} each",
                    alt=f"Dots on intervals against a line at 95 of 100: {told}.",
                    source="helpers.lift.resplits and helpers.lift.error_rates",
                    data=publish(by_seed(shops, "covered"), people=None, why="made-up people"),
                )
            ),
            limits="that effects of another kind are held as often: here all amounts change by the same factor.",
        )
    )
    for name, rate in rates.items():
        held = rate.lo <= 0.955 and rate.hi >= 0.945 if kinds[name] else rate.value >= 0.95
        assert held, (name, rate)


def plot_looks(by_look: pd.DataFrame, *, ax: Axes) -> Axes:
    """Share that has seen a difference by each look, in percent."""
    for name, colour, label in (("fixed", style.ORANGE, "interval for one look"), ("sequence", style.BLUE, "sequence")):
        ax.plot(by_look["look"], 100 * by_look[name], color=colour, label=label)
    ax.axhline(5, color=style.INK, linewidth=1)
    ax.set_xlabel("day of the experiment")
    ax.set_ylabel("of 100 halves alike")
    ax.legend()
    return ax


def test_looking_every_day_breaks_the_interval_for_one_look_and_not_the_sequence(shops, found, prove):
    peeks: list[Peeking] = [shop["peeks"]["spend"] for shop in shops]
    rates = {way: pooled([getattr(each, way) for each in peeks]) for way in ("fixed", "last", "sequence", "verdict")}
    for way, rate in rates.items():
        found.record.add(f"proof.lift.peeking.{way}", rate)
    by_look = pd.concat([each.by_look for each in peeks]).groupby("look", as_index=False).mean()
    conversions = {
        way: pooled([getattr(shop["peeks"]["conversion"], way) for shop in shops]) for way in ("fixed", "sequence")
    }
    looks = len(by_look)
    prove(
        Proof(
            title="Looking every night breaks the interval for one look, and not the sequence",
            claim=f"{described().capitalize()} were split {TIMES:,} times in all, and spending of the halves was "
            f"compared after each of the {looks} days on which their people came; nothing but chance makes them "
            "differ. Who stops at the first difference should err in at most 5 of 100.",
            found=f"With the interval for one look it is {of_hundred(rates['fixed'], words=True)}, with the confidence "
            f"sequence {of_hundred(rates['sequence'])}; of conversion {of_hundred(conversions['fixed'])} and "
            f"{of_hundred(conversions['sequence'])}. A verdict, which rests on the sequence until the planned end "
            f"and there on an interval that leaves a fifth of the error to the looks before, errs in "
            f"{of_hundred(rates['verdict'])}; the interval at the last look alone in {of_hundred(rates['last'])}.",
            figure=Markup(
                render_figure(
                    plot_looks(by_look, ax=plt.subplots()[1]),
                    title=f"{100 * rates['fixed'].value:.0f} of 100 see a difference that is none, looking daily",
                    subtitle=f"Halves alike of which it was said by that day that they differ, of {TIMES:,}",
                    alt=f"A line that rises to {100 * rates['fixed'].value:.0f} of 100, and one that stays "
                    f"below 5, at {100 * rates['sequence'].value:.1f}.",
                    source="helpers.lift.error_rates",
                    data=publish(by_look, people=None, why="made-up people"),
                )
            ),
            limits="a look every hour, or a number of people planned that is far from the number who came; both cost "
            "the sequence width, not its promise, as tests with 500 looks show.",
        )
    )
    assert rates["fixed"].lo > 0.15
    assert passes(rates["last"], nominal=True)
    assert 0 < rates["sequence"].value <= 0.05
    assert 0 < conversions["sequence"].value <= 0.05
    assert 0.03 < rates["verdict"].value <= 0.05


def test_a_covariate_saves_its_squared_correlation(shops, found, prove):
    table = pd.DataFrame(
        [
            {"seed": shop["seed"], "people": shop["people"], "squared_correlation": shop["squared"]}
            | {name: getattr(shop["gain"], name) for name in ("value", "lo", "hi")}
            for shop in shops
        ]
    )
    ends = table[["value", "lo", "hi"]].mean()
    mean_gain = Estimate(*map(float, ends), MONTE_CARLO, TIMES, "log variance ratio, mean over shops")
    squared = float(table["squared_correlation"].mean())
    found.record.add("proof.lift.cuped.gain", mean_gain)
    found.record.add("proof.lift.cuped.squared_correlation", squared, n=int(table["people"].sum()))
    names = [f"seed {seed}" for seed in table["seed"]]
    gains = [shop["gain"] for shop in shops]
    axes = charts.intervals(names, gains, ax=plt.subplots()[1], form=lambda value: number(round(value, 3)))
    axes.plot(table["squared_correlation"], range(len(table)), color=style.ORANGE, marker="o", linestyle="none")
    prove(
        Proof(
            title="What is known before an experiment narrows its interval by as much as it should",
            claim=f"Visits within {AFTER} days were adjusted by those of the {BEFORE} days before, in {TIMES:,} splits "
            f"of each of the control arms of {len(SEEDS)} made-up shops. Of the variance of the difference that share "
            "should be gone that is the squared correlation of the two.",
            found=f"Gone is {number(round(mean_gain.value, 3))} on average ({number(round(mean_gain.lo, 3))} to "
            f"{number(round(mean_gain.hi, 3))}, 999 in 1,000), the squared correlation is {number(round(squared, 3))}. "
            "A shop in which it lay outside its interval (999 in 1,000) would have failed.",
            figure=Markup(
                render_figure(
                    axes,
                    title="The gain is the squared correlation in each shop",
                    subtitle="Share of the variance that is gone, with interval (999 in 1,000); in orange the squared "
                    "correlation",
                    alt=f"{len(table)} intervals, each with an orange dot within, around {squared:.2f}.",
                    source="helpers.lift.resplits",
                    data=publish(table, people=None, why="made-up people"),
                )
            ),
            limits="that visits of a real shop are as steady: its own correlation decides what is gained.",
        )
    )
    assert (table["squared_correlation"] >= 0.25).all()
    assert (table["lo"] <= table["squared_correlation"]).all()
    assert (table["squared_correlation"] <= table["hi"]).all()
