"""What reaches over all tables: what leaves the house, what is folded, and what is forgotten.

Begin with `card`, or with a verb: `exports`, `retention`, `rotation` of the key, or `forgetting`, of a `request`, noted
in a `journal`, with `scan` looking for what is left. What is kept of folded events is rewritten by
`folded_identifiers`, without somebody or under another key, and by `refolding` under the present definitions. `who`
finds the person behind an identifier.

Nothing here makes a metric or finds a person anew; it reads, removes and rewrites what the other rooms wrote.
"""

from helpers.stewardship.card import card
from helpers.stewardship.exports import Exported, export
from helpers.stewardship.forgetting import forget
from helpers.stewardship.refolding import refold, require_fillable
from helpers.stewardship.retention import SURVIVE, retain
from helpers.stewardship.rotation import rotate_key

__all__ = ["SURVIVE", "Exported", "card", "export", "forget", "refold", "require_fillable", "retain", "rotate_key"]
