import hashlib

import pytest

from helpers.datasets import fetch, paths
from helpers.errors import DataRefused, WrongUse


@pytest.fixture
def wanted(write_dataset, tmp_path):
    """A data set that wants a.csv and deep/b.csv, and a folder to fetch them from."""
    folder = write_dataset()
    sums = {name: hashlib.sha256(text).hexdigest() for name, text in (("a.csv", b"aaa"), ("deep/b.csv", b"bbb"))}
    (folder / "SHA256SUMS").write_text("".join(f"{digest}  {name}\n" for name, digest in sums.items()))
    source = tmp_path / "downloads"
    (source / "some" / "where").mkdir(parents=True)
    (source / "a.csv").write_bytes(b"aaa")
    (source / "some" / "where" / "b.csv").write_bytes(b"bbb")
    return source


def raw():
    return sorted(path.relative_to(paths.raw("tiny")).as_posix() for path in paths.raw("tiny").rglob("*"))


def test_files_are_found_in_any_layout(wanted):
    assert fetch("tiny", wanted) == 2
    assert raw() == ["a.csv", "deep", "deep/b.csv"]
    assert (paths.raw("tiny") / "deep" / "b.csv").read_bytes() == b"bbb"


def test_of_two_files_with_one_name_the_right_one_is_taken(wanted):
    (wanted / "another").mkdir()
    (wanted / "another" / "a.csv").write_bytes(b"xxx")
    fetch("tiny", wanted)
    assert (paths.raw("tiny") / "a.csv").read_bytes() == b"aaa"


def test_a_wrong_hash_copies_nothing(wanted):
    (wanted / "some" / "where" / "b.csv").write_bytes(b"bbB")
    with pytest.raises(DataRefused, match=r"no file with the SHA-256 .* for deep/b.csv. Nothing was copied"):
        fetch("tiny", wanted)
    assert raw() == []


def test_an_absent_file_copies_nothing(wanted):
    (wanted / "a.csv").unlink()
    with pytest.raises(DataRefused, match=r"for a.csv. Nothing was copied"):
        fetch("tiny", wanted)
    assert raw() == []


def test_what_was_there_stays_where_a_file_is_refused(wanted):
    fetch("tiny", wanted)
    (wanted / "a.csv").write_bytes(b"xxx")
    with pytest.raises(DataRefused):
        fetch("tiny", wanted)
    assert (paths.raw("tiny") / "a.csv").read_bytes() == b"aaa"


def test_a_file_that_is_there_is_made_right_again(wanted):
    (paths.raw("tiny") / "a.csv").write_bytes(b"spoilt")
    fetch("tiny", wanted)
    assert (paths.raw("tiny") / "a.csv").read_bytes() == b"aaa"


def test_many_absent_files_are_counted(wanted):
    sums = paths.checksums_file("tiny")
    sums.write_text("".join(f"{'0' * 64}  {n}.csv\n" for n in range(10)))
    with pytest.raises(DataRefused, match=r"for 0\.csv, 1\.csv, 2\.csv and 7 more"):
        fetch("tiny", wanted)


def test_a_data_set_of_ones_own_cannot_be_fetched(write_dataset, tmp_path):
    write_dataset()
    with pytest.raises(WrongUse, match=r"'tiny' cannot be fetched: .*SHA256SUMS does not exist. Put its files into"):
        fetch("tiny", tmp_path)


def test_the_folder_must_be_there(wanted):
    with pytest.raises(WrongUse, match="is not a folder"):
        fetch("tiny", wanted / "nowhere")


@pytest.mark.parametrize("name", ["cdnow", "cdnow_sample", "online_retail", "hillstrom"])
def test_public_data_sets_list_what_they_want(home, name):
    lines = paths.checksums_file(name).read_text().splitlines()
    assert all(len(line.split()[0]) == 64 for line in lines)
    assert len(lines) == {"online_retail": 305}.get(name, 1)
