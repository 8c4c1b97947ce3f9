"""Which code made a page."""

from __future__ import annotations

import subprocess
from functools import cache
from importlib.metadata import version

from helpers.datasets import paths


@cache
def code_version() -> str:
    """The package's version and, in a checkout, its commit, marked where files differ from it."""
    number = version("behavior-workbench")
    try:
        commit = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--exclude=*"],  # noqa: S607 - git is found on PATH
            cwd=paths.REPOSITORY, capture_output=True, text=True, check=True,
        ).stdout.strip()  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return number
    return f"{number} ({commit})"
