import datetime as dt

import pytest
from bs4 import BeautifulSoup

from helpers.errors import WrongUse
from helpers.reporting import (
    IndexEntry,
    Navigation,
    PageLink,
    ShelfEntry,
    Stamp,
    headlines,
    render_index,
    render_shelf,
)

RAN_AT = dt.datetime(2026, 4, 1, 4, 12, tzinfo=dt.UTC)
STAMP = Stamp(dataset="The demo shop", as_of=dt.date(2026, 4, 1), ran_at=RAN_AT, version="0.1.0")


@pytest.fixture
def done(notebook, shown):
    headlines("**Ship** <it>.")
    return notebook("# Who leaves?", ("h()", shown, ["headlines"]), name="done.ipynb")


def test_index_shows_each_notebook_with_its_status(tmp_path, notebook, done):
    source = notebook("# Did it work?", name="source.ipynb")
    entries = [
        IndexEntry(name="04_churn", status="done", notebook=done, href="04_churn.html"),
        IndexEntry(name="05_lift", status="skipped", notebook=source, reason="There is no experiment."),
    ]
    out = tmp_path / "index.html"
    shelf = Navigation(shelf=PageLink(title="All reports", href="../../../index.html"))
    render_index(out_path=out, stamp=STAMP, entries=entries, navigation=shelf)
    html = BeautifulSoup(out.read_bytes(), "html.parser")
    assert [tag.get_text() for tag in html.find_all("h1")] == ["The demo shop"]
    first, second = html.main.find_all("section")
    assert first.h2.a["href"] == "04_churn.html"
    assert first.h2.get_text() == "Who leaves?"
    assert first.find(class_="status").get_text().strip() == "done"
    assert [item.get_text() for item in first.find_all("li")] == ["Ship <it>."]
    assert second.h2.a is None
    assert second.find(class_="status").get_text().split() == ["skipped", "There", "is", "no", "experiment."]
    assert second.find("ul") is None
    assert html.nav.a["href"] == "../../../index.html"


def test_shelf_lists_the_data_sets(tmp_path, hostile):
    out = tmp_path / "index.html"
    entry = ShelfEntry(index=PageLink(title=hostile, href="demo/latest/index.html"), as_of=STAMP.as_of, ran_at=RAN_AT)
    render_shelf(out_path=out, entries=[entry])
    html = BeautifulSoup(out.read_bytes(), "html.parser")
    assert html.tbody.a["href"] == "demo/latest/index.html"
    assert [cell.get_text() for cell in html.tbody.find_all(["th", "td"])] == [
        hostile,
        "1 April 2026",
        "1 April 2026, 04:12 UTC",
        "",
    ]
    render_shelf(out_path=out, entries=[])
    assert "No data set has been run yet." in out.read_text(encoding="utf-8")


def test_links_must_be_relative(done):
    with pytest.raises(WrongUse, match="relative"):
        IndexEntry(name="x", status="done", notebook=done, href="/x.html")
