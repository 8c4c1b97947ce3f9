"""What customers will order and bring: models of who orders how often, leaves and spends, held against what came.

Begin with `history`: what a model sees of a customer. `bgnbd` and `pareto_nbd` are models of ordering and leaving,
`gamma_gamma` of spend; each is fitted by `fitting`, on one row for all who share a history, and `integrals` keeps their
sums safe. `spend` says whether Gamma-Gamma may be used. `predict` foretells a year of each customer, with intervals.
`tracking` and `holdout` hold what was expected against what came, by week, frequency and tenth, and beside simple
rules.

Never here: a discount, a margin, or what should be done about anybody.
"""

from helpers.value.bgnbd import BGNBD, fit_bgnbd
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
from helpers.value.predict import Forecast, Range, coverage, forecast
from helpers.value.spend import Spending, learn_spending
from helpers.value.tracking import Errors, actual_by_day, expected_by_day, tracking_errors

__all__ = [
    "BGNBD", "FEWEST", "LAST_PERIOD", "MEAN_RATE", "MODEL", "Errors", "Fitted", "Forecast", "GammaGamma", "Histories",
    "Judged", "ParetoNBD", "Part", "Range", "Spending", "Spends", "actual_by_day", "against_rules", "by_frequency",
    "by_tenth", "coverage", "expected_by_day", "fit_bgnbd", "fit_gamma_gamma", "fit_pareto_nbd", "forecast", "group",
    "histories", "learn_spending", "mean_rate", "tracking_errors",
]  # fmt: skip
