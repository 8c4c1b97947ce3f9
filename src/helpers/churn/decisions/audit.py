"""How well a score does by group: measures with intervals, and alarms that hold over all groups together."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from helpers.churn.decisions import chances
from helpers.churn.decisions.groups import ACTIVITY
from helpers.privacy import MINIMUM
from helpers.statistics import Estimate, auc, holm, proportion, resample

Floats = NDArray[np.float64]

ALARM = 0.05  # chance of any false alarm, over all groups of all kinds
SMALLER = "smaller groups"


class Group(NamedTuple):
    """One group of people, and how the score does in it.

    Attributes:
        kind: How people are grouped: "activity", "tenure", "channel" or an attribute.
        name: The group.
        base_rate: Share that did not come back.
        gap: Mean probability of not coming back minus that share; above 0 more was said than came.
        auc: Chance that the score ranks one who did not come back above one who did, both of the group; None where one
            outcome has fewer than two people.
        flagged: Share that the policy would contact; None without a policy.
        precision: Of those, the share that did not come back; None where nobody would be contacted.
        gap_p: Chance of a gap this far from everybody's if the score were as right here, adjusted for all tests; None
            where too few are expected of either outcome to tell.
        auc_gap: `auc` minus that of all others; None where it is not asked, or too few are of either outcome.
        auc_p: Chance of a difference this far from 0, adjusted likewise.
    """

    kind: str
    name: str
    base_rate: Estimate
    gap: Estimate
    auc: Estimate | None
    flagged: Estimate | None
    precision: Estimate | None
    gap_p: float | None
    auc_gap: float | None
    auc_p: float | None

    @property
    def misjudged(self) -> bool:
        """Whether more, or fewer, of the group come back than is said of it, beyond what is so of everybody."""
        return self.gap_p is not None and self.gap_p < ALARM

    @property
    def ranked_otherwise(self) -> bool:
        """Whether the score ranks the group's people better, or worse, than others are ranked."""
        return self.auc_p is not None and self.auc_p < ALARM

    @property
    def ranked_worse(self) -> bool:
        """Whether it ranks them worse."""
        return self.ranked_otherwise and self.auc_gap < 0


class _Raw(NamedTuple):
    """A group before its p-values are adjusted."""

    group: Group
    p: tuple[float | None, float | None]


def audit(
    churned: ArrayLike, probability: ArrayLike, flagged: ArrayLike | None, groups: pd.DataFrame, *, draws: int,
    seed: int,
) -> list[Group]:  # fmt: skip
    """Judge a score in each group of each kind.

    Whether probabilities are as right in a group as for everybody, and its people ranked as well as all others, is
    asked of `chances`; all p-values together are adjusted (Holm, 1979). How people are ranked is not asked of groups by
    activity: people of one tenth are alike in what ranks them, and thus harder to tell apart.

    Args:
        churned: 1 for who did not come back, shape (n,).
        probability: Probability of not coming back, shape (n,).
        flagged: Whether the policy would contact them, shape (n,); None without a policy.
        groups: One column a kind of group, one row a person, in the order of its
            categories; groups of fewer than 10 people are put together, with
            larger ones until they are 10.
        draws: Bootstrap draws of the people of each group.
        seed: Seed of the draws.

    Returns:
        The groups, kind by kind, in their order.
    """
    churned, probability = np.asarray(churned, dtype=float), np.asarray(probability, dtype=float)
    people = pd.DataFrame(
        {"churned": churned, "probability": probability, "said": chances.shifted(churned, probability)}
    )
    if flagged is not None:
        people["flagged"] = np.asarray(flagged, dtype=bool)
    found = [each for kind in groups for each in _kind(people, kind, groups[kind], draws=draws, seed=seed)]
    asked = [p for each in found for p in each.p if p is not None]
    adjusted = iter(holm(asked).tolist()) if asked else iter(())
    pairs = [[None if p is None else next(adjusted) for p in each.p] for each in found]
    return [each.group._replace(gap_p=gap_p, auc_p=auc_p) for each, (gap_p, auc_p) in zip(found, pairs, strict=True)]


def overall_gap(churned: ArrayLike, probability: ArrayLike) -> Estimate:
    """Mean probability of not coming back minus the share that did not, of everybody; arguments as for `audit`."""
    return _gap(pd.Series(probability), _share(pd.Series(churned)))


def as_frame(groups: list[Group]) -> pd.DataFrame:
    """The groups as rows of table `churn_groups`."""
    rows = [
        {"kind": each.kind, "name": each.name, "metric": metric, "p": p, **estimate._asdict()}
        for each in groups
        for metric, estimate, p in (
            ("base_rate", each.base_rate, None),
            ("gap", each.gap, each.gap_p),
            ("auc", each.auc, each.auc_p),
            ("flagged", each.flagged, None),
            ("precision", each.precision, None),
        )
        if estimate is not None
    ]
    columns = ["kind", "name", "metric", "p", *Estimate._fields]
    return pd.DataFrame(rows, columns=columns).drop(columns="numerator").astype({"p": "float64"})


def _kind(people: pd.DataFrame, kind: str, names: pd.Series, *, draws: int, seed: int) -> list[_Raw]:
    folded = _folded(names.to_numpy(dtype=str))
    order = [*names.astype("category").cat.categories, SMALLER]
    found = [(str(name), folded == str(name)) for name in dict.fromkeys(order)]
    return [_group(people, kind, name, own, draws=draws, seed=seed) for name, own in found if own.any()]


def _folded(names: NDArray[np.str_]) -> NDArray[np.object_]:
    """Names with the groups of fewer than 10 people as one, and the next larger ones with them until they are 10."""
    sizes = pd.Series(names).value_counts(ascending=True).sort_index().sort_values(kind="stable")
    before = sizes.cumsum().shift(fill_value=0)
    small = sizes.index[(sizes < MINIMUM) | ((before > 0) & (before < MINIMUM))]
    return np.where(np.isin(names, small), SMALLER, names).astype(object)


def _group(people: pd.DataFrame, kind: str, name: str, own: NDArray[np.bool_], *, draws: int, seed: int) -> _Raw:
    inside = people[own]
    flagged = inside[inside["flagged"]] if "flagged" in inside else inside.iloc[:0]
    share = _share(inside["churned"])
    group = Group(
        kind=kind,
        name=name,
        base_rate=share,
        gap=_gap(inside["probability"], share),
        auc=_ranked(inside, draws=draws, seed=seed),
        flagged=_share(inside["flagged"]) if "flagged" in inside else None,
        precision=_share(flagged["churned"]) if len(flagged) else None,
        gap_p=None,
        auc_gap=None,
        auc_p=None,
    )
    churned, said, score = (people[name].to_numpy() for name in ("churned", "said", "probability"))
    ranked = None if kind == ACTIVITY else chances.of_ranking(churned, score, own)
    difference, p = ranked or (None, None)
    return _Raw(group._replace(auc_gap=difference), (chances.of_gap(churned, said, own), p))


def _share(values: pd.Series) -> Estimate:
    return proportion(len(values), int(values.sum()))


def _gap(probability: pd.Series, share: Estimate) -> Estimate:
    """What was said minus what came; the interval is that of what came."""
    said = float(probability.mean())
    return share._replace(value=said - share.value, lo=said - share.hi, hi=said - share.lo, numerator=None)


def _ranked(inside: pd.DataFrame, *, draws: int, seed: int) -> Estimate | None:
    """The group's auc; None where an outcome has fewer than two people."""
    if min(inside["churned"].sum(), (1 - inside["churned"]).sum()) < 2:
        return None
    statistic = partial(auc, inside["churned"].to_numpy(dtype=int), inside["probability"].to_numpy())
    return resample({"auc": statistic}, n=len(inside), draws=draws, seed=seed).estimate("auc")
