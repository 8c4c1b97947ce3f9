"""What the shop sees of a person: account, e-mail address, phone number, loyalty card and devices."""

from __future__ import annotations

import numpy as np
import pandas as pd

_GIVEN = "anna ben clara david elif finn greta hannes ida jonas karla leon mira noah olga paul rosa sami tilda"
_FAMILY = "ahrens becker conrad demir engel fischer graf hahn ivanova jung keller lang maurer nowak otto peters"
_MAIL_DOMAINS = ("example.org", "example.com", "example.net")


def draw_identifiers(people: pd.DataFrame, *, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the identifiers of each person; an empty string where a person has none.

    Returns:
        One row a person, in the order of `people`: `person_id`, `customer_id` (not for guests), `email`,
        `phone`, `loyalty_card`, `card_on_file` (the customer file knows the card; else only an order can
        tell), `device_web`, `device_app`, `device_second` (anonymous ids), `second_logs_in`, `device_kind`,
        `machine_opens` (a mail program that opens everything at once).
    """
    n = len(people)
    number = np.arange(1, n + 1)
    guest = people["guest"].to_numpy()
    given = rng.choice(_GIVEN.split(), size=n)
    family = rng.choice(_FAMILY.split(), size=n)
    domain = rng.choice(_MAIL_DOMAINS, size=n)
    has_phone = rng.random(n) < 0.62
    has_second = rng.random(n) < 0.4
    phones = [f"+491555{i:07d}" for i in distinct_numbers(n, 10**7, rng=rng)]
    cards = [f"L{i:08d}" for i in distinct_numbers(n, 10**8, rng=rng)]
    emails = [f"{g}.{f}{i}@{d}" for g, f, i, d in zip(given, family, number, domain, strict=True)]
    return pd.DataFrame(
        {
            "person_id": [f"person-{i:06d}" for i in number],
            "customer_id": np.where(guest, "", [f"C{i:06d}" for i in number]),
            "email": emails,
            "phone": np.where(has_phone, phones, ""),
            "loyalty_card": np.where(people["has_card"], cards, ""),
            "card_on_file": rng.random(n) < 0.7,
            "device_web": random_ids(n, rng=rng),
            "device_app": np.where(people["has_app"], random_ids(n, rng=rng), ""),
            "device_second": np.where(has_second, random_ids(n, rng=rng), ""),
            "second_logs_in": rng.random(n) < 0.7,
            "device_kind": rng.choice(["desktop", "mobile", "tablet"], size=n, p=[0.45, 0.45, 0.1]),
            "machine_opens": rng.random(n) < 0.18,
        }
    )


def distinct_numbers(n: int, below: int, *, rng: np.random.Generator) -> np.ndarray:
    """Draw `n` distinct whole numbers from 0 to `below` - 1."""
    return rng.choice(below, size=n, replace=False, shuffle=True)


def random_ids(n: int, *, rng: np.random.Generator) -> np.ndarray:
    """Draw `n` random identifiers of 16 hexadecimal digits."""
    digits = rng.bytes(8 * n).hex()
    return np.array([digits[16 * i : 16 * i + 16] for i in range(n)], dtype="U16")


def as_typed(text: np.ndarray, *, share: float, rng: np.random.Generator) -> np.ndarray:
    """E-mail addresses as people type them: a share with capitals, a third of that with a trailing blank."""
    luck = rng.random(len(text))
    typed = np.where(luck < share, np.char.title(text.astype(str)), text)
    return np.where(luck < share / 3, np.char.add(typed.astype(str), " "), typed)


def true_identifiers(names: pd.DataFrame) -> pd.DataFrame:
    """The truth about identifiers: one row an identifier with the person it belongs to.

    Returns:
        Columns `person_id`, `type` (user_id, email, phone, loyalty_id, anonymous_id), `identifier`.
    """
    columns = {
        "customer_id": "user_id",
        "email": "email",
        "phone": "phone",
        "loyalty_card": "loyalty_id",
        "device_web": "anonymous_id",
        "device_app": "anonymous_id",
        "device_second": "anonymous_id",
    }
    parts = [
        pd.DataFrame({"person_id": names["person_id"], "type": kind, "identifier": names[column]})
        for column, kind in columns.items()
    ]
    rows = pd.concat(parts, ignore_index=True)
    return rows[rows["identifier"] != ""].sort_values(["person_id", "type", "identifier"], ignore_index=True)
