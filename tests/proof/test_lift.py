"""Does the interval of a lift hold the truth as often as it says? In 100 made-up shops with a known effect."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing import get_context

import ibis
import pandas as pd
import pytest
from markupsafe import Markup
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from helpers import lift
from helpers.datasets.engine import connect
from helpers.datasets.settings import load
from helpers.datasets.tables.ingestion import MONEY
from helpers.privacy import publish
from helpers.reporting import Proof, formats, keys, render_figure, style
from helpers.simulate.clock import utc_text
from helpers.simulate.experiment import ARMS, NAME, planted_effect
from helpers.simulate.world import World, draw_world
from helpers.statistics import proportion

SEEDS = range(100)
CUSTOMERS = 2000
AT_LEAST, AT_MOST = 90, 99
SCALES = {"conversion": (100, "percentage points"), "spend": (1, "EUR")}


def happened(world: World) -> pd.DataFrame:
    """What people of a world did, as events of people whose identity nobody has to work out."""
    lines, exposed = world.lines, world.exposures
    did = pd.DataFrame(
        {
            "profile_id": lines["person"].astype("string"),
            "event": lines["refund"].map({False: "Order Completed", True: "Order Refunded"}),
            "timestamp": utc_text(lines["at"]),
            "revenue": lines["net"] / 100,
        }
    )
    saw = pd.DataFrame(
        {
            "profile_id": exposed["person"].astype("string"),
            "event": "Experiment Viewed",
            "timestamp": utc_text(exposed["at"]),
            "experiment_id": NAME,
            "variation_id": exposed["treated"].map({False: ARMS[0], True: ARMS[1]}),
        }
    )
    events = pd.concat([did, saw], ignore_index=True)
    return events.assign(timestamp=pd.to_datetime(events["timestamp"]).dt.tz_localize(None))


def read_out(seed: int) -> list[dict]:
    """The effect that was planted in one world, and what the workbench makes of its events."""
    world = draw_world(CUSTOMERS, seed=seed)
    planted = planted_effect(world.exposures).set_index("metric")["effect"]
    (experiment,) = lift.declared(load("demo"))
    known = [metric for metric in experiment.metrics if metric.name in SCALES]
    experiments = [experiment.model_copy(update={"metrics": known})]
    con = connect()
    events = con.create_table("happened", happened(world), temp=True)
    events = events.mutate(revenue=events.revenue.cast(MONEY), timestamp=events.timestamp.cast("timestamp(6)"))
    exposed = lift.exposures(events, experiments, moment=datetime(2026, 4, 1))
    readings = lift.readout(lift.sums(lift.outcomes(events, exposed, experiments), experiments), experiments)
    return [
        {"seed": seed, "metric": each.metric, "planted": float(planted[each.metric])} | each.estimate._asdict()
        for each in readings
        if each.scale == "diff"
    ]


@pytest.fixture(scope="module")
def readings() -> pd.DataFrame:
    """One row a seed and metric: planted, value, lo, hi, n, method."""
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        rows = [row for found in pool.map(read_out, SEEDS) for row in found]
    frame = pd.DataFrame(rows)
    return frame.assign(holds=(frame["lo"] <= frame["planted"]) & (frame["planted"] <= frame["hi"]))


def forest(own: pd.DataFrame, *, ax: Axes, scale: float) -> Axes:
    """Each interval less the effect that was planted: those that cross the line hold the truth."""
    for holds, colour, width in ((True, style.BLUE, 1.5), (False, style.ORANGE, 3)):
        rows = own[own["holds"] == holds]
        ax.vlines(
            rows["seed"], (rows["lo"] - rows["planted"]) * scale, (rows["hi"] - rows["planted"]) * scale,
            color=colour, linewidth=width,
        )  # fmt: skip
    ax.axhline(0, color=style.INK, linewidth=1)
    ax.set_xlabel("seed")
    return ax


@pytest.mark.parametrize("metric", SCALES)
def test_the_planted_effect_lies_in_90_to_99_of_100_intervals(readings, found, prove, metric):
    scale, unit = SCALES[metric]
    own = readings[readings["metric"] == metric]
    assert own["seed"].tolist() == list(SEEDS)
    held = int(own["holds"].sum())
    coverage = proportion(len(own), held)
    (method,) = own["method"].unique()
    found.record.add(f"proof.lift.{keys.safe(method)}.shops", coverage)
    missed = own.loc[~own["holds"], "seed"].tolist()
    ax = forest(own, ax=plt.subplots()[1], scale=scale)
    ax.set_ylabel(f"{unit} from the truth")
    numbers = own[["seed", "planted", "value", "lo", "hi", "n", "holds"]]
    prove(
        Proof(
            title=f"The interval of a lift in {metric} holds the effect",
            claim=f"An interval of which 19 in 20 should hold the truth ({method}) was made in {len(own)} shops of "
            f"{CUSTOMERS:,} made-up people each, with seeds {SEEDS[0]} to {SEEDS[-1]}, all of them reported. What "
            "each exposed person would have done without and with the offer is known there, so the effect is known.",
            found=f"{held} of {len(own)} hold it: {formats.interval(coverage, form=formats.percent)}. Fewer than "
            f"{AT_LEAST} or more than {AT_MOST} would have failed.",
            figure=Markup(
                render_figure(
                    ax,
                    title=f"{len(missed)} of {len(own)} intervals miss the effect that was planted",
                    subtitle=f"Interval (19 in 20) of the difference in {metric} less the planted one, {unit}, by seed",
                    alt=f"{len(own)} vertical lines around zero; {held} cross it, those of seeds "
                    f"{', '.join(map(str, missed)) or 'none'} do not.",
                    source="helpers.simulate and helpers.lift",
                    data=publish(numbers, people=None, why="made-up people"),
                    caption="Thick lines, in orange, miss it.",
                )
            ),
            limits="that the shop behind a report assigns and counts as this one does, or that every other kind of "
            "metric is covered as well. The effect is that on the people who were exposed, which makes such intervals "
            "a little too wide rather than too narrow.",
        )
    )
    assert AT_LEAST <= held <= AT_MOST


def test_the_events_are_those_of_the_world():
    world = draw_world(200, seed=1)
    events = happened(world)
    orders = events[events["event"] != "Experiment Viewed"]
    assert orders["revenue"].sum() == pytest.approx(world.lines["net"].sum() / 100)
    assert (events["event"] == "Experiment Viewed").sum() == len(world.exposures)
    assert ibis.memtable(events).count().execute() == len(events)
