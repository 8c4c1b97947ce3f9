"""The demo's pages as their readers meet them: accessible, in both themes, on a phone, on paper, alone."""

from __future__ import annotations

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe

from helpers.reporting import Navigation, PageLink, Stamp, gate, render_failure, render_glossary

STAGES = ("01_ingestion", "02_profiles", "00_overview", "03_segmentation", "04_churn", "05_lift", "06_value")
PAGES = (*STAGES, "index", "shelf", "failure", "glossary")
SERIOUS = {"serious", "critical"}
CONTACT = ("analytics@shop.example",)

LAID_OUT = """() => {
  const seen = (element) => element.getClientRects().length > 0 && !element.closest('.scroll, pre, .skip');
  const wide = (element) => element.getBoundingClientRect().right > innerWidth + 1;
  const found = [...document.querySelectorAll('body *')].filter(seen).filter(wide);
  return {
    page: document.documentElement.scrollWidth, window: innerWidth, wide: found.map((element) => element.outerHTML),
  };
}"""
OPEN_ALL = "() => document.querySelectorAll('details').forEach((fold) => { fold.open = true; })"


@pytest.fixture(scope="module")
def files(demo, tmp_path_factory):
    """File of each kind of page."""
    extra = tmp_path_factory.mktemp("pages")
    shelf = Navigation(shelf=PageLink(title="All reports", href="../index.html"))
    now = dt.datetime(2026, 4, 1, 4, 12, tzinfo=dt.UTC)
    render_failure(
        out_path=extra / "failure.html",
        stamp=Stamp(
            dataset="The demo shop", as_of=now.date(), ran_at=now, version="0.1.0", warning="The data are 3 days old."
        ),
        stage="04_churn",
        since=now,
        message="04_churn, code cell 3: ValueError: nothing to fit",
        trace="Traceback\n" + "x" * 500,
        affected=["Who will stop ordering?"],
        last_good=PageLink(title="31 March 2026", href="../latest/index.html"),
        navigation=shelf,
    )
    render_glossary(out_path=extra / "glossary.html", navigation=shelf)
    found = {name: demo / f"{name}.html" for name in (*STAGES, "index")}
    found["shelf"] = demo.parents[2] / "index.html"
    return found | {name: extra / f"{name}.html" for name in ("failure", "glossary")}


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(visit, files, name, dark, phone):
    with visit(files[name], dark=dark, phone=phone) as visited:
        visited.page.evaluate(OPEN_ALL)
        found = Axe().run(visited.page).response["violations"]
        serious = [each for each in found if each["impact"] in SERIOUS]
        assert [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in serious] == []
        assert visited.deeds == []


@pytest.mark.parametrize("opened", [False, True], ids=["folded", "opened"])
@pytest.mark.parametrize("name", PAGES)
def test_a_phone_never_scrolls_sideways(visit, files, name, opened):
    with visit(files[name], phone=True) as visited:
        if opened:
            visited.page.evaluate(OPEN_ALL)
        laid_out = visited.page.evaluate(LAID_OUT)
        assert laid_out["page"] <= laid_out["window"]
        assert laid_out["wide"] == []


@pytest.mark.parametrize("name", PAGES)
def test_it_prints_on_paper_in_dark_ink(visit, files, name):
    with visit(files[name], dark=True) as visited:
        assert visited.page.pdf(format="A4").startswith(b"%PDF")
        visited.page.emulate_media(media="print")
        ink, paper = visited.page.evaluate(
            "() => [getComputedStyle(document.documentElement).color, getComputedStyle(document.documentElement)"
            ".backgroundColor]"
        )
        assert ink == "rgb(34, 39, 46)"
        assert paper in {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}
        assert visited.deeds == []


@pytest.mark.parametrize("name", PAGES)
def test_it_follows_the_readers_theme(visit, files, name):
    grounds = []
    for dark in (False, True):
        with visit(files[name], dark=dark) as visited:
            grounds.append(visited.page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor"))
    assert grounds == ["rgb(253, 253, 252)", "rgb(22, 25, 29)"]


@pytest.mark.parametrize("name", PAGES)
def test_it_passes_the_gate(files, name):
    assert gate.check_page(files[name].read_text(encoding="utf-8"), allowed=CONTACT) == []


def test_the_whole_run_passes_the_gate(demo):
    assert gate.check_folder(demo, allowed=CONTACT) == {}


@pytest.mark.parametrize("name", STAGES)
def test_three_to_six_words_are_defined_on_each_page(visit, files, name):
    with visit(files[name]) as visited:
        assert 3 <= visited.page.locator("dl.words dt").count() <= 6


@pytest.mark.parametrize("name", [*STAGES, "index"])
def test_links_between_the_pages_lead_somewhere(visit, files, name):
    with visit(files[name]) as visited:
        addresses = visited.page.eval_on_selector_all("a", "links => links.map((link) => link.getAttribute('href'))")
    for address in addresses:
        target, _, anchor = address.partition("#")
        # `latest` is where a reader stands; a run's folder is as deep.
        assert (files[name].parent / target).resolve().exists(), address
        assert target or anchor
