"""Percentile bootstrap of several statistics over the same resampled rows, so their differences are paired.

A draw is a vector of counts: how often each row was drawn. A statistic takes a whole block of such vectors as
weights and returns one number for each, so nothing is copied and no statistic is called once a draw.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from helpers.statistics.estimate import Estimate, check, check_level

Statistic = Callable[[NDArray[np.float64]], NDArray[np.float64]]

_CELLS_PER_BLOCK = 4_000_000  # 32 MB of counts at a time
_CELLS_TOGETHER = 250_000  # 2 MB, which stay near the processor while many statistics are taken of them
_ROUNDING = 1e-12


class Resamples(NamedTuple):
    """Statistics as observed and over the same draws.

    Attributes:
        observed: Value of each statistic on the rows as they are.
        draws: Values of each statistic over the draws, shape (draws,) each.
        n: Number of rows.
    """

    observed: dict[Hashable, float]
    draws: dict[Hashable, NDArray[np.float64]]
    n: int

    def estimate(self, name: Hashable, *, level: float = 0.95, numerator: int | None = None) -> Estimate:
        """A statistic with its percentile interval (Efron and Tibshirani, 1993, chapter 13).

        Args:
            name: The statistic.
            level: Coverage aimed at.
            numerator: Count behind the statistic, where it is a share.

        Returns:
            The estimate, without bounds if the statistic was undefined in a draw or the same in all.
        """
        return self._interval(self.observed[name], self.draws[name], level, "percentile bootstrap", numerator)

    def difference(self, name: Hashable, reference: Hashable, *, level: float = 0.95) -> Estimate:
        """Statistic `name` minus statistic `reference`, both taken on the same draws.

        Args:
            name: The statistic that is looked at.
            reference: The statistic that it is compared with.
            level: Coverage aimed at.

        Returns:
            The estimate, without bounds if a statistic was undefined in a draw or the difference the same in all.
        """
        value = self.observed[name] - self.observed[reference]
        draws = self.draws[name] - self.draws[reference]
        return self._interval(value, draws, level, "paired percentile bootstrap", None)

    def _interval(
        self, value: float, draws: NDArray[np.float64], level: float, method: str, numerator: int | None
    ) -> Estimate:
        check_level(level)
        lo, hi = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2])
        # Draws that are all alike (every row of a list a hit) know nothing of what other rows would bring.
        defined = bool(np.isfinite(draws).all()) and np.ptp(draws) > _ROUNDING
        return Estimate(
            value=value,
            lo=float(lo) if defined else None,
            hi=float(hi) if defined else None,
            level=level,
            n=self.n,
            method=f"{method}, {draws.size:,} draws",
            numerator=numerator,
        )


def resample(statistics: Mapping[Hashable, Statistic], *, n: int, draws: int, seed: int) -> Resamples:
    """Take several statistics over the same bootstrap draws of n rows.

    Args:
        statistics: Each takes weights of shape (draws, n) and returns shape (draws,).
        n: Number of rows (customers) to draw from, at least 1.
        draws: Number of draws, at least 1.
        seed: Seed of the draws; equal seeds give equal draws.

    Returns:
        The statistics as observed (all weights 1) and over the draws.

    Raises:
        WrongUse: If `n` or `draws` is below 1.

    Example:
        >>> import numpy as np
        >>> from helpers.statistics import resample
        >>> old, new = np.array([1.0, 2.0, 3.0, 6.0]), np.array([2.0, 3.0, 3.0, 8.0])
        >>> means = {"old": lambda w: w @ old / w.sum(axis=-1), "new": lambda w: w @ new / w.sum(axis=-1)}
        >>> gained = resample(means, n=4, draws=2_000, seed=1).difference("new", "old")
        >>> f"{gained.value:.2f} ({gained.lo:.2f} to {gained.hi:.2f}), {gained.method}"
        '1.00 (0.25 to 1.75), paired percentile bootstrap, 2,000 draws'
    """

    def each(counts: NDArray[np.float64]) -> dict[Hashable, NDArray[np.float64]]:
        return {name: statistic(counts) for name, statistic in statistics.items()}

    return _over(each, _count_blocks(n=n, draws=draws, seed=seed, cells=_CELLS_PER_BLOCK), n)


def resample_together(
    statistics: Callable[[NDArray[np.float64]], Mapping[Hashable, NDArray[np.float64]]],
    *,
    n: int,
    draws: int,
    seed: int,
) -> Resamples:
    """As `resample`, for statistics that share their work: all of one block of weights are asked for at once.

    Args:
        statistics: Takes weights of shape (draws, n) and returns each statistic by name, shape (draws,).
        n: Number of rows (customers) to draw from, at least 1.
        draws: Number of draws, at least 1.
        seed: Seed of the draws; equal seeds give equal draws, also those of `resample`.

    Returns:
        The statistics as observed (all weights 1) and over the draws.

    Raises:
        WrongUse: If `n` or `draws` is below 1.

    Example:
        >>> import numpy as np
        >>> from helpers.statistics import resample_together
        >>> spend = np.array([1.0, 2.0, 3.0, 6.0])
        >>> def both(weights):
        ...     total = weights @ spend
        ...     return {"total": total, "mean": total / weights.sum(axis=-1)}
        >>> resample_together(both, n=4, draws=200, seed=1).observed
        {'total': 12.0, 'mean': 3.0}
    """
    return _over(statistics, _count_blocks(n=n, draws=draws, seed=seed, cells=_CELLS_TOGETHER), n)


def _over(
    statistics: Callable[[NDArray[np.float64]], Mapping[Hashable, NDArray[np.float64]]],
    counts: Iterator[NDArray[np.float64]],
    n: int,
) -> Resamples:
    blocks = [statistics(block) for block in counts]
    observed = {name: float(value[0]) for name, value in statistics(np.ones((1, n))).items()}
    return Resamples(observed, {name: np.concatenate([block[name] for block in blocks]) for name in observed}, n)


def _count_blocks(*, n: int, draws: int, seed: int, cells: int) -> Iterator[NDArray[np.float64]]:
    """Counts of how often each row was drawn, shape (some draws, n) a block."""
    check("n", n, ge=1)
    check("draws", draws, ge=1)
    rng = np.random.default_rng(seed)
    size = max(1, cells // n)
    for start in range(0, draws, size):
        rows = min(size, draws - start)
        drawn = rng.integers(0, n, size=(rows, n))
        drawn += np.arange(rows)[:, None] * n
        yield np.bincount(drawn.ravel(), minlength=rows * n).reshape(rows, n).astype(np.float64)
