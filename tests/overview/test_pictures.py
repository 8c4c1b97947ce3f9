from datetime import date

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from helpers.overview.funnels import Step
from helpers.overview.pictures import plot_actives, plot_growth, plot_retention, plot_sales, plot_steps
from helpers.reporting import style
from helpers.statistics import proportion


@pytest.fixture(autouse=True)
def closed():
    style.use()
    yield
    plt.close("all")


@pytest.fixture
def months():
    return pd.DataFrame(
        {
            "month": [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1)],
            "is_whole": [True, True, False],
            "revenue": [100.0, 200.0, 20.0],
            "orders": [10.0, float("nan"), 2.0],
            "returning": [0.0, 20.0, 5.0],
            "resurrecting": [0.0, 0.0, 10.0],
            "new": [40.0, 20.0, 0.0],
            "dormant": [0.0, 20.0, float("nan")],
        }
    )


def texts(ax):
    return [text.get_text() for text in ax.get_xticklabels()]


def test_a_month_that_is_not_whole_is_pale(months):
    revenue, orders = plot_sales(months, "EUR").axes
    assert [(bar.get_height(), bar.get_alpha()) for bar in revenue.patches] == [(100, 1.0), (200, 1.0), (20, 0.4)]
    assert (revenue.get_ylabel(), orders.get_ylabel()) == ("revenue, EUR", "orders")
    assert revenue.get_ylim()[0] == 0
    assert texts(orders) == ["Nov\n2025", "Dec", "Jan\n2026"]


def test_without_amounts_there_are_orders_alone(months):
    (ax,) = plot_sales(months.assign(revenue=0.0), "EUR").axes
    assert ax.get_ylabel() == "orders"


def test_who_is_there_stands_above_the_line_and_who_stayed_away_below(months):
    ax = plot_growth(months, ax=plt.subplots()[1])
    tops = {label: [bar.get_y() + bar.get_height() for bar in bars] for label, bars in zip(
        ("returning", "came back", "new", "stayed away"), ax.containers, strict=True)}  # fmt: skip
    assert tops["new"] == [40, 40, 15]
    assert tops["stayed away"] == [0, -20, 0]
    assert {text.get_text() for text in ax.get_legend().get_texts()} == set(tops)


def test_lines_of_people_begin_where_they_are_known():
    days = pd.DataFrame(
        {
            "Day": [date(2025, 5, 1), date(2025, 5, 2)],
            "on the day": pd.array([12, None], dtype="Int64"),
            "in 7 days": pd.array([None, 20], dtype="Int64"),
            "in 30 days": pd.array([None, None], dtype="Int64"),
        }
    )
    ax = plot_actives(days, ax=plt.subplots()[1])
    assert [text.get_text() for text in ax.texts] == ["on the day", "in 7 days"]


def test_each_curve_has_its_band():
    curves = {
        "in that month": {1: proportion(50, 20), 2: proportion(40, 10)},
        "in that month or later": {1: proportion(50, 30)},
    }
    ax = plot_retention(curves, ax=plt.subplots()[1])
    assert len(ax.collections) == 2
    assert ax.get_ylim() == (0, pytest.approx(1.15 * proportion(50, 30).hi))


def test_a_step_that_is_not_told_has_no_bar():
    steps = [Step("Product Viewed", 40, None, None), Step("Order Completed", None, None, None)]
    ax = plot_steps(steps, ax=plt.subplots()[1])
    assert [bar.get_width() for bar in ax.patches] == [40, 0]
    assert "hidden" in {text.get_text() for text in ax.texts}
