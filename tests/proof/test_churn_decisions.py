"""Do decisions on churn scores hold what they say? In made-up worlds whose law is known."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from markupsafe import Markup
from matplotlib import pyplot as plt
from scipy.special import expit, logit
from scipy.stats import binom, norm, spearmanr
from xgboost import XGBClassifier

from helpers.churn import FEATURES
from helpers.churn.decisions.audit import audit
from helpers.churn.decisions.families import FAMILIES, FAMILY_NAMES
from helpers.churn.decisions.money import PER, Contact, judge_savings, learned_threshold
from helpers.churn.decisions.reasons import contribute, first_reasons
from helpers.privacy import publish
from helpers.reporting import Proof, charts, formats, render_figure
from helpers.statistics import mean, proportion
from tests.churn.conftest import make_people

CONTACT = Contact(cost=2.0, value=20.0, kept=0.25)  # pays from 40 of 100 on
PEOPLE, MANY, DRAWS = 1_000, 400_000, 200
SAVINGS, FAIR, OTHERS, GROWN = 400, 200, 100, 5
OFF, SHIFT = 0.5, 0.7  # logits
WORLDS = {
    "fair": "in which probabilities are right for everybody",
    "shifted": f"in which everybody leaves more often than is said, by {SHIFT} logits",
    "unfair": f"in which the customers of one channel of three do, by {SHIFT} logits",
}


class World(NamedTuple):
    """People of whom something is said, and what becomes of them."""

    churned: np.ndarray
    said: np.ndarray
    silence: np.ndarray
    groups: pd.DataFrame


def draw(n: int, seed: int, *, everybody: float = 0.0, app: float = 0.0) -> World:
    """Channel and tenure are drawn by lot, activity goes with what is said, and so does silence."""
    rng = np.random.default_rng(seed)
    said = rng.beta(2, 3, n)
    active = norm.ppf(said) + rng.normal(0, 1, n)
    tenths = 1 + np.floor(10 * (pd.Series(-active).rank().to_numpy() - 0.5) / n).astype(int)
    channel = rng.choice(["app", "pos", "web"], n)
    groups = pd.DataFrame({"activity": tenths, "tenure": rng.integers(1, 4, n), "channel": channel})
    truth = expit(logit(said) + everybody + app * (channel == "app"))
    silence = np.round(30 * np.exp(norm.ppf(said) + rng.normal(0, 1, n)))
    return World((rng.random(n) < truth).astype(int), said, silence, groups)


def judged(world: World, seed: int, *, learned: float):
    people = pd.DataFrame({"days_since_last_order": world.silence, "churned": world.churned})
    return judge_savings(people, world.said, CONTACT, learned=learned, draws=DRAWS, seed=seed)


@pytest.fixture(scope="module")
def savings() -> pd.DataFrame:
    """One row a world: whether intervals hold what very many people of the world would save."""
    rows = []
    for law, everybody in (("right", 0.0), ("off", OFF)):
        many = draw(MANY, 1, everybody=everybody)
        earlier = draw(MANY, 2, everybody=everybody)
        learned = learned_threshold(earlier.churned, earlier.said, CONTACT)
        truth = judged(many, 1, learned=learned)
        for seed in range(SAVINGS):
            found = judged(draw(PEOPLE, 10 + seed, everybody=everybody), seed, learned=learned)
            saving, gain = found.per_1000["threshold"], found.gains["recency"]
            rows.append(
                {
                    "law": law,
                    "saving": saving.value,
                    "saving_holds": saving.lo <= truth.per_1000["threshold"].value <= saving.hi,
                    "gain_holds": gain.lo <= truth.gains["recency"].value <= gain.hi,
                    "true_saving": truth.per_1000["threshold"].value,
                    "learned": learned,
                    "learned_gain": truth.gains["learned"].value,
                }
            )
    return pd.DataFrame(rows)


def test_an_expected_saving_holds_what_very_many_would_save(savings, found, prove):
    held = savings.groupby("law")[["saving_holds", "gain_holds"]].sum()
    least = binom.ppf(0.001, SAVINGS, 0.95)
    for law in held.index:
        for figure in ("saving", "gain"):
            key = f"proof.churn.{law}.{figure}.coverage"
            found.record.add(key, proportion(SAVINGS, int(held.loc[law, f"{figure}_holds"])))
    first = savings.drop_duplicates("law").set_index("law")
    off = first.loc["off"]
    shown = held.rename(columns={"saving_holds": "Saving held", "gain_holds": "Gain over recency held"}).reset_index()
    prove(
        Proof(
            title="What contacting saves is as sure as it is said to be",
            claim=f"In {SAVINGS} made-up worlds of {PEOPLE:,} people each, a contact costs {CONTACT.cost:g}, and keeps "
            f"{CONTACT.kept:.0%} of leavers, each worth {CONTACT.value:g}. The interval of what is saved by contacting "
            f"from {100 * CONTACT.threshold:.0f} of 100 on, and of what that saves beyond as long a list by recency, "
            f"should hold, 19 times in 20, what {MANY:,} people of the world save. The same where people leave more "
            f"often than is said, by {OFF} logits.",
            found=f"Of {SAVINGS} intervals of the saving {held.loc['right', 'saving_holds']} hold it, of the gain "
            f"{held.loc['right', 'gain_holds']}; where probabilities are off, {held.loc['off', 'saving_holds']} and "
            f"{held.loc['off', 'gain_holds']}. Where they are right, the threshold that was best for earlier people is "
            f"{first.loc['right', 'learned']:.2f}; where they are off it is {off['learned']:.2f} and saves "
            f"{-off['learned_gain']:.0f} for {PER:,} people beyond {off['true_saving']:.0f}.",
            figure=Markup(
                render_figure(
                    charts.bars(shown["law"], shown["Saving held"], ax=plt.subplots()[1]),
                    title=f"{held.loc['right', 'saving_holds']} of {SAVINGS} intervals hold the saving",
                    subtitle=f"Intervals (19 in 20) of {SAVINGS} that hold it, where probabilities are right and off",
                    alt=f"Bars: {charts.in_words(shown['law'], shown['Saving held'])}.",
                    source="helpers.churn.decisions",
                    data=publish(shown, people=None, why="made-up people"),
                )
            ),
            limits="that a contact keeps as many as is assumed; that takes an experiment.",
        )
    )
    assert held.to_numpy().min() >= least
    assert first.loc["right", "learned"] == pytest.approx(CONTACT.threshold, abs=0.05)
    assert off["learned"] < CONTACT.threshold - 0.05


@pytest.fixture(scope="module")
def alarms() -> pd.DataFrame:
    """One row a world: whether a group was called misjudged, which, and whether one was called ranked otherwise."""
    laws = {"fair": {}, "shifted": {"everybody": SHIFT}, "unfair": {"app": SHIFT}}
    rows = []
    for name, law in laws.items():
        for seed in range(FAIR if name == "fair" else OTHERS):
            world = draw(2 * PEOPLE, 5_000 + seed, **law)
            groups = audit(world.churned, world.said, world.said >= 0.4, world.groups, draws=2, seed=seed)
            off = [each for each in groups if each.misjudged]
            worst = min(off, key=lambda each: each.gap_p, default=None)
            by_lot = [each for each in groups if each.kind != "activity"]
            rows.append(
                {
                    "world": name,
                    "alarm": bool(off),
                    "right": worst is not None and worst.name == "app",
                    "ranked": any(each.ranked_otherwise for each in by_lot),
                }
            )
    return pd.DataFrame(rows)


def test_a_fair_world_is_quiet_and_an_unfair_one_is_told(alarms, found, prove):
    counts = alarms.groupby("world")[["alarm", "right", "ranked"]].sum()
    sizes = alarms["world"].value_counts()
    for name in WORLDS:
        found.record.add(f"proof.churn.alarm.{name}", proportion(int(sizes[name]), int(counts.loc[name, "alarm"])))
    shown = pd.DataFrame(
        {"World": [*WORLDS], "Worlds": sizes[[*WORLDS]].to_numpy(), "Alarms": counts.loc[[*WORLDS], "alarm"].to_numpy()}
    )
    prove(
        Proof(
            title="Groups that a score misjudges are told, and others are not",
            claim=f"Worlds of {2 * PEOPLE:,} people: {FAIR} {WORLDS['fair']}, {OTHERS} {WORLDS['shifted']}, {OTHERS} "
            f"{WORLDS['unfair']}. All are looked at by 16 groups: tenths by activity, which goes with what is said, "
            "and three channels and three tenures by lot. An alarm in either of the first two is false.",
            found=f"An alarm is given in {counts.loc['fair', 'alarm']} of {FAIR} fair worlds, in "
            f"{counts.loc['shifted', 'alarm']} of {OTHERS} where all are off alike, and in "
            f"{counts.loc['unfair', 'alarm']} of {OTHERS} unfair ones, where the channel in question is the first that "
            f"is named in {counts.loc['unfair', 'right']}. That people of a group by lot are ranked otherwise is said "
            f"in {counts.loc['fair', 'ranked']} of {FAIR} fair worlds.",
            figure=Markup(
                render_figure(
                    charts.bars(shown["World"], shown["Alarms"], ax=plt.subplots()[1]),
                    title=f"{counts.loc['unfair', 'alarm']} of {OTHERS} unfair worlds are told",
                    subtitle=f"Worlds with an alarm, of {FAIR} fair ones and {OTHERS} of either other kind",
                    alt=f"Bars: {charts.in_words(shown['World'], shown['Alarms'])}.",
                    source="helpers.churn.decisions",
                    data=publish(shown, people=None, why="made-up people"),
                )
            ),
            limits="that a shop names the groups that matter, and that they are large enough to tell.",
        )
    )
    assert counts.loc["fair", "alarm"] <= binom.ppf(0.999, FAIR, 0.05)
    assert counts.loc["fair", "ranked"] <= binom.ppf(0.999, FAIR, 0.05)
    assert counts.loc["shifted", "alarm"] <= binom.ppf(0.999, OTHERS, 0.05)
    assert counts.loc["unfair", "alarm"] >= 0.9 * OTHERS
    assert counts.loc["unfair", "right"] >= 0.85 * OTHERS


def people_of(family: str | None, seed: int) -> pd.DataFrame:
    """People who leave by one family alone, or by silence, frequency and spend."""
    rng = np.random.default_rng(seed)
    people = make_people(n=3_000, seed=seed).drop(columns="churned")
    people["support_events_90d"] = rng.poisson(2.0, len(people)).astype(float)
    # By lot, or the days since the first order would tell of those since the last one in a world without silence.
    people[["T_days", "recency_btyd_days"]] = rng.exponential(200.0, (len(people), 2))
    law = {family: 2.0} if family else {"silence": 1.5, "frequency": 1.0, "spend": 0.7}
    ranks = {name: people[FAMILIES[name][0]].rank().to_numpy() / len(people) - 0.5 for name in law}
    margin = 4 * sum(weight * ranks[name] for name, weight in law.items())
    return people.assign(churned=(rng.random(len(people)) < expit(margin)).astype(int))


def grow(people: pd.DataFrame, seed: int, without: tuple[str, ...] = ()):
    features = people[FEATURES].mask(np.isin(np.array(FEATURES), without)[None].repeat(len(people), axis=0))
    model = XGBClassifier(n_estimators=100, max_depth=3, learning_rate=0.1, random_state=seed, n_jobs=1)
    return model.fit(features.to_numpy(float), people["churned"]).get_booster()


@pytest.fixture(scope="module")
def alone() -> pd.Series:
    """By family: share of those whom it speaks against whose first reason it is, where it alone matters."""
    shares = {}
    for place, family in enumerate(FAMILIES):
        learn, judge = people_of(family, 100 + place), people_of(family, 200 + place)
        first = first_reasons(contribute(grow(learn, 1), judge))
        upper = (judge[FAMILIES[family][0]].rank() > len(judge) * 0.6).to_numpy()
        shares[family] = float((first[upper] == family).mean())
    return pd.Series(shares)


@pytest.fixture(scope="module")
def ablated() -> pd.DataFrame:
    """One row a world: how well reasons go with what leaving a family out does to a score."""
    rows = []
    for seed in range(GROWN):
        learn, judge = people_of(None, 300 + seed), people_of(None, 400 + seed)
        whole = contribute(grow(learn, seed), judge)
        lost = {
            family: whole.margin - contribute(grow(learn, seed, columns), judge).margin
            for family, columns in FAMILIES.items()
        }
        changes = pd.DataFrame(lost)
        changes -= changes.mean()
        same = changes.idxmax(axis=1).to_numpy() == first_reasons(whole)
        rows.append(
            {
                "seed": seed,
                "same": float(same.mean()),
                "agree": spearmanr(whole.families.to_numpy().ravel(), changes.to_numpy().ravel()).statistic,
            }
        )
    return pd.DataFrame(rows)


def test_reasons_are_those_of_the_world_and_of_leaving_a_family_out(alone, ablated, found, prove):
    same, agree = (
        mean(GROWN, float(ablated[name].sum()), float((ablated[name] ** 2).sum())) for name in ("same", "agree")
    )
    found.record.add("proof.churn.reasons.alone", float(alone.min()))
    found.record.add("proof.churn.reasons.ablation_same", same)
    found.record.add("proof.churn.reasons.ablation_correlation", agree)
    shown = pd.DataFrame({"Family": [FAMILY_NAMES[name] for name in alone.index], "Of 100": 100 * alone.to_numpy()})
    prove(
        Proof(
            title="A reason is what the score rests on",
            claim="Six worlds of 3,000 people in each of which one family of features alone decides who leaves: of the "
            f"people for whom it is high, it should be the first reason. And {GROWN} worlds in which three families "
            "decide: trees are grown again without each family, and what that takes from a score is held against what "
            "the reasons gave to the family.",
            found=f"Where one family decides, it is the first reason of {100 * alone.min():.0f} to "
            f"{100 * alone.max():.0f} of 100. Where three do, the family whose absence takes most from a score is its "
            f"first reason for {formats.interval(same, form=formats.percent)} of people, of six families, and over all "
            f"people and families the two go together with a rank correlation of {formats.interval(agree)}.",
            figure=Markup(
                render_figure(
                    charts.bars(shown["Family"], shown["Of 100"], ax=plt.subplots()[1]),
                    title="Where one family decides, it is the first reason",
                    subtitle="Of 100 people for whom the family is high, those whose first reason it is",
                    alt=f"Bars: {charts.in_words(shown['Family'], shown['Of 100'])}.",
                    source="helpers.churn.decisions",
                    data=publish(shown, people=None, why="made-up people"),
                )
            ),
            limits="that a reason is a cause: to change what it names may change nothing.",
        )
    )
    assert alone.min() > 0.85
    assert same.value > 0.6
    assert agree.value > 0.6
