import datetime as dt

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from helpers.errors import WrongUse
from helpers.reporting import percent, table
from helpers.reporting.tables import render_table


def parsed(html):
    return BeautifulSoup(html, "html.parser")


def cells(html):
    return [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in parsed(html).find_all("tr")]


def test_each_kind_of_column_has_its_text():
    frame = pd.DataFrame(
        {
            "name": ["a", "b"],
            "count": [541909, 7],
            "mean": [0.12345, 2.0],
            "nullable": pd.array([3, None], dtype="Int64"),
            "day": pd.to_datetime(["2026-03-31", None]),
            "object day": [dt.date(2026, 1, 2), None],
            "kept": [True, False],
        }
    )
    head, *rows = cells(render_table(frame, caption="All kinds."))
    assert head == list(frame.columns)
    assert rows == [
        ["a", "541,909", "0.12", "3", "31 March 2026", "2 January 2026", "yes"],
        ["b", "7", "2.00", "–", "–", "–", "no"],
    ]


def test_structure_for_readers_who_hear_it():
    html = parsed(render_table(pd.DataFrame({"name": ["a"], "count": [1]}), caption="People by name."))
    assert html.caption.get_text() == "People by name."
    assert [cell["scope"] for cell in html.thead.find_all("th")] == ["col", "col"]
    assert [cell["scope"] for cell in html.tbody.find_all("th")] == ["row"]
    assert html.tbody.td["class"] == ["figures"]
    box = html.find(class_="scroll")
    assert (box["role"], box["tabindex"], box["aria-label"]) == ("region", "0", "People by name.")


def test_a_named_index_comes_first_and_formats_are_used():
    frame = pd.DataFrame({"share": [0.25]}, index=pd.Index(["web"], name="channel"))
    head, row = cells(render_table(frame, caption="Shares.", formats={"share": percent}))
    assert head == ["channel", "share"]
    assert row == ["web", "25.0%"]


def test_dash_is_explained_only_where_it_occurs():
    assert "no value" not in render_table(pd.DataFrame({"a": [1.5]}), caption="c")
    assert "– means that there is no value" in render_table(pd.DataFrame({"a": [np.nan]}), caption="c")


def test_hostile_text_is_shown_word_for_word(hostile, shown):
    table(pd.DataFrame({hostile: [hostile]}), caption=hostile, notes=None)
    html = shown[0]["data"]["text/html"]
    assert [row[0] for row in cells(html)] == [hostile, hostile]
    assert parsed(html).caption.get_text() == hostile
    assert not parsed(html).find_all(["script", "img"])
    assert {name for tag in parsed(html).find_all(True) for name in tag.attrs} <= {
        "class", "role", "aria-label", "tabindex", "scope", "style",
    }  # fmt: skip


def test_cells_are_cut_and_long_tables_say_so():
    html = render_table(pd.DataFrame({"a": ["x" * 10**6] + ["x"] * 999}), caption="c")
    rows = cells(html)[1:]
    assert len(rows) == 400
    assert len(rows[0][0]) == 200
    assert "The first 400 of 1,000 rows are shown." in html


def test_an_empty_frame_is_a_table_without_rows():
    assert cells(render_table(pd.DataFrame({"a": []}), caption="c")) == [["a"]]


@pytest.mark.parametrize(
    ("frame", "caption", "formats", "message"),
    [
        (pd.DataFrame({"a": [1]}), " ", {}, "no caption"),
        (pd.DataFrame({"a": [1]}), "c", {"b": str}, "no column 'b'.*it has a"),
        (pd.DataFrame(), "c", {}, "at least one column"),
        (pd.DataFrame({("a", "b"): [1]}), "c", {}, "one level"),
    ],
)
def test_refusals(frame, caption, formats, message):
    with pytest.raises(WrongUse, match=message):
        table(frame, caption=caption, formats=formats)
