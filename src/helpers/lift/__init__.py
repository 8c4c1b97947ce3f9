"""Experiments: who was exposed, what they did afterwards, how the arms differ, as dataset.toml declares it.

Begin with `exposures`, then in the order of the page: `health` (can it be read), `outcomes` (what exposed people
did), `readout` (estimates). `show` and `words` are for notebook 05. Beside them: `uplift` (whom to target), `returns`
and `returns_words` (what an arm brought in), `assign` (arms for starting one).

Never here: a metric or rule that dataset.toml does not declare, a frame of people, or a recommendation.
"""

from helpers.lift.exposures import declared, exposures
from helpers.lift.health import Health, health, require_readable
from helpers.lift.outcomes import Sample, outcomes, sums
from helpers.lift.readout import Reading, as_frame, readout
from helpers.lift.show import (
    COUNTED,
    add_results,
    comparisons_frame,
    differences,
    differences_chart,
    estimated_differences,
    health_frame,
    levels_frame,
    numbers_frame,
    publishable,
)
from helpers.lift.words import apart_sentence, contrast_sentence, excludes_zero, opening, size_sentence, told

__all__ = [
    "COUNTED",
    "Health",
    "Reading",
    "Sample",
    "add_results",
    "apart_sentence",
    "as_frame",
    "comparisons_frame",
    "contrast_sentence",
    "declared",
    "differences",
    "differences_chart",
    "estimated_differences",
    "excludes_zero",
    "exposures",
    "health",
    "health_frame",
    "levels_frame",
    "numbers_frame",
    "opening",
    "outcomes",
    "publishable",
    "readout",
    "require_readable",
    "size_sentence",
    "sums",
    "told",
]
