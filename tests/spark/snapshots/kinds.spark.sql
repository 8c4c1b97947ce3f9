WITH `t2` AS (
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
), `t8` AS (
  SELECT
    *
  FROM `t2` AS `t3`
  WHERE
    `t3`.`event` = 'Order Completed' AND `t3`.`product_id` IS NOT NULL
), `t9` AS (
  SELECT
    *
  FROM `t2` AS `t3`
  WHERE
    `t3`.`event` = 'Product Viewed' AND `t3`.`product_id` IS NOT NULL
), `t12` AS (
  SELECT
    *
  FROM `t2` AS `t3`
  WHERE
    `t3`.`send_id` IS NOT NULL
), `t54` AS (
  SELECT
    `t47`.`profile_id`,
    `t47`.`session_id`,
    `t47`.`product_id`,
    `t47`.`timestamp` - INTERVAL '7' DAY AS `rests_since`,
    `t47`.`event` AS `first_event`,
    `t47`.`timestamp` AS `first_at`,
    `t47`.`local_time` AS `began`,
    `t47`.`product_category` AS `_topic`
  FROM (
    SELECT
      *
    FROM (
      SELECT
        `t7`.`message_id`,
        `t7`.`event`,
        `t7`.`timestamp`,
        `t7`.`local_time`,
        `t7`.`channel`,
        `t7`.`category`,
        `t7`.`session_id`,
        `t7`.`order_id`,
        `t7`.`revenue`,
        `t7`.`discount`,
        `t7`.`product_id`,
        `t7`.`product_category`,
        `t7`.`page_category`,
        `t7`.`send_id`,
        `t7`.`topic`,
        `t7`.`format`,
        `t7`.`offer_type`,
        `t7`.`ticket_id`,
        `t7`.`support_category`,
        `t7`.`profile_id`,
        `t7`.`weight`,
        LAG(`t7`.`timestamp`) OVER (
          PARTITION BY `t7`.`profile_id`, `t7`.`session_id`, `t7`.`product_id`
          ORDER BY `t7`.`timestamp` ASC NULLS LAST, `t7`.`message_id` ASC NULLS LAST
        ) AS `before`
      FROM (
        SELECT
          *
        FROM `t2` AS `t3`
        WHERE
          `t3`.`event` = 'Product Added'
          AND `t3`.`session_id` IS NOT NULL
          AND `t3`.`product_id` IS NOT NULL
      ) AS `t7`
    ) AS `t30`
    WHERE
      (
        `t30`.`before` IS NULL
      )
      OR (
        `t30`.`before` < (
          `t30`.`timestamp` - INTERVAL '7' DAY
        )
      )
  ) AS `t47`
), `t55` AS (
  SELECT
    `t49`.`profile_id`,
    `t49`.`ticket_id`,
    `t49`.`timestamp` - INTERVAL '30' DAY AS `rests_since`,
    `t49`.`event` AS `first_event`,
    `t49`.`timestamp` AS `first_at`,
    `t49`.`local_time` AS `began`,
    `t49`.`support_category` AS `_topic`
  FROM (
    SELECT
      *
    FROM (
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
          *
        FROM `t2` AS `t3`
        WHERE
          `t3`.`event` = 'Support Ticket Opened' AND `t3`.`ticket_id` IS NOT NULL
      ) AS `t13`
    ) AS `t37`
    WHERE
      (
        `t37`.`before` IS NULL
      )
      OR (
        `t37`.`before` < (
          `t37`.`timestamp` - INTERVAL '30' DAY
        )
      )
  ) AS `t49`
), `t70` AS (
  SELECT
    `t60`.`profile_id`,
    `t60`.`send_id`,
    `t60`.`timestamp` - INTERVAL '30' DAY AS `rests_since`,
    `t60`.`event` AS `first_event`,
    `t60`.`timestamp` AS `first_at`,
    `t60`.`local_time` AS `began`,
    `t60`.`topic` AS `_topic`,
    `t60`.`format` AS `_format`,
    `t60`.`offer_type` AS `_offer_type`
  FROM (
    SELECT
      *
    FROM (
      SELECT
        `t35`.`message_id`,
        `t35`.`event`,
        `t35`.`timestamp`,
        `t35`.`local_time`,
        `t35`.`channel`,
        `t35`.`category`,
        `t35`.`session_id`,
        `t35`.`order_id`,
        `t35`.`revenue`,
        `t35`.`discount`,
        `t35`.`product_id`,
        `t35`.`product_category`,
        `t35`.`page_category`,
        `t35`.`send_id`,
        `t35`.`topic`,
        `t35`.`format`,
        `t35`.`offer_type`,
        `t35`.`ticket_id`,
        `t35`.`support_category`,
        `t35`.`profile_id`,
        `t35`.`weight`,
        LAG(`t35`.`timestamp`) OVER (
          PARTITION BY `t35`.`profile_id`, `t35`.`send_id`
          ORDER BY `t35`.`timestamp` ASC NULLS LAST, `t35`.`message_id` ASC NULLS LAST
        ) AS `before`
      FROM (
        SELECT
          *
        FROM `t12` AS `t20`
        WHERE
          `t20`.`event` IN ('Email Delivered', 'SMS Delivered')
      ) AS `t35`
    ) AS `t46`
    WHERE
      (
        `t46`.`before` IS NULL
      )
      OR (
        `t46`.`before` < (
          `t46`.`timestamp` - INTERVAL '30' DAY
        )
      )
  ) AS `t60`
)
SELECT
  `t117`.`profile_id`,
  `t117`.`day`,
  `t117`.`began`,
  `t117`.`kind`,
  `t117`.`topic`,
  `t117`.`format`,
  `t117`.`offer_type`,
  `t117`.`amount`,
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
          `t51`.`profile_id`,
          CAST(`t51`.`local_time` AS DATE) AS `day`,
          CAST(`t51`.`local_time` AS DATE) AS `began`,
          'left' AS `kind`,
          COALESCE(`t51`.`page_category`, '') AS `topic`,
          COALESCE('', '') AS `format`,
          COALESCE('', '') AS `offer_type`,
          0.0 AS `amount`,
          `t51`.`event` AS `first_event`,
          `t51`.`timestamp` AS `rests_since`,
          `t51`.`event` AS `last_event`
        FROM (
          SELECT
            `t44`.`profile_id`,
            `t44`.`session_id`,
            `t44`.`day`,
            `t44`.`timestamp`,
            `t44`.`local_time`,
            `t44`.`last`.`event` AS `event`,
            `t44`.`last`.`page_category` AS `page_category`
          FROM (
            SELECT
              `t27`.`profile_id`,
              `t27`.`session_id`,
              `t27`.`day`,
              MAX(`t27`.`timestamp`) AS `timestamp`,
              MAX(`t27`.`local_time`) AS `local_time`,
              MAX_BY(
                STRUCT(`t27`.`event` AS `event`, `t27`.`page_category` AS `page_category`),
                STRUCT(`t27`.`timestamp` AS `timestamp`, `t27`.`message_id` AS `message_id`)
              ) AS `last`
            FROM (
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
                CAST(`t11`.`local_time` AS DATE) AS `day`
              FROM (
                SELECT
                  *
                FROM `t2` AS `t3`
                WHERE
                  `t3`.`page_category` IS NOT NULL AND `t3`.`session_id` IS NOT NULL
              ) AS `t11`
            ) AS `t27`
            GROUP BY
              1,
              2,
              3
          ) AS `t44`
        ) AS `t51`
      ) AS `t59`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          `t15`.`profile_id`,
          CAST(`t15`.`local_time` AS DATE) AS `day`,
          CAST(`t15`.`local_time` AS DATE) AS `began`,
          CONCAT('hour on ', `t15`.`channel`) AS `kind`,
          COALESCE('', '') AS `topic`,
          COALESCE('', '') AS `format`,
          COALESCE('', '') AS `offer_type`,
          CAST(EXTRACT(hour FROM `t15`.`local_time`) AS DOUBLE) AS `amount`,
          `t15`.`event` AS `first_event`,
          `t15`.`timestamp` AS `rests_since`,
          `t15`.`event` AS `last_event`
        FROM (
          SELECT
            *
          FROM `t2` AS `t3`
          WHERE
            `t3`.`weight` > 0 AND `t3`.`channel` IN ('web', 'app', 'email', 'sms')
        ) AS `t15`
      ) AS `t38`
    ) AS `t63`
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
            `t81`.`profile_id`,
            CAST(`t81`.`local_time` AS DATE) AS `day`,
            CAST(`t81`.`local_time` AS DATE) AS `began`,
            CASE
              WHEN `t81`.`event` = 'Email Delivered'
              THEN 'email delivered'
              WHEN `t81`.`event` = 'SMS Delivered'
              THEN 'sms delivered'
              ELSE CAST(NULL AS STRING)
            END AS `kind`,
            COALESCE(`t81`.`_topic`, '') AS `topic`,
            COALESCE(`t81`.`_format`, '') AS `format`,
            COALESCE(`t81`.`_offer_type`, '') AS `offer_type`,
            0.0 AS `amount`,
            `t81`.`event` AS `first_event`,
            `t81`.`rests_since`,
            `t81`.`event` AS `last_event`
          FROM (
            SELECT
              `t71`.`profile_id`,
              `t71`.`send_id`,
              `t71`.`rests_since`,
              `t71`.`first_event`,
              `t71`.`first_at`,
              `t71`.`began`,
              `t71`.`_topic`,
              `t71`.`_format`,
              `t71`.`_offer_type`,
              `t71`.`first_event` AS `event`,
              `t71`.`first_at` AS `timestamp`,
              `t71`.`began` AS `local_time`
            FROM `t70` AS `t71`
          ) AS `t81`
        ) AS `t90`
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            `t105`.`profile_id`,
            CAST(`t105`.`local_time` AS DATE) AS `day`,
            CAST(`t105`.`began` AS DATE) AS `began`,
            `t105`.`kind`,
            COALESCE(`t105`.`_topic`, '') AS `topic`,
            COALESCE(`t105`.`_format`, '') AS `format`,
            COALESCE(`t105`.`_offer_type`, '') AS `offer_type`,
            CAST(ROUND(
              CAST(UNIX_TIMESTAMP(CAST(DATE_TRUNC('second', `t105`.`timestamp`) AS TIMESTAMP)) - UNIX_TIMESTAMP(CAST(DATE_TRUNC('second', `t105`.`first_at`) AS TIMESTAMP)) AS DOUBLE) / 36,
              0
            ) AS BIGINT) / 100 AS `amount`,
            `t105`.`first_event`,
            `t105`.`rests_since`,
            `t105`.`event` AS `last_event`
          FROM (
            SELECT
              *
            FROM (
              SELECT
                `t99`.`message_id`,
                `t99`.`event`,
                `t99`.`timestamp`,
                `t99`.`local_time`,
                `t99`.`channel`,
                `t99`.`category`,
                `t99`.`session_id`,
                `t99`.`order_id`,
                `t99`.`revenue`,
                `t99`.`discount`,
                `t99`.`product_id`,
                `t99`.`product_category`,
                `t99`.`page_category`,
                `t99`.`send_id`,
                `t99`.`topic`,
                `t99`.`format`,
                `t99`.`offer_type`,
                `t99`.`ticket_id`,
                `t99`.`support_category`,
                `t99`.`profile_id`,
                `t99`.`weight`,
                `t99`.`rests_since`,
                `t99`.`first_event`,
                `t99`.`first_at`,
                `t99`.`began`,
                `t99`.`_topic`,
                `t99`.`_format`,
                `t99`.`_offer_type`,
                `t99`.`place`,
                CASE
                  WHEN (
                    `t99`.`event` = 'Email Opened'
                  ) AND (
                    `t99`.`place` = 0
                  )
                  THEN 'email opened'
                  WHEN (
                    `t99`.`event` = 'Email Opened'
                  ) AND (
                    `t99`.`place` = 1
                  )
                  THEN 'email opened again'
                  WHEN (
                    `t99`.`event` = 'Email Link Clicked'
                  ) AND (
                    `t99`.`place` = 0
                  )
                  THEN 'email clicked'
                  WHEN (
                    `t99`.`event` = 'Email Forwarded'
                  ) AND (
                    `t99`.`place` = 0
                  )
                  THEN 'email forwarded'
                  WHEN (
                    `t99`.`event` = 'SMS Link Clicked'
                  ) AND (
                    `t99`.`place` = 0
                  )
                  THEN 'sms clicked'
                  WHEN (
                    `t99`.`event` = 'SMS Replied'
                  ) AND (
                    `t99`.`place` = 0
                  )
                  THEN 'sms replied'
                  ELSE CAST(NULL AS STRING)
                END AS `kind`
              FROM (
                SELECT
                  `t92`.`message_id`,
                  `t92`.`event`,
                  `t92`.`timestamp`,
                  `t92`.`local_time`,
                  `t92`.`channel`,
                  `t92`.`category`,
                  `t92`.`session_id`,
                  `t92`.`order_id`,
                  `t92`.`revenue`,
                  `t92`.`discount`,
                  `t92`.`product_id`,
                  `t92`.`product_category`,
                  `t92`.`page_category`,
                  `t92`.`send_id`,
                  `t92`.`topic`,
                  `t92`.`format`,
                  `t92`.`offer_type`,
                  `t92`.`ticket_id`,
                  `t92`.`support_category`,
                  `t92`.`profile_id`,
                  `t92`.`weight`,
                  `t92`.`rests_since`,
                  `t92`.`first_event`,
                  `t92`.`first_at`,
                  `t92`.`began`,
                  `t92`.`_topic`,
                  `t92`.`_format`,
                  `t92`.`_offer_type`,
                  ROW_NUMBER() OVER (
                    PARTITION BY `t92`.`profile_id`, `t92`.`send_id`, `t92`.`event`, `t92`.`first_at`
                    ORDER BY `t92`.`timestamp` ASC NULLS LAST, `t92`.`message_id` ASC NULLS LAST
                  ) - 1 AS `place`
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      `t41`.`message_id`,
                      `t41`.`event`,
                      `t41`.`timestamp`,
                      `t41`.`local_time`,
                      `t41`.`channel`,
                      `t41`.`category`,
                      `t41`.`session_id`,
                      `t41`.`order_id`,
                      `t41`.`revenue`,
                      `t41`.`discount`,
                      `t41`.`product_id`,
                      `t41`.`product_category`,
                      `t41`.`page_category`,
                      `t41`.`send_id`,
                      `t41`.`topic`,
                      `t41`.`format`,
                      `t41`.`offer_type`,
                      `t41`.`ticket_id`,
                      `t41`.`support_category`,
                      `t41`.`profile_id`,
                      `t41`.`weight`,
                      `t76`.`rests_since`,
                      `t76`.`first_event`,
                      `t76`.`first_at`,
                      `t76`.`began`,
                      `t76`.`_topic`,
                      `t76`.`_format`,
                      `t76`.`_offer_type`
                    FROM (
                      SELECT
                        *
                      FROM `t12` AS `t20`
                      WHERE
                        `t20`.`event` IN (
                          'Email Forwarded',
                          'Email Link Clicked',
                          'Email Opened',
                          'SMS Link Clicked',
                          'SMS Replied'
                        )
                    ) AS `t41`
                    INNER JOIN `t70` AS `t76`
                      ON `t41`.`profile_id` = `t76`.`profile_id` AND `t41`.`send_id` = `t76`.`send_id`
                  ) AS `t88`
                  WHERE
                    `t88`.`timestamp` >= `t88`.`first_at`
                    AND `t88`.`timestamp` < (
                      `t88`.`first_at` + INTERVAL '30' DAY
                    )
                ) AS `t92`
              ) AS `t99`
            ) AS `t102`
            WHERE
              `t102`.`kind` IS NOT NULL
          ) AS `t105`
        ) AS `t113`
      ) AS `t114`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            `t66`.`profile_id`,
            CAST(`t66`.`local_time` AS DATE) AS `day`,
            CAST(`t66`.`local_time` AS DATE) AS `began`,
            'put into cart' AS `kind`,
            COALESCE(`t66`.`_topic`, '') AS `topic`,
            COALESCE('', '') AS `format`,
            COALESCE('', '') AS `offer_type`,
            0.0 AS `amount`,
            `t66`.`event` AS `first_event`,
            `t66`.`rests_since`,
            `t66`.`event` AS `last_event`
          FROM (
            SELECT
              `t56`.`profile_id`,
              `t56`.`session_id`,
              `t56`.`product_id`,
              `t56`.`rests_since`,
              `t56`.`first_event`,
              `t56`.`first_at`,
              `t56`.`began`,
              `t56`.`_topic`,
              `t56`.`first_event` AS `event`,
              `t56`.`first_at` AS `timestamp`,
              `t56`.`began` AS `local_time`
            FROM `t54` AS `t56`
          ) AS `t66`
        ) AS `t73`
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            `t96`.`profile_id`,
            CAST(`t96`.`local_time` AS DATE) AS `day`,
            CAST(`t96`.`began` AS DATE) AS `began`,
            'bought from cart' AS `kind`,
            COALESCE(`t96`.`_topic`, '') AS `topic`,
            COALESCE('', '') AS `format`,
            COALESCE('', '') AS `offer_type`,
            CAST(ROUND(
              CAST(UNIX_TIMESTAMP(CAST(DATE_TRUNC('second', `t96`.`timestamp`) AS TIMESTAMP)) - UNIX_TIMESTAMP(CAST(DATE_TRUNC('second', `t96`.`first_at`) AS TIMESTAMP)) AS DOUBLE) / 36,
              0
            ) AS BIGINT) / 100 AS `amount`,
            `t96`.`first_event`,
            `t96`.`rests_since`,
            `t96`.`event` AS `last_event`
          FROM (
            SELECT
              *
            FROM (
              SELECT
                `t85`.`profile_id`,
                `t85`.`session_id`,
                `t85`.`product_id`,
                `t85`.`rests_since`,
                `t85`.`first_event`,
                `t85`.`first_at`,
                `t85`.`began`,
                `t85`.`_topic`,
                `t85`.`event`,
                `t85`.`timestamp`,
                `t85`.`local_time`,
                `t85`.`message_id`,
                ROW_NUMBER() OVER (
                  PARTITION BY `t85`.`profile_id`, `t85`.`session_id`, `t85`.`product_id`, `t85`.`first_at`
                  ORDER BY `t85`.`timestamp` ASC NULLS LAST, `t85`.`message_id` ASC NULLS LAST
                ) - 1 AS `place`
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    `t62`.`profile_id`,
                    `t62`.`session_id`,
                    `t62`.`product_id`,
                    `t62`.`rests_since`,
                    `t62`.`first_event`,
                    `t62`.`first_at`,
                    `t62`.`began`,
                    `t62`.`_topic`,
                    `t32`.`event`,
                    `t32`.`timestamp`,
                    `t32`.`local_time`,
                    `t32`.`message_id`
                  FROM `t54` AS `t62`
                  INNER JOIN (
                    SELECT
                      `t18`.`profile_id`,
                      `t18`.`product_id`,
                      `t18`.`event`,
                      `t18`.`timestamp`,
                      `t18`.`local_time`,
                      `t18`.`message_id`
                    FROM `t8` AS `t18`
                  ) AS `t32`
                    ON `t62`.`profile_id` = `t32`.`profile_id`
                    AND `t62`.`product_id` = `t32`.`product_id`
                ) AS `t74`
                WHERE
                  `t74`.`timestamp` >= `t74`.`first_at`
                  AND `t74`.`timestamp` < (
                    `t74`.`first_at` + INTERVAL '7' DAY
                  )
              ) AS `t85`
            ) AS `t94`
            WHERE
              `t94`.`place` = 0
          ) AS `t96`
        ) AS `t104`
      ) AS `t107`
    ) AS `t115`
  ) AS `t116`
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
            `t86`.`profile_id`,
            CAST(`t86`.`local_time` AS DATE) AS `day`,
            CAST(`t86`.`began` AS DATE) AS `began`,
            'bought after looking' AS `kind`,
            COALESCE('', '') AS `topic`,
            COALESCE('', '') AS `format`,
            COALESCE('', '') AS `offer_type`,
            CAST(ROUND(
              CAST(UNIX_TIMESTAMP(CAST(DATE_TRUNC('second', `t86`.`timestamp`) AS TIMESTAMP)) - UNIX_TIMESTAMP(CAST(DATE_TRUNC('second', `t86`.`first_at`) AS TIMESTAMP)) AS DOUBLE) / 36,
              0
            ) AS BIGINT) / 100 AS `amount`,
            `t86`.`first_event`,
            `t86`.`rests_since`,
            `t86`.`event` AS `last_event`
          FROM (
            SELECT
              `t80`.`profile_id`,
              `t80`.`order`,
              `t80`.`day`,
              `t80`.`event`,
              `t80`.`first_event`,
              `t80`.`timestamp`,
              `t80`.`local_time`,
              `t80`.`first_at`,
              `t80`.`began`,
              `t80`.`first_at` - INTERVAL '30' DAY AS `rests_since`
            FROM (
              SELECT
                `t69`.`profile_id`,
                `t69`.`order`,
                `t69`.`day`,
                `t69`.`event`,
                `t69`.`first_event`,
                MIN(`t69`.`timestamp`) AS `timestamp`,
                MIN(`t69`.`local_time`) AS `local_time`,
                MIN(`t69`.`first_at`) AS `first_at`,
                MIN(`t69`.`began`) AS `began`
              FROM (
                SELECT
                  `t57`.`profile_id`,
                  `t57`.`product_id`,
                  `t57`.`event`,
                  `t57`.`timestamp`,
                  `t57`.`local_time`,
                  `t57`.`order`,
                  `t57`.`first_event`,
                  `t57`.`first_at`,
                  `t57`.`began`,
                  CAST(`t57`.`local_time` AS DATE) AS `day`
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      `t39`.`profile_id`,
                      `t39`.`product_id`,
                      `t39`.`event`,
                      `t39`.`timestamp`,
                      `t39`.`local_time`,
                      `t39`.`order`,
                      `t34`.`first_event`,
                      `t34`.`first_at`,
                      `t34`.`began`
                    FROM (
                      SELECT
                        `t18`.`profile_id`,
                        `t18`.`product_id`,
                        `t18`.`event`,
                        `t18`.`timestamp`,
                        `t18`.`local_time`,
                        COALESCE(`t18`.`order_id`, `t18`.`message_id`) AS `order`
                      FROM `t8` AS `t18`
                    ) AS `t39`
                    INNER JOIN (
                      SELECT
                        `t19`.`profile_id`,
                        `t19`.`product_id`,
                        `t19`.`event` AS `first_event`,
                        `t19`.`timestamp` AS `first_at`,
                        `t19`.`local_time` AS `began`
                      FROM `t9` AS `t19`
                    ) AS `t34`
                      ON `t39`.`profile_id` = `t34`.`profile_id`
                      AND `t39`.`product_id` = `t34`.`product_id`
                  ) AS `t48`
                  WHERE
                    `t48`.`first_at` < `t48`.`timestamp`
                    AND `t48`.`first_at` >= (
                      `t48`.`timestamp` - INTERVAL '30' DAY
                    )
                ) AS `t57`
              ) AS `t69`
              GROUP BY
                1,
                2,
                3,
                4,
                5
            ) AS `t80`
          ) AS `t86`
        ) AS `t98`
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            `t75`.`profile_id`,
            CAST(`t75`.`local_time` AS DATE) AS `day`,
            CAST(`t75`.`began` AS DATE) AS `began`,
            'looked again' AS `kind`,
            COALESCE('', '') AS `topic`,
            COALESCE('', '') AS `format`,
            COALESCE('', '') AS `offer_type`,
            0.0 AS `amount`,
            `t75`.`event` AS `first_event`,
            `t75`.`rests_since`,
            `t75`.`event` AS `last_event`
          FROM (
            SELECT
              `t67`.`profile_id`,
              `t67`.`day`,
              `t67`.`event`,
              MIN(`t67`.`timestamp`) AS `timestamp`,
              MIN(`t67`.`local_time`) AS `local_time`,
              MAX(`t67`.`first_at`) AS `rests_since`,
              MAX(`t67`.`began`) AS `began`
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  `t43`.`profile_id`,
                  `t43`.`product_id`,
                  `t43`.`day`,
                  `t43`.`event`,
                  `t43`.`timestamp`,
                  `t43`.`local_time`,
                  LAG(`t43`.`timestamp`) OVER (
                    PARTITION BY `t43`.`profile_id`, `t43`.`product_id`
                    ORDER BY `t43`.`day` ASC NULLS LAST
                  ) AS `first_at`,
                  LAG(`t43`.`local_time`) OVER (
                    PARTITION BY `t43`.`profile_id`, `t43`.`product_id`
                    ORDER BY `t43`.`day` ASC NULLS LAST
                  ) AS `began`
                FROM (
                  SELECT
                    `t33`.`profile_id`,
                    `t33`.`product_id`,
                    `t33`.`day`,
                    `t33`.`event`,
                    MIN(`t33`.`timestamp`) AS `timestamp`,
                    MIN(`t33`.`local_time`) AS `local_time`
                  FROM (
                    SELECT
                      `t19`.`message_id`,
                      `t19`.`event`,
                      `t19`.`timestamp`,
                      `t19`.`local_time`,
                      `t19`.`channel`,
                      `t19`.`category`,
                      `t19`.`session_id`,
                      `t19`.`order_id`,
                      `t19`.`revenue`,
                      `t19`.`discount`,
                      `t19`.`product_id`,
                      `t19`.`product_category`,
                      `t19`.`page_category`,
                      `t19`.`send_id`,
                      `t19`.`topic`,
                      `t19`.`format`,
                      `t19`.`offer_type`,
                      `t19`.`ticket_id`,
                      `t19`.`support_category`,
                      `t19`.`profile_id`,
                      `t19`.`weight`,
                      CAST(`t19`.`local_time` AS DATE) AS `day`
                    FROM `t9` AS `t19`
                  ) AS `t33`
                  GROUP BY
                    1,
                    2,
                    3,
                    4
                ) AS `t43`
              ) AS `t52`
              WHERE
                `t52`.`first_at` >= (
                  `t52`.`timestamp` - INTERVAL '30' DAY
                )
            ) AS `t67`
            GROUP BY
              1,
              2,
              3
          ) AS `t75`
        ) AS `t82`
      ) AS `t100`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            `t68`.`profile_id`,
            CAST(`t68`.`local_time` AS DATE) AS `day`,
            CAST(`t68`.`local_time` AS DATE) AS `began`,
            'case opened' AS `kind`,
            COALESCE(`t68`.`_topic`, '') AS `topic`,
            COALESCE('', '') AS `format`,
            COALESCE('', '') AS `offer_type`,
            0.0 AS `amount`,
            `t68`.`event` AS `first_event`,
            `t68`.`rests_since`,
            `t68`.`event` AS `last_event`
          FROM (
            SELECT
              `t61`.`profile_id`,
              `t61`.`ticket_id`,
              `t61`.`rests_since`,
              `t61`.`first_event`,
              `t61`.`first_at`,
              `t61`.`began`,
              `t61`.`_topic`,
              `t61`.`first_event` AS `event`,
              `t61`.`first_at` AS `timestamp`,
              `t61`.`began` AS `local_time`
            FROM `t55` AS `t61`
          ) AS `t68`
        ) AS `t77`
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            `t95`.`profile_id`,
            CAST(`t95`.`local_time` AS DATE) AS `day`,
            CAST(`t95`.`began` AS DATE) AS `began`,
            CASE
              WHEN `t95`.`event` = 'Support Ticket Resolved'
              THEN 'case resolved'
              WHEN `t95`.`event` = 'Support Ticket Reopened'
              THEN 'case reopened'
              ELSE CAST(NULL AS STRING)
            END AS `kind`,
            COALESCE(`t95`.`_topic`, '') AS `topic`,
            COALESCE('', '') AS `format`,
            COALESCE('', '') AS `offer_type`,
            CAST(ROUND(
              CAST(UNIX_TIMESTAMP(CAST(DATE_TRUNC('second', `t95`.`timestamp`) AS TIMESTAMP)) - UNIX_TIMESTAMP(CAST(DATE_TRUNC('second', `t95`.`first_at`) AS TIMESTAMP)) AS DOUBLE) / 36,
              0
            ) AS BIGINT) / 100 AS `amount`,
            `t95`.`first_event`,
            `t95`.`rests_since`,
            `t95`.`event` AS `last_event`
          FROM (
            SELECT
              *
            FROM (
              SELECT
                `t83`.`profile_id`,
                `t83`.`ticket_id`,
                `t83`.`event`,
                `t83`.`timestamp`,
                `t83`.`local_time`,
                `t83`.`message_id`,
                `t83`.`rests_since`,
                `t83`.`first_event`,
                `t83`.`first_at`,
                `t83`.`began`,
                `t83`.`_topic`,
                ROW_NUMBER() OVER (
                  PARTITION BY `t83`.`profile_id`, `t83`.`message_id`
                  ORDER BY `t83`.`first_at` DESC
                ) - 1 AS `place`
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    `t28`.`profile_id`,
                    `t28`.`ticket_id`,
                    `t28`.`event`,
                    `t28`.`timestamp`,
                    `t28`.`local_time`,
                    `t28`.`message_id`,
                    `t64`.`rests_since`,
                    `t64`.`first_event`,
                    `t64`.`first_at`,
                    `t64`.`began`,
                    `t64`.`_topic`
                  FROM (
                    SELECT
                      `t14`.`profile_id`,
                      `t14`.`ticket_id`,
                      `t14`.`event`,
                      `t14`.`timestamp`,
                      `t14`.`local_time`,
                      `t14`.`message_id`
                    FROM (
                      SELECT
                        *
                      FROM `t2` AS `t3`
                      WHERE
                        `t3`.`event` IN ('Support Ticket Resolved', 'Support Ticket Reopened')
                        AND `t3`.`ticket_id` IS NOT NULL
                    ) AS `t14`
                  ) AS `t28`
                  INNER JOIN `t55` AS `t64`
                    ON `t28`.`profile_id` = `t64`.`profile_id` AND `t28`.`ticket_id` = `t64`.`ticket_id`
                ) AS `t78`
                WHERE
                  `t78`.`timestamp` >= `t78`.`first_at`
              ) AS `t83`
            ) AS `t93`
            WHERE
              `t93`.`place` = 0
          ) AS `t95`
        ) AS `t103`
      ) AS `t106`
    ) AS `t108`
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
            `t101`.`profile_id`,
            CAST(`t101`.`local_time` AS DATE) AS `day`,
            CAST(`t101`.`began` AS DATE) AS `began`,
            'back after case' AS `kind`,
            COALESCE('', '') AS `topic`,
            COALESCE('', '') AS `format`,
            COALESCE('', '') AS `offer_type`,
            CAST(ROUND(
              CAST(UNIX_TIMESTAMP(CAST(DATE_TRUNC('second', `t101`.`timestamp`) AS TIMESTAMP)) - UNIX_TIMESTAMP(CAST(DATE_TRUNC('second', `t101`.`first_at`) AS TIMESTAMP)) AS DOUBLE) / 864,
              0
            ) AS BIGINT) / 100 AS `amount`,
            `t101`.`first_event`,
            `t101`.`rests_since`,
            `t101`.`event` AS `last_event`
          FROM (
            SELECT
              *
            FROM (
              SELECT
                `t91`.`profile_id`,
                `t91`.`ticket_id`,
                `t91`.`rests_since`,
                `t91`.`first_event`,
                `t91`.`first_at`,
                `t91`.`began`,
                `t91`.`_topic`,
                `t91`.`message_id`,
                `t91`.`event`,
                `t91`.`timestamp`,
                `t91`.`local_time`,
                ROW_NUMBER() OVER (
                  PARTITION BY `t91`.`profile_id`, `t91`.`ticket_id`, `t91`.`first_at`
                  ORDER BY `t91`.`timestamp` ASC NULLS LAST, `t91`.`message_id` ASC NULLS LAST
                ) - 1 AS `place`
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      `t65`.`profile_id`,
                      `t65`.`ticket_id`,
                      `t65`.`rests_since`,
                      `t65`.`first_event`,
                      `t65`.`first_at`,
                      `t65`.`began`,
                      `t65`.`_topic`,
                      `t29`.`message_id`,
                      `t29`.`event`,
                      `t29`.`timestamp`,
                      `t29`.`local_time`
                    FROM `t55` AS `t65`
                    INNER JOIN (
                      SELECT
                        `t16`.`profile_id`,
                        `t16`.`message_id`,
                        `t16`.`event`,
                        `t16`.`timestamp`,
                        `t16`.`local_time`
                      FROM (
                        SELECT
                          *
                        FROM `t2` AS `t3`
                        WHERE
                          `t3`.`weight` > 0 AND `t3`.`category` <> 'support'
                      ) AS `t16`
                    ) AS `t29`
                      ON `t65`.`profile_id` = `t29`.`profile_id`
                  ) AS `t79`
                  WHERE
                    `t79`.`timestamp` > `t79`.`first_at`
                ) AS `t84`
                WHERE
                  `t84`.`timestamp` >= `t84`.`first_at`
                  AND `t84`.`timestamp` < (
                    `t84`.`first_at` + INTERVAL '90' DAY
                  )
              ) AS `t91`
            ) AS `t97`
            WHERE
              `t97`.`place` = 0
          ) AS `t101`
        ) AS `t109`
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            `t10`.`profile_id`,
            CAST(`t10`.`local_time` AS DATE) AS `day`,
            CAST(`t10`.`local_time` AS DATE) AS `began`,
            'ordered' AS `kind`,
            COALESCE(`t10`.`product_category`, '') AS `topic`,
            COALESCE('', '') AS `format`,
            COALESCE('', '') AS `offer_type`,
            0.0 AS `amount`,
            `t10`.`event` AS `first_event`,
            `t10`.`timestamp` AS `rests_since`,
            `t10`.`event` AS `last_event`
          FROM (
            SELECT
              *
            FROM `t2` AS `t3`
            WHERE
              `t3`.`event` = 'Order Completed' AND `t3`.`product_category` IS NOT NULL
          ) AS `t10`
        ) AS `t26`
      ) AS `t110`
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            `t58`.`profile_id`,
            CAST(`t58`.`local_time` AS DATE) AS `day`,
            CAST(`t58`.`local_time` AS DATE) AS `began`,
            'ordered new' AS `kind`,
            COALESCE('', '') AS `topic`,
            COALESCE('', '') AS `format`,
            COALESCE('', '') AS `offer_type`,
            CAST(ROUND(
              CAST(UNIX_TIMESTAMP(CAST(DATE_TRUNC('second', `t58`.`timestamp`) AS TIMESTAMP)) - UNIX_TIMESTAMP(CAST(DATE_TRUNC('second', `t58`.`launched_at`) AS TIMESTAMP)) AS DOUBLE) / 36,
              0
            ) AS BIGINT) / 100 AS `amount`,
            `t58`.`event` AS `first_event`,
            `t58`.`timestamp` AS `rests_since`,
            `t58`.`event` AS `last_event`
          FROM (
            SELECT
              *
            FROM (
              SELECT
                `t42`.`message_id`,
                `t42`.`event`,
                `t42`.`timestamp`,
                `t42`.`local_time`,
                `t42`.`channel`,
                `t42`.`category`,
                `t42`.`session_id`,
                `t42`.`order_id`,
                `t42`.`revenue`,
                `t42`.`discount`,
                `t42`.`product_id`,
                `t42`.`product_category`,
                `t42`.`page_category`,
                `t42`.`send_id`,
                `t42`.`topic`,
                `t42`.`format`,
                `t42`.`offer_type`,
                `t42`.`ticket_id`,
                `t42`.`support_category`,
                `t42`.`profile_id`,
                `t42`.`weight`,
                `t17`.`launched_at`
              FROM (
                SELECT
                  *
                FROM `t8` AS `t18`
                WHERE
                  COALESCE(`t18`.`discount`, 0) <= 0
              ) AS `t42`
              INNER JOIN (
                SELECT
                  `t4`.`product_id`,
                  `t4`.`launched_at`
                FROM (
                  SELECT
                    *
                  FROM `products` AS `t1`
                  WHERE
                    `t1`.`launched_at` IS NOT NULL
                ) AS `t4`
              ) AS `t17`
                ON `t42`.`product_id` = `t17`.`product_id`
            ) AS `t50`
            WHERE
              `t50`.`timestamp` >= `t50`.`launched_at`
          ) AS `t58`
        ) AS `t87`
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            `t53`.`profile_id`,
            CAST(`t53`.`local_time` AS DATE) AS `day`,
            CAST(`t53`.`local_time` AS DATE) AS `began`,
            'ordered reduced' AS `kind`,
            COALESCE('', '') AS `topic`,
            COALESCE('', '') AS `format`,
            COALESCE('', '') AS `offer_type`,
            CAST(ROUND((
              `t53`.`off` * 1000
            ) / (
              `t53`.`off` + `t53`.`paid`
            ), 0) AS BIGINT) / 10 AS `amount`,
            `t53`.`event` AS `first_event`,
            `t53`.`timestamp` AS `rests_since`,
            `t53`.`event` AS `last_event`
          FROM (
            SELECT
              *
            FROM (
              SELECT
                `t23`.`profile_id`,
                `t23`.`day`,
                `t23`.`event`,
                COALESCE(`t23`.`order_id`, `t23`.`message_id`) AS `order`,
                MIN(`t23`.`timestamp`) AS `timestamp`,
                MIN(`t23`.`local_time`) AS `local_time`,
                CAST(SUM(`t23`.`revenue`) AS DOUBLE) AS `paid`,
                CAST(SUM(IF(`t23`.`discount` > 0, `t23`.`discount`, NULL)) AS DOUBLE) AS `off`
              FROM (
                SELECT
                  `t6`.`message_id`,
                  `t6`.`event`,
                  `t6`.`timestamp`,
                  `t6`.`local_time`,
                  `t6`.`channel`,
                  `t6`.`category`,
                  `t6`.`session_id`,
                  `t6`.`order_id`,
                  `t6`.`revenue`,
                  `t6`.`discount`,
                  `t6`.`product_id`,
                  `t6`.`product_category`,
                  `t6`.`page_category`,
                  `t6`.`send_id`,
                  `t6`.`topic`,
                  `t6`.`format`,
                  `t6`.`offer_type`,
                  `t6`.`ticket_id`,
                  `t6`.`support_category`,
                  `t6`.`profile_id`,
                  `t6`.`weight`,
                  CAST(`t6`.`local_time` AS DATE) AS `day`
                FROM (
                  SELECT
                    *
                  FROM `t2` AS `t3`
                  WHERE
                    `t3`.`event` = 'Order Completed'
                ) AS `t6`
              ) AS `t23`
              GROUP BY
                1,
                2,
                3,
                4
            ) AS `t45`
            WHERE
              `t45`.`off` > 0 AND (
                `t45`.`off` + `t45`.`paid`
              ) > 0
          ) AS `t53`
        ) AS `t72`
      ) AS `t89`
    ) AS `t111`
  ) AS `t112`
) AS `t117`
GROUP BY
  1,
  2,
  3,
  4,
  5,
  6,
  7,
  8
