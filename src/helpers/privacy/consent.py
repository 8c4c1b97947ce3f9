"""Who may be profiled as of a moment: the last answer counts, and silence is a no where a source asks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import ibis

from helpers.errors import PrivacyRefused

if TYPE_CHECKING:
    from helpers.datasets import Shop


def require_basis(shop: Shop) -> None:
    """Refuse to profile where nobody said why it is allowed.

    Raises:
        PrivacyRefused: If dataset.toml has neither a consent source nor a stated basis.
    """
    if shop.settings.consent is None:
        raise PrivacyRefused(
            f"dataset.toml of {shop.name!r} has no [consent]: name the source that records consent, or state a "
            "basis and its reason. Without either nobody is profiled."
        )


def may_profile(consent_log: ibis.Table, identity_map: ibis.Table, moment: datetime) -> ibis.Table:
    """People who allow profiling, by the last answers before `moment`.

    Of two answers at one time the stricter counts, and so it does where the identifiers of one person disagree:
    an answer that was given under one of them is not overruled by a later one under another.

    Args:
        consent_log: Table `consent_log`.
        identity_map: Table `identity_map`, as it is now; of one whose owners took turns, the owner of that time counts.
        moment: In UTC, exclusive.

    Returns:
        One column, profile_id. Someone who never answered is not in it.
    """
    answers = (
        consent_log.filter(consent_log.purpose == "profiling", consent_log.timestamp < moment)
        .join(
            identity_map,
            [
                consent_log.identifier_type == identity_map.type,
                consent_log.identifier == identity_map.identifier,
                identity_map.valid_from.isnull() | (consent_log.timestamp >= identity_map.valid_from),
                identity_map.valid_to.isnull() | (consent_log.timestamp < identity_map.valid_to),
            ],
        )
        .select("profile_id", "type", "identifier", "timestamp", "status")
    )
    last = answers.group_by("type", "identifier").mutate(last=answers.timestamp.max())
    return (
        last.filter(last.timestamp == last["last"])
        .group_by("profile_id")
        .aggregate(strict=lambda t: (t.status == "granted").all())
        .filter(lambda t: t.strict)
        .select("profile_id")
    )
