"""The card of a model: what it is for and not for, what it was learned from, how good it is, and for whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from helpers.churn.decisions.audit import Group
from helpers.churn.decisions.said import of_population
from helpers.churn.ladder import Ladder
from helpers.churn.panel import Panel
from helpers.churn.tables import MEASURE_NAMES
from helpers.churn.words import POPULATION_NAMES, RUNG_NAMES
from helpers.privacy import MINIMUM, Published, publish
from helpers.reporting.formats import date, days, interval, number, part, people
from helpers.statistics import Estimate, proportion

if TYPE_CHECKING:
    from helpers.datasets import Shop

USE = "To choose, among customers who may be profiled, whom to contact before they stop ordering."
NOT_FOR = (
    "Decisions that refuse somebody a price, a service or a contract; judgements of a single person without a look at "
    "their reasons; a claim that a contact keeps anybody, which takes an experiment; people who never ordered.",
    "Another shop, another label or another horizon than these.",
)
LIMITS = (
    "It knows what was tracked: who buys elsewhere, or under another name, looks as if they had left.",
    "It was judged on one stretch of days; another season may be unlike it, so that its scores are watched.",
    "No order in the horizon is not having left for good.",
)


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


def model_card(shop: Shop, panel: Panel, model: Model, groups: list[Group]) -> dict[str, Any]:
    """The card as plain values that JSON can hold (after Mitchell et al., 2019, Model Cards for Model Reporting).

    Args:
        shop: An open data set.
        panel: The people of the model's population.
        model: The model.
        groups: As `audit` gives them.
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
        "learned_as_of": [each.isoformat() for each in sorted(cutoffs.training)],
        "judged_as_of": cutoffs.test.isoformat(),
        "scored_as_of": cutoffs.as_of.isoformat(),
        "rows_learned_from": len(panel.training),
        "people_learned_from": int(panel.training["profile_id"].nunique()),
        "people_judged_on": len(panel.test),
        "base_rate_learned": _plain(_base_rate(panel.training)),
        "base_rate_judged": _plain(_base_rate(panel.test)),
        "measures": {name: _plain(estimate) for name, estimate in model.measures.items()},
        "weak_for": [f"{each.kind}: {each.name}" for each in groups if each.misjudged],
        "looked_at_by": list(dict.fromkeys(each.kind for each in groups)),
        "limits": list(LIMITS),
        "consent": _consent(shop),
        "owner": report.owner,
        "contact": report.contact,
    }


def card_of(shop: Shop, panel: Panel, ladder: Ladder, groups: list[Group], *, version: str) -> Published:
    """The card of the recommended model as a table.

    Args:
        shop: An open data set.
        panel: As `build_panel` gives it.
        ladder: Learned from it, with one population or more.
        groups: As `audit` gives them.
        version: Of the models, as they were saved.
    """
    rung, population = ladder.recommended, ladder.headline
    measures = {MEASURE_NAMES[name]: each for name, each in ladder.populations[population].rungs[rung].items()}
    model = Model(RUNG_NAMES[rung], rung, version, POPULATION_NAMES[population], ladder.cutoffs.label, measures)
    return card_table(model_card(shop, of_population(panel, population), model, groups))


def card_table(card: Mapping[str, Any]) -> Published:
    """A card as a table of two columns, for behind a fold: words of the trade stand in it."""
    learned, judged = (Estimate(**card[f"base_rate_{when}"]) for when in ("learned", "judged"))
    rows = {
        "Model": f"{card['model']} ({card['rung']}), version {card['version']}",
        "Made for": card["use"],
        "Not for": " ".join(card["not_for"]),
        "People": card["population"],
        "Predicts": f"{card['label']}: {days(card['horizon_days'])} from the moment on",
        "Learned from": f"{number(card['rows_learned_from'])} rows of {people(card['people_learned_from'])} people, as "
        f"of {', '.join(map(date, card['learned_as_of']))}; did not order: {part(learned.numerator, learned.n)}",
        "Judged on": f"{people(card['people_judged_on'])} people as of {date(card['judged_as_of'])}; did not order: "
        f"{part(judged.numerator, judged.n)}",
        "How good": "; ".join(
            f"{name} {interval(Estimate(**each), words=place == 0)}"
            for place, (name, each) in enumerate(card["measures"].items())
        ),
        "Misjudged groups": "; ".join(card["weak_for"]) or f"none, by {', '.join(card['looked_at_by'])}",
        "Limits": " ".join(card["limits"]),
        "Consent": card["consent"],
        "Answers for it": f"{card['owner']}, {card['contact']}",
    }
    frame = pd.DataFrame({"What": rows.keys(), "Says": rows.values()})
    return publish(frame, people=None, why="a description of a model")


def _base_rate(people: pd.DataFrame) -> Estimate:
    return proportion(len(people), int(people["churned"].sum()))


def _plain(estimate: Estimate) -> dict[str, Any]:
    return estimate._asdict()


def _consent(shop: Shop) -> str:
    if shop.settings.consent.source is None:
        ground = f"Basis: {shop.settings.consent.basis}, {shop.settings.consent.reason}; who objected is not in it."
    else:
        ground = "Who has not agreed to be profiled is not in it."
    return f"{ground} No groups of fewer than {MINIMUM} people are told of."
