"""One look for every chart: colour-blind safe, legible in grey, following the reader's theme."""

from __future__ import annotations

import io
import re
import warnings

import matplotlib as mpl
from cycler import cycler
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import LogFormatter, NullFormatter, ScalarFormatter

from helpers.reporting.formats import number, showable

# Okabe & Ito's hues (2008), shifted in lightness until each has a contrast of 3:1 on the page and the
# first two are far apart in grey.
BLUE = "#00497f"
ORANGE = "#d55e00"
GREEN = "#009e73"
PINK = "#c06aa5"
GREY = "#50555b"
INK = "#22272e"
MUTED = "#5b626a"
GRID = "#dde0e4"

PALETTE = (BLUE, ORANGE, GREEN, PINK, GREY)
SEQUENTIAL = "cividis"  # for heat maps: rises evenly in grey and for the colour-blind

DARK = {
    BLUE: "#4aa8e0",
    ORANGE: "#f0a83c",
    GREEN: "#45cda0",
    PINK: "#e3a0cb",
    GREY: "#80868d",
    INK: "#e3e6e9",
    MUTED: "#a6adb5",
    GRID: "#363c43",
}

_FONTS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif'
_DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)))
_SETTINGS = {
    "axes.axisbelow": True,
    "axes.edgecolor": MUTED,
    "axes.facecolor": "none",
    "axes.formatter.limits": (-9, 15),
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.labelcolor": MUTED,
    "axes.labelsize": 10.5,
    "axes.prop_cycle": cycler(color=PALETTE) + cycler(linestyle=_DASHES),
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "date.converter": "concise",
    "figure.constrained_layout.use": True,
    "figure.facecolor": "none",
    "figure.figsize": (6.0, 3.2),
    "font.size": 10.5,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "image.cmap": SEQUENTIAL,
    "legend.frameon": False,
    "lines.linewidth": 2.2,
    "patch.edgecolor": "none",
    "patch.force_edgecolor": False,
    "savefig.transparent": True,
    "svg.fonttype": "none",
    "svg.hashsalt": "helpers.reporting",
    "text.color": INK,
    "text.parse_math": False,
    "xtick.color": MUTED,
    "xtick.major.size": 0,
    "xtick.minor.size": 0,
    "ytick.color": MUTED,
    "ytick.major.size": 0,
    "ytick.minor.size": 0,
}


class _Plain(ScalarFormatter):
    """Matplotlib's choice of digits, with thousands separated."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        whole, point, rest = super().__call__(x, pos).partition(".")
        return re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", whole) + point + rest


class _PlainLog(LogFormatter):
    """Matplotlib's choice of ticks on a logarithmic axis, as plain numbers."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        return number(x) if super().__call__(x, pos) else ""


def use() -> None:
    """Draw every figure from here on in the house's style.

    Keep the width of 6 inches: pages scale figures to their column, and the text in them with it.
    """
    mpl.rcParams.update(_SETTINGS)


def to_svg(figure: Figure) -> str:
    """Draw a figure as an SVG image that follows the reader's light or dark theme.

    Text stays text (searchable, in the reader's own font) and `$` is never typeset. Colours of the
    palette become variables that a media query inside the image sets; others stay as they are. Equal
    figures give equal text.

    Args:
        figure: The figure; its axes get plain number formats where they have matplotlib's default ones.

    Returns:
        The `<svg>` element, without XML prologue.
    """
    for text in figure.findobj(Text):
        text.set_parse_math(False)
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            _number_axis(axis)
    file = io.StringIO()
    with mpl.rc_context(_SETTINGS), warnings.catch_warnings():
        # Matplotlib only measures with its own font; the reader's fonts draw what that one lacks.
        warnings.filterwarnings("ignore", message=r"Glyph \d+ .*missing from font", category=UserWarning)
        metadata = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        figure.savefig(file, format="svg", metadata=metadata)
    drawing = showable(file.getvalue())
    start = drawing.index("<svg")
    head_end = drawing.index(">", start) + 1
    body = re.sub(r'(<[a-z]+ (?:[^<>]*? )?style=")([^"<>]*)', _with_variables, _lean(drawing[head_end:]))
    return drawing[start:head_end] + f"<style>{_theme()}</style>" + body.rstrip()


def _lean(body: str) -> str:
    """The same drawing without what says nothing: indents, empty groups, and fonts that `_theme` overrides."""
    bare = re.sub(r'<g id="[^"]*"/>', "", re.sub(r'(<text style="[^"]*?)font-family: [^;"]*; ', r"\1", body))
    return re.sub(r"\n\s*", "\n", bare)


def _number_axis(axis: mpl.axis.Axis) -> None:
    """Replace the formats that matplotlib gives an axis by itself; one that somebody chose stays."""
    major = axis.get_major_formatter()
    if type(major) is ScalarFormatter:
        axis.set_major_formatter(_Plain(useOffset=False))
    elif axis.get_scale() == "log" and isinstance(major, LogFormatter):
        axis.set_major_formatter(_PlainLog())
        if not isinstance(axis.get_minor_formatter(), NullFormatter):
            axis.set_minor_formatter(_PlainLog(labelOnlyBase=False, minor_thresholds=(1, 0.4)))


def _with_variables(match: re.Match[str]) -> str:
    """One tag up to its style, with the palette's colours as variables."""
    style = re.sub(
        r"#[0-9a-f]{6}\b",
        lambda colour: f"var(--{colour[0][1:]})" if colour[0] in DARK else colour[0],
        match[2],
    )
    return match[1] + style


def _theme() -> str:
    """The style sheet inside an image: the palette in both themes, and the page's fonts."""
    light, dark = (
        ";".join(f"--{name[1:]}:{colour}" for name, colour in colours)
        for colours in (((name, name) for name in DARK), DARK.items())
    )
    return (
        f"svg{{{light}}}@media (prefers-color-scheme:dark){{svg{{{dark}}}}}"
        f"text{{font-family:{_FONTS}!important;font-variant-numeric:tabular-nums}}"
    )
