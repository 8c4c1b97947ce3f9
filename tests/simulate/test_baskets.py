import pandas as pd
import pytest


def test_the_price_sensitive_buy_more_at_a_discount(disk):
    orders = disk.bought.assign(cut=disk.bought["discount"].astype(float) > 0)
    orders = orders[orders["coupon"] != "WELCOME10"]
    share = orders.groupby("person_id")["cut"].mean()
    traits = disk.truth("customers").set_index("person_id").loc[share.index, "price_sensitivity"]
    third = pd.qcut(traits, 3, labels=["low", "middle", "high"])
    by_third = share.groupby(third, observed=True).mean()
    assert by_third["high"] > by_third["middle"] > by_third["low"]
    assert by_third["high"] > 2 * by_third["low"]


def test_enthusiasts_buy_new_products_at_full_price(disk):
    launched = pd.to_datetime(disk.table("products.csv").set_index("product_id")["launched_at"])
    orders = disk.bought
    age = (orders["at"] - launched.loc[orders["product_id"]].to_numpy()).dt.days
    assert (age >= 0).all()
    archetype = disk.truth("customers").set_index("person_id")["archetype"]
    fresh = (age < 60).groupby(archetype.loc[orders["person_id"]].to_numpy()).mean()
    assert fresh["enthusiast"] > 1.5 * fresh["regular"]


def test_people_have_a_favourite_category(disk):
    favourite = disk.truth("customers").set_index("person_id")["preferred_category"]
    hit = disk.bought["category"] == favourite.loc[disk.bought["person_id"]].to_numpy()
    assert hit.mean() == pytest.approx(0.55 + 0.45 / 8, abs=0.04)


def test_a_refund_undoes_a_line_of_an_earlier_order_of_the_same_person(disk):
    orders = disk.orders
    refunds = orders[orders["status"] == "refunded"]
    assert len(refunds) > 20
    both = refunds.merge(
        disk.bought, left_on=["refund_of", "order_line"], right_on=["order_id", "order_line"], suffixes=("", "_placed")
    )
    assert len(both) == len(refunds)
    assert (both["person_id"] == both["person_id_placed"]).all()
    assert (both["at"] > both["at_placed"]).all()
    assert (both["net"] == -both["net_placed"]).all()
    assert (both["product_id"] == both["product_id_placed"]).all()
    assert (disk.bought["refund_of"] == "").all()


def test_order_numbers_rise_with_time_and_lines_are_numbered(disk):
    bought = disk.bought
    first = bought.drop_duplicates("order_id")
    assert first.sort_values("order_id")["at"].is_monotonic_increasing
    lines = bought.groupby("order_id")["order_line"].agg(lambda lines: sorted(map(int, lines)))
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in lines)
    assert (lines.map(len) > 1).mean() > 0.2
