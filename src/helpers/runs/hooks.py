"""Commands that a scheduler wants called: a run failed, a run recovered, a report is late.

They come from the command line or the environment, never from data.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from typing import Any, Literal

from helpers.runs.log import Log

Event = Literal["failed", "recovered", "late"]
_PATIENCE = 60


class Hooks:
    """One command an event; each is run without a shell and gets a JSON object on its standard input.

    Args:
        failed: Command for a failed run; `WORKBENCH_ON_FAILED` where it is empty.
        recovered: For a run that succeeds after a failed one; `WORKBENCH_ON_RECOVERED`.
        late: For a report that is older than promised; `WORKBENCH_ON_LATE`.
    """

    def __init__(self, *, failed: str = "", recovered: str = "", late: str = "") -> None:
        given = {"failed": failed, "recovered": recovered, "late": late}
        self._commands = {
            event: command or os.environ.get(f"WORKBENCH_ON_{event.upper()}", "") for event, command in given.items()
        }

    def call(self, event: Event, log: Log, **payload: Any) -> None:
        """Run the command of `event`; its own failure is logged and changes nothing else."""
        command = shlex.split(self._commands[event])
        if not command:
            return
        text = json.dumps({"event": event} | payload, ensure_ascii=False)
        try:
            done = subprocess.run(command, input=text, text=True, capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired) as error:
            log("hook_failed", f"the command for {event} did not run: {error}", hook=event)
            return
        if done.returncode:
            log("hook_failed", f"{command[0]} ended with {done.returncode}: {done.stderr[-500:]}", hook=event)
