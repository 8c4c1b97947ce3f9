import math

import pytest

from helpers.errors import WrongUse
from helpers.statistics import check, check_level


@pytest.mark.parametrize(
    ("bounds", "value", "message"),
    [
        ({"ge": 1}, 0, "draws is 0; expected at least 1."),
        ({"gt": 0}, 0, "draws is 0; expected above 0."),
        ({"le": 3}, 4, "draws is 4; expected at most 3."),
        ({"lt": 3}, 3, "draws is 3; expected below 3."),
        ({"ge": 0, "le": 3}, 4, "draws is 4; expected at most 3."),
        ({"ge": 0}, math.nan, "draws is nan; expected at least 0."),
    ],
)
def test_check_names_the_argument_its_value_and_the_bound(bounds, value, message):
    with pytest.raises(WrongUse) as caught:
        check("draws", value, **bounds)
    assert str(caught.value) == message


def test_check_accepts_what_lies_on_an_inclusive_bound():
    check("draws", 1, ge=1, le=1)
    check("draws", 1, gt=0, lt=2)


@pytest.mark.parametrize("level", [0, 1, 95, -0.1, math.nan])
def test_a_level_lies_strictly_between_0_and_1(level):
    with pytest.raises(WrongUse, match="level is"):
        check_level(level)
