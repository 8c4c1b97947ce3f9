"""Experiments: who was exposed, what they did afterwards, how the arms differ, as dataset.toml declares it.

Begin with `exposures`, then in the order of the page: `health` (can it be read), `outcomes` (what exposed people
did), `sums` (of these, in the engine), `adjusting` (ratios, clusters and covariates), `readout` (the
`estimates` of each kind of metric).
`attributes` tells what was known before. `show` and `words` are for notebook 05.

Never here: a metric or rule that dataset.toml does not declare, a frame of people, or a recommendation.
"""

from helpers.lift.adjusting import adjusted_sums, means
from helpers.lift.attributes import attributes, before_exposure
from helpers.lift.exposures import declared, exposures
from helpers.lift.health import Health, health, require_readable
from helpers.lift.outcomes import outcomes
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
from helpers.lift.sums import Sample, daily_sums, quantiles, sliced_sums, sums
from helpers.lift.words import apart_sentence, contrast_sentence, excludes_zero, opening, size_sentence, told

__all__ = [
    "COUNTED",
    "Health",
    "Reading",
    "Sample",
    "add_results",
    "adjusted_sums",
    "apart_sentence",
    "as_frame",
    "attributes",
    "before_exposure",
    "comparisons_frame",
    "contrast_sentence",
    "daily_sums",
    "declared",
    "differences",
    "differences_chart",
    "estimated_differences",
    "excludes_zero",
    "exposures",
    "health",
    "health_frame",
    "levels_frame",
    "means",
    "numbers_frame",
    "opening",
    "outcomes",
    "publishable",
    "quantiles",
    "readout",
    "require_readable",
    "size_sentence",
    "sliced_sums",
    "sums",
    "told",
]
