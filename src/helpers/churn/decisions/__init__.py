"""What churn scores lead to: why they are what they are, whom they serve unevenly, whom it pays to contact.

Begin with `find`, which makes all of it for one population, of what is `said` of it. `families` names features that
tell the same; `reasons` divides a score among them, `sentences` puts a person's own figures beside, `stability` grows
the trees again. `groups` says who is in which, `audit` how scores do there and, by `chances`, whether beyond chance;
`weighing` asks whether the busiest teach a model too much. `money` holds what a contact costs against what it saves,
`today` divides the people of now. `card` sums a model up. For notebook 04: `show`, `words`, `money_words`, `pictures`,
`results`.

Never here: a threshold learned on the people that it is judged on, or the effect of a contact as if it were measured.
"""

from helpers.churn.decisions.card import card_of
from helpers.churn.decisions.find import Decisions, assume, decide
from helpers.churn.decisions.money_words import alone, assumptions, headline, of_curve, saved, whom
from helpers.churn.decisions.pictures import plot_curve, plot_groups
from helpers.churn.decisions.results import add_results
from helpers.churn.decisions.show import contacted_tables, groups_tables, reasons_table, savings_table, weights_table
from helpers.churn.decisions.words import groups_found, of_groups, ranked_found, reasons_found, weighed_found

__all__ = [
    "Decisions", "add_results", "alone", "assume", "assumptions", "card_of", "contacted_tables", "decide",
    "groups_found", "groups_tables", "headline", "of_curve", "of_groups", "plot_curve", "plot_groups", "ranked_found",
    "reasons_found", "reasons_table", "saved", "savings_table", "weighed_found", "weights_table", "whom",
]  # fmt: skip
