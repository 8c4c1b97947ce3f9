"""Every metric of an experiment on its own control arm, by the way that it is read, and what cannot be tried."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from helpers.lift import proof_sentences, prove_all, quantiles, readout, sums
from helpers.lift.error_words import rates_frame, rates_table
from helpers.lift.own_proof import FEW_PEOPLE, SAME, SAME_AROUND, UNTOLD
from helpers.lift.show import publishable

VISIT = {"name": "visit", "kind": "conversion", "event": "Page Viewed"}
BASKET = {"name": "basket", "kind": "ratio", "numerator": "revenue", "denominator": "Order Completed"}
DEAR = {"name": "dear", "kind": "quantile", "of": "revenue", "share": 0.8}
SEQUENCE = "asymptotic confidence sequence"


@pytest.fixture
def proofs_of(make_shop, experiment):
    """Proves an experiment of which every arm has the same outcomes: metric, value, denominator, cluster."""
    shop = make_shop()

    def found(rows, **declared):
        asked = experiment(**declared)
        both = pd.concat([rows.assign(variation=arm) for arm in asked.arms])
        both = both.assign(experiment="email", first_exposed_at=pd.Timestamp("2025-01-02"))
        texts = both[["experiment", "variation", "metric", "cluster", "first_exposed_at"]]
        table = pa.Table.from_pandas(texts, preserve_index=False)
        for name in ("value", "denominator", "value_before", "denominator_before"):
            values = pa.array(both[name] if name in both else [None] * len(both), pa.float64(), from_pandas=True)
            table = table.append_column(name, values.cast(pa.decimal128(18, 4)))
        outcomes = shop.engine.create_table("outcomes", table, temp=True, overwrite=True)
        added = sums(outcomes, [asked])
        readings = readout(added, [asked], quantiles=quantiles(outcomes, [asked], added))
        told = SimpleNamespace(experiment=asked, readings=publishable(readings, [asked]))
        return prove_all(outcomes, told, times=60)

    return found


def shoppers(people, stores=50):
    """Whether people came, what they spent on how many orders, and in which store."""
    rng = np.random.default_rng(1)
    orders = rng.poisson(0.9, people).astype(float)
    spent = (orders * rng.lognormal(3, 0.8, people)).round(2)
    own = pd.DataFrame({"cluster": [f"store {at % stores}" for at in range(people)]})
    parts = [
        own.assign(metric="visit", value=np.minimum(orders, 1), denominator=np.nan),
        own.assign(metric="basket", value=spent, denominator=orders),
        own.assign(metric="dear", value=spent, denominator=np.nan),
    ]
    return pd.concat(parts, ignore_index=True)


def methods(proof):
    return [each.method for each in proof.tried]


def test_ratios_and_quantiles_are_tried_like_shares(proofs_of):
    visit, basket, dear = proofs_of(shoppers(600), metric=[VISIT, BASKET, DEAR])
    assert methods(visit) == ["Newcombe hybrid score", "Katz log ratio", SEQUENCE]
    assert methods(basket) == [f"{name}, delta method" for name in ("Welch t", "Fieller", SEQUENCE)]
    assert methods(dear) == ["order statistics, MOVER", "order statistics, MOVER, log ratio"]
    assert all(each.rate.n == 60 and each.covered.n == 15 for each in basket.tried + dear.tried)
    said = proof_sentences("none", [visit, basket, dear])
    assert said[0].startswith("People of none were split at random 60 times")
    assert [sentence.split(" of ")[0] for sentence in said[1:]] == ["Who looks at visit", "Who looks at basket"]
    assert "14 days, which are invented" in said[2]
    assert rates_frame(dear.tried)["Promised"].tolist() == ["about 5 or fewer", "about 5 or fewer"]
    intervals = rates_frame(basket.tried + dear.tried)["Interval"].tolist()
    assert intervals == [
        "difference of ratios", "ratio of ratios", "difference of ratios, for every night", "difference of quantiles",
        "ratio of quantiles",
    ]  # fmt: skip


def test_clusters_are_tried_as_wholes_whatever_is_measured(proofs_of):
    found = proofs_of(shoppers(600), cluster="store", metric=[VISIT, BASKET])
    assert [methods(each) for each in found] == [
        [f"{name}, by cluster" for name in ("Welch t", "Fieller", SEQUENCE)]
    ] * 2
    said = proof_sentences("none", found)
    assert said[1:] == ["Looking every day was not tried, since what belongs together comes on many days."]
    assert said[0].startswith("Clusters of none, each as a whole, were split at random 60 times")


def test_sessions_are_tried_by_person_and_it_is_said_what_that_means(proofs_of):
    found = proofs_of(shoppers(600), unit="session", metric=[VISIT])
    said = proof_sentences("none", found)
    assert said[0].startswith("People of none, each with all their sessions, were split at random 60 times")
    assert said[1].startswith("Where sessions were assigned one by one,")


def test_the_time_before_is_taken_out_of_ratios_and_clusters_too(proofs_of):
    before = shoppers(600).assign(
        value_before=lambda own: own["value"], denominator_before=lambda own: own["denominator"]
    )
    (basket,) = proofs_of(before, metric=[BASKET | {"pre_days": 7}])
    (visit,) = proofs_of(before, cluster="store", metric=[VISIT | {"pre_days": 7}])
    assert methods(basket)[0] == "Welch t, delta method, CUPED"
    assert methods(visit)[1] == "Fieller, by cluster, CUPED"
    assert rates_frame(visit.tried)["Interval"].iloc[1] == "ratio by cluster, known differences taken out"


def test_what_is_too_few_is_not_tried_and_that_is_said(proofs_of):
    found = visit, basket, dear = proofs_of(shoppers(39), metric=[VISIT, BASKET, DEAR])
    assert visit.untried == basket.untried == "the arm has fewer than 40 people"
    assert dear.untried == FEW_PEOPLE
    assert visit.tried == basket.tried == dear.tried == []
    assert proof_sentences("none", found) == [
        "Of visit, basket nothing was tried, since the arm has fewer than 40 people.",
        f"Of dear nothing was tried, since {FEW_PEOPLE}.",
    ]
    (stores,) = alone = proofs_of(shoppers(600, stores=39), cluster="store", metric=[VISIT])
    assert stores.untried == "the arm has fewer than 40 clusters"
    assert proof_sentences("none", alone) == ["Of visit nothing was tried, since the arm has fewer than 40 clusters."]
    assert rates_table(alone).frame.iloc[0].tolist()[:3] == ["visit", "not tried", None]


def test_metrics_that_share_a_reason_share_a_sentence(proofs_of):
    two = [VISIT, BASKET]
    said = proof_sentences("none", proofs_of(shoppers(600, stores=39), cluster="store", metric=two))
    assert said == ["Of visit, basket nothing was tried, since the arm has fewer than 40 clusters."]


def test_what_cannot_differ_is_not_tried(proofs_of):
    same = pd.DataFrame({"metric": "basket", "value": 20.0, "denominator": 1.0, "cluster": ["x"] * 90})
    assert [each.untried for each in proofs_of(same, metric=[BASKET])] == [SAME]
    everyone = same.assign(metric="visit", value=1.0)
    assert [each.untried for each in proofs_of(everyone, metric=[VISIT])] == [SAME]
    rarely = pd.DataFrame({"metric": "dear", "value": [0.0] * 900 + [5.0] * 50, "denominator": np.nan, "cluster": "x"})
    assert [each.untried for each in proofs_of(rarely, metric=[DEAR])] == [SAME_AROUND]
    half = pd.DataFrame({"metric": "dear", "value": [0.0] * 330 + [5.0] * 70, "denominator": np.nan, "cluster": "x"})
    assert [each.ratios_untried for each in proofs_of(half, metric=[DEAR])] == ["the quantile is not above 0"]


def test_what_is_not_told_is_not_tried(proofs_of):
    few = shoppers(600)
    few.loc[(few["metric"] == "visit") & (few.index > 5), "value"] = 0.0
    visit, basket = proofs_of(few, metric=[VISIT, BASKET])
    assert (visit.untried, basket.untried) == (UNTOLD, "")
    assert proofs_of(few, metric=[VISIT]) == []
