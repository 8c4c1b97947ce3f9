"""From the midnights at which states would change to those at which they do: consent first, and none for a day only.

A state stays three days at least, so that nobody is written to and left alone in turns; an order, a return, a case of
support and consent do not wait.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.datasets.tables.states import STATES

STAY = 3
_GENERIC = [*STATES].index("generic")


def with_consent(changes: pd.DataFrame, consent: pd.DataFrame) -> pd.DataFrame:
    """Changes with a state of their own for the stretches in which profiling was not allowed.

    Args:
        changes: Columns profile_id, at, state and at_once, and others that are kept, as `lifecycle.changes` gives them.
        consent: Columns profile_id, at and allowed: the midnights from which profiling was, or was not, allowed.

    Returns:
        The columns of `changes`, in order of person and time, without those that change nothing.
    """
    told = consent[consent["profile_id"].isin(changes["profile_id"])]
    rows = pd.concat([told, changes.assign(own=changes["state"])], ignore_index=True)
    rows = rows.sort_values(["profile_id", "at"], kind="stable", ignore_index=True)
    person = rows.groupby("profile_id", sort=False)
    allowed = person["allowed"].ffill().fillna(True).astype(bool)
    kept = [name for name in changes.columns if name not in {"profile_id", "at", "state", "at_once"}]
    filled = person[[*kept, "own"]].ffill()
    state = filled["own"].where(allowed, _GENERIC)
    rows = rows.assign(**filled[kept], state=state, at_once=rows["at_once"].fillna(True).astype(bool))
    # Nobody has a state before they were seen, whatever they had agreed to.
    rows = rows[filled["own"].notna()].drop_duplicates(["profile_id", "at"], keep="last")
    before = rows.groupby("profile_id", sort=False)["state"].shift()
    consented = (before == _GENERIC) | (rows["state"] == _GENERIC)
    rows = rows.assign(at_once=rows["at_once"] | consented, state=rows["state"].astype("int64"))
    return rows.loc[rows["state"] != before, list(changes.columns)].reset_index(drop=True)


def stays(changes: pd.DataFrame, until: int) -> pd.DataFrame:
    """The changes that happen, each at least `STAY` days after the one before it or at once.

    Args:
        changes: Columns profile_id, at (whole days), state and at_once, in order of person and time.
        until: The last midnight.

    Returns:
        Columns row (of `changes`, that tells of it) and at, in order of person and time.
    """
    code = pd.factorize(changes["profile_id"])[0]
    begins = np.flatnonzero(np.diff(code, prepend=-1))
    counts = np.diff(np.append(begins, len(code)))
    at, state, at_once = (changes[name].to_numpy() for name in ("at", "state", "at_once"))
    held, since, waits = begins.copy(), at[begins].copy(), np.full(len(begins), -1)
    done = [(begins, since.copy())]
    # The first change of everybody, then the second: people side by side, turns one after the other.
    for turn in range(1, counts.max() + 1):
        own = np.flatnonzero(counts >= turn)
        ended = counts[own] == turn
        row = np.where(ended, -1, begins[own] + np.minimum(turn, counts[own] - 1))
        now = np.where(ended, until + 1, at[row])
        due = own[(waits[own] >= 0) & (since[own] + STAY < now)]
        done.append(_change(due, waits[due], since[due] + STAY, held, since, waits))
        own, row, now = own[~ended], row[~ended], now[~ended]
        same = state[row] == state[held[own]]
        goes = ~same & (at_once[row] | (now >= since[own] + STAY))
        done.append(_change(own[goes], row[goes], now[goes], held, since, waits))
        waits[own[same]] = -1
        stuck = ~same & ~goes
        waits[own[stuck]] = row[stuck]
    rows, moments = (np.concatenate(part) for part in zip(*done, strict=True))
    order = np.lexsort((moments, code[rows]))
    return pd.DataFrame({"row": rows[order], "at": moments[order]})


def _change(people: NDArray, row: NDArray, at: NDArray, *states: NDArray) -> tuple[NDArray, NDArray]:
    """Let people into a state; nothing waits for them any more."""
    held, since, waits = states
    held[people], since[people], waits[people] = row, at, -1
    return row, at
