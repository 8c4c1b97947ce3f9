"""What a machine lacks, each with its remedy."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

import helpers
from helpers.datasets import paths

_NEEDED_BYTES = 2 * 2**30


class Finding(NamedTuple):
    """One thing that was looked at.

    Attributes:
        subject: What it is.
        remedy: What to do about it; empty where all is well.
    """

    subject: str
    remedy: str


def examine() -> list[Finding]:
    """Look at everything the workbench needs of a machine."""
    return [*_python(), *_packages(), *_shadows(), *_kernel(), *_folders()]


def _python() -> Iterator[Finding]:
    found = ".".join(str(part) for part in sys.version_info[:3])
    remedy = "" if sys.version_info >= (3, 11) else "install Python 3.11 or later"
    yield Finding(f"Python {found}", remedy)


def _packages() -> Iterator[Finding]:
    pins = re.findall(r"^([A-Za-z0-9._-]+)(?:\[.*\])?==(\S+)", _requirements(), flags=re.MULTILINE)
    wrong = [f"{name} {_installed(name) or 'absent'} instead of {pin}" for name, pin in pins if _installed(name) != pin]
    remedy = f"{'; '.join(wrong[:3])}{' …' if len(wrong) > 3 else ''}: remove .venv and run make again" if wrong else ""
    yield Finding(f"{len(pins)} pinned packages", remedy)


def _requirements() -> str:
    return (paths.REPOSITORY / "requirements.txt").read_text(encoding="utf-8")


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _shadows() -> Iterator[Finding]:
    """A file or folder called helpers beside a notebook is imported in place of ours."""
    for folder in dict.fromkeys([Path.cwd(), paths.notebooks(), paths.notebooks() / "scratch"]):
        for name in ("helpers.py", "helpers"):
            stranger = folder / name
            if stranger.exists() and stranger.resolve() != Path(helpers.__file__).parent:
                yield Finding(str(stranger), "it hides our package helpers; rename it")
    yield Finding(f"helpers from {Path(helpers.__file__).parent}", "")


def _kernel() -> Iterator[Finding]:
    try:
        spec = KernelSpecManager().get_kernel_spec("python3")
    except NoSuchKernel:
        yield Finding("kernel python3", "it is missing; remove .venv and run make again")
        return
    # A bare python is replaced by the running one when a kernel starts.
    starts = Path(spec.argv[0])
    same = starts.parent in (Path(), Path(sys.executable).parent)
    remedy = "" if same else f"it starts {starts}, not {sys.executable}; remove {spec.resource_dir}"
    yield Finding("kernel python3", remedy)


def _folders() -> Iterator[Finding]:
    for folder in (paths.home() / "data", paths.reports()):
        existing = next(each for each in (folder, *folder.parents) if each.exists())
        writable = os.access(existing, os.W_OK)
        yield Finding(f"{folder} can be written", "" if writable else f"give yourself the right to write {existing}")
    free = shutil.disk_usage(paths.home()).free
    remedy = "" if free >= _NEEDED_BYTES else "free some space, or run workbench gc"
    yield Finding(f"{free / 2**30:.0f} GiB free", remedy)
