"""Estimates with their uncertainty: pure functions, arrays or sums in, named tuples out.

Begin with `estimate`. `intervals` makes estimates from sums, `bootstrap` from rows, with the measures of `ranking` and,
of probabilities, of `probabilities` and `calibration`; `measures` takes all of one score at once, `association` tells
whether two figures go together. `samples` asks first whether groups are as large as designed. `shrinkage` holds one
person's few observations against the others', `multiplicity` one test against all others that were made, `binned` the
people of some days against those of others.

Never here: files, tables, customers, or anything that knows what a number is about.
"""

from helpers.statistics.association import spearman
from helpers.statistics.binned import (
    DaySplits,
    Stability,
    bin_counts,
    bin_edges,
    day_splits,
    ks_distance,
    psi,
    stability,
)
from helpers.statistics.bootstrap import Resamples, resample, resample_together
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
from helpers.statistics.measures import MEASURES, measures
from helpers.statistics.multiplicity import holm
from helpers.statistics.probabilities import accuracy, balanced_accuracy, log_loss
from helpers.statistics.ranking import auc, average_precision, base_rate, brier, precision_at, recall_at
from helpers.statistics.samples import SampleRatio, sample_ratio

__all__ = [
    "MEASURES",
    "DaySplits",
    "Estimate",
    "Moments",
    "Part",
    "Platt",
    "Resamples",
    "SampleRatio",
    "Stability",
    "Successes",
    "accuracy",
    "auc",
    "average_precision",
    "balanced_accuracy",
    "base_rate",
    "bin_counts",
    "bin_edges",
    "brier",
    "calibration_intercept",
    "calibration_slope",
    "check",
    "check_level",
    "day_splits",
    "difference_of_means",
    "difference_of_proportions",
    "fit_platt",
    "holm",
    "ks_distance",
    "log_loss",
    "mean",
    "measures",
    "precision_at",
    "proportion",
    "psi",
    "ratio_of_means",
    "ratio_of_proportions",
    "recall_at",
    "reliability",
    "resample",
    "resample_together",
    "sample_ratio",
    "spearman",
    "stability",
]
