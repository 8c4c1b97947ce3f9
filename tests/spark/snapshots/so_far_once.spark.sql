SELECT
  `t4`.`cutoff`,
  `t4`.`profile_id`,
  `t4`.`orders`,
  `t4`.`revenue`,
  `t4`.`first_at`,
  `t4`.`last_day`,
  `t4`.`engagement`
FROM (
  SELECT
    `t3`.`profile_id`,
    `t3`.`until` AS `cutoff`,
    `t3`.`orders`,
    `t3`.`revenue`,
    `t3`.`first_at`,
    `t3`.`last_day`,
    `t3`.`engagement`
  FROM (
    SELECT
      `t2`.`profile_id`,
      `t2`.`until`,
      SUM(CAST(`t2`.`orders` AS DOUBLE)) AS `orders`,
      SUM(`t2`.`order_revenue` - `t2`.`refunds`) AS `revenue`,
      MIN(`t2`.`first_at`) AS `first_at`,
      MAX(`t2`.`day`) AS `last_day`,
      SUM(
        `t2`.`engagement` * (
          POWER(
            2.0,
            (
              CAST(CAST(FLOOR(
                (
                  UNIX_TIMESTAMP(CAST(CAST(`t2`.`until` AS TIMESTAMP) AS TIMESTAMP))
                ) / (
                  86400
                )
              ) AS BIGINT) - CAST(FLOOR(
                (
                  UNIX_TIMESTAMP(CAST(CAST(`t2`.`day` AS TIMESTAMP) AS TIMESTAMP))
                ) / (
                  86400
                )
              ) AS BIGINT) AS DOUBLE) * -0.011111111111111112
            )
          )
        )
      ) AS `engagement`
    FROM (
      SELECT
        `t1`.`profile_id`,
        `t1`.`day`,
        `t1`.`first_at`,
        `t1`.`last_at`,
        `t1`.`events`,
        `t1`.`acts`,
        `t1`.`purchase_events`,
        `t1`.`engagement_events`,
        `t1`.`web_events`,
        `t1`.`support_events`,
        `t1`.`other_events`,
        `t1`.`on_web`,
        `t1`.`on_app`,
        `t1`.`on_email`,
        `t1`.`on_sms`,
        `t1`.`on_push`,
        `t1`.`on_support`,
        `t1`.`on_pos`,
        `t1`.`on_social`,
        `t1`.`on_ads`,
        `t1`.`on_iot`,
        `t1`.`product_views`,
        `t1`.`searches`,
        `t1`.`cart_adds`,
        `t1`.`sessions`,
        `t1`.`orders`,
        `t1`.`discounted_orders`,
        `t1`.`refunded_orders`,
        `t1`.`engagement`,
        `t1`.`order_revenue`,
        `t1`.`refunds`,
        `t1`.`discounts`,
        `t1`.`discounted_revenue`,
        MAKE_DATE(2025, 6, 1) AS `until`
      FROM (
        SELECT
          *
        FROM `daily` AS `t0`
        WHERE
          `t0`.`day` < MAKE_DATE(2025, 6, 1)
      ) AS `t1`
    ) AS `t2`
    GROUP BY
      1,
      2
  ) AS `t3`
) AS `t4`
