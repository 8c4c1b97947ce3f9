import pytest
from bs4 import BeautifulSoup

from helpers.errors import WrongUse
from helpers.reporting import headlines, literal, say


def test_say_shows_markdown_and_escapes_data(shown, hostile):
    say(f"**Half** of {literal(hostile)}.")
    html = BeautifulSoup(shown[0]["data"]["text/html"], "html.parser")
    assert html.strong.get_text() == "Half"
    assert html.get_text().strip() == f"Half of {hostile}."
    assert not html.find_all(["script", "a", "img"])


def test_headlines_are_kept_for_the_index(shown):
    headlines("**Ship** it.", "Revenue is up.")
    html = BeautifulSoup(shown[0]["data"]["text/html"], "html.parser")
    assert [item.get_text() for item in html.find_all("li")] == ["Ship it.", "Revenue is up."]
    assert shown[0]["metadata"]["workbench"] == {
        "block": "headlines",
        "sentences": ["**Ship** it.", "Revenue is up."],
    }


@pytest.mark.parametrize("sentences", [[], ["a"] * 7, ["a", " "]])
def test_headlines_are_one_to_six_sentences(sentences, shown):
    with pytest.raises(WrongUse, match=r"one to 6|empty"):
        headlines(*sentences)
    assert not shown
