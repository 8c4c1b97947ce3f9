"""The log of a run: lines that a person reads, or one JSON object a line for a scheduler."""

from __future__ import annotations

import json
import sys
import threading
from datetime import UTC, datetime
from typing import Any, Literal, TextIO

Form = Literal["text", "json"]
_CLEAR = "\r\x1b[K"


class Log:
    """Writes what happens to standard error as it happens.

    Args:
        dataset: The data set that is worked on.
        form: Lines for people, or JSON lines.
        stream: Where they go.
    """

    def __init__(self, dataset: str, *, form: Form = "text", stream: TextIO | None = None) -> None:
        self.dataset = dataset
        self._form = form
        self._stream = stream or sys.stderr
        self._guard = threading.Lock()
        self._under_way: dict[str, str] = {}

    def __call__(self, event: str, message: str, *, stage: str | None = None, **facts: Any) -> None:
        """Write one line.

        Args:
            event: What happened, as one word for programs: run_started, stage_done, hook_failed …
            message: The same for people.
            stage: The stage it happened to, which is then no longer under way.
            **facts: What a program may want beside it.
        """
        now = datetime.now(UTC)
        if self._form == "json":
            head = {"time": now.isoformat(timespec="milliseconds"), "event": event, "dataset": self.dataset}
            facts = ({"stage": stage} if stage else {}) | facts
            line = json.dumps(head | facts | {"message": message}, ensure_ascii=False, default=str)
        else:
            line = f"{now:%H:%M:%S}  {message}"
        with self._guard:
            self._under_way.pop(stage or "", None)
            self._write(f"{line}\n", after=self._passing())

    def progress(self, stage: str, message: str) -> None:
        """Show on one passing line what each stage is doing, where a person is watching; nowhere else."""
        with self._guard:
            self._under_way[stage] = message
            self._write("", after=self._passing())

    def _passing(self) -> str:
        return "   ".join(self._under_way.values())

    def _write(self, text: str, *, after: str) -> None:
        watched = self._form == "text" and self._stream.isatty()
        shown = f"{_CLEAR}{text}{after}" if watched else text
        if shown:
            print(shown, end="", file=self._stream, flush=True)
