"""BG/NBD on 23,570 made-up customers, as many as CDNOW has, against the published method of package lifetimes.

The package is not pinned, so its method is written here: the likelihood of every single customer, in the four terms of
Fader, Hardie and Lee (2005), minimised over the logarithms of the parameters by scipy from a start of 0.1 each with its
default tolerances: by Nelder and Mead's simplex, as its versions up to 0.9 did, and by BFGS as later ones do, with
scipy's differences in place of their automatic gradient. The house takes the likelihood once for all who share a
history, from three starts, and adds what is uncertain of the parameters, which the alternatives here leave out. All
take turns in one process on one thread, on the same customers; shown is the median over rounds, and the median of the
ratios of each round. All must reach the same likelihood.
"""

from __future__ import annotations

import statistics
import sys
from time import perf_counter

import numpy as np
from scipy.optimize import minimize
from scipy.special import gammaln
from threadpoolctl import threadpool_limits

from helpers.value import BGNBD, Histories, fit_bgnbd

TRUTH = BGNBD(0.243, 4.414, 0.793, 2.426)  # of the published sample
ROUNDS, AIM = 5, 1.0
SAID = {
    "house": "house, one row a history",
    "Nelder-Mead": "every customer, Nelder-Mead",
    "BFGS": "every customer, BFGS",
}


def customers(count: int, seed: int = 1) -> Histories:
    """Histories in whole days over weeks, of people who first buy in twelve weeks and are watched for 27 to 39."""
    rng = np.random.default_rng(seed)
    age = rng.integers(27 * 7, 39 * 7, count)
    rate, leaves = rng.gamma(TRUTH.r, 1 / TRUTH.alpha, count), rng.beta(TRUTH.a, TRUTH.b, count)
    day, last, frequency = np.zeros(count), np.zeros(count), np.zeros(count)
    there = np.ones(count, dtype=bool)
    while there.any():
        day[there] += np.maximum(1, np.round(7 * rng.exponential(1 / rate[there])))
        there &= day <= age
        last[there] = day[there]
        frequency[there] += 1
        there &= rng.random(count) >= leaves
    return Histories(frequency, last / 7, age / 7, np.ones(count))


def loss(logs: np.ndarray, rows: Histories) -> float:
    """Minus the mean log-likelihood in the four terms of the paper, customer by customer."""
    r, alpha, a, b = np.exp(logs)
    x = rows.frequency
    first = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    second = gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
    third = -(r + x) * np.log(alpha + rows.age)
    fourth = np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(rows.recency + alpha)
    largest = np.maximum(third, fourth)
    either = np.log(np.exp(third - largest) + np.exp(fourth - largest) * (x > 0)) + largest
    return -float((first + second + either).mean())


def fit(how: str, rows: Histories) -> tuple[float, float]:
    """Seconds that one way takes, and the log-likelihood that it reaches."""
    begun = perf_counter()
    if how == "house":
        reached = fit_bgnbd(rows).log_likelihood
    else:
        start = np.log(np.full(4, 0.1))
        found = minimize(loss, start, args=(rows,), method=how, options={"maxiter": 2_000})
        reached = -found.fun * len(rows.age)
    return perf_counter() - begun, reached


def main(sizes: list[int]) -> None:
    """Measure each size and print the table."""
    for count in sizes:
        rows = customers(count)
        with threadpool_limits(limits=1):
            rounds = [{how: fit(how, rows) for how in SAID} for _ in range(ROUNDS)]
        reached = {how: rounds[0][how][1] for how in SAID}
        assert max(reached.values()) - min(reached.values()) < 1, reached
        show(f"BG/NBD, {count:,} customers", rounds)


def show(title: str, rounds: list[dict[str, tuple[float, float]]]) -> None:
    """Print the median seconds of each way, and the house's to them."""
    print(f"\n{title:<62} {'seconds':>8} {'house to it':>11} {'aim':>5}")
    for how, said in SAID.items():
        seconds = statistics.median(each[how][0] for each in rounds)
        ratio = statistics.median(each["house"][0] / each[how][0] for each in rounds)
        shown = ("", "") if how == "house" else (f"{ratio:.2f}", AIM)
        print(f"{said:<62} {seconds:>8.2f} {shown[0]:>11} {shown[1]:>5}")


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [23_570])
