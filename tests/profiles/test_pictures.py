import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from helpers.profiles import plot_rhythm

WEEK = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


@pytest.fixture
def ax():
    with mpl.rc_context({"backend": "agg"}):
        yield plt.figure().subplots()
        plt.close("all")


def test_weekdays_and_hours_are_a_map_of_shares(ax):
    counts = pd.DataFrame({8: [3, 0, 0, 0, 0, 0, 1], 10: [0, 0, 4, 0, 0, 0, 0]}, index=WEEK)
    assert plot_rhythm(counts, ax=ax) is ax
    (image,) = ax.images
    assert image.get_array().shape == (7, 3)  # an hour without an order is drawn too
    assert image.get_array()[2].tolist() == [0, 0, 0.5]
    assert image.get_array().sum() == pytest.approx(1)
    assert [label.get_text() for label in ax.get_yticklabels()] == WEEK


def test_where_hours_are_unknown_weekdays_are_bars(ax):
    plot_rhythm(pd.DataFrame({0: [1, 1, 1, 1, 1, 1, 4]}, index=WEEK), ax=ax)
    assert not ax.images
    assert [bar.get_width() for bar in ax.patches] == pytest.approx([0.1] * 6 + [0.4])
