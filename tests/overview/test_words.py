from types import SimpleNamespace

import pandas as pd
import pytest

from helpers.datasets.questions import Funnel
from helpers.overview import words
from helpers.overview.funnels import Passed, Step
from helpers.overview.retention import KINDS
from helpers.overview.visits import Lengths
from helpers.statistics import proportion

ON_DAY, LATER = KINDS.values()


def steps(*people):
    return [Step(f"step {number}", count, None, 60.0 if number else None) for number, count in enumerate(people)]


@pytest.mark.parametrize(
    ("found", "taken_out", "said"),
    [
        (steps(200, 100, 90), 0, "Of those who began, 45.0% (90 of 200) got through to step 2. Most are lost between "
         "step 0 and step 1: 50.0% (100 of 200) stop there."),
        (steps(200, 200), 40, "Of those who began, 100% (200 of 200) got through to step 1. 40 more are left out for "
         "what they did on the way."),
        (steps(200, None), 0, "Some steps of the funnel buy are left to too few people to be told of."),
        (steps(0, 0), 0, "Nobody began the funnel buy in the 90 days that it looks at."),
    ],
)  # fmt: skip
def test_what_is_said_of_a_funnel(found, taken_out, said):
    passed = Passed(Funnel(name="buy", steps=["Page Viewed", "Order Completed"]), found, taken_out)
    assert words.funnel(passed, found, days=90) == said


@pytest.mark.parametrize(("window", "said"), [("7d", "7 days"), ("24h", "24 hours"), ("36h", "36 hours")])
def test_a_funnel_says_its_time_and_its_order(window, said):
    funnel = Funnel(name="buy", steps=["Page Viewed", "Order Completed"], window=window, order="strict")
    found = words.funnel_subtitle(Passed(funnel, [], 0), days=30)
    assert found == (
        f"buy: People who got so far within {said}, in this order, with nothing else of theirs in between, of those "
        "who began in 30 days"
    )


def test_who_came_back_is_told_with_its_interval():
    curves = {ON_DAY: {1: proportion(100, 40), 2: proportion(90, 30)}, LATER: {1: proportion(100, 60)}}
    assert words.retained(curves) == (
        "Of new customers, 40.0% (30.9% to 49.8%, 19 in 20) were active a month later. So far 60.0% (50.2% to 69.1%) "
        "have been, a month later or since."
    )
    assert words.retention_title(curves) == "40.0% of new customers are active a month later"
    assert words.retained({ON_DAY: {}, LATER: {}}).startswith("No cohort is old enough")


@pytest.mark.parametrize(
    ("lengths", "said"),
    [
        ((20, 50, 10.0, 90.0, 200.0), "Half of the 50 visits of the last 30 days took 1 min 30 s or less; a quarter "
         "10 s or less, a quarter took 3 min 20 s or more."),
        ((20, 50, 0.0, 90.0, 200.0), "Half of the 50 visits of the last 30 days took 1 min 30 s or less; a quarter "
         "have one event only, a quarter took 3 min 20 s or more."),
        ((20, 50, 0.0, 0.0, 0.0), "Three in four of the 50 visits of the last 30 days have one event only, so that "
         "their length is not known."),
        ((3, 50, 0.0, 0.0, 0.0), "In the last 30 days too few people came to say how long they stay."),
    ],
)  # fmt: skip
def test_what_is_said_of_visits(lengths, said):
    overview = SimpleNamespace(lengths=Lengths(*lengths), months=pd.DataFrame({"visits": [60]}))
    assert words.visits(overview) == said
