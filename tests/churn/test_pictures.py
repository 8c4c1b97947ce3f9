from __future__ import annotations

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from helpers.churn import plot_lists, plot_pairs, plot_reliability
from helpers.churn.tables import CAME, HIGHEST, LOWEST, SAID


@pytest.mark.parametrize(
    ("plot", "metric", "reference"), [(plot_pairs, "auc", 50), (plot_lists, "precision_top_tenth", None)]
)
def test_each_rung_is_drawn_in_hundredths_beside_its_reference(plot, metric, reference, climbed):
    judged = climbed.populations["active"]
    figure, ax = plt.subplots()
    assert plot(judged, ax=ax) is ax
    line, *drawn = ax.lines
    assert line.get_xdata()[0] == pytest.approx(reference or 100 * judged.base_rate.value)
    dots = [float(each.get_xdata()[0]) for each in drawn if each.get_marker() == "o"]
    assert dots == pytest.approx([100 * metrics[metric].value for metrics in judged.rungs.values()])
    assert max(ax.get_xticks()) <= 100
    assert ax.get_xlabel()
    plt.close(figure)


def test_tenths_are_drawn_beside_the_line_of_agreement_and_hidden_ones_are_not():
    shown = pd.DataFrame(
        [(10.0, 12.0, 8.0, 18.0), (40.0, None, None, None), (70.0, 75.0, 60.0, 85.0)],
        columns=[SAID, CAME, LOWEST, HIGHEST],
    )
    figure, ax = plt.subplots()
    plot_reliability(shown, ax=ax)
    line, dots = ax.lines
    assert line.get_xdata().tolist() == line.get_ydata().tolist()
    assert (dots.get_xdata().tolist(), dots.get_ydata().tolist()) == ([10, 70], [12, 75])
    plt.close(figure)
