"""Are as many groups found as there are? In worlds with two and with three, in worlds with none, and in one of a kind
that the rule is known to miss: three groups equally far from each other, of which no two hold still together.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from markupsafe import Markup
from matplotlib import pyplot as plt
from sklearn.metrics import adjusted_rand_score

from helpers.privacy import publish
from helpers.reporting import Proof, formats, render_figure, style
from helpers.segmentation.clusters import MOST_GROUPS, find_clusters, place
from helpers.statistics import Estimate, proportion
from tests.segmentation.worlds import equidistant, one_cloud, shoppers, three_groups, two_groups

SEED, SIZES = 1_000, (600, 1_000, 1_500)
# Each with how many groups there are, what it is called, and how many worlds of it there are time for.
KINDS = {
    "two_groups": (two_groups, 2, "two groups", 10),
    "three_groups": (three_groups, 3, "three groups", 10),
    "one_cloud": (one_cloud, 1, "one cloud", 20),
    "shoppers": (shoppers, 1, "shoppers of one law", 20),
    "equidistant": (equidistant, 3, "three groups, equally far apart", 10),
}
MISSED = "equidistant"


class Outcome(NamedTuple):
    """What was found in the worlds of one kind: numbers of groups, and how well people were put where they belong."""

    found: list[int]
    agreement: list[float]


def judged(kind: str) -> Outcome:
    draw, right, _, worlds = KINDS[kind]
    found, agreement = [], []
    for number in range(worlds):
        world = draw(SIZES[number % len(SIZES)], seed=SEED + number)
        people, made_for = world if isinstance(world, tuple) else (world, None)
        model = find_clusters(people, seed=number)
        found.append(model.k)
        if model.k == right and made_for is not None:
            agreement.append(adjusted_rand_score(made_for, place(model, people)))
    return Outcome(found, agreement)


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Outcome]:
    return {kind: judged(kind) for kind in KINDS}


def test_as_many_groups_are_found_as_there_are(outcomes, found, prove):
    rights = {kind: right_number(kind, own) for kind, own in outcomes.items()}
    for kind, share in rights.items():
        found.record.add(f"proof.segments.{kind}.right_number", share)
    prove(proof_of(outcomes))
    assert all(share.value >= 0.9 for kind, share in rights.items() if kind != MISSED)
    assert min(each for own in outcomes.values() for each in own.agreement) > 0.95


def test_where_the_rule_misses_groups_it_says_none_rather_than_a_wrong_number(outcomes):
    assert set(outcomes[MISSED].found) <= {1, 3}


def right_number(kind: str, own: Outcome) -> Estimate:
    return proportion(len(own.found), own.found.count(KINDS[kind][1]))


def proof_of(outcomes: dict[str, Outcome]) -> Proof:
    rows = pd.DataFrame(
        {
            "World": [KINDS[kind][2] for kind in outcomes],
            "Groups": [KINDS[kind][1] for kind in outcomes],
            **{f"Found {k}": [own.found.count(k) for own in outcomes.values()] for k in range(1, MOST_GROUPS + 1)},
        }
    )
    rows = rows.loc[:, (rows != 0).any()]
    rights = {kind: right_number(kind, own) for kind, own in outcomes.items()}
    said = "; ".join(
        f"{KINDS[kind][2]}, {own.numerator} of {own.n}, {formats.interval(own, form=formats.percent)}"
        for kind, own in rights.items()
    )
    return Proof(
        title="Whether k-means finds as many groups as there are",
        claim=f"Made-up worlds of five kinds, {SIZES[0]:,} to {SIZES[-1]:,} people each. Groups are clouds around "
        "how lately, how often and for how much people buy. Where there are none, people are one normal cloud with "
        "features that go together, or shoppers of one law, whose cloud is lopsided: gamma rates, a chance to leave "
        "after each order, log-normal spending. k-means splits either as gladly as any other.",
        found=f"The right number was found in {said}.",
        figure=Markup(
            render_figure(
                drawing(outcomes),
                title="Groups are found where there are some, and seldom where there are none",
                subtitle="Worlds by number of groups that was found; 1 means none",
                alt=f"Right number found in {said}.",
                source="tests.segmentation.worlds",
                data=publish(rows, people=None, why="made-up worlds"),
                caption="Blue: the right number. A number is taken only where all smaller ones hold still too: so "
                "three groups equally far apart are passed over, as no two of them belong together.",
            )
        ),
        limits="that real groups are such clouds, as far apart as these. Groups nearer to each other are missed: the "
        "rule errs on the side of saying that there are none.",
    )


def drawing(outcomes: dict[str, Outcome]) -> plt.Figure:
    figure, places = plt.subplots(1, len(outcomes), figsize=(7.4, 2.3), sharey=True)
    for (kind, own), ax in zip(outcomes.items(), places, strict=True):
        counts, right = Counter(own.found), KINDS[kind][1]
        numbers = np.arange(1, max(4, *counts) + 1)
        colours = [style.BLUE if number == right else style.GREY for number in numbers]
        bars = ax.bar(numbers, [counts[number] for number in numbers], color=colours)
        ax.bar_label(bars, labels=[str(counts[number] or "") for number in numbers], fontsize=8)
        ax.set_title(KINDS[kind][2].replace(", ", ",\n"), fontsize=8)
        ax.set_xticks(numbers)
        ax.grid(visible=False)
    places[0].set_ylabel("worlds")
    return figure
