"""A whole figure block in one call."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.errors import WrongUse
from helpers.privacy import Published
from helpers.reporting import blocks, charts, style
from helpers.reporting.formats import Format
from helpers.reporting.tables import as_csv, render_table


def figure(plot: Axes | Figure, *, title: str, alt: str, **told: Any) -> None:
    """Display a figure with all that a reader needs to judge it, and close it; arguments as for `render_figure`."""
    blocks.show("figure", render_figure(plot, title=title, alt=alt, **told), plain=f"Figure: {title}. {alt}")


def bars(data: Published, *, title: str, subtitle: str, shows: str, source: str) -> None:
    """Display a published table of a name and a number a row as a figure of bars.

    Args:
        data: Its first column names the bars, its second is their length.
        title: As for `render_figure`, like the rest.
        subtitle: What is drawn.
        shows: What the bars count, for who cannot see them: "People by number of orders".
        source: The tables that it comes from.
    """
    names, values = (data.frame[column] for column in data.frame.columns[:2])
    figure(
        charts.bars(names, values, ax=plt.subplots()[1]),
        title=title,
        subtitle=subtitle,
        alt=f"{shows}: {charts.in_words(names, values)}.",
        source=source,
        data=data,
    )


def render_figure(
    plot: Axes | Figure,
    *,
    title: str,
    subtitle: str,
    alt: str,
    source: str,
    data: Published | None = None,
    formats: Mapping[str, Format] | None = None,
    caption: str | None = None,
) -> str:
    """The HTML of a figure block; closes the figure.

    Args:
        plot: The figure, or axes on it.
        title: What the figure shows, as a sentence with a verb ("Half of all customers buy once").
        subtitle: What is drawn: the measure, its unit, the population, the period, the level of intervals.
        alt: What the figure shows, for who cannot see it: one sentence with its main numbers.
        source: The tables or files that it comes from.
        data: The numbers behind the figure, from `helpers.privacy.publish`; shown as a table behind a fold.
        formats: Formats of the columns of `data`, as for `table`.
        caption: A sentence of Markdown below the image: what limits the method, or how to read it.

    Raises:
        PrivacyRefused: `data` did not come from `publish`.
        WrongUse: One of the sentences is empty.
    """
    for name, sentence in {"title": title, "subtitle": subtitle, "alt": alt, "source": source}.items():
        if not sentence.strip():
            raise WrongUse(f'The figure "{title or alt}" has an empty {name}; it needs a sentence.')
    drawing = plot.get_figure(root=True)
    svg = style.to_svg(drawing)
    plt.close(drawing)
    inches = drawing.get_size_inches()
    numbers = None
    if data is not None:
        # Rendered by us, escaped on the way.
        numbers = Markup(render_table(data, caption=f"Numbers behind “{title}”", formats=formats))  # noqa: S704
    return blocks.render(
        "figure.html.j2",
        title=title,
        subtitle=subtitle,
        alt=alt,
        source=source,
        caption=caption,
        numbers=numbers,
        csv=as_csv(data) if data is not None else "",
        image=base64.b64encode(svg.encode()).decode(),
        width=round(inches[0] * 96),
        height=round(inches[1] * 96),
    )
