"""A metric of one's own put to the test: does it say who orders next, and does it add to what is known of them?"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from helpers import profiles
from helpers.churn.features import FEATURES
from helpers.churn.linear import logistic
from helpers.churn.panel import buyers_after, customers, label, people_at
from helpers.errors import NothingToDo
from helpers.reporting import formats
from helpers.statistics import Estimate, auc, resample

if TYPE_CHECKING:
    import ibis

    from helpers.datasets import Shop
    from helpers.datasets.own_metrics import Own

PERIOD_DAYS = 30
SAMPLE, DRAWS, SEED = 20_000, 1_000, 1
FEWEST = 20


class Tried(NamedTuple):
    """What a metric of one's own is worth.

    Attributes:
        metric: The metric.
        by_cutoff: One row a cutoff: people, missing (share), lower quarter, median, upper quarter.
        test: The cutoff that it is judged at; what it is worth is learned at an earlier one.
        alone: Pairs of a customer who orders in the next 30 days and one who does not that the metric orders right.
        recency: The same for days since the last order.
        over_recency: The difference, on the same draws.
        added: What the metric adds to a churn score on what profiles tell, as a difference of the same measure.
    """

    metric: Own
    by_cutoff: pd.DataFrame
    test: date
    alone: Estimate
    recency: Estimate
    over_recency: Estimate
    added: Estimate

    def __str__(self) -> str:
        """The answer in sentences."""
        shown = partial(formats.interval, form=partial(formats.number, digits=3))
        latest, customers = self.by_cutoff.iloc[-1], formats.people(self.alone.n)
        return "\n".join(
            [
                f"{self.metric.name}: {self.metric.meaning}",
                f"Missing for {formats.percent(latest.missing)} of {formats.people(latest.people)} people on "
                f"{formats.date(latest.name)}; median {formats.number(latest['median'])}.",
                f"Who orders in the {PERIOD_DAYS} days from {formats.date(self.test)}, of {customers} customers:",
                f"  AUC alone {shown(self.alone)}; of recency {shown(self.recency)}",
                f"  difference {shown(self.over_recency)}",
                f"  added to a churn score {shown(self.added)}",
            ]
        )


def try_metric(shop: Shop, metric: Own) -> Tried:
    """Judge a metric of one's own on customers of the latest month whose next 30 days are over.

    Its direction, and the score it is added to, are learned at the month before, whose 30 days end by then. At most
    20,000 customers are looked at, the same for equal data.

    Args:
        shop: An open data set whose profiles are built.
        metric: From `helpers.datasets.own_metrics`.

    Raises:
        NothingToDo: If the history is too short, or too few customers order, or too few do not.
    """
    months = profiles.month_starts(shop)
    over = [month for month in months if month + timedelta(days=PERIOD_DAYS) <= shop.as_of]
    earlier = [month for month in over if over and month + timedelta(days=PERIOD_DAYS) <= over[-1]]
    if not earlier:
        raise NothingToDo("Two months whose next 30 days are over are needed: one to learn from, one to judge by.")
    seen = profiles.as_then(shop, months)
    values = profiles.own_values(shop, metric, months, seen=seen).cache()
    people = shop.frame(customers(profiles.panel(shop, [earlier[-1], over[-1]], seen=seen)))
    learn, judge = (_customers(shop, people, values, cutoff) for cutoff in (earlier[-1], over[-1]))
    for when, people in (("to learn from", learn), ("to judge by", judge)):
        if min(people["churned"].sum(), (1 - people["churned"]).sum()) < FEWEST:
            raise NothingToDo(f"Fewer than {FEWEST} customers order, or do not, in the 30 days {when}.")
    return Tried(metric, _by_cutoff(shop, values), over[-1], *_judged(learn, judge))


def _customers(shop: Shop, people: pd.DataFrame, values: ibis.Table, cutoff: date) -> pd.DataFrame:
    """Customers at a cutoff: `FEATURES`, value and churned; a fixed sample where there are many."""
    people = people_at(people[people["cutoff"] == cutoff], cutoff=cutoff)
    own = shop.frame(values.filter(values.cutoff == cutoff).drop("cutoff"))
    people = label(people.merge(own, on="profile_id", how="left"), buyers_after(shop, cutoff, PERIOD_DAYS))
    # By what people are like, so that neither the sample nor a draw depends on how the engine delivers rows.
    people = people.sort_values([*FEATURES, "value", "churned"], kind="stable", ignore_index=True)
    if len(people) <= SAMPLE:
        return people
    rows = np.random.default_rng(SEED).choice(len(people), size=SAMPLE, replace=False)
    return people.iloc[np.sort(rows)].reset_index(drop=True)


def _by_cutoff(shop: Shop, values: ibis.Table) -> pd.DataFrame:
    spread = {name: values.value.quantile(share) for name, share in (("lower", 0.25), ("median", 0.5), ("upper", 0.75))}
    found = values.group_by("cutoff").aggregate(people=values.count(), known=values.value.count(), **spread)
    frame = shop.frame(found.order_by("cutoff")).set_index("cutoff")
    frame.insert(1, "missing", 1 - frame.pop("known") / frame["people"])
    return frame


def _judged(learn: pd.DataFrame, judge: pd.DataFrame) -> tuple[Estimate, ...]:
    """alone, recency, over_recency and added."""
    middle = learn["value"].median()
    known = {"learn": learn["value"].fillna(middle).fillna(0), "judge": judge["value"].fillna(middle).fillna(0)}
    orders = 1 - judge["churned"].to_numpy()
    upward = float(auc(1 - learn["churned"], known["learn"])) >= 0.5
    with threadpool_limits(limits=1):  # sums over several threads come in no fixed order
        scores = {
            name: logistic()
            .fit(learn[columns].to_numpy(float), 1 - learn["churned"])
            .predict_proba(judge[columns].to_numpy(float))[:, 1]
            for name, columns in (("without", FEATURES), ("with", [*FEATURES, "value"]))
        }
    scores["alone"] = known["judge"].to_numpy() * (1 if upward else -1)
    scores["recency"] = -judge["days_since_last_order"].to_numpy(float)
    statistics = {name: partial(auc, orders, score) for name, score in scores.items()}
    draws = resample(statistics, n=len(judge), draws=DRAWS, seed=SEED)
    over, added = draws.difference("alone", "recency"), draws.difference("with", "without")
    return draws.estimate("alone"), draws.estimate("recency"), over, added
