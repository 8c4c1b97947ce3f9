"""Commands that a scheduler wants called: a run failed, a run recovered, a report is late.

They come from the command line or the environment, never from data.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from typing import Any, Literal

from helpers.errors import WrongUse
from helpers.runs.log import Log

Event = Literal["failed", "recovered", "late"]
_PATIENCE = 60


class Hooks:
    """One command an event; each is run without a shell and gets a JSON object on its standard input.

    Args:
        failed: Command for a failed run; `WORKBENCH_ON_FAILED` where it is empty.
        recovered: For a run that succeeds after a failed one; `WORKBENCH_ON_RECOVERED`.
        late: For a report that is older than promised; `WORKBENCH_ON_LATE`.

    Raises:
        WrongUse: If a command cannot be split into words.
    """

    def __init__(self, *, failed: str = "", recovered: str = "", late: str = "") -> None:
        given = {"failed": failed, "recovered": recovered, "late": late}
        self._commands = {event: _split(event, command) for event, command in given.items()}

    def call(self, event: Event, log: Log, **payload: Any) -> None:
        """Run the command of `event`; its own failure is logged and changes nothing else."""
        command = self._commands[event]
        if not command:
            return
        text = json.dumps({"event": event} | payload, ensure_ascii=False)
        try:
            done = subprocess.run(command, input=text, text=True, capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired) as error:
            log("hook_failed", f"the command of --on-{event} did not run: {error}", hook=event)
            return
        if done.returncode:
            log(
                "hook_failed",
                f"the command of --on-{event}, {command[0]}, ended with {done.returncode}: {done.stderr[-500:]}",
                hook=event,
            )


def _split(event: str, command: str) -> list[str]:
    """The words of a command, from the environment where none is given."""
    variable = f"WORKBENCH_ON_{event.upper()}"
    try:
        return shlex.split(command or os.environ.get(variable, ""))
    except ValueError as error:
        option = f"--on-{event}" if command else variable
        raise WrongUse(f"{option} is no command: {str(error).lower()}. It is run without a shell.") from None
