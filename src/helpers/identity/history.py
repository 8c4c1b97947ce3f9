"""How people came together: which name each identifier went by, from when on, and which edge changed it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import minimum_spanning_tree

from helpers.identity.graph import Graph
from helpers.identity.rules import ACCEPTED, Verdict


class History(NamedTuple):
    """Names are nodes: a person is called after the oldest identifier.

    Attributes:
        node: The node of each stretch, shape (stretches,).
        name: The node that it went by.
        begins: From when on, in microseconds.
        ends: Until when, exclusive; `NOW` where it still does.
        merged: Nodes that had a name of their own and gave it up, in order of time, shape (merges,).
        kept: The node that they went by from then on.
        edge: The edge that told so.
        at: When.
    """

    node: NDArray[np.int64]
    name: NDArray[np.int64]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    merged: NDArray[np.int64]
    kept: NDArray[np.int64]
    edge: NDArray[np.int64]
    at: NDArray[np.int64]


NOW = np.iinfo(np.int64).max


def history(graph: Graph, verdict: Verdict) -> History:
    """Follow the accepted edges in order of time; of two people who turn out to be one, the older name stays."""
    parent, edge, at = _absorbed(graph, _joining(graph, verdict))
    node = np.arange(len(graph.kind))
    name, begins = node, graph.seen
    stretches = []
    while len(node):
        ends = at[name]
        lived = ends > begins
        stretches.append((node[lived], name[lived], begins[lived], ends[lived]))
        goes_on = parent[name] >= 0
        node, begins, name = node[goes_on], np.maximum(begins, ends)[goes_on], parent[name[goes_on]]
    columns = [np.concatenate(parts) for parts in zip(*stretches, strict=True)] if stretches else [node] * 4
    merged = np.flatnonzero((parent >= 0) & (at > graph.seen))
    merged = merged[np.lexsort((merged, edge[merged], at[merged]))]
    return History(*columns, merged=merged, kept=parent[merged], edge=edge[merged], at=at[merged])


def _joining(graph: Graph, verdict: Verdict) -> NDArray[np.int64]:
    """The accepted edges that join two people who were apart until then, in order of time (Kruskal, 1956)."""
    edges = np.flatnonzero(verdict.reason == ACCEPTED)
    edges = edges[np.argsort(_time(graph)[edges], kind="stable")]
    size = len(graph.kind)
    pair = np.minimum(graph.strong, graph.weak)[edges].astype(np.int64) * size
    pair += np.maximum(graph.strong, graph.weak)[edges]
    edges = edges[np.sort(np.unique(pair, return_index=True)[1])]
    order = np.arange(1, len(edges) + 1, dtype=np.float64)
    matrix = coo_array((order, (graph.strong[edges], graph.weak[edges])), shape=(size, size)).tocsr()
    return edges[np.sort(minimum_spanning_tree(matrix).data.astype(np.int64)) - 1]


def _time(graph: Graph) -> NDArray[np.int64]:
    """When each edge could tell anything: when it was told, and both its ends had been seen."""
    return np.maximum(graph.first, np.maximum(graph.seen[graph.strong], graph.seen[graph.weak]))


def _absorbed(graph: Graph, edges: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """What each node's own name gave way to, by which edge and when: -1, -1 and `NOW` for names that stay."""
    size = len(graph.kind)
    parent, by, at = np.full(size, -1), np.full(size, -1), np.full(size, NOW)
    leads_to = list(range(size))

    def root(node: int) -> int:
        while leads_to[node] != node:
            leads_to[node] = node = leads_to[leads_to[node]]
        return node

    age = np.empty(size, dtype=np.int64)
    age[np.argsort(graph.seen, kind="stable")] = np.arange(size)
    age = age.tolist()
    young, old = [], []
    for a, b in zip(graph.strong[edges].tolist(), graph.weak[edges].tolist(), strict=True):
        older, younger = sorted((root(a), root(b)), key=age.__getitem__)
        leads_to[younger] = older
        young.append(younger)
        old.append(older)
    parent[young], by[young], at[young] = old, edges, _time(graph)[edges]
    return parent, by, at
