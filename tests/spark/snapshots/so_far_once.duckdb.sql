SELECT
  "t2"."until" AS "cutoff",
  "t2"."profile_id",
  "t2"."orders",
  "t2"."revenue",
  "t2"."first_at",
  "t2"."last_day",
  "t2"."engagement"
FROM (
  SELECT
    "t1"."profile_id",
    "t1"."until",
    SUM(CAST("t1"."orders" AS DOUBLE)) AS "orders",
    SUM("t1"."order_revenue" - "t1"."refunds") AS "revenue",
    MIN("t1"."first_at") AS "first_at",
    MAX("t1"."day") AS "last_day",
    SUM(
      "t1"."engagement" * (
        POWER(
          2.0,
          (
            CAST(CAST(FLOOR((
              EPOCH(CAST(CAST("t1"."until" AS TIMESTAMP) AS TIMESTAMP))
            ) / (
              86400
            )) AS BIGINT) - CAST(FLOOR((
              EPOCH(CAST(CAST("t1"."day" AS TIMESTAMP) AS TIMESTAMP))
            ) / (
              86400
            )) AS BIGINT) AS DOUBLE) * -0.011111111111111112
          )
        )
      )
    ) AS "engagement"
  FROM (
    SELECT
      "t0"."profile_id",
      "t0"."day",
      "t0"."first_at",
      "t0"."last_at",
      "t0"."events",
      "t0"."acts",
      "t0"."purchase_events",
      "t0"."engagement_events",
      "t0"."web_events",
      "t0"."support_events",
      "t0"."other_events",
      "t0"."on_web",
      "t0"."on_app",
      "t0"."on_email",
      "t0"."on_sms",
      "t0"."on_push",
      "t0"."on_support",
      "t0"."on_pos",
      "t0"."on_social",
      "t0"."on_ads",
      "t0"."on_iot",
      "t0"."product_views",
      "t0"."searches",
      "t0"."cart_adds",
      "t0"."sessions",
      "t0"."orders",
      "t0"."discounted_orders",
      "t0"."refunded_orders",
      "t0"."engagement",
      "t0"."order_revenue",
      "t0"."refunds",
      "t0"."discounts",
      "t0"."discounted_revenue",
      MAKE_DATE(2025, 6, 1) AS "until"
    FROM "daily" AS "t0"
    WHERE
      "t0"."day" < MAKE_DATE(2025, 6, 1)
  ) AS "t1"
  GROUP BY
    1,
    2
) AS "t2"
