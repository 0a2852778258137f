WITH `_input` AS (
  SELECT
    `order`.`id` AS `id`,
    `order`.`select` AS `select`,
    `order`.`customer` AS `customer`,
    `order`.`paid` AS `paid`,
    `order`.`lines` AS `lines`,
    `order`.`state` AS `state`,
    TO_JSON(STRUCT(`order`.*)) AS `_source`
  FROM `order` AS `order`
  WHERE ASSERT_TRUE(TYPEOF(CAST(1 AS DECIMAL(38, 9)) * CAST(1 AS DECIMAL(38, 9))) = 'decimal(38,18)' AND CURRENT_TIMEZONE() IN ('UTC', 'Etc/UTC', 'GMT', 'Z'), 'This query needs the session settings spark.sql.decimalOperations.allowPrecisionLoss=false and spark.sql.session.timeZone=UTC') IS NULL
),
`_layer_1` AS (
  SELECT
    *,
    CASE WHEN `select` IS NOT NULL THEN TRIM('	
\r                  　' FROM `select`) END AS `_1`,
    `customer`.`name` AS `_2`,
    (`paid` IS NULL) AS `_4`,
    CASE WHEN `paid` RLIKE '^[+-]?[0-9]+([.]0+)?$' THEN TRY_CAST(SPLIT_PART(`paid`, '.', 1) AS BIGINT) END AS `_5`,
    `customer`.`e mail` AS `_6`
  FROM `_input`
),
`_layer_2` AS (
  SELECT
    *,
    COALESCE(`_1`, `_2`) AS `_3`
  FROM `_layer_1`
),
`_made` AS (
  SELECT
    CASE WHEN `id` IS NULL THEN 'is required, but there is no value' END AS `_reject_1`,
    CASE WHEN `_3` IS NULL THEN 'is required, but there is no value' END AS `_reject_2`,
    CASE WHEN ((`_4`) IS NOT TRUE) AND (`_5` IS NULL) THEN 'TO_INT: is not a whole number of 64 bits' END AS `_reject_3`,
    CASE WHEN `_2` IS NULL THEN 'is required, but there is no value' END AS `_reject_4`,
    CASE WHEN EXISTS(`lines`, `line` -> TRANSFORM(ARRAY(REPLACE(`line`.`sku`, '\'', '\\')), `_7` -> `_7` IS NULL)[0]) THEN 'is required, but there is no value' END AS `_reject_5`,
    CASE WHEN EXISTS(`lines`, `line` -> TRANSFORM(ARRAY(`line`.`count`), `_8` -> TRANSFORM(ARRAY(CASE WHEN `_8` RLIKE '^[+-]?[0-9]+([.]0+)?$' THEN TRY_CAST(SPLIT_PART(`_8`, '.', 1) AS BIGINT) END), `_9` -> TRANSFORM(ARRAY(CASE WHEN `_8` IS NOT NULL THEN `_9` END), `_10` -> CASE WHEN (`_8` IS NOT NULL) AND (`_9` IS NULL) THEN 'TO_INT: is not a whole number of 64 bits' WHEN `_10` IS NULL THEN 'is required, but there is no value' END = 'TO_INT: is not a whole number of 64 bits')[0])[0])[0]) THEN 'TO_INT: is not a whole number of 64 bits' END AS `_reject_6`,
    CASE WHEN EXISTS(`lines`, `line` -> TRANSFORM(ARRAY(`line`.`count`), `_8` -> TRANSFORM(ARRAY(CASE WHEN `_8` RLIKE '^[+-]?[0-9]+([.]0+)?$' THEN TRY_CAST(SPLIT_PART(`_8`, '.', 1) AS BIGINT) END), `_9` -> TRANSFORM(ARRAY(CASE WHEN `_8` IS NOT NULL THEN `_9` END), `_10` -> CASE WHEN (`_8` IS NOT NULL) AND (`_9` IS NULL) THEN 'TO_INT: is not a whole number of 64 bits' WHEN `_10` IS NULL THEN 'is required, but there is no value' END = 'is required, but there is no value')[0])[0])[0]) THEN 'is required, but there is no value' END AS `_reject_7`,
    CASE WHEN EXISTS(`lines`, `element` -> `element` IS NULL) THEN 'the source value is null' END AS `_reject_8`,
    CASE WHEN `state` NOT IN ('new', 'it\'s') THEN 'the source value is not one of the listed values' WHEN `state` IS NULL THEN 'is required, but there is no value' END AS `_reject_9`,
    `_source`
  FROM `_layer_2`
)
SELECT `_source`, `path`, `reason`
FROM `_made`
LATERAL VIEW INLINE(FILTER(ARRAY(NAMED_STRUCT('path', 'id', 'reason', `_reject_1`), NAMED_STRUCT('path', 'from', 'reason', `_reject_2`), NAMED_STRUCT('path', 'paid', 'reason', `_reject_3`), NAMED_STRUCT('path', 'customer.name', 'reason', `_reject_4`), NAMED_STRUCT('path', 'lines[].sku', 'reason', `_reject_5`), NAMED_STRUCT('path', 'lines[].count', 'reason', `_reject_6`), NAMED_STRUCT('path', 'lines[].count', 'reason', `_reject_7`), NAMED_STRUCT('path', 'lines', 'reason', `_reject_8`), NAMED_STRUCT('path', 'state', 'reason', `_reject_9`)), `_e` -> `_e`.`reason` IS NOT NULL)) `_r` AS `path`, `reason`
