"""Canaries in every format: before the scanner says of anybody that nothing is left, it must see what is there."""

import base64
import gzip
import html
import io
import json
import urllib.parse
import zipfile

import nbformat
import pandas as pd
import pytest

from helpers.stewardship.scan import Scanner, Unreadable

MAIL, PHONE, USER, NAME = "Zoë+shop@Example.com", "+49 170 1234567", "C10001", "p0123456789abcde"
PSEUDONYM = "0123456789abcdef0123456789abcdef"
SCANNER = Scanner([MAIL, PHONE, USER, "17"], [NAME, PSEUDONYM])


def sheet(text):
    """A workbook as a spreadsheet writes it: packed XML, texts in a part of their own."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", f"<sst><si><t>{html.escape(text)}</t></si></sst>")
        book.writestr("xl/worksheets/sheet1.xml", "<sheetData><c t='s'><v>0</v></c></sheetData>")
    return packed.getvalue()


def notebook(text):
    cell = nbformat.v4.new_code_cell("show()")
    cell.outputs = [nbformat.v4.new_output("display_data", {"text/html": f"<p>{html.escape(text)}</p>"})]
    return nbformat.writes(nbformat.v4.new_notebook(cells=[cell])).encode()


def parquet(**columns):
    buffer = io.BytesIO()
    pd.DataFrame(columns).to_parquet(buffer)
    return buffer.getvalue()


def archive(text):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as outer:
        outer.writestr("inner.csv.gz", gzip.compress(text.encode()))
    return packed.getvalue()


def names(text):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as outer:
        outer.writestr(f"{text}.txt", "")
    return packed.getvalue()


def drawing(text):
    svg = f"<svg xmlns='http://www.w3.org/2000/svg'><text>{html.escape(text)}</text></svg>"
    return f'<img src="data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}">'.encode()


FORMATS = {
    "plain.txt": str.encode,
    "wide.txt": lambda text: text.encode("utf-16"),
    "wide, the other way.txt": lambda text: f"\ufeff{text}".encode("utf-16-be"),
    "latin.txt": lambda text: text.encode("latin-1"),
    "table.csv": lambda text: f'id,mail\n1,"{text}"\n'.encode(),
    "table.csv.gz": lambda text: gzip.compress(f"id,mail\n1,{text}\n".encode()),
    "log.jsonl.gz": lambda text: gzip.compress((json.dumps({"mail": text}) + "\n").encode()),
    "table.parquet": lambda text: parquet(mail=["x", text]),
    "lists.parquet": lambda text: parquet(ids=[[{"type": "email", "value": text}], None]),
    "columns.parquet": lambda text: parquet(**{text: [1]}),
    "bytes.parquet": lambda text: parquet(body=[text.encode()]),
    "book.xlsx": sheet,
    "archive.zip": archive,
    "names.zip": names,
    "record.json": lambda text: json.dumps({"a": [{"b": text}]}).encode(),
    "page.html": lambda text: f"<td title='{html.escape(text)}'></td>".encode(),
    "drawn.html": drawing,
    "run.ipynb": notebook,
}  # fmt: skip
FORMS = {
    "as it is": lambda text: text,
    "upper": str.upper,
    "lower": str.lower,
    "url": lambda text: "https://shop.example/?u=" + urllib.parse.quote(text, safe=""),
    "html": lambda text: "".join(f"&#{ord(each)};" for each in text),
    "json": lambda text: "".join(f"\\u{ord(each):04x}" for each in text),
    "url twice": lambda text: urllib.parse.quote(urllib.parse.quote(text, safe=""), safe=""),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 within": lambda text: base64.b64encode(f"u={text};".encode()).decode(),
    "base64 within, moved": lambda text: base64.urlsafe_b64encode(f"uu={text}".encode()).decode().rstrip("="),
    "in words": lambda text: f"mailto:{text}, thanks.",
}


@pytest.fixture
def put(tmp_path):
    def put(name, content):
        file = tmp_path / name
        file.write_bytes(content)
        return file

    return put


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("value", [MAIL, PHONE, USER, NAME, PSEUDONYM])
def test_a_canary_is_seen_in_every_format(put, name, value):
    assert SCANNER.found_in(put(name, FORMATS[name](value)))
    assert not SCANNER.found_in(put(name, FORMATS[name]("nobody@example.com")))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["plain.txt", "table.csv.gz", "table.parquet", "run.ipynb", "book.xlsx", "drawn.html"])
def test_a_canary_is_seen_in_every_form(put, form, name):
    assert SCANNER.found_in(put(name, FORMATS[name](FORMS[form](MAIL))))


def test_a_search_of_the_bytes_would_not_have_seen_them(put):
    hidden = [name for name, write in FORMATS.items() if MAIL.encode() not in write(MAIL)]
    assert {"table.csv.gz", "book.xlsx", "archive.zip", "drawn.html", "log.jsonl.gz"} <= set(hidden)


@pytest.mark.parametrize(
    "text",
    [
        "xZoë+shop@example.com", "Zoë+shop@example.com.au", "a.Zoë+shop@example.com", "C100011", "AC10001", "17",
        "C10001-2", base64.b64encode(b"AC100012 and more").decode(), PSEUDONYM[:-1], "0170 1234567",
    ],
)  # fmt: skip
def test_a_longer_one_is_somebody_elses(put, text):
    assert not SCANNER.found_in(put("plain.txt", text.encode()))


def test_a_file_name_may_tell_too(put):
    assert SCANNER.found_in(put(f"{MAIL}.txt", b""))


def test_numbers_in_columns_are_looked_into(put):
    assert Scanner(["4917012345678"], ()).found_in(put("a.parquet", parquet(phone=[1, 4917012345678])))


UNREADABLE = {
    "cut.gz": gzip.compress(b"x" * 10_000)[:-20],
    "broken.zip": b"PK\x03\x04" + b"x" * 50,
    "cut.parquet": parquet(a=[1])[:-8],
    "closed.xz": b"\xfd7zXZ\x00" + bytes(20),
    "closed.bz2": b"BZh9",
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_looked_into_is_said_to_be_so(put, name):
    with pytest.raises(Unreadable):
        SCANNER.found_in(put(name, UNREADABLE[name]))
