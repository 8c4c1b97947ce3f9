"""All checks of one experiment beside its size, from counts and sums that the engine makes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import ibis.expr.types as ir

from helpers.datasets.questions import Experiment
from helpers.lift.attributes import before_exposure
from helpers.lift.checks import (
    Check,
    balance,
    check_arrivals,
    check_balance,
    check_missing,
    check_mixed,
    check_ratio_by_day,
    check_ratio_by_slice,
    ratio_by,
)
from helpers.lift.health import Health, daily, sliced, sums_before
from helpers.lift.heard import heard_of, heard_until
from helpers.lift.uplift.features import did_before

if TYPE_CHECKING:
    from helpers.datasets import Shop


def look_closer(
    shop: Shop, events: ir.Table, exposed: ir.Table, attributes: ir.Table | None, health: Health
) -> list[Check]:
    """Look where an experiment may have gone wrong: days, slices, mixed arms, arrivals, missing outcomes, before.

    Args:
        shop: The open data set.
        events: Events of people: event, timestamp.
        exposed: What `exposures` gave.
        attributes: What `attributes` gave; None where no experiment asks for any.
        health: What `health` found of the experiment, that somebody is in.

    Returns:
        Its checks. Where sessions were assigned, only those that look at days, arms and arrivals; where clusters were,
        not at arms day by day either.
    """
    (experiment,) = [each for each in shop.settings.experiments if each.name == health.experiment]
    by_day, n = daily(exposed, experiment), sum(health.exposed.values())
    found = [check_mixed(n, health.two_arms), check_arrivals(by_day)]
    if not experiment.cluster:  # a cluster's people come on many days, and are one assignment
        found.insert(0, check_ratio_by_day(ratio_by(by_day, ["day"], experiment.sizes)))
    if experiment.clustered:
        return found
    own = exposed.filter(exposed.experiment == experiment.name)
    due = {arm: health.exposed[arm] - health.incomplete[arm] for arm in experiment.arms}
    until = heard_until(events, experiment)
    heard = until and heard_of(exposed, experiment, until)
    known = did_before(shop, own.select("profile_id", "first_exposed_at"))
    known = known.rename({_worded(name): name for name in known.columns if name != "profile_id"})
    if attributes is not None and experiment.slices:
        told = _told(own, attributes, experiment)
        by_slice = ratio_by(sliced(exposed, experiment, told), ["slice", "value"], experiment.sizes)
        found.append(check_ratio_by_slice(by_slice))
        # of a slice that is a number, such as 1 and 0, the mean says how alike the arms are
        numbers = told.select("profile_id", **{name: told[name].try_cast("float64") for name in experiment.slices})
        known = known.inner_join(numbers, "profile_id")
    before = balance(sums_before(exposed, experiment, known), experiment.control)
    return [*found, check_missing(due, heard, until), check_balance(before, n)]


def _worded(feature: str) -> str:
    """A feature's name as a page says it: "acts_90d" is "acts in 90 days before"."""
    return re.sub(r"_(\d+)d$", r" in \1 days before", feature.replace("_ever", " ever before")).replace("_", " ")


def _told(own: ir.Table, attributes: ir.Table, experiment: Experiment) -> ir.Table:
    """Slices of people: profile_id and a column each, missing where nothing was told before exposure."""
    for name in experiment.slices:
        own = before_exposure(own, attributes, name, name=name)
    return own.select("profile_id", *experiment.slices)
