from helpers.datasets import metrics_document
from helpers.datasets.tables.profiles import METRICS


def test_the_committed_dictionary_is_that_of_the_declared_metrics():
    assert metrics_document.FILE.read_text(encoding="utf-8") == metrics_document.documented()


def test_each_metric_stands_there_once_and_an_estimate_with_all_its_parts():
    rows = [line for line in metrics_document.documented().splitlines() if line.startswith("| `")]
    named = {line.split("`")[1]: line for line in rows}
    assert len(named) == len(rows)
    assert named["aov"] == "| `aov` | estimate | currency | Revenue of orders over their number, refunds not netted. |"
    assert "| fact |" in named["orders_count"]
    assert "| fact |" in named["identity_confidence"]
    estimates = [name for name, line in named.items() if "| estimate |" in line]
    assert len(METRICS) == len(rows) + 5 * len(estimates)


def test_it_can_be_written_elsewhere(tmp_path):
    metrics_document.write(tmp_path / "METRICS.md")
    assert (tmp_path / "METRICS.md").read_text() == metrics_document.documented()
