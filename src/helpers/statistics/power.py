"""What an experiment can find: before it starts, and with the people that it has."""

from __future__ import annotations

import math

from scipy.stats import norm

from helpers.errors import WrongUse
from helpers.statistics.estimate import check, check_level


def power_of_difference(
    effect: float, deviation: float, n_treated: int, n_control: int, *, level: float = 0.95
) -> float:
    """How often an experiment's interval excludes zero, on the side of the effect or the other, if the effect is real.

    Args:
        effect: True difference of means.
        deviation: Standard deviation between units, in the unit of the effect, above 0.
        n_treated: Units of the treated, at least 1.
        n_control: Units of the control, at least 1.
        level: Coverage of the interval, between 0 and 1.

    Returns:
        The power, between 1 - level and 1, by the normal distribution.

    Raises:
        WrongUse: An argument is out of range.

    Example:
        >>> from helpers.statistics import power_of_difference
        >>> f"{power_of_difference(0.5, 2, 250, 250):.2f}"
        '0.80'
    """
    z, distance = _quantile(level), abs(effect) / _error(deviation, n_treated, n_control)
    return float(norm.sf(z - distance) + norm.cdf(-z - distance))


def detectable_difference(
    deviation: float, n_treated: int, n_control: int, *, level: float = 0.95, power: float = 0.8
) -> float:
    """The smallest true difference of means whose interval lies on its side of zero as often as `power` says.

    Args:
        deviation: Standard deviation between units, above 0.
        n_treated: Units of the treated, at least 1.
        n_control: Units of the control, at least 1.
        level: Coverage of the interval, between 0 and 1.
        power: How often it is to be found, above 1 - level and below 1.

    Returns:
        The difference, in the unit of the deviation.

    Raises:
        WrongUse: An argument is out of range.

    Example:
        >>> from helpers.statistics import detectable_difference
        >>> f"{detectable_difference(2, 250, 250):.2f}"
        '0.50'
    """
    error = _error(deviation, n_treated, n_control)
    return (_quantile(level) + _power_quantile(power, level)) * error


def needed_units(
    effect: float, deviation: float, *, treated: float = 0.5, level: float = 0.95, power: float = 0.8
) -> int:
    """How many units, of both arms together, an experiment needs to find an effect as often as `power` says.

    Args:
        effect: True difference of means, not 0.
        deviation: Standard deviation between units, in the unit of the effect, above 0.
        treated: Share of the units that are treated, between 0 and 1.
        level: Coverage of the interval, between 0 and 1.
        power: How often it is to be found, above 1 - level and below 1.

    Returns:
        The units, rounded up.

    Raises:
        WrongUse: An argument is out of range.

    Example:
        >>> from helpers.statistics import needed_units
        >>> needed_units(0.5, 2)
        503
    """
    check("deviation", deviation, gt=0, lt=math.inf)
    check("treated", treated, gt=0, lt=1)
    if not abs(effect) > 0:
        raise WrongUse(f"effect is {effect}; expected one that is not 0.")
    distance = (_quantile(level) + _power_quantile(power, level)) * deviation / abs(effect)
    return math.ceil(distance**2 / (treated * (1 - treated)))


def _error(deviation: float, n_treated: int, n_control: int) -> float:
    """Standard error of a difference of means."""
    check("deviation", deviation, gt=0, lt=math.inf)
    check("n_treated", n_treated, ge=1)
    check("n_control", n_control, ge=1)
    return deviation * math.sqrt(1 / n_treated + 1 / n_control)


def _quantile(level: float) -> float:
    check_level(level)
    return float(norm.isf((1 - level) / 2))


def _power_quantile(power: float, level: float) -> float:
    check("power", power, gt=1 - level, lt=1)
    return float(norm.ppf(power))
