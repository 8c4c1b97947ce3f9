"""What is kept of events that have grown older than a data set keeps them: facts by day, who is who, and what was said.

Whoever reads events asks here which of them are folded already, so that none counts twice, whatever is interrupted.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import ibis

from helpers.datasets import paths
from helpers.datasets.engine import quote
from helpers.datasets.folded_versions import BY_PERSON, SAID, Break, columns_of, find, refuse
from helpers.datasets.tables import declared
from helpers.errors import cannot_write

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

    from helpers.datasets.shop import Shop

MANIFEST = "folded.json"


@dataclass(frozen=True, kw_only=True)
class Folded:
    """The events that are folded, and where what is kept of them is.

    Attributes:
        folder: Holds the tables of `BY_PERSON` (facts by local day and consent that covers them), sets.parquet
            (identifiers that stood on one event) and the tables of `SAID`.
        cutoffs: Name of an event to the moment, in UTC, before which it is folded; "" for all that are not named.
        key: Fingerprint of the key of its pseudonyms.
        versions: Version of the definition that each table was kept by; empty where that was not written down.
        breaks: What is kept by earlier definitions and is read all the same, since `workbench migrate` said so.
    """

    folder: Path
    cutoffs: dict[str, datetime]
    key: str | None = None
    versions: dict[str, int] = field(default_factory=dict)
    breaks: tuple[Break, ...] = ()

    @property
    def first_whole_moment(self) -> datetime:
        """Since when no event is folded, in UTC."""
        return max(self.cutoffs.values())

    def live(self, events: ibis.Table) -> ibis.Table:
        """The events that are not folded."""
        return events.filter(self.is_live(events.event, events.timestamp))

    def is_live(self, event: ibis.Value, timestamp: ibis.Value) -> ibis.expr.types.BooleanValue:
        """Whether an event of a name and moment is not folded."""
        named = [(name, ibis.literal(moment)) for name, moment in sorted(self.cutoffs.items()) if name]
        rest = self.cutoffs.get("")
        if not named:
            return timestamp >= rest
        otherwise = ibis.literal(rest) if rest else ibis.null("timestamp")
        cases = [(event == name, moment) for name, moment in named]
        return (timestamp >= ibis.cases(*cases, else_=otherwise)).fill_null(True)

    def expired_sql(self) -> str:
        """Whether an event is folded, as SQL over columns event and timestamp."""
        rest = f"TIMESTAMP '{self.cutoffs['']}'" if "" in self.cutoffs else "NULL"
        named = sorted((name, at) for name, at in self.cutoffs.items() if name)
        cases = " ".join(f"WHEN {quote(name)} THEN TIMESTAMP '{at}'" for name, at in named)
        return f"coalesce(timestamp < {f'CASE event {cases} ELSE {rest} END' if named else rest}, false)"

    def table(self, con: Backend, name: str) -> ibis.Table:
        """What is kept under a name: one of `BY_PERSON`, "sets" or one of `SAID`.

        Raises:
            WrongUse: If it is kept by another definition than the present one.
        """
        if name != "sets":
            refuse([self._unlike(name)], self.folder.parents[1].name)
        rows = con.read_parquet(self.folder / f"{name}.parquet")
        return rows if name == "sets" else rows.select(*columns_of(name))

    def unlike(self) -> list[Break]:
        """What is kept by another definition than the present one and may not be read before that is settled."""
        return [found for name in (*BY_PERSON, *SAID) if (found := self._unlike(name))]

    def _unlike(self, name: str) -> Break | None:
        return find(name, self.folder / f"{name}.parquet", self.versions.get(name), before=self.first_whole_moment)


def folded(name: str) -> Folded | None:
    """What is kept of folded events of a data set; None where none are."""
    manifests = sorted(paths.folded(name).glob(f"[!.]*/{MANIFEST}"))
    if not manifests:
        return None
    said = json.loads(manifests[-1].read_text(encoding="utf-8"))
    cutoffs = {event: datetime.fromisoformat(at) for event, at in said["cutoffs"].items()}
    return Folded(
        folder=manifests[-1].parent,
        cutoffs=cutoffs,
        key=said["key"],
        versions=said.get("versions", {}),
        breaks=tuple(Break(*each) for each in said.get("breaks", [])),
    )


def require_alike(name: str) -> None:
    """Make sure that all that is kept of folded events is kept by the present definitions.

    Raises:
        WrongUse: If something is not, naming the command that settles it.
    """
    kept = folded(name)
    refuse(kept.unlike() if kept else [], name)


def live(name: str, events: ibis.Table) -> ibis.Table:
    """The events of a data set that are not folded."""
    kept = folded(name)
    return kept.live(events) if kept else events


def put(
    shop: Shop, cutoffs: dict[str, datetime], tables: dict[str, ibis.Table], *, breaks: Sequence[Break] = ()
) -> None:
    """Keep this in place of what was kept before, in one step. The lock must be held.

    Args:
        shop: The data set; its store knows the key.
        cutoffs: As `Folded` has them.
        tables: Those of `BY_PERSON`, "sets" and those of `SAID`, by the present definitions.
        breaks: What of them is not comparable, beside what was not before.

    Raises:
        InputOutput: If the disk refuses; what was kept is as it was then.
    """
    root, before = paths.folded(shop.name), folded(shop.name)
    folder = root / f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"
    aside = root / f".{folder.name}.aside"
    try:
        for left in root.glob(".*.aside"):
            shutil.rmtree(left)
        aside.mkdir(parents=True)
        for name, rows in tables.items():
            order = _order(name)
            query = f"SELECT * FROM ({shop.engine.compile(rows)}) ORDER BY {order}"
            target = quote(str(aside / f"{name}.parquet"))
            shop.engine.con.execute(f"COPY ({query}) TO {target} (FORMAT parquet)")
        manifest = {
            "cutoffs": {event: at.isoformat() for event, at in cutoffs.items()},
            "key": shop.store.key,
            "versions": {name: declared(name).version for name in tables if name != "sets"},
            "breaks": [*(before.breaks if before else ()), *breaks],
        }
        (aside / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        aside.rename(folder)
        # One that was interrupted here may have left more than one.
        for other in root.glob(f"[!.]*/{MANIFEST}"):
            if other.parent != folder:
                shutil.rmtree(other.parent)
    except (OSError, duckdb.IOException) as error:
        raise cannot_write(root, error) from None


def _order(name: str) -> str:
    if name == "sets":
        return "first_at, first_message, ids"
    return ", ".join((*declared(name).key, "purpose") if name in BY_PERSON else declared(name).key)
