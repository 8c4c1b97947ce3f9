"""Whom to target: learners of who is moved by an arm, judged against a rule that somebody can name.

Begin with `find`, or with `asked` for an experiment of a page. `features` says what was known of people before they
were exposed, `trial` puts an arm beside its control, `learners` rank people whom they have not seen and `rules` those
of whom one fact is so, `curve` is what lists of every length gain, `policy` what one list is worth, and `judge` holds
all ways against each other on the same draws. For notebook 05: `words`, `show`, `results`.

Never here: a learner without the rule beside it, a list judged on people whom its model has seen, or what became known
after exposure.
"""

from helpers.lift.uplift.asked import as_frame, refused, whom
from helpers.lift.uplift.find import Targeted, find
from helpers.lift.uplift.judge import judge
from helpers.lift.uplift.results import add_results
from helpers.lift.uplift.rules import Rule
from helpers.lift.uplift.show import curves_frame, plot_curves, ways_table, whom_figure
from helpers.lift.uplift.trial import Trial, make_trial
from helpers.lift.uplift.words import Told, decision, told_of, verdict

__all__ = [
    "Rule", "Targeted", "Told", "Trial", "add_results", "as_frame", "curves_frame",
    "decision", "find", "judge", "make_trial", "plot_curves", "refused", "told_of", "verdict", "ways_table",
    "whom", "whom_figure",
]  # fmt: skip
