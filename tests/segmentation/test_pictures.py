from __future__ import annotations

import pytest
from matplotlib import pyplot as plt

from helpers.segmentation import plot_shares, plot_stability
from helpers.segmentation.rfm import group_by_rfm, learn_rfm
from helpers.segmentation.stability import Trial
from helpers.segmentation.summary import summarise
from helpers.statistics import Estimate


@pytest.fixture
def ax():
    figure, axes = plt.subplots()
    yield axes
    plt.close(figure)


def trial(k, *, mean, least, cloud=None, fewer=None):
    estimates = [each and Estimate(each, None, None, 0.95, 100, "made up") for each in (mean, cloud)]
    return Trial(k, estimates[0], least, 100, estimates[1], cloud and cloud + 0.01, fewer, passed=False)


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


def test_stability_stands_beside_clouds_and_limits(ax):
    trials = [trial(2, mean=0.99, least=0.95, cloud=0.94), trial(3, mean=0.6, least=0.4)]
    assert plot_stability(trials, ax=ax) is ax
    drawn, clouds = ax.lines[:2]
    assert drawn.get_ydata().tolist() == [0.99, 0.6]
    assert clouds.get_ydata() == (0.94,)
    assert [line.get_ydata()[0] for line in ax.lines[2:]] == [0.95, 0.85]
    assert ax.get_ylim()[0] < 0.4
    assert ax.get_xticks().tolist() == [2, 3]


def test_stability_without_any_cloud_is_drawn(ax):
    plot_stability([trial(2, mean=0.9, least=0.8)], ax=ax)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["people drawn again"]


def test_worlds_of_one_group_fewer_are_drawn_where_they_were_asked(ax):
    plot_stability([trial(3, mean=0.99, least=0.9, cloud=0.8, fewer=0.97)], ax=ax)
    assert ax.lines[2].get_ydata() == (0.97,)
    assert [text.get_text() for text in ax.get_legend().get_texts()][2] == "one group fewer, at most"
