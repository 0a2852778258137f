WITH "_input" AS (
  SELECT
    "booking"."bookingId" AS "bookingId",
    "booking"."guest" AS "guest",
    "booking"."kidsAges" AS "kidsAges",
    "booking"."checkIn" AS "checkIn",
    "booking"."nights" AS "nights",
    "booking"."select" AS "select"
  FROM "booking" AS "booking"
),
"_layer_1" AS (
  SELECT
    *,
    STRUCT_EXTRACT("guest", 'firstName') AS "_1",
    STRUCT_EXTRACT("guest", 'lastName') AS "_2",
    LIST_FILTER("kidsAges", LAMBDA "_e": "_e" IS NOT NULL) AS "_4",
    CASE WHEN REGEXP_MATCHES("checkIn", '^([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$') THEN TRY_CAST(REGEXP_REPLACE("checkIn", '^([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', '\1-\2-\3') AS DATE) END AS "_5"
  FROM "_input"
),
"_layer_2" AS (
  SELECT
    *,
    CONCAT_WS(' ', "_1", "_2") AS "_3"
  FROM "_layer_1"
),
"_made" AS (
  SELECT
    "bookingId" AS "reservationId",
    STRUCT_PACK("fullName" := "_3", "email" := LOWER(STRUCT_EXTRACT("guest", 'email'))) AS "guest",
    LEN("kidsAges") AS "numberOfKids",
    CASE WHEN "_4" IS NOT NULL THEN LIST_MAX("_4") END AS "oldest",
    CASE WHEN "_5" IS NULL THEN CAST('1970-01-01' AS DATE) ELSE "_5" END AS "from",
    CASE WHEN "nights" IS NOT NULL THEN CASE WHEN CASE WHEN CAST(EXTRACT(EPOCH FROM "_5") AS DOUBLE) + CAST("nights" AS DOUBLE) * 86400 BETWEEN -62140000000 AND 253410000000 THEN CAST("_5" + "nights" * INTERVAL 1 day AS DATE) END BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN CASE WHEN CAST(EXTRACT(EPOCH FROM "_5") AS DOUBLE) + CAST("nights" AS DOUBLE) * 86400 BETWEEN -62140000000 AND 253410000000 THEN CAST("_5" + "nights" * INTERVAL 1 day AS DATE) END END END AS "to",
    UPPER("select") AS "select",
    '''); DROP TABLE x; --\' AS "inject""; DROP TABLE x; --",
    CASE WHEN "bookingId" IS NULL THEN 'is required, but there is no value' END AS "_reject_1",
    CASE WHEN "_3" IS NULL THEN 'is required, but there is no value' END AS "_reject_2",
    CASE WHEN "_5" IS NULL THEN 'PARSE_DATE: is not a date of this format' WHEN ("nights" IS NOT NULL) AND ((CASE WHEN CAST(EXTRACT(EPOCH FROM "_5") AS DOUBLE) + CAST("nights" AS DOUBLE) * 86400 BETWEEN -62140000000 AND 253410000000 THEN CAST("_5" + "nights" * INTERVAL 1 day AS DATE) END BETWEEN DATE '0001-01-01' AND DATE '9999-12-31') IS NOT TRUE) THEN 'DATE_ADD: leads out of the years 1 to 9999' END AS "_reject_3"
  FROM "_layer_2"
)
SELECT
  "reservationId",
  "guest",
  "numberOfKids",
  "oldest",
  "from",
  "to",
  "select",
  "inject""; DROP TABLE x; --",
  CASE WHEN ("_reject_1" IS NOT NULL) OR ("_reject_2" IS NOT NULL) OR ("_reject_3" IS NOT NULL) THEN LIST_FILTER([STRUCT_PACK(path := 'reservationId', reason := "_reject_1"), STRUCT_PACK(path := 'guest.fullName', reason := "_reject_2"), STRUCT_PACK(path := 'to', reason := "_reject_3")], LAMBDA "_e": STRUCT_EXTRACT("_e", 'reason') IS NOT NULL) END AS "_rejects"
FROM "_made"
