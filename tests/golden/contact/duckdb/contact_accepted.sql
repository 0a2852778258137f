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
    STARTS_WITH("name", 'é') AS "_2",
    ("group" <> '\''; --') AS "_3",
    (STRUCT_EXTRACT("home", 'city') IS NULL) AS "_4"
  FROM "_input"
),
"_made" AS (
  SELECT
    "id" AS "id",
    CASE WHEN "name" IS NOT NULL THEN CASE WHEN STRPOS("name", ' ') > 0 THEN LEFT("name", CAST(STRPOS("name", ' ') AS INT) - 1) END END AS "first",
    "_1" AS "group",
    ("_2" AND "_3") AS "is known",
    STRUCT_PACK("city" := CASE WHEN "_4" THEN '?' ELSE STRUCT_EXTRACT("home", 'city') END, "country" := 'SE') AS "address",
    LIST_TRANSFORM("phones", LAMBDA "phone": LIST_TRANSFORM([STRUCT_EXTRACT("phone", 'number')], LAMBDA "_5": STRUCT_PACK("number" := "_5", "kind" := REPLACE(STRUCT_EXTRACT("phone", 'select'), '-', '')))[1]) AS "phones",
    LENGTH("name") AS "length",
    CASE WHEN "id" IS NULL THEN 'is required, but there is no value' END AS "_reject_1",
    CASE WHEN "_1" IS NULL THEN 'is required, but there is no value' END AS "_reject_2",
    CASE WHEN LIST_BOOL_OR(LIST_TRANSFORM("phones", LAMBDA "phone": LIST_TRANSFORM([STRUCT_EXTRACT("phone", 'number')], LAMBDA "_5": "_5" IS NULL)[1])) THEN 'is required, but there is no value' END AS "_reject_3",
    CASE WHEN LIST_BOOL_OR(LIST_TRANSFORM("phones", LAMBDA "element": "element" IS NULL)) THEN 'the source value is null' END AS "_reject_4"
  FROM "_layer_1"
)
SELECT
  "id",
  "first",
  "group",
  "is known",
  "address",
  "phones",
  "length"
FROM "_made"
WHERE "_reject_1" IS NULL
  AND "_reject_2" IS NULL
  AND "_reject_3" IS NULL
  AND "_reject_4" IS NULL
