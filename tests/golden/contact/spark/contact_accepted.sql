WITH `_input` AS (
  SELECT
    `person`.`id` AS `id`,
    `person`.`name` AS `name`,
    `person`.`group` AS `group`,
    `person`.`home` AS `home`,
    `person`.`phones` AS `phones`
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
    `id` AS `id`,
    CASE WHEN `name` IS NOT NULL THEN CASE WHEN LOCATE(' ', `name`) > 0 THEN LEFT(`name`, CAST(LOCATE(' ', `name`) AS INT) - 1) END END AS `first`,
    `_1` AS `group`,
    (`_2` AND `_3`) AS `is known`,
    NAMED_STRUCT('city', CASE WHEN `_4` THEN '?' ELSE `home`.`city` END, 'country', 'SE') AS `address`,
    TRANSFORM(`phones`, `phone` -> TRANSFORM(ARRAY(`phone`.`number`), `_5` -> NAMED_STRUCT('number', `_5`, 'kind', REPLACE(`phone`.`select`, '-', '')))[0]) AS `phones`,
    LENGTH(`name`) AS `length`,
    CASE WHEN `id` IS NULL THEN 'is required, but there is no value' END AS `_reject_1`,
    CASE WHEN `_1` IS NULL THEN 'is required, but there is no value' END AS `_reject_2`,
    CASE WHEN EXISTS(`phones`, `phone` -> TRANSFORM(ARRAY(`phone`.`number`), `_5` -> `_5` IS NULL)[0]) THEN 'is required, but there is no value' END AS `_reject_3`,
    CASE WHEN EXISTS(`phones`, `element` -> `element` IS NULL) THEN 'the source value is null' END AS `_reject_4`
  FROM `_layer_1`
)
SELECT
  `id`,
  `first`,
  `group`,
  `is known`,
  `address`,
  `phones`,
  `length`
FROM `_made`
WHERE `_reject_1` IS NULL
  AND `_reject_2` IS NULL
  AND `_reject_3` IS NULL
  AND `_reject_4` IS NULL
