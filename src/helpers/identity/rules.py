"""Which identifiers stand for nobody or for several, and which edges therefore join nobody.

All of this follows from what was seen by a moment, whatever the order; what only the order can settle is `replay`'s.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from helpers.datasets.tables.identity import REASONS, STATUS
from helpers.identity.graph import DECISION, EVENT, LINKED, Graph

DAY = 86_400_000_000  # microseconds

USED, HANDED_OVER, SHARED, BLOCKED = range(len(STATUS))
ACCEPTED, BLOCKED_VALUE, KEPT_APART, SHARED_BY_TWO, LIMIT, TWO_VALUES, UNSURE = range(1 + len(REASONS))


class Limits(NamedTuple):
    """What one person may have.

    Attributes:
        unique: Types of which a person has one value.
        most: Values of any other type that may come to a person within `days`.
        days: The days that this is counted over.
    """

    unique: tuple[str, ...] = ("user_id", "loyalty_id")
    most: int = 5
    days: int = 30

    def crowded(self, group: NDArray[np.int64], at: NDArray[np.int64]) -> NDArray[np.int64]:
        """Groups with more than `most` moments within `days`.

        Args:
            group: The group of each moment, shape (n,).
            at: The moments in microseconds, shape (n,).
        """
        order = np.lexsort((at, group))
        group, at = group[order], at[order]
        too_many = (group[self.most :] == group[: -self.most]) & (at[self.most :] - at[: -self.most] <= self.days * DAY)
        return np.unique(group[self.most :][too_many])


class Verdict(NamedTuple):
    """What is made of each identifier and edge.

    Attributes:
        status: Place in `STATUS` of each node, shape (nodes,).
        reason: 0 where an edge is accepted, else 1 + its place in `REASONS`, shape (edges,).
    """

    status: NDArray[np.uint8]
    reason: NDArray[np.uint8]


def start(graph: Graph, blocked: NDArray[np.bool_], apart: NDArray[np.int32], threshold: float) -> Verdict:
    """Block the edges of blocked values, of likenesses below the threshold and of what was decided to be kept apart.

    Args:
        graph: Identifiers and edges.
        blocked: Whether each node's value is on the block list, shape (nodes,).
        apart: Pairs of nodes, shape (pairs, 2).
        threshold: Probability from which on a likeness counts.
    """
    status = np.where(blocked, np.uint8(BLOCKED), np.uint8(USED))
    reason = reasons_of_ends(graph, status, np.zeros(len(graph.first), dtype=np.uint8), blocked=BLOCKED_VALUE)
    reason[(graph.rule == LINKED) & (graph.weight < threshold)] = UNSURE
    if len(apart):
        pairs = np.sort(apart, axis=1).astype(np.int64) @ [len(graph.kind), 1]
        edges = np.minimum(graph.strong, graph.weak).astype(np.int64) * len(graph.kind)
        edges += np.maximum(graph.strong, graph.weak)
        reason[np.isin(edges, pairs)] = KEPT_APART
    return Verdict(status, reason)


def limit(graph: Graph, verdict: Verdict, limits: Limits) -> Verdict:
    """Block what ties more values of one type together than one person has.

    An identifier that is not unique and meets too many values within the days is no person's: a device is shared, an
    e-mail or phone stands for nobody. Where what it meets are only devices, those edges alone are blocked.
    """
    status, reason = verdict.status.copy(), verdict.reason.copy()
    live = (reason == ACCEPTED) & (graph.rule == EVENT)
    edges, ends, others = _of_many(graph, live, limits)
    kinds = len(graph.kinds)
    group = ends.astype(np.int64) * kinds + graph.kind[others]
    crowded = limits.crowded(group, graph.first[edges])
    node, of_device = crowded // kinds, np.isin(crowded % kinds, graph.device_kinds)
    device = graph.is_device[node]
    status[node[device & ~of_device]] = np.maximum(status[node[device & ~of_device]], SHARED)
    status[node[~device & ~of_device]] = BLOCKED
    reason[edges[np.isin(group, crowded[of_device])]] = LIMIT
    return Verdict(status, reasons_of_ends(graph, status, reason))


def share(
    graph: Graph, verdict: Verdict, limits: Limits, value: NDArray[np.int32], people: NDArray[np.int32]
) -> Verdict:
    """Give a device that is tied to two people an id of its own.

    Two people are told apart by two values of a unique type, or by two e-mail addresses that nothing but the device
    connects: whether those are one person's nobody can know.

    Args:
        graph: Identifiers and edges.
        verdict: What is known of them.
        limits: What one person may have.
        value: The node that stands for each node where decisions made one of several, shape (nodes,).
        people: The person of each node as far as devices do not matter, shape (nodes,).
    """
    status, reason = verdict.status.copy(), verdict.reason.copy()
    device = graph.is_device
    live = reason == ACCEPTED
    tied = np.flatnonzero(live & device[graph.weak] & ~device[graph.strong])
    tied = tied[np.bincount(graph.weak[tied], minlength=len(device))[graph.weak[tied]] > 1]
    of, whose = graph.weak[tied], people[graph.strong[tied]]
    for kind in {*limits.unique, "email"}:
        own = np.flatnonzero(graph.is_of((kind,)) & (status != BLOCKED))
        stands_for = np.full(people.max(initial=-1) + 1, -1, dtype=np.int64)
        stands_for[people[own]] = value[own]
        status[with_two(of, stands_for[whose])] = SHARED
    return Verdict(status, reasons_of_ends(graph, status, reason))


def owned_by_several(graph: Graph, verdict: Verdict, limits: Limits, value: NDArray[np.int32]) -> NDArray[np.int64]:
    """Edges that tie one e-mail, phone or other identifier to two values of one unique type: their numbers.

    Only those of the strongest type that tells two people apart count.
    """
    unique, device = graph.is_of(limits.unique), graph.is_device
    edges = np.flatnonzero(
        (verdict.reason == ACCEPTED)
        & (graph.rule == EVENT)
        & unique[graph.strong]
        & ~unique[graph.weak]
        & ~device[graph.weak]
    )
    found: list[NDArray[np.int64]] = []
    done = np.zeros(len(device), dtype=bool)
    for kind in sorted(limits.unique, key=lambda name: graph.kinds.index(name) if name in graph.kinds else 99):
        own = edges[graph.is_of((kind,))[graph.strong[edges]] & ~done[graph.weak[edges]]]
        own = own[np.bincount(graph.weak[own], minlength=len(device))[graph.weak[own]] > 1]
        several = np.zeros(len(device), dtype=bool)
        several[with_two(graph.weak[own], value[graph.strong[own]].astype(np.int64))] = True
        found.append(own[several[graph.weak[own]]])
        done |= several
    return np.concatenate(found) if found else edges[:0]


def _of_many(
    graph: Graph, live: NDArray[np.bool_], limits: Limits
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """Edges of identifiers that are not unique and have more than `most` of them: the edges, those ends, the others."""
    size, unique = len(graph.kind), graph.is_of(limits.unique)
    met = np.bincount(graph.strong[live], minlength=size) + np.bincount(graph.weak[live], minlength=size)
    many = (met > limits.most) & ~unique
    sides = [(np.flatnonzero(live & many[one]), one, other) for one, other in
             ((graph.strong, graph.weak), (graph.weak, graph.strong))]  # fmt: skip
    columns = zip(*((edges, one[edges], other[edges]) for edges, one, other in sides), strict=True)
    edges, ends, others = (np.concatenate(parts) for parts in columns)
    return edges, ends, others


def with_two(node: NDArray[np.int32], value: NDArray[np.int64]) -> NDArray[np.int32]:
    """Nodes with two different values; a value below 0 is none."""
    node, value = node[value >= 0], value[value >= 0]
    order = np.lexsort((value, node))
    node, value = node[order], value[order]
    return np.unique(node[1:][(node[1:] == node[:-1]) & (value[1:] != value[:-1])])


def reasons_of_ends(
    graph: Graph, status: NDArray[np.uint8], reason: NDArray[np.uint8], *, blocked: int = LIMIT
) -> NDArray[np.uint8]:
    """Block the edges of nodes that stand for nobody or for several, but for those that somebody decided."""
    reason = reason.copy()
    for each, why in ((BLOCKED, blocked), (SHARED, SHARED_BY_TWO)):
        ends = (status[graph.strong] == each) | (status[graph.weak] == each)
        reason[ends & (reason == ACCEPTED) & (graph.rule != DECISION)] = why
    return reason
