WITH "t34" AS (
  SELECT
    *
  FROM "parquet_0" AS "t11"
), "t35" AS (
  SELECT
    *
  FROM "parquet_1" AS "t14"
)
SELECT
  "t111"."cutoff",
  "t111"."profile_id",
  "t111"."first_at" AS "first_seen_at",
  "t111"."last_at" AS "last_seen_at",
  CAST(FLOOR((
    EPOCH(CAST(CAST("t111"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
  ) / (
    86400
  )) AS BIGINT) - "t111"."first_day" AS "tenure_days",
  "t111"."n_identifiers",
  "t111"."n_devices",
  CAST("t111"."on_web" > 0 AS BIGINT) + 0 + CAST("t111"."on_app" > 0 AS BIGINT) + CAST("t111"."on_email" > 0 AS BIGINT) + CAST("t111"."on_sms" > 0 AS BIGINT) + CAST("t111"."on_push" > 0 AS BIGINT) + CAST("t111"."on_support" > 0 AS BIGINT) + CAST("t111"."on_pos" > 0 AS BIGINT) + CAST("t111"."on_social" > 0 AS BIGINT) + CAST("t111"."on_ads" > 0 AS BIGINT) + CAST("t111"."on_iot" > 0 AS BIGINT) AS "n_channels_active",
  "t111"."identity_confidence",
  CAST("t111"."orders" AS BIGINT) AS "orders_count",
  CAST("t111"."gaps" AS BIGINT) AS "repeat_frequency",
  CAST(FLOOR((
    EPOCH(CAST(CAST("t111"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
  ) / (
    86400
  )) AS BIGINT) - "t111"."last_order" AS "days_since_last_order",
  "t111"."order_span" AS "recency_btyd_days",
  "t111"."T_days",
  CAST("t111"."revenue" AS DOUBLE) AS "revenue_total",
  "t111"."aov",
  "t111"."aov_observed",
  "t111"."aov_n",
  "t111"."aov_lo",
  "t111"."aov_hi",
  "t111"."aov_confidence",
  CAST("t111"."later_revenue" AS DOUBLE) / NULLIF(CAST("t111"."gaps" AS BIGINT), 0) AS "monetary_repeat",
  "t111"."mean_gap_days",
  "t111"."mean_gap_days_observed",
  "t111"."mean_gap_days_n",
  "t111"."mean_gap_days_lo",
  "t111"."mean_gap_days_hi",
  "t111"."mean_gap_days_confidence",
  SQRT(
    CASE
      WHEN (
        (
          "t111"."gap_squares" - (
            "t111"."order_span" * (
              "t111"."order_span" / NULLIF(CAST("t111"."gaps" AS BIGINT), 0)
            )
          )
        ) / NULLIF(CAST("t111"."gaps" AS BIGINT) - 1, 0)
      ) < 0
      THEN 0.0
      ELSE (
        "t111"."gap_squares" - (
          "t111"."order_span" * (
            "t111"."order_span" / NULLIF(CAST("t111"."gaps" AS BIGINT), 0)
          )
        )
      ) / NULLIF(CAST("t111"."gaps" AS BIGINT) - 1, 0)
    END
  ) / (
    "t111"."order_span" / NULLIF(CAST("t111"."gaps" AS BIGINT), 0)
  ) AS "gap_cv",
  CAST(CAST("t111"."cutoff" AS TIMESTAMP) + TO_DAYS(
    CAST(ROUND("t111"."order_span" / NULLIF(CAST("t111"."gaps" AS BIGINT), 0), 0) AS BIGINT) - (
      CAST(FLOOR((
        EPOCH(CAST(CAST("t111"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
      ) / (
        86400
      )) AS BIGINT) - "t111"."last_order"
    )
  ) AS DATE) AS "expected_next_order_at",
  CAST(CAST("t111"."cutoff" AS TIMESTAMP) + TO_DAYS(
    CAST(ROUND(
      CASE
        WHEN (
          (
            "t111"."order_span" / NULLIF("t111"."gaps", 0)
          ) - (
            SQRT(
              CASE
                WHEN (
                  (
                    "t111"."gap_squares" - (
                      "t111"."order_span" * (
                        "t111"."order_span" / NULLIF("t111"."gaps", 0)
                      )
                    )
                  ) / NULLIF("t111"."gaps" - 1, 0)
                ) < 0
                THEN 0.0
                ELSE (
                  "t111"."gap_squares" - (
                    "t111"."order_span" * (
                      "t111"."order_span" / NULLIF("t111"."gaps", 0)
                    )
                  )
                ) / NULLIF("t111"."gaps" - 1, 0)
              END
            ) * "t111"."spread_allowed"
          )
        ) < 1.0
        THEN 1.0
        ELSE (
          "t111"."order_span" / NULLIF("t111"."gaps", 0)
        ) - (
          SQRT(
            CASE
              WHEN (
                (
                  "t111"."gap_squares" - (
                    "t111"."order_span" * (
                      "t111"."order_span" / NULLIF("t111"."gaps", 0)
                    )
                  )
                ) / NULLIF("t111"."gaps" - 1, 0)
              ) < 0
              THEN 0.0
              ELSE (
                "t111"."gap_squares" - (
                  "t111"."order_span" * (
                    "t111"."order_span" / NULLIF("t111"."gaps", 0)
                  )
                )
              ) / NULLIF("t111"."gaps" - 1, 0)
            END
          ) * "t111"."spread_allowed"
        )
      END,
      0
    ) AS BIGINT) - (
      CAST(FLOOR((
        EPOCH(CAST(CAST("t111"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
      ) / (
        86400
      )) AS BIGINT) - "t111"."last_order"
    )
  ) AS DATE) AS "expected_next_order_lo",
  CAST(CAST("t111"."cutoff" AS TIMESTAMP) + TO_DAYS(
    CAST(ROUND(
      (
        "t111"."order_span" / NULLIF("t111"."gaps", 0)
      ) + (
        SQRT(
          CASE
            WHEN (
              (
                "t111"."gap_squares" - (
                  "t111"."order_span" * (
                    "t111"."order_span" / NULLIF("t111"."gaps", 0)
                  )
                )
              ) / NULLIF("t111"."gaps" - 1, 0)
            ) < 0
            THEN 0.0
            ELSE (
              "t111"."gap_squares" - (
                "t111"."order_span" * (
                  "t111"."order_span" / NULLIF("t111"."gaps", 0)
                )
              )
            ) / NULLIF("t111"."gaps" - 1, 0)
          END
        ) * "t111"."spread_allowed"
      ),
      0
    ) AS BIGINT) - (
      CAST(FLOOR((
        EPOCH(CAST(CAST("t111"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
      ) / (
        86400
      )) AS BIGINT) - "t111"."last_order"
    )
  ) AS DATE) AS "expected_next_order_hi",
  -(
    CAST(ROUND("t111"."order_span" / NULLIF(CAST("t111"."gaps" AS BIGINT), 0), 0) AS BIGINT) - (
      CAST(FLOOR((
        EPOCH(CAST(CAST("t111"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
      ) / (
        86400
      )) AS BIGINT) - "t111"."last_order"
    )
  ) AS "overdue_days",
  CAST(CASE
    WHEN COALESCE(
      GREATEST(
        "t111"."month_1",
        "t111"."month_2",
        "t111"."month_3",
        "t111"."month_4",
        "t111"."month_5",
        "t111"."month_6",
        "t111"."month_7",
        "t111"."month_8",
        "t111"."month_9",
        "t111"."month_10",
        "t111"."month_11",
        "t111"."month_12"
      ) > "t111"."peak_allowed",
      FALSE
    )
    THEN CASE
      WHEN "t111"."month_1" = GREATEST(
        "t111"."month_1",
        "t111"."month_2",
        "t111"."month_3",
        "t111"."month_4",
        "t111"."month_5",
        "t111"."month_6",
        "t111"."month_7",
        "t111"."month_8",
        "t111"."month_9",
        "t111"."month_10",
        "t111"."month_11",
        "t111"."month_12"
      )
      THEN 1
      WHEN "t111"."month_2" = GREATEST(
        "t111"."month_1",
        "t111"."month_2",
        "t111"."month_3",
        "t111"."month_4",
        "t111"."month_5",
        "t111"."month_6",
        "t111"."month_7",
        "t111"."month_8",
        "t111"."month_9",
        "t111"."month_10",
        "t111"."month_11",
        "t111"."month_12"
      )
      THEN 2
      WHEN "t111"."month_3" = GREATEST(
        "t111"."month_1",
        "t111"."month_2",
        "t111"."month_3",
        "t111"."month_4",
        "t111"."month_5",
        "t111"."month_6",
        "t111"."month_7",
        "t111"."month_8",
        "t111"."month_9",
        "t111"."month_10",
        "t111"."month_11",
        "t111"."month_12"
      )
      THEN 3
      WHEN "t111"."month_4" = GREATEST(
        "t111"."month_1",
        "t111"."month_2",
        "t111"."month_3",
        "t111"."month_4",
        "t111"."month_5",
        "t111"."month_6",
        "t111"."month_7",
        "t111"."month_8",
        "t111"."month_9",
        "t111"."month_10",
        "t111"."month_11",
        "t111"."month_12"
      )
      THEN 4
      WHEN "t111"."month_5" = GREATEST(
        "t111"."month_1",
        "t111"."month_2",
        "t111"."month_3",
        "t111"."month_4",
        "t111"."month_5",
        "t111"."month_6",
        "t111"."month_7",
        "t111"."month_8",
        "t111"."month_9",
        "t111"."month_10",
        "t111"."month_11",
        "t111"."month_12"
      )
      THEN 5
      WHEN "t111"."month_6" = GREATEST(
        "t111"."month_1",
        "t111"."month_2",
        "t111"."month_3",
        "t111"."month_4",
        "t111"."month_5",
        "t111"."month_6",
        "t111"."month_7",
        "t111"."month_8",
        "t111"."month_9",
        "t111"."month_10",
        "t111"."month_11",
        "t111"."month_12"
      )
      THEN 6
      WHEN "t111"."month_7" = GREATEST(
        "t111"."month_1",
        "t111"."month_2",
        "t111"."month_3",
        "t111"."month_4",
        "t111"."month_5",
        "t111"."month_6",
        "t111"."month_7",
        "t111"."month_8",
        "t111"."month_9",
        "t111"."month_10",
        "t111"."month_11",
        "t111"."month_12"
      )
      THEN 7
      WHEN "t111"."month_8" = GREATEST(
        "t111"."month_1",
        "t111"."month_2",
        "t111"."month_3",
        "t111"."month_4",
        "t111"."month_5",
        "t111"."month_6",
        "t111"."month_7",
        "t111"."month_8",
        "t111"."month_9",
        "t111"."month_10",
        "t111"."month_11",
        "t111"."month_12"
      )
      THEN 8
      WHEN "t111"."month_9" = GREATEST(
        "t111"."month_1",
        "t111"."month_2",
        "t111"."month_3",
        "t111"."month_4",
        "t111"."month_5",
        "t111"."month_6",
        "t111"."month_7",
        "t111"."month_8",
        "t111"."month_9",
        "t111"."month_10",
        "t111"."month_11",
        "t111"."month_12"
      )
      THEN 9
      WHEN "t111"."month_10" = GREATEST(
        "t111"."month_1",
        "t111"."month_2",
        "t111"."month_3",
        "t111"."month_4",
        "t111"."month_5",
        "t111"."month_6",
        "t111"."month_7",
        "t111"."month_8",
        "t111"."month_9",
        "t111"."month_10",
        "t111"."month_11",
        "t111"."month_12"
      )
      THEN 10
      WHEN "t111"."month_11" = GREATEST(
        "t111"."month_1",
        "t111"."month_2",
        "t111"."month_3",
        "t111"."month_4",
        "t111"."month_5",
        "t111"."month_6",
        "t111"."month_7",
        "t111"."month_8",
        "t111"."month_9",
        "t111"."month_10",
        "t111"."month_11",
        "t111"."month_12"
      )
      THEN 11
      WHEN "t111"."month_12" = GREATEST(
        "t111"."month_1",
        "t111"."month_2",
        "t111"."month_3",
        "t111"."month_4",
        "t111"."month_5",
        "t111"."month_6",
        "t111"."month_7",
        "t111"."month_8",
        "t111"."month_9",
        "t111"."month_10",
        "t111"."month_11",
        "t111"."month_12"
      )
      THEN 12
      ELSE NULL
    END
    ELSE NULL
  END AS BIGINT) AS "season_peak_month",
  "t111"."top_category",
  "t111"."category_entropy",
  "t111"."browse_to_buy_median_h",
  CAST(COALESCE("t111"."orders_30d", 0) AS BIGINT) AS "orders_30d",
  CAST(COALESCE("t111"."orders_90d", 0) AS BIGINT) AS "orders_90d",
  COALESCE(CAST("t111"."revenue_90d" AS DOUBLE), 0.0) AS "revenue_90d",
  "t111"."discounted_order_share",
  "t111"."discounted_order_share_observed",
  "t111"."discounted_order_share_n",
  "t111"."discounted_order_share_lo",
  "t111"."discounted_order_share_hi",
  "t111"."discounted_order_share_confidence",
  CAST("t111"."discounts" AS DOUBLE) / NULLIF(
    CAST("t111"."discounts" AS DOUBLE) + CAST("t111"."discounted_revenue" AS DOUBLE),
    0
  ) AS "mean_discount_depth",
  CASE
    WHEN (
      "t111"."discounted_order_share" > 0
    )
    AND (
      "t111"."discounted_order_share" < 1
    )
    THEN LN("t111"."discounted_order_share" / (
      1 - "t111"."discounted_order_share"
    ))
    ELSE NULL
  END - CASE
    WHEN (
      (
        "t111"."all_discounted" / NULLIF("t111"."all_ordered", 0)
      ) > 0
    )
    AND (
      (
        "t111"."all_discounted" / NULLIF("t111"."all_ordered", 0)
      ) < 1
    )
    THEN LN(
      (
        "t111"."all_discounted" / NULLIF("t111"."all_ordered", 0)
      ) / (
        1 - (
          "t111"."all_discounted" / NULLIF("t111"."all_ordered", 0)
        )
      )
    )
    ELSE NULL
  END AS "price_sensitivity",
  CASE
    WHEN (
      "t111"."discounted_order_share_observed" > 0
    )
    AND (
      "t111"."discounted_order_share_observed" < 1
    )
    THEN LN(
      "t111"."discounted_order_share_observed" / (
        1 - "t111"."discounted_order_share_observed"
      )
    )
    ELSE NULL
  END - CASE
    WHEN (
      (
        "t111"."all_discounted" / NULLIF("t111"."all_ordered", 0)
      ) > 0
    )
    AND (
      (
        "t111"."all_discounted" / NULLIF("t111"."all_ordered", 0)
      ) < 1
    )
    THEN LN(
      (
        "t111"."all_discounted" / NULLIF("t111"."all_ordered", 0)
      ) / (
        1 - (
          "t111"."all_discounted" / NULLIF("t111"."all_ordered", 0)
        )
      )
    )
    ELSE NULL
  END AS "price_sensitivity_observed",
  "t111"."discounted_order_share_n" AS "price_sensitivity_n",
  CASE
    WHEN (
      "t111"."discounted_order_share_lo" > 0
    )
    AND (
      "t111"."discounted_order_share_lo" < 1
    )
    THEN LN(
      "t111"."discounted_order_share_lo" / (
        1 - "t111"."discounted_order_share_lo"
      )
    )
    ELSE NULL
  END - CASE
    WHEN (
      (
        "t111"."all_discounted" / NULLIF("t111"."all_ordered", 0)
      ) > 0
    )
    AND (
      (
        "t111"."all_discounted" / NULLIF("t111"."all_ordered", 0)
      ) < 1
    )
    THEN LN(
      (
        "t111"."all_discounted" / NULLIF("t111"."all_ordered", 0)
      ) / (
        1 - (
          "t111"."all_discounted" / NULLIF("t111"."all_ordered", 0)
        )
      )
    )
    ELSE NULL
  END AS "price_sensitivity_lo",
  CASE
    WHEN (
      "t111"."discounted_order_share_hi" > 0
    )
    AND (
      "t111"."discounted_order_share_hi" < 1
    )
    THEN LN(
      "t111"."discounted_order_share_hi" / (
        1 - "t111"."discounted_order_share_hi"
      )
    )
    ELSE NULL
  END - CASE
    WHEN (
      (
        "t111"."all_discounted" / NULLIF("t111"."all_ordered", 0)
      ) > 0
    )
    AND (
      (
        "t111"."all_discounted" / NULLIF("t111"."all_ordered", 0)
      ) < 1
    )
    THEN LN(
      (
        "t111"."all_discounted" / NULLIF("t111"."all_ordered", 0)
      ) / (
        1 - (
          "t111"."all_discounted" / NULLIF("t111"."all_ordered", 0)
        )
      )
    )
    ELSE NULL
  END AS "price_sensitivity_hi",
  "t111"."discounted_order_share_confidence" AS "price_sensitivity_confidence",
  "t111"."launch_buyer_h",
  CASE WHEN "t111"."reduced" >= 3 THEN "t111"."discount_tenth" ELSE NULL END AS "discount_threshold_pct",
  "t111"."refund_rate",
  "t111"."refund_rate_observed",
  "t111"."refund_rate_n",
  "t111"."refund_rate_lo",
  "t111"."refund_rate_hi",
  "t111"."refund_rate_confidence",
  CAST(NULL AS BIGINT) AS "sessions_30d",
  CAST(COALESCE("t111"."active_days_30d", 0) AS BIGINT) AS "active_days_30d",
  "t111"."engagement_score",
  "t111"."acts_30d" / NULLIF("t111"."acts_before", 0) AS "engagement_ratio_30d",
  COALESCE("t111"."slope" / 42.0, 0.0) AS "engagement_velocity",
  CAST(NULL AS DOUBLE) AS "email_open_rate",
  CAST(NULL AS DOUBLE) AS "email_open_rate_observed",
  CAST(NULL AS BIGINT) AS "email_open_rate_n",
  CAST(NULL AS DOUBLE) AS "email_open_rate_lo",
  CAST(NULL AS DOUBLE) AS "email_open_rate_hi",
  CAST(NULL AS DOUBLE) AS "email_open_rate_confidence",
  EXP("t111"."email_opened_log" / NULLIF("t111"."email_opened", 0)) AS "email_open_delay_h",
  CAST(NULL AS DOUBLE) AS "email_click_rate",
  CAST(NULL AS DOUBLE) AS "email_click_rate_observed",
  CAST(NULL AS BIGINT) AS "email_click_rate_n",
  CAST(NULL AS DOUBLE) AS "email_click_rate_lo",
  CAST(NULL AS DOUBLE) AS "email_click_rate_hi",
  CAST(NULL AS DOUBLE) AS "email_click_rate_confidence",
  CAST(NULL AS DOUBLE) AS "email_reopen_rate",
  CAST(NULL AS DOUBLE) AS "email_reopen_rate_observed",
  CAST(NULL AS BIGINT) AS "email_reopen_rate_n",
  CAST(NULL AS DOUBLE) AS "email_reopen_rate_lo",
  CAST(NULL AS DOUBLE) AS "email_reopen_rate_hi",
  CAST(NULL AS DOUBLE) AS "email_reopen_rate_confidence",
  CAST(NULL AS DOUBLE) AS "email_forward_rate",
  CAST(NULL AS DOUBLE) AS "email_forward_rate_observed",
  CAST(NULL AS BIGINT) AS "email_forward_rate_n",
  CAST(NULL AS DOUBLE) AS "email_forward_rate_lo",
  CAST(NULL AS DOUBLE) AS "email_forward_rate_hi",
  CAST(NULL AS DOUBLE) AS "email_forward_rate_confidence",
  CAST(NULL AS DOUBLE) AS "sms_click_rate",
  CAST(NULL AS DOUBLE) AS "sms_click_rate_observed",
  CAST(NULL AS BIGINT) AS "sms_click_rate_n",
  CAST(NULL AS DOUBLE) AS "sms_click_rate_lo",
  CAST(NULL AS DOUBLE) AS "sms_click_rate_hi",
  CAST(NULL AS DOUBLE) AS "sms_click_rate_confidence",
  CAST(NULL AS DOUBLE) AS "sms_reply_rate",
  CAST(NULL AS DOUBLE) AS "sms_reply_rate_observed",
  CAST(NULL AS BIGINT) AS "sms_reply_rate_n",
  CAST(NULL AS DOUBLE) AS "sms_reply_rate_lo",
  CAST(NULL AS DOUBLE) AS "sms_reply_rate_hi",
  CAST(NULL AS DOUBLE) AS "sms_reply_rate_confidence",
  EXP("t111"."sms_replied_log" / NULLIF("t111"."sms_replied", 0)) AS "sms_reply_delay_h",
  CAST(NULL AS BIGINT) AS "product_views_7d",
  CAST(NULL AS DOUBLE) AS "search_rate",
  CAST(NULL AS BIGINT) AS "repeat_view_days",
  CAST(NULL AS DOUBLE) AS "cart_abandon_rate",
  CAST(NULL AS DOUBLE) AS "cart_abandon_rate_observed",
  CAST(NULL AS BIGINT) AS "cart_abandon_rate_n",
  CAST(NULL AS DOUBLE) AS "cart_abandon_rate_lo",
  CAST(NULL AS DOUBLE) AS "cart_abandon_rate_hi",
  CAST(NULL AS DOUBLE) AS "cart_abandon_rate_confidence",
  "t111"."exit_page_mode",
  "t111"."mondays" / NULLIF("t111"."active_days", 0) AS "monday_share",
  "t111"."tuesdays" / NULLIF("t111"."active_days", 0) AS "tuesday_share",
  "t111"."wednesdays" / NULLIF("t111"."active_days", 0) AS "wednesday_share",
  "t111"."thursdays" / NULLIF("t111"."active_days", 0) AS "thursday_share",
  "t111"."fridays" / NULLIF("t111"."active_days", 0) AS "friday_share",
  "t111"."saturdays" / NULLIF("t111"."active_days", 0) AS "saturday_share",
  "t111"."sundays" / NULLIF("t111"."active_days", 0) AS "sunday_share",
  "t111"."weekend_share",
  "t111"."weekend_share_observed",
  "t111"."weekend_share_n",
  "t111"."weekend_share_lo",
  "t111"."weekend_share_hi",
  "t111"."weekend_share_confidence",
  CAST(CASE
    WHEN COALESCE(
      (
        "t111"."active_days" >= 14
      )
      AND (
        (
          CASE
            WHEN (
              (
                "t111"."active_days" * "t111"."all_mondays"
              ) / "t111"."all_active_days"
            ) > 0
            THEN (
              (
                "t111"."mondays" - (
                  (
                    "t111"."active_days" * "t111"."all_mondays"
                  ) / "t111"."all_active_days"
                )
              ) * (
                "t111"."mondays" - (
                  (
                    "t111"."active_days" * "t111"."all_mondays"
                  ) / "t111"."all_active_days"
                )
              )
            ) / (
              (
                "t111"."active_days" * "t111"."all_mondays"
              ) / "t111"."all_active_days"
            )
            ELSE 0
          END + 0 + CASE
            WHEN (
              (
                "t111"."active_days" * "t111"."all_tuesdays"
              ) / "t111"."all_active_days"
            ) > 0
            THEN (
              (
                "t111"."tuesdays" - (
                  (
                    "t111"."active_days" * "t111"."all_tuesdays"
                  ) / "t111"."all_active_days"
                )
              ) * (
                "t111"."tuesdays" - (
                  (
                    "t111"."active_days" * "t111"."all_tuesdays"
                  ) / "t111"."all_active_days"
                )
              )
            ) / (
              (
                "t111"."active_days" * "t111"."all_tuesdays"
              ) / "t111"."all_active_days"
            )
            ELSE 0
          END + CASE
            WHEN (
              (
                "t111"."active_days" * "t111"."all_wednesdays"
              ) / "t111"."all_active_days"
            ) > 0
            THEN (
              (
                "t111"."wednesdays" - (
                  (
                    "t111"."active_days" * "t111"."all_wednesdays"
                  ) / "t111"."all_active_days"
                )
              ) * (
                "t111"."wednesdays" - (
                  (
                    "t111"."active_days" * "t111"."all_wednesdays"
                  ) / "t111"."all_active_days"
                )
              )
            ) / (
              (
                "t111"."active_days" * "t111"."all_wednesdays"
              ) / "t111"."all_active_days"
            )
            ELSE 0
          END + CASE
            WHEN (
              (
                "t111"."active_days" * "t111"."all_thursdays"
              ) / "t111"."all_active_days"
            ) > 0
            THEN (
              (
                "t111"."thursdays" - (
                  (
                    "t111"."active_days" * "t111"."all_thursdays"
                  ) / "t111"."all_active_days"
                )
              ) * (
                "t111"."thursdays" - (
                  (
                    "t111"."active_days" * "t111"."all_thursdays"
                  ) / "t111"."all_active_days"
                )
              )
            ) / (
              (
                "t111"."active_days" * "t111"."all_thursdays"
              ) / "t111"."all_active_days"
            )
            ELSE 0
          END + CASE
            WHEN (
              (
                "t111"."active_days" * "t111"."all_fridays"
              ) / "t111"."all_active_days"
            ) > 0
            THEN (
              (
                "t111"."fridays" - (
                  (
                    "t111"."active_days" * "t111"."all_fridays"
                  ) / "t111"."all_active_days"
                )
              ) * (
                "t111"."fridays" - (
                  (
                    "t111"."active_days" * "t111"."all_fridays"
                  ) / "t111"."all_active_days"
                )
              )
            ) / (
              (
                "t111"."active_days" * "t111"."all_fridays"
              ) / "t111"."all_active_days"
            )
            ELSE 0
          END + CASE
            WHEN (
              (
                "t111"."active_days" * "t111"."all_saturdays"
              ) / "t111"."all_active_days"
            ) > 0
            THEN (
              (
                "t111"."saturdays" - (
                  (
                    "t111"."active_days" * "t111"."all_saturdays"
                  ) / "t111"."all_active_days"
                )
              ) * (
                "t111"."saturdays" - (
                  (
                    "t111"."active_days" * "t111"."all_saturdays"
                  ) / "t111"."all_active_days"
                )
              )
            ) / (
              (
                "t111"."active_days" * "t111"."all_saturdays"
              ) / "t111"."all_active_days"
            )
            ELSE 0
          END + CASE
            WHEN (
              (
                "t111"."active_days" * "t111"."all_sundays"
              ) / "t111"."all_active_days"
            ) > 0
            THEN (
              (
                "t111"."sundays" - (
                  (
                    "t111"."active_days" * "t111"."all_sundays"
                  ) / "t111"."all_active_days"
                )
              ) * (
                "t111"."sundays" - (
                  (
                    "t111"."active_days" * "t111"."all_sundays"
                  ) / "t111"."all_active_days"
                )
              )
            ) / (
              (
                "t111"."active_days" * "t111"."all_sundays"
              ) / "t111"."all_active_days"
            )
            ELSE 0
          END
        ) > 16.811893829770927
      ),
      FALSE
    )
    THEN 7
    ELSE NULL
  END AS BIGINT) AS "rhythm_period_d",
  "t111"."best_hour_web",
  "t111"."best_hour_web_n",
  "t111"."best_hour_web_share",
  "t111"."best_hour_web_lo",
  "t111"."best_hour_web_hi",
  "t111"."best_hour_app",
  "t111"."best_hour_app_n",
  "t111"."best_hour_app_share",
  "t111"."best_hour_app_lo",
  "t111"."best_hour_app_hi",
  "t111"."best_hour_email",
  "t111"."best_hour_email_n",
  "t111"."best_hour_email_share",
  "t111"."best_hour_email_lo",
  "t111"."best_hour_email_hi",
  "t111"."best_hour_sms",
  "t111"."best_hour_sms_n",
  "t111"."best_hour_sms_share",
  "t111"."best_hour_sms_lo",
  "t111"."best_hour_sms_hi",
  "t111"."visit_gap_median_d",
  CASE
    WHEN (
      CAST(NULL AS DOUBLE) IS NULL
    ) AND (
      CAST(NULL AS DOUBLE) IS NULL
    )
    THEN CAST(NULL AS TEXT)
    WHEN CAST(NULL AS DOUBLE) IS NULL
    THEN 'email'
    WHEN CAST(NULL AS DOUBLE) IS NULL
    THEN 'sms'
    WHEN CAST(NULL AS DOUBLE) >= CAST(NULL AS DOUBLE)
    THEN 'email, sms'
    ELSE 'sms, email'
  END AS "channel_rank",
  "t111"."top_topic",
  "t111"."top_format",
  "t111"."top_offer_type",
  CAST(NULL AS BIGINT) AS "cases_180d",
  CAST(NULL AS BIGINT) AS "unresolved_cases",
  CAST("t111"."case_solved" % 1000000000 AS DOUBLE) / 100 AS "hours_to_resolve_last",
  CASE
    WHEN CAST(FLOOR((
      "t111"."case_back"
    ) / (
      1000000000
    )) AS BIGINT) = "t111"."case_last"
    THEN (
      "t111"."case_back" % 1000000000
    ) / 100
    ELSE CAST(CAST(FLOOR((
      EPOCH(CAST(CAST("t111"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
    ) / (
      86400
    )) AS BIGINT) - "t111"."case_last" AS DOUBLE)
  END / NULLIF("t111"."visit_gap_median_d", 0) AS "post_support_gap_ratio",
  CAST(COALESCE("t111"."events_7d", 0) AS BIGINT) AS "events_7d",
  CAST(COALESCE("t111"."events_30d", 0) AS BIGINT) AS "events_30d",
  CAST(COALESCE("t111"."events_90d", 0) AS BIGINT) AS "events_90d",
  CAST("t111"."events" AS BIGINT) AS "events_total",
  "t111"."events_decayed",
  CAST(COALESCE("t111"."purchase_events_7d", 0) AS BIGINT) AS "purchase_events_7d",
  CAST(COALESCE("t111"."purchase_events_30d", 0) AS BIGINT) AS "purchase_events_30d",
  CAST(COALESCE("t111"."purchase_events_90d", 0) AS BIGINT) AS "purchase_events_90d",
  CAST(NULL AS BIGINT) AS "engagement_events_7d",
  CAST(NULL AS BIGINT) AS "engagement_events_30d",
  CAST(NULL AS BIGINT) AS "engagement_events_90d",
  CAST(NULL AS BIGINT) AS "web_events_7d",
  CAST(NULL AS BIGINT) AS "web_events_30d",
  CAST(NULL AS BIGINT) AS "web_events_90d",
  CAST(NULL AS BIGINT) AS "support_events_7d",
  CAST(NULL AS BIGINT) AS "support_events_30d",
  CAST(NULL AS BIGINT) AS "support_events_90d",
  CAST(NULL AS BIGINT) AS "other_events_7d",
  CAST(NULL AS BIGINT) AS "other_events_30d",
  CAST(NULL AS BIGINT) AS "other_events_90d",
  CAST("t111"."purchase_events" AS BIGINT) AS "purchase_events_total",
  CAST(NULL AS BIGINT) AS "engagement_events_total",
  CAST(NULL AS BIGINT) AS "web_events_total",
  CAST(NULL AS BIGINT) AS "support_events_total",
  CAST(NULL AS BIGINT) AS "other_events_total",
  "t111"."purchase_events_decayed",
  CAST(NULL AS DOUBLE) AS "engagement_events_decayed",
  CAST(NULL AS DOUBLE) AS "web_events_decayed",
  CAST(NULL AS DOUBLE) AS "support_events_decayed",
  CAST(NULL AS DOUBLE) AS "other_events_decayed",
  CAST(FLOOR((
    EPOCH(CAST(CAST("t111"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
  ) / (
    86400
  )) AS BIGINT) - "t111"."purchase_events_last" AS "days_since_purchase",
  CAST(FLOOR((
    EPOCH(CAST(CAST("t111"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
  ) / (
    86400
  )) AS BIGINT) - "t111"."engagement_events_last" AS "days_since_engagement",
  CAST(FLOOR((
    EPOCH(CAST(CAST("t111"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
  ) / (
    86400
  )) AS BIGINT) - "t111"."web_events_last" AS "days_since_web",
  CAST(FLOOR((
    EPOCH(CAST(CAST("t111"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
  ) / (
    86400
  )) AS BIGINT) - "t111"."support_events_last" AS "days_since_support",
  CAST(FLOOR((
    EPOCH(CAST(CAST("t111"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
  ) / (
    86400
  )) AS BIGINT) - "t111"."other_events_last" AS "days_since_other",
  CAST(COALESCE("t111"."on_web_7d", 0) AS BIGINT) AS "on_web_7d",
  CAST(COALESCE("t111"."on_web_30d", 0) AS BIGINT) AS "on_web_30d",
  CAST(COALESCE("t111"."on_web_90d", 0) AS BIGINT) AS "on_web_90d",
  CAST(NULL AS BIGINT) AS "on_app_7d",
  CAST(NULL AS BIGINT) AS "on_app_30d",
  CAST(NULL AS BIGINT) AS "on_app_90d",
  CAST(NULL AS BIGINT) AS "on_email_7d",
  CAST(NULL AS BIGINT) AS "on_email_30d",
  CAST(NULL AS BIGINT) AS "on_email_90d",
  CAST(NULL AS BIGINT) AS "on_sms_7d",
  CAST(NULL AS BIGINT) AS "on_sms_30d",
  CAST(NULL AS BIGINT) AS "on_sms_90d",
  CAST(NULL AS BIGINT) AS "on_push_7d",
  CAST(NULL AS BIGINT) AS "on_push_30d",
  CAST(NULL AS BIGINT) AS "on_push_90d",
  CAST(NULL AS BIGINT) AS "on_support_7d",
  CAST(NULL AS BIGINT) AS "on_support_30d",
  CAST(NULL AS BIGINT) AS "on_support_90d",
  CAST(NULL AS BIGINT) AS "on_pos_7d",
  CAST(NULL AS BIGINT) AS "on_pos_30d",
  CAST(NULL AS BIGINT) AS "on_pos_90d",
  CAST(NULL AS BIGINT) AS "on_social_7d",
  CAST(NULL AS BIGINT) AS "on_social_30d",
  CAST(NULL AS BIGINT) AS "on_social_90d",
  CAST(NULL AS BIGINT) AS "on_ads_7d",
  CAST(NULL AS BIGINT) AS "on_ads_30d",
  CAST(NULL AS BIGINT) AS "on_ads_90d",
  CAST(NULL AS BIGINT) AS "on_iot_7d",
  CAST(NULL AS BIGINT) AS "on_iot_30d",
  CAST(NULL AS BIGINT) AS "on_iot_90d",
  CAST("t111"."on_web" AS BIGINT) AS "on_web_total",
  CAST(NULL AS BIGINT) AS "on_app_total",
  CAST(NULL AS BIGINT) AS "on_email_total",
  CAST(NULL AS BIGINT) AS "on_sms_total",
  CAST(NULL AS BIGINT) AS "on_push_total",
  CAST(NULL AS BIGINT) AS "on_support_total",
  CAST(NULL AS BIGINT) AS "on_pos_total",
  CAST(NULL AS BIGINT) AS "on_social_total",
  CAST(NULL AS BIGINT) AS "on_ads_total",
  CAST(NULL AS BIGINT) AS "on_iot_total",
  "t111"."channels_subscribed",
  "t111"."tracking_allowed",
  "t111"."profiling_allowed"
FROM (
  SELECT
    "t110".*
    EXCLUDE ("_cutoff", "_gaps", "_ordered", "_years")
  FROM (
    SELECT
      "t109"."cutoff",
      "t109"."profile_id",
      "t109"."events",
      "t109"."acts",
      "t109"."purchase_events",
      "t109"."engagement_events",
      "t109"."web_events",
      "t109"."support_events",
      "t109"."other_events",
      "t109"."on_web",
      "t109"."on_app",
      "t109"."on_email",
      "t109"."on_sms",
      "t109"."on_push",
      "t109"."on_support",
      "t109"."on_pos",
      "t109"."on_social",
      "t109"."on_ads",
      "t109"."on_iot",
      "t109"."product_views",
      "t109"."searches",
      "t109"."cart_adds",
      "t109"."sessions",
      "t109"."orders",
      "t109"."discounted_orders",
      "t109"."refunded_orders",
      "t109"."events_decayed",
      "t109"."purchase_events_decayed",
      "t109"."engagement_events_decayed",
      "t109"."web_events_decayed",
      "t109"."support_events_decayed",
      "t109"."other_events_decayed",
      "t109"."purchase_events_last",
      "t109"."engagement_events_last",
      "t109"."web_events_last",
      "t109"."support_events_last",
      "t109"."other_events_last",
      "t109"."mondays",
      "t109"."tuesdays",
      "t109"."wednesdays",
      "t109"."thursdays",
      "t109"."fridays",
      "t109"."saturdays",
      "t109"."sundays",
      "t109"."active_days",
      "t109"."weekend_days",
      "t109"."engagement_score",
      "t109"."first_at",
      "t109"."last_at",
      "t109"."first_day",
      "t109"."revenue",
      "t109"."gaps",
      "t109"."ordered",
      "t109"."order_revenue",
      "t109"."later_revenue",
      "t109"."gap_squares",
      "t109"."month_1",
      "t109"."month_2",
      "t109"."month_3",
      "t109"."month_4",
      "t109"."month_5",
      "t109"."month_6",
      "t109"."month_7",
      "t109"."month_8",
      "t109"."month_9",
      "t109"."month_10",
      "t109"."month_11",
      "t109"."month_12",
      "t109"."first_order",
      "t109"."last_order",
      "t109"."discounted",
      "t109"."discounts",
      "t109"."discounted_revenue",
      "t109"."T_days",
      "t109"."order_span",
      "t109"."n_identifiers",
      "t109"."n_devices",
      "t109"."identity_confidence",
      "t109"."email_delivered",
      "t109"."email_opened",
      "t109"."email_opened_again",
      "t109"."email_clicked",
      "t109"."email_forwarded",
      "t109"."sms_delivered",
      "t109"."sms_clicked",
      "t109"."sms_replied",
      "t109"."put_into_cart",
      "t109"."bought_from_cart",
      "t109"."looked_again",
      "t109"."case_opened",
      "t109"."case_reopened",
      "t109"."case_resolved",
      "t109"."email_opened_log",
      "t109"."sms_replied_log",
      "t109"."case_last",
      "t109"."case_solved",
      "t109"."case_back",
      "t109"."channels_subscribed",
      "t109"."tracking_allowed",
      "t109"."profiling_allowed",
      "t109"."cart_left",
      "t109"."aov",
      "t109"."aov_observed",
      "t109"."aov_n",
      "t109"."aov_lo",
      "t109"."aov_hi",
      "t109"."aov_confidence",
      "t109"."mean_gap_days",
      "t109"."mean_gap_days_observed",
      "t109"."mean_gap_days_n",
      "t109"."mean_gap_days_lo",
      "t109"."mean_gap_days_hi",
      "t109"."mean_gap_days_confidence",
      "t109"."discounted_order_share",
      "t109"."discounted_order_share_observed",
      "t109"."discounted_order_share_n",
      "t109"."discounted_order_share_lo",
      "t109"."discounted_order_share_hi",
      "t109"."discounted_order_share_confidence",
      "t109"."refund_rate",
      "t109"."refund_rate_observed",
      "t109"."refund_rate_n",
      "t109"."refund_rate_lo",
      "t109"."refund_rate_hi",
      "t109"."refund_rate_confidence",
      "t109"."weekend_share",
      "t109"."weekend_share_observed",
      "t109"."weekend_share_n",
      "t109"."weekend_share_lo",
      "t109"."weekend_share_hi",
      "t109"."weekend_share_confidence",
      "t109"."events_7d",
      "t109"."events_30d",
      "t109"."events_90d",
      "t109"."purchase_events_7d",
      "t109"."purchase_events_30d",
      "t109"."purchase_events_90d",
      "t109"."engagement_events_7d",
      "t109"."engagement_events_30d",
      "t109"."engagement_events_90d",
      "t109"."web_events_7d",
      "t109"."web_events_30d",
      "t109"."web_events_90d",
      "t109"."support_events_7d",
      "t109"."support_events_30d",
      "t109"."support_events_90d",
      "t109"."other_events_7d",
      "t109"."other_events_30d",
      "t109"."other_events_90d",
      "t109"."on_web_7d",
      "t109"."on_web_30d",
      "t109"."on_web_90d",
      "t109"."on_app_7d",
      "t109"."on_app_30d",
      "t109"."on_app_90d",
      "t109"."on_email_7d",
      "t109"."on_email_30d",
      "t109"."on_email_90d",
      "t109"."on_sms_7d",
      "t109"."on_sms_30d",
      "t109"."on_sms_90d",
      "t109"."on_push_7d",
      "t109"."on_push_30d",
      "t109"."on_push_90d",
      "t109"."on_support_7d",
      "t109"."on_support_30d",
      "t109"."on_support_90d",
      "t109"."on_pos_7d",
      "t109"."on_pos_30d",
      "t109"."on_pos_90d",
      "t109"."on_social_7d",
      "t109"."on_social_30d",
      "t109"."on_social_90d",
      "t109"."on_ads_7d",
      "t109"."on_ads_30d",
      "t109"."on_ads_90d",
      "t109"."on_iot_7d",
      "t109"."on_iot_30d",
      "t109"."on_iot_90d",
      "t109"."orders_30d",
      "t109"."orders_90d",
      "t109"."revenue_90d",
      "t109"."sessions_30d",
      "t109"."product_views_7d",
      "t109"."active_days_30d",
      "t109"."acts_30d",
      "t109"."acts_before",
      "t109"."slope",
      "t109"."visit_gap_median_d",
      "t109"."cases_180d",
      "t109"."browse_to_buy_median_h",
      "t109"."launch_buyer_h",
      "t109"."reduced",
      "t109"."discount_tenth",
      "t109"."top_category",
      "t109"."exit_page_mode",
      "t109"."category_entropy",
      "t109"."best_hour_web",
      "t109"."best_hour_web_n",
      "t109"."best_hour_web_share",
      "t109"."best_hour_web_lo",
      "t109"."best_hour_web_hi",
      "t109"."best_hour_app",
      "t109"."best_hour_app_n",
      "t109"."best_hour_app_share",
      "t109"."best_hour_app_lo",
      "t109"."best_hour_app_hi",
      "t109"."best_hour_email",
      "t109"."best_hour_email_n",
      "t109"."best_hour_email_share",
      "t109"."best_hour_email_lo",
      "t109"."best_hour_email_hi",
      "t109"."best_hour_sms",
      "t109"."best_hour_sms_n",
      "t109"."best_hour_sms_share",
      "t109"."best_hour_sms_lo",
      "t109"."best_hour_sms_hi",
      "t109"."top_topic",
      "t109"."top_format",
      "t109"."top_offer_type",
      "t44"."_cutoff",
      "t44"."all_mondays",
      "t44"."all_tuesdays",
      "t44"."all_wednesdays",
      "t44"."all_thursdays",
      "t44"."all_fridays",
      "t44"."all_saturdays",
      "t44"."all_sundays",
      "t44"."all_active_days",
      "t44"."all_discounted",
      "t44"."all_ordered",
      "t18"."_gaps",
      "t18"."spread_allowed",
      "t19"."_ordered",
      "t19"."_years",
      "t19"."peak_allowed"
    FROM (
      SELECT
        "t107".*
        EXCLUDE ("_cutoff0", "_cutoff1", "_cutoff2", "_cutoff3", "_cutoff4", "_cutoff5", "_cutoff6", "_profile_id0", "_profile_id1", "_profile_id2", "_profile_id3", "_profile_id4", "_profile_id5", "_profile_id6")
      FROM (
        SELECT
          "t20"."cutoff",
          "t20"."profile_id",
          "t20"."events",
          "t20"."acts",
          "t20"."purchase_events",
          "t20"."engagement_events",
          "t20"."web_events",
          "t20"."support_events",
          "t20"."other_events",
          "t20"."on_web",
          "t20"."on_app",
          "t20"."on_email",
          "t20"."on_sms",
          "t20"."on_push",
          "t20"."on_support",
          "t20"."on_pos",
          "t20"."on_social",
          "t20"."on_ads",
          "t20"."on_iot",
          "t20"."product_views",
          "t20"."searches",
          "t20"."cart_adds",
          "t20"."sessions",
          "t20"."orders",
          "t20"."discounted_orders",
          "t20"."refunded_orders",
          "t20"."events_decayed",
          "t20"."purchase_events_decayed",
          "t20"."engagement_events_decayed",
          "t20"."web_events_decayed",
          "t20"."support_events_decayed",
          "t20"."other_events_decayed",
          "t20"."purchase_events_last",
          "t20"."engagement_events_last",
          "t20"."web_events_last",
          "t20"."support_events_last",
          "t20"."other_events_last",
          "t20"."mondays",
          "t20"."tuesdays",
          "t20"."wednesdays",
          "t20"."thursdays",
          "t20"."fridays",
          "t20"."saturdays",
          "t20"."sundays",
          "t20"."active_days",
          "t20"."weekend_days",
          "t20"."engagement_score",
          "t20"."first_at",
          "t20"."last_at",
          "t20"."first_day",
          "t20"."revenue",
          "t20"."gaps",
          "t20"."ordered",
          "t20"."order_revenue",
          "t20"."later_revenue",
          "t20"."gap_squares",
          "t20"."month_1",
          "t20"."month_2",
          "t20"."month_3",
          "t20"."month_4",
          "t20"."month_5",
          "t20"."month_6",
          "t20"."month_7",
          "t20"."month_8",
          "t20"."month_9",
          "t20"."month_10",
          "t20"."month_11",
          "t20"."month_12",
          "t20"."first_order",
          "t20"."last_order",
          "t20"."discounted",
          "t20"."discounts",
          "t20"."discounted_revenue",
          "t20"."T_days",
          "t20"."order_span",
          "t20"."n_identifiers",
          "t20"."n_devices",
          "t20"."identity_confidence",
          "t20"."email_delivered",
          "t20"."email_opened",
          "t20"."email_opened_again",
          "t20"."email_clicked",
          "t20"."email_forwarded",
          "t20"."sms_delivered",
          "t20"."sms_clicked",
          "t20"."sms_replied",
          "t20"."put_into_cart",
          "t20"."bought_from_cart",
          "t20"."looked_again",
          "t20"."case_opened",
          "t20"."case_reopened",
          "t20"."case_resolved",
          "t20"."email_opened_log",
          "t20"."sms_replied_log",
          "t20"."case_last",
          "t20"."case_solved",
          "t20"."case_back",
          "t20"."channels_subscribed",
          "t20"."tracking_allowed",
          "t20"."profiling_allowed",
          "t20"."cart_left",
          (
            "t37"."_base0" + CAST("t20"."order_revenue" AS DOUBLE)
          ) * "t37"."_mean0" AS "aov",
          CAST("t20"."order_revenue" AS DOUBLE) / NULLIF("t20"."ordered", 0) AS "aov_observed",
          CAST(COALESCE("t20"."ordered", 0) AS BIGINT) AS "aov_n",
          (
            "t37"."_base0" + CAST("t20"."order_revenue" AS DOUBLE)
          ) * "t37"."_lo0" AS "aov_lo",
          (
            "t37"."_base0" + CAST("t20"."order_revenue" AS DOUBLE)
          ) * "t37"."_hi0" AS "aov_hi",
          "t37"."_confidence0" AS "aov_confidence",
          (
            "t38"."_base1" + CAST("t20"."T_days" AS DOUBLE)
          ) * "t38"."_mean1" AS "mean_gap_days",
          "t20"."order_span" / NULLIF("t20"."gaps", 0) AS "mean_gap_days_observed",
          CAST(COALESCE("t20"."gaps", 0) AS BIGINT) AS "mean_gap_days_n",
          (
            "t38"."_base1" + CAST("t20"."T_days" AS DOUBLE)
          ) * "t38"."_lo1" AS "mean_gap_days_lo",
          (
            "t38"."_base1" + CAST("t20"."T_days" AS DOUBLE)
          ) * "t38"."_hi1" AS "mean_gap_days_hi",
          "t38"."_confidence1" AS "mean_gap_days_confidence",
          (
            "t39"."_base2" + (
              (
                "t20"."ordered" * 0
              ) + 1.0
            )
          ) * "t39"."_mean2" AS "discounted_order_share",
          LEAST("t20"."discounted", "t20"."ordered") / NULLIF("t20"."ordered", 0) AS "discounted_order_share_observed",
          CAST(COALESCE("t20"."ordered", 0) AS BIGINT) AS "discounted_order_share_n",
          (
            "t39"."_base2" + (
              (
                "t20"."ordered" * 0
              ) + 1.0
            )
          ) * "t39"."_lo2" AS "discounted_order_share_lo",
          (
            "t39"."_base2" + (
              (
                "t20"."ordered" * 0
              ) + 1.0
            )
          ) * "t39"."_hi2" AS "discounted_order_share_hi",
          "t39"."_confidence2" AS "discounted_order_share_confidence",
          (
            "t40"."_base3" + (
              (
                "t20"."orders" * 0
              ) + 1.0
            )
          ) * "t40"."_mean3" AS "refund_rate",
          LEAST("t20"."refunded_orders", "t20"."orders") / NULLIF("t20"."orders", 0) AS "refund_rate_observed",
          CAST(COALESCE("t20"."orders", 0) AS BIGINT) AS "refund_rate_n",
          (
            "t40"."_base3" + (
              (
                "t20"."orders" * 0
              ) + 1.0
            )
          ) * "t40"."_lo3" AS "refund_rate_lo",
          (
            "t40"."_base3" + (
              (
                "t20"."orders" * 0
              ) + 1.0
            )
          ) * "t40"."_hi3" AS "refund_rate_hi",
          "t40"."_confidence3" AS "refund_rate_confidence",
          (
            "t41"."_base4" + (
              (
                "t20"."active_days" * 0
              ) + 1.0
            )
          ) * "t41"."_mean4" AS "weekend_share",
          LEAST("t20"."weekend_days", "t20"."active_days") / NULLIF("t20"."active_days", 0) AS "weekend_share_observed",
          CAST(COALESCE("t20"."active_days", 0) AS BIGINT) AS "weekend_share_n",
          (
            "t41"."_base4" + (
              (
                "t20"."active_days" * 0
              ) + 1.0
            )
          ) * "t41"."_lo4" AS "weekend_share_lo",
          (
            "t41"."_base4" + (
              (
                "t20"."active_days" * 0
              ) + 1.0
            )
          ) * "t41"."_hi4" AS "weekend_share_hi",
          "t41"."_confidence4" AS "weekend_share_confidence",
          "t77"."_cutoff0",
          "t77"."_profile_id0",
          "t77"."events_7d",
          "t77"."events_30d",
          "t77"."events_90d",
          "t77"."purchase_events_7d",
          "t77"."purchase_events_30d",
          "t77"."purchase_events_90d",
          "t77"."engagement_events_7d",
          "t77"."engagement_events_30d",
          "t77"."engagement_events_90d",
          "t77"."web_events_7d",
          "t77"."web_events_30d",
          "t77"."web_events_90d",
          "t77"."support_events_7d",
          "t77"."support_events_30d",
          "t77"."support_events_90d",
          "t77"."other_events_7d",
          "t77"."other_events_30d",
          "t77"."other_events_90d",
          "t77"."on_web_7d",
          "t77"."on_web_30d",
          "t77"."on_web_90d",
          "t77"."on_app_7d",
          "t77"."on_app_30d",
          "t77"."on_app_90d",
          "t77"."on_email_7d",
          "t77"."on_email_30d",
          "t77"."on_email_90d",
          "t77"."on_sms_7d",
          "t77"."on_sms_30d",
          "t77"."on_sms_90d",
          "t77"."on_push_7d",
          "t77"."on_push_30d",
          "t77"."on_push_90d",
          "t77"."on_support_7d",
          "t77"."on_support_30d",
          "t77"."on_support_90d",
          "t77"."on_pos_7d",
          "t77"."on_pos_30d",
          "t77"."on_pos_90d",
          "t77"."on_social_7d",
          "t77"."on_social_30d",
          "t77"."on_social_90d",
          "t77"."on_ads_7d",
          "t77"."on_ads_30d",
          "t77"."on_ads_90d",
          "t77"."on_iot_7d",
          "t77"."on_iot_30d",
          "t77"."on_iot_90d",
          "t77"."orders_30d",
          "t77"."orders_90d",
          "t77"."revenue_90d",
          "t77"."sessions_30d",
          "t77"."product_views_7d",
          "t77"."active_days_30d",
          "t77"."acts_30d",
          "t77"."acts_before",
          "t77"."slope",
          "t106"."_cutoff1",
          "t106"."_profile_id1",
          "t106"."visit_gap_median_d",
          "t74"."_cutoff2",
          "t74"."_profile_id2",
          "t74"."cases_180d",
          "t83"."_cutoff3",
          "t83"."_profile_id3",
          "t83"."browse_to_buy_median_h",
          "t83"."launch_buyer_h",
          "t83"."reduced",
          "t83"."discount_tenth",
          "t103"."_cutoff4",
          "t103"."_profile_id4",
          "t103"."top_category",
          "t103"."exit_page_mode",
          "t103"."category_entropy",
          "t66"."_cutoff5",
          "t66"."_profile_id5",
          "t66"."best_hour_web",
          "t66"."best_hour_web_n",
          "t66"."best_hour_web_share",
          "t66"."best_hour_web_lo",
          "t66"."best_hour_web_hi",
          "t66"."best_hour_app",
          "t66"."best_hour_app_n",
          "t66"."best_hour_app_share",
          "t66"."best_hour_app_lo",
          "t66"."best_hour_app_hi",
          "t66"."best_hour_email",
          "t66"."best_hour_email_n",
          "t66"."best_hour_email_share",
          "t66"."best_hour_email_lo",
          "t66"."best_hour_email_hi",
          "t66"."best_hour_sms",
          "t66"."best_hour_sms_n",
          "t66"."best_hour_sms_share",
          "t66"."best_hour_sms_lo",
          "t66"."best_hour_sms_hi",
          "t96"."_cutoff6",
          "t96"."_profile_id6",
          "t96"."top_topic",
          "t96"."top_format",
          "t96"."top_offer_type"
        FROM "temp"."main"."cached_2" AS "t20"
        LEFT OUTER JOIN (
          SELECT
            "t3"."cutoff" AS "_cutoff0",
            "t3"."k" AS "_k0",
            "t3"."n" AS "_n0",
            "t3"."base" AS "_base0",
            "t3"."mean" AS "_mean0",
            "t3"."lo" AS "_lo0",
            "t3"."hi" AS "_hi0",
            "t3"."confidence" AS "_confidence0"
          FROM "memtable_3" AS "t3"
        ) AS "t37"
          ON "t20"."cutoff" = "t37"."_cutoff0"
          AND CASE
            WHEN (
              "t20"."ordered" > 0
            ) AND (
              "t20"."order_revenue" > 0
            )
            THEN CAST("t20"."ordered" AS BIGINT)
            ELSE NULL
          END = "t37"."_k0"
          AND CAST("t20"."ordered" AS BIGINT) = "t37"."_n0"
        LEFT OUTER JOIN (
          SELECT
            "t4"."cutoff" AS "_cutoff1",
            "t4"."k" AS "_k1",
            "t4"."n" AS "_n1",
            "t4"."base" AS "_base1",
            "t4"."mean" AS "_mean1",
            "t4"."lo" AS "_lo1",
            "t4"."hi" AS "_hi1",
            "t4"."confidence" AS "_confidence1"
          FROM "memtable_4" AS "t4"
        ) AS "t38"
          ON "t20"."cutoff" = "t38"."_cutoff1"
          AND CASE WHEN "t20"."T_days" > 0 THEN CAST("t20"."gaps" AS BIGINT) ELSE NULL END = "t38"."_k1"
          AND CAST("t20"."gaps" AS BIGINT) = "t38"."_n1"
        LEFT OUTER JOIN (
          SELECT
            "t5"."cutoff" AS "_cutoff2",
            "t5"."k" AS "_k2",
            "t5"."n" AS "_n2",
            "t5"."base" AS "_base2",
            "t5"."mean" AS "_mean2",
            "t5"."lo" AS "_lo2",
            "t5"."hi" AS "_hi2",
            "t5"."confidence" AS "_confidence2"
          FROM "memtable_5" AS "t5"
        ) AS "t39"
          ON "t20"."cutoff" = "t39"."_cutoff2"
          AND CASE
            WHEN "t20"."ordered" > 0
            THEN CAST(LEAST("t20"."discounted", "t20"."ordered") AS BIGINT)
            ELSE NULL
          END = "t39"."_k2"
          AND CAST("t20"."ordered" AS BIGINT) = "t39"."_n2"
        LEFT OUTER JOIN (
          SELECT
            "t6"."cutoff" AS "_cutoff3",
            "t6"."k" AS "_k3",
            "t6"."n" AS "_n3",
            "t6"."base" AS "_base3",
            "t6"."mean" AS "_mean3",
            "t6"."lo" AS "_lo3",
            "t6"."hi" AS "_hi3",
            "t6"."confidence" AS "_confidence3"
          FROM "memtable_6" AS "t6"
        ) AS "t40"
          ON "t20"."cutoff" = "t40"."_cutoff3"
          AND CASE
            WHEN "t20"."orders" > 0
            THEN CAST(LEAST("t20"."refunded_orders", "t20"."orders") AS BIGINT)
            ELSE NULL
          END = "t40"."_k3"
          AND CAST("t20"."orders" AS BIGINT) = "t40"."_n3"
        LEFT OUTER JOIN (
          SELECT
            "t7"."cutoff" AS "_cutoff4",
            "t7"."k" AS "_k4",
            "t7"."n" AS "_n4",
            "t7"."base" AS "_base4",
            "t7"."mean" AS "_mean4",
            "t7"."lo" AS "_lo4",
            "t7"."hi" AS "_hi4",
            "t7"."confidence" AS "_confidence4"
          FROM "memtable_7" AS "t7"
        ) AS "t41"
          ON "t20"."cutoff" = "t41"."_cutoff4"
          AND CASE
            WHEN "t20"."active_days" > 0
            THEN CAST(LEAST("t20"."weekend_days", "t20"."active_days") AS BIGINT)
            ELSE NULL
          END = "t41"."_k4"
          AND CAST("t20"."active_days" AS BIGINT) = "t41"."_n4"
        LEFT OUTER JOIN (
          SELECT
            "t68"."cutoff" AS "_cutoff0",
            "t68"."profile_id" AS "_profile_id0",
            "t68"."events_7d",
            "t68"."events_30d",
            "t68"."events_90d",
            "t68"."purchase_events_7d",
            "t68"."purchase_events_30d",
            "t68"."purchase_events_90d",
            "t68"."engagement_events_7d",
            "t68"."engagement_events_30d",
            "t68"."engagement_events_90d",
            "t68"."web_events_7d",
            "t68"."web_events_30d",
            "t68"."web_events_90d",
            "t68"."support_events_7d",
            "t68"."support_events_30d",
            "t68"."support_events_90d",
            "t68"."other_events_7d",
            "t68"."other_events_30d",
            "t68"."other_events_90d",
            "t68"."on_web_7d",
            "t68"."on_web_30d",
            "t68"."on_web_90d",
            "t68"."on_app_7d",
            "t68"."on_app_30d",
            "t68"."on_app_90d",
            "t68"."on_email_7d",
            "t68"."on_email_30d",
            "t68"."on_email_90d",
            "t68"."on_sms_7d",
            "t68"."on_sms_30d",
            "t68"."on_sms_90d",
            "t68"."on_push_7d",
            "t68"."on_push_30d",
            "t68"."on_push_90d",
            "t68"."on_support_7d",
            "t68"."on_support_30d",
            "t68"."on_support_90d",
            "t68"."on_pos_7d",
            "t68"."on_pos_30d",
            "t68"."on_pos_90d",
            "t68"."on_social_7d",
            "t68"."on_social_30d",
            "t68"."on_social_90d",
            "t68"."on_ads_7d",
            "t68"."on_ads_30d",
            "t68"."on_ads_90d",
            "t68"."on_iot_7d",
            "t68"."on_iot_30d",
            "t68"."on_iot_90d",
            "t68"."orders_30d",
            "t68"."orders_90d",
            "t68"."revenue_90d",
            "t68"."sessions_30d",
            "t68"."product_views_7d",
            "t68"."active_days_30d",
            "t68"."acts_30d",
            "t68"."acts_before",
            "t68"."slope"
          FROM (
            SELECT
              "t53"."cutoff",
              "t53"."profile_id",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 7
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "events_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 30
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "events_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 90
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "events_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 7
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."purchase_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "purchase_events_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 30
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."purchase_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "purchase_events_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 90
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."purchase_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "purchase_events_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 7
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."engagement_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "engagement_events_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 30
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."engagement_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "engagement_events_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 90
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."engagement_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "engagement_events_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 7
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."web_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "web_events_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 30
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."web_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "web_events_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 90
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."web_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "web_events_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 7
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."support_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "support_events_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 30
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."support_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "support_events_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 90
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."support_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "support_events_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 7
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."other_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "other_events_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 30
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."other_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "other_events_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 90
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."other_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "other_events_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 7
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_web"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_web_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 30
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_web"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_web_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 90
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_web"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_web_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 7
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_app"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_app_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 30
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_app"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_app_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 90
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_app"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_app_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 7
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_email"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_email_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 30
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_email"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_email_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 90
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_email"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_email_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 7
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_sms"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_sms_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 30
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_sms"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_sms_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 90
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_sms"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_sms_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 7
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_push"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_push_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 30
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_push"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_push_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 90
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_push"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_push_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 7
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_support"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_support_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 30
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_support"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_support_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 90
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_support"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_support_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 7
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_pos"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_pos_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 30
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_pos"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_pos_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 90
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_pos"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_pos_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 7
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_social"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_social_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 30
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_social"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_social_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 90
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_social"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_social_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 7
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_ads"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_ads_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 30
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_ads"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_ads_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 90
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_ads"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_ads_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 7
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_iot"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_iot_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 30
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_iot"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_iot_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 90
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."on_iot"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_iot_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 30
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."orders"
                  ELSE 0
                END AS DOUBLE)
              ) AS "orders_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 90
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."orders"
                  ELSE 0
                END AS DOUBLE)
              ) AS "orders_90d",
              SUM("t53"."order_revenue" - "t53"."refunds") AS "revenue_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 30
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."sessions"
                  ELSE 0
                END AS DOUBLE)
              ) AS "sessions_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 7
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."product_views"
                  ELSE 0
                END AS DOUBLE)
              ) AS "product_views_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 30
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN CAST("t53"."acts" > 0 AS BIGINT)
                  ELSE 0
                END AS DOUBLE)
              ) AS "active_days_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 30
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN "t53"."acts"
                  ELSE 0
                END AS DOUBLE)
              ) AS "acts_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t53"."age" <= 60
                  ) AND (
                    "t53"."age" > 30
                  )
                  THEN "t53"."acts"
                  ELSE 0
                END AS DOUBLE)
              ) AS "acts_before",
              SUM(
                CASE
                  WHEN (
                    "t53"."age" <= 56
                  ) AND (
                    "t53"."age" > 0
                  )
                  THEN CAST("t53"."acts" AS DOUBLE) * (
                    3.5 - CAST(FLOOR((
                      "t53"."age" - 1
                    ) / (
                      7
                    )) AS BIGINT)
                  )
                  ELSE 0
                END
              ) AS "slope"
            FROM (
              SELECT
                "t45"."profile_id",
                "t45"."day",
                "t45"."first_at",
                "t45"."last_at",
                "t45"."events",
                "t45"."acts",
                "t45"."purchase_events",
                "t45"."engagement_events",
                "t45"."web_events",
                "t45"."support_events",
                "t45"."other_events",
                "t45"."on_web",
                "t45"."on_app",
                "t45"."on_email",
                "t45"."on_sms",
                "t45"."on_push",
                "t45"."on_support",
                "t45"."on_pos",
                "t45"."on_social",
                "t45"."on_ads",
                "t45"."on_iot",
                "t45"."product_views",
                "t45"."searches",
                "t45"."cart_adds",
                "t45"."sessions",
                "t45"."orders",
                "t45"."discounted_orders",
                "t45"."refunded_orders",
                "t45"."engagement",
                "t45"."order_revenue",
                "t45"."refunds",
                "t45"."discounts",
                "t45"."discounted_revenue",
                "t21"."cutoff",
                "t21"."age"
              FROM "t34" AS "t45"
              INNER JOIN "memtable_8" AS "t21"
                ON "t45"."day" = "t21"."day"
            ) AS "t53"
            GROUP BY
              1,
              2
          ) AS "t68"
        ) AS "t77"
          ON "t20"."cutoff" = "t77"."_cutoff0" AND "t20"."profile_id" = "t77"."_profile_id0"
        LEFT OUTER JOIN (
          SELECT
            "t104"."cutoff" AS "_cutoff1",
            "t104"."profile_id" AS "_profile_id1",
            "t104"."visit_gap_median_d"
          FROM (
            SELECT
              "t100"."cutoff",
              "t100"."profile_id",
              (
                CAST(FLOOR(
                  (
                    LIST_EXTRACT(
                      "t100"."own",
                      CAST(CAST(FLOOR((
                        "t100"."n" - 1
                      ) / (
                        2
                      )) AS BIGINT) AS INT) + CAST(CAST(CAST(FLOOR((
                        "t100"."n" - 1
                      ) / (
                        2
                      )) AS BIGINT) AS INT) >= 0 AS INT)
                    )
                  ) / (
                    1000000
                  )
                ) AS BIGINT) + CAST(FLOOR(
                  (
                    LIST_EXTRACT(
                      "t100"."own",
                      CAST(CAST(FLOOR((
                        "t100"."n" - 0
                      ) / (
                        2
                      )) AS BIGINT) AS INT) + CAST(CAST(CAST(FLOOR((
                        "t100"."n" - 0
                      ) / (
                        2
                      )) AS BIGINT) AS INT) >= 0 AS INT)
                    )
                  ) / (
                    1000000
                  )
                ) AS BIGINT)
              ) / 2 AS "visit_gap_median_d"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t97"."profile_id",
                  "t97"."cutoff",
                  "t97"."at",
                  "t97"."own",
                  ARRAY_LENGTH("t97"."own") AS "n"
                FROM (
                  SELECT
                    "t95".*
                    EXCLUDE ("both")
                  FROM (
                    SELECT
                      "t91"."profile_id",
                      "t91"."both",
                      "t91"."cutoff",
                      "t91"."at",
                      LIST_FILTER(
                        "t91"."both",
                        __ibis_param_one__ -> (
                          __ibis_param_one__ % 1000000
                        ) < "t91"."at"
                      ) AS "own"
                    FROM (
                      SELECT
                        "t88"."profile_id",
                        "t88"."both",
                        "t88"."cutoff",
                        CAST(FLOOR((
                          EPOCH(CAST(CAST("t88"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
                        ) / (
                          86400
                        )) AS BIGINT) AS "at"
                      FROM (
                        SELECT
                          "t86"."profile_id",
                          "t86"."both",
                          "t28"."cutoff"
                        FROM (
                          SELECT
                            "t78"."profile_id",
                            LIST_SORT(
                              ARRAY_AGG((
                                "t78"."gap" * 1000000
                              ) + "t78"."number") FILTER(WHERE
                                (
                                  (
                                    "t78"."gap" * 1000000
                                  ) + "t78"."number"
                                ) IS NOT NULL)
                            ) AS "both"
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                "t59"."profile_id",
                                "t59"."day",
                                "t59"."number",
                                "t59"."number" - LAG("t59"."number") OVER (
                                  PARTITION BY "t59"."profile_id"
                                  ORDER BY "t59"."day" ASC
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                                ) AS "gap"
                              FROM (
                                SELECT
                                  "t48"."profile_id",
                                  "t48"."day",
                                  CAST(FLOOR((
                                    EPOCH(CAST(CAST("t48"."day" AS TIMESTAMP) AS TIMESTAMP))
                                  ) / (
                                    86400
                                  )) AS BIGINT) AS "number"
                                FROM (
                                  SELECT
                                    *
                                  FROM "t34" AS "t42"
                                  WHERE
                                    "t42"."acts" > 0
                                ) AS "t48"
                              ) AS "t59"
                            ) AS "t69"
                            WHERE
                              "t69"."gap" IS NOT NULL
                          ) AS "t78"
                          GROUP BY
                            1
                        ) AS "t86"
                        CROSS JOIN "memtable_9" AS "t28"
                      ) AS "t88"
                    ) AS "t91"
                  ) AS "t95"
                ) AS "t97"
              ) AS "t98"
              WHERE
                "t98"."n" > 0
            ) AS "t100"
          ) AS "t104"
        ) AS "t106"
          ON "t20"."cutoff" = "t106"."_cutoff1" AND "t20"."profile_id" = "t106"."_profile_id1"
        LEFT OUTER JOIN (
          SELECT
            "t67"."cutoff" AS "_cutoff2",
            "t67"."profile_id" AS "_profile_id2",
            "t67"."cases_180d"
          FROM (
            SELECT
              "t61"."cutoff",
              "t61"."profile_id",
              SUM(CAST("t61"."n" AS DOUBLE)) AS "cases_180d"
            FROM (
              SELECT
                "t52"."profile_id",
                "t52"."day",
                "t52"."began",
                "t52"."kind",
                "t52"."topic",
                "t52"."format",
                "t52"."offer_type",
                "t52"."amount",
                "t52"."n",
                "t22"."cutoff",
                "t22"."age"
              FROM (
                SELECT
                  *
                FROM "t35" AS "t43"
                WHERE
                  "t43"."kind" = 'case opened'
              ) AS "t52"
              INNER JOIN "memtable_10" AS "t22"
                ON "t52"."day" = "t22"."day"
            ) AS "t61"
            GROUP BY
              1,
              2
          ) AS "t67"
        ) AS "t74"
          ON "t20"."cutoff" = "t74"."_cutoff2" AND "t20"."profile_id" = "t74"."_profile_id2"
        LEFT OUTER JOIN (
          SELECT
            "t79"."cutoff" AS "_cutoff3",
            "t79"."profile_id" AS "_profile_id3",
            "t79"."browse_to_buy_median_h",
            "t79"."launch_buyer_h",
            "t79"."reduced",
            "t79"."discount_tenth"
          FROM (
            SELECT
              "t70"."cutoff",
              "t70"."profile_id",
              QUANTILE_CONT("t70"."amount", 0.5) FILTER(WHERE
                "t70"."kind" = 'bought after looking') AS "browse_to_buy_median_h",
              QUANTILE_CONT("t70"."amount", 0.5) FILTER(WHERE
                "t70"."kind" = 'ordered new') AS "launch_buyer_h",
              COUNT(*) FILTER(WHERE
                "t70"."kind" = 'ordered reduced') AS "reduced",
              QUANTILE_CONT("t70"."amount", 0.1) FILTER(WHERE
                "t70"."kind" = 'ordered reduced') AS "discount_tenth"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t62"."profile_id",
                  "t62"."day",
                  "t62"."began",
                  "t62"."kind",
                  "t62"."topic",
                  "t62"."format",
                  "t62"."offer_type",
                  "t62"."amount",
                  "t62"."n",
                  "t62"."one",
                  "t24"."cutoff"
                FROM (
                  SELECT
                    "t50"."profile_id",
                    "t50"."day",
                    "t50"."began",
                    "t50"."kind",
                    "t50"."topic",
                    "t50"."format",
                    "t50"."offer_type",
                    "t50"."amount",
                    "t50"."n",
                    UNNEST(RANGE(0, "t50"."n", 1)) AS "one"
                  FROM (
                    SELECT
                      *
                    FROM "t35" AS "t43"
                    WHERE
                      "t43"."kind" IN ('bought after looking', 'ordered new', 'ordered reduced')
                  ) AS "t50"
                ) AS "t62"
                CROSS JOIN "memtable_11" AS "t24"
              ) AS "t64"
              WHERE
                "t64"."day" < "t64"."cutoff"
            ) AS "t70"
            GROUP BY
              1,
              2
          ) AS "t79"
        ) AS "t83"
          ON "t20"."cutoff" = "t83"."_cutoff3" AND "t20"."profile_id" = "t83"."_profile_id3"
        LEFT OUTER JOIN (
          SELECT
            "t101"."cutoff" AS "_cutoff4",
            "t101"."profile_id" AS "_profile_id4",
            "t101"."top_category",
            "t101"."exit_page_mode",
            "t101"."category_entropy"
          FROM (
            SELECT
              "t99"."cutoff",
              "t99"."profile_id",
              "t99"."top_category",
              "t99"."exit_page_mode",
              "t99"."category_entropy"
            FROM (
              SELECT
                "t93"."cutoff",
                "t93"."profile_id",
                "t93"."top_category",
                "t93"."exit_page_mode",
                "t93"."total",
                "t93"."spread",
                CASE
                  WHEN "t93"."total" > 0
                  THEN GREATEST(
                    CAST(ROUND(LOG(2, "t93"."total") - (
                      "t93"."spread" / "t93"."total"
                    ), 9) AS DOUBLE),
                    0.0
                  )
                  ELSE NULL
                END AS "category_entropy"
              FROM (
                SELECT
                  "t89"."cutoff",
                  "t89"."profile_id",
                  MAX(
                    CASE
                      WHEN (
                        "t89"."kind" = 'ordered'
                      ) AND (
                        "t89"."place" = 0
                      )
                      THEN "t89"."topic"
                      ELSE NULL
                    END
                  ) AS "top_category",
                  MAX(
                    CASE
                      WHEN (
                        "t89"."kind" = 'left'
                      ) AND (
                        "t89"."place" = 0
                      )
                      THEN "t89"."topic"
                      ELSE NULL
                    END
                  ) AS "exit_page_mode",
                  SUM("t89"."n") FILTER(WHERE
                    "t89"."kind" = 'ordered') AS "total",
                  SUM("t89"."n" * LOG(2, "t89"."n")) FILTER(WHERE
                    "t89"."kind" = 'ordered') AS "spread"
                FROM (
                  SELECT
                    "t85"."cutoff",
                    "t85"."profile_id",
                    "t85"."kind",
                    "t85"."topic",
                    "t85"."n",
                    ROW_NUMBER() OVER (
                      PARTITION BY "t85"."cutoff", "t85"."profile_id", "t85"."kind"
                      ORDER BY "t85"."n" DESC, "t85"."topic" ASC
                      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                    ) - 1 AS "place"
                  FROM (
                    SELECT
                      "t82"."cutoff",
                      "t82"."profile_id",
                      "t82"."kind",
                      "t82"."topic",
                      SUM("t82"."n") AS "n"
                    FROM (
                      SELECT
                        "t75"."profile_id",
                        "t75"."until",
                        "t75"."kind",
                        "t75"."topic",
                        "t75"."n",
                        "t27"."cutoff",
                        "t27"."since"
                      FROM (
                        SELECT
                          "t65"."profile_id",
                          "t65"."until",
                          "t65"."kind",
                          "t65"."topic",
                          SUM(CAST("t65"."n" AS DOUBLE)) AS "n"
                        FROM (
                          SELECT
                            "t55"."profile_id",
                            "t55"."day",
                            "t55"."began",
                            "t55"."kind",
                            "t55"."topic",
                            "t55"."format",
                            "t55"."offer_type",
                            "t55"."amount",
                            "t55"."n",
                            CASE
                              WHEN "t55"."day" < MAKE_DATE(2025, 6, 1)
                              THEN MAKE_DATE(2025, 6, 1)
                              ELSE MAKE_DATE(2025, 10, 1)
                            END AS "until"
                          FROM (
                            SELECT
                              *
                            FROM (
                              SELECT
                                *
                              FROM "t35" AS "t43"
                              WHERE
                                "t43"."kind" IN ('ordered', 'left')
                            ) AS "t51"
                            WHERE
                              "t51"."day" < MAKE_DATE(2025, 10, 1)
                          ) AS "t55"
                        ) AS "t65"
                        GROUP BY
                          1,
                          2,
                          3,
                          4
                      ) AS "t75"
                      INNER JOIN "memtable_12" AS "t27"
                        ON "t75"."until" = "t27"."until"
                    ) AS "t82"
                    GROUP BY
                      1,
                      2,
                      3,
                      4
                  ) AS "t85"
                ) AS "t89"
                GROUP BY
                  1,
                  2
              ) AS "t93"
            ) AS "t99"
          ) AS "t101"
        ) AS "t103"
          ON "t20"."cutoff" = "t103"."_cutoff4" AND "t20"."profile_id" = "t103"."_profile_id4"
        LEFT OUTER JOIN (
          SELECT
            "t60"."cutoff" AS "_cutoff5",
            "t60"."profile_id" AS "_profile_id5",
            "t60"."best_hour_web",
            "t60"."best_hour_web_n",
            "t60"."best_hour_web_share",
            "t60"."best_hour_web_lo",
            "t60"."best_hour_web_hi",
            "t60"."best_hour_app",
            "t60"."best_hour_app_n",
            "t60"."best_hour_app_share",
            "t60"."best_hour_app_lo",
            "t60"."best_hour_app_hi",
            "t60"."best_hour_email",
            "t60"."best_hour_email_n",
            "t60"."best_hour_email_share",
            "t60"."best_hour_email_lo",
            "t60"."best_hour_email_hi",
            "t60"."best_hour_sms",
            "t60"."best_hour_sms_n",
            "t60"."best_hour_sms_share",
            "t60"."best_hour_sms_lo",
            "t60"."best_hour_sms_hi"
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t46"."cutoff",
                "t46"."profile_id",
                MAX("t46"."hour") FILTER(WHERE
                  "t46"."kind" = 'hour on web') AS "best_hour_web",
                MAX("t46"."n") FILTER(WHERE
                  "t46"."kind" = 'hour on web') AS "best_hour_web_n",
                MAX("t46"."share") FILTER(WHERE
                  "t46"."kind" = 'hour on web') AS "best_hour_web_share",
                MAX("t46"."lo") FILTER(WHERE
                  "t46"."kind" = 'hour on web') AS "best_hour_web_lo",
                MAX("t46"."hi") FILTER(WHERE
                  "t46"."kind" = 'hour on web') AS "best_hour_web_hi",
                MAX("t46"."hour") FILTER(WHERE
                  "t46"."kind" = 'hour on app') AS "best_hour_app",
                MAX("t46"."n") FILTER(WHERE
                  "t46"."kind" = 'hour on app') AS "best_hour_app_n",
                MAX("t46"."share") FILTER(WHERE
                  "t46"."kind" = 'hour on app') AS "best_hour_app_share",
                MAX("t46"."lo") FILTER(WHERE
                  "t46"."kind" = 'hour on app') AS "best_hour_app_lo",
                MAX("t46"."hi") FILTER(WHERE
                  "t46"."kind" = 'hour on app') AS "best_hour_app_hi",
                MAX("t46"."hour") FILTER(WHERE
                  "t46"."kind" = 'hour on email') AS "best_hour_email",
                MAX("t46"."n") FILTER(WHERE
                  "t46"."kind" = 'hour on email') AS "best_hour_email_n",
                MAX("t46"."share") FILTER(WHERE
                  "t46"."kind" = 'hour on email') AS "best_hour_email_share",
                MAX("t46"."lo") FILTER(WHERE
                  "t46"."kind" = 'hour on email') AS "best_hour_email_lo",
                MAX("t46"."hi") FILTER(WHERE
                  "t46"."kind" = 'hour on email') AS "best_hour_email_hi",
                MAX("t46"."hour") FILTER(WHERE
                  "t46"."kind" = 'hour on sms') AS "best_hour_sms",
                MAX("t46"."n") FILTER(WHERE
                  "t46"."kind" = 'hour on sms') AS "best_hour_sms_n",
                MAX("t46"."share") FILTER(WHERE
                  "t46"."kind" = 'hour on sms') AS "best_hour_sms_share",
                MAX("t46"."lo") FILTER(WHERE
                  "t46"."kind" = 'hour on sms') AS "best_hour_sms_lo",
                MAX("t46"."hi") FILTER(WHERE
                  "t46"."kind" = 'hour on sms') AS "best_hour_sms_hi"
              FROM (
                SELECT
                  "t23"."cutoff",
                  "t23"."profile_id",
                  "t23"."kind",
                  "t23"."hour",
                  "t23"."n",
                  "t23"."weight",
                  "t23"."k",
                  "t23"."share",
                  "t25"."lo",
                  "t25"."hi"
                FROM "temp"."main"."cached_13" AS "t23"
                INNER JOIN "memtable_14" AS "t25"
                  ON "t23"."cutoff" = "t25"."cutoff"
                  AND "t23"."kind" = "t25"."kind"
                  AND "t23"."hour" = "t25"."hour"
                  AND "t23"."k" = "t25"."k"
                  AND "t23"."n" = "t25"."n"
              ) AS "t46"
              GROUP BY
                1,
                2
            ) AS "t54"
          ) AS "t60"
        ) AS "t66"
          ON "t20"."cutoff" = "t66"."_cutoff5" AND "t20"."profile_id" = "t66"."_profile_id5"
        LEFT OUTER JOIN (
          SELECT
            "t92"."cutoff" AS "_cutoff6",
            "t92"."profile_id" AS "_profile_id6",
            "t92"."top_topic",
            "t92"."top_format",
            "t92"."top_offer_type"
          FROM (
            SELECT
              "t90"."cutoff",
              "t90"."profile_id",
              MAX("t90"."value") FILTER(WHERE
                "t90"."about" = 'topic') AS "top_topic",
              MAX("t90"."value") FILTER(WHERE
                "t90"."about" = 'format') AS "top_format",
              MAX("t90"."value") FILTER(WHERE
                "t90"."about" = 'offer_type') AS "top_offer_type"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t80"."cutoff",
                  "t80"."profile_id",
                  "t80"."about",
                  "t80"."value",
                  "t80"."n",
                  "t80"."answered",
                  "t80"."expected",
                  "t80"."lift_observed",
                  "t80"."lift",
                  "t80"."lift_lo",
                  "t80"."lift_hi",
                  "t80"."confidence",
                  ROW_NUMBER() OVER (
                    PARTITION BY "t80"."cutoff", "t80"."profile_id", "t80"."about"
                    ORDER BY CAST(ROUND("t80"."lift", 12) AS DOUBLE) DESC, "t80"."value" ASC
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                  ) - 1 AS "place"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t26"."cutoff",
                      "t26"."profile_id",
                      "t26"."about",
                      "t26"."value",
                      CAST("t26"."n" AS BIGINT) AS "n",
                      CAST("t26"."answered" AS BIGINT) AS "answered",
                      "t26"."answered" - "t26"."beyond" AS "expected",
                      "t26"."beyond" / "t26"."chance" AS "lift_observed",
                      "t26"."beyond" * (
                        "t58"."spread" / (
                          (
                            "t58"."spread" * "t26"."chance"
                          ) + 1
                        )
                      ) AS "lift",
                      (
                        "t26"."beyond" * (
                          "t58"."spread" / (
                            (
                              "t58"."spread" * "t26"."chance"
                            ) + 1
                          )
                        )
                      ) - (
                        SQRT("t58"."spread" / (
                          (
                            "t58"."spread" * "t26"."chance"
                          ) + 1
                        )) * 1.2815515655446004
                      ) AS "lift_lo",
                      (
                        "t26"."beyond" * (
                          "t58"."spread" / (
                            (
                              "t58"."spread" * "t26"."chance"
                            ) + 1
                          )
                        )
                      ) + (
                        SQRT("t58"."spread" / (
                          (
                            "t58"."spread" * "t26"."chance"
                          ) + 1
                        )) * 1.2815515655446004
                      ) AS "lift_hi",
                      (
                        "t58"."spread" * "t26"."chance"
                      ) / (
                        (
                          "t58"."spread" * "t26"."chance"
                        ) + 1
                      ) AS "confidence"
                    FROM "temp"."main"."cached_15" AS "t26"
                    INNER JOIN (
                      SELECT
                        "t47"."cutoff",
                        "t47"."about",
                        GREATEST("t47"."square" / "t47"."weight", 0.0) AS "spread"
                      FROM (
                        SELECT
                          "t15"."cutoff",
                          "t15"."about",
                          SUM("t15"."beyond" * "t15"."beyond") - SUM("t15"."chance") AS "square",
                          SUM("t15"."chance" * "t15"."chance") AS "weight"
                        FROM "temp"."main"."cached_15" AS "t15"
                        GROUP BY
                          1,
                          2
                      ) AS "t47"
                    ) AS "t58"
                      ON "t26"."cutoff" = "t58"."cutoff" AND "t26"."about" = "t58"."about"
                  ) AS "t76"
                  WHERE
                    "t76"."lift_lo" > 0
                ) AS "t80"
              ) AS "t87"
              WHERE
                "t87"."place" = 0
            ) AS "t90"
            GROUP BY
              1,
              2
          ) AS "t92"
        ) AS "t96"
          ON "t20"."cutoff" = "t96"."_cutoff6" AND "t20"."profile_id" = "t96"."_profile_id6"
      ) AS "t107"
    ) AS "t109"
    LEFT OUTER JOIN (
      SELECT
        "t2"."cutoff" AS "_cutoff",
        SUM("t2"."mondays") AS "all_mondays",
        SUM("t2"."tuesdays") AS "all_tuesdays",
        SUM("t2"."wednesdays") AS "all_wednesdays",
        SUM("t2"."thursdays") AS "all_thursdays",
        SUM("t2"."fridays") AS "all_fridays",
        SUM("t2"."saturdays") AS "all_saturdays",
        SUM("t2"."sundays") AS "all_sundays",
        SUM("t2"."active_days") AS "all_active_days",
        SUM("t2"."discounted") AS "all_discounted",
        SUM("t2"."ordered") AS "all_ordered"
      FROM "temp"."main"."cached_2" AS "t2"
      GROUP BY
        1
    ) AS "t44"
      ON "t109"."cutoff" = "t44"."_cutoff"
    LEFT OUTER JOIN "memtable_16" AS "t18"
      ON "t109"."gaps" = "t18"."_gaps"
    LEFT OUTER JOIN "memtable_17" AS "t19"
      ON CASE WHEN "t109"."ordered" > 500 THEN 500.0 ELSE "t109"."ordered" END = "t19"."_ordered"
      AND CASE
        WHEN CAST(FLOOR((
          "t109"."T_days"
        ) / (
          365
        )) AS BIGINT) > 10
        THEN 10
        ELSE CAST(FLOOR((
          "t109"."T_days"
        ) / (
          365
        )) AS BIGINT)
      END = "t19"."_years"
  ) AS "t110"
) AS "t111"
