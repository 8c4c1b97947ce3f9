"""The application that the verbs belong to, and what several of them share."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Customer behaviour, from raw logs to pages people act on.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class LogForm(StrEnum):
    """How a run tells what it does."""

    text = "text"
    json = "json"


Dataset = Annotated[str, typer.Argument(help="Data set: the name of a folder under data/.")]
LogOption = Annotated[LogForm, typer.Option("--log", help="Lines for people, or JSON lines.")]


def short(path: Path) -> str:
    """A path as a person would type it from where they stand."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def tell(message: str) -> None:
    """Print what is not the answer itself."""
    print(message, file=sys.stderr)
