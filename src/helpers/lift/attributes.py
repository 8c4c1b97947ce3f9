"""What was known of people before they were exposed: attributes as sources told them, never of a later day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import ibis
import ibis.expr.types as ir

from helpers import identity

if TYPE_CHECKING:
    from helpers.datasets import Shop
    from helpers.datasets.questions import Experiment


def attributes(shop: Shop, experiments: Sequence[Experiment]) -> ir.Table | None:
    """Attributes of people that experiments ask for, by the identifiers that are theirs alone.

    Args:
        shop: An open data set whose `identity_map` is written.
        experiments: The declared experiments.

    Returns:
        profile_id, name, value and valid_from (naive UTC): one row a value; None where no experiment asks for any.
    """
    asked = {name for experiment in experiments for name in (experiment.cluster, *experiment.slices)} - {None}
    if not asked:
        return None
    said, owners = shop.table("attributes"), identity.current(shop)
    said = said.filter(said.name.isin(sorted(asked)))
    owners = owners.filter(~owners.is_shared)
    told = said.join(
        owners,
        [
            said.identifier_type == owners.type,
            said.identifier == owners.identifier,
            (said.valid_from < owners.valid_to).fill_null(True),
        ],
    )
    return told.select(owners.profile_id, said.name, said.value, said.valid_from)


def before_exposure(people: ir.Table, attributes: ir.Table, attribute: str, *, name: str) -> ir.Table:
    """People with the last value of an attribute from before their first exposure.

    Args:
        people: Rows with profile_id and first_exposed_at, the latter one a row.
        attributes: What `attributes` gave.
        attribute: Name of the attribute.
        name: Name of the new column.

    Returns:
        The rows, and the new column, missing where nothing was told by then.
    """
    told = attributes.filter(attributes.name == attribute)
    told = told.select(person="profile_id", value="value", told_at="valid_from")
    moments = people.select("profile_id", "first_exposed_at").distinct()
    known = moments.join(told, [moments.profile_id == told.person, told.told_at <= moments.first_exposed_at])
    # of two values of one moment the greater text, whatever the order of rows
    last = known.mutate(
        place=ibis.row_number().over(
            group_by=["profile_id", "first_exposed_at"], order_by=[known.told_at.desc(), known.value.desc()]
        )
    ).filter(lambda each: each.place == 0)
    last = last.select("profile_id", "first_exposed_at", "value")
    same = [people.profile_id == last.profile_id, people.first_exposed_at == last.first_exposed_at]
    return people.left_join(last, same).select(*(people[each] for each in people.columns), **{name: last.value})
