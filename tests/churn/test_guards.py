"""Whatever holds something of the future is refused, however it is disguised, and what does not is passed."""

from __future__ import annotations

import math
from datetime import date, timedelta

import ibis
import numpy as np
import pandas as pd
import pytest

from helpers import profiles
from helpers.churn import FEATURES, build_panel, features, guard, guards, refuse_future
from helpers.churn.lesson import Lesson
from helpers.churn.linear import fit_logistic, logistic
from helpers.errors import WorkbenchError
from helpers.profiles.windows import day_number, number_of
from helpers.statistics import auc

AS_OF, CUTOFF, HORIZON = date(2025, 12, 1), date(2025, 10, 2), 60


@pytest.fixture(scope="module")
def panel(small_shop):
    return build_panel(small_shop, horizon_days=HORIZON)


def test_every_run_makes_features_anew_and_says_what_they_used(small_shop, panel):
    found = guard(small_shop, panel)
    assert (found.cutoff, found.people, found.features) == (CUTOFF, len(panel.test), len(FEATURES))
    assert str(found).startswith(f"{len(FEATURES)} features of {len(panel.test)} customers were made anew")
    assert small_shop.write("churn_features", found.table) == 5 * len(FEATURES)
    table = found.table.set_index(["cutoff", "feature"])
    assert (
        table["latest_at"].dropna() < [small_shop.midnight(cutoff) for cutoff, _ in table["latest_at"].dropna().index]
    ).all()
    assert table.loc[CUTOFF, "made_anew"].eq(len(panel.test)).all()
    assert table.loc[AS_OF, "made_anew"].eq(0).all()
    assert table.at[(CUTOFF, "gap_cv"), "known"] == panel.test["gap_cv"].notna().sum()


def test_times_are_those_of_the_days_that_a_feature_reads(small_shop, panel):
    daily = small_shop.frame("daily")
    latest = panel.latest[panel.latest["cutoff"] == CUTOFF].set_index("feature")["latest_at"]
    before = daily[pd.to_datetime(daily["day"]).dt.date < CUTOFF]
    assert latest["orders_count"] == before.loc[before["orders"] > 0, "last_at"].max()
    assert latest["events_7d"] == before["last_at"].max()
    assert latest["tenure_days"] == before.groupby("profile_id")["first_at"].min().max()
    assert pd.isna(latest["support_events_90d"])
    assert latest["orders_count"] < latest["events_7d"]


@pytest.mark.parametrize(("window", "feature"), [("so_far", "n_channels_active"), ("within", "events_7d")])
def test_a_window_that_lets_the_day_of_the_cutoff_in_is_refused(small_shop, panel, monkeypatch, window, feature):
    real = getattr(features, window)

    def early(days, *args, **more):
        return real(days.mutate(day=(days.day.cast("timestamp") - ibis.interval(days=1)).cast("date")), *args, **more)

    monkeypatch.setattr(features, window, early)
    seen = profiles.as_then(small_shop, [CUTOFF])
    late = panel._replace(latest=features.latest_times(small_shop, seen, [CUTOFF]))
    with pytest.raises(WorkbenchError, match=r"used an event of 2025-10-0[12].*not before its moment"):
        guard(small_shop, late)
    times = late.latest.set_index("feature")["latest_at"]
    assert times[feature] >= small_shop.midnight(CUTOFF)


def test_one_value_that_differs_in_its_last_bit_is_refused(small_shop, panel):
    aov = panel.test["aov_observed"].copy()
    aov.iloc[5] = np.nextafter(aov.iloc[5], np.inf)
    with pytest.raises(WorkbenchError, match=r"'aov_observed' of 2 October 2025 is another for 1 of"):
        guard(small_shop, panel._replace(test=panel.test.assign(aov_observed=aov)))


def test_of_many_people_five_hundred_are_made_anew_the_same_ones_each_time(small_shop, panel, monkeypatch):
    monkeypatch.setattr(guards, "MOST", 20)
    assert refuse_future(small_shop, panel.test) == 20
    once, again = (guards._some(small_shop, panel.test, CUTOFF) for _ in range(2))
    assert once.equals(again)


# Columns that hold something of the future, each as somebody could have made it of all days in good faith.
def orders_ever(days):
    """Counted to the end of history."""
    return days.group_by("profile_id").aggregate(own=days.orders.sum())


def days_to_next_order(days):
    ahead = days.filter(days.orders > 0, days.day >= CUTOFF)
    return ahead.group_by("profile_id").aggregate(own=day_number(ahead.day).min() - number_of(CUTOFF))


def recency_as_of_now(days):
    bought = days.filter(days.orders > 0)
    return bought.group_by("profile_id").aggregate(own=number_of(AS_OF) - day_number(bought.day).max())


def rate_of_the_channel(days):
    """How many who order on the channel did so again: encoded by what is to be told."""
    until = CUTOFF + timedelta(days=HORIZON)
    people = days.group_by("profile_id").aggregate(
        on_app=(days.on_app.sum(where=days.day < CUTOFF) > 0),
        again=(days.orders.sum(where=(days.day >= CUTOFF) & (days.day < until)).fill_null(0) > 0).cast("float64"),
    )
    return people.select("profile_id", own=people.again.mean().over(ibis.window(group_by="on_app")))


def active_days_as_of_now(days):
    """A metric of today's profiles, joined back."""
    return days.group_by("profile_id").aggregate(own=(days.acts > 0).sum())


def orders_in_60_days(days):
    """An honest one."""
    lately = days.filter(days.day < CUTOFF, days.day >= CUTOFF - timedelta(days=60))
    return lately.group_by("profile_id").aggregate(own=lately.orders.sum())


DISGUISED = [orders_ever, days_to_next_order, recency_as_of_now, rate_of_the_channel, active_days_as_of_now]


def with_own(shop, panel, made):
    """The panel's test people with a column made of all days."""
    own = shop.frame(made(shop.table("daily")))
    return panel.test.merge(own, left_on="known_as", right_on="profile_id", how="left", suffixes=("", "_again"))


@pytest.mark.parametrize("made", DISGUISED)
def test_a_disguised_column_of_the_future_is_refused(small_shop, panel, made):
    people = with_own(small_shop, panel, made)
    assert people["own"].notna().sum() > 20
    with pytest.raises(WorkbenchError, match=r"'own' of 2 October 2025 is another for .* something of what came later"):
        refuse_future(small_shop, people, ["own"], made=made)


def test_an_honest_column_is_passed(small_shop, panel):
    people = with_own(small_shop, panel, orders_in_60_days)
    assert people["own"].sum() > 20
    assert refuse_future(small_shop, people, ["own"], made=orders_in_60_days) == len(people)


def test_metrics_of_today_under_the_names_of_then_are_refused(small_shop, panel):
    now = small_shop.frame("profiles").set_index("profile_id")
    for name in ("orders_count", "days_since_last_order", "revenue_total"):
        today = panel.test["profile_id"].map(now[name]).astype(float)
        with pytest.raises(WorkbenchError, match=f"'{name}'"):
            refuse_future(small_shop, panel.test.assign(**{name: today}), [name])


def test_a_column_that_nobody_says_how_to_make_is_refused(small_shop, panel):
    with pytest.raises(WorkbenchError, match="Nothing says how feature 'own' is made"):
        refuse_future(small_shop, panel.test.assign(own=1.0), [*FEATURES, "own"])


SHUFFLES, LEVEL_99_9 = 20, 3.2905


def mean_and_band(panel, score):
    """The mean auc over shuffles of all labels, and how far chance lets it lie from one half.

    Of scores that know nothing of the labels the auc has variance (n + 1) / (12 a b) at most, with a and b people of
    the two kinds (Mann and Whitney, 1947).
    """
    rng = np.random.default_rng(1)
    found = []
    for _ in range(SHUFFLES):
        training, test = (
            people.assign(churned=rng.permutation(people["churned"])) for people in (panel.training, panel.test)
        )
        found.append(float(auc(test["churned"].to_numpy(), score(training, test))))
    gone, n = int(panel.test["churned"].sum()), len(panel.test)
    return np.mean(found), LEVEL_99_9 * math.sqrt((n + 1) / (12 * gone * (n - gone)) / SHUFFLES)


def test_of_shuffled_labels_nothing_is_learned(panel):
    mean, band = mean_and_band(
        panel, lambda training, test: fit_logistic(Lesson(training, {}, 0, 90, 1)).scores(test).rank
    )
    assert band < 0.07
    assert abs(mean - 0.5) < band


def test_of_shuffled_labels_something_is_learned_where_a_feature_holds_them(panel):
    def encoded(training, test):
        """A share of those who stopped by what people are alike in, learned of all at once."""
        every = pd.concat([training, test], ignore_index=True)
        rate = every.groupby("days_since_last_order")["churned"].transform("mean").to_numpy()[:, None]
        model = logistic().fit(rate[: len(training)], training["churned"])
        return model.predict_proba(rate[len(training) :])[:, 1]

    mean, band = mean_and_band(panel, encoded)
    assert mean - 0.5 > band
