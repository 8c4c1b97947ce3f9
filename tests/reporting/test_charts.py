import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from helpers.reporting import charts
from helpers.statistics import Estimate


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_bars_start_at_zero_and_carry_their_values():
    _, ax = plt.subplots()
    assert charts.bars(["a", "b"], [1234, 20], ax=ax) is ax
    assert ax.get_xlim()[0] == 0
    assert texts(ax) == ["1,234", "20"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a", "b"]
    assert ax.yaxis_inverted()


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA])
def test_hidden_bars_say_so(missing):
    _, ax = plt.subplots()
    charts.bars(["a", "b"], [missing, 20], ax=ax)
    assert texts(ax) == ["hidden", "20"]
    assert [bar.get_width() for bar in ax.patches] == [0, 20]
    assert charts.in_words(["a", "b"], [missing, 20]) == "a: hidden, b: 20"


def test_bars_of_nothing_are_drawn_too():
    _, ax = plt.subplots()
    charts.bars(["a"], [0], ax=ax)
    assert texts(ax) == ["0"]


def test_long_labels_are_cut():
    _, ax = plt.subplots()
    charts.bars(["x" * 10_000], [1], ax=ax)
    assert len(ax.get_yticklabels()[0].get_text()) == 32


def test_intervals_reach_from_lo_to_hi():
    _, ax = plt.subplots()
    estimates = [Estimate(0.5, 0.4, 0.6, 0.95, 10, "t"), Estimate(0.3, None, None, 0.95, 1, "t")]
    assert charts.intervals(["a", "b"], estimates, ax=ax, reference=0.45) is ax
    assert texts(ax) == ["0.500 (0.400 to 0.600)", "0.300"]
    drawn = [list(line.get_xdata()) for line in ax.lines]
    assert drawn == [[0.45, 0.45], [0.4, 0.6], [0.5], [0.3]]


def test_lines_are_named_at_their_last_known_point():
    _, ax = plt.subplots()
    frame = pd.DataFrame({"web": [10, 20, np.nan], "app": [1, 2, 3], "none": [np.nan] * 3}, dtype=float)
    assert charts.lines(frame, ax=ax) is ax
    assert {text.get_text(): text.xy for text in ax.texts} == {"web": (1, 20), "app": (2, 3)}
    assert ax.get_ylim()[0] == 0


@pytest.mark.parametrize("ends", [[5, 5, 5], [5, 5.1, 5.2], [1, 5, 9]])
def test_names_of_lines_do_not_cover_each_other(ends):
    figure, ax = plt.subplots()
    charts.lines(pd.DataFrame({str(i): [0, end] for i, end in enumerate(ends)}), ax=ax)
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in ax.texts]
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_what_came_is_drawn_against_what_was_said_with_the_interval_of_what_came():
    _, ax = plt.subplots()
    assert charts.said_and_came([10.0, 60.0], [12.0, 55.0], ([8.0, 50.0], [18.0, 61.0]), ax=ax) is ax
    agreement, dots = ax.lines
    assert list(agreement.get_xdata()) == list(agreement.get_ydata())
    assert (list(dots.get_xdata()), list(dots.get_ydata())) == ([10, 60], [12, 55])
    drawn = [segment.tolist() for segment in ax.collections[0].get_segments()]
    assert drawn == [[[10, 8], [10, 18]], [[60, 50], [60, 61]]]
    assert ax.get_xlim() == ax.get_ylim() == (0, pytest.approx(1.15 * 61))
    charts.said_and_came([99.0], [100.0], ([97.0], [100.0]), ax=ax)
    assert 100 < ax.get_ylim()[1] < 105
