SELECT
  "t10"."cutoff",
  "t10"."profile_id",
  "t10"."gaps",
  "t10"."ordered",
  "t10"."order_revenue",
  "t10"."later_revenue",
  "t10"."gap_squares",
  "t10"."month_1",
  "t10"."month_2",
  "t10"."month_3",
  "t10"."month_4",
  "t10"."month_5",
  "t10"."month_6",
  "t10"."month_7",
  "t10"."month_8",
  "t10"."month_9",
  "t10"."month_10",
  "t10"."month_11",
  "t10"."month_12",
  "t10"."first_order",
  "t10"."last_order",
  "t10"."discounted",
  "t10"."discounts",
  "t10"."discounted_revenue",
  CAST(FLOOR((
    EPOCH(CAST(CAST("t10"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
  ) / (
    86400
  )) AS BIGINT) - "t10"."first_order" AS "T_days",
  "t10"."last_order" - "t10"."first_order" AS "order_span"
FROM (
  SELECT
    "t9"."cutoff",
    "t9"."profile_id",
    SUM("t9"."gaps") AS "gaps",
    SUM("t9"."ordered") AS "ordered",
    SUM("t9"."order_revenue") AS "order_revenue",
    SUM("t9"."later_revenue") AS "later_revenue",
    SUM("t9"."gap_squares") AS "gap_squares",
    SUM("t9"."month_1") AS "month_1",
    SUM("t9"."month_2") AS "month_2",
    SUM("t9"."month_3") AS "month_3",
    SUM("t9"."month_4") AS "month_4",
    SUM("t9"."month_5") AS "month_5",
    SUM("t9"."month_6") AS "month_6",
    SUM("t9"."month_7") AS "month_7",
    SUM("t9"."month_8") AS "month_8",
    SUM("t9"."month_9") AS "month_9",
    SUM("t9"."month_10") AS "month_10",
    SUM("t9"."month_11") AS "month_11",
    SUM("t9"."month_12") AS "month_12",
    MIN("t9"."first_order") AS "first_order",
    MAX("t9"."last_order") AS "last_order",
    SUM("t9"."discounted") AS "discounted",
    SUM("t9"."discounts") AS "discounts",
    SUM("t9"."discounted_revenue") AS "discounted_revenue"
  FROM (
    SELECT
      "t8"."profile_id",
      "t8"."until",
      "t8"."gaps",
      "t8"."ordered",
      "t8"."order_revenue",
      "t8"."later_revenue",
      "t8"."gap_squares",
      "t8"."month_1",
      "t8"."month_2",
      "t8"."month_3",
      "t8"."month_4",
      "t8"."month_5",
      "t8"."month_6",
      "t8"."month_7",
      "t8"."month_8",
      "t8"."month_9",
      "t8"."month_10",
      "t8"."month_11",
      "t8"."month_12",
      "t8"."first_order",
      "t8"."last_order",
      "t8"."discounted",
      "t8"."discounts",
      "t8"."discounted_revenue",
      "t2"."cutoff",
      "t2"."since"
    FROM (
      SELECT
        "t6"."profile_id",
        "t6"."until",
        SUM(CAST(CAST("t6"."turn" > 0 AS BIGINT) AS DOUBLE)) AS "gaps",
        SUM(CAST("t6"."orders" AS DOUBLE)) AS "ordered",
        SUM("t6"."order_revenue") AS "order_revenue",
        SUM(CASE WHEN "t6"."turn" > 0 THEN "t6"."order_revenue" ELSE 0 END) AS "later_revenue",
        SUM(CAST(COALESCE("t6"."gap" * "t6"."gap", 0) AS DOUBLE)) AS "gap_squares",
        SUM(
          CAST(CASE WHEN EXTRACT(month FROM "t6"."day") = 1 THEN "t6"."orders" ELSE 0 END AS DOUBLE)
        ) AS "month_1",
        SUM(
          CAST(CASE WHEN EXTRACT(month FROM "t6"."day") = 2 THEN "t6"."orders" ELSE 0 END AS DOUBLE)
        ) AS "month_2",
        SUM(
          CAST(CASE WHEN EXTRACT(month FROM "t6"."day") = 3 THEN "t6"."orders" ELSE 0 END AS DOUBLE)
        ) AS "month_3",
        SUM(
          CAST(CASE WHEN EXTRACT(month FROM "t6"."day") = 4 THEN "t6"."orders" ELSE 0 END AS DOUBLE)
        ) AS "month_4",
        SUM(
          CAST(CASE WHEN EXTRACT(month FROM "t6"."day") = 5 THEN "t6"."orders" ELSE 0 END AS DOUBLE)
        ) AS "month_5",
        SUM(
          CAST(CASE WHEN EXTRACT(month FROM "t6"."day") = 6 THEN "t6"."orders" ELSE 0 END AS DOUBLE)
        ) AS "month_6",
        SUM(
          CAST(CASE WHEN EXTRACT(month FROM "t6"."day") = 7 THEN "t6"."orders" ELSE 0 END AS DOUBLE)
        ) AS "month_7",
        SUM(
          CAST(CASE WHEN EXTRACT(month FROM "t6"."day") = 8 THEN "t6"."orders" ELSE 0 END AS DOUBLE)
        ) AS "month_8",
        SUM(
          CAST(CASE WHEN EXTRACT(month FROM "t6"."day") = 9 THEN "t6"."orders" ELSE 0 END AS DOUBLE)
        ) AS "month_9",
        SUM(
          CAST(CASE WHEN EXTRACT(month FROM "t6"."day") = 10 THEN "t6"."orders" ELSE 0 END AS DOUBLE)
        ) AS "month_10",
        SUM(
          CAST(CASE WHEN EXTRACT(month FROM "t6"."day") = 11 THEN "t6"."orders" ELSE 0 END AS DOUBLE)
        ) AS "month_11",
        SUM(
          CAST(CASE WHEN EXTRACT(month FROM "t6"."day") = 12 THEN "t6"."orders" ELSE 0 END AS DOUBLE)
        ) AS "month_12",
        MIN("t6"."number") AS "first_order",
        MAX("t6"."number") AS "last_order",
        SUM(CAST("t6"."discounted_orders" AS DOUBLE)) AS "discounted",
        SUM("t6"."discounts") AS "discounts",
        SUM("t6"."discounted_revenue") AS "discounted_revenue"
      FROM (
        SELECT
          "t5"."profile_id",
          "t5"."day",
          "t5"."first_at",
          "t5"."last_at",
          "t5"."events",
          "t5"."acts",
          "t5"."purchase_events",
          "t5"."engagement_events",
          "t5"."web_events",
          "t5"."support_events",
          "t5"."other_events",
          "t5"."on_web",
          "t5"."on_app",
          "t5"."on_email",
          "t5"."on_sms",
          "t5"."on_push",
          "t5"."on_support",
          "t5"."on_pos",
          "t5"."on_social",
          "t5"."on_ads",
          "t5"."on_iot",
          "t5"."product_views",
          "t5"."searches",
          "t5"."cart_adds",
          "t5"."sessions",
          "t5"."orders",
          "t5"."discounted_orders",
          "t5"."refunded_orders",
          "t5"."engagement",
          "t5"."order_revenue",
          "t5"."refunds",
          "t5"."discounts",
          "t5"."discounted_revenue",
          "t5"."number",
          "t5"."turn",
          "t5"."gap",
          CASE
            WHEN "t5"."day" < MAKE_DATE(2025, 6, 1)
            THEN MAKE_DATE(2025, 6, 1)
            ELSE MAKE_DATE(2025, 10, 1)
          END AS "until"
        FROM (
          SELECT
            "t4"."profile_id",
            "t4"."day",
            "t4"."first_at",
            "t4"."last_at",
            "t4"."events",
            "t4"."acts",
            "t4"."purchase_events",
            "t4"."engagement_events",
            "t4"."web_events",
            "t4"."support_events",
            "t4"."other_events",
            "t4"."on_web",
            "t4"."on_app",
            "t4"."on_email",
            "t4"."on_sms",
            "t4"."on_push",
            "t4"."on_support",
            "t4"."on_pos",
            "t4"."on_social",
            "t4"."on_ads",
            "t4"."on_iot",
            "t4"."product_views",
            "t4"."searches",
            "t4"."cart_adds",
            "t4"."sessions",
            "t4"."orders",
            "t4"."discounted_orders",
            "t4"."refunded_orders",
            "t4"."engagement",
            "t4"."order_revenue",
            "t4"."refunds",
            "t4"."discounts",
            "t4"."discounted_revenue",
            "t4"."number",
            "t4"."turn",
            "t4"."number" - LAG("t4"."number") OVER (
              PARTITION BY "t4"."profile_id"
              ORDER BY "t4"."day" ASC
              ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
            ) AS "gap"
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
              CAST(FLOOR((
                EPOCH(CAST(CAST("t3"."day" AS TIMESTAMP) AS TIMESTAMP))
              ) / (
                86400
              )) AS BIGINT) AS "number",
              ROW_NUMBER() OVER (
                PARTITION BY "t3"."profile_id"
                ORDER BY "t3"."day" ASC
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) - 1 AS "turn"
            FROM (
              SELECT
                *
              FROM "daily" AS "t1"
              WHERE
                "t1"."orders" > 0
            ) AS "t3"
          ) AS "t4"
        ) AS "t5"
        WHERE
          "t5"."day" < MAKE_DATE(2025, 10, 1)
      ) AS "t6"
      GROUP BY
        1,
        2
    ) AS "t8"
    INNER JOIN "memtable_0" AS "t2"
      ON "t8"."until" = "t2"."until"
  ) AS "t9"
  GROUP BY
    1,
    2
) AS "t10"
