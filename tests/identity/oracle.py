"""Who is who once more, by plain Python and one event at a time: slow, and written to be read against README.md."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from itertools import combinations, pairwise
from typing import Any

Row = dict[str, Any]
Id = tuple[str, str]
Owner = tuple[str, str, int]  # type, value, era
DEVICES = ("device_id", "anonymous_id")
STRENGTH = ("user_id", "loyalty_id", "email", "phone", "other", *DEVICES)


def rank(one: Id | Owner) -> int:
    return STRENGTH.index(one[0] if one[0] in STRENGTH else "other")


def identifiers(row: Row) -> list[Id]:
    """(type, value) of every identifier of an event."""
    own = [(kind, row[kind]) for kind in ("user_id", "anonymous_id") if row[kind] is not None]
    return own + [(each["type"], each["value"]) for each in row["external_ids"] or []]


def crowd(moments: list[datetime], most: int, days: int) -> bool:
    """Whether more than `most` of the moments lie within `days`."""
    return any(sum(at <= other <= at + timedelta(days=days) for other in moments) > most for at in moments)


class Oracle:
    """The people of a log: `people` holds sets of owners, `nobody` the identifiers that stand for nobody."""

    def __init__(self, rows: list[Row], *, unique=("user_id", "loyalty_id"), most=5, days=30) -> None:
        self.rows = sorted(rows, key=lambda row: (row["timestamp"], row["message_id"]))
        self.unique, self.most, self.days = unique, most, days
        self.told: dict[frozenset[Id], list[Row]] = defaultdict(list)
        self.first: dict[Id, datetime] = {}
        for row in self.rows:
            for one in identifiers(row):
                self.first.setdefault(one, row["timestamp"])
            for pair in combinations(identifiers(row), 2):
                self.told[frozenset(pair)].append(row)
        self.nobody: set[Id] = set()
        self.shared: set[Id] = set()
        self.cut: set[frozenset[Id]] = set()
        self.handed: dict[Id, list[datetime]] = {}
        self._limit()
        self._take_turns()
        self._share()
        self.people = self._replay(devices=True)

    def met(self, one: Id) -> dict[Id, list[Row]]:
        """What was seen together with an identifier, as far as it counts."""
        found = {}
        for pair, rows in self.told.items():
            if one in pair and pair not in self.cut and not pair & (self.nobody | self.shared):
                (other,) = pair - {one}
                found[other] = rows
        return found

    def _limit(self) -> None:
        nobody, shared, cut = set(), set(), set()
        for one in self.first:
            if one[0] in self.unique:
                continue
            by_kind: dict[str, dict] = defaultdict(dict)
            for other, rows in self.met(one).items():
                by_kind[other[0]][other] = rows[0]["timestamp"]
            for kind, others in by_kind.items():
                if not crowd(list(others.values()), self.most, self.days):
                    continue
                if kind in DEVICES:
                    cut |= {frozenset((one, other)) for other in others}
                elif one[0] in DEVICES:
                    shared.add(one)
                else:
                    nobody.add(one)
        self.nobody, self.shared, self.cut = nobody, shared, cut

    def _take_turns(self) -> None:
        for one in self.first:
            if one[0] in (*self.unique, *DEVICES) or one in self.nobody:
                continue
            for kind in sorted(self.unique, key=STRENGTH.index):
                spans = [
                    (rows[0]["timestamp"], rows[-1]["timestamp"])
                    for other, rows in self.met(one).items()
                    if other[0] == kind
                ]
                if len(spans) < 2:
                    continue
                spans.sort()
                if all(late[0] > early[1] for early, late in pairwise(spans)):
                    self.handed[one] = [begins for begins, _ in spans[1:]]
                break

    def owner(self, one: Id, at: datetime) -> Owner:
        """Whose an identifier was at a time."""
        return (*one, sum(at >= moment for moment in self.handed.get(one, [])))

    def edges(self) -> dict[tuple[Owner, Owner], tuple]:
        """Pairs of owners, the stronger first, to the order in which they are taken.

        A pair told before and after a hand-over counts once for each owner: by its first event, and by its last.
        """
        found: dict[tuple[Owner, Owner], tuple] = {}
        for pair, rows in self.told.items():
            if pair in self.cut or pair & (self.nobody | self.shared):
                continue
            first = rows[0]["timestamp"], rows[0]["message_id"]
            for again, row in enumerate((rows[0], rows[-1])):
                ends = sorted((self.owner(one, row["timestamp"]) for one in pair), key=self._order)
                found.setdefault(tuple(ends), (row["timestamp"], again, *first))
        return found

    def _order(self, one: Owner) -> tuple:
        return rank(one), self.first[one[:2]], one

    def _share(self) -> None:
        layer = self._replay(devices=False)
        for one in list(self.first):
            tied = {a for a, b in self.edges() if b[:2] == one and a[0] not in DEVICES}
            whose = [group for group in layer if group & tied]
            known = [{other[0] for other in group} for group in whose]
            apart = any(sum(kind in kinds for kinds in known) > 1 for kind in (*self.unique, "email"))
            if one[0] in DEVICES and apart:
                self.shared.add(one)

    def _owners(self) -> list[Owner]:
        known = [one for one in self.first if one not in self.nobody]
        return [(*one, era) for one in known for era in range(len(self.handed.get(one, [])) + 1)]

    def _seen(self, one: Owner) -> datetime:
        return self.handed[one[:2]][one[2] - 1] if one[2] else self.first[one[:2]]

    def _replay(self, *, devices: bool) -> set[frozenset[Owner]]:
        group = {one: frozenset([one]) for one in self._owners()}
        edges = self.edges()

        def turn(ends: tuple[Owner, Owner]) -> tuple:
            a, b = ends
            return (a[0] in DEVICES or b[0] in DEVICES, *edges[ends], rank(b), rank(a), *map(self._order, ends))

        for a, b in sorted(edges, key=turn):
            both = group[a] | group[b]
            if self._allowed(both) and (devices or b[0] not in DEVICES):
                group.update(dict.fromkeys(both, both))
        return set(group.values())

    def _allowed(self, people: frozenset[Owner]) -> bool:
        by_kind = defaultdict(list)
        for one in people:
            by_kind[one[0]].append(self._seen(one))
        return all(
            len(seen) == 1 if kind in self.unique else not crowd(seen, self.most, self.days)
            for kind, seen in by_kind.items()
        )
