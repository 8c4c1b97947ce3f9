SELECT
  "t22"."profile_id",
  "t22"."day",
  "t22"."first_at",
  "t22"."last_at",
  "t22"."events",
  "t22"."acts",
  "t22"."engagement",
  "t22"."purchase_events",
  "t22"."engagement_events",
  "t22"."web_events",
  "t22"."support_events",
  "t22"."other_events",
  "t22"."on_web",
  "t22"."on_app",
  "t22"."on_email",
  "t22"."on_sms",
  "t22"."on_push",
  "t22"."on_support",
  "t22"."on_pos",
  "t22"."on_social",
  "t22"."on_ads",
  "t22"."on_iot",
  "t22"."product_views",
  "t22"."searches",
  "t22"."cart_adds",
  COALESCE("t22"."orders", 0) AS "orders",
  COALESCE("t22"."discounted_orders", 0) AS "discounted_orders",
  CAST(COALESCE("t22"."order_revenue", 0) AS DECIMAL(18, 4)) AS "order_revenue",
  CAST(COALESCE("t22"."discounts", 0) AS DECIMAL(18, 4)) AS "discounts",
  CAST(COALESCE("t22"."discounted_revenue", 0) AS DECIMAL(18, 4)) AS "discounted_revenue",
  COALESCE("t22"."refunded_orders", 0) AS "refunded_orders",
  CAST(COALESCE("t22"."refunds", 0) AS DECIMAL(18, 4)) AS "refunds",
  COALESCE("t22"."sessions", 0) AS "sessions"
FROM (
  SELECT
    "t21".*
    EXCLUDE ("day_again", "profile_id_again")
  FROM (
    SELECT
      "t20"."profile_id",
      "t20"."day",
      "t20"."first_at",
      "t20"."last_at",
      "t20"."events",
      "t20"."acts",
      "t20"."engagement",
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
      "t20"."orders",
      "t20"."discounted_orders",
      "t20"."order_revenue",
      "t20"."discounts",
      "t20"."discounted_revenue",
      "t20"."refunded_orders",
      "t20"."refunds",
      "t6"."profile_id" AS "profile_id_again",
      "t6"."day" AS "day_again",
      "t6"."sessions"
    FROM (
      SELECT
        "t18".*
        EXCLUDE ("day_again", "profile_id_again")
      FROM (
        SELECT
          "t17"."profile_id",
          "t17"."day",
          "t17"."first_at",
          "t17"."last_at",
          "t17"."events",
          "t17"."acts",
          "t17"."engagement",
          "t17"."purchase_events",
          "t17"."engagement_events",
          "t17"."web_events",
          "t17"."support_events",
          "t17"."other_events",
          "t17"."on_web",
          "t17"."on_app",
          "t17"."on_email",
          "t17"."on_sms",
          "t17"."on_push",
          "t17"."on_support",
          "t17"."on_pos",
          "t17"."on_social",
          "t17"."on_ads",
          "t17"."on_iot",
          "t17"."product_views",
          "t17"."searches",
          "t17"."cart_adds",
          "t17"."orders",
          "t17"."discounted_orders",
          "t17"."order_revenue",
          "t17"."discounts",
          "t17"."discounted_revenue",
          "t12"."profile_id" AS "profile_id_again",
          "t12"."day" AS "day_again",
          "t12"."refunded_orders",
          "t12"."refunds"
        FROM (
          SELECT
            "t15".*
            EXCLUDE ("day_again", "profile_id_again")
          FROM (
            SELECT
              "t10"."profile_id",
              "t10"."day",
              "t10"."first_at",
              "t10"."last_at",
              "t10"."events",
              "t10"."acts",
              "t10"."engagement",
              "t10"."purchase_events",
              "t10"."engagement_events",
              "t10"."web_events",
              "t10"."support_events",
              "t10"."other_events",
              "t10"."on_web",
              "t10"."on_app",
              "t10"."on_email",
              "t10"."on_sms",
              "t10"."on_push",
              "t10"."on_support",
              "t10"."on_pos",
              "t10"."on_social",
              "t10"."on_ads",
              "t10"."on_iot",
              "t10"."product_views",
              "t10"."searches",
              "t10"."cart_adds",
              "t14"."profile_id" AS "profile_id_again",
              "t14"."day" AS "day_again",
              "t14"."orders",
              "t14"."discounted_orders",
              "t14"."order_revenue",
              "t14"."discounts",
              "t14"."discounted_revenue"
            FROM (
              SELECT
                "t1"."profile_id",
                "t1"."day",
                MIN("t1"."timestamp") AS "first_at",
                MAX("t1"."timestamp") AS "last_at",
                COUNT(*) AS "events",
                COUNT(*) FILTER(WHERE
                  "t1"."weight" > 0) AS "acts",
                SUM(CAST("t1"."weight" AS DOUBLE)) AS "engagement",
                COUNT(*) FILTER(WHERE
                  "t1"."category" = 'purchase') AS "purchase_events",
                COUNT(*) FILTER(WHERE
                  "t1"."category" = 'engagement') AS "engagement_events",
                COUNT(*) FILTER(WHERE
                  "t1"."category" = 'web') AS "web_events",
                COUNT(*) FILTER(WHERE
                  "t1"."category" = 'support') AS "support_events",
                COUNT(*) FILTER(WHERE
                  "t1"."category" = 'other') AS "other_events",
                COUNT(*) FILTER(WHERE
                  "t1"."channel" = 'web') AS "on_web",
                COUNT(*) FILTER(WHERE
                  "t1"."channel" = 'app') AS "on_app",
                COUNT(*) FILTER(WHERE
                  "t1"."channel" = 'email') AS "on_email",
                COUNT(*) FILTER(WHERE
                  "t1"."channel" = 'sms') AS "on_sms",
                COUNT(*) FILTER(WHERE
                  "t1"."channel" = 'push') AS "on_push",
                COUNT(*) FILTER(WHERE
                  "t1"."channel" = 'support') AS "on_support",
                COUNT(*) FILTER(WHERE
                  "t1"."channel" = 'pos') AS "on_pos",
                COUNT(*) FILTER(WHERE
                  "t1"."channel" = 'social') AS "on_social",
                COUNT(*) FILTER(WHERE
                  "t1"."channel" = 'ads') AS "on_ads",
                COUNT(*) FILTER(WHERE
                  "t1"."channel" = 'iot') AS "on_iot",
                COUNT(*) FILTER(WHERE
                  "t1"."event" = 'Product Viewed') AS "product_views",
                COUNT(*) FILTER(WHERE
                  "t1"."event" = 'Products Searched') AS "searches",
                COUNT(*) FILTER(WHERE
                  "t1"."event" = 'Product Added') AS "cart_adds"
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
                  CAST("t0"."local_time" AS DATE) AS "day"
                FROM "events" AS "t0"
              ) AS "t1"
              GROUP BY
                1,
                2
            ) AS "t10"
            LEFT OUTER JOIN (
              SELECT
                "t9"."profile_id",
                "t9"."day",
                COUNT(*) AS "orders",
                COUNT(*) FILTER(WHERE
                  "t9"."discount" IS NOT NULL) AS "discounted_orders",
                SUM("t9"."revenue") AS "order_revenue",
                SUM("t9"."discount") AS "discounts",
                SUM("t9"."revenue") FILTER(WHERE
                  "t9"."discount" IS NOT NULL) AS "discounted_revenue"
              FROM (
                SELECT
                  "t4"."profile_id",
                  "t4"."day",
                  COALESCE("t4"."order_id", "t4"."message_id") AS "order",
                  SUM("t4"."revenue") AS "revenue",
                  SUM("t4"."discount") FILTER(WHERE
                    "t4"."discount" > 0) AS "discount"
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
                    CAST("t0"."local_time" AS DATE) AS "day"
                  FROM "events" AS "t0"
                  WHERE
                    "t0"."event" = 'Order Completed'
                ) AS "t4"
                GROUP BY
                  1,
                  2,
                  3
              ) AS "t9"
              GROUP BY
                1,
                2
            ) AS "t14"
              ON "t10"."profile_id" = "t14"."profile_id" AND "t10"."day" = "t14"."day"
          ) AS "t15"
        ) AS "t17"
        LEFT OUTER JOIN (
          SELECT
            "t7"."profile_id",
            "t7"."day",
            COUNT(*) AS "refunded_orders",
            -(
              SUM("t7"."revenue")
            ) AS "refunds"
          FROM (
            SELECT
              "t3"."profile_id",
              "t3"."day",
              COALESCE("t3"."order_id", "t3"."message_id") AS "order",
              SUM("t3"."revenue") AS "revenue"
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
                CAST("t0"."local_time" AS DATE) AS "day"
              FROM "events" AS "t0"
              WHERE
                "t0"."event" = 'Order Refunded'
            ) AS "t3"
            GROUP BY
              1,
              2,
              3
          ) AS "t7"
          GROUP BY
            1,
            2
        ) AS "t12"
          ON "t17"."profile_id" = "t12"."profile_id" AND "t17"."day" = "t12"."day"
      ) AS "t18"
    ) AS "t20"
    LEFT OUTER JOIN (
      SELECT
        "t2"."profile_id",
        "t2"."day",
        COUNT(*) AS "sessions"
      FROM (
        SELECT DISTINCT
          "t0"."profile_id",
          CAST("t0"."local_time" AS DATE) AS "day",
          "t0"."session_id"
        FROM "events" AS "t0"
        WHERE
          "t0"."category" = 'web' AND "t0"."session_id" IS NOT NULL
      ) AS "t2"
      GROUP BY
        1,
        2
    ) AS "t6"
      ON "t20"."profile_id" = "t6"."profile_id" AND "t20"."day" = "t6"."day"
  ) AS "t21"
) AS "t22"
