import numpy as np
import pytest

from helpers.simulate.clock import DAY, END
from helpers.simulate.people import ARCHETYPES, alive, draw_people, engagement


@pytest.fixture(scope="module")
def people():
    return draw_people(3000, rng=np.random.default_rng(0))


def test_archetypes_come_in_their_shares(people):
    share = people["archetype"].value_counts(normalize=True)
    for row in ARCHETYPES.itertuples():
        assert share[row.archetype] == pytest.approx(row.share, abs=4 * np.sqrt(row.share / 3000))


def test_lives_are_exponential_given_the_hazard(people):
    life = (people["dropped"] - people["joined"]) / DAY - 1
    assert (life * people["dropout_hazard"]).mean() == pytest.approx(1, abs=4 / np.sqrt(3000))


def test_people_join_all_along(people):
    year = np.floor(people["joined"] / (365 * DAY))
    assert (year.value_counts() > 100).all()
    assert people["joined"].between(0, END).all()


def test_channel_chances_sum_to_one(people):
    assert people[["p_web", "p_app", "p_pos"]].sum(axis=1).to_numpy() == pytest.approx(1)
    assert (people.loc[people["guest"], "p_web"] == 1).all()


def test_engagement_fades_before_drop_out_and_is_rare_after_it(people):
    one = people.iloc[:1].assign(dropped=500.0 * DAY, decline_days=100.0, joined=0.0)
    at = np.array([100, 450, 499, 501]) * DAY
    assert engagement(one, np.zeros(4, dtype=int), at).tolist() == pytest.approx([1.0, 0.5, 0.1, 0.05])


def test_alive_ends_with_drop_out_and_with_the_history(people):
    one = people.iloc[:1].assign(joined=10.0, dropped=100.0)
    assert alive(one, np.zeros(4, dtype=int), np.array([9, 10, 99, 100])).tolist() == [False, True, True, False]
    assert not alive(one.assign(dropped=np.inf), np.array([0]), np.array([END]))[0]
