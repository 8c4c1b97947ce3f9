"""Customer-day facts written by hand, as `daily` and `daily_kinds` hold them."""

from __future__ import annotations

from datetime import date, timedelta

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa

from helpers.datasets.tables.facts import COUNTS, DAILY_KINDS, SUMS

EPOCH = date(1970, 1, 1)
START = date(2024, 1, 1).toordinal() - EPOCH.toordinal()


def day(number: int) -> date:
    return EPOCH + timedelta(days=int(number))


def number(of: str) -> int:
    return date.fromisoformat(of).toordinal() - EPOCH.toordinal()


def daily(rows: pd.DataFrame) -> ibis.Table:
    """Table `daily`; of each row profile_id and number, and, where they are columns, channel, acts and orders."""
    rows = rows.reindex(columns=["profile_id", "number", "channel", "acts", "orders"])
    channel = rows["channel"].astype("object").fillna("web")
    acts, orders = (rows[name].fillna(empty).astype("int64") for name, empty in (("acts", 1), ("orders", 0)))
    told = {name: np.zeros(len(rows), dtype="int64") for name in COUNTS}
    told |= {"acts": acts.to_numpy(), "events": np.maximum(acts.to_numpy(), 1)}
    told |= {f"on_{name}": (channel == name).to_numpy().astype("int64") for name in channel.unique()}
    told["web_events"] = (channel == "web").to_numpy().astype("int64")
    told["engagement_events"] = (channel == "email").to_numpy().astype("int64")
    told["support_events"] = (channel == "support").to_numpy().astype("int64")
    told["orders"] = orders.to_numpy()
    columns = {"profile_id": pa.array(rows["profile_id"], pa.string())}
    columns |= {"day": dates(rows["number"])}
    columns |= {name: pa.array(values) for name, values in told.items()}
    columns |= {name: pa.array(np.zeros(len(rows))) for name in ("engagement", *SUMS)}
    return ibis.memtable(pa.table(columns))


def kinds(rows: pd.DataFrame | list[tuple[str, int, str]] = ()) -> ibis.Table:
    """Table `daily_kinds`, of columns, or triples, of profile_id, number of a day and kind."""
    told = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(rows, columns=["profile_id", "number", "kind"])
    columns = {"profile_id": pa.array(told["profile_id"], pa.string()), "kind": pa.array(told["kind"], pa.string())}
    columns |= dict.fromkeys(("day", "began"), dates(told["number"]))
    columns |= {name: pa.array([""] * len(told), pa.string()) for name in ("topic", "format", "offer_type")}
    columns |= {"amount": pa.array(np.zeros(len(told))), "n": pa.array(np.ones(len(told), dtype="int64"))}
    return ibis.memtable(pa.table(columns).select([column.name for column in DAILY_KINDS.columns]))


def dates(numbers: pd.Series) -> pa.Array:
    return pa.array(numbers.astype("int32"), pa.int32()).cast(pa.date32())


def badly(rows: list[tuple[str, int]] = ()) -> ibis.Table:
    """Support cases that ended badly, of pairs of profile_id and number of a day."""
    return ibis.memtable(
        pa.table(
            {
                "profile_id": pa.array([who for who, _ in rows], pa.string()),
                "day": pa.array([day(on) for _, on in rows], pa.date32()),
            }
        )
    )


def visits(people: int, *, days: int, gap: tuple[float, float] = (3, 15), seed: int = 1) -> pd.DataFrame:
    """Days of people who come at random, each at a rate of their own that never changes: profile_id and number."""
    rng = np.random.default_rng(seed)
    usual = rng.uniform(*gap, people)
    begins = rng.integers(0, days // 4, people)
    came = rng.random((people, days)) < 1 / usual[:, None]
    came[np.arange(people), begins] = True
    came &= np.arange(days) >= begins[:, None]
    who, on = np.nonzero(came)
    return pd.DataFrame({"profile_id": [f"p{one:05d}" for one in who], "number": START + on})
