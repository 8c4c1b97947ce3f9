"""What the churn page says of probabilities: whether they were mended, and whether they mean what they say."""

from __future__ import annotations

from helpers.churn.calibrate import Choice
from helpers.churn.ladder import Ladder
from helpers.churn.words import RUNG_NAMES, did_not
from helpers.reporting.formats import interval, number

WAY_NAMES = {"none": "left as they are", "platt": "mended by a line", "isotonic": "mended by steps"}


def of_mending(ladder: Ladder) -> str:
    """Whether the recommended way's probabilities are mended, how, and by how much that helped."""
    judged = ladder.populations[ladder.headline]
    name, choice = RUNG_NAMES[judged.recommended], judged.choices[judged.recommended]
    if not choice.brier:
        return f"The probabilities of {name} are left as they are: too few people could be held out to choose by."
    how = "On days that taught, never on the day that judges, some people were held out"
    if choice.way == "none":
        return (
            f"{how}: neither of two ways of mending the probabilities of {name} brought them nearer to what happened "
            f"beyond chance ({_changes(choice)}), so they are left as they are."
        )
    return (
        f"{how}, and what {name} said of them was held against what they did. Its probabilities are "
        f"{WAY_NAMES[choice.way]}: {_changes(choice)}."
    )


def agreement(ladder: Ladder) -> str:
    """Whether the probabilities mean what they say on the day that judges, from slope and intercept."""
    judged = ladder.populations[ladder.headline]
    metrics = judged.rungs[judged.recommended]
    came, slope = metrics.get("calibration_intercept"), metrics.get("calibration_slope")
    if came is None or slope is None or came.lo is None or slope.lo is None:
        return "Whether the probabilities mean what they say cannot be told of these people."
    faults = []
    if came.lo > 0 or came.hi < 0:
        faults.append(f"{'more' if came.lo > 0 else 'fewer'} {did_not(ladder.cutoffs)} than they said")
    if slope.lo > 1 or slope.hi < 1:
        apart = "near to each other" if slope.lo > 1 else "far apart: high ones too high, low ones too low"
        faults.append(f"they are too {apart}")
    if faults:
        return f"The probabilities do not quite mean what they say: {'; '.join(faults)}."
    return "As far as these people can tell, the probabilities mean what they say."


def _changes(choice: Choice) -> str:
    """By how much of itself the squared error of each way is another."""
    before = choice.brier["none"].value

    def form(gain: float) -> str:
        return number(100 * gain / before, digits=2, signed=True)

    told = [f"{WAY_NAMES[way]} {interval(gain, form=form, words=False)}" for way, gain in choice.gains.items()]
    return f"squared error changed, in hundredths of itself: {', '.join(told)}"
