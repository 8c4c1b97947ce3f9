"""The only list of result keys of the proof: template, unit, definition."""

from __future__ import annotations

PROOF_KEYS: tuple[tuple[str, str | None, str], ...] = (
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
        "proof.segments.alarm.<world>",
        "share",
        "Share of made-up populations of the kind <world> in which an alarm says that groups are no longer what they "
        "were.",
    ),
    (
        "proof.segments.<world>.right_number",
        "share",
        "Share of made-up worlds of the kind <world> in which k-means is given as many groups as there are.",
    ),
    (
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
        "proof.watch.inputs.<world>",
        "share",
        "Share of made-up worlds <world> in which the watch says that a feature moved.",
    ),
    (
        "proof.watch.learn_anew.<world>",
        "share",
        "Share of made-up worlds <world> in which the rule says to learn the model anew.",
    ),
    (
        "proof.churn.<law>.<figure>.coverage",
        "share",
        "Share of made-up worlds whose interval of <figure> by contacting holds what very many people of the world "
        "give, where probabilities are <law>.",
    ),
    (
        "proof.churn.alarm.<world>",
        "share",
        "Share of made-up worlds <world> in which a group is called misjudged.",
    ),
    (
        "proof.churn.reasons.alone",
        "share",
        "Share of people whose first reason is the family that alone decides; of the family with the fewest.",
    ),
    (
        "proof.churn.reasons.ablation_same",
        "share",
        "Share of people whose first reason is the family whose absence takes most from their score.",
    ),
    (
        "proof.churn.reasons.ablation_correlation",
        "rank correlation",
        "Rank correlation of what reasons give to a family with what its absence takes from a score.",
    ),
    (
        "proof.lift.<method>.shops",
        "share",
        "Share of simulated shops whose planted effect lies in the interval that <method> gives.",
    ),
    (
        "proof.value.<model>.<parameter>.covered",
        "share",
        "Share of made-up worlds of <model> in which the interval of <parameter> holds the truth.",
    ),
    (
        "proof.value.<model>.<outcome>.total_covered",
        "share",
        "Share of made-up worlds of <model> in which the range of all <outcome>, claimed to hold it in 4 of 5, does.",
    ),
    (
        "proof.value.<model>.<outcome>.customers_covered",
        "share",
        "Share of customers whose range of <outcome>, claimed to hold it in 4 of 5 cases, does; mean over worlds of "
        "<model>.",
    ),
    (
        "proof.value.<world>.told",
        "share",
        "Share of made-up worlds <world> of which it is said that more, or fewer, purchases came than were expected.",
    ),
    (
        "proof.lift.<method>.aa",
        "share",
        "Share of random halves of a control arm, treated alike, that <method> calls different.",
    ),
    (
        "proof.lift.<method>.coverage",
        "share",
        "Share of effects, planted in random halves of a control arm, that the interval of <method> holds.",
    ),
    (
        "proof.lift.peeking.<way>",
        "share",
        "Share of random halves of a control arm, treated alike and looked at every day, that <way> calls different at "
        "some look: fixed (interval for one look), last (that at the last look only), sequence (confidence sequence), "
        "verdict (sequence until the last look, and there an interval of 96 in 100).",
    ),
    (
        "proof.lift.cuped.gain",
        "share",
        "Share of the variance of a difference that is gone once it is adjusted by what was known before.",
    ),
    (
        "proof.lift.cuped.squared_correlation",
        "share",
        "Squared correlation of a metric with what was known before, which that share should be.",
    ),
    (
        "proof.lift.uplift.<world>.singled_out",
        "share",
        "Share of made-up experiments in which an arm moves everybody alike and somebody is singled out all the same.",
    ),
    (
        "proof.lift.uplift.<world>.<learner>.beyond_blind",
        "share",
        "Share of the same in which the interval of a list by <learner> lies above one drawn blindly.",
    ),
    (
        "proof.lift.uplift.<world>.found",
        "share",
        "Share of made-up experiments <world>, where one fact or a pair of them says whom the arm moves, in which the "
        "rule or the model is named that is the law.",
    ),
    (
        "proof.lift.uplift.area.coverage",
        "share",
        "Share of made-up experiments in which the interval of what a rule's list adds holds the truth.",
    ),
)
