"""Each notebook runs under plain papermill, from any folder, with injected parameters."""

from __future__ import annotations

import json

import papermill
import pytest

from helpers.datasets import paths
from helpers.reporting.page import headlines_of

# In order: a notebook looks at tables made for its own moment.
INJECTED = {
    "01_ingestion": {"as_of": "2026-01-01"},
    "02_profiles": {"as_of": "2026-01-01"},
    "03_segmentation": {"as_of": "2026-01-01", "seed": 1},
    "04_churn": {"horizon_days": 60, "draws": 100},
    "05_lift": {"level": 0.9},
}


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # papermill leaves its event loop open
@pytest.mark.parametrize("name", INJECTED)
def test_it_runs_alone_with_injected_parameters(demo, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    output = tmp_path / "out.ipynb"
    before = (paths.latest("demo") / "manifest.json").read_bytes()
    papermill.execute_notebook(
        str(paths.notebooks() / f"{name}.ipynb"), str(output), parameters={"dataset": "demo"} | INJECTED[name],
        progress_bar=False,
    )  # fmt: skip
    assert headlines_of(output)
    stage = name.split("_")[1]
    results = json.loads((paths.scratch("demo") / "results" / f"{stage}.json").read_text())["results"]
    assert results
    if name == "05_lift":
        assert {entry["level"] for entry in results if entry["lo"] is not None} == {0.9}
    assert (paths.latest("demo") / "manifest.json").read_bytes() == before


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_parameter_out_of_range_is_refused_with_what_was_expected(demo, tmp_path):
    with pytest.raises(papermill.exceptions.PapermillExecutionError, match="level is 7"):
        papermill.execute_notebook(
            str(paths.notebooks() / "05_lift.ipynb"), str(tmp_path / "out.ipynb"), parameters={"level": 7.0},
            progress_bar=False,
        )  # fmt: skip


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_tables_made_for_another_moment_are_refused(demo, tmp_path):
    with pytest.raises(
        papermill.exceptions.PapermillExecutionError, match=r"this looks at 2025-07-01\. Run the notebook"
    ):
        papermill.execute_notebook(
            str(paths.notebooks() / "03_segmentation.ipynb"), str(tmp_path / "out.ipynb"),
            parameters={"as_of": "2025-07-01"}, progress_bar=False,
        )  # fmt: skip
