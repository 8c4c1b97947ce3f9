"""The package behind the notebooks: one room a stage, its imports going one way, as README.md, "Layout", lists them.

Start with `shop = helpers.open("demo")`; `shop.table("profiles")` is an Ibis table, `shop.frame(...)` a pandas frame.
How it is built, and how to change it, stands in README.md beside this file.
"""

from helpers.datasets import require
from helpers.workbench import open  # noqa: A004 - helpers.open reads as it should

__all__ = ["open", "require"]
