import csv
import gzip
import io
import json
from datetime import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.errors import DataRefused

CSV = 'format = "delimited"\ncolumns = ["a", "b", "c"]\n'
ONE = 'format = "delimited"\ncolumns = ["a"]\n'
JSON = 'format = "jsonl"\ncolumns = ["a", "b.c"]\n'
WORDS = 'format = "whitespace"\nheader = false\ncolumns = ["a", "b"]\n'
HEAD = "a,b,c\n"
BLOCK = '[[source.emit]]\nevent = "Page Viewed"\ntimestamp = "\'2025-01-01\'"\n'

# Source, content, records as (line, values …), faults as (line, reason, column).
READ = {
    "delimited": (CSV, HEAD + "1,2,3\n4,,6\n", [(2, "1", "2", "3"), (3, "4", None, "6")], []),
    "no header": (CSV + "header = false\n", "1,2,3\n", [(1, "1", "2", "3")], []),
    "semicolon": (CSV + 'delimiter = ";"\n', 'a;b;c\n1;"2;3";4,5\n', [(2, "1", "2;3", "4,5")], []),
    "tab": (CSV + 'delimiter = "\\t"\n', "a\tb\tc\n1\t2\t3\n", [(2, "1", "2", "3")], []),
    "quoted newline": (CSV, HEAD + '1,"x\ny",3\n4,5,6\n', [(2, "1", "x\ny", "3"), (4, "4", "5", "6")], []),
    "quoted quotes": (CSV, HEAD + '1,"x""y",3\n', [(2, "1", 'x"y', "3")], []),
    "crlf": (CSV, 'a,b,c\r\n1,"x\r\ny",3\r\n4,5,6', [(2, "1", "x\r\ny", "3"), (4, "4", "5", "6")], []),
    "blank lines": (CSV, "\n" + HEAD + "\n1,2,3\n\n\n4,5,6\n\n", [(4, "1", "2", "3"), (7, "4", "5", "6")], []),
    "byte-order mark": (CSV, "\ufeff" + HEAD + "1,2,3\n", [(2, "1", "2", "3")], []),
    "byte-order mark, no header": (CSV + "header = false\n", "\ufeff1,2,3\n", [(1, "1", "2", "3")], []),
    "no text": (CSV, "", [], []),
    "header alone": (CSV, HEAD, [], []),
    "nothing but delimiters": (CSV, HEAD + ",,\n", [(2, None, None, None)], []),
    "text as it is": (CSV, HEAD + "NA,null,00123\n9007199254740993,1e5,-0\n",
                      [(2, "NA", "null", "00123"), (3, "9007199254740993", "1e5", "-0")], []),
    "hostile text": (CSV, HEAD + '<script>,=HYPERLINK("x"),{{ 7*7 }}\n'.replace('("x")', "(x)") + "../,$x$,\u202e\n",
                     [(2, "<script>", "=HYPERLINK(x)", "{{ 7*7 }}"), (3, "../", "$x$", "\u202e")], []),
    "ragged": (CSV, HEAD + "1,2\n4,5,6\n7,8,9,10\n1,2,3\n", [(3, "4", "5", "6"), (5, "1", "2", "3")],
               [(2, "missing_columns", "c"), (4, "too_many_columns", None)]),
    "stray quote": (CSV, HEAD + '1,"2"x,3\n4,5,6\n', [(3, "4", "5", "6")], [(2, "stray_quote", "b")]),
    "quote inside text": (CSV, HEAD + '1,5" pipe,3\n4,5,6\n7,8,9\n', [(3, "4", "5", "6"), (4, "7", "8", "9")],
                          [(2, "stray_quote", "b")]),
    "open quote among quoted texts": (CSV, HEAD + '1,"2,3\n4,"5\n5",6\n"7",8,9\n',
                                      [(3, "4", "5\n5", "6"), (5, "7", "8", "9")], [(2, "stray_quote", "b")]),
    "open quote closed by another line's": (CSV, HEAD + '1,"2,3\n4,5",6\n7,8,9\n1,"2\n,3\n',
                                            [(2, "1", "2,3\n4,5", "6"), (4, "7", "8", "9")],
                                            [(5, "stray_quote", "b"), (6, "missing_columns", "c")]),
    "two open quotes": (CSV, HEAD + '1,"2,3\n4,5,6\n7,8,"9\n1,2,3\n', [(3, "4", "5", "6"), (5, "1", "2", "3")],
                        [(2, "stray_quote", "b"), (4, "stray_quote", "c")]),
    "quote at the very end": (CSV, HEAD + '1,2,3"\n', [], [(2, "stray_quote", "c")]),
    "open quote": (CSV, HEAD + '1,2,3\n4,"5,6\n', [(2, "1", "2", "3")], [(3, "stray_quote", "b")]),
    "blanks alone": (CSV, HEAD + "  \n1,2,3\n", [(3, "1", "2", "3")], [(2, "missing_columns", "b")]),
    "after all of these": (CSV, HEAD + '1,"\n\n",3\n\n4,5\n6,7,8\n', [(2, "1", "\n\n", "3"), (7, "6", "7", "8")],
                           [(6, "missing_columns", "c")]),
    "one column": (ONE, 'a\n1\n\n""\n2\n', [(2, "1"), (4, None), (5, "2")], []),
    "columns called as ours are": ('format = "delimited"\ncolumns = ["line", "text", "row_number"]\n',
                                   "line,text,row_number\n1,2,3\n", [(2, "1", "2", "3")], []),
    "json lines": (JSON, '{"a": 1, "b": {"c": "x"}}\n\n{"b": {"c": [1, 2]}, "z": 0}\n{"a": null}\n',
                   [(1, "1", "x"), (3, None, "[1,2]"), (4, None, None)], []),
    "json, crlf and byte-order mark": (JSON, '\ufeff{"a": 1}\r\n\r\n{"a": 2}', [(1, "1", None), (3, "2", None)], []),
    "json of every kind": (JSON, '{"a": 9007199254740993}\n{"a": 1e400}\n{"a": true}\n{"a": ""}\n'
                           '{"a": "x\\"\\u00e9\\n"}\n',
                           [(1, "9007199254740993", None), (2, "1e400", None), (3, "true", None), (4, None, None),
                            (5, 'x"é\n', None)], []),
    "json cut short": (JSON, '{"a": 1}\n{"a": 2, "b"\n{"a": 3}\n{"a":', [(1, "1", None), (3, "3", None)],
                       [(2, "not_json", None), (4, "not_json", None)]),
    "json with lines of blanks": (JSON, '{"a": 1}\n  \t\n{"a": 2}\n', [(1, "1", None), (3, "2", None)], []),
    "json, no text": (JSON, "", [], []),
    "white space": (WORDS, "  1   2\n3\t4  \n\n \t \n5 6\r\n", [(1, "1", "2"), (2, "3", "4"), (5, "5", "6")], []),
    "white space, ragged": (WORDS, "1\n1 2\n1 2 3\n", [(2, "1", "2")],
                            [(1, "column_count", None), (3, "column_count", None)]),
    "white space, header": (WORDS.replace("false", "true"), "\n a  b\n1 2\n", [(3, "1", "2")], []),
    "white space, quotes": (WORDS, '"1 2"\n', [(1, '"1', '2"')], []),
}  # fmt: skip


@pytest.mark.parametrize("file", ["log.txt", "log.txt.gz"])
@pytest.mark.parametrize("case", READ.values(), ids=READ.keys())
def test_each_record_is_read_or_refused_where_it_stands(bench, case, file):
    source, content, records, faults = case
    staged = bench.read(source, content, file=file)
    assert staged.records == records
    assert staged.faults == faults
    assert staged.places.lines.tolist() == sorted(line for line, *_ in records + faults)


def test_what_cannot_be_decoded_is_refused_and_nothing_else(bench):
    staged = bench.read(CSV, HEAD.encode() + b"1,2,3\n4,\xff\xfe,6\n7,\xc3\xa9,9\n")
    assert staged.records == [(2, "1", "2", "3"), (4, "7", "é", "9")]
    assert staged.faults == [(3, "undecodable", "b")]
    staged = bench.read(JSON, b'{"a": 1}\n{"a": "\xff"}\n{"a": 2}\n')
    assert staged.records == [(1, "1", None), (3, "2", None)]
    assert staged.faults == [(2, "undecodable", None)]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_other_encodings_place_their_faults_as_well(bench, encoding):
    text = HEAD + "1,äöüß,3\n4,5\n7,8\n9,ä,9\n"
    staged = bench.read(CSV + f'encoding = "{encoding}"\n', text.encode(encoding))
    assert staged.records == [(2, "1", "äöüß", "3"), (5, "9", "ä", "9")]
    assert staged.faults == [(3, "missing_columns", "c"), (4, "missing_columns", "c")]


def test_a_line_too_long_is_refused_by_itself(bench):
    staged = bench.read(CSV, HEAD + "1," + "x" * 2_100_000 + ",3\n4,5,6\n")
    assert (staged.records, staged.faults) == ([(3, "4", "5", "6")], [(2, "line_too_long", None)])
    staged = bench.read(JSON, '{"a": "' + "x" * 2_100_000 + '"}\n{"a": 2}\n')
    assert (staged.records, staged.faults) == ([(2, "2", None)], [(1, "line_too_long", None)])


def test_the_lines_of_a_long_file_are_its_own(bench):
    texts = [f"{line},x,y\n" if line % 1000 else f'{line},"x\n",y\n\n' for line in range(2, 150_002)]
    staged = bench.read(CSV, HEAD + "".join(texts) + "last,x\n")
    line = 2
    for record, text in zip(staged.records, texts, strict=True):
        assert record[:2] == (line, text.split(",")[0])
        line += text.count("\n")
    assert staged.faults == [(line, "missing_columns", "c")]


HEADERS = {
    "renamed": ("a,b,d\n", "Declared and absent: c; there and not declared: d."),
    "lost": ("a,b\n", "Declared and absent: c; there and not declared: none."),
    "twice": ("a,b,c,B\n", "It has several columns called B, b."),
    "none": ("ann@x.de,2,3\n", "None of the declared columns, a, b, c, is in it; perhaps it has no header."),
    "behind a blank line": ("\na,b,d\n", "Declared and absent: c; there and not declared: d."),
}


@pytest.mark.parametrize(("header", "said"), HEADERS.values(), ids=HEADERS.keys())
def test_a_header_that_differs_is_shown_as_a_difference(bench, header, said):
    with pytest.raises(DataRefused) as error:
        bench.read(CSV, header + "1,2,3\n", file="log.csv")
    assert str(error.value) == (
        f"{bench.folder / 'log.csv'}: the header is not the declared one. {said} Correct the columns of source 'log' "
        "in dataset.toml, or ask for the file again."
    )
    assert error.value.exit_code == 3


def test_white_space_text_has_its_header_checked_too(bench):
    with pytest.raises(DataRefused, match="Declared and absent: a; there and not declared: x"):
        bench.read(WORDS.replace("false", "true"), "x b\n1 2\n")


BROKEN = {
    "gzip cut short": ("log.gz", gzip.compress(HEAD.encode() * 900)[:-9]),
    "gzip with flipped bytes": ("log.gz", gzip.compress(HEAD.encode())[:10] + b"\xff" * 30),
    "no gzip at all": ("log.gz", HEAD.encode()),
    "line ends mixed": ("log.txt", HEAD.encode() + b"1,2,3\r\n4,5,6\n"),
    "a carriage return in a record": ("log.txt", HEAD.encode() + b"1,2\r,3\n"),
    "lines end as on old Macs": ("log.txt", b"a,b,c\r1,2,3\r4,5,6\r"),
}


@pytest.mark.parametrize(("file", "content"), BROKEN.values(), ids=BROKEN.keys())
def test_a_file_that_cannot_be_trusted_is_refused_by_name(bench, file, content):
    with pytest.raises(DataRefused) as error:
        bench.admit(CSV + BLOCK, content, file=file)
    assert str(error.value).startswith(str(bench.folder / file))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
def test_a_declared_encoding_that_is_not_the_files_is_refused(bench, encoding):
    other = {"utf-16": "utf-8", "utf-8": "utf-16"}[encoding]
    with pytest.raises(DataRefused, match=r"log.txt"):
        bench.admit(CSV + f'encoding = "{encoding}"\n' + BLOCK, (HEAD + "1,2,3\n").encode(other))


PARQUET = 'format = "parquet"\ncolumns = ["id", "at", "price"]\n'


def parquet(**columns):
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


def test_parquet_is_read_as_text_by_row(bench):
    at = pa.array([datetime(2025, 1, 2, 3), None], pa.timestamp("us"))
    content = parquet(price=[1.5, None], id=[9007199254740993, 1], at=at, more=["x", "y"])
    staged = bench.read(PARQUET, content, file="log.parquet")
    assert staged.records == [(1, "9007199254740993", "2025-01-02 03:00:00", "1.5"), (2, "1", None, None)]
    assert staged.places is None


def test_parquet_that_lacks_a_column_is_refused(bench):
    with pytest.raises(DataRefused, match="Declared and absent: at, price; there and not declared: x"):
        bench.read(PARQUET, parquet(id=[1], x=[2]), file="log.parquet")


def test_parquet_that_was_cut_short_is_refused(bench):
    with pytest.raises(DataRefused, match=r"log.parquet: this cannot be read as parquet"):
        bench.admit(PARQUET + BLOCK, parquet(id=[1], at=["x"], price=[1])[:-5], file="log.parquet")


TEXT = st.text(st.sampled_from('ab1",\n\té;<$ '), max_size=5)
GOOD = st.tuples(TEXT, TEXT, TEXT).map(list)
BAD = st.sampled_from([["x"], ["x", "y"], ["x", "y", "z", "!"], ["1", "2", "3", "4", "5"]])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(rows=st.lists(GOOD | BAD | st.none(), max_size=12))
def test_delimited_text_gives_what_was_put_in_and_refuses_the_rest(bench, rows):
    buffer, expected, refused, line = io.StringIO(newline=""), [], [], 2
    for row in rows:
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow(row) if row else text.write("\n")
        if row:
            (expected if len(row) == 3 else refused).append((line, *row))
        buffer.write(text.getvalue())
        line += text.getvalue().count("\n")
    staged = bench.read(CSV, HEAD + buffer.getvalue())
    assert staged.records == [(line, *(value or None for value in row)) for line, *row in expected]
    assert [line for line, _, _ in staged.faults] == [line for line, *_ in refused]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    rows=st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5), st.booleans()), max_size=10),
    cut=st.integers(0, 8),
)
def test_json_lines_give_what_was_put_in_and_refuse_what_is_cut(bench, rows, cut):
    lines, expected, refused = [], [], []
    for number, (one, other, whole) in enumerate(rows, 1):
        text = json.dumps({"a": one, "b": {"c": other}}, ensure_ascii=False)
        lines.append(text if whole else text[: 2 + cut])
        (expected if whole else refused).append((number, one or None, other or None))
    staged = bench.read(JSON, "\n".join(lines))
    assert staged.records == expected
    assert [line for line, _, _ in staged.faults] == [line for line, *_ in refused]


def test_one_stray_quote_costs_one_line_of_a_long_file(bench):
    lines = [f'{number},"text {number}",z\n' if number % 3 else f"{number},plain,z\n" for number in range(2, 20_002)]
    lines[499] = '501,"never closed,z\n'
    staged = bench.read(CSV, HEAD + "".join(lines))
    assert staged.faults == [(501, "stray_quote", "b")]
    assert [record[0] for record in staged.records] == [line for line in range(2, 20_002) if line != 501]


@pytest.mark.parametrize("file", ["log.txt", "log.txt.gz"])
def test_a_stray_quote_points_at_its_very_bytes(bench, file):
    staged = bench.read(CSV, HEAD + '1,"ä\n",3\n4,"5,6\n7,8,9\n', file=file)
    (place,) = [place for place, line in enumerate(staged.places.lines) if line == staged.faults[0][0]]
    text = (HEAD + '1,"ä\n",3\n4,"5,6\n7,8,9\n').encode()
    start = staged.places.offsets[place]
    assert text[start : start + staged.places.lengths[place]] == b'4,"5,6'


def test_columns_that_nobody_declared_are_noted_and_any_order_is_read(bench):
    landed = bench.admit(CSV + BLOCK, "c,a,more,b\n3,1,x,2\n")
    assert landed.columns_added == ["more"]
    assert bench.read(CSV, "c,a,more,b\n3,1,x,2\n").records == [(2, "1", "2", "3")]
    assert bench.read(WORDS.replace("false", "true"), "b  new a\n2 x 1\n").records == [(2, "1", "2")]
    assert bench.admit(PARQUET + BLOCK, parquet(id=[1], at=["x"], price=[1], more=[2]), file="l").columns_added == [
        "more"
    ]


def test_a_bomb_is_refused_before_it_is_read(bench):
    bomb = gzip.compress(b"x" * 100_000_000)
    with pytest.raises(DataRefused, match="a record is longer than 16 MiB"):
        bench.admit(CSV + BLOCK, bomb, file="log.gz")
    many = gzip.compress(HEAD.encode() + b"1,2,3\n" * 20_000_000)
    with pytest.raises(DataRefused, match="more than 250 times as large as the packed file"):
        bench.admit(CSV + BLOCK, many, file="log.gz")
