"""Every way in which the workbench refuses, with the exit code a scheduler sees."""

from __future__ import annotations


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
