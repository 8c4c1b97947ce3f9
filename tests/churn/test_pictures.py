from __future__ import annotations

import pytest
from matplotlib import pyplot as plt

from helpers.churn import climb, plot_lists, plot_pairs


@pytest.mark.parametrize(
    ("plot", "metric", "reference"), [(plot_pairs, "auc", 50), (plot_lists, "precision_top_tenth", None)]
)
def test_each_rung_is_drawn_in_hundredths_beside_its_reference(plot, metric, reference, training, later_people):
    judged = climb(training, later_people, draws=100, seed=1).populations["active"]
    figure, ax = plt.subplots()
    assert plot(judged, ax=ax) is ax
    line, *drawn = ax.lines
    assert line.get_xdata()[0] == pytest.approx(reference or 100 * judged.base_rate.value)
    dots = [float(each.get_xdata()[0]) for each in drawn if each.get_marker() == "o"]
    assert dots == pytest.approx([100 * metrics[metric].value for metrics in judged.rungs.values()])
    assert ax.get_xlabel()
    plt.close(figure)
