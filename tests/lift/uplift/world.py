"""Made-up experiments in which it is known whom an arm moves."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit

from helpers.lift.uplift import Rule, Trial, make_trial

EXTRA = 0.16  # chance to convert that the arm adds where it moves people
RULE = Rule("bought before", "bought")


class World(NamedTuple):
    """A trial and the truth behind it.

    Attributes:
        trial: What can be seen.
        effect: What the arm adds to the chance to convert of each person, in the trial's order.
    """

    trial: Trial
    effect: NDArray[np.float64]


def make_world(kind: str, *, n: int, seed: int) -> World:
    """People of whom some convert anyway, many or few by what is known of them, and whom an arm moves by law.

    Args:
        kind: "alike" (it moves everybody by half of `EXTRA`), "fact" (those who bought before, by all of it, and
            nobody else), "pair" (those who bought before and are frequent, by twice of it), "crossed" (those who either
            bought before or are frequent, but not both: neither says anything alone).
        n: People.
        seed: Seed of everything.
    """
    rng = np.random.default_rng(seed)
    features = pd.DataFrame(
        {
            "bought": rng.integers(0, 2, n).astype(float),
            "spent": rng.gamma(2.0, 50.0, n),
            "recency": rng.exponential(60.0, n),
            "frequent": rng.integers(0, 2, n).astype(float),
            "noise": rng.standard_normal(n),
        }
    )
    own = {
        "alike": np.full(n, 0.5),
        "fact": features["bought"].to_numpy(),
        "pair": 2 * (features["bought"] * features["frequent"]).to_numpy(),
        "crossed": (features["bought"] != features["frequent"]).to_numpy(dtype=float),
    }[kind]
    # The recent and the well-off convert anyway: what is easily learned, and says nothing of whom the arm moves.
    base = 0.6 * expit(-0.5 + 0.01 * (features["spent"] - 100) - 0.015 * (features["recency"] - 60))
    treated = rng.random(n) < 0.5
    outcome = rng.random(n) < base + EXTRA * own * treated
    # The order that `make_trial` gives them, so that the truth of each stays with them.
    marked = make_trial(features.assign(zz_effect=EXTRA * own), treated, outcome)
    return World(
        marked._replace(features=marked.features.drop(columns="zz_effect")), marked.features["zz_effect"].to_numpy()
    )
