from __future__ import annotations

import json

import pytest

from helpers.churn import saved as module
from helpers.churn.calibrate import Calibrated, Steps
from helpers.churn.rungs import RUNGS
from helpers.errors import DataRefused
from helpers.statistics import Platt


@pytest.fixture(scope="module")
def models(climbed, panel):
    return module.collect(climbed, panel, dataset="tiny", seed=1)


@pytest.fixture
def folder(models, tmp_path):
    module.write(models, tmp_path / "deep" / "churn")
    return tmp_path / "deep" / "churn"


@pytest.mark.parametrize("rung", RUNGS)
@pytest.mark.parametrize("population", ["all", "active"])
def test_scores_of_what_is_read_are_those_of_what_was_written(rung, population, models, folder, later_people):
    again = module.read(folder)
    before, after = (each.models[population][rung].scores(later_people) for each in (models, again))
    assert after.probability.tolist() == before.probability.tolist()  # to the last bit
    assert after.rank.tolist() == before.rank.tolist()


def test_all_of_it_is_as_it_was(models, folder):
    again = module.read(folder)
    assert again.models == models.models
    assert (again.about, again.version, again.rung) == (models.about, models.version, "logistic")


@pytest.mark.parametrize("mending", [None, Platt(0.25, 1.5), Steps((-1.0, 0.5), (0.25, 0.75))])
def test_whatever_mends_a_probability_is_written_with_it(mending, models, tmp_path):
    some = models._replace(models={"all": {"recency": Calibrated(models.models["all"]["recency"].rung, mending)}})
    some = some._replace(version=module._version(some.about, module._hashes(module._files(some.models))))
    module.write(some, tmp_path / "churn")
    assert module.read(tmp_path / "churn").models["all"]["recency"].mending == mending


def test_no_program_and_no_customer_is_written(folder, panel):
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert {file.suffix for file in files} == {".json", ".ubj"}
    content = b"".join(file.read_bytes() for file in files)
    assert not [name for name in panel.training["profile_id"] if name.encode() in content]


def test_metadata_say_what_the_models_are_for(folder):
    about = json.loads((folder / "metadata.json").read_bytes())
    assert about["dataset"] == "tiny"
    assert (about["label"], about["horizon_days"], about["gap_days"]) == ("no_order_90d", 90, 0)
    assert (about["training_cutoffs"], about["test_cutoff"]) == (["2025-10-03"], "2026-01-01")
    assert about["populations"]["all"]["training_rows"] == 3_000
    assert set(about["files"]) == {str(each.relative_to(folder)) for each in folder.rglob("*.*")} - {"metadata.json"}


@pytest.mark.parametrize("name", ["active/logistic.json", "all/xgboost.ubj", "metadata.json"])
def test_a_changed_file_is_refused_by_name(name, folder):
    file = folder / name
    content = file.read_bytes()
    file.write_bytes(content.replace(b'"seed": 1', b'"seed": 2') if name == "metadata.json" else content[:-2] + b"9}")
    with pytest.raises(DataRefused, match=name):
        module.read(folder)


def test_a_missing_file_or_folder_is_refused(folder):
    (folder / "all" / "tree.json").unlink()
    with pytest.raises(DataRefused, match="no models that can be read"):
        module.read(folder)
    with pytest.raises(DataRefused, match="no models that can be read"):
        module.read(folder / "nowhere")


def test_writing_again_replaces_all_of_it(folder, models):
    (folder / "all" / "left_over.json").write_text("{}")
    module.write(models, folder)
    assert not (folder / "all" / "left_over.json").exists()
    assert module.read(folder).version == models.version
    assert [each.name for each in folder.parent.iterdir()] == ["churn"]


def test_a_failure_leaves_what_was_there(folder, models, monkeypatch):
    monkeypatch.setattr(module, "METADATA", "all/tree.json/impossible")
    with pytest.raises(Exception, match="cannot be written"):
        module.write(models, folder)
    monkeypatch.undo()
    assert module.read(folder).version == models.version


def test_versions_are_equal_for_equal_models_and_differ_for_others(climbed, panel, models):
    assert module.collect(climbed, panel, dataset="tiny", seed=1).version == models.version
    assert module.collect(climbed, panel, dataset="tiny", seed=2).version != models.version
    quiet = climbed._replace(populations={"all": climbed.populations["all"]})
    assert module.collect(quiet, panel, dataset="tiny", seed=1).version != models.version
