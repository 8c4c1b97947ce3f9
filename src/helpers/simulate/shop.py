"""Writes the demo shop: the raw files that a real shop would have, and beside them the truth."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers.errors import WrongUse
from helpers.simulate import records
from helpers.simulate.clock import stamps
from helpers.simulate.dirt import Breaker, breakers_for, cut_short, soil
from helpers.simulate.experiment import ARMS, NAME, planted_effect
from helpers.simulate.identifiers import true_identifiers
from helpers.simulate.support import ticket_rows
from helpers.simulate.weblog import log_lines
from helpers.simulate.world import World, draw_world, stream
from helpers.simulate.write import RawFile, csv_files, line_files, write_files, write_tables


def write_shop(folder: Path, truth: Path, *, customers: int = 2000, seed: int = 7) -> list[Path]:
    """Simulate a shop over 27 months and write it as raw files, the truth aside.

    Equal arguments give equal files, byte for byte. People are drawn with causes of what they do (Schmittlein,
    Morrison and Colombo 1987 for purchases and drop-out); see the modules of this package.

    Args:
        folder: Where the raw files go; made if it is missing.
        truth: Where the Parquet files with the truth go: `customers`, `identifiers`, `traffic`,
            `experiment_people`, `planted_effect`, `dirt`.
        customers: Number of people, at least 1.
        seed: Seed of everything random, at least 0.

    Returns:
        The raw files.

    Raises:
        WrongUse: If there would be no customer, or the seed is negative.
        InputOutput: If a file cannot be written.
    """
    if customers < 1 or seed < 0:
        raise WrongUse(
            f"A shop of {customers} customers with seed {seed} cannot be simulated; it needs at least 1 customer "
            "and a seed of 0 or more."
        )
    world = draw_world(customers, seed=seed)
    files, dirt = _raw_files(world, seed=seed)
    written = write_files(files, folder)
    write_tables(_truth(world) | {"dirt": dirt}, truth)
    return written


def _raw_files(world: World, *, seed: int) -> tuple[list[RawFile], pd.DataFrame]:
    """All files, soiled, and the list of what was soiled."""
    orders = records.order_rows(world, rng=stream(seed, "order files"))
    emails = records.email_rows(world)
    texts = records.sms_rows(world)
    tickets = ticket_rows(world.tickets, world.names, rng=stream(seed, "tickets"))
    consents = records.consent_rows(world)
    sources: dict[str, tuple[list[RawFile], dict[str, Breaker]]] = {
        "orders": (
            csv_files("orders-{month}.csv", orders, months=orders["ordered_at"].str[:7]),
            breakers_for(orders.columns, date="ordered_at", number="unit_price"),
        ),
        "email": (
            csv_files("email-{month}.csv.gz", emails, months=emails["occurred_at"].str[:7]),
            breakers_for(emails.columns, date="occurred_at"),
        ),
        "sms": (csv_files("sms.csv", texts), breakers_for(texts.columns, date="occurred_at")),
        "support": (csv_files("tickets.csv", tickets), breakers_for(tickets.columns, date="at")),
        "consent": (csv_files("consent.csv", consents), breakers_for(consents.columns, date="at")),
    }
    log = log_lines(world.steps, world.sessions, world.products, world.order_ids, rng=stream(seed, "weblog"))
    for source in ("web", "app"):
        own = log[log["source"] == source]
        files = line_files(f"{source}-{{month}}.jsonl.gz", own["text"], months=own["month"])
        sources[source] = (files, {"cut_short": cut_short})

    dirt = [
        soil(files, source, breakers, twice=source != "consent", rng=stream(seed, f"dirt in {source}"))
        for source, (files, breakers) in sources.items()
    ]
    clean = [
        *csv_files("customers.csv", records.customer_rows(world)),
        *csv_files("products.csv", records.product_rows(world)),
        *csv_files("exposures.csv", records.exposure_rows(world)),
    ]
    soiled = [file for files, _ in sources.values() for file in files]
    return [*soiled, *clean], pd.concat(dirt, ignore_index=True)


def _truth(world: World) -> dict[str, pd.DataFrame]:
    """What only tests read."""
    people, names, exposures = world.people, world.names, world.exposures
    arm = pd.Series(ARMS[0], index=exposures["person"]).where(~exposures["treated"].to_numpy(), ARMS[1])
    customers = pd.concat([names[["person_id", "customer_id", "machine_opens"]], people], axis=1).assign(
        joined=stamps(people["joined"]), dropped=stamps(people["dropped"]), arm=arm.reindex(people.index, fill_value="")
    )
    strays = world.sessions.loc[world.sessions["person"] < 0, ["anonymous_id", "agent"]]
    outcomes = exposures.assign(
        experiment=NAME,
        person_id=names["person_id"].to_numpy()[exposures["person"]],
        at=stamps(exposures["at"]),
        arm=arm.to_numpy(),
    )
    return {
        "customers": customers.rename(columns={"joined": "joined_at", "dropped": "dropped_at"}),
        "identifiers": true_identifiers(names),
        "traffic": strays.drop_duplicates().rename(columns={"agent": "kind"}).sort_values("anonymous_id"),
        "experiment_people": outcomes.drop(columns=["person", "again", "treated"]),
        "planted_effect": planted_effect(exposures),
    }
