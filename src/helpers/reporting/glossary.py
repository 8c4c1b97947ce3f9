"""What words mean: the one list of definitions, and which of them a page needs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from helpers.reporting.blocks import render
from helpers.reporting.context import Navigation


@dataclass(frozen=True, kw_only=True)
class Term:
    """A word with its meaning.

    Attributes:
        name: The word as a reader meets it.
        meaning: What it means here, in one or two sentences.
        pattern: A regular expression for the word on a page; by default the name and its plural.
    """

    name: str
    meaning: str
    pattern: str = ""

    def used_in(self, text: str) -> bool:
        """Whether the word stands in a text."""
        return re.search(self.pattern or rf"\b{self.name}s?\b", text, flags=re.IGNORECASE) is not None


def _terms(*rows: tuple[str, ...]) -> tuple[Term, ...]:
    return tuple(Term(name=row[0], meaning=row[1], pattern=row[2] if len(row) > 2 else "") for row in rows)


# Those that a reader is least likely to know stand first: a page shows the first six that it uses.
TERMS = _terms(
    (
        "19 in 20",
        "The interval is made so that, of 20 intervals of its kind, about 19 hold the true value and one misses it. "
        "“4 in 5” and the like are read in the same way.",
        r"\b\d+ in \d+\b",
    ),
    (
        "as of",
        "The figures count what was known before this moment, and nothing that came later.",
    ),
    (
        "hidden",
        "A figure that would tell of fewer than 10 people is not shown, nor one that would give it away.",
        r"\bhidden\b|\bfewer than 10\b",
    ),
    (
        "quarantined",
        "Set aside with its whole file, because the file is damaged or unlike what was agreed.",
    ),
    (
        "refused",
        "A record that breaks a rule of its source is kept out of every figure, with its place and the reason.",
        r"\brefused\b|\brejected\b",
    ),
    (
        "duplicate",
        "A record that was delivered before; it counts once.",
    ),
    (
        "record",
        "One entry of a raw file, as the system wrote it.",
    ),
    (
        "event",
        "One thing that a customer did or received at one moment: an order, a page view, a message delivered.",
    ),
    (
        "identifier",
        "One way to recognise somebody, such as a customer number or an e-mail address; stored only as a keyed hash.",
    ),
    (
        "profile",
        "The facts known about one person who may be described. Who has not agreed has none.",
    ),
    (
        "repeat buyer",
        "Somebody who has bought on at least two days, so that a usual distance between purchases is known.",
    ),
    (
        "active customer",
        "Somebody who ordered in the last 90 days.",
        r"\bactive customers?\b|\border in the last 90 days\b",
    ),
    (
        "buyer",
        "Somebody with at least one order.",
    ),
    (
        "returning",
        "Active in this month and in the one before.",
        r"\breturning\b",
    ),
    (
        "came back",
        "Active in this month and earlier, but not in the month before.",
        r"\bcame back\b",
    ),
    (
        "cohort",
        "The customers whose first order was in the same month; where nobody orders, their first active day.",
    ),
    (
        "the recency rule",
        "The simplest way to guess who will not order: the longer ago the last order, the likelier.",
        r"\brecency rule\b",
    ),
    (
        "pairs in the right order",
        "Take one customer who did not order and one who did. A ranking is right about the pair when it puts the "
        "first one higher; tossing a coin is right about 50 of 100.",
        r"\b100 pairs\b",
    ),
    (
        "logistic regression",
        "A formula that turns a customer's history into a probability, each fact with a fixed weight.",
    ),
    (
        "boosted trees",
        "Many small decision trees, each mending what those before it got wrong, added up to one probability.",
    ),
    (
        "taken blindly",
        "Chosen without any ranking, as if by lot.",
        r"\bblindly\b",
    ),
    (
        "slipping away",
        "Buyers who used to spend much and have been quiet for long, compared with the other buyers.",
    ),
    (
        "k-means",
        "A method that divides people into a given number of groups of like ones, without knowing what the groups are.",
    ),
    (
        "silhouette",
        "How clearly groups lie apart: near 1 when everybody is close to their own group and far from the next, near 0 "
        "when groups touch.",
    ),
    (
        "arm",
        "One of the groups that an experiment divides people into by lot, each treated in its own way.",
    ),
    (
        "control",
        "The arm that is treated as always, and that the others are compared with.",
        r"\bcontrol\b",
    ),
    (
        "exposed",
        "Having met one's arm of an experiment, such as seen the new page or been sent the message.",
    ),
    (
        "window",
        "The days after somebody's first exposure in which what they do counts for the experiment.",
        r"\bwindows?\b",
    ),
    (
        "points",
        "Percentage points: from 10% to 12% is a difference of 2 points, and 1.2 times as much.",
        r"\d points\b",
    ),
    (
        "median",
        "The middle: half of the people lie below it and half above.",
    ),
    (
        "net of refunds",
        "What was paid back is taken off.",
    ),
    (
        "local time",
        "The wall clock of the shop's own time zone.",
    ),
)

_FOLD = re.compile(r"<details.*?</details>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def used_in(html: str) -> list[Term]:
    """The terms that a page uses where its reader sees them, those that need their meaning most first."""
    # Folds within folds leave their outer ends behind; that does no harm to a search for words.
    text = unescape(_TAG.sub(" ", _FOLD.sub(" ", html)))
    return [term for term in TERMS if term.used_in(text)]


def render_glossary(*, out_path: Path, navigation: Navigation) -> None:
    """Write the page of all definitions, in the order of the alphabet.

    Args:
        out_path: Where the page goes.
        navigation: Where a reader can go from it.
    """
    terms = sorted(TERMS, key=lambda term: term.name.lower())
    html = render("glossary.html.j2", title="What the words mean", terms=terms, navigation=navigation)
    out_path.write_text(html + "\n", encoding="utf-8", newline="\n")
