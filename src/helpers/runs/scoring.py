"""Scores without learning: people as of a day, by the models of the latest report, written for other tools."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NamedTuple

from helpers import churn, ingestion, profiles
from helpers.churn import watch
from helpers.churn.saved import Saved
from helpers.datasets import Shop, lock, paths
from helpers.datasets.settings import load
from helpers.datasets.store import MODELS
from helpers.errors import NothingToDo, WrongUse
from helpers.runs import history
from helpers.runs.outcome import Run
from helpers.runs.publish import carry_tables
from helpers.runs.run import working_for
from helpers.runs.stages import stage_called
from helpers.stewardship import Exported, export


class Scored(NamedTuple):
    """Scores that were written.

    Attributes:
        exported: Where they are.
        models: By which.
        verdict: Whether to keep the models or to learn anew, by what came since they were learned.
    """

    exported: Exported
    models: Saved
    verdict: str


def score(name: str, *, as_of: str = "", to: str) -> Scored:
    """Score everybody who may be profiled and write table `churn_scores` to data/NAME/exports/; watch the models.

    As of the day of the latest report its tables are read. As of a later one raw files are loaded and people described
    aside; nothing of that stays, and the report is as it was.

    Args:
        name: The data set.
        as_of: The local day at whose first moment people are described; that of the latest report where it is empty.
        to: "csv", "parquet" or "json".

    Raises:
        NothingToDo: If the latest report learned no model.
        WrongUse: If there is no such data set, or no report of it yet, or the models have seen what came after the day.
        DataRefused: If a model is not as it was written, or a raw file is refused.
        Locked: If a run of the data set is under way.
    """
    last = history.latest(load(name).name)
    if last is None:
        raise history.no_run(name)
    shop = Shop(name, as_of=as_of or last.as_of.isoformat())
    if shop.as_of < last.as_of:
        raise WrongUse(
            f"The models of the latest report have seen what came until {last.as_of}; as of {shop.as_of} they would "
            f"foretell what they know. `workbench backfill {name}` learns from what came before a day alone."
        )
    folder = paths.run_tables(name, last.run) / MODELS / "churn"
    if not folder.exists():
        raise NothingToDo(
            f"The latest report of {name!r} learned no model, and its page churn says why. Its table churn_scores "
            f"ranks people by the plain rule: `workbench export {name} churn_scores`."
        )
    models = churn.read(folder)
    with lock.hold(name, who="workbench score"):
        history.sweep(name)
        with _aside(shop) as this:
            if shop.as_of == last.as_of:
                carry_tables(this._replace(base=last.run), without=stage_called("churn"))
            else:
                ingestion.ingest(this.shop)
                profiles.build(this.shop)
                profiles.build_states(this.shop)
            panel = churn.build_panel(this.shop, **models.asked)
            churn.score_now(this.shop, panel.current, models)
            verdict = panel.reason or watch.verdict(watch.look(this.shop, panel, models))
            return Scored(export(this.shop, "churn_scores", to=to), models, verdict)


@contextmanager
def _aside(shop: Shop) -> Iterator[Run]:
    """A run of its own that is never published; its tables are gone afterwards."""
    now = datetime.now(UTC)
    run = f"{now:%Y%m%dT%H%M%S%fZ}"
    folder = paths.run_tables(shop.name, run)
    folder.mkdir(parents=True)
    try:
        with working_for(run, threads=os.cpu_count() or 1):
            yield Run(run, Shop(shop.name, as_of=shop.as_of.isoformat()), now, {}, None, "")
    finally:
        shutil.rmtree(folder)
