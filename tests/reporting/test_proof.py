from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup
from matplotlib import pyplot as plt

from helpers.privacy import publish
from helpers.reporting import Proof, gate, render_figure, render_proof


@pytest.fixture
def page(tmp_path):
    """The page of one proof, whose words may be given."""

    def render(**words):
        figure = render_figure(
            plt.subplots()[1], title="3 of 100 miss", subtitle="Intervals (19 in 20) by seed", alt="Lines around zero.",
            source="simulated", data=publish(pd.DataFrame({"seed": [0, 1]}), people=None, why="seeds"),
        )  # fmt: skip
        told = {"title": "It holds", "claim": "19 in 20 should.", "found": "97 of 100 do.", "limits": "all else."}
        out = tmp_path / "index.html"
        proofs = [Proof(figure=Markup(figure), **(told | words))]
        render_proof(out_path=out, proofs=proofs, ran_at=dt.datetime(2026, 4, 1, 4, tzinfo=dt.UTC), version="0.1.0")
        return out.read_text(encoding="utf-8")

    return render


def test_each_proof_says_what_was_claimed_found_and_left_open(page):
    section = BeautifulSoup(page(), "html.parser").find(id="proof-1").find_parent("section")
    assert section.strong.get_text() == "97 of 100 do."
    assert "19 in 20 should." in section.get_text()
    assert "What this does not prove: all else." in section.get_text()
    assert section.details.table.caption


def test_it_passes_the_gate(page):
    assert gate.check_page(page()) == []


def test_hostile_words_are_shown_word_for_word(page, hostile):
    html = BeautifulSoup(page(title=hostile), "html.parser")
    assert html.h2.get_text() == hostile
    assert not html.find_all("script")


def test_nothing_is_left_beside_it(page, tmp_path):
    page()
    assert [file.name for file in tmp_path.iterdir()] == ["index.html"]
