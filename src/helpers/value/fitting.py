"""Maximum likelihood of a few positive parameters: several starts, a check that it is a maximum, and how sure it is.

Parameters are looked for on a log scale. Their covariance there is the inverse of the observed information: the
curvature of the log-likelihood at its maximum, by central differences (Efron and Hinkley, 1978, Biometrika 65).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.stats import norm
from threadpoolctl import threadpool_limits

from helpers.errors import NothingToDo, WrongUse
from helpers.statistics import Estimate, check_level

Floats = NDArray[np.float64]
Model = TypeVar("Model")

FEWEST = 100  # customers below whom no model of a population is fitted

_REACH = np.log(1e5)  # how far from the first start a parameter may go
_SLOPE_STEP, _CURVE_STEP = 1e-5, 2e-3  # of a logarithm; the wider one, as rounding is divided by its square
_LIKELY, _CLIMBED = 1e-4, 1e-9  # changes of the mean log-likelihood at which a start is compared, and climbing ends
_AT_BOUND = 1e-6
_NEAR_TOP = 1e-3  # log-likelihood that may be missing to the top: a parameter is then within 0.05 standard errors
_LEAST_TOLD = 0.25  # curvature below which a parameter is known to no better than a factor of 50 either way
_NEWTON_STEPS = 12
_LONGEST_STEP = 1.0


class Fitted(NamedTuple, Generic[Model]):
    """A model at its maximum of likelihood.

    Attributes:
        model: Its parameters.
        covariance: Of their logarithms, shape (parameters, parameters); 0 where a parameter is held.
        log_likelihood: Of all customers.
        people: Customers that it was fitted on.
        held: Parameters that data do not tell, held where they are: any other would do, or a more extreme one better.
    """

    model: Model
    covariance: Floats
    log_likelihood: float
    people: int
    held: tuple[str, ...]

    def estimate(self, name: str, *, level: float = 0.95) -> Estimate:
        """A parameter with Wald's interval of its logarithm; without one where it is held.

        Raises:
            WrongUse: If the model has no such parameter, or the level is not between 0 and 1.
        """
        check_level(level)
        names = list(self.model._fields)
        if name not in names:
            raise WrongUse(f"{name!r} is no parameter; there are {', '.join(names)}.")
        value, error = float(getattr(self.model, name)), float(np.sqrt(self.covariance.diagonal()[names.index(name)]))
        reach = np.exp(norm.isf((1 - level) / 2) * error)
        lo, hi = (None, None) if name in self.held else (float(value / reach), float(value * reach))
        return Estimate(value, lo, hi, level, self.people, "maximum likelihood, Wald interval of the logarithm")

    def slopes(self, figure: Callable[[Model], Floats]) -> Floats:
        """What a figure changes by with the logarithm of each parameter.

        Args:
            figure: Of a model whose parameters have shape (k, 1), in shape (k, rows).

        Returns:
            Shape (parameters, rows).
        """
        return _slopes(lambda logs: figure(type(self.model)(*np.exp(logs).T[..., None])), np.log(self.model))

    def draws(self, count: int, rng: np.random.Generator) -> Model:
        """The model with parameters as the data leave them uncertain, shape (count, 1) each."""
        with threadpool_limits(limits=1):
            logs = rng.multivariate_normal(np.log(self.model), self.covariance, size=count, method="eigh")
        return type(self.model)(*np.exp(logs).T[..., None])


def maximise(
    kind: Callable[..., Model], rows: Any, starts: Sequence[Sequence[float]], *, lowest: Sequence[float] | None = None
) -> Fitted[Model]:
    """The parameters under which customers are likeliest.

    Args:
        kind: A named tuple of parameters with a method `log_likelihood` of rows, which takes parameters of shape
            (k, 1) and then answers in shape (k, rows).
        rows: What the method takes; its column `people` says how many customers a row stands for.
        starts: Parameters to begin with, once each; the search reaches 100,000 times as far from the first.
        lowest: Lower bounds of the parameters, where the model needs any.

    Raises:
        NothingToDo: If there are fewer than `FEWEST` customers, or no maximum is found.
    """
    people = int(rows.people.sum())
    if people < FEWEST:
        raise NothingToDo(f"There are {people:,} customers to learn from; {FEWEST} are needed.")

    def total(logs: Floats) -> Floats:
        return kind(*np.exp(logs).T[..., None]).log_likelihood(rows) @ rows.people

    first = np.log(starts[0])
    low = first - _REACH if lowest is None else np.maximum(first - _REACH, np.log(lowest))
    bounds = np.stack([low, first + _REACH], axis=1)
    with threadpool_limits(limits=1):
        found = [_climb(total, np.clip(np.log(start), *bounds.T), bounds, people, _LIKELY) for start in starts]
        logs = max(found, key=lambda each: float(total(each[None])[0]))
        logs = _climb(total, logs, bounds, people, _CLIMBED)
        logs, curvature, free = _polish(total, logs, bounds)
    covariance = np.zeros((len(logs), len(logs)))
    covariance[np.ix_(free, free)] = np.linalg.inv(-curvature)
    model = kind(*(float(each) for each in np.exp(logs)))
    held = tuple(name for name, moves in zip(model._fields, free, strict=True) if not moves)
    return Fitted(model, covariance, float(total(logs[None])[0]), people, held)


def _climb(total: Callable[[Floats], Floats], start: Floats, bounds: Floats, people: int, tolerance: float) -> Floats:
    """Near to the top from a start, by L-BFGS-B on the mean log-likelihood."""
    ahead = np.concatenate([np.zeros((1, len(start))), _SLOPE_STEP * np.eye(len(start))])

    def loss(logs: Floats) -> tuple[float, Floats]:
        here, *there = total(logs + ahead) / people  # differences to one side will do, as Newton's steps follow
        return -float(here), (here - np.array(there)) / _SLOPE_STEP

    return minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"ftol": tolerance}).x


def _polish(total: Callable[[Floats], Floats], logs: Floats, bounds: Floats) -> tuple[Floats, Floats, NDArray[np.bool]]:
    """The top by Newton's steps, curvature there, and which parameters are free: told by data, and within bounds."""
    free = (logs - bounds[:, 0] > _AT_BOUND) & (bounds[:, 1] - logs > _AT_BOUND)
    for _ in range(_NEWTON_STEPS):
        slopes, curvature = _slopes(total, logs)[free], _curvature(total, logs, free)
        if not free.any() or not np.isfinite(curvature).all():
            break
        values, vectors = np.linalg.eigh(curvature)
        if values[-1] > -_LEAST_TOLD:  # the flattest way; what leads along it is held where it is
            if values[-1] > _LEAST_TOLD:
                break
            free[np.flatnonzero(free)[np.abs(vectors[:, -1]).argmax()]] = False
            continue
        step = -np.linalg.solve(curvature, slopes)
        near = slopes @ step / 2 < _NEAR_TOP
        step *= min(1.0, _LONGEST_STEP / np.abs(step).max())
        logs = logs.copy()
        logs[free] = np.clip(logs[free] + step, *bounds[free].T)
        if near:
            return logs, curvature, free
    raise NothingToDo("The purchases of these customers do not tell the model's parameters apart: no best ones exist.")


def _slopes(figure: Callable[[Floats], Floats], logs: Floats) -> Floats:
    steps = _SLOPE_STEP * np.eye(len(logs))
    up, down = np.split(figure(np.concatenate([logs + steps, logs - steps])), 2)
    return (up - down) / (2 * _SLOPE_STEP)


def _curvature(total: Callable[[Floats], Floats], logs: Floats, free: NDArray[np.bool]) -> Floats:
    """Second derivatives by the free parameters, all pairs in one call."""
    steps = _CURVE_STEP * np.eye(len(logs))[free]
    size = len(steps)
    both, across = (steps[:, None] + steps).reshape(-1, len(logs)), (steps[:, None] - steps).reshape(-1, len(logs))
    points = np.concatenate([logs + both, logs - both, logs + across, logs - across])
    ends = total(points).reshape(4, size, size)
    return (ends[0] + ends[1] - ends[2] - ends[3]) / (4 * _CURVE_STEP**2)
