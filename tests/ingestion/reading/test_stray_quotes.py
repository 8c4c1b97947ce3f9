import pytest

from helpers.datasets.settings import Source
from helpers.ingestion.reading import stray_quotes

SOURCE = {
    "name": "log", "files": ["*"], "format": "delimited", "columns": ["a", "b", "c"],
    "emit": [{"kind": "event", "event": "Page Viewed", "timestamp": "'2025-01-01'"}],
}  # fmt: skip


@pytest.fixture
def mend(tmp_path):
    """Mends a text: the records that stay, by line, and the lines that go, with their column."""

    def mend(text, **source):
        file, target = tmp_path / "a.csv", tmp_path / "b.csv"
        file.write_bytes(text.encode("latin-1"))
        given = Source.model_validate(SOURCE | {"header": False} | source)
        found = stray_quotes.mend(file, given, given.columns, target)
        texts = [text.encode("latin-1")[at : at + length] for at, length in zip(*found.stray[:2], strict=True)]
        return (
            target.read_bytes().decode("latin-1"),
            found.good.lines.tolist(),
            list(zip(texts, found.columns, strict=True)),
        )

    return mend


def test_what_is_whole_stays_as_it_is(mend):
    text = '1,2,3\n"a,b","c""d","e\nf"\r\n\n4,,""\n5,6,7'
    kept, lines, gone = mend(text)
    assert kept == text.replace("\n\n", "\n")
    assert (lines, gone) == ([1, 2, 5, 6], [])


@pytest.mark.parametrize(("line", "column"), [
    ('1,"2,3', "b"), ('1"x,2,3', "a"), ('1,2,3"', "c"), ('1,2,"3" ', "c"), ('1,2,3,"4', None), ('"', "a"),
])  # fmt: skip
def test_a_line_with_a_stray_quote_goes_and_the_next_stays(mend, line, column):
    kept, lines, gone = mend(f'9,8,7\n{line}\n4,"5",6\n')
    assert kept == '9,8,7\n4,"5",6\n'
    assert lines == [1, 3]
    assert gone == [(line.encode(), column)]


def test_a_text_over_lines_needs_the_columns_of_a_record(mend):
    kept, _, gone = mend('1,"2\n3",4\n5,"6\n7"\n8,9,1\n')
    assert kept == '1,"2\n3",4\n8,9,1\n'
    assert [text for text, _ in gone] == [b'5,"6', b'7"']


def test_a_text_that_goes_on_for_too_long_was_left_open(mend, monkeypatch):
    monkeypatch.setattr(stray_quotes, "LONGEST_TEXT", 3)
    assert mend('1,"a\nb\nc",3\n')[2] == []
    assert [text for text, _ in mend('1,"a\nb\nc\nd",3\n')[2]] == [b'1,"a', b'd",3']


def test_the_header_is_kept_and_not_counted(mend):
    kept, lines, gone = mend('a,b,c\n1,"2,3\n4,5,6\n', header=True)
    assert kept == "a,b,c\n4,5,6\n"
    assert (lines, gone) == ([3], [(b'1,"2,3', "b")])


def test_other_delimiters_and_letters(mend):
    kept, _, gone = mend('ä;"ö;ü\nä;"ö;";ü\n', delimiter=";")
    assert kept == 'ä;"ö;";ü\n'
    assert len(gone) == 1
