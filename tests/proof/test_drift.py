"""Does the alarm on groups keep silent where they are what they were, and speak where they are not? In known worlds.

Groups are found by k-means at a first look at people, of whom a fifth are others at the second and one in twenty has
drawn their group again. Where everybody is somebody else the tests are what they say; where most are the same they are
more seldom wrong, as they take both looks for samples of other people.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from markupsafe import Markup
from matplotlib import pyplot as plt
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_limits

from helpers.privacy import publish
from helpers.reporting import Proof, charts, formats, render_figure
from helpers.segmentation.drift import BARS, CENTRE, FIT, LEVEL, SHARES, Day, Drift, drift
from helpers.simulate.worlds import shifts
from helpers.simulate.worlds.shifts import FEATURES, SIZES, World, draw_world, looked_at_again
from helpers.statistics import Estimate, proportion

WORLDS, PEOPLE, SEED = 200, 2_000, 11
FEW, MANY = 300, 3_000
LOOKS = 13  # weeks in a quarter
GONE, CHANGED = 0.2, 0.05
Chance = np.random.Generator
KINDS: dict[str, tuple[str, Callable[[World, Chance], World]]] = {
    "quiet": ("nothing moved", lambda world, _: world),
    "quarter": ("nothing moved, any of 13 weeks", lambda world, _: world),
    "growth": (f"nothing moved, {FEW} became {MANY:,}", lambda world, _: world),
    "strangers": ("nothing moved, all are others", lambda world, _: world),
    "shares": ("10 points of people moved", lambda world, rng: shifts.with_moved_shares(world, 0.1, rng=rng)),
    "centre": ("a mean moved by 0.5 sd", lambda world, rng: shifts.with_moved_centre(world, 0.5, rng=rng)),
    "newcomers": ("5 in 100 are a new group", lambda world, rng: shifts.with_new_group(world, 0.05, rng=rng)),
}
PLANTED = ("shares", "centre", "newcomers")


def looks(kind: str, first: World, rng: Chance) -> list[World]:
    """The same population at later looks: one, or each week of a quarter."""
    if kind == "strangers":
        return [looked_at_again(first, replaced=1, changed=0, rng=rng)]
    many = LOOKS if kind == "quarter" else 1
    worlds = [first]
    for _ in range(many):
        worlds.append(looked_at_again(worlds[-1], replaced=GONE / many, changed=CHANGED / many, rng=rng))
    return [KINDS[kind][1](world, rng) for world in worlds[1:]]


def judged(seed: int) -> dict[str, list[Drift]]:
    """One population, grouped at the first look, and what is said of later ones of each kind."""
    rng = np.random.default_rng([SEED, seed])
    first = draw_world(PEOPLE, rng=rng)
    held = grouped(first, seed)
    said = {kind: [held(world) for world in looks(kind, first, rng)] for kind in KINDS if kind != "growth"}
    grown = draw_world(MANY, rng=rng)
    few = grown._replace(groups=grown.groups[:FEW], lasting=grown.lasting[:FEW], passing=grown.passing[:FEW])
    again = looked_at_again(grown, replaced=GONE, changed=CHANGED, rng=rng)
    return said | {"growth": [grouped(few, seed)(again)]}


def grouped(first: World, seed: int) -> Callable[[World], Drift]:
    """Groups by k-means at a first look; what is said of another look at people who are placed in them."""
    mean, spread = first.features.mean(axis=0), first.features.std(axis=0)
    scaled = (first.features - mean) / spread
    found = KMeans(len(SIZES), n_init=5, random_state=seed).fit(scaled)
    then = Day(found.labels_.astype(str), scaled)
    names = [f"feature {number}" for number in range(FEATURES)]

    def held(world: World) -> Drift:
        features = (world.features - mean) / spread
        return drift(then, Day(found.predict(features).astype(str), features), names)

    return held


@pytest.fixture(scope="module")
def outcomes() -> dict[str, list[list[Drift]]]:
    """By kind of world: for each world, what is said at its looks."""
    with threadpool_limits(limits=1):
        worlds = [judged(seed) for seed in range(WORLDS)]
    return {kind: [world[kind] for world in worlds] for kind in KINDS}


@pytest.fixture(scope="module")
def rates(outcomes) -> dict[str, Estimate]:
    return {
        kind: proportion(WORLDS, sum(any(look.fired for look in each) for each in worlds))
        for kind, worlds in outcomes.items()
    }


def test_the_alarm_speaks_where_groups_moved_and_nowhere_else(outcomes, rates, found, prove):
    for kind, rate in rates.items():
        found.record.add(f"proof.segments.alarm.{kind}", rate)
    prove(proof_of(outcomes, rates))
    for kind, rate in rates.items():
        assert rate.value >= 0.95 if kind in PLANTED else rate.value <= 0.01, kind


def test_the_tests_are_right_of_other_people_and_cautious_of_the_same(outcomes):
    """Without the bars, by chance alone: at their level where all are others, below it where most are the same."""
    for kind in (SHARES, CENTRE):
        p_values = {world: p_of(outcomes[world], kind) for world in ("strangers", "quiet")}
        below = {world: (each < 0.05).mean() for world, each in p_values.items()}
        assert below["strangers"] == pytest.approx(0.05, abs=0.03)
        assert below["quiet"] < below["strangers"] / 2
    assert sum(by_chance(world) for world in outcomes["strangers"]) <= 7  # more, one time in a thousand at 1 in 100
    assert sum(by_chance(world) for world in outcomes["quiet"]) <= sum(
        by_chance(world) for world in outcomes["strangers"]
    )


def p_of(worlds: list[list[Drift]], kind: str) -> np.ndarray:
    return np.concatenate([look.tests.loc[look.tests["kind"] == kind, "p"] for looks in worlds for look in looks])


def by_chance(looks: list[Drift]) -> bool:
    """Whether a test says that something moved, much or little."""
    return any((look.tests["adjusted"] < LEVEL).any() for look in looks)


def test_worlds_are_what_they_are_made_for():
    rng = np.random.default_rng(5)
    first = draw_world(40_000, rng=rng)
    again = looked_at_again(first, replaced=GONE, changed=CHANGED, rng=rng)
    sizes = [np.bincount(each.groups, minlength=len(SIZES)) / 40_000 for each in (first, again)]
    assert np.abs(np.array(sizes) - SIZES).max() < 0.01
    same = (again.lasting == first.lasting).all(axis=1)
    assert same.mean() == pytest.approx(1 - GONE, abs=0.01)
    assert (again.groups == first.groups)[same].mean() > 1 - CHANGED
    own = first.features - first.centres[first.groups]
    assert own.mean(axis=0) == pytest.approx(np.zeros(FEATURES), abs=0.03)
    assert own.std(axis=0) == pytest.approx(np.ones(FEATURES), abs=0.03)
    moved = shifts.with_moved_shares(first, 0.1, rng=rng)
    shares = [np.bincount(each.groups, minlength=len(SIZES)) / 40_000 for each in (first, moved)]
    assert np.abs(shares[0] - shares[1]).sum() / 2 == pytest.approx(0.1)
    centre = (shifts.with_moved_centre(first, 0.5, rng=rng).centres - first.centres) / first.features.std(axis=0)
    assert np.sort(np.abs(centre).ravel())[-2:] == pytest.approx([0, 0.5])
    joined = shifts.with_new_group(first, 0.05, rng=rng)
    assert (joined.groups == len(SIZES)).mean() == pytest.approx(0.05)
    apart = np.linalg.norm(joined.centres[:, None] - joined.centres, axis=2)
    assert apart[~np.eye(len(SIZES) + 1, dtype=bool)].min() >= shifts.APART


def proof_of(outcomes: dict[str, list[list[Drift]]], rates: dict[str, Estimate]) -> Proof:
    """The section of the page of proofs."""
    rows = [
        {"world": KINDS[kind][0]} | rates[kind]._asdict()
        | {f"by {test}": mean_of(worlds, lambda look, test=test: fired_by(look, test)) for test in BARS}
        | {"without the bars": np.mean([by_chance(each) for each in worlds])}
        | {"people moved": mean_of(worlds, lambda look: look.share_moved.value)}
        | {"largest shift": mean_of(worlds, lambda look: look.largest_shift.value)}
        | {"people far": mean_of(worlds, lambda look: look.unplaced.value)}
        for kind, worlds in outcomes.items()
    ]  # fmt: skip
    said = {kind: formats.interval(rate, form=formats.percent) for kind, rate in rates.items()}
    labels = [KINDS[kind][0] for kind in KINDS]
    return Proof(
        title="Groups that moved are noticed, and those that did not are left in peace",
        claim=f"{WORLDS} made-up populations of {PEOPLE:,} people, in four groups of "
        f"{', '.join(formats.percent(size) for size in SIZES)}, told by {FEATURES} skewed features. k-means finds the "
        "groups at a first look; at a second, a fifth of the people are others and one in twenty has drawn their group "
        f"again. In four kinds of worlds nothing else happened, but that in one {FEW} people had become {MANY:,}; in "
        "the others 10 points of all people went from the "
        "largest group to another, or one group moved in one feature by half a standard deviation of all people, or 5 "
        f"in 100 are in a group that was not there before. An alarm must be more than chance (all tests together wrong "
        f"once in {1 / LEVEL:.0f} times) and large: {BARS[SHARES] * 100:.0f} points of people, {BARS[CENTRE]} standard "
        f"deviations, {BARS[FIT] * 100:.0f} in 100 far from their group.",
        found=f"Where nothing moved there was an alarm in {said['quiet']} of the worlds, and in {said['quarter']} at "
        f"any of {LOOKS} weekly looks, and in {said['growth']} where few had become many; "
        f"where people changed their group in {said['shares']}, where a group moved in "
        f"{said['centre']}, where a group was new in {said['newcomers']}.",
        figure=Markup(
            render_figure(
                charts.intervals(labels, [*rates.values()], ax=plt.figure().subplots(), form=formats.percent),
                title="The alarm speaks where groups moved, and hardly ever where they did not",
                subtitle=f"Share of worlds with an alarm, {WORLDS} worlds of each kind, with intervals (19 in 20)",
                alt="; ".join(f"{KINDS[kind][0]}: {formats.percent(rate.value)}" for kind, rate in rates.items()) + ".",
                source="helpers.simulate.worlds.shifts and helpers.segmentation.drift",
                data=publish(pd.DataFrame(rows), people=None, why="made-up people"),
                caption="Without the bars: how often a test alone says that something moved. Most people are the same "
                "at both looks, so that it is more seldom wrong than where all are others.",
            )
        ),
        limits=f"that a shift of real people is found: these groups are at least {shifts.APART} of their own standard "
        "deviations apart, the new one too; nearer ones are found more seldom. Where k-means misses a group, what "
        "moves in it may be missed as well. A season moves groups, and is an alarm.",
    )


def mean_of(worlds: list[list[Drift]], what: Callable[[Drift], float]) -> float:
    return float(np.mean([what(look) for looks in worlds for look in looks]))


def fired_by(look: Drift, kind: str) -> bool:
    return bool(look.tests.loc[look.tests["kind"] == kind, "fired"].any())
