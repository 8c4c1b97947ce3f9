"""Names that turned out to be one person are one row."""

from datetime import date

from helpers import profiles

CUTOFF = date(2025, 6, 1)


def shop_with_two_names(make_shop, log):
    log.order("2025-01-10", 5, anonymous_id="d1").order("2025-05-05", 5, user_id="u1").order(
        "2025-05-20", 5, user_id="u2"
    )
    log.add("2025-06-10", user_id="u1", anonymous_id="d1")
    shop = log.write(make_shop(as_of="2025-12-01"))
    profiles.build(shop)
    return shop


def test_the_name_that_did_most_lately_stands_for_the_person(make_shop, log):
    shop = shop_with_two_names(make_shop, log)
    rows = profiles.panel(shop, [CUTOFF])
    assert rows.count().to_pyarrow().as_py() == 3
    people = profiles.one_each(shop, rows.select("cutoff", "profile_id", "engagement_score", "days_since_last_order"))
    assert sorted(people.days_since_last_order) == [12, 27]  # not 142 days, of the device alone
    assert set(people.profile_id) == set(shop.frame("profiles").profile_id)
    assert set(people.known_as) <= set(shop.frame(rows).profile_id)
    assert (people.known_as != people.profile_id).sum() == 1


def test_acts_are_found_under_the_names_they_had_and_what_is_done_to_people_is_none(make_shop, log):
    shop = shop_with_two_names(make_shop, log)
    log.add("2025-07-01", "Email Delivered", "engagement", user_id="u2", channel="email")
    shop = log.write(shop)
    profiles.build(shop)
    acted = shop.frame(profiles.acted_between(shop, CUTOFF, date(2025, 8, 1)))
    then = set(shop.frame(profiles.panel(shop, [CUTOFF])).profile_id)
    assert acted.acts.tolist() == [1, 1]  # a page on 10 June, under both names
    assert set(acted.profile_id) < then
    assert shop.frame(profiles.acted_between(shop, date(2025, 6, 11), date(2025, 8, 1))).empty
