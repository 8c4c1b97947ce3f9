import pandas as pd

from helpers.profiles import how_sure, liked, narrower
from helpers.profiles.summary import Liked
from helpers.statistics import Estimate


def found(*ranges):
    rows = [
        ("Mean order value", label, 20, Estimate(100.0, lo, hi, 0.8, 20, "medians"), f"100 ({lo:g} to {hi:g})")
        for label, (lo, hi) in zip(("1 to 3", "over 10"), ranges, strict=False)
    ]
    return pd.DataFrame(rows, columns=["estimate", "observations", "people", "typical", "said"])


def test_the_title_tells_the_widths_that_were_found_and_claims_no_more():
    wider = narrower(found((90.0, 110.0), (60.0, 140.0)))
    assert wider == "The range is 20.0% of the estimate wide with 1 to 3 orders, 80.0% with over 10"
    assert narrower(found((90.0, 110.0))) == "With 1 to 3 orders the range is 20.0% of the estimate wide"


def test_few_and_many_are_set_beside_each_other_only_where_both_are_there():
    said = how_sure(found((60.0, 140.0), (90.0, 110.0)))
    assert "from 1 to 3 observations, is 100 (60 to 140); from over 10, 100 (90 to 110)" in said
    assert how_sure(found((60.0, 140.0))).startswith("Too few people have been observed often enough")


def test_what_is_liked_names_no_group_that_is_too_small():
    assert liked(Liked(both=0, email_first=0, preferring=0)) == ""
    said = liked(Liked(both=200, email_first=150, preferring=3))
    assert "75.0% (150 of 200) are believed to follow more links in mails" in said
    assert "fewer than 10 people answer one topic" in said
