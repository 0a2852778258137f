WITH "_input" AS (
  SELECT
    "booking"."bookingId" AS "bookingId",
    "booking"."guest" AS "guest",
    "booking"."kidsAges" AS "kidsAges",
    "booking"."checkIn" AS "checkIn",
    "booking"."nights" AS "nights",
    "booking"."select" AS "select",
    CAST(TO_JSONB(TO_JSONB("booking")) AS TEXT) AS "_source"
  FROM "booking" AS "booking"
),
"_layer_1" AS (
  SELECT
    *,
    ("guest" ->> 'firstName') AS "_1",
    ("guest" ->> 'lastName') AS "_2",
    ("guest" ->> 'email') AS "_4",
    ARRAY_REMOVE("kidsAges", NULL) AS "_5",
    CASE WHEN ("checkIn" ~ '^([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' AND PG_INPUT_IS_VALID(REGEXP_REPLACE("checkIn", '^([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', '\1-\2-\3'), 'DATE')) THEN CAST(REGEXP_REPLACE("checkIn", '^([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', '\1-\2-\3') AS DATE) END AS "_6"
  FROM "_input"
  OFFSET 0
),
"_layer_2" AS (
  SELECT
    *,
    CONCAT_WS(' ', "_1", "_2") AS "_3"
  FROM "_layer_1"
  OFFSET 0
),
"_made" AS (
  SELECT
    CASE WHEN "bookingId" IS NULL THEN 'is required, but there is no value' END AS "_reject_1",
    CASE WHEN "_3" IS NULL THEN 'is required, but there is no value' END AS "_reject_2",
    CASE WHEN NOT ("checkIn" ~ '^([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' AND PG_INPUT_IS_VALID(REGEXP_REPLACE("checkIn", '^([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', '\1-\2-\3'), 'DATE')) THEN 'PARSE_DATE: is not a date of this format' WHEN ("nights" IS NOT NULL) AND ((CASE WHEN CAST(EXTRACT(EPOCH FROM "_6") AS DOUBLE PRECISION) + CAST("nights" AS DOUBLE PRECISION) * 86400 BETWEEN -62140000000 AND 253410000000 THEN CAST("_6" + "nights" * INTERVAL '1 day' AS DATE) END BETWEEN DATE '0001-01-01' AND DATE '9999-12-31') IS NOT TRUE) THEN 'DATE_ADD: leads out of the years 1 to 9999' END AS "_reject_3",
    "_source"
  FROM "_layer_2"
)
SELECT "_source", "_v"."path", "_v"."reason"
FROM "_made" CROSS JOIN LATERAL (VALUES ('reservationId', "_reject_1"), ('guest.fullName', "_reject_2"), ('to', "_reject_3")) AS "_v"("path", "reason")
WHERE "_v"."reason" IS NOT NULL
