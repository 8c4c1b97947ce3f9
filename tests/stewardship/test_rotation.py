import hashlib
import hmac
import shutil
import stat

import pytest

import helpers
from helpers import identity, privacy
from helpers.datasets import folded, paths
from helpers.errors import WrongUse
from helpers.privacy import Pseudonymiser
from helpers.runs import history
from helpers.stewardship import export, retain, rotate_key
from helpers.stewardship.scan import Scanner
from tests.stewardship import world
from tests.stewardship.test_retention import DAYS, keep
from tests.stewardship.world import ANY, MAIL, NAME, USER, leave

# What rows say of people under whatever pseudonyms: the same before and after.
NAMED = {"profile_id", "identifier", "alias", "a", "b", "merged", "kept"}
TABLES = ("profiles", "daily", "contacts", "identity_map", "consent_log", "attributes")


@pytest.fixture
def shop(home, made):
    """The shop under a key of its own."""
    shutil.copytree(made["own key"], home, symlinks=True)
    return history.shop_of_latest(NAME)


def rotate():
    return rotate_key(history.shop_of_latest(NAME), rebuild=world.rebuild, clear=world.clear)


def described():
    shop = helpers.open(NAME)
    found = {}
    for table in TABLES:
        rows = [
            {k: str(v) for k, v in row.items() if k not in NAMED} for row in shop.table(table).to_pyarrow().to_pylist()
        ]
        found[table] = sorted(map(str, rows))
    return found


def test_a_later_key_hashes_what_the_earlier_made():
    one, both = Pseudonymiser(b"one"), Pseudonymiser(b"one", b"two")
    first = one("email", "Ann@x.de")
    assert both("email", "ann@x.de") == hmac.digest(b"two", b"email\x00" + first.encode(), hashlib.sha256)[:16].hex()
    assert both.stages("email", "ann@x.de") == [first, both("email", "ann@x.de")]
    assert both.brought_over("email", first, since=one.fingerprint) == both("email", "ann@x.de")
    assert both.brought_over("email", first, since=both.fingerprint) == first
    assert both.fingerprints[0] == one.fingerprint != both.fingerprint
    assert Pseudonymiser(b"two", b"one").fingerprint != both.fingerprint


def test_under_another_key_people_are_the_same_under_other_names(shop):
    identity.decide(shop, "apart", ("user_id", USER), ("user_id", "C200002"), why="two people")
    keep(DAYS)
    retain(history.shop_of_latest(NAME), rebuild=world.rebuild, clear=world.clear)
    before, old = described(), set(helpers.open(NAME).frame("identity_map").identifier)
    fingerprint = rotate()
    shop = helpers.open(NAME)
    assert described() == before
    assert not old & set(shop.frame("identity_map").identifier)
    assert fingerprint == privacy.for_shop(shop).fingerprint == shop.store.published_key() == folded(NAME).key
    scanner = Scanner((), old)
    left = [file for file in paths.dataset(NAME).rglob("*") if file.is_file() and scanner.found_in(file)]
    assert [file.name for file in left] == ["identity.csv"]  # read as what it is, of an earlier key
    assert len(paths.key_file(NAME).read_text().split()) == 2
    assert stat.S_IMODE(paths.key_file(NAME).stat().st_mode) == 0o600
    assert rotate() != fingerprint
    assert described() == before


def test_a_decision_made_under_an_earlier_key_still_holds(shop):
    identity.decide(shop, "join", ("user_id", USER), ("user_id", "C200002"), why="one person")
    world.rebuild()
    assert len(helpers.open(NAME).frame("profiles")) == 2
    rotate()
    assert len(helpers.open(NAME).frame("profiles")) == 2
    leave(ANY[0])
    assert "one person" not in paths.decisions_file(NAME).read_text()
    assert len(helpers.open(NAME).frame("profiles")) == 1


def test_who_was_forgotten_under_an_earlier_key_stays_forgotten(shop):
    leave(ANY[0])
    before = described()
    rotate()
    world.write(prefix="-again")
    world.rebuild()
    assert described() == before
    assert paths.decisions_file(NAME).exists() is False


def test_who_knows_the_earlier_key_alone_can_match_nothing(shop):
    first = Pseudonymiser(*privacy.keys(shop))
    assert first("email", MAIL) in set(shop.frame("identity_map").identifier)
    rotate()
    assert first("email", MAIL) not in set(helpers.open(NAME).frame("identity_map").identifier)


def test_what_was_interrupted_is_ended_without_another_key(shop):
    keep(DAYS)
    retain(history.shop_of_latest(NAME), rebuild=world.rebuild, clear=world.clear)
    manifest = folded(NAME).folder / "folded.json"
    written = manifest.read_text()
    manifest.write_text(written.replace('"daily": ', '"daily": 1'))
    with pytest.raises(WrongUse, match="Run `workbench migrate tiny --dry-run`"):
        rotate()
    assert len(paths.key_file(NAME).read_text().split()) == 1, "no key is added that nothing is brought over to"
    manifest.write_text(written)
    before = described()

    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate_key(history.shop_of_latest(NAME), rebuild=interrupted, clear=world.clear)
    with pytest.raises(WrongUse, match=r"an earlier key than the present one\. Run `workbench rotate-key tiny`"):
        privacy.for_shop(helpers.open(NAME))
    rotate()
    assert len(paths.key_file(NAME).read_text().split()) == 2
    assert described() == before


def test_a_nightly_run_may_end_what_was_interrupted(shop):
    before = described()
    keys = [*privacy.keys(shop), b"k" * 32]
    privacy.write_keys(paths.key_file(NAME), keys)
    world.rebuild()
    assert described() == before
    assert helpers.open(NAME).store.published_key() == Pseudonymiser(*keys).fingerprint


def test_a_key_from_the_environment_is_rotated_by_adding_a_line(shop, monkeypatch):
    before = described()
    first = paths.key_file(NAME).read_text()
    monkeypatch.setenv("WORKBENCH_KEY", first)
    with pytest.raises(WrongUse, match="add a new one to it, on a line of its own behind"):
        rotate()
    monkeypatch.setenv("WORKBENCH_KEY", first + "n" * 32)
    rotate()
    assert described() == before
    assert helpers.open(NAME).store.published_key() == privacy.for_shop(helpers.open(NAME)).fingerprint


@pytest.mark.parametrize("lost", ["first", "last"])
def test_without_one_of_the_keys_nothing_is_gone_on_with(shop, lost):
    rotate()
    first, last = paths.key_file(NAME).read_text().split()
    paths.key_file(NAME).write_text(last if lost == "first" else first)
    with pytest.raises(WrongUse, match="were made with the pseudonym key of fingerprint"):
        world.rebuild()


def test_a_public_key_is_not_rotated(home, made):
    shutil.copytree(made["run"], home, symlinks=True)
    with pytest.raises(WrongUse, match=r"is public, in its dataset\.toml"):
        rotate()


def test_what_left_under_the_earlier_key_does_not_stay(shop):
    export(shop, "profiles", to="csv")
    rotate()
    assert not paths.exports(NAME).exists()
