from pathlib import Path

import pytest

from helpers.datasets import paths
from helpers.errors import WrongUse


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", "Demo", "-x", "a b", "a" * 65, "a\n", "ä"])
def test_a_name_cannot_lead_out_of_its_folder(home, name):
    with pytest.raises(WrongUse, match="cannot be a data set's name"):
        paths.dataset(name)


@pytest.mark.parametrize("name", ["demo", "online_retail", "a", "2025-q1", "a" * 64])
def test_plain_names_are_good(home, name):
    assert paths.dataset(name) == home / "data" / name


def test_everything_that_is_written_lies_at_home(home):
    own = [paths.raw("x"), paths.scratch("x"), paths.run_tables("x", "r"), paths.report_run("x", "r")]
    own += [paths.latest("x"), paths.lock("x"), paths.truth("x"), paths.reports()]
    assert all(path.is_relative_to(home) for path in own)


def test_without_a_home_the_repository_is_it(monkeypatch):
    monkeypatch.delenv("WORKBENCH_HOME", raising=False)
    assert paths.home() == paths.REPOSITORY
    assert (paths.home() / "notebooks").is_dir()


def test_settings_of_ones_own_stand_before_those_shipped(home):
    shipped = paths.settings_file("demo")
    assert shipped == paths.REPOSITORY / "data" / "demo" / "dataset.toml"
    own = home / "data" / "demo" / "dataset.toml"
    own.parent.mkdir(parents=True)
    own.write_text("")
    assert paths.settings_file("demo") == own
    assert paths.checksums_file("demo") == own.with_name("SHA256SUMS")


def test_keys_lie_outside_data(home, monkeypatch):
    assert paths.key_file("x") == home / "keys" / "x"
    monkeypatch.delenv("WORKBENCH_KEY_DIR")
    assert paths.key_file("x").is_relative_to(Path.home())
    assert not paths.key_file("x").is_relative_to(paths.home())
