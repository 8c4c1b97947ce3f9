"""Sentences with their numbers filled in."""

from __future__ import annotations

from helpers.errors import WrongUse
from helpers.reporting import blocks

_MOST = 6


def say(*paragraphs: str) -> None:
    """Display paragraphs of Markdown; HTML in them is shown, not obeyed.

    Put words that come from data through `literal`, so that their asterisks stay asterisks.
    """
    for text in paragraphs:
        blocks.show("say", blocks.render("say.html.j2", text=text), plain=text)


def headlines(*sentences: str) -> None:
    """Display what the page says first; the data set's index shows the same sentences.

    Args:
        *sentences: One to six sentences of Markdown with figures and direction, the decision (or "no
            decision yet") in the first.

    Raises:
        WrongUse: There are none, more than six, or an empty one.
    """
    if not 1 <= len(sentences) <= _MOST:
        raise WrongUse(f"A page has one to {_MOST} headlines, not {len(sentences)}; keep those that decide.")
    if not all(sentence.strip() for sentence in sentences):
        raise WrongUse("A headline is empty; leave it out or say what was found.")
    html = blocks.render("headlines.html.j2", sentences=sentences)
    blocks.show("headlines", html, plain="\n".join(sentences), sentences=list(sentences))
