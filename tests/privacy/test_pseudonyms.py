import hashlib
import os
import stat

import pytest

from helpers.datasets import paths
from helpers.errors import WrongUse
from helpers.privacy import Pseudonymiser, for_shop
from helpers.privacy.pseudonyms import normalise

OWN_KEY = {"pseudonyms": ""}


def by_hand(key, message):
    """HMAC-SHA-256 as RFC 2104 writes it down."""
    padded = (hashlib.sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
    inner = hashlib.sha256(bytes(b ^ 0x36 for b in padded) + message).digest()
    return hashlib.sha256(bytes(b ^ 0x5C for b in padded) + inner).hexdigest()


def test_the_oracle_gives_the_published_test_vector():
    # RFC 4231, test case 2.
    expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert by_hand(b"Jefe", b"what do ya want for nothing?") == expected


@pytest.mark.parametrize("key", [b"a short key", b"k" * 64, b"a key that is longer than one block of the hash " * 3])
def test_a_pseudonym_is_an_hmac_of_type_and_value(key):
    assert Pseudonymiser(key)("user_id", "C00123") == by_hand(key, b"user_id\x00C00123")[:32]
    assert Pseudonymiser(key)("email", "ä@x.de") == by_hand(key, "email\x00ä@x.de".encode())[:32]


def test_the_type_is_part_of_it():
    name = Pseudonymiser(b"key")
    assert len({name(kind, "1") for kind in ("user_id", "anonymous_id", "phone", "loyalty_id")}) == 4


def test_another_key_gives_another_pseudonym_and_fingerprint():
    one, other = Pseudonymiser(b"one"), Pseudonymiser(b"other")
    assert one("user_id", "1") != other("user_id", "1")
    assert one.fingerprint != other.fingerprint
    assert one.fingerprint == by_hand(b"one", b"fingerprint")[:16]


@pytest.mark.parametrize(
    ("kind", "value", "plain"),
    [
        ("email", " Ann@Example.COM ", "ann@example.com"),
        ("phone", "+49 (30) 123-45 67", "+49301234567"),
        ("phone", "030/1234567", "0301234567"),
        ("user_id", " 00123 ", "00123"),
        ("user_id", "Ab", "Ab"),
        ("loyalty_id", "9007199254740993", "9007199254740993"),
    ],
)
def test_one_spelling_for_one_identifier(kind, value, plain):
    assert normalise(kind, value) == plain
    assert Pseudonymiser(b"key")(kind, value) == Pseudonymiser(b"key")(kind, plain)


def test_a_public_key_is_the_data_sets_own(make_shop, monkeypatch):
    monkeypatch.setenv("WORKBENCH_KEY", "k" * 32)
    shop = make_shop()
    assert for_shop(shop).fingerprint == Pseudonymiser(b"public, for tests").fingerprint
    assert not paths.key_file("tiny").exists()


def test_the_environment_stands_before_the_file(make_shop, monkeypatch):
    shop = make_shop(**OWN_KEY)
    monkeypatch.setenv("WORKBENCH_KEY", "k" * 32)
    assert for_shop(shop).fingerprint == Pseudonymiser(b"k" * 32).fingerprint
    assert not paths.key_file("tiny").exists()


def test_a_key_file_is_made_once_and_for_its_owner_alone(make_shop):
    before = os.umask(0)
    try:
        first = for_shop(make_shop(**OWN_KEY))
    finally:
        os.umask(before)
    file = paths.key_file("tiny")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    key = file.read_text().strip()
    assert len(bytes.fromhex(key)) == 32
    assert for_shop(make_shop(**OWN_KEY)).fingerprint == first.fingerprint == Pseudonymiser(key.encode()).fingerprint


def test_each_data_set_has_a_key_of_its_own(make_shop):
    assert for_shop(make_shop(**OWN_KEY)).fingerprint != for_shop(make_shop(name="other", **OWN_KEY)).fingerprint


@pytest.mark.parametrize("where", ["published", "scratch", "run"])
def test_no_new_key_where_tables_exist(make_shop, log, monkeypatch, where):
    shop = make_shop(**OWN_KEY)
    if where == "published":
        paths.report_run("tiny", "r1").mkdir(parents=True)
        paths.latest("tiny").symlink_to(paths.report_run("tiny", "r1"))
    else:
        if where == "run":
            monkeypatch.setenv("WORKBENCH_RUN", "r1")
            shop = make_shop(**OWN_KEY)
        log.write(shop)
    with pytest.raises(WrongUse, match=r"The pseudonym key of 'tiny' is gone: .* Restore the key from its backup"):
        for_shop(shop)
    assert not paths.key_file("tiny").exists()


@pytest.mark.parametrize("where", ["WORKBENCH_KEY", "file"])
def test_a_short_key_is_refused(make_shop, monkeypatch, where):
    shop = make_shop(**OWN_KEY)
    if where == "file":
        paths.key_file("tiny").parent.mkdir(parents=True)
        paths.key_file("tiny").write_text("k" * 31 + "\n")
    else:
        monkeypatch.setenv("WORKBENCH_KEY", "k" * 31)
    with pytest.raises(WrongUse, match="the pseudonym key has 31 characters; it needs at least 32"):
        for_shop(shop)


def test_an_empty_key_in_the_environment_is_no_key(make_shop, monkeypatch):
    monkeypatch.setenv("WORKBENCH_KEY", "")
    with pytest.raises(WrongUse, match="has 0 characters"):
        for_shop(make_shop(**OWN_KEY))
