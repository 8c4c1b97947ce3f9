"""Models of ordering, leaving and spend on the CDNOW sample, against what their authors published of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest

from helpers.value import (
    LAST_PERIOD,
    MEAN_RATE,
    Histories,
    against_rules,
    by_frequency,
    fit_bgnbd,
    fit_pareto_nbd,
    histories,
    learn_spending,
    mean_rate,
    tracking_errors,
)

LEARNED, LAST = 272, 545  # days after 1 January 1997: 39 weeks to learn from, 39 to hold out


class Sample(NamedTuple):
    customers: Histories
    spend: np.ndarray
    later: np.ndarray
    last_period: np.ndarray


@pytest.fixture(scope="module")
def sample(real_data):
    """Purchases of a day are one, as in the papers."""
    columns = ["master", "id", "day", "cds", "spend"]
    lines = pd.read_csv(real_data / "cdnow" / "CDNOW_sample.txt", sep=r"\s+", names=columns, header=None)
    lines["day"] = (pd.to_datetime(lines["day"].astype(str)) - pd.Timestamp("1997-01-01")).dt.days
    days = lines.groupby(["id", "day"], as_index=False)["spend"].sum()
    days["repeat"] = days["day"] > days.groupby("id")["day"].transform("min")
    seen = days[days["day"] <= LEARNED]
    found = seen.groupby("id").agg(first=("day", "min"), last=("day", "max"), repeats=("repeat", "sum"))

    def counted(some):
        return some.groupby("id").size().reindex(found.index, fill_value=0).to_numpy(float)

    repeats = seen[seen["repeat"]]
    return Sample(
        histories(found["repeats"], found["last"] - found["first"], LEARNED - found["first"]),
        repeats.groupby("id")["spend"].mean().reindex(found.index).to_numpy(),
        counted(days[days["day"] > LEARNED]),
        counted(repeats[repeats["day"] > LEARNED - (LAST - LEARNED)]),
    )


def test_bgnbd_is_the_published_one(sample):
    found = fit_bgnbd(sample.customers)
    assert found.people == 2_357
    assert found.model == pytest.approx((0.243, 4.414, 0.793, 2.426), abs=5e-4)
    assert found.log_likelihood == pytest.approx(-9582.4, abs=0.05)


def test_pareto_nbd_is_the_published_one(sample):
    found = fit_pareto_nbd(sample.customers)
    assert found.model == pytest.approx((0.553, 10.578, 0.606, 11.669), abs=1e-3)
    assert found.log_likelihood == pytest.approx(-9595.0, abs=0.05)


def test_gamma_gamma_is_the_published_one(sample):
    found = learn_spending(sample.customers.frequency, sample.spend, seed=1)
    assert found.fitted.people == 946
    assert found.fitted.model == pytest.approx((6.25, 3.74, 15.44), abs=0.005)
    assert found.correlation.value == pytest.approx(0.114, abs=5e-4)


def test_what_came_is_told_by_frequency_and_over_the_holdout_alone(sample):
    fitted, time = fit_bgnbd(sample.customers), (LAST - LEARNED) / 7
    expected = fitted.model.expected_next(sample.customers, time)
    parts = by_frequency(sample.customers.frequency, expected, sample.later)
    assert [part.actual.value for part in parts] == pytest.approx(
        [0.237, 0.697, 1.393, 1.560, 2.532, 2.947, 3.862, 6.359], abs=5e-4
    )
    errors = tracking_errors(fitted, sample.customers, sample.later, time=time)
    assert errors.holdout.value == pytest.approx(-0.114, abs=0.002)
    assert errors.cumulative.value == pytest.approx(-0.041, abs=0.002)


def test_the_model_beats_both_rules(sample):
    time = (LAST - LEARNED) / 7
    expected = fit_bgnbd(sample.customers).model.expected_next(sample.customers, time)
    rules = {MEAN_RATE: mean_rate(sample.customers, time), LAST_PERIOD: sample.last_period}
    model, *others = against_rules(sample.later, expected, rules, seed=1).values()
    assert model.bias.hi < 0, "the holdout had more purchases than the weeks before let expect"
    assert all(other.over_model.lo > 0 for other in others)
