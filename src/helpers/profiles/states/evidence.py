"""What told a change of state, in words."""

from __future__ import annotations

import ibis

from helpers.profiles.windows import day_number


def evidence(rows: ibis.Table) -> ibis.Value:
    """One sentence a change, from what was known then.

    Args:
        rows: Columns state, at, last, usual_gap, active, by_support, score and threshold.
    """
    silence = _text(day_number(rows["at"]) - day_number(rows["last"]))
    usual, active = rows.usual_gap.round(1).cast("string"), _text(rows.active)
    silent = ibis.literal("Silent for ").concat(silence, " days; usual are ", usual, " between active days")
    said = {
        "generic": ibis.literal("Profiling is not allowed."),
        "new": ibis.literal("In the first 14 days; active days so far: ").concat(active, "."),
        "returned": ibis.literal("Back on active day ").concat(active, "; usual are ", usual, " days between them."),
        "at_risk": silent.concat(
            ibis.ifelse(rows.by_support, ", and a support case was left open or ended badly.", ".")
        ),
        "dormant": silent.concat("."),
        "churned": silent.concat("."),
        "declining": ibis.literal("More rarely active than before: score ").concat(
            rows.score.round(1).cast("string"), " after the last active day, told from ",
            rows.threshold.round(1).cast("string"), "; usual are ", usual, " days between active days.",
        ),
        "active_engaged": active.concat(" active days so far, at least two lately; usual are ", usual, " days."),
        "quiet": active.concat(" active days so far, at most one lately; usual are ", usual, " days."),
    }  # fmt: skip
    return ibis.cases(*((rows.state == state, text) for state, text in said.items()))


def _text(whole: ibis.Value) -> ibis.Value:
    return whole.cast("int64").cast("string")
