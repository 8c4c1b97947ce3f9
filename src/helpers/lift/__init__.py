"""Experiments: who was exposed, what they did afterwards, how the arms differ, as dataset.toml declares it.

Begin with `exposures`, then in the order of the page: `health` (can it be read), `checks` and `closer` (where else to
look; by `heard` whether outcomes can be known), `outcomes` (what exposed people did), `sums` (of these, in the engine),
`adjusting` (ratios, clusters and covariates), `readout` (the `estimates` of each kind of metric), `nights` (what of it
may be shown, by what was `planned`), `verdict` (what to do by what `measured` holds, put in words by `verdict_words`),
`guardrails` (what must not get worse), `planning` (what can be found), `days` and `slicing` (the effect as it grew, and
apart). `attributes` tells what was known before. `resplits` splits an arm into halves that were treated alike;
`alike_units` and `resplit_units` do so with ratios and clusters, `resplit_quantiles` with quantiles. `error_rates` says
how often a reading of such halves errs, `peeking` how often if one looks every day, `covariate_gain` what knowing the
time before saves, `promises` what a method promises; `own_proof` asks it of a control arm, and `error_words` tells it.
`show`, `tables` and `words` are for notebook 05. Beside them: `uplift` (whom to target), `returns` and `returns_words`
(what an arm brought in), `assign` (arms for starting one); before that, `beforehand` says what one needs, by people of
late that are in `recent`, and `beforehand_words` tells it.

Never here: a metric or rule that dataset.toml does not declare, or, but for uplift, a frame of people.
"""

from helpers.lift.attributes import attributes
from helpers.lift.checks import add_check_results
from helpers.lift.closer import look_closer
from helpers.lift.days import by_day, days_figure
from helpers.lift.error_words import PROOF_MEANING, proof_sentences, rates_table
from helpers.lift.exposures import declared, exposures
from helpers.lift.guardrails import Guard, guards
from helpers.lift.health import health, require_readable
from helpers.lift.nights import look, verdicts_frame
from helpers.lift.outcomes import outcomes
from helpers.lift.own_proof import prove_all
from helpers.lift.planning import Plan, paces, plans
from helpers.lift.readout import Reading, as_frame, readout
from helpers.lift.returns import as_frame as returns_frame
from helpers.lift.returns import months_of, returns, sums_by_month
from helpers.lift.returns_words import month_tables, return_sentences, untold
from helpers.lift.show import (
    COUNTED,
    add_results,
    differences,
    differences_chart,
    differences_figure,
    estimated_differences,
    health_frame,
    numbers_frame,
    publishable,
)
from helpers.lift.slicing import Slice, sliced
from helpers.lift.sums import Sample, daily_sums, quantiles, sliced_sums, sums
from helpers.lift.tables import (
    checks_table,
    comparisons_table,
    guards_table,
    levels_table,
    metrics_table,
    plans_table,
    slices_table,
    verdicts_table,
)
from helpers.lift.words import (
    apart_sentence,
    contrast_sentence,
    excludes_zero,
    hidden_sentence,
    opening,
    size_sentence,
    standing,
    told,
)

__all__ = [
    "COUNTED",
    "PROOF_MEANING",
    "Guard",
    "Plan",
    "Reading",
    "Sample",
    "Slice",
    "add_check_results",
    "add_results",
    "apart_sentence",
    "as_frame",
    "attributes",
    "by_day",
    "checks_table",
    "comparisons_table",
    "contrast_sentence",
    "daily_sums",
    "days_figure",
    "declared",
    "differences",
    "differences_chart",
    "differences_figure",
    "estimated_differences",
    "excludes_zero",
    "exposures",
    "guards",
    "guards_table",
    "health",
    "health_frame",
    "hidden_sentence",
    "levels_table",
    "look",
    "look_closer",
    "metrics_table",
    "month_tables",
    "months_of",
    "numbers_frame",
    "opening",
    "outcomes",
    "paces",
    "plans",
    "plans_table",
    "proof_sentences",
    "prove_all",
    "publishable",
    "quantiles",
    "rates_table",
    "readout",
    "require_readable",
    "return_sentences",
    "returns",
    "returns_frame",
    "size_sentence",
    "sliced",
    "sliced_sums",
    "slices_table",
    "standing",
    "sums",
    "sums_by_month",
    "told",
    "untold",
    "verdicts_frame",
    "verdicts_table",
]
