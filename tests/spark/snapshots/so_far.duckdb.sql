SELECT
  "t7"."cutoff",
  "t7"."profile_id",
  SUM("t7"."orders") AS "orders",
  SUM("t7"."revenue") AS "revenue",
  MIN("t7"."first_at") AS "first_at",
  MAX("t7"."last_day") AS "last_day",
  SUM(
    "t7"."engagement" * (
      POWER(2.0, (
        "t7"."since" * -0.011111111111111112
      ))
    )
  ) AS "engagement"
FROM (
  SELECT
    "t6"."profile_id",
    "t6"."until",
    "t6"."orders",
    "t6"."revenue",
    "t6"."first_at",
    "t6"."last_day",
    "t6"."engagement",
    "t2"."cutoff",
    "t2"."since"
  FROM (
    SELECT
      "t4"."profile_id",
      "t4"."until",
      SUM(CAST("t4"."orders" AS DOUBLE)) AS "orders",
      SUM("t4"."order_revenue" - "t4"."refunds") AS "revenue",
      MIN("t4"."first_at") AS "first_at",
      MAX("t4"."day") AS "last_day",
      SUM(
        "t4"."engagement" * (
          POWER(
            2.0,
            (
              CAST(CAST(FLOOR((
                EPOCH(CAST(CAST("t4"."until" AS TIMESTAMP) AS TIMESTAMP))
              ) / (
                86400
              )) AS BIGINT) - CAST(FLOOR((
                EPOCH(CAST(CAST("t4"."day" AS TIMESTAMP) AS TIMESTAMP))
              ) / (
                86400
              )) AS BIGINT) AS DOUBLE) * -0.011111111111111112
            )
          )
        )
      ) AS "engagement"
    FROM (
      SELECT
        "t3"."profile_id",
        "t3"."day",
        "t3"."first_at",
        "t3"."last_at",
        "t3"."events",
        "t3"."acts",
        "t3"."purchase_events",
        "t3"."engagement_events",
        "t3"."web_events",
        "t3"."support_events",
        "t3"."other_events",
        "t3"."on_web",
        "t3"."on_app",
        "t3"."on_email",
        "t3"."on_sms",
        "t3"."on_push",
        "t3"."on_support",
        "t3"."on_pos",
        "t3"."on_social",
        "t3"."on_ads",
        "t3"."on_iot",
        "t3"."product_views",
        "t3"."searches",
        "t3"."cart_adds",
        "t3"."sessions",
        "t3"."orders",
        "t3"."discounted_orders",
        "t3"."refunded_orders",
        "t3"."engagement",
        "t3"."order_revenue",
        "t3"."refunds",
        "t3"."discounts",
        "t3"."discounted_revenue",
        CASE
          WHEN "t3"."day" < MAKE_DATE(2025, 6, 1)
          THEN MAKE_DATE(2025, 6, 1)
          ELSE MAKE_DATE(2025, 10, 1)
        END AS "until"
      FROM (
        SELECT
          *
        FROM "daily" AS "t1"
        WHERE
          "t1"."day" < MAKE_DATE(2025, 10, 1)
      ) AS "t3"
    ) AS "t4"
    GROUP BY
      1,
      2
  ) AS "t6"
  INNER JOIN "memtable_0" AS "t2"
    ON "t6"."until" = "t2"."until"
) AS "t7"
GROUP BY
  1,
  2
