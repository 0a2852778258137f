WITH "_input" AS (
  SELECT
    "order"."id" AS "id",
    "order"."select" AS "select",
    "order"."customer" AS "customer",
    "order"."paid" AS "paid",
    "order"."lines" AS "lines",
    "order"."state" AS "state"
  FROM "order" AS "order"
),
"_layer_1" AS (
  SELECT
    *,
    TRIM("select", E'	
\r                  　') AS "_1",
    STRUCT_EXTRACT("customer", 'name') AS "_2",
    ("paid" IS NULL) AS "_4",
    CASE WHEN REGEXP_FULL_MATCH("paid", '^[+-]?[0-9]+([.]0+)?$') THEN TRY_CAST(SPLIT_PART("paid", '.', 1) AS BIGINT) END AS "_5",
    STRUCT_EXTRACT("customer", 'e mail') AS "_6"
  FROM "_input"
),
"_layer_2" AS (
  SELECT
    *,
    COALESCE("_1", "_2") AS "_3"
  FROM "_layer_1"
),
"_made" AS (
  SELECT
    "id" AS "id",
    "_3" AS "from",
    CASE WHEN "_4" THEN CAST(0 AS BIGINT) ELSE "_5" END AS "paid",
    STRUCT_PACK("name" := "_2", "domain" := CASE WHEN "_6" IS NOT NULL THEN CASE WHEN STRPOS("_6", '@') > 0 THEN SUBSTRING("_6", CAST(STRPOS("_6", '@') + LENGTH('@') AS INT)) END END) AS "customer",
    LIST_TRANSFORM("lines", LAMBDA "line": LIST_TRANSFORM([REPLACE(STRUCT_EXTRACT("line", 'sku'), '''', '\')], LAMBDA "_7": LIST_TRANSFORM([STRUCT_EXTRACT("line", 'count')], LAMBDA "_8": LIST_TRANSFORM([CASE WHEN REGEXP_FULL_MATCH("_8", '^[+-]?[0-9]+([.]0+)?$') THEN TRY_CAST(SPLIT_PART("_8", '.', 1) AS BIGINT) END], LAMBDA "_9": LIST_TRANSFORM([CASE WHEN "_8" IS NOT NULL THEN "_9" END], LAMBDA "_10": LIST_TRANSFORM([STRUCT_EXTRACT("line", 'note')], LAMBDA "_11": LIST_TRANSFORM([CASE WHEN REGEXP_FULL_MATCH("_11", '^[+-]?[0-9]+([.]0+)?$') THEN TRY_CAST(SPLIT_PART("_11", '.', 1) AS BIGINT) END], LAMBDA "_12": STRUCT_PACK("sku" := "_7", "count" := "_10", "pieces" := CASE WHEN ("_11" IS NOT NULL) AND ("_12" IS NULL) THEN CAST(NULL AS BIGINT) ELSE CASE WHEN "_11" IS NOT NULL THEN "_12" END END))[1])[1])[1])[1])[1])[1]) AS "lines",
    "state" AS "state",
    'web''s' AS "channel",
    CASE WHEN "id" IS NULL THEN 'is required, but there is no value' END AS "_reject_1",
    CASE WHEN "_3" IS NULL THEN 'is required, but there is no value' END AS "_reject_2",
    CASE WHEN (("_4") IS NOT TRUE) AND ("_5" IS NULL) THEN 'TO_INT: is not a whole number of 64 bits' END AS "_reject_3",
    CASE WHEN "_2" IS NULL THEN 'is required, but there is no value' END AS "_reject_4",
    CASE WHEN LIST_BOOL_OR(LIST_TRANSFORM("lines", LAMBDA "line": LIST_TRANSFORM([REPLACE(STRUCT_EXTRACT("line", 'sku'), '''', '\')], LAMBDA "_7": "_7" IS NULL)[1])) THEN 'is required, but there is no value' END AS "_reject_5",
    CASE WHEN LIST_BOOL_OR(LIST_TRANSFORM("lines", LAMBDA "line": LIST_TRANSFORM([STRUCT_EXTRACT("line", 'count')], LAMBDA "_8": LIST_TRANSFORM([CASE WHEN REGEXP_FULL_MATCH("_8", '^[+-]?[0-9]+([.]0+)?$') THEN TRY_CAST(SPLIT_PART("_8", '.', 1) AS BIGINT) END], LAMBDA "_9": LIST_TRANSFORM([CASE WHEN "_8" IS NOT NULL THEN "_9" END], LAMBDA "_10": CASE WHEN ("_8" IS NOT NULL) AND ("_9" IS NULL) THEN 'TO_INT: is not a whole number of 64 bits' WHEN "_10" IS NULL THEN 'is required, but there is no value' END = 'TO_INT: is not a whole number of 64 bits')[1])[1])[1])) THEN 'TO_INT: is not a whole number of 64 bits' END AS "_reject_6",
    CASE WHEN LIST_BOOL_OR(LIST_TRANSFORM("lines", LAMBDA "line": LIST_TRANSFORM([STRUCT_EXTRACT("line", 'count')], LAMBDA "_8": LIST_TRANSFORM([CASE WHEN REGEXP_FULL_MATCH("_8", '^[+-]?[0-9]+([.]0+)?$') THEN TRY_CAST(SPLIT_PART("_8", '.', 1) AS BIGINT) END], LAMBDA "_9": LIST_TRANSFORM([CASE WHEN "_8" IS NOT NULL THEN "_9" END], LAMBDA "_10": CASE WHEN ("_8" IS NOT NULL) AND ("_9" IS NULL) THEN 'TO_INT: is not a whole number of 64 bits' WHEN "_10" IS NULL THEN 'is required, but there is no value' END = 'is required, but there is no value')[1])[1])[1])) THEN 'is required, but there is no value' END AS "_reject_7",
    CASE WHEN LIST_BOOL_OR(LIST_TRANSFORM("lines", LAMBDA "element": "element" IS NULL)) THEN 'the source value is null' END AS "_reject_8",
    CASE WHEN "state" NOT IN ('new', 'it''s') THEN 'the source value is not one of the listed values' WHEN "state" IS NULL THEN 'is required, but there is no value' END AS "_reject_9"
  FROM "_layer_2"
)
SELECT
  "id",
  "from",
  "paid",
  "customer",
  "lines",
  "state",
  "channel"
FROM "_made"
WHERE "_reject_1" IS NULL
  AND "_reject_2" IS NULL
  AND "_reject_3" IS NULL
  AND "_reject_4" IS NULL
  AND "_reject_5" IS NULL
  AND "_reject_6" IS NULL
  AND "_reject_7" IS NULL
  AND "_reject_8" IS NULL
  AND "_reject_9" IS NULL
