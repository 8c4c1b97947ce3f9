"""What customers will order and bring: models of who orders how often, leaves and spends.

Begin with `history`: what a model sees of a customer. `bgnbd` and `pareto_nbd` are models of ordering and leaving,
`gamma_gamma` of spend; each is fitted by `fitting`, on one row for all who share a history, and `integrals` keeps their
sums safe. `spend` says whether Gamma-Gamma may be used. `predict` foretells a time of each customer, with intervals.

Never here: a discount, a margin, or what should be done about anybody.
"""

from helpers.value.bgnbd import BGNBD, fit_bgnbd
from helpers.value.fitting import FEWEST, Fitted
from helpers.value.gamma_gamma import GammaGamma, Spends, fit_gamma_gamma
from helpers.value.history import Histories, group, histories
from helpers.value.pareto_nbd import ParetoNBD, fit_pareto_nbd
from helpers.value.predict import Forecast, Range, coverage, forecast
from helpers.value.spend import Spending, learn_spending

__all__ = [
    "BGNBD", "FEWEST", "Fitted", "Forecast", "GammaGamma", "Histories", "ParetoNBD", "Range", "Spending", "Spends",
    "coverage", "fit_bgnbd", "fit_gamma_gamma", "fit_pareto_nbd", "forecast", "group", "histories", "learn_spending",
]  # fmt: skip
