"""The card of a model: what it is for and not for, what it was learned from, how good it is, and for whom.

It stands on the page and, as card.json, beside the models of `saved`: for who gets the models without the page. No
model is read from it, so that it is not among the files whose hashes are kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from helpers.churn.decisions.audit import Group
from helpers.churn.decisions.find import Decisions
from helpers.churn.decisions.said import of_population
from helpers.churn.ladder import Ladder
from helpers.churn.panel import Panel
from helpers.churn.tables import MEASURE_NAMES
from helpers.churn.words import POPULATION_NAMES, RUNG_NAMES, signed_100
from helpers.datasets.aside import instead_of
from helpers.errors import cannot_write
from helpers.privacy import MINIMUM, Published, publish
from helpers.reporting.formats import date, days, interval, number, part, people
from helpers.statistics import Estimate, proportion

if TYPE_CHECKING:
    from helpers.datasets import Shop

USE = "To choose, among customers who may be profiled, whom to contact before they stop coming back."
NOT_FOR = (
    "Decisions that refuse somebody a price, a service or a contract.",
    "Judgements of a single person without a look at their reasons.",
    "A claim that a contact keeps anybody, which takes an experiment.",
    "People who never ordered.",
    "Another shop, another label or another horizon than these.",
)
LIMITS = (
    "It knows what was tracked: who buys elsewhere, or under another name, looks as if they had left.",
    "It was judged on one stretch of days; another season may be unlike it, so that its scores are watched.",
    "Not coming back in the horizon is not having left for good.",
)
CARD = "card.json"


class Model(NamedTuple):
    """The model that a card is about.

    Attributes:
        name: What it is, in words: "logistic regression".
        rung: Its key.
        version: Its version, as it was saved.
        population: Whom it is for, in words.
        label: What it predicts: "no_order_90d".
        measures: Estimates on the test people, by name.
    """

    name: str
    rung: str
    version: str
    population: str
    label: str
    measures: Mapping[str, Estimate]


def model_card(shop: Shop, panel: Panel, model: Model, groups: list[Group], gap: Estimate) -> dict[str, Any]:
    """The card as plain values that JSON can hold (after Mitchell et al., 2019, Model Cards for Model Reporting).

    Args:
        shop: An open data set.
        panel: The people of the model's population.
        model: The model.
        groups: As `audit` gives them.
        gap: As `overall_gap` gives it.
    """
    cutoffs, report = panel.cutoffs, shop.settings.report
    return {
        "model": model.name,
        "rung": model.rung,
        "version": model.version,
        "data_set": shop.name,
        "use": USE,
        "not_for": list(NOT_FOR),
        "population": model.population,
        "label": model.label,
        "horizon_days": cutoffs.horizon_days,
        "gap_days": cutoffs.gap_days,
        "learned_as_of": [each.isoformat() for each in sorted(cutoffs.training)],
        "judged_as_of": cutoffs.test.isoformat(),
        "scored_as_of": cutoffs.as_of.isoformat(),
        "rows_learned_from": len(panel.training),
        "people_learned_from": int(panel.training["profile_id"].nunique()),
        "people_judged_on": len(panel.test),
        "base_rate_learned": _base_rate(panel.training)._asdict(),
        "base_rate_judged": _base_rate(panel.test)._asdict(),
        "measures": {name: estimate._asdict() for name, estimate in model.measures.items()},
        "off_for_everybody": gap._asdict(),
        "weak_for": [f"{each.kind}: {each.name}" for each in groups if each.misjudged],
        "looked_at_by": list(dict.fromkeys(each.kind for each in groups)),
        "limits": list(LIMITS),
        "consent": _consent(shop),
        "owner": report.owner,
        "contact": report.contact,
    }


def card_of(shop: Shop, panel: Panel, ladder: Ladder, found: Decisions, *, version: str) -> Published:
    """The card of the recommended model as a table; writes it as card.json beside the models, too.

    Args:
        shop: An open data set whose models are written.
        panel: As `build_panel` gives it.
        ladder: Learned from it, with one population or more.
        found: What its scores lead to.
        version: Of the models, as they were saved.

    Raises:
        InputOutput: If the disk refuses.
    """
    rung, population = ladder.recommended, ladder.headline
    measures = {MEASURE_NAMES[name]: each for name, each in ladder.populations[population].rungs[rung].items()}
    model = Model(RUNG_NAMES[rung], rung, version, POPULATION_NAMES[population], ladder.cutoffs.label, measures)
    card = model_card(shop, of_population(panel, population), model, found.groups, found.gap)
    file = shop.store.models / "churn" / CARD
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with instead_of(file) as aside:
            aside.write_text(json.dumps(card, indent=1, sort_keys=True, allow_nan=False), encoding="utf-8")
    except OSError as error:
        raise cannot_write(file, error) from None
    return card_table(card)


def card_table(card: Mapping[str, Any]) -> Published:
    """A card as a table of two columns, for behind a fold: words of the trade stand in it.

    One row a measure, a limit and a group: what is longer than a cell may be is cut on the page.
    """
    learned, judged, gap = (
        Estimate(**card[name]) for name in ("base_rate_learned", "base_rate_judged", "off_for_everybody")
    )
    later = f" after {days(card['gap_days'])}" if card["gap_days"] else ""
    rows = [
        ("Model", f"{card['model']} ({card['rung']}), version {card['version']}"),
        ("Made for", card["use"]),
        *(("Not for", each) for each in card["not_for"]),
        ("People", card["population"]),
        ("Predicts", f"{card['label']}: not coming back in {days(card['horizon_days'])}{later}"),
        (
            "Learned from",
            f"{number(card['rows_learned_from'])} rows of {people(card['people_learned_from'])} people, as of "
            f"{', '.join(map(date, card['learned_as_of']))}",
        ),
        ("Of these rows, did not come back", part(learned.numerator, learned.n)),
        ("Judged on", f"{people(card['people_judged_on'])} people as of {date(card['judged_as_of'])}"),
        ("Of these, did not come back", part(judged.numerator, judged.n)),
        *(
            (f"How good: {name}", interval(Estimate(**each), words=place == 0))
            for place, (name, each) in enumerate(card["measures"].items())
        ),
        ("Off for everybody", _off(gap)),
        *(("Misjudged group", each) for each in card["weak_for"] or [f"none, by {', '.join(card['looked_at_by'])}"]),
        *(("Limit", each) for each in card["limits"]),
        ("Consent", card["consent"]),
        ("Small groups", f"No groups of fewer than {MINIMUM} people are told of."),
        ("Answers for it", f"{card['owner']}, {card['contact']}"),
    ]
    return publish(pd.DataFrame(rows, columns=["What", "Says"]), people=None, why="a description of a model")


def _off(gap: Estimate) -> str:
    """Whether what was said is off for everybody, beyond chance."""
    told = f"of 100, said minus came is {signed_100(gap)}"
    if gap.lo is not None and gap.lo <= 0 <= gap.hi:
        return f"not beyond chance: {told}"
    return f"yes: {told}"


def _base_rate(people: pd.DataFrame) -> Estimate:
    return proportion(len(people), int(people["churned"].sum()))


def _consent(shop: Shop) -> str:
    if shop.settings.consent.source is None:
        return f"Basis: {shop.settings.consent.basis}, {shop.settings.consent.reason}; who objected is not in it."
    return "Who has not agreed to be profiled is not in it."
