"""Several variables of the same units as sums: ratios by the delta method, and variance that covariates explain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from helpers.errors import WrongUse
from helpers.statistics.estimate import Moments, check


class Joint(NamedTuple):
    """A sample of k variables as sums, the first of them the one that is asked about.

    Attributes:
        n: Units measured.
        totals: Sum of each variable, k of them.
        products: Sums of the products of each two variables, k rows of k; symmetric, squares on the diagonal.
        nonzero: Units whose first variable is not 0, None where they were not counted.
    """

    n: int
    totals: tuple[float, ...]
    products: tuple[tuple[float, ...], ...]
    nonzero: int | None = None

    @property
    def total(self) -> float:
        """Sum of the first variable."""
        return self.totals[0]

    @property
    def squares(self) -> float:
        """Sum of the squares of the first variable."""
        return self.products[0][0]

    @property
    def moments(self) -> Moments:
        """The first variable by itself."""
        return Moments(self.n, self.total, self.squares)

    def transformed(self, weights: Sequence[Sequence[float]], constants: Sequence[float]) -> Joint:
        """Sums of linear functions of the variables, exact without a look at any unit.

        Args:
            weights: Shape (m, k), one row a new variable.
            constants: Shape (m,), what is added to each new variable of every unit.

        Returns:
            The m new variables.
        """
        w, c, t = np.asarray(weights, float), np.asarray(constants, float), np.asarray(self.totals)
        rotated = w @ t
        crossed = np.outer(rotated, c)
        products = w @ np.asarray(self.products) @ w.T + crossed + crossed.T + self.n * np.outer(c, c)
        # rounding may leave a square just below 0
        products[np.diag_indices_from(products)] = np.maximum(np.diag(products), 0.0)
        totals = rotated + self.n * c
        return Joint(self.n, tuple(totals.tolist()), tuple(map(tuple, products.tolist())), self.nonzero)


class Adjusted(NamedTuple):
    """Samples without what their covariates explain.

    Attributes:
        samples: Sums of each adjusted sample.
        removed: Share of the outcome's variance within samples that went, between 0 and 1.
    """

    samples: dict[str, Moments]
    removed: float


def linearised(sample: Joint) -> Moments:
    """A ratio of two totals, such as revenue per order, as if it were a mean of one variable: the delta method.

    Each unit's value is the ratio plus what the unit adds to it. Their mean is the ratio of the totals and their
    standard error that of the delta method, so every interval of means serves for ratios too. Where units are
    clusters and the second variable counts their people, it is the cluster-robust interval of a mean per person.

    Args:
        sample: First variable above the fraction line, second below it, with a total above 0.

    Returns:
        Sums of the linearised values, one a unit.

    Raises:
        WrongUse: The second total is not above 0.

    References:
        Deng, A., Knoblich, U. and Lu, J. (2018). Applying the delta method in metric analytics. KDD.

    Example:
        >>> from helpers.statistics import Joint, linearised, mean
        >>> revenue, orders = [30, 0, 90, 20], [1, 0, 2, 1]
        >>> products = [[sum(a * b for a, b in zip(x, y)) for y in (revenue, orders)] for x in (revenue, orders)]
        >>> found = mean(*linearised(Joint(4, (140, 4), products)))
        >>> f"{found.value:.2f} per order ({found.lo:.2f} to {found.hi:.2f})"
        '35.00 per order (11.58 to 58.42)'
    """
    weights, constant = _ratio(sample.n, sample.totals, above=0, below=1)
    return sample.transformed([weights], [constant]).moments


def linearised_with_covariate(samples: Mapping[str, Joint]) -> dict[str, Joint]:
    """Ratios with the same ratio of an earlier time as their covariate, each as one variable, ready for `cuped`.

    The outcome is linearised around its own sample's ratio, the covariate around that of all samples together: what
    was known before must be measured alike in all of them.

    Args:
        samples: Variables of each: above and below the line, then both of the earlier time.

    Returns:
        Two variables of each sample: outcome and covariate.

    Raises:
        WrongUse: A sample's second total, or the fourth of all together, is not above 0.

    Example:
        >>> from helpers.statistics import Joint, linearised_with_covariate
        >>> rows = [[30, 1, 20, 1], [0, 0, 15, 1], [90, 2, 70, 2], [20, 1, 0, 0]]
        >>> columns = list(zip(*rows))
        >>> products = [[sum(a * b for a, b in zip(x, y)) for y in columns] for x in columns]
        >>> both = linearised_with_covariate({"all": Joint(4, [sum(x) for x in columns], products)})["all"]
        >>> [round(total / both.n, 2) for total in both.totals]
        [35.0, 26.25]
    """
    n = sum(each.n for each in samples.values())
    totals = np.sum([each.totals for each in samples.values()], axis=0).tolist()
    before, level_before = _ratio(n, totals, above=2, below=3)
    found = {}
    for name, each in samples.items():
        outcome, level = _ratio(each.n, each.totals, above=0, below=1)
        found[name] = each.transformed([outcome, before], [level, level_before])
    return found


def cuped(samples: Mapping[str, Joint]) -> Adjusted:
    """Take from an outcome what covariates known before the assignment explain of it.

    The slopes are those within samples, pooled, as an analysis of covariance has them. Means stay those of the same
    thing, since covariates have the same mean in all samples but for chance; the gain is a smaller variance.

    Args:
        samples: First variable the outcome, the others its covariates, at least one; two units a sample at least.

    Returns:
        The adjusted samples and the share of variance that went.

    Raises:
        WrongUse: A sample has fewer than two units.

    References:
        Deng, A., Xu, Y., Kohavi, R. and Walker, T. (2013). Improving the sensitivity of online controlled experiments
        by utilizing pre-experiment data. WSDM.

    Example:
        >>> from helpers.statistics import Joint, cuped
        >>> after, before = [3, 5, 9, 11], [1, 2, 4, 5]
        >>> products = [[sum(a * b for a, b in zip(x, y)) for y in (after, before)] for x in (after, before)]
        >>> f"{cuped({'all': Joint(4, (28, 12), products)}).removed:.2f}"
        '1.00'
    """
    for name, each in samples.items():
        check(f"{name} n", each.n, ge=2)
    spread = sum(_spread(each) for each in samples.values())
    slopes = np.linalg.lstsq(spread[1:, 1:], spread[1:, 0], rcond=None)[0]
    n = sum(each.n for each in samples.values())
    centre = sum(np.asarray(each.totals[1:]) for each in samples.values()) / n
    weights, constant = [[1.0, *(-slopes)]], [float(slopes @ centre)]
    adjusted = {name: each.transformed(weights, constant).moments for name, each in samples.items()}
    removed = float(slopes @ spread[1:, 0]) / spread[0, 0] if spread[0, 0] > 0 else 0.0
    return Adjusted(adjusted, min(max(removed, 0.0), 1.0))


def _spread(sample: Joint) -> np.ndarray:
    """Sums of squares and products around the sample's means, shape (k, k)."""
    return np.asarray(sample.products) - np.outer(sample.totals, sample.totals) / sample.n


def _ratio(n: int, totals: Sequence[float], *, above: int, below: int) -> tuple[list[float], float]:
    """Weights of the variables, and a constant, that make one variable of the ratio of two of them."""
    if totals[below] <= 0:
        raise WrongUse(f"total below the fraction line is {totals[below]}; expected above 0.")
    ratio, scale = totals[above] / totals[below], n / totals[below]
    weights = [0.0] * len(totals)
    weights[above], weights[below] = scale, -ratio * scale
    return weights, ratio
