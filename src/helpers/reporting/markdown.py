"""Markdown to HTML that is safe whatever the text holds: no HTML, no image, no address outside the folder."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import mistune

_PUNCTUATION = re.compile(r"([!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])")


class _Renderer(mistune.HTMLRenderer):
    """Escapes HTML, keeps relative links only, gives headings an anchor."""

    def __init__(self) -> None:
        super().__init__(escape=True)
        self.contents: list[tuple[str, str]] = []
        self._anchors = {"main", "what-changed", "words"}

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        # The page's title is its only h1.
        level = max(2, level)
        anchor = self._anchor(text)
        if level == 2:
            self.contents.append((anchor, mistune.util.striptags(text)))
        return super().heading(text, level, **attrs, id=anchor)

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return super().link(text, url, title) if is_relative(url) else text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        del url, title
        return mistune.escape(text)

    def table(self, text: str) -> str:
        return f'<div class="scroll" role="region" aria-label="Table" tabindex="0"><table>{text}</table></div>'

    def _anchor(self, text: str) -> str:
        words = mistune.util.striptags(text)
        words = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
        base = anchor = re.sub(r"[^a-z0-9]+", "-", words).strip("-") or "section"
        count = 1
        while anchor in self._anchors:
            count += 1
            anchor = f"{base}-{count}"
        self._anchors.add(anchor)
        return anchor


class _Flat(_Renderer):
    """For sentences whose words come from data: no headings either."""

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        del level, attrs
        return self.paragraph(text)


class Document:
    """The Markdown of one page, whose headings get anchors that differ from each other.

    Attributes:
        contents: Anchor and text (as HTML) of each second-level heading so far.
    """

    def __init__(self) -> None:
        renderer = _Renderer()
        self.contents = renderer.contents
        self._render = mistune.create_markdown(renderer=renderer, plugins=["table", "strikethrough"])

    def html(self, text: str) -> str:
        """One cell of the page as HTML."""
        return str(self._render(text))


def paragraphs(text: str) -> str:
    """Markdown as HTML without headings."""
    return str(mistune.create_markdown(renderer=_Flat(), plugins=["table", "strikethrough"])(text))


def inline(text: str) -> str:
    """One line of Markdown as HTML, without a paragraph around it."""
    html = paragraphs(" ".join(text.split())).strip()
    inner = html.removeprefix("<p>").removesuffix("</p>")
    return html if "<p>" in inner else inner


def is_relative(address: str) -> bool:
    """Whether an address stays within the folder of reports."""
    return re.fullmatch(r"[#\w.][\w.%#/-]*", address) is not None


def literal(value: object) -> str:
    """A value from data as Markdown that shows it word for word."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(str(value).split()))
