import hashlib
import json
import os
import shutil
import stat

import pytest

import helpers
from helpers.datasets import paths
from helpers.errors import WrongUse
from helpers.ingestion import ingest
from helpers.privacy import Pseudonymiser, for_shop, tombstones
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
    with pytest.raises(
        WrongUse,
        match=r"The pseudonym key of 'tiny' is gone: .* Restore the earlier key from its backup. To begin anew",
    ):
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
    with pytest.raises(WrongUse, match="the pseudonym key has 31 characters; expected at least 32"):
        for_shop(shop)


def test_an_empty_key_in_the_environment_is_no_key(make_shop, monkeypatch):
    monkeypatch.setenv("WORKBENCH_KEY", "")
    with pytest.raises(WrongUse, match="has 0 characters"):
        for_shop(make_shop(**OWN_KEY))


ORDERS = """
    [[source]]
    name = "orders"
    files = ["orders*.csv"]
    format = "delimited"
    columns = ["at", "who", "mail"]
    [[source.emit]]
    event = "Order Completed"
    timestamp = "at"
    user_id = "who"
    external_ids = { email = "mail" }
"""


@pytest.mark.parametrize("changed", ["file", "WORKBENCH_KEY", "public"])
def test_tables_of_one_key_are_not_gone_on_with_under_another(make_shop, write_dataset, monkeypatch, changed):
    raw = {"orders.csv": "at,who,mail\n2025-01-01,u1,ann@example.com\n"}
    shop = make_shop(ORDERS, raw, **OWN_KEY)
    ingest(shop)
    first = for_shop(shop).fingerprint
    assert json.loads((shop.store.folder / "events.meta.json").read_text())["key"] == first
    before = paths.key_file("tiny").read_text()
    if changed == "file":
        paths.key_file("tiny").write_text("another key " * 4)
    if changed == "WORKBENCH_KEY":
        monkeypatch.setenv("WORKBENCH_KEY", "k" * 32)
    if changed == "public":
        write_dataset(ORDERS, raw)
    rows = shop.table("events").to_pyarrow()
    with pytest.raises(WrongUse, match=f"made with the pseudonym key of fingerprint {first}, the present one") as error:
        ingest(helpers.open("tiny"))
    assert error.value.exit_code == 2
    assert helpers.open("tiny").table("events").to_pyarrow().equals(rows)
    monkeypatch.delenv("WORKBENCH_KEY", raising=False)
    paths.key_file("tiny").write_text(before)
    write_dataset(ORDERS, raw, **OWN_KEY)
    ingest(helpers.open("tiny"))


def test_after_the_loss_of_a_key_one_can_begin_anew(make_shop):
    shop = make_shop(ORDERS, {"orders.csv": "at,who,mail\n2025-01-01,u1,ann@example.com\n"}, **OWN_KEY)
    ingest(shop)
    first = for_shop(shop).fingerprint
    paths.key_file("tiny").unlink()
    with pytest.raises(WrongUse, match="is gone"):
        ingest(helpers.open("tiny"))
    shutil.rmtree(paths.scratch("tiny"))
    ingest(helpers.open("tiny"))
    assert for_shop(helpers.open("tiny")).fingerprint != first


def test_a_hundred_thousand_guesses_match_nothing_without_the_key(make_shop):
    known = [f"Person{number}@Example.com" for number in range(50)]
    guesses = [f"person{number}@example.com" for number in range(100_000)]
    lines = "".join(f"2025-01-01,u{number},{mail}\n" for number, mail in enumerate(known))
    shop = make_shop(ORDERS, {"orders.csv": f"at,who,mail\n{lines}"}, **OWN_KEY)
    ingest(shop)
    stored = shop.table("events").select(value=lambda t: t.external_ids[0]["value"]).to_pyarrow()["value"].to_pylist()
    assert len(set(stored)) == len(known)
    assert {for_shop(shop)("email", mail) for mail in guesses[:50]} == set(stored)
    stranger = Pseudonymiser(b"public, for tests")
    unkeyed = (hashlib.md5, hashlib.sha1, hashlib.sha256, hashlib.sha512)
    tried = {stranger("email", mail) for mail in guesses} | {Pseudonymiser(b"")("email", mail) for mail in guesses}
    for plain in (mail.encode() for mail in guesses):
        tried |= {make(said).hexdigest()[:32] for make in unkeyed for said in (plain, b"email\x00" + plain)}
    assert len(tried) > 900_000
    assert not tried & set(stored)


def test_a_key_is_held_against_tombstones_where_no_table_is_left(make_shop):
    shop = make_shop(**OWN_KEY)
    tombstones.write("tiny", tombstones.Forgotten(key="0123456789abcdef"))
    with pytest.raises(WrongUse, match="is gone"):
        for_shop(shop)
    paths.key_file("tiny").parent.mkdir(parents=True, exist_ok=True)
    paths.key_file("tiny").write_text("k" * 32)
    with pytest.raises(WrongUse, match="the pseudonym key of fingerprint 0123456789abcdef, the present one has"):
        for_shop(shop)
