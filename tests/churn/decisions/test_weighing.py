from __future__ import annotations

import pandas as pd
import pytest

from helpers.churn import climb
from helpers.churn.decisions.said import say
from helpers.churn.decisions.weighing import see_weights, shares_of_weight
from helpers.churn.trees import fit_boosted
from helpers.churn.weighing import EVEN, PLAIN, SCHEMES, weigh

from ..conftest import halves_of, make_panel
from ..test_weighing import lesson_of, rows_of


def test_shares_say_that_the_busiest_teach_most():
    shares = shares_of_weight(rows_of())
    assert shares.sum().to_numpy() == pytest.approx(1)
    assert shares["people"].to_numpy() == pytest.approx(0.1)
    assert shares.loc[10, PLAIN] == pytest.approx(3 * shares.loc[1, PLAIN])
    assert shares[EVEN].to_numpy() == pytest.approx(0.1)


@pytest.mark.parametrize(("busy_law", "helps"), [(-1.0, True), (1.0, False)])
def test_what_weights_do_to_later_people_is_told_of_both_schemes(busy_law, helps):
    rows = rows_of(busy_law=busy_law)
    lesson, chosen = lesson_of(rows), weigh(halves_of(rows), draws=100)
    later = rows_of(busy_law=busy_law, seed=2).query("cutoff == 3")
    found = see_weights(lesson, chosen, later, draws=200)
    assert found.chosen == chosen
    assert set(found.test) == {(scheme, part) for scheme in SCHEMES for part in ("lower", "all")}
    assert all((found.test[scheme, "lower"].hi < 0) == helps for scheme in SCHEMES)


def test_trees_grown_again_learn_with_the_same_weights():
    panel = make_panel(training=rows_of(busy_law=-1.0), test=rows_of(busy_law=-1.0, seed=2).query("cutoff == 3"))
    ladder = climb(panel, draws=100, seed=1)
    assert ladder.populations[ladder.headline].weighing.used in SCHEMES
    _, said = say(panel, ladder, pd.DataFrame({"profile_id": []}), seed=1)
    assert fit_boosted(said.lesson).booster().save_raw() == said.in_use.save_raw()
