from datetime import datetime

import ibis
import numpy as np
import pytest

import helpers
from helpers.errors import PrivacyRefused
from helpers.privacy import allowed_at, permissions, require_basis

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
    found = allowed_at(permissions(log, table(people)), MOMENT)
    found = found.filter(found.purpose == "profiling", found.allowed)
    return sorted(found.to_pyarrow()["profile_id"].to_pylist())


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
    assert permissions(ibis.memtable(log, schema=LOG), people).to_pyarrow().num_rows == 0


def test_permissions_are_spans_without_gaps_purpose_by_purpose():
    days = [datetime(2025, 1, day) for day in (1, 2, 3, 4)]
    said = [("u1", "granted", 0), ("e1", "denied", 1), ("e1", "granted", 2), ("u1", "unknown", 3)]
    log = [
        dict(zip(LOG, ("user_id" if who == "u1" else "email", who, purpose, status, days[day]), strict=True))
        for purpose, rows in (("profiling", said), ("email_tracking", said[1:2]))
        for who, status, day in rows
    ]
    people = table([("user_id", "u1", "ann"), ("email", "e1", "ann")])
    spans = permissions(ibis.memtable(log, schema=LOG), people).order_by("purpose", "since").to_pyarrow().to_pylist()
    assert [tuple(span.values()) for span in spans] == [
        ("ann", "email_tracking", False, days[1], None),
        *(
            ("ann", "profiling", allowed, since, until)
            for allowed, since, until in zip([True, False, True, False], days, [*days[1:], None], strict=True)
        ),
    ]


def test_permissions_are_what_asking_moment_by_moment_would_give():
    rng = np.random.default_rng(1)
    owners = {"u1": ("user_id", "ann"), "e1": ("email", "ann"), "u2": ("user_id", "bob")}
    for _ in range(30):
        said = [
            (who, str(rng.choice(["granted", "denied"])), datetime(2025, 1, int(rng.integers(1, 9))))
            for who in rng.choice(list(owners), size=rng.integers(1, 12))
        ]
        log = [dict(zip(LOG, (owners[who][0], who, "profiling", *rest), strict=True)) for who, *rest in said]
        people = table([(kind, who, name) for who, (kind, name) in owners.items()])
        spans = permissions(ibis.memtable(log, schema=LOG), people)
        for moment in (datetime(2025, 1, day) for day in (1, 4, 5, 9, 10)):
            found = allowed_at(spans, moment).to_pyarrow().to_pylist()
            assert {row["profile_id"]: row["allowed"] for row in found} == by_asking(said, owners, moment)


def by_asking(said, owners, moment):
    """Person to whether the last answer under each of their identifiers is a yes, those who said nothing left out."""
    answers = {}
    for who, (_, name) in owners.items():
        own = [(when, status) for user, status, when in said if user == who and when < moment]
        last = max((when for when, _ in own), default=None)
        for when, status in own:
            if when == last:
                answers[name] = answers.get(name, True) and status == "granted"
    return answers


def test_without_a_ground_nobody_is_profiled(write_dataset, make_shop):
    require_basis(make_shop())
    folder = write_dataset()
    text = (folder / "dataset.toml").read_text()
    start, end = text.index("[consent]"), text.index("[pseudonyms]")
    (folder / "dataset.toml").write_text(text[:start] + text[end:])
    with pytest.raises(PrivacyRefused, match=r"tiny/dataset\.toml has no \[consent\]") as error:
        require_basis(helpers.open("tiny"))
    assert error.value.exit_code == 7
