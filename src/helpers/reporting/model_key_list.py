"""Result keys of a run that churn, value and experiments give: template, unit and definition, as in `key_list`."""

from __future__ import annotations

MODEL_KEYS: tuple[tuple[str, str | None, str], ...] = (
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
        "churn.<population>.<rung>.calibration_slope",
        "logit per logit",
        "Slope of what happened on what <rung> said, as logits, among <population>; 1 where both agree.",
    ),
    (
        "churn.<population>.<rung>.precision_top_tenth",
        "share",
        "Share that left of the tenth of <population> that <rung> puts first.",
    ),
    (
        "churn.<population>.<rung>.recall_top_tenth",
        "share",
        "Share of all who left that stand in the tenth of <population> that <rung> puts first.",
    ),
    (
        "churn.<population>.gain.auc",
        "difference of probabilities",
        "AUC of XGBoost minus AUC of the recency rule on the same people, among <population>.",
    ),
    (
        "churn.<population>.gain.recommended.auc",
        "difference of probabilities",
        "AUC of the recommended way minus AUC of the recency rule on the same people, among <population>.",
    ),
    (
        "churn.<population>.gain.recommended.precision_top_tenth",
        "difference of shares",
        "Share that left of the tenth that the recommended way puts first minus that of recency, among <population>.",
    ),
    (
        "churn.<population>.newcomers.<rung>.auc",
        "probability",
        "Chance that <rung> ranks one who left above one who stayed, among people of <population> that no model saw.",
    ),
    (
        "churn.reasons.same_first",
        "share",
        "Share of boosted trees grown again with other seeds that name the same first reason; mean over people.",
    ),
    (
        "churn.reasons.shared",
        "share",
        "Share of up to three reasons that such trees name too; mean over people.",
    ),
    (
        "churn.reasons.agreement",
        "rank correlation",
        "Rank correlation (Spearman) of the trees that give reasons with the probabilities that are used.",
    ),
    ("churn.groups.misjudged", "groups", "Groups in which scores are off beyond chance."),
    (
        "churn.groups.<kind>.<group>.gap",
        "difference of shares",
        "Mean probability of not coming back minus the share that did not, in group <group> by <kind>.",
    ),
    (
        "churn.money.value_kept",
        None,
        "Mean revenue in the horizon of who ordered again of those longest silent: what one who is kept may bring.",
    ),
    (
        "churn.money.threshold",
        "probability",
        "Probability of not coming back from which on a contact pays, as assumed.",
    ),
    ("churn.money.contacted", "people", "People for whom a contact pays now; n is all that are looked at."),
    (
        "churn.money.<policy>.saving",
        None,
        "Saved for 1,000 test customers who may be written to, by contacting as <policy> says, as assumed.",
    ),
    (
        "churn.money.<policy>.gain",
        None,
        "Saved for 1,000 test customers who may be written to, beyond what <policy> saves, by the threshold in use.",
    ),
    (
        "churn.weights.<scheme>.<part>.brier",
        "squared error",
        "Brier score of logistic regression learned with weights <scheme> minus that without, among <part> people.",
    ),
    (
        "drift.inputs.largest_psi",
        "stability index",
        "Largest population stability index of a feature that models learn from, people up to the moment against those "
        "up to the day of judging; n are people of a mean day of both.",
    ),
    (
        "drift.inputs.moved",
        "features",
        "Features that moved beyond chance, and by a stability index of 0.1 or more.",
    ),
    (
        "drift.scores.psi",
        "stability index",
        "Population stability index of the recommended model's probabilities, the same people.",
    ),
    (
        "drift.calibration.intercept",
        "logits",
        "Calibration in the large at the newest moment whose horizon is over; above 0 more left than was said.",
    ),
    (
        "drift.calibration.slope",
        "logits per logit",
        "Slope of what came on what was said at that moment; 1 is right.",
    ),
    (
        "drift.auc_minus_rule",
        "difference of probabilities",
        "AUC of the recommended model minus that of the recency rule at that moment, on the same people.",
    ),
    (
        "drift.learn_anew",
        "yes or no",
        "1 where the rule written beforehand says to learn the model anew, 0 where it says to keep it.",
    ),
    (
        "value.again.<days>",
        "share",
        "Share of customers who buy on a second day within <days> days of the first, by Kaplan and Meier's estimate.",
    ),
    (
        "value.<model>.<parameter>",
        None,
        "Parameter <parameter> of the model <model>, learned from what was bought before the holdout.",
    ),
    (
        "value.<model>.log_likelihood",
        "log likelihood",
        "Logarithm of the likelihood of <model> at these parameters; n is the customers it was learned from.",
    ),
    (
        "value.spend.correlation",
        "correlation",
        "Pearson's correlation of the number of days with a repeat purchase and their mean spend, before the holdout.",
    ),
    (
        "value.holdout.tracking_error_holdout",
        "ratio less 1",
        "Purchases that the model expected of all customers in the holdout, over those that came, minus 1.",
    ),
    (
        "value.holdout.tracking_error_cumulative",
        "ratio less 1",
        "Repeat purchases that the model expected since the first of all, over those that came, minus 1.",
    ),
    (
        "value.holdout.<outcome>.<way>.rmse",
        None,
        "Root of the mean squared error of <way>, foretelling <outcome> of each customer in the holdout.",
    ),
    (
        "value.holdout.<outcome>.<way>.bias",
        None,
        "Mean of <outcome> foretold by <way> minus what came, over customers in the holdout.",
    ),
    (
        "value.holdout.<outcome>.<way>.rmse_over_model",
        None,
        "Error of the rule <way> minus that of the model that is used, foretelling <outcome> of the same customers.",
    ),
    (
        "value.holdout.<outcome>.covered",
        "share",
        "Share of customers whose range of <outcome>, foretold to hold it in 4 of 5 cases, held what came.",
    ),
    (
        "value.holdout.<outcome>.total_foretold",
        None,
        "Total of <outcome> that the model foretold of all customers in the holdout, with its range.",
    ),
    (
        "value.holdout.<outcome>.total_came",
        None,
        "Total of <outcome> that came of the same customers in the holdout; n is how many of them bought.",
    ),
    (
        "value.holdout.<outcome>.total_error",
        "ratio less 1",
        "Total of <outcome> that the model foretold in the holdout, over what came, minus 1; parameters as if known.",
    ),
    (
        "value.next.purchases",
        "purchases",
        "Days with a purchase expected of today's customers within the horizon, by the way that the holdout favours.",
    ),
    (
        "value.next.revenue",
        None,
        "Revenue net of refunds expected of today's customers within the horizon, by the way that the holdout favours.",
    ),
    (
        "value.next.<outcome>.<model>",
        None,
        "Total of <outcome> expected by <model> within the horizon, where the holdout favours a simple rule instead.",
    ),
    (
        "lift.<experiment>.health.srm_p",
        "probability",
        "Chance of a split at least this uneven if <experiment> assigned people as planned.",
    ),
    (
        "lift.<experiment>.health.srm_day_p",
        "probability",
        "Chance of a split as uneven as on the worst day of <experiment>, adjusted for the number of days (Holm).",
    ),
    (
        "lift.<experiment>.health.srm_slice_p",
        "probability",
        "Chance of a split as uneven as in the worst slice of <experiment>, adjusted for their number (Holm).",
    ),
    (
        "lift.<experiment>.health.mixed",
        "share",
        "Share of the people exposed in <experiment> who saw more than one arm.",
    ),
    (
        "lift.<experiment>.health.silent_days",
        "days",
        "Days between the first and the last exposure of <experiment> on which nobody new was exposed.",
    ),
    (
        "lift.<experiment>.health.missing_p",
        "probability",
        "Chance that outcomes are missing at least as unevenly over the arms of <experiment> if arms do not matter.",
    ),
    (
        "lift.<experiment>.health.balance",
        "standard deviations",
        "Largest standardised difference between arms of <experiment> in what was known before.",
    ),
    (
        "lift.<experiment>.<arm>.<metric>.level",
        None,
        "Level of <metric> in <arm> of <experiment>, as it was declared: a share, a mean, a ratio or a quantile.",
    ),
    (
        "lift.<experiment>.<arm>.<metric>.diff",
        None,
        "Level of <metric> in <arm> of <experiment>, minus that of its control.",
    ),
    (
        "lift.<experiment>.<arm>.<metric>.ratio",
        "ratio",
        "Level of <metric> in <arm> of <experiment>, divided by that of its control.",
    ),
    (
        "lift.<experiment>.<arm>.uplift.<way>",
        None,
        "What a list by <way> gains from <arm> of <experiment> beyond one drawn blindly: area between uplift curves, "
        "per customer.",
    ),
    (
        "lift.<experiment>.<arm>.uplift.<learner>.beyond_rule",
        None,
        "The area of <learner> minus that of the best rule that was named, on the same people of <experiment>.",
    ),
)
