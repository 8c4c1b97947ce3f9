"""Edges taken one by one, in order: what would give one person two values of a unique type, or too many, is blocked.

Only components that break a rule as a whole are replayed. A rule that a whole component keeps, its parts keep too.
A device says less than any e-mail or card, so the edges of devices come after all others.
"""

from __future__ import annotations

from bisect import insort

import numpy as np
from numpy.typing import NDArray

from helpers.identity.graph import DECISION, EVENT, Graph
from helpers.identity.rules import ACCEPTED, DAY, KEPT_APART, LIMIT, TWO_VALUES, Limits, Verdict


def replay(
    graph: Graph,
    verdict: Verdict,
    limits: Limits,
    value: NDArray[np.int32],
    apart: NDArray[np.int32],
    *,
    devices: bool,
) -> tuple[Verdict, NDArray[np.int32]]:
    """Block the edges that break a rule when they come: decisions first, then events, devices, likenesses.

    Args:
        graph: Identifiers and edges, of one time the weakest of an event last.
        verdict: What is known of them.
        limits: What one person may have.
        value: The node that stands for each node where decisions made one of several, shape (nodes,).
        apart: Pairs of nodes that were decided to be two people, shape (pairs, 2).
        devices: Whether devices and likenesses count yet.

    Returns:
        The verdict, and the component of each node, shape (nodes,).
    """
    turn = np.where(graph.rule == EVENT, graph.rule + graph.with_device, graph.rule * 2)
    accepted = (verdict.reason == ACCEPTED) & (devices | (turn <= EVENT))
    component = graph.components(accepted)
    breaking = _breaking(graph, component, limits, value, apart)
    if not len(breaking):
        return verdict, component
    touched = np.isin(component, breaking)
    edges = np.flatnonzero(accepted & touched[graph.strong])
    # Of likenesses the strongest come first.
    edges = edges[np.lexsort((graph.first[edges], -graph.weight[edges], turn[edges]))]
    groups = _Groups(graph, np.flatnonzero(touched), limits, value, apart)
    decided, strong, weak = graph.rule[edges] == DECISION, graph.strong[edges], graph.weak[edges]
    found = [
        groups.join(a, b, decided=d) for a, b, d in zip(strong.tolist(), weak.tolist(), decided.tolist(), strict=True)
    ]
    reason = verdict.reason.copy()
    reason[edges] = found
    component[touched] = component.max() + 1 + groups.labels()
    return Verdict(verdict.status, reason), component


def _breaking(
    graph: Graph,
    component: NDArray[np.int32],
    limits: Limits,
    value: NDArray[np.int32],
    apart: NDArray[np.int32],
) -> NDArray[np.int64]:
    """Components that break a rule."""
    together = component[apart[:, 0]] == component[apart[:, 1]]
    broken = [component[apart[together, 0]]]
    unique = graph.is_of(limits.unique)
    for place in np.unique(graph.kind[unique]):
        own = (graph.kind == place) & (value == np.arange(len(value)))
        broken.append(np.flatnonzero(np.bincount(component[own]) > 1))
    kinds = len(graph.kinds)
    group = component.astype(np.int64) * kinds + graph.kind
    suspects = np.flatnonzero((np.bincount(group) > limits.most)[group] & ~unique)
    broken.append(limits.crowded(group[suspects], graph.seen[suspects]) // kinds)
    return np.unique(np.concatenate(broken))


class _Groups:
    """Disjoint sets of nodes that know which values they hold."""

    def __init__(
        self,
        graph: Graph,
        nodes: NDArray[np.int64],
        limits: Limits,
        value: NDArray[np.int32],
        apart: NDArray[np.int32],
    ) -> None:
        self._limits = limits
        self._parent = {node: node for node in nodes.tolist()}
        self._values: dict[int, dict[int, set[int]]] = {}
        self._seen: dict[int, dict[int, list[int]]] = {}
        self._apart: dict[int, set[int]] = {}
        self._members = {node: [node] for node in self._parent}
        unique = graph.is_of(limits.unique)[nodes].tolist()
        kinds, stands_for, seen = graph.kind[nodes].tolist(), value[nodes].tolist(), graph.seen[nodes].tolist()
        for node, kind, one, own, at in zip(self._parent, kinds, unique, stands_for, seen, strict=True):
            self._values[node] = {kind: {own}} if one else {}
            self._seen[node] = {} if one else {kind: [at]}
        for a, b in apart.tolist():
            self._apart.setdefault(a, set()).add(b)
            self._apart.setdefault(b, set()).add(a)

    def join(self, a: int, b: int, *, decided: bool) -> int:
        """Join the sets of two nodes, or say why not; what was decided is always joined."""
        a, b = self._root(a), self._root(b)
        if a == b:
            return ACCEPTED
        reason = ACCEPTED if decided else self._fault(a, b)
        if reason == ACCEPTED:
            self._merge(a, b)
        return reason

    def labels(self) -> NDArray[np.int64]:
        """The set of each node, numbered from 0, in the order of the nodes."""
        return np.unique([self._root(node) for node in self._parent], return_inverse=True)[1]

    def _root(self, node: int) -> int:
        while self._parent[node] != node:
            self._parent[node] = node = self._parent[self._parent[node]]
        return node

    def _fault(self, a: int, b: int) -> int:
        if len(self._members[a]) < len(self._members[b]):
            a, b = b, a
        if any(self._root(other) == a for node in self._members[b] for other in self._apart.get(node, ())
               if other in self._parent):  # fmt: skip
            return KEPT_APART
        if any(self._values[a].get(kind, own) != own for kind, own in self._values[b].items()):
            return TWO_VALUES
        return LIMIT if any(self._too_many(self._seen[a].get(kind), own) for kind, own in self._seen[b].items()) else 0

    def _too_many(self, there: list[int] | None, new: list[int]) -> bool:
        most = self._limits.most
        if not there or len(there) + len(new) <= most:
            return False
        both = sorted(there + new)
        return any(late - early <= self._limits.days * DAY for early, late in zip(both, both[most:], strict=False))

    def _merge(self, a: int, b: int) -> None:
        if len(self._members[a]) < len(self._members[b]):
            a, b = b, a
        self._parent[b] = a
        self._members[a] += self._members.pop(b)
        for kind, own in self._values.pop(b).items():
            self._values[a].setdefault(kind, set()).update(own)
        for kind, moments in self._seen.pop(b).items():
            there = self._seen[a].setdefault(kind, [])
            for moment in moments:
                insort(there, moment)
