from __future__ import annotations

import pandas as pd
import pytest

import helpers
from helpers import profiles
from helpers.errors import NothingToDo, PrivacyRefused

CONSENT_SOURCE = 'source = "orders"'


def consent(shop, *answers):
    rows = [
        {"identifier_type": "user_id", "identifier": who, "purpose": "profiling", "status": status,
         "timestamp": pd.Timestamp(when), "version": "1", "source_id": "orders", "loaded_at": pd.Timestamp(when)}
        for who, status, when in answers
    ]  # fmt: skip
    shop.write("consent_log", pd.DataFrame(rows))


@pytest.fixture
def shop(make_shop, log):
    for who in ("yes", "no", "silent", "changed"):
        log.order("2025-03-01T10:00:00", 10, user_id=who)
    log.add("2025-03-02", anonymous_id="passer-by")
    shop = log.write(make_shop(consent=CONSENT_SOURCE, as_of="2025-06-01"))
    granted = [(who, "granted", "2025-01-01") for who in ("yes", "changed")]
    consent(shop, *granted, ("no", "denied", "2025-01-01"), ("changed", "denied", "2025-05-01"))
    return shop


def test_only_who_said_yes_last_has_a_profile(shop):
    built = profiles.build(shop)
    assert built == profiles.Built(people=5, profiles=1, generic_contacts=3, contacts=0, visitors=1)
    for table in ("profiles", "daily"):
        assert shop.table(table).profile_id.nunique().to_pyarrow().as_py() == 1


def test_everyone_opted_out_is_a_plain_sentence(make_shop, log):
    log.order("2025-03-01T10:00:00", 10, user_id="no")
    shop = log.write(make_shop(consent=CONSENT_SOURCE, as_of="2025-06-01"))
    consent(shop, ("no", "denied", "2025-01-01"))
    with pytest.raises(NothingToDo, match="none of 1 people may be profiled"):
        profiles.build(shop)


def test_without_a_ground_nobody_is_profiled(write_dataset, log):
    folder = write_dataset()
    file = folder / "dataset.toml"
    text = file.read_text()
    start = text.index("[consent]")
    file.write_text(text[:start] + text[text.index("[pseudonyms]") :])
    log.order("2025-03-01T10:00:00", 10, user_id="u")
    with pytest.raises(PrivacyRefused, match=r"has no \[consent\]"):
        profiles.build(log.write(helpers.open("tiny")))
