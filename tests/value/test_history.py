import numpy as np
import pytest

from helpers.errors import WrongUse
from helpers.value import group, histories

from .conftest import rows


def test_days_become_weeks():
    found = histories([0, 2], [0, 21], [70, 28])
    assert [column.tolist() for column in found] == [[0, 2], [0, 3], [10, 4], [1, 1]]
    assert histories([1], [3], [5], unit=1).age.tolist() == [5]


@pytest.mark.parametrize(
    ("frequency", "recency", "age", "said"),
    [
        ([1], [8], [7], "Recency must be at most age"),
        ([0], [3], [7], "above 0 for those with a repeat"),
        ([2], [0], [7], "above 0 for those with a repeat"),
        ([-1], [0], [7], "numbers of at least 0"),
        ([float("nan")], [0], [7], "numbers of at least 0"),
        ([1, 2], [3], [7], "three columns of one length"),
    ],
)
def test_what_nobody_can_have_done_is_refused(frequency, recency, age, said):
    with pytest.raises(WrongUse, match=said):
        histories(frequency, recency, age)


def test_who_share_a_history_are_one_row():
    customers = rows((1, 3, 9), (0, 0, 9), (1, 3, 9), (1, 3, 8))
    grouped = group(customers)
    assert len(grouped.rows.age) == 3
    assert grouped.rows.people.sum() == 4
    for column, own in zip(grouped.rows[:3], customers[:3], strict=True):
        assert column[grouped.place].tolist() == own.tolist()
    assert grouped.rows.people[grouped.place].tolist() == [2, 1, 2, 1]
    again = group(customers._replace(people=np.array([2.0, 1, 5, 1])))
    assert again.rows.people[again.place].tolist() == [7, 1, 7, 1]
