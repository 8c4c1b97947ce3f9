"""Does the watch on churn speak where something moved, and keep silent where nothing did? In known worlds."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pandas as pd
import pytest
from markupsafe import Markup
from matplotlib import pyplot as plt
from scipy.special import expit

from helpers.churn.watch.drift import BARS, INPUT, LEVEL, PROBABILITY, SCORE, held
from helpers.churn.watch.retraining import CALIBRATION, INTERCEPT, RANKING, SCORES, judge, reasons
from helpers.privacy import publish
from helpers.reporting import Proof, charts, formats, render_figure
from helpers.simulate.worlds import watched
from helpers.simulate.worlds.watched import DAYS, FEATURES, LAW, OTHER_LAW, World, draw_world, frames
from helpers.statistics import Estimate, calibration_intercept, calibration_slope, proportion

WORLDS, PEOPLE, KNOWN, FEW, DRAWS, SEED = 200, 1_000, 1_500, 150, 100, 17
DAILY, LASTING, SWINGING = 0.15, 0.1, 0.15
MOVED, SILENT, INFLATED, OFF = 0.5, 0.3, 0.75, 0.5
KINDS = {
    "quiet": "nothing moved",
    "daily": "each day has a mood",
    "lasting": "four days have a mood",
    "swinging": "four days have a strong mood",
    "growth": f"{FEW} became {PEOPLE:,}",
    "few": f"{FEW} people",
    "mean": "a mean moved by 0.5 sd",
    "silent": "3 in 10 are not tracked",
    "unit": "cents for euros",
    "inflated": "scores too high",
    "calibration": "more leave than is said",
    "law": "another law of leaving",
}
INPUTS_MOVED = {"mean", "silent", "unit"}
LEARN_ANEW = {"inflated": SCORES, "calibration": CALIBRATION, "law": RANKING}
# It moves people for half of the days that are compared, by about the bar: no alarm would be wrong of it, nor right.
BETWEEN = {"swinging"}


JUDGED_ANEW = {"few", "calibration", "law"}  # in the other worlds as many leave, by the same law, as where all is quiet


def worlds_of(quiet: World, rng: np.random.Generator) -> dict[str, World]:
    """A world of each kind, most of them made of a quiet one."""
    like = {"people": PEOPLE, "matured": KNOWN, "rng": rng}
    return {
        "quiet": quiet,
        "daily": draw_world(**like, daily=DAILY),
        "lasting": draw_world(**like, lasting=LASTING),
        "swinging": draw_world(**like, lasting=SWINGING),
        "growth": watched.with_growth(quiet, FEW),
        "few": draw_world(FEW, matured=3 * FEW, rng=rng),
        "mean": watched.with_moved_mean(quiet, MOVED, rng=rng),
        "silent": watched.with_silent_channel(quiet, SILENT, rng=rng),
        "unit": watched.with_other_unit(quiet),
        "inflated": watched.with_inflated_scores(quiet, INFLATED),
        "calibration": watched.with_law(quiet, LAW, by=OFF, rng=rng),
        "law": watched.with_law(quiet, OTHER_LAW, rng=rng),
    }


def looked_at(seed: int) -> list[dict]:
    """What is said of one world of each kind."""
    rng = np.random.default_rng([SEED, seed])
    quiet = draw_world(PEOPLE, matured=KNOWN, rng=rng)
    as_quiet = judge(frames(quiet)[2], draws=DRAWS, seed=seed)
    rows = []
    for kind, world in worlds_of(quiet, rng).items():
        then, now, known = frames(world)
        inputs = held(then, now, FEATURES, kind=INPUT, seed=seed)
        scores = held(then, now, [PROBABILITY], kind=SCORE, seed=seed)
        matured = judge(known, draws=DRAWS, seed=seed) if kind in JUDGED_ANEW else as_quiet
        rows.append(
            {
                "world": kind,
                "seed": seed,
                "inputs": len(inputs.moved),
                "said": " ".join(reasons(scores, matured)),
                "largest": inputs.tests["psi"].max(),
                "score": scores.tests["psi"].max(),
                "by_chance": bool((inputs.tests["adjusted"] < LEVEL).any()),
            }
        )
    return rows


@pytest.fixture(scope="module")
def outcomes() -> pd.DataFrame:
    """One row a kind of world and seed."""
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        return pd.DataFrame([row for rows in pool.map(looked_at, range(WORLDS), chunksize=10) for row in rows])


def rates_of(outcomes: pd.DataFrame, spoken: pd.Series) -> dict[str, Estimate]:
    counts = spoken.groupby(outcomes["world"]).sum()
    return {kind: proportion(WORLDS, int(counts[kind])) for kind in KINDS}


@pytest.fixture(scope="module")
def inputs(outcomes) -> dict[str, Estimate]:
    return rates_of(outcomes, outcomes["inputs"] > 0)


@pytest.fixture(scope="module")
def anew(outcomes) -> dict[str, Estimate]:
    return rates_of(outcomes, outcomes["said"] != "")


def test_the_watch_speaks_where_something_moved_and_nowhere_else(outcomes, inputs, anew, found, prove):
    for kind in KINDS:
        found.record.add(f"proof.watch.inputs.{kind}", inputs[kind])
        found.record.add(f"proof.watch.learn_anew.{kind}", anew[kind])
    prove(proof_of(outcomes, inputs, anew))
    for kind in KINDS:
        if kind not in BETWEEN:
            assert inputs[kind].value >= 0.95 if kind in INPUTS_MOVED else inputs[kind].value <= 0.05, kind
        assert anew[kind].value >= 0.95 if kind in LEARN_ANEW else anew[kind].value <= 0.05, kind


def test_what_moved_is_named_and_nothing_else(outcomes):
    for kind in INPUTS_MOVED:
        assert (outcomes.loc[outcomes["world"] == kind, "inputs"] == 1).mean() >= 0.95
    for kind, reason in LEARN_ANEW.items():
        assert (
            outcomes.loc[outcomes["world"] == kind, "said"].str.split().map(lambda said, own=reason: own in said).all()
        )


def test_worlds_are_what_they_are_made_for():
    rng = np.random.default_rng(5)
    world = draw_world(20_000, matured=100_000, rng=rng)
    assert world.features.mean(axis=(0, 1)) == pytest.approx(np.zeros(len(FEATURES)), abs=0.02)
    assert world.features.std(axis=(0, 1)) == pytest.approx(np.ones(len(FEATURES)), abs=0.02)
    then, now, known = frames(world)
    assert then["cutoff"].nunique() == now["cutoff"].nunique() == DAYS
    assert float(calibration_intercept(known["churned"], known["probability"])) == pytest.approx(0, abs=0.03)
    assert float(calibration_slope(known["churned"], known["probability"])) == pytest.approx(1, abs=0.03)
    off = frames(watched.with_law(world, LAW, by=OFF, rng=rng))[2]
    assert float(calibration_intercept(off["churned"], off["probability"])) == pytest.approx(OFF, abs=0.03)
    moved = frames(watched.with_moved_mean(world, MOVED, rng=rng))[1]
    assert np.sort(np.abs((moved - now)[[*FEATURES]].mean()))[-2:] == pytest.approx([0, MOVED])
    assert (moved["probability"] == now["probability"]).all()
    silent = frames(watched.with_silent_channel(world, SILENT, rng=rng))
    assert silent[0].notna().all(axis=None)
    assert np.sort(silent[1].isna().mean())[-2:] == pytest.approx([0, SILENT], abs=0.02)
    cents = frames(watched.with_other_unit(world))
    assert cents[1]["amount"].median() / cents[0]["amount"].median() == pytest.approx(100, rel=0.02)
    high = frames(watched.with_inflated_scores(world, INFLATED))[1]
    assert high["probability"].median() == pytest.approx(
        expit(np.log(now["probability"] / (1 - now["probability"])).median() + INFLATED)
    )
    grown = frames(watched.with_growth(world, 1_000))
    assert (grown[0]["cutoff"] == 0).sum() == 1_000
    assert (grown[1]["cutoff"] == 2 * DAYS - 1).sum() == 20_000
    assert grown[1].notna().all(axis=None)


def proof_of(outcomes: pd.DataFrame, inputs: dict[str, Estimate], anew: dict[str, Estimate]) -> Proof:
    """The section of the page of proofs."""
    means = outcomes.groupby("world")[["largest", "score", "by_chance"]].mean()
    rows = [
        {
            "World": KINDS[kind],
            f"A feature moved, of {WORLDS}": inputs[kind].numerator,
            f"Learn anew, of {WORLDS}": anew[kind].numerator,
            "A feature moved, without the bars": means["by_chance"][kind],
            "Largest index of a feature": means["largest"][kind],
            "Index of scores": means["score"][kind],
        }
        for kind in KINDS
    ]
    said, told = (
        {kind: formats.interval(rate, form=formats.percent, words=False) for kind, rate in rates.items()}
        for rates in (inputs, anew)
    )
    both = {kind: f"{said[kind]} and {told[kind]}" for kind in KINDS}
    figure, places = plt.subplots(1, 2, figsize=(7.4, 7), sharey=True)
    for ax, rates, what in zip(places, (inputs, anew), ("a feature moved", "learn anew"), strict=True):
        charts.intervals([*KINDS.values()], [*rates.values()], ax=ax, form=formats.percent)
        ax.set_xlabel(what)
        ax.set_xlim(-1, 2)  # room for the figures beside each
        ax.set_xticks([0, 1], ["0%", "100%"])
    return Proof(
        title="The watch on churn speaks where something moved, and lets quiet worlds be",
        claim=f"{WORLDS} made-up worlds of each of {len(KINDS)} kinds: {PEOPLE:,} people on {DAYS} days of then and "
        f"{DAYS} of now, most of them the same, {len(FEATURES)} skewed features, a model that says what the law of the "
        f"world says, and {KNOWN:,} customers of whom it is known whether they left. Nothing moves; or each day, or "
        f"four days in a row, move all people together at random (by {DAILY}, {LASTING} and {SWINGING} standard "
        f"deviations); or {FEW} people become {PEOPLE:,}; or there are {FEW} only. Planted: a mean that moves by "
        f"{MOVED} standard deviations, a feature not known any more of 3 in 10, amounts in cents, scores too high by "
        f"{INFLATED} logits, customers who leave more often than is said by {OFF} logits, and customers who leave by a "
        "law in which three of four features mean the opposite. A feature has moved where its stability index is "
        f"{BARS[INPUT]} or more, beyond the chance of days and of people, all tests together wrong once in "
        f"{1 / LEVEL:.0f} times. It is time to learn anew where the index of scores is {BARS[SCORE]} or more, where "
        f"the intercept of calibration is off by more than {INTERCEPT} logits, or where the rule ranks better.",
        found="How often a feature was said to have moved, and the model to be learned anew (19 in 20): where "
        f"nothing moved {both['quiet']}; with a mood of each day {both['daily']}, of four days {both['lasting']}; "
        f"where few became many {both['growth']}, where they are few {both['few']}. A mean that moved was found in "
        f"{said['mean']}, a feature that fell silent in {said['silent']}, another unit in {said['unit']}. The model "
        f"was to be learned anew in {told['inflated']} where scores were too high, in {told['calibration']} where more "
        f"left than was said, and in {told['law']} where the law was another.",
        figure=Markup(
            render_figure(
                figure,
                title="What moved is found, and quiet worlds are quiet",
                subtitle=f"Share of {WORLDS} worlds of each kind in which it is said, with intervals (19 in 20)",
                alt="; ".join(
                    f"{KINDS[kind]}: a feature moved {formats.percent(inputs[kind].value)}, learn anew "
                    f"{formats.percent(anew[kind].value)}"
                    for kind in KINDS
                )
                + ".",
                source="helpers.simulate.worlds.watched and helpers.churn.watch",
                data=publish(pd.DataFrame(rows), people=None, why="made-up people"),
                caption="Without the bars: how often a test alone says that a feature moved. Where moods last over "
                "days the tests, which shuffle days, say so too often, and the bars keep most of it back.",
            )
        ),
        limits=f"that a mood of a season is told from a change: where four days in a row move all people by {SWINGING} "
        f"standard deviations, a feature is said to have moved in {said['swinging']} of worlds. Smaller changes than "
        "the planted ones are found more seldom, and in small shops hardly any.",
    )
