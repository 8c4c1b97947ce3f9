"""The business picture: revenue, orders, who is active, new, back or gone, who comes back, where people stop.

Begin with `build`, which writes the tables. `calendar` says what days and months the log covers, `actives` counts by
day and `months` by month, `visits` measures visits, `retention` follows cohorts; `attempts` finds each person's ways
through a funnel and `funnels` counts them. For notebook 00: `show` for tables in which small groups are hidden,
`pictures`, `month_words`, `words`, `results`.

The room stands above profiles, not below as first drawn: it counts people with a profile, from their events and their
days, and both are known only once profiles has made them.

Never here: a figure of one person, a forecast, or what should be done.
"""

from helpers.overview.build import Overview, build
from helpers.overview.calendar import Calendar
from helpers.overview.funnels import Passed, Step, best, largest_drop, passed
from helpers.overview.month_words import (
    actives,
    actives_title,
    formats,
    growth,
    growth_title,
    period,
    sales,
    sales_measure,
    sales_title,
)
from helpers.overview.pictures import plot_actives, plot_growth, plot_retention, plot_sales, plot_steps
from helpers.overview.results import add_results
from helpers.overview.show import (
    publish_cohorts,
    publish_days,
    publish_growth,
    publish_steps,
    publish_visits,
    sales_table,
    shown_months,
    steps_table,
    with_revenue,
)
from helpers.overview.words import (
    funnel,
    funnel_subtitle,
    funnel_title,
    funnels,
    headlines,
    retained,
    retention_curves,
    retention_title,
    visits,
)

__all__ = [
    "Calendar",
    "Overview",
    "Passed",
    "Step",
    "actives",
    "actives_title",
    "add_results",
    "best",
    "build",
    "formats",
    "funnel",
    "funnel_subtitle",
    "funnel_title",
    "funnels",
    "growth",
    "growth_title",
    "headlines",
    "largest_drop",
    "passed",
    "period",
    "plot_actives",
    "plot_growth",
    "plot_retention",
    "plot_sales",
    "plot_steps",
    "publish_cohorts",
    "publish_days",
    "publish_growth",
    "publish_steps",
    "publish_visits",
    "retained",
    "retention_curves",
    "retention_title",
    "sales",
    "sales_measure",
    "sales_table",
    "sales_title",
    "shown_months",
    "steps_table",
    "visits",
    "with_revenue",
]
