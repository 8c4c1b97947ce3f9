"""The watch on a model of churn: are people, its scores and their truth what they were when it was judged?

Begin with `find`: which days of which people are held against which. `drift` says of features and scores whether
people are spread over them as they were, `retraining` whether what was said came true, and by a rule written beforehand
whether to learn anew. All follows from events; no run needs the files of an earlier one. For notebook 04: `show`,
`words`, `results`.

Never here: an alarm on a difference that is small, or may be chance.
"""

from helpers.churn.watch.find import look
from helpers.churn.watch.results import add_results
from helpers.churn.watch.show import drift_table
from helpers.churn.watch.words import MEANING, how_compared, sentences, verdict

__all__ = [
    "MEANING", "add_results", "drift_table", "how_compared", "look", "sentences", "verdict",
]  # fmt: skip
