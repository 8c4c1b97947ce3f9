SELECT
  `t107`.`cutoff`,
  `t107`.`profile_id`,
  `t107`.`first_at` AS `first_seen_at`,
  `t107`.`last_at` AS `last_seen_at`,
  CAST(FLOOR(
    (
      UNIX_TIMESTAMP(CAST(CAST(`t107`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
    ) / (
      86400
    )
  ) AS BIGINT) - `t107`.`first_day` AS `tenure_days`,
  `t107`.`n_identifiers`,
  `t107`.`n_devices`,
  CAST(`t107`.`on_web` > 0 AS BIGINT) + 0 + CAST(`t107`.`on_app` > 0 AS BIGINT) + CAST(`t107`.`on_email` > 0 AS BIGINT) + CAST(`t107`.`on_sms` > 0 AS BIGINT) + CAST(`t107`.`on_push` > 0 AS BIGINT) + CAST(`t107`.`on_support` > 0 AS BIGINT) + CAST(`t107`.`on_pos` > 0 AS BIGINT) + CAST(`t107`.`on_social` > 0 AS BIGINT) + CAST(`t107`.`on_ads` > 0 AS BIGINT) + CAST(`t107`.`on_iot` > 0 AS BIGINT) AS `n_channels_active`,
  `t107`.`identity_confidence`,
  CAST(`t107`.`orders` AS BIGINT) AS `orders_count`,
  CAST(`t107`.`gaps` AS BIGINT) AS `repeat_frequency`,
  CAST(FLOOR(
    (
      UNIX_TIMESTAMP(CAST(CAST(`t107`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
    ) / (
      86400
    )
  ) AS BIGINT) - `t107`.`last_order` AS `days_since_last_order`,
  `t107`.`order_span` AS `recency_btyd_days`,
  `t107`.`T_days`,
  CAST(`t107`.`revenue` AS DOUBLE) AS `revenue_total`,
  `t107`.`aov`,
  `t107`.`aov_observed`,
  `t107`.`aov_n`,
  `t107`.`aov_lo`,
  `t107`.`aov_hi`,
  `t107`.`aov_confidence`,
  CAST(`t107`.`later_revenue` AS DOUBLE) / NULLIF(CAST(`t107`.`gaps` AS BIGINT), 0) AS `monetary_repeat`,
  `t107`.`mean_gap_days`,
  `t107`.`mean_gap_days_observed`,
  `t107`.`mean_gap_days_n`,
  `t107`.`mean_gap_days_lo`,
  `t107`.`mean_gap_days_hi`,
  `t107`.`mean_gap_days_confidence`,
  SQRT(
    IF(
      (
        (
          `t107`.`gap_squares` - (
            `t107`.`order_span` * (
              `t107`.`order_span` / NULLIF(CAST(`t107`.`gaps` AS BIGINT), 0)
            )
          )
        ) / NULLIF(CAST(`t107`.`gaps` AS BIGINT) - 1, 0)
      ) < 0,
      0.0,
      (
        `t107`.`gap_squares` - (
          `t107`.`order_span` * (
            `t107`.`order_span` / NULLIF(CAST(`t107`.`gaps` AS BIGINT), 0)
          )
        )
      ) / NULLIF(CAST(`t107`.`gaps` AS BIGINT) - 1, 0)
    )
  ) / (
    `t107`.`order_span` / NULLIF(CAST(`t107`.`gaps` AS BIGINT), 0)
  ) AS `gap_cv`,
  CAST(CAST(`t107`.`cutoff` AS TIMESTAMP) + CAST(CONCAT(
    CAST(ROUND(`t107`.`order_span` / NULLIF(CAST(`t107`.`gaps` AS BIGINT), 0), 0) AS BIGINT) - (
      CAST(FLOOR(
        (
          UNIX_TIMESTAMP(CAST(CAST(`t107`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
        ) / (
          86400
        )
      ) AS BIGINT) - `t107`.`last_order`
    ),
    ' days'
  ) AS INTERVAL) AS DATE) AS `expected_next_order_at`,
  CAST(CAST(`t107`.`cutoff` AS TIMESTAMP) + CAST(CONCAT(
    CAST(ROUND(
      IF(
        (
          (
            `t107`.`order_span` / NULLIF(`t107`.`gaps`, 0)
          ) - (
            SQRT(
              IF(
                (
                  (
                    `t107`.`gap_squares` - (
                      `t107`.`order_span` * (
                        `t107`.`order_span` / NULLIF(`t107`.`gaps`, 0)
                      )
                    )
                  ) / NULLIF(`t107`.`gaps` - 1, 0)
                ) < 0,
                0.0,
                (
                  `t107`.`gap_squares` - (
                    `t107`.`order_span` * (
                      `t107`.`order_span` / NULLIF(`t107`.`gaps`, 0)
                    )
                  )
                ) / NULLIF(`t107`.`gaps` - 1, 0)
              )
            ) * `t107`.`spread_allowed`
          )
        ) < 1.0,
        1.0,
        (
          `t107`.`order_span` / NULLIF(`t107`.`gaps`, 0)
        ) - (
          SQRT(
            IF(
              (
                (
                  `t107`.`gap_squares` - (
                    `t107`.`order_span` * (
                      `t107`.`order_span` / NULLIF(`t107`.`gaps`, 0)
                    )
                  )
                ) / NULLIF(`t107`.`gaps` - 1, 0)
              ) < 0,
              0.0,
              (
                `t107`.`gap_squares` - (
                  `t107`.`order_span` * (
                    `t107`.`order_span` / NULLIF(`t107`.`gaps`, 0)
                  )
                )
              ) / NULLIF(`t107`.`gaps` - 1, 0)
            )
          ) * `t107`.`spread_allowed`
        )
      ),
      0
    ) AS BIGINT) - (
      CAST(FLOOR(
        (
          UNIX_TIMESTAMP(CAST(CAST(`t107`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
        ) / (
          86400
        )
      ) AS BIGINT) - `t107`.`last_order`
    ),
    ' days'
  ) AS INTERVAL) AS DATE) AS `expected_next_order_lo`,
  CAST(CAST(`t107`.`cutoff` AS TIMESTAMP) + CAST(CONCAT(
    CAST(ROUND(
      (
        `t107`.`order_span` / NULLIF(`t107`.`gaps`, 0)
      ) + (
        SQRT(
          IF(
            (
              (
                `t107`.`gap_squares` - (
                  `t107`.`order_span` * (
                    `t107`.`order_span` / NULLIF(`t107`.`gaps`, 0)
                  )
                )
              ) / NULLIF(`t107`.`gaps` - 1, 0)
            ) < 0,
            0.0,
            (
              `t107`.`gap_squares` - (
                `t107`.`order_span` * (
                  `t107`.`order_span` / NULLIF(`t107`.`gaps`, 0)
                )
              )
            ) / NULLIF(`t107`.`gaps` - 1, 0)
          )
        ) * `t107`.`spread_allowed`
      ),
      0
    ) AS BIGINT) - (
      CAST(FLOOR(
        (
          UNIX_TIMESTAMP(CAST(CAST(`t107`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
        ) / (
          86400
        )
      ) AS BIGINT) - `t107`.`last_order`
    ),
    ' days'
  ) AS INTERVAL) AS DATE) AS `expected_next_order_hi`,
  -(
    CAST(ROUND(`t107`.`order_span` / NULLIF(CAST(`t107`.`gaps` AS BIGINT), 0), 0) AS BIGINT) - (
      CAST(FLOOR(
        (
          UNIX_TIMESTAMP(CAST(CAST(`t107`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
        ) / (
          86400
        )
      ) AS BIGINT) - `t107`.`last_order`
    )
  ) AS `overdue_days`,
  CAST(IF(
    COALESCE(
      GREATEST(
        `t107`.`month_1`,
        `t107`.`month_2`,
        `t107`.`month_3`,
        `t107`.`month_4`,
        `t107`.`month_5`,
        `t107`.`month_6`,
        `t107`.`month_7`,
        `t107`.`month_8`,
        `t107`.`month_9`,
        `t107`.`month_10`,
        `t107`.`month_11`,
        `t107`.`month_12`
      ) > `t107`.`peak_allowed`,
      FALSE
    ),
    CASE
      WHEN `t107`.`month_1` = GREATEST(
        `t107`.`month_1`,
        `t107`.`month_2`,
        `t107`.`month_3`,
        `t107`.`month_4`,
        `t107`.`month_5`,
        `t107`.`month_6`,
        `t107`.`month_7`,
        `t107`.`month_8`,
        `t107`.`month_9`,
        `t107`.`month_10`,
        `t107`.`month_11`,
        `t107`.`month_12`
      )
      THEN 1
      WHEN `t107`.`month_2` = GREATEST(
        `t107`.`month_1`,
        `t107`.`month_2`,
        `t107`.`month_3`,
        `t107`.`month_4`,
        `t107`.`month_5`,
        `t107`.`month_6`,
        `t107`.`month_7`,
        `t107`.`month_8`,
        `t107`.`month_9`,
        `t107`.`month_10`,
        `t107`.`month_11`,
        `t107`.`month_12`
      )
      THEN 2
      WHEN `t107`.`month_3` = GREATEST(
        `t107`.`month_1`,
        `t107`.`month_2`,
        `t107`.`month_3`,
        `t107`.`month_4`,
        `t107`.`month_5`,
        `t107`.`month_6`,
        `t107`.`month_7`,
        `t107`.`month_8`,
        `t107`.`month_9`,
        `t107`.`month_10`,
        `t107`.`month_11`,
        `t107`.`month_12`
      )
      THEN 3
      WHEN `t107`.`month_4` = GREATEST(
        `t107`.`month_1`,
        `t107`.`month_2`,
        `t107`.`month_3`,
        `t107`.`month_4`,
        `t107`.`month_5`,
        `t107`.`month_6`,
        `t107`.`month_7`,
        `t107`.`month_8`,
        `t107`.`month_9`,
        `t107`.`month_10`,
        `t107`.`month_11`,
        `t107`.`month_12`
      )
      THEN 4
      WHEN `t107`.`month_5` = GREATEST(
        `t107`.`month_1`,
        `t107`.`month_2`,
        `t107`.`month_3`,
        `t107`.`month_4`,
        `t107`.`month_5`,
        `t107`.`month_6`,
        `t107`.`month_7`,
        `t107`.`month_8`,
        `t107`.`month_9`,
        `t107`.`month_10`,
        `t107`.`month_11`,
        `t107`.`month_12`
      )
      THEN 5
      WHEN `t107`.`month_6` = GREATEST(
        `t107`.`month_1`,
        `t107`.`month_2`,
        `t107`.`month_3`,
        `t107`.`month_4`,
        `t107`.`month_5`,
        `t107`.`month_6`,
        `t107`.`month_7`,
        `t107`.`month_8`,
        `t107`.`month_9`,
        `t107`.`month_10`,
        `t107`.`month_11`,
        `t107`.`month_12`
      )
      THEN 6
      WHEN `t107`.`month_7` = GREATEST(
        `t107`.`month_1`,
        `t107`.`month_2`,
        `t107`.`month_3`,
        `t107`.`month_4`,
        `t107`.`month_5`,
        `t107`.`month_6`,
        `t107`.`month_7`,
        `t107`.`month_8`,
        `t107`.`month_9`,
        `t107`.`month_10`,
        `t107`.`month_11`,
        `t107`.`month_12`
      )
      THEN 7
      WHEN `t107`.`month_8` = GREATEST(
        `t107`.`month_1`,
        `t107`.`month_2`,
        `t107`.`month_3`,
        `t107`.`month_4`,
        `t107`.`month_5`,
        `t107`.`month_6`,
        `t107`.`month_7`,
        `t107`.`month_8`,
        `t107`.`month_9`,
        `t107`.`month_10`,
        `t107`.`month_11`,
        `t107`.`month_12`
      )
      THEN 8
      WHEN `t107`.`month_9` = GREATEST(
        `t107`.`month_1`,
        `t107`.`month_2`,
        `t107`.`month_3`,
        `t107`.`month_4`,
        `t107`.`month_5`,
        `t107`.`month_6`,
        `t107`.`month_7`,
        `t107`.`month_8`,
        `t107`.`month_9`,
        `t107`.`month_10`,
        `t107`.`month_11`,
        `t107`.`month_12`
      )
      THEN 9
      WHEN `t107`.`month_10` = GREATEST(
        `t107`.`month_1`,
        `t107`.`month_2`,
        `t107`.`month_3`,
        `t107`.`month_4`,
        `t107`.`month_5`,
        `t107`.`month_6`,
        `t107`.`month_7`,
        `t107`.`month_8`,
        `t107`.`month_9`,
        `t107`.`month_10`,
        `t107`.`month_11`,
        `t107`.`month_12`
      )
      THEN 10
      WHEN `t107`.`month_11` = GREATEST(
        `t107`.`month_1`,
        `t107`.`month_2`,
        `t107`.`month_3`,
        `t107`.`month_4`,
        `t107`.`month_5`,
        `t107`.`month_6`,
        `t107`.`month_7`,
        `t107`.`month_8`,
        `t107`.`month_9`,
        `t107`.`month_10`,
        `t107`.`month_11`,
        `t107`.`month_12`
      )
      THEN 11
      WHEN `t107`.`month_12` = GREATEST(
        `t107`.`month_1`,
        `t107`.`month_2`,
        `t107`.`month_3`,
        `t107`.`month_4`,
        `t107`.`month_5`,
        `t107`.`month_6`,
        `t107`.`month_7`,
        `t107`.`month_8`,
        `t107`.`month_9`,
        `t107`.`month_10`,
        `t107`.`month_11`,
        `t107`.`month_12`
      )
      THEN 12
      ELSE NULL
    END,
    NULL
  ) AS BIGINT) AS `season_peak_month`,
  `t107`.`top_category`,
  `t107`.`category_entropy`,
  `t107`.`browse_to_buy_median_h`,
  CAST(COALESCE(`t107`.`orders_30d`, 0) AS BIGINT) AS `orders_30d`,
  CAST(COALESCE(`t107`.`orders_90d`, 0) AS BIGINT) AS `orders_90d`,
  COALESCE(CAST(`t107`.`revenue_90d` AS DOUBLE), 0.0) AS `revenue_90d`,
  `t107`.`discounted_order_share`,
  `t107`.`discounted_order_share_observed`,
  `t107`.`discounted_order_share_n`,
  `t107`.`discounted_order_share_lo`,
  `t107`.`discounted_order_share_hi`,
  `t107`.`discounted_order_share_confidence`,
  CAST(`t107`.`discounts` AS DOUBLE) / NULLIF(
    CAST(`t107`.`discounts` AS DOUBLE) + CAST(`t107`.`discounted_revenue` AS DOUBLE),
    0
  ) AS `mean_discount_depth`,
  IF(
    (
      `t107`.`discounted_order_share` > 0
    )
    AND (
      `t107`.`discounted_order_share` < 1
    ),
    LN(`t107`.`discounted_order_share` / (
      1 - `t107`.`discounted_order_share`
    )),
    NULL
  ) - IF(
    (
      (
        `t107`.`all_discounted` / NULLIF(`t107`.`all_ordered`, 0)
      ) > 0
    )
    AND (
      (
        `t107`.`all_discounted` / NULLIF(`t107`.`all_ordered`, 0)
      ) < 1
    ),
    LN(
      (
        `t107`.`all_discounted` / NULLIF(`t107`.`all_ordered`, 0)
      ) / (
        1 - (
          `t107`.`all_discounted` / NULLIF(`t107`.`all_ordered`, 0)
        )
      )
    ),
    NULL
  ) AS `price_sensitivity`,
  IF(
    (
      `t107`.`discounted_order_share_observed` > 0
    )
    AND (
      `t107`.`discounted_order_share_observed` < 1
    ),
    LN(
      `t107`.`discounted_order_share_observed` / (
        1 - `t107`.`discounted_order_share_observed`
      )
    ),
    NULL
  ) - IF(
    (
      (
        `t107`.`all_discounted` / NULLIF(`t107`.`all_ordered`, 0)
      ) > 0
    )
    AND (
      (
        `t107`.`all_discounted` / NULLIF(`t107`.`all_ordered`, 0)
      ) < 1
    ),
    LN(
      (
        `t107`.`all_discounted` / NULLIF(`t107`.`all_ordered`, 0)
      ) / (
        1 - (
          `t107`.`all_discounted` / NULLIF(`t107`.`all_ordered`, 0)
        )
      )
    ),
    NULL
  ) AS `price_sensitivity_observed`,
  `t107`.`discounted_order_share_n` AS `price_sensitivity_n`,
  IF(
    (
      `t107`.`discounted_order_share_lo` > 0
    )
    AND (
      `t107`.`discounted_order_share_lo` < 1
    ),
    LN(
      `t107`.`discounted_order_share_lo` / (
        1 - `t107`.`discounted_order_share_lo`
      )
    ),
    NULL
  ) - IF(
    (
      (
        `t107`.`all_discounted` / NULLIF(`t107`.`all_ordered`, 0)
      ) > 0
    )
    AND (
      (
        `t107`.`all_discounted` / NULLIF(`t107`.`all_ordered`, 0)
      ) < 1
    ),
    LN(
      (
        `t107`.`all_discounted` / NULLIF(`t107`.`all_ordered`, 0)
      ) / (
        1 - (
          `t107`.`all_discounted` / NULLIF(`t107`.`all_ordered`, 0)
        )
      )
    ),
    NULL
  ) AS `price_sensitivity_lo`,
  IF(
    (
      `t107`.`discounted_order_share_hi` > 0
    )
    AND (
      `t107`.`discounted_order_share_hi` < 1
    ),
    LN(
      `t107`.`discounted_order_share_hi` / (
        1 - `t107`.`discounted_order_share_hi`
      )
    ),
    NULL
  ) - IF(
    (
      (
        `t107`.`all_discounted` / NULLIF(`t107`.`all_ordered`, 0)
      ) > 0
    )
    AND (
      (
        `t107`.`all_discounted` / NULLIF(`t107`.`all_ordered`, 0)
      ) < 1
    ),
    LN(
      (
        `t107`.`all_discounted` / NULLIF(`t107`.`all_ordered`, 0)
      ) / (
        1 - (
          `t107`.`all_discounted` / NULLIF(`t107`.`all_ordered`, 0)
        )
      )
    ),
    NULL
  ) AS `price_sensitivity_hi`,
  `t107`.`discounted_order_share_confidence` AS `price_sensitivity_confidence`,
  `t107`.`launch_buyer_h`,
  IF(`t107`.`reduced` >= 3, `t107`.`discount_tenth`, NULL) AS `discount_threshold_pct`,
  `t107`.`refund_rate`,
  `t107`.`refund_rate_observed`,
  `t107`.`refund_rate_n`,
  `t107`.`refund_rate_lo`,
  `t107`.`refund_rate_hi`,
  `t107`.`refund_rate_confidence`,
  CAST(NULL AS BIGINT) AS `sessions_30d`,
  CAST(COALESCE(`t107`.`active_days_30d`, 0) AS BIGINT) AS `active_days_30d`,
  `t107`.`engagement_score`,
  `t107`.`acts_30d` / NULLIF(`t107`.`acts_before`, 0) AS `engagement_ratio_30d`,
  COALESCE(`t107`.`slope` / 42.0, 0.0) AS `engagement_velocity`,
  CAST(NULL AS DOUBLE) AS `email_open_rate`,
  CAST(NULL AS DOUBLE) AS `email_open_rate_observed`,
  CAST(NULL AS BIGINT) AS `email_open_rate_n`,
  CAST(NULL AS DOUBLE) AS `email_open_rate_lo`,
  CAST(NULL AS DOUBLE) AS `email_open_rate_hi`,
  CAST(NULL AS DOUBLE) AS `email_open_rate_confidence`,
  EXP(`t107`.`email_opened_log` / NULLIF(`t107`.`email_opened`, 0)) AS `email_open_delay_h`,
  CAST(NULL AS DOUBLE) AS `email_click_rate`,
  CAST(NULL AS DOUBLE) AS `email_click_rate_observed`,
  CAST(NULL AS BIGINT) AS `email_click_rate_n`,
  CAST(NULL AS DOUBLE) AS `email_click_rate_lo`,
  CAST(NULL AS DOUBLE) AS `email_click_rate_hi`,
  CAST(NULL AS DOUBLE) AS `email_click_rate_confidence`,
  CAST(NULL AS DOUBLE) AS `email_reopen_rate`,
  CAST(NULL AS DOUBLE) AS `email_reopen_rate_observed`,
  CAST(NULL AS BIGINT) AS `email_reopen_rate_n`,
  CAST(NULL AS DOUBLE) AS `email_reopen_rate_lo`,
  CAST(NULL AS DOUBLE) AS `email_reopen_rate_hi`,
  CAST(NULL AS DOUBLE) AS `email_reopen_rate_confidence`,
  CAST(NULL AS DOUBLE) AS `email_forward_rate`,
  CAST(NULL AS DOUBLE) AS `email_forward_rate_observed`,
  CAST(NULL AS BIGINT) AS `email_forward_rate_n`,
  CAST(NULL AS DOUBLE) AS `email_forward_rate_lo`,
  CAST(NULL AS DOUBLE) AS `email_forward_rate_hi`,
  CAST(NULL AS DOUBLE) AS `email_forward_rate_confidence`,
  CAST(NULL AS DOUBLE) AS `sms_click_rate`,
  CAST(NULL AS DOUBLE) AS `sms_click_rate_observed`,
  CAST(NULL AS BIGINT) AS `sms_click_rate_n`,
  CAST(NULL AS DOUBLE) AS `sms_click_rate_lo`,
  CAST(NULL AS DOUBLE) AS `sms_click_rate_hi`,
  CAST(NULL AS DOUBLE) AS `sms_click_rate_confidence`,
  CAST(NULL AS DOUBLE) AS `sms_reply_rate`,
  CAST(NULL AS DOUBLE) AS `sms_reply_rate_observed`,
  CAST(NULL AS BIGINT) AS `sms_reply_rate_n`,
  CAST(NULL AS DOUBLE) AS `sms_reply_rate_lo`,
  CAST(NULL AS DOUBLE) AS `sms_reply_rate_hi`,
  CAST(NULL AS DOUBLE) AS `sms_reply_rate_confidence`,
  EXP(`t107`.`sms_replied_log` / NULLIF(`t107`.`sms_replied`, 0)) AS `sms_reply_delay_h`,
  CAST(NULL AS BIGINT) AS `product_views_7d`,
  CAST(NULL AS DOUBLE) AS `search_rate`,
  CAST(NULL AS BIGINT) AS `repeat_view_days`,
  CAST(NULL AS DOUBLE) AS `cart_abandon_rate`,
  CAST(NULL AS DOUBLE) AS `cart_abandon_rate_observed`,
  CAST(NULL AS BIGINT) AS `cart_abandon_rate_n`,
  CAST(NULL AS DOUBLE) AS `cart_abandon_rate_lo`,
  CAST(NULL AS DOUBLE) AS `cart_abandon_rate_hi`,
  CAST(NULL AS DOUBLE) AS `cart_abandon_rate_confidence`,
  `t107`.`exit_page_mode`,
  `t107`.`mondays` / NULLIF(`t107`.`active_days`, 0) AS `monday_share`,
  `t107`.`tuesdays` / NULLIF(`t107`.`active_days`, 0) AS `tuesday_share`,
  `t107`.`wednesdays` / NULLIF(`t107`.`active_days`, 0) AS `wednesday_share`,
  `t107`.`thursdays` / NULLIF(`t107`.`active_days`, 0) AS `thursday_share`,
  `t107`.`fridays` / NULLIF(`t107`.`active_days`, 0) AS `friday_share`,
  `t107`.`saturdays` / NULLIF(`t107`.`active_days`, 0) AS `saturday_share`,
  `t107`.`sundays` / NULLIF(`t107`.`active_days`, 0) AS `sunday_share`,
  `t107`.`weekend_share`,
  `t107`.`weekend_share_observed`,
  `t107`.`weekend_share_n`,
  `t107`.`weekend_share_lo`,
  `t107`.`weekend_share_hi`,
  `t107`.`weekend_share_confidence`,
  CAST(IF(
    COALESCE(
      (
        `t107`.`active_days` >= 14
      )
      AND (
        (
          IF(
            (
              (
                `t107`.`active_days` * `t107`.`all_mondays`
              ) / `t107`.`all_active_days`
            ) > 0,
            (
              (
                `t107`.`mondays` - (
                  (
                    `t107`.`active_days` * `t107`.`all_mondays`
                  ) / `t107`.`all_active_days`
                )
              ) * (
                `t107`.`mondays` - (
                  (
                    `t107`.`active_days` * `t107`.`all_mondays`
                  ) / `t107`.`all_active_days`
                )
              )
            ) / (
              (
                `t107`.`active_days` * `t107`.`all_mondays`
              ) / `t107`.`all_active_days`
            ),
            0
          ) + 0 + IF(
            (
              (
                `t107`.`active_days` * `t107`.`all_tuesdays`
              ) / `t107`.`all_active_days`
            ) > 0,
            (
              (
                `t107`.`tuesdays` - (
                  (
                    `t107`.`active_days` * `t107`.`all_tuesdays`
                  ) / `t107`.`all_active_days`
                )
              ) * (
                `t107`.`tuesdays` - (
                  (
                    `t107`.`active_days` * `t107`.`all_tuesdays`
                  ) / `t107`.`all_active_days`
                )
              )
            ) / (
              (
                `t107`.`active_days` * `t107`.`all_tuesdays`
              ) / `t107`.`all_active_days`
            ),
            0
          ) + IF(
            (
              (
                `t107`.`active_days` * `t107`.`all_wednesdays`
              ) / `t107`.`all_active_days`
            ) > 0,
            (
              (
                `t107`.`wednesdays` - (
                  (
                    `t107`.`active_days` * `t107`.`all_wednesdays`
                  ) / `t107`.`all_active_days`
                )
              ) * (
                `t107`.`wednesdays` - (
                  (
                    `t107`.`active_days` * `t107`.`all_wednesdays`
                  ) / `t107`.`all_active_days`
                )
              )
            ) / (
              (
                `t107`.`active_days` * `t107`.`all_wednesdays`
              ) / `t107`.`all_active_days`
            ),
            0
          ) + IF(
            (
              (
                `t107`.`active_days` * `t107`.`all_thursdays`
              ) / `t107`.`all_active_days`
            ) > 0,
            (
              (
                `t107`.`thursdays` - (
                  (
                    `t107`.`active_days` * `t107`.`all_thursdays`
                  ) / `t107`.`all_active_days`
                )
              ) * (
                `t107`.`thursdays` - (
                  (
                    `t107`.`active_days` * `t107`.`all_thursdays`
                  ) / `t107`.`all_active_days`
                )
              )
            ) / (
              (
                `t107`.`active_days` * `t107`.`all_thursdays`
              ) / `t107`.`all_active_days`
            ),
            0
          ) + IF(
            (
              (
                `t107`.`active_days` * `t107`.`all_fridays`
              ) / `t107`.`all_active_days`
            ) > 0,
            (
              (
                `t107`.`fridays` - (
                  (
                    `t107`.`active_days` * `t107`.`all_fridays`
                  ) / `t107`.`all_active_days`
                )
              ) * (
                `t107`.`fridays` - (
                  (
                    `t107`.`active_days` * `t107`.`all_fridays`
                  ) / `t107`.`all_active_days`
                )
              )
            ) / (
              (
                `t107`.`active_days` * `t107`.`all_fridays`
              ) / `t107`.`all_active_days`
            ),
            0
          ) + IF(
            (
              (
                `t107`.`active_days` * `t107`.`all_saturdays`
              ) / `t107`.`all_active_days`
            ) > 0,
            (
              (
                `t107`.`saturdays` - (
                  (
                    `t107`.`active_days` * `t107`.`all_saturdays`
                  ) / `t107`.`all_active_days`
                )
              ) * (
                `t107`.`saturdays` - (
                  (
                    `t107`.`active_days` * `t107`.`all_saturdays`
                  ) / `t107`.`all_active_days`
                )
              )
            ) / (
              (
                `t107`.`active_days` * `t107`.`all_saturdays`
              ) / `t107`.`all_active_days`
            ),
            0
          ) + IF(
            (
              (
                `t107`.`active_days` * `t107`.`all_sundays`
              ) / `t107`.`all_active_days`
            ) > 0,
            (
              (
                `t107`.`sundays` - (
                  (
                    `t107`.`active_days` * `t107`.`all_sundays`
                  ) / `t107`.`all_active_days`
                )
              ) * (
                `t107`.`sundays` - (
                  (
                    `t107`.`active_days` * `t107`.`all_sundays`
                  ) / `t107`.`all_active_days`
                )
              )
            ) / (
              (
                `t107`.`active_days` * `t107`.`all_sundays`
              ) / `t107`.`all_active_days`
            ),
            0
          )
        ) > 16.811893829770927
      ),
      FALSE
    ),
    7,
    NULL
  ) AS BIGINT) AS `rhythm_period_d`,
  `t107`.`best_hour_web`,
  `t107`.`best_hour_web_n`,
  `t107`.`best_hour_web_share`,
  `t107`.`best_hour_web_lo`,
  `t107`.`best_hour_web_hi`,
  `t107`.`best_hour_app`,
  `t107`.`best_hour_app_n`,
  `t107`.`best_hour_app_share`,
  `t107`.`best_hour_app_lo`,
  `t107`.`best_hour_app_hi`,
  `t107`.`best_hour_email`,
  `t107`.`best_hour_email_n`,
  `t107`.`best_hour_email_share`,
  `t107`.`best_hour_email_lo`,
  `t107`.`best_hour_email_hi`,
  `t107`.`best_hour_sms`,
  `t107`.`best_hour_sms_n`,
  `t107`.`best_hour_sms_share`,
  `t107`.`best_hour_sms_lo`,
  `t107`.`best_hour_sms_hi`,
  `t107`.`visit_gap_median_d`,
  CASE
    WHEN (
      CAST(NULL AS DOUBLE) IS NULL OR ISNAN(CAST(NULL AS DOUBLE))
    )
    AND (
      CAST(NULL AS DOUBLE) IS NULL OR ISNAN(CAST(NULL AS DOUBLE))
    )
    THEN CAST(NULL AS STRING)
    WHEN CAST(NULL AS DOUBLE) IS NULL OR ISNAN(CAST(NULL AS DOUBLE))
    THEN 'email'
    WHEN CAST(NULL AS DOUBLE) IS NULL OR ISNAN(CAST(NULL AS DOUBLE))
    THEN 'sms'
    WHEN CAST(NULL AS DOUBLE) >= CAST(NULL AS DOUBLE)
    THEN 'email, sms'
    ELSE 'sms, email'
  END AS `channel_rank`,
  `t107`.`top_topic`,
  `t107`.`top_format`,
  `t107`.`top_offer_type`,
  CAST(NULL AS BIGINT) AS `cases_180d`,
  CAST(NULL AS BIGINT) AS `unresolved_cases`,
  CAST(`t107`.`case_solved` % 1000000000 AS DOUBLE) / 100 AS `hours_to_resolve_last`,
  IF(
    CAST(FLOOR((
      `t107`.`case_back`
    ) / (
      1000000000
    )) AS BIGINT) = `t107`.`case_last`,
    (
      `t107`.`case_back` % 1000000000
    ) / 100,
    CAST(CAST(FLOOR(
      (
        UNIX_TIMESTAMP(CAST(CAST(`t107`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
      ) / (
        86400
      )
    ) AS BIGINT) - `t107`.`case_last` AS DOUBLE)
  ) / NULLIF(`t107`.`visit_gap_median_d`, 0) AS `post_support_gap_ratio`,
  CAST(COALESCE(`t107`.`events_7d`, 0) AS BIGINT) AS `events_7d`,
  CAST(COALESCE(`t107`.`events_30d`, 0) AS BIGINT) AS `events_30d`,
  CAST(COALESCE(`t107`.`events_90d`, 0) AS BIGINT) AS `events_90d`,
  CAST(`t107`.`events` AS BIGINT) AS `events_total`,
  `t107`.`events_decayed`,
  CAST(COALESCE(`t107`.`purchase_events_7d`, 0) AS BIGINT) AS `purchase_events_7d`,
  CAST(COALESCE(`t107`.`purchase_events_30d`, 0) AS BIGINT) AS `purchase_events_30d`,
  CAST(COALESCE(`t107`.`purchase_events_90d`, 0) AS BIGINT) AS `purchase_events_90d`,
  CAST(NULL AS BIGINT) AS `engagement_events_7d`,
  CAST(NULL AS BIGINT) AS `engagement_events_30d`,
  CAST(NULL AS BIGINT) AS `engagement_events_90d`,
  CAST(NULL AS BIGINT) AS `web_events_7d`,
  CAST(NULL AS BIGINT) AS `web_events_30d`,
  CAST(NULL AS BIGINT) AS `web_events_90d`,
  CAST(NULL AS BIGINT) AS `support_events_7d`,
  CAST(NULL AS BIGINT) AS `support_events_30d`,
  CAST(NULL AS BIGINT) AS `support_events_90d`,
  CAST(NULL AS BIGINT) AS `other_events_7d`,
  CAST(NULL AS BIGINT) AS `other_events_30d`,
  CAST(NULL AS BIGINT) AS `other_events_90d`,
  CAST(`t107`.`purchase_events` AS BIGINT) AS `purchase_events_total`,
  CAST(NULL AS BIGINT) AS `engagement_events_total`,
  CAST(NULL AS BIGINT) AS `web_events_total`,
  CAST(NULL AS BIGINT) AS `support_events_total`,
  CAST(NULL AS BIGINT) AS `other_events_total`,
  `t107`.`purchase_events_decayed`,
  CAST(NULL AS DOUBLE) AS `engagement_events_decayed`,
  CAST(NULL AS DOUBLE) AS `web_events_decayed`,
  CAST(NULL AS DOUBLE) AS `support_events_decayed`,
  CAST(NULL AS DOUBLE) AS `other_events_decayed`,
  CAST(FLOOR(
    (
      UNIX_TIMESTAMP(CAST(CAST(`t107`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
    ) / (
      86400
    )
  ) AS BIGINT) - `t107`.`purchase_events_last` AS `days_since_purchase`,
  CAST(FLOOR(
    (
      UNIX_TIMESTAMP(CAST(CAST(`t107`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
    ) / (
      86400
    )
  ) AS BIGINT) - `t107`.`engagement_events_last` AS `days_since_engagement`,
  CAST(FLOOR(
    (
      UNIX_TIMESTAMP(CAST(CAST(`t107`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
    ) / (
      86400
    )
  ) AS BIGINT) - `t107`.`web_events_last` AS `days_since_web`,
  CAST(FLOOR(
    (
      UNIX_TIMESTAMP(CAST(CAST(`t107`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
    ) / (
      86400
    )
  ) AS BIGINT) - `t107`.`support_events_last` AS `days_since_support`,
  CAST(FLOOR(
    (
      UNIX_TIMESTAMP(CAST(CAST(`t107`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
    ) / (
      86400
    )
  ) AS BIGINT) - `t107`.`other_events_last` AS `days_since_other`,
  CAST(COALESCE(`t107`.`on_web_7d`, 0) AS BIGINT) AS `on_web_7d`,
  CAST(COALESCE(`t107`.`on_web_30d`, 0) AS BIGINT) AS `on_web_30d`,
  CAST(COALESCE(`t107`.`on_web_90d`, 0) AS BIGINT) AS `on_web_90d`,
  CAST(NULL AS BIGINT) AS `on_app_7d`,
  CAST(NULL AS BIGINT) AS `on_app_30d`,
  CAST(NULL AS BIGINT) AS `on_app_90d`,
  CAST(NULL AS BIGINT) AS `on_email_7d`,
  CAST(NULL AS BIGINT) AS `on_email_30d`,
  CAST(NULL AS BIGINT) AS `on_email_90d`,
  CAST(NULL AS BIGINT) AS `on_sms_7d`,
  CAST(NULL AS BIGINT) AS `on_sms_30d`,
  CAST(NULL AS BIGINT) AS `on_sms_90d`,
  CAST(NULL AS BIGINT) AS `on_push_7d`,
  CAST(NULL AS BIGINT) AS `on_push_30d`,
  CAST(NULL AS BIGINT) AS `on_push_90d`,
  CAST(NULL AS BIGINT) AS `on_support_7d`,
  CAST(NULL AS BIGINT) AS `on_support_30d`,
  CAST(NULL AS BIGINT) AS `on_support_90d`,
  CAST(NULL AS BIGINT) AS `on_pos_7d`,
  CAST(NULL AS BIGINT) AS `on_pos_30d`,
  CAST(NULL AS BIGINT) AS `on_pos_90d`,
  CAST(NULL AS BIGINT) AS `on_social_7d`,
  CAST(NULL AS BIGINT) AS `on_social_30d`,
  CAST(NULL AS BIGINT) AS `on_social_90d`,
  CAST(NULL AS BIGINT) AS `on_ads_7d`,
  CAST(NULL AS BIGINT) AS `on_ads_30d`,
  CAST(NULL AS BIGINT) AS `on_ads_90d`,
  CAST(NULL AS BIGINT) AS `on_iot_7d`,
  CAST(NULL AS BIGINT) AS `on_iot_30d`,
  CAST(NULL AS BIGINT) AS `on_iot_90d`,
  CAST(`t107`.`on_web` AS BIGINT) AS `on_web_total`,
  CAST(NULL AS BIGINT) AS `on_app_total`,
  CAST(NULL AS BIGINT) AS `on_email_total`,
  CAST(NULL AS BIGINT) AS `on_sms_total`,
  CAST(NULL AS BIGINT) AS `on_push_total`,
  CAST(NULL AS BIGINT) AS `on_support_total`,
  CAST(NULL AS BIGINT) AS `on_pos_total`,
  CAST(NULL AS BIGINT) AS `on_social_total`,
  CAST(NULL AS BIGINT) AS `on_ads_total`,
  CAST(NULL AS BIGINT) AS `on_iot_total`,
  `t107`.`channels_subscribed`,
  `t107`.`tracking_allowed`,
  `t107`.`profiling_allowed`
FROM (
  SELECT
    `t106`.`cutoff`,
    `t106`.`profile_id`,
    `t106`.`events`,
    `t106`.`acts`,
    `t106`.`purchase_events`,
    `t106`.`engagement_events`,
    `t106`.`web_events`,
    `t106`.`support_events`,
    `t106`.`other_events`,
    `t106`.`on_web`,
    `t106`.`on_app`,
    `t106`.`on_email`,
    `t106`.`on_sms`,
    `t106`.`on_push`,
    `t106`.`on_support`,
    `t106`.`on_pos`,
    `t106`.`on_social`,
    `t106`.`on_ads`,
    `t106`.`on_iot`,
    `t106`.`product_views`,
    `t106`.`searches`,
    `t106`.`cart_adds`,
    `t106`.`sessions`,
    `t106`.`orders`,
    `t106`.`discounted_orders`,
    `t106`.`refunded_orders`,
    `t106`.`events_decayed`,
    `t106`.`purchase_events_decayed`,
    `t106`.`engagement_events_decayed`,
    `t106`.`web_events_decayed`,
    `t106`.`support_events_decayed`,
    `t106`.`other_events_decayed`,
    `t106`.`purchase_events_last`,
    `t106`.`engagement_events_last`,
    `t106`.`web_events_last`,
    `t106`.`support_events_last`,
    `t106`.`other_events_last`,
    `t106`.`mondays`,
    `t106`.`tuesdays`,
    `t106`.`wednesdays`,
    `t106`.`thursdays`,
    `t106`.`fridays`,
    `t106`.`saturdays`,
    `t106`.`sundays`,
    `t106`.`active_days`,
    `t106`.`weekend_days`,
    `t106`.`engagement_score`,
    `t106`.`first_at`,
    `t106`.`last_at`,
    `t106`.`first_day`,
    `t106`.`revenue`,
    `t106`.`gaps`,
    `t106`.`ordered`,
    `t106`.`order_revenue`,
    `t106`.`later_revenue`,
    `t106`.`gap_squares`,
    `t106`.`month_1`,
    `t106`.`month_2`,
    `t106`.`month_3`,
    `t106`.`month_4`,
    `t106`.`month_5`,
    `t106`.`month_6`,
    `t106`.`month_7`,
    `t106`.`month_8`,
    `t106`.`month_9`,
    `t106`.`month_10`,
    `t106`.`month_11`,
    `t106`.`month_12`,
    `t106`.`first_order`,
    `t106`.`last_order`,
    `t106`.`discounted`,
    `t106`.`discounts`,
    `t106`.`discounted_revenue`,
    `t106`.`T_days`,
    `t106`.`order_span`,
    `t106`.`n_identifiers`,
    `t106`.`n_devices`,
    `t106`.`identity_confidence`,
    `t106`.`email_delivered`,
    `t106`.`email_opened`,
    `t106`.`email_opened_again`,
    `t106`.`email_clicked`,
    `t106`.`email_forwarded`,
    `t106`.`sms_delivered`,
    `t106`.`sms_clicked`,
    `t106`.`sms_replied`,
    `t106`.`put_into_cart`,
    `t106`.`bought_from_cart`,
    `t106`.`looked_again`,
    `t106`.`case_opened`,
    `t106`.`case_reopened`,
    `t106`.`case_resolved`,
    `t106`.`email_opened_log`,
    `t106`.`sms_replied_log`,
    `t106`.`case_last`,
    `t106`.`case_solved`,
    `t106`.`case_back`,
    `t106`.`channels_subscribed`,
    `t106`.`tracking_allowed`,
    `t106`.`profiling_allowed`,
    `t106`.`cart_left`,
    `t106`.`aov`,
    `t106`.`aov_observed`,
    `t106`.`aov_n`,
    `t106`.`aov_lo`,
    `t106`.`aov_hi`,
    `t106`.`aov_confidence`,
    `t106`.`mean_gap_days`,
    `t106`.`mean_gap_days_observed`,
    `t106`.`mean_gap_days_n`,
    `t106`.`mean_gap_days_lo`,
    `t106`.`mean_gap_days_hi`,
    `t106`.`mean_gap_days_confidence`,
    `t106`.`discounted_order_share`,
    `t106`.`discounted_order_share_observed`,
    `t106`.`discounted_order_share_n`,
    `t106`.`discounted_order_share_lo`,
    `t106`.`discounted_order_share_hi`,
    `t106`.`discounted_order_share_confidence`,
    `t106`.`refund_rate`,
    `t106`.`refund_rate_observed`,
    `t106`.`refund_rate_n`,
    `t106`.`refund_rate_lo`,
    `t106`.`refund_rate_hi`,
    `t106`.`refund_rate_confidence`,
    `t106`.`weekend_share`,
    `t106`.`weekend_share_observed`,
    `t106`.`weekend_share_n`,
    `t106`.`weekend_share_lo`,
    `t106`.`weekend_share_hi`,
    `t106`.`weekend_share_confidence`,
    `t106`.`events_7d`,
    `t106`.`events_30d`,
    `t106`.`events_90d`,
    `t106`.`purchase_events_7d`,
    `t106`.`purchase_events_30d`,
    `t106`.`purchase_events_90d`,
    `t106`.`engagement_events_7d`,
    `t106`.`engagement_events_30d`,
    `t106`.`engagement_events_90d`,
    `t106`.`web_events_7d`,
    `t106`.`web_events_30d`,
    `t106`.`web_events_90d`,
    `t106`.`support_events_7d`,
    `t106`.`support_events_30d`,
    `t106`.`support_events_90d`,
    `t106`.`other_events_7d`,
    `t106`.`other_events_30d`,
    `t106`.`other_events_90d`,
    `t106`.`on_web_7d`,
    `t106`.`on_web_30d`,
    `t106`.`on_web_90d`,
    `t106`.`on_app_7d`,
    `t106`.`on_app_30d`,
    `t106`.`on_app_90d`,
    `t106`.`on_email_7d`,
    `t106`.`on_email_30d`,
    `t106`.`on_email_90d`,
    `t106`.`on_sms_7d`,
    `t106`.`on_sms_30d`,
    `t106`.`on_sms_90d`,
    `t106`.`on_push_7d`,
    `t106`.`on_push_30d`,
    `t106`.`on_push_90d`,
    `t106`.`on_support_7d`,
    `t106`.`on_support_30d`,
    `t106`.`on_support_90d`,
    `t106`.`on_pos_7d`,
    `t106`.`on_pos_30d`,
    `t106`.`on_pos_90d`,
    `t106`.`on_social_7d`,
    `t106`.`on_social_30d`,
    `t106`.`on_social_90d`,
    `t106`.`on_ads_7d`,
    `t106`.`on_ads_30d`,
    `t106`.`on_ads_90d`,
    `t106`.`on_iot_7d`,
    `t106`.`on_iot_30d`,
    `t106`.`on_iot_90d`,
    `t106`.`orders_30d`,
    `t106`.`orders_90d`,
    `t106`.`revenue_90d`,
    `t106`.`sessions_30d`,
    `t106`.`product_views_7d`,
    `t106`.`active_days_30d`,
    `t106`.`acts_30d`,
    `t106`.`acts_before`,
    `t106`.`slope`,
    `t106`.`visit_gap_median_d`,
    `t106`.`cases_180d`,
    `t106`.`browse_to_buy_median_h`,
    `t106`.`launch_buyer_h`,
    `t106`.`reduced`,
    `t106`.`discount_tenth`,
    `t106`.`top_category`,
    `t106`.`exit_page_mode`,
    `t106`.`category_entropy`,
    `t106`.`best_hour_web`,
    `t106`.`best_hour_web_n`,
    `t106`.`best_hour_web_share`,
    `t106`.`best_hour_web_lo`,
    `t106`.`best_hour_web_hi`,
    `t106`.`best_hour_app`,
    `t106`.`best_hour_app_n`,
    `t106`.`best_hour_app_share`,
    `t106`.`best_hour_app_lo`,
    `t106`.`best_hour_app_hi`,
    `t106`.`best_hour_email`,
    `t106`.`best_hour_email_n`,
    `t106`.`best_hour_email_share`,
    `t106`.`best_hour_email_lo`,
    `t106`.`best_hour_email_hi`,
    `t106`.`best_hour_sms`,
    `t106`.`best_hour_sms_n`,
    `t106`.`best_hour_sms_share`,
    `t106`.`best_hour_sms_lo`,
    `t106`.`best_hour_sms_hi`,
    `t106`.`top_topic`,
    `t106`.`top_format`,
    `t106`.`top_offer_type`,
    `t106`.`all_mondays`,
    `t106`.`all_tuesdays`,
    `t106`.`all_wednesdays`,
    `t106`.`all_thursdays`,
    `t106`.`all_fridays`,
    `t106`.`all_saturdays`,
    `t106`.`all_sundays`,
    `t106`.`all_active_days`,
    `t106`.`all_discounted`,
    `t106`.`all_ordered`,
    `t106`.`spread_allowed`,
    `t106`.`peak_allowed`
  FROM (
    SELECT
      `t105`.`cutoff`,
      `t105`.`profile_id`,
      `t105`.`events`,
      `t105`.`acts`,
      `t105`.`purchase_events`,
      `t105`.`engagement_events`,
      `t105`.`web_events`,
      `t105`.`support_events`,
      `t105`.`other_events`,
      `t105`.`on_web`,
      `t105`.`on_app`,
      `t105`.`on_email`,
      `t105`.`on_sms`,
      `t105`.`on_push`,
      `t105`.`on_support`,
      `t105`.`on_pos`,
      `t105`.`on_social`,
      `t105`.`on_ads`,
      `t105`.`on_iot`,
      `t105`.`product_views`,
      `t105`.`searches`,
      `t105`.`cart_adds`,
      `t105`.`sessions`,
      `t105`.`orders`,
      `t105`.`discounted_orders`,
      `t105`.`refunded_orders`,
      `t105`.`events_decayed`,
      `t105`.`purchase_events_decayed`,
      `t105`.`engagement_events_decayed`,
      `t105`.`web_events_decayed`,
      `t105`.`support_events_decayed`,
      `t105`.`other_events_decayed`,
      `t105`.`purchase_events_last`,
      `t105`.`engagement_events_last`,
      `t105`.`web_events_last`,
      `t105`.`support_events_last`,
      `t105`.`other_events_last`,
      `t105`.`mondays`,
      `t105`.`tuesdays`,
      `t105`.`wednesdays`,
      `t105`.`thursdays`,
      `t105`.`fridays`,
      `t105`.`saturdays`,
      `t105`.`sundays`,
      `t105`.`active_days`,
      `t105`.`weekend_days`,
      `t105`.`engagement_score`,
      `t105`.`first_at`,
      `t105`.`last_at`,
      `t105`.`first_day`,
      `t105`.`revenue`,
      `t105`.`gaps`,
      `t105`.`ordered`,
      `t105`.`order_revenue`,
      `t105`.`later_revenue`,
      `t105`.`gap_squares`,
      `t105`.`month_1`,
      `t105`.`month_2`,
      `t105`.`month_3`,
      `t105`.`month_4`,
      `t105`.`month_5`,
      `t105`.`month_6`,
      `t105`.`month_7`,
      `t105`.`month_8`,
      `t105`.`month_9`,
      `t105`.`month_10`,
      `t105`.`month_11`,
      `t105`.`month_12`,
      `t105`.`first_order`,
      `t105`.`last_order`,
      `t105`.`discounted`,
      `t105`.`discounts`,
      `t105`.`discounted_revenue`,
      `t105`.`T_days`,
      `t105`.`order_span`,
      `t105`.`n_identifiers`,
      `t105`.`n_devices`,
      `t105`.`identity_confidence`,
      `t105`.`email_delivered`,
      `t105`.`email_opened`,
      `t105`.`email_opened_again`,
      `t105`.`email_clicked`,
      `t105`.`email_forwarded`,
      `t105`.`sms_delivered`,
      `t105`.`sms_clicked`,
      `t105`.`sms_replied`,
      `t105`.`put_into_cart`,
      `t105`.`bought_from_cart`,
      `t105`.`looked_again`,
      `t105`.`case_opened`,
      `t105`.`case_reopened`,
      `t105`.`case_resolved`,
      `t105`.`email_opened_log`,
      `t105`.`sms_replied_log`,
      `t105`.`case_last`,
      `t105`.`case_solved`,
      `t105`.`case_back`,
      `t105`.`channels_subscribed`,
      `t105`.`tracking_allowed`,
      `t105`.`profiling_allowed`,
      `t105`.`cart_left`,
      `t105`.`aov`,
      `t105`.`aov_observed`,
      `t105`.`aov_n`,
      `t105`.`aov_lo`,
      `t105`.`aov_hi`,
      `t105`.`aov_confidence`,
      `t105`.`mean_gap_days`,
      `t105`.`mean_gap_days_observed`,
      `t105`.`mean_gap_days_n`,
      `t105`.`mean_gap_days_lo`,
      `t105`.`mean_gap_days_hi`,
      `t105`.`mean_gap_days_confidence`,
      `t105`.`discounted_order_share`,
      `t105`.`discounted_order_share_observed`,
      `t105`.`discounted_order_share_n`,
      `t105`.`discounted_order_share_lo`,
      `t105`.`discounted_order_share_hi`,
      `t105`.`discounted_order_share_confidence`,
      `t105`.`refund_rate`,
      `t105`.`refund_rate_observed`,
      `t105`.`refund_rate_n`,
      `t105`.`refund_rate_lo`,
      `t105`.`refund_rate_hi`,
      `t105`.`refund_rate_confidence`,
      `t105`.`weekend_share`,
      `t105`.`weekend_share_observed`,
      `t105`.`weekend_share_n`,
      `t105`.`weekend_share_lo`,
      `t105`.`weekend_share_hi`,
      `t105`.`weekend_share_confidence`,
      `t105`.`events_7d`,
      `t105`.`events_30d`,
      `t105`.`events_90d`,
      `t105`.`purchase_events_7d`,
      `t105`.`purchase_events_30d`,
      `t105`.`purchase_events_90d`,
      `t105`.`engagement_events_7d`,
      `t105`.`engagement_events_30d`,
      `t105`.`engagement_events_90d`,
      `t105`.`web_events_7d`,
      `t105`.`web_events_30d`,
      `t105`.`web_events_90d`,
      `t105`.`support_events_7d`,
      `t105`.`support_events_30d`,
      `t105`.`support_events_90d`,
      `t105`.`other_events_7d`,
      `t105`.`other_events_30d`,
      `t105`.`other_events_90d`,
      `t105`.`on_web_7d`,
      `t105`.`on_web_30d`,
      `t105`.`on_web_90d`,
      `t105`.`on_app_7d`,
      `t105`.`on_app_30d`,
      `t105`.`on_app_90d`,
      `t105`.`on_email_7d`,
      `t105`.`on_email_30d`,
      `t105`.`on_email_90d`,
      `t105`.`on_sms_7d`,
      `t105`.`on_sms_30d`,
      `t105`.`on_sms_90d`,
      `t105`.`on_push_7d`,
      `t105`.`on_push_30d`,
      `t105`.`on_push_90d`,
      `t105`.`on_support_7d`,
      `t105`.`on_support_30d`,
      `t105`.`on_support_90d`,
      `t105`.`on_pos_7d`,
      `t105`.`on_pos_30d`,
      `t105`.`on_pos_90d`,
      `t105`.`on_social_7d`,
      `t105`.`on_social_30d`,
      `t105`.`on_social_90d`,
      `t105`.`on_ads_7d`,
      `t105`.`on_ads_30d`,
      `t105`.`on_ads_90d`,
      `t105`.`on_iot_7d`,
      `t105`.`on_iot_30d`,
      `t105`.`on_iot_90d`,
      `t105`.`orders_30d`,
      `t105`.`orders_90d`,
      `t105`.`revenue_90d`,
      `t105`.`sessions_30d`,
      `t105`.`product_views_7d`,
      `t105`.`active_days_30d`,
      `t105`.`acts_30d`,
      `t105`.`acts_before`,
      `t105`.`slope`,
      `t105`.`visit_gap_median_d`,
      `t105`.`cases_180d`,
      `t105`.`browse_to_buy_median_h`,
      `t105`.`launch_buyer_h`,
      `t105`.`reduced`,
      `t105`.`discount_tenth`,
      `t105`.`top_category`,
      `t105`.`exit_page_mode`,
      `t105`.`category_entropy`,
      `t105`.`best_hour_web`,
      `t105`.`best_hour_web_n`,
      `t105`.`best_hour_web_share`,
      `t105`.`best_hour_web_lo`,
      `t105`.`best_hour_web_hi`,
      `t105`.`best_hour_app`,
      `t105`.`best_hour_app_n`,
      `t105`.`best_hour_app_share`,
      `t105`.`best_hour_app_lo`,
      `t105`.`best_hour_app_hi`,
      `t105`.`best_hour_email`,
      `t105`.`best_hour_email_n`,
      `t105`.`best_hour_email_share`,
      `t105`.`best_hour_email_lo`,
      `t105`.`best_hour_email_hi`,
      `t105`.`best_hour_sms`,
      `t105`.`best_hour_sms_n`,
      `t105`.`best_hour_sms_share`,
      `t105`.`best_hour_sms_lo`,
      `t105`.`best_hour_sms_hi`,
      `t105`.`top_topic`,
      `t105`.`top_format`,
      `t105`.`top_offer_type`,
      `t45`.`_cutoff`,
      `t45`.`all_mondays`,
      `t45`.`all_tuesdays`,
      `t45`.`all_wednesdays`,
      `t45`.`all_thursdays`,
      `t45`.`all_fridays`,
      `t45`.`all_saturdays`,
      `t45`.`all_sundays`,
      `t45`.`all_active_days`,
      `t45`.`all_discounted`,
      `t45`.`all_ordered`,
      `t18`.`_gaps`,
      `t18`.`spread_allowed`,
      `t19`.`_ordered`,
      `t19`.`_years`,
      `t19`.`peak_allowed`
    FROM (
      SELECT
        `t103`.`cutoff`,
        `t103`.`profile_id`,
        `t103`.`events`,
        `t103`.`acts`,
        `t103`.`purchase_events`,
        `t103`.`engagement_events`,
        `t103`.`web_events`,
        `t103`.`support_events`,
        `t103`.`other_events`,
        `t103`.`on_web`,
        `t103`.`on_app`,
        `t103`.`on_email`,
        `t103`.`on_sms`,
        `t103`.`on_push`,
        `t103`.`on_support`,
        `t103`.`on_pos`,
        `t103`.`on_social`,
        `t103`.`on_ads`,
        `t103`.`on_iot`,
        `t103`.`product_views`,
        `t103`.`searches`,
        `t103`.`cart_adds`,
        `t103`.`sessions`,
        `t103`.`orders`,
        `t103`.`discounted_orders`,
        `t103`.`refunded_orders`,
        `t103`.`events_decayed`,
        `t103`.`purchase_events_decayed`,
        `t103`.`engagement_events_decayed`,
        `t103`.`web_events_decayed`,
        `t103`.`support_events_decayed`,
        `t103`.`other_events_decayed`,
        `t103`.`purchase_events_last`,
        `t103`.`engagement_events_last`,
        `t103`.`web_events_last`,
        `t103`.`support_events_last`,
        `t103`.`other_events_last`,
        `t103`.`mondays`,
        `t103`.`tuesdays`,
        `t103`.`wednesdays`,
        `t103`.`thursdays`,
        `t103`.`fridays`,
        `t103`.`saturdays`,
        `t103`.`sundays`,
        `t103`.`active_days`,
        `t103`.`weekend_days`,
        `t103`.`engagement_score`,
        `t103`.`first_at`,
        `t103`.`last_at`,
        `t103`.`first_day`,
        `t103`.`revenue`,
        `t103`.`gaps`,
        `t103`.`ordered`,
        `t103`.`order_revenue`,
        `t103`.`later_revenue`,
        `t103`.`gap_squares`,
        `t103`.`month_1`,
        `t103`.`month_2`,
        `t103`.`month_3`,
        `t103`.`month_4`,
        `t103`.`month_5`,
        `t103`.`month_6`,
        `t103`.`month_7`,
        `t103`.`month_8`,
        `t103`.`month_9`,
        `t103`.`month_10`,
        `t103`.`month_11`,
        `t103`.`month_12`,
        `t103`.`first_order`,
        `t103`.`last_order`,
        `t103`.`discounted`,
        `t103`.`discounts`,
        `t103`.`discounted_revenue`,
        `t103`.`T_days`,
        `t103`.`order_span`,
        `t103`.`n_identifiers`,
        `t103`.`n_devices`,
        `t103`.`identity_confidence`,
        `t103`.`email_delivered`,
        `t103`.`email_opened`,
        `t103`.`email_opened_again`,
        `t103`.`email_clicked`,
        `t103`.`email_forwarded`,
        `t103`.`sms_delivered`,
        `t103`.`sms_clicked`,
        `t103`.`sms_replied`,
        `t103`.`put_into_cart`,
        `t103`.`bought_from_cart`,
        `t103`.`looked_again`,
        `t103`.`case_opened`,
        `t103`.`case_reopened`,
        `t103`.`case_resolved`,
        `t103`.`email_opened_log`,
        `t103`.`sms_replied_log`,
        `t103`.`case_last`,
        `t103`.`case_solved`,
        `t103`.`case_back`,
        `t103`.`channels_subscribed`,
        `t103`.`tracking_allowed`,
        `t103`.`profiling_allowed`,
        `t103`.`cart_left`,
        `t103`.`aov`,
        `t103`.`aov_observed`,
        `t103`.`aov_n`,
        `t103`.`aov_lo`,
        `t103`.`aov_hi`,
        `t103`.`aov_confidence`,
        `t103`.`mean_gap_days`,
        `t103`.`mean_gap_days_observed`,
        `t103`.`mean_gap_days_n`,
        `t103`.`mean_gap_days_lo`,
        `t103`.`mean_gap_days_hi`,
        `t103`.`mean_gap_days_confidence`,
        `t103`.`discounted_order_share`,
        `t103`.`discounted_order_share_observed`,
        `t103`.`discounted_order_share_n`,
        `t103`.`discounted_order_share_lo`,
        `t103`.`discounted_order_share_hi`,
        `t103`.`discounted_order_share_confidence`,
        `t103`.`refund_rate`,
        `t103`.`refund_rate_observed`,
        `t103`.`refund_rate_n`,
        `t103`.`refund_rate_lo`,
        `t103`.`refund_rate_hi`,
        `t103`.`refund_rate_confidence`,
        `t103`.`weekend_share`,
        `t103`.`weekend_share_observed`,
        `t103`.`weekend_share_n`,
        `t103`.`weekend_share_lo`,
        `t103`.`weekend_share_hi`,
        `t103`.`weekend_share_confidence`,
        `t103`.`events_7d`,
        `t103`.`events_30d`,
        `t103`.`events_90d`,
        `t103`.`purchase_events_7d`,
        `t103`.`purchase_events_30d`,
        `t103`.`purchase_events_90d`,
        `t103`.`engagement_events_7d`,
        `t103`.`engagement_events_30d`,
        `t103`.`engagement_events_90d`,
        `t103`.`web_events_7d`,
        `t103`.`web_events_30d`,
        `t103`.`web_events_90d`,
        `t103`.`support_events_7d`,
        `t103`.`support_events_30d`,
        `t103`.`support_events_90d`,
        `t103`.`other_events_7d`,
        `t103`.`other_events_30d`,
        `t103`.`other_events_90d`,
        `t103`.`on_web_7d`,
        `t103`.`on_web_30d`,
        `t103`.`on_web_90d`,
        `t103`.`on_app_7d`,
        `t103`.`on_app_30d`,
        `t103`.`on_app_90d`,
        `t103`.`on_email_7d`,
        `t103`.`on_email_30d`,
        `t103`.`on_email_90d`,
        `t103`.`on_sms_7d`,
        `t103`.`on_sms_30d`,
        `t103`.`on_sms_90d`,
        `t103`.`on_push_7d`,
        `t103`.`on_push_30d`,
        `t103`.`on_push_90d`,
        `t103`.`on_support_7d`,
        `t103`.`on_support_30d`,
        `t103`.`on_support_90d`,
        `t103`.`on_pos_7d`,
        `t103`.`on_pos_30d`,
        `t103`.`on_pos_90d`,
        `t103`.`on_social_7d`,
        `t103`.`on_social_30d`,
        `t103`.`on_social_90d`,
        `t103`.`on_ads_7d`,
        `t103`.`on_ads_30d`,
        `t103`.`on_ads_90d`,
        `t103`.`on_iot_7d`,
        `t103`.`on_iot_30d`,
        `t103`.`on_iot_90d`,
        `t103`.`orders_30d`,
        `t103`.`orders_90d`,
        `t103`.`revenue_90d`,
        `t103`.`sessions_30d`,
        `t103`.`product_views_7d`,
        `t103`.`active_days_30d`,
        `t103`.`acts_30d`,
        `t103`.`acts_before`,
        `t103`.`slope`,
        `t103`.`visit_gap_median_d`,
        `t103`.`cases_180d`,
        `t103`.`browse_to_buy_median_h`,
        `t103`.`launch_buyer_h`,
        `t103`.`reduced`,
        `t103`.`discount_tenth`,
        `t103`.`top_category`,
        `t103`.`exit_page_mode`,
        `t103`.`category_entropy`,
        `t103`.`best_hour_web`,
        `t103`.`best_hour_web_n`,
        `t103`.`best_hour_web_share`,
        `t103`.`best_hour_web_lo`,
        `t103`.`best_hour_web_hi`,
        `t103`.`best_hour_app`,
        `t103`.`best_hour_app_n`,
        `t103`.`best_hour_app_share`,
        `t103`.`best_hour_app_lo`,
        `t103`.`best_hour_app_hi`,
        `t103`.`best_hour_email`,
        `t103`.`best_hour_email_n`,
        `t103`.`best_hour_email_share`,
        `t103`.`best_hour_email_lo`,
        `t103`.`best_hour_email_hi`,
        `t103`.`best_hour_sms`,
        `t103`.`best_hour_sms_n`,
        `t103`.`best_hour_sms_share`,
        `t103`.`best_hour_sms_lo`,
        `t103`.`best_hour_sms_hi`,
        `t103`.`top_topic`,
        `t103`.`top_format`,
        `t103`.`top_offer_type`
      FROM (
        SELECT
          `t20`.`cutoff`,
          `t20`.`profile_id`,
          `t20`.`events`,
          `t20`.`acts`,
          `t20`.`purchase_events`,
          `t20`.`engagement_events`,
          `t20`.`web_events`,
          `t20`.`support_events`,
          `t20`.`other_events`,
          `t20`.`on_web`,
          `t20`.`on_app`,
          `t20`.`on_email`,
          `t20`.`on_sms`,
          `t20`.`on_push`,
          `t20`.`on_support`,
          `t20`.`on_pos`,
          `t20`.`on_social`,
          `t20`.`on_ads`,
          `t20`.`on_iot`,
          `t20`.`product_views`,
          `t20`.`searches`,
          `t20`.`cart_adds`,
          `t20`.`sessions`,
          `t20`.`orders`,
          `t20`.`discounted_orders`,
          `t20`.`refunded_orders`,
          `t20`.`events_decayed`,
          `t20`.`purchase_events_decayed`,
          `t20`.`engagement_events_decayed`,
          `t20`.`web_events_decayed`,
          `t20`.`support_events_decayed`,
          `t20`.`other_events_decayed`,
          `t20`.`purchase_events_last`,
          `t20`.`engagement_events_last`,
          `t20`.`web_events_last`,
          `t20`.`support_events_last`,
          `t20`.`other_events_last`,
          `t20`.`mondays`,
          `t20`.`tuesdays`,
          `t20`.`wednesdays`,
          `t20`.`thursdays`,
          `t20`.`fridays`,
          `t20`.`saturdays`,
          `t20`.`sundays`,
          `t20`.`active_days`,
          `t20`.`weekend_days`,
          `t20`.`engagement_score`,
          `t20`.`first_at`,
          `t20`.`last_at`,
          `t20`.`first_day`,
          `t20`.`revenue`,
          `t20`.`gaps`,
          `t20`.`ordered`,
          `t20`.`order_revenue`,
          `t20`.`later_revenue`,
          `t20`.`gap_squares`,
          `t20`.`month_1`,
          `t20`.`month_2`,
          `t20`.`month_3`,
          `t20`.`month_4`,
          `t20`.`month_5`,
          `t20`.`month_6`,
          `t20`.`month_7`,
          `t20`.`month_8`,
          `t20`.`month_9`,
          `t20`.`month_10`,
          `t20`.`month_11`,
          `t20`.`month_12`,
          `t20`.`first_order`,
          `t20`.`last_order`,
          `t20`.`discounted`,
          `t20`.`discounts`,
          `t20`.`discounted_revenue`,
          `t20`.`T_days`,
          `t20`.`order_span`,
          `t20`.`n_identifiers`,
          `t20`.`n_devices`,
          `t20`.`identity_confidence`,
          `t20`.`email_delivered`,
          `t20`.`email_opened`,
          `t20`.`email_opened_again`,
          `t20`.`email_clicked`,
          `t20`.`email_forwarded`,
          `t20`.`sms_delivered`,
          `t20`.`sms_clicked`,
          `t20`.`sms_replied`,
          `t20`.`put_into_cart`,
          `t20`.`bought_from_cart`,
          `t20`.`looked_again`,
          `t20`.`case_opened`,
          `t20`.`case_reopened`,
          `t20`.`case_resolved`,
          `t20`.`email_opened_log`,
          `t20`.`sms_replied_log`,
          `t20`.`case_last`,
          `t20`.`case_solved`,
          `t20`.`case_back`,
          `t20`.`channels_subscribed`,
          `t20`.`tracking_allowed`,
          `t20`.`profiling_allowed`,
          `t20`.`cart_left`,
          (
            `t36`.`_base0` + CAST(`t20`.`order_revenue` AS DOUBLE)
          ) * `t36`.`_mean0` AS `aov`,
          CAST(`t20`.`order_revenue` AS DOUBLE) / NULLIF(`t20`.`ordered`, 0) AS `aov_observed`,
          CAST(COALESCE(`t20`.`ordered`, 0) AS BIGINT) AS `aov_n`,
          (
            `t36`.`_base0` + CAST(`t20`.`order_revenue` AS DOUBLE)
          ) * `t36`.`_lo0` AS `aov_lo`,
          (
            `t36`.`_base0` + CAST(`t20`.`order_revenue` AS DOUBLE)
          ) * `t36`.`_hi0` AS `aov_hi`,
          `t36`.`_confidence0` AS `aov_confidence`,
          (
            `t37`.`_base1` + CAST(`t20`.`T_days` AS DOUBLE)
          ) * `t37`.`_mean1` AS `mean_gap_days`,
          `t20`.`order_span` / NULLIF(`t20`.`gaps`, 0) AS `mean_gap_days_observed`,
          CAST(COALESCE(`t20`.`gaps`, 0) AS BIGINT) AS `mean_gap_days_n`,
          (
            `t37`.`_base1` + CAST(`t20`.`T_days` AS DOUBLE)
          ) * `t37`.`_lo1` AS `mean_gap_days_lo`,
          (
            `t37`.`_base1` + CAST(`t20`.`T_days` AS DOUBLE)
          ) * `t37`.`_hi1` AS `mean_gap_days_hi`,
          `t37`.`_confidence1` AS `mean_gap_days_confidence`,
          (
            `t38`.`_base2` + (
              (
                `t20`.`ordered` * 0
              ) + 1.0
            )
          ) * `t38`.`_mean2` AS `discounted_order_share`,
          LEAST(`t20`.`discounted`, `t20`.`ordered`) / NULLIF(`t20`.`ordered`, 0) AS `discounted_order_share_observed`,
          CAST(COALESCE(`t20`.`ordered`, 0) AS BIGINT) AS `discounted_order_share_n`,
          (
            `t38`.`_base2` + (
              (
                `t20`.`ordered` * 0
              ) + 1.0
            )
          ) * `t38`.`_lo2` AS `discounted_order_share_lo`,
          (
            `t38`.`_base2` + (
              (
                `t20`.`ordered` * 0
              ) + 1.0
            )
          ) * `t38`.`_hi2` AS `discounted_order_share_hi`,
          `t38`.`_confidence2` AS `discounted_order_share_confidence`,
          (
            `t39`.`_base3` + (
              (
                `t20`.`orders` * 0
              ) + 1.0
            )
          ) * `t39`.`_mean3` AS `refund_rate`,
          LEAST(`t20`.`refunded_orders`, `t20`.`orders`) / NULLIF(`t20`.`orders`, 0) AS `refund_rate_observed`,
          CAST(COALESCE(`t20`.`orders`, 0) AS BIGINT) AS `refund_rate_n`,
          (
            `t39`.`_base3` + (
              (
                `t20`.`orders` * 0
              ) + 1.0
            )
          ) * `t39`.`_lo3` AS `refund_rate_lo`,
          (
            `t39`.`_base3` + (
              (
                `t20`.`orders` * 0
              ) + 1.0
            )
          ) * `t39`.`_hi3` AS `refund_rate_hi`,
          `t39`.`_confidence3` AS `refund_rate_confidence`,
          (
            `t40`.`_base4` + (
              (
                `t20`.`active_days` * 0
              ) + 1.0
            )
          ) * `t40`.`_mean4` AS `weekend_share`,
          LEAST(`t20`.`weekend_days`, `t20`.`active_days`) / NULLIF(`t20`.`active_days`, 0) AS `weekend_share_observed`,
          CAST(COALESCE(`t20`.`active_days`, 0) AS BIGINT) AS `weekend_share_n`,
          (
            `t40`.`_base4` + (
              (
                `t20`.`active_days` * 0
              ) + 1.0
            )
          ) * `t40`.`_lo4` AS `weekend_share_lo`,
          (
            `t40`.`_base4` + (
              (
                `t20`.`active_days` * 0
              ) + 1.0
            )
          ) * `t40`.`_hi4` AS `weekend_share_hi`,
          `t40`.`_confidence4` AS `weekend_share_confidence`,
          `t73`.`_cutoff0`,
          `t73`.`_profile_id0`,
          `t73`.`events_7d`,
          `t73`.`events_30d`,
          `t73`.`events_90d`,
          `t73`.`purchase_events_7d`,
          `t73`.`purchase_events_30d`,
          `t73`.`purchase_events_90d`,
          `t73`.`engagement_events_7d`,
          `t73`.`engagement_events_30d`,
          `t73`.`engagement_events_90d`,
          `t73`.`web_events_7d`,
          `t73`.`web_events_30d`,
          `t73`.`web_events_90d`,
          `t73`.`support_events_7d`,
          `t73`.`support_events_30d`,
          `t73`.`support_events_90d`,
          `t73`.`other_events_7d`,
          `t73`.`other_events_30d`,
          `t73`.`other_events_90d`,
          `t73`.`on_web_7d`,
          `t73`.`on_web_30d`,
          `t73`.`on_web_90d`,
          `t73`.`on_app_7d`,
          `t73`.`on_app_30d`,
          `t73`.`on_app_90d`,
          `t73`.`on_email_7d`,
          `t73`.`on_email_30d`,
          `t73`.`on_email_90d`,
          `t73`.`on_sms_7d`,
          `t73`.`on_sms_30d`,
          `t73`.`on_sms_90d`,
          `t73`.`on_push_7d`,
          `t73`.`on_push_30d`,
          `t73`.`on_push_90d`,
          `t73`.`on_support_7d`,
          `t73`.`on_support_30d`,
          `t73`.`on_support_90d`,
          `t73`.`on_pos_7d`,
          `t73`.`on_pos_30d`,
          `t73`.`on_pos_90d`,
          `t73`.`on_social_7d`,
          `t73`.`on_social_30d`,
          `t73`.`on_social_90d`,
          `t73`.`on_ads_7d`,
          `t73`.`on_ads_30d`,
          `t73`.`on_ads_90d`,
          `t73`.`on_iot_7d`,
          `t73`.`on_iot_30d`,
          `t73`.`on_iot_90d`,
          `t73`.`orders_30d`,
          `t73`.`orders_90d`,
          `t73`.`revenue_90d`,
          `t73`.`sessions_30d`,
          `t73`.`product_views_7d`,
          `t73`.`active_days_30d`,
          `t73`.`acts_30d`,
          `t73`.`acts_before`,
          `t73`.`slope`,
          `t102`.`_cutoff1`,
          `t102`.`_profile_id1`,
          `t102`.`visit_gap_median_d`,
          `t69`.`_cutoff2`,
          `t69`.`_profile_id2`,
          `t69`.`cases_180d`,
          `t78`.`_cutoff3`,
          `t78`.`_profile_id3`,
          `t78`.`browse_to_buy_median_h`,
          `t78`.`launch_buyer_h`,
          `t78`.`reduced`,
          `t78`.`discount_tenth`,
          `t99`.`_cutoff4`,
          `t99`.`_profile_id4`,
          `t99`.`top_category`,
          `t99`.`exit_page_mode`,
          `t99`.`category_entropy`,
          `t71`.`_cutoff5`,
          `t71`.`_profile_id5`,
          `t71`.`best_hour_web`,
          `t71`.`best_hour_web_n`,
          `t71`.`best_hour_web_share`,
          `t71`.`best_hour_web_lo`,
          `t71`.`best_hour_web_hi`,
          `t71`.`best_hour_app`,
          `t71`.`best_hour_app_n`,
          `t71`.`best_hour_app_share`,
          `t71`.`best_hour_app_lo`,
          `t71`.`best_hour_app_hi`,
          `t71`.`best_hour_email`,
          `t71`.`best_hour_email_n`,
          `t71`.`best_hour_email_share`,
          `t71`.`best_hour_email_lo`,
          `t71`.`best_hour_email_hi`,
          `t71`.`best_hour_sms`,
          `t71`.`best_hour_sms_n`,
          `t71`.`best_hour_sms_share`,
          `t71`.`best_hour_sms_lo`,
          `t71`.`best_hour_sms_hi`,
          `t93`.`_cutoff6`,
          `t93`.`_profile_id6`,
          `t93`.`top_topic`,
          `t93`.`top_format`,
          `t93`.`top_offer_type`
        FROM `cached_0` AS `t20`
        LEFT OUTER JOIN (
          SELECT
            `t3`.`cutoff` AS `_cutoff0`,
            `t3`.`k` AS `_k0`,
            `t3`.`n` AS `_n0`,
            `t3`.`base` AS `_base0`,
            `t3`.`mean` AS `_mean0`,
            `t3`.`lo` AS `_lo0`,
            `t3`.`hi` AS `_hi0`,
            `t3`.`confidence` AS `_confidence0`
          FROM `memtable_1` AS `t3`
        ) AS `t36`
          ON `t20`.`cutoff` = `t36`.`_cutoff0`
          AND IF(
            (
              `t20`.`ordered` > 0
            ) AND (
              `t20`.`order_revenue` > 0
            ),
            CAST(`t20`.`ordered` AS BIGINT),
            NULL
          ) = `t36`.`_k0`
          AND CAST(`t20`.`ordered` AS BIGINT) = `t36`.`_n0`
        LEFT OUTER JOIN (
          SELECT
            `t4`.`cutoff` AS `_cutoff1`,
            `t4`.`k` AS `_k1`,
            `t4`.`n` AS `_n1`,
            `t4`.`base` AS `_base1`,
            `t4`.`mean` AS `_mean1`,
            `t4`.`lo` AS `_lo1`,
            `t4`.`hi` AS `_hi1`,
            `t4`.`confidence` AS `_confidence1`
          FROM `memtable_2` AS `t4`
        ) AS `t37`
          ON `t20`.`cutoff` = `t37`.`_cutoff1`
          AND IF(`t20`.`T_days` > 0, CAST(`t20`.`gaps` AS BIGINT), NULL) = `t37`.`_k1`
          AND CAST(`t20`.`gaps` AS BIGINT) = `t37`.`_n1`
        LEFT OUTER JOIN (
          SELECT
            `t5`.`cutoff` AS `_cutoff2`,
            `t5`.`k` AS `_k2`,
            `t5`.`n` AS `_n2`,
            `t5`.`base` AS `_base2`,
            `t5`.`mean` AS `_mean2`,
            `t5`.`lo` AS `_lo2`,
            `t5`.`hi` AS `_hi2`,
            `t5`.`confidence` AS `_confidence2`
          FROM `memtable_3` AS `t5`
        ) AS `t38`
          ON `t20`.`cutoff` = `t38`.`_cutoff2`
          AND IF(
            `t20`.`ordered` > 0,
            CAST(LEAST(`t20`.`discounted`, `t20`.`ordered`) AS BIGINT),
            NULL
          ) = `t38`.`_k2`
          AND CAST(`t20`.`ordered` AS BIGINT) = `t38`.`_n2`
        LEFT OUTER JOIN (
          SELECT
            `t6`.`cutoff` AS `_cutoff3`,
            `t6`.`k` AS `_k3`,
            `t6`.`n` AS `_n3`,
            `t6`.`base` AS `_base3`,
            `t6`.`mean` AS `_mean3`,
            `t6`.`lo` AS `_lo3`,
            `t6`.`hi` AS `_hi3`,
            `t6`.`confidence` AS `_confidence3`
          FROM `memtable_4` AS `t6`
        ) AS `t39`
          ON `t20`.`cutoff` = `t39`.`_cutoff3`
          AND IF(
            `t20`.`orders` > 0,
            CAST(LEAST(`t20`.`refunded_orders`, `t20`.`orders`) AS BIGINT),
            NULL
          ) = `t39`.`_k3`
          AND CAST(`t20`.`orders` AS BIGINT) = `t39`.`_n3`
        LEFT OUTER JOIN (
          SELECT
            `t7`.`cutoff` AS `_cutoff4`,
            `t7`.`k` AS `_k4`,
            `t7`.`n` AS `_n4`,
            `t7`.`base` AS `_base4`,
            `t7`.`mean` AS `_mean4`,
            `t7`.`lo` AS `_lo4`,
            `t7`.`hi` AS `_hi4`,
            `t7`.`confidence` AS `_confidence4`
          FROM `memtable_5` AS `t7`
        ) AS `t40`
          ON `t20`.`cutoff` = `t40`.`_cutoff4`
          AND IF(
            `t20`.`active_days` > 0,
            CAST(LEAST(`t20`.`weekend_days`, `t20`.`active_days`) AS BIGINT),
            NULL
          ) = `t40`.`_k4`
          AND CAST(`t20`.`active_days` AS BIGINT) = `t40`.`_n4`
        LEFT OUTER JOIN (
          SELECT
            `t63`.`cutoff` AS `_cutoff0`,
            `t63`.`profile_id` AS `_profile_id0`,
            `t63`.`events_7d`,
            `t63`.`events_30d`,
            `t63`.`events_90d`,
            `t63`.`purchase_events_7d`,
            `t63`.`purchase_events_30d`,
            `t63`.`purchase_events_90d`,
            `t63`.`engagement_events_7d`,
            `t63`.`engagement_events_30d`,
            `t63`.`engagement_events_90d`,
            `t63`.`web_events_7d`,
            `t63`.`web_events_30d`,
            `t63`.`web_events_90d`,
            `t63`.`support_events_7d`,
            `t63`.`support_events_30d`,
            `t63`.`support_events_90d`,
            `t63`.`other_events_7d`,
            `t63`.`other_events_30d`,
            `t63`.`other_events_90d`,
            `t63`.`on_web_7d`,
            `t63`.`on_web_30d`,
            `t63`.`on_web_90d`,
            `t63`.`on_app_7d`,
            `t63`.`on_app_30d`,
            `t63`.`on_app_90d`,
            `t63`.`on_email_7d`,
            `t63`.`on_email_30d`,
            `t63`.`on_email_90d`,
            `t63`.`on_sms_7d`,
            `t63`.`on_sms_30d`,
            `t63`.`on_sms_90d`,
            `t63`.`on_push_7d`,
            `t63`.`on_push_30d`,
            `t63`.`on_push_90d`,
            `t63`.`on_support_7d`,
            `t63`.`on_support_30d`,
            `t63`.`on_support_90d`,
            `t63`.`on_pos_7d`,
            `t63`.`on_pos_30d`,
            `t63`.`on_pos_90d`,
            `t63`.`on_social_7d`,
            `t63`.`on_social_30d`,
            `t63`.`on_social_90d`,
            `t63`.`on_ads_7d`,
            `t63`.`on_ads_30d`,
            `t63`.`on_ads_90d`,
            `t63`.`on_iot_7d`,
            `t63`.`on_iot_30d`,
            `t63`.`on_iot_90d`,
            `t63`.`orders_30d`,
            `t63`.`orders_90d`,
            `t63`.`revenue_90d`,
            `t63`.`sessions_30d`,
            `t63`.`product_views_7d`,
            `t63`.`active_days_30d`,
            `t63`.`acts_30d`,
            `t63`.`acts_before`,
            `t63`.`slope`
          FROM (
            SELECT
              `t47`.`cutoff`,
              `t47`.`profile_id`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 7
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`events`, 0) AS DOUBLE)
              ) AS `events_7d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 30
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`events`, 0) AS DOUBLE)
              ) AS `events_30d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 90
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`events`, 0) AS DOUBLE)
              ) AS `events_90d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 7
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`purchase_events`, 0) AS DOUBLE)
              ) AS `purchase_events_7d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 30
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`purchase_events`, 0) AS DOUBLE)
              ) AS `purchase_events_30d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 90
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`purchase_events`, 0) AS DOUBLE)
              ) AS `purchase_events_90d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 7
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`engagement_events`, 0) AS DOUBLE)
              ) AS `engagement_events_7d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 30
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`engagement_events`, 0) AS DOUBLE)
              ) AS `engagement_events_30d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 90
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`engagement_events`, 0) AS DOUBLE)
              ) AS `engagement_events_90d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 7
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`web_events`, 0) AS DOUBLE)
              ) AS `web_events_7d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 30
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`web_events`, 0) AS DOUBLE)
              ) AS `web_events_30d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 90
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`web_events`, 0) AS DOUBLE)
              ) AS `web_events_90d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 7
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`support_events`, 0) AS DOUBLE)
              ) AS `support_events_7d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 30
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`support_events`, 0) AS DOUBLE)
              ) AS `support_events_30d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 90
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`support_events`, 0) AS DOUBLE)
              ) AS `support_events_90d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 7
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`other_events`, 0) AS DOUBLE)
              ) AS `other_events_7d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 30
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`other_events`, 0) AS DOUBLE)
              ) AS `other_events_30d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 90
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`other_events`, 0) AS DOUBLE)
              ) AS `other_events_90d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 7
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_web`, 0) AS DOUBLE)
              ) AS `on_web_7d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 30
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_web`, 0) AS DOUBLE)
              ) AS `on_web_30d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 90
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_web`, 0) AS DOUBLE)
              ) AS `on_web_90d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 7
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_app`, 0) AS DOUBLE)
              ) AS `on_app_7d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 30
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_app`, 0) AS DOUBLE)
              ) AS `on_app_30d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 90
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_app`, 0) AS DOUBLE)
              ) AS `on_app_90d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 7
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_email`, 0) AS DOUBLE)
              ) AS `on_email_7d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 30
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_email`, 0) AS DOUBLE)
              ) AS `on_email_30d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 90
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_email`, 0) AS DOUBLE)
              ) AS `on_email_90d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 7
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_sms`, 0) AS DOUBLE)
              ) AS `on_sms_7d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 30
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_sms`, 0) AS DOUBLE)
              ) AS `on_sms_30d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 90
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_sms`, 0) AS DOUBLE)
              ) AS `on_sms_90d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 7
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_push`, 0) AS DOUBLE)
              ) AS `on_push_7d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 30
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_push`, 0) AS DOUBLE)
              ) AS `on_push_30d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 90
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_push`, 0) AS DOUBLE)
              ) AS `on_push_90d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 7
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_support`, 0) AS DOUBLE)
              ) AS `on_support_7d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 30
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_support`, 0) AS DOUBLE)
              ) AS `on_support_30d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 90
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_support`, 0) AS DOUBLE)
              ) AS `on_support_90d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 7
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_pos`, 0) AS DOUBLE)
              ) AS `on_pos_7d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 30
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_pos`, 0) AS DOUBLE)
              ) AS `on_pos_30d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 90
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_pos`, 0) AS DOUBLE)
              ) AS `on_pos_90d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 7
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_social`, 0) AS DOUBLE)
              ) AS `on_social_7d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 30
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_social`, 0) AS DOUBLE)
              ) AS `on_social_30d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 90
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_social`, 0) AS DOUBLE)
              ) AS `on_social_90d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 7
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_ads`, 0) AS DOUBLE)
              ) AS `on_ads_7d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 30
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_ads`, 0) AS DOUBLE)
              ) AS `on_ads_30d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 90
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_ads`, 0) AS DOUBLE)
              ) AS `on_ads_90d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 7
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_iot`, 0) AS DOUBLE)
              ) AS `on_iot_7d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 30
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_iot`, 0) AS DOUBLE)
              ) AS `on_iot_30d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 90
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`on_iot`, 0) AS DOUBLE)
              ) AS `on_iot_90d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 30
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`orders`, 0) AS DOUBLE)
              ) AS `orders_30d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 90
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`orders`, 0) AS DOUBLE)
              ) AS `orders_90d`,
              SUM(`t47`.`order_revenue` - `t47`.`refunds`) AS `revenue_90d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 30
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`sessions`, 0) AS DOUBLE)
              ) AS `sessions_30d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 7
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`product_views`, 0) AS DOUBLE)
              ) AS `product_views_7d`,
              SUM(
                CAST(IF(
                  (
                    `t47`.`age` <= 30
                  ) AND (
                    `t47`.`age` > 0
                  ),
                  CAST(`t47`.`acts` > 0 AS BIGINT),
                  0
                ) AS DOUBLE)
              ) AS `active_days_30d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 30
                ) AND (
                  `t47`.`age` > 0
                ), `t47`.`acts`, 0) AS DOUBLE)
              ) AS `acts_30d`,
              SUM(
                CAST(IF((
                  `t47`.`age` <= 60
                ) AND (
                  `t47`.`age` > 30
                ), `t47`.`acts`, 0) AS DOUBLE)
              ) AS `acts_before`,
              SUM(
                IF(
                  (
                    `t47`.`age` <= 56
                  ) AND (
                    `t47`.`age` > 0
                  ),
                  CAST(`t47`.`acts` AS DOUBLE) * (
                    3.5 - CAST(FLOOR((
                      `t47`.`age` - 1
                    ) / (
                      7
                    )) AS BIGINT)
                  ),
                  0
                )
              ) AS `slope`
            FROM (
              SELECT
                `t21`.`profile_id`,
                `t21`.`day`,
                `t21`.`first_at`,
                `t21`.`last_at`,
                `t21`.`events`,
                `t21`.`acts`,
                `t21`.`purchase_events`,
                `t21`.`engagement_events`,
                `t21`.`web_events`,
                `t21`.`support_events`,
                `t21`.`other_events`,
                `t21`.`on_web`,
                `t21`.`on_app`,
                `t21`.`on_email`,
                `t21`.`on_sms`,
                `t21`.`on_push`,
                `t21`.`on_support`,
                `t21`.`on_pos`,
                `t21`.`on_social`,
                `t21`.`on_ads`,
                `t21`.`on_iot`,
                `t21`.`product_views`,
                `t21`.`searches`,
                `t21`.`cart_adds`,
                `t21`.`sessions`,
                `t21`.`orders`,
                `t21`.`discounted_orders`,
                `t21`.`refunded_orders`,
                `t21`.`engagement`,
                `t21`.`order_revenue`,
                `t21`.`refunds`,
                `t21`.`discounts`,
                `t21`.`discounted_revenue`,
                `t22`.`cutoff`,
                `t22`.`age`
              FROM `moved_6` AS `t21`
              INNER JOIN `memtable_7` AS `t22`
                ON `t21`.`day` = `t22`.`day`
            ) AS `t47`
            GROUP BY
              1,
              2
          ) AS `t63`
        ) AS `t73`
          ON `t20`.`cutoff` = `t73`.`_cutoff0` AND `t20`.`profile_id` = `t73`.`_profile_id0`
        LEFT OUTER JOIN (
          SELECT
            `t100`.`cutoff` AS `_cutoff1`,
            `t100`.`profile_id` AS `_profile_id1`,
            `t100`.`visit_gap_median_d`
          FROM (
            SELECT
              `t96`.`cutoff`,
              `t96`.`profile_id`,
              (
                CAST(FLOOR(
                  (
                    ELEMENT_AT(`t96`.`own`, CAST(CAST(FLOOR((
                      `t96`.`n` - 1
                    ) / (
                      2
                    )) AS BIGINT) AS INT) + 1)
                  ) / (
                    1000000
                  )
                ) AS BIGINT) + CAST(FLOOR(
                  (
                    ELEMENT_AT(`t96`.`own`, CAST(CAST(FLOOR((
                      `t96`.`n` - 0
                    ) / (
                      2
                    )) AS BIGINT) AS INT) + 1)
                  ) / (
                    1000000
                  )
                ) AS BIGINT)
              ) / 2 AS `visit_gap_median_d`
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  `t91`.`profile_id`,
                  `t91`.`cutoff`,
                  `t91`.`at`,
                  `t91`.`own`,
                  SIZE(`t91`.`own`) AS `n`
                FROM (
                  SELECT
                    `t89`.`profile_id`,
                    `t89`.`cutoff`,
                    `t89`.`at`,
                    `t89`.`own`
                  FROM (
                    SELECT
                      `t86`.`profile_id`,
                      `t86`.`both`,
                      `t86`.`cutoff`,
                      `t86`.`at`,
                      FILTER(
                        `t86`.`both`,
                        __ibis_param_one__ -> (
                          __ibis_param_one__ % 1000000
                        ) < `t86`.`at`
                      ) AS `own`
                    FROM (
                      SELECT
                        `t83`.`profile_id`,
                        `t83`.`both`,
                        `t83`.`cutoff`,
                        CAST(FLOOR(
                          (
                            UNIX_TIMESTAMP(CAST(CAST(`t83`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
                          ) / (
                            86400
                          )
                        ) AS BIGINT) AS `at`
                      FROM (
                        SELECT
                          `t82`.`profile_id`,
                          `t82`.`both`,
                          `t29`.`cutoff`
                        FROM (
                          SELECT
                            `t72`.`profile_id`,
                            ARRAY_SORT(COLLECT_LIST((
                              `t72`.`gap` * 1000000
                            ) + `t72`.`number`)) AS `both`
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                `t52`.`profile_id`,
                                `t52`.`day`,
                                `t52`.`number`,
                                `t52`.`number` - LAG(`t52`.`number`) OVER (PARTITION BY `t52`.`profile_id` ORDER BY `t52`.`day` ASC NULLS LAST) AS `gap`
                              FROM (
                                SELECT
                                  `t41`.`profile_id`,
                                  `t41`.`day`,
                                  CAST(FLOOR(
                                    (
                                      UNIX_TIMESTAMP(CAST(CAST(`t41`.`day` AS TIMESTAMP) AS TIMESTAMP))
                                    ) / (
                                      86400
                                    )
                                  ) AS BIGINT) AS `number`
                                FROM (
                                  SELECT
                                    *
                                  FROM `moved_6` AS `t8`
                                  WHERE
                                    `t8`.`acts` > 0
                                ) AS `t41`
                              ) AS `t52`
                            ) AS `t62`
                            WHERE
                              `t62`.`gap` IS NOT NULL
                          ) AS `t72`
                          GROUP BY
                            1
                        ) AS `t82`
                        CROSS JOIN `memtable_8` AS `t29`
                      ) AS `t83`
                    ) AS `t86`
                  ) AS `t89`
                ) AS `t91`
              ) AS `t94`
              WHERE
                `t94`.`n` > 0
            ) AS `t96`
          ) AS `t100`
        ) AS `t102`
          ON `t20`.`cutoff` = `t102`.`_cutoff1` AND `t20`.`profile_id` = `t102`.`_profile_id1`
        LEFT OUTER JOIN (
          SELECT
            `t60`.`cutoff` AS `_cutoff2`,
            `t60`.`profile_id` AS `_profile_id2`,
            `t60`.`cases_180d`
          FROM (
            SELECT
              `t53`.`cutoff`,
              `t53`.`profile_id`,
              SUM(CAST(`t53`.`n` AS DOUBLE)) AS `cases_180d`
            FROM (
              SELECT
                `t46`.`profile_id`,
                `t46`.`day`,
                `t46`.`began`,
                `t46`.`kind`,
                `t46`.`topic`,
                `t46`.`format`,
                `t46`.`offer_type`,
                `t46`.`amount`,
                `t46`.`n`,
                `t23`.`cutoff`,
                `t23`.`age`
              FROM (
                SELECT
                  *
                FROM `moved_9` AS `t10`
                WHERE
                  `t10`.`kind` = 'case opened'
              ) AS `t46`
              INNER JOIN `memtable_10` AS `t23`
                ON `t46`.`day` = `t23`.`day`
            ) AS `t53`
            GROUP BY
              1,
              2
          ) AS `t60`
        ) AS `t69`
          ON `t20`.`cutoff` = `t69`.`_cutoff2` AND `t20`.`profile_id` = `t69`.`_profile_id2`
        LEFT OUTER JOIN (
          SELECT
            `t74`.`cutoff` AS `_cutoff3`,
            `t74`.`profile_id` AS `_profile_id3`,
            `t74`.`browse_to_buy_median_h`,
            `t74`.`launch_buyer_h`,
            `t74`.`reduced`,
            `t74`.`discount_tenth`
          FROM (
            SELECT
              `t64`.`cutoff`,
              `t64`.`profile_id`,
              PERCENTILE(IF(`t64`.`kind` = 'bought after looking', `t64`.`amount`, NULL), 0.5) AS `browse_to_buy_median_h`,
              PERCENTILE(IF(`t64`.`kind` = 'ordered new', `t64`.`amount`, NULL), 0.5) AS `launch_buyer_h`,
              SUM(CAST(`t64`.`kind` = 'ordered reduced' AS BIGINT)) AS `reduced`,
              PERCENTILE(IF(`t64`.`kind` = 'ordered reduced', `t64`.`amount`, NULL), 0.1) AS `discount_tenth`
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  `t54`.`profile_id`,
                  `t54`.`day`,
                  `t54`.`began`,
                  `t54`.`kind`,
                  `t54`.`topic`,
                  `t54`.`format`,
                  `t54`.`offer_type`,
                  `t54`.`amount`,
                  `t54`.`n`,
                  `t54`.`one`,
                  `t25`.`cutoff`
                FROM (
                  SELECT
                    `t43`.`profile_id`,
                    `t43`.`day`,
                    `t43`.`began`,
                    `t43`.`kind`,
                    `t43`.`topic`,
                    `t43`.`format`,
                    `t43`.`offer_type`,
                    `t43`.`amount`,
                    `t43`.`n`,
                    EXPLODE(
                      IF(
                        (
                          1 <> 0
                        ) AND (
                          SIGN(1) = SIGN(`t43`.`n` - 0)
                        ),
                        IF(
                          ELEMENT_AT(SEQUENCE(0, `t43`.`n`, 1), SIZE(SEQUENCE(0, `t43`.`n`, 1))) = `t43`.`n`,
                          SLICE(SEQUENCE(0, `t43`.`n`, 1), 1, SIZE(SEQUENCE(0, `t43`.`n`, 1)) - 1),
                          SEQUENCE(0, `t43`.`n`, 1)
                        ),
                        ARRAY()
                      )
                    ) AS `one`
                  FROM (
                    SELECT
                      *
                    FROM `moved_9` AS `t10`
                    WHERE
                      `t10`.`kind` IN ('bought after looking', 'ordered new', 'ordered reduced')
                  ) AS `t43`
                ) AS `t54`
                CROSS JOIN `memtable_11` AS `t25`
              ) AS `t57`
              WHERE
                `t57`.`day` < `t57`.`cutoff`
            ) AS `t64`
            GROUP BY
              1,
              2
          ) AS `t74`
        ) AS `t78`
          ON `t20`.`cutoff` = `t78`.`_cutoff3` AND `t20`.`profile_id` = `t78`.`_profile_id3`
        LEFT OUTER JOIN (
          SELECT
            `t97`.`cutoff` AS `_cutoff4`,
            `t97`.`profile_id` AS `_profile_id4`,
            `t97`.`top_category`,
            `t97`.`exit_page_mode`,
            `t97`.`category_entropy`
          FROM (
            SELECT
              `t95`.`cutoff`,
              `t95`.`profile_id`,
              `t95`.`top_category`,
              `t95`.`exit_page_mode`,
              `t95`.`category_entropy`
            FROM (
              SELECT
                `t88`.`cutoff`,
                `t88`.`profile_id`,
                `t88`.`top_category`,
                `t88`.`exit_page_mode`,
                `t88`.`total`,
                `t88`.`spread`,
                IF(
                  `t88`.`total` > 0,
                  GREATEST(
                    CAST(ROUND(LOG(2, `t88`.`total`) - (
                      `t88`.`spread` / `t88`.`total`
                    ), 9) AS DOUBLE),
                    0.0
                  ),
                  NULL
                ) AS `category_entropy`
              FROM (
                SELECT
                  `t84`.`cutoff`,
                  `t84`.`profile_id`,
                  MAX(
                    IF((
                      `t84`.`kind` = 'ordered'
                    ) AND (
                      `t84`.`place` = 0
                    ), `t84`.`topic`, NULL)
                  ) AS `top_category`,
                  MAX(IF((
                    `t84`.`kind` = 'left'
                  ) AND (
                    `t84`.`place` = 0
                  ), `t84`.`topic`, NULL)) AS `exit_page_mode`,
                  SUM(IF(`t84`.`kind` = 'ordered', `t84`.`n`, NULL)) AS `total`,
                  SUM(IF(`t84`.`kind` = 'ordered', `t84`.`n` * LOG(2, `t84`.`n`), NULL)) AS `spread`
                FROM (
                  SELECT
                    `t81`.`cutoff`,
                    `t81`.`profile_id`,
                    `t81`.`kind`,
                    `t81`.`topic`,
                    `t81`.`n`,
                    ROW_NUMBER() OVER (
                      PARTITION BY `t81`.`cutoff`, `t81`.`profile_id`, `t81`.`kind`
                      ORDER BY `t81`.`n` DESC, `t81`.`topic` ASC NULLS LAST
                    ) - 1 AS `place`
                  FROM (
                    SELECT
                      `t77`.`cutoff`,
                      `t77`.`profile_id`,
                      `t77`.`kind`,
                      `t77`.`topic`,
                      SUM(`t77`.`n`) AS `n`
                    FROM (
                      SELECT
                        `t70`.`profile_id`,
                        `t70`.`until`,
                        `t70`.`kind`,
                        `t70`.`topic`,
                        `t70`.`n`,
                        `t28`.`cutoff`,
                        `t28`.`since`
                      FROM (
                        SELECT
                          `t58`.`profile_id`,
                          `t58`.`until`,
                          `t58`.`kind`,
                          `t58`.`topic`,
                          SUM(CAST(`t58`.`n` AS DOUBLE)) AS `n`
                        FROM (
                          SELECT
                            `t50`.`profile_id`,
                            `t50`.`day`,
                            `t50`.`began`,
                            `t50`.`kind`,
                            `t50`.`topic`,
                            `t50`.`format`,
                            `t50`.`offer_type`,
                            `t50`.`amount`,
                            `t50`.`n`,
                            CASE
                              WHEN `t50`.`day` < MAKE_DATE(2025, 6, 1)
                              THEN MAKE_DATE(2025, 6, 1)
                              ELSE MAKE_DATE(2025, 10, 1)
                            END AS `until`
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                *
                              FROM `moved_9` AS `t10`
                              WHERE
                                `t10`.`kind` IN ('ordered', 'left')
                            ) AS `t44`
                            WHERE
                              `t44`.`day` < MAKE_DATE(2025, 10, 1)
                          ) AS `t50`
                        ) AS `t58`
                        GROUP BY
                          1,
                          2,
                          3,
                          4
                      ) AS `t70`
                      INNER JOIN `memtable_12` AS `t28`
                        ON `t70`.`until` = `t28`.`until`
                    ) AS `t77`
                    GROUP BY
                      1,
                      2,
                      3,
                      4
                  ) AS `t81`
                ) AS `t84`
                GROUP BY
                  1,
                  2
              ) AS `t88`
            ) AS `t95`
          ) AS `t97`
        ) AS `t99`
          ON `t20`.`cutoff` = `t99`.`_cutoff4` AND `t20`.`profile_id` = `t99`.`_profile_id4`
        LEFT OUTER JOIN (
          SELECT
            `t61`.`cutoff` AS `_cutoff5`,
            `t61`.`profile_id` AS `_profile_id5`,
            `t61`.`best_hour_web`,
            `t61`.`best_hour_web_n`,
            `t61`.`best_hour_web_share`,
            `t61`.`best_hour_web_lo`,
            `t61`.`best_hour_web_hi`,
            `t61`.`best_hour_app`,
            `t61`.`best_hour_app_n`,
            `t61`.`best_hour_app_share`,
            `t61`.`best_hour_app_lo`,
            `t61`.`best_hour_app_hi`,
            `t61`.`best_hour_email`,
            `t61`.`best_hour_email_n`,
            `t61`.`best_hour_email_share`,
            `t61`.`best_hour_email_lo`,
            `t61`.`best_hour_email_hi`,
            `t61`.`best_hour_sms`,
            `t61`.`best_hour_sms_n`,
            `t61`.`best_hour_sms_share`,
            `t61`.`best_hour_sms_lo`,
            `t61`.`best_hour_sms_hi`
          FROM (
            SELECT
              `t55`.`cutoff`,
              `t55`.`profile_id`,
              `t55`.`best_hour_web`,
              CAST(`t55`.`best_hour_web_n` AS BIGINT) AS `best_hour_web_n`,
              `t55`.`best_hour_web_share`,
              `t55`.`best_hour_web_lo`,
              `t55`.`best_hour_web_hi`,
              `t55`.`best_hour_app`,
              CAST(`t55`.`best_hour_app_n` AS BIGINT) AS `best_hour_app_n`,
              `t55`.`best_hour_app_share`,
              `t55`.`best_hour_app_lo`,
              `t55`.`best_hour_app_hi`,
              `t55`.`best_hour_email`,
              CAST(`t55`.`best_hour_email_n` AS BIGINT) AS `best_hour_email_n`,
              `t55`.`best_hour_email_share`,
              `t55`.`best_hour_email_lo`,
              `t55`.`best_hour_email_hi`,
              `t55`.`best_hour_sms`,
              CAST(`t55`.`best_hour_sms_n` AS BIGINT) AS `best_hour_sms_n`,
              `t55`.`best_hour_sms_share`,
              `t55`.`best_hour_sms_lo`,
              `t55`.`best_hour_sms_hi`
            FROM (
              SELECT
                `t48`.`cutoff`,
                `t48`.`profile_id`,
                MAX(IF(`t48`.`kind` = 'hour on web', `t48`.`hour`, NULL)) AS `best_hour_web`,
                MAX(IF(`t48`.`kind` = 'hour on web', `t48`.`n`, NULL)) AS `best_hour_web_n`,
                MAX(IF(`t48`.`kind` = 'hour on web', `t48`.`share`, NULL)) AS `best_hour_web_share`,
                MAX(IF(`t48`.`kind` = 'hour on web', `t48`.`lo`, NULL)) AS `best_hour_web_lo`,
                MAX(IF(`t48`.`kind` = 'hour on web', `t48`.`hi`, NULL)) AS `best_hour_web_hi`,
                MAX(IF(`t48`.`kind` = 'hour on app', `t48`.`hour`, NULL)) AS `best_hour_app`,
                MAX(IF(`t48`.`kind` = 'hour on app', `t48`.`n`, NULL)) AS `best_hour_app_n`,
                MAX(IF(`t48`.`kind` = 'hour on app', `t48`.`share`, NULL)) AS `best_hour_app_share`,
                MAX(IF(`t48`.`kind` = 'hour on app', `t48`.`lo`, NULL)) AS `best_hour_app_lo`,
                MAX(IF(`t48`.`kind` = 'hour on app', `t48`.`hi`, NULL)) AS `best_hour_app_hi`,
                MAX(IF(`t48`.`kind` = 'hour on email', `t48`.`hour`, NULL)) AS `best_hour_email`,
                MAX(IF(`t48`.`kind` = 'hour on email', `t48`.`n`, NULL)) AS `best_hour_email_n`,
                MAX(IF(`t48`.`kind` = 'hour on email', `t48`.`share`, NULL)) AS `best_hour_email_share`,
                MAX(IF(`t48`.`kind` = 'hour on email', `t48`.`lo`, NULL)) AS `best_hour_email_lo`,
                MAX(IF(`t48`.`kind` = 'hour on email', `t48`.`hi`, NULL)) AS `best_hour_email_hi`,
                MAX(IF(`t48`.`kind` = 'hour on sms', `t48`.`hour`, NULL)) AS `best_hour_sms`,
                MAX(IF(`t48`.`kind` = 'hour on sms', `t48`.`n`, NULL)) AS `best_hour_sms_n`,
                MAX(IF(`t48`.`kind` = 'hour on sms', `t48`.`share`, NULL)) AS `best_hour_sms_share`,
                MAX(IF(`t48`.`kind` = 'hour on sms', `t48`.`lo`, NULL)) AS `best_hour_sms_lo`,
                MAX(IF(`t48`.`kind` = 'hour on sms', `t48`.`hi`, NULL)) AS `best_hour_sms_hi`
              FROM (
                SELECT
                  `t24`.`cutoff`,
                  `t24`.`profile_id`,
                  `t24`.`kind`,
                  `t24`.`hour`,
                  `t24`.`n`,
                  `t24`.`weight`,
                  `t24`.`k`,
                  `t24`.`share`,
                  `t26`.`lo`,
                  `t26`.`hi`
                FROM `cached_13` AS `t24`
                INNER JOIN `memtable_14` AS `t26`
                  ON `t24`.`cutoff` = `t26`.`cutoff`
                  AND `t24`.`kind` = `t26`.`kind`
                  AND `t24`.`hour` = `t26`.`hour`
                  AND `t24`.`k` = `t26`.`k`
                  AND `t24`.`n` = `t26`.`n`
              ) AS `t48`
              GROUP BY
                1,
                2
            ) AS `t55`
          ) AS `t61`
        ) AS `t71`
          ON `t20`.`cutoff` = `t71`.`_cutoff5` AND `t20`.`profile_id` = `t71`.`_profile_id5`
        LEFT OUTER JOIN (
          SELECT
            `t90`.`cutoff` AS `_cutoff6`,
            `t90`.`profile_id` AS `_profile_id6`,
            `t90`.`top_topic`,
            `t90`.`top_format`,
            `t90`.`top_offer_type`
          FROM (
            SELECT
              `t87`.`cutoff`,
              `t87`.`profile_id`,
              MAX(IF(`t87`.`about` = 'topic', `t87`.`value`, NULL)) AS `top_topic`,
              MAX(IF(`t87`.`about` = 'format', `t87`.`value`, NULL)) AS `top_format`,
              MAX(IF(`t87`.`about` = 'offer_type', `t87`.`value`, NULL)) AS `top_offer_type`
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  `t79`.`cutoff`,
                  `t79`.`profile_id`,
                  `t79`.`about`,
                  `t79`.`value`,
                  `t79`.`n`,
                  `t79`.`answered`,
                  `t79`.`expected`,
                  `t79`.`lift_observed`,
                  `t79`.`lift`,
                  `t79`.`lift_lo`,
                  `t79`.`lift_hi`,
                  `t79`.`confidence`,
                  ROW_NUMBER() OVER (
                    PARTITION BY `t79`.`cutoff`, `t79`.`profile_id`, `t79`.`about`
                    ORDER BY CAST(ROUND(`t79`.`lift`, 12) AS DOUBLE) DESC, `t79`.`value` ASC NULLS LAST
                  ) - 1 AS `place`
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      `t27`.`cutoff`,
                      `t27`.`profile_id`,
                      `t27`.`about`,
                      `t27`.`value`,
                      CAST(`t27`.`n` AS BIGINT) AS `n`,
                      CAST(`t27`.`answered` AS BIGINT) AS `answered`,
                      `t27`.`answered` - `t27`.`beyond` AS `expected`,
                      `t27`.`beyond` / `t27`.`chance` AS `lift_observed`,
                      `t27`.`beyond` * (
                        `t59`.`spread` / (
                          (
                            `t59`.`spread` * `t27`.`chance`
                          ) + 1
                        )
                      ) AS `lift`,
                      (
                        `t27`.`beyond` * (
                          `t59`.`spread` / (
                            (
                              `t59`.`spread` * `t27`.`chance`
                            ) + 1
                          )
                        )
                      ) - (
                        SQRT(`t59`.`spread` / (
                          (
                            `t59`.`spread` * `t27`.`chance`
                          ) + 1
                        )) * 1.2815515655446004
                      ) AS `lift_lo`,
                      (
                        `t27`.`beyond` * (
                          `t59`.`spread` / (
                            (
                              `t59`.`spread` * `t27`.`chance`
                            ) + 1
                          )
                        )
                      ) + (
                        SQRT(`t59`.`spread` / (
                          (
                            `t59`.`spread` * `t27`.`chance`
                          ) + 1
                        )) * 1.2815515655446004
                      ) AS `lift_hi`,
                      (
                        `t59`.`spread` * `t27`.`chance`
                      ) / (
                        (
                          `t59`.`spread` * `t27`.`chance`
                        ) + 1
                      ) AS `confidence`
                    FROM `cached_15` AS `t27`
                    INNER JOIN (
                      SELECT
                        `t49`.`cutoff`,
                        `t49`.`about`,
                        GREATEST(`t49`.`square` / `t49`.`weight`, 0.0) AS `spread`
                      FROM (
                        SELECT
                          `t15`.`cutoff`,
                          `t15`.`about`,
                          SUM(`t15`.`beyond` * `t15`.`beyond`) - SUM(`t15`.`chance`) AS `square`,
                          SUM(`t15`.`chance` * `t15`.`chance`) AS `weight`
                        FROM `cached_15` AS `t15`
                        GROUP BY
                          1,
                          2
                      ) AS `t49`
                    ) AS `t59`
                      ON `t27`.`cutoff` = `t59`.`cutoff` AND `t27`.`about` = `t59`.`about`
                  ) AS `t75`
                  WHERE
                    `t75`.`lift_lo` > 0
                ) AS `t79`
              ) AS `t85`
              WHERE
                `t85`.`place` = 0
            ) AS `t87`
            GROUP BY
              1,
              2
          ) AS `t90`
        ) AS `t93`
          ON `t20`.`cutoff` = `t93`.`_cutoff6` AND `t20`.`profile_id` = `t93`.`_profile_id6`
      ) AS `t103`
    ) AS `t105`
    LEFT OUTER JOIN (
      SELECT
        `t2`.`cutoff` AS `_cutoff`,
        SUM(`t2`.`mondays`) AS `all_mondays`,
        SUM(`t2`.`tuesdays`) AS `all_tuesdays`,
        SUM(`t2`.`wednesdays`) AS `all_wednesdays`,
        SUM(`t2`.`thursdays`) AS `all_thursdays`,
        SUM(`t2`.`fridays`) AS `all_fridays`,
        SUM(`t2`.`saturdays`) AS `all_saturdays`,
        SUM(`t2`.`sundays`) AS `all_sundays`,
        SUM(`t2`.`active_days`) AS `all_active_days`,
        SUM(`t2`.`discounted`) AS `all_discounted`,
        SUM(`t2`.`ordered`) AS `all_ordered`
      FROM `cached_0` AS `t2`
      GROUP BY
        1
    ) AS `t45`
      ON `t105`.`cutoff` = `t45`.`_cutoff`
    LEFT OUTER JOIN `memtable_16` AS `t18`
      ON `t105`.`gaps` = `t18`.`_gaps`
    LEFT OUTER JOIN `memtable_17` AS `t19`
      ON IF(`t105`.`ordered` > 500, 500.0, `t105`.`ordered`) = `t19`.`_ordered`
      AND IF(
        CAST(FLOOR((
          `t105`.`T_days`
        ) / (
          365
        )) AS BIGINT) > 10,
        10,
        CAST(FLOOR((
          `t105`.`T_days`
        ) / (
          365
        )) AS BIGINT)
      ) = `t19`.`_years`
  ) AS `t106`
) AS `t107`
