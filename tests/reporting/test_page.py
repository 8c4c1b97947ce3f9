import datetime as dt
import re
from dataclasses import replace

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from matplotlib import pyplot as plt

from helpers.errors import PrivacyRefused, WrongUse
from helpers.privacy import publish
from helpers.reporting import (
    Navigation,
    PageLink,
    Stamp,
    figure,
    headlines,
    headlines_of,
    render_page,
    say,
    table,
    title_of,
)
from helpers.reporting.glossary import TERMS

STAMP = Stamp(
    dataset="The demo shop",
    as_of=dt.date(2026, 4, 1),
    ran_at=dt.datetime(2026, 4, 1, 4, 12, tzinfo=dt.UTC),
    version="0.1.0",
    parameters=(("horizon_days", "60"),),
    owner="Analytics",
    contact="analytics@shop.example",
)
NAVIGATION = Navigation(
    previous=PageLink(title="Segments", href="03_segmentation.html"),
    index=PageLink(title="The demo shop", href="index.html"),
    notebook=PageLink(title="The executed notebook", href="04_churn.ipynb"),
)
INTRO = "# Who leaves?\n\nThe team asks."


def stream(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": [text]}


@pytest.fixture
def page(tmp_path):
    def render(path, navigation=NAVIGATION, stamp=STAMP, **how):
        out = tmp_path / "page.html"
        render_page(path, out_path=out, stamp=stamp, navigation=navigation, **how)
        return BeautifulSoup(out.read_bytes(), "html.parser")

    return render


@pytest.fixture
def blocks(shown):
    """One block of each kind."""
    _, ax = plt.subplots()
    figure(ax, title="T", subtitle="S", alt="What is seen.", source="profiles")
    table(publish(pd.DataFrame({"a": [1]}), people=None, why="one number"), caption="A table.")
    say("A sentence.")
    headlines("**No decision yet.**", "Revenue is up.")
    return shown


def test_one_file_with_one_h1_and_no_address(notebook, page, blocks):
    html = page(notebook(INTRO, ("x = 1", blocks, [])))
    assert [tag.get_text() for tag in html.find_all("h1")] == ["Who leaves?"]
    assert html.title.get_text() == "Who leaves? – The demo shop, as of 1 April 2026"
    assert html.html["lang"] == "en"
    assert not html.find_all(["script", "link", "iframe", "object", "base"])
    policy = html.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert not re.search(r"(https?:)?//\w", html.decode())
    assert "url(" not in html.style.get_text()
    assert "@import" not in html.style.get_text()
    assert all(image["src"].startswith("data:") for image in html.find_all("img"))
    assert html.find_all("img")[0]["alt"] == "What is seen."


def test_our_blocks_are_taken_as_they_are(notebook, page, blocks):
    html = page(notebook(INTRO, ("x", blocks[:3], [])))
    assert html.find("figure")
    assert html.main.find("table").caption.get_text() == "A table."


FRAME = {"text/html": "<table class='dataframe'><tr><td>p1</td></tr></table>", "text/plain": "   person\n0  p1"}


@pytest.mark.parametrize(
    "foreign",
    [
        {"output_type": "execute_result", "data": FRAME, "metadata": {}, "execution_count": 1},
        {"output_type": "execute_result", "data": FRAME, "metadata": {"workbench": {"block": "table"}}},
        {"output_type": "display_data", "data": FRAME, "metadata": {}},
        {"output_type": "display_data", "data": {"image/png": "aGk="}, "metadata": {}},
        stream("   person\n0  p1"),
    ],
    ids=["frame", "frame that says it is a block", "frame displayed", "picture", "printed"],
)
def test_whatever_nobody_looked_through_is_refused(notebook, page, foreign):
    with pytest.raises(PrivacyRefused, match="small groups"):
        page(notebook(INTRO, ("people", [foreign], [])))


def test_headlines_come_first(notebook, page, blocks):
    path = notebook(INTRO, "## 1. Look", ("h()", [blocks[3]], ["headlines"]), "## 2. More")
    html = page(path)
    assert html.main.find(True)["class"][0] == "headlines"
    assert len(html.find_all(class_="headlines")) == 1
    assert headlines_of(path) == ["**No decision yet.**", "Revenue is up."]


def test_contents_lead_to_the_sections(notebook, page):
    html = page(notebook(INTRO, "## 1. Look\n\ntext", "## 2. <More> & more"))
    links = {link["href"][1:]: link.get_text() for link in html.find(class_="contents").find_all("a")}
    heads = {tag["id"]: tag.get_text() for tag in html.find_all("h2")}
    assert heads.pop("what-changed") == "What changed since the last run"
    assert heads == links
    assert list(links.values()) == ["1. Look", "2. <More> & more"]


def test_a_section_of_the_notebook_never_takes_an_anchor_of_the_page(notebook, page):
    html = page(notebook(INTRO, "## What changed\n\ntext", "## Words"))
    names = [tag["id"] for tag in html.find_all(id=True)]
    assert len(names) == len(set(names))


def test_code_is_one_click_away(notebook, page):
    html = page(notebook(INTRO, ("import x", [], []), "## 1. Look", ("a = '<b>'", [], []), ("c()", [], [])))
    folds = html.find_all("details", class_="code")
    assert [[code.get_text() for code in fold.find_all("code")] for fold in folds] == [
        ["import x"],
        ["a = '<b>'", "c()"],
    ]
    assert not any(fold.has_attr("open") for fold in folds)
    assert "import x" not in "".join(html.main.find_all(string=True, recursive=False))


def test_text_outputs_are_escaped_and_folded_where_they_should_be(notebook, page, hostile):
    error = {"output_type": "error", "ename": "ValueError", "evalue": hostile, "traceback": ["\x1b[31mno\x1b[0m"]}
    html = page(
        notebook(
            INTRO,
            ("a", [stream("\n"), stream(f"careful {hostile}", "stderr")], []),
            ("b", [error], []),
            ("record.show()", [stream("segmentation.k  5")], ["nbval-check-output", "keep_output"]),
        )
    )
    visible = [pre.get_text() for pre in html.main.find_all("pre") if not pre.find_parent("details")]
    assert visible == []
    folds = {fold.summary.get_text(): fold.pre.get_text() for fold in html.find_all("details")}
    assert folds["Messages of this step"] == f"careful {hostile}"
    assert folds["The figures of this page as a record"] == "segmentation.k  5"
    assert folds[f"This step failed: ValueError: {hostile}"] == "no"
    assert not html.find_all("script")


def test_markdown_of_the_notebook_cannot_carry_html(notebook, page):
    html = page(notebook(INTRO + "\n\n<script>x</script>\n\n[a](https://evil.example) ![b](https://evil.example/c)"))
    assert "<script>x</script>" in html.main.get_text()
    assert "evil" not in html.decode()


def test_stamp_owner_and_links(notebook, page):
    html = page(notebook(INTRO))
    stamp = {row.dt.get_text(): row.dd.get_text() for row in html.find_all("div") if row.dt}
    assert stamp == {
        "Data as of": "the start of 1 April 2026",
        "Run": "1 April 2026, 04:12 UTC",
        "Code": "0.1.0",
        "Changed parameters": "horizon_days = 60",
    }
    assert "Analytics" in html.footer.get_text()
    assert "analytics@shop.example" in html.footer.get_text()
    assert "inside the folder" in html.footer.get_text()
    assert [link["href"] for link in html.find_all("a")] == [
        "#main",
        "index.html",
        "03_segmentation.html",
        "04_churn.ipynb",
    ]


def test_what_changed_is_said_in_each_case(notebook, page, hostile):
    path = notebook(INTRO)
    assert "first run" in page(path).find(class_="changes").get_text()
    assert "Unchanged" in page(path, changes=[]).find(class_="changes").get_text()
    changes = page(path, changes=["Revenue: **€1** → €2", *map(str, range(6)), hostile]).find(class_="changes")
    shown = [item.get_text() for item in changes.find("ul", recursive=False).find_all("li")]
    assert shown == ["Revenue: €1 → €2", "0", "1", "2", "3", "4"]
    assert changes.details.summary.get_text() == "2 more"
    assert len(changes.details.find_all("li")) == 2
    assert not changes.find_all(["script", "img"])


def test_a_warning_stands_above_all_and_the_next_run_in_the_stamp(notebook, page):
    stamp = replace(STAMP, warning="The data are 3 days old.", next_run="tomorrow, 04:00 UTC")
    html = page(notebook(INTRO), stamp=stamp)
    assert html.header.find(class_="alarm").get_text() == "Careful: The data are 3 days old."
    assert "tomorrow, 04:00 UTC" in html.find(class_="stamp").get_text()
    assert page(notebook(INTRO)).find(class_="alarm") is None


def test_words_that_the_page_uses_are_defined_on_it(notebook, page, shown):
    say("A **repeat buyer** has an overdue order, in 19 in 20 such cases.")
    hidden = stream("quarantined", "stderr")
    navigation = replace(NAVIGATION, glossary=PageLink(title="All words", href="glossary.html"))
    html = page(notebook(INTRO, ("x", [*shown, hidden], []), "## 1. Look", "## 2. Judge"), navigation)
    assert [term.get_text() for term in html.select("dl.words dt")] == ["19 in 20", "buyer", "repeat buyer"]
    assert html.find(id="words").find_next("a")["href"] == "glossary.html"
    assert [link["href"] for link in html.find(class_="contents").find_all("a")][-1] == "#words"
    assert page(notebook(INTRO)).find(id="words") is None


def test_at_most_six_words_are_defined_on_a_page(notebook, page, shown):
    say(" ".join(term.name for term in TERMS))
    assert len(page(notebook(INTRO, ("x", shown, []))).select("dl.words dt")) == 6


def test_hostile_stamp_is_shown_word_for_word(notebook, tmp_path, hostile):
    out = tmp_path / "page.html"
    stamp = Stamp(**{**vars(STAMP), "dataset": hostile, "owner": hostile, "parameters": ((hostile, hostile),)})
    stamp = replace(stamp, contact=hostile, warning=hostile, next_run=hostile, version=hostile)
    render_page(notebook(f"# {hostile}"), out_path=out, stamp=stamp, navigation=Navigation())
    html = BeautifulSoup(out.read_bytes(), "html.parser")
    assert html.h1.get_text() == hostile
    assert html.find(class_="subject").get_text() == f"{hostile}, as of 1 April 2026"
    assert html.footer.p.get_text() == f"Owner: {hostile}. Questions to {hostile}."
    assert html.find(class_="alarm").get_text() == f"Careful: {hostile}"
    assert html.find(class_="stamp").get_text().count(hostile) == 4
    assert not html.find_all(["script", "img"])


def test_equal_input_gives_equal_bytes(notebook, tmp_path, blocks):
    path = notebook(INTRO, ("x", blocks, []))
    pages = [tmp_path / "a.html", tmp_path / "b.html"]
    for out in pages:
        render_page(path, out_path=out, stamp=STAMP, navigation=NAVIGATION)
    assert pages[0].read_bytes() == pages[1].read_bytes()


def test_control_characters_do_not_reach_the_page(notebook, tmp_path):
    out = tmp_path / "page.html"
    render_page(
        notebook(INTRO, ("x", [stream("a\x00b\u202ec", "stderr")], [])),
        out_path=out,
        stamp=STAMP,
        navigation=NAVIGATION,
    )
    assert "a�b�c" in out.read_text(encoding="utf-8")


def test_a_notebook_without_title_is_refused(notebook):
    assert title_of(notebook(INTRO)) == "Who leaves?"
    for cells in (["text"], ["text", "# later"], []):
        with pytest.raises(WrongUse, match="title"):
            title_of(notebook(*cells))


def test_an_older_format_is_refused(tmp_path):
    path = tmp_path / "old.ipynb"
    path.write_text('{"nbformat": 3, "worksheets": []}')
    with pytest.raises(WrongUse, match="format 4"):
        title_of(path)


def test_links_must_be_relative():
    with pytest.raises(WrongUse, match="relative"):
        PageLink(title="x", href="https://x.example")
