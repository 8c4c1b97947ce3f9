SELECT
  `t47`.`cutoff`,
  `t47`.`profile_id`,
  `t47`.`first_at` AS `first_seen_at`,
  `t47`.`last_at` AS `last_seen_at`,
  CAST(FLOOR(
    (
      UNIX_TIMESTAMP(CAST(CAST(`t47`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
    ) / (
      86400
    )
  ) AS BIGINT) - `t47`.`first_day` AS `tenure_days`,
  `t47`.`n_identifiers`,
  `t47`.`n_devices`,
  CAST(`t47`.`on_web` > 0 AS BIGINT) + 0 + CAST(`t47`.`on_app` > 0 AS BIGINT) + CAST(`t47`.`on_email` > 0 AS BIGINT) + CAST(`t47`.`on_sms` > 0 AS BIGINT) + CAST(`t47`.`on_push` > 0 AS BIGINT) + CAST(`t47`.`on_support` > 0 AS BIGINT) + CAST(`t47`.`on_pos` > 0 AS BIGINT) + CAST(`t47`.`on_social` > 0 AS BIGINT) + CAST(`t47`.`on_ads` > 0 AS BIGINT) + CAST(`t47`.`on_iot` > 0 AS BIGINT) AS `n_channels_active`,
  `t47`.`identity_confidence`,
  CAST(`t47`.`orders` AS BIGINT) AS `orders_count`,
  CAST(`t47`.`gaps` AS BIGINT) AS `repeat_frequency`,
  CAST(FLOOR(
    (
      UNIX_TIMESTAMP(CAST(CAST(`t47`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
    ) / (
      86400
    )
  ) AS BIGINT) - `t47`.`last_order` AS `days_since_last_order`,
  `t47`.`order_span` AS `recency_btyd_days`,
  `t47`.`T_days`,
  CAST(`t47`.`revenue` AS DOUBLE) AS `revenue_total`,
  `t47`.`aov`,
  `t47`.`aov_observed`,
  `t47`.`aov_n`,
  `t47`.`aov_lo`,
  `t47`.`aov_hi`,
  `t47`.`aov_confidence`,
  CAST(`t47`.`later_revenue` AS DOUBLE) / NULLIF(CAST(`t47`.`gaps` AS BIGINT), 0) AS `monetary_repeat`,
  `t47`.`mean_gap_days`,
  `t47`.`mean_gap_days_observed`,
  `t47`.`mean_gap_days_n`,
  `t47`.`mean_gap_days_lo`,
  `t47`.`mean_gap_days_hi`,
  `t47`.`mean_gap_days_confidence`,
  SQRT(
    IF(
      (
        (
          `t47`.`gap_squares` - (
            `t47`.`order_span` * (
              `t47`.`order_span` / NULLIF(CAST(`t47`.`gaps` AS BIGINT), 0)
            )
          )
        ) / NULLIF(CAST(`t47`.`gaps` AS BIGINT) - 1, 0)
      ) < 0,
      0.0,
      (
        `t47`.`gap_squares` - (
          `t47`.`order_span` * (
            `t47`.`order_span` / NULLIF(CAST(`t47`.`gaps` AS BIGINT), 0)
          )
        )
      ) / NULLIF(CAST(`t47`.`gaps` AS BIGINT) - 1, 0)
    )
  ) / (
    `t47`.`order_span` / NULLIF(CAST(`t47`.`gaps` AS BIGINT), 0)
  ) AS `gap_cv`,
  CAST(CAST(`t47`.`cutoff` AS TIMESTAMP) + CAST(CONCAT(
    CAST(ROUND(`t47`.`order_span` / NULLIF(CAST(`t47`.`gaps` AS BIGINT), 0), 0) AS BIGINT) - (
      CAST(FLOOR(
        (
          UNIX_TIMESTAMP(CAST(CAST(`t47`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
        ) / (
          86400
        )
      ) AS BIGINT) - `t47`.`last_order`
    ),
    ' days'
  ) AS INTERVAL) AS DATE) AS `expected_next_order_at`,
  CAST(CAST(`t47`.`cutoff` AS TIMESTAMP) + CAST(CONCAT(
    CAST(ROUND(
      IF(
        (
          (
            `t47`.`order_span` / NULLIF(`t47`.`gaps`, 0)
          ) - (
            SQRT(
              IF(
                (
                  (
                    `t47`.`gap_squares` - (
                      `t47`.`order_span` * (
                        `t47`.`order_span` / NULLIF(`t47`.`gaps`, 0)
                      )
                    )
                  ) / NULLIF(`t47`.`gaps` - 1, 0)
                ) < 0,
                0.0,
                (
                  `t47`.`gap_squares` - (
                    `t47`.`order_span` * (
                      `t47`.`order_span` / NULLIF(`t47`.`gaps`, 0)
                    )
                  )
                ) / NULLIF(`t47`.`gaps` - 1, 0)
              )
            ) * `t47`.`spread_allowed`
          )
        ) < 1.0,
        1.0,
        (
          `t47`.`order_span` / NULLIF(`t47`.`gaps`, 0)
        ) - (
          SQRT(
            IF(
              (
                (
                  `t47`.`gap_squares` - (
                    `t47`.`order_span` * (
                      `t47`.`order_span` / NULLIF(`t47`.`gaps`, 0)
                    )
                  )
                ) / NULLIF(`t47`.`gaps` - 1, 0)
              ) < 0,
              0.0,
              (
                `t47`.`gap_squares` - (
                  `t47`.`order_span` * (
                    `t47`.`order_span` / NULLIF(`t47`.`gaps`, 0)
                  )
                )
              ) / NULLIF(`t47`.`gaps` - 1, 0)
            )
          ) * `t47`.`spread_allowed`
        )
      ),
      0
    ) AS BIGINT) - (
      CAST(FLOOR(
        (
          UNIX_TIMESTAMP(CAST(CAST(`t47`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
        ) / (
          86400
        )
      ) AS BIGINT) - `t47`.`last_order`
    ),
    ' days'
  ) AS INTERVAL) AS DATE) AS `expected_next_order_lo`,
  CAST(CAST(`t47`.`cutoff` AS TIMESTAMP) + CAST(CONCAT(
    CAST(ROUND(
      (
        `t47`.`order_span` / NULLIF(`t47`.`gaps`, 0)
      ) + (
        SQRT(
          IF(
            (
              (
                `t47`.`gap_squares` - (
                  `t47`.`order_span` * (
                    `t47`.`order_span` / NULLIF(`t47`.`gaps`, 0)
                  )
                )
              ) / NULLIF(`t47`.`gaps` - 1, 0)
            ) < 0,
            0.0,
            (
              `t47`.`gap_squares` - (
                `t47`.`order_span` * (
                  `t47`.`order_span` / NULLIF(`t47`.`gaps`, 0)
                )
              )
            ) / NULLIF(`t47`.`gaps` - 1, 0)
          )
        ) * `t47`.`spread_allowed`
      ),
      0
    ) AS BIGINT) - (
      CAST(FLOOR(
        (
          UNIX_TIMESTAMP(CAST(CAST(`t47`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
        ) / (
          86400
        )
      ) AS BIGINT) - `t47`.`last_order`
    ),
    ' days'
  ) AS INTERVAL) AS DATE) AS `expected_next_order_hi`,
  -(
    CAST(ROUND(`t47`.`order_span` / NULLIF(CAST(`t47`.`gaps` AS BIGINT), 0), 0) AS BIGINT) - (
      CAST(FLOOR(
        (
          UNIX_TIMESTAMP(CAST(CAST(`t47`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
        ) / (
          86400
        )
      ) AS BIGINT) - `t47`.`last_order`
    )
  ) AS `overdue_days`,
  CAST(IF(
    COALESCE(
      GREATEST(
        `t47`.`month_1`,
        `t47`.`month_2`,
        `t47`.`month_3`,
        `t47`.`month_4`,
        `t47`.`month_5`,
        `t47`.`month_6`,
        `t47`.`month_7`,
        `t47`.`month_8`,
        `t47`.`month_9`,
        `t47`.`month_10`,
        `t47`.`month_11`,
        `t47`.`month_12`
      ) > `t47`.`peak_allowed`,
      FALSE
    ),
    CASE
      WHEN `t47`.`month_1` = GREATEST(
        `t47`.`month_1`,
        `t47`.`month_2`,
        `t47`.`month_3`,
        `t47`.`month_4`,
        `t47`.`month_5`,
        `t47`.`month_6`,
        `t47`.`month_7`,
        `t47`.`month_8`,
        `t47`.`month_9`,
        `t47`.`month_10`,
        `t47`.`month_11`,
        `t47`.`month_12`
      )
      THEN 1
      WHEN `t47`.`month_2` = GREATEST(
        `t47`.`month_1`,
        `t47`.`month_2`,
        `t47`.`month_3`,
        `t47`.`month_4`,
        `t47`.`month_5`,
        `t47`.`month_6`,
        `t47`.`month_7`,
        `t47`.`month_8`,
        `t47`.`month_9`,
        `t47`.`month_10`,
        `t47`.`month_11`,
        `t47`.`month_12`
      )
      THEN 2
      WHEN `t47`.`month_3` = GREATEST(
        `t47`.`month_1`,
        `t47`.`month_2`,
        `t47`.`month_3`,
        `t47`.`month_4`,
        `t47`.`month_5`,
        `t47`.`month_6`,
        `t47`.`month_7`,
        `t47`.`month_8`,
        `t47`.`month_9`,
        `t47`.`month_10`,
        `t47`.`month_11`,
        `t47`.`month_12`
      )
      THEN 3
      WHEN `t47`.`month_4` = GREATEST(
        `t47`.`month_1`,
        `t47`.`month_2`,
        `t47`.`month_3`,
        `t47`.`month_4`,
        `t47`.`month_5`,
        `t47`.`month_6`,
        `t47`.`month_7`,
        `t47`.`month_8`,
        `t47`.`month_9`,
        `t47`.`month_10`,
        `t47`.`month_11`,
        `t47`.`month_12`
      )
      THEN 4
      WHEN `t47`.`month_5` = GREATEST(
        `t47`.`month_1`,
        `t47`.`month_2`,
        `t47`.`month_3`,
        `t47`.`month_4`,
        `t47`.`month_5`,
        `t47`.`month_6`,
        `t47`.`month_7`,
        `t47`.`month_8`,
        `t47`.`month_9`,
        `t47`.`month_10`,
        `t47`.`month_11`,
        `t47`.`month_12`
      )
      THEN 5
      WHEN `t47`.`month_6` = GREATEST(
        `t47`.`month_1`,
        `t47`.`month_2`,
        `t47`.`month_3`,
        `t47`.`month_4`,
        `t47`.`month_5`,
        `t47`.`month_6`,
        `t47`.`month_7`,
        `t47`.`month_8`,
        `t47`.`month_9`,
        `t47`.`month_10`,
        `t47`.`month_11`,
        `t47`.`month_12`
      )
      THEN 6
      WHEN `t47`.`month_7` = GREATEST(
        `t47`.`month_1`,
        `t47`.`month_2`,
        `t47`.`month_3`,
        `t47`.`month_4`,
        `t47`.`month_5`,
        `t47`.`month_6`,
        `t47`.`month_7`,
        `t47`.`month_8`,
        `t47`.`month_9`,
        `t47`.`month_10`,
        `t47`.`month_11`,
        `t47`.`month_12`
      )
      THEN 7
      WHEN `t47`.`month_8` = GREATEST(
        `t47`.`month_1`,
        `t47`.`month_2`,
        `t47`.`month_3`,
        `t47`.`month_4`,
        `t47`.`month_5`,
        `t47`.`month_6`,
        `t47`.`month_7`,
        `t47`.`month_8`,
        `t47`.`month_9`,
        `t47`.`month_10`,
        `t47`.`month_11`,
        `t47`.`month_12`
      )
      THEN 8
      WHEN `t47`.`month_9` = GREATEST(
        `t47`.`month_1`,
        `t47`.`month_2`,
        `t47`.`month_3`,
        `t47`.`month_4`,
        `t47`.`month_5`,
        `t47`.`month_6`,
        `t47`.`month_7`,
        `t47`.`month_8`,
        `t47`.`month_9`,
        `t47`.`month_10`,
        `t47`.`month_11`,
        `t47`.`month_12`
      )
      THEN 9
      WHEN `t47`.`month_10` = GREATEST(
        `t47`.`month_1`,
        `t47`.`month_2`,
        `t47`.`month_3`,
        `t47`.`month_4`,
        `t47`.`month_5`,
        `t47`.`month_6`,
        `t47`.`month_7`,
        `t47`.`month_8`,
        `t47`.`month_9`,
        `t47`.`month_10`,
        `t47`.`month_11`,
        `t47`.`month_12`
      )
      THEN 10
      WHEN `t47`.`month_11` = GREATEST(
        `t47`.`month_1`,
        `t47`.`month_2`,
        `t47`.`month_3`,
        `t47`.`month_4`,
        `t47`.`month_5`,
        `t47`.`month_6`,
        `t47`.`month_7`,
        `t47`.`month_8`,
        `t47`.`month_9`,
        `t47`.`month_10`,
        `t47`.`month_11`,
        `t47`.`month_12`
      )
      THEN 11
      WHEN `t47`.`month_12` = GREATEST(
        `t47`.`month_1`,
        `t47`.`month_2`,
        `t47`.`month_3`,
        `t47`.`month_4`,
        `t47`.`month_5`,
        `t47`.`month_6`,
        `t47`.`month_7`,
        `t47`.`month_8`,
        `t47`.`month_9`,
        `t47`.`month_10`,
        `t47`.`month_11`,
        `t47`.`month_12`
      )
      THEN 12
      ELSE NULL
    END,
    NULL
  ) AS BIGINT) AS `season_peak_month`,
  CAST(COALESCE(`t47`.`orders_30d`, 0) AS BIGINT) AS `orders_30d`,
  CAST(COALESCE(`t47`.`orders_90d`, 0) AS BIGINT) AS `orders_90d`,
  COALESCE(CAST(`t47`.`revenue_90d` AS DOUBLE), 0.0) AS `revenue_90d`,
  `t47`.`discounted_order_share`,
  `t47`.`discounted_order_share_observed`,
  `t47`.`discounted_order_share_n`,
  `t47`.`discounted_order_share_lo`,
  `t47`.`discounted_order_share_hi`,
  `t47`.`discounted_order_share_confidence`,
  CAST(`t47`.`discounts` AS DOUBLE) / NULLIF(CAST(`t47`.`discounts` AS DOUBLE) + CAST(`t47`.`discounted_revenue` AS DOUBLE), 0) AS `mean_discount_depth`,
  IF(
    (
      `t47`.`discounted_order_share` > 0
    )
    AND (
      `t47`.`discounted_order_share` < 1
    ),
    LN(`t47`.`discounted_order_share` / (
      1 - `t47`.`discounted_order_share`
    )),
    NULL
  ) - IF(
    (
      (
        `t47`.`all_discounted` / NULLIF(`t47`.`all_ordered`, 0)
      ) > 0
    )
    AND (
      (
        `t47`.`all_discounted` / NULLIF(`t47`.`all_ordered`, 0)
      ) < 1
    ),
    LN(
      (
        `t47`.`all_discounted` / NULLIF(`t47`.`all_ordered`, 0)
      ) / (
        1 - (
          `t47`.`all_discounted` / NULLIF(`t47`.`all_ordered`, 0)
        )
      )
    ),
    NULL
  ) AS `price_sensitivity`,
  IF(
    (
      `t47`.`discounted_order_share_observed` > 0
    )
    AND (
      `t47`.`discounted_order_share_observed` < 1
    ),
    LN(
      `t47`.`discounted_order_share_observed` / (
        1 - `t47`.`discounted_order_share_observed`
      )
    ),
    NULL
  ) - IF(
    (
      (
        `t47`.`all_discounted` / NULLIF(`t47`.`all_ordered`, 0)
      ) > 0
    )
    AND (
      (
        `t47`.`all_discounted` / NULLIF(`t47`.`all_ordered`, 0)
      ) < 1
    ),
    LN(
      (
        `t47`.`all_discounted` / NULLIF(`t47`.`all_ordered`, 0)
      ) / (
        1 - (
          `t47`.`all_discounted` / NULLIF(`t47`.`all_ordered`, 0)
        )
      )
    ),
    NULL
  ) AS `price_sensitivity_observed`,
  `t47`.`discounted_order_share_n` AS `price_sensitivity_n`,
  IF(
    (
      `t47`.`discounted_order_share_lo` > 0
    )
    AND (
      `t47`.`discounted_order_share_lo` < 1
    ),
    LN(`t47`.`discounted_order_share_lo` / (
      1 - `t47`.`discounted_order_share_lo`
    )),
    NULL
  ) - IF(
    (
      (
        `t47`.`all_discounted` / NULLIF(`t47`.`all_ordered`, 0)
      ) > 0
    )
    AND (
      (
        `t47`.`all_discounted` / NULLIF(`t47`.`all_ordered`, 0)
      ) < 1
    ),
    LN(
      (
        `t47`.`all_discounted` / NULLIF(`t47`.`all_ordered`, 0)
      ) / (
        1 - (
          `t47`.`all_discounted` / NULLIF(`t47`.`all_ordered`, 0)
        )
      )
    ),
    NULL
  ) AS `price_sensitivity_lo`,
  IF(
    (
      `t47`.`discounted_order_share_hi` > 0
    )
    AND (
      `t47`.`discounted_order_share_hi` < 1
    ),
    LN(`t47`.`discounted_order_share_hi` / (
      1 - `t47`.`discounted_order_share_hi`
    )),
    NULL
  ) - IF(
    (
      (
        `t47`.`all_discounted` / NULLIF(`t47`.`all_ordered`, 0)
      ) > 0
    )
    AND (
      (
        `t47`.`all_discounted` / NULLIF(`t47`.`all_ordered`, 0)
      ) < 1
    ),
    LN(
      (
        `t47`.`all_discounted` / NULLIF(`t47`.`all_ordered`, 0)
      ) / (
        1 - (
          `t47`.`all_discounted` / NULLIF(`t47`.`all_ordered`, 0)
        )
      )
    ),
    NULL
  ) AS `price_sensitivity_hi`,
  `t47`.`discounted_order_share_confidence` AS `price_sensitivity_confidence`,
  `t47`.`refund_rate`,
  `t47`.`refund_rate_observed`,
  `t47`.`refund_rate_n`,
  `t47`.`refund_rate_lo`,
  `t47`.`refund_rate_hi`,
  `t47`.`refund_rate_confidence`,
  CAST(NULL AS BIGINT) AS `sessions_30d`,
  CAST(COALESCE(`t47`.`active_days_30d`, 0) AS BIGINT) AS `active_days_30d`,
  `t47`.`engagement_score`,
  `t47`.`acts_30d` / NULLIF(`t47`.`acts_before`, 0) AS `engagement_ratio_30d`,
  COALESCE(`t47`.`slope` / 42.0, 0.0) AS `engagement_velocity`,
  CAST(NULL AS BIGINT) AS `product_views_7d`,
  CAST(NULL AS DOUBLE) AS `searches_per_session`,
  `t47`.`mondays` / NULLIF(`t47`.`active_days`, 0) AS `monday_share`,
  `t47`.`tuesdays` / NULLIF(`t47`.`active_days`, 0) AS `tuesday_share`,
  `t47`.`wednesdays` / NULLIF(`t47`.`active_days`, 0) AS `wednesday_share`,
  `t47`.`thursdays` / NULLIF(`t47`.`active_days`, 0) AS `thursday_share`,
  `t47`.`fridays` / NULLIF(`t47`.`active_days`, 0) AS `friday_share`,
  `t47`.`saturdays` / NULLIF(`t47`.`active_days`, 0) AS `saturday_share`,
  `t47`.`sundays` / NULLIF(`t47`.`active_days`, 0) AS `sunday_share`,
  `t47`.`weekend_share`,
  `t47`.`weekend_share_observed`,
  `t47`.`weekend_share_n`,
  `t47`.`weekend_share_lo`,
  `t47`.`weekend_share_hi`,
  `t47`.`weekend_share_confidence`,
  CAST(IF(
    COALESCE(
      (
        `t47`.`active_days` >= 14
      )
      AND (
        (
          IF(
            (
              (
                `t47`.`active_days` * `t47`.`all_mondays`
              ) / `t47`.`all_active_days`
            ) > 0,
            (
              (
                `t47`.`mondays` - (
                  (
                    `t47`.`active_days` * `t47`.`all_mondays`
                  ) / `t47`.`all_active_days`
                )
              ) * (
                `t47`.`mondays` - (
                  (
                    `t47`.`active_days` * `t47`.`all_mondays`
                  ) / `t47`.`all_active_days`
                )
              )
            ) / (
              (
                `t47`.`active_days` * `t47`.`all_mondays`
              ) / `t47`.`all_active_days`
            ),
            0
          ) + 0 + IF(
            (
              (
                `t47`.`active_days` * `t47`.`all_tuesdays`
              ) / `t47`.`all_active_days`
            ) > 0,
            (
              (
                `t47`.`tuesdays` - (
                  (
                    `t47`.`active_days` * `t47`.`all_tuesdays`
                  ) / `t47`.`all_active_days`
                )
              ) * (
                `t47`.`tuesdays` - (
                  (
                    `t47`.`active_days` * `t47`.`all_tuesdays`
                  ) / `t47`.`all_active_days`
                )
              )
            ) / (
              (
                `t47`.`active_days` * `t47`.`all_tuesdays`
              ) / `t47`.`all_active_days`
            ),
            0
          ) + IF(
            (
              (
                `t47`.`active_days` * `t47`.`all_wednesdays`
              ) / `t47`.`all_active_days`
            ) > 0,
            (
              (
                `t47`.`wednesdays` - (
                  (
                    `t47`.`active_days` * `t47`.`all_wednesdays`
                  ) / `t47`.`all_active_days`
                )
              ) * (
                `t47`.`wednesdays` - (
                  (
                    `t47`.`active_days` * `t47`.`all_wednesdays`
                  ) / `t47`.`all_active_days`
                )
              )
            ) / (
              (
                `t47`.`active_days` * `t47`.`all_wednesdays`
              ) / `t47`.`all_active_days`
            ),
            0
          ) + IF(
            (
              (
                `t47`.`active_days` * `t47`.`all_thursdays`
              ) / `t47`.`all_active_days`
            ) > 0,
            (
              (
                `t47`.`thursdays` - (
                  (
                    `t47`.`active_days` * `t47`.`all_thursdays`
                  ) / `t47`.`all_active_days`
                )
              ) * (
                `t47`.`thursdays` - (
                  (
                    `t47`.`active_days` * `t47`.`all_thursdays`
                  ) / `t47`.`all_active_days`
                )
              )
            ) / (
              (
                `t47`.`active_days` * `t47`.`all_thursdays`
              ) / `t47`.`all_active_days`
            ),
            0
          ) + IF(
            (
              (
                `t47`.`active_days` * `t47`.`all_fridays`
              ) / `t47`.`all_active_days`
            ) > 0,
            (
              (
                `t47`.`fridays` - (
                  (
                    `t47`.`active_days` * `t47`.`all_fridays`
                  ) / `t47`.`all_active_days`
                )
              ) * (
                `t47`.`fridays` - (
                  (
                    `t47`.`active_days` * `t47`.`all_fridays`
                  ) / `t47`.`all_active_days`
                )
              )
            ) / (
              (
                `t47`.`active_days` * `t47`.`all_fridays`
              ) / `t47`.`all_active_days`
            ),
            0
          ) + IF(
            (
              (
                `t47`.`active_days` * `t47`.`all_saturdays`
              ) / `t47`.`all_active_days`
            ) > 0,
            (
              (
                `t47`.`saturdays` - (
                  (
                    `t47`.`active_days` * `t47`.`all_saturdays`
                  ) / `t47`.`all_active_days`
                )
              ) * (
                `t47`.`saturdays` - (
                  (
                    `t47`.`active_days` * `t47`.`all_saturdays`
                  ) / `t47`.`all_active_days`
                )
              )
            ) / (
              (
                `t47`.`active_days` * `t47`.`all_saturdays`
              ) / `t47`.`all_active_days`
            ),
            0
          ) + IF(
            (
              (
                `t47`.`active_days` * `t47`.`all_sundays`
              ) / `t47`.`all_active_days`
            ) > 0,
            (
              (
                `t47`.`sundays` - (
                  (
                    `t47`.`active_days` * `t47`.`all_sundays`
                  ) / `t47`.`all_active_days`
                )
              ) * (
                `t47`.`sundays` - (
                  (
                    `t47`.`active_days` * `t47`.`all_sundays`
                  ) / `t47`.`all_active_days`
                )
              )
            ) / (
              (
                `t47`.`active_days` * `t47`.`all_sundays`
              ) / `t47`.`all_active_days`
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
  `t47`.`visit_gap_median_d`,
  CAST(COALESCE(`t47`.`events_7d`, 0) AS BIGINT) AS `events_7d`,
  CAST(COALESCE(`t47`.`events_30d`, 0) AS BIGINT) AS `events_30d`,
  CAST(COALESCE(`t47`.`events_90d`, 0) AS BIGINT) AS `events_90d`,
  CAST(`t47`.`events` AS BIGINT) AS `events_total`,
  `t47`.`events_decayed`,
  CAST(COALESCE(`t47`.`purchase_events_7d`, 0) AS BIGINT) AS `purchase_events_7d`,
  CAST(COALESCE(`t47`.`purchase_events_30d`, 0) AS BIGINT) AS `purchase_events_30d`,
  CAST(COALESCE(`t47`.`purchase_events_90d`, 0) AS BIGINT) AS `purchase_events_90d`,
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
  CAST(`t47`.`purchase_events` AS BIGINT) AS `purchase_events_total`,
  CAST(NULL AS BIGINT) AS `engagement_events_total`,
  CAST(NULL AS BIGINT) AS `web_events_total`,
  CAST(NULL AS BIGINT) AS `support_events_total`,
  CAST(NULL AS BIGINT) AS `other_events_total`,
  `t47`.`purchase_events_decayed`,
  CAST(NULL AS DOUBLE) AS `engagement_events_decayed`,
  CAST(NULL AS DOUBLE) AS `web_events_decayed`,
  CAST(NULL AS DOUBLE) AS `support_events_decayed`,
  CAST(NULL AS DOUBLE) AS `other_events_decayed`,
  CAST(FLOOR(
    (
      UNIX_TIMESTAMP(CAST(CAST(`t47`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
    ) / (
      86400
    )
  ) AS BIGINT) - `t47`.`purchase_events_last` AS `days_since_purchase`,
  CAST(FLOOR(
    (
      UNIX_TIMESTAMP(CAST(CAST(`t47`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
    ) / (
      86400
    )
  ) AS BIGINT) - `t47`.`engagement_events_last` AS `days_since_engagement`,
  CAST(FLOOR(
    (
      UNIX_TIMESTAMP(CAST(CAST(`t47`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
    ) / (
      86400
    )
  ) AS BIGINT) - `t47`.`web_events_last` AS `days_since_web`,
  CAST(FLOOR(
    (
      UNIX_TIMESTAMP(CAST(CAST(`t47`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
    ) / (
      86400
    )
  ) AS BIGINT) - `t47`.`support_events_last` AS `days_since_support`,
  CAST(FLOOR(
    (
      UNIX_TIMESTAMP(CAST(CAST(`t47`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
    ) / (
      86400
    )
  ) AS BIGINT) - `t47`.`other_events_last` AS `days_since_other`,
  CAST(COALESCE(`t47`.`on_web_7d`, 0) AS BIGINT) AS `on_web_7d`,
  CAST(COALESCE(`t47`.`on_web_30d`, 0) AS BIGINT) AS `on_web_30d`,
  CAST(COALESCE(`t47`.`on_web_90d`, 0) AS BIGINT) AS `on_web_90d`,
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
  CAST(`t47`.`on_web` AS BIGINT) AS `on_web_total`,
  CAST(NULL AS BIGINT) AS `on_app_total`,
  CAST(NULL AS BIGINT) AS `on_email_total`,
  CAST(NULL AS BIGINT) AS `on_sms_total`,
  CAST(NULL AS BIGINT) AS `on_push_total`,
  CAST(NULL AS BIGINT) AS `on_support_total`,
  CAST(NULL AS BIGINT) AS `on_pos_total`,
  CAST(NULL AS BIGINT) AS `on_social_total`,
  CAST(NULL AS BIGINT) AS `on_ads_total`,
  CAST(NULL AS BIGINT) AS `on_iot_total`
FROM (
  SELECT
    `t46`.`cutoff`,
    `t46`.`profile_id`,
    `t46`.`events`,
    `t46`.`acts`,
    `t46`.`purchase_events`,
    `t46`.`engagement_events`,
    `t46`.`web_events`,
    `t46`.`support_events`,
    `t46`.`other_events`,
    `t46`.`on_web`,
    `t46`.`on_app`,
    `t46`.`on_email`,
    `t46`.`on_sms`,
    `t46`.`on_push`,
    `t46`.`on_support`,
    `t46`.`on_pos`,
    `t46`.`on_social`,
    `t46`.`on_ads`,
    `t46`.`on_iot`,
    `t46`.`product_views`,
    `t46`.`searches`,
    `t46`.`cart_adds`,
    `t46`.`sessions`,
    `t46`.`orders`,
    `t46`.`discounted_orders`,
    `t46`.`refunded_orders`,
    `t46`.`events_decayed`,
    `t46`.`purchase_events_decayed`,
    `t46`.`engagement_events_decayed`,
    `t46`.`web_events_decayed`,
    `t46`.`support_events_decayed`,
    `t46`.`other_events_decayed`,
    `t46`.`purchase_events_last`,
    `t46`.`engagement_events_last`,
    `t46`.`web_events_last`,
    `t46`.`support_events_last`,
    `t46`.`other_events_last`,
    `t46`.`mondays`,
    `t46`.`tuesdays`,
    `t46`.`wednesdays`,
    `t46`.`thursdays`,
    `t46`.`fridays`,
    `t46`.`saturdays`,
    `t46`.`sundays`,
    `t46`.`active_days`,
    `t46`.`weekend_days`,
    `t46`.`engagement_score`,
    `t46`.`first_at`,
    `t46`.`last_at`,
    `t46`.`first_day`,
    `t46`.`revenue`,
    `t46`.`gaps`,
    `t46`.`ordered`,
    `t46`.`order_revenue`,
    `t46`.`later_revenue`,
    `t46`.`gap_squares`,
    `t46`.`month_1`,
    `t46`.`month_2`,
    `t46`.`month_3`,
    `t46`.`month_4`,
    `t46`.`month_5`,
    `t46`.`month_6`,
    `t46`.`month_7`,
    `t46`.`month_8`,
    `t46`.`month_9`,
    `t46`.`month_10`,
    `t46`.`month_11`,
    `t46`.`month_12`,
    `t46`.`first_order`,
    `t46`.`last_order`,
    `t46`.`discounted`,
    `t46`.`discounts`,
    `t46`.`discounted_revenue`,
    `t46`.`T_days`,
    `t46`.`order_span`,
    `t46`.`n_identifiers`,
    `t46`.`n_devices`,
    `t46`.`identity_confidence`,
    `t46`.`aov`,
    `t46`.`aov_observed`,
    `t46`.`aov_n`,
    `t46`.`aov_lo`,
    `t46`.`aov_hi`,
    `t46`.`aov_confidence`,
    `t46`.`mean_gap_days`,
    `t46`.`mean_gap_days_observed`,
    `t46`.`mean_gap_days_n`,
    `t46`.`mean_gap_days_lo`,
    `t46`.`mean_gap_days_hi`,
    `t46`.`mean_gap_days_confidence`,
    `t46`.`discounted_order_share`,
    `t46`.`discounted_order_share_observed`,
    `t46`.`discounted_order_share_n`,
    `t46`.`discounted_order_share_lo`,
    `t46`.`discounted_order_share_hi`,
    `t46`.`discounted_order_share_confidence`,
    `t46`.`refund_rate`,
    `t46`.`refund_rate_observed`,
    `t46`.`refund_rate_n`,
    `t46`.`refund_rate_lo`,
    `t46`.`refund_rate_hi`,
    `t46`.`refund_rate_confidence`,
    `t46`.`weekend_share`,
    `t46`.`weekend_share_observed`,
    `t46`.`weekend_share_n`,
    `t46`.`weekend_share_lo`,
    `t46`.`weekend_share_hi`,
    `t46`.`weekend_share_confidence`,
    `t46`.`events_7d`,
    `t46`.`events_30d`,
    `t46`.`events_90d`,
    `t46`.`purchase_events_7d`,
    `t46`.`purchase_events_30d`,
    `t46`.`purchase_events_90d`,
    `t46`.`engagement_events_7d`,
    `t46`.`engagement_events_30d`,
    `t46`.`engagement_events_90d`,
    `t46`.`web_events_7d`,
    `t46`.`web_events_30d`,
    `t46`.`web_events_90d`,
    `t46`.`support_events_7d`,
    `t46`.`support_events_30d`,
    `t46`.`support_events_90d`,
    `t46`.`other_events_7d`,
    `t46`.`other_events_30d`,
    `t46`.`other_events_90d`,
    `t46`.`on_web_7d`,
    `t46`.`on_web_30d`,
    `t46`.`on_web_90d`,
    `t46`.`on_app_7d`,
    `t46`.`on_app_30d`,
    `t46`.`on_app_90d`,
    `t46`.`on_email_7d`,
    `t46`.`on_email_30d`,
    `t46`.`on_email_90d`,
    `t46`.`on_sms_7d`,
    `t46`.`on_sms_30d`,
    `t46`.`on_sms_90d`,
    `t46`.`on_push_7d`,
    `t46`.`on_push_30d`,
    `t46`.`on_push_90d`,
    `t46`.`on_support_7d`,
    `t46`.`on_support_30d`,
    `t46`.`on_support_90d`,
    `t46`.`on_pos_7d`,
    `t46`.`on_pos_30d`,
    `t46`.`on_pos_90d`,
    `t46`.`on_social_7d`,
    `t46`.`on_social_30d`,
    `t46`.`on_social_90d`,
    `t46`.`on_ads_7d`,
    `t46`.`on_ads_30d`,
    `t46`.`on_ads_90d`,
    `t46`.`on_iot_7d`,
    `t46`.`on_iot_30d`,
    `t46`.`on_iot_90d`,
    `t46`.`orders_30d`,
    `t46`.`orders_90d`,
    `t46`.`revenue_90d`,
    `t46`.`sessions_30d`,
    `t46`.`product_views_7d`,
    `t46`.`active_days_30d`,
    `t46`.`acts_30d`,
    `t46`.`acts_before`,
    `t46`.`slope`,
    `t46`.`visit_gap_median_d`,
    `t46`.`all_mondays`,
    `t46`.`all_tuesdays`,
    `t46`.`all_wednesdays`,
    `t46`.`all_thursdays`,
    `t46`.`all_fridays`,
    `t46`.`all_saturdays`,
    `t46`.`all_sundays`,
    `t46`.`all_active_days`,
    `t46`.`all_discounted`,
    `t46`.`all_ordered`,
    `t46`.`spread_allowed`,
    `t46`.`peak_allowed`
  FROM (
    SELECT
      `t45`.`cutoff`,
      `t45`.`profile_id`,
      `t45`.`events`,
      `t45`.`acts`,
      `t45`.`purchase_events`,
      `t45`.`engagement_events`,
      `t45`.`web_events`,
      `t45`.`support_events`,
      `t45`.`other_events`,
      `t45`.`on_web`,
      `t45`.`on_app`,
      `t45`.`on_email`,
      `t45`.`on_sms`,
      `t45`.`on_push`,
      `t45`.`on_support`,
      `t45`.`on_pos`,
      `t45`.`on_social`,
      `t45`.`on_ads`,
      `t45`.`on_iot`,
      `t45`.`product_views`,
      `t45`.`searches`,
      `t45`.`cart_adds`,
      `t45`.`sessions`,
      `t45`.`orders`,
      `t45`.`discounted_orders`,
      `t45`.`refunded_orders`,
      `t45`.`events_decayed`,
      `t45`.`purchase_events_decayed`,
      `t45`.`engagement_events_decayed`,
      `t45`.`web_events_decayed`,
      `t45`.`support_events_decayed`,
      `t45`.`other_events_decayed`,
      `t45`.`purchase_events_last`,
      `t45`.`engagement_events_last`,
      `t45`.`web_events_last`,
      `t45`.`support_events_last`,
      `t45`.`other_events_last`,
      `t45`.`mondays`,
      `t45`.`tuesdays`,
      `t45`.`wednesdays`,
      `t45`.`thursdays`,
      `t45`.`fridays`,
      `t45`.`saturdays`,
      `t45`.`sundays`,
      `t45`.`active_days`,
      `t45`.`weekend_days`,
      `t45`.`engagement_score`,
      `t45`.`first_at`,
      `t45`.`last_at`,
      `t45`.`first_day`,
      `t45`.`revenue`,
      `t45`.`gaps`,
      `t45`.`ordered`,
      `t45`.`order_revenue`,
      `t45`.`later_revenue`,
      `t45`.`gap_squares`,
      `t45`.`month_1`,
      `t45`.`month_2`,
      `t45`.`month_3`,
      `t45`.`month_4`,
      `t45`.`month_5`,
      `t45`.`month_6`,
      `t45`.`month_7`,
      `t45`.`month_8`,
      `t45`.`month_9`,
      `t45`.`month_10`,
      `t45`.`month_11`,
      `t45`.`month_12`,
      `t45`.`first_order`,
      `t45`.`last_order`,
      `t45`.`discounted`,
      `t45`.`discounts`,
      `t45`.`discounted_revenue`,
      `t45`.`T_days`,
      `t45`.`order_span`,
      `t45`.`n_identifiers`,
      `t45`.`n_devices`,
      `t45`.`identity_confidence`,
      `t45`.`aov`,
      `t45`.`aov_observed`,
      `t45`.`aov_n`,
      `t45`.`aov_lo`,
      `t45`.`aov_hi`,
      `t45`.`aov_confidence`,
      `t45`.`mean_gap_days`,
      `t45`.`mean_gap_days_observed`,
      `t45`.`mean_gap_days_n`,
      `t45`.`mean_gap_days_lo`,
      `t45`.`mean_gap_days_hi`,
      `t45`.`mean_gap_days_confidence`,
      `t45`.`discounted_order_share`,
      `t45`.`discounted_order_share_observed`,
      `t45`.`discounted_order_share_n`,
      `t45`.`discounted_order_share_lo`,
      `t45`.`discounted_order_share_hi`,
      `t45`.`discounted_order_share_confidence`,
      `t45`.`refund_rate`,
      `t45`.`refund_rate_observed`,
      `t45`.`refund_rate_n`,
      `t45`.`refund_rate_lo`,
      `t45`.`refund_rate_hi`,
      `t45`.`refund_rate_confidence`,
      `t45`.`weekend_share`,
      `t45`.`weekend_share_observed`,
      `t45`.`weekend_share_n`,
      `t45`.`weekend_share_lo`,
      `t45`.`weekend_share_hi`,
      `t45`.`weekend_share_confidence`,
      `t45`.`events_7d`,
      `t45`.`events_30d`,
      `t45`.`events_90d`,
      `t45`.`purchase_events_7d`,
      `t45`.`purchase_events_30d`,
      `t45`.`purchase_events_90d`,
      `t45`.`engagement_events_7d`,
      `t45`.`engagement_events_30d`,
      `t45`.`engagement_events_90d`,
      `t45`.`web_events_7d`,
      `t45`.`web_events_30d`,
      `t45`.`web_events_90d`,
      `t45`.`support_events_7d`,
      `t45`.`support_events_30d`,
      `t45`.`support_events_90d`,
      `t45`.`other_events_7d`,
      `t45`.`other_events_30d`,
      `t45`.`other_events_90d`,
      `t45`.`on_web_7d`,
      `t45`.`on_web_30d`,
      `t45`.`on_web_90d`,
      `t45`.`on_app_7d`,
      `t45`.`on_app_30d`,
      `t45`.`on_app_90d`,
      `t45`.`on_email_7d`,
      `t45`.`on_email_30d`,
      `t45`.`on_email_90d`,
      `t45`.`on_sms_7d`,
      `t45`.`on_sms_30d`,
      `t45`.`on_sms_90d`,
      `t45`.`on_push_7d`,
      `t45`.`on_push_30d`,
      `t45`.`on_push_90d`,
      `t45`.`on_support_7d`,
      `t45`.`on_support_30d`,
      `t45`.`on_support_90d`,
      `t45`.`on_pos_7d`,
      `t45`.`on_pos_30d`,
      `t45`.`on_pos_90d`,
      `t45`.`on_social_7d`,
      `t45`.`on_social_30d`,
      `t45`.`on_social_90d`,
      `t45`.`on_ads_7d`,
      `t45`.`on_ads_30d`,
      `t45`.`on_ads_90d`,
      `t45`.`on_iot_7d`,
      `t45`.`on_iot_30d`,
      `t45`.`on_iot_90d`,
      `t45`.`orders_30d`,
      `t45`.`orders_90d`,
      `t45`.`revenue_90d`,
      `t45`.`sessions_30d`,
      `t45`.`product_views_7d`,
      `t45`.`active_days_30d`,
      `t45`.`acts_30d`,
      `t45`.`acts_before`,
      `t45`.`slope`,
      `t45`.`visit_gap_median_d`,
      `t28`.`_cutoff`,
      `t28`.`all_mondays`,
      `t28`.`all_tuesdays`,
      `t28`.`all_wednesdays`,
      `t28`.`all_thursdays`,
      `t28`.`all_fridays`,
      `t28`.`all_saturdays`,
      `t28`.`all_sundays`,
      `t28`.`all_active_days`,
      `t28`.`all_discounted`,
      `t28`.`all_ordered`,
      `t11`.`_gaps`,
      `t11`.`spread_allowed`,
      `t12`.`_ordered`,
      `t12`.`_years`,
      `t12`.`peak_allowed`
    FROM (
      SELECT
        `t43`.`cutoff`,
        `t43`.`profile_id`,
        `t43`.`events`,
        `t43`.`acts`,
        `t43`.`purchase_events`,
        `t43`.`engagement_events`,
        `t43`.`web_events`,
        `t43`.`support_events`,
        `t43`.`other_events`,
        `t43`.`on_web`,
        `t43`.`on_app`,
        `t43`.`on_email`,
        `t43`.`on_sms`,
        `t43`.`on_push`,
        `t43`.`on_support`,
        `t43`.`on_pos`,
        `t43`.`on_social`,
        `t43`.`on_ads`,
        `t43`.`on_iot`,
        `t43`.`product_views`,
        `t43`.`searches`,
        `t43`.`cart_adds`,
        `t43`.`sessions`,
        `t43`.`orders`,
        `t43`.`discounted_orders`,
        `t43`.`refunded_orders`,
        `t43`.`events_decayed`,
        `t43`.`purchase_events_decayed`,
        `t43`.`engagement_events_decayed`,
        `t43`.`web_events_decayed`,
        `t43`.`support_events_decayed`,
        `t43`.`other_events_decayed`,
        `t43`.`purchase_events_last`,
        `t43`.`engagement_events_last`,
        `t43`.`web_events_last`,
        `t43`.`support_events_last`,
        `t43`.`other_events_last`,
        `t43`.`mondays`,
        `t43`.`tuesdays`,
        `t43`.`wednesdays`,
        `t43`.`thursdays`,
        `t43`.`fridays`,
        `t43`.`saturdays`,
        `t43`.`sundays`,
        `t43`.`active_days`,
        `t43`.`weekend_days`,
        `t43`.`engagement_score`,
        `t43`.`first_at`,
        `t43`.`last_at`,
        `t43`.`first_day`,
        `t43`.`revenue`,
        `t43`.`gaps`,
        `t43`.`ordered`,
        `t43`.`order_revenue`,
        `t43`.`later_revenue`,
        `t43`.`gap_squares`,
        `t43`.`month_1`,
        `t43`.`month_2`,
        `t43`.`month_3`,
        `t43`.`month_4`,
        `t43`.`month_5`,
        `t43`.`month_6`,
        `t43`.`month_7`,
        `t43`.`month_8`,
        `t43`.`month_9`,
        `t43`.`month_10`,
        `t43`.`month_11`,
        `t43`.`month_12`,
        `t43`.`first_order`,
        `t43`.`last_order`,
        `t43`.`discounted`,
        `t43`.`discounts`,
        `t43`.`discounted_revenue`,
        `t43`.`T_days`,
        `t43`.`order_span`,
        `t43`.`n_identifiers`,
        `t43`.`n_devices`,
        `t43`.`identity_confidence`,
        `t43`.`aov`,
        `t43`.`aov_observed`,
        `t43`.`aov_n`,
        `t43`.`aov_lo`,
        `t43`.`aov_hi`,
        `t43`.`aov_confidence`,
        `t43`.`mean_gap_days`,
        `t43`.`mean_gap_days_observed`,
        `t43`.`mean_gap_days_n`,
        `t43`.`mean_gap_days_lo`,
        `t43`.`mean_gap_days_hi`,
        `t43`.`mean_gap_days_confidence`,
        `t43`.`discounted_order_share`,
        `t43`.`discounted_order_share_observed`,
        `t43`.`discounted_order_share_n`,
        `t43`.`discounted_order_share_lo`,
        `t43`.`discounted_order_share_hi`,
        `t43`.`discounted_order_share_confidence`,
        `t43`.`refund_rate`,
        `t43`.`refund_rate_observed`,
        `t43`.`refund_rate_n`,
        `t43`.`refund_rate_lo`,
        `t43`.`refund_rate_hi`,
        `t43`.`refund_rate_confidence`,
        `t43`.`weekend_share`,
        `t43`.`weekend_share_observed`,
        `t43`.`weekend_share_n`,
        `t43`.`weekend_share_lo`,
        `t43`.`weekend_share_hi`,
        `t43`.`weekend_share_confidence`,
        `t43`.`events_7d`,
        `t43`.`events_30d`,
        `t43`.`events_90d`,
        `t43`.`purchase_events_7d`,
        `t43`.`purchase_events_30d`,
        `t43`.`purchase_events_90d`,
        `t43`.`engagement_events_7d`,
        `t43`.`engagement_events_30d`,
        `t43`.`engagement_events_90d`,
        `t43`.`web_events_7d`,
        `t43`.`web_events_30d`,
        `t43`.`web_events_90d`,
        `t43`.`support_events_7d`,
        `t43`.`support_events_30d`,
        `t43`.`support_events_90d`,
        `t43`.`other_events_7d`,
        `t43`.`other_events_30d`,
        `t43`.`other_events_90d`,
        `t43`.`on_web_7d`,
        `t43`.`on_web_30d`,
        `t43`.`on_web_90d`,
        `t43`.`on_app_7d`,
        `t43`.`on_app_30d`,
        `t43`.`on_app_90d`,
        `t43`.`on_email_7d`,
        `t43`.`on_email_30d`,
        `t43`.`on_email_90d`,
        `t43`.`on_sms_7d`,
        `t43`.`on_sms_30d`,
        `t43`.`on_sms_90d`,
        `t43`.`on_push_7d`,
        `t43`.`on_push_30d`,
        `t43`.`on_push_90d`,
        `t43`.`on_support_7d`,
        `t43`.`on_support_30d`,
        `t43`.`on_support_90d`,
        `t43`.`on_pos_7d`,
        `t43`.`on_pos_30d`,
        `t43`.`on_pos_90d`,
        `t43`.`on_social_7d`,
        `t43`.`on_social_30d`,
        `t43`.`on_social_90d`,
        `t43`.`on_ads_7d`,
        `t43`.`on_ads_30d`,
        `t43`.`on_ads_90d`,
        `t43`.`on_iot_7d`,
        `t43`.`on_iot_30d`,
        `t43`.`on_iot_90d`,
        `t43`.`orders_30d`,
        `t43`.`orders_90d`,
        `t43`.`revenue_90d`,
        `t43`.`sessions_30d`,
        `t43`.`product_views_7d`,
        `t43`.`active_days_30d`,
        `t43`.`acts_30d`,
        `t43`.`acts_before`,
        `t43`.`slope`,
        `t43`.`visit_gap_median_d`
      FROM (
        SELECT
          `t13`.`cutoff`,
          `t13`.`profile_id`,
          `t13`.`events`,
          `t13`.`acts`,
          `t13`.`purchase_events`,
          `t13`.`engagement_events`,
          `t13`.`web_events`,
          `t13`.`support_events`,
          `t13`.`other_events`,
          `t13`.`on_web`,
          `t13`.`on_app`,
          `t13`.`on_email`,
          `t13`.`on_sms`,
          `t13`.`on_push`,
          `t13`.`on_support`,
          `t13`.`on_pos`,
          `t13`.`on_social`,
          `t13`.`on_ads`,
          `t13`.`on_iot`,
          `t13`.`product_views`,
          `t13`.`searches`,
          `t13`.`cart_adds`,
          `t13`.`sessions`,
          `t13`.`orders`,
          `t13`.`discounted_orders`,
          `t13`.`refunded_orders`,
          `t13`.`events_decayed`,
          `t13`.`purchase_events_decayed`,
          `t13`.`engagement_events_decayed`,
          `t13`.`web_events_decayed`,
          `t13`.`support_events_decayed`,
          `t13`.`other_events_decayed`,
          `t13`.`purchase_events_last`,
          `t13`.`engagement_events_last`,
          `t13`.`web_events_last`,
          `t13`.`support_events_last`,
          `t13`.`other_events_last`,
          `t13`.`mondays`,
          `t13`.`tuesdays`,
          `t13`.`wednesdays`,
          `t13`.`thursdays`,
          `t13`.`fridays`,
          `t13`.`saturdays`,
          `t13`.`sundays`,
          `t13`.`active_days`,
          `t13`.`weekend_days`,
          `t13`.`engagement_score`,
          `t13`.`first_at`,
          `t13`.`last_at`,
          `t13`.`first_day`,
          `t13`.`revenue`,
          `t13`.`gaps`,
          `t13`.`ordered`,
          `t13`.`order_revenue`,
          `t13`.`later_revenue`,
          `t13`.`gap_squares`,
          `t13`.`month_1`,
          `t13`.`month_2`,
          `t13`.`month_3`,
          `t13`.`month_4`,
          `t13`.`month_5`,
          `t13`.`month_6`,
          `t13`.`month_7`,
          `t13`.`month_8`,
          `t13`.`month_9`,
          `t13`.`month_10`,
          `t13`.`month_11`,
          `t13`.`month_12`,
          `t13`.`first_order`,
          `t13`.`last_order`,
          `t13`.`discounted`,
          `t13`.`discounts`,
          `t13`.`discounted_revenue`,
          `t13`.`T_days`,
          `t13`.`order_span`,
          `t13`.`n_identifiers`,
          `t13`.`n_devices`,
          `t13`.`identity_confidence`,
          (
            `t23`.`_base0` + CAST(`t13`.`order_revenue` AS DOUBLE)
          ) * `t23`.`_mean0` AS `aov`,
          CAST(`t13`.`order_revenue` AS DOUBLE) / NULLIF(`t13`.`ordered`, 0) AS `aov_observed`,
          CAST(COALESCE(`t13`.`ordered`, 0) AS BIGINT) AS `aov_n`,
          (
            `t23`.`_base0` + CAST(`t13`.`order_revenue` AS DOUBLE)
          ) * `t23`.`_lo0` AS `aov_lo`,
          (
            `t23`.`_base0` + CAST(`t13`.`order_revenue` AS DOUBLE)
          ) * `t23`.`_hi0` AS `aov_hi`,
          `t23`.`_confidence0` AS `aov_confidence`,
          (
            `t24`.`_base1` + CAST(`t13`.`T_days` AS DOUBLE)
          ) * `t24`.`_mean1` AS `mean_gap_days`,
          `t13`.`order_span` / NULLIF(`t13`.`gaps`, 0) AS `mean_gap_days_observed`,
          CAST(COALESCE(`t13`.`gaps`, 0) AS BIGINT) AS `mean_gap_days_n`,
          (
            `t24`.`_base1` + CAST(`t13`.`T_days` AS DOUBLE)
          ) * `t24`.`_lo1` AS `mean_gap_days_lo`,
          (
            `t24`.`_base1` + CAST(`t13`.`T_days` AS DOUBLE)
          ) * `t24`.`_hi1` AS `mean_gap_days_hi`,
          `t24`.`_confidence1` AS `mean_gap_days_confidence`,
          (
            `t25`.`_base2` + (
              (
                `t13`.`ordered` * 0
              ) + 1.0
            )
          ) * `t25`.`_mean2` AS `discounted_order_share`,
          LEAST(`t13`.`discounted`, `t13`.`ordered`) / NULLIF(`t13`.`ordered`, 0) AS `discounted_order_share_observed`,
          CAST(COALESCE(`t13`.`ordered`, 0) AS BIGINT) AS `discounted_order_share_n`,
          (
            `t25`.`_base2` + (
              (
                `t13`.`ordered` * 0
              ) + 1.0
            )
          ) * `t25`.`_lo2` AS `discounted_order_share_lo`,
          (
            `t25`.`_base2` + (
              (
                `t13`.`ordered` * 0
              ) + 1.0
            )
          ) * `t25`.`_hi2` AS `discounted_order_share_hi`,
          `t25`.`_confidence2` AS `discounted_order_share_confidence`,
          (
            `t26`.`_base3` + (
              (
                `t13`.`orders` * 0
              ) + 1.0
            )
          ) * `t26`.`_mean3` AS `refund_rate`,
          LEAST(`t13`.`refunded_orders`, `t13`.`orders`) / NULLIF(`t13`.`orders`, 0) AS `refund_rate_observed`,
          CAST(COALESCE(`t13`.`orders`, 0) AS BIGINT) AS `refund_rate_n`,
          (
            `t26`.`_base3` + (
              (
                `t13`.`orders` * 0
              ) + 1.0
            )
          ) * `t26`.`_lo3` AS `refund_rate_lo`,
          (
            `t26`.`_base3` + (
              (
                `t13`.`orders` * 0
              ) + 1.0
            )
          ) * `t26`.`_hi3` AS `refund_rate_hi`,
          `t26`.`_confidence3` AS `refund_rate_confidence`,
          (
            `t27`.`_base4` + (
              (
                `t13`.`active_days` * 0
              ) + 1.0
            )
          ) * `t27`.`_mean4` AS `weekend_share`,
          LEAST(`t13`.`weekend_days`, `t13`.`active_days`) / NULLIF(`t13`.`active_days`, 0) AS `weekend_share_observed`,
          CAST(COALESCE(`t13`.`active_days`, 0) AS BIGINT) AS `weekend_share_n`,
          (
            `t27`.`_base4` + (
              (
                `t13`.`active_days` * 0
              ) + 1.0
            )
          ) * `t27`.`_lo4` AS `weekend_share_lo`,
          (
            `t27`.`_base4` + (
              (
                `t13`.`active_days` * 0
              ) + 1.0
            )
          ) * `t27`.`_hi4` AS `weekend_share_hi`,
          `t27`.`_confidence4` AS `weekend_share_confidence`,
          `t35`.`_cutoff0`,
          `t35`.`_profile_id0`,
          `t35`.`events_7d`,
          `t35`.`events_30d`,
          `t35`.`events_90d`,
          `t35`.`purchase_events_7d`,
          `t35`.`purchase_events_30d`,
          `t35`.`purchase_events_90d`,
          `t35`.`engagement_events_7d`,
          `t35`.`engagement_events_30d`,
          `t35`.`engagement_events_90d`,
          `t35`.`web_events_7d`,
          `t35`.`web_events_30d`,
          `t35`.`web_events_90d`,
          `t35`.`support_events_7d`,
          `t35`.`support_events_30d`,
          `t35`.`support_events_90d`,
          `t35`.`other_events_7d`,
          `t35`.`other_events_30d`,
          `t35`.`other_events_90d`,
          `t35`.`on_web_7d`,
          `t35`.`on_web_30d`,
          `t35`.`on_web_90d`,
          `t35`.`on_app_7d`,
          `t35`.`on_app_30d`,
          `t35`.`on_app_90d`,
          `t35`.`on_email_7d`,
          `t35`.`on_email_30d`,
          `t35`.`on_email_90d`,
          `t35`.`on_sms_7d`,
          `t35`.`on_sms_30d`,
          `t35`.`on_sms_90d`,
          `t35`.`on_push_7d`,
          `t35`.`on_push_30d`,
          `t35`.`on_push_90d`,
          `t35`.`on_support_7d`,
          `t35`.`on_support_30d`,
          `t35`.`on_support_90d`,
          `t35`.`on_pos_7d`,
          `t35`.`on_pos_30d`,
          `t35`.`on_pos_90d`,
          `t35`.`on_social_7d`,
          `t35`.`on_social_30d`,
          `t35`.`on_social_90d`,
          `t35`.`on_ads_7d`,
          `t35`.`on_ads_30d`,
          `t35`.`on_ads_90d`,
          `t35`.`on_iot_7d`,
          `t35`.`on_iot_30d`,
          `t35`.`on_iot_90d`,
          `t35`.`orders_30d`,
          `t35`.`orders_90d`,
          `t35`.`revenue_90d`,
          `t35`.`sessions_30d`,
          `t35`.`product_views_7d`,
          `t35`.`active_days_30d`,
          `t35`.`acts_30d`,
          `t35`.`acts_before`,
          `t35`.`slope`,
          `t42`.`_cutoff1`,
          `t42`.`_profile_id1`,
          `t42`.`visit_gap_median_d`
        FROM `cached_0` AS `t13`
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
        ) AS `t23`
          ON `t13`.`cutoff` = `t23`.`_cutoff0`
          AND CAST(`t13`.`ordered` AS BIGINT) = `t23`.`_k0`
          AND CAST(`t13`.`ordered` AS BIGINT) = `t23`.`_n0`
          AND (
            (
              `t13`.`ordered` > 0
            ) AND (
              `t13`.`order_revenue` > 0
            )
          ) = TRUE
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
        ) AS `t24`
          ON `t13`.`cutoff` = `t24`.`_cutoff1`
          AND CAST(`t13`.`gaps` AS BIGINT) = `t24`.`_k1`
          AND CAST(`t13`.`gaps` AS BIGINT) = `t24`.`_n1`
          AND (
            `t13`.`T_days` > 0
          ) = TRUE
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
        ) AS `t25`
          ON `t13`.`cutoff` = `t25`.`_cutoff2`
          AND CAST(LEAST(`t13`.`discounted`, `t13`.`ordered`) AS BIGINT) = `t25`.`_k2`
          AND CAST(`t13`.`ordered` AS BIGINT) = `t25`.`_n2`
          AND (
            `t13`.`ordered` > 0
          ) = TRUE
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
        ) AS `t26`
          ON `t13`.`cutoff` = `t26`.`_cutoff3`
          AND CAST(LEAST(`t13`.`refunded_orders`, `t13`.`orders`) AS BIGINT) = `t26`.`_k3`
          AND CAST(`t13`.`orders` AS BIGINT) = `t26`.`_n3`
          AND (
            `t13`.`orders` > 0
          ) = TRUE
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
        ) AS `t27`
          ON `t13`.`cutoff` = `t27`.`_cutoff4`
          AND CAST(LEAST(`t13`.`weekend_days`, `t13`.`active_days`) AS BIGINT) = `t27`.`_k4`
          AND CAST(`t13`.`active_days` AS BIGINT) = `t27`.`_n4`
          AND (
            `t13`.`active_days` > 0
          ) = TRUE
        LEFT OUTER JOIN (
          SELECT
            `t33`.`cutoff` AS `_cutoff0`,
            `t33`.`profile_id` AS `_profile_id0`,
            `t33`.`events_7d`,
            `t33`.`events_30d`,
            `t33`.`events_90d`,
            `t33`.`purchase_events_7d`,
            `t33`.`purchase_events_30d`,
            `t33`.`purchase_events_90d`,
            `t33`.`engagement_events_7d`,
            `t33`.`engagement_events_30d`,
            `t33`.`engagement_events_90d`,
            `t33`.`web_events_7d`,
            `t33`.`web_events_30d`,
            `t33`.`web_events_90d`,
            `t33`.`support_events_7d`,
            `t33`.`support_events_30d`,
            `t33`.`support_events_90d`,
            `t33`.`other_events_7d`,
            `t33`.`other_events_30d`,
            `t33`.`other_events_90d`,
            `t33`.`on_web_7d`,
            `t33`.`on_web_30d`,
            `t33`.`on_web_90d`,
            `t33`.`on_app_7d`,
            `t33`.`on_app_30d`,
            `t33`.`on_app_90d`,
            `t33`.`on_email_7d`,
            `t33`.`on_email_30d`,
            `t33`.`on_email_90d`,
            `t33`.`on_sms_7d`,
            `t33`.`on_sms_30d`,
            `t33`.`on_sms_90d`,
            `t33`.`on_push_7d`,
            `t33`.`on_push_30d`,
            `t33`.`on_push_90d`,
            `t33`.`on_support_7d`,
            `t33`.`on_support_30d`,
            `t33`.`on_support_90d`,
            `t33`.`on_pos_7d`,
            `t33`.`on_pos_30d`,
            `t33`.`on_pos_90d`,
            `t33`.`on_social_7d`,
            `t33`.`on_social_30d`,
            `t33`.`on_social_90d`,
            `t33`.`on_ads_7d`,
            `t33`.`on_ads_30d`,
            `t33`.`on_ads_90d`,
            `t33`.`on_iot_7d`,
            `t33`.`on_iot_30d`,
            `t33`.`on_iot_90d`,
            `t33`.`orders_30d`,
            `t33`.`orders_90d`,
            `t33`.`revenue_90d`,
            `t33`.`sessions_30d`,
            `t33`.`product_views_7d`,
            `t33`.`active_days_30d`,
            `t33`.`acts_30d`,
            `t33`.`acts_before`,
            `t33`.`slope`
          FROM (
            SELECT
              `t30`.`cutoff`,
              `t30`.`profile_id`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 7
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`events`, 0) AS DOUBLE)
              ) AS `events_7d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 30
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`events`, 0) AS DOUBLE)
              ) AS `events_30d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 90
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`events`, 0) AS DOUBLE)
              ) AS `events_90d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 7
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`purchase_events`, 0) AS DOUBLE)
              ) AS `purchase_events_7d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 30
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`purchase_events`, 0) AS DOUBLE)
              ) AS `purchase_events_30d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 90
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`purchase_events`, 0) AS DOUBLE)
              ) AS `purchase_events_90d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 7
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`engagement_events`, 0) AS DOUBLE)
              ) AS `engagement_events_7d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 30
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`engagement_events`, 0) AS DOUBLE)
              ) AS `engagement_events_30d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 90
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`engagement_events`, 0) AS DOUBLE)
              ) AS `engagement_events_90d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 7
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`web_events`, 0) AS DOUBLE)
              ) AS `web_events_7d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 30
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`web_events`, 0) AS DOUBLE)
              ) AS `web_events_30d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 90
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`web_events`, 0) AS DOUBLE)
              ) AS `web_events_90d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 7
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`support_events`, 0) AS DOUBLE)
              ) AS `support_events_7d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 30
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`support_events`, 0) AS DOUBLE)
              ) AS `support_events_30d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 90
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`support_events`, 0) AS DOUBLE)
              ) AS `support_events_90d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 7
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`other_events`, 0) AS DOUBLE)
              ) AS `other_events_7d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 30
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`other_events`, 0) AS DOUBLE)
              ) AS `other_events_30d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 90
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`other_events`, 0) AS DOUBLE)
              ) AS `other_events_90d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 7
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_web`, 0) AS DOUBLE)
              ) AS `on_web_7d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 30
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_web`, 0) AS DOUBLE)
              ) AS `on_web_30d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 90
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_web`, 0) AS DOUBLE)
              ) AS `on_web_90d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 7
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_app`, 0) AS DOUBLE)
              ) AS `on_app_7d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 30
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_app`, 0) AS DOUBLE)
              ) AS `on_app_30d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 90
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_app`, 0) AS DOUBLE)
              ) AS `on_app_90d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 7
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_email`, 0) AS DOUBLE)
              ) AS `on_email_7d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 30
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_email`, 0) AS DOUBLE)
              ) AS `on_email_30d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 90
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_email`, 0) AS DOUBLE)
              ) AS `on_email_90d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 7
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_sms`, 0) AS DOUBLE)
              ) AS `on_sms_7d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 30
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_sms`, 0) AS DOUBLE)
              ) AS `on_sms_30d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 90
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_sms`, 0) AS DOUBLE)
              ) AS `on_sms_90d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 7
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_push`, 0) AS DOUBLE)
              ) AS `on_push_7d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 30
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_push`, 0) AS DOUBLE)
              ) AS `on_push_30d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 90
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_push`, 0) AS DOUBLE)
              ) AS `on_push_90d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 7
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_support`, 0) AS DOUBLE)
              ) AS `on_support_7d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 30
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_support`, 0) AS DOUBLE)
              ) AS `on_support_30d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 90
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_support`, 0) AS DOUBLE)
              ) AS `on_support_90d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 7
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_pos`, 0) AS DOUBLE)
              ) AS `on_pos_7d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 30
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_pos`, 0) AS DOUBLE)
              ) AS `on_pos_30d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 90
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_pos`, 0) AS DOUBLE)
              ) AS `on_pos_90d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 7
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_social`, 0) AS DOUBLE)
              ) AS `on_social_7d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 30
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_social`, 0) AS DOUBLE)
              ) AS `on_social_30d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 90
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_social`, 0) AS DOUBLE)
              ) AS `on_social_90d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 7
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_ads`, 0) AS DOUBLE)
              ) AS `on_ads_7d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 30
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_ads`, 0) AS DOUBLE)
              ) AS `on_ads_30d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 90
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_ads`, 0) AS DOUBLE)
              ) AS `on_ads_90d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 7
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_iot`, 0) AS DOUBLE)
              ) AS `on_iot_7d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 30
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_iot`, 0) AS DOUBLE)
              ) AS `on_iot_30d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 90
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`on_iot`, 0) AS DOUBLE)
              ) AS `on_iot_90d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 30
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`orders`, 0) AS DOUBLE)
              ) AS `orders_30d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 90
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`orders`, 0) AS DOUBLE)
              ) AS `orders_90d`,
              SUM(`t30`.`order_revenue` - `t30`.`refunds`) AS `revenue_90d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 30
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`sessions`, 0) AS DOUBLE)
              ) AS `sessions_30d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 7
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`product_views`, 0) AS DOUBLE)
              ) AS `product_views_7d`,
              SUM(
                CAST(IF(
                  (
                    `t30`.`age` <= 30
                  ) AND (
                    `t30`.`age` > 0
                  ),
                  CAST(`t30`.`acts` > 0 AS BIGINT),
                  0
                ) AS DOUBLE)
              ) AS `active_days_30d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 30
                ) AND (
                  `t30`.`age` > 0
                ), `t30`.`acts`, 0) AS DOUBLE)
              ) AS `acts_30d`,
              SUM(
                CAST(IF((
                  `t30`.`age` <= 60
                ) AND (
                  `t30`.`age` > 30
                ), `t30`.`acts`, 0) AS DOUBLE)
              ) AS `acts_before`,
              SUM(
                IF(
                  (
                    `t30`.`age` <= 56
                  ) AND (
                    `t30`.`age` > 0
                  ),
                  CAST(`t30`.`acts` AS DOUBLE) * (
                    3.5 - CAST(FLOOR((
                      `t30`.`age` - 1
                    ) / (
                      7
                    )) AS BIGINT)
                  ),
                  0
                )
              ) AS `slope`
            FROM (
              SELECT
                `t14`.`profile_id`,
                `t14`.`day`,
                `t14`.`first_at`,
                `t14`.`last_at`,
                `t14`.`events`,
                `t14`.`acts`,
                `t14`.`purchase_events`,
                `t14`.`engagement_events`,
                `t14`.`web_events`,
                `t14`.`support_events`,
                `t14`.`other_events`,
                `t14`.`on_web`,
                `t14`.`on_app`,
                `t14`.`on_email`,
                `t14`.`on_sms`,
                `t14`.`on_push`,
                `t14`.`on_support`,
                `t14`.`on_pos`,
                `t14`.`on_social`,
                `t14`.`on_ads`,
                `t14`.`on_iot`,
                `t14`.`product_views`,
                `t14`.`searches`,
                `t14`.`cart_adds`,
                `t14`.`sessions`,
                `t14`.`orders`,
                `t14`.`discounted_orders`,
                `t14`.`refunded_orders`,
                `t14`.`engagement`,
                `t14`.`order_revenue`,
                `t14`.`refunds`,
                `t14`.`discounts`,
                `t14`.`discounted_revenue`,
                `t15`.`cutoff`,
                `t15`.`age`
              FROM `moved_6` AS `t14`
              INNER JOIN `memtable_7` AS `t15`
                ON `t14`.`day` = `t15`.`day`
            ) AS `t30`
            GROUP BY
              1,
              2
          ) AS `t33`
        ) AS `t35`
          ON `t13`.`cutoff` = `t35`.`_cutoff0` AND `t13`.`profile_id` = `t35`.`_profile_id0`
        LEFT OUTER JOIN (
          SELECT
            `t40`.`cutoff` AS `_cutoff1`,
            `t40`.`profile_id` AS `_profile_id1`,
            (
              CAST(FLOOR(
                (
                  ELEMENT_AT(
                    `t40`.`own`,
                    CAST(CAST(FLOOR((
                      SIZE(`t40`.`own`) - 1
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
                    `t40`.`own`,
                    CAST(CAST(FLOOR((
                      SIZE(`t40`.`own`) - 0
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
              `t39`.`profile_id`,
              `t39`.`cutoff`,
              `t39`.`at`,
              `t39`.`own`
            FROM (
              SELECT
                `t38`.`profile_id`,
                `t38`.`both`,
                `t38`.`cutoff`,
                CAST(FLOOR(
                  (
                    UNIX_TIMESTAMP(CAST(CAST(`t38`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
                  ) / (
                    86400
                  )
                ) AS BIGINT) AS `at`,
                FILTER(
                  `t38`.`both`,
                  __ibis_param_one__ -> (
                    __ibis_param_one__ % 1000000
                  ) < CAST(FLOOR(
                    (
                      UNIX_TIMESTAMP(CAST(CAST(`t38`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
                    ) / (
                      86400
                    )
                  ) AS BIGINT)
                ) AS `own`
              FROM (
                SELECT
                  `t37`.`profile_id`,
                  `t37`.`both`,
                  `t16`.`cutoff`
                FROM (
                  SELECT
                    `t32`.`profile_id`,
                    ARRAY_SORT(COLLECT_LIST((
                      `t32`.`gap` * 1000000
                    ) + `t32`.`number`)) AS `both`
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        `t29`.`profile_id`,
                        `t29`.`day`,
                        `t29`.`number`,
                        `t29`.`number` - LAG(`t29`.`number`) OVER (PARTITION BY `t29`.`profile_id` ORDER BY `t29`.`day` ASC NULLS LAST) AS `gap`
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
                      ) AS `t29`
                    ) AS `t31`
                    WHERE
                      `t31`.`gap` IS NOT NULL
                  ) AS `t32`
                  GROUP BY
                    1
                ) AS `t37`
                CROSS JOIN `memtable_8` AS `t16`
              ) AS `t38`
            ) AS `t39`
          ) AS `t40`
          WHERE
            SIZE(`t40`.`own`) > 0
        ) AS `t42`
          ON `t13`.`cutoff` = `t42`.`_cutoff1` AND `t13`.`profile_id` = `t42`.`_profile_id1`
      ) AS `t43`
    ) AS `t45`
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
    ) AS `t28`
      ON `t45`.`cutoff` = `t28`.`_cutoff`
    LEFT OUTER JOIN `memtable_9` AS `t11`
      ON `t45`.`gaps` = `t11`.`_gaps`
    LEFT OUTER JOIN `memtable_10` AS `t12`
      ON IF(`t45`.`ordered` > 500, 500.0, `t45`.`ordered`) = `t12`.`_ordered`
      AND IF(
        CAST(FLOOR((
          `t45`.`T_days`
        ) / (
          365
        )) AS BIGINT) > 10,
        10,
        CAST(FLOOR((
          `t45`.`T_days`
        ) / (
          365
        )) AS BIGINT)
      ) = `t12`.`_years`
  ) AS `t46`
) AS `t47`
