import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from helpers.reporting.formats import showable
from helpers.reporting.markdown import Document, inline, is_relative, literal, paragraphs

ALLOWED = {
    "a", "blockquote", "br", "code", "del", "div", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


def parsed(html):
    return BeautifulSoup(f"<main>{html}</main>", "html.parser").main


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "<div>\n\n**x**\n\n</div>",
        "[x](javascript:alert(1))",
        "[x](  JaVaScRiPt:alert(1))",
        "[x](//evil.example/a)",
        "[x](https://evil.example/a)",
        "[x](data:text/html,x)",
        "![x](https://evil.example/a.png)",
        "<https://evil.example>",
        '[x](a.html "\\" onclick=alert(1)")',
        '[x](a"onclick="b)',
        "[x]: https://evil.example\n\n[x]",
        "```html onclick=x\n<b>\n```",
        "|a|\n|---|\n|<script>x</script>|",
    ],
)
def test_nothing_runs_and_nothing_leaves(text):
    for html in (paragraphs(text), Document().html(text), inline(text)):
        page = parsed(html)
        assert {tag.name for tag in page.find_all(True)} <= ALLOWED
        assert not [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
        assert all(is_relative(link["href"]) for link in page.find_all("a"))


@given(st.text(alphabet="<>[]()!`'\"&*_|#-=:/\\ ax\n", max_size=60))
def test_no_text_makes_a_tag_of_its_own(text):
    page = parsed(paragraphs(text))
    assert {tag.name for tag in page.find_all(True)} <= ALLOWED
    assert all(is_relative(link["href"]) for link in page.find_all("a"))


@given(st.text(max_size=80))
def test_literal_is_shown_word_for_word(text):
    words = " ".join(showable(text).split())
    assert parsed(inline(f"x {literal(words)} x")).get_text() == f"x {words} x".replace("x  x", "x x")


def test_markdown_does_what_it_should():
    html = paragraphs("**a** and [b](03_b.html#c) `<d>`\n\n- e")
    page = parsed(html)
    assert page.strong.get_text() == "a"
    assert page.a["href"] == "03_b.html#c"
    assert page.code.get_text() == "<d>"
    assert page.li.get_text() == "e"


def test_sentences_have_no_headings():
    assert paragraphs("# a").strip() == "<p>a</p>"


def test_headings_have_anchors_of_their_own_and_no_second_h1():
    document = Document()
    page = parsed(document.html("# One\n\n## One\n\n### Two") + document.html("## Größe & `x`\n\n## 顧客\n\n## main"))
    assert [(tag.name, tag["id"]) for tag in page.find_all(["h1", "h2", "h3"])] == [
        ("h2", "one"),
        ("h2", "one-2"),
        ("h3", "two"),
        ("h2", "groe-amp-x"),
        ("h2", "section"),
        ("h2", "main-2"),
    ]
    assert [anchor for anchor, _ in document.contents] == ["one", "one-2", "groe-amp-x", "section", "main-2"]


@pytest.mark.parametrize("address", ["a.html", "../../index.html", "#x", "a/b.html#c", "04_churn.ipynb"])
def test_relative(address):
    assert is_relative(address)


@pytest.mark.parametrize("address", ["", "/etc/passwd", "//x", "http://x", "mailto:a@b", "a:b", "a b", "a\n"])
def test_not_relative(address):
    assert not is_relative(address)


def test_what_is_struck_through_is_shown_so_and_a_value_never_is():
    assert inline("~~167 orders~~") == "<del>167 orders</del>"
    assert inline(literal("~~167~~")) == "~~167~~"
