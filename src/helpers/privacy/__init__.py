"""What protects people: pseudonyms, consent, and small groups hidden from what is published.

Each rule is enforced here once, for every stage; nothing here knows a metric.
"""

from helpers.privacy import forms, tombstones
from helpers.privacy.consent import allowed_at, permissions, require_basis, without_untracked
from helpers.privacy.memory import publish_for, suppressed
from helpers.privacy.nobody import blocked_pseudonyms
from helpers.privacy.pseudonyms import Pseudonymiser, for_shop, keys, new_key, write_keys
from helpers.privacy.suppression import MINIMUM, Published, publish

__all__ = [
    "MINIMUM",
    "Pseudonymiser",
    "Published",
    "allowed_at",
    "blocked_pseudonyms",
    "for_shop",
    "forms",
    "keys",
    "new_key",
    "permissions",
    "publish",
    "publish_for",
    "require_basis",
    "suppressed",
    "tombstones",
    "without_untracked",
    "write_keys",
]
