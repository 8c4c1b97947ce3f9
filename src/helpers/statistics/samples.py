"""Whether the samples are what the design promised, before anything is estimated from them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from scipy.stats import chi2

from helpers.errors import WrongUse
from helpers.statistics.estimate import check


class SampleRatio(NamedTuple):
    """Pearson's chi-square test of group sizes against declared shares.

    Attributes:
        p: Probability of sizes at least as uneven, were the shares as declared.
        statistic: Chi-square, without continuity correction.
        degrees: Degrees of freedom, one less than the groups.
        expected: Expected size of each group.
    """

    p: float
    statistic: float
    degrees: int
    expected: dict[str, float]


def sample_ratio(counts: Mapping[str, int], shares: Mapping[str, float] | None = None) -> SampleRatio:
    """Test for a sample ratio mismatch: are the groups as large as their shares say?

    Args:
        counts: Units in each group, 0 for a group that nobody is in; at least two groups, one unit.
        shares: Relative size of each group as designed, any positive scale; equal shares by default.

    Returns:
        The test. Its p is approximate where an expected size is below 5.

    Raises:
        WrongUse: Groups and shares do not match, or a number is out of range.

    References:
        Fabijan, A. et al. (2019). Diagnosing sample ratio mismatch in online controlled experiments. KDD.

    Example:
        >>> from helpers.statistics import sample_ratio
        >>> found = sample_ratio({"control": 5_000, "treatment": 5_400})
        >>> f"expected {found.expected['control']:,.0f} each; chi-square {found.statistic:.1f}, p = {found.p:.5f}"
        'expected 5,200 each; chi-square 15.4, p = 0.00009'
        >>> f"p = {sample_ratio({'control': 940, 'treatment': 60}, {'control': 0.95, 'treatment': 0.05}).p:.2f}"
        'p = 0.15'
    """
    shares = dict.fromkeys(counts, 1.0) if shares is None else dict(shares)
    if set(shares) != set(counts):
        raise WrongUse(f"shares are of groups {sorted(shares)}; expected those of counts, {sorted(counts)}.")
    check("number of groups", len(counts), ge=2)
    for group, count in counts.items():
        check(f"count of {group}", count, ge=0)
        check(f"share of {group}", shares[group], gt=0, lt=math.inf)
    n = sum(counts.values())
    check("sum of counts", n, ge=1)
    expected = {group: n * share / sum(shares.values()) for group, share in shares.items()}
    statistic = sum((counts[group] - size) ** 2 / size for group, size in expected.items())
    degrees = len(counts) - 1
    return SampleRatio(float(chi2.sf(statistic, degrees)), statistic, degrees, expected)
