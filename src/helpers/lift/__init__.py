"""Experiments: who was exposed, what they did afterwards, how the arms differ, as dataset.toml declares it.

Begin with `exposures`, then in the order of the page: `health` (can it be read), `checks` (where else to look),
`outcomes` (what exposed people did), `readout` (estimates), `verdict` (what to do, by what was `planned`, put in words
by `verdict_words`). `resplits` splits an arm into halves that were treated alike, `error_rates` says how often a
reading of such halves errs, `own_proof` asks it of a control arm, and `error_words` tells it. `show` and `words` are
for notebook 05.

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
