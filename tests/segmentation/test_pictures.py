from __future__ import annotations

import pytest
from matplotlib import pyplot as plt

from helpers.segmentation import group_by_rfm, learn_rfm, plot_shares, plot_silhouettes, summarise


@pytest.fixture
def ax():
    figure, axes = plt.subplots()
    yield axes
    plt.close(figure)


def test_a_pair_of_bars_a_group_with_its_shares(ax, profiles):
    summary = summarise(profiles, group_by_rfm(profiles, learn_rfm(profiles))["rfm_group"])
    assert plot_shares(summary, ax=ax) is ax
    people, revenue = ax.containers
    assert [bar.get_width() for bar in people] == summary["people_share"].tolist()
    assert [bar.get_width() for bar in revenue] == pytest.approx(summary["revenue_share"].tolist())
    assert [label.get_text() for label in ax.get_yticklabels()] == summary.index.tolist()
    assert ax.get_xlim()[0] == 0


def test_groups_without_revenue_are_drawn(ax, profiles):
    broke = profiles.assign(revenue_total=0.0)
    plot_shares(summarise(broke, group_by_rfm(broke, learn_rfm(broke))["rfm_group"]), ax=ax)
    assert ax.get_xlim()[1] > 0


def test_the_number_taken_is_marked(ax):
    assert plot_silhouettes({2: 0.3, 3: 0.5, 4: -0.1}, ax=ax) is ax
    assert ax.lines[0].get_ydata().tolist() == [0.3, 0.5, -0.1]
    assert ax.lines[1].get_xdata().tolist() == [3]
    assert ax.get_ylim()[0] <= -0.1
