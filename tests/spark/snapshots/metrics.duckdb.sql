SELECT
  "t98"."cutoff",
  "t98"."profile_id",
  "t98"."first_at" AS "first_seen_at",
  "t98"."last_at" AS "last_seen_at",
  CAST(FLOOR((
    EPOCH(CAST(CAST("t98"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
  ) / (
    86400
  )) AS BIGINT) - "t98"."first_day" AS "tenure_days",
  "t98"."n_identifiers",
  "t98"."n_devices",
  CAST("t98"."on_web" > 0 AS BIGINT) + 0 + CAST("t98"."on_app" > 0 AS BIGINT) + CAST("t98"."on_email" > 0 AS BIGINT) + CAST("t98"."on_sms" > 0 AS BIGINT) + CAST("t98"."on_push" > 0 AS BIGINT) + CAST("t98"."on_support" > 0 AS BIGINT) + CAST("t98"."on_pos" > 0 AS BIGINT) + CAST("t98"."on_social" > 0 AS BIGINT) + CAST("t98"."on_ads" > 0 AS BIGINT) + CAST("t98"."on_iot" > 0 AS BIGINT) AS "n_channels_active",
  "t98"."identity_confidence",
  CAST("t98"."orders" AS BIGINT) AS "orders_count",
  CAST("t98"."gaps" AS BIGINT) AS "repeat_frequency",
  CAST(FLOOR((
    EPOCH(CAST(CAST("t98"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
  ) / (
    86400
  )) AS BIGINT) - "t98"."last_order" AS "days_since_last_order",
  "t98"."order_span" AS "recency_btyd_days",
  "t98"."T_days",
  CAST("t98"."revenue" AS DOUBLE) AS "revenue_total",
  "t98"."aov",
  "t98"."aov_observed",
  "t98"."aov_n",
  "t98"."aov_lo",
  "t98"."aov_hi",
  "t98"."aov_confidence",
  CAST("t98"."later_revenue" AS DOUBLE) / NULLIF(CAST("t98"."gaps" AS BIGINT), 0) AS "monetary_repeat",
  "t98"."mean_gap_days",
  "t98"."mean_gap_days_observed",
  "t98"."mean_gap_days_n",
  "t98"."mean_gap_days_lo",
  "t98"."mean_gap_days_hi",
  "t98"."mean_gap_days_confidence",
  SQRT(
    CASE
      WHEN (
        (
          "t98"."gap_squares" - (
            "t98"."order_span" * (
              "t98"."order_span" / NULLIF(CAST("t98"."gaps" AS BIGINT), 0)
            )
          )
        ) / NULLIF(CAST("t98"."gaps" AS BIGINT) - 1, 0)
      ) < 0
      THEN 0.0
      ELSE (
        "t98"."gap_squares" - (
          "t98"."order_span" * (
            "t98"."order_span" / NULLIF(CAST("t98"."gaps" AS BIGINT), 0)
          )
        )
      ) / NULLIF(CAST("t98"."gaps" AS BIGINT) - 1, 0)
    END
  ) / (
    "t98"."order_span" / NULLIF(CAST("t98"."gaps" AS BIGINT), 0)
  ) AS "gap_cv",
  CAST(CAST("t98"."cutoff" AS TIMESTAMP) + TO_DAYS(
    CAST(ROUND("t98"."order_span" / NULLIF(CAST("t98"."gaps" AS BIGINT), 0), 0) AS BIGINT) - (
      CAST(FLOOR((
        EPOCH(CAST(CAST("t98"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
      ) / (
        86400
      )) AS BIGINT) - "t98"."last_order"
    )
  ) AS DATE) AS "expected_next_order_at",
  CAST(CAST("t98"."cutoff" AS TIMESTAMP) + TO_DAYS(
    CAST(ROUND(
      CASE
        WHEN (
          (
            "t98"."order_span" / NULLIF("t98"."gaps", 0)
          ) - (
            SQRT(
              CASE
                WHEN (
                  (
                    "t98"."gap_squares" - (
                      "t98"."order_span" * (
                        "t98"."order_span" / NULLIF("t98"."gaps", 0)
                      )
                    )
                  ) / NULLIF("t98"."gaps" - 1, 0)
                ) < 0
                THEN 0.0
                ELSE (
                  "t98"."gap_squares" - (
                    "t98"."order_span" * (
                      "t98"."order_span" / NULLIF("t98"."gaps", 0)
                    )
                  )
                ) / NULLIF("t98"."gaps" - 1, 0)
              END
            ) * "t98"."spread_allowed"
          )
        ) < 1.0
        THEN 1.0
        ELSE (
          "t98"."order_span" / NULLIF("t98"."gaps", 0)
        ) - (
          SQRT(
            CASE
              WHEN (
                (
                  "t98"."gap_squares" - (
                    "t98"."order_span" * (
                      "t98"."order_span" / NULLIF("t98"."gaps", 0)
                    )
                  )
                ) / NULLIF("t98"."gaps" - 1, 0)
              ) < 0
              THEN 0.0
              ELSE (
                "t98"."gap_squares" - (
                  "t98"."order_span" * (
                    "t98"."order_span" / NULLIF("t98"."gaps", 0)
                  )
                )
              ) / NULLIF("t98"."gaps" - 1, 0)
            END
          ) * "t98"."spread_allowed"
        )
      END,
      0
    ) AS BIGINT) - (
      CAST(FLOOR((
        EPOCH(CAST(CAST("t98"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
      ) / (
        86400
      )) AS BIGINT) - "t98"."last_order"
    )
  ) AS DATE) AS "expected_next_order_lo",
  CAST(CAST("t98"."cutoff" AS TIMESTAMP) + TO_DAYS(
    CAST(ROUND(
      (
        "t98"."order_span" / NULLIF("t98"."gaps", 0)
      ) + (
        SQRT(
          CASE
            WHEN (
              (
                "t98"."gap_squares" - (
                  "t98"."order_span" * (
                    "t98"."order_span" / NULLIF("t98"."gaps", 0)
                  )
                )
              ) / NULLIF("t98"."gaps" - 1, 0)
            ) < 0
            THEN 0.0
            ELSE (
              "t98"."gap_squares" - (
                "t98"."order_span" * (
                  "t98"."order_span" / NULLIF("t98"."gaps", 0)
                )
              )
            ) / NULLIF("t98"."gaps" - 1, 0)
          END
        ) * "t98"."spread_allowed"
      ),
      0
    ) AS BIGINT) - (
      CAST(FLOOR((
        EPOCH(CAST(CAST("t98"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
      ) / (
        86400
      )) AS BIGINT) - "t98"."last_order"
    )
  ) AS DATE) AS "expected_next_order_hi",
  -(
    CAST(ROUND("t98"."order_span" / NULLIF(CAST("t98"."gaps" AS BIGINT), 0), 0) AS BIGINT) - (
      CAST(FLOOR((
        EPOCH(CAST(CAST("t98"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
      ) / (
        86400
      )) AS BIGINT) - "t98"."last_order"
    )
  ) AS "overdue_days",
  CAST(CASE
    WHEN COALESCE(
      GREATEST(
        "t98"."month_1",
        "t98"."month_2",
        "t98"."month_3",
        "t98"."month_4",
        "t98"."month_5",
        "t98"."month_6",
        "t98"."month_7",
        "t98"."month_8",
        "t98"."month_9",
        "t98"."month_10",
        "t98"."month_11",
        "t98"."month_12"
      ) > "t98"."peak_allowed",
      FALSE
    )
    THEN CASE
      WHEN "t98"."month_1" = GREATEST(
        "t98"."month_1",
        "t98"."month_2",
        "t98"."month_3",
        "t98"."month_4",
        "t98"."month_5",
        "t98"."month_6",
        "t98"."month_7",
        "t98"."month_8",
        "t98"."month_9",
        "t98"."month_10",
        "t98"."month_11",
        "t98"."month_12"
      )
      THEN 1
      WHEN "t98"."month_2" = GREATEST(
        "t98"."month_1",
        "t98"."month_2",
        "t98"."month_3",
        "t98"."month_4",
        "t98"."month_5",
        "t98"."month_6",
        "t98"."month_7",
        "t98"."month_8",
        "t98"."month_9",
        "t98"."month_10",
        "t98"."month_11",
        "t98"."month_12"
      )
      THEN 2
      WHEN "t98"."month_3" = GREATEST(
        "t98"."month_1",
        "t98"."month_2",
        "t98"."month_3",
        "t98"."month_4",
        "t98"."month_5",
        "t98"."month_6",
        "t98"."month_7",
        "t98"."month_8",
        "t98"."month_9",
        "t98"."month_10",
        "t98"."month_11",
        "t98"."month_12"
      )
      THEN 3
      WHEN "t98"."month_4" = GREATEST(
        "t98"."month_1",
        "t98"."month_2",
        "t98"."month_3",
        "t98"."month_4",
        "t98"."month_5",
        "t98"."month_6",
        "t98"."month_7",
        "t98"."month_8",
        "t98"."month_9",
        "t98"."month_10",
        "t98"."month_11",
        "t98"."month_12"
      )
      THEN 4
      WHEN "t98"."month_5" = GREATEST(
        "t98"."month_1",
        "t98"."month_2",
        "t98"."month_3",
        "t98"."month_4",
        "t98"."month_5",
        "t98"."month_6",
        "t98"."month_7",
        "t98"."month_8",
        "t98"."month_9",
        "t98"."month_10",
        "t98"."month_11",
        "t98"."month_12"
      )
      THEN 5
      WHEN "t98"."month_6" = GREATEST(
        "t98"."month_1",
        "t98"."month_2",
        "t98"."month_3",
        "t98"."month_4",
        "t98"."month_5",
        "t98"."month_6",
        "t98"."month_7",
        "t98"."month_8",
        "t98"."month_9",
        "t98"."month_10",
        "t98"."month_11",
        "t98"."month_12"
      )
      THEN 6
      WHEN "t98"."month_7" = GREATEST(
        "t98"."month_1",
        "t98"."month_2",
        "t98"."month_3",
        "t98"."month_4",
        "t98"."month_5",
        "t98"."month_6",
        "t98"."month_7",
        "t98"."month_8",
        "t98"."month_9",
        "t98"."month_10",
        "t98"."month_11",
        "t98"."month_12"
      )
      THEN 7
      WHEN "t98"."month_8" = GREATEST(
        "t98"."month_1",
        "t98"."month_2",
        "t98"."month_3",
        "t98"."month_4",
        "t98"."month_5",
        "t98"."month_6",
        "t98"."month_7",
        "t98"."month_8",
        "t98"."month_9",
        "t98"."month_10",
        "t98"."month_11",
        "t98"."month_12"
      )
      THEN 8
      WHEN "t98"."month_9" = GREATEST(
        "t98"."month_1",
        "t98"."month_2",
        "t98"."month_3",
        "t98"."month_4",
        "t98"."month_5",
        "t98"."month_6",
        "t98"."month_7",
        "t98"."month_8",
        "t98"."month_9",
        "t98"."month_10",
        "t98"."month_11",
        "t98"."month_12"
      )
      THEN 9
      WHEN "t98"."month_10" = GREATEST(
        "t98"."month_1",
        "t98"."month_2",
        "t98"."month_3",
        "t98"."month_4",
        "t98"."month_5",
        "t98"."month_6",
        "t98"."month_7",
        "t98"."month_8",
        "t98"."month_9",
        "t98"."month_10",
        "t98"."month_11",
        "t98"."month_12"
      )
      THEN 10
      WHEN "t98"."month_11" = GREATEST(
        "t98"."month_1",
        "t98"."month_2",
        "t98"."month_3",
        "t98"."month_4",
        "t98"."month_5",
        "t98"."month_6",
        "t98"."month_7",
        "t98"."month_8",
        "t98"."month_9",
        "t98"."month_10",
        "t98"."month_11",
        "t98"."month_12"
      )
      THEN 11
      WHEN "t98"."month_12" = GREATEST(
        "t98"."month_1",
        "t98"."month_2",
        "t98"."month_3",
        "t98"."month_4",
        "t98"."month_5",
        "t98"."month_6",
        "t98"."month_7",
        "t98"."month_8",
        "t98"."month_9",
        "t98"."month_10",
        "t98"."month_11",
        "t98"."month_12"
      )
      THEN 12
      ELSE NULL
    END
    ELSE NULL
  END AS BIGINT) AS "season_peak_month",
  "t98"."top_category",
  "t98"."category_entropy",
  "t98"."browse_to_buy_median_h",
  CAST(COALESCE("t98"."orders_30d", 0) AS BIGINT) AS "orders_30d",
  CAST(COALESCE("t98"."orders_90d", 0) AS BIGINT) AS "orders_90d",
  COALESCE(CAST("t98"."revenue_90d" AS DOUBLE), 0.0) AS "revenue_90d",
  "t98"."discounted_order_share",
  "t98"."discounted_order_share_observed",
  "t98"."discounted_order_share_n",
  "t98"."discounted_order_share_lo",
  "t98"."discounted_order_share_hi",
  "t98"."discounted_order_share_confidence",
  CAST("t98"."discounts" AS DOUBLE) / NULLIF(CAST("t98"."discounts" AS DOUBLE) + CAST("t98"."discounted_revenue" AS DOUBLE), 0) AS "mean_discount_depth",
  CASE
    WHEN (
      "t98"."discounted_order_share" > 0
    )
    AND (
      "t98"."discounted_order_share" < 1
    )
    THEN LN("t98"."discounted_order_share" / (
      1 - "t98"."discounted_order_share"
    ))
    ELSE NULL
  END - CASE
    WHEN (
      (
        "t98"."all_discounted" / NULLIF("t98"."all_ordered", 0)
      ) > 0
    )
    AND (
      (
        "t98"."all_discounted" / NULLIF("t98"."all_ordered", 0)
      ) < 1
    )
    THEN LN(
      (
        "t98"."all_discounted" / NULLIF("t98"."all_ordered", 0)
      ) / (
        1 - (
          "t98"."all_discounted" / NULLIF("t98"."all_ordered", 0)
        )
      )
    )
    ELSE NULL
  END AS "price_sensitivity",
  CASE
    WHEN (
      "t98"."discounted_order_share_observed" > 0
    )
    AND (
      "t98"."discounted_order_share_observed" < 1
    )
    THEN LN(
      "t98"."discounted_order_share_observed" / (
        1 - "t98"."discounted_order_share_observed"
      )
    )
    ELSE NULL
  END - CASE
    WHEN (
      (
        "t98"."all_discounted" / NULLIF("t98"."all_ordered", 0)
      ) > 0
    )
    AND (
      (
        "t98"."all_discounted" / NULLIF("t98"."all_ordered", 0)
      ) < 1
    )
    THEN LN(
      (
        "t98"."all_discounted" / NULLIF("t98"."all_ordered", 0)
      ) / (
        1 - (
          "t98"."all_discounted" / NULLIF("t98"."all_ordered", 0)
        )
      )
    )
    ELSE NULL
  END AS "price_sensitivity_observed",
  "t98"."discounted_order_share_n" AS "price_sensitivity_n",
  CASE
    WHEN (
      "t98"."discounted_order_share_lo" > 0
    )
    AND (
      "t98"."discounted_order_share_lo" < 1
    )
    THEN LN("t98"."discounted_order_share_lo" / (
      1 - "t98"."discounted_order_share_lo"
    ))
    ELSE NULL
  END - CASE
    WHEN (
      (
        "t98"."all_discounted" / NULLIF("t98"."all_ordered", 0)
      ) > 0
    )
    AND (
      (
        "t98"."all_discounted" / NULLIF("t98"."all_ordered", 0)
      ) < 1
    )
    THEN LN(
      (
        "t98"."all_discounted" / NULLIF("t98"."all_ordered", 0)
      ) / (
        1 - (
          "t98"."all_discounted" / NULLIF("t98"."all_ordered", 0)
        )
      )
    )
    ELSE NULL
  END AS "price_sensitivity_lo",
  CASE
    WHEN (
      "t98"."discounted_order_share_hi" > 0
    )
    AND (
      "t98"."discounted_order_share_hi" < 1
    )
    THEN LN("t98"."discounted_order_share_hi" / (
      1 - "t98"."discounted_order_share_hi"
    ))
    ELSE NULL
  END - CASE
    WHEN (
      (
        "t98"."all_discounted" / NULLIF("t98"."all_ordered", 0)
      ) > 0
    )
    AND (
      (
        "t98"."all_discounted" / NULLIF("t98"."all_ordered", 0)
      ) < 1
    )
    THEN LN(
      (
        "t98"."all_discounted" / NULLIF("t98"."all_ordered", 0)
      ) / (
        1 - (
          "t98"."all_discounted" / NULLIF("t98"."all_ordered", 0)
        )
      )
    )
    ELSE NULL
  END AS "price_sensitivity_hi",
  "t98"."discounted_order_share_confidence" AS "price_sensitivity_confidence",
  "t98"."launch_buyer_h",
  CASE WHEN "t98"."reduced" >= 3 THEN "t98"."discount_tenth" ELSE NULL END AS "discount_threshold_pct",
  "t98"."refund_rate",
  "t98"."refund_rate_observed",
  "t98"."refund_rate_n",
  "t98"."refund_rate_lo",
  "t98"."refund_rate_hi",
  "t98"."refund_rate_confidence",
  CAST(NULL AS BIGINT) AS "sessions_30d",
  CAST(COALESCE("t98"."active_days_30d", 0) AS BIGINT) AS "active_days_30d",
  "t98"."engagement_score",
  "t98"."acts_30d" / NULLIF("t98"."acts_before", 0) AS "engagement_ratio_30d",
  COALESCE("t98"."slope" / 42.0, 0.0) AS "engagement_velocity",
  CAST(NULL AS DOUBLE) AS "email_open_rate",
  CAST(NULL AS DOUBLE) AS "email_open_rate_observed",
  CAST(NULL AS BIGINT) AS "email_open_rate_n",
  CAST(NULL AS DOUBLE) AS "email_open_rate_lo",
  CAST(NULL AS DOUBLE) AS "email_open_rate_hi",
  CAST(NULL AS DOUBLE) AS "email_open_rate_confidence",
  EXP("t98"."email_opened_log" / NULLIF("t98"."email_opened", 0)) AS "email_open_delay_h",
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
  EXP("t98"."sms_replied_log" / NULLIF("t98"."sms_replied", 0)) AS "sms_reply_delay_h",
  CAST(NULL AS BIGINT) AS "product_views_7d",
  CAST(NULL AS DOUBLE) AS "search_rate",
  CAST(NULL AS BIGINT) AS "repeat_view_days",
  CAST(NULL AS DOUBLE) AS "cart_abandon_rate",
  CAST(NULL AS DOUBLE) AS "cart_abandon_rate_observed",
  CAST(NULL AS BIGINT) AS "cart_abandon_rate_n",
  CAST(NULL AS DOUBLE) AS "cart_abandon_rate_lo",
  CAST(NULL AS DOUBLE) AS "cart_abandon_rate_hi",
  CAST(NULL AS DOUBLE) AS "cart_abandon_rate_confidence",
  "t98"."exit_page_mode",
  "t98"."mondays" / NULLIF("t98"."active_days", 0) AS "monday_share",
  "t98"."tuesdays" / NULLIF("t98"."active_days", 0) AS "tuesday_share",
  "t98"."wednesdays" / NULLIF("t98"."active_days", 0) AS "wednesday_share",
  "t98"."thursdays" / NULLIF("t98"."active_days", 0) AS "thursday_share",
  "t98"."fridays" / NULLIF("t98"."active_days", 0) AS "friday_share",
  "t98"."saturdays" / NULLIF("t98"."active_days", 0) AS "saturday_share",
  "t98"."sundays" / NULLIF("t98"."active_days", 0) AS "sunday_share",
  "t98"."weekend_share",
  "t98"."weekend_share_observed",
  "t98"."weekend_share_n",
  "t98"."weekend_share_lo",
  "t98"."weekend_share_hi",
  "t98"."weekend_share_confidence",
  CAST(CASE
    WHEN COALESCE(
      (
        "t98"."active_days" >= 14
      )
      AND (
        (
          CASE
            WHEN (
              (
                "t98"."active_days" * "t98"."all_mondays"
              ) / "t98"."all_active_days"
            ) > 0
            THEN (
              (
                "t98"."mondays" - (
                  (
                    "t98"."active_days" * "t98"."all_mondays"
                  ) / "t98"."all_active_days"
                )
              ) * (
                "t98"."mondays" - (
                  (
                    "t98"."active_days" * "t98"."all_mondays"
                  ) / "t98"."all_active_days"
                )
              )
            ) / (
              (
                "t98"."active_days" * "t98"."all_mondays"
              ) / "t98"."all_active_days"
            )
            ELSE 0
          END + 0 + CASE
            WHEN (
              (
                "t98"."active_days" * "t98"."all_tuesdays"
              ) / "t98"."all_active_days"
            ) > 0
            THEN (
              (
                "t98"."tuesdays" - (
                  (
                    "t98"."active_days" * "t98"."all_tuesdays"
                  ) / "t98"."all_active_days"
                )
              ) * (
                "t98"."tuesdays" - (
                  (
                    "t98"."active_days" * "t98"."all_tuesdays"
                  ) / "t98"."all_active_days"
                )
              )
            ) / (
              (
                "t98"."active_days" * "t98"."all_tuesdays"
              ) / "t98"."all_active_days"
            )
            ELSE 0
          END + CASE
            WHEN (
              (
                "t98"."active_days" * "t98"."all_wednesdays"
              ) / "t98"."all_active_days"
            ) > 0
            THEN (
              (
                "t98"."wednesdays" - (
                  (
                    "t98"."active_days" * "t98"."all_wednesdays"
                  ) / "t98"."all_active_days"
                )
              ) * (
                "t98"."wednesdays" - (
                  (
                    "t98"."active_days" * "t98"."all_wednesdays"
                  ) / "t98"."all_active_days"
                )
              )
            ) / (
              (
                "t98"."active_days" * "t98"."all_wednesdays"
              ) / "t98"."all_active_days"
            )
            ELSE 0
          END + CASE
            WHEN (
              (
                "t98"."active_days" * "t98"."all_thursdays"
              ) / "t98"."all_active_days"
            ) > 0
            THEN (
              (
                "t98"."thursdays" - (
                  (
                    "t98"."active_days" * "t98"."all_thursdays"
                  ) / "t98"."all_active_days"
                )
              ) * (
                "t98"."thursdays" - (
                  (
                    "t98"."active_days" * "t98"."all_thursdays"
                  ) / "t98"."all_active_days"
                )
              )
            ) / (
              (
                "t98"."active_days" * "t98"."all_thursdays"
              ) / "t98"."all_active_days"
            )
            ELSE 0
          END + CASE
            WHEN (
              (
                "t98"."active_days" * "t98"."all_fridays"
              ) / "t98"."all_active_days"
            ) > 0
            THEN (
              (
                "t98"."fridays" - (
                  (
                    "t98"."active_days" * "t98"."all_fridays"
                  ) / "t98"."all_active_days"
                )
              ) * (
                "t98"."fridays" - (
                  (
                    "t98"."active_days" * "t98"."all_fridays"
                  ) / "t98"."all_active_days"
                )
              )
            ) / (
              (
                "t98"."active_days" * "t98"."all_fridays"
              ) / "t98"."all_active_days"
            )
            ELSE 0
          END + CASE
            WHEN (
              (
                "t98"."active_days" * "t98"."all_saturdays"
              ) / "t98"."all_active_days"
            ) > 0
            THEN (
              (
                "t98"."saturdays" - (
                  (
                    "t98"."active_days" * "t98"."all_saturdays"
                  ) / "t98"."all_active_days"
                )
              ) * (
                "t98"."saturdays" - (
                  (
                    "t98"."active_days" * "t98"."all_saturdays"
                  ) / "t98"."all_active_days"
                )
              )
            ) / (
              (
                "t98"."active_days" * "t98"."all_saturdays"
              ) / "t98"."all_active_days"
            )
            ELSE 0
          END + CASE
            WHEN (
              (
                "t98"."active_days" * "t98"."all_sundays"
              ) / "t98"."all_active_days"
            ) > 0
            THEN (
              (
                "t98"."sundays" - (
                  (
                    "t98"."active_days" * "t98"."all_sundays"
                  ) / "t98"."all_active_days"
                )
              ) * (
                "t98"."sundays" - (
                  (
                    "t98"."active_days" * "t98"."all_sundays"
                  ) / "t98"."all_active_days"
                )
              )
            ) / (
              (
                "t98"."active_days" * "t98"."all_sundays"
              ) / "t98"."all_active_days"
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
  "t98"."best_hour_web",
  "t98"."best_hour_web_n",
  "t98"."best_hour_web_share",
  "t98"."best_hour_web_lo",
  "t98"."best_hour_web_hi",
  "t98"."best_hour_app",
  "t98"."best_hour_app_n",
  "t98"."best_hour_app_share",
  "t98"."best_hour_app_lo",
  "t98"."best_hour_app_hi",
  "t98"."best_hour_email",
  "t98"."best_hour_email_n",
  "t98"."best_hour_email_share",
  "t98"."best_hour_email_lo",
  "t98"."best_hour_email_hi",
  "t98"."best_hour_sms",
  "t98"."best_hour_sms_n",
  "t98"."best_hour_sms_share",
  "t98"."best_hour_sms_lo",
  "t98"."best_hour_sms_hi",
  "t98"."visit_gap_median_d",
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
  "t98"."top_topic",
  "t98"."top_format",
  "t98"."top_offer_type",
  CAST(NULL AS BIGINT) AS "cases_180d",
  CAST(NULL AS BIGINT) AS "unresolved_cases",
  CAST("t98"."case_solved" % 1000000000 AS DOUBLE) / 100 AS "hours_to_resolve_last",
  CASE
    WHEN CAST(FLOOR((
      "t98"."case_back"
    ) / (
      1000000000
    )) AS BIGINT) = "t98"."case_last"
    THEN (
      "t98"."case_back" % 1000000000
    ) / 100
    ELSE CAST(CAST(FLOOR((
      EPOCH(CAST(CAST("t98"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
    ) / (
      86400
    )) AS BIGINT) - "t98"."case_last" AS DOUBLE)
  END / NULLIF("t98"."visit_gap_median_d", 0) AS "post_support_gap_ratio",
  CAST(COALESCE("t98"."events_7d", 0) AS BIGINT) AS "events_7d",
  CAST(COALESCE("t98"."events_30d", 0) AS BIGINT) AS "events_30d",
  CAST(COALESCE("t98"."events_90d", 0) AS BIGINT) AS "events_90d",
  CAST("t98"."events" AS BIGINT) AS "events_total",
  "t98"."events_decayed",
  CAST(COALESCE("t98"."purchase_events_7d", 0) AS BIGINT) AS "purchase_events_7d",
  CAST(COALESCE("t98"."purchase_events_30d", 0) AS BIGINT) AS "purchase_events_30d",
  CAST(COALESCE("t98"."purchase_events_90d", 0) AS BIGINT) AS "purchase_events_90d",
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
  CAST("t98"."purchase_events" AS BIGINT) AS "purchase_events_total",
  CAST(NULL AS BIGINT) AS "engagement_events_total",
  CAST(NULL AS BIGINT) AS "web_events_total",
  CAST(NULL AS BIGINT) AS "support_events_total",
  CAST(NULL AS BIGINT) AS "other_events_total",
  "t98"."purchase_events_decayed",
  CAST(NULL AS DOUBLE) AS "engagement_events_decayed",
  CAST(NULL AS DOUBLE) AS "web_events_decayed",
  CAST(NULL AS DOUBLE) AS "support_events_decayed",
  CAST(NULL AS DOUBLE) AS "other_events_decayed",
  CAST(FLOOR((
    EPOCH(CAST(CAST("t98"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
  ) / (
    86400
  )) AS BIGINT) - "t98"."purchase_events_last" AS "days_since_purchase",
  CAST(FLOOR((
    EPOCH(CAST(CAST("t98"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
  ) / (
    86400
  )) AS BIGINT) - "t98"."engagement_events_last" AS "days_since_engagement",
  CAST(FLOOR((
    EPOCH(CAST(CAST("t98"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
  ) / (
    86400
  )) AS BIGINT) - "t98"."web_events_last" AS "days_since_web",
  CAST(FLOOR((
    EPOCH(CAST(CAST("t98"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
  ) / (
    86400
  )) AS BIGINT) - "t98"."support_events_last" AS "days_since_support",
  CAST(FLOOR((
    EPOCH(CAST(CAST("t98"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
  ) / (
    86400
  )) AS BIGINT) - "t98"."other_events_last" AS "days_since_other",
  CAST(COALESCE("t98"."on_web_7d", 0) AS BIGINT) AS "on_web_7d",
  CAST(COALESCE("t98"."on_web_30d", 0) AS BIGINT) AS "on_web_30d",
  CAST(COALESCE("t98"."on_web_90d", 0) AS BIGINT) AS "on_web_90d",
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
  CAST("t98"."on_web" AS BIGINT) AS "on_web_total",
  CAST(NULL AS BIGINT) AS "on_app_total",
  CAST(NULL AS BIGINT) AS "on_email_total",
  CAST(NULL AS BIGINT) AS "on_sms_total",
  CAST(NULL AS BIGINT) AS "on_push_total",
  CAST(NULL AS BIGINT) AS "on_support_total",
  CAST(NULL AS BIGINT) AS "on_pos_total",
  CAST(NULL AS BIGINT) AS "on_social_total",
  CAST(NULL AS BIGINT) AS "on_ads_total",
  CAST(NULL AS BIGINT) AS "on_iot_total",
  "t98"."channels_subscribed",
  "t98"."tracking_allowed",
  "t98"."profiling_allowed"
FROM (
  SELECT
    "t97".*
    EXCLUDE ("_cutoff", "_gaps", "_ordered", "_years")
  FROM (
    SELECT
      "t96"."cutoff",
      "t96"."profile_id",
      "t96"."events",
      "t96"."acts",
      "t96"."purchase_events",
      "t96"."engagement_events",
      "t96"."web_events",
      "t96"."support_events",
      "t96"."other_events",
      "t96"."on_web",
      "t96"."on_app",
      "t96"."on_email",
      "t96"."on_sms",
      "t96"."on_push",
      "t96"."on_support",
      "t96"."on_pos",
      "t96"."on_social",
      "t96"."on_ads",
      "t96"."on_iot",
      "t96"."product_views",
      "t96"."searches",
      "t96"."cart_adds",
      "t96"."sessions",
      "t96"."orders",
      "t96"."discounted_orders",
      "t96"."refunded_orders",
      "t96"."events_decayed",
      "t96"."purchase_events_decayed",
      "t96"."engagement_events_decayed",
      "t96"."web_events_decayed",
      "t96"."support_events_decayed",
      "t96"."other_events_decayed",
      "t96"."purchase_events_last",
      "t96"."engagement_events_last",
      "t96"."web_events_last",
      "t96"."support_events_last",
      "t96"."other_events_last",
      "t96"."mondays",
      "t96"."tuesdays",
      "t96"."wednesdays",
      "t96"."thursdays",
      "t96"."fridays",
      "t96"."saturdays",
      "t96"."sundays",
      "t96"."active_days",
      "t96"."weekend_days",
      "t96"."engagement_score",
      "t96"."first_at",
      "t96"."last_at",
      "t96"."first_day",
      "t96"."revenue",
      "t96"."gaps",
      "t96"."ordered",
      "t96"."order_revenue",
      "t96"."later_revenue",
      "t96"."gap_squares",
      "t96"."month_1",
      "t96"."month_2",
      "t96"."month_3",
      "t96"."month_4",
      "t96"."month_5",
      "t96"."month_6",
      "t96"."month_7",
      "t96"."month_8",
      "t96"."month_9",
      "t96"."month_10",
      "t96"."month_11",
      "t96"."month_12",
      "t96"."first_order",
      "t96"."last_order",
      "t96"."discounted",
      "t96"."discounts",
      "t96"."discounted_revenue",
      "t96"."T_days",
      "t96"."order_span",
      "t96"."n_identifiers",
      "t96"."n_devices",
      "t96"."identity_confidence",
      "t96"."email_delivered",
      "t96"."email_opened",
      "t96"."email_opened_again",
      "t96"."email_clicked",
      "t96"."email_forwarded",
      "t96"."sms_delivered",
      "t96"."sms_clicked",
      "t96"."sms_replied",
      "t96"."put_into_cart",
      "t96"."bought_from_cart",
      "t96"."looked_again",
      "t96"."case_opened",
      "t96"."case_reopened",
      "t96"."case_resolved",
      "t96"."email_opened_log",
      "t96"."sms_replied_log",
      "t96"."case_last",
      "t96"."case_solved",
      "t96"."case_back",
      "t96"."channels_subscribed",
      "t96"."tracking_allowed",
      "t96"."profiling_allowed",
      "t96"."cart_left",
      "t96"."aov",
      "t96"."aov_observed",
      "t96"."aov_n",
      "t96"."aov_lo",
      "t96"."aov_hi",
      "t96"."aov_confidence",
      "t96"."mean_gap_days",
      "t96"."mean_gap_days_observed",
      "t96"."mean_gap_days_n",
      "t96"."mean_gap_days_lo",
      "t96"."mean_gap_days_hi",
      "t96"."mean_gap_days_confidence",
      "t96"."discounted_order_share",
      "t96"."discounted_order_share_observed",
      "t96"."discounted_order_share_n",
      "t96"."discounted_order_share_lo",
      "t96"."discounted_order_share_hi",
      "t96"."discounted_order_share_confidence",
      "t96"."refund_rate",
      "t96"."refund_rate_observed",
      "t96"."refund_rate_n",
      "t96"."refund_rate_lo",
      "t96"."refund_rate_hi",
      "t96"."refund_rate_confidence",
      "t96"."weekend_share",
      "t96"."weekend_share_observed",
      "t96"."weekend_share_n",
      "t96"."weekend_share_lo",
      "t96"."weekend_share_hi",
      "t96"."weekend_share_confidence",
      "t96"."events_7d",
      "t96"."events_30d",
      "t96"."events_90d",
      "t96"."purchase_events_7d",
      "t96"."purchase_events_30d",
      "t96"."purchase_events_90d",
      "t96"."engagement_events_7d",
      "t96"."engagement_events_30d",
      "t96"."engagement_events_90d",
      "t96"."web_events_7d",
      "t96"."web_events_30d",
      "t96"."web_events_90d",
      "t96"."support_events_7d",
      "t96"."support_events_30d",
      "t96"."support_events_90d",
      "t96"."other_events_7d",
      "t96"."other_events_30d",
      "t96"."other_events_90d",
      "t96"."on_web_7d",
      "t96"."on_web_30d",
      "t96"."on_web_90d",
      "t96"."on_app_7d",
      "t96"."on_app_30d",
      "t96"."on_app_90d",
      "t96"."on_email_7d",
      "t96"."on_email_30d",
      "t96"."on_email_90d",
      "t96"."on_sms_7d",
      "t96"."on_sms_30d",
      "t96"."on_sms_90d",
      "t96"."on_push_7d",
      "t96"."on_push_30d",
      "t96"."on_push_90d",
      "t96"."on_support_7d",
      "t96"."on_support_30d",
      "t96"."on_support_90d",
      "t96"."on_pos_7d",
      "t96"."on_pos_30d",
      "t96"."on_pos_90d",
      "t96"."on_social_7d",
      "t96"."on_social_30d",
      "t96"."on_social_90d",
      "t96"."on_ads_7d",
      "t96"."on_ads_30d",
      "t96"."on_ads_90d",
      "t96"."on_iot_7d",
      "t96"."on_iot_30d",
      "t96"."on_iot_90d",
      "t96"."orders_30d",
      "t96"."orders_90d",
      "t96"."revenue_90d",
      "t96"."sessions_30d",
      "t96"."product_views_7d",
      "t96"."active_days_30d",
      "t96"."acts_30d",
      "t96"."acts_before",
      "t96"."slope",
      "t96"."visit_gap_median_d",
      "t96"."cases_180d",
      "t96"."browse_to_buy_median_h",
      "t96"."launch_buyer_h",
      "t96"."reduced",
      "t96"."discount_tenth",
      "t96"."top_category",
      "t96"."exit_page_mode",
      "t96"."category_entropy",
      "t96"."best_hour_web",
      "t96"."best_hour_web_n",
      "t96"."best_hour_web_share",
      "t96"."best_hour_web_lo",
      "t96"."best_hour_web_hi",
      "t96"."best_hour_app",
      "t96"."best_hour_app_n",
      "t96"."best_hour_app_share",
      "t96"."best_hour_app_lo",
      "t96"."best_hour_app_hi",
      "t96"."best_hour_email",
      "t96"."best_hour_email_n",
      "t96"."best_hour_email_share",
      "t96"."best_hour_email_lo",
      "t96"."best_hour_email_hi",
      "t96"."best_hour_sms",
      "t96"."best_hour_sms_n",
      "t96"."best_hour_sms_share",
      "t96"."best_hour_sms_lo",
      "t96"."best_hour_sms_hi",
      "t96"."top_topic",
      "t96"."top_format",
      "t96"."top_offer_type",
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
        "t94".*
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
            "t36"."_base0" + CAST("t20"."order_revenue" AS DOUBLE)
          ) * "t36"."_mean0" AS "aov",
          CAST("t20"."order_revenue" AS DOUBLE) / NULLIF("t20"."ordered", 0) AS "aov_observed",
          CAST(COALESCE("t20"."ordered", 0) AS BIGINT) AS "aov_n",
          (
            "t36"."_base0" + CAST("t20"."order_revenue" AS DOUBLE)
          ) * "t36"."_lo0" AS "aov_lo",
          (
            "t36"."_base0" + CAST("t20"."order_revenue" AS DOUBLE)
          ) * "t36"."_hi0" AS "aov_hi",
          "t36"."_confidence0" AS "aov_confidence",
          (
            "t37"."_base1" + CAST("t20"."T_days" AS DOUBLE)
          ) * "t37"."_mean1" AS "mean_gap_days",
          "t20"."order_span" / NULLIF("t20"."gaps", 0) AS "mean_gap_days_observed",
          CAST(COALESCE("t20"."gaps", 0) AS BIGINT) AS "mean_gap_days_n",
          (
            "t37"."_base1" + CAST("t20"."T_days" AS DOUBLE)
          ) * "t37"."_lo1" AS "mean_gap_days_lo",
          (
            "t37"."_base1" + CAST("t20"."T_days" AS DOUBLE)
          ) * "t37"."_hi1" AS "mean_gap_days_hi",
          "t37"."_confidence1" AS "mean_gap_days_confidence",
          (
            "t38"."_base2" + (
              (
                "t20"."ordered" * 0
              ) + 1.0
            )
          ) * "t38"."_mean2" AS "discounted_order_share",
          LEAST("t20"."discounted", "t20"."ordered") / NULLIF("t20"."ordered", 0) AS "discounted_order_share_observed",
          CAST(COALESCE("t20"."ordered", 0) AS BIGINT) AS "discounted_order_share_n",
          (
            "t38"."_base2" + (
              (
                "t20"."ordered" * 0
              ) + 1.0
            )
          ) * "t38"."_lo2" AS "discounted_order_share_lo",
          (
            "t38"."_base2" + (
              (
                "t20"."ordered" * 0
              ) + 1.0
            )
          ) * "t38"."_hi2" AS "discounted_order_share_hi",
          "t38"."_confidence2" AS "discounted_order_share_confidence",
          (
            "t39"."_base3" + (
              (
                "t20"."orders" * 0
              ) + 1.0
            )
          ) * "t39"."_mean3" AS "refund_rate",
          LEAST("t20"."refunded_orders", "t20"."orders") / NULLIF("t20"."orders", 0) AS "refund_rate_observed",
          CAST(COALESCE("t20"."orders", 0) AS BIGINT) AS "refund_rate_n",
          (
            "t39"."_base3" + (
              (
                "t20"."orders" * 0
              ) + 1.0
            )
          ) * "t39"."_lo3" AS "refund_rate_lo",
          (
            "t39"."_base3" + (
              (
                "t20"."orders" * 0
              ) + 1.0
            )
          ) * "t39"."_hi3" AS "refund_rate_hi",
          "t39"."_confidence3" AS "refund_rate_confidence",
          (
            "t40"."_base4" + (
              (
                "t20"."active_days" * 0
              ) + 1.0
            )
          ) * "t40"."_mean4" AS "weekend_share",
          LEAST("t20"."weekend_days", "t20"."active_days") / NULLIF("t20"."active_days", 0) AS "weekend_share_observed",
          CAST(COALESCE("t20"."active_days", 0) AS BIGINT) AS "weekend_share_n",
          (
            "t40"."_base4" + (
              (
                "t20"."active_days" * 0
              ) + 1.0
            )
          ) * "t40"."_lo4" AS "weekend_share_lo",
          (
            "t40"."_base4" + (
              (
                "t20"."active_days" * 0
              ) + 1.0
            )
          ) * "t40"."_hi4" AS "weekend_share_hi",
          "t40"."_confidence4" AS "weekend_share_confidence",
          "t73"."_cutoff0",
          "t73"."_profile_id0",
          "t73"."events_7d",
          "t73"."events_30d",
          "t73"."events_90d",
          "t73"."purchase_events_7d",
          "t73"."purchase_events_30d",
          "t73"."purchase_events_90d",
          "t73"."engagement_events_7d",
          "t73"."engagement_events_30d",
          "t73"."engagement_events_90d",
          "t73"."web_events_7d",
          "t73"."web_events_30d",
          "t73"."web_events_90d",
          "t73"."support_events_7d",
          "t73"."support_events_30d",
          "t73"."support_events_90d",
          "t73"."other_events_7d",
          "t73"."other_events_30d",
          "t73"."other_events_90d",
          "t73"."on_web_7d",
          "t73"."on_web_30d",
          "t73"."on_web_90d",
          "t73"."on_app_7d",
          "t73"."on_app_30d",
          "t73"."on_app_90d",
          "t73"."on_email_7d",
          "t73"."on_email_30d",
          "t73"."on_email_90d",
          "t73"."on_sms_7d",
          "t73"."on_sms_30d",
          "t73"."on_sms_90d",
          "t73"."on_push_7d",
          "t73"."on_push_30d",
          "t73"."on_push_90d",
          "t73"."on_support_7d",
          "t73"."on_support_30d",
          "t73"."on_support_90d",
          "t73"."on_pos_7d",
          "t73"."on_pos_30d",
          "t73"."on_pos_90d",
          "t73"."on_social_7d",
          "t73"."on_social_30d",
          "t73"."on_social_90d",
          "t73"."on_ads_7d",
          "t73"."on_ads_30d",
          "t73"."on_ads_90d",
          "t73"."on_iot_7d",
          "t73"."on_iot_30d",
          "t73"."on_iot_90d",
          "t73"."orders_30d",
          "t73"."orders_90d",
          "t73"."revenue_90d",
          "t73"."sessions_30d",
          "t73"."product_views_7d",
          "t73"."active_days_30d",
          "t73"."acts_30d",
          "t73"."acts_before",
          "t73"."slope",
          "t93"."_cutoff1",
          "t93"."_profile_id1",
          "t93"."visit_gap_median_d",
          "t69"."_cutoff2",
          "t69"."_profile_id2",
          "t69"."cases_180d",
          "t78"."_cutoff3",
          "t78"."_profile_id3",
          "t78"."browse_to_buy_median_h",
          "t78"."launch_buyer_h",
          "t78"."reduced",
          "t78"."discount_tenth",
          "t89"."_cutoff4",
          "t89"."_profile_id4",
          "t89"."top_category",
          "t89"."exit_page_mode",
          "t89"."category_entropy",
          "t63"."_cutoff5",
          "t63"."_profile_id5",
          "t63"."best_hour_web",
          "t63"."best_hour_web_n",
          "t63"."best_hour_web_share",
          "t63"."best_hour_web_lo",
          "t63"."best_hour_web_hi",
          "t63"."best_hour_app",
          "t63"."best_hour_app_n",
          "t63"."best_hour_app_share",
          "t63"."best_hour_app_lo",
          "t63"."best_hour_app_hi",
          "t63"."best_hour_email",
          "t63"."best_hour_email_n",
          "t63"."best_hour_email_share",
          "t63"."best_hour_email_lo",
          "t63"."best_hour_email_hi",
          "t63"."best_hour_sms",
          "t63"."best_hour_sms_n",
          "t63"."best_hour_sms_share",
          "t63"."best_hour_sms_lo",
          "t63"."best_hour_sms_hi",
          "t91"."_cutoff6",
          "t91"."_profile_id6",
          "t91"."top_topic",
          "t91"."top_format",
          "t91"."top_offer_type"
        FROM "temp"."main"."cached_0" AS "t20"
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
          FROM "memtable_1" AS "t3"
        ) AS "t36"
          ON "t20"."cutoff" = "t36"."_cutoff0"
          AND CASE
            WHEN (
              "t20"."ordered" > 0
            ) AND (
              "t20"."order_revenue" > 0
            )
            THEN CAST("t20"."ordered" AS BIGINT)
            ELSE NULL
          END = "t36"."_k0"
          AND CAST("t20"."ordered" AS BIGINT) = "t36"."_n0"
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
          FROM "memtable_2" AS "t4"
        ) AS "t37"
          ON "t20"."cutoff" = "t37"."_cutoff1"
          AND CASE WHEN "t20"."T_days" > 0 THEN CAST("t20"."gaps" AS BIGINT) ELSE NULL END = "t37"."_k1"
          AND CAST("t20"."gaps" AS BIGINT) = "t37"."_n1"
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
          FROM "memtable_3" AS "t5"
        ) AS "t38"
          ON "t20"."cutoff" = "t38"."_cutoff2"
          AND CASE
            WHEN "t20"."ordered" > 0
            THEN CAST(LEAST("t20"."discounted", "t20"."ordered") AS BIGINT)
            ELSE NULL
          END = "t38"."_k2"
          AND CAST("t20"."ordered" AS BIGINT) = "t38"."_n2"
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
          FROM "memtable_4" AS "t6"
        ) AS "t39"
          ON "t20"."cutoff" = "t39"."_cutoff3"
          AND CASE
            WHEN "t20"."orders" > 0
            THEN CAST(LEAST("t20"."refunded_orders", "t20"."orders") AS BIGINT)
            ELSE NULL
          END = "t39"."_k3"
          AND CAST("t20"."orders" AS BIGINT) = "t39"."_n3"
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
          FROM "memtable_5" AS "t7"
        ) AS "t40"
          ON "t20"."cutoff" = "t40"."_cutoff4"
          AND CASE
            WHEN "t20"."active_days" > 0
            THEN CAST(LEAST("t20"."weekend_days", "t20"."active_days") AS BIGINT)
            ELSE NULL
          END = "t40"."_k4"
          AND CAST("t20"."active_days" AS BIGINT) = "t40"."_n4"
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
              "t50"."cutoff",
              "t50"."profile_id",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 7
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "events_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 30
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "events_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 90
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "events_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 7
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."purchase_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "purchase_events_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 30
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."purchase_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "purchase_events_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 90
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."purchase_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "purchase_events_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 7
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."engagement_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "engagement_events_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 30
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."engagement_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "engagement_events_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 90
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."engagement_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "engagement_events_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 7
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."web_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "web_events_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 30
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."web_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "web_events_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 90
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."web_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "web_events_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 7
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."support_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "support_events_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 30
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."support_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "support_events_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 90
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."support_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "support_events_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 7
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."other_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "other_events_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 30
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."other_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "other_events_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 90
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."other_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "other_events_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 7
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_web"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_web_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 30
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_web"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_web_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 90
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_web"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_web_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 7
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_app"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_app_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 30
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_app"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_app_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 90
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_app"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_app_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 7
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_email"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_email_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 30
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_email"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_email_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 90
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_email"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_email_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 7
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_sms"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_sms_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 30
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_sms"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_sms_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 90
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_sms"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_sms_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 7
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_push"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_push_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 30
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_push"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_push_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 90
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_push"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_push_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 7
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_support"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_support_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 30
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_support"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_support_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 90
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_support"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_support_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 7
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_pos"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_pos_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 30
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_pos"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_pos_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 90
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_pos"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_pos_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 7
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_social"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_social_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 30
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_social"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_social_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 90
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_social"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_social_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 7
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_ads"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_ads_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 30
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_ads"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_ads_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 90
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_ads"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_ads_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 7
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_iot"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_iot_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 30
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_iot"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_iot_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 90
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."on_iot"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_iot_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 30
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."orders"
                  ELSE 0
                END AS DOUBLE)
              ) AS "orders_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 90
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."orders"
                  ELSE 0
                END AS DOUBLE)
              ) AS "orders_90d",
              SUM("t50"."order_revenue" - "t50"."refunds") AS "revenue_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 30
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."sessions"
                  ELSE 0
                END AS DOUBLE)
              ) AS "sessions_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 7
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."product_views"
                  ELSE 0
                END AS DOUBLE)
              ) AS "product_views_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 30
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN CAST("t50"."acts" > 0 AS BIGINT)
                  ELSE 0
                END AS DOUBLE)
              ) AS "active_days_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 30
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN "t50"."acts"
                  ELSE 0
                END AS DOUBLE)
              ) AS "acts_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t50"."age" <= 60
                  ) AND (
                    "t50"."age" > 30
                  )
                  THEN "t50"."acts"
                  ELSE 0
                END AS DOUBLE)
              ) AS "acts_before",
              SUM(
                CASE
                  WHEN (
                    "t50"."age" <= 56
                  ) AND (
                    "t50"."age" > 0
                  )
                  THEN CAST("t50"."acts" AS DOUBLE) * (
                    3.5 - CAST(FLOOR((
                      "t50"."age" - 1
                    ) / (
                      7
                    )) AS BIGINT)
                  )
                  ELSE 0
                END
              ) AS "slope"
            FROM (
              SELECT
                "t41"."profile_id",
                "t41"."day",
                "t41"."first_at",
                "t41"."last_at",
                "t41"."events",
                "t41"."acts",
                "t41"."purchase_events",
                "t41"."engagement_events",
                "t41"."web_events",
                "t41"."support_events",
                "t41"."other_events",
                "t41"."on_web",
                "t41"."on_app",
                "t41"."on_email",
                "t41"."on_sms",
                "t41"."on_push",
                "t41"."on_support",
                "t41"."on_pos",
                "t41"."on_social",
                "t41"."on_ads",
                "t41"."on_iot",
                "t41"."product_views",
                "t41"."searches",
                "t41"."cart_adds",
                "t41"."sessions",
                "t41"."orders",
                "t41"."discounted_orders",
                "t41"."refunded_orders",
                "t41"."engagement",
                "t41"."order_revenue",
                "t41"."refunds",
                "t41"."discounts",
                "t41"."discounted_revenue",
                "t22"."cutoff",
                "t22"."age"
              FROM (
                SELECT
                  *
                FROM "parquet_6" AS "t9"
              ) AS "t41"
              INNER JOIN "memtable_7" AS "t22"
                ON "t41"."day" = "t22"."day"
            ) AS "t50"
            GROUP BY
              1,
              2
          ) AS "t68"
        ) AS "t73"
          ON "t20"."cutoff" = "t73"."_cutoff0" AND "t20"."profile_id" = "t73"."_profile_id0"
        LEFT OUTER JOIN (
          SELECT
            "t85"."cutoff" AS "_cutoff1",
            "t85"."profile_id" AS "_profile_id1",
            (
              CAST(FLOOR(
                (
                  LIST_EXTRACT(
                    "t85"."own",
                    CAST(CAST(FLOOR((
                      ARRAY_LENGTH("t85"."own") - 1
                    ) / (
                      2
                    )) AS BIGINT) AS INT) + CAST(CAST(CAST(FLOOR((
                      ARRAY_LENGTH("t85"."own") - 1
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
                    "t85"."own",
                    CAST(CAST(FLOOR((
                      ARRAY_LENGTH("t85"."own") - 0
                    ) / (
                      2
                    )) AS BIGINT) AS INT) + CAST(CAST(CAST(FLOOR((
                      ARRAY_LENGTH("t85"."own") - 0
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
              "t84".*
              EXCLUDE ("both")
            FROM (
              SELECT
                "t81"."profile_id",
                "t81"."both",
                "t81"."cutoff",
                CAST(FLOOR((
                  EPOCH(CAST(CAST("t81"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
                ) / (
                  86400
                )) AS BIGINT) AS "at",
                LIST_FILTER(
                  "t81"."both",
                  __ibis_param_one__ -> (
                    __ibis_param_one__ % 1000000
                  ) < CAST(FLOOR((
                    EPOCH(CAST(CAST("t81"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
                  ) / (
                    86400
                  )) AS BIGINT)
                ) AS "own"
              FROM (
                SELECT
                  "t77"."profile_id",
                  "t77"."both",
                  "t25"."cutoff"
                FROM (
                  SELECT
                    "t64"."profile_id",
                    LIST_SORT(
                      ARRAY_AGG((
                        "t64"."gap" * 1000000
                      ) + "t64"."number") FILTER(WHERE
                        (
                          (
                            "t64"."gap" * 1000000
                          ) + "t64"."number"
                        ) IS NOT NULL)
                    ) AS "both"
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t47"."profile_id",
                        "t47"."day",
                        "t47"."number",
                        "t47"."number" - LAG("t47"."number") OVER (
                          PARTITION BY "t47"."profile_id"
                          ORDER BY "t47"."day" ASC
                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                        ) AS "gap"
                      FROM (
                        SELECT
                          "t9"."profile_id",
                          "t9"."day",
                          CAST(FLOOR((
                            EPOCH(CAST(CAST("t9"."day" AS TIMESTAMP) AS TIMESTAMP))
                          ) / (
                            86400
                          )) AS BIGINT) AS "number"
                        FROM "parquet_6" AS "t9"
                        WHERE
                          "t9"."acts" > 0
                      ) AS "t47"
                    ) AS "t58"
                    WHERE
                      "t58"."gap" IS NOT NULL
                  ) AS "t64"
                  GROUP BY
                    1
                ) AS "t77"
                CROSS JOIN "memtable_8" AS "t25"
              ) AS "t81"
            ) AS "t84"
          ) AS "t85"
          WHERE
            ARRAY_LENGTH("t85"."own") > 0
        ) AS "t93"
          ON "t20"."cutoff" = "t93"."_cutoff1" AND "t20"."profile_id" = "t93"."_profile_id1"
        LEFT OUTER JOIN (
          SELECT
            "t62"."cutoff" AS "_cutoff2",
            "t62"."profile_id" AS "_profile_id2",
            "t62"."cases_180d"
          FROM (
            SELECT
              "t53"."cutoff",
              "t53"."profile_id",
              SUM(CAST("t53"."n" AS DOUBLE)) AS "cases_180d"
            FROM (
              SELECT
                "t46"."profile_id",
                "t46"."day",
                "t46"."began",
                "t46"."kind",
                "t46"."topic",
                "t46"."format",
                "t46"."offer_type",
                "t46"."amount",
                "t46"."n",
                "t23"."cutoff",
                "t23"."age"
              FROM (
                SELECT
                  *
                FROM "parquet_9" AS "t11"
                WHERE
                  "t11"."kind" = 'case opened'
              ) AS "t46"
              INNER JOIN "memtable_10" AS "t23"
                ON "t46"."day" = "t23"."day"
            ) AS "t53"
            GROUP BY
              1,
              2
          ) AS "t62"
        ) AS "t69"
          ON "t20"."cutoff" = "t69"."_cutoff2" AND "t20"."profile_id" = "t69"."_profile_id2"
        LEFT OUTER JOIN (
          SELECT
            "t72"."cutoff" AS "_cutoff3",
            "t72"."profile_id" AS "_profile_id3",
            "t72"."browse_to_buy_median_h",
            "t72"."launch_buyer_h",
            "t72"."reduced",
            "t72"."discount_tenth"
          FROM (
            SELECT
              "t66"."cutoff",
              "t66"."profile_id",
              QUANTILE_CONT("t66"."amount", 0.5) FILTER(WHERE
                "t66"."kind" = 'bought after looking') AS "browse_to_buy_median_h",
              QUANTILE_CONT("t66"."amount", 0.5) FILTER(WHERE
                "t66"."kind" = 'ordered new') AS "launch_buyer_h",
              COUNT(*) FILTER(WHERE
                "t66"."kind" = 'ordered reduced') AS "reduced",
              QUANTILE_CONT("t66"."amount", 0.1) FILTER(WHERE
                "t66"."kind" = 'ordered reduced') AS "discount_tenth"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t54"."profile_id",
                  "t54"."day",
                  "t54"."began",
                  "t54"."kind",
                  "t54"."topic",
                  "t54"."format",
                  "t54"."offer_type",
                  "t54"."amount",
                  "t54"."n",
                  "t54"."one",
                  "t26"."cutoff"
                FROM (
                  SELECT
                    "t43"."profile_id",
                    "t43"."day",
                    "t43"."began",
                    "t43"."kind",
                    "t43"."topic",
                    "t43"."format",
                    "t43"."offer_type",
                    "t43"."amount",
                    "t43"."n",
                    UNNEST(RANGE(0, "t43"."n", 1)) AS "one"
                  FROM (
                    SELECT
                      *
                    FROM "parquet_9" AS "t11"
                    WHERE
                      "t11"."kind" IN ('bought after looking', 'ordered new', 'ordered reduced')
                  ) AS "t43"
                ) AS "t54"
                CROSS JOIN "memtable_11" AS "t26"
              ) AS "t59"
              WHERE
                "t59"."day" < "t59"."cutoff"
            ) AS "t66"
            GROUP BY
              1,
              2
          ) AS "t72"
        ) AS "t78"
          ON "t20"."cutoff" = "t78"."_cutoff3" AND "t20"."profile_id" = "t78"."_profile_id3"
        LEFT OUTER JOIN (
          SELECT
            "t82"."cutoff" AS "_cutoff4",
            "t82"."profile_id" AS "_profile_id4",
            "t82"."top_category",
            "t82"."exit_page_mode",
            CASE
              WHEN "t82"."total" > 0
              THEN GREATEST(
                CAST(ROUND(LOG(2, "t82"."total") - (
                  "t82"."spread" / "t82"."total"
                ), 9) AS DOUBLE),
                0.0
              )
              ELSE NULL
            END AS "category_entropy"
          FROM (
            SELECT
              "t79"."cutoff",
              "t79"."profile_id",
              MAX(
                CASE
                  WHEN (
                    "t79"."kind" = 'ordered'
                  ) AND (
                    "t79"."place" = 0
                  )
                  THEN "t79"."topic"
                  ELSE NULL
                END
              ) AS "top_category",
              MAX(
                CASE
                  WHEN (
                    "t79"."kind" = 'left'
                  ) AND (
                    "t79"."place" = 0
                  )
                  THEN "t79"."topic"
                  ELSE NULL
                END
              ) AS "exit_page_mode",
              SUM("t79"."n") FILTER(WHERE
                "t79"."kind" = 'ordered') AS "total",
              SUM("t79"."n" * LOG(2, "t79"."n")) FILTER(WHERE
                "t79"."kind" = 'ordered') AS "spread"
            FROM (
              SELECT
                "t70"."cutoff",
                "t70"."profile_id",
                "t70"."kind",
                "t70"."topic",
                "t70"."n",
                ROW_NUMBER() OVER (
                  PARTITION BY "t70"."cutoff", "t70"."profile_id", "t70"."kind"
                  ORDER BY "t70"."n" DESC, "t70"."topic" ASC
                  ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                ) - 1 AS "place"
              FROM (
                SELECT
                  "t65"."cutoff",
                  "t65"."profile_id",
                  "t65"."kind",
                  "t65"."topic",
                  SUM("t65"."n") AS "n"
                FROM (
                  SELECT
                    "t55"."profile_id",
                    "t55"."until",
                    "t55"."kind",
                    "t55"."topic",
                    "t55"."n",
                    "t27"."cutoff",
                    "t27"."since"
                  FROM (
                    SELECT
                      "t45"."profile_id",
                      "t45"."until",
                      "t45"."kind",
                      "t45"."topic",
                      SUM(CAST("t45"."n" AS DOUBLE)) AS "n"
                    FROM (
                      SELECT
                        "t11"."profile_id",
                        "t11"."day",
                        "t11"."began",
                        "t11"."kind",
                        "t11"."topic",
                        "t11"."format",
                        "t11"."offer_type",
                        "t11"."amount",
                        "t11"."n",
                        CASE
                          WHEN "t11"."day" < MAKE_DATE(2025, 6, 1)
                          THEN MAKE_DATE(2025, 6, 1)
                          ELSE MAKE_DATE(2025, 10, 1)
                        END AS "until"
                      FROM "parquet_9" AS "t11"
                      WHERE
                        "t11"."kind" IN ('ordered', 'left') AND "t11"."day" < MAKE_DATE(2025, 10, 1)
                    ) AS "t45"
                    GROUP BY
                      1,
                      2,
                      3,
                      4
                  ) AS "t55"
                  INNER JOIN "memtable_12" AS "t27"
                    ON "t55"."until" = "t27"."until"
                ) AS "t65"
                GROUP BY
                  1,
                  2,
                  3,
                  4
              ) AS "t70"
            ) AS "t79"
            GROUP BY
              1,
              2
          ) AS "t82"
        ) AS "t89"
          ON "t20"."cutoff" = "t89"."_cutoff4" AND "t20"."profile_id" = "t89"."_profile_id4"
        LEFT OUTER JOIN (
          SELECT
            "t56"."cutoff" AS "_cutoff5",
            "t56"."profile_id" AS "_profile_id5",
            "t56"."best_hour_web",
            "t56"."best_hour_web_n",
            "t56"."best_hour_web_share",
            "t56"."best_hour_web_lo",
            "t56"."best_hour_web_hi",
            "t56"."best_hour_app",
            "t56"."best_hour_app_n",
            "t56"."best_hour_app_share",
            "t56"."best_hour_app_lo",
            "t56"."best_hour_app_hi",
            "t56"."best_hour_email",
            "t56"."best_hour_email_n",
            "t56"."best_hour_email_share",
            "t56"."best_hour_email_lo",
            "t56"."best_hour_email_hi",
            "t56"."best_hour_sms",
            "t56"."best_hour_sms_n",
            "t56"."best_hour_sms_share",
            "t56"."best_hour_sms_lo",
            "t56"."best_hour_sms_hi"
          FROM (
            SELECT
              "t48"."cutoff",
              "t48"."profile_id",
              MAX("t48"."hour") FILTER(WHERE
                "t48"."kind" = 'hour on web') AS "best_hour_web",
              MAX("t48"."n") FILTER(WHERE
                "t48"."kind" = 'hour on web') AS "best_hour_web_n",
              MAX("t48"."share") FILTER(WHERE
                "t48"."kind" = 'hour on web') AS "best_hour_web_share",
              MAX("t48"."lo") FILTER(WHERE
                "t48"."kind" = 'hour on web') AS "best_hour_web_lo",
              MAX("t48"."hi") FILTER(WHERE
                "t48"."kind" = 'hour on web') AS "best_hour_web_hi",
              MAX("t48"."hour") FILTER(WHERE
                "t48"."kind" = 'hour on app') AS "best_hour_app",
              MAX("t48"."n") FILTER(WHERE
                "t48"."kind" = 'hour on app') AS "best_hour_app_n",
              MAX("t48"."share") FILTER(WHERE
                "t48"."kind" = 'hour on app') AS "best_hour_app_share",
              MAX("t48"."lo") FILTER(WHERE
                "t48"."kind" = 'hour on app') AS "best_hour_app_lo",
              MAX("t48"."hi") FILTER(WHERE
                "t48"."kind" = 'hour on app') AS "best_hour_app_hi",
              MAX("t48"."hour") FILTER(WHERE
                "t48"."kind" = 'hour on email') AS "best_hour_email",
              MAX("t48"."n") FILTER(WHERE
                "t48"."kind" = 'hour on email') AS "best_hour_email_n",
              MAX("t48"."share") FILTER(WHERE
                "t48"."kind" = 'hour on email') AS "best_hour_email_share",
              MAX("t48"."lo") FILTER(WHERE
                "t48"."kind" = 'hour on email') AS "best_hour_email_lo",
              MAX("t48"."hi") FILTER(WHERE
                "t48"."kind" = 'hour on email') AS "best_hour_email_hi",
              MAX("t48"."hour") FILTER(WHERE
                "t48"."kind" = 'hour on sms') AS "best_hour_sms",
              MAX("t48"."n") FILTER(WHERE
                "t48"."kind" = 'hour on sms') AS "best_hour_sms_n",
              MAX("t48"."share") FILTER(WHERE
                "t48"."kind" = 'hour on sms') AS "best_hour_sms_share",
              MAX("t48"."lo") FILTER(WHERE
                "t48"."kind" = 'hour on sms') AS "best_hour_sms_lo",
              MAX("t48"."hi") FILTER(WHERE
                "t48"."kind" = 'hour on sms') AS "best_hour_sms_hi"
            FROM (
              SELECT
                "t21"."cutoff",
                "t21"."profile_id",
                "t21"."kind",
                "t21"."hour",
                "t21"."n",
                "t21"."weight",
                "t21"."k",
                "t21"."share",
                "t24"."lo",
                "t24"."hi"
              FROM "temp"."main"."cached_13" AS "t21"
              INNER JOIN "memtable_14" AS "t24"
                ON "t21"."cutoff" = "t24"."cutoff"
                AND "t21"."kind" = "t24"."kind"
                AND "t21"."hour" = "t24"."hour"
                AND "t21"."k" = "t24"."k"
                AND "t21"."n" = "t24"."n"
            ) AS "t48"
            GROUP BY
              1,
              2
          ) AS "t56"
        ) AS "t63"
          ON "t20"."cutoff" = "t63"."_cutoff5" AND "t20"."profile_id" = "t63"."_profile_id5"
        LEFT OUTER JOIN (
          SELECT
            "t88"."cutoff" AS "_cutoff6",
            "t88"."profile_id" AS "_profile_id6",
            "t88"."top_topic",
            "t88"."top_format",
            "t88"."top_offer_type"
          FROM (
            SELECT
              "t86"."cutoff",
              "t86"."profile_id",
              MAX("t86"."value") FILTER(WHERE
                "t86"."about" = 'topic') AS "top_topic",
              MAX("t86"."value") FILTER(WHERE
                "t86"."about" = 'format') AS "top_format",
              MAX("t86"."value") FILTER(WHERE
                "t86"."about" = 'offer_type') AS "top_offer_type"
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
                      "t28"."cutoff",
                      "t28"."profile_id",
                      "t28"."about",
                      "t28"."value",
                      CAST("t28"."n" AS BIGINT) AS "n",
                      CAST("t28"."answered" AS BIGINT) AS "answered",
                      "t28"."answered" - "t28"."beyond" AS "expected",
                      "t28"."beyond" / "t28"."chance" AS "lift_observed",
                      "t28"."beyond" * (
                        "t60"."spread" / (
                          (
                            "t60"."spread" * "t28"."chance"
                          ) + 1
                        )
                      ) AS "lift",
                      (
                        "t28"."beyond" * (
                          "t60"."spread" / (
                            (
                              "t60"."spread" * "t28"."chance"
                            ) + 1
                          )
                        )
                      ) - (
                        SQRT("t60"."spread" / (
                          (
                            "t60"."spread" * "t28"."chance"
                          ) + 1
                        )) * 1.2815515655446004
                      ) AS "lift_lo",
                      (
                        "t28"."beyond" * (
                          "t60"."spread" / (
                            (
                              "t60"."spread" * "t28"."chance"
                            ) + 1
                          )
                        )
                      ) + (
                        SQRT("t60"."spread" / (
                          (
                            "t60"."spread" * "t28"."chance"
                          ) + 1
                        )) * 1.2815515655446004
                      ) AS "lift_hi",
                      (
                        "t60"."spread" * "t28"."chance"
                      ) / (
                        (
                          "t60"."spread" * "t28"."chance"
                        ) + 1
                      ) AS "confidence"
                    FROM "temp"."main"."cached_15" AS "t28"
                    INNER JOIN (
                      SELECT
                        "t49"."cutoff",
                        "t49"."about",
                        GREATEST("t49"."square" / "t49"."weight", 0.0) AS "spread"
                      FROM (
                        SELECT
                          "t17"."cutoff",
                          "t17"."about",
                          SUM("t17"."beyond" * "t17"."beyond") - SUM("t17"."chance") AS "square",
                          SUM("t17"."chance" * "t17"."chance") AS "weight"
                        FROM "temp"."main"."cached_15" AS "t17"
                        GROUP BY
                          1,
                          2
                      ) AS "t49"
                    ) AS "t60"
                      ON "t28"."cutoff" = "t60"."cutoff" AND "t28"."about" = "t60"."about"
                  ) AS "t74"
                  WHERE
                    "t74"."lift_lo" > 0
                ) AS "t80"
              ) AS "t83"
              WHERE
                "t83"."place" = 0
            ) AS "t86"
            GROUP BY
              1,
              2
          ) AS "t88"
        ) AS "t91"
          ON "t20"."cutoff" = "t91"."_cutoff6" AND "t20"."profile_id" = "t91"."_profile_id6"
      ) AS "t94"
    ) AS "t96"
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
      FROM "temp"."main"."cached_0" AS "t2"
      GROUP BY
        1
    ) AS "t44"
      ON "t96"."cutoff" = "t44"."_cutoff"
    LEFT OUTER JOIN "memtable_16" AS "t18"
      ON "t96"."gaps" = "t18"."_gaps"
    LEFT OUTER JOIN "memtable_17" AS "t19"
      ON CASE WHEN "t96"."ordered" > 500 THEN 500.0 ELSE "t96"."ordered" END = "t19"."_ordered"
      AND CASE
        WHEN CAST(FLOOR((
          "t96"."T_days"
        ) / (
          365
        )) AS BIGINT) > 10
        THEN 10
        ELSE CAST(FLOOR((
          "t96"."T_days"
        ) / (
          365
        )) AS BIGINT)
      END = "t19"."_years"
  ) AS "t97"
) AS "t98"
