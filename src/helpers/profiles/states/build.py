"""Writes what people are in, what changed, and what asks to think again about them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis
import pandas as pd
import pyarrow as pa

from helpers.datasets.tables.states import STATES
from helpers.profiles.people import permissions, unasked
from helpers.profiles.silence import BAD_OUTCOMES
from helpers.profiles.states import lifecycle, outages, thresholds
from helpers.profiles.states.evidence import evidence
from helpers.profiles.states.movement import Clocks
from helpers.profiles.states.stay import stays, with_consent
from helpers.profiles.windows import day_number, number_of

if TYPE_CHECKING:
    from helpers.datasets import Shop

_NAMES = dict(enumerate(STATES))
_DAY_S = 86_400
# What is read of events, beside profile_id and weight.
READ = ("timestamp", "local_time", "loaded_at", "support_outcome")


def build(shop: Shop, events: ibis.Table) -> ibis.Table:
    """Write tables states, transitions, reevaluate, state_rules and outages as of `shop.as_of`.

    All of it is told anew from what is known now, so that a late event changes what was from its time on, and nothing
    earlier. People are told apart as they are now: who merged has one past.

    Args:
        shop: An open data set whose `daily` and `daily_kinds` are written.
        events: Columns `READ`, profile_id and weight, as `person_events` gives them.

    Returns:
        The usual gap of each person as known at the end of each active day: columns profile_id, day and g (days).
    """
    days = shop.computed(lifecycle.rhythms, shop.table("daily"), shop.table("daily_kinds"), _badly(events)).cache()
    changes = with_consent(_changes(shop, days), consent(shop))
    kept = stays(changes, number_of(shop.as_of))
    told = changes.iloc[kept["row"]].reset_index(drop=True).assign(at=kept["at"])
    person = told.groupby("profile_id", sort=False)
    told = told.assign(was=person["state"].shift(), until=person["at"].shift(-1))
    rows = _named(told)
    shop.write("states", rows.select("profile_id", "state", since="at", until="until"))
    late = _known_late(events)
    rows = rows.left_join(late, [rows.profile_id == late["_who"], rows["last"] == late["_last"]])
    rows = rows.mutate(detected_at=ibis.greatest(rows["at"], rows["_known"]), evidence=evidence(rows))
    shop.write("transitions", rows.select("profile_id", "was", "state", "at", "detected_at", "evidence"))
    shop.write("reevaluate", rows.select("profile_id", "at", "state", asked_at="detected_at", moot_at="until"))
    return days.filter(days.acted).select("profile_id", "day", g="usual_gap")


def _changes(shop: Shop, days: ibis.Table) -> pd.DataFrame:
    """The midnights at which states would change by what people did, in order of person and time."""
    seen = outages.volumes(shop.table("daily"), shop.as_of)
    down = outages.silent(seen)
    clocks = Clocks.of(days, down)
    rows = shop.computed(lambda rows: lifecycle.silences(rows, clocks), days).cache()
    learned = thresholds.thresholds(rows, clocks.frame)
    told = shop.computed(lambda rows: lifecycle.changes(rows, learned, clocks, until=number_of(shop.as_of)), rows)
    shop.write("outages", outages.listed(seen, down))
    shop.write("state_rules", thresholds.listed(rows, learned))
    return told.to_pyarrow().to_pandas().sort_values(["profile_id", "at"], ignore_index=True)


def consent(shop: Shop) -> pd.DataFrame:
    """The midnights from which profiling was, or was not, allowed: columns profile_id, at and allowed."""
    spans = permissions(shop)
    spans = spans.filter(spans.purpose == "profiling", spans.since < shop.moment)
    said = spans.select("profile_id", "since", "allowed").to_pyarrow().to_pandas().sort_values(["profile_id", "since"])
    local = said["since"].dt.tz_localize("UTC").dt.tz_convert(shop.settings.zone).dt.tz_localize(None)
    said = said.assign(at=(local.dt.normalize() - pd.Timestamp(0)).dt.days + 1)
    if not unasked(shop):
        # Who has not answered yet has not allowed it.
        before = said.drop_duplicates("profile_id").assign(at=-1, allowed=False)
        said = pd.concat([before, said], ignore_index=True)
    return said.sort_values(["profile_id", "at"], kind="stable")[["profile_id", "at", "allowed"]]


def _named(told: pd.DataFrame) -> ibis.Table:
    """Changes with days for their numbers and names for their states."""
    columns = {
        "profile_id": pa.array(told["profile_id"], pa.string()),
        **{name: pa.array(told[name].map(_NAMES), pa.string()) for name in ("was", "state")},
        **{
            name: pa.array(told[name].astype("Int32"), pa.int32()).cast(pa.date32()) for name in ("at", "until", "last")
        },
        **{name: pa.array(told[name].astype("float64")) for name in ("usual_gap", "active", "score", "threshold")},
        "by_support": pa.array(told["by_support"].astype("boolean")),
    }
    return ibis.memtable(pa.table(columns))


def _badly(events: ibis.Table) -> ibis.Table:
    """Columns profile_id and day: on which a support case ended badly, by the source's own word."""
    badly = events.filter(events.support_outcome.lower().isin(BAD_OUTCOMES))
    return badly.select("profile_id", day=badly.local_time.date()).distinct()


def _known_late(events: ibis.Table) -> ibis.Table:
    """Days with an act that were not known on the day after them: columns _who, _last and _known, the day they were."""
    acts = events.filter(events.weight > 0)
    wall = acts.local_time.epoch_seconds()
    came_in = wall + ibis.greatest(acts.loaded_at.epoch_seconds() - acts.timestamp.epoch_seconds(), 0)
    known = acts.select("profile_id", day=acts.local_time.date(), known=came_in // _DAY_S)
    known = known.group_by("profile_id", "day").aggregate(known=known.known.min())
    late = known.filter(known.known > day_number(known.day) + 1)
    known_on = (ibis.literal(date(1970, 1, 1)).cast("timestamp") + late.known.as_interval("D")).cast("date")
    return late.select(_who="profile_id", _last="day", _known=known_on)
