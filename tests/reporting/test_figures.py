import base64
import xml.etree.ElementTree as ET

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from matplotlib import pyplot as plt

from helpers.errors import PrivacyRefused, WrongUse
from helpers.privacy import publish
from helpers.reporting import figure

WORDS = {
    "title": "Half buy once",
    "subtitle": "Customers by orders",
    "alt": "Bars: 4,210 bought once.",
    "source": "profiles",
}


def plot():
    figure_, ax = plt.subplots()
    ax.bar(["a"], [1])
    return figure_, ax


def test_a_block_holds_all_that_a_reader_needs(shown):
    _, ax = plot()
    numbers = publish(pd.DataFrame({"group": ["a"], "people": [4210]}), people="people")
    figure(ax, **WORDS, data=numbers, caption="Measured *once*.")
    html = BeautifulSoup(shown[0]["data"]["text/html"], "html.parser")
    assert html.figcaption.find(class_="title").get_text() == WORDS["title"]
    assert html.figcaption.find(class_="subtitle").get_text() == WORDS["subtitle"]
    assert html.img["alt"] == WORDS["alt"]
    assert (html.img["width"], html.img["height"]) == ("576", "307")
    assert "Source: profiles" in html.get_text()
    assert html.find(class_="note").em.get_text() == "once"
    assert html.details.find("td").get_text() == "4,210"
    assert not html.details.has_attr("open")
    assert html.select_one("details details.csv pre").get_text() == "group,people\na,4210\n"
    kind, image = html.img["src"].split(",")
    assert kind == "data:image/svg+xml;base64"
    assert ET.fromstring(base64.b64decode(image)).tag.endswith("svg")


def test_numbers_that_nobody_looked_through_are_refused(shown):
    with pytest.raises(PrivacyRefused, match="small groups"):
        figure(plot()[1], **WORDS, data=pd.DataFrame({"group": ["a"], "people": [3]}))
    assert not shown


def test_figure_is_closed_and_may_be_given_whole(shown):
    whole, _ = plot()
    figure(whole, **WORDS)
    assert plt.get_fignums() == []
    assert len(shown) == 1
    assert shown[0]["data"]["text/plain"] == "Figure: Half buy once. Bars: 4,210 bought once."


@pytest.mark.parametrize("missing", WORDS)
def test_each_sentence_is_needed(missing, shown):
    _, ax = plot()
    with pytest.raises(WrongUse, match=f"empty {missing}"):
        figure(ax, **WORDS | {missing: " "})
    assert not shown


def test_hostile_words_are_shown_word_for_word(hostile, shown):
    _, ax = plot()
    figure(ax, title=hostile, subtitle=hostile, alt=hostile, source=hostile)
    html = BeautifulSoup(shown[0]["data"]["text/html"], "html.parser")
    assert html.img["alt"] == hostile
    assert html.find(class_="title").get_text() == hostile
    assert not html.find_all("script")
    assert len(html.find_all("img")) == 1


def test_same_figure_same_bytes(shown):
    for _ in range(2):
        figure(plot()[1], **WORDS)
    assert shown[0] == shown[1]
