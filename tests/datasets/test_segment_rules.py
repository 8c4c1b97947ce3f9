import pytest

from helpers.datasets import paths
from helpers.datasets.segment_rules import segment_rules
from helpers.errors import WrongUse

RULE = '[segment.{name}]\nmeaning = "Tea."\nrule = {rule!r}\n'


def test_the_shipped_groups_say_whom_they_take(write_dataset):
    write_dataset()
    rules = segment_rules("tiny")
    assert {"cart_abandoners", "heavy_spenders", "browsers", "sale_only", "one_and_done"} < rules.keys()
    assert all(each.meaning.endswith(".") for each in rules.values())


def test_a_data_set_adds_groups_and_replaces_some_and_may_ask_its_own_metrics(write_dataset):
    folder = write_dataset()
    (folder / "metrics.py").write_text('def cups(days):\n    """Cups of tea."""\n    return days.acts.sum()\n')
    own = RULE.format(name="drinkers", rule="cups > 3") + RULE.format(name="browsers", rule="web_events_90d > 0")
    (folder / "segments.toml").write_text(own)
    rules = segment_rules("tiny")
    assert rules["drinkers"].rule == "cups > 3"
    assert rules["browsers"].rule == "web_events_90d > 0"
    assert list(rules)[-1] == "drinkers"


def test_a_file_of_ones_own_stands_before_the_shipped_one(home, write_dataset):
    write_dataset()
    (home / "data" / "segments.toml").write_text(RULE.format(name="all_of_them", rule="true"))
    assert list(segment_rules("tiny")) == ["all_of_them"]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("orders_90 > 3", "unknown column 'orders_90'"),
        ("orders_90d", "gives bigint; expected a condition"),
        ("orders_90d >", "is not an expression"),
        ("state > 3 and top_category = 4", "cannot be asked"),
        ("read_csv('x') > 3", "is not allowed"),
        ("profile_id = 'p1'", "unknown column 'profile_id'"),
    ],
)
def test_a_rule_that_cannot_be_asked_is_refused_with_its_line(write_dataset, rule, said):
    folder = write_dataset()
    (folder / "segments.toml").write_text("# Tea.\n" + RULE.format(name="tea", rule=rule))
    with pytest.raises(WrongUse, match=r"segments\.toml, line 4: segment\.tea\.rule: ") as refused:
        segment_rules("tiny")
    assert said in str(refused.value)
    assert len(str(refused.value)) < 400


def test_a_key_that_nobody_knows_is_refused(write_dataset):
    folder = write_dataset()
    (folder / "segments.toml").write_text(RULE.format(name="tea", rule="true") + 'meening = "Tea."\n')
    with pytest.raises(WrongUse, match=r"meening: is not a key known here; did you mean 'meaning'\?"):
        segment_rules("tiny")
    assert paths.segments_file().exists()
