import csv
import gzip
import io
from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.ingestion.reading import records
from helpers.ingestion.reading.records import scan


def by_csv_module(text, *, header):
    """Start line of each record and its values, by Python's own reader, blank lines left out."""
    reader, found, line = csv.reader(io.StringIO(text, newline=""), strict=True), [], 1
    for values in reader:
        if values:
            found.append((line, values))
        line = reader.line_num + 1
    return found[int(header) :]


def pieces(file, found, encoding="utf-8"):
    """The text of each record, cut out of the file by its offset and length."""
    data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    places = zip(found.offsets, found.lengths, strict=True)
    return [data[offset : offset + length].decode(encoding) for offset, length in places]


def agrees(file, text, *, header):
    found = scan(file, quoted=True, header=header)
    expected = by_csv_module(text, header=header)
    assert found.lines.tolist() == [line for line, _ in expected]
    values = [next(csv.reader(io.StringIO(piece, newline=""))) for piece in pieces(file, found)]
    assert values == [values for _, values in expected]
    assert np.all(np.diff(found.numbers) >= 1)


TEXTS = {
    "plain": "a,b\n1,2\n3,4\n",
    "no final newline": "a,b\n1,2\n3,4",
    "quoted newline": 'a,b\n1,"x\ny"\n3,"\n\n"\n',
    "quoted quotes": 'a,b\n"1""\n""2",2\n"""",""\n',
    "crlf": 'a,b\r\n1,"x\r\ny"\r\n3,4\r\n',
    "crlf, no final newline": "a,b\r\n1,2\r\n3,4",
    "blank lines": "\n\na,b\n\n1,2\n\n\n3,4\n\n",
    "blank lines, crlf": "a,b\r\n\r\n1,2\r\n\r\n",
    "one column": 'a\n1\n""\n2\n',
    "no text": "",
    "only blank lines": "\n\r\n\n",
    "header alone": "a,b\n",
    "header without newline": "a,b",
    "other alphabets": "ä,ß\n日本,\U0001f600\n",
}


@pytest.mark.parametrize("chunk", [1, 2, 3, 5, 7, 2**24])
@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_records_are_those_of_pythons_own_reader(tmp_path, monkeypatch, text, header, chunk):
    monkeypatch.setattr(records, "_CHUNK", chunk)
    plain, packed = tmp_path / "x.csv", tmp_path / "x.csv.gz"
    plain.write_bytes(text.encode())
    packed.write_bytes(gzip.compress(text.encode()))
    agrees(plain, text, header=header)
    agrees(packed, text, header=header)


FIELD = st.lists(st.sampled_from(["a", "1", '"', ",", " ", "\t", "\n", "\r\n", "é", "'", "\\"]), max_size=6).map(
    "".join
)
ROW = st.lists(FIELD, min_size=1, max_size=3)


@given(
    rows=st.lists(st.none() | ROW, max_size=8),
    end=st.sampled_from(["\n", "\r\n"]),
    closed=st.booleans(),
    header=st.booleans(),
    chunk=st.integers(1, 9),
)
def test_whatever_is_written_by_the_rules_is_found(tmp_path_factory, *, rows, end, closed, header, chunk):
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator=end)
    for row in rows:
        writer.writerow(row) if row else buffer.write(end)
    text = buffer.getvalue()
    text = text if closed else text.removesuffix(end)
    file = tmp_path_factory.getbasetemp() / "by_the_rules.csv"
    file.write_bytes(text.encode())
    with mock.patch.object(records, "_CHUNK", chunk):
        agrees(file, text, header=header)


@given(text=st.text(st.sampled_from('ab,"\n\r \t'), max_size=40), chunk=st.integers(1, 9))
def test_whatever_is_written_the_size_of_a_chunk_changes_nothing(tmp_path_factory, text, chunk):
    file = tmp_path_factory.getbasetemp() / "any.csv"
    file.write_bytes(text.encode())
    for quoted in (True, False):
        whole = scan(file, quoted=quoted, header=False)
        with mock.patch.object(records, "_CHUNK", chunk):
            cut = scan(file, quoted=quoted, header=False)
        assert all(np.array_equal(one, other) for one, other in zip(whole, cut, strict=True))


@given(text=st.text(st.sampled_from('a"{\n\r \t'), max_size=40), chunk=st.integers(1, 9))
def test_where_nothing_is_quoted_a_line_is_a_record(tmp_path_factory, text, chunk):
    file = tmp_path_factory.getbasetemp() / "lines.txt"
    file.write_bytes(text.encode())
    with mock.patch.object(records, "_CHUNK", chunk):
        found = scan(file, quoted=False, header=False)
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip(" \t\r")]
    assert found.lines.tolist() == found.numbers.tolist() == [number for number, _ in lines]
    assert pieces(file, found) == [line for _, line in lines]


def test_numbers_count_the_header_and_blank_records_too(tmp_path):
    file = tmp_path / "x.csv"
    file.write_text('\na,b\n1,"x\ny"\n\n3,4\n')
    found = scan(file, quoted=True, header=True)
    assert found.numbers.tolist() == [3, 5]
    assert found.lines.tolist() == [3, 6]


def test_an_open_quote_reaches_to_the_end(tmp_path):
    file = tmp_path / "x.csv"
    file.write_text('1,2\n3,"4\n5,6\n')
    found = scan(file, quoted=True, header=False)
    assert pieces(file, found) == ["1,2", '3,"4\n5,6\n']


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
@pytest.mark.parametrize("chunk", [2, 4, 2**24])
def test_two_bytes_a_character(tmp_path, monkeypatch, encoding, chunk):
    monkeypatch.setattr(records, "_CHUNK", chunk)
    text = 'a,b\n"x\ny",Ċ਀\n\n3,4'  # both letters hold a byte that alone would be a newline
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    file = tmp_path / "x.csv"
    file.write_bytes((mark + text).encode(encoding))
    found = scan(file, quoted=True, header=True, encoding="utf-16")
    assert found.lines.tolist() == [2, 5]
    assert pieces(file, found, "utf-16-be" if mark else "utf-16-le") == ['"x\ny",Ċ਀', "3,4"]


def test_a_byte_too_few_at_the_end_is_still_a_record(tmp_path):
    file = tmp_path / "x.csv"
    file.write_bytes("1\n2".encode("utf-16")[:-1])
    assert scan(file, quoted=True, header=False, encoding="utf-16").lines.tolist() == [1, 2]
