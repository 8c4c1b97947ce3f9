from __future__ import annotations

from helpers.datasets import plan_document
from helpers.datasets.plan import PlannedEvent, Range, TrackingPlan, tracking_plan


def test_the_committed_document_is_that_of_the_committed_plan(home):
    assert plan_document.FILE.read_text(encoding="utf-8") == plan_document.documented(tracking_plan()), (
        "data/TRACKING_PLAN.md is behind the plan; run `make docs`"
    )


def test_a_row_says_all_that_is_planned():
    event = PlannedEvent(
        category="web", meaning="A cup.", goal="order", required=("product_id",), purpose="web_tracking",
        properties={"size": ["small", "large"], "sugars": "number", "heat": Range(min=0, max=100)}, personal=("note",),
        days_kept=90, deprecated="Tea Drunk",
    )  # fmt: skip
    document = plan_document.documented(TrackingPlan(version="7", event={"Coffee Drunk": event}))
    assert document.startswith("# The tracking plan, version 7\n")
    assert document.splitlines()[-1] == (
        "| Coffee Drunk | web | A cup. Not in use any more: send Tea Drunk. | order | 1 | `product_id` | "
        "`size`: small or large; `sugars`: number; `heat`: 0 to 100; `note` is personal | web_tracking | 90 days |"
    )


def test_it_is_written_as_it_is_rendered(tmp_path):
    plan_document.write(tmp_path / "plan.md")
    assert (tmp_path / "plan.md").read_text(encoding="utf-8") == plan_document.documented(tracking_plan())
