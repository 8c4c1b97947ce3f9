"""What a notebook withholds of small groups, it withholds in each of its cells."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import papermill
import pytest

from helpers import profiles
from helpers.datasets import paths
from helpers.reporting import gate
from helpers.reporting.page import headlines_of
from tests.conftest import UNREAD

EXPERIMENT = """
[[experiment]]
name = "offer"
arms = ["none", "mail"]
control = "none"
window_days = 14
planned_end = 2025-03-31
[[experiment.metric]]
name = "buys"
kind = "conversion"
event = "Order Completed"
"""


def three(log):
    for month in range(1, 7):
        for who in "abc":
            log.add(datetime(2025, month, 3, 12), user_id=who, session_id=f"{who}{month}")
            log.order(datetime(2025, month, 3, 12, 5), 10, user_id=who)


def nobody_orders(log):
    """And nobody comes in March."""
    for month in (1, 2, 4, 5):
        for number in range(20):
            log.add(datetime(2025, month, 3, 12), user_id=f"u{number}", session_id=f"{number}-{month}")


def nobody_does_anything(log):
    for number in range(20):
        log.add(datetime(2025, 4, 3, 12), "Email Delivered", "engagement", channel="email", user_id=f"u{number}")


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("people", [three, nobody_orders, nobody_does_anything])
def test_the_overview_of_a_small_shop_leaves_out_what_it_cannot_tell(make_shop, log, tmp_path, people):
    people(log)
    shop = log.write(make_shop(as_of="2025-06-10"))
    profiles.build(shop)
    out = tmp_path / "00_overview.ipynb"
    papermill.execute_notebook(
        str(paths.notebooks() / "00_overview.ipynb"), str(out), parameters={"dataset": "tiny", "as_of": "2025-06-10"},
        progress_bar=False,
    )  # fmt: skip
    assert headlines_of(out)[0].startswith("No decision yet")
    assert gate.check_notebook(out) == []


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_an_arm_in_which_few_converted_is_told_of_nowhere(make_shop, log, tmp_path):
    for arm, converted in (("none", 20), ("mail", 4)):
        for number in range(60):
            who, at = f"{arm}{number}", datetime(2025, 3, 1, 12)
            log.add(at, "Experiment Viewed", "engagement", user_id=who, experiment_id="offer", variation_id=arm)
            if number < converted:
                log.order(at + timedelta(days=1), 10, user_id=who)
    shop = log.write(make_shop(EXPERIMENT + UNREAD, as_of="2025-06-01"))
    profiles.build(shop)
    out = tmp_path / "05_lift.ipynb"
    papermill.execute_notebook(
        str(paths.notebooks() / "05_lift.ipynb"), str(out), parameters={"dataset": "tiny", "as_of": "2025-06-01"},
        progress_bar=False,
    )  # fmt: skip
    (said,) = [sentence for sentence in headlines_of(out) if sentence.startswith("In mail")]
    assert said == "In mail, buys against none: not shown: it would tell of fewer than 10 people."
    assert headlines_of(out)[0] == (
        "Do not read mail in offer: buys is not told, as in an arm it would tell of fewer than 10 people."
    )
    shown = json.dumps([cell.get("outputs") for cell in json.loads(out.read_text())["cells"]], ensure_ascii=False)
    assert "33.3% (" in shown  # of the other arm
    assert "6.7%" not in shown
    assert "−26.7" not in shown
    assert "lift.offer.mail.buys" not in shown


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_the_value_page_of_three_customers_says_that_they_are_too_few(make_shop, log, tmp_path):
    three(log)
    shop = log.write(make_shop(as_of="2025-06-10"))
    profiles.build(shop)
    out = tmp_path / "06_value.ipynb"
    papermill.execute_notebook(
        str(paths.notebooks() / "06_value.ipynb"), str(out), parameters={"dataset": "tiny", "as_of": "2025-06-10"},
        progress_bar=False,
    )  # fmt: skip
    assert headlines_of(out)[0].startswith("No decision yet: nothing says what customers will buy next")
    assert gate.check_notebook(out) == []
