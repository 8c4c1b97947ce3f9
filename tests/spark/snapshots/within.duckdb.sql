SELECT
  "t4"."cutoff",
  "t4"."profile_id",
  SUM(CAST("t4"."orders" AS DOUBLE)) AS "orders",
  SUM("t4"."order_revenue" - "t4"."refunds") AS "revenue",
  MIN("t4"."first_at") AS "first_at",
  MAX("t4"."day") AS "last_day"
FROM (
  SELECT
    "t2"."profile_id",
    "t2"."day",
    "t2"."first_at",
    "t2"."last_at",
    "t2"."events",
    "t2"."acts",
    "t2"."purchase_events",
    "t2"."engagement_events",
    "t2"."web_events",
    "t2"."support_events",
    "t2"."other_events",
    "t2"."on_web",
    "t2"."on_app",
    "t2"."on_email",
    "t2"."on_sms",
    "t2"."on_push",
    "t2"."on_support",
    "t2"."on_pos",
    "t2"."on_social",
    "t2"."on_ads",
    "t2"."on_iot",
    "t2"."product_views",
    "t2"."searches",
    "t2"."cart_adds",
    "t2"."sessions",
    "t2"."orders",
    "t2"."discounted_orders",
    "t2"."refunded_orders",
    "t2"."engagement",
    "t2"."order_revenue",
    "t2"."refunds",
    "t2"."discounts",
    "t2"."discounted_revenue",
    "t3"."cutoff",
    "t3"."age"
  FROM "daily" AS "t2"
  INNER JOIN "memtable_0" AS "t3"
    ON "t2"."day" = "t3"."day"
) AS "t4"
GROUP BY
  1,
  2
