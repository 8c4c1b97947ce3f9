import pytest

from helpers.datasets import paths
from helpers.datasets.plan import closest, tracking_plan
from helpers.errors import WrongUse


def own_plan(home, text):
    file = home / "data" / "tracking_plan.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    return file


def test_the_shipped_plan_names_events_as_the_spec_does(home):
    plan = tracking_plan()
    assert plan["Order Completed"].category == "purchase"
    assert all(name[0].isupper() and name == " ".join(name.split()) for name in plan)
    assert all(event.meaning.endswith(".") for event in plan.values())


def test_a_plan_of_ones_own_stands_before_the_shipped_one(home):
    own_plan(home, '[event."Tea Drunk"]\ncategory = "other"\nmeaning = "A cup."\n')
    assert list(tracking_plan()) == ["Tea Drunk"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[event."Tea Drunk"]\ncategory = "tea"\nmeaning = "A cup."\n', "category is 'tea', expected one of"),
        ('[event."Tea Drunk"]\ncategory = "other"\n', "(?s)not a tracking plan: .*meaning"),
        ("[event", "not a tracking plan"),
        ("", "not a tracking plan: 'event'"),
    ],
)
def test_a_broken_plan_is_named(home, text, said):
    file = own_plan(home, text)
    with pytest.raises(WrongUse, match=said) as error:
        tracking_plan()
    assert str(error.value).startswith(str(file))


def test_a_near_miss_is_suggested(home):
    assert closest("Order Complete", list(tracking_plan())) == "; did you mean 'Order Completed'?"
    assert closest("xyz", list(tracking_plan())) == ""


def test_the_plan_is_shared_by_all_data_sets():
    assert paths.tracking_plan_file().parent.name == "data"
