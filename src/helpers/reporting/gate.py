"""The gate before publication: what must hold of every page, notebook and record, or nothing is published.

Form is our own fault (exit 1); a personal value or a group too small to be told of is refused (exit 7).
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bs4 import BeautifulSoup, Tag

from helpers.errors import OUR_FAULT, PrivacyRefused, WorkbenchError
from helpers.privacy import MINIMUM
from helpers.reporting import form
from helpers.reporting.blocks import mark_of
from helpers.reporting.personal import personal_values
from helpers.reporting.record import small_groups

_SVG = "data:image/svg+xml;base64,"
# Head words of columns that count people, for tables that nobody marked.
_PEOPLE = re.compile(r"\b(people|persons?|customers?|buyers?|profiles|contacts|exposed|converted)\b", re.IGNORECASE)
_NOT_PEOPLE = re.compile(r"\b(share|per|of 100|median|mean|customer ids?)\b|%", re.IGNORECASE)
_FEW = re.compile(r"(?<![\d.,/–−-])(?<!in )([1-9]) (people|persons?|customers?|buyers?|contacts)\b")
_RECORD_TAG = "nbval-check-output"


class Fault(NamedTuple):
    """What keeps something from being published.

    Attributes:
        kind: "form", or "privacy".
        said: What is wrong, where.
    """

    kind: str
    said: str


def check_page(html: str, *, allowed: Collection[str] = ()) -> list[Fault]:
    """Look through a page: its form, personal values in its text and images, and small groups.

    Args:
        html: The page.
        allowed: Texts that may stand in it although they look personal, such as the owner's contact.

    Returns:
        What is wrong with it; empty for a page that may be published.
    """
    page = BeautifulSoup(html, "html.parser")
    faults = [Fault("form", said) for said in form.faults(page, size=len(html.encode()))]
    return [*faults, *_personal([_all_text(page)], allowed), *_small_cells(page)]


def check_notebook(notebook: Path, *, allowed: Collection[str] = ()) -> list[Fault]:
    """Look through an executed notebook: nothing shown but what was published, no personal value, no small group.

    Args:
        notebook: The executed notebook.
        allowed: As for `check_page`.
    """
    content = json.loads(notebook.read_text(encoding="utf-8"))
    faults = []
    texts = list(_strings(content.get("metadata", {})))
    for number, cell in enumerate(content["cells"], 1):
        texts.append("".join(cell["source"]))
        for output in cell.get("outputs", []):
            block = "".join(output.get("data", {}).get("text/html", ""))
            if mark_of(output):
                page = BeautifulSoup(block, "html.parser")
                texts.append(_all_text(page))
                faults += _small_cells(page)
            elif not _is_text_of_ours(output, cell):
                faults.append(Fault("privacy", f"cell {number} shows something that helpers.reporting did not make"))
            texts.extend(_strings({**output, "data": output.get("data", {}).get("text/plain", "")}))
    return [*faults, *_personal(texts, allowed)]


def check_results(results: dict[str, Any]) -> list[Fault]:
    """Look through a results.json: keys of the list, finite figures, no personal value, no small group.

    Args:
        results: Its content.
    """
    faults = [Fault("form", said) for said in form.result_faults(results)]
    few = [f"{key} tells of fewer than {MINIMUM} people" for key in small_groups(results["results"])]
    return [*faults, *_personal(_strings(results), ()), *(Fault("privacy", said) for said in few)]


def check_folder(folder: Path, *, allowed: Collection[str] = ()) -> dict[str, list[Fault]]:
    """Look through all that a run publishes.

    Args:
        folder: Its pages, executed notebooks and results.json.
        allowed: As for `check_page`.

    Returns:
        File name to what is wrong with it, for files with faults.
    """
    found = {}
    for file in sorted(folder.glob("*.html")):
        found[file.name] = check_page(file.read_text(encoding="utf-8"), allowed=allowed)
    for file in sorted(folder.glob("*.ipynb")):
        found[file.name] = check_notebook(file, allowed=allowed)
    for file in folder.glob("results.json"):
        found[file.name] = check_results(json.loads(file.read_text(encoding="utf-8")))
    return {name: faults for name, faults in found.items() if faults}


def require(folder: Path, *, allowed: Collection[str] = ()) -> None:
    """Let a run's pages pass, or stop it.

    Args:
        folder: As for `check_folder`.
        allowed: As for `check_page`.

    Raises:
        PrivacyRefused: A personal value, or a group too small to be told of.
        WorkbenchError: A page that fails its own form.
    """
    found = check_folder(folder, allowed=allowed)
    lines = [f"{name}: {fault.said}." for name, faults in found.items() for fault in faults]
    if any(fault.kind == "privacy" for faults in found.values() for fault in faults):
        raise PrivacyRefused(
            "Nothing of this run is published: it would tell of single people, or of too few.\n"
            + "\n".join(lines)
            + "\n"
            "Show tables with reporting.table(privacy.publish(…)), and take what is personal out of dataset.toml."
        )
    if lines:
        raise WorkbenchError(
            "Nothing of this run is published: its pages fail their own form.\n" + "\n".join(lines) + f"\n{OUR_FAULT}"
        )


def _personal(texts: Iterable[str], allowed: Collection[str]) -> list[Fault]:
    found = personal_values("\n".join(texts), allowed=allowed)
    return [Fault("privacy", f"it holds {said}") for said in found]


def _is_text_of_ours(output: dict[str, Any], cell: dict[str, Any]) -> bool:
    """Whether an unmarked output is the record, a message or an error: text that the page folds away."""
    if output["output_type"] == "error":
        return True
    if output["output_type"] != "stream":
        return False
    is_record = _RECORD_TAG in cell["metadata"].get("tags", [])
    return output["name"] == "stderr" or is_record or not "".join(output["text"]).strip()


def _all_text(page: BeautifulSoup) -> str:
    """All text of a page that anybody could read out of it: tags, attributes, and text inside its images."""
    parts = [page.get_text("\n")]
    for tag in page.find_all(True):
        for name, value in tag.attrs.items():
            said = " ".join(value) if isinstance(value, list) else value
            if name == "src" and said.startswith(_SVG):
                drawing = base64.b64decode(said.removeprefix(_SVG)).decode()
                parts.append(BeautifulSoup(drawing, "html.parser").get_text("\n"))
            elif not said.startswith("data:"):
                parts.append(said)
    return "\n".join(parts)


def _small_cells(page: BeautifulSoup) -> Iterator[Fault]:
    """Counts of fewer than `MINIMUM` people in tables and sentences."""
    for table in page.find_all("table"):
        for column, head in enumerate(table.select("thead th")):
            few = [cell for cell in _column(table, column) if _counts_people(head) and _is_few(cell)]
            if few:
                where = f"column “{head.get_text()}” of “{table.caption.get_text() if table.caption else ''}”"
                yield Fault("privacy", f"{where} counts fewer than {MINIMUM} people in {len(few)} of its cells")
    for pre in page.select("details.csv pre"):
        for line in pre.get_text().splitlines():
            if re.match(r'^"?[=@+]', line) or re.search(r'[,"][=@+]', line):
                yield Fault("form", "a cell for a spreadsheet begins as a formula does")
                break
    for text in page.find_all(["p", "li", "figcaption", "img"]):
        said = text.get("alt", "") if text.name == "img" else text.get_text()
        match = _FEW.search(said)
        if match and int(match[1]) < MINIMUM:
            yield Fault("privacy", f"a sentence tells of {match[0]}")


def _counts_people(head: Tag) -> bool:
    words = head.get_text()
    marked = "people" in head.get("class", [])
    return marked or bool(_PEOPLE.search(words) and not _NOT_PEOPLE.search(words))


def _column(table: Tag, place: int) -> list[str]:
    rows = [row.find_all(["th", "td"]) for row in table.select("tbody tr")]
    return [row[place].get_text().strip() for row in rows if len(row) > place]


def _is_few(cell: str) -> bool:
    return re.fullmatch(r"[1-9]\d*", cell) is not None and int(cell) < MINIMUM


def _strings(content: object) -> Iterable[str]:
    """Every text in a piece of JSON."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for key, value in content.items():
            yield str(key)
            yield from _strings(value)
    elif isinstance(content, list):
        yield "".join(content) if all(isinstance(each, str) for each in content) else ""
        for each in content:
            if not isinstance(each, str):
                yield from _strings(each)
