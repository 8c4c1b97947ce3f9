"""Chart style, number formats, figure blocks, tables, the result record and its keys, the page, and its gate.

Begin with `figures` and `tables`, what a cell calls; both make `blocks`, as `text` does of sentences, with `charts`
and `flows` in one `style` and numbers by `formats`. `record` keeps results under `keys` that `key_list`,
`model_key_list` and `proof_key_list` declare. `page` makes a notebook a page, by way of `markdown` and with the words
of `glossary`; `index` and `first_screen` make the first page, `failure` and `proof` the pages apart; `context` is what
all pages are told beside their content. `gate` lets nothing out whose `form` is wrong or that holds something
`personal`.

Never here: statistics, queries, or any figure that is not handed in.
"""

from helpers.reporting import charts, gate, keys, style
from helpers.reporting.context import IndexEntry, Navigation, PageLink, ShelfEntry, Stamp
from helpers.reporting.failure import render_failure
from helpers.reporting.figures import bars, figure, render_figure
from helpers.reporting.first_screen import REMEMBERED
from helpers.reporting.formats import (
    date,
    days,
    interval,
    level,
    moment,
    money,
    number,
    part,
    people,
    percent,
    points,
)
from helpers.reporting.glossary import render_glossary
from helpers.reporting.index import render_index, render_shelf
from helpers.reporting.keys import safe
from helpers.reporting.markdown import literal
from helpers.reporting.page import headlines_of, render_page, title_of
from helpers.reporting.proof import Proof, render_proof
from helpers.reporting.record import Record
from helpers.reporting.tables import table
from helpers.reporting.text import headlines, say

__all__ = [
    "REMEMBERED",
    "IndexEntry",
    "Navigation",
    "PageLink",
    "Proof",
    "Record",
    "ShelfEntry",
    "Stamp",
    "bars",
    "charts",
    "date",
    "days",
    "figure",
    "gate",
    "headlines",
    "headlines_of",
    "interval",
    "keys",
    "level",
    "literal",
    "moment",
    "money",
    "number",
    "part",
    "people",
    "percent",
    "points",
    "render_failure",
    "render_figure",
    "render_glossary",
    "render_index",
    "render_page",
    "render_proof",
    "render_shelf",
    "safe",
    "say",
    "style",
    "table",
    "title_of",
]
