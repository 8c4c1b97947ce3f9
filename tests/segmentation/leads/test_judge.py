from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

from helpers.datasets.tables.leads import LEADS_JUDGED
from helpers.errors import NothingToDo
from helpers.segmentation.leads.judge import METRICS, as_frame, judge, require_enough
from helpers.segmentation.leads.ways import RULES, WAYS, fit_ways
from tests.segmentation.leads.world import make_panel


def test_each_way_is_judged_on_the_people_of_the_test_cutoff(judged, ways, panel):
    assert list(judged.ways) == list(WAYS)
    ordered = panel.test["ordered"]
    assert (judged.base_rate.n, judged.base_rate.numerator) == (len(ordered), ordered.sum())
    for name, metrics in judged.ways.items():
        rank, said = ways[name].rank(panel.test), ways[name].probability(panel.test)
        assert metrics["auc"].value == pytest.approx(roc_auc_score(ordered, rank))
        assert metrics["average_precision"].value == pytest.approx(average_precision_score(ordered, rank))
        assert metrics["brier"].value == pytest.approx(brier_score_loss(ordered, said))
        assert all(metrics[metric].lo < metrics[metric].value < metrics[metric].hi for metric in METRICS)


def test_precision_is_the_share_of_the_first_tenth(judged, ways, panel):
    first = np.argsort(-ways["model"].rank(panel.test), kind="stable")[:200]
    assert judged.ways["model"]["precision_top_tenth"].value == pytest.approx(
        panel.test["ordered"].to_numpy()[first].mean(), abs=0.02
    )


def test_gains_are_the_models_figure_minus_the_rules(judged):
    for rule in RULES:
        gain = judged.gains[rule]["auc"]
        assert gain.value == pytest.approx(judged.ways["model"]["auc"].value - judged.ways[rule]["auc"].value)
        assert gain.lo > 0
        assert gain.method.startswith("paired")


def test_a_world_without_a_law_has_no_gain_and_no_intercept_beyond_chance():
    panel = make_panel(n=1_500, seed=30, signal=0.0)
    found = judge(fit_ways(panel.learning, panel.calibration, seed=1), panel.test, draws=200, seed=1)
    for rule in RULES:
        assert found.gains[rule]["auc"].lo < 0.02
    assert found.ways["model"]["auc"].lo < 0.51


def test_rows_are_those_of_the_table(judged):
    frame = as_frame(judged)
    assert list(frame.columns) == LEADS_JUDGED.column_names
    assert not frame.duplicated(list(LEADS_JUDGED.key)).any()
    assert {"auc_gain", "base_rate", "calibration_slope"} <= set(frame["metric"])


@pytest.mark.parametrize(("step", "said"), [
    ("learning", "to learn from"), ("calibration", "to calibrate on"), ("test", "to judge by"),
])  # fmt: skip
def test_fewer_than_a_hundred_of_either_kind_are_too_few(panel, step, said):
    require_enough(panel)
    for kind in (0, 1):
        people = getattr(panel, step)
        few = people[(people["ordered"] != kind) | ((people["ordered"] == kind).cumsum() < 100)]
        with pytest.raises(NothingToDo, match=f"people {said} .* fewer than 100 of either kind"):
            require_enough(panel._replace(**{step: few}))


def test_the_reason_tells_of_no_group_too_small(panel):
    for kind, told in ((1, "fewer than 10 of 1,5"), (0, "all but fewer than 10 of ")):
        ordered = panel.test["ordered"] == kind
        few = panel._replace(test=panel.test[~ordered | (ordered.cumsum() <= 4)])
        with pytest.raises(NothingToDo, match=f"Of the people to judge by {told}"):
            require_enough(few)
