import numpy as np

from helpers.simulate.identifiers import as_typed, draw_identifiers, random_ids
from helpers.simulate.people import draw_people


def test_no_identifier_belongs_to_two_people(disk):
    rows = disk.truth("identifiers")
    assert not rows.duplicated(["type", "identifier"]).any()
    assert rows["person_id"].nunique() == len(disk.truth("customers"))


def test_guests_have_an_address_and_no_account_card_or_app():
    people = draw_people(800, rng=np.random.default_rng(0))
    names = draw_identifiers(people, rng=np.random.default_rng(1))
    guests = names[people["guest"]]
    assert len(guests) > 40
    assert (guests[["customer_id", "loyalty_card", "device_app"]] == "").all().all()
    assert (names["email"] != "").all()
    assert names.loc[~people["guest"], "customer_id"].str.fullmatch(r"C\d{6}").all()


def test_store_orders_carry_the_card_alone_and_guest_orders_an_address(disk):
    orders = disk.bought
    in_store = orders[orders["sales_channel"] == "pos"]
    assert (in_store["loyalty_card"] != "").all()
    assert (in_store[["customer_id", "email", "phone"]] == "").all().all()
    others = orders[orders["sales_channel"] != "pos"]
    guests = others[others["customer_id"] == ""]
    assert (guests["email"] != "").all()
    assert (guests["loyalty_card"] == "").all()
    people = disk.truth("customers").set_index("person_id")["guest"]
    assert 0 < (~people.loc[guests["person_id"]]).mean() < 1  # real guests, and accounts that forgot to log in


def test_addresses_are_typed_in_several_ways_and_mean_the_same(disk):
    typed = disk.bought.loc[disk.bought["email"] != "", "email"]
    plain = typed == typed.str.strip().str.lower()
    assert 0.02 < (~plain).mean() < 0.2
    text = np.array(["anna.x1@example.org"] * 500)
    variants = as_typed(text, share=0.5, rng=np.random.default_rng(0))
    assert {value.strip().lower() for value in variants} == {"anna.x1@example.org"}
    assert len(set(variants)) == 3


def test_random_ids_are_16_hex_digits():
    ids = random_ids(200, rng=np.random.default_rng(0))
    assert len(set(ids)) == 200
    assert all(len(value) == 16 and int(value, 16) >= 0 for value in ids)
