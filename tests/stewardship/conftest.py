from __future__ import annotations

import shutil
import textwrap

import pytest

import helpers
from helpers import profiles
from helpers.datasets import paths
from helpers.runs import history
from tests.conftest import ENDED, HEAD, PUBLIC_KEY, UNREAD, Log
from tests.stewardship import world

ASKED = 'source = "orders"'
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "'=1+1", "''", "\t=1", "\r=1", 'a "b", c\nd', "ok", " =1", "", None]


@pytest.fixture(scope="session")
def made(tmp_path_factory, home_at):
    """Homes that many tests start from, each made once."""

    def at(name, make):
        with home_at(tmp_path_factory.mktemp(name) / "home") as folder:
            make()
        return folder

    def run():
        world.write()
        world.rebuild()

    def run_under_its_own_key():
        world.write()
        toml = paths.dataset(world.NAME) / "dataset.toml"
        toml.write_text(toml.read_text().replace('[pseudonyms]\npublic_key = "public, for tests"\n', ""))
        world.rebuild()

    return {"run": at("run", run), "own key": at("own-key", run_under_its_own_key), "asked": at("asked", _ask)}


@pytest.fixture
def shop(home, made):
    """The shop of `world` with its person, run once."""
    shutil.copytree(made["run"], home, symlinks=True)
    return history.shop_of_latest(world.NAME)


@pytest.fixture
def asked(home, made):
    """A shop that asks: u1 agreed and has pages with hostile titles, u2 objected, u3 never answered."""
    shutil.copytree(made["asked"], home, symlinks=True)
    return helpers.open("tiny", as_of="2025-01-20")


def _ask():
    head = {"name": "tiny", "timezone": "Europe/Berlin", "history": ENDED, "consent": ASKED, "pseudonyms": PUBLIC_KEY}
    paths.dataset("tiny").mkdir(parents=True)
    (paths.dataset("tiny") / "dataset.toml").write_text(HEAD.format(**head) + textwrap.dedent(UNREAD))
    log = Log()
    for minute, text in enumerate(HOSTILE):
        log.add(f"2025-01-02 00:{minute:02d}:00.000001", user_id="u1", page_path=text, ids={"email": "e1"})
    log.order("2025-01-03", "12.3400", user_id="u1").order("2025-01-03", 5, user_id="u2")
    log.order("2025-01-03", 7, user_id="u3")
    log.says("u1", "granted", "2025-01-01", "profiling", "web_tracking", "email_marketing")
    log.says("u2", "granted", "2025-01-01", "profiling", "email_marketing")
    log.says("u2", "denied", "2025-02-01")
    profiles.build(log.write(helpers.open("tiny", as_of="2025-01-20")))
