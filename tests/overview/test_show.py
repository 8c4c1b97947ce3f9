from datetime import date

import pandas as pd
import pytest

from helpers.datasets.questions import Funnel
from helpers.overview import show
from helpers.overview.calendar import Calendar
from helpers.overview.funnels import Passed, Step

MAY, JUNE, JULY = (date(2025, month, 1) for month in (5, 6, 7))
FUNNEL = Funnel(name="buy", steps=["Product Viewed", "Product Added", "Order Completed"])


def passed(*people):
    steps = [Step(name, count, 60.0, 30.0) for name, count in zip(FUNNEL.steps, people, strict=True)]
    return Passed(FUNNEL, steps, 0)


def test_a_month_is_named_with_what_is_missing_of_it():
    calendar = Calendar(date(2025, 5, 3), date(2025, 7, 9))
    said = [show.label(month, calendar) for month in (MAY, JUNE, JULY)]
    assert said == ["May 2025 (in part)", "June 2025", "July 2025 (not over)"]
    assert calendar.last_whole == JUNE


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ((100, 50, 30), [100, 50, 30]),
        ((100, 50, 0), [100, 50, 0]),
        ((100, 95, 30), [None, 95, 30]),  # 5 are lost
        ((100, 50, 4), [100, 50, None]),
        ((8, 4, 0), [None, None, 0]),
    ],
)
def test_no_step_gives_away_few_people(make_shop, people, told):
    found = [step.people for step in show.publish_steps(make_shop(), passed(*people))]
    hidden = [count is None for count in found]
    assert sum(hidden) == sum(count is None for count in told)
    for count, other in zip(found, people, strict=True):
        assert count in {None, other}
    shown = [count for count in found if count is not None]
    assert not any(0 < a - b < 10 for place, a in enumerate(shown) for b in shown[place + 1 :])


def test_steps_stand_with_their_shares_and_times():
    steps = [Step("Product Viewed", 200, None, None), Step("Product Added", 50, 90.0, 90.0)]
    row = show.steps_table(steps).frame.iloc[1]
    assert row.to_dict() == {
        "Step": "Product Added",
        "People": 50,
        "Of those who began": "25.0%",
        "Of the step before": "25.0%",
        "Lost before it": "150",
        "Median time from the first step": "1 min 30 s",
        "Median time from the step before": "1 min 30 s",
    }


def test_shares_of_a_cohort_are_empty_until_a_month_is_over_and_hidden_where_small(make_shop):
    cells = pd.DataFrame(
        [(MAY, 1, 100, 40, 50), (MAY, 2, 100, 4, 20), (JUNE, 1, 50, 25, 30), (JUNE, 2, 50, None, None)],
        columns=["cohort", "age", "size", "on_day", "on_or_after"],
    )
    found = show.publish_cohorts(make_shop(), cells).frame
    assert found.to_dict("list") == {
        "Since": ["May 2025", "June 2025"],
        "Customers": [100, 50],
        "1": ["40.0%", "50.0%"],
        "2": ["hidden", ""],
    }


def test_a_month_in_part_or_hidden_is_compared_with_nothing():
    months = pd.DataFrame(
        {"month": [MAY, JUNE, JULY], "is_whole": [False, True, True], "orders": [10.0, float("nan"), 30.0]}
    )
    assert show.at(months, JULY, "orders") == 30
    assert show.at(months, MAY, "orders") is None
    assert show.compared(months, JULY, "orders") == {}
    assert show.compared(months.assign(orders=[10.0, 20.0, 30.0]), JULY, "orders") == {JUNE: 20.0}
