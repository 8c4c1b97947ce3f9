"""Every way in which the workbench refuses, with the exit code a scheduler sees, and what it says alike everywhere."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

OUR_FAULT = "This is a fault of the workbench: report it with this message."
# Of the letters of two names, so many are the same; at 0.6, "phone" would be taken for "owner".
_NEAR = 0.62
_SEE_TO = "See to space and rights there, then run the same command again."


class WorkbenchError(Exception):
    """Our own fault; the ancestor of every error that carries an exit code."""

    exit_code = 1


class NothingToDo(WorkbenchError):
    """The data set has nothing for this stage; the stage is skipped with the message as its reason."""

    exit_code = 0


class WrongUse(WorkbenchError):
    """A wrong command, parameter, setting or key."""

    exit_code = 2


class DataRefused(WorkbenchError):
    """The data cannot be trusted; earlier tables and reports stay as they were."""

    exit_code = 3


class Locked(WorkbenchError):
    """Another run holds the data set's lock."""

    exit_code = 4


class NotebookFailed(WorkbenchError):
    """A notebook failed or timed out for a cause that is not ours by name."""

    exit_code = 5


class InputOutput(WorkbenchError):
    """A file or folder could not be read or written."""

    exit_code = 6


class PrivacyRefused(WorkbenchError):
    """A privacy rule forbids to go on."""

    exit_code = 7


class Stale(WorkbenchError):
    """The newest report is older than was asked for."""

    exit_code = 8


def by_name(name: str) -> type[WorkbenchError] | None:
    """The error class of ours called `name`, as a kernel reports it, or None for a stranger's."""
    known = {WorkbenchError.__name__: WorkbenchError}
    known |= {cls.__name__: cls for cls in WorkbenchError.__subclasses__()}
    return known.get(name)


def closest(name: str, known: Iterable[str]) -> str:
    """A "; did you mean …?" for a misspelt name, or nothing."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=_NEAR)
    return f"; did you mean {near[0]!r}?" if near else ""


def no_such(what: str, name: str, known: Iterable[str], *, why: str = "") -> WrongUse:
    """The refusal of a name that is not known.

    Args:
        what: What it should be the name of, as one word or two: "table", "data set".
        name: The name.
        known: The names there are.
        why: How we know, as half a sentence.
    """
    listed = list(known)
    there = f"{what.capitalize()}s are: {', '.join(listed)}" if listed else "There is none"
    return WrongUse(f"There is no {what} {name!r}{f': {why}' if why else ''}. {there}{closest(name, listed) or '.'}")


def cannot_write(place: object, error: Exception) -> InputOutput:
    """The refusal of a file or folder that the disk did not let us write, with the cause that it gave."""
    return InputOutput(f"{place} cannot be written: {_cause(error, place)}. {_SEE_TO}")


def disk_refused(error: OSError, *, place: object) -> InputOutput:
    """The refusal of whatever the disk did not let us do; `place` is named where the error names none."""
    return InputOutput(f"{error.filename or place}: {_cause(error, error.filename)}. {_SEE_TO}")


def _cause(error: Exception, place: object) -> str:
    """What the disk said, and of which file, where that is another than the one that is named already."""
    said = str(getattr(error, "strerror", None) or error).split("\n")[0].rstrip(".")
    file = getattr(error, "filename", None)
    return f"{said} ({file})" if file and str(file) != str(place) else said
