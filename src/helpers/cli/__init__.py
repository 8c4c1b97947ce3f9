"""`workbench`: one short function a verb, a module for each kind of them.

`app` is what the verbs share; `running`, `data` and `people` hold them.

Never here: work. A verb reads its options, calls a room, and prints what that says.
"""

from __future__ import annotations

import sys

from helpers.cli import data, people, running
from helpers.cli.app import app, tell
from helpers.errors import InputOutput, WorkbenchError

__all__ = ["app", "data", "main", "people", "running"]
STOPPED = 130


def main() -> None:
    """Run the command line; every error of ours ends with its own exit code and one readable message."""
    try:
        app()
    except WorkbenchError as error:
        tell(f"{type(error).__name__}: {error}")
        sys.exit(error.exit_code)
    except OSError as error:
        tell(f"{InputOutput.__name__}: {error}")
        sys.exit(InputOutput.exit_code)
    except KeyboardInterrupt:
        tell("Stopped.")
        sys.exit(STOPPED)
