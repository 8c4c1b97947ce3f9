"""Two integrals of the models that closed forms with hypergeometric functions lose for large counts or long times.

Both add up positive or well-scaled terms at fixed points, so that nothing overflows or cancels. Points are gone through
one by one, each for all rows at once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaln, log_expit

Floats = NDArray[np.float64]

_POINTS = 192
_FAR = 25.0  # where e^-25 is left, nothing is
_LEGENDRE = np.polynomial.legendre.leggauss(32)


def mean_until_leaving(r: ArrayLike, growth: ArrayLike, a: ArrayLike, b: ArrayLike) -> Floats:
    """Mean of (1 - (1 + growth p)^-r) / p over a beta distribution of p, to about ten digits.

    By the trapezoidal rule in the logit of p, exponentially exact for what is smooth and dies away (Trefethen and
    Weideman, 2014, SIAM Review 56, 385-458). A line through both ends of the figure is taken off before, whose mean is
    known: the rest dies away at both ends however small a and b are.

    Args:
        r: Above 0.
        growth: At least 0.
        a: First parameter of the beta distribution, above 0.
        b: Second parameter, above 0.

    Returns:
        In the shape to which the four broadcast.
    """
    r, growth, a, b = np.broadcast_arrays(*(np.asarray(each, dtype=np.float64) for each in (r, growth, a, b)))
    first, last = r * growth, -np.expm1(-r * np.log1p(growth))
    middle = np.log((a + 1) / (b + 1))
    spread = 7 * np.sqrt(1 / (a + 1) + 1 / (b + 1))
    turn = np.log1p(growth * np.maximum(r, 1))  # minus the logit near which the figure turns from its first value
    low = middle - spread - np.minimum(_FAR / a, np.maximum(middle + turn, 0) + _FAR / (a + 1))
    high = middle + spread + _FAR / (b + 1)
    scale, total = betaln(a, b), np.zeros(r.shape)
    for share in np.arange(_POINTS) / (_POINTS - 1):
        logit = low + (high - low) * share
        log_p = log_expit(logit)
        log_rest, p = log_p - logit, np.exp(log_p)
        figure = -np.expm1(-r * np.log1p(growth * p)) / p - first * np.exp(log_rest) - last * p
        total += np.exp(a * log_p + b * log_rest - scale) * figure
    return (first * b + last * a) / (a + b) + total * (high - low) / (_POINTS - 1)


def log_span(start: Floats, end: Floats, nearer: Floats, farther: Floats, powers: tuple[Floats, Floats]) -> Floats:
    """Logarithm of the integral of (nearer + u)^-powers[0] (farther + u)^-powers[1] over u from start to end.

    By Gauss-Legendre with 32 points in the logarithm of nearer + u, up to where nothing is left.

    Args:
        start: At least 0.
        end: At least start; where equal, the answer is minus infinity.
        nearer: Above 0.
        farther: At least nearer.
        powers: Above 0.

    Returns:
        In the shape to which all broadcast.
    """
    near, far = nearer + start, farther + start
    low, high = powers
    falls = low - 1 + high * near / far  # how fast the logarithm falls at the start; later it falls faster
    reach = np.log1p((end - start) / near)
    reach = np.minimum(reach, 40 / np.maximum(falls, 1e-9))
    total = np.zeros(reach.shape)
    for point, weight in zip((_LEGENDRE[0] + 1) / 2, _LEGENDRE[1] / 2, strict=True):
        gone = reach * point
        total += weight * np.exp((1 - low) * gone - high * np.log1p(np.expm1(gone) * near / far))
    with np.errstate(divide="ignore"):
        return np.log(total) + np.log(reach) + (1 - low) * np.log(near) - high * np.log(far)
