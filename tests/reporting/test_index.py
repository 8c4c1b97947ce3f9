import datetime as dt
from dataclasses import replace

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


@pytest.fixture
def index(tmp_path):
    def render(entries=(), stamp=STAMP, **how):
        out = tmp_path / "index.html"
        render_index(out_path=out, stamp=stamp, entries=entries, **{"navigation": Navigation()} | how)
        return BeautifulSoup(out.read_bytes(), "html.parser")

    return render


def test_each_page_is_listed_with_its_decision_and_each_notebook_with_its_status(index, notebook, done):
    source = notebook("# Did it work?", name="source.ipynb")
    entries = [
        IndexEntry(name="04_churn", status="done", notebook=done, href="04_churn.html"),
        IndexEntry(name="05_lift", status="skipped", notebook=source, reason="There is <no> experiment."),
    ]
    html = index(entries, navigation=Navigation(shelf=PageLink(title="All reports", href="../../../index.html")))
    assert [tag.get_text() for tag in html.find_all("h1")] == ["The demo shop"]
    (page,) = html.select(".pages li")
    assert page.a["href"] == "04_churn.html"
    assert page.a.get_text() == "Who leaves?"
    assert page.span.get_text() == "Ship <it>."
    fold = html.find("summary", string="What became of each notebook").parent
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in fold.tbody.find_all("tr")]
    assert rows == [["04_churn", "done", ""], ["05_lift", "skipped", "There is <no> experiment."]]
    assert html.nav.a["href"] == "../../../index.html"


def test_a_line_without_anything_to_say_is_left_out(index):
    html = index()
    assert [head["id"] for head in html.find_all("h2")] == ["trust", "what-changed"]
    assert "–" not in html.main.get_text()


def test_the_figures_of_earlier_runs_are_folded_and_small_ones_hidden(index):
    def run(day, active):
        return dt.date(2026, 3, day), [{"key": "profiles.now.active_customers", "value": active}]

    fold = index(history=[run(31, 700), run(31, 1), run(30, 4)]).find("summary", string="Key figures of earlier runs")
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in fold.parent.tbody.find_all("tr")]
    assert rows == [["31 March 2026", "700", "–", "–", "–"], ["30 March 2026", "hidden", "–", "–", "–"]]
    assert index(history=[(dt.date(2026, 3, 31), [])]).find("summary", string="Key figures of earlier runs") is None


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
    failed = PageLink(title="The last run failed", href="demo/failed/1/index.html")
    proof = PageLink(title="How we know", href="proof/index.html")
    render_shelf(out_path=out, entries=[replace(entry, problem=failed)], proof=proof)
    html = BeautifulSoup(out.read_bytes(), "html.parser")
    assert html.find("a", class_="problem")["href"] == "demo/failed/1/index.html"
    assert html.main.find_all("a")[-1]["href"] == "proof/index.html"
    render_shelf(out_path=out, entries=[])
    assert "No data set has been run yet." in out.read_text(encoding="utf-8")


def test_links_must_be_relative(done):
    with pytest.raises(WrongUse, match="relative"):
        IndexEntry(name="x", status="done", notebook=done, href="/x.html")
