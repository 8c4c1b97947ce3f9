"""Text from data is shown, never obeyed; and no secret of the machine reaches an output."""

from __future__ import annotations

import base64
import io
import urllib.parse
from pathlib import Path

import pyarrow.parquet
import pytest
from bs4 import BeautifulSoup

from helpers.datasets import paths
from helpers.reporting import gate
from helpers.reporting.formats import showable
from helpers.runs.hooks import Hooks
from helpers.runs.log import Log
from helpers.runs.run import Request, run
from tests.browser import hostile

STAGES = ("01_ingestion", "02_profiles", "00_overview", "03_segmentation", "04_churn", "05_lift", "06_value")
SECRETS = {
    "WORKBENCH_KEY": "planted-pseudonym-key-0123456789abcdef",
    "AWS_SECRET_ACCESS_KEY": "planted/aws+secret/abcdefghijklmnop",
    "DATABASE_URL": "postgres://planted:hunter2secret@db.internal/shop",
    "GITHUB_TOKEN": "ghp_plantedTokenPlantedTokenPlantedTok",
}
TAGS = "script, iframe, object, embed, link, base, form, input, template, math, foreignObject"
ACT = """() => {
  document.querySelectorAll('details').forEach((fold) => { fold.open = true; });
  document.querySelectorAll('*').forEach((element) => {
    for (const kind of ['mouseover', 'focus', 'load', 'error']) element.dispatchEvent(new Event(kind));
  });
}"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory, home_at):
    """The home of a run on hostile text in an environment full of secrets, and what it logged."""
    folder = tmp_path_factory.mktemp("hostile")
    log = io.StringIO()
    with home_at(folder), pytest.MonkeyPatch.context() as patch:
        for name, secret in SECRETS.items():
            patch.setenv(name, secret)
        raw = paths.raw("hostile")
        raw.mkdir(parents=True)
        (raw.parent / "dataset.toml").write_text(hostile.settings(), encoding="utf-8")
        (raw / hostile.FILE).write_text(hostile.records(), encoding="utf-8", newline="")
        run(Request(dataset="hostile"), log=Log("hostile", stream=log), hooks=Hooks())
        yield paths.latest("hostile").resolve(), log.getvalue()


@pytest.fixture(scope="module")
def pages(ran):
    return {name: ran[0] / f"{name}.html" for name in (*STAGES, "index")} | {"shelf": ran[0].parents[2] / "index.html"}


@pytest.mark.parametrize("name", [*STAGES, "index", "shelf"])
def test_no_script_runs_no_request_leaves_no_dialog_opens(visit, pages, name):
    with visit(pages[name]) as visited:
        visited.page.evaluate(ACT)
        visited.page.wait_for_timeout(300)
        assert visited.deeds == []
        assert visited.page.evaluate("() => window.owned") is None
        tags = (
            "script, iframe, object, embed, link, base, form, input, template, math, foreignObject, [onerror], [onload]"
        )
        assert visited.page.locator(tags).count() == 0
        assert visited.page.locator("a[href*='evil'], a[href^='javascript']").count() == 0


@pytest.mark.parametrize("name", [*STAGES, "index"])
def test_the_title_of_the_data_set_stands_there_word_for_word(visit, pages, name):
    with visit(pages[name]) as visited:
        assert hostile.TITLE in visited.page.locator("header").inner_text()


def text_of(page: Path) -> str:
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").get_text()


def test_countries_and_arms_are_shown_word_for_word(pages):
    countries, arms = text_of(pages["02_profiles"]), text_of(pages["05_lift"])
    assert [each for each in hostile.COUNTRIES if showable(each) not in countries] == []
    assert [each for each in hostile.ARMS if each not in arms] == []


def test_the_data_are_unchanged(ran, home_at):
    folder, _ = ran
    events = pyarrow.parquet.read_table(paths.run_tables("hostile", folder.name) / "events")
    seen = {name: set(events[name].to_pylist()) for name in ("country", "topic", "variation_id")}
    assert set(hostile.COUNTRIES) <= seen["country"]
    assert {each.strip() for each in hostile.STRINGS} <= {each and each.strip() for each in seen["topic"]}
    assert set(hostile.ARMS) <= seen["variation_id"]


def test_nothing_is_written_outside_the_folders_of_the_workbench(ran):
    home = ran[0].parents[3]
    assert {entry.name for entry in home.iterdir()} <= {"data", "reports", "keys"}
    assert {entry.name for entry in (home / "data").iterdir()} == {"hostile"}
    assert {entry.name for entry in (home / "reports").iterdir()} == {"hostile", "index.html"}


def test_every_notebook_ran_and_passes_the_gate(ran):
    assert gate.check_folder(ran[0], allowed=[hostile.CONTACT]) == {}
    assert all((ran[0] / f"{name}.html").exists() for name in STAGES)


def contents(file: Path) -> str:
    """What a file holds, decoded."""
    if file.suffix == ".parquet":
        return str(pyarrow.parquet.read_table(file).to_pylist())
    return file.read_bytes().decode("utf-8", "replace")


def forms(secret: str) -> set[str]:
    """A secret as it is, and as somebody might have written it."""
    plain = secret.encode()
    return {
        secret,
        base64.b64encode(plain).decode().rstrip("="),
        urllib.parse.quote(secret),
        repr(plain)[2:-1],
        plain.hex(),
    }


def test_secrets_of_the_environment_reach_no_output(ran):
    home, log = ran[0].parents[3], ran[1]
    outputs = [file for file in home.rglob("*") if file.is_file() and "raw" not in file.parts]
    assert {".parquet", ".html", ".ipynb", ".json"} <= {file.suffix for file in outputs}
    written = {str(file): contents(file) for file in outputs} | {"log": log}
    for secret in SECRETS.values():
        for form in forms(secret):
            assert [name for name, content in written.items() if form in content] == []


def test_the_scan_for_secrets_sees(tmp_path):
    secret = next(iter(SECRETS.values()))
    table = pyarrow.table({"note": [f"x {secret}"]})
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet", compression="zstd")
    (tmp_path / "b.ipynb").write_text(f'{{"x": "{base64.b64encode(secret.encode()).decode()}"}}')
    assert secret in contents(tmp_path / "a.parquet")
    assert any(form in contents(tmp_path / "b.ipynb") for form in forms(secret))
