WITH "_input" AS (
  SELECT
    "person"."id" AS "id",
    "person"."name" AS "name",
    "person"."group" AS "group",
    "person"."home" AS "home",
    "person"."phones" AS "phones",
    TO_JSON(OBJECT_CONSTRUCT_KEEP_NULL("person".*)) AS "_source"
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
    CASE WHEN "id" IS NULL THEN 'is required, but there is no value' END AS "_reject_1",
    CASE WHEN "_1" IS NULL THEN 'is required, but there is no value' END AS "_reject_2",
    CASE WHEN ARRAY_SIZE(FILTER("phones", "phone" -> GET(TRANSFORM(ARRAY_CONSTRUCT(CAST(GET(CAST("phone" AS OBJECT), 'number') AS VARCHAR)), "_5" -> "_5" IS NULL), 0))) > 0 THEN 'is required, but there is no value' END AS "_reject_3",
    CASE WHEN ARRAY_SIZE(FILTER("phones", "element" -> (CAST("element" AS OBJECT) IS NULL))) > 0 THEN 'the source value is null' END AS "_reject_4",
    "_source"
  FROM "_layer_1"
)
SELECT "_source", 'id' AS "path", "_reject_1" AS "reason"
FROM "_made"
WHERE "_reject_1" IS NOT NULL
UNION ALL
SELECT "_source", 'group' AS "path", "_reject_2" AS "reason"
FROM "_made"
WHERE "_reject_2" IS NOT NULL
UNION ALL
SELECT "_source", 'phones[].number' AS "path", "_reject_3" AS "reason"
FROM "_made"
WHERE "_reject_3" IS NOT NULL
UNION ALL
SELECT "_source", 'phones' AS "path", "_reject_4" AS "reason"
FROM "_made"
WHERE "_reject_4" IS NOT NULL
