"""What a data set asks beforehand: each fault of an experiment or a funnel is told by its line and key."""

import pytest

from helpers.datasets.settings import load
from helpers.lift.uplift.learners import LEARNERS
from tests.datasets.conftest import GOOD, changed

METRIC = '  kind = "conversion"\n  event = "Order Completed"\n'

# What is put in the place of what; the line, the key and the expectation that the message names.
EXPERIMENT_FAULTS = {
    "control": (
        'control = "none"', 'control = "nobody"', 46,
        "control: is 'nobody'; expected one of the arms none, ten.",
    ),
    "days": (
        "window_days = 14", "window_days = 0", 48,
        "window_days: is 0; expected at least 1.",
    ),
    "metric": (
        'kind = "conversion"', 'kind = "revenue"', 53,
        "metric.1.event: is not for a metric of kind revenue.",
    ),
    "metric without what it needs": (
        'kind = "conversion"', 'kind = "ratio"', 50,
        "metric.1.denominator: is required for a metric of kind ratio, and missing.",
    ),
    "metric of an unknown event": (
        METRIC, METRIC.replace("Order", "Oder"), 53,
        "metric.1.event: 'Oder Completed' is not in the tracking plan; did you mean 'Order Completed'?",
    ),
    "cap of a conversion": (
        METRIC, f"{METRIC}  cap = 20\n", 54,
        "metric.1.cap: is not for a metric of kind conversion; only counts and revenue have a cap.",
    ),
    "days before of a quantile": (
        METRIC, '  kind = "quantile"\n  of = "revenue"\n  share = 0.9\n  pre_days = 7\n', 55,
        "metric.1.pre_days: is not for a metric of kind quantile.",
    ),
    "cap in words": (
        METRIC, '  kind = "revenue"\n  cap = "99.5"\n', 53,
        "metric.1.cap: is '99.5'; expected an amount above 0, or a share in quotes such as '99.5%'.",
    ),
    "metric that waits longer": (
        METRIC, f"{METRIC}  window_days = 15\n", 54,
        "metric.1.window_days: is 15; expected at most the experiment's window_days, 14.",
    ),
    "retention after the window": (
        METRIC, METRIC.replace("conversion", "retention") + "  after_days = 14\n", 54,
        "metric.1.after_days: is 14; expected less than the window of 14 days.",
    ),
    "guardrail without a margin": (
        METRIC, f'{METRIC}  role = "guardrail"\n', 50,
        "metric.1.smallest_effect: is required for a guardrail, and missing: the loss that is acceptable.",
    ),
    "no goal": (
        METRIC, f'{METRIC}  role = "secondary"\n', 54,
        "metric.1.role: no metric is a goal; expected at least one.",
    ),
    "two rules of one name": (
        METRIC, METRIC + '  [[experiment.rule]]\n  name = "x"\n  feature = "a"\n' * 2, 58,
        "rule.2.name: another way of listing people is called 'x' too.",
    ),
    "two metrics of one name": (
        METRIC, f'{METRIC}  [[experiment.metric]]\n  name = "bought"\n{METRIC}', 55,
        "metric.2.name: another metric is called 'bought' too.",
    ),
    "share of nobody": (
        "window_days = 14", "window_days = 14\nshares = { none = 0.5, ten = 0 }", 49,
        "shares.ten: is 0; expected more than 0.",
    ),
    "share in percent": (
        "window_days = 14", "window_days = 14\nshares = { none = 0.5, ten = 50 }", 49,
        "shares.ten: is 50; expected less than 1.",
    ),
    "share that is no number": (
        "window_days = 14", "window_days = 14\nshares = { none = 0.5, ten = nan }", 49,
        "shares.ten: is nan; expected less than 1.",
    ),
    "shares as a list": (
        "window_days = 14", "window_days = 14\nshares = [0.5, 0.5]", 49,
        "shares: expected a table of keys and values.",
    ),
    "share of no arm": (
        "window_days = 14", "window_days = 14\nshares = { none = 0.5, tem = 0.5 }", 49,
        "shares.tem: is no arm; expected a share of each of none, ten; did you mean 'ten'?",
    ),
    "share that is missing": (
        "window_days = 14", "window_days = 14\nshares = { none = 0.5 }", 49,
        "shares: says nothing of ten; expected a share of each of none, ten.",
    ),
    "shares that are not the whole": (
        "window_days = 14", "window_days = 14\nshares = { none = 0.5, ten = 0.49999999 }", 49,
        "shares: add up to 0.99999999; expected shares that add up to 1.",
    ),
    "planned end": (
        "window_days = 14", "window_days = 14\nplanned_end = 0", 49,
        "planned_end: is 0; expected a date such as 2026-02-28, or a number of people.",
    ),
    "planned number of what comes by visit": (
        "window_days = 14", 'window_days = 14\nunit = "session"\nplanned_end = 500', 50,
        "planned_end: is a number of people, but sessions are assigned; expected a day.",
    ),
    "cluster that nobody tells of": (
        "window_days = 14", 'window_days = 14\ncluster = "store"', 49,
        "cluster: no source says the attribute store; did you mean 'first_order'?",
    ),
    "slice that nobody tells of": (
        "window_days = 14", 'window_days = 14\nslices = ["first_order", "area"]', 49,
        "slices: no source says the attribute area.",
    ),
    "clusters of sessions": (
        "window_days = 14", 'window_days = 14\nunit = "session"\ncluster = "first_order"', 50,
        "cluster: is for people; sessions are assigned by themselves.",
    ),
    "quantile of sessions": (
        f'window_days = 14\n\n  [[experiment.metric]]\n  name = "bought"\n{METRIC}',
        'window_days = 14\nunit = "session"\n[[experiment.metric]]\nname = "q"\nkind = "quantile"\nshare = 0.9\n'
        'of = "revenue"\n', 52,
        "metric.1.kind: a quantile is not read by session or cluster; expected another kind.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "said"), EXPERIMENT_FAULTS.values(), ids=EXPERIMENT_FAULTS.keys())
def test_a_fault_of_an_experiment_names_file_line_key_and_expectation(refused, old, new, line, said):
    assert refused(changed(old, new)) == f"line {line}: experiment.1.{said}"


def test_shares_are_taken_in_the_order_of_the_arms_and_even_where_none_are_said(toml):
    arms = changed('arms = ["none", "ten"]', 'arms = ["none", "ten", "five"]')
    toml(arms)
    (even,) = load("tiny").experiments
    assert (even.sizes, even.share_of("ten", "none")) == ({"none": 1, "ten": 1, "five": 1}, pytest.approx(2 / 3))
    toml(arms.replace("window_days", "shares = { five = 0.1, ten = 0.2, none = 0.7 }\nwindow_days"))
    (planned,) = load("tiny").experiments
    assert list(planned.sizes.items()) == [("none", 0.7), ("ten", 0.2), ("five", 0.1)]
    assert planned.share_of("five", "none") == pytest.approx(0.8)


def test_two_experiments_of_one_name_are_refused(refused):
    again = GOOD[GOOD.index("[[experiment]]") :]
    assert refused(GOOD + again) == "line 55: experiment.2.name: another experiment is called 'offer' too."


@pytest.mark.parametrize("name", LEARNERS)
def test_no_rule_has_the_name_of_a_learner(refused, name):
    rule = f'  [[experiment.rule]]\n  name = "{name}"\n  feature = "a"\n'
    assert (
        refused(GOOD + rule)
        == f"line 55: experiment.1.rule.1.name: another way of listing people is called {name!r} too."
    )


FUNNEL = """
[[funnel]]
name = "buy"
steps = ["Product Viewed", "Order Completed"]
window = "36h"
order = "strict"
exclude = ["Product Removed"]
"""
# The same of funnels, appended to the file.
FUNNEL_FAULTS = {
    "one step": (', "Order Completed"]', "]", 57, "steps: needs at least 2."),
    "no such step": ("Product Viewed", "Product Seen", 57,
        "steps: 'Product Seen' is not in the tracking plan; did you mean 'Product Viewed'?"),
    "step twice": ("Order Completed", "Product Viewed", 57, "steps: names 'Product Viewed' twice."),
    "window": ("36h", "2 days", 58, "window: is '2 days'; expected a whole number and h or d, such as '26h'."),
    "no window": ("36h", "0d", 58, "window: is '0d'; expected a window of at least 1 hour."),
    "order": ('"strict"', '"exact"', 59, "order: is 'exact'; expected 'sequential', 'strict' or 'any'."),
    "no such event": ("Product Removed", "Product Remove", 60,
        "exclude: 'Product Remove' is not in the tracking plan; did you mean 'Product Removed'?"),
    "step taken out": ("Product Removed", "Order Completed", 60,
        "exclude: 'Order Completed' is a step of the funnel and cannot take people out of it."),
    "misspelt key": ("exclude =", "excluded =", 60, "excluded: is not a key known here; did you mean 'exclude'?"),
    "name": ('"buy"', '"Buy"', 56, "name: is 'Buy'; expected a lower-case letter, then such letters, digits and _."),
}  # fmt: skip


def test_a_funnel_is_read_and_what_it_leaves_out_is_usual(toml):
    toml(GOOD + FUNNEL + '[[funnel]]\nname = "look"\nsteps = ["Page Viewed", "Product Viewed"]\n')
    told, usual = load("tiny").funnels
    assert (told.window_hours, told.order, told.exclude) == (36, "strict", ["Product Removed"])
    assert (usual.window_hours, usual.order, usual.exclude) == (168, "sequential", [])


@pytest.mark.parametrize(("old", "new", "line", "said"), FUNNEL_FAULTS.values(), ids=FUNNEL_FAULTS.keys())
def test_a_fault_of_a_funnel_names_file_line_key_and_expectation(refused, old, new, line, said):
    assert FUNNEL.count(old) == 1
    assert refused(GOOD + FUNNEL.replace(old, new)) == f"line {line}: funnel.1.{said}"


def test_two_funnels_of_one_name_are_refused(refused):
    assert refused(GOOD + FUNNEL + FUNNEL) == "line 63: funnel.2.name: another funnel is called 'buy' too."
