"""What reaches over all tables: what leaves the house, and what is forgotten.

Nothing here makes a metric; it reads what the other rooms wrote.
"""

from helpers.stewardship.card import card
from helpers.stewardship.exports import Exported, export
from helpers.stewardship.forgetting import forget

__all__ = ["Exported", "card", "export", "forget"]
