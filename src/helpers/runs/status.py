"""Whether a data set's report may be relied on: how old it is, and how the last run ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from helpers.datasets import known_datasets
from helpers.datasets.settings import load
from helpers.runs import history
from helpers.runs.durations import in_words


@dataclass(frozen=True, kw_only=True)
class Status:
    """Where a data set stands.

    Attributes:
        dataset: Its name.
        title: Its title.
        latest: The run that `latest` points to, None before the first.
        newest: The run that ended last, well or not, None before the first.
        age: Time since the latest run began, None before the first.
    """

    dataset: str
    title: str
    latest: history.Past | None
    newest: history.Past | None
    age: timedelta | None

    def is_late(self, max_age: timedelta) -> bool:
        """Whether there is no report that is young enough."""
        return self.age is None or self.age > max_age

    def sentence(self) -> str:
        """One line about it."""
        if self.latest is None:
            text = "no report yet"
        else:
            text = f"report as of {self.latest.as_of}, made {in_words(self.age)} ago by run {self.latest.run}"
        if self.newest is not None and self.newest.status == "failed":
            failure = self.newest.failure
            text += f"; the last run {self.newest.run} failed with exit code {failure['exit_code']}"
        return text

    def remedy(self) -> str:
        """What to do where the report is too old."""
        if self.newest is not None and self.newest.status == "failed":
            return f"The failed run says why: {self.newest.folder / 'index.html'}"
        return f"Run `workbench run {self.dataset}`, and see why the scheduler did not."


def status(name: str) -> Status:
    """Where data set `name` stands now."""
    title = load(name).title
    latest, newest = history.latest(name), next(iter(history.past(name)), None)
    age = None if latest is None else datetime.now(UTC) - latest.started
    return Status(dataset=name, title=title, latest=latest, newest=newest, age=age)


def all_statuses() -> list[Status]:
    """Where every data set stands."""
    return [status(name) for name in known_datasets()]
