"""What protects people: pseudonyms and consent.

Each rule is enforced here once, for every stage; nothing here knows a metric.
"""

from helpers.privacy.consent import may_profile, require_basis
from helpers.privacy.pseudonyms import Pseudonymiser, for_shop

__all__ = ["Pseudonymiser", "for_shop", "may_profile", "require_basis"]
