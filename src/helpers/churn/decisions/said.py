"""What the recommended way says of the people that decide, as decisions need it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from xgboost import Booster

from helpers.churn.ladder import Ladder, members
from helpers.churn.lesson import Lesson
from helpers.churn.panel import Panel
from helpers.churn.weighing import weighted

Floats = NDArray[np.float64]
TREES = "xgboost"


class Said(NamedTuple):
    """Calibrated probabilities of not coming back by the way that is used, and the trees that give reasons.

    Attributes:
        held: Of people held out from training, churned and the probability; nobody where nothing could be held out.
        test: Probabilities of the test people.
        current: Of the people of now.
        in_use: The boosted trees whose reasons are told.
        lesson: What they were grown on, weights and all.
        reasons: Rows of table `churn_reasons` of the people of now.
    """

    held: pd.DataFrame
    test: Floats
    current: Floats
    in_use: Booster
    lesson: Lesson
    reasons: pd.DataFrame


def say(panel: Panel, ladder: Ladder, reasons: pd.DataFrame, *, seed: int) -> tuple[Panel, Said]:
    """The people of the headline population, and what is said of them.

    Args:
        panel: As `build_panel` gives it.
        ladder: Learned from it, with one population or more.
        reasons: Rows of table `churn_reasons` of everybody.
        seed: As was learned with.
    """
    own = of_population(panel, ladder.headline)
    judged, cutoffs = ladder.populations[ladder.headline], panel.cutoffs
    used = judged.models[ladder.recommended]
    lesson = Lesson(own.training, {}, cutoffs.gap_days, cutoffs.horizon_days, seed)
    said = Said(
        held=judged.choices[ladder.recommended].held,
        test=used.scores(own.test).probability,
        current=used.scores(own.current).probability,
        in_use=judged.models[TREES].rung.booster(),
        lesson=weighted(lesson, judged.weighing.used),
        reasons=reasons[reasons["profile_id"].isin(own.current["profile_id"])],
    )
    return own, said


def of_population(panel: Panel, population: str) -> Panel:
    """A panel of those who belong to a population."""
    frames = {name: members(getattr(panel, name), population) for name in ("training", "test", "current")}
    return panel._replace(**{name: people.reset_index(drop=True) for name, people in frames.items()})
