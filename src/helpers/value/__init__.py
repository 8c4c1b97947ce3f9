"""What customers will order and bring: models of who orders how often, leaves and spends, held against what came.

Begin with `history`: what a model sees of a customer. `bgnbd` and `pareto_nbd` are models of ordering and leaving,
`gamma_gamma` of spend; each is fitted by `fitting`, on one row for all who share a history, and `integrals` keeps their
sums safe. `spend` says whether Gamma-Gamma may be used. `predict` foretells a year of each customer, with intervals.
`tracking` and `holdout` hold what was expected against what came, by week, frequency and tenth, and beside simple
rules. `totals` is the same of all customers together.

From a data set's tables to forecasts goes `build`: `customers` are what the tables say of people, `survival` how soon
they buy again, `trial` holds out the last part of a history. For notebook 06: `show`, `words`, `trial_words`,
`total_words`, `pictures`, `results`.

Never here: a discount, a margin, or what should be done about anybody.
"""

from helpers.value import total_words, trial_words, words
from helpers.value.bgnbd import BGNBD, fit_bgnbd
from helpers.value.build import Built, build
from helpers.value.fitting import FEWEST, Fitted
from helpers.value.gamma_gamma import GammaGamma, Spends, fit_gamma_gamma
from helpers.value.history import Histories, group, histories
from helpers.value.holdout import (
    LAST_PERIOD,
    MEAN_RATE,
    MODEL,
    Judged,
    Part,
    against_rules,
    by_frequency,
    by_tenth,
    mean_rate,
)
from helpers.value.pareto_nbd import ParetoNBD, fit_pareto_nbd
from helpers.value.pictures import plot_curves, plot_frequency, plot_next, plot_weeks
from helpers.value.predict import Forecast, Range, coverage, forecast
from helpers.value.results import add_results
from helpers.value.show import (
    SHARE,
    curves_table,
    drawn_curves,
    formats,
    frequency_table,
    next_table,
    parameters_table,
    tenths_table,
    ways_table,
    weeks_table,
)
from helpers.value.spend import Spending, learn_spending
from helpers.value.survival import Curve, kaplan_meier
from helpers.value.tracking import Errors, actual_by_day, expected_by_day, tracking_errors
from helpers.value.trial import Trial, hold_out, recommended

__all__ = [
    "BGNBD", "FEWEST", "LAST_PERIOD", "MEAN_RATE", "MODEL", "SHARE", "Built", "Curve", "Errors", "Fitted", "Forecast",
    "GammaGamma", "Histories", "Judged", "ParetoNBD", "Part", "Range", "Spending", "Spends", "Trial", "actual_by_day",
    "add_results", "against_rules", "build", "by_frequency", "by_tenth", "coverage", "curves_table", "drawn_curves",
    "expected_by_day", "fit_bgnbd", "fit_gamma_gamma", "fit_pareto_nbd", "forecast", "formats", "frequency_table",
    "group", "histories", "hold_out", "kaplan_meier", "learn_spending", "mean_rate", "next_table", "parameters_table",
    "plot_curves", "plot_frequency", "plot_next", "plot_weeks", "recommended", "tenths_table", "total_words",
    "tracking_errors", "trial_words", "ways_table", "weeks_table", "words",
]  # fmt: skip
