"""Copies of what tables hold: made for other tools, or tried in a notebook, they can be made again."""

from __future__ import annotations

import shutil

from helpers.datasets import paths


def remove_copies(name: str) -> None:
    """Remove the exports of a data set and the tables that people wrote from notebooks."""
    for folder in (paths.exports(name), paths.scratch(name)):
        if folder.exists():
            shutil.rmtree(folder)
