WITH "_input" AS (
  SELECT
    "person"."id" AS "id",
    "person"."name" AS "name",
    "person"."group" AS "group",
    "person"."home" AS "home",
    "person"."phones" AS "phones",
    CAST(TO_JSON("person") AS VARCHAR) AS "_source"
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
    CASE WHEN "id" IS NULL THEN 'is required, but there is no value' END AS "_reject_1",
    CASE WHEN "_1" IS NULL THEN 'is required, but there is no value' END AS "_reject_2",
    CASE WHEN LIST_BOOL_OR(LIST_TRANSFORM("phones", LAMBDA "phone": LIST_TRANSFORM([STRUCT_EXTRACT("phone", 'number')], LAMBDA "_5": "_5" IS NULL)[1])) THEN 'is required, but there is no value' END AS "_reject_3",
    CASE WHEN LIST_BOOL_OR(LIST_TRANSFORM("phones", LAMBDA "element": "element" IS NULL)) THEN 'the source value is null' END AS "_reject_4",
    "_source"
  FROM "_layer_1"
)
SELECT "_source", "_reject"."path" AS "path", "_reject"."reason" AS "reason"
FROM (SELECT "_source", UNNEST(LIST_FILTER([STRUCT_PACK(path := 'id', reason := "_reject_1"), STRUCT_PACK(path := 'group', reason := "_reject_2"), STRUCT_PACK(path := 'phones[].number', reason := "_reject_3"), STRUCT_PACK(path := 'phones', reason := "_reject_4")], LAMBDA "_e": STRUCT_EXTRACT("_e", 'reason') IS NOT NULL)) AS "_reject" FROM "_made" WHERE "_reject_1" IS NOT NULL OR "_reject_2" IS NOT NULL OR "_reject_3" IS NOT NULL OR "_reject_4" IS NOT NULL)
