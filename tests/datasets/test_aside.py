import pytest

from helpers.datasets.aside import instead_of


def test_what_was_filled_takes_the_place_of_what_was_there(tmp_path):
    file = tmp_path / "a.json"
    file.write_text("old")
    with instead_of(file) as aside:
        aside.write_text("new")
        assert file.read_text() == "old"
    assert file.read_text() == "new"
    assert list(tmp_path.iterdir()) == [file]


def test_where_filling_fails_nothing_changes(tmp_path):
    file = tmp_path / "a.json"
    file.write_text("old")
    with pytest.raises(UnicodeEncodeError), instead_of(file) as aside:
        aside.write_text("half \ud800", encoding="utf-8")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_what_a_killed_one_left_is_in_nobodys_way(tmp_path):
    (tmp_path / ".a.json.aside").write_text("left")
    with instead_of(tmp_path / "a.json") as aside:
        assert not aside.exists()
        aside.write_text("new")
    assert [each.name for each in tmp_path.iterdir()] == ["a.json"]


def test_where_nothing_is_filled_what_was_there_stays(tmp_path):
    file = tmp_path / "a.json"
    file.write_text("old")
    with instead_of(file):
        pass
    assert file.read_text() == "old"
