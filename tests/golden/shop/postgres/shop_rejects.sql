WITH "_input" AS (
  SELECT
    "order"."id" AS "id",
    "order"."select" AS "select",
    "order"."customer" AS "customer",
    "order"."paid" AS "paid",
    "order"."lines" AS "lines",
    "order"."state" AS "state",
    CAST(TO_JSONB(TO_JSONB("order")) AS TEXT) AS "_source"
  FROM "order" AS "order"
),
"_layer_1" AS (
  SELECT
    *,
    CASE WHEN "select" IS NOT NULL THEN TRIM(E'	
\r                  　' FROM "select") END AS "_1",
    ("customer" ->> 'name') AS "_2",
    ("paid" IS NULL) AS "_4",
    ("customer" ->> 'e mail') AS "_5"
  FROM "_input"
  OFFSET 0
),
"_layer_2" AS (
  SELECT
    *,
    COALESCE("_1", "_2") AS "_3"
  FROM "_layer_1"
  OFFSET 0
),
"_made" AS (
  SELECT
    CASE WHEN "id" IS NULL THEN 'is required, but there is no value' END AS "_reject_1",
    CASE WHEN "_3" IS NULL THEN 'is required, but there is no value' END AS "_reject_2",
    CASE WHEN (("_4") IS NOT TRUE) AND (NOT ("paid" ~ '^[+-]?[0-9]+([.]0+)?$' AND PG_INPUT_IS_VALID(SPLIT_PART("paid", '.', 1), 'BIGINT'))) THEN 'TO_INT: is not a whole number of 64 bits' END AS "_reject_3",
    CASE WHEN "_2" IS NULL THEN 'is required, but there is no value' END AS "_reject_4",
    CASE WHEN EXISTS (SELECT 1 FROM UNNEST("lines") AS "_t"("line") WHERE (SELECT "_6" IS NULL FROM (SELECT REPLACE(("line" ->> 'sku'), CAST('''' AS TEXT), CAST('\' AS TEXT)) AS "_6" OFFSET 0) AS "_l")) THEN 'is required, but there is no value' END AS "_reject_5",
    CASE WHEN EXISTS (SELECT 1 FROM UNNEST("lines") AS "_t"("line") WHERE (SELECT (SELECT CASE WHEN ("_7" IS NOT NULL) AND (NOT ("_7" ~ '^[+-]?[0-9]+([.]0+)?$' AND PG_INPUT_IS_VALID(SPLIT_PART("_7", '.', 1), 'BIGINT'))) THEN 'TO_INT: is not a whole number of 64 bits' WHEN "_8" IS NULL THEN 'is required, but there is no value' END = 'TO_INT: is not a whole number of 64 bits' FROM (SELECT CASE WHEN "_7" IS NOT NULL THEN CASE WHEN "_7" ~ '^[+-]?[0-9]+([.]0+)?$' AND PG_INPUT_IS_VALID(SPLIT_PART("_7", '.', 1), 'BIGINT') THEN CAST(SPLIT_PART("_7", '.', 1) AS BIGINT) END END AS "_8" OFFSET 0) AS "_l") FROM (SELECT ("line" ->> 'count') AS "_7" OFFSET 0) AS "_l")) THEN 'TO_INT: is not a whole number of 64 bits' END AS "_reject_6",
    CASE WHEN EXISTS (SELECT 1 FROM UNNEST("lines") AS "_t"("line") WHERE (SELECT (SELECT CASE WHEN ("_7" IS NOT NULL) AND (NOT ("_7" ~ '^[+-]?[0-9]+([.]0+)?$' AND PG_INPUT_IS_VALID(SPLIT_PART("_7", '.', 1), 'BIGINT'))) THEN 'TO_INT: is not a whole number of 64 bits' WHEN "_8" IS NULL THEN 'is required, but there is no value' END = 'is required, but there is no value' FROM (SELECT CASE WHEN "_7" IS NOT NULL THEN CASE WHEN "_7" ~ '^[+-]?[0-9]+([.]0+)?$' AND PG_INPUT_IS_VALID(SPLIT_PART("_7", '.', 1), 'BIGINT') THEN CAST(SPLIT_PART("_7", '.', 1) AS BIGINT) END END AS "_8" OFFSET 0) AS "_l") FROM (SELECT ("line" ->> 'count') AS "_7" OFFSET 0) AS "_l")) THEN 'is required, but there is no value' END AS "_reject_7",
    CASE WHEN EXISTS (SELECT 1 FROM UNNEST("lines") AS "_t"("element") WHERE "element" IS NULL) THEN 'the source value is null' END AS "_reject_8",
    CASE WHEN "state" NOT IN ('new', 'it''s') THEN 'the source value is not one of the listed values' WHEN "state" IS NULL THEN 'is required, but there is no value' END AS "_reject_9",
    "_source"
  FROM "_layer_2"
)
SELECT "_source", "_v"."path", "_v"."reason"
FROM "_made" CROSS JOIN LATERAL (VALUES ('id', "_reject_1"), ('from', "_reject_2"), ('paid', "_reject_3"), ('customer.name', "_reject_4"), ('lines[].sku', "_reject_5"), ('lines[].count', "_reject_6"), ('lines[].count', "_reject_7"), ('lines', "_reject_8"), ('state', "_reject_9")) AS "_v"("path", "reason")
WHERE "_v"."reason" IS NOT NULL
