WITH "t2" AS (
  SELECT
    "t1"."message_id",
    "t1"."event",
    "t1"."timestamp",
    "t1"."local_time",
    "t1"."channel",
    "t1"."category",
    "t1"."session_id",
    "t1"."order_id",
    "t1"."revenue",
    "t1"."discount",
    "t1"."profile_id",
    "t1"."weight",
    "t1"."purpose",
    CAST("t1"."local_time" AS DATE) AS "day"
  FROM (
    SELECT
      "t0"."message_id",
      "t0"."event",
      "t0"."timestamp",
      "t0"."local_time",
      "t0"."channel",
      "t0"."category",
      "t0"."session_id",
      "t0"."order_id",
      "t0"."revenue",
      "t0"."discount",
      "t0"."profile_id",
      "t0"."weight",
      "t0"."purpose"
    FROM "events" AS "t0"
  ) AS "t1"
)
SELECT
  "t26"."profile_id",
  "t26"."day",
  "t26"."purpose",
  "t26"."first_at",
  "t26"."last_at",
  "t26"."events",
  "t26"."acts",
  "t26"."engagement",
  "t26"."purchase_events",
  "t26"."engagement_events",
  "t26"."web_events",
  "t26"."support_events",
  "t26"."other_events",
  "t26"."on_web",
  "t26"."on_app",
  "t26"."on_email",
  "t26"."on_sms",
  "t26"."on_push",
  "t26"."on_support",
  "t26"."on_pos",
  "t26"."on_social",
  "t26"."on_ads",
  "t26"."on_iot",
  "t26"."product_views",
  "t26"."searches",
  "t26"."cart_adds",
  COALESCE("t26"."orders", 0) AS "orders",
  COALESCE("t26"."discounted_orders", 0) AS "discounted_orders",
  CAST(COALESCE("t26"."order_revenue", 0) AS DECIMAL(18, 4)) AS "order_revenue",
  CAST(COALESCE("t26"."discounts", 0) AS DECIMAL(18, 4)) AS "discounts",
  CAST(COALESCE("t26"."discounted_revenue", 0) AS DECIMAL(18, 4)) AS "discounted_revenue",
  COALESCE("t26"."refunded_orders", 0) AS "refunded_orders",
  CAST(COALESCE("t26"."refunds", 0) AS DECIMAL(18, 4)) AS "refunds",
  COALESCE("t26"."sessions", 0) AS "sessions"
FROM (
  SELECT
    "t25".*
    EXCLUDE ("day_again", "profile_id_again", "purpose_again")
  FROM (
    SELECT
      "t24"."profile_id",
      "t24"."day",
      "t24"."purpose",
      "t24"."first_at",
      "t24"."last_at",
      "t24"."events",
      "t24"."acts",
      "t24"."engagement",
      "t24"."purchase_events",
      "t24"."engagement_events",
      "t24"."web_events",
      "t24"."support_events",
      "t24"."other_events",
      "t24"."on_web",
      "t24"."on_app",
      "t24"."on_email",
      "t24"."on_sms",
      "t24"."on_push",
      "t24"."on_support",
      "t24"."on_pos",
      "t24"."on_social",
      "t24"."on_ads",
      "t24"."on_iot",
      "t24"."product_views",
      "t24"."searches",
      "t24"."cart_adds",
      "t24"."orders",
      "t24"."discounted_orders",
      "t24"."order_revenue",
      "t24"."discounts",
      "t24"."discounted_revenue",
      "t24"."refunded_orders",
      "t24"."refunds",
      "t15"."profile_id" AS "profile_id_again",
      "t15"."day" AS "day_again",
      "t15"."purpose" AS "purpose_again",
      "t15"."sessions"
    FROM (
      SELECT
        "t22".*
        EXCLUDE ("day_again", "profile_id_again", "purpose_again")
      FROM (
        SELECT
          "t21"."profile_id",
          "t21"."day",
          "t21"."purpose",
          "t21"."first_at",
          "t21"."last_at",
          "t21"."events",
          "t21"."acts",
          "t21"."engagement",
          "t21"."purchase_events",
          "t21"."engagement_events",
          "t21"."web_events",
          "t21"."support_events",
          "t21"."other_events",
          "t21"."on_web",
          "t21"."on_app",
          "t21"."on_email",
          "t21"."on_sms",
          "t21"."on_push",
          "t21"."on_support",
          "t21"."on_pos",
          "t21"."on_social",
          "t21"."on_ads",
          "t21"."on_iot",
          "t21"."product_views",
          "t21"."searches",
          "t21"."cart_adds",
          "t21"."orders",
          "t21"."discounted_orders",
          "t21"."order_revenue",
          "t21"."discounts",
          "t21"."discounted_revenue",
          "t16"."profile_id" AS "profile_id_again",
          "t16"."day" AS "day_again",
          "t16"."purpose" AS "purpose_again",
          "t16"."refunded_orders",
          "t16"."refunds"
        FROM (
          SELECT
            "t19".*
            EXCLUDE ("day_again", "profile_id_again", "purpose_again")
          FROM (
            SELECT
              "t9"."profile_id",
              "t9"."day",
              "t9"."purpose",
              "t9"."first_at",
              "t9"."last_at",
              "t9"."events",
              "t9"."acts",
              "t9"."engagement",
              "t9"."purchase_events",
              "t9"."engagement_events",
              "t9"."web_events",
              "t9"."support_events",
              "t9"."other_events",
              "t9"."on_web",
              "t9"."on_app",
              "t9"."on_email",
              "t9"."on_sms",
              "t9"."on_push",
              "t9"."on_support",
              "t9"."on_pos",
              "t9"."on_social",
              "t9"."on_ads",
              "t9"."on_iot",
              "t9"."product_views",
              "t9"."searches",
              "t9"."cart_adds",
              "t18"."profile_id" AS "profile_id_again",
              "t18"."day" AS "day_again",
              "t18"."purpose" AS "purpose_again",
              "t18"."orders",
              "t18"."discounted_orders",
              "t18"."order_revenue",
              "t18"."discounts",
              "t18"."discounted_revenue"
            FROM (
              SELECT
                "t3"."profile_id",
                "t3"."day",
                "t3"."purpose",
                MIN("t3"."timestamp") AS "first_at",
                MAX("t3"."timestamp") AS "last_at",
                COUNT(*) AS "events",
                COUNT(*) FILTER(WHERE
                  "t3"."weight" > 0) AS "acts",
                SUM(CAST("t3"."weight" AS DOUBLE)) AS "engagement",
                COUNT(*) FILTER(WHERE
                  "t3"."category" = 'purchase') AS "purchase_events",
                COUNT(*) FILTER(WHERE
                  "t3"."category" = 'engagement') AS "engagement_events",
                COUNT(*) FILTER(WHERE
                  "t3"."category" = 'web') AS "web_events",
                COUNT(*) FILTER(WHERE
                  "t3"."category" = 'support') AS "support_events",
                COUNT(*) FILTER(WHERE
                  "t3"."category" = 'other') AS "other_events",
                COUNT(*) FILTER(WHERE
                  "t3"."channel" = 'web') AS "on_web",
                COUNT(*) FILTER(WHERE
                  "t3"."channel" = 'app') AS "on_app",
                COUNT(*) FILTER(WHERE
                  "t3"."channel" = 'email') AS "on_email",
                COUNT(*) FILTER(WHERE
                  "t3"."channel" = 'sms') AS "on_sms",
                COUNT(*) FILTER(WHERE
                  "t3"."channel" = 'push') AS "on_push",
                COUNT(*) FILTER(WHERE
                  "t3"."channel" = 'support') AS "on_support",
                COUNT(*) FILTER(WHERE
                  "t3"."channel" = 'pos') AS "on_pos",
                COUNT(*) FILTER(WHERE
                  "t3"."channel" = 'social') AS "on_social",
                COUNT(*) FILTER(WHERE
                  "t3"."channel" = 'ads') AS "on_ads",
                COUNT(*) FILTER(WHERE
                  "t3"."channel" = 'iot') AS "on_iot",
                COUNT(*) FILTER(WHERE
                  "t3"."event" = 'Product Viewed') AS "product_views",
                COUNT(*) FILTER(WHERE
                  "t3"."event" = 'Products Searched') AS "searches",
                COUNT(*) FILTER(WHERE
                  "t3"."event" = 'Product Added') AS "cart_adds"
              FROM "t2" AS "t3"
              GROUP BY
                1,
                2,
                3
            ) AS "t9"
            LEFT OUTER JOIN (
              SELECT
                "t11"."profile_id",
                "t11"."day",
                "t11"."purpose",
                COUNT(*) AS "orders",
                COUNT(*) FILTER(WHERE
                  "t11"."discount" IS NOT NULL) AS "discounted_orders",
                SUM("t11"."revenue") AS "order_revenue",
                SUM("t11"."discount") AS "discounts",
                SUM("t11"."revenue") FILTER(WHERE
                  "t11"."discount" IS NOT NULL) AS "discounted_revenue"
              FROM (
                SELECT
                  "t5"."profile_id",
                  "t5"."day",
                  "t5"."purpose",
                  COALESCE("t5"."order_id", "t5"."message_id") AS "order",
                  SUM("t5"."revenue") AS "revenue",
                  SUM("t5"."discount") FILTER(WHERE
                    "t5"."discount" > 0) AS "discount"
                FROM (
                  SELECT
                    *
                  FROM "t2" AS "t3"
                  WHERE
                    "t3"."event" = 'Order Completed'
                ) AS "t5"
                GROUP BY
                  1,
                  2,
                  3,
                  4
              ) AS "t11"
              GROUP BY
                1,
                2,
                3
            ) AS "t18"
              ON "t9"."profile_id" = "t18"."profile_id"
              AND "t9"."day" = "t18"."day"
              AND "t9"."purpose" IS NOT DISTINCT FROM "t18"."purpose"
          ) AS "t19"
        ) AS "t21"
        LEFT OUTER JOIN (
          SELECT
            "t10"."profile_id",
            "t10"."day",
            "t10"."purpose",
            COUNT(*) AS "refunded_orders",
            -(
              SUM("t10"."revenue")
            ) AS "refunds"
          FROM (
            SELECT
              "t4"."profile_id",
              "t4"."day",
              "t4"."purpose",
              COALESCE("t4"."order_id", "t4"."message_id") AS "order",
              SUM("t4"."revenue") AS "revenue"
            FROM (
              SELECT
                *
              FROM "t2" AS "t3"
              WHERE
                "t3"."event" = 'Order Refunded'
            ) AS "t4"
            GROUP BY
              1,
              2,
              3,
              4
          ) AS "t10"
          GROUP BY
            1,
            2,
            3
        ) AS "t16"
          ON "t21"."profile_id" = "t16"."profile_id"
          AND "t21"."day" = "t16"."day"
          AND "t21"."purpose" IS NOT DISTINCT FROM "t16"."purpose"
      ) AS "t22"
    ) AS "t24"
    LEFT OUTER JOIN (
      SELECT
        "t12"."profile_id",
        "t12"."day",
        "t12"."purpose",
        COUNT(*) AS "sessions"
      FROM (
        SELECT DISTINCT
          *
        FROM (
          SELECT
            "t6"."profile_id",
            "t6"."day",
            "t6"."purpose",
            "t6"."session_id"
          FROM (
            SELECT
              *
            FROM "t2" AS "t3"
            WHERE
              "t3"."category" = 'web' AND "t3"."session_id" IS NOT NULL
          ) AS "t6"
        ) AS "t8"
      ) AS "t12"
      GROUP BY
        1,
        2,
        3
    ) AS "t15"
      ON "t24"."profile_id" = "t15"."profile_id"
      AND "t24"."day" = "t15"."day"
      AND "t24"."purpose" IS NOT DISTINCT FROM "t15"."purpose"
  ) AS "t25"
) AS "t26"
