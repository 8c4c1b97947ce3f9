"""What a data set is: its settings, its tracking plan, the schema and storage of its tables, its engine.

Nothing about marketing lives here: no metric, no model, no page.
"""

from helpers.datasets.fetch import fetch
from helpers.datasets.folded import folded, live
from helpers.datasets.plan import tracking_plan
from helpers.datasets.settings import known_datasets
from helpers.datasets.shop import Shop, require

__all__ = ["Shop", "fetch", "folded", "known_datasets", "live", "require", "tracking_plan"]
