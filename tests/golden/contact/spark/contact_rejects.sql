WITH `_input` AS (
  SELECT
    `person`.`id` AS `id`,
    `person`.`name` AS `name`,
    `person`.`group` AS `group`,
    `person`.`home` AS `home`,
    `person`.`phones` AS `phones`,
    TO_JSON(STRUCT(`person`.*)) AS `_source`
  FROM `person` AS `person`
  WHERE ASSERT_TRUE(TYPEOF(CAST(1 AS DECIMAL(38, 9)) * CAST(1 AS DECIMAL(38, 9))) = 'decimal(38,18)' AND CURRENT_TIMEZONE() IN ('UTC', 'Etc/UTC', 'GMT', 'Z'), 'This query needs the session settings spark.sql.decimalOperations.allowPrecisionLoss=false and spark.sql.session.timeZone=UTC') IS NULL
),
`_layer_1` AS (
  SELECT
    *,
    COALESCE(`group`, 'it\'s') AS `_1`,
    CASE WHEN `name` IS NOT NULL THEN STARTSWITH(`name`, 'é') END AS `_2`,
    (`group` <> '\\\'; --') AS `_3`,
    (`home`.`city` IS NULL) AS `_4`
  FROM `_input`
),
`_made` AS (
  SELECT
    CASE WHEN `id` IS NULL THEN 'is required, but there is no value' END AS `_reject_1`,
    CASE WHEN `_1` IS NULL THEN 'is required, but there is no value' END AS `_reject_2`,
    CASE WHEN EXISTS(`phones`, `phone` -> TRANSFORM(ARRAY(`phone`.`number`), `_5` -> `_5` IS NULL)[0]) THEN 'is required, but there is no value' END AS `_reject_3`,
    CASE WHEN EXISTS(`phones`, `element` -> `element` IS NULL) THEN 'the source value is null' END AS `_reject_4`,
    `_source`
  FROM `_layer_1`
)
SELECT `_source`, `path`, `reason`
FROM `_made`
LATERAL VIEW INLINE(FILTER(ARRAY(NAMED_STRUCT('path', 'id', 'reason', `_reject_1`), NAMED_STRUCT('path', 'group', 'reason', `_reject_2`), NAMED_STRUCT('path', 'phones[].number', 'reason', `_reject_3`), NAMED_STRUCT('path', 'phones', 'reason', `_reject_4`)), `_e` -> `_e`.`reason` IS NOT NULL)) `_r` AS `path`, `reason`
