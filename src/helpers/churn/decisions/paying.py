"""What contacting pays: on people of whom it is known what became, and today, among those who may be written to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.churn.decisions.money import (
    POLICIES,
    RIVALS,
    Contact,
    Savings,
    cost_curve,
    judge_savings,
    learned_threshold,
)
from helpers.churn.decisions.said import Said
from helpers.churn.decisions.today import Today, divide, may_be_written_to
from helpers.churn.panel import Panel
from helpers.privacy import MINIMUM
from helpers.statistics import Estimate

if TYPE_CHECKING:
    from helpers.datasets import Shop

Mask = NDArray[np.bool_]

# Said because a frame without rows, where nothing can be said of money, has types too.
_COLUMNS = {"policy": "str", "metric": "str"} | dict.fromkeys(Estimate._fields, "float64")
_COLUMNS |= {"n": "int64", "method": "str"}


class Reach(NamedTuple):
    """How many of the test people may be written to, by what is known today.

    Attributes:
        may: People who may.
        of: All of them.
    """

    may: int
    of: int

    @property
    def enough(self) -> bool:
        """Whether so many may be written to that a saving can be judged among them."""
        return self.may >= MINIMUM


class Money(NamedTuple):
    """What contacting pays.

    Attributes:
        reach: How many of the test people may be written to. Curve and savings are of these; of all test people where
            these are fewer than 10, or all but fewer than 10.
        listed: Whether each test person is one of these from whose probability on a contact pays, shape (n,).
        curve: As `cost_curve` gives it.
        savings: What each way of choosing whom to contact saves.
        today: Whom to contact now, and whom to leave alone.
    """

    reach: Reach
    listed: Mask
    curve: pd.DataFrame
    savings: Savings
    today: Today


def pay(shop: Shop, panel: Panel, said: Said, contact: Contact, *, draws: int, seed: int) -> Money:
    """What contacting pays, on the test people and today.

    Args:
        shop: An open data set whose profiles are written.
        panel: The people of one population.
        said: What is said of them.
        contact: What is assumed of a contact.
        draws: Bootstrap draws of the people, shared by all ways of choosing.
        seed: Seed of the draws.
    """
    may = may_be_written_to(shop, panel.test)
    own = judged_among(may)
    test, probability = panel.test[own], said.test[own]
    learned = contact.threshold
    if len(said.held):
        learned = learned_threshold(said.held["churned"], said.held["probability"], contact)
    return Money(
        reach=Reach(int(may.sum()), len(may)),
        listed=own & (said.test >= contact.threshold),
        curve=cost_curve(test["churned"], probability, contact),
        savings=judge_savings(test, probability, contact, learned=learned, draws=draws, seed=seed),
        today=divide(said.current, may_be_written_to(shop, panel.current), contact),
    )


def judged_among(may: Mask) -> Mask:
    """Those who may be written to; all where these, or the others, are so few that nothing may be told of them."""
    few = may.sum() < MINIMUM or (~may).sum() < MINIMUM
    return np.ones(may.size, dtype=bool) if few else may


def told(savings: Savings) -> tuple[str, ...]:
    """The policies whose savings may be told, in their order.

    Left out is one whose list holds, or leaves, 1 to 9 people, or differs by so few from one that is told: the
    difference of two savings would tell what became of them.
    """
    everybody = savings.listed["everybody"]
    known, kept = [0, everybody], {"everybody"}
    for policy in ("threshold", *savings.thresholds):
        if all(abs(savings.listed[policy] - each) not in range(1, MINIMUM) for each in known):
            known.append(savings.listed[policy])
            kept.add(policy)
    if "threshold" in kept:
        kept.add("recency")  # its list is as long, and all are known to be longest silent
    return tuple(policy for policy in POLICIES if policy in kept)


def savings_frame(savings: Savings | None) -> pd.DataFrame:
    """Savings as rows of table `churn_savings`; none where nothing can be said of money."""
    rows = []
    if savings is not None:
        rows = [(policy, "saving", savings.per_1000[policy]) for policy in POLICIES]
        rows += [(policy, "gain", savings.gains[policy]) for policy in RIVALS]
    frame = pd.DataFrame([(policy, metric, *each) for policy, metric, each in rows], columns=list(_COLUMNS))
    return frame.astype(_COLUMNS).drop(columns="numerator")
