"""The package behind the notebooks: one room a stage, each importing only from the rooms above it.

Start with `shop = helpers.open("demo")`; `shop.table("profiles")` is an Ibis table, `shop.frame(...)` a pandas frame.
"""

from helpers.datasets import require
from helpers.workbench import open  # noqa: A004 - helpers.open reads as it should

__all__ = ["open", "require"]
