"""An executed notebook as one standalone page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markupsafe import Markup

from helpers.errors import PrivacyRefused, WrongUse
from helpers.reporting.blocks import mark_of, render
from helpers.reporting.context import Navigation, Stamp
from helpers.reporting.glossary import used_in
from helpers.reporting.markdown import Document

_RECORD_TAG = "nbval-check-output"
_MOST_WORDS = 6
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@dataclass
class _Section:
    """A part of the page between two headings: what is seen, and the code behind it."""

    blocks: list[Markup] = field(default_factory=list)
    code: list[str] = field(default_factory=list)


def render_page(
    notebook_path: Path,
    *,
    out_path: Path,
    stamp: Stamp,
    navigation: Navigation,
    changes: Sequence[str] | None = None,
) -> None:
    """Write an executed notebook as one HTML file that works alone and offline.

    Figures, tables and sentences of `helpers.reporting` are taken as they are; the result record and messages are
    folded away. Anything else that a cell shows was never looked through for small groups and is refused. Equal input
    gives equal bytes.

    Args:
        notebook_path: The executed notebook.
        out_path: Where the page goes.
        stamp: What the page rests on.
        navigation: Where a reader can go from it.
        changes: What differs from the run before, as sentences of Markdown; empty for nothing, None where there
            is no run before. Both are said.

    Raises:
        PrivacyRefused: A cell shows something that is not a block of `helpers.reporting`.
        WrongUse: The notebook does not begin with a title (`# …`).
    """
    title = title_of(notebook_path)
    document = Document()
    sections, first = _sections(_read(notebook_path), document)
    words = used_in("\n".join([*first, *(block for section in sections for block in section.blocks)]))
    html = render(
        "page.html.j2",
        title=title,
        stamp=stamp,
        navigation=navigation,
        changes=changes,
        headlines=first,
        contents=[(anchor, Markup(text)) for anchor, text in document.contents],  # noqa: S704 - escaped by mistune
        sections=sections,
        words=sorted(words[:_MOST_WORDS], key=lambda term: term.name.lower()),
    )
    out_path.write_text(html + "\n", encoding="utf-8", newline="\n")


def title_of(notebook_path: Path) -> str:
    """The question a notebook answers: its first heading, as plain text.

    Raises:
        WrongUse: The first Markdown cell does not begin with `# `.
    """
    told = (_joined(cell["source"]).strip() for cell in _read(notebook_path) if cell["cell_type"] == "markdown")
    first, _, _ = next(told, "").partition("\n")
    if not first.startswith("# "):
        raise WrongUse(f"{notebook_path} does not begin with its title; start the first Markdown cell with `# `.")
    return first[2:].strip()


def headlines_of(notebook_path: Path) -> list[str]:
    """The headlines that an executed notebook showed, as Markdown; none where it did not get that far."""
    marks = (mark_of(output) for cell in _read(notebook_path) for output in cell.get("outputs", []))
    return [sentence for mark in marks if mark for sentence in mark.get("sentences", [])]


def _read(notebook_path: Path) -> list[dict[str, Any]]:
    """The cells of a notebook; read by hand, for nbformat takes longer to import than all else here."""
    notebook = json.loads(notebook_path.read_text(encoding="utf-8"))
    if notebook.get("nbformat") != 4:
        raise WrongUse(f"{notebook_path} is not a notebook of format 4; save it with a current JupyterLab.")
    return notebook["cells"]


def _joined(text: str | list[str]) -> str:
    """Text of a notebook, which may be stored as a list of lines."""
    return text if isinstance(text, str) else "".join(text)


def _sections(cells: list[dict[str, Any]], document: Document) -> tuple[list[_Section], list[Markup]]:
    """The page's sections, and apart from them the output of the cells tagged `headlines`."""
    sections, first = [_Section()], []
    title_seen = False
    for cell in cells:
        tags = cell["metadata"].get("tags", [])
        source = _joined(cell["source"]).strip()
        if cell["cell_type"] == "markdown":
            if not title_seen:
                _, _, source = source.partition("\n")
                title_seen = True
            html = document.html(source)
            if html.startswith("<h2"):
                sections.append(_Section())
            sections[-1].blocks.append(Markup(html))  # noqa: S704 - our Markdown lets no HTML through
        elif cell["cell_type"] == "code":
            if source:
                sections[-1].code.append(source)
            shown = first if "headlines" in tags else sections[-1].blocks
            shown.extend(_outputs(cell["outputs"], is_record=_RECORD_TAG in tags))
    return [each for each in sections if each.blocks or each.code], first


def _outputs(outputs: Iterable[Mapping[str, Any]], *, is_record: bool) -> Iterable[Markup]:
    """A cell's outputs as HTML: our own blocks as they are; the record, messages and errors as text behind a fold.

    Raises:
        PrivacyRefused: For anything else.
    """
    for output in outputs:
        if mark_of(output):
            yield Markup(_joined(output["data"]["text/html"]))  # noqa: S704 - marked as rendered by helpers.reporting
            continue
        kind, summary, text = _as_text(output, is_record=is_record)
        if text.strip():
            rendered = render("output.html.j2", kind=kind, summary=summary, text=ANSI.sub("", text).rstrip())
            yield Markup(rendered)  # noqa: S704 - rendered by us


def _as_text(output: Mapping[str, Any], *, is_record: bool) -> tuple[str, str, str]:
    """Kind of an output, the summary of the fold it goes behind, and its text."""
    match output["output_type"], output.get("name"):
        case "error", _:
            reason = f"This step failed: {output['ename']}: {output['evalue']}"
            return "error", reason, "\n".join(output["traceback"])
        case "stream", "stderr":
            return "stderr", "Messages of this step", _joined(output["text"])
        case "stream", _ if is_record:
            return "stdout", "The figures of this page as a record", _joined(output["text"])
    shown = _joined(output.get("text") or output.get("data", {}).get("text/plain", ""))
    if output["output_type"] == "stream" and not shown.strip():
        return "stdout", "", ""
    raise PrivacyRefused(
        "A cell shows something that is no table, figure or sentence of helpers.reporting, so nobody looked through it "
        "for small groups. Show tables with reporting.table(privacy.publish(…)) and text with reporting.say; end a "
        "cell that only looks at something with a semicolon, or take its last line away."
    )
