"""Fills data/<name>/raw/ from a folder of downloaded files, each recognised by its SHA-256."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from helpers.datasets import paths
from helpers.datasets.aside import instead_of
from helpers.errors import DataRefused, WrongUse


def sha256(file: Path) -> str:
    """Hex SHA-256 of a file's bytes."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def fetch(name: str, source: Path) -> int:
    """Copy the files that data/<name>/SHA256SUMS lists from anywhere below `source` into raw/.

    Args:
        name: A data set whose folder holds a SHA256SUMS.
        source: Folder with the downloaded files, in any layout.

    Returns:
        The number of files that are in raw/ now.

    Raises:
        WrongUse: If the data set cannot be fetched or `source` is no folder.
        DataRefused: If a file is absent or its hash differs; raw/ is left as it was.
    """
    sums = paths.checksums_file(name)
    if not sums.exists():
        raise WrongUse(f"{name!r} cannot be fetched: {sums} does not exist. Put its files into {paths.raw(name)}.")
    if not source.is_dir():
        raise WrongUse(f"{source} is not a folder. Give the folder that holds the downloaded files.")
    wanted = dict(reversed(line.split(maxsplit=1)) for line in sums.read_text(encoding="utf-8").splitlines())
    below: dict[str, list[Path]] = {}
    for file in sorted(source.rglob("*")):
        below.setdefault(file.name, []).append(file)
    found = {relative: _match(relative, digest, below) for relative, digest in wanted.items()}
    absent = [relative for relative, file in found.items() if file is None]
    if absent:
        more = f" and {len(absent) - 3} more" if len(absent) > 3 else ""
        raise DataRefused(
            f"{source}: no file with the SHA-256 that {sums} lists for {', '.join(absent[:3])}{more}. "
            "Nothing was copied. Download the files again, or give the folder that holds them."
        )
    for relative, file in found.items():
        target = paths.raw(name) / relative
        target.parent.mkdir(parents=True, exist_ok=True)
        with instead_of(target) as aside:
            shutil.copyfile(file, aside)
    return len(found)


def _match(relative: str, digest: str, below: dict[str, list[Path]]) -> Path | None:
    candidates = below.get(Path(relative).name, [])
    return next((file for file in candidates if file.is_file() and sha256(file) == digest), None)
