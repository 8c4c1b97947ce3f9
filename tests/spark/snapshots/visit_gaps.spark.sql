SELECT
  `t14`.`cutoff`,
  `t14`.`profile_id`,
  (
    CAST(FLOOR(
      (
        ELEMENT_AT(`t14`.`own`, CAST(CAST(FLOOR((
          `t14`.`n` - 1
        ) / (
          2
        )) AS BIGINT) AS INT) + 1)
      ) / (
        1000000
      )
    ) AS BIGINT) + CAST(FLOOR(
      (
        ELEMENT_AT(`t14`.`own`, CAST(CAST(FLOOR((
          `t14`.`n` - 0
        ) / (
          2
        )) AS BIGINT) AS INT) + 1)
      ) / (
        1000000
      )
    ) AS BIGINT)
  ) / 2 AS `visit_gap_median_d`
FROM (
  SELECT
    *
  FROM (
    SELECT
      `t12`.`profile_id`,
      `t12`.`cutoff`,
      `t12`.`at`,
      `t12`.`own`,
      SIZE(`t12`.`own`) AS `n`
    FROM (
      SELECT
        `t11`.`profile_id`,
        `t11`.`cutoff`,
        `t11`.`at`,
        `t11`.`own`
      FROM (
        SELECT
          `t10`.`profile_id`,
          `t10`.`both`,
          `t10`.`cutoff`,
          `t10`.`at`,
          FILTER(
            `t10`.`both`,
            __ibis_param_one__ -> (
              __ibis_param_one__ % 1000000
            ) < `t10`.`at`
          ) AS `own`
        FROM (
          SELECT
            `t9`.`profile_id`,
            `t9`.`both`,
            `t9`.`cutoff`,
            CAST(FLOOR(
              (
                UNIX_TIMESTAMP(CAST(CAST(`t9`.`cutoff` AS TIMESTAMP) AS TIMESTAMP))
              ) / (
                86400
              )
            ) AS BIGINT) AS `at`
          FROM (
            SELECT
              `t8`.`profile_id`,
              `t8`.`both`,
              `t2`.`cutoff`
            FROM (
              SELECT
                `t6`.`profile_id`,
                ARRAY_SORT(COLLECT_LIST((
                  `t6`.`gap` * 1000000
                ) + `t6`.`number`)) AS `both`
              FROM (
                SELECT
                  *
                FROM (
                  SELECT
                    `t4`.`profile_id`,
                    `t4`.`day`,
                    `t4`.`number`,
                    `t4`.`number` - LAG(`t4`.`number`) OVER (PARTITION BY `t4`.`profile_id` ORDER BY `t4`.`day` ASC NULLS LAST) AS `gap`
                  FROM (
                    SELECT
                      `t3`.`profile_id`,
                      `t3`.`day`,
                      CAST(FLOOR(
                        (
                          UNIX_TIMESTAMP(CAST(CAST(`t3`.`day` AS TIMESTAMP) AS TIMESTAMP))
                        ) / (
                          86400
                        )
                      ) AS BIGINT) AS `number`
                    FROM (
                      SELECT
                        *
                      FROM `daily` AS `t1`
                      WHERE
                        `t1`.`acts` > 0
                    ) AS `t3`
                  ) AS `t4`
                ) AS `t5`
                WHERE
                  `t5`.`gap` IS NOT NULL
              ) AS `t6`
              GROUP BY
                1
            ) AS `t8`
            CROSS JOIN `memtable_0` AS `t2`
          ) AS `t9`
        ) AS `t10`
      ) AS `t11`
    ) AS `t12`
  ) AS `t13`
  WHERE
    `t13`.`n` > 0
) AS `t14`
