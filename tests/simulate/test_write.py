import csv
import gzip
import io

import pandas as pd
import pytest

from helpers.simulate.write import RawFile, csv_files, csv_text, csv_values, write_files


@pytest.mark.parametrize("values", [["a", "b"], ["a,b", 'say "hi"'], ["two\nlines", ""], ["", ""]])
def test_a_record_survives_the_way_to_text_and_back(values):
    assert csv_values(csv_text(values)) == values
    assert next(csv.reader(io.StringIO(csv_text(values) + "\n", newline=""))) == values


def test_lines_count_line_ends_inside_of_fields():
    assert RawFile("a.csv", "h", ["x", '"a\nb"', "y"]).lines() == [2, 3, 5]
    assert RawFile("a.jsonl", None, ["x", "y"]).lines() == [1, 2]


def test_records_go_to_the_file_of_their_month():
    frame = pd.DataFrame({"n": ["1", "2", "3"]})
    files = csv_files("n-{month}.csv", frame, months=["2024-02", "2024-01", "2024-02"])
    assert [file.name for file in files][:2] == ["n-2024-01.csv", "n-2024-02.csv"]
    assert [file.records for file in files][:3] == [["2"], ["1", "3"], []]
    assert all(file.header == "n" for file in files)


def test_gzip_files_unpack_to_their_content(tmp_path):
    files = [RawFile("a.csv.gz", "h", ["ä"]), RawFile("b.csv", "h", ["ä"])]
    packed, plain = write_files(files, tmp_path)
    assert gzip.decompress(packed.read_bytes()) == plain.read_bytes() == "h\nä\n".encode()
