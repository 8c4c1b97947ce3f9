from decimal import Decimal

import pytest

import helpers
from helpers.datasets import paths
from helpers.errors import DataRefused
from helpers.ingestion import ingest

SALES = """
    [rates]
    file = "rates.csv"
    [[source]]
    name = "sales"
    files = ["sales.csv"]
    format = "delimited"
    columns = ["at", "total", "cut", "money"]
    max_bad_share = 1.0
    [[source.emit]]
    event = "Order Completed"
    timestamp = "at"
    revenue = "total"
    discount = "cut"
    currency = "money"
"""
RATES = "currency,day,rate\nUSD,2025-05-01,0.9\nUSD,2025-05-03,0.8\nJPY,2025-05-02,0.00612345\n"
SOLD = """at,total,cut,money
2025-05-01 10:00,100,10,USD
2025-05-02 23:59,100,,USD
2025-05-03 00:00,100,,USD
2025-05-09 10:00,100,,EUR
2025-05-09 10:01,100,,
2025-05-09 10:02,1000,,JPY
2025-05-01 10:00,1000,,JPY
2025-05-09 10:03,1000,,CHF
"""


@pytest.fixture
def run(make_shop):
    """Ingests the sales with rates; the shop."""

    def run(rates=RATES, sources=SALES):
        shop = make_shop(sources, {"sales.csv": SOLD} | ({"rates.csv": rates} if rates else {}))
        ingest(shop)
        return shop

    return run


def test_amounts_are_converted_by_the_last_rate_of_their_day(run):
    events = run().frame("events").sort_values("timestamp")
    assert events["revenue"].tolist() == [90, 90, 80, 100, 100, Decimal("6.1235")]
    assert events["discount"].iloc[0] == 9
    assert set(events["currency"]) == {"EUR"}
    assert events["original_currency"].tolist() == ["USD", "USD", "USD", "EUR", "EUR", "JPY"]


def test_what_has_no_rate_is_refused_and_never_added(run):
    rejects = run().frame("rejects")
    assert rejects[["line", "reason", "column"]].to_numpy().tolist() == [
        [8, "no_rate", "currency"], [9, "no_rate", "currency"],
    ]  # fmt: skip


def test_without_rates_other_currencies_are_refused(run):
    shop = run(sources=SALES.replace('[rates]\n    file = "rates.csv"', ""))
    assert shop.frame("events")["revenue"].tolist() == [100, 100]
    assert len(shop.frame("rejects")) == 6


def test_a_rate_that_is_put_right_is_used_at_the_next_load(run):
    shop = run()
    (paths.raw("tiny") / "rates.csv").write_text(RATES.replace("0.8", "0.7"))
    ingest(shop)
    assert shop.frame("events").sort_values("timestamp")["revenue"].tolist()[2] == 70


@pytest.mark.parametrize(("rates", "said"), [
    ("", "rates.csv does not exist"),
    ("currency,day\nUSD,2025-05-01\n", "Declared and absent: rate"),
    ("currency,day,rate\nUSD,soon,1\n", "this is not a table of rates"),
    ("currency,day,rate\nUSD,2025-05-01,x\n", "this is not a table of rates"),
    ("currency,day,rate\nUSD,2025-05-01,0\n", "USD of 2025-05-01 needs one rate above zero"),
    ("currency,day,rate\nUSD,2025-05-01,1\nusd,2025-05-01,2\n", "USD of 2025-05-01 needs one rate above zero"),
])  # fmt: skip
def test_rates_that_cannot_be_are_refused(run, rates, said):
    with pytest.raises(DataRefused, match=said):
        run(rates)


def test_another_currency_of_the_house_reads_everything_again(run):
    shop = run(sources=SALES.replace('[rates]\n    file = "rates.csv"', ""))
    file = paths.dataset("tiny") / "dataset.toml"
    file.write_text(file.read_text().replace('currency = "EUR"', 'currency = "USD"', 1))
    ingest(helpers.open("tiny"))
    assert shop.frame("events")["revenue"].tolist() == [100] * 4
