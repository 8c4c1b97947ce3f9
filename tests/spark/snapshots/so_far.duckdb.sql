SELECT
  "t6"."cutoff",
  "t6"."profile_id",
  SUM("t6"."orders") AS "orders",
  SUM("t6"."revenue") AS "revenue",
  MIN("t6"."first_at") AS "first_at",
  MAX("t6"."last_day") AS "last_day",
  SUM(
    "t6"."engagement" * (
      POWER(2.0, (
        "t6"."since" * -0.011111111111111112
      ))
    )
  ) AS "engagement"
FROM (
  SELECT
    "t5"."profile_id",
    "t5"."until",
    "t5"."orders",
    "t5"."revenue",
    "t5"."first_at",
    "t5"."last_day",
    "t5"."engagement",
    "t2"."cutoff",
    "t2"."since"
  FROM (
    SELECT
      "t3"."profile_id",
      "t3"."until",
      SUM(CAST("t3"."orders" AS DOUBLE)) AS "orders",
      SUM("t3"."order_revenue" - "t3"."refunds") AS "revenue",
      MIN("t3"."first_at") AS "first_at",
      MAX("t3"."day") AS "last_day",
      SUM(
        "t3"."engagement" * (
          POWER(
            2.0,
            (
              CAST(CAST(FLOOR((
                EPOCH(CAST(CAST("t3"."until" AS TIMESTAMP) AS TIMESTAMP))
              ) / (
                86400
              )) AS BIGINT) - CAST(FLOOR((
                EPOCH(CAST(CAST("t3"."day" AS TIMESTAMP) AS TIMESTAMP))
              ) / (
                86400
              )) AS BIGINT) AS DOUBLE) * -0.011111111111111112
            )
          )
        )
      ) AS "engagement"
    FROM (
      SELECT
        "t1"."profile_id",
        "t1"."day",
        "t1"."first_at",
        "t1"."last_at",
        "t1"."events",
        "t1"."acts",
        "t1"."purchase_events",
        "t1"."engagement_events",
        "t1"."web_events",
        "t1"."support_events",
        "t1"."other_events",
        "t1"."on_web",
        "t1"."on_app",
        "t1"."on_email",
        "t1"."on_sms",
        "t1"."on_push",
        "t1"."on_support",
        "t1"."on_pos",
        "t1"."on_social",
        "t1"."on_ads",
        "t1"."on_iot",
        "t1"."product_views",
        "t1"."searches",
        "t1"."cart_adds",
        "t1"."sessions",
        "t1"."orders",
        "t1"."discounted_orders",
        "t1"."refunded_orders",
        "t1"."engagement",
        "t1"."order_revenue",
        "t1"."refunds",
        "t1"."discounts",
        "t1"."discounted_revenue",
        CASE
          WHEN "t1"."day" < MAKE_DATE(2025, 6, 1)
          THEN MAKE_DATE(2025, 6, 1)
          ELSE MAKE_DATE(2025, 10, 1)
        END AS "until"
      FROM "daily" AS "t1"
      WHERE
        "t1"."day" < MAKE_DATE(2025, 10, 1)
    ) AS "t3"
    GROUP BY
      1,
      2
  ) AS "t5"
  INNER JOIN "memtable_0" AS "t2"
    ON "t5"."until" = "t2"."until"
) AS "t6"
GROUP BY
  1,
  2
