"""An outage is no churn: while it lasts and after it, states change no more than in an ordinary week."""

import numpy as np
import pandas as pd
import pytest

from helpers.profiles.states import lifecycle, outages, thresholds
from helpers.profiles.states.movement import Clocks
from helpers.profiles.states.stay import stays
from tests.profiles.states.worlds import START, badly, daily, day, kinds

PEOPLE, DAYS, AT = 1_500, 420, 330
WEEKS_AFTER = 4


def shop_days(seed=3):
    """Days with an act: half of the people come to the web shop, the others open the mails of every other day."""
    rng = np.random.default_rng(seed)
    gap = rng.uniform(3, 12, PEOPLE)
    mailed = np.arange(PEOPLE) % 2 == 1
    came = rng.random((PEOPLE, DAYS)) < 1 / gap[:, None]
    came[mailed, 1::2] = False
    came[mailed] |= (rng.random((mailed.sum(), DAYS)) < 1 / gap[mailed, None]) & (np.arange(DAYS) % 2 == 0)
    came[:, :3] |= rng.random((PEOPLE, 3)) < 0.5
    who, on = np.nonzero(came)
    return pd.DataFrame({"who": who, "on": on, "channel": np.where(mailed[who], "email", "web")})


def deliveries(days=DAYS):
    who, on = (each.ravel() for each in np.meshgrid(np.arange(1, PEOPLE, 2), np.arange(0, days, 2)))
    return pd.DataFrame({"who": who, "on": on, "channel": "email", "acts": 0})


def changes_by_day(acts, sent):
    """How many states change at each midnight."""
    sent = sent.merge(acts[["who", "on"]], how="left", on=["who", "on"], indicator=True)
    sent = sent[sent.pop("_merge") == "left_only"]
    rows = pd.concat([acts.assign(acts=1), sent], ignore_index=True)
    rows = rows.assign(profile_id=rows["who"].astype(str).str.zfill(5), number=START + rows["on"])
    opened = rows[(rows["channel"] == "email") & (rows["acts"] == 1)]
    table, until = daily(rows), START + DAYS
    answered = kinds(opened[["profile_id", "number"]].assign(kind="email opened"))
    rhythm = lifecycle.rhythms(table, answered, badly()).cache()
    clocks = Clocks.of(rhythm, outages.silent(outages.volumes(table, day(until))))
    found = lifecycle.silences(rhythm, clocks).cache()
    told = (
        lifecycle.changes(found, thresholds.thresholds(found, clocks.frame), clocks, until=until)
        .to_pyarrow()
        .to_pandas()
    )
    kept = stays(told.sort_values(["profile_id", "at"], ignore_index=True), until)
    return np.bincount(kept["at"] - START, minlength=DAYS + 1)


def ordinary(acts, sent, share=1.0, seed=4):
    rng = np.random.default_rng(seed)
    return acts[rng.random(len(acts)) < share], sent


def three_missing_days(acts, sent):
    gone = range(AT, AT + 3)
    return acts[~acts["on"].isin(gone)], sent[~sent["on"].isin(gone)]


def ten_days_without_mails(acts, sent):
    gone = range(AT, AT + 10)
    return acts[~(acts["on"].isin(gone) & (acts["channel"] == "email"))], sent[~sent["on"].isin(gone)]


def a_week_of_forty_percent_less(acts, sent):
    rng = np.random.default_rng(5)
    week = acts["on"].isin(range(AT, AT + 7))
    return acts[~week | (rng.random(len(acts)) < 0.6)], sent


@pytest.fixture(scope="module")
def world():
    acts, sent = shop_days(), deliveries()
    return acts, sent, changes_by_day(acts, sent)


@pytest.mark.parametrize("outage", [three_missing_days, ten_days_without_mails, a_week_of_forty_percent_less])
def test_no_week_of_or_after_an_outage_has_more_changes_than_an_ordinary_one(world, outage):
    acts, sent, usual = world
    found = changes_by_day(*outage(acts, sent))
    assert (found[:AT] == usual[:AT]).all()
    weeks = np.arange(AT, AT + 7 * WEEKS_AFTER).reshape(WEEKS_AFTER, 7) + 1
    others = np.arange(AT - 7 * 12, AT + 7 * WEEKS_AFTER).reshape(-1, 7) + 1
    most = usual[others].sum(axis=1).max()
    assert (found[weeks].sum(axis=1) <= most).all()


def test_without_the_judgement_of_volumes_an_outage_would_be_taken_for_silence(world, monkeypatch):
    acts, sent, usual = world
    monkeypatch.setattr(outages, "silent", lambda seen: seen.astype(bool) & False)
    found = changes_by_day(*ten_days_without_mails(acts, sent))
    most = usual[(np.arange(AT - 84, AT) + 1).reshape(12, 7)].sum(axis=1).max()
    week = np.arange(AT + 4, AT + 11) + 1
    assert found[week].sum() > 1.2 * most


def volumes(*counts):
    return pd.DataFrame({"web": counts}, index=range(len(counts)))


def test_a_day_far_below_the_same_weekdays_before_is_silent():
    quiet_sundays = [100, 100, 100, 100, 100, 100, 30] * 8
    assert not outages.silent(volumes(*quiet_sundays))["web"].any()
    assert outages.silent(volumes(*quiet_sundays, 60))["web"].tolist()[-1]
    assert not outages.silent(volumes(*quiet_sundays, 85))["web"].tolist()[-1]


def test_few_people_are_no_measure():
    assert not outages.silent(volumes(*[3] * 56, 0))["web"].tolist()[-1]


def test_a_lasting_fall_is_the_measure_after_some_weeks():
    fallen = outages.silent(volumes(*[100] * 56, *[50] * 70))["web"].to_numpy()
    assert fallen[56:77].all()
    assert not fallen[-14:].any()


def test_four_weeks_must_have_been_seen():
    assert not outages.silent(volumes(*[100] * 27, 0))["web"].any()
    assert outages.silent(volumes(*[100] * 28, 0))["web"].tolist()[-1]
