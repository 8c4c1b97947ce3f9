"""Estimates with their uncertainty: pure functions, arrays or sums in, named tuples out.

Begin with `estimate`. `intervals` makes estimates from sums, `bootstrap` from rows, with the measures of `ranking` and,
of probabilities, of `calibration`; `measures` takes all of one score at once, `association` tells whether two figures
go together. `samples` asks first whether groups are as large as designed. `joint` makes ratios and covariates into one
variable, `quantiles` asks for order statistics, `power` for what an experiment can find.
`shrinkage` holds one person's few observations against the others', `multiplicity` one test against all others made,
`binned` the people of some days against those of others, `sequences` one look against all others that are taken.

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
    p_of_difference_of_means,
    p_of_difference_of_proportions,
    proportion,
    ratio_of_means,
    ratio_of_proportions,
)
from helpers.statistics.joint import Adjusted, Joint, cuped, linearised, linearised_with_covariate
from helpers.statistics.measures import MEASURES, measures, surprise
from helpers.statistics.multiplicity import benjamini_hochberg, holm
from helpers.statistics.power import detectable_difference, needed_units, power_of_difference
from helpers.statistics.quantiles import Ranks, difference_of_quantiles, quantile_ranks, ratio_of_quantiles
from helpers.statistics.ranking import auc, average_precision, base_rate, brier, precision_at
from helpers.statistics.samples import SampleRatio, sample_ratio
from helpers.statistics.sequences import effective_size, sequence, sequence_of_difference, standard_errors

__all__ = [
    "MEASURES",
    "Adjusted",
    "DaySplits",
    "Estimate",
    "Joint",
    "Moments",
    "Part",
    "Platt",
    "Ranks",
    "Resamples",
    "SampleRatio",
    "Stability",
    "Successes",
    "auc",
    "average_precision",
    "base_rate",
    "benjamini_hochberg",
    "bin_counts",
    "bin_edges",
    "brier",
    "calibration_intercept",
    "calibration_slope",
    "check",
    "check_level",
    "cuped",
    "day_splits",
    "detectable_difference",
    "difference_of_means",
    "difference_of_proportions",
    "difference_of_quantiles",
    "effective_size",
    "fit_platt",
    "holm",
    "ks_distance",
    "linearised",
    "linearised_with_covariate",
    "mean",
    "measures",
    "needed_units",
    "p_of_difference_of_means",
    "p_of_difference_of_proportions",
    "power_of_difference",
    "precision_at",
    "proportion",
    "psi",
    "quantile_ranks",
    "ratio_of_means",
    "ratio_of_proportions",
    "ratio_of_quantiles",
    "reliability",
    "resample",
    "resample_together",
    "sample_ratio",
    "sequence",
    "sequence_of_difference",
    "spearman",
    "stability",
    "standard_errors",
    "surprise",
]
