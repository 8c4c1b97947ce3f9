"""How a file gets into its place: filled aside, and put there in one step once it is whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def instead_of(file: Path) -> Iterator[Path]:
    """A file to fill, which then takes the place of `file`; where nothing is filled, or that fails, `file` stays.

    Args:
        file: In a folder that is there.
    """
    aside = file.with_name(f".{file.name}.aside")
    aside.unlink(missing_ok=True)
    try:
        yield aside
        if aside.exists():
            aside.replace(file)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
