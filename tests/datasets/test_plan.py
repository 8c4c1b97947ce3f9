import pytest

from helpers.datasets import paths
from helpers.datasets.plan import tracking_plan
from helpers.datasets.settings import load
from helpers.errors import WrongUse, closest

TEA = '[event."Tea Drunk"]\ncategory = "other"\nmeaning = "A cup."\n'


def own_plan(home, text):
    file = home / "data" / "tracking_plan.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    return file


def test_the_shipped_plan_names_events_as_the_spec_does(home):
    plan = tracking_plan()
    assert plan.events["Order Completed"].category == "purchase"
    assert all(name[0].isupper() and name == " ".join(name.split()) for name in plan.events)
    assert all(event.meaning.endswith(".") for event in plan.events.values())
    assert plan.precursors("order") == ["Product Viewed", "Product Added", "Cart Viewed", "Checkout Started"]


def test_a_plan_of_ones_own_stands_before_the_shipped_one(home):
    own_plan(home, f'version = "7"\n{TEA}')
    assert (tracking_plan().version, list(tracking_plan().events)) == ("7", ["Tea Drunk"])


def test_a_data_set_adds_events_and_replaces_some(write_dataset):
    folder = write_dataset()
    text = f'{TEA}[event."Order Completed"]\ncategory = "purchase"\nmeaning = "Paid."\nrequired = ["order_id"]\n'
    (folder / "tracking_plan.toml").write_text(text)
    plan = tracking_plan("tiny")
    assert plan.events["Tea Drunk"].category == "other"
    assert plan.events["Order Completed"].required == ("order_id",)
    assert plan.events.keys() - tracking_plan().events.keys() == {"Tea Drunk"}
    assert plan.version == tracking_plan().version


def test_dataset_toml_may_emit_what_its_own_plan_adds(write_dataset):
    source = """
    [[source]]
    name = "cups"
    files = ["cups.csv"]
    format = "delimited"
    columns = ["at"]
    [[source.emit]]
    event = "Tea Drunk"
    timestamp = "at"
    """
    folder = write_dataset(source)
    with pytest.raises(WrongUse, match="'Tea Drunk' is not in the tracking plan"):
        load("tiny")
    (folder / "tracking_plan.toml").write_text(TEA)
    assert load("tiny").sources[0].emits[0].event == "Tea Drunk"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('version = "1"\n[event."Tea Drunk"]\ncategory = "tea"\nmeaning = "A."\n', r"line 3: .*category: .*'purchase'"),
        ('version = "1"\n[event."Tea Drunk"]\ncategory = "other"\n', "meaning: is required and missing"),
        (f'version = "1"\n{TEA}required = ["cup"]\n', "required"),
        (f'version = "1"\n{TEA}colour = "green"\n', "line 5: .*colour: is not a key known here"),
        (TEA, "version: is required and missing"),
        ('version = "1"', "event: is required and missing"),
        ("[event", "not valid TOML"),
    ],
)
def test_a_broken_plan_is_named_with_its_line(home, text, said):
    file = own_plan(home, text)
    with pytest.raises(WrongUse, match=said) as error:
        tracking_plan()
    assert str(error.value).startswith(str(file))


def test_a_plan_in_another_encoding_is_named_and_not_the_dataset_toml(home):
    file = own_plan(home, "")
    file.write_bytes(b'version = "1"\n# \xfc\n')
    with pytest.raises(WrongUse) as error:
        tracking_plan()
    assert str(error.value) == f"{file}, line 2: not UTF-8 text; save it as UTF-8."


def test_a_near_miss_is_suggested(home):
    assert closest("Order Complete", list(tracking_plan().events)) == "; did you mean 'Order Completed'?"
    assert closest("xyz", list(tracking_plan().events)) == ""
    assert closest("phone", ["owner"]) == ""


def test_the_plan_is_shared_by_all_data_sets():
    assert paths.tracking_plan_file().parent.name == "data"
