"""Collects what each proof found and writes the page of proofs at the end."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import matplotlib as mpl
import pytest

from helpers.datasets import paths
from helpers.reporting import Proof, Record, gate, render_proof, style
from helpers.runs.version import code_version


class Found:
    """What the proofs of one run found."""

    def __init__(self) -> None:
        self.proofs: list[Proof] = []
        self.entries: list[dict] = []
        self.record = Record(self, "proof")

    def write_results(self, stage: str, entries: list[dict]) -> None:
        """Take the entries of the record, as a shop would."""
        self.entries = entries

    def publish(self, folder: Path) -> None:
        """Write page and results, the page last; one that fails the gate is not written."""
        folder.mkdir(parents=True, exist_ok=True)
        now = dt.datetime.now(dt.UTC)
        self.record.show()
        results = {"dataset": "proof", "as_of": None, "run": f"{now:%Y%m%dT%H%M%S%fZ}", "results": self.entries}
        trial = folder / ".trial.html"
        render_proof(out_path=trial, proofs=self.proofs, ran_at=now, version=code_version())
        faults = [*gate.check_page(trial.read_text(encoding="utf-8")), *gate.check_results(results)]
        assert faults == []
        aside = folder / ".results.json.aside"
        aside.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        aside.replace(folder / "results.json")
        trial.replace(folder / "index.html")


@pytest.fixture(scope="session")
def found() -> Iterator[Found]:
    """Give it a `Proof` and the results it rests on; reports/proof/ is written when all have been given."""
    everything = Found()
    with mpl.rc_context({"backend": "agg"}):
        style.use()
        yield everything
        if everything.proofs:
            everything.publish(paths.proof())


@pytest.fixture
def prove(found: Found) -> Callable[[Proof], None]:
    """Adds a proof to the page."""
    return found.proofs.append
