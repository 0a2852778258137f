WITH `_input` AS (
  SELECT
    `person`.`id` AS `id`,
    `person`.`name` AS `name`,
    `person`.`group` AS `group`,
    `person`.`home` AS `home`,
    `person`.`phones` AS `phones`
  FROM `person` AS `person`
),
`_layer_1` AS (
  SELECT
    *,
    COALESCE(`group`, 'it\'s') AS `_1`,
    STARTS_WITH(`name`, 'é') AS `_2`,
    (`group` <> '\\\'; --') AS `_3`,
    (`home`.`city` IS NULL) AS `_4`
  FROM `_input`
),
`_made` AS (
  SELECT
    `id` AS `id`,
    CASE WHEN `name` IS NOT NULL THEN CASE WHEN INSTR(`name`, ' ') > 0 THEN LEFT(`name`, CAST(INSTR(`name`, ' ') AS INT64) - 1) END END AS `first`,
    `_1` AS `group`,
    (`_2` AND `_3`) AS `is known`,
    STRUCT(CASE WHEN `_4` THEN '?' ELSE `home`.`city` END AS `city`, 'SE' AS `country`) AS `address`,
    CASE WHEN `phones` IS NOT NULL THEN ARRAY(SELECT (SELECT STRUCT(`_5` AS `number`, REPLACE(`phone`.`select`, '-', '') AS `kind`) FROM (SELECT `phone`.`number` AS `_5`)) FROM UNNEST(`phones`) AS `phone` WITH OFFSET AS `_n` ORDER BY `_n`) END AS `phones`,
    LENGTH(`name`) AS `length`,
    CASE WHEN `id` IS NULL THEN 'is required, but there is no value' END AS `_reject_1`,
    CASE WHEN `_1` IS NULL THEN 'is required, but there is no value' END AS `_reject_2`,
    CASE WHEN EXISTS (SELECT 1 FROM UNNEST(`phones`) AS `phone` WHERE (SELECT `_5` IS NULL FROM (SELECT `phone`.`number` AS `_5`))) THEN 'is required, but there is no value' END AS `_reject_3`,
    CASE WHEN EXISTS (SELECT 1 FROM UNNEST(`phones`) AS `element` WHERE `element` IS NULL) THEN 'the source value is null' END AS `_reject_4`
  FROM `_layer_1`
)
SELECT
  `id`,
  `first`,
  `group`,
  `is known`,
  `address`,
  `phones`,
  `length`,
  CASE WHEN (`_reject_1` IS NOT NULL) OR (`_reject_2` IS NOT NULL) OR (`_reject_3` IS NOT NULL) OR (`_reject_4` IS NOT NULL) THEN ARRAY(SELECT `_e` FROM UNNEST([STRUCT('id' AS `path`, `_reject_1` AS `reason`), STRUCT('group' AS `path`, `_reject_2` AS `reason`), STRUCT('phones[].number' AS `path`, `_reject_3` AS `reason`), STRUCT('phones' AS `path`, `_reject_4` AS `reason`)]) AS `_e` WITH OFFSET AS `_n` WHERE `_e`.`reason` IS NOT NULL ORDER BY `_n`) END AS `_rejects`
FROM `_made`
