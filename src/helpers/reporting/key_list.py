"""Result keys of a run, up to groups: template, unit (None where whoever adds the result states it), definition."""

from __future__ import annotations

RUN_KEYS: tuple[tuple[str, str | None, str], ...] = (
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
    ("segmentation.k", "groups", "Number of natural groups: the last that k-means found again and again; 1 for none."),
    (
        "segmentation.ari_mean",
        "score",
        "Mean adjusted Rand index of k-means on people drawn again: 1 the same groups, 0 what chance gives. Of the "
        "number of groups taken, or of two where none is; n is draws, and the interval is of more of them.",
    ),
    ("segmentation.ari_min", "score", "The lowest of these; n is draws."),
    (
        "segmentation.null_ari_mean",
        "score",
        "The same mean on normal clouds without groups, of the same mean and covariance; n is clouds.",
    ),
    (
        "segmentation.<way>.next_<outcome>_explained",
        "share",
        "Share of how much people differ in <outcome> since the day on which groups were learned that is explained by "
        "the group they were in then, by <way>; of people not looked at, negative where groups mislead.",
    ),
    (
        "segmentation.rules.<rule>",
        "people",
        "People whom the rule <rule> fits; n is those of whom it can be told.",
    ),
    (
        "segmentation.silhouette",
        "score",
        "Mean silhouette (Rousseeuw 1987): 1 well apart, 0 touching.",
    ),
    (
        "segmentation.drift.share_moved",
        "share",
        "Share of people in other groups than the groups' shares of the reference day say (total variation distance).",
    ),
    (
        "segmentation.drift.largest_shift",
        "standard deviations",
        "Largest shift of a group's mean of one feature since the reference day, in standard deviations on it.",
    ),
    (
        "segmentation.drift.unplaced",
        "share",
        "Share of people farther from the centre of their group than 99 in 100 were on the reference day.",
    ),
    (
        "leads.base_rate",
        "share",
        "Share of the people still active 30 days before the moment that ordered within them.",
    ),
    (
        "leads.<way>.auc",
        "probability",
        "Chance that <way> ranks one who ordered within 30 days above one who did not, among people still active.",
    ),
    (
        "leads.<way>.average_precision",
        "share",
        "Mean share of people who ordered within 30 days in the lists that <way> would draw up.",
    ),
    (
        "leads.<way>.brier",
        "squared error",
        "Mean squared distance of <way>'s probabilities of an order within 30 days from what happened.",
    ),
    (
        "leads.<way>.calibration_slope",
        "logits per logit",
        "Slope of the logit of an order within 30 days on that of <way>'s probability; 1 where both agree.",
    ),
    (
        "leads.<way>.calibration_intercept",
        "logits",
        "What the logits of <way>'s probabilities must be raised by to add up to the orders; 0 where they do.",
    ),
    (
        "leads.<way>.precision_top_tenth",
        "share",
        "Share that ordered within 30 days of the tenth of people that <way> puts first.",
    ),
    (
        "leads.gain.<rule>.auc",
        "difference of probabilities",
        "AUC of the lead score minus AUC of the <rule> rule, on the same people.",
    ),
    (
        "leads.gain.<rule>.precision_top_tenth",
        "difference of shares",
        "Share that ordered of the tenth that the lead score puts first, minus that of the <rule> rule.",
    ),
    (
        "leads.rising",
        "people",
        "People whose lead score rose in 30 days by more than is usual; n is everybody still active.",
    ),
    (
        "leads.falling",
        "people",
        "People whose lead score fell in 30 days by more than is usual; n is everybody still active.",
    ),
    ("leads.declining", "people", "People in state declining; n is everybody still active."),
)
