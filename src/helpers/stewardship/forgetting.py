"""Forgets somebody: out of raw files, tables, exports, pages and decisions, and kept out when they are delivered again.

A journal says what is to be done and what has been; whatever interrupts the work, the same command ends it. All is done
alike for somebody who is not known, so that neither the answer nor the certificate says whether they were.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from helpers import identity, ingestion, privacy
from helpers.datasets import lock, paths
from helpers.datasets.aside import instead_of
from helpers.errors import PrivacyRefused, cannot_write
from helpers.privacy import tombstones
from helpers.stewardship.exports import remove_copies
from helpers.stewardship.folded_identifiers import forget_folded
from helpers.stewardship.journal import Journal, unfinished
from helpers.stewardship.request import begin
from helpers.stewardship.scan import Scanner, Unreadable
from helpers.stewardship.who import identifier

if TYPE_CHECKING:
    from helpers.datasets import Shop

Rebuild = Callable[[], object]
Clear = Callable[[Callable[[Path], bool]], None]


def forget(shop: Shop, text: str, *, rebuild: Rebuild, clear: Clear) -> Path:
    """Forget the person behind an identifier.

    Args:
        shop: The data set, as its latest report looked at it.
        text: One of their identifiers, such as "email:ann@example.com".
        rebuild: Runs the main job, so that a report without them becomes the latest.
        clear: Removes the tables of all runs but the latest, and of their pages those of which it is told that they
            hold something.

    Returns:
        The certificate.

    Raises:
        WrongUse: If the identifier is not well said or stands for nobody or several people, or raw files are there that
            no run has read.
        PrivacyRefused: If something of them is found afterwards; the files are named, and the command can be repeated.
    """
    one = identifier(shop, text)
    certificate = None
    while certificate is None:
        with lock.hold(shop.name, who="forget"):
            journal = unfinished(shop.name)
            if journal is None:
                journal = begin(shop, one)
                journal.keep(shop.name)
        _go_on(shop, journal, rebuild, clear)
        # A request that was interrupted comes first; then the one that was asked for now.
        certificate = _certificate(shop.name, journal) if journal.asked == [one.kind, one.pseudonym] else None
    return certificate


def _go_on(shop: Shop, journal: Journal, rebuild: Rebuild, clear: Clear) -> None:
    """Do what is left to do, step by step; each may be repeated."""
    name = shop.name
    steps: dict[str, Callable[[], object]] = {
        "tombstones": lambda: _bury(shop, journal),
        "texts": lambda: _learn_texts(shop, journal),
        "raw": lambda: ingestion.erase(shop, ingestion.Texts(set(journal.all), set(journal.alone))),
        "decisions": lambda: identity.forget_decisions(
            shop, {(kind, value) for kind, value, *_ in journal.identifiers}
        ),
        "copies": lambda: remove_copies(name),
        "folded": lambda: forget_folded(shop, journal.names, journal.alone_identifiers),
        "rebuild": rebuild,
        "earlier runs": lambda: clear(_finder(journal)),
        "scan": lambda: _require_nothing_left(name, journal),
        "certificate": lambda: _certify(shop, journal),
    }
    for step, do in steps.items():
        if step in journal.done:
            continue
        if step == "rebuild":
            do()  # it holds the lock itself
        else:
            with lock.hold(name, who="forget"):
                do()
        if step != "certificate":
            journal.done.append(step)
            journal.keep(name)
    paths.forgetting(name).unlink()


def _bury(shop: Shop, journal: Journal) -> None:
    kept = tombstones.read(shop.name)
    stones = [
        tombstones.Tombstone(
            mark=tombstones.mark(kind, pseudonym),
            since=since and datetime.fromisoformat(since),
            until=datetime.fromisoformat(until),
        )
        for kind, pseudonym, since, until in journal.identifiers
    ]
    shared = {tombstones.mark(kind, pseudonym) for kind, pseudonym in journal.shared}
    tombstones.write(
        shop.name,
        replace(
            kept,
            key=privacy.for_shop(shop).fingerprint,
            requests=[*(each for each in kept.requests if each != journal.request), journal.request],
            tombstones=[*(each for each in kept.tombstones if each not in stones), *stones],
            shared=sorted({*kept.shared, *shared}),
        ),
    )


def _learn_texts(shop: Shop, journal: Journal) -> None:
    found = ingestion.texts(shop, datetime.fromisoformat(journal.requested_at))
    journal.all, journal.alone = sorted(found.all), sorted({*found.alone, *journal.alone})


def _finder(journal: Journal) -> Callable[[Path], bool]:
    """Whether a file holds something of them, or may, being unreadable."""
    own = journal.alone_identifiers
    names = {identity.name_of(kind, pseudonym) for kind, pseudonym in own}
    scanner = Scanner(journal.alone, {*names, *(pseudonym for _, pseudonym in own)})

    def holds(file: Path) -> bool:
        try:
            return scanner.found_in(file)
        except Unreadable:
            return True

    return holds


def _require_nothing_left(name: str, journal: Journal) -> None:
    holds = _finder(journal)
    own = {paths.forgetting(name), paths.lock(name), paths.lock(name).with_name(".lock.holder")}
    found, seen = [], set()
    for file in _files(name):
        told = file.stat()
        if file in own or (told.st_dev, told.st_ino) in seen:
            continue
        seen.add((told.st_dev, told.st_ino))
        if holds(file):
            found.append(str(file))
    if found:
        raise PrivacyRefused(
            "Something of them is still there, or may be where a file cannot be unpacked:\n" + "\n".join(found) + "\n"
            "Remove these files or correct them, and run the command again: it goes on from here."
        )


def _files(name: str) -> list[Path]:
    """Every file under the data set, its reports and people's own notebooks, but the truth of a made-up world."""
    folders = (paths.dataset(name), paths.report(name), paths.notebooks() / "scratch")
    files = (file for folder in folders if folder.exists() for file in sorted(folder.rglob("*")))
    truth = paths.truth(name)
    return [file for file in files if file.is_file() and not file.is_symlink() and not file.is_relative_to(truth)]


def _certificate(name: str, journal: Journal) -> Path:
    return paths.certificates(name) / f"{journal.request}.json"


def _certify(shop: Shop, journal: Journal) -> None:
    """Write down that it was done, and nothing that says to whom."""
    file = _certificate(shop.name, journal)
    content = {
        "dataset": shop.name,
        "request": journal.request,
        "requested_at": journal.requested_at + "Z",
        "done_at": datetime.now(UTC).replace(tzinfo=None).isoformat() + "Z",
        "key": privacy.for_shop(shop).fingerprint,
        "done": [
            "raw files rewritten without their records and identifiers",
            "tombstones set, so that another delivery of the same data does not bring them back",
            "decisions about their identifiers removed",
            "exports and tables of notebooks removed",
            "facts kept of folded events rewritten without theirs",
            "all tables and pages made anew",
            "tables of earlier runs removed, and such of their pages as held something",
            "every file that is left decoded and searched: nothing found",
        ],
        "models": "learned anew without their records; those of earlier runs removed; none holds a row of anybody",
    }
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with instead_of(file) as aside:
            aside.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise cannot_write(file, error) from None
