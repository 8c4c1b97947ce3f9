"""Who may be written to, and by which channel: generic contacts too, of whom nothing else is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers import identity
from helpers.profiles.people import answers_now, profiled, unasked

if TYPE_CHECKING:
    import ibis

    from helpers.datasets import Shop

_CHANNELS = {"by_email": ("email_marketing", "email"), "by_sms": ("sms_marketing", "phone")}


def contacts(shop: Shop) -> ibis.Table:
    """The rows of table `contacts`.

    Args:
        shop: An open data set whose `identity_map` is written.

    Raises:
        PrivacyRefused: If the data set states no ground for profiling.
    """
    people = identity.current(shop)
    owned = people.group_by("profile_id").aggregate(
        **{name: (people.type == address).any() for name, (_, address) in _CHANNELS.items()}
    )
    answers = answers_now(shop)
    for name, (purpose, _) in _CHANNELS.items():
        said = answers.filter(answers.purpose == purpose).select(_who="profile_id", _said="allowed")
        owned = owned.left_join(said, owned.profile_id == said["_who"])
        owned = owned.mutate(**{name: owned["_said"].fill_null(owned[name] & unasked(shop))}).drop("_who", "_said")
    described = profiled(shop).select(_described="profile_id")
    listed = owned.left_join(described, owned.profile_id == described["_described"])
    listed = listed.mutate(is_profiled=listed["_described"].notnull()).drop("_described")
    return listed.filter(listed.by_email | listed.by_sms)
