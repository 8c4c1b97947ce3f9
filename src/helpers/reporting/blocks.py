"""How a block of ours (figure, table, sentence) gets from a cell onto a page.

The HTML of blocks and of whole pages is in `templates/`: `base` and `parts` are what pages share.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from IPython.display import display
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from helpers.reporting import formats
from helpers.reporting.markdown import inline, paragraphs

MARK = "workbench"


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters |= {
        "date": formats.date,
        "inline": lambda text: Markup(inline(text)),  # noqa: S704 - our Markdown lets no HTML through
        "moment": formats.moment,
        "paragraphs": lambda text: Markup(paragraphs(text)),  # noqa: S704 - the same
    }
    return environment


_TEMPLATES = _environment()


def render(template: str, **values: Any) -> str:
    """Fill a template of ours; every value is escaped unless it is Markup."""
    return formats.showable(_TEMPLATES.get_template(template).render(**values))


def show(kind: str, html: str, *, plain: str, **details: Any) -> None:
    """Display a block, marked so that the page takes its HTML as it is and nobody else's.

    Args:
        kind: What it is, such as "figure".
        html: The block, rendered by `render`.
        plain: The same for readers without HTML.
        **details: What the page needs to know about it; stored with the output.
    """
    data = {"text/html": html, "text/plain": plain}
    display(data, raw=True, metadata={MARK: {"block": kind, **details}})


def mark_of(output: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The mark that `show` left on a notebook's output, or None for anybody else's output."""
    if output.get("output_type") != "display_data" or "text/html" not in output.get("data", {}):
        return None
    return output.get("metadata", {}).get(MARK)
