"""Estimates with their uncertainty: pure functions, arrays or sums in, named tuples out.

Begin with `estimate`. `intervals` makes estimates from sums, `bootstrap` from rows, with the measures of `ranking` and,
of probabilities, of `calibration`; `samples` asks first whether groups are as large as designed. `shrinkage` holds one
person's few observations against the others', `multiplicity` one test against all others that were made, `sequences`
one look against all others that are taken.

Never here: files, tables, customers, or anything that knows what a number is about.
"""

from helpers.statistics.bootstrap import Resamples, resample
from helpers.statistics.calibration import (
    Part,
    Platt,
    calibration_intercept,
    calibration_slope,
    fit_platt,
    reliability,
)
from helpers.statistics.estimate import Estimate, Moments, Successes, check, check_level
from helpers.statistics.intervals import (
    difference_of_means,
    difference_of_proportions,
    mean,
    proportion,
    ratio_of_means,
    ratio_of_proportions,
)
from helpers.statistics.multiplicity import holm
from helpers.statistics.ranking import auc, average_precision, base_rate, brier, precision_at
from helpers.statistics.samples import SampleRatio, sample_ratio
from helpers.statistics.sequences import effective_size, sequence, sequence_of_difference, standard_errors

__all__ = [
    "Estimate",
    "Moments",
    "Part",
    "Platt",
    "Resamples",
    "SampleRatio",
    "Successes",
    "auc",
    "average_precision",
    "base_rate",
    "brier",
    "calibration_intercept",
    "calibration_slope",
    "check",
    "check_level",
    "difference_of_means",
    "difference_of_proportions",
    "effective_size",
    "fit_platt",
    "holm",
    "mean",
    "precision_at",
    "proportion",
    "ratio_of_means",
    "ratio_of_proportions",
    "reliability",
    "resample",
    "sample_ratio",
    "sequence",
    "sequence_of_difference",
    "standard_errors",
]
