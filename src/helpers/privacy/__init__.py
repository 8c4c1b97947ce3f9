"""What protects people: pseudonyms, consent, tombstones of who was forgotten, and small groups hidden when published.

Begin with `suppression`, through which published tables go; `disclosure` finds what a reader could still work out, and
`releases` keeps what a run published, for the next. `consent` says who may be profiled, `pseudonyms` hashes
identifiers, `blocked_values` lists values that stand for nobody, `forms` finds an identifier in a text, and
`tombstones` keep away who was forgotten.

Each rule is enforced here once, for every stage; nothing here knows a metric.
"""

from helpers.privacy import forms, tombstones
from helpers.privacy.blocked_values import blocked_pseudonyms
from helpers.privacy.consent import allowed_at, permissions, require_basis, without_untracked
from helpers.privacy.pseudonyms import Pseudonymiser, for_shop, keys, new_key, write_keys
from helpers.privacy.releases import publish_for, suppressed
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
