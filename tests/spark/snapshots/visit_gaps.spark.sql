SELECT
  `t10`.`cutoff`,
  `t10`.`profile_id`,
  (
    CAST(FLOOR(
      (
        ELEMENT_AT(
          `t10`.`own`,
          CAST(CAST(FLOOR((
            SIZE(`t10`.`own`) - 1
          ) / (
            2
          )) AS BIGINT) AS INT) + 1
        )
      ) / (
        1000000
      )
    ) AS BIGINT) + CAST(FLOOR(
      (
        ELEMENT_AT(
          `t10`.`own`,
          CAST(CAST(FLOOR((
            SIZE(`t10`.`own`) - 0
          ) / (
            2
          )) AS BIGINT) AS INT) + 1
        )
      ) / (
        1000000
      )
    ) AS BIGINT)
  ) / 2 AS `visit_gap_median_d`
FROM (
  SELECT
    `t9`.`profile_id`,
    `t9`.`cutoff`,
    `t9`.`at`,
    `t9`.`own`
  FROM (
    SELECT
      `t8`.`profile_id`,
      `t8`.`both`,
      `t8`.`cutoff`,
      CAST(FLOOR(
        (
          UNIX_TIMESTAMP(CAST(CAST(`t8`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
        ) / (
          86400
        )
      ) AS BIGINT) AS `at`,
      FILTER(
        `t8`.`both`,
        __ibis_param_one__ -> (
          __ibis_param_one__ % 1000000
        ) < CAST(FLOOR(
          (
            UNIX_TIMESTAMP(CAST(CAST(`t8`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
          ) / (
            86400
          )
        ) AS BIGINT)
      ) AS `own`
    FROM (
      SELECT
        `t7`.`profile_id`,
        `t7`.`both`,
        `t2`.`cutoff`
      FROM (
        SELECT
          `t5`.`profile_id`,
          ARRAY_SORT(COLLECT_LIST((
            `t5`.`gap` * 1000000
          ) + `t5`.`number`)) AS `both`
        FROM (
          SELECT
            *
          FROM (
            SELECT
              `t3`.`profile_id`,
              `t3`.`day`,
              `t3`.`number`,
              `t3`.`number` - LAG(`t3`.`number`) OVER (PARTITION BY `t3`.`profile_id` ORDER BY `t3`.`day` ASC NULLS LAST) AS `gap`
            FROM (
              SELECT
                `t1`.`profile_id`,
                `t1`.`day`,
                CAST(FLOOR(
                  (
                    UNIX_TIMESTAMP(CAST(CAST(`t1`.`day` AS TIMESTAMP) AS TIMESTAMP))
                  ) / (
                    86400
                  )
                ) AS BIGINT) AS `number`
              FROM `daily` AS `t1`
              WHERE
                `t1`.`acts` > 0
            ) AS `t3`
          ) AS `t4`
          WHERE
            `t4`.`gap` IS NOT NULL
        ) AS `t5`
        GROUP BY
          1
      ) AS `t7`
      CROSS JOIN `memtable_0` AS `t2`
    ) AS `t8`
  ) AS `t9`
) AS `t10`
WHERE
  SIZE(`t10`.`own`) > 0
