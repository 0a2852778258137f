WITH `_input` AS (
  SELECT
    `booking`.`bookingId` AS `bookingId`,
    `booking`.`guest` AS `guest`,
    `booking`.`kidsAges` AS `kidsAges`,
    `booking`.`checkIn` AS `checkIn`,
    `booking`.`nights` AS `nights`,
    `booking`.`select` AS `select`
  FROM `booking` AS `booking`
  WHERE ASSERT_TRUE(TYPEOF(CAST(1 AS DECIMAL(38, 9)) * CAST(1 AS DECIMAL(38, 9))) = 'decimal(38,18)' AND CURRENT_TIMEZONE() IN ('UTC', 'Etc/UTC', 'GMT', 'Z'), 'This query needs the session settings spark.sql.decimalOperations.allowPrecisionLoss=false and spark.sql.session.timeZone=UTC') IS NULL
),
`_layer_1` AS (
  SELECT
    *,
    `guest`.`firstName` AS `_1`,
    `guest`.`lastName` AS `_2`,
    `guest`.`email` AS `_4`,
    ARRAY_COMPACT(`kidsAges`) AS `_5`,
    CASE WHEN `checkIn` RLIKE '^([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(?![^0]|0)' THEN TRY_CAST(REGEXP_REPLACE(`checkIn`, '^([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(?![^0]|0)', '$1-$2-$3') AS DATE) END AS `_6`
  FROM `_input`
),
`_layer_2` AS (
  SELECT
    *,
    CONCAT_WS(' ', `_1`, `_2`) AS `_3`
  FROM `_layer_1`
),
`_made` AS (
  SELECT
    `bookingId` AS `reservationId`,
    NAMED_STRUCT('fullName', `_3`, 'email', CASE WHEN `_4` IS NOT NULL THEN CASE WHEN `_4` RLIKE '^[ -~]*$' THEN LOWER(`_4`) ELSE ARRAY_JOIN(TRANSFORM(SPLIT(`_4`, ''), letter -> LEFT(LOWER(letter), 1)), '') END END) AS `guest`,
    CASE WHEN `kidsAges` IS NOT NULL THEN CAST(SIZE(`kidsAges`) AS BIGINT) END AS `numberOfKids`,
    CASE WHEN `_5` IS NOT NULL THEN ARRAY_MAX(`_5`) END AS `oldest`,
    CASE WHEN `_6` IS NULL THEN CAST('1970-01-01' AS DATE) ELSE `_6` END AS `from`,
    CASE WHEN `nights` IS NOT NULL THEN CASE WHEN CASE WHEN CAST(UNIX_SECONDS(CAST(`_6` AS TIMESTAMP)) AS DOUBLE) + CAST(`nights` AS DOUBLE) * 86400 BETWEEN -62140000000 AND 253410000000 THEN CAST(DATEADD(day, CAST(`nights` AS INT), CAST(`_6` AS TIMESTAMP_NTZ)) AS DATE) END BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN CASE WHEN CAST(UNIX_SECONDS(CAST(`_6` AS TIMESTAMP)) AS DOUBLE) + CAST(`nights` AS DOUBLE) * 86400 BETWEEN -62140000000 AND 253410000000 THEN CAST(DATEADD(day, CAST(`nights` AS INT), CAST(`_6` AS TIMESTAMP_NTZ)) AS DATE) END END END AS `to`,
    CASE WHEN `select` IS NOT NULL THEN CASE WHEN `select` RLIKE '^[ -~]*$' THEN UPPER(`select`) ELSE ARRAY_JOIN(TRANSFORM(SPLIT(REPLACE(`select`, 'ß', 'ẞ'), ''), letter -> CASE WHEN CHAR_LENGTH(UPPER(letter)) = 1 THEN UPPER(letter) WHEN CHAR_LENGTH(INITCAP(letter)) = 1 THEN INITCAP(letter) ELSE letter END), '') END END AS `select`,
    '\'); DROP TABLE x; --\\' AS `inject"; DROP TABLE x; --`,
    CASE WHEN `bookingId` IS NULL THEN 'is required, but there is no value' END AS `_reject_1`,
    CASE WHEN `_3` IS NULL THEN 'is required, but there is no value' END AS `_reject_2`,
    CASE WHEN `_6` IS NULL THEN 'PARSE_DATE: is not a date of this format' WHEN (`nights` IS NOT NULL) AND ((CASE WHEN CAST(UNIX_SECONDS(CAST(`_6` AS TIMESTAMP)) AS DOUBLE) + CAST(`nights` AS DOUBLE) * 86400 BETWEEN -62140000000 AND 253410000000 THEN CAST(DATEADD(day, CAST(`nights` AS INT), CAST(`_6` AS TIMESTAMP_NTZ)) AS DATE) END BETWEEN DATE '0001-01-01' AND DATE '9999-12-31') IS NOT TRUE) THEN 'DATE_ADD: leads out of the years 1 to 9999' END AS `_reject_3`
  FROM `_layer_2`
)
SELECT
  `reservationId`,
  `guest`,
  `numberOfKids`,
  `oldest`,
  `from`,
  `to`,
  `select`,
  `inject"; DROP TABLE x; --`
FROM `_made`
WHERE `_reject_1` IS NULL
  AND `_reject_2` IS NULL
  AND `_reject_3` IS NULL
