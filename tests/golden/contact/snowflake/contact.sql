WITH "_input" AS (
  SELECT
    "person"."id" AS "id",
    "person"."name" AS "name",
    "person"."group" AS "group",
    "person"."home" AS "home",
    "person"."phones" AS "phones"
  FROM "person" AS "person"
),
"_layer_1" AS (
  SELECT
    *,
    COALESCE("group", 'it''s') AS "_1",
    CASE WHEN "name" IS NOT NULL THEN STARTSWITH("name", 'é') END AS "_2",
    ("group" <> '\\''; --') AS "_3",
    (CAST(GET("home", 'city') AS VARCHAR) IS NULL) AS "_4"
  FROM "_input"
),
"_made" AS (
  SELECT
    "id" AS "id",
    CASE WHEN "name" IS NOT NULL THEN CASE WHEN CHARINDEX(' ', "name") > 0 THEN LEFT("name", CAST(CHARINDEX(' ', "name") AS INT) - 1) END END AS "first",
    "_1" AS "group",
    ("_2" AND "_3") AS "is known",
    OBJECT_CONSTRUCT_KEEP_NULL('city', CASE WHEN "_4" THEN '?' ELSE CAST(GET("home", 'city') AS VARCHAR) END, 'country', 'SE') AS "address",
    TRANSFORM("phones", "phone" -> GET(TRANSFORM(ARRAY_CONSTRUCT(CAST(GET(CAST("phone" AS OBJECT), 'number') AS VARCHAR)), "_5" -> OBJECT_CONSTRUCT_KEEP_NULL('number', "_5", 'kind', REPLACE(CAST(GET(CAST("phone" AS OBJECT), 'select') AS VARCHAR), '-', ''))), 0)) AS "phones",
    LENGTH("name") AS "length",
    CASE WHEN "id" IS NULL THEN 'is required, but there is no value' END AS "_reject_1",
    CASE WHEN "_1" IS NULL THEN 'is required, but there is no value' END AS "_reject_2",
    CASE WHEN ARRAY_SIZE(FILTER("phones", "phone" -> GET(TRANSFORM(ARRAY_CONSTRUCT(CAST(GET(CAST("phone" AS OBJECT), 'number') AS VARCHAR)), "_5" -> "_5" IS NULL), 0))) > 0 THEN 'is required, but there is no value' END AS "_reject_3",
    CASE WHEN ARRAY_SIZE(FILTER("phones", "element" -> (CAST("element" AS OBJECT) IS NULL))) > 0 THEN 'the source value is null' END AS "_reject_4"
  FROM "_layer_1"
)
SELECT
  "id",
  "first",
  "group",
  "is known",
  "address",
  "phones",
  "length",
  CASE WHEN ("_reject_1" IS NOT NULL) OR ("_reject_2" IS NOT NULL) OR ("_reject_3" IS NOT NULL) OR ("_reject_4" IS NOT NULL) THEN FILTER(ARRAY_CONSTRUCT(OBJECT_CONSTRUCT('path', 'id', 'reason', "_reject_1"), OBJECT_CONSTRUCT('path', 'group', 'reason', "_reject_2"), OBJECT_CONSTRUCT('path', 'phones[].number', 'reason', "_reject_3"), OBJECT_CONSTRUCT('path', 'phones', 'reason', "_reject_4")), "_e" -> GET("_e", 'reason') IS NOT NULL) END AS "_rejects"
FROM "_made"
