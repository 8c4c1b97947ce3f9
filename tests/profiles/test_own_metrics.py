"""Metrics of one's own: the same moments, the same people, and words for what cannot be one."""

import shutil
from datetime import date

import pytest

import helpers
from helpers import profiles
from helpers.datasets import paths
from helpers.errors import WrongUse
from tests.conftest import Log, tiny_dataset

CUTOFFS = [date(2025, 3, 1), date(2025, 6, 1)]


def orders_lately(days):
    """Orders of the last 30 days.

    More is said below the first line.
    """
    return days.orders.sum(where=days.age <= 30).fill_null(0)


def last_day(days):
    """Days since the last day with anything."""
    return days.age.min()


@pytest.fixture(scope="module")
def made(home_at, tmp_path_factory):
    """A home with the profiles of a person and a device, made once."""
    log = Log()
    for day in ("2025-01-05", "2025-01-31", "2025-02-28", "2025-05-31", "2025-06-01"):
        log.order(f"{day}T10:00", 5, user_id="u1")
    log.add("2025-02-10T10:00", anonymous_id="d1").add("2025-04-10T10:00", anonymous_id="d1", user_id="u1")
    with home_at(tmp_path_factory.mktemp("own") / "home") as folder:
        tiny_dataset(folder)
        profiles.build(log.write(helpers.open("tiny", as_of="2025-12-01")))
    return folder


@pytest.fixture
def shop(home, made):
    shutil.copytree(made, home, symlinks=True)
    return helpers.open("tiny", as_of="2025-12-01")


def values(shop, function):
    found = shop.frame(profiles.own_values(shop, shop.metric(function), CUTOFFS))
    return {cutoff: sorted(own.value) for cutoff, own in found.groupby("cutoff")}


def test_it_sees_the_days_before_each_cutoff_and_people_as_they_were_then(shop):
    # The device was nobody's yet on 1 March; 30 days before that is 30 January.
    assert values(shop, orders_lately) == {CUTOFFS[0]: [0, 2], CUTOFFS[1]: [1]}
    assert values(shop, last_day) == {CUTOFFS[0]: [1, 19], CUTOFFS[1]: [1]}


def test_it_equals_the_metric_of_profiles_that_says_the_same(shop):
    panel = shop.frame(profiles.panel(shop, CUTOFFS)).set_index(["cutoff", "profile_id"]).orders_30d
    own = shop.frame(profiles.own_values(shop, shop.metric(orders_lately), CUTOFFS)).set_index(["cutoff", "profile_id"])
    assert own.value.sort_index().tolist() == panel.sort_index().tolist()


def test_its_first_line_is_its_meaning(shop):
    metric = shop.metric(orders_lately)
    assert (metric.name, metric.meaning) == ("orders_lately", "Orders of the last 30 days.")


def no_meaning(days):
    return days.count()


def a_column(days):
    """One value a day."""
    return days.orders


def a_text(days):
    """A text."""
    return days.profile_id.max()


def a_number(days):
    """A plain number."""
    return 5


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (no_meaning, r"test_own_metrics\.py, line \d+: metric 'no_meaning' has no docstring; say in its first line"),
        (a_column, "Metric 'a_column' gives one value a day; add them up"),
        (a_text, "Metric 'a_text' gives string values; expected an Ibis expression"),
        (a_number, "Metric 'a_number' gives a int; expected an Ibis expression"),
    ],
)
def test_what_cannot_be_one_is_answered(shop, function, said):
    with pytest.raises(WrongUse, match=said):
        values(shop, function)


METRICS = '''
def big_days(days):
    """Days with revenue above a limit."""
    return days.count(where=days.order_revenue > _limit())


def _limit():
    return 4
'''


@pytest.fixture
def with_file(shop):
    """The shop, with a metrics.py of its own."""

    def written(text):
        (paths.dataset("tiny") / "metrics.py").write_text(text)
        return helpers.open("tiny", as_of="2025-12-01")

    return written


def test_what_is_saved_is_part_of_every_profile_and_of_the_panel(with_file):
    opened = with_file(METRICS)
    profiles.build(opened)
    profiles.build_panel(opened)
    assert opened.frame("profiles").big_days.tolist() == [5]
    panel = opened.frame("panel")
    assert panel[panel.cutoff == CUTOFFS[1]].big_days.tolist() == [4]
    assert "_limit" not in panel


def test_what_was_written_without_it_is_read_without_it_after_a_rebuild_only(with_file):
    opened = with_file(METRICS)
    with pytest.raises(WrongUse, match=r"Table 'profiles' of 'tiny' lacks 'big_days', .* `workbench run tiny`"):
        opened.table("profiles")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\nimport nothing_of_the_kind\n", r"metrics\.py, line 2: ModuleNotFoundError: No module named"),
        ("def broken(:\n    pass\n", r"metrics\.py, line 1: SyntaxError"),
        ("def bare(days):\n    return days.count()\n", r"metrics\.py, line 1: metric 'bare' has no docstring"),
        (
            'def aov(days):\n    """Mine."""\n    return days.count()\n',
            r"metrics\.py, line 1: profiles have the column 'aov' already",
        ),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_answered(with_file, text, said):
    opened = with_file(text)
    with pytest.raises(WrongUse, match=said):
        opened.table("profiles")


def test_what_fails_in_a_metric_is_named_with_its_line(with_file):
    opened = with_file('def big(days):\n    """Big."""\n    return days.ordrs.sum()\n')
    with pytest.raises(WrongUse, match=r"metrics\.py, line 3: AttributeError: .*'ordrs'"):
        profiles.build(opened)


def test_only_what_was_made_a_metric_can_be_tried(shop):
    with pytest.raises(WrongUse, match=r"try_metric got a function; expected a function under @shop\.metric"):
        shop.try_metric(a_number)


def test_a_metric_that_cannot_be_made_stops_the_run_with_its_reason(with_file):
    opened = with_file('def several(days):\n    """Many."""\n    return days.orders\n')
    with pytest.raises(WrongUse, match="Metric 'several' gives one value a day"):
        profiles.build(opened)
