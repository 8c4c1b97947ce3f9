from __future__ import annotations

import pytest

from helpers.datasets.tables import TABLES
from helpers.errors import WrongUse
from helpers.runs.stages import STAGES, dependents, stage_called, waves


def test_every_stage_comes_after_what_it_needs_and_has_its_notebook():
    seen = set()
    for stage in STAGES:
        assert set(stage.needs) <= seen
        assert stage.path.exists()
        seen.add(stage.name)


def test_every_table_is_written_by_a_stage():
    assert {table.writer for table in TABLES.values()} <= {stage.name for stage in STAGES}


def test_independent_stages_share_a_wave():
    names = [[stage.name for stage in wave] for wave in waves(STAGES)]
    assert names == [["ingestion"], ["profiles"], ["overview", "segmentation", "churn", "lift", "value"]]
    assert waves([stage_called("lift")]) == [[stage_called("lift")]]


def test_what_rests_on_a_stage_is_found_through_others():
    every = ["profiles", "overview", "segmentation", "churn", "lift", "value"]
    assert [stage.name for stage in dependents("profiles")] == every
    assert [stage.name for stage in dependents("lift")] == ["lift"]


def test_an_unknown_stage_is_refused_with_a_suggestion():
    with pytest.raises(WrongUse, match="did you mean 'churn'"):
        stage_called("chrun")
