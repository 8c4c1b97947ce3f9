"""Made-up worlds of identifiers alone: who showed which of them when, with the truth about each.

In the easy world everybody uses what is theirs, but for a device borrowed now and then. In the hard one households
share a tablet, phone numbers are given out again, addresses are mistyped, and forms, trackers and shop desks write
values that are nobody's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.simulate.identifiers import distinct_numbers, random_ids

KINDS = ("user_id", "loyalty_id", "email", "phone", "anonymous_id")
NOBODY = -1
SPAN_DAYS = 730

# What each kind of event shows, as the chance that an identifier of this type that the person has is on it.
_EVENTS = pd.DataFrame(
    [
        ("visit", 0.45, 0.0, 0.0, 0.0, 0.0, 1.0),
        ("visit logged in", 0.15, 1.0, 0.0, 0.3, 0.0, 1.0),
        ("web order", 0.15, 0.9, 0.1, 1.0, 0.5, 1.0),
        ("store order", 0.15, 0.0, 0.8, 0.3, 0.2, 0.0),
        ("e-mail click", 0.10, 0.0, 0.0, 1.0, 0.0, 0.8),
    ],
    columns=["event", "share", *KINDS],
)
_EVENTS_A_PERSON = 14
_BORROWED = 0.002  # visits on a device of somebody else
_HAS = {"user_id": 0.85, "loyalty_id": 0.4, "email": 0.95, "phone": 0.62}


@dataclass(frozen=True, kw_only=True)
class Identities:
    """A world of identifiers.

    Attributes:
        events: One row an event in order of time: `timestamp`, `person` (a number), and the columns `KINDS`, missing
            where an event does not show one.
        owners: One row an identifier and person who truly owns or owned it: `type`, `identifier`, `person`, which is
            `NOBODY` for what belongs to nobody or to several at once.
        poison: The identifiers of forms, trackers and shop desks: `type`, `identifier`.
    """

    events: pd.DataFrame
    owners: pd.DataFrame
    poison: pd.DataFrame


def draw_identities(people: int, *, hard: bool, seed: int) -> Identities:
    """Draw a world of `people` people; the same arguments give the same world."""
    rng = np.random.default_rng([seed, int(hard)])
    own = _own(people, rng=rng)
    devices = random_ids(3 * people, rng=rng).reshape(people, 3)
    events = _events(own, devices, rng=rng)
    borrows = np.flatnonzero(events["event"].str.startswith("visit") & (rng.random(len(events)) < _BORROWED))
    events.loc[borrows, "anonymous_id"] = devices[rng.integers(0, people, size=len(borrows)), 0]
    truth = [_long(own.assign(person=np.arange(people)), list(_HAS))]
    truth += [pd.DataFrame({"type": "anonymous_id", "identifier": devices[:, n], "person": np.arange(people)})
              for n in range(3)]  # fmt: skip
    owners, poison = pd.concat(truth, ignore_index=True), pd.DataFrame(columns=["type", "identifier"])
    if hard:
        tablets = _share_tablets(events, people, rng=rng)
        recycled = _recycle_numbers(events, own, rng=rng)
        typos = _mistype(events, rng=rng)
        poison = _poison(events, rng=rng)
        nobodys = pd.concat([tablets, poison]).assign(person=NOBODY)
        owners = pd.concat([owners, recycled, typos, nobodys], ignore_index=True).drop_duplicates()
    seen = _long(events, list(KINDS))[["type", "identifier"]].drop_duplicates()
    return Identities(events=events, owners=owners.merge(seen), poison=poison)


def _own(people: int, *, rng: np.random.Generator) -> pd.DataFrame:
    """The identifiers of each person but for devices; missing where they have none."""
    numbers = np.arange(people)
    columns = {
        "user_id": [f"C{n:06d}" for n in numbers],
        "loyalty_id": [f"L{n:08d}" for n in distinct_numbers(people, 10**8, rng=rng)],
        "email": [f"person{n}@example.org" for n in numbers],
        "phone": [f"+491555{n:07d}" for n in distinct_numbers(people, 10**7, rng=rng)],
    }
    own = pd.DataFrame({kind: pd.array(values, dtype="string") for kind, values in columns.items()})
    return own.apply(lambda column: column.mask(rng.random(people) >= _HAS[column.name]))


def _events(own: pd.DataFrame, devices: np.ndarray, *, rng: np.random.Generator) -> pd.DataFrame:
    """What people show, event by event, each on one of the devices that they use at the time."""
    people = len(own)
    person = np.repeat(np.arange(people), rng.poisson(_EVENTS_A_PERSON, size=people))
    n = len(person)
    kind = rng.choice(len(_EVENTS), size=n, p=_EVENTS["share"])
    day = rng.uniform(0, SPAN_DAYS, size=n)
    # One device for good; a second one that another follows after half of the time.
    device = np.where(rng.random(n) < 0.6, 0, np.where(day < SPAN_DAYS / 2, 1, 2))
    events = own.iloc[person].reset_index(drop=True)
    events["anonymous_id"] = pd.array(devices[person, device], dtype="string")
    for identifier in KINDS:
        shown = rng.random(n) < _EVENTS[identifier].to_numpy()[kind]
        events[identifier] = events[identifier].mask(~shown)
    moments = pd.Timestamp("2024-01-01") + pd.to_timedelta(np.round(day * 86_400_000), unit="ms")
    events = events.assign(person=person, event=_EVENTS["event"].to_numpy()[kind], timestamp=moments)
    return events.sort_values(["timestamp", "person"], ignore_index=True)


def _long(frame: pd.DataFrame, kinds: list[str]) -> pd.DataFrame:
    """One row an identifier: type, identifier, person."""
    rows = frame.melt(id_vars="person", value_vars=kinds, var_name="type", value_name="identifier")
    return rows.dropna(subset="identifier")[["type", "identifier", "person"]]


def _share_tablets(events: pd.DataFrame, people: int, *, rng: np.random.Generator) -> pd.DataFrame:
    """A fifth of the people live in threes and use one tablet for a third of what they do with a device."""
    household = np.full(people, -1)
    members = rng.permutation(people)[: people // 5 // 3 * 3]
    household[members] = np.arange(len(members)) // 3
    tablets = random_ids(len(members) // 3, rng=rng)
    home = household[events["person"]]
    uses = (home >= 0) & events["anonymous_id"].notna() & (rng.random(len(events)) < 1 / 3)
    events.loc[uses, "anonymous_id"] = tablets[home[uses]]
    return pd.DataFrame({"type": "anonymous_id", "identifier": tablets})


def _recycle_numbers(events: pd.DataFrame, own: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """One number in fifty: its owner gives it up within the second year, and someone without one gets it."""
    with_phone = rng.permutation(np.flatnonzero(own["phone"].notna()))
    without = rng.permutation(np.flatnonzero(own["phone"].isna()))
    count = min(len(with_phone) // 50, len(without))
    old, new = with_phone[:count], without[:count]
    numbers = own["phone"].to_numpy()[old]
    day = (events["timestamp"] - pd.Timestamp("2024-01-01")).dt.total_seconds() / 86_400
    given_up = pd.Series(rng.uniform(300, 600, size=count))
    until = events["person"].map(pd.Series(given_up.to_numpy(), index=old))
    events["phone"] = events["phone"].mask(until.notna() & (day >= until))
    since = events["person"].map(pd.Series(given_up.to_numpy() + 30, index=new))
    number = events["person"].map(pd.Series(numbers, index=new))
    shows = since.notna() & (day >= since) & events["event"].isin(["web order", "store order"])
    events["phone"] = events["phone"].mask(shows & (rng.random(len(events)) < 0.6), number)
    return pd.DataFrame({"type": "phone", "identifier": numbers, "person": new})


def _mistype(events: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """One typed address in fifty is wrong: four of five are nobody else's, the fifth is another customer's."""
    typed = events["event"].isin(["web order", "store order"]) & events["email"].notna()
    wrong = np.flatnonzero(typed & (rng.random(len(events)) < 0.02))
    elses = rng.random(len(wrong)) < 0.2
    others = rng.choice(events["email"].dropna().unique(), size=len(wrong))
    mistyped = events["email"].iloc[wrong].str.replace("example", "exmaple").to_numpy()
    events.loc[wrong, "email"] = np.where(elses, others, mistyped)
    rows = pd.DataFrame({"type": "email", "identifier": mistyped, "person": events["person"].iloc[wrong].to_numpy()})
    return rows[~elses].drop_duplicates()


def _poison(events: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """What cashiers, trackers and desks write: an address and a number of nobody's, a broken cookie, a kiosk."""
    chance = rng.random(len(events))
    in_store, on_device = events["event"] == "store order", events["anonymous_id"].notna()
    events.loc[in_store & (chance < 0.04), "email"] = "noemail@shop.example"
    events.loc[in_store & (chance > 0.97), "phone"] = "0000000000"
    events.loc[on_device & (chance < 0.01), "anonymous_id"] = "null"
    kiosk = events["event"].isin(["web order", "visit logged in"]) & (chance > 0.98)
    events.loc[kiosk, "anonymous_id"] = "kiosk-in-the-store"
    rows = [("email", "noemail@shop.example"), ("phone", "0000000000")]
    rows += [("anonymous_id", "null"), ("anonymous_id", "kiosk-in-the-store")]
    return pd.DataFrame(rows, columns=["type", "identifier"])
