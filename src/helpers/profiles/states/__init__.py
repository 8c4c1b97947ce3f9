"""What people are in at each local midnight, and what changed: states as intervals, told from what they did alone.

Begin with `build`. `rhythm` are the days with an act, `rules` what a population's usual gap was at the start of each
quarter, `outages` the days on which a channel told too little for silence to mean something, `movement` the two clocks
on which silence is measured. `lifecycle` tells at which midnights states would change. Of these `detector` tells a
decline, by `thresholds` that are set on the data set's own people, with their days in the random order of `shuffles`.
`stay` lets consent go first and no state last a day only, `evidence` says in words what told a change. `flows` count
people: by state and day, by where they went, and by why the active are others. For notebook 02: `show`, `pictures`,
`words`.
"""

from helpers.profiles.states.flows import Balance, balance, chances, counts, flows, on, on_days
from helpers.profiles.states.pictures import plot_flows
from helpers.profiles.states.show import Month, month
from helpers.profiles.states.words import add_results, alt, balanced, largest, meanings, title

__all__ = [
    "Balance", "Month", "add_results", "alt", "balance", "balanced", "chances", "counts", "flows", "largest",
    "meanings", "month", "on", "on_days", "plot_flows", "title",
]  # fmt: skip
