SELECT
  "t10"."cutoff",
  "t10"."profile_id",
  (
    CAST(FLOOR(
      (
        LIST_EXTRACT(
          "t10"."own",
          CAST(CAST(FLOOR((
            ARRAY_LENGTH("t10"."own") - 1
          ) / (
            2
          )) AS BIGINT) AS INT) + CAST(CAST(CAST(FLOOR((
            ARRAY_LENGTH("t10"."own") - 1
          ) / (
            2
          )) AS BIGINT) AS INT) >= 0 AS INT)
        )
      ) / (
        1000000
      )
    ) AS BIGINT) + CAST(FLOOR(
      (
        LIST_EXTRACT(
          "t10"."own",
          CAST(CAST(FLOOR((
            ARRAY_LENGTH("t10"."own") - 0
          ) / (
            2
          )) AS BIGINT) AS INT) + CAST(CAST(CAST(FLOOR((
            ARRAY_LENGTH("t10"."own") - 0
          ) / (
            2
          )) AS BIGINT) AS INT) >= 0 AS INT)
        )
      ) / (
        1000000
      )
    ) AS BIGINT)
  ) / 2 AS "visit_gap_median_d"
FROM (
  SELECT
    "t9".*
    EXCLUDE ("both")
  FROM (
    SELECT
      "t8"."profile_id",
      "t8"."both",
      "t8"."cutoff",
      CAST(FLOOR((
        EPOCH(CAST(CAST("t8"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
      ) / (
        86400
      )) AS BIGINT) AS "at",
      LIST_FILTER(
        "t8"."both",
        __ibis_param_one__ -> (
          __ibis_param_one__ % 1000000
        ) < CAST(FLOOR((
          EPOCH(CAST(CAST("t8"."cutoff" AS TIMESTAMP) AS TIMESTAMP))
        ) / (
          86400
        )) AS BIGINT)
      ) AS "own"
    FROM (
      SELECT
        "t7"."profile_id",
        "t7"."both",
        "t2"."cutoff"
      FROM (
        SELECT
          "t5"."profile_id",
          LIST_SORT(
            ARRAY_AGG((
              "t5"."gap" * 1000000
            ) + "t5"."number") FILTER(WHERE
              (
                (
                  "t5"."gap" * 1000000
                ) + "t5"."number"
              ) IS NOT NULL)
          ) AS "both"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t3"."profile_id",
              "t3"."day",
              "t3"."number",
              "t3"."number" - LAG("t3"."number") OVER (
                PARTITION BY "t3"."profile_id"
                ORDER BY "t3"."day" ASC
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
              ) AS "gap"
            FROM (
              SELECT
                "t1"."profile_id",
                "t1"."day",
                CAST(FLOOR((
                  EPOCH(CAST(CAST("t1"."day" AS TIMESTAMP) AS TIMESTAMP))
                ) / (
                  86400
                )) AS BIGINT) AS "number"
              FROM "daily" AS "t1"
              WHERE
                "t1"."acts" > 0
            ) AS "t3"
          ) AS "t4"
          WHERE
            "t4"."gap" IS NOT NULL
        ) AS "t5"
        GROUP BY
          1
      ) AS "t7"
      CROSS JOIN "memtable_0" AS "t2"
    ) AS "t8"
  ) AS "t9"
) AS "t10"
WHERE
  ARRAY_LENGTH("t10"."own") > 0
