"""Support tickets, and how a bad experience makes people leave."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.simulate.clock import DAY, END, HOUR, local_text

TICKET_CHANCE = 0.08  # per order
BAD_CHANCE = 0.35  # per ticket: unsolved, or solved after days
LEAVES_AFTER_BAD = 0.55
SILENT_DAYS = 10.0  # mean days between the bad experience and the drop-out it causes
_CATEGORIES = ("delivery", "quality", "refund", "account", "product_question")
_BODIES = (
    'Hello, my parcel "arrived" open and half of it is missing, {name}',
    "Where is my order? I have waited for days.\nYou can reach me at {phone} or {email}.",
    "The colour is not the one in the picture; can I send it back, and who pays?",
    "I cannot log in any more, my address is {email}",
    'Is this dishwasher safe? The page only says "easy to clean".',
)
_ANSWERS = {
    "replied": "Thank you for writing, we are looking into it.",
    "resolved": "We have closed your request, thank you for your patience.",
    "reopened": "This is not solved at all! {name}",
}


def draw_tickets(orders: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the support cases that follow orders.

    Returns:
        One row a case: `person`, `ordered` (the order's moment), `opened`, `replied`, `resolved` and `reopened`
        (nan = never), `category`, `bad`, `leaves` (moment at which the person drops out; inf = stays).
    """
    cause = orders[rng.random(len(orders)) < TICKET_CHANCE]
    n = len(cause)
    ordered = cause["at"].to_numpy()
    opened = np.floor(ordered + rng.uniform(0.5, 6.0, size=n) * DAY)
    replied = np.floor(opened + rng.gamma(2.0, 5.0, size=n) * HOUR + 300)
    bad = rng.random(n) < BAD_CHANCE
    takes = np.where(bad, rng.uniform(4, 12, size=n) * DAY, rng.uniform(0.5, 30, size=n) * HOUR)
    resolved = np.where(bad & (rng.random(n) < 0.4), np.nan, np.floor(replied + takes))
    back = bad & (rng.random(n) < 0.5)
    reopened = np.where(back, np.floor(resolved + rng.uniform(1, 3, size=n) * DAY), np.nan)
    experienced = np.fmax(np.fmax(resolved, reopened), replied)
    leaves = np.floor(experienced + rng.exponential(SILENT_DAYS * DAY, size=n))
    return pd.DataFrame(
        {
            "person": cause["person"].to_numpy(),
            "ordered": ordered,
            "opened": opened,
            "replied": replied,
            "resolved": resolved,
            "reopened": reopened,
            "category": rng.choice(_CATEGORIES, size=n, p=[0.35, 0.2, 0.2, 0.1, 0.15]),
            "bad": bad,
            "leaves": np.where(bad & (rng.random(n) < LEAVES_AFTER_BAD), leaves, np.inf),
        }
    )


def leave_after_support(
    people: pd.DataFrame, orders: pd.DataFrame, tickets: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Let people drop out after a bad case, and take away what they would have done later.

    Returns:
        `people` with the earlier `dropped` and `left_after_support`, and the orders and tickets that remain.
    """
    first = tickets.groupby("person")["leaves"].min().reindex(people.index, fill_value=np.inf)
    leaves = first < people["dropped"]
    people = people.assign(
        dropped=np.where(leaves, first, people["dropped"]), left_after_support=leaves & (first < END)
    )
    dropped = people["dropped"].to_numpy()
    orders = orders[orders["at"].to_numpy() < dropped[orders["person"]]]
    tickets = tickets[tickets["ordered"].to_numpy() < dropped[tickets["person"]]]
    return people, orders.reset_index(drop=True), tickets.reset_index(drop=True)


def ticket_rows(tickets: pd.DataFrame, names: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Tickets as the help desk exports them: one row a step of a case, with the text that was written.

    Returns:
        Columns `entry_id`, `at` (local text), `ticket_id`, `step`, `customer_id`, `email`, `category`, `outcome`,
        `body`.
    """
    tickets = tickets[tickets["opened"] < END].sort_values("opened", ignore_index=True)
    who = names.iloc[tickets["person"]].reset_index(drop=True)
    by_mail = (rng.random(len(tickets)) < 0.15) | (who["customer_id"] == "")
    case = pd.DataFrame(
        {
            "ticket_id": [f"T{number:05d}" for number in range(1, len(tickets) + 1)],
            "customer_id": who["customer_id"].where(~by_mail, ""),
            "email": who["email"].where(by_mail, ""),
            "category": tickets["category"],
            "name": who["email"].str.split(".").str[0],
            "contact": who["email"],
            "phone": who["phone"],
            "text": rng.choice(_BODIES, size=len(tickets)),
        }
    )
    outcome = np.where(tickets["bad"], "unsolved", "solved")
    steps = []
    for step in ("opened", "replied", "resolved", "reopened"):
        part = case.assign(at=tickets[step], step=step)
        part["outcome"] = outcome if step == "resolved" else ""
        steps.append(part[part["at"] < END])
    rows = pd.concat(steps).sort_values(["at", "ticket_id"], ignore_index=True)
    rows["body"] = [
        (row.text if row.step == "opened" else _ANSWERS[row.step]).format(
            name=row.name, email=row.contact, phone=row.phone or "my usual number"
        )
        for row in rows.itertuples(index=False)
    ]
    rows["entry_id"] = [f"t{number:06d}" for number in range(1, len(rows) + 1)]
    rows["at"] = local_text(rows["at"])
    return rows[["entry_id", "at", "ticket_id", "step", "customer_id", "email", "category", "outcome", "body"]]
