WITH `_input` AS (
  SELECT
    `order`.`id` AS `id`,
    `order`.`select` AS `select`,
    `order`.`customer` AS `customer`,
    `order`.`paid` AS `paid`,
    `order`.`lines` AS `lines`,
    `order`.`state` AS `state`
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
    `id` AS `id`,
    `_3` AS `from`,
    CASE WHEN `_4` THEN CAST(0 AS BIGINT) ELSE `_5` END AS `paid`,
    NAMED_STRUCT('name', `_2`, 'domain', CASE WHEN `_6` IS NOT NULL THEN CASE WHEN LOCATE('@', `_6`) > 0 THEN SUBSTRING(`_6`, CAST(LOCATE('@', `_6`) + LENGTH('@') AS INT)) END END) AS `customer`,
    TRANSFORM(`lines`, `line` -> TRANSFORM(ARRAY(REPLACE(`line`.`sku`, '\'', '\\')), `_7` -> TRANSFORM(ARRAY(`line`.`count`), `_8` -> TRANSFORM(ARRAY(CASE WHEN `_8` RLIKE '^[+-]?[0-9]+([.]0+)?$' THEN TRY_CAST(SPLIT_PART(`_8`, '.', 1) AS BIGINT) END), `_9` -> TRANSFORM(ARRAY(CASE WHEN `_8` IS NOT NULL THEN `_9` END), `_10` -> TRANSFORM(ARRAY(`line`.`note`), `_11` -> TRANSFORM(ARRAY(CASE WHEN `_11` RLIKE '^[+-]?[0-9]+([.]0+)?$' THEN TRY_CAST(SPLIT_PART(`_11`, '.', 1) AS BIGINT) END), `_12` -> NAMED_STRUCT('sku', `_7`, 'count', `_10`, 'pieces', CASE WHEN (`_11` IS NOT NULL) AND (`_12` IS NULL) THEN CAST(NULL AS BIGINT) ELSE CASE WHEN `_11` IS NOT NULL THEN `_12` END END))[0])[0])[0])[0])[0])[0]) AS `lines`,
    `state` AS `state`,
    'web\'s' AS `channel`,
    CASE WHEN `id` IS NULL THEN 'is required, but there is no value' END AS `_reject_1`,
    CASE WHEN `_3` IS NULL THEN 'is required, but there is no value' END AS `_reject_2`,
    CASE WHEN ((`_4`) IS NOT TRUE) AND (`_5` IS NULL) THEN 'TO_INT: is not a whole number of 64 bits' END AS `_reject_3`,
    CASE WHEN `_2` IS NULL THEN 'is required, but there is no value' END AS `_reject_4`,
    CASE WHEN EXISTS(`lines`, `line` -> TRANSFORM(ARRAY(REPLACE(`line`.`sku`, '\'', '\\')), `_7` -> `_7` IS NULL)[0]) THEN 'is required, but there is no value' END AS `_reject_5`,
    CASE WHEN EXISTS(`lines`, `line` -> TRANSFORM(ARRAY(`line`.`count`), `_8` -> TRANSFORM(ARRAY(CASE WHEN `_8` RLIKE '^[+-]?[0-9]+([.]0+)?$' THEN TRY_CAST(SPLIT_PART(`_8`, '.', 1) AS BIGINT) END), `_9` -> TRANSFORM(ARRAY(CASE WHEN `_8` IS NOT NULL THEN `_9` END), `_10` -> CASE WHEN (`_8` IS NOT NULL) AND (`_9` IS NULL) THEN 'TO_INT: is not a whole number of 64 bits' WHEN `_10` IS NULL THEN 'is required, but there is no value' END = 'TO_INT: is not a whole number of 64 bits')[0])[0])[0]) THEN 'TO_INT: is not a whole number of 64 bits' END AS `_reject_6`,
    CASE WHEN EXISTS(`lines`, `line` -> TRANSFORM(ARRAY(`line`.`count`), `_8` -> TRANSFORM(ARRAY(CASE WHEN `_8` RLIKE '^[+-]?[0-9]+([.]0+)?$' THEN TRY_CAST(SPLIT_PART(`_8`, '.', 1) AS BIGINT) END), `_9` -> TRANSFORM(ARRAY(CASE WHEN `_8` IS NOT NULL THEN `_9` END), `_10` -> CASE WHEN (`_8` IS NOT NULL) AND (`_9` IS NULL) THEN 'TO_INT: is not a whole number of 64 bits' WHEN `_10` IS NULL THEN 'is required, but there is no value' END = 'is required, but there is no value')[0])[0])[0]) THEN 'is required, but there is no value' END AS `_reject_7`,
    CASE WHEN EXISTS(`lines`, `element` -> `element` IS NULL) THEN 'the source value is null' END AS `_reject_8`,
    CASE WHEN `state` NOT IN ('new', 'it\'s') THEN 'the source value is not one of the listed values' WHEN `state` IS NULL THEN 'is required, but there is no value' END AS `_reject_9`
  FROM `_layer_2`
)
SELECT
  `id`,
  `from`,
  `paid`,
  `customer`,
  `lines`,
  `state`,
  `channel`
FROM `_made`
WHERE `_reject_1` IS NULL
  AND `_reject_2` IS NULL
  AND `_reject_3` IS NULL
  AND `_reject_4` IS NULL
  AND `_reject_5` IS NULL
  AND `_reject_6` IS NULL
  AND `_reject_7` IS NULL
  AND `_reject_8` IS NULL
  AND `_reject_9` IS NULL
