"""How people answer what reaches them, return to what they looked at, and come back after a support case."""

from __future__ import annotations

from datetime import date

import ibis

from helpers.profiles.windows import KEY, Gathered, day_number, each_cutoff, so_far, within

# Kinds that are added up.
_SUMMED = (
    "email delivered", "email opened", "email opened again", "email clicked", "email forwarded", "sms delivered",
    "sms clicked", "sms replied", "put into cart", "bought from cart", "looked again", "case opened", "case reopened",
    "case resolved",
)  # fmt: skip
_DELAYED = ("email opened", "sms replied")
_MEDIANS = ("bought after looking", "ordered new", "ordered reduced")
# Packs a day and an amount into one number, of which the largest is that of the latest day; amounts of centuries fit.
_PACK = 1_000_000_000
_LEAST_HOURS = 0.01
_FEWEST_REDUCED = 3


def column(kind: str) -> str:
    """The column of a kind."""
    return kind.replace(" ", "_")


def answered(kinds: ibis.Table, cutoffs: list[date]) -> ibis.Table:
    """What has gathered of answers before each cutoff: no row for whoever has nothing of it.

    Args:
        kinds: Table `daily_kinds`.
        cutoffs: Local days, earliest first.
    """

    def gather(row: ibis.Table) -> dict[str, Gathered]:
        def of(kind: str, value: ibis.Value) -> ibis.Value:
            return ibis.ifelse(row.kind == kind, value, 0)

        hours = ibis.greatest(row.amount, _LEAST_HOURS).ln() * row.n
        packed = (row.amount * 100).round().cast("int64")
        return (
            {column(kind): Gathered(of(kind, row.n)) for kind in _SUMMED}
            | {f"{column(kind)}_log": Gathered(of(kind, hours)) for kind in _DELAYED}
            | {
                "case_last": Gathered(ibis.ifelse(row.kind == "case opened", day_number(row.day), None), "max"),
                "case_solved": Gathered(
                    ibis.ifelse(row.kind == "case resolved", day_number(row.day) * _PACK + packed, None), "max"
                ),
                "case_back": Gathered(
                    ibis.ifelse(row.kind == "back after case", day_number(row.began) * _PACK + packed, None), "max"
                ),
            }
        )

    return so_far(kinds.filter(kinds.kind.isin([*_SUMMED, "back after case"])), cutoffs, gather)


def lately_opened(kinds: ibis.Table, cutoffs: list[date]) -> ibis.Table:
    """Support cases opened in the last 180 days before each cutoff: no row for whoever has none."""
    opened = kinds.filter(kinds.kind == "case opened")
    return within(opened, cutoffs, 180, lambda row: {"cases_180d": Gathered(row.n)})


def medians(kinds: ibis.Table, cutoffs: list[date]) -> ibis.Table:
    """Medians of hours, and the tenth of discounts, before each cutoff: no row for whoever has none."""
    rows = kinds.filter(kinds.kind.isin(_MEDIANS))
    rows = rows.mutate(one=ibis.range(rows.n).unnest())
    rows = rows.cross_join(each_cutoff(cutoffs)).filter(lambda row: row.day < row.cutoff)
    looked, new, reduced = (rows.kind == kind for kind in _MEDIANS)
    return rows.group_by(*KEY).aggregate(
        browse_to_buy_median_h=rows.amount.quantile(0.5, where=looked),
        launch_buyer_h=rows.amount.quantile(0.5, where=new),
        reduced=rows.count(where=reduced),
        discount_tenth=rows.amount.quantile(0.1, where=reduced),
    )


def answer_metrics(state: ibis.Table) -> dict[str, ibis.Value]:
    """The metrics of answers and support, from columns of the tables of this module and `visit_gap_median_d`."""
    at = day_number(state.cutoff)
    # Who is not back yet has been away at least until now.
    returned = state.case_back // _PACK == state.case_last
    away = ibis.ifelse(returned, state.case_back % _PACK / 100, (at - state.case_last).cast("float64"))
    unresolved = state.case_opened + state.case_reopened - state.case_resolved
    counts = {"repeat_view_days": state.looked_again, "unresolved_cases": ibis.greatest(unresolved, 0)}
    return {
        **{
            f"{name}_delay_h": (state[f"{column(kind)}_log"] / state[column(kind)].nullif(0)).exp()
            for name, kind in {"email_open": "email opened", "sms_reply": "sms replied"}.items()
        },
        **{name: value.fill_null(0).cast("int64") for name, value in counts.items()},
        "cases_180d": state.cases_180d.fill_null(0).cast("int64"),
        "hours_to_resolve_last": (state.case_solved % _PACK).cast("float64") / 100,
        "post_support_gap_ratio": away / state.visit_gap_median_d.nullif(0),
        "browse_to_buy_median_h": state.browse_to_buy_median_h,
        "launch_buyer_h": state.launch_buyer_h,
        "discount_threshold_pct": ibis.ifelse(state.reduced >= _FEWEST_REDUCED, state.discount_tenth, None),
    }


def ranked(email: ibis.Value, sms: ibis.Value) -> ibis.Value:
    """Channels by the share of messages that are believed to be clicked, the best first; missing where none is."""
    return ibis.cases(
        (email.isnull() & sms.isnull(), ibis.null("string")),
        (sms.isnull(), "email"),
        (email.isnull(), "sms"),
        (email >= sms, "email, sms"),
        else_="sms, email",
    )
