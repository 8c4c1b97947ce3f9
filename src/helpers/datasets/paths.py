"""Every path of the workbench, defined once."""

from __future__ import annotations

import os
import re
from pathlib import Path

from helpers.errors import WrongUse

REPOSITORY = Path(__file__).resolve().parents[3]
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


def home() -> Path:
    """The folder that holds data/ and reports/: the repository, or `WORKBENCH_HOME`."""
    return Path(os.environ.get("WORKBENCH_HOME") or REPOSITORY).resolve()


def notebooks() -> Path:
    """The folder of the notebooks."""
    return REPOSITORY / "notebooks"


def reports() -> Path:
    """The folder of all data sets' reports."""
    return home() / "reports"


def proof() -> Path:
    """The folder of the page that says how we know that the numbers are right."""
    return reports() / "proof"


def dataset(name: str) -> Path:
    """The folder of one data set.

    Raises:
        WrongUse: If `name` is not a plain folder name.
    """
    if not NAME.fullmatch(name):
        raise WrongUse(
            f"{name!r} cannot be a data set's name: use lower-case letters, digits, '-' and '_', 64 at most."
        )
    return home() / "data" / name


def settings_file(name: str) -> Path:
    """The dataset.toml of a data set: the one under `home()`, else the one that the repository ships."""
    own = dataset(name) / "dataset.toml"
    return own if own.exists() else REPOSITORY / "data" / name / "dataset.toml"


def decisions_file(name: str) -> Path:
    """The decisions about who is who in a data set, beside its own dataset.toml."""
    return dataset(name) / "identity.csv"


def checksums_file(name: str) -> Path:
    """The SHA256SUMS of a data set that can be fetched, beside its dataset.toml."""
    return settings_file(name).with_name("SHA256SUMS")


def tracking_plan_file() -> Path:
    """The tracking plan shared by all data sets."""
    return _shared("tracking_plan.toml")


def segments_file() -> Path:
    """The groups that a rule names, shared by all data sets."""
    return _shared("segments.toml")


def raw(name: str) -> Path:
    """The folder of a data set's raw files, which nothing changes but retention and requests to be forgotten."""
    return dataset(name) / "raw"


def truth(name: str) -> Path:
    """The folder of what a simulated world knows and only tests read."""
    return dataset(name) / "truth"


def tables(name: str) -> Path:
    """The folder that holds the tables of every run."""
    return dataset(name) / "runs"


def run_tables(name: str, run: str) -> Path:
    """The folder of one run's tables."""
    return tables(name) / run


def scratch(name: str) -> Path:
    """The folder that notebooks write to when a person runs them."""
    return dataset(name) / "scratch"


def tombstones(name: str) -> Path:
    """The file that keeps away who was forgotten."""
    return dataset(name) / "forgotten.json"


def certificates(name: str) -> Path:
    """The folder that says of each request to be forgotten that it was done."""
    return dataset(name) / "certificates"


def forgetting(name: str) -> Path:
    """The journal of a request to be forgotten, there only while it is being done."""
    return dataset(name) / ".forgetting.json"


def folded(name: str) -> Path:
    """The folder of what is kept of events that have expired."""
    return dataset(name) / "folded"


def exports(name: str) -> Path:
    """The folder of tables written for other tools."""
    return dataset(name) / "exports"


def lock(name: str) -> Path:
    """The lock file of a data set."""
    return dataset(name) / ".lock"


def report(name: str) -> Path:
    """The folder of one data set's reports."""
    return reports() / dataset(name).name


def report_run(name: str, run: str) -> Path:
    """The folder of one run's pages."""
    return report(name) / "runs" / run


def failed_run(name: str, run: str) -> Path:
    """The folder of what is left of a run that failed."""
    return report(name) / "failed" / run


def latest(name: str) -> Path:
    """The one pointer to a data set's current run."""
    return report(name) / "latest"


def key_file(name: str) -> Path:
    """The file with a data set's pseudonym key, outside data/ (`WORKBENCH_KEY_DIR` moves its folder)."""
    folder = os.environ.get("WORKBENCH_KEY_DIR") or Path.home() / ".config" / "behavior-workbench" / "keys"
    return Path(folder) / name


def _shared(name: str) -> Path:
    """A file of all data sets: the one under `home()`, else the one that the repository ships."""
    own = home() / "data" / name
    return own if own.exists() else REPOSITORY / "data" / name
