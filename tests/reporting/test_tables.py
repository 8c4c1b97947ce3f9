import datetime as dt

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from helpers.errors import PrivacyRefused, WrongUse
from helpers.privacy import publish
from helpers.reporting import percent, table
from helpers.reporting import tables as module
from helpers.reporting.tables import as_csv


def facts(frame):
    """A frame that counts no people, ready to be shown."""
    return publish(frame, people=None, why="facts, not people")


def render_table(frame, **how):
    return module.render_table(facts(frame), **how)


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
    table(facts(pd.DataFrame({hostile: [hostile]})), caption=hostile, notes=None)
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
        table(facts(frame), caption=caption, formats=formats)


def test_only_what_was_published_is_shown():
    frame = pd.DataFrame({"group": ["a"], "people": [3]})
    for other in (frame, frame.to_dict(), None):
        with pytest.raises(PrivacyRefused, match="small groups"):
            table(other, caption="People.")


def test_hidden_figures_say_so_and_the_note_says_why():
    frame = pd.DataFrame({"group": ["a", "b", "c"], "people": [5, 7, 90], "share": [0.05, 0.07, None]})
    html = module.render_table(publish(frame, people="people"), caption="People.", formats={"share": percent})
    assert cells(html)[1:] == [["a", "hidden", "hidden"], ["b", "hidden", "hidden"], ["c", "90", "–"]]
    assert "fewer than 10 people" in parsed(html).find(class_="note").get_text()
    assert [head.get("class") for head in parsed(html).thead.find_all("th")][1] == ["figures", "people"]
    assert "hidden" not in render_table(pd.DataFrame({"a": [1]}), caption="c")


def test_for_a_spreadsheet_no_cell_is_a_formula():
    frame = pd.DataFrame(
        {
            "=name": ["=HYPERLINK(1)", "+1", "-x", "@y", 'a,"b', None, "\tz"],
            "value": [1.5, -2.0, 1e-7, 123456789.0, np.nan, 0.1 + 0.2, 3.0],
            "people": [100, 20, 5, 7, 30, 40, 50],
        }
    )
    assert as_csv(publish(frame, people="people")).splitlines() == [
        "'=name,value,people",
        "'=HYPERLINK(1),1.5,100",
        "'+1,-2,20",
        "'-x,hidden,hidden",
        "'@y,hidden,hidden",
        '"a,""b",,30',
        ",0.3,40",
        "'\tz,3,50",
    ]


def test_cards_stay_a_table_for_who_hears_the_page_and_name_each_figure_for_who_sees_it():
    frame = pd.DataFrame({"group": ["a", "b"], "who": ["buy often", "buy"], "orders": [3, 5]})
    html = parsed(render_table(frame, caption="Cards.", cards=True))
    assert html.table["class"] == ["cards"]
    assert [row["role"] for row in html.find_all("tr")] == ["row"] * 3
    assert [cell["role"] for cell in html.tbody.tr.find_all(True)] == ["rowheader", "cell", "cell"]
    assert [cell.get("data-label") for cell in html.tbody.tr.find_all("td")] == [None, "orders"]
    assert cells(str(html)) == cells(render_table(frame, caption="Plain."))
    assert "role" not in parsed(render_table(frame, caption="Plain.")).tr.attrs


def test_a_folded_table_is_behind_its_caption_and_others_stand_open(shown):
    for folded in (True, False):
        table(facts(pd.DataFrame({"a": [1]})), caption="Weights & shapes", notes="Which is which.", folded=folded)
    hidden, plain = (parsed(output["data"]["text/html"]) for output in shown)
    assert hidden.details.summary.get_text() == "Weights & shapes"
    assert hidden.details.find("table") is not None
    assert hidden.details.find(class_="note").get_text(strip=True) == "Which is which."
    assert plain.details is None
    assert plain.find("table") is not None
