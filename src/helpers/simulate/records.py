"""The world as the shop's systems export it: one frame a file, its columns in file order, every value a text."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.simulate import experiment
from helpers.simulate.clock import local_text, utc_text
from helpers.simulate.consent import customer_file
from helpers.simulate.identifiers import as_typed
from helpers.simulate.world import World

_CARRIES = {"web": (1.0, 0.8, 0.6, 0.5), "app": (1.0, 0.5, 0.2, 0.3), "pos": (0.0, 0.0, 0.0, 1.0)}
_GUEST = (0.0, 1.0, 0.4, 0.0)  # as above: chance that an order carries customer id, e-mail, phone, loyalty card


def money(cents: pd.Series) -> list[str]:
    """Cents as text with two decimals, such as "12.90"."""
    return [f"{value / 100:.2f}" for value in cents]


def order_rows(world: World, *, rng: np.random.Generator) -> pd.DataFrame:
    """Order lines and refunds with the identifiers that the checkout or the till had, in local time."""
    lines = world.lines
    orders = lines[~lines["refund"]].drop_duplicates("order").set_index("order").sort_index()
    carried = np.array([_GUEST if row.as_guest else _CARRIES[row.channel] for row in orders.itertuples()])
    carried = rng.random((len(orders), 4)) < carried.reshape(-1, 4)
    names = world.names.iloc[orders["person"]].reset_index(drop=True)
    email = as_typed(names["email"].to_numpy(), share=0.09, rng=rng)
    known = {
        "customer_id": names["customer_id"],
        "email": email,
        "phone": names["phone"],
        "loyalty_card": names["loyalty_card"],
    }
    own = {
        column: np.where(carried[:, place], value, "")[lines["order"]]
        for place, (column, value) in enumerate(known.items())
    }
    product = world.products.iloc[lines["product"]].reset_index(drop=True)
    return pd.DataFrame(
        {
            "order_id": lines["order_id"],
            "order_line": lines["line"],
            "ordered_at": local_text(lines["at"]),
            **own,
            "product_id": product["product_id"],
            "category": product["category"],
            "quantity": lines["quantity"],
            "unit_price": money(lines["price"]),
            "discount": money(lines["discount"]),
            "coupon": lines["coupon"],
            "sales_channel": lines["channel"],
            "status": np.where(lines["refund"], "refunded", "completed"),
            "refund_of": lines["refund_of"],
        }
    )


def email_rows(world: World) -> pd.DataFrame:
    """The mail provider's log, in UTC."""
    rows = _in_order(world.emails)
    return pd.DataFrame(
        {
            "event_id": [f"e{number:07d}" for number in range(1, len(rows) + 1)],
            "occurred_at": utc_text(rows["at"]),
            "what": rows["what"],
            "email": world.names["email"].to_numpy()[rows["person"]],
            **{column: rows[column] for column in ("send_id", "campaign", "topic", "format", "offer")},
        }
    )


def sms_rows(world: World) -> pd.DataFrame:
    """The SMS gateway's log, in local time."""
    rows = _in_order(world.texts)
    return pd.DataFrame(
        {
            "event_id": [f"s{number:07d}" for number in range(1, len(rows) + 1)],
            "occurred_at": local_text(rows["at"]),
            "what": rows["what"].where(rows["what"] != "stop", "replied"),
            "phone": world.names["phone"].to_numpy()[rows["person"]],
            **{column: rows[column] for column in ("send_id", "campaign", "topic", "offer")},
            "reply_text": rows["reply"],
        }
    )


def consent_rows(world: World) -> pd.DataFrame:
    """The consent register: accounts by customer id, guests by e-mail."""
    rows = world.answers.sort_values(["at", "person", "purpose", "status"], ignore_index=True)
    return _who(world, rows).assign(
        purpose=rows["purpose"], status=rows["status"], version=rows["version"], at=local_text(rows["at"])
    )


def exposure_rows(world: World) -> pd.DataFrame:
    """The log of the experiment: first and repeated exposures."""
    again = world.exposures[world.exposures["again"].notna()]
    rows = pd.concat([world.exposures, again.assign(at=again["again"])])
    rows = rows.sort_values(["at", "person"], ignore_index=True)
    arms = np.where(rows["treated"], experiment.ARMS[1], experiment.ARMS[0])
    seen = pd.DataFrame({"exposed_at": local_text(rows["at"])})
    return seen.join(_who(world, rows)).assign(experiment=experiment.NAME, variation=arms, surface=rows["surface"])


def customer_rows(world: World) -> pd.DataFrame:
    """The customer file: registrations and changes of tier."""
    rows = customer_file(world.people, world.names, world.lines)
    names = world.names.iloc[rows["person"]].reset_index(drop=True)
    return pd.DataFrame(
        {
            "changed_at": local_text(rows["at"]),
            "change": rows["change"],
            "customer_id": names["customer_id"],
            "email": names["email"],
            "loyalty_card": names["loyalty_card"].where(names["card_on_file"], ""),
            "country": rows["country"],
            "loyalty_tier": rows["tier"],
        }
    )


def product_rows(world: World) -> pd.DataFrame:
    """The catalogue."""
    products = world.products
    return pd.DataFrame(
        {
            "product_id": products["product_id"],
            "category": products["category"],
            "launched_at": local_text(products["launched"]),
            "price": money(products["price"]),
            "cost": money(products["cost"]),
        }
    )


def _in_order(events: pd.DataFrame) -> pd.DataFrame:
    return events.sort_values(["at", "send_id", "what"], kind="stable", ignore_index=True)


def _who(world: World, rows: pd.DataFrame) -> pd.DataFrame:
    """Customer id, or the e-mail address of those who have none."""
    names = world.names.iloc[rows["person"]].reset_index(drop=True)
    guest = names["customer_id"] == ""
    return pd.DataFrame({"customer_id": names["customer_id"], "email": names["email"].where(guest, "")})
