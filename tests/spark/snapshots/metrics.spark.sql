SELECT
  `t97`.`cutoff`,
  `t97`.`profile_id`,
  `t97`.`first_at` AS `first_seen_at`,
  `t97`.`last_at` AS `last_seen_at`,
  CAST(FLOOR(
    (
      UNIX_TIMESTAMP(CAST(CAST(`t97`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
    ) / (
      86400
    )
  ) AS BIGINT) - `t97`.`first_day` AS `tenure_days`,
  `t97`.`n_identifiers`,
  `t97`.`n_devices`,
  CAST(`t97`.`on_web` > 0 AS BIGINT) + 0 + CAST(`t97`.`on_app` > 0 AS BIGINT) + CAST(`t97`.`on_email` > 0 AS BIGINT) + CAST(`t97`.`on_sms` > 0 AS BIGINT) + CAST(`t97`.`on_push` > 0 AS BIGINT) + CAST(`t97`.`on_support` > 0 AS BIGINT) + CAST(`t97`.`on_pos` > 0 AS BIGINT) + CAST(`t97`.`on_social` > 0 AS BIGINT) + CAST(`t97`.`on_ads` > 0 AS BIGINT) + CAST(`t97`.`on_iot` > 0 AS BIGINT) AS `n_channels_active`,
  `t97`.`identity_confidence`,
  CAST(`t97`.`orders` AS BIGINT) AS `orders_count`,
  CAST(`t97`.`gaps` AS BIGINT) AS `repeat_frequency`,
  CAST(FLOOR(
    (
      UNIX_TIMESTAMP(CAST(CAST(`t97`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
    ) / (
      86400
    )
  ) AS BIGINT) - `t97`.`last_order` AS `days_since_last_order`,
  `t97`.`order_span` AS `recency_btyd_days`,
  `t97`.`T_days`,
  CAST(`t97`.`revenue` AS DOUBLE) AS `revenue_total`,
  `t97`.`aov`,
  `t97`.`aov_observed`,
  `t97`.`aov_n`,
  `t97`.`aov_lo`,
  `t97`.`aov_hi`,
  `t97`.`aov_confidence`,
  CAST(`t97`.`later_revenue` AS DOUBLE) / NULLIF(CAST(`t97`.`gaps` AS BIGINT), 0) AS `monetary_repeat`,
  `t97`.`mean_gap_days`,
  `t97`.`mean_gap_days_observed`,
  `t97`.`mean_gap_days_n`,
  `t97`.`mean_gap_days_lo`,
  `t97`.`mean_gap_days_hi`,
  `t97`.`mean_gap_days_confidence`,
  SQRT(
    IF(
      (
        (
          `t97`.`gap_squares` - (
            `t97`.`order_span` * (
              `t97`.`order_span` / NULLIF(CAST(`t97`.`gaps` AS BIGINT), 0)
            )
          )
        ) / NULLIF(CAST(`t97`.`gaps` AS BIGINT) - 1, 0)
      ) < 0,
      0.0,
      (
        `t97`.`gap_squares` - (
          `t97`.`order_span` * (
            `t97`.`order_span` / NULLIF(CAST(`t97`.`gaps` AS BIGINT), 0)
          )
        )
      ) / NULLIF(CAST(`t97`.`gaps` AS BIGINT) - 1, 0)
    )
  ) / (
    `t97`.`order_span` / NULLIF(CAST(`t97`.`gaps` AS BIGINT), 0)
  ) AS `gap_cv`,
  CAST(CAST(`t97`.`cutoff` AS TIMESTAMP) + CAST(CONCAT(
    CAST(ROUND(`t97`.`order_span` / NULLIF(CAST(`t97`.`gaps` AS BIGINT), 0), 0) AS BIGINT) - (
      CAST(FLOOR(
        (
          UNIX_TIMESTAMP(CAST(CAST(`t97`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
        ) / (
          86400
        )
      ) AS BIGINT) - `t97`.`last_order`
    ),
    ' days'
  ) AS INTERVAL) AS DATE) AS `expected_next_order_at`,
  CAST(CAST(`t97`.`cutoff` AS TIMESTAMP) + CAST(CONCAT(
    CAST(ROUND(
      IF(
        (
          (
            `t97`.`order_span` / NULLIF(`t97`.`gaps`, 0)
          ) - (
            SQRT(
              IF(
                (
                  (
                    `t97`.`gap_squares` - (
                      `t97`.`order_span` * (
                        `t97`.`order_span` / NULLIF(`t97`.`gaps`, 0)
                      )
                    )
                  ) / NULLIF(`t97`.`gaps` - 1, 0)
                ) < 0,
                0.0,
                (
                  `t97`.`gap_squares` - (
                    `t97`.`order_span` * (
                      `t97`.`order_span` / NULLIF(`t97`.`gaps`, 0)
                    )
                  )
                ) / NULLIF(`t97`.`gaps` - 1, 0)
              )
            ) * `t97`.`spread_allowed`
          )
        ) < 1.0,
        1.0,
        (
          `t97`.`order_span` / NULLIF(`t97`.`gaps`, 0)
        ) - (
          SQRT(
            IF(
              (
                (
                  `t97`.`gap_squares` - (
                    `t97`.`order_span` * (
                      `t97`.`order_span` / NULLIF(`t97`.`gaps`, 0)
                    )
                  )
                ) / NULLIF(`t97`.`gaps` - 1, 0)
              ) < 0,
              0.0,
              (
                `t97`.`gap_squares` - (
                  `t97`.`order_span` * (
                    `t97`.`order_span` / NULLIF(`t97`.`gaps`, 0)
                  )
                )
              ) / NULLIF(`t97`.`gaps` - 1, 0)
            )
          ) * `t97`.`spread_allowed`
        )
      ),
      0
    ) AS BIGINT) - (
      CAST(FLOOR(
        (
          UNIX_TIMESTAMP(CAST(CAST(`t97`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
        ) / (
          86400
        )
      ) AS BIGINT) - `t97`.`last_order`
    ),
    ' days'
  ) AS INTERVAL) AS DATE) AS `expected_next_order_lo`,
  CAST(CAST(`t97`.`cutoff` AS TIMESTAMP) + CAST(CONCAT(
    CAST(ROUND(
      (
        `t97`.`order_span` / NULLIF(`t97`.`gaps`, 0)
      ) + (
        SQRT(
          IF(
            (
              (
                `t97`.`gap_squares` - (
                  `t97`.`order_span` * (
                    `t97`.`order_span` / NULLIF(`t97`.`gaps`, 0)
                  )
                )
              ) / NULLIF(`t97`.`gaps` - 1, 0)
            ) < 0,
            0.0,
            (
              `t97`.`gap_squares` - (
                `t97`.`order_span` * (
                  `t97`.`order_span` / NULLIF(`t97`.`gaps`, 0)
                )
              )
            ) / NULLIF(`t97`.`gaps` - 1, 0)
          )
        ) * `t97`.`spread_allowed`
      ),
      0
    ) AS BIGINT) - (
      CAST(FLOOR(
        (
          UNIX_TIMESTAMP(CAST(CAST(`t97`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
        ) / (
          86400
        )
      ) AS BIGINT) - `t97`.`last_order`
    ),
    ' days'
  ) AS INTERVAL) AS DATE) AS `expected_next_order_hi`,
  -(
    CAST(ROUND(`t97`.`order_span` / NULLIF(CAST(`t97`.`gaps` AS BIGINT), 0), 0) AS BIGINT) - (
      CAST(FLOOR(
        (
          UNIX_TIMESTAMP(CAST(CAST(`t97`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
        ) / (
          86400
        )
      ) AS BIGINT) - `t97`.`last_order`
    )
  ) AS `overdue_days`,
  CAST(IF(
    COALESCE(
      GREATEST(
        `t97`.`month_1`,
        `t97`.`month_2`,
        `t97`.`month_3`,
        `t97`.`month_4`,
        `t97`.`month_5`,
        `t97`.`month_6`,
        `t97`.`month_7`,
        `t97`.`month_8`,
        `t97`.`month_9`,
        `t97`.`month_10`,
        `t97`.`month_11`,
        `t97`.`month_12`
      ) > `t97`.`peak_allowed`,
      FALSE
    ),
    CASE
      WHEN `t97`.`month_1` = GREATEST(
        `t97`.`month_1`,
        `t97`.`month_2`,
        `t97`.`month_3`,
        `t97`.`month_4`,
        `t97`.`month_5`,
        `t97`.`month_6`,
        `t97`.`month_7`,
        `t97`.`month_8`,
        `t97`.`month_9`,
        `t97`.`month_10`,
        `t97`.`month_11`,
        `t97`.`month_12`
      )
      THEN 1
      WHEN `t97`.`month_2` = GREATEST(
        `t97`.`month_1`,
        `t97`.`month_2`,
        `t97`.`month_3`,
        `t97`.`month_4`,
        `t97`.`month_5`,
        `t97`.`month_6`,
        `t97`.`month_7`,
        `t97`.`month_8`,
        `t97`.`month_9`,
        `t97`.`month_10`,
        `t97`.`month_11`,
        `t97`.`month_12`
      )
      THEN 2
      WHEN `t97`.`month_3` = GREATEST(
        `t97`.`month_1`,
        `t97`.`month_2`,
        `t97`.`month_3`,
        `t97`.`month_4`,
        `t97`.`month_5`,
        `t97`.`month_6`,
        `t97`.`month_7`,
        `t97`.`month_8`,
        `t97`.`month_9`,
        `t97`.`month_10`,
        `t97`.`month_11`,
        `t97`.`month_12`
      )
      THEN 3
      WHEN `t97`.`month_4` = GREATEST(
        `t97`.`month_1`,
        `t97`.`month_2`,
        `t97`.`month_3`,
        `t97`.`month_4`,
        `t97`.`month_5`,
        `t97`.`month_6`,
        `t97`.`month_7`,
        `t97`.`month_8`,
        `t97`.`month_9`,
        `t97`.`month_10`,
        `t97`.`month_11`,
        `t97`.`month_12`
      )
      THEN 4
      WHEN `t97`.`month_5` = GREATEST(
        `t97`.`month_1`,
        `t97`.`month_2`,
        `t97`.`month_3`,
        `t97`.`month_4`,
        `t97`.`month_5`,
        `t97`.`month_6`,
        `t97`.`month_7`,
        `t97`.`month_8`,
        `t97`.`month_9`,
        `t97`.`month_10`,
        `t97`.`month_11`,
        `t97`.`month_12`
      )
      THEN 5
      WHEN `t97`.`month_6` = GREATEST(
        `t97`.`month_1`,
        `t97`.`month_2`,
        `t97`.`month_3`,
        `t97`.`month_4`,
        `t97`.`month_5`,
        `t97`.`month_6`,
        `t97`.`month_7`,
        `t97`.`month_8`,
        `t97`.`month_9`,
        `t97`.`month_10`,
        `t97`.`month_11`,
        `t97`.`month_12`
      )
      THEN 6
      WHEN `t97`.`month_7` = GREATEST(
        `t97`.`month_1`,
        `t97`.`month_2`,
        `t97`.`month_3`,
        `t97`.`month_4`,
        `t97`.`month_5`,
        `t97`.`month_6`,
        `t97`.`month_7`,
        `t97`.`month_8`,
        `t97`.`month_9`,
        `t97`.`month_10`,
        `t97`.`month_11`,
        `t97`.`month_12`
      )
      THEN 7
      WHEN `t97`.`month_8` = GREATEST(
        `t97`.`month_1`,
        `t97`.`month_2`,
        `t97`.`month_3`,
        `t97`.`month_4`,
        `t97`.`month_5`,
        `t97`.`month_6`,
        `t97`.`month_7`,
        `t97`.`month_8`,
        `t97`.`month_9`,
        `t97`.`month_10`,
        `t97`.`month_11`,
        `t97`.`month_12`
      )
      THEN 8
      WHEN `t97`.`month_9` = GREATEST(
        `t97`.`month_1`,
        `t97`.`month_2`,
        `t97`.`month_3`,
        `t97`.`month_4`,
        `t97`.`month_5`,
        `t97`.`month_6`,
        `t97`.`month_7`,
        `t97`.`month_8`,
        `t97`.`month_9`,
        `t97`.`month_10`,
        `t97`.`month_11`,
        `t97`.`month_12`
      )
      THEN 9
      WHEN `t97`.`month_10` = GREATEST(
        `t97`.`month_1`,
        `t97`.`month_2`,
        `t97`.`month_3`,
        `t97`.`month_4`,
        `t97`.`month_5`,
        `t97`.`month_6`,
        `t97`.`month_7`,
        `t97`.`month_8`,
        `t97`.`month_9`,
        `t97`.`month_10`,
        `t97`.`month_11`,
        `t97`.`month_12`
      )
      THEN 10
      WHEN `t97`.`month_11` = GREATEST(
        `t97`.`month_1`,
        `t97`.`month_2`,
        `t97`.`month_3`,
        `t97`.`month_4`,
        `t97`.`month_5`,
        `t97`.`month_6`,
        `t97`.`month_7`,
        `t97`.`month_8`,
        `t97`.`month_9`,
        `t97`.`month_10`,
        `t97`.`month_11`,
        `t97`.`month_12`
      )
      THEN 11
      WHEN `t97`.`month_12` = GREATEST(
        `t97`.`month_1`,
        `t97`.`month_2`,
        `t97`.`month_3`,
        `t97`.`month_4`,
        `t97`.`month_5`,
        `t97`.`month_6`,
        `t97`.`month_7`,
        `t97`.`month_8`,
        `t97`.`month_9`,
        `t97`.`month_10`,
        `t97`.`month_11`,
        `t97`.`month_12`
      )
      THEN 12
      ELSE NULL
    END,
    NULL
  ) AS BIGINT) AS `season_peak_month`,
  `t97`.`top_category`,
  `t97`.`category_entropy`,
  `t97`.`browse_to_buy_median_h`,
  CAST(COALESCE(`t97`.`orders_30d`, 0) AS BIGINT) AS `orders_30d`,
  CAST(COALESCE(`t97`.`orders_90d`, 0) AS BIGINT) AS `orders_90d`,
  COALESCE(CAST(`t97`.`revenue_90d` AS DOUBLE), 0.0) AS `revenue_90d`,
  `t97`.`discounted_order_share`,
  `t97`.`discounted_order_share_observed`,
  `t97`.`discounted_order_share_n`,
  `t97`.`discounted_order_share_lo`,
  `t97`.`discounted_order_share_hi`,
  `t97`.`discounted_order_share_confidence`,
  CAST(`t97`.`discounts` AS DOUBLE) / NULLIF(CAST(`t97`.`discounts` AS DOUBLE) + CAST(`t97`.`discounted_revenue` AS DOUBLE), 0) AS `mean_discount_depth`,
  IF(
    (
      `t97`.`discounted_order_share` > 0
    )
    AND (
      `t97`.`discounted_order_share` < 1
    ),
    LN(`t97`.`discounted_order_share` / (
      1 - `t97`.`discounted_order_share`
    )),
    NULL
  ) - IF(
    (
      (
        `t97`.`all_discounted` / NULLIF(`t97`.`all_ordered`, 0)
      ) > 0
    )
    AND (
      (
        `t97`.`all_discounted` / NULLIF(`t97`.`all_ordered`, 0)
      ) < 1
    ),
    LN(
      (
        `t97`.`all_discounted` / NULLIF(`t97`.`all_ordered`, 0)
      ) / (
        1 - (
          `t97`.`all_discounted` / NULLIF(`t97`.`all_ordered`, 0)
        )
      )
    ),
    NULL
  ) AS `price_sensitivity`,
  IF(
    (
      `t97`.`discounted_order_share_observed` > 0
    )
    AND (
      `t97`.`discounted_order_share_observed` < 1
    ),
    LN(
      `t97`.`discounted_order_share_observed` / (
        1 - `t97`.`discounted_order_share_observed`
      )
    ),
    NULL
  ) - IF(
    (
      (
        `t97`.`all_discounted` / NULLIF(`t97`.`all_ordered`, 0)
      ) > 0
    )
    AND (
      (
        `t97`.`all_discounted` / NULLIF(`t97`.`all_ordered`, 0)
      ) < 1
    ),
    LN(
      (
        `t97`.`all_discounted` / NULLIF(`t97`.`all_ordered`, 0)
      ) / (
        1 - (
          `t97`.`all_discounted` / NULLIF(`t97`.`all_ordered`, 0)
        )
      )
    ),
    NULL
  ) AS `price_sensitivity_observed`,
  `t97`.`discounted_order_share_n` AS `price_sensitivity_n`,
  IF(
    (
      `t97`.`discounted_order_share_lo` > 0
    )
    AND (
      `t97`.`discounted_order_share_lo` < 1
    ),
    LN(`t97`.`discounted_order_share_lo` / (
      1 - `t97`.`discounted_order_share_lo`
    )),
    NULL
  ) - IF(
    (
      (
        `t97`.`all_discounted` / NULLIF(`t97`.`all_ordered`, 0)
      ) > 0
    )
    AND (
      (
        `t97`.`all_discounted` / NULLIF(`t97`.`all_ordered`, 0)
      ) < 1
    ),
    LN(
      (
        `t97`.`all_discounted` / NULLIF(`t97`.`all_ordered`, 0)
      ) / (
        1 - (
          `t97`.`all_discounted` / NULLIF(`t97`.`all_ordered`, 0)
        )
      )
    ),
    NULL
  ) AS `price_sensitivity_lo`,
  IF(
    (
      `t97`.`discounted_order_share_hi` > 0
    )
    AND (
      `t97`.`discounted_order_share_hi` < 1
    ),
    LN(`t97`.`discounted_order_share_hi` / (
      1 - `t97`.`discounted_order_share_hi`
    )),
    NULL
  ) - IF(
    (
      (
        `t97`.`all_discounted` / NULLIF(`t97`.`all_ordered`, 0)
      ) > 0
    )
    AND (
      (
        `t97`.`all_discounted` / NULLIF(`t97`.`all_ordered`, 0)
      ) < 1
    ),
    LN(
      (
        `t97`.`all_discounted` / NULLIF(`t97`.`all_ordered`, 0)
      ) / (
        1 - (
          `t97`.`all_discounted` / NULLIF(`t97`.`all_ordered`, 0)
        )
      )
    ),
    NULL
  ) AS `price_sensitivity_hi`,
  `t97`.`discounted_order_share_confidence` AS `price_sensitivity_confidence`,
  `t97`.`launch_buyer_h`,
  IF(`t97`.`reduced` >= 3, `t97`.`discount_tenth`, NULL) AS `discount_threshold_pct`,
  `t97`.`refund_rate`,
  `t97`.`refund_rate_observed`,
  `t97`.`refund_rate_n`,
  `t97`.`refund_rate_lo`,
  `t97`.`refund_rate_hi`,
  `t97`.`refund_rate_confidence`,
  CAST(NULL AS BIGINT) AS `sessions_30d`,
  CAST(COALESCE(`t97`.`active_days_30d`, 0) AS BIGINT) AS `active_days_30d`,
  `t97`.`engagement_score`,
  `t97`.`acts_30d` / NULLIF(`t97`.`acts_before`, 0) AS `engagement_ratio_30d`,
  COALESCE(`t97`.`slope` / 42.0, 0.0) AS `engagement_velocity`,
  CAST(NULL AS DOUBLE) AS `email_open_rate`,
  CAST(NULL AS DOUBLE) AS `email_open_rate_observed`,
  CAST(NULL AS BIGINT) AS `email_open_rate_n`,
  CAST(NULL AS DOUBLE) AS `email_open_rate_lo`,
  CAST(NULL AS DOUBLE) AS `email_open_rate_hi`,
  CAST(NULL AS DOUBLE) AS `email_open_rate_confidence`,
  EXP(`t97`.`email_opened_log` / NULLIF(`t97`.`email_opened`, 0)) AS `email_open_delay_h`,
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
  EXP(`t97`.`sms_replied_log` / NULLIF(`t97`.`sms_replied`, 0)) AS `sms_reply_delay_h`,
  CAST(NULL AS BIGINT) AS `product_views_7d`,
  CAST(NULL AS DOUBLE) AS `search_rate`,
  CAST(NULL AS BIGINT) AS `repeat_view_days`,
  CAST(NULL AS DOUBLE) AS `cart_abandon_rate`,
  CAST(NULL AS DOUBLE) AS `cart_abandon_rate_observed`,
  CAST(NULL AS BIGINT) AS `cart_abandon_rate_n`,
  CAST(NULL AS DOUBLE) AS `cart_abandon_rate_lo`,
  CAST(NULL AS DOUBLE) AS `cart_abandon_rate_hi`,
  CAST(NULL AS DOUBLE) AS `cart_abandon_rate_confidence`,
  `t97`.`exit_page_mode`,
  `t97`.`mondays` / NULLIF(`t97`.`active_days`, 0) AS `monday_share`,
  `t97`.`tuesdays` / NULLIF(`t97`.`active_days`, 0) AS `tuesday_share`,
  `t97`.`wednesdays` / NULLIF(`t97`.`active_days`, 0) AS `wednesday_share`,
  `t97`.`thursdays` / NULLIF(`t97`.`active_days`, 0) AS `thursday_share`,
  `t97`.`fridays` / NULLIF(`t97`.`active_days`, 0) AS `friday_share`,
  `t97`.`saturdays` / NULLIF(`t97`.`active_days`, 0) AS `saturday_share`,
  `t97`.`sundays` / NULLIF(`t97`.`active_days`, 0) AS `sunday_share`,
  `t97`.`weekend_share`,
  `t97`.`weekend_share_observed`,
  `t97`.`weekend_share_n`,
  `t97`.`weekend_share_lo`,
  `t97`.`weekend_share_hi`,
  `t97`.`weekend_share_confidence`,
  CAST(IF(
    COALESCE(
      (
        `t97`.`active_days` >= 14
      )
      AND (
        (
          IF(
            (
              (
                `t97`.`active_days` * `t97`.`all_mondays`
              ) / `t97`.`all_active_days`
            ) > 0,
            (
              (
                `t97`.`mondays` - (
                  (
                    `t97`.`active_days` * `t97`.`all_mondays`
                  ) / `t97`.`all_active_days`
                )
              ) * (
                `t97`.`mondays` - (
                  (
                    `t97`.`active_days` * `t97`.`all_mondays`
                  ) / `t97`.`all_active_days`
                )
              )
            ) / (
              (
                `t97`.`active_days` * `t97`.`all_mondays`
              ) / `t97`.`all_active_days`
            ),
            0
          ) + 0 + IF(
            (
              (
                `t97`.`active_days` * `t97`.`all_tuesdays`
              ) / `t97`.`all_active_days`
            ) > 0,
            (
              (
                `t97`.`tuesdays` - (
                  (
                    `t97`.`active_days` * `t97`.`all_tuesdays`
                  ) / `t97`.`all_active_days`
                )
              ) * (
                `t97`.`tuesdays` - (
                  (
                    `t97`.`active_days` * `t97`.`all_tuesdays`
                  ) / `t97`.`all_active_days`
                )
              )
            ) / (
              (
                `t97`.`active_days` * `t97`.`all_tuesdays`
              ) / `t97`.`all_active_days`
            ),
            0
          ) + IF(
            (
              (
                `t97`.`active_days` * `t97`.`all_wednesdays`
              ) / `t97`.`all_active_days`
            ) > 0,
            (
              (
                `t97`.`wednesdays` - (
                  (
                    `t97`.`active_days` * `t97`.`all_wednesdays`
                  ) / `t97`.`all_active_days`
                )
              ) * (
                `t97`.`wednesdays` - (
                  (
                    `t97`.`active_days` * `t97`.`all_wednesdays`
                  ) / `t97`.`all_active_days`
                )
              )
            ) / (
              (
                `t97`.`active_days` * `t97`.`all_wednesdays`
              ) / `t97`.`all_active_days`
            ),
            0
          ) + IF(
            (
              (
                `t97`.`active_days` * `t97`.`all_thursdays`
              ) / `t97`.`all_active_days`
            ) > 0,
            (
              (
                `t97`.`thursdays` - (
                  (
                    `t97`.`active_days` * `t97`.`all_thursdays`
                  ) / `t97`.`all_active_days`
                )
              ) * (
                `t97`.`thursdays` - (
                  (
                    `t97`.`active_days` * `t97`.`all_thursdays`
                  ) / `t97`.`all_active_days`
                )
              )
            ) / (
              (
                `t97`.`active_days` * `t97`.`all_thursdays`
              ) / `t97`.`all_active_days`
            ),
            0
          ) + IF(
            (
              (
                `t97`.`active_days` * `t97`.`all_fridays`
              ) / `t97`.`all_active_days`
            ) > 0,
            (
              (
                `t97`.`fridays` - (
                  (
                    `t97`.`active_days` * `t97`.`all_fridays`
                  ) / `t97`.`all_active_days`
                )
              ) * (
                `t97`.`fridays` - (
                  (
                    `t97`.`active_days` * `t97`.`all_fridays`
                  ) / `t97`.`all_active_days`
                )
              )
            ) / (
              (
                `t97`.`active_days` * `t97`.`all_fridays`
              ) / `t97`.`all_active_days`
            ),
            0
          ) + IF(
            (
              (
                `t97`.`active_days` * `t97`.`all_saturdays`
              ) / `t97`.`all_active_days`
            ) > 0,
            (
              (
                `t97`.`saturdays` - (
                  (
                    `t97`.`active_days` * `t97`.`all_saturdays`
                  ) / `t97`.`all_active_days`
                )
              ) * (
                `t97`.`saturdays` - (
                  (
                    `t97`.`active_days` * `t97`.`all_saturdays`
                  ) / `t97`.`all_active_days`
                )
              )
            ) / (
              (
                `t97`.`active_days` * `t97`.`all_saturdays`
              ) / `t97`.`all_active_days`
            ),
            0
          ) + IF(
            (
              (
                `t97`.`active_days` * `t97`.`all_sundays`
              ) / `t97`.`all_active_days`
            ) > 0,
            (
              (
                `t97`.`sundays` - (
                  (
                    `t97`.`active_days` * `t97`.`all_sundays`
                  ) / `t97`.`all_active_days`
                )
              ) * (
                `t97`.`sundays` - (
                  (
                    `t97`.`active_days` * `t97`.`all_sundays`
                  ) / `t97`.`all_active_days`
                )
              )
            ) / (
              (
                `t97`.`active_days` * `t97`.`all_sundays`
              ) / `t97`.`all_active_days`
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
  `t97`.`best_hour_web`,
  `t97`.`best_hour_web_n`,
  `t97`.`best_hour_web_share`,
  `t97`.`best_hour_web_lo`,
  `t97`.`best_hour_web_hi`,
  `t97`.`best_hour_app`,
  `t97`.`best_hour_app_n`,
  `t97`.`best_hour_app_share`,
  `t97`.`best_hour_app_lo`,
  `t97`.`best_hour_app_hi`,
  `t97`.`best_hour_email`,
  `t97`.`best_hour_email_n`,
  `t97`.`best_hour_email_share`,
  `t97`.`best_hour_email_lo`,
  `t97`.`best_hour_email_hi`,
  `t97`.`best_hour_sms`,
  `t97`.`best_hour_sms_n`,
  `t97`.`best_hour_sms_share`,
  `t97`.`best_hour_sms_lo`,
  `t97`.`best_hour_sms_hi`,
  `t97`.`visit_gap_median_d`,
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
  `t97`.`top_topic`,
  `t97`.`top_format`,
  `t97`.`top_offer_type`,
  CAST(NULL AS BIGINT) AS `cases_180d`,
  CAST(NULL AS BIGINT) AS `unresolved_cases`,
  CAST(`t97`.`case_solved` % 1000000000 AS DOUBLE) / 100 AS `hours_to_resolve_last`,
  IF(
    CAST(FLOOR((
      `t97`.`case_back`
    ) / (
      1000000000
    )) AS BIGINT) = `t97`.`case_last`,
    (
      `t97`.`case_back` % 1000000000
    ) / 100,
    CAST(CAST(FLOOR(
      (
        UNIX_TIMESTAMP(CAST(CAST(`t97`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
      ) / (
        86400
      )
    ) AS BIGINT) - `t97`.`case_last` AS DOUBLE)
  ) / NULLIF(`t97`.`visit_gap_median_d`, 0) AS `post_support_gap_ratio`,
  CAST(COALESCE(`t97`.`events_7d`, 0) AS BIGINT) AS `events_7d`,
  CAST(COALESCE(`t97`.`events_30d`, 0) AS BIGINT) AS `events_30d`,
  CAST(COALESCE(`t97`.`events_90d`, 0) AS BIGINT) AS `events_90d`,
  CAST(`t97`.`events` AS BIGINT) AS `events_total`,
  `t97`.`events_decayed`,
  CAST(COALESCE(`t97`.`purchase_events_7d`, 0) AS BIGINT) AS `purchase_events_7d`,
  CAST(COALESCE(`t97`.`purchase_events_30d`, 0) AS BIGINT) AS `purchase_events_30d`,
  CAST(COALESCE(`t97`.`purchase_events_90d`, 0) AS BIGINT) AS `purchase_events_90d`,
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
  CAST(`t97`.`purchase_events` AS BIGINT) AS `purchase_events_total`,
  CAST(NULL AS BIGINT) AS `engagement_events_total`,
  CAST(NULL AS BIGINT) AS `web_events_total`,
  CAST(NULL AS BIGINT) AS `support_events_total`,
  CAST(NULL AS BIGINT) AS `other_events_total`,
  `t97`.`purchase_events_decayed`,
  CAST(NULL AS DOUBLE) AS `engagement_events_decayed`,
  CAST(NULL AS DOUBLE) AS `web_events_decayed`,
  CAST(NULL AS DOUBLE) AS `support_events_decayed`,
  CAST(NULL AS DOUBLE) AS `other_events_decayed`,
  CAST(FLOOR(
    (
      UNIX_TIMESTAMP(CAST(CAST(`t97`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
    ) / (
      86400
    )
  ) AS BIGINT) - `t97`.`purchase_events_last` AS `days_since_purchase`,
  CAST(FLOOR(
    (
      UNIX_TIMESTAMP(CAST(CAST(`t97`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
    ) / (
      86400
    )
  ) AS BIGINT) - `t97`.`engagement_events_last` AS `days_since_engagement`,
  CAST(FLOOR(
    (
      UNIX_TIMESTAMP(CAST(CAST(`t97`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
    ) / (
      86400
    )
  ) AS BIGINT) - `t97`.`web_events_last` AS `days_since_web`,
  CAST(FLOOR(
    (
      UNIX_TIMESTAMP(CAST(CAST(`t97`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
    ) / (
      86400
    )
  ) AS BIGINT) - `t97`.`support_events_last` AS `days_since_support`,
  CAST(FLOOR(
    (
      UNIX_TIMESTAMP(CAST(CAST(`t97`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
    ) / (
      86400
    )
  ) AS BIGINT) - `t97`.`other_events_last` AS `days_since_other`,
  CAST(COALESCE(`t97`.`on_web_7d`, 0) AS BIGINT) AS `on_web_7d`,
  CAST(COALESCE(`t97`.`on_web_30d`, 0) AS BIGINT) AS `on_web_30d`,
  CAST(COALESCE(`t97`.`on_web_90d`, 0) AS BIGINT) AS `on_web_90d`,
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
  CAST(`t97`.`on_web` AS BIGINT) AS `on_web_total`,
  CAST(NULL AS BIGINT) AS `on_app_total`,
  CAST(NULL AS BIGINT) AS `on_email_total`,
  CAST(NULL AS BIGINT) AS `on_sms_total`,
  CAST(NULL AS BIGINT) AS `on_push_total`,
  CAST(NULL AS BIGINT) AS `on_support_total`,
  CAST(NULL AS BIGINT) AS `on_pos_total`,
  CAST(NULL AS BIGINT) AS `on_social_total`,
  CAST(NULL AS BIGINT) AS `on_ads_total`,
  CAST(NULL AS BIGINT) AS `on_iot_total`,
  `t97`.`channels_subscribed`,
  `t97`.`tracking_allowed`,
  `t97`.`profiling_allowed`
FROM (
  SELECT
    `t96`.`cutoff`,
    `t96`.`profile_id`,
    `t96`.`events`,
    `t96`.`acts`,
    `t96`.`purchase_events`,
    `t96`.`engagement_events`,
    `t96`.`web_events`,
    `t96`.`support_events`,
    `t96`.`other_events`,
    `t96`.`on_web`,
    `t96`.`on_app`,
    `t96`.`on_email`,
    `t96`.`on_sms`,
    `t96`.`on_push`,
    `t96`.`on_support`,
    `t96`.`on_pos`,
    `t96`.`on_social`,
    `t96`.`on_ads`,
    `t96`.`on_iot`,
    `t96`.`product_views`,
    `t96`.`searches`,
    `t96`.`cart_adds`,
    `t96`.`sessions`,
    `t96`.`orders`,
    `t96`.`discounted_orders`,
    `t96`.`refunded_orders`,
    `t96`.`events_decayed`,
    `t96`.`purchase_events_decayed`,
    `t96`.`engagement_events_decayed`,
    `t96`.`web_events_decayed`,
    `t96`.`support_events_decayed`,
    `t96`.`other_events_decayed`,
    `t96`.`purchase_events_last`,
    `t96`.`engagement_events_last`,
    `t96`.`web_events_last`,
    `t96`.`support_events_last`,
    `t96`.`other_events_last`,
    `t96`.`mondays`,
    `t96`.`tuesdays`,
    `t96`.`wednesdays`,
    `t96`.`thursdays`,
    `t96`.`fridays`,
    `t96`.`saturdays`,
    `t96`.`sundays`,
    `t96`.`active_days`,
    `t96`.`weekend_days`,
    `t96`.`engagement_score`,
    `t96`.`first_at`,
    `t96`.`last_at`,
    `t96`.`first_day`,
    `t96`.`revenue`,
    `t96`.`gaps`,
    `t96`.`ordered`,
    `t96`.`order_revenue`,
    `t96`.`later_revenue`,
    `t96`.`gap_squares`,
    `t96`.`month_1`,
    `t96`.`month_2`,
    `t96`.`month_3`,
    `t96`.`month_4`,
    `t96`.`month_5`,
    `t96`.`month_6`,
    `t96`.`month_7`,
    `t96`.`month_8`,
    `t96`.`month_9`,
    `t96`.`month_10`,
    `t96`.`month_11`,
    `t96`.`month_12`,
    `t96`.`first_order`,
    `t96`.`last_order`,
    `t96`.`discounted`,
    `t96`.`discounts`,
    `t96`.`discounted_revenue`,
    `t96`.`T_days`,
    `t96`.`order_span`,
    `t96`.`n_identifiers`,
    `t96`.`n_devices`,
    `t96`.`identity_confidence`,
    `t96`.`email_delivered`,
    `t96`.`email_opened`,
    `t96`.`email_opened_again`,
    `t96`.`email_clicked`,
    `t96`.`email_forwarded`,
    `t96`.`sms_delivered`,
    `t96`.`sms_clicked`,
    `t96`.`sms_replied`,
    `t96`.`put_into_cart`,
    `t96`.`bought_from_cart`,
    `t96`.`looked_again`,
    `t96`.`case_opened`,
    `t96`.`case_reopened`,
    `t96`.`case_resolved`,
    `t96`.`email_opened_log`,
    `t96`.`sms_replied_log`,
    `t96`.`case_last`,
    `t96`.`case_solved`,
    `t96`.`case_back`,
    `t96`.`channels_subscribed`,
    `t96`.`tracking_allowed`,
    `t96`.`profiling_allowed`,
    `t96`.`cart_left`,
    `t96`.`aov`,
    `t96`.`aov_observed`,
    `t96`.`aov_n`,
    `t96`.`aov_lo`,
    `t96`.`aov_hi`,
    `t96`.`aov_confidence`,
    `t96`.`mean_gap_days`,
    `t96`.`mean_gap_days_observed`,
    `t96`.`mean_gap_days_n`,
    `t96`.`mean_gap_days_lo`,
    `t96`.`mean_gap_days_hi`,
    `t96`.`mean_gap_days_confidence`,
    `t96`.`discounted_order_share`,
    `t96`.`discounted_order_share_observed`,
    `t96`.`discounted_order_share_n`,
    `t96`.`discounted_order_share_lo`,
    `t96`.`discounted_order_share_hi`,
    `t96`.`discounted_order_share_confidence`,
    `t96`.`refund_rate`,
    `t96`.`refund_rate_observed`,
    `t96`.`refund_rate_n`,
    `t96`.`refund_rate_lo`,
    `t96`.`refund_rate_hi`,
    `t96`.`refund_rate_confidence`,
    `t96`.`weekend_share`,
    `t96`.`weekend_share_observed`,
    `t96`.`weekend_share_n`,
    `t96`.`weekend_share_lo`,
    `t96`.`weekend_share_hi`,
    `t96`.`weekend_share_confidence`,
    `t96`.`events_7d`,
    `t96`.`events_30d`,
    `t96`.`events_90d`,
    `t96`.`purchase_events_7d`,
    `t96`.`purchase_events_30d`,
    `t96`.`purchase_events_90d`,
    `t96`.`engagement_events_7d`,
    `t96`.`engagement_events_30d`,
    `t96`.`engagement_events_90d`,
    `t96`.`web_events_7d`,
    `t96`.`web_events_30d`,
    `t96`.`web_events_90d`,
    `t96`.`support_events_7d`,
    `t96`.`support_events_30d`,
    `t96`.`support_events_90d`,
    `t96`.`other_events_7d`,
    `t96`.`other_events_30d`,
    `t96`.`other_events_90d`,
    `t96`.`on_web_7d`,
    `t96`.`on_web_30d`,
    `t96`.`on_web_90d`,
    `t96`.`on_app_7d`,
    `t96`.`on_app_30d`,
    `t96`.`on_app_90d`,
    `t96`.`on_email_7d`,
    `t96`.`on_email_30d`,
    `t96`.`on_email_90d`,
    `t96`.`on_sms_7d`,
    `t96`.`on_sms_30d`,
    `t96`.`on_sms_90d`,
    `t96`.`on_push_7d`,
    `t96`.`on_push_30d`,
    `t96`.`on_push_90d`,
    `t96`.`on_support_7d`,
    `t96`.`on_support_30d`,
    `t96`.`on_support_90d`,
    `t96`.`on_pos_7d`,
    `t96`.`on_pos_30d`,
    `t96`.`on_pos_90d`,
    `t96`.`on_social_7d`,
    `t96`.`on_social_30d`,
    `t96`.`on_social_90d`,
    `t96`.`on_ads_7d`,
    `t96`.`on_ads_30d`,
    `t96`.`on_ads_90d`,
    `t96`.`on_iot_7d`,
    `t96`.`on_iot_30d`,
    `t96`.`on_iot_90d`,
    `t96`.`orders_30d`,
    `t96`.`orders_90d`,
    `t96`.`revenue_90d`,
    `t96`.`sessions_30d`,
    `t96`.`product_views_7d`,
    `t96`.`active_days_30d`,
    `t96`.`acts_30d`,
    `t96`.`acts_before`,
    `t96`.`slope`,
    `t96`.`visit_gap_median_d`,
    `t96`.`cases_180d`,
    `t96`.`browse_to_buy_median_h`,
    `t96`.`launch_buyer_h`,
    `t96`.`reduced`,
    `t96`.`discount_tenth`,
    `t96`.`top_category`,
    `t96`.`exit_page_mode`,
    `t96`.`category_entropy`,
    `t96`.`best_hour_web`,
    `t96`.`best_hour_web_n`,
    `t96`.`best_hour_web_share`,
    `t96`.`best_hour_web_lo`,
    `t96`.`best_hour_web_hi`,
    `t96`.`best_hour_app`,
    `t96`.`best_hour_app_n`,
    `t96`.`best_hour_app_share`,
    `t96`.`best_hour_app_lo`,
    `t96`.`best_hour_app_hi`,
    `t96`.`best_hour_email`,
    `t96`.`best_hour_email_n`,
    `t96`.`best_hour_email_share`,
    `t96`.`best_hour_email_lo`,
    `t96`.`best_hour_email_hi`,
    `t96`.`best_hour_sms`,
    `t96`.`best_hour_sms_n`,
    `t96`.`best_hour_sms_share`,
    `t96`.`best_hour_sms_lo`,
    `t96`.`best_hour_sms_hi`,
    `t96`.`top_topic`,
    `t96`.`top_format`,
    `t96`.`top_offer_type`,
    `t96`.`all_mondays`,
    `t96`.`all_tuesdays`,
    `t96`.`all_wednesdays`,
    `t96`.`all_thursdays`,
    `t96`.`all_fridays`,
    `t96`.`all_saturdays`,
    `t96`.`all_sundays`,
    `t96`.`all_active_days`,
    `t96`.`all_discounted`,
    `t96`.`all_ordered`,
    `t96`.`spread_allowed`,
    `t96`.`peak_allowed`
  FROM (
    SELECT
      `t95`.`cutoff`,
      `t95`.`profile_id`,
      `t95`.`events`,
      `t95`.`acts`,
      `t95`.`purchase_events`,
      `t95`.`engagement_events`,
      `t95`.`web_events`,
      `t95`.`support_events`,
      `t95`.`other_events`,
      `t95`.`on_web`,
      `t95`.`on_app`,
      `t95`.`on_email`,
      `t95`.`on_sms`,
      `t95`.`on_push`,
      `t95`.`on_support`,
      `t95`.`on_pos`,
      `t95`.`on_social`,
      `t95`.`on_ads`,
      `t95`.`on_iot`,
      `t95`.`product_views`,
      `t95`.`searches`,
      `t95`.`cart_adds`,
      `t95`.`sessions`,
      `t95`.`orders`,
      `t95`.`discounted_orders`,
      `t95`.`refunded_orders`,
      `t95`.`events_decayed`,
      `t95`.`purchase_events_decayed`,
      `t95`.`engagement_events_decayed`,
      `t95`.`web_events_decayed`,
      `t95`.`support_events_decayed`,
      `t95`.`other_events_decayed`,
      `t95`.`purchase_events_last`,
      `t95`.`engagement_events_last`,
      `t95`.`web_events_last`,
      `t95`.`support_events_last`,
      `t95`.`other_events_last`,
      `t95`.`mondays`,
      `t95`.`tuesdays`,
      `t95`.`wednesdays`,
      `t95`.`thursdays`,
      `t95`.`fridays`,
      `t95`.`saturdays`,
      `t95`.`sundays`,
      `t95`.`active_days`,
      `t95`.`weekend_days`,
      `t95`.`engagement_score`,
      `t95`.`first_at`,
      `t95`.`last_at`,
      `t95`.`first_day`,
      `t95`.`revenue`,
      `t95`.`gaps`,
      `t95`.`ordered`,
      `t95`.`order_revenue`,
      `t95`.`later_revenue`,
      `t95`.`gap_squares`,
      `t95`.`month_1`,
      `t95`.`month_2`,
      `t95`.`month_3`,
      `t95`.`month_4`,
      `t95`.`month_5`,
      `t95`.`month_6`,
      `t95`.`month_7`,
      `t95`.`month_8`,
      `t95`.`month_9`,
      `t95`.`month_10`,
      `t95`.`month_11`,
      `t95`.`month_12`,
      `t95`.`first_order`,
      `t95`.`last_order`,
      `t95`.`discounted`,
      `t95`.`discounts`,
      `t95`.`discounted_revenue`,
      `t95`.`T_days`,
      `t95`.`order_span`,
      `t95`.`n_identifiers`,
      `t95`.`n_devices`,
      `t95`.`identity_confidence`,
      `t95`.`email_delivered`,
      `t95`.`email_opened`,
      `t95`.`email_opened_again`,
      `t95`.`email_clicked`,
      `t95`.`email_forwarded`,
      `t95`.`sms_delivered`,
      `t95`.`sms_clicked`,
      `t95`.`sms_replied`,
      `t95`.`put_into_cart`,
      `t95`.`bought_from_cart`,
      `t95`.`looked_again`,
      `t95`.`case_opened`,
      `t95`.`case_reopened`,
      `t95`.`case_resolved`,
      `t95`.`email_opened_log`,
      `t95`.`sms_replied_log`,
      `t95`.`case_last`,
      `t95`.`case_solved`,
      `t95`.`case_back`,
      `t95`.`channels_subscribed`,
      `t95`.`tracking_allowed`,
      `t95`.`profiling_allowed`,
      `t95`.`cart_left`,
      `t95`.`aov`,
      `t95`.`aov_observed`,
      `t95`.`aov_n`,
      `t95`.`aov_lo`,
      `t95`.`aov_hi`,
      `t95`.`aov_confidence`,
      `t95`.`mean_gap_days`,
      `t95`.`mean_gap_days_observed`,
      `t95`.`mean_gap_days_n`,
      `t95`.`mean_gap_days_lo`,
      `t95`.`mean_gap_days_hi`,
      `t95`.`mean_gap_days_confidence`,
      `t95`.`discounted_order_share`,
      `t95`.`discounted_order_share_observed`,
      `t95`.`discounted_order_share_n`,
      `t95`.`discounted_order_share_lo`,
      `t95`.`discounted_order_share_hi`,
      `t95`.`discounted_order_share_confidence`,
      `t95`.`refund_rate`,
      `t95`.`refund_rate_observed`,
      `t95`.`refund_rate_n`,
      `t95`.`refund_rate_lo`,
      `t95`.`refund_rate_hi`,
      `t95`.`refund_rate_confidence`,
      `t95`.`weekend_share`,
      `t95`.`weekend_share_observed`,
      `t95`.`weekend_share_n`,
      `t95`.`weekend_share_lo`,
      `t95`.`weekend_share_hi`,
      `t95`.`weekend_share_confidence`,
      `t95`.`events_7d`,
      `t95`.`events_30d`,
      `t95`.`events_90d`,
      `t95`.`purchase_events_7d`,
      `t95`.`purchase_events_30d`,
      `t95`.`purchase_events_90d`,
      `t95`.`engagement_events_7d`,
      `t95`.`engagement_events_30d`,
      `t95`.`engagement_events_90d`,
      `t95`.`web_events_7d`,
      `t95`.`web_events_30d`,
      `t95`.`web_events_90d`,
      `t95`.`support_events_7d`,
      `t95`.`support_events_30d`,
      `t95`.`support_events_90d`,
      `t95`.`other_events_7d`,
      `t95`.`other_events_30d`,
      `t95`.`other_events_90d`,
      `t95`.`on_web_7d`,
      `t95`.`on_web_30d`,
      `t95`.`on_web_90d`,
      `t95`.`on_app_7d`,
      `t95`.`on_app_30d`,
      `t95`.`on_app_90d`,
      `t95`.`on_email_7d`,
      `t95`.`on_email_30d`,
      `t95`.`on_email_90d`,
      `t95`.`on_sms_7d`,
      `t95`.`on_sms_30d`,
      `t95`.`on_sms_90d`,
      `t95`.`on_push_7d`,
      `t95`.`on_push_30d`,
      `t95`.`on_push_90d`,
      `t95`.`on_support_7d`,
      `t95`.`on_support_30d`,
      `t95`.`on_support_90d`,
      `t95`.`on_pos_7d`,
      `t95`.`on_pos_30d`,
      `t95`.`on_pos_90d`,
      `t95`.`on_social_7d`,
      `t95`.`on_social_30d`,
      `t95`.`on_social_90d`,
      `t95`.`on_ads_7d`,
      `t95`.`on_ads_30d`,
      `t95`.`on_ads_90d`,
      `t95`.`on_iot_7d`,
      `t95`.`on_iot_30d`,
      `t95`.`on_iot_90d`,
      `t95`.`orders_30d`,
      `t95`.`orders_90d`,
      `t95`.`revenue_90d`,
      `t95`.`sessions_30d`,
      `t95`.`product_views_7d`,
      `t95`.`active_days_30d`,
      `t95`.`acts_30d`,
      `t95`.`acts_before`,
      `t95`.`slope`,
      `t95`.`visit_gap_median_d`,
      `t95`.`cases_180d`,
      `t95`.`browse_to_buy_median_h`,
      `t95`.`launch_buyer_h`,
      `t95`.`reduced`,
      `t95`.`discount_tenth`,
      `t95`.`top_category`,
      `t95`.`exit_page_mode`,
      `t95`.`category_entropy`,
      `t95`.`best_hour_web`,
      `t95`.`best_hour_web_n`,
      `t95`.`best_hour_web_share`,
      `t95`.`best_hour_web_lo`,
      `t95`.`best_hour_web_hi`,
      `t95`.`best_hour_app`,
      `t95`.`best_hour_app_n`,
      `t95`.`best_hour_app_share`,
      `t95`.`best_hour_app_lo`,
      `t95`.`best_hour_app_hi`,
      `t95`.`best_hour_email`,
      `t95`.`best_hour_email_n`,
      `t95`.`best_hour_email_share`,
      `t95`.`best_hour_email_lo`,
      `t95`.`best_hour_email_hi`,
      `t95`.`best_hour_sms`,
      `t95`.`best_hour_sms_n`,
      `t95`.`best_hour_sms_share`,
      `t95`.`best_hour_sms_lo`,
      `t95`.`best_hour_sms_hi`,
      `t95`.`top_topic`,
      `t95`.`top_format`,
      `t95`.`top_offer_type`,
      `t43`.`_cutoff`,
      `t43`.`all_mondays`,
      `t43`.`all_tuesdays`,
      `t43`.`all_wednesdays`,
      `t43`.`all_thursdays`,
      `t43`.`all_fridays`,
      `t43`.`all_saturdays`,
      `t43`.`all_sundays`,
      `t43`.`all_active_days`,
      `t43`.`all_discounted`,
      `t43`.`all_ordered`,
      `t18`.`_gaps`,
      `t18`.`spread_allowed`,
      `t19`.`_ordered`,
      `t19`.`_years`,
      `t19`.`peak_allowed`
    FROM (
      SELECT
        `t93`.`cutoff`,
        `t93`.`profile_id`,
        `t93`.`events`,
        `t93`.`acts`,
        `t93`.`purchase_events`,
        `t93`.`engagement_events`,
        `t93`.`web_events`,
        `t93`.`support_events`,
        `t93`.`other_events`,
        `t93`.`on_web`,
        `t93`.`on_app`,
        `t93`.`on_email`,
        `t93`.`on_sms`,
        `t93`.`on_push`,
        `t93`.`on_support`,
        `t93`.`on_pos`,
        `t93`.`on_social`,
        `t93`.`on_ads`,
        `t93`.`on_iot`,
        `t93`.`product_views`,
        `t93`.`searches`,
        `t93`.`cart_adds`,
        `t93`.`sessions`,
        `t93`.`orders`,
        `t93`.`discounted_orders`,
        `t93`.`refunded_orders`,
        `t93`.`events_decayed`,
        `t93`.`purchase_events_decayed`,
        `t93`.`engagement_events_decayed`,
        `t93`.`web_events_decayed`,
        `t93`.`support_events_decayed`,
        `t93`.`other_events_decayed`,
        `t93`.`purchase_events_last`,
        `t93`.`engagement_events_last`,
        `t93`.`web_events_last`,
        `t93`.`support_events_last`,
        `t93`.`other_events_last`,
        `t93`.`mondays`,
        `t93`.`tuesdays`,
        `t93`.`wednesdays`,
        `t93`.`thursdays`,
        `t93`.`fridays`,
        `t93`.`saturdays`,
        `t93`.`sundays`,
        `t93`.`active_days`,
        `t93`.`weekend_days`,
        `t93`.`engagement_score`,
        `t93`.`first_at`,
        `t93`.`last_at`,
        `t93`.`first_day`,
        `t93`.`revenue`,
        `t93`.`gaps`,
        `t93`.`ordered`,
        `t93`.`order_revenue`,
        `t93`.`later_revenue`,
        `t93`.`gap_squares`,
        `t93`.`month_1`,
        `t93`.`month_2`,
        `t93`.`month_3`,
        `t93`.`month_4`,
        `t93`.`month_5`,
        `t93`.`month_6`,
        `t93`.`month_7`,
        `t93`.`month_8`,
        `t93`.`month_9`,
        `t93`.`month_10`,
        `t93`.`month_11`,
        `t93`.`month_12`,
        `t93`.`first_order`,
        `t93`.`last_order`,
        `t93`.`discounted`,
        `t93`.`discounts`,
        `t93`.`discounted_revenue`,
        `t93`.`T_days`,
        `t93`.`order_span`,
        `t93`.`n_identifiers`,
        `t93`.`n_devices`,
        `t93`.`identity_confidence`,
        `t93`.`email_delivered`,
        `t93`.`email_opened`,
        `t93`.`email_opened_again`,
        `t93`.`email_clicked`,
        `t93`.`email_forwarded`,
        `t93`.`sms_delivered`,
        `t93`.`sms_clicked`,
        `t93`.`sms_replied`,
        `t93`.`put_into_cart`,
        `t93`.`bought_from_cart`,
        `t93`.`looked_again`,
        `t93`.`case_opened`,
        `t93`.`case_reopened`,
        `t93`.`case_resolved`,
        `t93`.`email_opened_log`,
        `t93`.`sms_replied_log`,
        `t93`.`case_last`,
        `t93`.`case_solved`,
        `t93`.`case_back`,
        `t93`.`channels_subscribed`,
        `t93`.`tracking_allowed`,
        `t93`.`profiling_allowed`,
        `t93`.`cart_left`,
        `t93`.`aov`,
        `t93`.`aov_observed`,
        `t93`.`aov_n`,
        `t93`.`aov_lo`,
        `t93`.`aov_hi`,
        `t93`.`aov_confidence`,
        `t93`.`mean_gap_days`,
        `t93`.`mean_gap_days_observed`,
        `t93`.`mean_gap_days_n`,
        `t93`.`mean_gap_days_lo`,
        `t93`.`mean_gap_days_hi`,
        `t93`.`mean_gap_days_confidence`,
        `t93`.`discounted_order_share`,
        `t93`.`discounted_order_share_observed`,
        `t93`.`discounted_order_share_n`,
        `t93`.`discounted_order_share_lo`,
        `t93`.`discounted_order_share_hi`,
        `t93`.`discounted_order_share_confidence`,
        `t93`.`refund_rate`,
        `t93`.`refund_rate_observed`,
        `t93`.`refund_rate_n`,
        `t93`.`refund_rate_lo`,
        `t93`.`refund_rate_hi`,
        `t93`.`refund_rate_confidence`,
        `t93`.`weekend_share`,
        `t93`.`weekend_share_observed`,
        `t93`.`weekend_share_n`,
        `t93`.`weekend_share_lo`,
        `t93`.`weekend_share_hi`,
        `t93`.`weekend_share_confidence`,
        `t93`.`events_7d`,
        `t93`.`events_30d`,
        `t93`.`events_90d`,
        `t93`.`purchase_events_7d`,
        `t93`.`purchase_events_30d`,
        `t93`.`purchase_events_90d`,
        `t93`.`engagement_events_7d`,
        `t93`.`engagement_events_30d`,
        `t93`.`engagement_events_90d`,
        `t93`.`web_events_7d`,
        `t93`.`web_events_30d`,
        `t93`.`web_events_90d`,
        `t93`.`support_events_7d`,
        `t93`.`support_events_30d`,
        `t93`.`support_events_90d`,
        `t93`.`other_events_7d`,
        `t93`.`other_events_30d`,
        `t93`.`other_events_90d`,
        `t93`.`on_web_7d`,
        `t93`.`on_web_30d`,
        `t93`.`on_web_90d`,
        `t93`.`on_app_7d`,
        `t93`.`on_app_30d`,
        `t93`.`on_app_90d`,
        `t93`.`on_email_7d`,
        `t93`.`on_email_30d`,
        `t93`.`on_email_90d`,
        `t93`.`on_sms_7d`,
        `t93`.`on_sms_30d`,
        `t93`.`on_sms_90d`,
        `t93`.`on_push_7d`,
        `t93`.`on_push_30d`,
        `t93`.`on_push_90d`,
        `t93`.`on_support_7d`,
        `t93`.`on_support_30d`,
        `t93`.`on_support_90d`,
        `t93`.`on_pos_7d`,
        `t93`.`on_pos_30d`,
        `t93`.`on_pos_90d`,
        `t93`.`on_social_7d`,
        `t93`.`on_social_30d`,
        `t93`.`on_social_90d`,
        `t93`.`on_ads_7d`,
        `t93`.`on_ads_30d`,
        `t93`.`on_ads_90d`,
        `t93`.`on_iot_7d`,
        `t93`.`on_iot_30d`,
        `t93`.`on_iot_90d`,
        `t93`.`orders_30d`,
        `t93`.`orders_90d`,
        `t93`.`revenue_90d`,
        `t93`.`sessions_30d`,
        `t93`.`product_views_7d`,
        `t93`.`active_days_30d`,
        `t93`.`acts_30d`,
        `t93`.`acts_before`,
        `t93`.`slope`,
        `t93`.`visit_gap_median_d`,
        `t93`.`cases_180d`,
        `t93`.`browse_to_buy_median_h`,
        `t93`.`launch_buyer_h`,
        `t93`.`reduced`,
        `t93`.`discount_tenth`,
        `t93`.`top_category`,
        `t93`.`exit_page_mode`,
        `t93`.`category_entropy`,
        `t93`.`best_hour_web`,
        `t93`.`best_hour_web_n`,
        `t93`.`best_hour_web_share`,
        `t93`.`best_hour_web_lo`,
        `t93`.`best_hour_web_hi`,
        `t93`.`best_hour_app`,
        `t93`.`best_hour_app_n`,
        `t93`.`best_hour_app_share`,
        `t93`.`best_hour_app_lo`,
        `t93`.`best_hour_app_hi`,
        `t93`.`best_hour_email`,
        `t93`.`best_hour_email_n`,
        `t93`.`best_hour_email_share`,
        `t93`.`best_hour_email_lo`,
        `t93`.`best_hour_email_hi`,
        `t93`.`best_hour_sms`,
        `t93`.`best_hour_sms_n`,
        `t93`.`best_hour_sms_share`,
        `t93`.`best_hour_sms_lo`,
        `t93`.`best_hour_sms_hi`,
        `t93`.`top_topic`,
        `t93`.`top_format`,
        `t93`.`top_offer_type`
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
          `t70`.`_cutoff0`,
          `t70`.`_profile_id0`,
          `t70`.`events_7d`,
          `t70`.`events_30d`,
          `t70`.`events_90d`,
          `t70`.`purchase_events_7d`,
          `t70`.`purchase_events_30d`,
          `t70`.`purchase_events_90d`,
          `t70`.`engagement_events_7d`,
          `t70`.`engagement_events_30d`,
          `t70`.`engagement_events_90d`,
          `t70`.`web_events_7d`,
          `t70`.`web_events_30d`,
          `t70`.`web_events_90d`,
          `t70`.`support_events_7d`,
          `t70`.`support_events_30d`,
          `t70`.`support_events_90d`,
          `t70`.`other_events_7d`,
          `t70`.`other_events_30d`,
          `t70`.`other_events_90d`,
          `t70`.`on_web_7d`,
          `t70`.`on_web_30d`,
          `t70`.`on_web_90d`,
          `t70`.`on_app_7d`,
          `t70`.`on_app_30d`,
          `t70`.`on_app_90d`,
          `t70`.`on_email_7d`,
          `t70`.`on_email_30d`,
          `t70`.`on_email_90d`,
          `t70`.`on_sms_7d`,
          `t70`.`on_sms_30d`,
          `t70`.`on_sms_90d`,
          `t70`.`on_push_7d`,
          `t70`.`on_push_30d`,
          `t70`.`on_push_90d`,
          `t70`.`on_support_7d`,
          `t70`.`on_support_30d`,
          `t70`.`on_support_90d`,
          `t70`.`on_pos_7d`,
          `t70`.`on_pos_30d`,
          `t70`.`on_pos_90d`,
          `t70`.`on_social_7d`,
          `t70`.`on_social_30d`,
          `t70`.`on_social_90d`,
          `t70`.`on_ads_7d`,
          `t70`.`on_ads_30d`,
          `t70`.`on_ads_90d`,
          `t70`.`on_iot_7d`,
          `t70`.`on_iot_30d`,
          `t70`.`on_iot_90d`,
          `t70`.`orders_30d`,
          `t70`.`orders_90d`,
          `t70`.`revenue_90d`,
          `t70`.`sessions_30d`,
          `t70`.`product_views_7d`,
          `t70`.`active_days_30d`,
          `t70`.`acts_30d`,
          `t70`.`acts_before`,
          `t70`.`slope`,
          `t92`.`_cutoff1`,
          `t92`.`_profile_id1`,
          `t92`.`visit_gap_median_d`,
          `t69`.`_cutoff2`,
          `t69`.`_profile_id2`,
          `t69`.`cases_180d`,
          `t77`.`_cutoff3`,
          `t77`.`_profile_id3`,
          `t77`.`browse_to_buy_median_h`,
          `t77`.`launch_buyer_h`,
          `t77`.`reduced`,
          `t77`.`discount_tenth`,
          `t88`.`_cutoff4`,
          `t88`.`_profile_id4`,
          `t88`.`top_category`,
          `t88`.`exit_page_mode`,
          `t88`.`category_entropy`,
          `t66`.`_cutoff5`,
          `t66`.`_profile_id5`,
          `t66`.`best_hour_web`,
          `t66`.`best_hour_web_n`,
          `t66`.`best_hour_web_share`,
          `t66`.`best_hour_web_lo`,
          `t66`.`best_hour_web_hi`,
          `t66`.`best_hour_app`,
          `t66`.`best_hour_app_n`,
          `t66`.`best_hour_app_share`,
          `t66`.`best_hour_app_lo`,
          `t66`.`best_hour_app_hi`,
          `t66`.`best_hour_email`,
          `t66`.`best_hour_email_n`,
          `t66`.`best_hour_email_share`,
          `t66`.`best_hour_email_lo`,
          `t66`.`best_hour_email_hi`,
          `t66`.`best_hour_sms`,
          `t66`.`best_hour_sms_n`,
          `t66`.`best_hour_sms_share`,
          `t66`.`best_hour_sms_lo`,
          `t66`.`best_hour_sms_hi`,
          `t90`.`_cutoff6`,
          `t90`.`_profile_id6`,
          `t90`.`top_topic`,
          `t90`.`top_format`,
          `t90`.`top_offer_type`
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
                `t23`.`cutoff`,
                `t23`.`age`
              FROM `moved_6` AS `t21`
              INNER JOIN `memtable_7` AS `t23`
                ON `t21`.`day` = `t23`.`day`
            ) AS `t47`
            GROUP BY
              1,
              2
          ) AS `t63`
        ) AS `t70`
          ON `t20`.`cutoff` = `t70`.`_cutoff0` AND `t20`.`profile_id` = `t70`.`_profile_id0`
        LEFT OUTER JOIN (
          SELECT
            `t84`.`cutoff` AS `_cutoff1`,
            `t84`.`profile_id` AS `_profile_id1`,
            (
              CAST(FLOOR(
                (
                  ELEMENT_AT(
                    `t84`.`own`,
                    CAST(CAST(FLOOR((
                      SIZE(`t84`.`own`) - 1
                    ) / (
                      2
                    )) AS BIGINT) AS INT) + 1
                  )
                ) / (
                  1000000
                )
              ) AS BIGINT) + CAST(FLOOR(
                (
                  ELEMENT_AT(
                    `t84`.`own`,
                    CAST(CAST(FLOOR((
                      SIZE(`t84`.`own`) - 0
                    ) / (
                      2
                    )) AS BIGINT) AS INT) + 1
                  )
                ) / (
                  1000000
                )
              ) AS BIGINT)
            ) / 2 AS `visit_gap_median_d`
          FROM (
            SELECT
              `t83`.`profile_id`,
              `t83`.`cutoff`,
              `t83`.`at`,
              `t83`.`own`
            FROM (
              SELECT
                `t80`.`profile_id`,
                `t80`.`both`,
                `t80`.`cutoff`,
                CAST(FLOOR(
                  (
                    UNIX_TIMESTAMP(CAST(CAST(`t80`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
                  ) / (
                    86400
                  )
                ) AS BIGINT) AS `at`,
                FILTER(
                  `t80`.`both`,
                  __ibis_param_one__ -> (
                    __ibis_param_one__ % 1000000
                  ) < CAST(FLOOR(
                    (
                      UNIX_TIMESTAMP(CAST(CAST(`t80`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
                    ) / (
                      86400
                    )
                  ) AS BIGINT)
                ) AS `own`
              FROM (
                SELECT
                  `t76`.`profile_id`,
                  `t76`.`both`,
                  `t26`.`cutoff`
                FROM (
                  SELECT
                    `t62`.`profile_id`,
                    ARRAY_SORT(COLLECT_LIST((
                      `t62`.`gap` * 1000000
                    ) + `t62`.`number`)) AS `both`
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        `t46`.`profile_id`,
                        `t46`.`day`,
                        `t46`.`number`,
                        `t46`.`number` - LAG(`t46`.`number`) OVER (PARTITION BY `t46`.`profile_id` ORDER BY `t46`.`day` ASC NULLS LAST) AS `gap`
                      FROM (
                        SELECT
                          `t8`.`profile_id`,
                          `t8`.`day`,
                          CAST(FLOOR(
                            (
                              UNIX_TIMESTAMP(CAST(CAST(`t8`.`day` AS TIMESTAMP) AS TIMESTAMP))
                            ) / (
                              86400
                            )
                          ) AS BIGINT) AS `number`
                        FROM `moved_6` AS `t8`
                        WHERE
                          `t8`.`acts` > 0
                      ) AS `t46`
                    ) AS `t57`
                    WHERE
                      `t57`.`gap` IS NOT NULL
                  ) AS `t62`
                  GROUP BY
                    1
                ) AS `t76`
                CROSS JOIN `memtable_8` AS `t26`
              ) AS `t80`
            ) AS `t83`
          ) AS `t84`
          WHERE
            SIZE(`t84`.`own`) > 0
        ) AS `t92`
          ON `t20`.`cutoff` = `t92`.`_cutoff1` AND `t20`.`profile_id` = `t92`.`_profile_id1`
        LEFT OUTER JOIN (
          SELECT
            `t60`.`cutoff` AS `_cutoff2`,
            `t60`.`profile_id` AS `_profile_id2`,
            `t60`.`cases_180d`
          FROM (
            SELECT
              `t52`.`cutoff`,
              `t52`.`profile_id`,
              SUM(CAST(`t52`.`n` AS DOUBLE)) AS `cases_180d`
            FROM (
              SELECT
                `t45`.`profile_id`,
                `t45`.`day`,
                `t45`.`began`,
                `t45`.`kind`,
                `t45`.`topic`,
                `t45`.`format`,
                `t45`.`offer_type`,
                `t45`.`amount`,
                `t45`.`n`,
                `t24`.`cutoff`,
                `t24`.`age`
              FROM (
                SELECT
                  *
                FROM `moved_9` AS `t11`
                WHERE
                  `t11`.`kind` = 'case opened'
              ) AS `t45`
              INNER JOIN `memtable_10` AS `t24`
                ON `t45`.`day` = `t24`.`day`
            ) AS `t52`
            GROUP BY
              1,
              2
          ) AS `t60`
        ) AS `t69`
          ON `t20`.`cutoff` = `t69`.`_cutoff2` AND `t20`.`profile_id` = `t69`.`_profile_id2`
        LEFT OUTER JOIN (
          SELECT
            `t72`.`cutoff` AS `_cutoff3`,
            `t72`.`profile_id` AS `_profile_id3`,
            `t72`.`browse_to_buy_median_h`,
            `t72`.`launch_buyer_h`,
            `t72`.`reduced`,
            `t72`.`discount_tenth`
          FROM (
            SELECT
              `t65`.`cutoff`,
              `t65`.`profile_id`,
              PERCENTILE(IF(`t65`.`kind` = 'bought after looking', `t65`.`amount`, NULL), 0.5) AS `browse_to_buy_median_h`,
              PERCENTILE(IF(`t65`.`kind` = 'ordered new', `t65`.`amount`, NULL), 0.5) AS `launch_buyer_h`,
              SUM(CAST(`t65`.`kind` = 'ordered reduced' AS BIGINT)) AS `reduced`,
              PERCENTILE(IF(`t65`.`kind` = 'ordered reduced', `t65`.`amount`, NULL), 0.1) AS `discount_tenth`
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  `t53`.`profile_id`,
                  `t53`.`day`,
                  `t53`.`began`,
                  `t53`.`kind`,
                  `t53`.`topic`,
                  `t53`.`format`,
                  `t53`.`offer_type`,
                  `t53`.`amount`,
                  `t53`.`n`,
                  `t53`.`one`,
                  `t27`.`cutoff`
                FROM (
                  SELECT
                    `t42`.`profile_id`,
                    `t42`.`day`,
                    `t42`.`began`,
                    `t42`.`kind`,
                    `t42`.`topic`,
                    `t42`.`format`,
                    `t42`.`offer_type`,
                    `t42`.`amount`,
                    `t42`.`n`,
                    EXPLODE(
                      IF(
                        (
                          1 <> 0
                        ) AND (
                          SIGN(1) = SIGN(`t42`.`n` - 0)
                        ),
                        IF(
                          ELEMENT_AT(SEQUENCE(0, `t42`.`n`, 1), SIZE(SEQUENCE(0, `t42`.`n`, 1))) = `t42`.`n`,
                          SLICE(SEQUENCE(0, `t42`.`n`, 1), 1, SIZE(SEQUENCE(0, `t42`.`n`, 1)) - 1),
                          SEQUENCE(0, `t42`.`n`, 1)
                        ),
                        ARRAY()
                      )
                    ) AS `one`
                  FROM (
                    SELECT
                      *
                    FROM `moved_9` AS `t11`
                    WHERE
                      `t11`.`kind` IN ('bought after looking', 'ordered new', 'ordered reduced')
                  ) AS `t42`
                ) AS `t53`
                CROSS JOIN `memtable_11` AS `t27`
              ) AS `t58`
              WHERE
                `t58`.`day` < `t58`.`cutoff`
            ) AS `t65`
            GROUP BY
              1,
              2
          ) AS `t72`
        ) AS `t77`
          ON `t20`.`cutoff` = `t77`.`_cutoff3` AND `t20`.`profile_id` = `t77`.`_profile_id3`
        LEFT OUTER JOIN (
          SELECT
            `t81`.`cutoff` AS `_cutoff4`,
            `t81`.`profile_id` AS `_profile_id4`,
            `t81`.`top_category`,
            `t81`.`exit_page_mode`,
            IF(
              `t81`.`total` > 0,
              GREATEST(
                CAST(ROUND(LOG(2, `t81`.`total`) - (
                  `t81`.`spread` / `t81`.`total`
                ), 9) AS DOUBLE),
                0.0
              ),
              NULL
            ) AS `category_entropy`
          FROM (
            SELECT
              `t78`.`cutoff`,
              `t78`.`profile_id`,
              MAX(
                IF((
                  `t78`.`kind` = 'ordered'
                ) AND (
                  `t78`.`place` = 0
                ), `t78`.`topic`, NULL)
              ) AS `top_category`,
              MAX(IF((
                `t78`.`kind` = 'left'
              ) AND (
                `t78`.`place` = 0
              ), `t78`.`topic`, NULL)) AS `exit_page_mode`,
              SUM(IF(`t78`.`kind` = 'ordered', `t78`.`n`, NULL)) AS `total`,
              SUM(IF(`t78`.`kind` = 'ordered', `t78`.`n` * LOG(2, `t78`.`n`), NULL)) AS `spread`
            FROM (
              SELECT
                `t71`.`cutoff`,
                `t71`.`profile_id`,
                `t71`.`kind`,
                `t71`.`topic`,
                `t71`.`n`,
                ROW_NUMBER() OVER (
                  PARTITION BY `t71`.`cutoff`, `t71`.`profile_id`, `t71`.`kind`
                  ORDER BY `t71`.`n` DESC, `t71`.`topic` ASC NULLS LAST
                ) - 1 AS `place`
              FROM (
                SELECT
                  `t64`.`cutoff`,
                  `t64`.`profile_id`,
                  `t64`.`kind`,
                  `t64`.`topic`,
                  SUM(`t64`.`n`) AS `n`
                FROM (
                  SELECT
                    `t54`.`profile_id`,
                    `t54`.`until`,
                    `t54`.`kind`,
                    `t54`.`topic`,
                    `t54`.`n`,
                    `t28`.`cutoff`,
                    `t28`.`since`
                  FROM (
                    SELECT
                      `t44`.`profile_id`,
                      `t44`.`until`,
                      `t44`.`kind`,
                      `t44`.`topic`,
                      SUM(CAST(`t44`.`n` AS DOUBLE)) AS `n`
                    FROM (
                      SELECT
                        `t11`.`profile_id`,
                        `t11`.`day`,
                        `t11`.`began`,
                        `t11`.`kind`,
                        `t11`.`topic`,
                        `t11`.`format`,
                        `t11`.`offer_type`,
                        `t11`.`amount`,
                        `t11`.`n`,
                        CASE
                          WHEN `t11`.`day` < MAKE_DATE(2025, 6, 1)
                          THEN MAKE_DATE(2025, 6, 1)
                          ELSE MAKE_DATE(2025, 10, 1)
                        END AS `until`
                      FROM `moved_9` AS `t11`
                      WHERE
                        `t11`.`kind` IN ('ordered', 'left') AND `t11`.`day` < MAKE_DATE(2025, 10, 1)
                    ) AS `t44`
                    GROUP BY
                      1,
                      2,
                      3,
                      4
                  ) AS `t54`
                  INNER JOIN `memtable_12` AS `t28`
                    ON `t54`.`until` = `t28`.`until`
                ) AS `t64`
                GROUP BY
                  1,
                  2,
                  3,
                  4
              ) AS `t71`
            ) AS `t78`
            GROUP BY
              1,
              2
          ) AS `t81`
        ) AS `t88`
          ON `t20`.`cutoff` = `t88`.`_cutoff4` AND `t20`.`profile_id` = `t88`.`_profile_id4`
        LEFT OUTER JOIN (
          SELECT
            `t55`.`cutoff` AS `_cutoff5`,
            `t55`.`profile_id` AS `_profile_id5`,
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
                `t22`.`cutoff`,
                `t22`.`profile_id`,
                `t22`.`kind`,
                `t22`.`hour`,
                `t22`.`n`,
                `t22`.`weight`,
                `t22`.`k`,
                `t22`.`share`,
                `t25`.`lo`,
                `t25`.`hi`
              FROM `cached_13` AS `t22`
              INNER JOIN `memtable_14` AS `t25`
                ON `t22`.`cutoff` = `t25`.`cutoff`
                AND `t22`.`kind` = `t25`.`kind`
                AND `t22`.`hour` = `t25`.`hour`
                AND `t22`.`k` = `t25`.`k`
                AND `t22`.`n` = `t25`.`n`
            ) AS `t48`
            GROUP BY
              1,
              2
          ) AS `t55`
        ) AS `t66`
          ON `t20`.`cutoff` = `t66`.`_cutoff5` AND `t20`.`profile_id` = `t66`.`_profile_id5`
        LEFT OUTER JOIN (
          SELECT
            `t87`.`cutoff` AS `_cutoff6`,
            `t87`.`profile_id` AS `_profile_id6`,
            `t87`.`top_topic`,
            `t87`.`top_format`,
            `t87`.`top_offer_type`
          FROM (
            SELECT
              `t85`.`cutoff`,
              `t85`.`profile_id`,
              MAX(IF(`t85`.`about` = 'topic', `t85`.`value`, NULL)) AS `top_topic`,
              MAX(IF(`t85`.`about` = 'format', `t85`.`value`, NULL)) AS `top_format`,
              MAX(IF(`t85`.`about` = 'offer_type', `t85`.`value`, NULL)) AS `top_offer_type`
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
                      `t29`.`cutoff`,
                      `t29`.`profile_id`,
                      `t29`.`about`,
                      `t29`.`value`,
                      CAST(`t29`.`n` AS BIGINT) AS `n`,
                      CAST(`t29`.`answered` AS BIGINT) AS `answered`,
                      `t29`.`answered` - `t29`.`beyond` AS `expected`,
                      `t29`.`beyond` / `t29`.`chance` AS `lift_observed`,
                      `t29`.`beyond` * (
                        `t59`.`spread` / (
                          (
                            `t59`.`spread` * `t29`.`chance`
                          ) + 1
                        )
                      ) AS `lift`,
                      (
                        `t29`.`beyond` * (
                          `t59`.`spread` / (
                            (
                              `t59`.`spread` * `t29`.`chance`
                            ) + 1
                          )
                        )
                      ) - (
                        SQRT(`t59`.`spread` / (
                          (
                            `t59`.`spread` * `t29`.`chance`
                          ) + 1
                        )) * 1.2815515655446004
                      ) AS `lift_lo`,
                      (
                        `t29`.`beyond` * (
                          `t59`.`spread` / (
                            (
                              `t59`.`spread` * `t29`.`chance`
                            ) + 1
                          )
                        )
                      ) + (
                        SQRT(`t59`.`spread` / (
                          (
                            `t59`.`spread` * `t29`.`chance`
                          ) + 1
                        )) * 1.2815515655446004
                      ) AS `lift_hi`,
                      (
                        `t59`.`spread` * `t29`.`chance`
                      ) / (
                        (
                          `t59`.`spread` * `t29`.`chance`
                        ) + 1
                      ) AS `confidence`
                    FROM `cached_15` AS `t29`
                    INNER JOIN (
                      SELECT
                        `t49`.`cutoff`,
                        `t49`.`about`,
                        GREATEST(`t49`.`square` / `t49`.`weight`, 0.0) AS `spread`
                      FROM (
                        SELECT
                          `t17`.`cutoff`,
                          `t17`.`about`,
                          SUM(`t17`.`beyond` * `t17`.`beyond`) - SUM(`t17`.`chance`) AS `square`,
                          SUM(`t17`.`chance` * `t17`.`chance`) AS `weight`
                        FROM `cached_15` AS `t17`
                        GROUP BY
                          1,
                          2
                      ) AS `t49`
                    ) AS `t59`
                      ON `t29`.`cutoff` = `t59`.`cutoff` AND `t29`.`about` = `t59`.`about`
                  ) AS `t73`
                  WHERE
                    `t73`.`lift_lo` > 0
                ) AS `t79`
              ) AS `t82`
              WHERE
                `t82`.`place` = 0
            ) AS `t85`
            GROUP BY
              1,
              2
          ) AS `t87`
        ) AS `t90`
          ON `t20`.`cutoff` = `t90`.`_cutoff6` AND `t20`.`profile_id` = `t90`.`_profile_id6`
      ) AS `t93`
    ) AS `t95`
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
    ) AS `t43`
      ON `t95`.`cutoff` = `t43`.`_cutoff`
    LEFT OUTER JOIN `memtable_16` AS `t18`
      ON `t95`.`gaps` = `t18`.`_gaps`
    LEFT OUTER JOIN `memtable_17` AS `t19`
      ON IF(`t95`.`ordered` > 500, 500.0, `t95`.`ordered`) = `t19`.`_ordered`
      AND IF(
        CAST(FLOOR((
          `t95`.`T_days`
        ) / (
          365
        )) AS BIGINT) > 10,
        10,
        CAST(FLOOR((
          `t95`.`T_days`
        ) / (
          365
        )) AS BIGINT)
      ) = `t19`.`_years`
  ) AS `t96`
) AS `t97`
