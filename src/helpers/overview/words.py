"""What the overview page says of who comes back, of funnels and visits, and first of all."""

from __future__ import annotations

import pandas as pd

from helpers.overview.build import Overview
from helpers.overview.funnels import DEFAULT, Drop, Passed, Step, largest_drop
from helpers.overview.month_words import actives, growth, sales
from helpers.overview.retention import KINDS, pooled
from helpers.overview.show import length
from helpers.overview.visits import LATELY_DAYS
from helpers.privacy import MINIMUM
from helpers.reporting import interval, literal, number, part, percent
from helpers.statistics import Estimate

ORDERS = {
    "sequential": "in this order, with anything in between",
    "strict": "in this order, with nothing else of theirs in between",
    "any": "in any order",
}
_NO_FUNNEL = "The log tells of no two steps on the way to an order, and dataset.toml declares no funnel."
_SHOWN_AGES = (1, 3, 12)

Curves = dict[str, dict[int, Estimate]]


def retention_curves(overview: Overview) -> Curves:
    """What is shown of who came back: the name of each curve to its shares by age, those of enough customers."""
    curves = {said: pooled(overview.retention, kind) for kind, said in KINDS.items()}
    return {said: {age: each for age, each in own.items() if _is_of_enough(each)} for said, own in curves.items()}


def retained(curves: Curves) -> str:
    """Who came back one, three and twelve months later."""
    on_day, later = (curves[said] for said in KINDS.values())
    shown = [age for age in _SHOWN_AGES if age in on_day]
    if not shown:
        return "No cohort is old enough, or large enough, to say who comes back."
    shares = [interval(on_day[age], form=percent, words=age == shown[0]) for age in shown]
    first, *others = [f"{share} {{}}{_months(age)} later" for share, age in zip(shares, shown, strict=True)]
    sentence = f"Of new customers, {', '.join([first.format('were active '), *(each.format('') for each in others)])}."
    last = shown[-1]
    if last in later:
        sentence += (
            f" So far {interval(later[last], form=percent, words=False)} have been, {_months(last)} later or since."
        )
    return sentence


def retention_title(curves: Curves) -> str:
    """What the picture of who came back shows, as a title."""
    on_day = curves[KINDS["on_day"]]
    shown = [age for age in _SHOWN_AGES if age in on_day]
    if not shown:
        return "Who comes back, as far as enough customers tell"
    return f"{percent(on_day[shown[-1]].value)} of new customers are active {_months(shown[-1])} later"


def funnels(overview: Overview, steps: dict[str, list[Step]], *, days: int) -> list[str]:
    """What is said of each funnel, or that there is none.

    Args:
        overview: The business picture.
        steps: Name of a funnel to its steps, as `helpers.overview.publish_steps` gives them.
        days: Days of beginnings that were looked at.
    """
    return [funnel(each, steps[each.funnel.name], days=days) for each in overview.funnels] or [_NO_FUNNEL]


def funnel(passed: Passed, steps: list[Step], *, days: int) -> str:
    """How many get through a funnel, where most are lost, and how long it takes.

    Args:
        passed: What became of those who began it.
        steps: As `helpers.overview.publish_steps` gives them.
        days: Days of beginnings that were looked at.
    """
    name = "the usual funnel" if passed.funnel.name == DEFAULT else f"the funnel {literal(passed.funnel.name)}"
    first, last = steps[0], steps[-1]
    if not passed.steps[0].people:
        return f"Nobody began {name} in the {days} days that it looks at."
    if not _are_told(steps):
        return f"Some steps of {name} are left to too few people to be told of."
    sentences = [f"Of those who began, {part(last.people, first.people)} got through to {literal(last.name)}."]
    sentences += [_lost(drop) for drop in [largest_drop(steps)] if drop]
    if last.from_first_s is not None:
        sentences.append(f"Half of those who got through took {length(last.from_first_s)} or less.")
    if passed.taken_out >= MINIMUM:
        sentences.append(f"{number(passed.taken_out)} more are left out for what they did on the way.")
    return " ".join(sentences)


def funnel_title(steps: list[Step]) -> str:
    """What the picture of a funnel shows, as a title."""
    if not _are_told(steps):
        return "Some steps are left to too few people to be told of"
    drop = largest_drop(steps)
    return _lost(drop).removesuffix(".") if drop else "Nobody is lost on the way"


def funnel_subtitle(passed: Passed, *, days: int) -> str:
    """What the picture of a funnel draws."""
    hours = passed.funnel.window_hours
    time = f"{hours // 24} days" if hours % 24 == 0 and hours > 24 else f"{hours} hours"
    name = "" if passed.funnel.name == DEFAULT else f"{passed.funnel.name}: "
    return (
        f"{name}People who got so far within {time}, {ORDERS[passed.funnel.order]}, of those who began in {days} days"
    )


def visits(overview: Overview) -> str:
    """How long the visits of the last 30 days were."""
    found = overview.lengths
    if not overview.months["visits"].sum():
        return "No event of this log belongs to a visit, so there is nothing to measure."
    if found.people < MINIMUM:
        return f"In the last {LATELY_DAYS} days too few people came to say how long they stay."
    of = f"of the {number(found.visits)} visits of the last {LATELY_DAYS} days"
    if not found.three_quarters_s:
        return f"Three in four {of} have one event only, so that their length is not known."
    shortest = f"a quarter {length(found.quarter_s)} or less" if found.quarter_s else "a quarter have one event only"
    return (
        f"Half {of} took {length(found.median_s)} or less; {shortest}, a quarter took "
        f"{length(found.three_quarters_s)} or more."
    )


def headlines(overview: Overview, months: pd.DataFrame, steps: list[list[Step]]) -> list[str]:
    """The page's headlines, at most six, the first saying that nothing is decided here.

    Args:
        overview: The business picture.
        months: Rows of table `overview_months`, with what is hidden missing.
        steps: Of each funnel, as `helpers.overview.publish_steps` gives them.
    """
    sentences = [
        "No decision yet: these figures say how business goes, not what would change it.",
        sales(overview, months)[0],
    ]
    if overview.calendar.last_whole is not None:
        sentences += [actives(overview, months)[0], growth(overview, months)]
    curves = retention_curves(overview)
    if any(curves.values()):
        sentences.append(retained(curves))
    drops = [largest_drop(own) for own in steps[:1] if _are_told(own)]
    return [*sentences, *(_lost(drop) for drop in drops if drop)]


def _lost(drop: Drop) -> str:
    return (
        f"Most are lost between {literal(drop.after)} and {literal(drop.before)}: {part(drop.lost, drop.reached)} stop "
        "there."
    )


def _are_told(steps: list[Step]) -> bool:
    return all(step.people is not None for step in steps)


def _is_of_enough(estimate: Estimate) -> bool:
    return all(count == 0 or count >= MINIMUM for count in (estimate.numerator, estimate.n - estimate.numerator))


def _months(age: int) -> str:
    return "a month" if age == 1 else f"{age} months"
