"""What segmentation hands on to the result record."""

from __future__ import annotations

import pandas as pd

from helpers.privacy import Published
from helpers.reporting import Record, safe
from helpers.segmentation.build import Built
from helpers.segmentation.drift import Drift
from helpers.segmentation.drift_words import add_drift
from helpers.segmentation.rules import OTHERS, PEOPLE
from helpers.segmentation.worth import Worth


def add_results(record: Record, built: Built, rules: Published, worth: Worth | None, drift: Drift | None) -> None:
    """Add how many groups hold still, whom rules fit, what groups tell of what came next, and what moved.

    Args:
        record: The record of stage segmentation.
        built: The groups.
        rules: As `rules_table` gives them; what a page withholds is no result either.
        worth: What they are worth; None where that cannot be told.
        drift: How people differ from those that groups were learned of; None where that was today.
    """
    clusters = built.clusters
    record.add("segmentation.k", clusters.k, n=len(built.then.people))
    if clusters.silhouette is not None:
        record.add("segmentation.silhouette", clusters.silhouette)
    trial = clusters.reported
    if trial is not None:
        record.add("segmentation.ari_mean", trial.mean)
        record.add("segmentation.ari_min", trial.least, n=trial.draws)
        if trial.cloud is not None:
            record.add("segmentation.null_ari_mean", trial.cloud)
    for row in rules.frame.to_dict("records"):
        if not pd.isna(row[PEOPLE]) and not pd.isna(row[OTHERS]):
            record.add(f"segmentation.rules.{safe(row['Group'])}", int(row[PEOPLE]), n=int(row[PEOPLE] + row[OTHERS]))
    for (way, outcome), share in (worth.explained if worth else {}).items():
        record.add(f"segmentation.{way}.next_{outcome}_explained", share)
    if drift is not None:
        add_drift(record, drift)
