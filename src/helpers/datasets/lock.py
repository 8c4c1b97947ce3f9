"""The one lock of a data set: a run holds it from start to end, a notebook in JupyterLab while it writes a table."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from helpers.datasets import paths
from helpers.errors import Locked, cannot_write

NOTEBOOK = "a notebook"
_PATIENCE = 60.0


@contextmanager
def hold(name: str, *, who: str) -> Iterator[None]:
    """Hold the lock of data set `name`, or say at once who does.

    The operating system lets go of the lock when its process ends, however it ends. A notebook holds it for the
    time of one write, so it is waited for, up to a minute; a run is not.

    Args:
        name: The data set.
        who: The id of the run, or `NOTEBOOK`.

    Raises:
        Locked: If a run holds the lock, naming it.
    """
    file = paths.lock(name)
    holder = file.with_name(".lock.holder")
    lock = FileLock(file)
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=0)
            break
        except Timeout:
            first = holder.read_text(encoding="utf-8") if holder.exists() else "another process"
            if not first.startswith(NOTEBOOK) or time.monotonic() > deadline:
                raise Locked(
                    f"{name!r} is being worked on by {first}. Wait until it is done, or stop it, and try again."
                ) from None
            time.sleep(0.1)
        except OSError as error:
            raise cannot_write(file, error) from None
    try:
        _sign(holder, who)
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _sign(holder: Path, who: str) -> None:
    """Write down who holds the lock, for whoever comes second."""
    since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    try:
        holder.write_text(f"{who} (process {os.getpid()}, since {since})", encoding="utf-8")
    except OSError as error:
        raise cannot_write(holder, error) from None
