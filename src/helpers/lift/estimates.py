"""Level, difference and ratio of one metric, by the way that its kind has; or why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from helpers.lift.adjusting import Adjustment
from helpers.statistics import (
    Estimate,
    Joint,
    Moments,
    Successes,
    difference_of_means,
    difference_of_proportions,
    difference_of_quantiles,
    mean,
    p_of_difference_of_means,
    p_of_difference_of_proportions,
    proportion,
    ratio_of_means,
    ratio_of_proportions,
    ratio_of_quantiles,
)

CONVERSIONS = 100  # fewer in an arm, and a ratio to the control says more of chance than of the arm
TOO_FEW = "no estimate: too few people in an arm"
NOT_ABOVE_ZERO = "no estimate: an arm's total is not above zero"
FEW_CONVERSIONS = f"no estimate: under {CONVERSIONS} people of an arm did it"


class Shares:
    """A share of people, by arm."""

    removed = None

    def __init__(self, samples: Mapping[str, Joint | Moments], level: float) -> None:
        self._counts = {arm: Successes(each.n, round(each.total)) for arm, each in samples.items() if each.n}
        self._level = level

    def refused(self, scale: str, arms: Sequence[str]) -> str:
        """Why there is no estimate on a scale; empty where there is one."""
        if not self._counts.keys() >= set(arms):
            return TOO_FEW
        return _no_ratio([self._counts[arm].successes for arm in arms]) if scale == "ratio" else ""

    def level(self, arm: str) -> Estimate:
        """Share of an arm."""
        return proportion(*self._counts[arm], level=self._level)

    def diff(self, arm: str, control: str) -> Estimate:
        """Share of an arm minus that of the control."""
        return difference_of_proportions(self._counts[arm], self._counts[control], level=self._level)

    def ratio(self, arm: str, control: str) -> Estimate:
        """Share of an arm divided by that of the control."""
        return ratio_of_proportions(self._counts[arm], self._counts[control], level=self._level)

    def p(self, arm: str, control: str) -> float:
        """Two-sided p-value of the difference."""
        return p_of_difference_of_proportions(self._counts[arm], self._counts[control])


class Means:
    """A mean a person, or what was made one, by arm; comparisons are of adjusted means."""

    def __init__(self, samples: Mapping[str, Joint | Moments], known: Adjustment, level: float) -> None:
        self._samples, self._known, self._level = samples, known, level
        self.removed = known.removed

    def refused(self, scale: str, arms: Sequence[str]) -> str:
        """Why there is no estimate on a scale; empty where there is one."""
        if not self._known.adjusted.keys() >= set(arms):
            return TOO_FEW if min(self._samples[arm].n for arm in arms) < 2 else NOT_ABOVE_ZERO
        if scale != "ratio":
            return ""
        if min(self._known.adjusted[arm].total for arm in arms) <= 0:
            return NOT_ABOVE_ZERO
        return _no_ratio([each.nonzero for arm in arms if isinstance(each := self._samples[arm], Joint)])

    def level(self, arm: str) -> Estimate:
        """Mean of an arm as it is."""
        return _named(mean(*self._known.plain[arm], level=self._level), self._known.how)

    def diff(self, arm: str, control: str) -> Estimate:
        """Mean of an arm minus that of the control."""
        return self._compared(difference_of_means(*self._pair(arm, control), level=self._level))

    def ratio(self, arm: str, control: str) -> Estimate:
        """Mean of an arm divided by that of the control."""
        return self._compared(ratio_of_means(*self._pair(arm, control), level=self._level))

    def p(self, arm: str, control: str) -> float:
        """Two-sided p-value of the difference."""
        return p_of_difference_of_means(*self._pair(arm, control))

    def _pair(self, arm: str, control: str) -> tuple[Moments, Moments]:
        return self._known.adjusted[arm], self._known.adjusted[control]

    def _compared(self, estimate: Estimate) -> Estimate:
        named = _named(estimate, self._known.how)
        return named if self.removed is None else _named(named, "CUPED")


class Quantiles:
    """A quantile of people's values, by arm; its differences have no test of their own."""

    removed = None

    def __init__(self, found: Mapping[str, Estimate]) -> None:
        self._found = found

    def refused(self, scale: str, arms: Sequence[str]) -> str:
        """Why there is no estimate on a scale; empty where there is one."""
        if not self._found.keys() >= set(arms):
            return TOO_FEW
        return NOT_ABOVE_ZERO if scale == "ratio" and min(self._found[arm].value for arm in arms) <= 0 else ""

    def level(self, arm: str) -> Estimate:
        """Quantile of an arm."""
        return self._found[arm]

    def diff(self, arm: str, control: str) -> Estimate:
        """Quantile of an arm minus that of the control."""
        return difference_of_quantiles(self._found[arm], self._found[control])

    def ratio(self, arm: str, control: str) -> Estimate:
        """Quantile of an arm divided by that of the control."""
        return ratio_of_quantiles(self._found[arm], self._found[control])

    def p(self, *_: str) -> None:
        """No p-value."""
        return


def _no_ratio(counts: Sequence[int]) -> str:
    """Why too few people that count forbid a ratio; empty where they do not."""
    if not counts or min(counts) >= CONVERSIONS:
        return ""
    return FEW_CONVERSIONS if min(counts) else NOT_ABOVE_ZERO


def _named(estimate: Estimate, how: str) -> Estimate:
    """An estimate whose method also says what was done to the sample."""
    return estimate._replace(method=f"{estimate.method}, {how}") if how else estimate
