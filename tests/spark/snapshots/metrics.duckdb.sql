SELECT
  "t48"."cutoff",
  "t48"."profile_id",
  "t48"."first_at" AS "first_seen_at",
  "t48"."last_at" AS "last_seen_at",
  CAST(FLOOR((
    EPOCH(CAST(CAST("t48"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
  ) / (
    86400
  )) AS BIGINT) - "t48"."first_day" AS "tenure_days",
  "t48"."n_identifiers",
  "t48"."n_devices",
  CAST("t48"."on_web" > 0 AS BIGINT) + 0 + CAST("t48"."on_app" > 0 AS BIGINT) + CAST("t48"."on_email" > 0 AS BIGINT) + CAST("t48"."on_sms" > 0 AS BIGINT) + CAST("t48"."on_push" > 0 AS BIGINT) + CAST("t48"."on_support" > 0 AS BIGINT) + CAST("t48"."on_pos" > 0 AS BIGINT) + CAST("t48"."on_social" > 0 AS BIGINT) + CAST("t48"."on_ads" > 0 AS BIGINT) + CAST("t48"."on_iot" > 0 AS BIGINT) AS "n_channels_active",
  "t48"."identity_confidence",
  CAST("t48"."orders" AS BIGINT) AS "orders_count",
  CAST("t48"."gaps" AS BIGINT) AS "repeat_frequency",
  CAST(FLOOR((
    EPOCH(CAST(CAST("t48"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
  ) / (
    86400
  )) AS BIGINT) - "t48"."last_order" AS "days_since_last_order",
  "t48"."order_span" AS "recency_btyd_days",
  "t48"."T_days",
  CAST("t48"."revenue" AS DOUBLE) AS "revenue_total",
  "t48"."aov",
  "t48"."aov_observed",
  "t48"."aov_n",
  "t48"."aov_lo",
  "t48"."aov_hi",
  "t48"."aov_confidence",
  CAST("t48"."later_revenue" AS DOUBLE) / NULLIF(CAST("t48"."gaps" AS BIGINT), 0) AS "monetary_repeat",
  "t48"."mean_gap_days",
  "t48"."mean_gap_days_observed",
  "t48"."mean_gap_days_n",
  "t48"."mean_gap_days_lo",
  "t48"."mean_gap_days_hi",
  "t48"."mean_gap_days_confidence",
  SQRT(
    CASE
      WHEN (
        (
          "t48"."gap_squares" - (
            "t48"."order_span" * (
              "t48"."order_span" / NULLIF(CAST("t48"."gaps" AS BIGINT), 0)
            )
          )
        ) / NULLIF(CAST("t48"."gaps" AS BIGINT) - 1, 0)
      ) < 0
      THEN 0.0
      ELSE (
        "t48"."gap_squares" - (
          "t48"."order_span" * (
            "t48"."order_span" / NULLIF(CAST("t48"."gaps" AS BIGINT), 0)
          )
        )
      ) / NULLIF(CAST("t48"."gaps" AS BIGINT) - 1, 0)
    END
  ) / (
    "t48"."order_span" / NULLIF(CAST("t48"."gaps" AS BIGINT), 0)
  ) AS "gap_cv",
  CAST(CAST("t48"."cutoff" AS TIMESTAMP) + TO_DAYS(
    CAST(ROUND("t48"."order_span" / NULLIF(CAST("t48"."gaps" AS BIGINT), 0), 0) AS BIGINT) - (
      CAST(FLOOR((
        EPOCH(CAST(CAST("t48"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
      ) / (
        86400
      )) AS BIGINT) - "t48"."last_order"
    )
  ) AS DATE) AS "expected_next_order_at",
  CAST(CAST("t48"."cutoff" AS TIMESTAMP) + TO_DAYS(
    CAST(ROUND(
      CASE
        WHEN (
          (
            "t48"."order_span" / NULLIF("t48"."gaps", 0)
          ) - (
            SQRT(
              CASE
                WHEN (
                  (
                    "t48"."gap_squares" - (
                      "t48"."order_span" * (
                        "t48"."order_span" / NULLIF("t48"."gaps", 0)
                      )
                    )
                  ) / NULLIF("t48"."gaps" - 1, 0)
                ) < 0
                THEN 0.0
                ELSE (
                  "t48"."gap_squares" - (
                    "t48"."order_span" * (
                      "t48"."order_span" / NULLIF("t48"."gaps", 0)
                    )
                  )
                ) / NULLIF("t48"."gaps" - 1, 0)
              END
            ) * "t48"."spread_allowed"
          )
        ) < 1.0
        THEN 1.0
        ELSE (
          "t48"."order_span" / NULLIF("t48"."gaps", 0)
        ) - (
          SQRT(
            CASE
              WHEN (
                (
                  "t48"."gap_squares" - (
                    "t48"."order_span" * (
                      "t48"."order_span" / NULLIF("t48"."gaps", 0)
                    )
                  )
                ) / NULLIF("t48"."gaps" - 1, 0)
              ) < 0
              THEN 0.0
              ELSE (
                "t48"."gap_squares" - (
                  "t48"."order_span" * (
                    "t48"."order_span" / NULLIF("t48"."gaps", 0)
                  )
                )
              ) / NULLIF("t48"."gaps" - 1, 0)
            END
          ) * "t48"."spread_allowed"
        )
      END,
      0
    ) AS BIGINT) - (
      CAST(FLOOR((
        EPOCH(CAST(CAST("t48"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
      ) / (
        86400
      )) AS BIGINT) - "t48"."last_order"
    )
  ) AS DATE) AS "expected_next_order_lo",
  CAST(CAST("t48"."cutoff" AS TIMESTAMP) + TO_DAYS(
    CAST(ROUND(
      (
        "t48"."order_span" / NULLIF("t48"."gaps", 0)
      ) + (
        SQRT(
          CASE
            WHEN (
              (
                "t48"."gap_squares" - (
                  "t48"."order_span" * (
                    "t48"."order_span" / NULLIF("t48"."gaps", 0)
                  )
                )
              ) / NULLIF("t48"."gaps" - 1, 0)
            ) < 0
            THEN 0.0
            ELSE (
              "t48"."gap_squares" - (
                "t48"."order_span" * (
                  "t48"."order_span" / NULLIF("t48"."gaps", 0)
                )
              )
            ) / NULLIF("t48"."gaps" - 1, 0)
          END
        ) * "t48"."spread_allowed"
      ),
      0
    ) AS BIGINT) - (
      CAST(FLOOR((
        EPOCH(CAST(CAST("t48"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
      ) / (
        86400
      )) AS BIGINT) - "t48"."last_order"
    )
  ) AS DATE) AS "expected_next_order_hi",
  -(
    CAST(ROUND("t48"."order_span" / NULLIF(CAST("t48"."gaps" AS BIGINT), 0), 0) AS BIGINT) - (
      CAST(FLOOR((
        EPOCH(CAST(CAST("t48"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
      ) / (
        86400
      )) AS BIGINT) - "t48"."last_order"
    )
  ) AS "overdue_days",
  CAST(CASE
    WHEN COALESCE(
      GREATEST(
        "t48"."month_1",
        "t48"."month_2",
        "t48"."month_3",
        "t48"."month_4",
        "t48"."month_5",
        "t48"."month_6",
        "t48"."month_7",
        "t48"."month_8",
        "t48"."month_9",
        "t48"."month_10",
        "t48"."month_11",
        "t48"."month_12"
      ) > "t48"."peak_allowed",
      FALSE
    )
    THEN CASE
      WHEN "t48"."month_1" = GREATEST(
        "t48"."month_1",
        "t48"."month_2",
        "t48"."month_3",
        "t48"."month_4",
        "t48"."month_5",
        "t48"."month_6",
        "t48"."month_7",
        "t48"."month_8",
        "t48"."month_9",
        "t48"."month_10",
        "t48"."month_11",
        "t48"."month_12"
      )
      THEN 1
      WHEN "t48"."month_2" = GREATEST(
        "t48"."month_1",
        "t48"."month_2",
        "t48"."month_3",
        "t48"."month_4",
        "t48"."month_5",
        "t48"."month_6",
        "t48"."month_7",
        "t48"."month_8",
        "t48"."month_9",
        "t48"."month_10",
        "t48"."month_11",
        "t48"."month_12"
      )
      THEN 2
      WHEN "t48"."month_3" = GREATEST(
        "t48"."month_1",
        "t48"."month_2",
        "t48"."month_3",
        "t48"."month_4",
        "t48"."month_5",
        "t48"."month_6",
        "t48"."month_7",
        "t48"."month_8",
        "t48"."month_9",
        "t48"."month_10",
        "t48"."month_11",
        "t48"."month_12"
      )
      THEN 3
      WHEN "t48"."month_4" = GREATEST(
        "t48"."month_1",
        "t48"."month_2",
        "t48"."month_3",
        "t48"."month_4",
        "t48"."month_5",
        "t48"."month_6",
        "t48"."month_7",
        "t48"."month_8",
        "t48"."month_9",
        "t48"."month_10",
        "t48"."month_11",
        "t48"."month_12"
      )
      THEN 4
      WHEN "t48"."month_5" = GREATEST(
        "t48"."month_1",
        "t48"."month_2",
        "t48"."month_3",
        "t48"."month_4",
        "t48"."month_5",
        "t48"."month_6",
        "t48"."month_7",
        "t48"."month_8",
        "t48"."month_9",
        "t48"."month_10",
        "t48"."month_11",
        "t48"."month_12"
      )
      THEN 5
      WHEN "t48"."month_6" = GREATEST(
        "t48"."month_1",
        "t48"."month_2",
        "t48"."month_3",
        "t48"."month_4",
        "t48"."month_5",
        "t48"."month_6",
        "t48"."month_7",
        "t48"."month_8",
        "t48"."month_9",
        "t48"."month_10",
        "t48"."month_11",
        "t48"."month_12"
      )
      THEN 6
      WHEN "t48"."month_7" = GREATEST(
        "t48"."month_1",
        "t48"."month_2",
        "t48"."month_3",
        "t48"."month_4",
        "t48"."month_5",
        "t48"."month_6",
        "t48"."month_7",
        "t48"."month_8",
        "t48"."month_9",
        "t48"."month_10",
        "t48"."month_11",
        "t48"."month_12"
      )
      THEN 7
      WHEN "t48"."month_8" = GREATEST(
        "t48"."month_1",
        "t48"."month_2",
        "t48"."month_3",
        "t48"."month_4",
        "t48"."month_5",
        "t48"."month_6",
        "t48"."month_7",
        "t48"."month_8",
        "t48"."month_9",
        "t48"."month_10",
        "t48"."month_11",
        "t48"."month_12"
      )
      THEN 8
      WHEN "t48"."month_9" = GREATEST(
        "t48"."month_1",
        "t48"."month_2",
        "t48"."month_3",
        "t48"."month_4",
        "t48"."month_5",
        "t48"."month_6",
        "t48"."month_7",
        "t48"."month_8",
        "t48"."month_9",
        "t48"."month_10",
        "t48"."month_11",
        "t48"."month_12"
      )
      THEN 9
      WHEN "t48"."month_10" = GREATEST(
        "t48"."month_1",
        "t48"."month_2",
        "t48"."month_3",
        "t48"."month_4",
        "t48"."month_5",
        "t48"."month_6",
        "t48"."month_7",
        "t48"."month_8",
        "t48"."month_9",
        "t48"."month_10",
        "t48"."month_11",
        "t48"."month_12"
      )
      THEN 10
      WHEN "t48"."month_11" = GREATEST(
        "t48"."month_1",
        "t48"."month_2",
        "t48"."month_3",
        "t48"."month_4",
        "t48"."month_5",
        "t48"."month_6",
        "t48"."month_7",
        "t48"."month_8",
        "t48"."month_9",
        "t48"."month_10",
        "t48"."month_11",
        "t48"."month_12"
      )
      THEN 11
      WHEN "t48"."month_12" = GREATEST(
        "t48"."month_1",
        "t48"."month_2",
        "t48"."month_3",
        "t48"."month_4",
        "t48"."month_5",
        "t48"."month_6",
        "t48"."month_7",
        "t48"."month_8",
        "t48"."month_9",
        "t48"."month_10",
        "t48"."month_11",
        "t48"."month_12"
      )
      THEN 12
      ELSE NULL
    END
    ELSE NULL
  END AS BIGINT) AS "season_peak_month",
  CAST(COALESCE("t48"."orders_30d", 0) AS BIGINT) AS "orders_30d",
  CAST(COALESCE("t48"."orders_90d", 0) AS BIGINT) AS "orders_90d",
  COALESCE(CAST("t48"."revenue_90d" AS DOUBLE), 0.0) AS "revenue_90d",
  "t48"."discounted_order_share",
  "t48"."discounted_order_share_observed",
  "t48"."discounted_order_share_n",
  "t48"."discounted_order_share_lo",
  "t48"."discounted_order_share_hi",
  "t48"."discounted_order_share_confidence",
  CAST("t48"."discounts" AS DOUBLE) / NULLIF(CAST("t48"."discounts" AS DOUBLE) + CAST("t48"."discounted_revenue" AS DOUBLE), 0) AS "mean_discount_depth",
  CASE
    WHEN (
      "t48"."discounted_order_share" > 0
    )
    AND (
      "t48"."discounted_order_share" < 1
    )
    THEN LN("t48"."discounted_order_share" / (
      1 - "t48"."discounted_order_share"
    ))
    ELSE NULL
  END - CASE
    WHEN (
      (
        "t48"."all_discounted" / NULLIF("t48"."all_ordered", 0)
      ) > 0
    )
    AND (
      (
        "t48"."all_discounted" / NULLIF("t48"."all_ordered", 0)
      ) < 1
    )
    THEN LN(
      (
        "t48"."all_discounted" / NULLIF("t48"."all_ordered", 0)
      ) / (
        1 - (
          "t48"."all_discounted" / NULLIF("t48"."all_ordered", 0)
        )
      )
    )
    ELSE NULL
  END AS "price_sensitivity",
  CASE
    WHEN (
      "t48"."discounted_order_share_observed" > 0
    )
    AND (
      "t48"."discounted_order_share_observed" < 1
    )
    THEN LN(
      "t48"."discounted_order_share_observed" / (
        1 - "t48"."discounted_order_share_observed"
      )
    )
    ELSE NULL
  END - CASE
    WHEN (
      (
        "t48"."all_discounted" / NULLIF("t48"."all_ordered", 0)
      ) > 0
    )
    AND (
      (
        "t48"."all_discounted" / NULLIF("t48"."all_ordered", 0)
      ) < 1
    )
    THEN LN(
      (
        "t48"."all_discounted" / NULLIF("t48"."all_ordered", 0)
      ) / (
        1 - (
          "t48"."all_discounted" / NULLIF("t48"."all_ordered", 0)
        )
      )
    )
    ELSE NULL
  END AS "price_sensitivity_observed",
  "t48"."discounted_order_share_n" AS "price_sensitivity_n",
  CASE
    WHEN (
      "t48"."discounted_order_share_lo" > 0
    )
    AND (
      "t48"."discounted_order_share_lo" < 1
    )
    THEN LN("t48"."discounted_order_share_lo" / (
      1 - "t48"."discounted_order_share_lo"
    ))
    ELSE NULL
  END - CASE
    WHEN (
      (
        "t48"."all_discounted" / NULLIF("t48"."all_ordered", 0)
      ) > 0
    )
    AND (
      (
        "t48"."all_discounted" / NULLIF("t48"."all_ordered", 0)
      ) < 1
    )
    THEN LN(
      (
        "t48"."all_discounted" / NULLIF("t48"."all_ordered", 0)
      ) / (
        1 - (
          "t48"."all_discounted" / NULLIF("t48"."all_ordered", 0)
        )
      )
    )
    ELSE NULL
  END AS "price_sensitivity_lo",
  CASE
    WHEN (
      "t48"."discounted_order_share_hi" > 0
    )
    AND (
      "t48"."discounted_order_share_hi" < 1
    )
    THEN LN("t48"."discounted_order_share_hi" / (
      1 - "t48"."discounted_order_share_hi"
    ))
    ELSE NULL
  END - CASE
    WHEN (
      (
        "t48"."all_discounted" / NULLIF("t48"."all_ordered", 0)
      ) > 0
    )
    AND (
      (
        "t48"."all_discounted" / NULLIF("t48"."all_ordered", 0)
      ) < 1
    )
    THEN LN(
      (
        "t48"."all_discounted" / NULLIF("t48"."all_ordered", 0)
      ) / (
        1 - (
          "t48"."all_discounted" / NULLIF("t48"."all_ordered", 0)
        )
      )
    )
    ELSE NULL
  END AS "price_sensitivity_hi",
  "t48"."discounted_order_share_confidence" AS "price_sensitivity_confidence",
  "t48"."refund_rate",
  "t48"."refund_rate_observed",
  "t48"."refund_rate_n",
  "t48"."refund_rate_lo",
  "t48"."refund_rate_hi",
  "t48"."refund_rate_confidence",
  CAST(NULL AS BIGINT) AS "sessions_30d",
  CAST(COALESCE("t48"."active_days_30d", 0) AS BIGINT) AS "active_days_30d",
  "t48"."engagement_score",
  "t48"."acts_30d" / NULLIF("t48"."acts_before", 0) AS "engagement_ratio_30d",
  COALESCE("t48"."slope" / 42.0, 0.0) AS "engagement_velocity",
  CAST(NULL AS BIGINT) AS "product_views_7d",
  CAST(NULL AS DOUBLE) AS "searches_per_session",
  "t48"."mondays" / NULLIF("t48"."active_days", 0) AS "monday_share",
  "t48"."tuesdays" / NULLIF("t48"."active_days", 0) AS "tuesday_share",
  "t48"."wednesdays" / NULLIF("t48"."active_days", 0) AS "wednesday_share",
  "t48"."thursdays" / NULLIF("t48"."active_days", 0) AS "thursday_share",
  "t48"."fridays" / NULLIF("t48"."active_days", 0) AS "friday_share",
  "t48"."saturdays" / NULLIF("t48"."active_days", 0) AS "saturday_share",
  "t48"."sundays" / NULLIF("t48"."active_days", 0) AS "sunday_share",
  "t48"."weekend_share",
  "t48"."weekend_share_observed",
  "t48"."weekend_share_n",
  "t48"."weekend_share_lo",
  "t48"."weekend_share_hi",
  "t48"."weekend_share_confidence",
  CAST(CASE
    WHEN COALESCE(
      (
        "t48"."active_days" >= 14
      )
      AND (
        (
          CASE
            WHEN (
              (
                "t48"."active_days" * "t48"."all_mondays"
              ) / "t48"."all_active_days"
            ) > 0
            THEN (
              (
                "t48"."mondays" - (
                  (
                    "t48"."active_days" * "t48"."all_mondays"
                  ) / "t48"."all_active_days"
                )
              ) * (
                "t48"."mondays" - (
                  (
                    "t48"."active_days" * "t48"."all_mondays"
                  ) / "t48"."all_active_days"
                )
              )
            ) / (
              (
                "t48"."active_days" * "t48"."all_mondays"
              ) / "t48"."all_active_days"
            )
            ELSE 0
          END + 0 + CASE
            WHEN (
              (
                "t48"."active_days" * "t48"."all_tuesdays"
              ) / "t48"."all_active_days"
            ) > 0
            THEN (
              (
                "t48"."tuesdays" - (
                  (
                    "t48"."active_days" * "t48"."all_tuesdays"
                  ) / "t48"."all_active_days"
                )
              ) * (
                "t48"."tuesdays" - (
                  (
                    "t48"."active_days" * "t48"."all_tuesdays"
                  ) / "t48"."all_active_days"
                )
              )
            ) / (
              (
                "t48"."active_days" * "t48"."all_tuesdays"
              ) / "t48"."all_active_days"
            )
            ELSE 0
          END + CASE
            WHEN (
              (
                "t48"."active_days" * "t48"."all_wednesdays"
              ) / "t48"."all_active_days"
            ) > 0
            THEN (
              (
                "t48"."wednesdays" - (
                  (
                    "t48"."active_days" * "t48"."all_wednesdays"
                  ) / "t48"."all_active_days"
                )
              ) * (
                "t48"."wednesdays" - (
                  (
                    "t48"."active_days" * "t48"."all_wednesdays"
                  ) / "t48"."all_active_days"
                )
              )
            ) / (
              (
                "t48"."active_days" * "t48"."all_wednesdays"
              ) / "t48"."all_active_days"
            )
            ELSE 0
          END + CASE
            WHEN (
              (
                "t48"."active_days" * "t48"."all_thursdays"
              ) / "t48"."all_active_days"
            ) > 0
            THEN (
              (
                "t48"."thursdays" - (
                  (
                    "t48"."active_days" * "t48"."all_thursdays"
                  ) / "t48"."all_active_days"
                )
              ) * (
                "t48"."thursdays" - (
                  (
                    "t48"."active_days" * "t48"."all_thursdays"
                  ) / "t48"."all_active_days"
                )
              )
            ) / (
              (
                "t48"."active_days" * "t48"."all_thursdays"
              ) / "t48"."all_active_days"
            )
            ELSE 0
          END + CASE
            WHEN (
              (
                "t48"."active_days" * "t48"."all_fridays"
              ) / "t48"."all_active_days"
            ) > 0
            THEN (
              (
                "t48"."fridays" - (
                  (
                    "t48"."active_days" * "t48"."all_fridays"
                  ) / "t48"."all_active_days"
                )
              ) * (
                "t48"."fridays" - (
                  (
                    "t48"."active_days" * "t48"."all_fridays"
                  ) / "t48"."all_active_days"
                )
              )
            ) / (
              (
                "t48"."active_days" * "t48"."all_fridays"
              ) / "t48"."all_active_days"
            )
            ELSE 0
          END + CASE
            WHEN (
              (
                "t48"."active_days" * "t48"."all_saturdays"
              ) / "t48"."all_active_days"
            ) > 0
            THEN (
              (
                "t48"."saturdays" - (
                  (
                    "t48"."active_days" * "t48"."all_saturdays"
                  ) / "t48"."all_active_days"
                )
              ) * (
                "t48"."saturdays" - (
                  (
                    "t48"."active_days" * "t48"."all_saturdays"
                  ) / "t48"."all_active_days"
                )
              )
            ) / (
              (
                "t48"."active_days" * "t48"."all_saturdays"
              ) / "t48"."all_active_days"
            )
            ELSE 0
          END + CASE
            WHEN (
              (
                "t48"."active_days" * "t48"."all_sundays"
              ) / "t48"."all_active_days"
            ) > 0
            THEN (
              (
                "t48"."sundays" - (
                  (
                    "t48"."active_days" * "t48"."all_sundays"
                  ) / "t48"."all_active_days"
                )
              ) * (
                "t48"."sundays" - (
                  (
                    "t48"."active_days" * "t48"."all_sundays"
                  ) / "t48"."all_active_days"
                )
              )
            ) / (
              (
                "t48"."active_days" * "t48"."all_sundays"
              ) / "t48"."all_active_days"
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
  "t48"."visit_gap_median_d",
  CAST(COALESCE("t48"."events_7d", 0) AS BIGINT) AS "events_7d",
  CAST(COALESCE("t48"."events_30d", 0) AS BIGINT) AS "events_30d",
  CAST(COALESCE("t48"."events_90d", 0) AS BIGINT) AS "events_90d",
  CAST("t48"."events" AS BIGINT) AS "events_total",
  "t48"."events_decayed",
  CAST(COALESCE("t48"."purchase_events_7d", 0) AS BIGINT) AS "purchase_events_7d",
  CAST(COALESCE("t48"."purchase_events_30d", 0) AS BIGINT) AS "purchase_events_30d",
  CAST(COALESCE("t48"."purchase_events_90d", 0) AS BIGINT) AS "purchase_events_90d",
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
  CAST("t48"."purchase_events" AS BIGINT) AS "purchase_events_total",
  CAST(NULL AS BIGINT) AS "engagement_events_total",
  CAST(NULL AS BIGINT) AS "web_events_total",
  CAST(NULL AS BIGINT) AS "support_events_total",
  CAST(NULL AS BIGINT) AS "other_events_total",
  "t48"."purchase_events_decayed",
  CAST(NULL AS DOUBLE) AS "engagement_events_decayed",
  CAST(NULL AS DOUBLE) AS "web_events_decayed",
  CAST(NULL AS DOUBLE) AS "support_events_decayed",
  CAST(NULL AS DOUBLE) AS "other_events_decayed",
  CAST(FLOOR((
    EPOCH(CAST(CAST("t48"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
  ) / (
    86400
  )) AS BIGINT) - "t48"."purchase_events_last" AS "days_since_purchase",
  CAST(FLOOR((
    EPOCH(CAST(CAST("t48"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
  ) / (
    86400
  )) AS BIGINT) - "t48"."engagement_events_last" AS "days_since_engagement",
  CAST(FLOOR((
    EPOCH(CAST(CAST("t48"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
  ) / (
    86400
  )) AS BIGINT) - "t48"."web_events_last" AS "days_since_web",
  CAST(FLOOR((
    EPOCH(CAST(CAST("t48"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
  ) / (
    86400
  )) AS BIGINT) - "t48"."support_events_last" AS "days_since_support",
  CAST(FLOOR((
    EPOCH(CAST(CAST("t48"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
  ) / (
    86400
  )) AS BIGINT) - "t48"."other_events_last" AS "days_since_other",
  CAST(COALESCE("t48"."on_web_7d", 0) AS BIGINT) AS "on_web_7d",
  CAST(COALESCE("t48"."on_web_30d", 0) AS BIGINT) AS "on_web_30d",
  CAST(COALESCE("t48"."on_web_90d", 0) AS BIGINT) AS "on_web_90d",
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
  CAST("t48"."on_web" AS BIGINT) AS "on_web_total",
  CAST(NULL AS BIGINT) AS "on_app_total",
  CAST(NULL AS BIGINT) AS "on_email_total",
  CAST(NULL AS BIGINT) AS "on_sms_total",
  CAST(NULL AS BIGINT) AS "on_push_total",
  CAST(NULL AS BIGINT) AS "on_support_total",
  CAST(NULL AS BIGINT) AS "on_pos_total",
  CAST(NULL AS BIGINT) AS "on_social_total",
  CAST(NULL AS BIGINT) AS "on_ads_total",
  CAST(NULL AS BIGINT) AS "on_iot_total"
FROM (
  SELECT
    "t47".*
    EXCLUDE ("_cutoff", "_gaps", "_ordered", "_years")
  FROM (
    SELECT
      "t46"."cutoff",
      "t46"."profile_id",
      "t46"."events",
      "t46"."acts",
      "t46"."purchase_events",
      "t46"."engagement_events",
      "t46"."web_events",
      "t46"."support_events",
      "t46"."other_events",
      "t46"."on_web",
      "t46"."on_app",
      "t46"."on_email",
      "t46"."on_sms",
      "t46"."on_push",
      "t46"."on_support",
      "t46"."on_pos",
      "t46"."on_social",
      "t46"."on_ads",
      "t46"."on_iot",
      "t46"."product_views",
      "t46"."searches",
      "t46"."cart_adds",
      "t46"."sessions",
      "t46"."orders",
      "t46"."discounted_orders",
      "t46"."refunded_orders",
      "t46"."events_decayed",
      "t46"."purchase_events_decayed",
      "t46"."engagement_events_decayed",
      "t46"."web_events_decayed",
      "t46"."support_events_decayed",
      "t46"."other_events_decayed",
      "t46"."purchase_events_last",
      "t46"."engagement_events_last",
      "t46"."web_events_last",
      "t46"."support_events_last",
      "t46"."other_events_last",
      "t46"."mondays",
      "t46"."tuesdays",
      "t46"."wednesdays",
      "t46"."thursdays",
      "t46"."fridays",
      "t46"."saturdays",
      "t46"."sundays",
      "t46"."active_days",
      "t46"."weekend_days",
      "t46"."engagement_score",
      "t46"."first_at",
      "t46"."last_at",
      "t46"."first_day",
      "t46"."revenue",
      "t46"."gaps",
      "t46"."ordered",
      "t46"."order_revenue",
      "t46"."later_revenue",
      "t46"."gap_squares",
      "t46"."month_1",
      "t46"."month_2",
      "t46"."month_3",
      "t46"."month_4",
      "t46"."month_5",
      "t46"."month_6",
      "t46"."month_7",
      "t46"."month_8",
      "t46"."month_9",
      "t46"."month_10",
      "t46"."month_11",
      "t46"."month_12",
      "t46"."first_order",
      "t46"."last_order",
      "t46"."discounted",
      "t46"."discounts",
      "t46"."discounted_revenue",
      "t46"."T_days",
      "t46"."order_span",
      "t46"."n_identifiers",
      "t46"."n_devices",
      "t46"."identity_confidence",
      "t46"."aov",
      "t46"."aov_observed",
      "t46"."aov_n",
      "t46"."aov_lo",
      "t46"."aov_hi",
      "t46"."aov_confidence",
      "t46"."mean_gap_days",
      "t46"."mean_gap_days_observed",
      "t46"."mean_gap_days_n",
      "t46"."mean_gap_days_lo",
      "t46"."mean_gap_days_hi",
      "t46"."mean_gap_days_confidence",
      "t46"."discounted_order_share",
      "t46"."discounted_order_share_observed",
      "t46"."discounted_order_share_n",
      "t46"."discounted_order_share_lo",
      "t46"."discounted_order_share_hi",
      "t46"."discounted_order_share_confidence",
      "t46"."refund_rate",
      "t46"."refund_rate_observed",
      "t46"."refund_rate_n",
      "t46"."refund_rate_lo",
      "t46"."refund_rate_hi",
      "t46"."refund_rate_confidence",
      "t46"."weekend_share",
      "t46"."weekend_share_observed",
      "t46"."weekend_share_n",
      "t46"."weekend_share_lo",
      "t46"."weekend_share_hi",
      "t46"."weekend_share_confidence",
      "t46"."events_7d",
      "t46"."events_30d",
      "t46"."events_90d",
      "t46"."purchase_events_7d",
      "t46"."purchase_events_30d",
      "t46"."purchase_events_90d",
      "t46"."engagement_events_7d",
      "t46"."engagement_events_30d",
      "t46"."engagement_events_90d",
      "t46"."web_events_7d",
      "t46"."web_events_30d",
      "t46"."web_events_90d",
      "t46"."support_events_7d",
      "t46"."support_events_30d",
      "t46"."support_events_90d",
      "t46"."other_events_7d",
      "t46"."other_events_30d",
      "t46"."other_events_90d",
      "t46"."on_web_7d",
      "t46"."on_web_30d",
      "t46"."on_web_90d",
      "t46"."on_app_7d",
      "t46"."on_app_30d",
      "t46"."on_app_90d",
      "t46"."on_email_7d",
      "t46"."on_email_30d",
      "t46"."on_email_90d",
      "t46"."on_sms_7d",
      "t46"."on_sms_30d",
      "t46"."on_sms_90d",
      "t46"."on_push_7d",
      "t46"."on_push_30d",
      "t46"."on_push_90d",
      "t46"."on_support_7d",
      "t46"."on_support_30d",
      "t46"."on_support_90d",
      "t46"."on_pos_7d",
      "t46"."on_pos_30d",
      "t46"."on_pos_90d",
      "t46"."on_social_7d",
      "t46"."on_social_30d",
      "t46"."on_social_90d",
      "t46"."on_ads_7d",
      "t46"."on_ads_30d",
      "t46"."on_ads_90d",
      "t46"."on_iot_7d",
      "t46"."on_iot_30d",
      "t46"."on_iot_90d",
      "t46"."orders_30d",
      "t46"."orders_90d",
      "t46"."revenue_90d",
      "t46"."sessions_30d",
      "t46"."product_views_7d",
      "t46"."active_days_30d",
      "t46"."acts_30d",
      "t46"."acts_before",
      "t46"."slope",
      "t46"."visit_gap_median_d",
      "t29"."_cutoff",
      "t29"."all_mondays",
      "t29"."all_tuesdays",
      "t29"."all_wednesdays",
      "t29"."all_thursdays",
      "t29"."all_fridays",
      "t29"."all_saturdays",
      "t29"."all_sundays",
      "t29"."all_active_days",
      "t29"."all_discounted",
      "t29"."all_ordered",
      "t11"."_gaps",
      "t11"."spread_allowed",
      "t12"."_ordered",
      "t12"."_years",
      "t12"."peak_allowed"
    FROM (
      SELECT
        "t44".*
        EXCLUDE ("_cutoff0", "_cutoff1", "_profile_id0", "_profile_id1")
      FROM (
        SELECT
          "t13"."cutoff",
          "t13"."profile_id",
          "t13"."events",
          "t13"."acts",
          "t13"."purchase_events",
          "t13"."engagement_events",
          "t13"."web_events",
          "t13"."support_events",
          "t13"."other_events",
          "t13"."on_web",
          "t13"."on_app",
          "t13"."on_email",
          "t13"."on_sms",
          "t13"."on_push",
          "t13"."on_support",
          "t13"."on_pos",
          "t13"."on_social",
          "t13"."on_ads",
          "t13"."on_iot",
          "t13"."product_views",
          "t13"."searches",
          "t13"."cart_adds",
          "t13"."sessions",
          "t13"."orders",
          "t13"."discounted_orders",
          "t13"."refunded_orders",
          "t13"."events_decayed",
          "t13"."purchase_events_decayed",
          "t13"."engagement_events_decayed",
          "t13"."web_events_decayed",
          "t13"."support_events_decayed",
          "t13"."other_events_decayed",
          "t13"."purchase_events_last",
          "t13"."engagement_events_last",
          "t13"."web_events_last",
          "t13"."support_events_last",
          "t13"."other_events_last",
          "t13"."mondays",
          "t13"."tuesdays",
          "t13"."wednesdays",
          "t13"."thursdays",
          "t13"."fridays",
          "t13"."saturdays",
          "t13"."sundays",
          "t13"."active_days",
          "t13"."weekend_days",
          "t13"."engagement_score",
          "t13"."first_at",
          "t13"."last_at",
          "t13"."first_day",
          "t13"."revenue",
          "t13"."gaps",
          "t13"."ordered",
          "t13"."order_revenue",
          "t13"."later_revenue",
          "t13"."gap_squares",
          "t13"."month_1",
          "t13"."month_2",
          "t13"."month_3",
          "t13"."month_4",
          "t13"."month_5",
          "t13"."month_6",
          "t13"."month_7",
          "t13"."month_8",
          "t13"."month_9",
          "t13"."month_10",
          "t13"."month_11",
          "t13"."month_12",
          "t13"."first_order",
          "t13"."last_order",
          "t13"."discounted",
          "t13"."discounts",
          "t13"."discounted_revenue",
          "t13"."T_days",
          "t13"."order_span",
          "t13"."n_identifiers",
          "t13"."n_devices",
          "t13"."identity_confidence",
          (
            "t23"."_base0" + CAST("t13"."order_revenue" AS DOUBLE)
          ) * "t23"."_mean0" AS "aov",
          CAST("t13"."order_revenue" AS DOUBLE) / NULLIF("t13"."ordered", 0) AS "aov_observed",
          CAST(COALESCE("t13"."ordered", 0) AS BIGINT) AS "aov_n",
          (
            "t23"."_base0" + CAST("t13"."order_revenue" AS DOUBLE)
          ) * "t23"."_lo0" AS "aov_lo",
          (
            "t23"."_base0" + CAST("t13"."order_revenue" AS DOUBLE)
          ) * "t23"."_hi0" AS "aov_hi",
          "t23"."_confidence0" AS "aov_confidence",
          (
            "t24"."_base1" + CAST("t13"."T_days" AS DOUBLE)
          ) * "t24"."_mean1" AS "mean_gap_days",
          "t13"."order_span" / NULLIF("t13"."gaps", 0) AS "mean_gap_days_observed",
          CAST(COALESCE("t13"."gaps", 0) AS BIGINT) AS "mean_gap_days_n",
          (
            "t24"."_base1" + CAST("t13"."T_days" AS DOUBLE)
          ) * "t24"."_lo1" AS "mean_gap_days_lo",
          (
            "t24"."_base1" + CAST("t13"."T_days" AS DOUBLE)
          ) * "t24"."_hi1" AS "mean_gap_days_hi",
          "t24"."_confidence1" AS "mean_gap_days_confidence",
          (
            "t25"."_base2" + (
              (
                "t13"."ordered" * 0
              ) + 1.0
            )
          ) * "t25"."_mean2" AS "discounted_order_share",
          LEAST("t13"."discounted", "t13"."ordered") / NULLIF("t13"."ordered", 0) AS "discounted_order_share_observed",
          CAST(COALESCE("t13"."ordered", 0) AS BIGINT) AS "discounted_order_share_n",
          (
            "t25"."_base2" + (
              (
                "t13"."ordered" * 0
              ) + 1.0
            )
          ) * "t25"."_lo2" AS "discounted_order_share_lo",
          (
            "t25"."_base2" + (
              (
                "t13"."ordered" * 0
              ) + 1.0
            )
          ) * "t25"."_hi2" AS "discounted_order_share_hi",
          "t25"."_confidence2" AS "discounted_order_share_confidence",
          (
            "t26"."_base3" + (
              (
                "t13"."orders" * 0
              ) + 1.0
            )
          ) * "t26"."_mean3" AS "refund_rate",
          LEAST("t13"."refunded_orders", "t13"."orders") / NULLIF("t13"."orders", 0) AS "refund_rate_observed",
          CAST(COALESCE("t13"."orders", 0) AS BIGINT) AS "refund_rate_n",
          (
            "t26"."_base3" + (
              (
                "t13"."orders" * 0
              ) + 1.0
            )
          ) * "t26"."_lo3" AS "refund_rate_lo",
          (
            "t26"."_base3" + (
              (
                "t13"."orders" * 0
              ) + 1.0
            )
          ) * "t26"."_hi3" AS "refund_rate_hi",
          "t26"."_confidence3" AS "refund_rate_confidence",
          (
            "t27"."_base4" + (
              (
                "t13"."active_days" * 0
              ) + 1.0
            )
          ) * "t27"."_mean4" AS "weekend_share",
          LEAST("t13"."weekend_days", "t13"."active_days") / NULLIF("t13"."active_days", 0) AS "weekend_share_observed",
          CAST(COALESCE("t13"."active_days", 0) AS BIGINT) AS "weekend_share_n",
          (
            "t27"."_base4" + (
              (
                "t13"."active_days" * 0
              ) + 1.0
            )
          ) * "t27"."_lo4" AS "weekend_share_lo",
          (
            "t27"."_base4" + (
              (
                "t13"."active_days" * 0
              ) + 1.0
            )
          ) * "t27"."_hi4" AS "weekend_share_hi",
          "t27"."_confidence4" AS "weekend_share_confidence",
          "t36"."_cutoff0",
          "t36"."_profile_id0",
          "t36"."events_7d",
          "t36"."events_30d",
          "t36"."events_90d",
          "t36"."purchase_events_7d",
          "t36"."purchase_events_30d",
          "t36"."purchase_events_90d",
          "t36"."engagement_events_7d",
          "t36"."engagement_events_30d",
          "t36"."engagement_events_90d",
          "t36"."web_events_7d",
          "t36"."web_events_30d",
          "t36"."web_events_90d",
          "t36"."support_events_7d",
          "t36"."support_events_30d",
          "t36"."support_events_90d",
          "t36"."other_events_7d",
          "t36"."other_events_30d",
          "t36"."other_events_90d",
          "t36"."on_web_7d",
          "t36"."on_web_30d",
          "t36"."on_web_90d",
          "t36"."on_app_7d",
          "t36"."on_app_30d",
          "t36"."on_app_90d",
          "t36"."on_email_7d",
          "t36"."on_email_30d",
          "t36"."on_email_90d",
          "t36"."on_sms_7d",
          "t36"."on_sms_30d",
          "t36"."on_sms_90d",
          "t36"."on_push_7d",
          "t36"."on_push_30d",
          "t36"."on_push_90d",
          "t36"."on_support_7d",
          "t36"."on_support_30d",
          "t36"."on_support_90d",
          "t36"."on_pos_7d",
          "t36"."on_pos_30d",
          "t36"."on_pos_90d",
          "t36"."on_social_7d",
          "t36"."on_social_30d",
          "t36"."on_social_90d",
          "t36"."on_ads_7d",
          "t36"."on_ads_30d",
          "t36"."on_ads_90d",
          "t36"."on_iot_7d",
          "t36"."on_iot_30d",
          "t36"."on_iot_90d",
          "t36"."orders_30d",
          "t36"."orders_90d",
          "t36"."revenue_90d",
          "t36"."sessions_30d",
          "t36"."product_views_7d",
          "t36"."active_days_30d",
          "t36"."acts_30d",
          "t36"."acts_before",
          "t36"."slope",
          "t43"."_cutoff1",
          "t43"."_profile_id1",
          "t43"."visit_gap_median_d"
        FROM "temp"."main"."cached_0" AS "t13"
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
        ) AS "t23"
          ON "t13"."cutoff" = "t23"."_cutoff0"
          AND CAST("t13"."ordered" AS BIGINT) = "t23"."_k0"
          AND CAST("t13"."ordered" AS BIGINT) = "t23"."_n0"
          AND (
            (
              "t13"."ordered" > 0
            ) AND (
              "t13"."order_revenue" > 0
            )
          ) = TRUE
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
        ) AS "t24"
          ON "t13"."cutoff" = "t24"."_cutoff1"
          AND CAST("t13"."gaps" AS BIGINT) = "t24"."_k1"
          AND CAST("t13"."gaps" AS BIGINT) = "t24"."_n1"
          AND (
            "t13"."T_days" > 0
          ) = TRUE
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
        ) AS "t25"
          ON "t13"."cutoff" = "t25"."_cutoff2"
          AND CAST(LEAST("t13"."discounted", "t13"."ordered") AS BIGINT) = "t25"."_k2"
          AND CAST("t13"."ordered" AS BIGINT) = "t25"."_n2"
          AND (
            "t13"."ordered" > 0
          ) = TRUE
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
        ) AS "t26"
          ON "t13"."cutoff" = "t26"."_cutoff3"
          AND CAST(LEAST("t13"."refunded_orders", "t13"."orders") AS BIGINT) = "t26"."_k3"
          AND CAST("t13"."orders" AS BIGINT) = "t26"."_n3"
          AND (
            "t13"."orders" > 0
          ) = TRUE
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
        ) AS "t27"
          ON "t13"."cutoff" = "t27"."_cutoff4"
          AND CAST(LEAST("t13"."weekend_days", "t13"."active_days") AS BIGINT) = "t27"."_k4"
          AND CAST("t13"."active_days" AS BIGINT) = "t27"."_n4"
          AND (
            "t13"."active_days" > 0
          ) = TRUE
        LEFT OUTER JOIN (
          SELECT
            "t34"."cutoff" AS "_cutoff0",
            "t34"."profile_id" AS "_profile_id0",
            "t34"."events_7d",
            "t34"."events_30d",
            "t34"."events_90d",
            "t34"."purchase_events_7d",
            "t34"."purchase_events_30d",
            "t34"."purchase_events_90d",
            "t34"."engagement_events_7d",
            "t34"."engagement_events_30d",
            "t34"."engagement_events_90d",
            "t34"."web_events_7d",
            "t34"."web_events_30d",
            "t34"."web_events_90d",
            "t34"."support_events_7d",
            "t34"."support_events_30d",
            "t34"."support_events_90d",
            "t34"."other_events_7d",
            "t34"."other_events_30d",
            "t34"."other_events_90d",
            "t34"."on_web_7d",
            "t34"."on_web_30d",
            "t34"."on_web_90d",
            "t34"."on_app_7d",
            "t34"."on_app_30d",
            "t34"."on_app_90d",
            "t34"."on_email_7d",
            "t34"."on_email_30d",
            "t34"."on_email_90d",
            "t34"."on_sms_7d",
            "t34"."on_sms_30d",
            "t34"."on_sms_90d",
            "t34"."on_push_7d",
            "t34"."on_push_30d",
            "t34"."on_push_90d",
            "t34"."on_support_7d",
            "t34"."on_support_30d",
            "t34"."on_support_90d",
            "t34"."on_pos_7d",
            "t34"."on_pos_30d",
            "t34"."on_pos_90d",
            "t34"."on_social_7d",
            "t34"."on_social_30d",
            "t34"."on_social_90d",
            "t34"."on_ads_7d",
            "t34"."on_ads_30d",
            "t34"."on_ads_90d",
            "t34"."on_iot_7d",
            "t34"."on_iot_30d",
            "t34"."on_iot_90d",
            "t34"."orders_30d",
            "t34"."orders_90d",
            "t34"."revenue_90d",
            "t34"."sessions_30d",
            "t34"."product_views_7d",
            "t34"."active_days_30d",
            "t34"."acts_30d",
            "t34"."acts_before",
            "t34"."slope"
          FROM (
            SELECT
              "t31"."cutoff",
              "t31"."profile_id",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 7
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "events_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 30
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "events_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 90
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "events_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 7
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."purchase_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "purchase_events_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 30
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."purchase_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "purchase_events_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 90
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."purchase_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "purchase_events_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 7
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."engagement_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "engagement_events_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 30
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."engagement_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "engagement_events_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 90
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."engagement_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "engagement_events_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 7
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."web_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "web_events_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 30
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."web_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "web_events_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 90
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."web_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "web_events_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 7
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."support_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "support_events_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 30
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."support_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "support_events_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 90
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."support_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "support_events_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 7
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."other_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "other_events_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 30
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."other_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "other_events_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 90
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."other_events"
                  ELSE 0
                END AS DOUBLE)
              ) AS "other_events_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 7
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_web"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_web_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 30
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_web"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_web_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 90
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_web"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_web_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 7
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_app"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_app_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 30
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_app"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_app_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 90
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_app"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_app_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 7
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_email"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_email_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 30
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_email"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_email_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 90
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_email"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_email_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 7
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_sms"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_sms_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 30
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_sms"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_sms_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 90
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_sms"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_sms_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 7
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_push"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_push_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 30
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_push"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_push_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 90
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_push"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_push_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 7
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_support"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_support_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 30
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_support"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_support_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 90
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_support"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_support_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 7
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_pos"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_pos_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 30
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_pos"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_pos_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 90
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_pos"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_pos_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 7
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_social"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_social_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 30
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_social"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_social_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 90
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_social"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_social_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 7
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_ads"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_ads_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 30
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_ads"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_ads_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 90
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_ads"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_ads_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 7
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_iot"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_iot_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 30
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_iot"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_iot_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 90
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."on_iot"
                  ELSE 0
                END AS DOUBLE)
              ) AS "on_iot_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 30
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."orders"
                  ELSE 0
                END AS DOUBLE)
              ) AS "orders_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 90
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."orders"
                  ELSE 0
                END AS DOUBLE)
              ) AS "orders_90d",
              SUM("t31"."order_revenue" - "t31"."refunds") AS "revenue_90d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 30
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."sessions"
                  ELSE 0
                END AS DOUBLE)
              ) AS "sessions_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 7
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."product_views"
                  ELSE 0
                END AS DOUBLE)
              ) AS "product_views_7d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 30
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN CAST("t31"."acts" > 0 AS BIGINT)
                  ELSE 0
                END AS DOUBLE)
              ) AS "active_days_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 30
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN "t31"."acts"
                  ELSE 0
                END AS DOUBLE)
              ) AS "acts_30d",
              SUM(
                CAST(CASE
                  WHEN (
                    "t31"."age" <= 60
                  ) AND (
                    "t31"."age" > 30
                  )
                  THEN "t31"."acts"
                  ELSE 0
                END AS DOUBLE)
              ) AS "acts_before",
              SUM(
                CASE
                  WHEN (
                    "t31"."age" <= 56
                  ) AND (
                    "t31"."age" > 0
                  )
                  THEN CAST("t31"."acts" AS DOUBLE) * (
                    3.5 - CAST(FLOOR((
                      "t31"."age" - 1
                    ) / (
                      7
                    )) AS BIGINT)
                  )
                  ELSE 0
                END
              ) AS "slope"
            FROM (
              SELECT
                "t28"."profile_id",
                "t28"."day",
                "t28"."first_at",
                "t28"."last_at",
                "t28"."events",
                "t28"."acts",
                "t28"."purchase_events",
                "t28"."engagement_events",
                "t28"."web_events",
                "t28"."support_events",
                "t28"."other_events",
                "t28"."on_web",
                "t28"."on_app",
                "t28"."on_email",
                "t28"."on_sms",
                "t28"."on_push",
                "t28"."on_support",
                "t28"."on_pos",
                "t28"."on_social",
                "t28"."on_ads",
                "t28"."on_iot",
                "t28"."product_views",
                "t28"."searches",
                "t28"."cart_adds",
                "t28"."sessions",
                "t28"."orders",
                "t28"."discounted_orders",
                "t28"."refunded_orders",
                "t28"."engagement",
                "t28"."order_revenue",
                "t28"."refunds",
                "t28"."discounts",
                "t28"."discounted_revenue",
                "t14"."cutoff",
                "t14"."age"
              FROM (
                SELECT
                  *
                FROM "parquet_6" AS "t8"
              ) AS "t28"
              INNER JOIN "memtable_7" AS "t14"
                ON "t28"."day" = "t14"."day"
            ) AS "t31"
            GROUP BY
              1,
              2
          ) AS "t34"
        ) AS "t36"
          ON "t13"."cutoff" = "t36"."_cutoff0" AND "t13"."profile_id" = "t36"."_profile_id0"
        LEFT OUTER JOIN (
          SELECT
            "t41"."cutoff" AS "_cutoff1",
            "t41"."profile_id" AS "_profile_id1",
            (
              CAST(FLOOR(
                (
                  LIST_EXTRACT(
                    "t41"."own",
                    CAST(CAST(FLOOR((
                      ARRAY_LENGTH("t41"."own") - 1
                    ) / (
                      2
                    )) AS BIGINT) AS INT) + CAST(CAST(CAST(FLOOR((
                      ARRAY_LENGTH("t41"."own") - 1
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
                    "t41"."own",
                    CAST(CAST(FLOOR((
                      ARRAY_LENGTH("t41"."own") - 0
                    ) / (
                      2
                    )) AS BIGINT) AS INT) + CAST(CAST(CAST(FLOOR((
                      ARRAY_LENGTH("t41"."own") - 0
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
              "t40".*
              EXCLUDE ("both")
            FROM (
              SELECT
                "t39"."profile_id",
                "t39"."both",
                "t39"."cutoff",
                CAST(FLOOR((
                  EPOCH(CAST(CAST("t39"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
                ) / (
                  86400
                )) AS BIGINT) AS "at",
                LIST_FILTER(
                  "t39"."both",
                  __ibis_param_one__ -> (
                    __ibis_param_one__ % 1000000
                  ) < CAST(FLOOR((
                    EPOCH(CAST(CAST("t39"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
                  ) / (
                    86400
                  )) AS BIGINT)
                ) AS "own"
              FROM (
                SELECT
                  "t38"."profile_id",
                  "t38"."both",
                  "t15"."cutoff"
                FROM (
                  SELECT
                    "t33"."profile_id",
                    LIST_SORT(
                      ARRAY_AGG((
                        "t33"."gap" * 1000000
                      ) + "t33"."number") FILTER(WHERE
                        (
                          (
                            "t33"."gap" * 1000000
                          ) + "t33"."number"
                        ) IS NOT NULL)
                    ) AS "both"
                  FROM (
                    SELECT
                      *
                    FROM (
                      SELECT
                        "t30"."profile_id",
                        "t30"."day",
                        "t30"."number",
                        "t30"."number" - LAG("t30"."number") OVER (
                          PARTITION BY "t30"."profile_id"
                          ORDER BY "t30"."day" ASC
                          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
                        ) AS "gap"
                      FROM (
                        SELECT
                          "t8"."profile_id",
                          "t8"."day",
                          CAST(FLOOR((
                            EPOCH(CAST(CAST("t8"."day" AS TIMESTAMP) AS TIMESTAMP))
                          ) / (
                            86400
                          )) AS BIGINT) AS "number"
                        FROM "parquet_6" AS "t8"
                        WHERE
                          "t8"."acts" > 0
                      ) AS "t30"
                    ) AS "t32"
                    WHERE
                      "t32"."gap" IS NOT NULL
                  ) AS "t33"
                  GROUP BY
                    1
                ) AS "t38"
                CROSS JOIN "memtable_8" AS "t15"
              ) AS "t39"
            ) AS "t40"
          ) AS "t41"
          WHERE
            ARRAY_LENGTH("t41"."own") > 0
        ) AS "t43"
          ON "t13"."cutoff" = "t43"."_cutoff1" AND "t13"."profile_id" = "t43"."_profile_id1"
      ) AS "t44"
    ) AS "t46"
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
    ) AS "t29"
      ON "t46"."cutoff" = "t29"."_cutoff"
    LEFT OUTER JOIN "memtable_9" AS "t11"
      ON "t46"."gaps" = "t11"."_gaps"
    LEFT OUTER JOIN "memtable_10" AS "t12"
      ON CASE WHEN "t46"."ordered" > 500 THEN 500.0 ELSE "t46"."ordered" END = "t12"."_ordered"
      AND CASE
        WHEN CAST(FLOOR((
          "t46"."T_days"
        ) / (
          365
        )) AS BIGINT) > 10
        THEN 10
        ELSE CAST(FLOOR((
          "t46"."T_days"
        ) / (
          365
        )) AS BIGINT)
      END = "t12"."_years"
  ) AS "t47"
) AS "t48"
