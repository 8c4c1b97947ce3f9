"""Result keys: nothing but the two lists of them invents one."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from helpers.errors import WrongUse
from helpers.reporting.key_list import RUN_KEYS
from helpers.reporting.proof_key_list import PROOF_KEYS


@dataclass(frozen=True, kw_only=True)
class Key:
    """A template of result keys, stable from run to run.

    Attributes:
        template: Parts joined by dots; a part in angle brackets stands for a name made safe.
        unit: Unit of the value; None where whoever adds the result states it (a metric's own unit).
        definition: What the value says, in one sentence; bracketed names are filled in.
    """

    template: str
    unit: str | None
    definition: str

    def names(self, key: str) -> dict[str, str] | None:
        """The names that fill the template's brackets, or None where `key` does not fit."""
        pattern = re.sub(r"<(\w+)>", r"(?P<\1>[a-z0-9_]+)", self.template.replace(".", r"\."))
        match = re.fullmatch(pattern, key)
        return match.groupdict() if match else None

    def define(self, key: str) -> str:
        """The definition with the names of `key` filled in."""
        text = self.definition
        for bracket, name in (self.names(key) or {}).items():
            text = text.replace(f"<{bracket}>", name)
        return text

    @property
    def fixed_parts(self) -> int:
        """How many parts of the template are not in brackets."""
        return sum(not part.startswith("<") for part in self.template.split("."))


KEYS = tuple(Key(template=template, unit=unit, definition=said) for template, unit, said in (*RUN_KEYS, *PROOF_KEYS))
def _keys(*rows: tuple[str, str | None, str]) -> tuple[Key, ...]:
    return tuple(Key(template=template, unit=unit, definition=said) for template, unit, said in rows)


KEYS = _keys(
    ("ingestion.rows_read", "records", "Records read from the raw files, counted apart from the parser."),
    ("ingestion.rows_kept", "records", "Records that were understood and kept."),
    ("ingestion.rows_rejected", "records", "Records that were refused, each with its reason."),
    ("ingestion.rows_quarantined", "records", "Records set aside with a file that cannot be trusted."),
    ("ingestion.rows_duplicate", "records", "Records that were delivered before."),
    ("ingestion.rows_skipped", "records", "Records that no rule of the data set asks for."),
    ("ingestion.<source>.rows_read", "records", "Records read from the files of <source>."),
    ("ingestion.<source>.rows_kept", "records", "Records of <source> that were understood and kept."),
    ("ingestion.<source>.rows_rejected", "records", "Records of <source> that were refused."),
    ("ingestion.<source>.rows_quarantined", "records", "Records of <source> set aside with their file."),
    ("ingestion.<source>.rows_duplicate", "records", "Records of <source> that were delivered before."),
    ("ingestion.<source>.rows_skipped", "records", "Records of <source> that no rule of the data set asks for."),
    (
        "ingestion.duplicates.exact",
        "records",
        "Records kept although they say the same, in all that the data set reads, as an earlier one of their file.",
    ),
    ("ingestion.plan_violations", "events", "Faults of events against the tracking plan, quarantined ones among them."),
    ("ingestion.events", "events", "Events made from the records kept."),
    ("ingestion.events.<category>", "events", "Events of the category <category>."),
    ("ingestion.sessions", "visits", "Visits made of the events of trackers."),
    ("ingestion.cart_lines", "cart lines", "Products put into a cart, visit by visit."),
    ("ingestion.orders", "orders", "Orders made of their lines."),
    ("ingestion.sends", "messages", "Messages, each to one customer."),
    ("ingestion.cases", "cases", "Support cases."),
    (
        "ingestion.preceded",
        "orders",
        "Orders of customers whose browsing is known that a look, a cart or a checkout preceded; n is all of these.",
    ),
    (
        "ingestion.customers_seen",
        "customers",
        "Different customer ids in the events, as they came.",
    ),
    ("identity.people", "people", "People behind all identifiers, with a profile or without."),
    ("identity.identifiers", "identifiers", "Different identifiers that events carry."),
    ("identity.merges", "merges", "Times that two people known apart turned out to be one."),
    (
        "identity.blocked",
        "pairs of identifiers",
        "Pairs of identifiers that were seen together and are not taken for one person's.",
    ),
    ("identity.shared", "identifiers", "Identifiers of several people at once, which stand for themselves alone."),
    (
        "profiles.customers",
        "people",
        "People with a profile: known before the as-of date, not opted out.",
    ),
    (
        "profiles.metrics",
        "metrics",
        "Columns of a profile that are told of somebody; the others this data set never tells.",
    ),
    (
        "profiles.lag.<share>",
        "hours",
        "Hours within which <share> of what people with a profile did in 30 days was told by it; n is those events.",
    ),
    ("profiles.generic_contacts", "people", "People known by more than a device who have not agreed to be profiled."),
    ("privacy.generic_contacts", "people", "Of these, who may be written to all the same, without a profile."),
    (
        "privacy.suppressed_cells",
        "cells",
        "Counts of people that the report hides because they are small or would give a small one away; n is all.",
    ),
    ("privacy.forgotten", "requests", "Requests to be forgotten that this data set has had, of people known or not."),
    ("profiles.buyers", "people", "People with a profile and at least one order; n is all with a profile."),
    ("profiles.repeat_buyers", "people", "People who have bought on at least two days; n is all buyers."),
    (
        "profiles.overdue",
        "people",
        "Repeat buyers past the day on which their own usual distance between purchases let expect the next order.",
    ),
    (
        "profiles.<moment>.active_customers",
        "people",
        "People who ordered in the 90 days before the moment (<moment>), out of the buyers known then.",
    ),
    (
        "profiles.<moment>.repeat_revenue",
        None,
        "Revenue net of refunds, in the 90 days before the moment (<moment>), of people who had bought on two days.",
    ),
    (
        "overview.actives.day",
        "people",
        "People with an act of theirs on a day: mean over the days of the last whole month.",
    ),
    (
        "overview.actives.week",
        "people",
        "People with an act of theirs in the 7 days up to a day: mean over the days of the last whole month.",
    ),
    ("overview.actives.month", "people", "People with an act of theirs in the last whole calendar month."),
    (
        "overview.actives.stickiness",
        "share",
        "People active on a day over those active in the 30 days up to it: mean over the days of the last whole month.",
    ),
    ("overview.revenue.month", None, "Revenue net of refunds, of people with a profile, in the last whole month."),
    ("overview.orders.month", "orders", "Orders of people with a profile in the last whole month."),
    (
        "overview.lifecycle.new",
        "people",
        "People active in the last whole month and never before; n is all active in it.",
    ),
    (
        "overview.lifecycle.returning",
        "people",
        "People active in the last whole month and in the one before; n is all active in it.",
    ),
    (
        "overview.lifecycle.resurrecting",
        "people",
        "People active in the last whole month, not in the one before, but earlier; n is all active in it.",
    ),
    (
        "overview.lifecycle.dormant",
        "people",
        "People active in the month before the last whole one and not in that; n is all active in the month before.",
    ),
    (
        "overview.retention.on_day.<age>",
        "share",
        "Share of customers active in calendar month <age> after that of their first order, or of their first active "
        "day where there are no orders; all cohorts for which it is over.",
    ),
    (
        "overview.retention.on_or_after.<age>",
        "share",
        "Share of customers active so far in calendar month <age>, or later, after that of their first order, or of "
        "their first active day where there are no orders; all cohorts for which it is over.",
    ),
    (
        "overview.funnel.<funnel>.<step>",
        "share",
        "Share of the people who began funnel <funnel> that reached <step> within its window; each counted once.",
    ),
    (
        "overview.session.median_s",
        "seconds",
        "Median length, from the first event to the last, of visits that ended in the last 30 days; n is these visits.",
    ),
    ("states.<state>", "people", "People in state <state> at the moment; n is everybody with a profile."),
    (
        "states.transitions",
        "changes",
        "Changes of state in the month before the moment; n is everybody with a profile.",
    ),
    (
        "states.<moment>.<flow>",
        "people",
        "Active people (not dormant, churned or without a profile) a month before the moment (<moment>) and at it, and "
        "what made the difference: <flow>.",
    ),
    (
        "states.<moment>.at_risk_revenue",
        None,
        "Revenue net of refunds, in the year before the moment (<moment>), of people declining or at risk at it.",
    ),
    ("segmentation.k", "groups", "Number of groups that k-means was asked for."),
    (
        "segmentation.silhouette",
        "score",
        "Mean silhouette (Rousseeuw 1987): 1 well apart, 0 touching.",
    ),
    ("churn.<population>.base_rate", "share", "Share of the population <population> that did not return."),
    (
        "churn.<population>.<rung>.auc",
        "probability",
        "Chance that <rung> ranks one who left above one who stayed, among <population>.",
    ),
    (
        "churn.<population>.<rung>.average_precision",
        "share",
        "Mean share of leavers in the lists that <rung> would draw up, among <population>.",
    ),
    (
        "churn.<population>.<rung>.brier",
        "squared error",
        "Mean squared distance of <rung>'s probabilities from what happened, among <population>.",
    ),
    (
        "churn.<population>.gain.auc",
        "difference of probabilities",
        "AUC of XGBoost minus AUC of the recency rule on the same people, among <population>.",
    ),
    (
        "lift.<experiment>.health.srm_p",
        "probability",
        "Chance of a split at least this uneven if <experiment> assigned people as planned.",
    ),
    (
        "lift.<experiment>.<arm>.<metric>.level",
        None,
        "Mean of <metric> per person in <arm> of <experiment>.",
    ),
    (
        "lift.<experiment>.<arm>.<metric>.diff",
        None,
        "Mean of <metric> per person in <arm> of <experiment>, minus that of its control.",
    ),
    (
        "lift.<experiment>.<arm>.<metric>.ratio",
        "ratio",
        "Mean of <metric> per person in <arm> of <experiment>, divided by that of its control.",
    ),
    (
        "proof.identity.<world>.precision",
        "share",
        "Share of the pairs of identifiers taken for one person's that are, in the made-up world <world>.",
    ),
    (
        "proof.identity.<world>.recall",
        "share",
        "Share of the pairs of one person's identifiers that events connect and that are found, in the world <world>.",
    ),
    (
        "proof.identity.<world>.f1",
        "share",
        "Harmonic mean of precision and recall over pairs of identifiers, in the made-up world <world>.",
    ),
    (
        "proof.profiles.<world>.<metric>.coverage80",
        "share",
        "Share of made-up people whose interval for <metric>, claimed to hold it in 4 of 5 cases, does; of those with "
        "an observation, in the world that <world>.",
    ),
    (
        "proof.recovery.<preference>.<observed>.found",
        "share",
        "Share of made-up people whose <preference> is told right from <observed> observations (few, up to 10; many).",
    ),
    (
        "proof.recovery.<preference>.<observed>.naive",
        "share",
        "The same, naming what was highest as observed.",
    ),
    (
        "proof.recovery.<preference>.<observed>.beyond",
        "share",
        "Difference of the two, over the same people.",
    ),
    (
        "proof.recovery.<buyer>.auc.<which>",
        "auc",
        "How well buyers of kind <buyer> are told from the others: by the metric made for it, and naively.",
    ),
    (
        "proof.states.<world>.delay_ratio_to_oracle",
        "ratio",
        "Mean days until it is seen that somebody comes less, over those of a CUSUM that knows the law, in the world "
        "<world>, both set for 0.1 false entries a customer-year; undetected people count with the horizon.",
    ),
    (
        "proof.states.<world>.false_per_customer_year",
        "entries per customer-year",
        "How often a made-up person who never changes is taken for one who comes less, in the world <world>.",
    ),
    (
        "proof.states.<world>.<rule>.false_per_customer_year",
        "entries per customer-year",
        "The same by the rule <rule>.",
    ),
    (
        "proof.segments.<world>.right_number",
        "share",
        "Share of made-up worlds of the kind <world> in which k-means is given as many groups as there are.",
        "proof.leads.<world>.calibration_slope",
        "logits per logit",
        "Mean over made-up worlds <world> of the slope that a lead score has on many more people of them; 1 is right.",
    ),
    (
        "proof.leads.<world>.calibration_intercept",
        "logits",
        "Mean over made-up worlds <world> of the intercept that a lead score has on many more people of them; 0 is "
        "right.",
    ),
    (
        "proof.leads.<world>.<measure>.coverage",
        "share",
        "Share of made-up worlds <world> in which the interval of <measure> holds what many more people say.",
    ),
    (
        "proof.leads.<world>.off",
        "probability",
        "Mean distance of a lead score from the probability with which orders were drawn, in made-up worlds <world>.",
    ),
    (
        "proof.leads.<world>.told",
        "share",
        "Share of made-up worlds <world> of which it is said that more, or fewer, ordered than lead scores said.",
    ),
    (
        "proof.leads.<world>.wins",
        "share",
        "Share of made-up worlds <world> of which it is said that the lead score's list is better than the rule's.",
    ),
    (
        "proof.lift.<method>.coverage",
        "share",
        "Share of simulated shops whose planted effect lies in the interval that <method> gives.",
    ),
)


def match(key: str) -> Key:
    """The one template that a concrete key belongs to; of two that fit, the more literal one.

    Raises:
        WrongUse: No template fits.
    """
    fitting = [each for each in KEYS if each.names(key) is not None]
    if not fitting:
        raise WrongUse(
            f"The result key {key!r} is not in helpers/reporting/key_list.py; add its template there, and put "
            "names that come from data through `safe`."
        )
    return max(fitting, key=lambda each: each.fixed_parts)


def safe(name: str) -> str:
    """A name from data as a part of a key: "Men's E-Mail" becomes "men_s_e_mail"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    part = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    # A name in another script leaves nothing; its hash is as stable as the name.
    return part or f"name_{hashlib.sha256(name.encode()).hexdigest()[:8]}"
