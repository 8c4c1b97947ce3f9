"""What somebody decided about who is who: above every rule, kept in a file beside dataset.toml, by pseudonyms."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from helpers import privacy
from helpers.datasets import paths
from helpers.datasets.aside import instead_of
from helpers.errors import WrongUse

if TYPE_CHECKING:
    from pathlib import Path

    from helpers.datasets import Shop
    from helpers.privacy import Pseudonymiser

FIELDS = ("decision", "a_type", "a", "b_type", "b", "decided_at", "why", "key")
_WITHOUT_KEY = FIELDS[:-1]  # as earlier versions wrote them
Decided = Literal["join", "apart"]


class Decision(NamedTuple):
    """One decision about two identifiers.

    Attributes:
        decision: "join" or "apart".
        a_type: Type of the first.
        a: Its pseudonym.
        b_type: Type of the second.
        b: Its pseudonym.
        decided_at: In UTC.
        why: The reason, without anything personal.
    """

    decision: str
    a_type: str
    a: str
    b_type: str
    b: str
    decided_at: datetime
    why: str


def decide(shop: Shop, decision: Decided, one: tuple[str, str], other: tuple[str, str], *, why: str) -> None:
    """Write down that two identifiers are one person's ("join") or two people's ("apart").

    It holds from the next time that people are made. Of two decisions about one pair the later counts.

    Args:
        shop: An open data set.
        decision: "join" or "apart".
        one: Type and value, such as ("email", "ann@example.com"); the value is stored as a pseudonym.
        other: The same of the other.
        why: The reason. It is kept as it is written, so leave names out of it.

    Raises:
        WrongUse: If the decision is neither, or the two are the same identifier.
    """
    if decision not in ("join", "apart"):
        raise WrongUse(f"decision is {decision!r}; expected 'join' or 'apart'.")
    pseudonym = privacy.for_shop(shop)
    ends = sorted((kind, pseudonym(kind, value)) for kind, value in (one, other))
    if ends[0] == ends[1]:
        raise WrongUse("Both sides are the same identifier; a decision needs two.")
    now = datetime.now(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")
    file = paths.decisions_file(shop.name)
    is_new = not file.exists()
    with shop.store.writing(), file.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        if is_new:
            writer.writerow(FIELDS)
        writer.writerow([decision, *ends[0], *ends[1], now, why, pseudonym.fingerprint])


def decisions(shop: Shop) -> list[Decision]:
    """The decisions that count, the last one about each pair; later ones than `shop.known_before` do not.

    A decision corrects how all events are read, so it counts at every `as_of`.

    Raises:
        WrongUse: If the file is not as `decide` writes it, with the line at fault.
    """
    file = paths.decisions_file(shop.name)
    if not file.exists():
        return []
    last: dict[tuple[str, ...], Decision] = {}
    for _, decision in _rows(shop, file):
        if shop.known_before is None or decision.decided_at < shop.known_before:
            last[decision[1:5]] = decision
    return list(last.values())


def forget_decisions(shop: Shop, identifiers: set[tuple[str, str]]) -> None:
    """Remove the decisions about any of these identifiers; the lock must be held.

    Args:
        shop: The data set.
        identifiers: Type and pseudonym of each.
    """
    file = paths.decisions_file(shop.name)
    if not file.exists():
        return
    left = [row for row, each in _rows(shop, file) if not {each[1:3], each[3:5]} & identifiers]
    with instead_of(file) as aside, aside.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([FIELDS, *left])


def _rows(shop: Shop, file: Path) -> list[tuple[list[str], Decision]]:
    """The rows of the file as they stand, and what each says under the present key."""
    pseudonym = privacy.for_shop(shop)
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(enumerate(csv.reader(stream), start=1))
    if rows and tuple(rows[0][1]) in (FIELDS, _WITHOUT_KEY):
        del rows[0]
    return [(row, _read(row, f"{file}, line {line}", pseudonym)) for line, row in rows]


def _read(row: list[str], where: str, pseudonym: Pseudonymiser) -> Decision:
    """A row as a decision, its pseudonyms those of the present key."""
    try:
        decision, a_type, a, b_type, b, decided_at, why, *key = row
        if decision not in ("join", "apart") or not all((a_type, a, b_type, b)) or len(key) > 1:
            raise ValueError
        since = (key and key[0]) or pseudonym.fingerprints[0]
        ends = sorted(
            (kind, pseudonym.brought_over(kind, end, since=since)) for kind, end in ((a_type, a), (b_type, b))
        )
        return Decision(decision, *ends[0], *ends[1], decided_at=datetime.fromisoformat(decided_at), why=why)
    except ValueError:
        raise WrongUse(
            f"{where}: this is no decision; expected {','.join(FIELDS)}, with 'join' or 'apart' first and pseudonyms "
            "as helpers.identity.decide writes them."
        ) from None
