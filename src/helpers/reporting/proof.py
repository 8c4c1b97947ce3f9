"""The page that says how we know that the numbers are right: one section a proof."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from helpers.datasets.aside import instead_of
from helpers.reporting.blocks import render


@dataclass(frozen=True, kw_only=True)
class Proof:
    """One claim that was put to a test, and how it came out.

    Attributes:
        title: The claim as a heading.
        claim: What should hold, and what was done to see whether it does.
        found: What came out, with its interval and n.
        figure: The evidence, from `render_figure`, with every single case behind its fold.
        limits: What this does not prove.
    """

    title: str
    claim: str
    found: str
    figure: Markup
    limits: str


def render_proof(*, out_path: Path, proofs: Sequence[Proof], ran_at: dt.datetime, version: str) -> None:
    """Write the page of proofs.

    Args:
        out_path: Where the page goes; what was there is replaced in one step.
        proofs: The proofs, in the order in which they are read.
        ran_at: When they were run, with its time zone.
        version: Version of the code that was put to the test.
    """
    html = render("proof.html.j2", title="How we know", proofs=proofs, ran_at=ran_at, version=version)
    with instead_of(out_path) as aside:
        aside.write_text(html + "\n", encoding="utf-8", newline="\n")
