WITH `_input` AS (
  SELECT
    `person`.`id` AS `id`,
    `person`.`name` AS `name`,
    `person`.`group` AS `group`,
    `person`.`home` AS `home`,
    `person`.`phones` AS `phones`,
    TO_JSON_STRING(`person`) AS `_source`
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
    CASE WHEN `id` IS NULL THEN 'is required, but there is no value' END AS `_reject_1`,
    CASE WHEN `_1` IS NULL THEN 'is required, but there is no value' END AS `_reject_2`,
    CASE WHEN EXISTS (SELECT 1 FROM UNNEST(`phones`) AS `phone` WHERE (SELECT `_5` IS NULL FROM (SELECT `phone`.`number` AS `_5`))) THEN 'is required, but there is no value' END AS `_reject_3`,
    CASE WHEN EXISTS (SELECT 1 FROM UNNEST(`phones`) AS `element` WHERE `element` IS NULL) THEN 'the source value is null' END AS `_reject_4`,
    `_source`
  FROM `_layer_1`
)
SELECT `_source`, `_r`.`path`, `_r`.`reason`
FROM `_made` CROSS JOIN UNNEST(ARRAY(SELECT `_e` FROM UNNEST([STRUCT('id' AS `path`, `_reject_1` AS `reason`), STRUCT('group' AS `path`, `_reject_2` AS `reason`), STRUCT('phones[].number' AS `path`, `_reject_3` AS `reason`), STRUCT('phones' AS `path`, `_reject_4` AS `reason`)]) AS `_e` WITH OFFSET AS `_n` WHERE `_e`.`reason` IS NOT NULL ORDER BY `_n`)) AS `_r`
