"""Checks of an experiment beside its size: by day and slice, mixed arms, arrivals, missing outcomes, balance before.

Each takes a few counts or sums and says one sentence. None of these stops the reading: they say where to look. What
stops it is the overall sample ratio of `health`.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import chi2_contingency, norm

from helpers.reporting import Record, date, keys, number, part, percent
from helpers.statistics import Moments, holm, sample_ratio

FLAG_P = 0.01  # adjusted for their number, so that of 100 healthy experiments one is looked at in vain
MIXED = 0.01  # share of people in two arms from which on the assignment is looked at
EXPECTED = 5  # smallest expected count of a chi-square test
BALANCE = ("covariate", "arm", "control_mean", "arm_mean", "standardised", "p", "p_holm")


class Check(NamedTuple):
    """What one check found.

    Attributes:
        name: Last part of its result key.
        fine: Whether there is nothing to look at; None where there was nothing to check.
        value: Its figure, None where it has none: a probability, a share, a number of days or of deviations.
        n: People it rests on.
        sentence: What it says, for the cell of a table: names in it are as they are.
    """

    name: str
    fine: bool | None
    value: float | None
    n: int
    sentence: str


def ratio_by(counts: pd.DataFrame, by: Sequence[str], sizes: Mapping[str, float]) -> pd.DataFrame:
    """Test the arms' sizes in each day or slice, adjusted for how many there are.

    Args:
        counts: Columns of `by`, arm, people; an arm without a row has nobody.
        by: Columns that name a day, or a slice and its value.
        sizes: Relative size of each declared arm as planned.

    Returns:
        One row a group, in order: `by`, people, p and p_holm, which are missing where the smallest expected size is
        below 5.
    """
    arms = sorted(sizes)
    wide = counts.pivot_table(index=list(by), columns="arm", values="people", aggfunc="sum", fill_value=0)
    wide = wide.reindex(columns=arms, fill_value=0).sort_index()
    tests = [sample_ratio(dict(zip(arms, map(int, row), strict=True)), sizes) for row in wide.to_numpy()]
    p = [test.p if min(test.expected.values()) >= EXPECTED else math.nan for test in tests]
    found = pd.DataFrame(
        {"people": wide.sum(axis=1).astype("int64"), "p": np.asarray(p, dtype=float)}, index=wide.index
    )
    return found.assign(p_holm=_adjusted(found["p"])).reset_index()


def check_ratio_by_day(by_day: pd.DataFrame) -> Check:
    """Whether the arms are as large as planned on each day.

    Args:
        by_day: What `ratio_by` found, by "day".
    """
    tested = by_day[by_day["p"].notna()]
    n = int(by_day["people"].sum())
    if tested.empty:
        return Check("srm_day_p", None, None, n, "On no day came enough people to compare the arms day by day.")
    off, least = tested[tested["p_holm"] < FLAG_P], float(tested["p_holm"].min())
    if len(by_day) == 1:
        far = "no further" if off.empty else "further"
        said = f"On the only day the arms are {far} from plan than chance brings them."
    elif off.empty:
        said = f"On none of {len(tested)} days are the arms further from plan than chance brings them."
    else:
        first = date(off["day"].min())
        said = (
            f"On {len(off)} of {len(tested)} days the arms are further from plan than chance brings them, first on "
            f"{first}: see what was changed then."
        )
    return Check("srm_day_p", off.empty, least, n, said)


def check_ratio_by_slice(by_slice: pd.DataFrame) -> Check:
    """Whether the arms are as large as planned in each slice.

    Args:
        by_slice: What `ratio_by` found, by "slice" and "value".
    """
    tested = by_slice[by_slice["p"].notna()]
    n = int(by_slice.groupby("slice")["people"].sum().max()) if len(by_slice) else 0
    if tested.empty:
        return Check("srm_slice_p", None, None, n, "No slice has enough people to compare the arms in it.")
    off, least = tested[tested["p_holm"] < FLAG_P], float(tested["p_holm"].min())
    if off.empty:
        said = f"In none of {len(tested)} slices are the arms further from plan than chance brings them."
    else:
        worst = off.sort_values(["p_holm", "slice", "value"]).iloc[0]
        said = (
            f"In {len(off)} of {len(tested)} slices the arms are further from plan than chance brings them, most where "
            f"{worst['slice']} is {worst['value']}: the assignment, or the counting, works "
            "differently there."
        )
    return Check("srm_slice_p", off.empty, least, n, said)


def check_mixed(in_one: int, in_two: int) -> Check:
    """Whether few people saw more than one arm.

    Args:
        in_one: People exposed to one arm.
        in_two: People exposed to more than one.
    """
    n = in_one + in_two
    if not n:
        return Check("mixed", None, None, 0, "Nobody was exposed.")
    share, said = in_two / n, f"Exposed to more than one arm, and in none: {part(in_two, n)} people."
    if share > MIXED:
        said += f" That is more than {percent(MIXED)}: arms are not kept by person, and who is left may differ."
    return Check("mixed", share <= MIXED, share, n, said)


def check_arrivals(daily: pd.DataFrame) -> Check:
    """Whether people came on each day between the first and the last.

    Args:
        daily: day, arm, people.
    """
    n = int(daily["people"].sum())
    days = pd.DatetimeIndex(daily.loc[daily["people"] > 0, "day"].unique()).sort_values()
    if days.empty:
        return Check("silent_days", None, None, n, "Nobody was exposed.")
    every = pd.date_range(days[0], days[-1], freq="D")
    silent = every.difference(days)
    if len(every) == 1:
        said = f"Everybody was first exposed on one day, {date(days[0])}."
    elif silent.empty:
        said = f"New people were exposed on each of {len(every)} days, {date(days[0])} to {date(days[-1])}."
    else:
        said = (
            f"On {len(silent)} of {len(every)} days between {date(days[0])} and {date(days[-1])} nobody new was "
            f"exposed, first on {date(silent[0])}: was the experiment off, or is data missing?"
        )
    return Check("silent_days", silent.empty, float(len(silent)), n, said)


def check_missing(exposed: Mapping[str, int], known: Mapping[str, int] | None, until: dt.date | None) -> Check:
    """Whether outcomes are missing, and more often in one arm than in another.

    Args:
        exposed: People by arm whose outcome should be known.
        known: Those of them whose outcome is; None where that cannot be told.
        until: Day until which outcomes are known.
    """
    n = sum(exposed.values())
    if not n:
        return Check("missing_p", None, None, 0, "Nobody's outcome is due.")
    if known is None:
        said = "What the goal counts came on too few days to tell whether an outcome is missing."
        return Check("missing_p", None, None, n, said)
    gone = {arm: count - known.get(arm, 0) for arm, count in exposed.items()}
    if not any(gone.values()):
        return Check("missing_p", True, 1.0, n, "Nobody's outcome is missing.")
    said = (
        f"Of what the goal counts nothing was heard for longer than ever, so that after {date(until)} outcomes may be "
        f"missing: those of {part(sum(gone.values()), n)} people"
    )
    table = np.array([[gone[arm], exposed[arm] - gone[arm]] for arm in exposed if exposed[arm]])
    if len(table) < 2 or not table.sum(axis=0).all():
        return Check("missing_p", False, None, n, f"{said}.")
    p = float(chi2_contingency(table, correction=False).pvalue)
    alike = "the arms alike" if p >= FLAG_P else "one arm more than in another: the arms cannot be compared freely"
    return Check("missing_p", False, p, n, f"{said}, in {alike}.")


def balance(sums: Mapping[tuple[str, str], Moments], control: str) -> pd.DataFrame:
    """How far arms were apart before the experiment, in standard deviations.

    Args:
        sums: Of what was known before, by covariate and arm.
        control: The arm that others are compared with.

    Returns:
        One row a covariate and other arm, columns as in `BALANCE`. The standardised difference is that of the means
        over the root of the mean variance (Austin 2009); p is that of their difference, p_holm adjusted for all rows.
        Both are missing where nothing varies or somebody is alone.
    """
    rows = []
    for (covariate, arm), own in sorted(sums.items()):
        theirs = sums.get((covariate, control))
        if arm == control or theirs is None or min(own.n, theirs.n) < 2:
            continue
        mean, other = own.total / own.n, theirs.total / theirs.n
        variances = [max(each.squares - each.total**2 / each.n, 0) / (each.n - 1) for each in (own, theirs)]
        spread, error = math.sqrt(sum(variances) / 2), math.sqrt(variances[0] / own.n + variances[1] / theirs.n)
        apart, p = ((mean - other) / spread, 2 * norm.sf(abs(mean - other) / error)) if error else (math.nan, math.nan)
        rows.append((covariate, arm, other, mean, apart, p))
    frame = pd.DataFrame(rows, columns=BALANCE[:-1])
    return frame.assign(p_holm=_adjusted(frame["p"].astype("float64")))


def check_balance(found: pd.DataFrame, n: int) -> Check:
    """Whether arms were alike before the experiment.

    Args:
        found: What `balance` found.
        n: People it rests on.
    """
    told = found[found["standardised"].notna()]
    if told.empty:
        return Check("balance", None, None, n, "Nothing is known of people before they were exposed.")
    worst = told.loc[told["standardised"].abs().idxmax()]
    largest, off = abs(float(worst["standardised"])), told[told["p_holm"] < FLAG_P]
    where = f"{worst['covariate']} in {worst['arm']}, {number(largest)} standard deviations"
    if off.empty:
        said = f"Before, the arms were as alike as chance makes them; farthest apart is {where}."
    else:
        said = f"Before, the arms already differed by more than chance makes them, most in {where}."
    return Check("balance", off.empty, largest, n, said)


def add_check_results(record: Record, experiment: str, checks: Iterable[Check]) -> None:
    """Put the figures of checks into the page's record.

    Args:
        record: The record of the stage.
        experiment: Name of the experiment.
        checks: Its checks.
    """
    for check in checks:
        if check.value is not None:
            record.add(f"lift.{keys.safe(experiment)}.health.{check.name}", check.value, n=check.n)


def _adjusted(p: pd.Series) -> pd.Series:
    """Holm-adjusted where a p is known."""
    known = p.notna()
    adjusted = pd.Series(math.nan, index=p.index, dtype="float64")
    adjusted[known] = holm(p[known])
    return adjusted
