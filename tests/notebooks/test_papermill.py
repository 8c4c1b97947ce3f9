"""Each notebook runs under plain papermill, from any folder, with injected parameters."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import NamedTuple

import papermill
import pytest

from helpers.datasets import paths
from helpers.reporting.page import headlines_of

# In order: a notebook looks at tables made for its own moment.
INJECTED = {
    "01_ingestion": {"as_of": "2026-01-01"},
    "02_profiles": {"as_of": "2026-01-01"},
    "00_overview": {"as_of": "2026-01-01", "months": 12},
    "03_segmentation": {"as_of": "2026-01-01", "seed": 1, "draws": 100},
    "04_churn": {"horizon_days": 60, "draws": 100},
    "05_lift": {"level": 0.9},
    "06_value": {"as_of": "2026-01-01", "holdout_days": 120, "horizon_days": 180},
}


class Ran(NamedTuple):
    """What all notebooks left behind, run one after the other: outputs, results, and the manifest before and after."""

    outputs: dict[str, Path]
    results: dict[str, list[dict]]
    manifests: tuple[bytes, bytes]


@pytest.fixture(scope="module")
def ran(changing_home, home_at, tmp_path_factory) -> Ran:
    folder = tmp_path_factory.mktemp("elsewhere")
    outputs, results = {}, {}
    with home_at(changing_home), pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # papermill leaves its event loop open
        patch.chdir(folder)
        manifest = paths.latest("demo") / "manifest.json"
        before = manifest.read_bytes()
        for name, parameters in INJECTED.items():
            outputs[name] = folder / f"{name}.ipynb"
            papermill.execute_notebook(
                str(paths.notebooks() / f"{name}.ipynb"), str(outputs[name]),
                parameters={"dataset": "demo"} | parameters, progress_bar=False,
            )  # fmt: skip
            file = paths.scratch("demo") / "results" / f"{name.split('_')[1]}.json"
            results[name] = json.loads(file.read_text())["results"]
        return Ran(outputs, results, (before, manifest.read_bytes()))


@pytest.mark.parametrize("name", INJECTED)
def test_it_runs_alone_with_injected_parameters(ran, name):
    assert headlines_of(ran.outputs[name])
    assert ran.results[name]


def test_an_injected_parameter_reaches_the_results(ran):
    readings = [entry for entry in ran.results["05_lift"] if entry["key"].endswith((".level", ".diff", ".ratio"))]
    assert {entry["level"] for entry in readings if entry["lo"] is not None} == {0.9}


def test_what_a_person_runs_leaves_the_published_run_alone(ran):
    before, after = ran.manifests
    assert before == after


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
