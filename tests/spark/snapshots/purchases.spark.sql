SELECT
  `t11`.`cutoff`,
  `t11`.`profile_id`,
  `t11`.`gaps`,
  `t11`.`ordered`,
  `t11`.`order_revenue`,
  `t11`.`later_revenue`,
  `t11`.`gap_squares`,
  `t11`.`month_1`,
  `t11`.`month_2`,
  `t11`.`month_3`,
  `t11`.`month_4`,
  `t11`.`month_5`,
  `t11`.`month_6`,
  `t11`.`month_7`,
  `t11`.`month_8`,
  `t11`.`month_9`,
  `t11`.`month_10`,
  `t11`.`month_11`,
  `t11`.`month_12`,
  `t11`.`first_order`,
  `t11`.`last_order`,
  `t11`.`discounted`,
  `t11`.`discounts`,
  `t11`.`discounted_revenue`,
  CAST(FLOOR(
    (
      UNIX_TIMESTAMP(CAST(CAST(`t11`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
    ) / (
      86400
    )
  ) AS BIGINT) - `t11`.`first_order` AS `T_days`,
  `t11`.`last_order` - `t11`.`first_order` AS `order_span`
FROM (
  SELECT
    `t10`.`cutoff`,
    `t10`.`profile_id`,
    SUM(`t10`.`gaps`) AS `gaps`,
    SUM(`t10`.`ordered`) AS `ordered`,
    SUM(`t10`.`order_revenue`) AS `order_revenue`,
    SUM(`t10`.`later_revenue`) AS `later_revenue`,
    SUM(`t10`.`gap_squares`) AS `gap_squares`,
    SUM(`t10`.`month_1`) AS `month_1`,
    SUM(`t10`.`month_2`) AS `month_2`,
    SUM(`t10`.`month_3`) AS `month_3`,
    SUM(`t10`.`month_4`) AS `month_4`,
    SUM(`t10`.`month_5`) AS `month_5`,
    SUM(`t10`.`month_6`) AS `month_6`,
    SUM(`t10`.`month_7`) AS `month_7`,
    SUM(`t10`.`month_8`) AS `month_8`,
    SUM(`t10`.`month_9`) AS `month_9`,
    SUM(`t10`.`month_10`) AS `month_10`,
    SUM(`t10`.`month_11`) AS `month_11`,
    SUM(`t10`.`month_12`) AS `month_12`,
    MIN(`t10`.`first_order`) AS `first_order`,
    MAX(`t10`.`last_order`) AS `last_order`,
    SUM(`t10`.`discounted`) AS `discounted`,
    SUM(`t10`.`discounts`) AS `discounts`,
    SUM(`t10`.`discounted_revenue`) AS `discounted_revenue`
  FROM (
    SELECT
      `t9`.`profile_id`,
      `t9`.`until`,
      `t9`.`gaps`,
      `t9`.`ordered`,
      `t9`.`order_revenue`,
      `t9`.`later_revenue`,
      `t9`.`gap_squares`,
      `t9`.`month_1`,
      `t9`.`month_2`,
      `t9`.`month_3`,
      `t9`.`month_4`,
      `t9`.`month_5`,
      `t9`.`month_6`,
      `t9`.`month_7`,
      `t9`.`month_8`,
      `t9`.`month_9`,
      `t9`.`month_10`,
      `t9`.`month_11`,
      `t9`.`month_12`,
      `t9`.`first_order`,
      `t9`.`last_order`,
      `t9`.`discounted`,
      `t9`.`discounts`,
      `t9`.`discounted_revenue`,
      `t2`.`cutoff`,
      `t2`.`since`
    FROM (
      SELECT
        `t7`.`profile_id`,
        `t7`.`until`,
        SUM(CAST(CAST(`t7`.`turn` > 0 AS BIGINT) AS DOUBLE)) AS `gaps`,
        SUM(CAST(`t7`.`orders` AS DOUBLE)) AS `ordered`,
        SUM(`t7`.`order_revenue`) AS `order_revenue`,
        SUM(IF(`t7`.`turn` > 0, `t7`.`order_revenue`, 0)) AS `later_revenue`,
        SUM(CAST(COALESCE(`t7`.`gap` * `t7`.`gap`, 0) AS DOUBLE)) AS `gap_squares`,
        SUM(CAST(IF(EXTRACT(month FROM `t7`.`day`) = 1, `t7`.`orders`, 0) AS DOUBLE)) AS `month_1`,
        SUM(CAST(IF(EXTRACT(month FROM `t7`.`day`) = 2, `t7`.`orders`, 0) AS DOUBLE)) AS `month_2`,
        SUM(CAST(IF(EXTRACT(month FROM `t7`.`day`) = 3, `t7`.`orders`, 0) AS DOUBLE)) AS `month_3`,
        SUM(CAST(IF(EXTRACT(month FROM `t7`.`day`) = 4, `t7`.`orders`, 0) AS DOUBLE)) AS `month_4`,
        SUM(CAST(IF(EXTRACT(month FROM `t7`.`day`) = 5, `t7`.`orders`, 0) AS DOUBLE)) AS `month_5`,
        SUM(CAST(IF(EXTRACT(month FROM `t7`.`day`) = 6, `t7`.`orders`, 0) AS DOUBLE)) AS `month_6`,
        SUM(CAST(IF(EXTRACT(month FROM `t7`.`day`) = 7, `t7`.`orders`, 0) AS DOUBLE)) AS `month_7`,
        SUM(CAST(IF(EXTRACT(month FROM `t7`.`day`) = 8, `t7`.`orders`, 0) AS DOUBLE)) AS `month_8`,
        SUM(CAST(IF(EXTRACT(month FROM `t7`.`day`) = 9, `t7`.`orders`, 0) AS DOUBLE)) AS `month_9`,
        SUM(CAST(IF(EXTRACT(month FROM `t7`.`day`) = 10, `t7`.`orders`, 0) AS DOUBLE)) AS `month_10`,
        SUM(CAST(IF(EXTRACT(month FROM `t7`.`day`) = 11, `t7`.`orders`, 0) AS DOUBLE)) AS `month_11`,
        SUM(CAST(IF(EXTRACT(month FROM `t7`.`day`) = 12, `t7`.`orders`, 0) AS DOUBLE)) AS `month_12`,
        MIN(`t7`.`number`) AS `first_order`,
        MAX(`t7`.`number`) AS `last_order`,
        SUM(CAST(`t7`.`discounted_orders` AS DOUBLE)) AS `discounted`,
        SUM(`t7`.`discounts`) AS `discounts`,
        SUM(`t7`.`discounted_revenue`) AS `discounted_revenue`
      FROM (
        SELECT
          `t6`.`profile_id`,
          `t6`.`day`,
          `t6`.`first_at`,
          `t6`.`last_at`,
          `t6`.`events`,
          `t6`.`acts`,
          `t6`.`purchase_events`,
          `t6`.`engagement_events`,
          `t6`.`web_events`,
          `t6`.`support_events`,
          `t6`.`other_events`,
          `t6`.`on_web`,
          `t6`.`on_app`,
          `t6`.`on_email`,
          `t6`.`on_sms`,
          `t6`.`on_push`,
          `t6`.`on_support`,
          `t6`.`on_pos`,
          `t6`.`on_social`,
          `t6`.`on_ads`,
          `t6`.`on_iot`,
          `t6`.`product_views`,
          `t6`.`searches`,
          `t6`.`cart_adds`,
          `t6`.`sessions`,
          `t6`.`orders`,
          `t6`.`discounted_orders`,
          `t6`.`refunded_orders`,
          `t6`.`engagement`,
          `t6`.`order_revenue`,
          `t6`.`refunds`,
          `t6`.`discounts`,
          `t6`.`discounted_revenue`,
          `t6`.`number`,
          `t6`.`turn`,
          `t6`.`gap`,
          CASE
            WHEN `t6`.`day` < MAKE_DATE(2025, 6, 1)
            THEN MAKE_DATE(2025, 6, 1)
            ELSE MAKE_DATE(2025, 10, 1)
          END AS `until`
        FROM (
          SELECT
            *
          FROM (
            SELECT
              `t4`.`profile_id`,
              `t4`.`day`,
              `t4`.`first_at`,
              `t4`.`last_at`,
              `t4`.`events`,
              `t4`.`acts`,
              `t4`.`purchase_events`,
              `t4`.`engagement_events`,
              `t4`.`web_events`,
              `t4`.`support_events`,
              `t4`.`other_events`,
              `t4`.`on_web`,
              `t4`.`on_app`,
              `t4`.`on_email`,
              `t4`.`on_sms`,
              `t4`.`on_push`,
              `t4`.`on_support`,
              `t4`.`on_pos`,
              `t4`.`on_social`,
              `t4`.`on_ads`,
              `t4`.`on_iot`,
              `t4`.`product_views`,
              `t4`.`searches`,
              `t4`.`cart_adds`,
              `t4`.`sessions`,
              `t4`.`orders`,
              `t4`.`discounted_orders`,
              `t4`.`refunded_orders`,
              `t4`.`engagement`,
              `t4`.`order_revenue`,
              `t4`.`refunds`,
              `t4`.`discounts`,
              `t4`.`discounted_revenue`,
              `t4`.`number`,
              `t4`.`turn`,
              `t4`.`number` - LAG(`t4`.`number`) OVER (PARTITION BY `t4`.`profile_id` ORDER BY `t4`.`day` ASC NULLS LAST) AS `gap`
            FROM (
              SELECT
                `t3`.`profile_id`,
                `t3`.`day`,
                `t3`.`first_at`,
                `t3`.`last_at`,
                `t3`.`events`,
                `t3`.`acts`,
                `t3`.`purchase_events`,
                `t3`.`engagement_events`,
                `t3`.`web_events`,
                `t3`.`support_events`,
                `t3`.`other_events`,
                `t3`.`on_web`,
                `t3`.`on_app`,
                `t3`.`on_email`,
                `t3`.`on_sms`,
                `t3`.`on_push`,
                `t3`.`on_support`,
                `t3`.`on_pos`,
                `t3`.`on_social`,
                `t3`.`on_ads`,
                `t3`.`on_iot`,
                `t3`.`product_views`,
                `t3`.`searches`,
                `t3`.`cart_adds`,
                `t3`.`sessions`,
                `t3`.`orders`,
                `t3`.`discounted_orders`,
                `t3`.`refunded_orders`,
                `t3`.`engagement`,
                `t3`.`order_revenue`,
                `t3`.`refunds`,
                `t3`.`discounts`,
                `t3`.`discounted_revenue`,
                CAST(FLOOR(
                  (
                    UNIX_TIMESTAMP(CAST(CAST(`t3`.`day` AS TIMESTAMP) AS TIMESTAMP))
                  ) / (
                    86400
                  )
                ) AS BIGINT) AS `number`,
                ROW_NUMBER() OVER (PARTITION BY `t3`.`profile_id` ORDER BY `t3`.`day` ASC NULLS LAST) - 1 AS `turn`
              FROM (
                SELECT
                  *
                FROM `daily` AS `t1`
                WHERE
                  `t1`.`orders` > 0
              ) AS `t3`
            ) AS `t4`
          ) AS `t5`
          WHERE
            `t5`.`day` < MAKE_DATE(2025, 10, 1)
        ) AS `t6`
      ) AS `t7`
      GROUP BY
        1,
        2
    ) AS `t9`
    INNER JOIN `memtable_0` AS `t2`
      ON `t9`.`until` = `t2`.`until`
  ) AS `t10`
  GROUP BY
    1,
    2
) AS `t11`
