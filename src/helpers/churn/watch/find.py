"""From a panel and what was learned from it to the watch: the recommended model, on the people that decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.churn.cutoffs import watched_days
from helpers.churn.features import FEATURES
from helpers.churn.ladder import Ladder, members
from helpers.churn.panel import Panel
from helpers.churn.watch.drift import PROBABILITY
from helpers.churn.watch.retraining import Watched, watch

if TYPE_CHECKING:
    from helpers.datasets import Shop


def look(shop: Shop, panel: Panel, ladder: Ladder, *, draws: int, seed: int) -> Watched:
    """Hold people of the days up to as_of, and their scores, against those up to the test cutoff; writes table `drift`.

    Args:
        shop: An open data set.
        panel: With people of the watched days.
        ladder: Learned from it, with one population or more.
        draws: Bootstrap draws of the people of the test cutoff.
        seed: Seed of the draws, and of splits of the days by chance.
    """
    days = watched_days(panel.cutoffs)
    model = ladder.populations[ladder.headline].models[ladder.recommended]
    watched, test = (members(people, ladder.headline) for people in (panel.watched, panel.test))
    watched, test = (people.assign(**{PROBABILITY: model.scores(people).probability}) for people in (watched, test))
    then, now = (watched[watched["cutoff"].isin(own)] for own in days)
    test = test.assign(rule=test["days_since_last_order"])
    found = watch(then, now, test, features=FEATURES, draws=draws, seed=seed)
    shop.write("drift", found.tests)
    return found
