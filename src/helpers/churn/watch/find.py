"""From a panel and what was learned from it to the watch: the recommended model, on the people that decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.churn.cutoffs import watched_days
from helpers.churn.features import FEATURES
from helpers.churn.ladder import members
from helpers.churn.panel import Panel
from helpers.churn.saved import Saved
from helpers.churn.watch.drift import PROBABILITY
from helpers.churn.watch.retraining import Watched, watch

if TYPE_CHECKING:
    from helpers.datasets import Shop


DRAWS, SEED = 1_000, 1


def look(shop: Shop, panel: Panel, models: Saved, *, draws: int = DRAWS, seed: int = SEED) -> Watched:
    """Hold people of the days up to as_of, and their scores, against those up to the test cutoff; writes table `drift`.

    Watched are the people that decide, and all customers where nobody of them is there on the days of then or of now.

    Args:
        shop: An open data set.
        panel: With people of the watched days, and those of the newest cutoff whose horizon is over.
        models: Just learned, or read again; with one population or more.
        draws: Bootstrap draws of the people of the test cutoff.
        seed: Seed of the draws, and of splits of the days by chance.
    """
    headline, days = models.about["headline"], watched_days(panel.cutoffs)
    there = members(panel.watched, headline)["cutoff"]
    population = headline if all(there.isin(own).any() for own in days) else "all"
    model = models.models[population][models.rung]
    watched, test = (
        people.assign(**{PROBABILITY: model.scores(people).probability})
        for people in (members(panel.watched, population), members(panel.test, population))
    )
    then, now = (watched[watched["cutoff"].isin(own)] for own in days)
    found = watch(then, now, test.assign(rule=test["days_since_last_order"]), features=FEATURES, draws=draws, seed=seed)
    shop.write("drift", found.tests)
    return found
