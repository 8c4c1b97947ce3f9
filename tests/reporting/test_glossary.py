import re

from bs4 import BeautifulSoup

from helpers.reporting import Navigation, PageLink, gate, render_glossary
from helpers.reporting.glossary import TERMS, used_in


def names(html):
    return [term.name for term in used_in(html)]


def test_terms_are_found_as_words_in_either_number():
    assert names("<p>Two <b>Buyers</b> and an event.</p>") == ["event", "buyer"]
    assert names("<p>The uneventful rebuyersfoo.</p>") == []
    assert names("<p>It is 12 (10 to 14, 4 in 5).</p>") == ["19 in 20"]
    assert names("<p>no-one is an arm&#39;s length away</p>") == ["arm"]


def test_words_behind_a_fold_or_inside_a_tag_do_not_count():
    assert names('<details><summary>x</summary>median</details><p title="median">x</p>') == []


def test_each_term_is_defined_once_and_found_by_its_own_name_or_pattern():
    assert len({term.name for term in TERMS}) == len(TERMS)
    for term in TERMS:
        assert term.meaning.endswith(".")
        assert re.compile(term.pattern)
    assert [term.name for term in TERMS if not term.used_in(f"10 {term.name} 100 {term.name} in 3")] == []


def test_the_page_of_all_words_is_in_the_order_of_the_alphabet(tmp_path):
    out = tmp_path / "glossary.html"
    render_glossary(out_path=out, navigation=Navigation(index=PageLink(title="The demo shop", href="index.html")))
    html = BeautifulSoup(out.read_bytes(), "html.parser")
    shown = [term.get_text() for term in html.find_all("dt")]
    assert shown == sorted((term.name for term in TERMS), key=str.lower)
    assert html.nav.a["href"] == "index.html"
    assert gate.check_page(str(html)) == []
