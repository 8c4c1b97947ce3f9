-- Profiles at one cutoff straight from the log, as an analyst would write them who needs them once: every metric that
-- is observed. Views: events, products. Variable: cutoff, a local day.
WITH seen AS NOT MATERIALIZED (
    SELECT
        *,
        local_time::DATE AS day,
        getvariable('cutoff') - local_time::DATE AS age
    FROM events
    WHERE local_time < getvariable('cutoff')
),

-- What is counted.
counted AS (
    SELECT
        profile_id,
        min(timestamp) AS first_seen_at,
        max(timestamp) AS last_seen_at,
        max(age) AS tenure_days,
        count(*) FILTER (age <= 7) AS events_7d,
        count(*) FILTER (age <= 30) AS events_30d,
        count(*) FILTER (age <= 90) AS events_90d,
        count(*) AS events_total,
        sum(fade) AS events_decayed,
        sum(weight * fade) AS engagement_score,
        count(*) FILTER (category = 'purchase' AND age <= 7) AS purchase_events_7d,
        count(*) FILTER (category = 'purchase' AND age <= 30) AS purchase_events_30d,
        count(*) FILTER (category = 'purchase' AND age <= 90) AS purchase_events_90d,
        count(*) FILTER (category = 'purchase') AS purchase_events_total,
        coalesce(sum(fade) FILTER (category = 'purchase'), 0) AS purchase_events_decayed,
        min(age) FILTER (category = 'purchase') AS days_since_purchase,
        count(*) FILTER (category = 'engagement' AND age <= 7) AS engagement_events_7d,
        count(*) FILTER (category = 'engagement' AND age <= 30) AS engagement_events_30d,
        count(*) FILTER (category = 'engagement' AND age <= 90) AS engagement_events_90d,
        count(*) FILTER (category = 'engagement') AS engagement_events_total,
        coalesce(sum(fade) FILTER (category = 'engagement'), 0) AS engagement_events_decayed,
        min(age) FILTER (category = 'engagement') AS days_since_engagement,
        count(*) FILTER (category = 'web' AND age <= 7) AS web_events_7d,
        count(*) FILTER (category = 'web' AND age <= 30) AS web_events_30d,
        count(*) FILTER (category = 'web' AND age <= 90) AS web_events_90d,
        count(*) FILTER (category = 'web') AS web_events_total,
        coalesce(sum(fade) FILTER (category = 'web'), 0) AS web_events_decayed,
        min(age) FILTER (category = 'web') AS days_since_web,
        count(*) FILTER (category = 'support' AND age <= 7) AS support_events_7d,
        count(*) FILTER (category = 'support' AND age <= 30) AS support_events_30d,
        count(*) FILTER (category = 'support' AND age <= 90) AS support_events_90d,
        count(*) FILTER (category = 'support') AS support_events_total,
        coalesce(sum(fade) FILTER (category = 'support'), 0) AS support_events_decayed,
        min(age) FILTER (category = 'support') AS days_since_support,
        count(*) FILTER (channel = 'web' AND age <= 7) AS on_web_7d,
        count(*) FILTER (channel = 'web' AND age <= 30) AS on_web_30d,
        count(*) FILTER (channel = 'web' AND age <= 90) AS on_web_90d,
        count(*) FILTER (channel = 'web') AS on_web_total,
        count(*) FILTER (channel = 'app' AND age <= 7) AS on_app_7d,
        count(*) FILTER (channel = 'app' AND age <= 30) AS on_app_30d,
        count(*) FILTER (channel = 'app' AND age <= 90) AS on_app_90d,
        count(*) FILTER (channel = 'app') AS on_app_total,
        count(*) FILTER (channel = 'email' AND age <= 7) AS on_email_7d,
        count(*) FILTER (channel = 'email' AND age <= 30) AS on_email_30d,
        count(*) FILTER (channel = 'email' AND age <= 90) AS on_email_90d,
        count(*) FILTER (channel = 'email') AS on_email_total,
        count(*) FILTER (channel = 'sms' AND age <= 7) AS on_sms_7d,
        count(*) FILTER (channel = 'sms' AND age <= 30) AS on_sms_30d,
        count(*) FILTER (channel = 'sms' AND age <= 90) AS on_sms_90d,
        count(*) FILTER (channel = 'sms') AS on_sms_total,
        count(*) FILTER (channel = 'support' AND age <= 7) AS on_support_7d,
        count(*) FILTER (channel = 'support' AND age <= 30) AS on_support_30d,
        count(*) FILTER (channel = 'support' AND age <= 90) AS on_support_90d,
        count(*) FILTER (channel = 'support') AS on_support_total,
        count(*) FILTER (event = 'Product Viewed' AND age <= 7) AS product_views_7d,
        count(*) FILTER (event = 'Products Searched') AS searches,
        coalesce(sum(revenue) FILTER (event IN ('Order Completed', 'Order Refunded')), 0)::DOUBLE AS revenue_total,
        coalesce(sum(revenue) FILTER (event IN ('Order Completed', 'Order Refunded') AND age <= 90), 0)::DOUBLE
            AS revenue_90d
    FROM (SELECT *, pow(0.5, age / 90.0) AS fade FROM seen)
    GROUP BY profile_id
),

visits AS (
    SELECT profile_id, count(*) AS sessions, count(*) FILTER (age <= 30) AS sessions_30d
    FROM (SELECT DISTINCT profile_id, session_id, age FROM seen WHERE category = 'web' AND session_id IS NOT NULL)
    GROUP BY profile_id
),

-- Days with an act, and what they tell of habits.
acts AS (
    SELECT profile_id, day, age, count(*) AS acts
    FROM seen
    WHERE weight > 0
    GROUP BY profile_id, day, age
),

active AS (
    SELECT
        profile_id,
        count(*) AS days,
        count(*) FILTER (age <= 30) AS active_days_30d,
        coalesce(sum(acts) FILTER (age <= 30), 0) / nullif(sum(acts) FILTER (age BETWEEN 31 AND 60), 0)
            AS engagement_ratio_30d,
        coalesce(sum(acts * (3.5 - (age - 1) // 7)::DOUBLE) FILTER (age <= 56), 0) / 42 AS engagement_velocity,
        count(*) FILTER (isodow(day) = 1) AS mondays,
        count(*) FILTER (isodow(day) = 2) AS tuesdays,
        count(*) FILTER (isodow(day) = 3) AS wednesdays,
        count(*) FILTER (isodow(day) = 4) AS thursdays,
        count(*) FILTER (isodow(day) = 5) AS fridays,
        count(*) FILTER (isodow(day) = 6) AS saturdays,
        count(*) FILTER (isodow(day) = 7) AS sundays,
        median(gap) AS visit_gap_median_d
    FROM (SELECT *, day - lag(day) OVER (PARTITION BY profile_id ORDER BY day) AS gap FROM acts)
    GROUP BY profile_id
),

everybody AS (
    SELECT sum(days) AS days, [sum(mondays), sum(tuesdays), sum(wednesdays), sum(thursdays), sum(fridays),
        sum(saturdays), sum(sundays)] AS weekdays
    FROM active
),

hours AS (
    SELECT
        profile_id,
        count(*) FILTER (channel = 'web') AS best_hour_web_n,
        count(*) FILTER (channel = 'app') AS best_hour_app_n,
        count(*) FILTER (channel = 'email') AS best_hour_email_n,
        count(*) FILTER (channel = 'sms') AS best_hour_sms_n
    FROM (
        SELECT DISTINCT profile_id, channel, date_trunc('hour', local_time)
        FROM seen
        WHERE weight > 0 AND channel IN ('web', 'app', 'email', 'sms')
    )
    GROUP BY profile_id
),

-- Orders.
lines AS (
    SELECT profile_id, day, age, timestamp, coalesce(order_id, message_id) AS number, revenue, discount, product_id,
        product_category
    FROM seen
    WHERE event = 'Order Completed'
),

orders AS (
    SELECT profile_id, day, age, number, sum(revenue)::DOUBLE AS paid,
        sum(discount) FILTER (discount > 0)::DOUBLE AS off
    FROM lines
    GROUP BY profile_id, day, age, number
),

purchase_days AS (
    SELECT
        *,
        day - lag(day) OVER (PARTITION BY profile_id ORDER BY day) AS gap
    FROM (
        SELECT profile_id, day, age, count(*) AS orders, sum(paid) AS paid
        FROM orders
        GROUP BY profile_id, day, age
    )
),

bought AS (
    SELECT
        profile_id,
        sum(orders) AS orders,
        sum(orders) FILTER (age <= 30) AS orders_30d,
        sum(orders) FILTER (age <= 90) AS orders_90d,
        sum(paid) / sum(orders) AS aov,
        count(*) - 1 AS gaps,
        min(age) AS since,
        max(age) AS whole,
        sum(paid) FILTER (gap IS NOT NULL) / count(gap) AS monetary_repeat,
        avg(gap) AS mean_gap,
        stddev_samp(gap) / avg(gap) AS gap_cv
    FROM purchase_days
    GROUP BY profile_id
),

reduced AS (
    SELECT
        profile_id,
        count(*) AS discounted,
        sum(off) / sum(off + paid) AS mean_discount_depth,
        CASE WHEN count(*) >= 3 THEN quantile_cont(round(1000 * off / (off + paid)) / 10, 0.1) END
            AS discount_threshold_pct
    FROM orders
    WHERE off > 0
    GROUP BY profile_id
),

-- The odds that any order is at a discount, as a logarithm.
usual AS (
    SELECT ln(count(off) / (count(*) - count(off))) AS odds
    FROM orders
),

refunds AS (
    SELECT profile_id, count(*) AS refunded
    FROM (
        SELECT DISTINCT profile_id, day, coalesce(order_id, message_id)
        FROM seen
        WHERE event = 'Order Refunded'
    )
    GROUP BY profile_id
),

categories AS (
    SELECT
        profile_id,
        first(product_category ORDER BY n DESC, product_category) AS top_category,
        greatest(round(log2(sum(n)) - sum(n * log2(n)) / sum(n), 9), 0) AS category_entropy
    FROM (
        SELECT profile_id, product_category, count(*) AS n
        FROM lines
        WHERE product_category IS NOT NULL
        GROUP BY profile_id, product_category
    )
    GROUP BY profile_id
),

new AS (
    SELECT profile_id, median(round((epoch(timestamp)::BIGINT - epoch(launched_at)::BIGINT) / 36) / 100)
        AS launch_buyer_h
    FROM lines JOIN products USING (product_id)
    WHERE coalesce(discount, 0) <= 0 AND timestamp >= launched_at
    GROUP BY profile_id
),

-- Looks, carts and pages.
looks AS (
    SELECT profile_id, product_id, day, min(timestamp) AS moment
    FROM seen
    WHERE event = 'Product Viewed' AND product_id IS NOT NULL
    GROUP BY profile_id, product_id, day
),

again AS (
    SELECT profile_id, count(DISTINCT day) AS repeat_view_days
    FROM (SELECT *, lag(moment) OVER (PARTITION BY profile_id, product_id ORDER BY day) AS before FROM looks)
    WHERE before >= moment - INTERVAL 30 DAY
    GROUP BY profile_id
),

browsed AS (
    SELECT profile_id, median(waited) AS browse_to_buy_median_h
    FROM (
        SELECT
            profile_id,
            round((epoch(min(lines.timestamp))::BIGINT - epoch(min(looked.timestamp))::BIGINT) / 36) / 100 AS waited
        FROM lines
        JOIN (SELECT profile_id, product_id, timestamp FROM seen WHERE event = 'Product Viewed') AS looked
            USING (profile_id, product_id)
        WHERE looked.timestamp < lines.timestamp AND looked.timestamp >= lines.timestamp - INTERVAL 30 DAY
        GROUP BY profile_id, number
    )
    GROUP BY profile_id
),

carts AS (
    SELECT profile_id, product_id, min(timestamp) AS moment
    FROM seen
    WHERE event = 'Product Added' AND session_id IS NOT NULL AND product_id IS NOT NULL
    GROUP BY profile_id, session_id, product_id
),

left_in_cart AS (
    SELECT profile_id, count(*) AS put, count(*) FILTER (NOT EXISTS (
        SELECT 1 FROM lines
        WHERE lines.profile_id = carts.profile_id AND lines.product_id = carts.product_id
            AND lines.timestamp >= carts.moment AND lines.timestamp < carts.moment + INTERVAL 7 DAY
    )) AS kept
    FROM carts
    GROUP BY profile_id
),

exits AS (
    SELECT profile_id, first(page ORDER BY n DESC, page) AS exit_page_mode
    FROM (
        SELECT profile_id, page, count(*) AS n
        FROM (
            SELECT profile_id, arg_max(page_category, timestamp) AS page
            FROM seen
            WHERE page_category IS NOT NULL AND session_id IS NOT NULL
            GROUP BY profile_id, session_id, day
        )
        GROUP BY profile_id, page
    )
    GROUP BY profile_id
),

-- Messages.
sends AS (
    SELECT profile_id, send_id, arg_min(event, timestamp) AS kind, min(timestamp) AS moment
    FROM seen
    WHERE event IN ('Email Delivered', 'SMS Delivered') AND send_id IS NOT NULL
    GROUP BY profile_id, send_id
),

answers AS (
    SELECT profile_id, send_id, event, count(*) AS n,
        ln(greatest(round((epoch(min(timestamp))::BIGINT - epoch(any_value(moment))::BIGINT) / 36) / 100, 0.01)) AS waited
    FROM seen JOIN sends USING (profile_id, send_id)
    WHERE event IN ('Email Opened', 'Email Link Clicked', 'Email Forwarded', 'SMS Link Clicked', 'SMS Replied')
        AND timestamp >= moment AND timestamp < moment + INTERVAL 30 DAY
    GROUP BY profile_id, send_id, event
),

sent AS (
    SELECT
        profile_id,
        count(*) FILTER (kind = 'Email Delivered') AS mails,
        count(*) FILTER (kind = 'SMS Delivered') AS texts
    FROM sends
    GROUP BY profile_id
),

answered AS (
    SELECT
        profile_id,
        count(*) FILTER (event = 'Email Opened') AS opened,
        count(*) FILTER (event = 'Email Opened' AND n > 1) AS reopened,
        count(*) FILTER (event = 'Email Link Clicked') AS clicked,
        count(*) FILTER (event = 'Email Forwarded') AS forwarded,
        count(*) FILTER (event = 'SMS Link Clicked') AS texts_clicked,
        count(*) FILTER (event = 'SMS Replied') AS replied,
        exp(avg(waited) FILTER (event = 'Email Opened')) AS email_open_delay_h,
        exp(avg(waited) FILTER (event = 'SMS Replied')) AS sms_reply_delay_h
    FROM answers
    GROUP BY profile_id
),

-- Support.
cases AS (
    SELECT profile_id, ticket_id, min(timestamp) AS moment, min(day) AS began, min(age) AS age
    FROM seen
    WHERE event = 'Support Ticket Opened' AND ticket_id IS NOT NULL
    GROUP BY profile_id, ticket_id
),

steps AS (
    SELECT
        profile_id,
        count(*) FILTER (event = 'Support Ticket Resolved') AS resolved,
        count(*) FILTER (event = 'Support Ticket Reopened') AS reopened,
        max((day, round((epoch(timestamp)::BIGINT - epoch(moment)::BIGINT) / 36) / 100))
            FILTER (event = 'Support Ticket Resolved') AS solved
    FROM seen JOIN cases USING (profile_id, ticket_id)
    WHERE event IN ('Support Ticket Resolved', 'Support Ticket Reopened') AND timestamp >= moment
    GROUP BY profile_id
),

supported AS (
    SELECT profile_id, count(*) AS opened, count(*) FILTER (age <= 180) AS cases_180d, min(age) AS since
    FROM cases
    GROUP BY profile_id
),

back AS (
    SELECT profile_id, max(away) AS away
    FROM (
        SELECT profile_id, round((epoch(min(acted.timestamp))::BIGINT - epoch(moment)::BIGINT) / 864) / 100 AS away
        FROM cases JOIN supported USING (profile_id)
        JOIN (SELECT profile_id, timestamp FROM seen WHERE weight > 0 AND category <> 'support') AS acted
            USING (profile_id)
        WHERE cases.age = supported.since AND acted.timestamp > moment AND acted.timestamp < moment + INTERVAL 90 DAY
        GROUP BY profile_id, ticket_id, moment
    )
    GROUP BY profile_id
)

SELECT
    counted.* EXCLUDE (searches),
    (on_web_total > 0)::INTEGER + (on_app_total > 0)::INTEGER + (on_email_total > 0)::INTEGER
        + (on_sms_total > 0)::INTEGER + (on_support_total > 0)::INTEGER AS n_channels_active,
    coalesce(sessions_30d, 0) AS sessions_30d,
    searches / sessions AS search_rate,
    coalesce(active_days_30d, 0) AS active_days_30d,
    engagement_ratio_30d,
    coalesce(engagement_velocity, 0) AS engagement_velocity,
    mondays / active.days AS monday_share,
    tuesdays / active.days AS tuesday_share,
    wednesdays / active.days AS wednesday_share,
    thursdays / active.days AS thursday_share,
    fridays / active.days AS friday_share,
    saturdays / active.days AS saturday_share,
    sundays / active.days AS sunday_share,
    (saturdays + sundays) / active.days AS weekend_share_observed,
    coalesce(active.days, 0) AS weekend_share_n,
    CASE WHEN active.days >= 14 AND list_sum(list_transform(
            list_zip([mondays, tuesdays, wednesdays, thursdays, fridays, saturdays, sundays], weekdays),
            lambda own: pow(own[1] - active.days * own[2] / everybody.days, 2)
                / (active.days * own[2] / everybody.days)
        )) > 16.811893829770927 THEN 7 END AS rhythm_period_d,
    visit_gap_median_d,
    nullif(best_hour_web_n, 0) AS best_hour_web_n,
    nullif(best_hour_app_n, 0) AS best_hour_app_n,
    nullif(best_hour_email_n, 0) AS best_hour_email_n,
    nullif(best_hour_sms_n, 0) AS best_hour_sms_n,
    coalesce(bought.orders, 0) AS orders_count,
    coalesce(orders_30d, 0) AS orders_30d,
    coalesce(orders_90d, 0) AS orders_90d,
    bought.gaps AS repeat_frequency,
    bought.since AS days_since_last_order,
    bought.whole - bought.since AS recency_btyd_days,
    bought.whole AS "T_days",
    bought.aov AS aov_observed,
    coalesce(bought.orders, 0) AS aov_n,
    monetary_repeat,
    mean_gap AS mean_gap_days_observed,
    coalesce(bought.gaps, 0) AS mean_gap_days_n,
    gap_cv,
    getvariable('cutoff') - bought.since::INTEGER + round(mean_gap)::INTEGER AS expected_next_order_at,
    bought.since - round(mean_gap) AS overdue_days,
    top_category,
    category_entropy,
    browse_to_buy_median_h,
    CASE WHEN bought.orders > 0 THEN coalesce(discounted, 0) / bought.orders END AS discounted_order_share_observed,
    coalesce(bought.orders, 0) AS discounted_order_share_n,
    mean_discount_depth,
    CASE WHEN discounted < bought.orders THEN ln(discounted / (bought.orders - discounted)) - usual.odds END
        AS price_sensitivity_observed,
    coalesce(bought.orders, 0) AS price_sensitivity_n,
    launch_buyer_h,
    discount_threshold_pct,
    CASE WHEN bought.orders > 0 THEN least(coalesce(refunded, 0), bought.orders) / bought.orders END
        AS refund_rate_observed,
    coalesce(bought.orders, 0) AS refund_rate_n,
    CASE WHEN mails > 0 THEN coalesce(answered.opened, 0) / mails END AS email_open_rate_observed,
    coalesce(mails, 0) AS email_open_rate_n,
    CASE WHEN mails > 0 THEN coalesce(clicked, 0) / mails END AS email_click_rate_observed,
    coalesce(mails, 0) AS email_click_rate_n,
    CASE WHEN mails > 0 THEN coalesce(answered.reopened, 0) / mails END AS email_reopen_rate_observed,
    coalesce(mails, 0) AS email_reopen_rate_n,
    CASE WHEN mails > 0 THEN coalesce(forwarded, 0) / mails END AS email_forward_rate_observed,
    coalesce(mails, 0) AS email_forward_rate_n,
    CASE WHEN texts > 0 THEN coalesce(texts_clicked, 0) / texts END AS sms_click_rate_observed,
    coalesce(texts, 0) AS sms_click_rate_n,
    CASE WHEN texts > 0 THEN coalesce(replied, 0) / texts END AS sms_reply_rate_observed,
    coalesce(texts, 0) AS sms_reply_rate_n,
    email_open_delay_h,
    sms_reply_delay_h,
    coalesce(repeat_view_days, 0) AS repeat_view_days,
    kept / put AS cart_abandon_rate_observed,
    coalesce(put, 0) AS cart_abandon_rate_n,
    exit_page_mode,
    coalesce(cases_180d, 0) AS cases_180d,
    greatest(coalesce(supported.opened, 0) + coalesce(steps.reopened, 0) - coalesce(steps.resolved, 0), 0)
        AS unresolved_cases,
    solved[2] AS hours_to_resolve_last,
    coalesce(away, supported.since) / visit_gap_median_d AS post_support_gap_ratio
FROM counted
LEFT JOIN visits USING (profile_id)
LEFT JOIN active USING (profile_id)
LEFT JOIN hours USING (profile_id)
LEFT JOIN bought USING (profile_id)
LEFT JOIN reduced USING (profile_id)
LEFT JOIN refunds USING (profile_id)
LEFT JOIN categories USING (profile_id)
LEFT JOIN new USING (profile_id)
LEFT JOIN again USING (profile_id)
LEFT JOIN browsed USING (profile_id)
LEFT JOIN left_in_cart USING (profile_id)
LEFT JOIN exits USING (profile_id)
LEFT JOIN sent USING (profile_id)
LEFT JOIN answered USING (profile_id)
LEFT JOIN steps USING (profile_id)
LEFT JOIN supported USING (profile_id)
LEFT JOIN back USING (profile_id)
CROSS JOIN everybody
CROSS JOIN usual
