"""Identifiers and edges to people: the rules in their order."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from helpers.identity import rules
from helpers.identity.eras import Eras, hand_over
from helpers.identity.graph import DECISION, Graph
from helpers.identity.replay import replay
from helpers.identity.rules import Limits


class Resolved(NamedTuple):
    """Who is who.

    Attributes:
        eras: The graph with a node for each owner of an identifier, and the final verdict.
        component: The component of each node, shape (nodes,).
    """

    eras: Eras
    component: NDArray[np.int32]

    @property
    def somebody(self) -> NDArray[np.bool_]:
        """Whether each node stands for somebody, shape (nodes,): blocked ones stand for nobody."""
        return self.eras.verdict.status != rules.BLOCKED


def resolve(
    graph: Graph,
    limits: Limits,
    blocked: NDArray[np.bool_],
    apart: NDArray[np.int32],
    *,
    threshold: float = 1.0,
) -> Resolved:
    """Apply the rules: blocked values, limits, owners in turn, shared devices, then the edges one by one.

    Args:
        graph: Identifiers and edges.
        limits: What one person may have.
        blocked: Whether each node's value is on the block list, shape (nodes,).
        apart: Pairs of nodes that were decided to be two people, shape (pairs, 2).
        threshold: Probability from which on a likeness counts.
    """
    verdict = rules.limit(graph, rules.start(graph, blocked, apart, threshold), limits)
    eras = hand_over(graph, verdict, limits, _standing(graph, limits))
    value = _standing(eras.graph, limits)
    apart = _in_eras(eras, apart)
    verdict, people = replay(eras.graph, eras.verdict, limits, value, apart, devices=False)
    verdict = rules.share(eras.graph, verdict, limits, value, people)
    verdict, component = replay(eras.graph, verdict, limits, value, apart, devices=True)
    return Resolved(eras._replace(verdict=verdict), component)


def _standing(graph: Graph, limits: Limits) -> NDArray[np.int32]:
    """The node that stands for each: of unique values that decisions made one person's, the oldest of their type."""
    value = np.arange(len(graph.kind), dtype=np.int32)
    decided = graph.rule == DECISION
    if decided.any():
        together = graph.components(decided)
        own = np.flatnonzero(graph.is_of(limits.unique))
        group = together[own].astype(np.int64) * len(graph.kinds) + graph.kind[own]
        _, first, which = np.unique(group, return_index=True, return_inverse=True)
        value[own] = own[first[which]]
    return value


def _in_eras(eras: Eras, apart: NDArray[np.int32]) -> NDArray[np.int32]:
    """Who was decided to be two people is so whoever owns the identifiers."""
    nodes = [np.flatnonzero(np.isin(eras.origin, pair)) for pair in apart]
    pairs = [
        (a, b)
        for pair, own in zip(apart, nodes, strict=True)
        for a in own[eras.origin[own] == pair[0]]
        for b in own[eras.origin[own] == pair[1]]
    ]
    return np.array(pairs, dtype=np.int32).reshape(-1, 2)
