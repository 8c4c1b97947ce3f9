"""Whether an experiment says whom to target, and what is found of it as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import ibis.expr.types as ir
import pandas as pd

from helpers.datasets.tables.lift import LIFT_UPLIFT
from helpers.lift.nights import Night
from helpers.lift.uplift.find import Targeted, find
from helpers.lift.uplift.rules import Rule
from helpers.reporting import literal

if TYPE_CHECKING:
    from helpers.datasets import Shop


def refused(night: Night) -> str:
    """Why nothing is said of whom to target, in a sentence; empty where it is asked.

    Args:
        night: The experiment as it stands.
    """
    experiment, goal = night.experiment, night.experiment.goal
    head = f"Whom to target in {literal(experiment.name)} is"
    if night.moment.blocked:
        return f"{head} not told: {night.moment.blocked}."
    if not night.final:
        return f"{head} told at the planned end."
    if experiment.clustered or not goal.per_person or goal.direction != "up":
        return f"{head} asked only where people were assigned one by one, by a goal per person of which more is better."
    shown = [each.estimate for each in night.readings if (each.metric, each.scale) == (goal.name, "level")]
    return "" if all(shown) else f"{head} not told: an arm would tell of fewer than 10 people."


def whom(shop: Shop, outcomes: ir.Table, night: Night, *, draws: int, seed: int) -> list[Targeted]:
    """Judge every way of listing people for each arm, by the experiment's goal.

    Args:
        shop: The open data set, whose profiles are written.
        outcomes: Rows of table `lift_outcomes`.
        night: The experiment as it stands.
        draws: Bootstrap draws behind the intervals.
        seed: Seed of parts, trees and draws.

    Returns:
        One entry an arm; none where `refused` says why.

    Raises:
        WrongUse: If a rule looks at what is not known of people.
    """
    if refused(night):
        return []
    experiment = night.experiment
    own = outcomes.filter(outcomes.experiment == experiment.name, outcomes.metric == experiment.goal.name)
    rules = [Rule(each.name, each.feature, each.at_least) for each in experiment.rules]
    return find(shop, own, control=experiment.control, rules=rules, draws=draws, seed=seed)


def as_frame(targeted: Mapping[str, Sequence[Targeted]]) -> pd.DataFrame:
    """What was judged as rows of table `lift_uplift`.

    Args:
        targeted: What `whom` gave, by the name of the experiment.
    """
    rows = [
        {"experiment": name, "arm": each.arm, "way": way, "scale": scale, "chance": chance, **estimate._asdict()}
        for name, found in targeted.items()
        for each in found
        if (judged := each.judged) is not None
        for way, scale, chance, estimate in (
            *((way, "area", judged.chance[way], area) for way, area in judged.areas.items()),
            *((way, "policy", None, policy) for way, policy in judged.policies.items()),
            *(
                (learner, "beyond_rule", None, pair)
                for (learner, rule), pair in judged.beyond_rule.items()
                if rule == judged.best_rule
            ),
        )
    ]
    types = {column.name: column.dtype for column in LIFT_UPLIFT.columns}
    return pd.DataFrame(rows, columns=list(types)).astype(types)
