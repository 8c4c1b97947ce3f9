"""What a data set is: settings, tracking plan, where its files lie, its tables as declared and stored, its engine.

Begin with `shop`, what `helpers.open` gives. `settings`, with `questions` (experiments and funnels), `emits`,
`expressions`, `grammar` and `toml_errors`, is what a dataset.toml may say, `plan` the tracking plan, `own_metrics` a
data set's own metrics, `segment_rules` the groups that a rule names. `declare` says how a table is declared, `tables`
declares each, `check` holds rows against it, `store` keeps them under the `lock`, and `folded` and `folded_versions`
what is left of expired events. `engine` is DuckDB, `spark` and `spark_backend` the other one. `paths` makes every
path, `aside` puts a file in place whole, `fetch` fills raw/, `metrics_document` and `plan_document` write what `make
docs` writes.

Nothing is worked out of people here: metrics are declared here and computed elsewhere; no model, no page.
"""

from helpers.datasets.fetch import fetch
from helpers.datasets.folded import folded, live
from helpers.datasets.plan import tracking_plan
from helpers.datasets.settings import known_datasets
from helpers.datasets.shop import Shop, require

__all__ = ["Shop", "fetch", "folded", "known_datasets", "live", "require", "tracking_plan"]
