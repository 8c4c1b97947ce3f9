"""Whether an experiment can be read at all: who is in it, and are the arms as large as they should be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import ibis
import ibis.expr.types as ir
import pandas as pd

from helpers.datasets.questions import Experiment
from helpers.datasets.tables.ingestion import MONEY
from helpers.errors import NothingToDo
from helpers.lift.exposures import COMPLETE, INCOMPLETE, LATE, TWO_ARMS, UNKNOWN_ARM
from helpers.reporting import people, percent
from helpers.statistics import Moments, SampleRatio, sample_ratio

BLOCKING_P = 0.001  # below it the arms are not what was declared, and nothing is read


class Health(NamedTuple):
    """Checks of one experiment that come before its results.

    Attributes:
        experiment: Its name.
        exposed: People (or sessions, where these were assigned) exposed to exactly one declared arm, by arm.
        incomplete: Those of them whose outcome window is not over yet, by arm.
        two_arms: People exposed to more than one arm, in no arm's figures.
        unknown_arm: People exposed only to an arm that is not declared, in no arm's figures.
        ratio: Test of how many were assigned to each arm: of the sizes in `exposed`, or of the clusters that these
            people are of, since a large one is not many assignments; None while nobody is in an arm.
        late: People exposed after the planned end, in no arm's figures.
        clusters: Clusters by arm where these were assigned, else None.
        assigned: What was assigned: "people", "sessions" or "clusters".
    """

    experiment: str
    exposed: dict[str, int]
    incomplete: dict[str, int]
    two_arms: int
    unknown_arm: int
    ratio: SampleRatio | None
    late: int = 0
    clusters: dict[str, int] | None = None
    assigned: str = "people"

    @property
    def sizes(self) -> dict[str, int]:
        """How many were assigned to each arm, as `ratio` tests them."""
        return self.exposed if self.clusters is None else self.clusters

    @property
    def readable(self) -> bool:
        """Whether the arms' sizes allow to read the results."""
        return self.ratio is not None and self.ratio.p >= BLOCKING_P

    @property
    def blocked(self) -> str:
        """Why nothing of it may be read, as a clause of a sentence; empty where it may."""
        if self.ratio is None:
            return "nobody is in it"
        if self.readable:
            return ""
        return (
            "its arms are not as large as planned, and chance alone brings them so far from plan "
            f"{percent(self.ratio.p)} of the time"
        )


def health(exposed: ir.Table, experiments: Sequence[Experiment]) -> list[Health]:
    """Check each experiment, counting in the engine.

    The arms' sizes are compared before windows are judged: assignment is over when a person is exposed.

    Args:
        exposed: What `exposures` gave.
        experiments: The declared experiments, at least one.

    Returns:
        One entry an experiment, in their order.
    """
    counted = exposed.group_by("experiment", "variation", "status").agg(people=exposed.count())
    counts = {
        (row["experiment"], row["variation"], row["status"]): row["people"] for row in counted.to_pyarrow().to_pylist()
    }
    return [
        _health(counts, experiment, _clusters(exposed, experiment) if experiment.cluster else None)
        for experiment in experiments
    ]


def _clusters(exposed: ir.Table, experiment: Experiment) -> dict[str, int]:
    """Clusters by arm, of people in one arm."""
    own = _in_one_arm(exposed, experiment)
    rows = own.group_by("variation").agg(clusters=own.cluster.nunique()).to_pyarrow().to_pylist()
    return dict.fromkeys(experiment.arms, 0) | {row["variation"]: row["clusters"] for row in rows}


def _health(counts: dict[tuple[str, str, str], int], experiment: Experiment, clusters: dict[str, int] | None) -> Health:
    """Checks of one experiment from counts by experiment, variation and status."""
    name = experiment.name
    incomplete = {arm: counts.get((name, arm, INCOMPLETE), 0) for arm in experiment.arms}
    exposed = {arm: counts.get((name, arm, COMPLETE), 0) + incomplete[arm] for arm in experiment.arms}
    apart = {
        status: sum(count for (of, _, found), count in counts.items() if (of, found) == (name, status))
        for status in (TWO_ARMS, UNKNOWN_ARM, LATE)
    }
    found = Health(
        name, exposed, incomplete, apart[TWO_ARMS], apart[UNKNOWN_ARM], None, apart[LATE], clusters, experiment.assigned
    )
    return found._replace(ratio=sample_ratio(found.sizes, experiment.sizes)) if sum(exposed.values()) else found


def daily(exposed: ir.Table, experiment: Experiment) -> pd.DataFrame:
    """Count in the engine who was first exposed when.

    Args:
        exposed: What `exposures` gave.
        experiment: The experiment.

    Returns:
        In order: day (UTC), arm, people.
    """
    own = _in_one_arm(exposed, experiment)
    counted = own.group_by(day=own.first_exposed_at.date(), arm=own.variation).agg(people=own.count())
    return counted.order_by("day", "arm").to_pandas()


def sliced(exposed: ir.Table, experiment: Experiment, known: ir.Table) -> pd.DataFrame:
    """Count in the engine who is in which slice.

    Args:
        exposed: What `exposures` gave.
        experiment: The experiment.
        known: What was known of people before they were exposed: profile_id, and a text column a slice, at least one;
            who is not in it is in no slice.

    Returns:
        In order: slice (name of the column), value, arm, people; a missing value is a slice of its own, "unknown".
    """
    columns = [name for name in known.columns if name != "profile_id"]
    own = _in_one_arm(exposed, experiment).select("profile_id", arm="variation").inner_join(known, "profile_id")
    long = own.pivot_longer(columns, names_to="slice", values_to="value").mutate(
        value=ibis._.value.fill_null("unknown")
    )
    return long.group_by("slice", "value", "arm").agg(people=long.count()).order_by("slice", "value", "arm").to_pandas()


def sums_before(exposed: ir.Table, experiment: Experiment, known: ir.Table) -> dict[tuple[str, str], Moments]:
    """Add up in the engine what was known of people before.

    Args:
        exposed: What `exposures` gave.
        experiment: The experiment.
        known: profile_id, and a number column a covariate, at least one; missing values are left out. They are added
            as decimals, so that sums do not depend on the order in which the engine adds them.

    Returns:
        Sums by covariate and arm.
    """
    columns = [name for name in known.columns if name != "profile_id"]
    own = _in_one_arm(exposed, experiment).select("profile_id", arm="variation").inner_join(known, "profile_id")
    long = own.select("arm", **{name: own[name].cast(MONEY) for name in columns}).pivot_longer(
        columns, names_to="covariate", values_to="value"
    )
    long = long.filter(long.value.notnull())
    added = long.group_by("covariate", "arm").agg(
        n=long.count(),
        # exact sums, whatever the order of rows; floats only then
        total=long.value.sum().cast("float64"),
        squares=(long.value * long.value).sum().cast("float64"),
    )
    return {
        (row["covariate"], row["arm"]): Moments(row["n"], float(row["total"]), float(row["squares"]))
        for row in added.order_by("covariate", "arm").to_pyarrow().to_pylist()
    }


def _in_one_arm(exposed: ir.Table, experiment: Experiment) -> ir.Table:
    """People of an experiment who saw one declared arm, whether or not their window is over."""
    return exposed.filter(exposed.experiment == experiment.name, exposed.status.isin([COMPLETE, INCOMPLETE]))


def require_readable(checks: Sequence[Health]) -> None:
    """Stop where no experiment has anybody to read.

    Raises:
        NothingToDo: Nobody was exposed to an arm, or nobody's outcome window is over yet.
    """
    exposed = sum(sum(check.exposed.values()) for check in checks)
    waiting = sum(sum(check.incomplete.values()) for check in checks)
    names = ", ".join(f"`{check.experiment}`" for check in checks)
    if not exposed:
        raise NothingToDo(f"Nobody was exposed to an arm of {names} before the date of this report.")
    if waiting == exposed:
        raise NothingToDo(
            f"{people(exposed).capitalize()} people were exposed in {names}, and nobody's outcome window is over yet."
        )
