from datetime import datetime

import ibis
import pytest

import helpers
from helpers.errors import PrivacyRefused
from helpers.privacy import may_profile, require_basis

MOMENT = datetime(2025, 6, 1)
MAP = {"type": "string", "identifier": "string", "profile_id": "string"}
SPAN = {"valid_from": "timestamp(6)", "valid_to": "timestamp(6)"}
LOG = {
    "identifier_type": "string",
    "identifier": "string",
    "purpose": "string",
    "status": "string",
    "timestamp": "timestamp(6)",
}


def table(people):
    """Rows of identity_map; what is not said is missing."""
    names = MAP | SPAN
    return ibis.memtable([dict.fromkeys(names) | dict(zip(names, row, strict=False)) for row in people], schema=names)


def allowed(*answers, purpose="profiling"):
    """Who may be profiled: ann has a user id u1 and an e-mail e1, bob a user id u2, cat an e-mail e3.

    The phone p1 was ann's until 1 February, and bob's from then on.
    """
    february = datetime(2025, 2, 1)
    people = [("user_id", "u1", "ann"), ("email", "e1", "ann"), ("user_id", "u2", "bob"), ("email", "e3", "cat")]
    people += [("phone", "p1", "ann", None, february), ("phone", "p1", "bob", february)]
    rows = [
        ({"u": "user_id", "e": "email", "p": "phone"}[who[0]], who, purpose, status, datetime.fromisoformat(when))
        for who, status, when in answers
    ]
    log = ibis.memtable([dict(zip(LOG, row, strict=True)) for row in rows], schema=LOG)
    return sorted(may_profile(log, table(people), MOMENT).to_pyarrow()["profile_id"].to_pylist())


def test_who_agreed_may_be_profiled():
    assert allowed(("u1", "granted", "2025-01-01"), ("e3", "granted", "2025-01-01")) == ["ann", "cat"]


def test_silence_is_a_no():
    assert allowed(("u1", "granted", "2025-01-01")) == ["ann"]


@pytest.mark.parametrize("status", ["denied", "unknown"])
def test_what_is_not_a_yes_is_a_no(status):
    assert allowed(("u1", status, "2025-01-01")) == []


def test_the_last_answer_counts():
    assert allowed(("u1", "granted", "2025-01-01"), ("u1", "denied", "2025-01-02")) == []
    assert allowed(("u1", "denied", "2025-01-01"), ("u1", "granted", "2025-01-02")) == ["ann"]


def test_answers_from_the_moment_on_do_not_count():
    assert allowed(("u1", "granted", "2025-01-01"), ("u1", "denied", "2025-06-01T00:00:00")) == ["ann"]
    assert allowed(("u1", "granted", "2025-01-01"), ("u1", "denied", "2025-05-31T23:59:59.999999")) == []
    assert allowed(("u1", "granted", "2025-06-01T00:00:00")) == []


def test_of_two_answers_at_one_time_the_stricter_counts():
    assert allowed(("u1", "granted", "2025-01-01"), ("u1", "denied", "2025-01-01")) == []
    assert allowed(("u1", "granted", "2025-01-01"), ("u1", "unknown", "2025-01-01")) == []


@pytest.mark.parametrize("when", ["2024-12-01", "2025-01-01", "2025-02-01"])
def test_where_two_identifiers_of_one_person_disagree_the_stricter_counts(when):
    assert allowed(("u1", "granted", "2025-01-01"), ("e1", "denied", when)) == []
    assert allowed(("u1", "granted", "2025-01-01"), ("e1", "granted", when)) == ["ann"]


def test_an_identifier_that_never_answered_does_not_take_back_what_another_said():
    assert allowed(("e1", "granted", "2025-01-01")) == ["ann"]


def test_one_persons_answer_is_not_anothers():
    assert allowed(("u1", "granted", "2025-01-01"), ("u2", "denied", "2025-01-02")) == ["ann"]


def test_another_purpose_says_nothing():
    assert allowed(("u1", "granted", "2025-01-01"), purpose="email_marketing") == []


def test_an_answer_of_somebody_who_is_not_known_names_nobody():
    assert allowed(("u9", "granted", "2025-01-01")) == []


def test_an_answer_counts_for_whom_the_identifier_belonged_to_when_it_was_given():
    assert allowed(("p1", "granted", "2025-01-31")) == ["ann"]
    assert allowed(("p1", "granted", "2025-02-01")) == ["bob"]
    assert allowed(("u2", "granted", "2025-01-01"), ("p1", "denied", "2025-01-31")) == ["bob"]
    assert allowed(("u2", "granted", "2025-01-01"), ("p1", "denied", "2025-02-01")) == []


def test_a_type_is_part_of_an_identifier():
    log = [dict(zip(LOG, ("email", "u1", "profiling", "granted", datetime(2025, 1, 1)), strict=True))]
    people = table([("user_id", "u1", "ann")])
    assert may_profile(ibis.memtable(log, schema=LOG), people, MOMENT).to_pyarrow().num_rows == 0


def test_without_a_ground_nobody_is_profiled(write_dataset, make_shop):
    require_basis(make_shop())
    folder = write_dataset()
    text = (folder / "dataset.toml").read_text()
    start, end = text.index("[consent]"), text.index("[pseudonyms]")
    (folder / "dataset.toml").write_text(text[:start] + text[end:])
    with pytest.raises(PrivacyRefused, match=r"dataset.toml of 'tiny' has no \[consent\]") as error:
        require_basis(helpers.open("tiny"))
    assert error.value.exit_code == 7
