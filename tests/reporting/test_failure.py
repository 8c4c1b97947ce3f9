import datetime as dt

import pytest
from bs4 import BeautifulSoup

from helpers.reporting import Navigation, PageLink, Stamp, gate, render_failure

STAMP = Stamp(
    dataset="The demo shop",
    as_of=dt.date(2026, 4, 1),
    ran_at=dt.datetime(2026, 4, 1, 4, 12, tzinfo=dt.UTC),
    version="0.1.0",
)
WORDS = {
    "stage": "04_churn",
    "since": dt.datetime(2026, 3, 30, 4, 0, tzinfo=dt.UTC),
    "message": "04_churn, code cell 3: ValueError: nothing to fit",
    "trace": "Traceback\n\x1b[31mValueError\x1b[0m: nothing to fit",
    "affected": ["Who will stop **ordering**?"],
    "last_good": PageLink(title="29 March 2026", href="../../latest/index.html"),
    "navigation": Navigation(shelf=PageLink(title="All reports", href="../../../index.html")),
}


@pytest.fixture
def failure(tmp_path):
    def render(**words):
        out = tmp_path / "index.html"
        render_failure(out_path=out, stamp=STAMP, **WORDS | words)
        return BeautifulSoup(out.read_bytes(), "html.parser")

    return render


def test_it_says_what_failed_since_when_what_that_affects_and_what_to_read(failure):
    html = failure()
    assert html.h1.get_text() == "The run failed at 04_churn"
    alarm = html.main.find(class_="alarm").get_text()
    assert "code cell 3: ValueError: nothing to fit" in alarm
    assert "since 30 March 2026, 04:00 UTC" in alarm
    assert [item.get_text() for item in html.find(id="affected").parent.find_all("li")] == ["Who will stop ordering?"]
    assert html.find(id="last-good").parent.a["href"] == "../../latest/index.html"
    fold = html.find("details", class_="error")
    assert not fold.has_attr("open")
    assert fold.pre.get_text() == "Traceback\nValueError: nothing to fit"


def test_nothing_is_left_as_an_empty_section(failure):
    html = failure(stage="", trace="", affected=[], last_good=None)
    assert html.h1.get_text() == "The run failed"
    assert html.details is None
    assert "None that was published before." in html.main.get_text()
    assert "no earlier report" in html.main.get_text()


def test_hostile_words_are_shown_word_for_word(failure, hostile):
    html = failure(message=hostile, trace=hostile, stage=hostile, affected=[hostile])
    assert hostile in html.main.get_text()
    assert not html.find_all(["script", "img"])


def test_it_passes_the_gate(failure):
    assert gate.check_page(str(failure())) == []
