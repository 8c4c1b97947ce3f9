"""What uplift hands on to the result record."""

from helpers.lift.uplift import add_results
from helpers.reporting import Record
from tests.lift.uplift.test_words import RULE, judged


class Shop:
    def write_results(self, stage, entries):
        raise AssertionError("nothing is written before it is shown")


def test_each_way_has_its_key_and_learners_one_beside_the_best_rule():
    record = Record(Shop(), "lift")
    add_results(record, judged(), experiment="E-mail", arm="Womens", unit="share")
    entries = {entry["key"]: entry for entry in record.entries}
    place = "lift.e_mail.womens.uplift"
    ways = ["t_learner", "s_learner", "x_learner", "bought_women_s", "bought_men_s"]
    beyond = [f"{way}.beyond_rule" for way in ways[:3]]
    assert list(entries) == [f"{place}.{name}" for name in (*ways, *beyond)]
    assert (entries[f"{place}.bought_women_s"]["value"], entries[f"{place}.bought_women_s"]["unit"]) == (0.008, "share")
    assert entries[f"{place}.t_learner.beyond_rule"]["lo"] == judged().beyond_rule["t_learner", RULE].lo
