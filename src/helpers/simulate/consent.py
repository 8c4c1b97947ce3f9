"""What people permit: answers at registration, later withdrawals, and the shop's customer file."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.simulate.clock import DAY, END

# Purpose and the share that grants it at registration.
PURPOSES = {
    "profiling": 0.97,
    "email_marketing": 0.84,
    "sms_marketing": 0.5,
    "email_tracking": 0.93,
    "sms_tracking": 0.93,
    "web_tracking": 0.92,
    "support_use": 0.98,
}
WITHDRAWS = {"profiling": 0.01, "email_marketing": 0.05, "sms_marketing": 0.05}
_NEW_TEXT = 400 * DAY  # from this moment on people answer version 2 of the text


def draw_consent(people: pd.DataFrame, names: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Draw each person's answers and withdrawals on the account page.

    Returns:
        One row an answer: `person`, `purpose`, `status` (granted, denied), `at` (seconds), `version`. Who has
        no phone number is not asked about SMS.
    """
    joined = people["joined"].to_numpy()
    has_phone = (names["phone"] != "").to_numpy()
    parts = []
    for purpose, share in PURPOSES.items():
        asked = has_phone | (not purpose.startswith("sms"))
        granted = rng.random(len(people)) < share
        status = np.where(granted, "granted", "denied")
        rows = pd.DataFrame({"person": people.index, "purpose": purpose, "status": status, "at": joined})
        parts.append(rows[asked])
        stays = rng.exponential(300 * DAY, size=len(people))
        left = np.floor(joined + DAY + stays)
        leaves = asked & granted & (rng.random(len(people)) < WITHDRAWS.get(purpose, 0.0)) & (left < END)
        parts.append(rows.assign(status="denied", at=left)[leaves])
    answers = pd.concat(parts, ignore_index=True)
    return answers.assign(version=np.where(answers["at"] < _NEW_TEXT, "v1", "v2"))


def permitted(answers: pd.DataFrame, people: pd.DataFrame, *, purpose: str) -> pd.DataFrame:
    """From when to when each person permits `purpose`: `granted` and `withdrawn`, inf = never."""
    own = answers[answers["purpose"] == purpose]
    first = own[own["status"] == "granted"].groupby("person")["at"].min()
    last = own[own["status"] == "denied"].groupby("person")["at"].min()
    return pd.DataFrame(
        {
            "granted": first.reindex(people.index, fill_value=np.inf),
            "withdrawn": last.reindex(people.index, fill_value=np.inf),
        }
    )


def left_by_message(left: np.ndarray, *, purpose: str, after: float) -> pd.DataFrame:
    """Answers that the shop notes when someone unsubscribes or writes STOP.

    Args:
        left: When each person left, inf = never, shape (people,).
        purpose: The purpose that is denied from then on.
        after: Seconds until the shop's register has it.
    """
    rows = pd.DataFrame({"person": np.arange(len(left)), "purpose": purpose, "status": "denied"})
    rows = rows.assign(at=left + after, version="v2")
    return rows[rows["at"] < END]


def customer_file(people: pd.DataFrame, names: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """The customer file: a row at registration, and one whenever the loyalty tier rises.

    Returns:
        Columns `at` (seconds), `change` (registered, tier), `person`, `tier`, `country`. Guests are left out.
    """
    account = names["customer_id"] != ""
    country = people["country"].to_numpy()
    joined = pd.DataFrame({"at": people["joined"], "person": people.index})
    parts = [joined.assign(change="registered", tier="basic")]
    nth = lines[~lines["refund"]].drop_duplicates("order").sort_values(["person", "at"])
    nth["nth"] = nth.groupby("person").cumcount() + 1
    for tier, orders in (("silver", 5), ("gold", 15)):
        rise = nth.loc[nth["nth"] == orders, ["person", "at"]]
        parts.append(rise.assign(at=rise["at"] + 60, change="tier", tier=tier))
    rows = pd.concat(parts, ignore_index=True)
    rows = rows[account.to_numpy()[rows["person"]]]
    return rows.assign(country=country[rows["person"]]).sort_values(["at", "person"], ignore_index=True)
