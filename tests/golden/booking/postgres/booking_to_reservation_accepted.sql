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
    "bookingId" AS "reservationId",
    JSONB_BUILD_OBJECT('fullName', "_3", 'email', CASE WHEN "_4" IS NOT NULL THEN LOWER("_4" COLLATE pg_c_utf8) END) AS "guest",
    CASE WHEN "kidsAges" IS NOT NULL THEN CARDINALITY("kidsAges") END AS "numberOfKids",
    CASE WHEN "_5" IS NOT NULL THEN (SELECT MAX(item_) FROM UNNEST("_5") AS items(item_)) END AS "oldest",
    CASE WHEN NOT ("checkIn" ~ '^([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' AND PG_INPUT_IS_VALID(REGEXP_REPLACE("checkIn", '^([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', '\1-\2-\3'), 'DATE')) THEN CAST('1970-01-01' AS DATE) ELSE CASE WHEN ("checkIn" ~ '^([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' AND PG_INPUT_IS_VALID(REGEXP_REPLACE("checkIn", '^([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', '\1-\2-\3'), 'DATE')) THEN CAST(REGEXP_REPLACE("checkIn", '^([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', '\1-\2-\3') AS DATE) END END AS "from",
    CASE WHEN "nights" IS NOT NULL THEN CASE WHEN CASE WHEN CAST(EXTRACT(EPOCH FROM "_6") AS DOUBLE PRECISION) + CAST("nights" AS DOUBLE PRECISION) * 86400 BETWEEN -62140000000 AND 253410000000 THEN CAST("_6" + "nights" * INTERVAL '1 day' AS DATE) END BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN CASE WHEN CAST(EXTRACT(EPOCH FROM "_6") AS DOUBLE PRECISION) + CAST("nights" AS DOUBLE PRECISION) * 86400 BETWEEN -62140000000 AND 253410000000 THEN CAST("_6" + "nights" * INTERVAL '1 day' AS DATE) END END END AS "to",
    CASE WHEN "select" IS NOT NULL THEN UPPER(REPLACE("select", 'ß', 'ẞ') COLLATE pg_c_utf8) END AS "select",
    CAST('''); DROP TABLE x; --\' AS TEXT) AS "inject""; DROP TABLE x; --",
    CASE WHEN "bookingId" IS NULL THEN 'is required, but there is no value' END AS "_reject_1",
    CASE WHEN "_3" IS NULL THEN 'is required, but there is no value' END AS "_reject_2",
    CASE WHEN NOT ("checkIn" ~ '^([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' AND PG_INPUT_IS_VALID(REGEXP_REPLACE("checkIn", '^([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', '\1-\2-\3'), 'DATE')) THEN 'PARSE_DATE: is not a date of this format' WHEN ("nights" IS NOT NULL) AND ((CASE WHEN CAST(EXTRACT(EPOCH FROM "_6") AS DOUBLE PRECISION) + CAST("nights" AS DOUBLE PRECISION) * 86400 BETWEEN -62140000000 AND 253410000000 THEN CAST("_6" + "nights" * INTERVAL '1 day' AS DATE) END BETWEEN DATE '0001-01-01' AND DATE '9999-12-31') IS NOT TRUE) THEN 'DATE_ADD: leads out of the years 1 to 9999' END AS "_reject_3"
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
  "inject""; DROP TABLE x; --"
FROM "_made"
WHERE "_reject_1" IS NULL
  AND "_reject_2" IS NULL
  AND "_reject_3" IS NULL
