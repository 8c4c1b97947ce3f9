"""Identifiers that pass from one person to another: a phone number that was given out again has two owners in turn."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from helpers.identity.graph import Graph
from helpers.identity.rules import HANDED_OVER, Limits, Verdict, owned_by_several

ALWAYS, STILL = np.iinfo(np.int64).min, np.iinfo(np.int64).max


class Eras(NamedTuple):
    """A graph in which an identifier with several owners in turn is a node for each.

    Attributes:
        graph: Later owners and edges told again stand at the end.
        verdict: For these nodes and edges.
        origin: The node of the first graph that each is made of, shape (nodes,).
        era: 0 for the first or only owner, then 1, …, shape (nodes,).
        valid_from: From when it is this owner's, `ALWAYS` for the first, shape (nodes,).
        valid_to: Until when, exclusive; `STILL` for the last.
        source: The edge of the first graph that each is made of, shape (edges,).
    """

    graph: Graph
    verdict: Verdict
    origin: NDArray[np.int64]
    era: NDArray[np.int64]
    valid_from: NDArray[np.int64]
    valid_to: NDArray[np.int64]
    source: NDArray[np.int64]


def hand_over(graph: Graph, verdict: Verdict, limits: Limits, value: NDArray[np.int32]) -> Eras:
    """Split identifiers at the moment when a new owner is first seen with them.

    Where the times of two owners overlap nothing was handed over, and the edges are left to be taken in order.

    Args:
        graph: Identifiers and edges.
        verdict: What is known of them.
        limits: What one person may have.
        value: The node that stands for each node where decisions made one of several, shape (nodes,).
    """
    several = owned_by_several(graph, verdict, limits, value)
    node, moment = _handovers(graph, several, value)
    status = verdict.status.copy()
    status[node] = HANDED_OVER
    return _split(graph, Verdict(status, verdict.reason), node, moment)


def _handovers(
    graph: Graph, edges: NDArray[np.int64], value: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Nodes and moments of hand-over, sorted by both."""
    order = np.lexsort((graph.first[edges], value[graph.strong[edges]], graph.weak[edges]))
    edges = edges[order]
    pair = np.stack([graph.weak[edges], value[graph.strong[edges]]]).astype(np.int64)
    starts = np.flatnonzero(np.r_[True, (pair[:, 1:] != pair[:, :-1]).any(axis=0)]) if len(edges) else edges
    node, begins = pair[0, starts], graph.first[edges][starts]
    ends = np.maximum.reduceat(graph.last[edges], starts) if len(edges) else begins
    order = np.lexsort((begins, node))
    node, begins, ends = node[order], begins[order], ends[order]
    follows = node[1:] == node[:-1]
    overlapping = node[1:][follows & (begins[1:] <= ends[:-1])]
    split = follows & ~np.isin(node[1:], overlapping)
    return node[1:][split], begins[1:][split]


def _split(graph: Graph, verdict: Verdict, node: NDArray[np.int64], moment: NDArray[np.int64]) -> Eras:
    """Add a node for each hand-over and point the edges to the owner of their time.

    An edge told both before and after a hand-over becomes two, one for its first and one for its last event.
    """
    n = len(graph.kind)
    handed = np.zeros(n, dtype=bool)
    handed[node] = True
    touched = np.flatnonzero(handed[graph.strong] | handed[graph.weak])
    at_first = _ends_at(graph, touched, graph.first[touched], node, moment)
    at_last = _ends_at(graph, touched, graph.last[touched], node, moment)
    twice = (at_first != at_last).any(axis=0)
    again = touched[twice]
    source = np.concatenate([np.arange(len(graph.first)), again])
    ends = np.stack([graph.strong, graph.weak])
    ends[:, touched] = at_first
    ends = np.concatenate([ends, at_last[:, twice].astype(ends.dtype)], axis=1)
    last = graph.last.copy()
    last[again] = graph.first[again]
    origin = np.concatenate([np.arange(n), node])
    era = np.concatenate([np.zeros(n, dtype=np.int64), np.arange(len(node)) - np.searchsorted(node, node) + 1])
    valid_to = np.full(n + len(node), STILL)
    np.minimum.at(valid_to, node, moment)
    same = np.flatnonzero(node[1:] == node[:-1])
    valid_to[n + same] = moment[same + 1]
    return Eras(
        graph=replace(
            graph,
            kind=graph.kind[origin],
            seen=np.concatenate([graph.seen, moment]),
            strong=ends[0],
            weak=ends[1],
            first=np.concatenate([graph.first, graph.last[again]]),
            last=np.concatenate([last, graph.last[again]]),
            rule=graph.rule[source],
            weight=graph.weight[source],
        ),
        verdict=Verdict(verdict.status[origin], verdict.reason[source]),
        origin=origin,
        era=era,
        valid_from=np.concatenate([np.full(n, ALWAYS), moment]),
        valid_to=valid_to,
        source=source,
    )


def _ends_at(
    graph: Graph, edges: NDArray[np.int64], at: NDArray[np.int64], node: NDArray[np.int64], moment: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Both ends of some edges, each as the owner at a time: shape (2, edges)."""
    ends = [side[edges].astype(np.int64) for side in (graph.strong, graph.weak)]
    return np.stack([_owner(side, at, node, moment, len(graph.kind)) for side in ends])


def _owner(
    asked: NDArray[np.int64], at: NDArray[np.int64], node: NDArray[np.int64], moment: NDArray[np.int64], n: int
) -> NDArray[np.int64]:
    """The node of each asked node's owner at a time: itself before its first hand-over, then those numbered from n."""
    whose, when = np.concatenate([node, asked]), np.concatenate([moment, at])
    is_asked = np.arange(len(whose)) >= len(node)
    order = np.lexsort((is_asked, when, whose))
    passed = np.empty(len(whose), dtype=np.int64)
    passed[order] = np.cumsum(~is_asked[order])
    passed = passed[len(node) :]
    return np.where(passed > np.searchsorted(node, asked), n + passed - 1, asked)
