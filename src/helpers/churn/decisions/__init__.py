"""What churn scores lead to: why they are what they are, whom they serve unevenly, whom it pays to contact.

Begin with `find`, which makes all of it for one population, of what is `said` of it. `families` names features that
tell the same; `reasons` divides a score among them, `sentences` puts a person's own figures beside, `stability` grows
the trees again. `groups` says who is in which, `audit` how scores do there and, by `chances`, whether beyond chance;
`weighing` asks whether the busiest teach a model too much. `worth` says what is assumed of a contact, `money` holds
what it costs against what it saves, `today` divides the people of now, `paying` does both among who may be written to.
`card` sums a model up. For notebook 04: `show`, `words`, `assumed_words`, `money_words`, `pictures`, `results`.

Never here: a threshold learned on the people that it is judged on, or the effect of a contact as if it were measured.
"""

from helpers.churn.decisions.assumed_words import assumptions
from helpers.churn.decisions.card import card_of
from helpers.churn.decisions.find import decide
from helpers.churn.decisions.money_words import alone, headline, of_curve, saved
from helpers.churn.decisions.pictures import plot_curve, plot_groups
from helpers.churn.decisions.results import add_results
from helpers.churn.decisions.show import by_group, reasons_table, weights_table
from helpers.churn.decisions.words import of_fairness, of_groups, reasons_found
from helpers.churn.decisions.worth import assume

__all__ = [
    "add_results", "alone", "assume", "assumptions", "by_group", "card_of", "decide",
    "headline", "of_curve", "of_fairness", "of_groups", "plot_curve", "plot_groups", "reasons_found", "reasons_table",
    "saved", "weights_table",
]  # fmt: skip
