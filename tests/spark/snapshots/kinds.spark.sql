WITH `t27` AS (
  SELECT
    `t4`.`message_id`,
    `t4`.`event`,
    `t4`.`timestamp`,
    `t4`.`local_time`,
    `t4`.`channel`,
    `t4`.`category`,
    `t4`.`session_id`,
    `t4`.`order_id`,
    `t4`.`revenue`,
    `t4`.`discount`,
    `t4`.`product_id`,
    `t4`.`product_category`,
    `t4`.`page_category`,
    `t4`.`send_id`,
    `t4`.`topic`,
    `t4`.`format`,
    `t4`.`offer_type`,
    `t4`.`ticket_id`,
    `t4`.`support_category`,
    `t4`.`profile_id`,
    `t4`.`weight`,
    LAG(`t4`.`timestamp`) OVER (
      PARTITION BY `t4`.`profile_id`, `t4`.`session_id`, `t4`.`product_id`
      ORDER BY `t4`.`timestamp` ASC NULLS LAST, `t4`.`message_id` ASC NULLS LAST
    ) AS `before`
  FROM (
    SELECT
      `t0`.`message_id`,
      `t0`.`event`,
      `t0`.`timestamp`,
      `t0`.`local_time`,
      `t0`.`channel`,
      `t0`.`category`,
      `t0`.`session_id`,
      `t0`.`order_id`,
      `t0`.`revenue`,
      `t0`.`discount`,
      `t0`.`product_id`,
      `t0`.`product_category`,
      `t0`.`page_category`,
      `t0`.`send_id`,
      `t0`.`topic`,
      `t0`.`format`,
      `t0`.`offer_type`,
      `t0`.`ticket_id`,
      `t0`.`support_category`,
      `t0`.`profile_id`,
      `t0`.`weight`
    FROM `events` AS `t0`
    WHERE
      `t0`.`event` = 'Product Added'
      AND `t0`.`session_id` IS NOT NULL
      AND `t0`.`product_id` IS NOT NULL
  ) AS `t4`
), `t29` AS (
  SELECT
    `t11`.`message_id`,
    `t11`.`event`,
    `t11`.`timestamp`,
    `t11`.`local_time`,
    `t11`.`channel`,
    `t11`.`category`,
    `t11`.`session_id`,
    `t11`.`order_id`,
    `t11`.`revenue`,
    `t11`.`discount`,
    `t11`.`product_id`,
    `t11`.`product_category`,
    `t11`.`page_category`,
    `t11`.`send_id`,
    `t11`.`topic`,
    `t11`.`format`,
    `t11`.`offer_type`,
    `t11`.`ticket_id`,
    `t11`.`support_category`,
    `t11`.`profile_id`,
    `t11`.`weight`,
    LAG(`t11`.`timestamp`) OVER (
      PARTITION BY `t11`.`profile_id`, `t11`.`send_id`
      ORDER BY `t11`.`timestamp` ASC NULLS LAST, `t11`.`message_id` ASC NULLS LAST
    ) AS `before`
  FROM (
    SELECT
      `t0`.`message_id`,
      `t0`.`event`,
      `t0`.`timestamp`,
      `t0`.`local_time`,
      `t0`.`channel`,
      `t0`.`category`,
      `t0`.`session_id`,
      `t0`.`order_id`,
      `t0`.`revenue`,
      `t0`.`discount`,
      `t0`.`product_id`,
      `t0`.`product_category`,
      `t0`.`page_category`,
      `t0`.`send_id`,
      `t0`.`topic`,
      `t0`.`format`,
      `t0`.`offer_type`,
      `t0`.`ticket_id`,
      `t0`.`support_category`,
      `t0`.`profile_id`,
      `t0`.`weight`
    FROM `events` AS `t0`
    WHERE
      `t0`.`send_id` IS NOT NULL
      AND `t0`.`event` IN ('Email Delivered', 'SMS Delivered')
  ) AS `t11`
), `t30` AS (
  SELECT
    `t13`.`message_id`,
    `t13`.`event`,
    `t13`.`timestamp`,
    `t13`.`local_time`,
    `t13`.`channel`,
    `t13`.`category`,
    `t13`.`session_id`,
    `t13`.`order_id`,
    `t13`.`revenue`,
    `t13`.`discount`,
    `t13`.`product_id`,
    `t13`.`product_category`,
    `t13`.`page_category`,
    `t13`.`send_id`,
    `t13`.`topic`,
    `t13`.`format`,
    `t13`.`offer_type`,
    `t13`.`ticket_id`,
    `t13`.`support_category`,
    `t13`.`profile_id`,
    `t13`.`weight`,
    LAG(`t13`.`timestamp`) OVER (
      PARTITION BY `t13`.`profile_id`, `t13`.`ticket_id`
      ORDER BY `t13`.`timestamp` ASC NULLS LAST, `t13`.`message_id` ASC NULLS LAST
    ) AS `before`
  FROM (
    SELECT
      `t0`.`message_id`,
      `t0`.`event`,
      `t0`.`timestamp`,
      `t0`.`local_time`,
      `t0`.`channel`,
      `t0`.`category`,
      `t0`.`session_id`,
      `t0`.`order_id`,
      `t0`.`revenue`,
      `t0`.`discount`,
      `t0`.`product_id`,
      `t0`.`product_category`,
      `t0`.`page_category`,
      `t0`.`send_id`,
      `t0`.`topic`,
      `t0`.`format`,
      `t0`.`offer_type`,
      `t0`.`ticket_id`,
      `t0`.`support_category`,
      `t0`.`profile_id`,
      `t0`.`weight`
    FROM `events` AS `t0`
    WHERE
      `t0`.`event` = 'Support Ticket Opened' AND `t0`.`ticket_id` IS NOT NULL
  ) AS `t13`
), `t46` AS (
  SELECT
    `t35`.`profile_id`,
    `t35`.`ticket_id`,
    `t35`.`timestamp` - INTERVAL '30' DAY AS `rests_since`,
    `t35`.`event` AS `first_event`,
    `t35`.`timestamp` AS `first_at`,
    `t35`.`local_time` AS `began`,
    `t35`.`support_category` AS `_topic`
  FROM `t30` AS `t35`
  WHERE
    (
      `t35`.`before` IS NULL
    )
    OR (
      `t35`.`before` < (
        `t35`.`timestamp` - INTERVAL '30' DAY
      )
    )
)
SELECT
  `t87`.`profile_id`,
  `t87`.`day`,
  `t87`.`began`,
  `t87`.`kind`,
  `t87`.`topic`,
  `t87`.`format`,
  `t87`.`offer_type`,
  `t87`.`amount`,
  COUNT(*) AS `n`
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          `t28`.`profile_id`,
          CAST(`t28`.`local_time` AS DATE) AS `day`,
          CAST(`t28`.`local_time` AS DATE) AS `began`,
          'left' AS `kind`,
          COALESCE(`t28`.`last`.`page_category`, '') AS `topic`,
          COALESCE('', '') AS `format`,
          COALESCE('', '') AS `offer_type`,
          0.0 AS `amount`,
          `t28`.`last`.`event` AS `first_event`,
          `t28`.`timestamp` AS `rests_since`,
          `t28`.`last`.`event` AS `last_event`
        FROM (
          SELECT
            `t10`.`profile_id`,
            `t10`.`session_id`,
            `t10`.`day`,
            MAX(`t10`.`timestamp`) AS `timestamp`,
            MAX(`t10`.`local_time`) AS `local_time`,
            MAX_BY(
              STRUCT(`t10`.`event` AS `event`, `t10`.`page_category` AS `page_category`),
              STRUCT(`t10`.`timestamp` AS `timestamp`, `t10`.`message_id` AS `message_id`)
            ) AS `last`
          FROM (
            SELECT
              `t0`.`message_id`,
              `t0`.`event`,
              `t0`.`timestamp`,
              `t0`.`local_time`,
              `t0`.`channel`,
              `t0`.`category`,
              `t0`.`session_id`,
              `t0`.`order_id`,
              `t0`.`revenue`,
              `t0`.`discount`,
              `t0`.`product_id`,
              `t0`.`product_category`,
              `t0`.`page_category`,
              `t0`.`send_id`,
              `t0`.`topic`,
              `t0`.`format`,
              `t0`.`offer_type`,
              `t0`.`ticket_id`,
              `t0`.`support_category`,
              `t0`.`profile_id`,
              `t0`.`weight`,
              CAST(`t0`.`local_time` AS DATE) AS `day`
            FROM `events` AS `t0`
            WHERE
              `t0`.`page_category` IS NOT NULL AND `t0`.`session_id` IS NOT NULL
          ) AS `t10`
          GROUP BY
            1,
            2,
            3
        ) AS `t28`
      ) AS `t38`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          `t0`.`profile_id`,
          CAST(`t0`.`local_time` AS DATE) AS `day`,
          CAST(`t0`.`local_time` AS DATE) AS `began`,
          CONCAT('hour on ', `t0`.`channel`) AS `kind`,
          COALESCE('', '') AS `topic`,
          COALESCE('', '') AS `format`,
          COALESCE('', '') AS `offer_type`,
          CAST(EXTRACT(hour FROM `t0`.`local_time`) AS DOUBLE) AS `amount`,
          `t0`.`event` AS `first_event`,
          `t0`.`timestamp` AS `rests_since`,
          `t0`.`event` AS `last_event`
        FROM `events` AS `t0`
        WHERE
          `t0`.`weight` > 0 AND `t0`.`channel` IN ('web', 'app', 'email', 'sms')
      ) AS `t16`
    ) AS `t40`
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            `t34`.`profile_id`,
            CAST(`t34`.`local_time` AS DATE) AS `day`,
            CAST(`t34`.`local_time` AS DATE) AS `began`,
            CASE
              WHEN `t34`.`event` = 'Email Delivered'
              THEN 'email delivered'
              WHEN `t34`.`event` = 'SMS Delivered'
              THEN 'sms delivered'
              ELSE CAST(NULL AS STRING)
            END AS `kind`,
            COALESCE(`t34`.`topic`, '') AS `topic`,
            COALESCE(`t34`.`format`, '') AS `format`,
            COALESCE(`t34`.`offer_type`, '') AS `offer_type`,
            0.0 AS `amount`,
            `t34`.`event` AS `first_event`,
            `t34`.`timestamp` - INTERVAL '30' DAY AS `rests_since`,
            `t34`.`event` AS `last_event`
          FROM `t29` AS `t34`
          WHERE
            (
              `t34`.`before` IS NULL
            )
            OR (
              `t34`.`before` < (
                `t34`.`timestamp` - INTERVAL '30' DAY
              )
            )
        ) AS `t43`
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            `t73`.`profile_id`,
            CAST(`t73`.`local_time` AS DATE) AS `day`,
            CAST(`t73`.`began` AS DATE) AS `began`,
            `t73`.`kind`,
            COALESCE(`t73`.`_topic`, '') AS `topic`,
            COALESCE(`t73`.`_format`, '') AS `format`,
            COALESCE(`t73`.`_offer_type`, '') AS `offer_type`,
            CAST(ROUND(
              CAST(UNIX_TIMESTAMP(CAST(DATE_TRUNC('second', `t73`.`timestamp`) AS TIMESTAMP)) - UNIX_TIMESTAMP(CAST(DATE_TRUNC('second', `t73`.`first_at`) AS TIMESTAMP)) AS DOUBLE) / 36,
              0
            ) AS BIGINT) / 100 AS `amount`,
            `t73`.`first_event`,
            `t73`.`rests_since`,
            `t73`.`event` AS `last_event`
          FROM (
            SELECT
              `t70`.`message_id`,
              `t70`.`event`,
              `t70`.`timestamp`,
              `t70`.`local_time`,
              `t70`.`channel`,
              `t70`.`category`,
              `t70`.`session_id`,
              `t70`.`order_id`,
              `t70`.`revenue`,
              `t70`.`discount`,
              `t70`.`product_id`,
              `t70`.`product_category`,
              `t70`.`page_category`,
              `t70`.`send_id`,
              `t70`.`topic`,
              `t70`.`format`,
              `t70`.`offer_type`,
              `t70`.`ticket_id`,
              `t70`.`support_category`,
              `t70`.`profile_id`,
              `t70`.`weight`,
              `t70`.`rests_since`,
              `t70`.`first_event`,
              `t70`.`first_at`,
              `t70`.`began`,
              `t70`.`_topic`,
              `t70`.`_format`,
              `t70`.`_offer_type`,
              `t70`.`place`,
              CASE
                WHEN (
                  `t70`.`event` = 'Email Opened'
                ) AND (
                  `t70`.`place` = 0
                )
                THEN 'email opened'
                WHEN (
                  `t70`.`event` = 'Email Opened'
                ) AND (
                  `t70`.`place` = 1
                )
                THEN 'email opened again'
                WHEN (
                  `t70`.`event` = 'Email Link Clicked'
                ) AND (
                  `t70`.`place` = 0
                )
                THEN 'email clicked'
                WHEN (
                  `t70`.`event` = 'Email Forwarded'
                ) AND (
                  `t70`.`place` = 0
                )
                THEN 'email forwarded'
                WHEN (
                  `t70`.`event` = 'SMS Link Clicked'
                ) AND (
                  `t70`.`place` = 0
                )
                THEN 'sms clicked'
                WHEN (
                  `t70`.`event` = 'SMS Replied'
                ) AND (
                  `t70`.`place` = 0
                )
                THEN 'sms replied'
                ELSE CAST(NULL AS STRING)
              END AS `kind`
            FROM (
              SELECT
                `t64`.`message_id`,
                `t64`.`event`,
                `t64`.`timestamp`,
                `t64`.`local_time`,
                `t64`.`channel`,
                `t64`.`category`,
                `t64`.`session_id`,
                `t64`.`order_id`,
                `t64`.`revenue`,
                `t64`.`discount`,
                `t64`.`product_id`,
                `t64`.`product_category`,
                `t64`.`page_category`,
                `t64`.`send_id`,
                `t64`.`topic`,
                `t64`.`format`,
                `t64`.`offer_type`,
                `t64`.`ticket_id`,
                `t64`.`support_category`,
                `t64`.`profile_id`,
                `t64`.`weight`,
                `t64`.`rests_since`,
                `t64`.`first_event`,
                `t64`.`first_at`,
                `t64`.`began`,
                `t64`.`_topic`,
                `t64`.`_format`,
                `t64`.`_offer_type`,
                ROW_NUMBER() OVER (
                  PARTITION BY `t64`.`profile_id`, `t64`.`send_id`, `t64`.`event`, `t64`.`first_at`
                  ORDER BY `t64`.`timestamp` ASC NULLS LAST, `t64`.`message_id` ASC NULLS LAST
                ) - 1 AS `place`
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    `t22`.`message_id`,
                    `t22`.`event`,
                    `t22`.`timestamp`,
                    `t22`.`local_time`,
                    `t22`.`channel`,
                    `t22`.`category`,
                    `t22`.`session_id`,
                    `t22`.`order_id`,
                    `t22`.`revenue`,
                    `t22`.`discount`,
                    `t22`.`product_id`,
                    `t22`.`product_category`,
                    `t22`.`page_category`,
                    `t22`.`send_id`,
                    `t22`.`topic`,
                    `t22`.`format`,
                    `t22`.`offer_type`,
                    `t22`.`ticket_id`,
                    `t22`.`support_category`,
                    `t22`.`profile_id`,
                    `t22`.`weight`,
                    `t50`.`rests_since`,
                    `t50`.`first_event`,
                    `t50`.`first_at`,
                    `t50`.`began`,
                    `t50`.`_topic`,
                    `t50`.`_format`,
                    `t50`.`_offer_type`
                  FROM (
                    SELECT
                      `t0`.`message_id`,
                      `t0`.`event`,
                      `t0`.`timestamp`,
                      `t0`.`local_time`,
                      `t0`.`channel`,
                      `t0`.`category`,
                      `t0`.`session_id`,
                      `t0`.`order_id`,
                      `t0`.`revenue`,
                      `t0`.`discount`,
                      `t0`.`product_id`,
                      `t0`.`product_category`,
                      `t0`.`page_category`,
                      `t0`.`send_id`,
                      `t0`.`topic`,
                      `t0`.`format`,
                      `t0`.`offer_type`,
                      `t0`.`ticket_id`,
                      `t0`.`support_category`,
                      `t0`.`profile_id`,
                      `t0`.`weight`
                    FROM `events` AS `t0`
                    WHERE
                      `t0`.`send_id` IS NOT NULL
                      AND `t0`.`event` IN (
                        'Email Forwarded',
                        'Email Link Clicked',
                        'Email Opened',
                        'SMS Link Clicked',
                        'SMS Replied'
                      )
                  ) AS `t22`
                  INNER JOIN (
                    SELECT
                      `t34`.`profile_id`,
                      `t34`.`send_id`,
                      `t34`.`timestamp` - INTERVAL '30' DAY AS `rests_since`,
                      `t34`.`event` AS `first_event`,
                      `t34`.`timestamp` AS `first_at`,
                      `t34`.`local_time` AS `began`,
                      `t34`.`topic` AS `_topic`,
                      `t34`.`format` AS `_format`,
                      `t34`.`offer_type` AS `_offer_type`
                    FROM `t29` AS `t34`
                    WHERE
                      (
                        `t34`.`before` IS NULL
                      )
                      OR (
                        `t34`.`before` < (
                          `t34`.`timestamp` - INTERVAL '30' DAY
                        )
                      )
                  ) AS `t50`
                    ON `t22`.`profile_id` = `t50`.`profile_id` AND `t22`.`send_id` = `t50`.`send_id`
                ) AS `t58`
                WHERE
                  `t58`.`timestamp` >= `t58`.`first_at`
                  AND `t58`.`timestamp` < (
                    `t58`.`first_at` + INTERVAL '30' DAY
                  )
              ) AS `t64`
            ) AS `t70`
          ) AS `t73`
          WHERE
            `t73`.`kind` IS NOT NULL
        ) AS `t83`
      ) AS `t84`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            `t32`.`profile_id`,
            CAST(`t32`.`local_time` AS DATE) AS `day`,
            CAST(`t32`.`local_time` AS DATE) AS `began`,
            'put into cart' AS `kind`,
            COALESCE(`t32`.`product_category`, '') AS `topic`,
            COALESCE('', '') AS `format`,
            COALESCE('', '') AS `offer_type`,
            0.0 AS `amount`,
            `t32`.`event` AS `first_event`,
            `t32`.`timestamp` - INTERVAL '7' DAY AS `rests_since`,
            `t32`.`event` AS `last_event`
          FROM `t27` AS `t32`
          WHERE
            (
              `t32`.`before` IS NULL
            )
            OR (
              `t32`.`before` < (
                `t32`.`timestamp` - INTERVAL '7' DAY
              )
            )
        ) AS `t41`
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            `t69`.`profile_id`,
            CAST(`t69`.`local_time` AS DATE) AS `day`,
            CAST(`t69`.`began` AS DATE) AS `began`,
            'bought from cart' AS `kind`,
            COALESCE(`t69`.`_topic`, '') AS `topic`,
            COALESCE('', '') AS `format`,
            COALESCE('', '') AS `offer_type`,
            CAST(ROUND(
              CAST(UNIX_TIMESTAMP(CAST(DATE_TRUNC('second', `t69`.`timestamp`) AS TIMESTAMP)) - UNIX_TIMESTAMP(CAST(DATE_TRUNC('second', `t69`.`first_at`) AS TIMESTAMP)) AS DOUBLE) / 36,
              0
            ) AS BIGINT) / 100 AS `amount`,
            `t69`.`first_event`,
            `t69`.`rests_since`,
            `t69`.`event` AS `last_event`
          FROM (
            SELECT
              `t63`.`profile_id`,
              `t63`.`session_id`,
              `t63`.`product_id`,
              `t63`.`rests_since`,
              `t63`.`first_event`,
              `t63`.`first_at`,
              `t63`.`began`,
              `t63`.`_topic`,
              `t63`.`event`,
              `t63`.`timestamp`,
              `t63`.`local_time`,
              `t63`.`message_id`,
              ROW_NUMBER() OVER (
                PARTITION BY `t63`.`profile_id`, `t63`.`session_id`, `t63`.`product_id`, `t63`.`first_at`
                ORDER BY `t63`.`timestamp` ASC NULLS LAST, `t63`.`message_id` ASC NULLS LAST
              ) - 1 AS `place`
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  `t48`.`profile_id`,
                  `t48`.`session_id`,
                  `t48`.`product_id`,
                  `t48`.`rests_since`,
                  `t48`.`first_event`,
                  `t48`.`first_at`,
                  `t48`.`began`,
                  `t48`.`_topic`,
                  `t20`.`event`,
                  `t20`.`timestamp`,
                  `t20`.`local_time`,
                  `t20`.`message_id`
                FROM (
                  SELECT
                    `t32`.`profile_id`,
                    `t32`.`session_id`,
                    `t32`.`product_id`,
                    `t32`.`timestamp` - INTERVAL '7' DAY AS `rests_since`,
                    `t32`.`event` AS `first_event`,
                    `t32`.`timestamp` AS `first_at`,
                    `t32`.`local_time` AS `began`,
                    `t32`.`product_category` AS `_topic`
                  FROM `t27` AS `t32`
                  WHERE
                    (
                      `t32`.`before` IS NULL
                    )
                    OR (
                      `t32`.`before` < (
                        `t32`.`timestamp` - INTERVAL '7' DAY
                      )
                    )
                ) AS `t48`
                INNER JOIN (
                  SELECT
                    `t0`.`profile_id`,
                    `t0`.`product_id`,
                    `t0`.`event`,
                    `t0`.`timestamp`,
                    `t0`.`local_time`,
                    `t0`.`message_id`
                  FROM `events` AS `t0`
                  WHERE
                    `t0`.`event` = 'Order Completed' AND `t0`.`product_id` IS NOT NULL
                ) AS `t20`
                  ON `t48`.`profile_id` = `t20`.`profile_id`
                  AND `t48`.`product_id` = `t20`.`product_id`
              ) AS `t57`
              WHERE
                `t57`.`timestamp` >= `t57`.`first_at`
                AND `t57`.`timestamp` < (
                  `t57`.`first_at` + INTERVAL '7' DAY
                )
            ) AS `t63`
          ) AS `t69`
          WHERE
            `t69`.`place` = 0
        ) AS `t74`
      ) AS `t76`
    ) AS `t85`
  ) AS `t86`
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            `t52`.`profile_id`,
            CAST(`t52`.`local_time` AS DATE) AS `day`,
            CAST(`t52`.`began` AS DATE) AS `began`,
            'bought after looking' AS `kind`,
            COALESCE('', '') AS `topic`,
            COALESCE('', '') AS `format`,
            COALESCE('', '') AS `offer_type`,
            CAST(ROUND(
              CAST(UNIX_TIMESTAMP(CAST(DATE_TRUNC('second', `t52`.`timestamp`) AS TIMESTAMP)) - UNIX_TIMESTAMP(CAST(DATE_TRUNC('second', `t52`.`first_at`) AS TIMESTAMP)) AS DOUBLE) / 36,
              0
            ) AS BIGINT) / 100 AS `amount`,
            `t52`.`first_event`,
            `t52`.`first_at` - INTERVAL '30' DAY AS `rests_since`,
            `t52`.`event` AS `last_event`
          FROM (
            SELECT
              `t39`.`profile_id`,
              `t39`.`order`,
              `t39`.`day`,
              `t39`.`event`,
              `t39`.`first_event`,
              MIN(`t39`.`timestamp`) AS `timestamp`,
              MIN(`t39`.`local_time`) AS `local_time`,
              MIN(`t39`.`first_at`) AS `first_at`,
              MIN(`t39`.`began`) AS `began`
            FROM (
              SELECT
                `t33`.`profile_id`,
                `t33`.`product_id`,
                `t33`.`event`,
                `t33`.`timestamp`,
                `t33`.`local_time`,
                `t33`.`order`,
                `t33`.`first_event`,
                `t33`.`first_at`,
                `t33`.`began`,
                CAST(`t33`.`local_time` AS DATE) AS `day`
              FROM (
                SELECT
                  `t19`.`profile_id`,
                  `t19`.`product_id`,
                  `t19`.`event`,
                  `t19`.`timestamp`,
                  `t19`.`local_time`,
                  `t19`.`order`,
                  `t21`.`first_event`,
                  `t21`.`first_at`,
                  `t21`.`began`
                FROM (
                  SELECT
                    `t0`.`profile_id`,
                    `t0`.`product_id`,
                    `t0`.`event`,
                    `t0`.`timestamp`,
                    `t0`.`local_time`,
                    COALESCE(`t0`.`order_id`, `t0`.`message_id`) AS `order`
                  FROM `events` AS `t0`
                  WHERE
                    `t0`.`event` = 'Order Completed' AND `t0`.`product_id` IS NOT NULL
                ) AS `t19`
                INNER JOIN (
                  SELECT
                    `t0`.`profile_id`,
                    `t0`.`product_id`,
                    `t0`.`event` AS `first_event`,
                    `t0`.`timestamp` AS `first_at`,
                    `t0`.`local_time` AS `began`
                  FROM `events` AS `t0`
                  WHERE
                    `t0`.`event` = 'Product Viewed' AND `t0`.`product_id` IS NOT NULL
                ) AS `t21`
                  ON `t19`.`profile_id` = `t21`.`profile_id`
                  AND `t19`.`product_id` = `t21`.`product_id`
              ) AS `t33`
              WHERE
                `t33`.`first_at` < `t33`.`timestamp`
                AND `t33`.`first_at` >= (
                  `t33`.`timestamp` - INTERVAL '30' DAY
                )
            ) AS `t39`
            GROUP BY
              1,
              2,
              3,
              4,
              5
          ) AS `t52`
        ) AS `t67`
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            `t55`.`profile_id`,
            CAST(`t55`.`local_time` AS DATE) AS `day`,
            CAST(`t55`.`began` AS DATE) AS `began`,
            'looked again' AS `kind`,
            COALESCE('', '') AS `topic`,
            COALESCE('', '') AS `format`,
            COALESCE('', '') AS `offer_type`,
            0.0 AS `amount`,
            `t55`.`event` AS `first_event`,
            `t55`.`rests_since`,
            `t55`.`event` AS `last_event`
          FROM (
            SELECT
              `t49`.`profile_id`,
              `t49`.`day`,
              `t49`.`event`,
              MIN(`t49`.`timestamp`) AS `timestamp`,
              MIN(`t49`.`local_time`) AS `local_time`,
              MAX(`t49`.`first_at`) AS `rests_since`,
              MAX(`t49`.`began`) AS `began`
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  `t26`.`profile_id`,
                  `t26`.`product_id`,
                  `t26`.`day`,
                  `t26`.`event`,
                  `t26`.`timestamp`,
                  `t26`.`local_time`,
                  LAG(`t26`.`timestamp`) OVER (
                    PARTITION BY `t26`.`profile_id`, `t26`.`product_id`
                    ORDER BY `t26`.`day` ASC NULLS LAST
                  ) AS `first_at`,
                  LAG(`t26`.`local_time`) OVER (
                    PARTITION BY `t26`.`profile_id`, `t26`.`product_id`
                    ORDER BY `t26`.`day` ASC NULLS LAST
                  ) AS `began`
                FROM (
                  SELECT
                    `t6`.`profile_id`,
                    `t6`.`product_id`,
                    `t6`.`day`,
                    `t6`.`event`,
                    MIN(`t6`.`timestamp`) AS `timestamp`,
                    MIN(`t6`.`local_time`) AS `local_time`
                  FROM (
                    SELECT
                      `t0`.`message_id`,
                      `t0`.`event`,
                      `t0`.`timestamp`,
                      `t0`.`local_time`,
                      `t0`.`channel`,
                      `t0`.`category`,
                      `t0`.`session_id`,
                      `t0`.`order_id`,
                      `t0`.`revenue`,
                      `t0`.`discount`,
                      `t0`.`product_id`,
                      `t0`.`product_category`,
                      `t0`.`page_category`,
                      `t0`.`send_id`,
                      `t0`.`topic`,
                      `t0`.`format`,
                      `t0`.`offer_type`,
                      `t0`.`ticket_id`,
                      `t0`.`support_category`,
                      `t0`.`profile_id`,
                      `t0`.`weight`,
                      CAST(`t0`.`local_time` AS DATE) AS `day`
                    FROM `events` AS `t0`
                    WHERE
                      `t0`.`event` = 'Product Viewed' AND `t0`.`product_id` IS NOT NULL
                  ) AS `t6`
                  GROUP BY
                    1,
                    2,
                    3,
                    4
                ) AS `t26`
              ) AS `t37`
              WHERE
                `t37`.`first_at` >= (
                  `t37`.`timestamp` - INTERVAL '30' DAY
                )
            ) AS `t49`
            GROUP BY
              1,
              2,
              3
          ) AS `t55`
        ) AS `t62`
      ) AS `t68`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            `t35`.`profile_id`,
            CAST(`t35`.`local_time` AS DATE) AS `day`,
            CAST(`t35`.`local_time` AS DATE) AS `began`,
            'case opened' AS `kind`,
            COALESCE(`t35`.`support_category`, '') AS `topic`,
            COALESCE('', '') AS `format`,
            COALESCE('', '') AS `offer_type`,
            0.0 AS `amount`,
            `t35`.`event` AS `first_event`,
            `t35`.`timestamp` - INTERVAL '30' DAY AS `rests_since`,
            `t35`.`event` AS `last_event`
          FROM `t30` AS `t35`
          WHERE
            (
              `t35`.`before` IS NULL
            )
            OR (
              `t35`.`before` < (
                `t35`.`timestamp` - INTERVAL '30' DAY
              )
            )
        ) AS `t45`
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            `t71`.`profile_id`,
            CAST(`t71`.`local_time` AS DATE) AS `day`,
            CAST(`t71`.`began` AS DATE) AS `began`,
            CASE
              WHEN `t71`.`event` = 'Support Ticket Resolved'
              THEN 'case resolved'
              WHEN `t71`.`event` = 'Support Ticket Reopened'
              THEN 'case reopened'
              ELSE CAST(NULL AS STRING)
            END AS `kind`,
            COALESCE(`t71`.`_topic`, '') AS `topic`,
            COALESCE('', '') AS `format`,
            COALESCE('', '') AS `offer_type`,
            CAST(ROUND(
              CAST(UNIX_TIMESTAMP(CAST(DATE_TRUNC('second', `t71`.`timestamp`) AS TIMESTAMP)) - UNIX_TIMESTAMP(CAST(DATE_TRUNC('second', `t71`.`first_at`) AS TIMESTAMP)) AS DOUBLE) / 36,
              0
            ) AS BIGINT) / 100 AS `amount`,
            `t71`.`first_event`,
            `t71`.`rests_since`,
            `t71`.`event` AS `last_event`
          FROM (
            SELECT
              `t65`.`profile_id`,
              `t65`.`ticket_id`,
              `t65`.`event`,
              `t65`.`timestamp`,
              `t65`.`local_time`,
              `t65`.`message_id`,
              `t65`.`rests_since`,
              `t65`.`first_event`,
              `t65`.`first_at`,
              `t65`.`began`,
              `t65`.`_topic`,
              ROW_NUMBER() OVER (
                PARTITION BY `t65`.`profile_id`, `t65`.`message_id`
                ORDER BY `t65`.`first_at` DESC
              ) - 1 AS `place`
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  `t23`.`profile_id`,
                  `t23`.`ticket_id`,
                  `t23`.`event`,
                  `t23`.`timestamp`,
                  `t23`.`local_time`,
                  `t23`.`message_id`,
                  `t54`.`rests_since`,
                  `t54`.`first_event`,
                  `t54`.`first_at`,
                  `t54`.`began`,
                  `t54`.`_topic`
                FROM (
                  SELECT
                    `t0`.`profile_id`,
                    `t0`.`ticket_id`,
                    `t0`.`event`,
                    `t0`.`timestamp`,
                    `t0`.`local_time`,
                    `t0`.`message_id`
                  FROM `events` AS `t0`
                  WHERE
                    `t0`.`event` IN ('Support Ticket Resolved', 'Support Ticket Reopened')
                    AND `t0`.`ticket_id` IS NOT NULL
                ) AS `t23`
                INNER JOIN `t46` AS `t54`
                  ON `t23`.`profile_id` = `t54`.`profile_id` AND `t23`.`ticket_id` = `t54`.`ticket_id`
              ) AS `t61`
              WHERE
                `t61`.`timestamp` >= `t61`.`first_at`
            ) AS `t65`
          ) AS `t71`
          WHERE
            `t71`.`place` = 0
        ) AS `t75`
      ) AS `t78`
    ) AS `t80`
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            `t72`.`profile_id`,
            CAST(`t72`.`local_time` AS DATE) AS `day`,
            CAST(`t72`.`began` AS DATE) AS `began`,
            'back after case' AS `kind`,
            COALESCE('', '') AS `topic`,
            COALESCE('', '') AS `format`,
            COALESCE('', '') AS `offer_type`,
            CAST(ROUND(
              CAST(UNIX_TIMESTAMP(CAST(DATE_TRUNC('second', `t72`.`timestamp`) AS TIMESTAMP)) - UNIX_TIMESTAMP(CAST(DATE_TRUNC('second', `t72`.`first_at`) AS TIMESTAMP)) AS DOUBLE) / 864,
              0
            ) AS BIGINT) / 100 AS `amount`,
            `t72`.`first_event`,
            `t72`.`rests_since`,
            `t72`.`event` AS `last_event`
          FROM (
            SELECT
              `t66`.`profile_id`,
              `t66`.`ticket_id`,
              `t66`.`rests_since`,
              `t66`.`first_event`,
              `t66`.`first_at`,
              `t66`.`began`,
              `t66`.`_topic`,
              `t66`.`message_id`,
              `t66`.`event`,
              `t66`.`timestamp`,
              `t66`.`local_time`,
              ROW_NUMBER() OVER (
                PARTITION BY `t66`.`profile_id`, `t66`.`ticket_id`, `t66`.`first_at`
                ORDER BY `t66`.`timestamp` ASC NULLS LAST, `t66`.`message_id` ASC NULLS LAST
              ) - 1 AS `place`
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  `t53`.`profile_id`,
                  `t53`.`ticket_id`,
                  `t53`.`rests_since`,
                  `t53`.`first_event`,
                  `t53`.`first_at`,
                  `t53`.`began`,
                  `t53`.`_topic`,
                  `t17`.`message_id`,
                  `t17`.`event`,
                  `t17`.`timestamp`,
                  `t17`.`local_time`
                FROM `t46` AS `t53`
                INNER JOIN (
                  SELECT
                    `t0`.`profile_id`,
                    `t0`.`message_id`,
                    `t0`.`event`,
                    `t0`.`timestamp`,
                    `t0`.`local_time`
                  FROM `events` AS `t0`
                  WHERE
                    `t0`.`weight` > 0 AND `t0`.`category` <> 'support'
                ) AS `t17`
                  ON `t53`.`profile_id` = `t17`.`profile_id`
              ) AS `t60`
              WHERE
                `t60`.`timestamp` > `t60`.`first_at`
                AND `t60`.`timestamp` >= `t60`.`first_at`
                AND `t60`.`timestamp` < (
                  `t60`.`first_at` + INTERVAL '90' DAY
                )
            ) AS `t66`
          ) AS `t72`
          WHERE
            `t72`.`place` = 0
        ) AS `t77`
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            `t0`.`profile_id`,
            CAST(`t0`.`local_time` AS DATE) AS `day`,
            CAST(`t0`.`local_time` AS DATE) AS `began`,
            'ordered' AS `kind`,
            COALESCE(`t0`.`product_category`, '') AS `topic`,
            COALESCE('', '') AS `format`,
            COALESCE('', '') AS `offer_type`,
            0.0 AS `amount`,
            `t0`.`event` AS `first_event`,
            `t0`.`timestamp` AS `rests_since`,
            `t0`.`event` AS `last_event`
          FROM `events` AS `t0`
          WHERE
            `t0`.`event` = 'Order Completed' AND `t0`.`product_category` IS NOT NULL
        ) AS `t9`
      ) AS `t79`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            `t36`.`profile_id`,
            CAST(`t36`.`local_time` AS DATE) AS `day`,
            CAST(`t36`.`local_time` AS DATE) AS `began`,
            'ordered new' AS `kind`,
            COALESCE('', '') AS `topic`,
            COALESCE('', '') AS `format`,
            COALESCE('', '') AS `offer_type`,
            CAST(ROUND(
              CAST(UNIX_TIMESTAMP(CAST(DATE_TRUNC('second', `t36`.`timestamp`) AS TIMESTAMP)) - UNIX_TIMESTAMP(CAST(DATE_TRUNC('second', `t36`.`launched_at`) AS TIMESTAMP)) AS DOUBLE) / 36,
              0
            ) AS BIGINT) / 100 AS `amount`,
            `t36`.`event` AS `first_event`,
            `t36`.`timestamp` AS `rests_since`,
            `t36`.`event` AS `last_event`
          FROM (
            SELECT
              `t25`.`message_id`,
              `t25`.`event`,
              `t25`.`timestamp`,
              `t25`.`local_time`,
              `t25`.`channel`,
              `t25`.`category`,
              `t25`.`session_id`,
              `t25`.`order_id`,
              `t25`.`revenue`,
              `t25`.`discount`,
              `t25`.`product_id`,
              `t25`.`product_category`,
              `t25`.`page_category`,
              `t25`.`send_id`,
              `t25`.`topic`,
              `t25`.`format`,
              `t25`.`offer_type`,
              `t25`.`ticket_id`,
              `t25`.`support_category`,
              `t25`.`profile_id`,
              `t25`.`weight`,
              `t24`.`launched_at`
            FROM (
              SELECT
                `t0`.`message_id`,
                `t0`.`event`,
                `t0`.`timestamp`,
                `t0`.`local_time`,
                `t0`.`channel`,
                `t0`.`category`,
                `t0`.`session_id`,
                `t0`.`order_id`,
                `t0`.`revenue`,
                `t0`.`discount`,
                `t0`.`product_id`,
                `t0`.`product_category`,
                `t0`.`page_category`,
                `t0`.`send_id`,
                `t0`.`topic`,
                `t0`.`format`,
                `t0`.`offer_type`,
                `t0`.`ticket_id`,
                `t0`.`support_category`,
                `t0`.`profile_id`,
                `t0`.`weight`
              FROM `events` AS `t0`
              WHERE
                `t0`.`event` = 'Order Completed'
                AND `t0`.`product_id` IS NOT NULL
                AND COALESCE(`t0`.`discount`, 0) <= 0
            ) AS `t25`
            INNER JOIN (
              SELECT
                `t1`.`product_id`,
                `t1`.`launched_at`
              FROM `products` AS `t1`
              WHERE
                `t1`.`launched_at` IS NOT NULL
            ) AS `t24`
              ON `t25`.`product_id` = `t24`.`product_id`
          ) AS `t36`
          WHERE
            `t36`.`timestamp` >= `t36`.`launched_at`
        ) AS `t56`
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            `t31`.`profile_id`,
            CAST(`t31`.`local_time` AS DATE) AS `day`,
            CAST(`t31`.`local_time` AS DATE) AS `began`,
            'ordered reduced' AS `kind`,
            COALESCE('', '') AS `topic`,
            COALESCE('', '') AS `format`,
            COALESCE('', '') AS `offer_type`,
            CAST(ROUND((
              `t31`.`off` * 1000
            ) / (
              `t31`.`off` + `t31`.`paid`
            ), 0) AS BIGINT) / 10 AS `amount`,
            `t31`.`event` AS `first_event`,
            `t31`.`timestamp` AS `rests_since`,
            `t31`.`event` AS `last_event`
          FROM (
            SELECT
              `t2`.`profile_id`,
              `t2`.`day`,
              `t2`.`event`,
              COALESCE(`t2`.`order_id`, `t2`.`message_id`) AS `order`,
              MIN(`t2`.`timestamp`) AS `timestamp`,
              MIN(`t2`.`local_time`) AS `local_time`,
              CAST(SUM(`t2`.`revenue`) AS DOUBLE) AS `paid`,
              CAST(SUM(IF(`t2`.`discount` > 0, `t2`.`discount`, NULL)) AS DOUBLE) AS `off`
            FROM (
              SELECT
                `t0`.`message_id`,
                `t0`.`event`,
                `t0`.`timestamp`,
                `t0`.`local_time`,
                `t0`.`channel`,
                `t0`.`category`,
                `t0`.`session_id`,
                `t0`.`order_id`,
                `t0`.`revenue`,
                `t0`.`discount`,
                `t0`.`product_id`,
                `t0`.`product_category`,
                `t0`.`page_category`,
                `t0`.`send_id`,
                `t0`.`topic`,
                `t0`.`format`,
                `t0`.`offer_type`,
                `t0`.`ticket_id`,
                `t0`.`support_category`,
                `t0`.`profile_id`,
                `t0`.`weight`,
                CAST(`t0`.`local_time` AS DATE) AS `day`
              FROM `events` AS `t0`
              WHERE
                `t0`.`event` = 'Order Completed'
            ) AS `t2`
            GROUP BY
              1,
              2,
              3,
              4
          ) AS `t31`
          WHERE
            `t31`.`off` > 0 AND (
              `t31`.`off` + `t31`.`paid`
            ) > 0
        ) AS `t47`
      ) AS `t59`
    ) AS `t81`
  ) AS `t82`
) AS `t87`
GROUP BY
  1,
  2,
  3,
  4,
  5,
  6,
  7,
  8
