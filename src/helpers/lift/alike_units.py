"""People of a control arm that are alike in a ratio, and clusters in what they add up to, counted in the engine."""

from __future__ import annotations

from collections.abc import Sequence

import ibis.expr.types as ir
import pandas as pd

from helpers.datasets.questions import Experiment, Metric
from helpers.lift.outcomes import VALUES
from helpers.lift.resplits import GROUPS
from helpers.lift.sums import clusters, variables

DIGITS = (4, 3, 2, 1)  # that are kept of values where there are too many different ones, as many as may be


def units_alike(outcomes: ir.Table, experiment: Experiment, metric: Metric) -> pd.DataFrame:
    """Count in the engine which units of the control arm are alike in all variables of a metric.

    Args:
        outcomes: Rows of table `lift_outcomes`.
        experiment: The experiment.
        metric: One of its metrics, a ratio where no clusters were assigned.

    Returns:
        One row a group, in order: the variables as `sums` has them, units, and active, people of these with a value
        that is not 0. Of too many different values only the first digits are kept.
    """
    own = _control_arm(outcomes, experiment, metric)
    return _counted(clusters(own, ["cluster"]) if experiment.clustered else own, variables(experiment, metric))


def people_by_day(outcomes: ir.Table, experiment: Experiment, metric: Metric) -> pd.DataFrame:
    """Count in the engine which people of the control arm came on the same day and are alike in a ratio.

    Args:
        outcomes: Rows of table `lift_outcomes`.
        experiment: The experiment, whose people stand alone.
        metric: One of its ratios.

    Returns:
        As `peeking` takes it: day (UTC), value, denominator, people.
    """
    own = _control_arm(outcomes, experiment, metric)
    own = own.mutate(day=own.first_exposed_at.date())
    return _counted(own, VALUES[:2], apart=("day",)).rename(columns={"units": "people"})


def vary(groups: pd.DataFrame) -> bool:
    """Whether what stands above the fraction line is more than always the same times what stands below it.

    Args:
        groups: As `units_alike` gives them.
    """
    above, below = groups["value"], groups["denominator"]
    total = float((below * groups["units"]).sum())
    rest = above * total - below * float((above * groups["units"]).sum())
    return bool((rest.abs() > 1e-9 * (above * total).abs().max()).any())


def _control_arm(outcomes: ir.Table, experiment: Experiment, metric: Metric) -> ir.Table:
    """Rows of one metric of the control arm, and whether their value is not 0."""
    own = outcomes.filter(
        outcomes.experiment == experiment.name, outcomes.variation == experiment.control, outcomes.metric == metric.name
    )
    return own.mutate(active=(own.value != 0).cast("int64"))


def _counted(own: ir.Table, names: Sequence[str], *, apart: Sequence[str] = ()) -> pd.DataFrame:
    """Units by their values of some variables, as exactly as they can be split, and by what else tells them apart."""
    own = exact = own.select("active", *apart, **{name: own[name].cast("float64") for name in names})
    key = [*apart, *names]
    for digits in DIGITS:
        if own.select(key).distinct().count().to_pyarrow().as_py() <= GROUPS:
            break
        own = exact.mutate(**{name: _rounded(exact[name], digits) for name in names})
    return own.group_by(key).agg(units=own.count(), active=own.active.sum()).order_by(key).to_pandas()


def _rounded(values: ir.FloatingColumn, digits: int) -> ir.FloatingValue:
    """Values of which only the first digits are kept; 0 stays 0."""
    step = 10.0 ** (values.abs().nullif(0.0).log10().floor() - digits + 1)
    return ((values / step).round() * step).fill_null(0.0)
