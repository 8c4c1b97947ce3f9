"""Is it seen early that somebody comes less, and seldom said of who does not? In two worlds whose law is known.

Rules are held against a CUSUM that knows everybody's rate and how people fall, at equal budgets of false entries. How
entries and delays are counted, alike for all rules, stands in `entries`. Beyond that:

- Everybody has 240 days of history before anything changes or counts: a young customer is not judged here.
- The oracle keeps the budget in each band: one budget over all would be spent where people come seldom. It is set by
  other people than those who are judged, so that it is not lucky with them.
- Our detector is told nothing. It learns each rate from a history that holds the change itself, among people two in
  five of whom change, while all of them move with week and season.
- A change comes on a day drawn at random and not after a visit: nobody is chosen for a gap that was long already.
- There are as many people in each band, and they count alike; by band and kind all is told beside.
- In sparse bands hardly anybody is found within the horizon by any rule, and a ratio of capped delays is near one: so
  who is undetected is told, and the ratio is not asked for in all alone but in each band.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from markupsafe import Markup
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy.stats import beta

from helpers.privacy import publish
from helpers.reporting import Proof, formats, render_figure, style
from helpers.simulate.worlds import declines
from helpers.simulate.worlds.declines import BANDS, DAYS, HISTORY, Declines, draw_declines, share_left
from tests.proof import rules
from tests.proof.detectors import ours
from tests.proof.entries import HORIZON, entries_of, false_entries
from tests.proof.judged import BUDGET, BUDGETS, KINDS, SILENCES, Outcome, judge
from tests.proof.oracle import cusum, knowing

PEOPLE, OTHERS, SEED = 12_000, 8_000, 1
WORLDS = {"steady": False, "clustered": True}
MARGIN = 0.03  # false entries a year above the budget, at the upper end of the interval
AT_MOST, AT_MOST_IN_A_BAND = 1.5, 1.6
FLAT, OUTAGE = 2_500, 500


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Outcome]:
    return {
        name: judge(draw_declines(PEOPLE, clustered=form, seed=SEED), clustered=form, others=OTHERS, seed=SEED + 100)
        for name, form in WORLDS.items()
    }


@pytest.mark.parametrize("world", WORLDS)
def test_who_comes_less_is_seen_early(outcomes, world, found, prove):
    outcome = outcomes[world]
    mine = outcome.false[f"ours {BUDGET}"]
    found.record.add(f"proof.states.{world}.delay_ratio_to_oracle", outcome.ratio)
    found.record.add(f"proof.states.{world}.false_per_customer_year", mine)
    for rule in ["fixed", *(f"silence {days}" for days in SILENCES)]:
        found.record.add(f"proof.states.{world}.{rule.replace(' ', '_')}.false_per_customer_year", outcome.false[rule])
    prove(proof_of(world, outcome))
    assert mine.hi <= BUDGET + MARGIN
    assert outcome.ratio.hi <= AT_MOST
    assert max(each.value for each in outcome.ratios.values()) <= AT_MOST_IN_A_BAND


@pytest.mark.parametrize("world", WORLDS)
def test_the_yardsticks_are_what_they_should_be(outcomes, world):
    outcome = outcomes[world]
    for budget in BUDGETS:
        assert outcome.false[f"oracle {budget}"].value == pytest.approx(budget, rel=0.15)
        assert outcome.false[f"one limit {budget}"].value == pytest.approx(budget, rel=0.15)
    assert outcome.false["fixed"].lo > 1
    assert outcome.false["silence 30"].lo > 1
    for kind in KINDS:
        assert outcome.delays[f"oracle {BUDGET}", kind].hi < outcome.delays[f"one limit {BUDGET}", kind].lo
        assert outcome.delays[f"ours {BUDGET}", kind].hi < outcome.delays[f"one limit {BUDGET}", kind].lo


@pytest.fixture(scope="module")
def unstruck() -> dict[str, tuple[Declines, int]]:
    """People who never change, and how many are told of a decline in four weeks without an outage."""
    kinds = {"flat": 1.0}
    drawn = {world: draw_declines(FLAT, clustered=form, seed=SEED + 7, kinds=kinds) for world, form in WORLDS.items()}
    return {world: (own, entered(own)) for world, own in drawn.items()}


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("outage", ["missing days", "paused sends", "a bad week", "bad for good"])
def test_an_outage_is_not_churn(unstruck, world, outage):
    drawn, usual = unstruck[world]
    visits = {
        "missing days": declines.without_days(drawn.visits, OUTAGE),
        "paused sends": declines.without_sends(drawn.visits, OUTAGE),
        "a bad week": declines.thinned(drawn.visits, OUTAGE, seed=SEED),
        "bad for good": declines.thinned(drawn.visits, OUTAGE, seed=SEED, days=DAYS),
    }[outage]
    # Four weeks, so that what an outage starts has come out; so many as by chance one time in a thousand.
    assert entered(drawn._replace(visits=visits)) <= usual + 3.1 * np.sqrt(usual)


def entered(world: Declines) -> int:
    return ours(world, BUDGET)["day"].between(OUTAGE, OUTAGE + 28).sum()


@pytest.mark.parametrize("world", WORLDS)
def test_the_worlds_have_what_they_are_made_for(world):
    drawn = draw_declines(8_000, clustered=WORLDS[world], seed=SEED + 3)
    people, active = drawn.people, rules.active_days(drawn)
    flat = (people["kind"] == "flat").to_numpy()
    gaps = drawn.visits.assign(gap=drawn.visits.groupby("person")["day"].diff()).dropna()
    for band in BANDS:
        own = flat & (people["band"] == band).to_numpy()
        expected = 1 - (1 - people["rate"].to_numpy()[own]) ** drawn.movement[HISTORY:, None]
        assert active[HISTORY:, own].mean() == pytest.approx(expected.mean(), rel=0.05)
        assert 1 / people["rate"][own].mean() == pytest.approx(band, rel=0.05)
    own = gaps[gaps["person"].isin(people.index[flat & (people["band"] == 30)])]["gap"]
    assert (own.std() / own.mean() > 1.5) == WORLDS[world]
    last = drawn.visits.groupby("person")["day"].last()
    since = (last - people["changes_on"]).groupby(people["kind"])
    assert since.max()["abrupt"] < 0
    assert 40 < since.max()["gradual"] < 120
    for kind in ("gradual", "halved"):
        own = people[people["kind"] == kind]
        expected = [1 - (1 - own["rate"]) ** (drawn.movement[day] * share_left(own, day)) for day in range(250, DAYS)]
        assert active[250:, own.index].mean() == pytest.approx(np.mean(expected), rel=0.05)


def test_outages_take_away_what_they_say():
    visits = draw_declines(2_000, clustered=False, seed=SEED).visits
    during = visits["day"].between(OUTAGE, OUTAGE + 9)
    assert not declines.without_days(visits, OUTAGE)["day"].between(OUTAGE, OUTAGE + 2).any()
    assert len(visits) - len(declines.without_sends(visits, OUTAGE)) == (during & (visits["channel"] == "email")).sum()
    left = declines.thinned(visits, OUTAGE, seed=SEED, days=DAYS)
    after = visits["day"] >= OUTAGE
    assert (left["day"] >= OUTAGE).sum() / after.sum() == pytest.approx(0.6, abs=0.02)
    assert (left["day"] < OUTAGE).sum() == (~after).sum()


@pytest.fixture(scope="module")
def few() -> Declines:
    return draw_declines(40, clustered=True, seed=SEED)


def days_of(world: Declines) -> dict[int, set[int]]:
    return world.visits.groupby("person")["day"].agg(set).to_dict()


def told(says: dict[tuple[int, int], bool]) -> set[tuple[int, int]]:
    return {(who, day) for (who, day), said in says.items() if said and not says.get((who, day - 1), False)}


def test_silence_is_what_it_says(few):
    says = {
        (who, night): night - max((day for day in days if day < night), default=night) > 30
        for who, days in days_of(few).items()
        for night in range(DAYS + 1)
    }
    assert set(rules.silence(few, 30)[["person", "day"]].itertuples(index=False, name=None)) == told(says)


def test_the_fixed_rule_is_what_it_says(few):
    says = {}
    for who, days in days_of(few).items():
        for night in range(min(days) + 60, DAYS + 1):
            now, before = (sum(start <= day < start + 30 for day in days) for start in (night - 30, night - 60))
            says[who, night] = beta.cdf(0.6 / 1.6, now + 0.5, before + 0.5) >= 0.9
    found = rules.fixed(few)
    assert len(found) > 50
    assert set(found[["person", "day"]].itertuples(index=False, name=None)) == told(says)
    left = {(who, night) for (who, night), said in says.items() if not said and says.get((who, night - 1))}
    assert set(found.loc[found["left"] <= DAYS, ["person", "left"]].itertuples(index=False, name=None)) == left


def test_the_oracle_is_a_cusum(few):
    days, height, expected = days_of(few), 3.0, set()
    for who, begins, rate in few.people[["person", "begins", "rate"]].itertuples(index=False):
        total = 0.0
        for day in range(begins + 1, DAYS):
            comes, fallen = 1 - (1 - rate) ** few.movement[day], 1 - (1 - rate) ** (0.5 * few.movement[day])
            total += np.log(fallen / comes) if day in days[who] else np.log((1 - fallen) / (1 - comes))
            total = max(total, 0)
            if total >= height:
                expected.add((who, day + 1))
                total = 0
    _, person, night = cusum(knowing(few, 0.5), np.full((1, 40), height), few.people["begins"].to_numpy())
    assert len(expected) > 20
    assert set(zip(person.tolist(), night.tolist(), strict=True)) == expected


def test_entries_before_anybody_is_watched_do_not_count(few):
    flat = few.people[few.people["kind"] == "flat"].iloc[0]
    first = flat["begins"] + HISTORY
    entries = entries_of(np.full(3, flat["person"]), np.array([first - 5, first, first + 1]), np.full(3, first + 11))
    counts = false_entries(entries, few.people).loc[flat["person"]]
    assert counts["entries"] == 1
    assert counts["spent"] * 365.25 == pytest.approx(11 + 11 + 10)


def proof_of(world: str, outcome: Outcome) -> Proof:
    """The section of the page of proofs."""
    mine, fixed = outcome.false[f"ours {BUDGET}"], outcome.false["fixed"]
    worst = max(outcome.ratios, key=lambda each: outcome.ratios[each].value)
    means = {rule: [outcome.delays[f"{rule} {BUDGET}", kind] for kind in KINDS] for rule in ("ours", "one limit")}
    said = {rule: " and ".join(formats.interval(each) for each in own) for rule, own in means.items()}
    shown = outcome.table.drop(columns=["false_lo", "false_hi"])
    law = {
        "steady": "each day is a draw of its own",
        "clustered": "they come in bursts, 2.5 active days on average, and then not for long",
    }[world]
    return Proof(
        title=f"How early it is seen that somebody comes less, in the {world} world",
        claim=f"{PEOPLE:,} made-up people come every 3, 7, 14 or 30 days on average, as many of each, more often on "
        f"some weekdays and in one half of the year; {law}. Three in five never change. Others stop on a day (abrupt), "
        f"or come less and less until they stop after 60 to 90 days (gradual), or half as often from a day on. How "
        "often is somebody who never changes taken for one who does, and how long does it take until who does change "
        "is found? Beside ours stand limits of silence, the rule that the last 30 days have at most 0.6 of the 30 "
        "before (as surely as 9 in 10), and a CUSUM that knows everybody's rate, how all of them move, and how people "
        "fall: nobody can have that, and hardly anything can be sooner.\n\n"
        f"All rules are looked at every midnight and counted alike: false entries after {HISTORY} days of history; "
        f"delays from the first day that is different, {HORIZON} days at most, which is also what those count with who "
        "are not found within them; whom a rule has already on that day is left out and told apart.",
        found=f"At {BUDGET} false entries a customer-year the mean delay is {formats.interval(outcome.ratio)} times "
        f"the oracle's, over {outcome.ratio.n:,} people; the worst of all bands is {worst[0]}, every {worst[1]} days, "
        f"with {formats.interval(outcome.ratios[worst])}. False entries: {formats.interval(mine)}, of {mine.n:,} "
        f"people. Mean delay, abrupt and gradual: {said['ours']} days; with one limit of silence for all that is wrong "
        f"as seldom: {said['one limit']} days. The rule of 30 days against 30 is wrong {formats.interval(fixed)} times "
        "a year.",
        figure=Markup(
            render_figure(
                drawing(outcome.table),
                title=f"Our delay is {formats.number(outcome.ratio.value)} times that of one who knows everything",
                subtitle="Days from the last visit to the entry (mean; below zero: before it) by false entries a "
                f"customer-year, {world} world, by mean gap between active days",
                alt=f"At {BUDGET} false entries a year: "
                + "; ".join(
                    f"{row.kind}, every {row.band} days, {row.rule.split()[0]} {row.after_last_visit:.0f} days"
                    for row in outcome.table.itertuples()
                    if row.rule in {f"ours {BUDGET}", f"oracle {BUDGET}"} and row.kind in KINDS
                )
                + ".",
                source="helpers.simulate.worlds.declines and tests.proof.detectors",
                data=publish(shown, people=None, why="made-up people"),
                caption="Further down is sooner, further left more seldom wrong. Diamonds: 30, 60 and 90 days of "
                "silence. Cross: 30 days against the 30 before. Rules that are never wrong are at the left edge.",
            )
        ),
        limits="that real people come and leave by such laws; the bands, the bursts and the falls were chosen. Who has "
        "been known for less than 240 days is not judged. Where people come every 30 days, hardly any rule finds them "
        f"within {HORIZON} days in a world of bursts, and equal delays there mean little: the share undetected tells "
        "more.",
    )


def drawing(table: pd.DataFrame) -> Figure:
    """Delay against false entries, a row of small charts a kind, one a band."""
    figure, places = plt.subplots(len(KINDS), len(BANDS), figsize=(7.2, 5.6), sharex=True, sharey="row")
    for kind, row in zip(KINDS, places, strict=True):
        for band, ax in zip(BANDS, row, strict=True):
            curves(table[(table["kind"] == kind) & (table["band"] == band)], ax=ax)
            ax.set_title(f"every {band} days" if kind == KINDS[0] else "")
        row[0].set_ylabel(f"{kind}: days")
    for ax in places[-1]:
        ax.set_xlabel("false a year")
    figure.legend(*places[0, 0].get_legend_handles_labels(), loc="outside upper center", ncols=3, frameon=False)
    return figure


def curves(own: pd.DataFrame, *, ax: Axes) -> None:
    at_least = 0.02
    looks = {
        "ours": (style.BLUE, "-", "o"), "oracle": (style.GREEN, "--", "s"), "one limit": (style.GREY, ":", "."),
        "silence": (style.ORANGE, "", "D"), "fixed": (style.PINK, "", "X"),
    }  # fmt: skip
    for name, (colour, line, marker) in looks.items():
        rows = own[own["rule"].str.startswith(name)]
        ax.plot(
            rows["false"].clip(lower=at_least), rows["after_last_visit"],
            color=colour, linestyle=line, marker=marker, markersize=5, linewidth=1.5, label=name,
        )  # fmt: skip
    ax.axhline(0, color=style.MUTED, linewidth=1, linestyle="-")
    ax.set_xscale("log")
    ax.set_xlim(at_least * 0.8, 6)
    ax.set_xticks([0.1, 1], ["0.1", "1"])
