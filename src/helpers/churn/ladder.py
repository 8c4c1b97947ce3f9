"""The ladder of every population: all rungs judged on the same later people, and one recommended."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
from threadpoolctl import threadpool_limits

from helpers.churn.calibrate import hold_out
from helpers.churn.cutoffs import Cutoffs
from helpers.churn.judge import Judged, judge
from helpers.churn.lesson import Lesson
from helpers.churn.panel import Panel
from helpers.churn.purchases import learn_buying
from helpers.reporting import formats
from helpers.statistics import Estimate

POPULATIONS = ("all", "active")
FEWEST_OF_A_CLASS = 100


class Ladder(NamedTuple):
    """The ladder of every population.

    Attributes:
        populations: By name; "all" is there where any is.
        left_out: Why a population is not there, by name.
        cutoffs: The moments and the label; None where there are none.
    """

    populations: dict[str, Judged]
    left_out: dict[str, str]
    cutoffs: Cutoffs | None

    @property
    def headline(self) -> str:
        """The population that decides: people still active, or all where those are too few."""
        return "active" if "active" in self.populations else "all"

    @property
    def recommended(self) -> str:
        """The rung that the headline population's ladder recommends."""
        return self.populations[self.headline].recommended

    @property
    def reason(self) -> str:
        """Why there is no ladder at all, a sentence; "" where there is one."""
        return "" if self.populations else self.left_out["all"]


def climb(panel: Panel, *, draws: int, seed: int) -> Ladder:
    """Fit each rung on the training people and judge it on the test people, for each population by itself.

    Args:
        panel: As `build_panel` gives it.
        draws: Bootstrap draws of the test people, shared by all rungs and metrics.
        seed: Seed of the draws and of the models.

    Returns:
        The ladder; without any population, and with the reason, where there is too little to learn from or judge by.
    """
    if panel.reason:
        return Ladder({}, {"all": panel.reason}, panel.cutoffs)
    groups = {name: (members(panel.training, name), members(panel.test, name)) for name in POPULATIONS}
    left_out = {name: reason for name, people in groups.items() if (reason := _too_few(*people))}
    if "all" in left_out:
        return Ladder({}, left_out, panel.cutoffs)
    gap, horizon = panel.cutoffs.gap_days, panel.cutoffs.horizon_days
    judged = {}
    with threadpool_limits(limits=1):  # sums over several threads come in no fixed order
        buying, parts = learn_buying(panel.training), hold_out(panel.training, seed=seed)
        for name in (name for name in POPULATIONS if name not in left_out):
            learn, test = groups[name]
            held = [
                (Lesson(members(part.learn, name), part.buying, gap, horizon, seed), members(part.apply, name))
                for part in parts
            ]
            judged[name] = judge(Lesson(learn, buying, gap, horizon, seed), held, test, draws=draws)
    return Ladder(judged, left_out, panel.cutoffs)


def members(people: pd.DataFrame, population: str) -> pd.DataFrame:
    """The rows of `people` that belong to a population."""
    return people if population == "all" else people[people["active"]]


def as_frame(ladder: Ladder) -> pd.DataFrame:
    """The ladder as rows of table `churn_ladder`."""
    rows = []
    for population, judged in ladder.populations.items():
        rows.append((population, "none", "base_rate", judged.base_rate))
        for rung, estimates in judged.rungs.items():
            rows += [(population, rung, metric, estimate) for metric, estimate in estimates.items()]
        for rung, gains in judged.gains.items():
            rows += [(population, rung, f"{metric}_gain", gain) for metric, gain in gains.items()]
        rows += [(population, rung, "newcomers_auc", each) for rung, each in judged.newcomers.auc.items()]
        rows += [
            (population, rung, f"held_out_brier_{way}", each)
            for rung, choice in judged.choices.items()
            for way, each in choice.brier.items()
        ]
    columns = ["population", "rung", "metric", *Estimate._fields]
    frame = pd.DataFrame([(*names, *estimate) for *names, estimate in rows], columns=columns)
    return frame.drop(columns="numerator")


def _too_few(training: pd.DataFrame, test: pd.DataFrame) -> str:
    for when, people in (("to learn from", training), ("to judge by", test)):
        gone, came = (people.loc[people["churned"] == kind, "profile_id"].nunique() for kind in (1, 0))
        if min(gone, came) < FEWEST_OF_A_CLASS:
            return (
                f"There are {formats.people(people['profile_id'].nunique())} people {when}; {formats.people(gone)} did "
                f"not come back and {formats.people(came)} did, at one moment or another. Fewer than "
                f"{FEWEST_OF_A_CLASS} of either kind are too few for a model."
            )
    return ""
