from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers.churn.decisions.audit import audit, overall_gap
from helpers.churn.decisions.find import Decisions
from helpers.churn.decisions.money import Contact, cost_curve, judge_savings, learned_threshold
from helpers.churn.decisions.paying import Money, Reach, judged_among
from helpers.churn.decisions.reasons import reasons
from helpers.churn.decisions.stability import steady
from helpers.churn.decisions.today import divide
from helpers.churn.decisions.weighing import see_weights
from helpers.churn.decisions.worth import Assumed
from helpers.churn.lesson import Lesson
from helpers.churn.linear import fit_logistic
from helpers.churn.weighing import weigh

from ..conftest import halves_of
from .test_reasons import grow


@pytest.fixture(scope="session")
def decided(panel):
    """Decides as `decide` does, without a shop: `decided(contact)`, where the first `may` people may be written to."""
    model, test = grow(panel.training), panel.test
    lesson = Lesson(panel.training, {}, 0, 90, 1)
    said = fit_logistic(lesson).scores(test).probability
    weighed = see_weights(lesson, weigh(halves_of(panel.training), draws=50), test, draws=50)
    stability = steady(model, [model] * 5, test, said, draws=50, seed=1)
    told = reasons(model, panel.current, currency="EUR")
    groups = pd.DataFrame({"channel": np.where(test["tenure_days"] < 2, "app", "web")})

    def decide(contact, may=2_000):
        written_to = np.arange(len(test)) < may
        own = judged_among(written_to)
        gone, own_said = test["churned"][own], said[own]
        learned = learned_threshold(gone, own_said, contact)
        listed = own & (said >= contact.threshold)
        money = Money(
            reach=Reach(int(written_to.sum()), len(test)),
            listed=listed,
            curve=cost_curve(gone, own_said, contact),
            savings=judge_savings(test[own], own_said, contact, learned=learned, draws=100, seed=1),
            today=divide(said, written_to & (np.arange(len(said)) % 2 == 1), contact),
        )
        return Decisions(
            cutoffs=panel.cutoffs,
            assumed=Assumed(contact, None),
            money=money if contact.value > 0 else None,
            gap=overall_gap(test["churned"], said),
            groups=audit(test["churned"], said, listed, groups, draws=50, seed=1),
            weighed=weighed,
            stability=stability,
            reasons=told,
        )

    return decide


@pytest.fixture(scope="session")
def found(decided):
    """Decisions where a contact of 2 brings 4 of a leaver."""
    return decided(Contact(2.0, 20.0, 0.2))


@pytest.fixture
def publishing(make_shop):
    """A shop that keeps what is published; it has no log."""
    return make_shop()
