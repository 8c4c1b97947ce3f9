"""Whoever has a tombstone goes from raw files of every kind; the lines of others keep their place and their bytes."""

from datetime import datetime

import pandas as pd
import pytest

import helpers
from helpers import privacy
from helpers.datasets import paths
from helpers.ingestion import Texts, erase, ingest, texts
from helpers.privacy import tombstones

NOW = datetime(2026, 1, 1)
SOURCE = """
    [[source]]
    name = "log"
    files = ["log*"]
    columns = ["at", "who", "mail"]
    max_bad_share = 0.9
    {how}
      [[source.emit]]
      event = "Order Completed"
      timestamp = "at"
      user_id = "who"
      external_ids.email = "mail"
      {more}
"""
OTHER = "2025-01-02 10:00,C200002,bob@example.com"
OWN = "2025-01-03 10:00,C100001,änne@example.com"


@pytest.fixture
def gone(make_shop):
    """Reads a log, buries whoever has an identifier, and takes them out of the raw files."""

    def gone(files, how='format = "delimited"', more="", who=("user_id", "C100001"), **head):
        shop = make_shop(SOURCE.format(how=how, more=more), files, **head)
        ingest(shop)
        pseudonym = privacy.for_shop(shop)
        stones = [
            tombstones.Tombstone(mark=tombstones.mark(kind, pseudonym(kind, value)), since=None, until=NOW)
            for kind, value in (who, ("email", "änne@example.com"))
        ]
        tombstones.write(shop.name, tombstones.Forgotten(tombstones=stones))
        erase(shop, texts(shop, NOW))
        return helpers.open(shop.name)

    return gone


def raw(name="log.csv"):
    return (paths.raw("tiny") / name).read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_in_every_encoding_and_with_either_line_end(gone, encoding, end):
    lines = ["at,who,mail", OTHER, OWN, f'2025-01-04 10:00,C100001,"a{end}b"', OTHER.replace("02 ", "05 ")]
    content = (end.join(lines) + end).encode(encoding)
    shop = gone({"log.csv": content}, f'format = "delimited"\nencoding = "{encoding}"')
    assert raw() == (end.join([*lines[:2], "", end, lines[4]]) + end).encode(encoding)
    before = shop.frame("events")
    ingest(shop)
    after = shop.frame("events")
    own = privacy.for_shop(shop)("user_id", "C100001")
    assert len(before) == 4
    assert after.message_id.tolist() == before[before.user_id != own].message_id.tolist()
    assert shop.frame("ledger").rows_rejected.tolist() == [0]


def test_white_space_text(gone):
    gone(
        {"log.txt": "2025-01-02T10:00 C2 bob@example.com\n2025-01-03T10:00 C100001 x\n"},
        'format = "whitespace"\nheader = false',
    )
    assert raw("log.txt") == b"2025-01-02T10:00 C2 bob@example.com\n\n"


def test_an_escaped_identifier_of_json_is_known_by_what_it_says(gone):
    other = '{"at":"2025-01-02 10:00","who":"C2","mail":"bob@example.com"}\n'
    gone({"log.jsonl": other + '{"at":"2025-01-03 10:00","mail":"\\u00e4nne@example.com"}\n'}, 'format = "jsonl"')
    assert raw("log.jsonl") == other.encode() + b"\n"


def test_a_parquet_file_loses_the_rows(gone):
    frame = pd.DataFrame([line.split(",") for line in (OTHER, OWN, OTHER)], columns=["at", "who", "mail"])
    frame["amount"] = [1.5, 2.5, 3.5]
    paths_of = paths.raw("tiny")
    paths_of.mkdir(parents=True)
    frame.to_parquet(paths_of / "log.parquet", index=False)
    gone({}, 'format = "parquet"')
    left = pd.read_parquet(paths_of / "log.parquet")
    pd.testing.assert_frame_equal(left, frame.iloc[[0, 2]].reset_index(drop=True))


def test_a_longer_address_in_parquet_is_somebody_elses(gone):
    others = ["änne@example.com.au", "jänne@example.com", "mail to änne@example.com.", "x änne@example.com y", None]
    frame = pd.DataFrame({"at": "2025-01-02 10:00", "who": "C2", "mail": "bob@example.com", "note": others})
    frame.loc[len(frame)] = [*OWN.split(","), None]
    paths.raw("tiny").mkdir(parents=True)
    frame.to_parquet(paths.raw("tiny") / "log.parquet", index=False)
    gone({}, 'format = "parquet"')
    left = pd.read_parquet(paths.raw("tiny") / "log.parquet").note
    assert [None if pd.isna(each) else each for each in left] == [*others[:2], None, None, None]


def test_where_an_id_is_made_of_the_place_an_empty_row_keeps_it(gone):
    frame = pd.DataFrame([line.split(",") for line in (OWN, OTHER)], columns=["at", "who", "mail"])
    paths.raw("tiny").mkdir(parents=True)
    frame.to_parquet(paths.raw("tiny") / "log.parquet", index=False)
    shop = gone({}, 'format = "parquet"', more='message_id = "CAST(_line AS VARCHAR)"')
    before = shop.frame("events")
    ingest(shop)
    assert pd.read_parquet(paths.raw("tiny") / "log.parquet").isna().all(axis=1).tolist() == [True, False]
    assert set(before.message_id) == {"1", "2"}
    assert shop.frame("events").message_id.tolist() == ["2"]


def test_a_number_that_is_somebodys_id_is_not_taken_for_it_elsewhere(gone):
    lines = "at,who,mail\n2025-01-02 10:00,17850,x\n2025-01-03 10:00,C2,17850\n2025-01-04 10:00,C2,call 17850 now\n"
    gone({"log.csv": lines}, who=("user_id", "17850"))
    assert raw().decode() == lines.replace("2025-01-02 10:00,17850,x", "")


def test_what_nobody_could_read_goes_where_it_names_them(gone):
    bad = "2025-01-04 10:00,C100001\n2025-01-04 10:00,C3\nnot a time,C100001,z\n"
    gone({"log.csv": f"at,who,mail\n{OTHER}\n{OWN}\n{bad}"})
    assert raw().decode() == f"at,who,mail\n{OTHER}\n\n\n2025-01-04 10:00,C3\n\n"


def test_lines_of_a_lookup_go_too(gone):
    how = 'format = "delimited"\n    [[source.lookup]]\n    name = "crm"\n    file = "crm.csv"\n'
    how += '    columns = ["who", "tier"]\n    on = { who = "who" }'
    crm = "who,tier\nC100001,gold\nC200002,basic\n"
    shop = gone({"log.csv": f"at,who,mail\n{OTHER}\n{OWN}\n", "crm.csv": crm}, how)
    assert raw("crm.csv").decode() == "who,tier\nC200002,basic\n"
    ingest(shop)
    assert len(shop.frame("events")) == 1


def test_files_of_others_are_not_touched(gone):
    gone({"log-1.csv": f"at,who,mail\n{OWN}\n", "log-2.csv": f"at,who,mail\n{OTHER}\n"})
    file = paths.raw("tiny") / "log-2.csv"
    assert file.read_text() == f"at,who,mail\n{OTHER}\n"
    assert set(tombstones.read("tiny").rewritten.values()) == {
        row.sha256 for row in helpers.open("tiny").frame("ledger").itertuples() if row.file == "log-1.csv"
    }


def test_with_nobody_to_forget_no_file_is_touched(make_shop):
    shop = make_shop(SOURCE.format(how='format = "delimited"', more=""), {"log.csv": f"at,who,mail\n{OWN}\n"})
    ingest(shop)
    before = (paths.raw("tiny") / "log.csv").stat().st_mtime_ns
    erase(shop, Texts(set(), set()))
    assert (paths.raw("tiny") / "log.csv").stat().st_mtime_ns == before
