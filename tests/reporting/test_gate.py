import base64
import datetime as dt
import json
import time

import pandas as pd
import pytest
from matplotlib import pyplot as plt

from helpers.errors import PrivacyRefused, WorkbenchError
from helpers.privacy import publish
from helpers.reporting import Navigation, Record, Stamp, figure, gate, headlines, render_page, say, table

STAMP = Stamp(
    dataset="The demo shop",
    as_of=dt.date(2026, 4, 1),
    ran_at=dt.datetime(2026, 4, 1, 4, 12, tzinfo=dt.UTC),
    version="0.1.0 (fa387a7)",
    contact="analytics@shop.example",
)
CONTACT = ("analytics@shop.example",)
GROUPS = pd.DataFrame({"group": ["a", "b", "c"], "people": [100, 20, 30]})
HASH = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def page(notebook, shown, tmp_path):
    """A whole page; `**words` replaces texts in what the notebook shows."""

    def render(*sentences: str, people: pd.DataFrame = GROUPS) -> str:
        headlines("**No decision yet.** It is 12.3 (10.1 to 14.6, 19 in 20).")
        _, ax = plt.subplots()
        ax.set_title("150 people")
        published = publish(people, people="people")
        figure(ax, title="T", subtitle="S", alt="What is seen.", source="profiles", data=published)
        table(published, caption="People by group.")
        for sentence in sentences:
            say(sentence)
        path = notebook("# Who leaves?\n\nThe team asks.", "## 1. Look", "## 2. More", ("x = 1", list(shown), []))
        shown.clear()
        out = tmp_path / "page.html"
        render_page(path, out_path=out, stamp=STAMP, navigation=Navigation())
        return out.read_text(encoding="utf-8")

    return render


def said(faults, kind=None):
    return [fault.said for fault in faults if kind in {None, fault.kind}]


def test_a_page_of_ours_passes(page):
    assert gate.check_page(page("A sentence about 10 people."), allowed=CONTACT) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('<html lang="en">', "<html>", "language"),
        ("<title>", "<title></title><x>", "no title"),
        ("<h1>", "<h1>x</h1><h1>", "2 first-level headings"),
        ("<h1>", "<h2>x</h2><h1>", "first heading is not its title"),
        ('<h2 id="1-look">', '<h4 id="1-look">', "level 4 follows"),
        ('alt="What is seen."', 'alt=" "', "no alternative text"),
        ('alt="What is seen."', "", "no alternative text"),
        ("<caption>", "<caption hidden></caption><x>", "table has no caption"),
        ("<figcaption>", "<div>", "figure has no caption"),
        ('scope="col"', "", "does not say what it heads"),
        ('scope="col"', 'scope="auto"', "does not say what it heads"),
        ('href="#main"', 'href="https://x.example"', "out of the folder"),
        ('href="#main"', 'href="//x.example"', "out of the folder"),
        ('href="#main"', 'href="/etc/passwd"', "out of the folder"),
        ('href="#main"', 'href="javascript:x"', "out of the folder"),
        ('href="#main"', 'href="#gone"', "#gone leads nowhere"),
        ('id="1-look"', 'id="main"', "share an anchor"),
        ('src="data:', 'src="https://x.example/', "out of the folder"),
        ("</main>", "<script>x</script></main>", "<script>"),
        ("</main>", '<iframe src="x"></iframe></main>', "<iframe>"),
        ("</main>", '<p onclick="x()">x</p></main>', "runs script"),
        ("</main>", '<p style="background:url(x)">x</p></main>', "loads something"),
        ("</style>", "@import 'x';</style>", "style sheet loads"),
        ("</head>", '<meta http-equiv="refresh" content="0;x"></head>', "elsewhere"),
        ("default-src 'none'", "default-src *", "content-security"),
        ("default-src 'none'", "default-src 'none'; script-src *", "content-security"),
        ("</main>", "x" * 1_000_000 + "</main>", "bytes"),
        ("</main>", "<p>An AUC of 1.</p></main>", "says AUC outside a fold"),
        ('alt="What is seen."', 'alt="A Qini curve."', "says Qini outside a fold"),
        (", 19 in 20)", ")", "how sure it is"),
        ("--muted: #5b626a", "--muted: #8f969e", "--muted on --paper has a contrast below 4.5 in the light theme"),
        ("--ink: #e3e6e9", "--ink: #53565a", "--ink on --paper has a contrast below 4.5 in the dark theme"),
        ("--alarm: #a11d13;", "", "no colour --alarm"),
        ("prefers-color-scheme: dark", "x: y", "no dark theme"),
    ],
)
def test_each_fault_of_form_is_found(page, old, new, fault):
    html = page()
    assert old in html
    assert any(fault in each for each in said(gate.check_page(html.replace(old, new, 1), allowed=CONTACT), "form"))


@pytest.mark.parametrize("endless", ["x", "1", "(1", "a.", "@a.a", "+1 ", "1 in 1 ", "<details>"])
def test_endless_texts_take_no_endless_time(page, endless):
    html = page().replace("</main>", f"<p>{endless * (200_000 // len(endless))}</p></main>")
    begun = time.perf_counter()
    gate.check_page(html, allowed=CONTACT)
    assert time.perf_counter() - begun < 20


def test_words_of_the_trade_may_stand_behind_a_fold(page):
    html = page().replace("</main>", "<details><summary>More</summary><p>AUC, Brier</p></details></main>")
    assert gate.check_page(html, allowed=CONTACT) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ann.lee@mail.example", "e-mail"),
        ("ANN+x@MAIL.EXAMPLE.", "e-mail"),
        ("+49 151 23456789", "phone"),
        ("+4915123456789", "phone"),
        ("call 0151 2345678 now", "phone"),
        (HASH, "pseudonym"),
        (f"({HASH.upper()})", "pseudonym"),
        ("p0123456789abcde", "profile id"),
    ],
)
@pytest.mark.parametrize("where", ["<p>{}</p>", '<p title="{}">x</p>', "<details><p>{}</p></details>", "<!-- --><p>{}"])
def test_personal_values_are_found_wherever_they_stand(page, text, kind, where):
    html = page().replace("</main>", where.format(text) + "</main>")
    found = said(gate.check_page(html, allowed=CONTACT), "privacy")
    assert any(kind in each for each in found)
    assert not any(text.lower() in each.lower() for each in found)


def test_personal_values_are_found_inside_an_image(page, notebook):
    svg = base64.b64encode(b"<svg><text>ann@mail.example</text></svg>").decode()
    html = page().replace("base64,", f"base64,{svg}", 1)
    start = html.index(svg) + len(svg)
    html = html[:start] + html[html.index('"', start) :]
    assert any("e-mail" in each for each in said(gate.check_page(html, allowed=CONTACT), "privacy"))


@pytest.mark.parametrize(
    "harmless",
    [
        "€123,456,789", "+7.66 points", "+12,345,678", "2026-04-01 04:12:33", "0.0123456789", "fa387a7",
        "1,234 to 5,678", "orders-2024-01.csv, line 263", "20261122T040726214399Z", "+0.70 to +10.05", "p1",
        "0 1234567",
        "03_segmentation",
    ],
)  # fmt: skip
def test_figures_dates_and_names_of_files_are_no_personal_values(page, harmless):
    html = page().replace("</main>", f"<p>{harmless}</p></main>")
    assert gate.check_page(html, allowed=CONTACT) == []


def test_small_cells_are_found_in_tables_that_nobody_marked(page):
    html = page()
    assert ">20</td>" in html
    assert any("“people”" in each for each in said(gate.check_page(html.replace(">20</td>", ">9</td>", 1)), "privacy"))
    plain = '<table><caption>c</caption><thead><tr><th scope="col">Arm</th><th scope="col">{}</th></tr></thead><tbody>'
    plain += '<tr><th scope="row">a</th><td>{}</td></tr></tbody></table></main>'
    cases = [("Customers", "3", True), ("Records", "3", False), ("Customers", "0", False)]
    cases += [("Share of people", "3", False), ("Exposed", "9", True), ("Buyers", "10", False)]
    for head, cell, fault in cases:
        found = gate.check_page(html.replace("</main>", plain.format(head, cell)), allowed=CONTACT)
        assert bool(said(found, "privacy")) == fault, head


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("Only 3 people did.", True),
        ("Of these, 9 customers left.", True),
        ("No fewer than 10 people.", False),
        ("1,003 people.", False),
        ("1 in 5 people.", False),
        ("0.5 people a day.", False),
        ("Fewer than 10 customers.", False),
    ],
)
def test_sentences_tell_of_no_small_group(page, sentence, fault):
    assert bool(said(gate.check_page(page(sentence), allowed=CONTACT), "privacy")) == fault


def test_cells_for_a_spreadsheet_are_no_formulas(page):
    html = page(people=GROUPS.assign(group=["=A1", "b", "c"]))
    assert gate.check_page(html, allowed=CONTACT) == []
    assert "formula" in said(gate.check_page(html.replace("&#39;=A1", "=A1"), allowed=CONTACT))[0]


def test_an_executed_notebook_passes_the_same_gate(notebook, shown):
    table(publish(GROUPS, people="people"), caption="People by group.")
    record = {"output_type": "stream", "name": "stdout", "text": ["profiles.customers  150 people\n"]}
    good = notebook("# T", ("x", shown, []), ("record.show()", [record], ["nbval-check-output"]))
    assert gate.check_notebook(good) == []
    frame = {
        "output_type": "execute_result",
        "data": {"text/html": "<table></table>", "text/plain": f"0  {HASH}"},
        "metadata": {},
        "execution_count": 1,
    }
    bad = notebook("# T", ("frame", [frame], []), ("print(x)", [record], []), name="bad.ipynb")
    found = said(gate.check_notebook(bad), "privacy")
    assert [each for each in found if "did not make" in each] == [
        "cell 2 shows something that helpers.reporting did not make",
        "cell 3 shows something that helpers.reporting did not make",
    ]
    assert any("pseudonym" in each for each in found)


@pytest.mark.parametrize(
    ("source", "metadata"), [(["x = 'ann@mail.", "example'"], {}), ("x", {"papermill": {"p": "ann@mail.example"}})]
)
def test_personal_values_are_found_in_code_and_parameters_too(tmp_path, source, metadata):
    cell = {"cell_type": "code", "metadata": {}, "source": source, "outputs": []}
    path = tmp_path / "n.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "metadata": metadata, "cells": [cell]}))
    assert any("e-mail" in each for each in said(gate.check_notebook(path)))


class Kept:
    def write_results(self, stage, entries):
        self.entries = entries


def results(**changes):
    shop = Kept()
    record = Record(shop, "profiles")
    record.add("profiles.customers", 150)
    record.show()
    return {"dataset": "demo", "results": [shop.entries[0] | changes]}


@pytest.mark.parametrize(
    ("changes", "kind", "fault"),
    [
        ({}, None, None),
        ({"value": None}, None, None),
        ({"key": "profiles.made_up"}, "form", "no list"),
        ({"value": float("nan")}, "form", "nan"),
        ({"value": "3"}, "form", "'3'"),
        ({"value": 9}, "privacy", "fewer than 10"),
        ({"n": 155}, "privacy", "fewer than 10"),
        ({"method": "ann@mail.example"}, "privacy", "e-mail"),
    ],
    ids=["as it is", "no value", "unknown key", "not a number", "text", "few people", "few left", "an address"],
)
def test_results_pass_the_same_gate(capsys, changes, kind, fault):
    if changes.get("value") == "3":
        changes = {"value": "3", "unit": "score"}
    found = gate.check_results(results(**changes))
    assert found == [] if fault is None else any(fault in each for each in said(found, kind))


def test_a_folder_passes_whole_or_not_at_all(page, tmp_path, capsys):
    html = page()
    (tmp_path / "note.ipynb").unlink()
    (tmp_path / "results.json").write_text(json.dumps(results()))
    gate.require(tmp_path, allowed=CONTACT)
    (tmp_path / "page.html").write_text(html.replace("<h1>", "<h1>x</h1><h1>"))
    with pytest.raises(WorkbenchError, match=r"page\.html: it has 2 first-level headings") as raised:
        gate.require(tmp_path, allowed=CONTACT)
    assert raised.value.exit_code == 1
    (tmp_path / "results.json").write_text(json.dumps(results(value=3)))
    with pytest.raises(PrivacyRefused, match=r"results\.json: profiles\.customers") as raised:
        gate.require(tmp_path, allowed=CONTACT)
    assert raised.value.exit_code == 7
    assert "headings" in str(raised.value)


def test_without_a_contact_an_address_is_refused(page, tmp_path):
    html = page().replace("</main>", "<p>analytics@shop.example</p></main>")
    assert gate.check_page(html, allowed=CONTACT) == []
    assert said(gate.check_page(html), "privacy")
