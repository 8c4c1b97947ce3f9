"""Everybody's score as of now: by the recommended rung, or by the plain rule where nothing could be learned."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from helpers.churn.decisions.reasons import reasons
from helpers.churn.decisions.said import TREES
from helpers.churn.ladder import Ladder
from helpers.churn.panel import Panel
from helpers.churn.rule import by_rule
from helpers.churn.saved import Saved, collect, write

if TYPE_CHECKING:
    from helpers.datasets import Shop

RULE = "rule"


class Scored(NamedTuple):
    """Everybody scored as of now.

    Attributes:
        models: By which; None where nothing could be learned.
        reasons: Rows of table `churn_reasons`; none without models.
        people: Rows of table `churn_scores`.
    """

    models: Saved | None
    reasons: pd.DataFrame
    people: pd.DataFrame


def score_everybody(shop: Shop, panel: Panel, ladder: Ladder, *, horizon_days: int, label: str, seed: int) -> Scored:
    """Score everybody with an order by what was learned, or rank them by the plain rule where nothing could be.

    Writes the models, and tables `churn_scores` and `churn_reasons`.

    Args:
        shop: An open data set.
        panel: As `build_panel` gives it.
        ladder: Learned from it.
        horizon_days: As was asked for.
        label: What is not done in these days, one of `LABELS`.
        seed: As was learned with.
    """
    if ladder.reason:
        asked = f"{label}_{horizon_days}d"
        ranked = rank_people(panel.current, as_of=shop.as_of, horizon_days=horizon_days, label=asked)
        shop.write("churn_scores", ranked)
        return Scored(None, pd.DataFrame(), ranked)
    models = collect(ladder, panel, dataset=shop.name, seed=seed)
    write(models, shop.store.models / "churn")
    return score_now(shop, panel.current, models)


def score_now(shop: Shop, current: pd.DataFrame, models: Saved) -> Scored:
    """Score people by models that are there, and say why; writes tables `churn_scores` and `churn_reasons`.

    Args:
        shop: An open data set.
        current: As `people_now` gives them.
        models: Just learned, or read again.
    """
    told = explain_people(models, current, currency=shop.settings.currency)
    scores = score_people(models, current, told, as_of=shop.as_of)
    shop.write("churn_reasons", told)
    shop.write("churn_scores", scores)
    return Scored(models, told, scores)


def score_people(saved: Saved, current: pd.DataFrame, told: pd.DataFrame, *, as_of: date) -> pd.DataFrame:
    """Score people by the recommended rung, each as it was learned for their own population.

    Args:
        saved: The models, as they were just learned or read again.
        current: profile_id, `FEATURES` and active, one row a person.
        told: Reasons, as `explain_people` gives them.
        as_of: The day at whose first moment people are described.

    Returns:
        Rows of table `churn_scores`.
    """
    probability, population = pd.Series(0.0, index=current.index), pd.Series("all", index=current.index)
    for name, people in ((name, people) for name, people in _by_models(saved, current).items() if len(people)):
        probability[people.index] = saved.models[name][saved.rung].scores(people).probability
        population[people.index] = name
    about = {name: saved.about[name] for name in ("horizon_days", "label")}
    rows = _rows(current, population, probability, as_of=as_of, **about, rung=saved.rung, version=saved.version)
    up = told[told["direction"] == "up"].sort_values(["profile_id", "rank"])
    said = up.groupby("profile_id")["sentence"].agg("; ".join)
    return rows.assign(reasons=rows["profile_id"].map(said).astype("str"))


def explain_people(saved: Saved, current: pd.DataFrame, *, currency: str) -> pd.DataFrame:
    """Why people are likely not to come back, by the boosted trees that were learned for their own population.

    Args:
        saved: The models.
        current: profile_id, cutoff, `FEATURES` and active, one row a person.
        currency: ISO 4217 code of the data set's amounts.

    Returns:
        Rows of table `churn_reasons`.
    """
    told = [
        reasons(saved.models[name][TREES].rung.booster(), people, currency=currency)
        for name, people in _by_models(saved, current).items()
    ]
    return pd.concat(told, ignore_index=True)


def _by_models(saved: Saved, current: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The people of each population whose models score them: the still active by their own, the others by those of all.

    Of the others alone nothing was judged.
    """
    if "active" not in saved.models:
        return {"all": current}
    active = current["active"].astype(bool)
    return {"all": current[~active], "active": current[active]}


def rank_people(current: pd.DataFrame, *, as_of: date, horizon_days: int, label: str) -> pd.DataFrame:
    """Rank people by the plain rule, without probabilities: gaps since the last order, in gaps usual for the person.

    Args:
        current: profile_id and `FEATURES`, one row a person.
        as_of: The day at whose first moment people are described.
        horizon_days: As was asked for.
        label: Name of what was asked for.

    Returns:
        Rows of table `churn_scores`.
    """
    gaps = current["profile_id"].map(by_rule(current).set_index("profile_id")["gaps_since"])
    everybody, about = pd.Series("all", index=current.index), {"horizon_days": horizon_days, "label": label}
    ranked = _rows(current, everybody, gaps, as_of=as_of, **about, rung=RULE, version=None)
    return ranked.assign(probability=np.nan, reasons=pd.Series(None, index=ranked.index, dtype="str"))


def _rows(
    current: pd.DataFrame,
    population: pd.Series,
    probability: pd.Series,
    *,
    as_of: date,
    horizon_days: int,
    label: str,
    rung: str,
    version: str | None,
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "profile_id": current["profile_id"],
            "as_of": as_of,
            "horizon_days": horizon_days,
            "label": label,
            "population": population,
            "probability": probability,
            "percentile": probability.groupby(population).transform(lambda own: 100 * (rankdata(own) - 0.5) / len(own)),
            "rung": rung,
            "model_version": pd.Series(version, index=current.index, dtype="str"),
        }
    )
