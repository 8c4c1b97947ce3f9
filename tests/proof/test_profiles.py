"""Is what is said of each person as sure as it claims? In worlds where it is known what people are like."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from markupsafe import Markup
from matplotlib import pyplot as plt

from helpers import identity, profiles
from helpers.privacy import publish
from helpers.reporting import Proof, charts, formats, render_figure
from helpers.simulate.worlds.traits import draw_buyers, draw_visitors
from helpers.statistics import Estimate, proportion
from tests.proof.logs import made_shop, write_events

PEOPLE, SEED = 20_000, 1
WORLDS = {"fits": True, "breaks": False}
DRAWN = {"buyers": draw_buyers, "visitors": draw_visitors}
METRICS = {
    "aov": "the mean order",
    "mean_gap_days": "the days between orders",
    "discounted_order_share": "the share of orders at a discount",
    "refund_rate": "the share of orders given back",
    "weekend_share": "the share of days at weekends",
}
COUNTS = {"1 to 3": (1, 3), "4 to 10": (4, 10), "over 10": (11, np.inf)}
CLAIMED, ALLOWED = 0.8, 0.02


def people_of(known, home) -> pd.DataFrame:
    """Profiles and the latent values of the same people: those are named TRUE_…."""
    shop = made_shop(home)
    write_events(shop, known.events)
    profiles.build(shop)
    named = shop.frame(identity.current(shop)).set_index("identifier")["profile_id"]
    found = shop.frame("profiles").set_index("profile_id")
    return found.join(known.truth.rename(index=named).add_prefix("TRUE_"))


def covered(people: pd.DataFrame, metric: str) -> dict[str, Estimate]:
    """How many intervals hold the latent value: of all people with an observation, and by how many they have."""
    inside = people[f"TRUE_{metric}"].between(people[f"{metric}_lo"], people[f"{metric}_hi"])
    n = people[f"{metric}_n"]
    parts = {"all": n >= 1} | {name: n.between(*ends) for name, ends in COUNTS.items()}
    return {name: proportion(int(own.sum()), int(inside[own].sum())) for name, own in parts.items()}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory, home_at) -> dict[str, dict[str, dict[str, Estimate]]]:
    found: dict[str, dict[str, dict[str, Estimate]]] = {}
    for world, fits in WORLDS.items():
        found[world] = {}
        for name, draw in DRAWN.items():
            known = draw(PEOPLE, fits=fits, seed=SEED)
            home = tmp_path_factory.mktemp(f"{world}-{name}")
            with home_at(home):
                people = people_of(known, home)
            found[world] |= {metric: covered(people, metric) for metric in known.truth.columns}
    return found


@pytest.mark.parametrize("world", WORLDS)
def test_four_of_five_intervals_hold_what_is_true(outcomes, world, found, prove):
    outcome = outcomes[world]
    assert set(outcome) == set(METRICS)
    for metric, own in outcome.items():
        found.record.add(f"proof.profiles.{world}.{metric}.coverage80", own["all"])
    prove(proof_of(world, outcome))
    if world == "fits":
        for metric, own in outcome.items():
            for count, each in own.items():
                error = np.sqrt(CLAIMED * (1 - CLAIMED) / each.n)
                assert each.n >= 500, (metric, count)
                assert abs(each.value - CLAIMED) <= ALLOWED + 3 * error, (metric, count, each)


def proof_of(world: str, outcome: dict[str, dict[str, Estimate]]) -> Proof:
    """The section of the page of proofs."""
    rows = [(f"{METRICS[metric]}, n {count}", each) for metric, own in outcome.items() for count, each in own.items()
            if count != "all"]  # fmt: skip
    labels, estimates = zip(*rows, strict=True)
    frame = pd.DataFrame([{"interval of": label} | each._asdict() for label, each in rows]).drop(columns="numerator")
    least, most = (end(rows, key=lambda row: row[1].value) for end in (min, max))
    what = {
        "fits": "as the estimates assume: shares, means and rates come from the families that are fitted, and nobody "
        "leaves",
        "breaks": "as they do not: people are of two kinds, amounts are log-normal, and everybody leaves, unseen, "
        "after 300 days on average",
    }[world]
    said = [formats.interval(each, form=formats.percent) for _, each in (least, most)]
    return Proof(
        title=f"How sure the profiles are, in a world that {world}",
        claim=f"{PEOPLE:,} made-up buyers and as many visitors, over two years, in a world {what}. Of the intervals "
        "that claim to hold the truth in 4 of 5 cases, how many do, by the number of observations?",
        found=f"The fewest for {least[0]}: {said[0]}; the most for {most[0]}: {said[1]}.",
        figure=Markup(
            render_figure(
                charts.intervals(labels, estimates, ax=plt.figure(figsize=(6.6, 6.0)).subplots(), form=formats.percent),
                title=f"Between {formats.percent(least[1].value)} and {formats.percent(most[1].value)} of the "
                "intervals hold the truth",
                subtitle=f"People whose interval (claimed: 80 of 100) holds their latent value, world that {world}",
                alt="; ".join(f"{label} {formats.percent(each.value)}" for label, each in rows) + ".",
                source="helpers.simulate.worlds.traits and helpers.profiles",
                data=publish(frame, people=None, why="made-up people"),
            )
        ),
        limits="that real people are of either world. An interval that is too sure where people leave unseen is so for "
        "the days between orders above all: who is gone looks like somebody who takes long.",
    )
