"""Learned rungs written down and read again: plain numbers with what they are for, never a program.

A folder holds one JSON file a population and rung, XGBoost's trees beside it in its own binary form (UBJ), and
metadata.json with the SHA-256 of each. No row of a customer is in any of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import scipy
import sklearn
import xgboost

from helpers.churn.calibrate import Calibrated, Steps
from helpers.churn.features import FEATURES
from helpers.churn.ladder import Ladder
from helpers.churn.linear import Logistic
from helpers.churn.panel import Panel
from helpers.churn.purchases import Purchases
from helpers.churn.rules import BaseRate, Rule
from helpers.churn.trees import Boosted, Tree
from helpers.errors import DataRefused, cannot_write
from helpers.statistics import Platt

METADATA = "metadata.json"

_RUNGS = {kind.__name__: kind for kind in (BaseRate, Rule, Tree, Logistic, Purchases, Boosted)}
_MENDINGS = {kind.__name__: kind for kind in (Platt, Steps)}
_LIBRARIES = {each.__name__: each.__version__ for each in (np, scipy, sklearn, xgboost)}


class Saved(NamedTuple):
    """Models that can score people, and what they are.

    Attributes:
        models: By population and rung.
        about: Data set, label, horizon, cutoffs, what was learned from, and which rung is recommended.
        version: Fingerprint of all of it: equal models, learned alike, have equal versions.
    """

    models: dict[str, dict[str, Calibrated]]
    about: dict[str, Any]
    version: str

    @property
    def asked(self) -> dict[str, Any]:
        """What `build_panel` was asked for."""
        label = self.about["label"].rpartition("_")[0]
        return {"horizon_days": self.about["horizon_days"], "gap_days": self.about["gap_days"], "label": label}

    @property
    def rung(self) -> str:
        """The recommended rung."""
        return self.about["recommended"]


def collect(ladder: Ladder, panel: Panel, *, dataset: str, seed: int) -> Saved:
    """What a ladder learned, ready to score people and to be written.

    Args:
        ladder: With one population or more.
        panel: What it was learned from.
        dataset: The data set's name.
        seed: As it was learned with.
    """
    cutoffs = ladder.cutoffs
    about = {
        "dataset": dataset,
        "label": cutoffs.label,
        "horizon_days": cutoffs.horizon_days,
        "gap_days": cutoffs.gap_days,
        "training_cutoffs": [each.isoformat() for each in cutoffs.training],
        "test_cutoff": cutoffs.test.isoformat(),
        "as_of": cutoffs.as_of.isoformat(),
        "features": list(FEATURES),
        "seed": seed,
        "recommended": ladder.recommended,
        "headline": ladder.headline,
        "populations": {
            name: {
                "training_rows": len(panel.training) if name == "all" else int(panel.training["active"].sum()),
                "test_people": judged.base_rate.n,
                "weights": judged.weighing.used,
                "mended": {rung: choice.way for rung, choice in judged.choices.items()},
            }
            for name, judged in ladder.populations.items()
        },
        "libraries": _LIBRARIES,
    }
    models = {name: judged.models for name, judged in ladder.populations.items()}
    return Saved(models, about, _version(about, _hashes(_files(models))))


def write(saved: Saved, folder: Path) -> None:
    """Write models into a folder, whole or not at all; what was there is replaced.

    Args:
        saved: The models.
        folder: Where; its parent need not be there.

    Raises:
        InputOutput: If the disk refuses.
    """
    files = _files(saved.models)
    metadata = {"version": saved.version, **saved.about, "files": _hashes(files)}
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{folder.name}_", dir=folder.parent) as aside:
            whole = Path(aside) / folder.name
            for name, content in {**files, METADATA: _json(metadata)}.items():
                (whole / name).parent.mkdir(parents=True, exist_ok=True)
                (whole / name).write_bytes(content)
            before = Path(aside) / "before"
            if folder.exists():
                folder.rename(before)
            try:
                whole.rename(folder)
            except OSError:
                if before.exists():
                    before.rename(folder)
                raise
    except OSError as error:
        raise cannot_write(folder, error) from None


def read(folder: Path) -> Saved:
    """Read models, every file as it was written.

    Raises:
        DataRefused: If there are none, or a file is missing or was changed since.
    """
    try:
        about = json.loads((folder / METADATA).read_bytes())
        files = {name: (folder / name).read_bytes() for name in about["files"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataRefused(
            f"{folder} holds no models that can be read ({type(error).__name__}). Run the stage churn again."
        ) from None
    version, hashes = about.pop("version", ""), about.pop("files")
    changed = [name for name, content in files.items() if hashlib.sha256(content).hexdigest() != hashes[name]]
    if not changed and _version(about, hashes) != version:
        changed = [METADATA]
    if changed:
        raise DataRefused(
            f"In {folder}, {changed[0]} is not as it was written: its SHA-256 is another. Run the stage churn again."
        )
    models: dict[str, dict[str, Calibrated]] = {}
    for name in (name for name in files if name.endswith(".json")):
        population, rung = name.removesuffix(".json").split("/")
        models.setdefault(population, {})[rung] = _restored(json.loads(files[name]), files.get(_trees(name)))
    return Saved(models, about, version)


def _files(models: Mapping[str, Mapping[str, Calibrated]]) -> dict[str, bytes]:
    files = {}
    for population, rungs in models.items():
        for rung, calibrated in rungs.items():
            name = f"{population}/{rung}.json"
            parameters = asdict(calibrated.rung)
            if isinstance(calibrated.rung, Boosted):
                files[_trees(name)] = parameters.pop("model")
            mending = calibrated.mending
            files[name] = _json(
                {
                    "kind": type(calibrated.rung).__name__,
                    "parameters": parameters,
                    "mending": mending and {"kind": type(mending).__name__, "parameters": mending._asdict()},
                }
            )
    return files


def _restored(written: dict[str, Any], trees: bytes | None) -> Calibrated:
    parameters = _tuples(written["parameters"]) | ({} if trees is None else {"model": trees})
    mending = written["mending"]
    return Calibrated(
        _RUNGS[written["kind"]](**parameters),
        None if mending is None else _MENDINGS[mending["kind"]](**_tuples(mending["parameters"])),
    )


def _tuples(parameters: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in parameters.items()}


def _trees(name: str) -> str:
    return f"{name.removesuffix('.json')}.ubj"


def _json(value: object) -> bytes:
    return json.dumps(value, indent=1, sort_keys=True, allow_nan=False).encode()


def _hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}


def _version(about: Mapping[str, Any], hashes: Mapping[str, str]) -> str:
    return hashlib.sha256(_json([dict(about), dict(hashes)])).hexdigest()[:12]
