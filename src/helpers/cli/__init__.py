"""`workbench`: one short function a verb, a module for each kind of them.

`app` is what the verbs share; `running`, `data`, `people` and `experiments` hold them.

Never here: work. A verb reads its options, calls a room, and prints what that says.
"""

from __future__ import annotations

import sys
import traceback
from typing import NoReturn

from helpers.cli import data, experiments, people, running
from helpers.cli.app import app, tell
from helpers.errors import OUR_FAULT, WorkbenchError, disk_refused

__all__ = ["app", "data", "experiments", "main", "people", "running"]
STOPPED = 130


def main() -> None:
    """Run the command line; every error of ours ends with its own exit code and one readable message."""
    try:
        app()
    except WorkbenchError as error:
        _end(error)
    except OSError as error:
        _end(disk_refused(error, place="The disk"))
    except KeyboardInterrupt:
        tell("Stopped.")
        sys.exit(STOPPED)
    except Exception as error:  # noqa: BLE001 - whoever mends it needs the trace, whoever meets it a sentence
        traceback.print_exc()
        _end(WorkbenchError(f"{type(error).__name__}. {OUR_FAULT}"))


def _end(error: WorkbenchError) -> NoReturn:
    tell(f"{type(error).__name__}: {error}")
    sys.exit(error.exit_code)
