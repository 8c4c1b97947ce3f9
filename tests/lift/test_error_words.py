import numpy as np
import pandas as pd

from helpers.lift.error_words import halves_sentence, peeking_sentence, rates_frame
from helpers.lift.peeking import peeking
from helpers.lift.promises import Tried
from helpers.statistics import proportion

GOOD = Tried("spend", "Welch t", proportion(20_000, 1_010, level=0.999), True)
LOW = Tried("spend", "asymptotic confidence sequence", proportion(20_000, 40, level=0.999), False)
BAD = Tried("visit", "Katz log ratio", proportion(20_000, 1_400, level=0.999), True)


def test_rates_are_told_with_what_was_promised():
    frame = rates_frame([GOOD, LOW, BAD])
    assert frame["Kept"].tolist() == ["yes", "yes", "no"]
    assert frame.iloc[0, 2] == "5.1 (4.6 to 5.6)"
    assert frame["Promised"].tolist() == ["5", "5 or fewer", "5"]


def test_a_broken_promise_is_named():
    assert "is kept by each of 2." in halves_sentence("none", 20_000, [GOOD, LOW])
    assert "is not kept by ratio of shares (visit)." in halves_sentence("none", 20_000, [GOOD, BAD])


def test_who_errs_less_often_than_promised_has_not_broken_that_it_is_no_more():
    careful = Tried("spend", "Fieller", proportion(20_000, 200, level=0.999), True)
    assert halves_sentence("none", 20_000, [GOOD, careful]).endswith(
        "called different is kept by each of 2; clearly fewer are called so by ratio of means (spend)."
    )
    assert "is not kept by ratio of shares (visit);" in halves_sentence("none", 20_000, [BAD, careful])


def test_invented_days_are_called_invented():
    one_day = pd.DataFrame({"day": 0, "value": [0.0, 9.0], "people": [900, 300]})
    three = pd.concat([one_day.assign(day=day) for day in range(3)])
    said = [
        peeking_sentence("spend", peeking(days, rng=np.random.default_rng(1), times=200)) for days in (one_day, three)
    ]
    assert "after each of 14 days, which are invented since everybody came on one," in said[0]
    assert "after each of 3 days sees" in said[1]
    assert "invented" not in said[1]
