"""People in an order that rows do not decide, and what is refused."""

import numpy as np
import pandas as pd
import pytest

from helpers.errors import NothingToDo, WrongUse
from helpers.lift.uplift import make_trial

N = 1_200


@pytest.fixture
def people():
    rng = np.random.default_rng(0)
    features = pd.DataFrame({"b": rng.integers(0, 3, N).astype(float), "a": rng.standard_normal(N)})
    features.loc[::7, "a"] = np.nan
    return features, rng.random(N) < 0.5, rng.integers(0, 2, N).astype(float)


def test_rows_in_another_order_are_the_same_trial(people):
    order = np.random.default_rng(1).permutation(N)
    one = make_trial(*people)
    assert list(one.features) == ["a", "b"]
    named = make_trial(people[0].iloc[order], people[1][order], people[2][order])
    assert np.array_equal(one.matrix(), named.matrix(), equal_nan=True)
    assert (one.treated == named.treated).all()
    assert (one.outcome == named.outcome).all()
    assert one.propensity == people[1].mean()


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        (lambda f, t, y: (f[:900], t[:900], y[:900]), NothingToDo, "at least 500 people an arm; the smaller one has 4"),
        (lambda f, t, y: (f[[]], t, y), NothingToDo, "Nothing was known"),
        (lambda f, t, y: (f, t, np.where(t, np.nan, y)), WrongUse, "An outcome is missing"),
        (lambda f, t, y: (f, t[1:], y), WrongUse, "1200 rows of features, 1199 arms"),
    ],
)
def test_what_cannot_be_judged_is_refused(people, change, error, said):
    with pytest.raises(error, match=said):
        make_trial(*change(*people))
