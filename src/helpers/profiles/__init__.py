"""People to profiles, as of any moment, from one definition.

Begin with `build`. `people` are the events that count; `facts` and `kinds`, which uses `follow_ups`, fold them into
days; `folded_facts` adds what is left of expired ones. `states` tells from the days what people are in at each
midnight, `moments` what they are in the middle of, and `silence` how long one must be for either. `past` tells whose
days they were at each cutoff, and `windows` sums them up before it; `from_log` makes them anew of a log that ends
there, and `one_each` leaves one row of names that turned out to be one person. Of the sums `activity`, `purchases`,
`price`, `regularity`, `answers`, `habits`, `affinities` and `own_metrics` make metrics and `estimates` what is
believed, all put together by `panel`. `contacts` lists who may be written to, `explain` shows the events behind a
metric. For notebook 02: `summary`, `figures`, `sureness`, `lag`, `pictures`, `words`, `results`.

No label from the future and no model score lives here.
"""

from helpers.profiles import states
from helpers.profiles.build import Built, build, build_panel, build_states, month_starts
from helpers.profiles.explain import METRICS, Explained, base, behind, counts, explain, of_person
from helpers.profiles.figures import by_country, key_figures
from helpers.profiles.folded_facts import events_at_hand, parts
from helpers.profiles.from_log import from_log
from helpers.profiles.lag import lag
from helpers.profiles.one_each import one_each
from helpers.profiles.own_metrics import own_values
from helpers.profiles.panel import ESTIMATES, acted_between, of_days, orders_between, panel
from helpers.profiles.past import as_then
from helpers.profiles.people import permissions, person_events, profiled
from helpers.profiles.pictures import plot_rhythm, plot_sureness
from helpers.profiles.results import add_results
from helpers.profiles.summary import by_last_order, by_orders, rhythm, spread, tally
from helpers.profiles.sureness import by_channel, sureness
from helpers.profiles.words import (
    counted,
    headlines,
    how_soon,
    how_sure,
    liked,
    narrower,
    of_last_orders,
    of_orders,
    of_rhythm,
    of_sureness,
    told,
)

__all__ = [
    "ESTIMATES",
    "METRICS",
    "Built",
    "Explained",
    "acted_between",
    "add_results",
    "as_then",
    "base",
    "behind",
    "build",
    "build_panel",
    "build_states",
    "by_channel",
    "by_country",
    "by_last_order",
    "by_orders",
    "counted",
    "counts",
    "events_at_hand",
    "explain",
    "from_log",
    "headlines",
    "how_soon",
    "how_sure",
    "key_figures",
    "lag",
    "liked",
    "month_starts",
    "narrower",
    "of_days",
    "of_last_orders",
    "of_orders",
    "of_person",
    "of_rhythm",
    "of_sureness",
    "one_each",
    "orders_between",
    "own_values",
    "panel",
    "parts",
    "permissions",
    "person_events",
    "plot_rhythm",
    "plot_sureness",
    "profiled",
    "rhythm",
    "spread",
    "states",
    "sureness",
    "tally",
    "told",
]
