"""Titles, alt texts and captions of the churn page's pictures, from the ladder that they show."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.churn.judge import REFERENCE, Judged
from helpers.churn.ladder import Ladder
from helpers.churn.mending_words import agreement
from helpers.churn.tables import CAME, SAID
from helpers.churn.words import POPULATION_NAMES, RUNG_NAMES, did_not, hundredths, in_100
from helpers.reporting.formats import date, level, number


def of_pairs(ladder: Ladder) -> dict[str, Any]:
    """Title, subtitle, alt text and more of the picture of pairs."""
    judged = ladder.populations[ladder.headline]
    return {
        "title": _both(judged, "auc", "puts {} of 100 pairs in the right order"),
        "subtitle": f"Pairs ordered right of 100, {_among(ladder)}, {number(judged.base_rate.n)} people; intervals "
        f"hold the truth in {level(0.95)} such cases",
        "alt": f"Of 100 pairs in the right order, with intervals: {_each(judged, 'auc')}; a coin 50.",
        "source": "churn_ladder",
        "caption": "Intervals from one set of bootstrap draws of the customers, the same for all ways. They say what "
        "other customers of the same days would do to the figures, not what another season would.",
    }


def of_lists(ladder: Ladder) -> dict[str, Any]:
    """Title, subtitle, alt text and more of the picture of lists."""
    judged, verb = ladder.populations[ladder.headline], did_not(ladder.cutoffs)
    each, blindly = _each(judged, "precision_top_tenth"), in_100(judged.base_rate)
    return {
        "title": _both(judged, "precision_top_tenth", f"lists {{}} of 100 who {verb}"),
        "subtitle": f"Of 100 listed, how many {verb}; {_among(ladder)}; {level(0.95)}",
        "alt": f"Of 100 listed who {verb}, with intervals: {each}; taken blindly {blindly}.",
        "source": "churn_ladder",
        "caption": "Whoever on the list would have come back anyway costs a contact for nothing. Whether a message "
        "keeps any of the others is for an experiment to say.",
    }


def of_reliability(ladder: Ladder, shown: pd.DataFrame) -> dict[str, Any]:
    """Title, subtitle, alt text and more of the picture of probabilities.

    Args:
        ladder: The judged rungs.
        shown: The frame of `reliability_table`; what is hidden in it is not told.
    """
    verb = did_not(ladder.cutoffs)
    known = shown.dropna(subset=[CAME])
    pairs = ", ".join(f"{each[SAID]:.0f}: {each[CAME]:.0f}" for each in known.to_dict("records"))
    return {
        "title": agreement(ladder).removesuffix("."),
        "subtitle": f"Of 100 who {verb}, by what was said of them; {_among(ladder)}; {level(0.95)}",
        "alt": f"Of 100, said and {verb}, tenth by tenth: {pairs or 'all hidden'}.",
        "source": "churn_ladder",
    }


def _among(ladder: Ladder) -> str:
    return f"{POPULATION_NAMES[ladder.headline]} on {date(ladder.cutoffs.test)}"


def _both(judged: Judged, metric: str, verb: str) -> str:
    """The recommended rung beside the recency rule, in a sentence."""
    best = judged.recommended
    figures = {rung: hundredths(metrics[metric].value) for rung, metrics in judged.rungs.items()}
    name = RUNG_NAMES[best]
    sentence = f"{name[0].upper()}{name[1:]} {verb.format(figures[best])}"
    return sentence if best == REFERENCE else f"{sentence}, {RUNG_NAMES[REFERENCE]} {figures[REFERENCE]}"


def _each(judged: Judged, metric: str) -> str:
    return ", ".join(f"{RUNG_NAMES[rung]} {in_100(metrics[metric])}" for rung, metrics in judged.rungs.items())
