"""What a data set is: settings, tracking plan, where its files lie, its tables as declared and stored, its engine.

Nothing is worked out of people here: metrics are declared here and computed elsewhere; no model, no page.
"""

from helpers.datasets.fetch import fetch
from helpers.datasets.folded import folded, live
from helpers.datasets.plan import tracking_plan
from helpers.datasets.settings import known_datasets
from helpers.datasets.shop import Shop, require

__all__ = ["Shop", "fetch", "folded", "known_datasets", "live", "require", "tracking_plan"]
