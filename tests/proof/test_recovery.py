"""Is what people prefer found again, and found better than by what leaps to the eye? In a world where it is known."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
import pytest
from markupsafe import Markup
from matplotlib import pyplot as plt

from helpers import identity, profiles
from helpers.privacy import publish
from helpers.reporting import Proof, charts, formats, render_figure
from helpers.simulate.worlds.preferences import TOPICS, draw_choosy
from helpers.statistics import Estimate, auc, mean, proportion, resample
from tests.proof.logs import made_shop, write_events

PEOPLE, SEED = 8_000, 2
FEW = 10
PREFERENCES = {
    "topic": "the topic they open more mails of",
    "format": "the format they open more mails of",
    "channel": "the channel of whose messages they follow more links",
    "hour": "the hour about which they come, give or take one",
}
BUYERS = {
    "sale": ("those who wait for discounts", "price_sensitivity", "discounted_order_share_observed"),
    "launch": ("those who buy what is new at full price", "launch_buyer_h", "discounted_order_share_observed"),
}


@pytest.fixture(scope="module")
def people(tmp_path_factory, home_at) -> pd.DataFrame:
    """Profiles by the world's names, with what is true (TRUE_…), what is said (OURS_…) and naive (NAIVE_…)."""
    known, products = draw_choosy(PEOPLE, seed=SEED)
    with home_at(tmp_path_factory.mktemp("choosy")) as home:
        shop = made_shop(home)
        write_events(shop, known.events, products=products)
        profiles.build(shop)
        named = shop.frame(identity.current(shop)).set_index("profile_id")["identifier"]
        own = shop.frame("profiles").set_index("profile_id").rename(index=named)
        lifts = shop.frame("affinities").assign(who=lambda frame: frame["profile_id"].map(named))
    own = own.join(_preferred(lifts)).join(_modal_hours(known.events)).join(known.truth.add_prefix("TRUE_"))
    rates = {name: own[f"{name}_click_rate_observed"].fillna(-1) for name in ("email", "sms")}
    return own.assign(
        OURS_channel=own["channel_rank"].str.split(", ").str[0],
        NAIVE_channel=np.where(rates["email"] >= rates["sms"], "email", "sms"),
        N_channel=own["email_click_rate_n"].fillna(0) + own["sms_click_rate_n"].fillna(0),
        OURS_hour=own["best_hour_app"],
        N_hour=own["best_hour_app_n"],
    )


def _modal_hours(events: pd.DataFrame) -> pd.DataFrame:
    """The hour with most visits; of equals the first."""
    visits = events[events["channel"] == "app"]
    counts = visits.groupby(["user_id", visits["timestamp"].dt.hour]).size().reset_index(name="n")
    return (
        counts.loc[counts.groupby("user_id")["n"].idxmax()]
        .set_index("user_id")[["timestamp"]]
        .set_axis(["NAIVE_hour"], axis=1)
    )


def _preferred(lifts: pd.DataFrame) -> pd.DataFrame:
    """The value with the highest lift, and naively the one with the highest share opened; of equals the first."""
    found = {}
    for about in ("topic", "format"):
        rows = lifts[lifts["about"] == about].sort_values("value")
        found[f"OURS_{about}"] = rows.loc[rows.groupby("who")["lift"].idxmax()].set_index("who")["value"]
        share = rows.assign(share=rows["answered"] / rows["n"])
        found[f"NAIVE_{about}"] = rows.loc[share.groupby("who")["share"].idxmax()].set_index("who")["value"]
        found[f"N_{about}"] = rows.groupby("who")["n"].sum()
    return pd.DataFrame(found)


def right(people: pd.DataFrame, what: str, whose: str) -> pd.Series:
    """Whether what is said of each is true; of hours, give or take one, around midnight too."""
    said, true = people[f"{whose}_{what}"], people[f"TRUE_{what}"]
    if what != "hour":
        return said == true
    apart = (said - true).abs() % 24
    return np.minimum(apart, 24 - apart) <= 1


@pytest.fixture(scope="module")
def outcomes(people) -> dict[str, dict[str, Estimate]]:
    """By preference: the share that is told right by ours, naively, and how much more often by ours, same people."""
    found = {}
    for what in PREFERENCES:
        for label, own in {"few": people[f"N_{what}"] <= FEW, "many": people[f"N_{what}"] > FEW}.items():
            rows = people[own & people[f"OURS_{what}"].notna()]
            ours, naive = (right(rows, what, whose) for whose in ("OURS", "NAIVE"))
            beyond = ours.astype(float) - naive.astype(float)
            found[what, label] = {
                "found": proportion(len(rows), int(ours.sum())),
                "naive": proportion(len(rows), int(naive.sum())),
                "beyond": mean(len(rows), float(beyond.sum()), float((beyond**2).sum())),
            }
    return found


def test_preferences_are_found_more_often_than_by_what_leaps_to_the_eye(outcomes, found, prove):
    for (what, label), own in outcomes.items():
        for name, each in own.items():
            found.record.add(f"proof.recovery.{what}.{label}.{name}", each)
    prove(proof_of(outcomes))
    for what in PREFERENCES:
        both = [outcomes[what, label] for label in ("few", "many")]
        assert all(each["found"].n >= 300 for each in both), what
        assert both[1]["found"].value > both[0]["found"].value, what
        assert max(each["beyond"].lo for each in both) > 0, what
        assert min(each["beyond"].hi for each in both) > 0, what


def test_each_preference_is_found_beyond_guessing(outcomes):
    guesses = {"topic": 1 / len(TOPICS), "format": 1 / 3, "channel": 1 / 2, "hour": 3 / 24}
    for what, guess in guesses.items():
        assert outcomes[what, "many"]["found"].lo > guess + 0.1, what


def test_buyers_are_told_apart(people, found):
    for buyer, (_, ours, naive) in BUYERS.items():
        rows = people[people[ours].notna() & people[naive].notna()]
        true = (rows["TRUE_buyer"] == buyer).to_numpy()
        sign = -1 if buyer == "launch" else 1
        scores = {"found": sign * rows[ours].to_numpy(), "naive": sign * rows[naive].to_numpy()}
        told = resample(
            {name: partial(auc_of, true, score) for name, score in scores.items()}, n=len(rows), draws=200, seed=SEED
        )
        for name in ("found", "naive"):
            found.record.add(f"proof.recovery.{buyer}.auc.{name}", told.estimate(name))
        assert told.estimate("found").lo > 0.75, buyer
        assert told.difference("found", "naive").lo > 0, buyer


def auc_of(true: np.ndarray, score: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """AUC under weights; the resampler gives it nothing else."""
    return auc(true, score, weights)


def proof_of(outcomes: dict[tuple[str, str], dict[str, Estimate]]) -> Proof:
    """The section of the page of proofs."""
    said = {"few": f"n up to {FEW}", "many": f"n over {FEW}"}
    rows = [
        (f"{what}, {said[label]}: {name}", own[key])
        for (what, label), own in outcomes.items()
        for name, key in {"ours": "found", "naive": "naive"}.items()
    ]
    labels, estimates = zip(*rows, strict=True)
    frame = pd.DataFrame([{"told right": label} | each._asdict() for label, each in rows]).drop(columns="numerator")
    most = max(outcomes, key=lambda key: outcomes[key]["beyond"].value)
    gain = formats.interval(outcomes[most]["beyond"], form=formats.points)
    return Proof(
        title="What people prefer, found again",
        claim=f"{PEOPLE:,} made-up people each prefer a topic, a format, a channel and an hour. Of how many is it told "
        "right, beside naming what was highest as observed: the share opened, the share clicked, the fullest hour?",
        found=f"Most is gained for the {most[0]} with {said[most[1]]}: {gain} of people.",
        figure=Markup(
            render_figure(
                charts.intervals(labels, estimates, ax=plt.figure(figsize=(6.6, 7.6)).subplots(), form=formats.percent),
                title=f"The {most[0]}, with {said[most[1]]}, is told right more often by {gain}",
                subtitle="People whose preference is told right, by what was observed of them",
                alt="; ".join(f"{label} {formats.percent(each.value)}" for label, each in rows) + ".",
                source="helpers.simulate.worlds.preferences and helpers.profiles",
                data=publish(frame, people=None, why="made-up people"),
            )
        ),
        limits="that real people have one preference each, or that it stays. Where next to nothing was observed, "
        "neither way is better than what is usual for all.",
    )
