"""How often readings of an experiment err, as a table and sentences for its page."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.lift.error_rates import AT_MOST, passes
from helpers.lift.own_proof import OwnProof
from helpers.lift.peeking import Peeking
from helpers.lift.promises import Tried
from helpers.privacy import Published, publish
from helpers.reporting import level, literal, number, percent
from helpers.statistics import Estimate

# What a page calls a method; its own name stands behind the figures.
PLAIN = {
    "Newcombe hybrid score": "difference of shares",
    "Katz log ratio": "ratio of shares",
    "Welch t": "difference of means",
    "Fieller": "ratio of means",
    "Welch t, adjusted by before": "difference of means, known differences taken out",
    "asymptotic confidence sequence": "difference, for every night",
    "Welch t, delta method": "difference of ratios",
    "Fieller, delta method": "ratio of ratios",
    "asymptotic confidence sequence, delta method": "difference of ratios, for every night",
    "Welch t, by cluster": "difference by cluster",
    "Fieller, by cluster": "ratio by cluster",
    "asymptotic confidence sequence, by cluster": "difference by cluster, for every night",
    "order statistics, MOVER": "difference of quantiles",
    "order statistics, MOVER, log ratio": "ratio of quantiles",
}
PROMISED = {True: "5", False: "5 or fewer", None: "about 5 or fewer"}
ADJUSTED = ", CUPED"  # behind the name of a method
RATES = (
    "Metric",
    "Interval",
    "Of 100 pairs alike, called different",
    "Promised",
    "Kept",
    "Of 100 planted effects, held",
)
PROOF_MEANING = (
    "Each pair is two random halves of people who all got the same, so every difference between them is chance. In the "
    "last column one half was given an effect of a known size: of 100 intervals made at 95, about 95 should hold it."
)
SESSIONS = (
    "Where sessions were assigned one by one, those of one person are in both arms, and so is whatever is special in "
    "that person: intervals then err less often than that, the more such sessions resemble each other."
)
NO_LOOKS = "Looking every day was not tried, since what belongs together comes on many days."


def plain(method: str) -> str:
    """What a page calls a method.

    Args:
        method: Its own name.
    """
    adjusted = ", known differences taken out" if method.endswith(ADJUSTED) else ""
    return PLAIN[method.removesuffix(ADJUSTED)] + adjusted


def of_hundred(rate: Estimate, *, words: bool = False) -> str:
    """A rate as so many of 100, with its interval.

    Args:
        rate: The rate.
        words: Whether the interval's level is said.
    """
    value, lo, hi = (f"{100 * each:.{1 if rate.value >= 0.02 else 2}f}" for each in (rate.value, rate.lo, rate.hi))
    return f"{value} ({lo} to {hi}{f', {level(rate.level)}' if words else ''}) of 100"


def rates_frame(tried: Sequence[Tried]) -> pd.DataFrame:
    """What methods did on halves whose truth is known, as text.

    Args:
        tried: What was found.

    Returns:
        One row a method and metric, columns as in `RATES`.
    """
    rows = [
        (
            each.metric,
            plain(each.method),
            of_hundred(each.rate).removesuffix(" of 100"),
            PROMISED[each.nominal],
            "yes" if passes(each.rate, nominal=each.nominal) else "no",
            None if each.covered is None else of_hundred(each.covered).removesuffix(" of 100"),
        )
        for each in tried
    ]
    return pd.DataFrame(rows, columns=RATES)


def rates_table(proofs: Sequence[OwnProof]) -> Published:
    """The same of all metrics of an experiment, for its page; of what was not tried a row that says so."""
    frames = [
        rates_frame(own.tried) if own.tried else pd.DataFrame([(own.metric, "not tried", *[None] * 4)], columns=RATES)
        for own in proofs
    ]
    frame = pd.DataFrame([row for each in frames for row in each.to_numpy().tolist()], columns=RATES)
    return publish(frame, people=None, why="measures of methods")


def halves_sentence(arm: str, times: int, tried: Sequence[Tried], *, whole: str = "") -> str:
    """Whether each method keeps what it promises on this data.

    Args:
        arm: The arm that was split.
        times: How often.
        tried: What was found.
        whole: What went into a half as a whole, as `OwnProof` has it.
    """
    off = [each for each in tried if not passes(each.rate, nominal=each.nominal)]
    broken, careful = (
        ", ".join(
            f"{plain(each.method)} ({literal(each.metric)})" for each in off if (each.rate.value > AT_MOST) is over
        )
        for over in (True, False)
    )
    fate = f"not kept by {broken}" if broken else f"kept by each of {len(tried)}"
    fate += f"; clearly fewer are called so by {careful}" if careful else ""
    split = {
        "": f"People of {literal(arm)} were split",
        "clusters": f"Clusters of {literal(arm)}, each as a whole, were split",
        "people": f"People of {literal(arm)}, each with all their sessions, were split",
    }[whole]
    return (
        f"{split} at random {number(times)} times into halves that were treated alike; "
        f"that no more than about 5 of 100 such pairs are called different is {fate}."
    )


def gain_sentence(metric: str, gain: tuple[Estimate, float]) -> str:
    """Whether taking out what was known from before gains what it should.

    Args:
        metric: The metric.
        gain: Share of the variance that it took away in halves, and the squared correlation.
    """
    found, squared = gain
    agrees = "within" if found.lo <= squared <= found.hi else "outside"
    return (
        f"Taking out what was known of {literal(metric)} from before takes {percent(found.value)} "
        f"({percent(found.lo)} to {percent(found.hi)}, {level(found.level)}) of the variance of such differences away; "
        f"by its correlation with that it should be {percent(squared)}, {agrees} what chance leaves open."
    )


def proof_sentences(arm: str, proofs: Sequence[OwnProof]) -> list[str]:
    """What halves treated alike tell of each method and of looking every day, at least one metric.

    Args:
        arm: The arm that was split.
        proofs: What was found of each metric.
    """
    tried = [each for own in proofs for each in own.tried]
    (whole,) = {own.whole for own in proofs if own.tried} or {""}
    return [
        *([halves_sentence(arm, tried[0].rate.n, tried, whole=whole)] if tried else ()),
        *([SESSIONS] if whole == "people" else ()),
        *([NO_LOOKS] if whole else ()),
        *(peeking_sentence(own.metric, own.peeking) for own in proofs if own.peeking is not None),
        *(gain_sentence(own.metric, own.gain) for own in proofs if own.gain is not None),
        *untried_sentences(proofs),
    ]


def untried_sentences(proofs: Sequence[OwnProof]) -> list[str]:
    """What was not tried, and why; nothing where all was.

    Args:
        proofs: What was found of each metric.
    """
    missing: dict[tuple[str, str], list[str]] = {}
    for own in proofs:
        for what, why in (("nothing", own.untried), ("no ratio to the control", own.ratios_untried)):
            if why:
                missing.setdefault((what, why), []).append(literal(own.metric))
    return [f"Of {', '.join(names)} {what} was tried, since {why}." for (what, why), names in missing.items()]


def peeking_sentence(metric: str, found: Peeking) -> str:
    """What looking every day does to a reading of this metric.

    Args:
        metric: The metric.
        found: What `peeking` found.
    """
    days = f"{len(found.by_look)} days"
    days += ", which are invented since everybody came on one," if found.invented else ""
    return (
        f"Who looks at {literal(metric)} of such halves after each of {days} sees a difference that is none in "
        f"{of_hundred(found.fixed, words=True)} with the interval for one look, and in {of_hundred(found.sequence)} "
        "with the one for every night; as verdicts are said, which rest on that one until the end, in "
        f"{of_hundred(found.verdict)}."
    )
