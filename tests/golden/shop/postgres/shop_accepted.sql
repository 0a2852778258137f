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
    "id" AS "id",
    "_3" AS "from",
    CASE WHEN "_4" THEN CAST(0 AS BIGINT) ELSE (CASE WHEN "paid" ~ '^[+-]?[0-9]+([.]0+)?$' AND PG_INPUT_IS_VALID(SPLIT_PART("paid", '.', 1), 'BIGINT') THEN CAST(SPLIT_PART("paid", '.', 1) AS BIGINT) END) END AS "paid",
    JSONB_BUILD_OBJECT('name', "_2", 'domain', CASE WHEN "_5" IS NOT NULL THEN CASE WHEN POSITION(CAST('@' AS TEXT) IN "_5") > 0 THEN SUBSTRING("_5" FROM CAST(POSITION(CAST('@' AS TEXT) IN "_5") + LENGTH(CAST('@' AS TEXT)) AS INT)) END END) AS "customer",
    CASE WHEN "lines" IS NOT NULL THEN ARRAY(SELECT (SELECT (SELECT (SELECT (SELECT JSONB_BUILD_OBJECT('sku', "_6", 'count', "_8", 'pieces', CASE WHEN ("_9" IS NOT NULL) AND (NOT ("_9" ~ '^[+-]?[0-9]+([.]0+)?$' AND PG_INPUT_IS_VALID(SPLIT_PART("_9", '.', 1), 'BIGINT'))) THEN CAST(NULL AS BIGINT) ELSE CASE WHEN "_9" IS NOT NULL THEN CASE WHEN "_9" ~ '^[+-]?[0-9]+([.]0+)?$' AND PG_INPUT_IS_VALID(SPLIT_PART("_9", '.', 1), 'BIGINT') THEN CAST(SPLIT_PART("_9", '.', 1) AS BIGINT) END END END) FROM (SELECT ("line" ->> 'note') AS "_9" OFFSET 0) AS "_l") FROM (SELECT CASE WHEN "_7" IS NOT NULL THEN CASE WHEN "_7" ~ '^[+-]?[0-9]+([.]0+)?$' AND PG_INPUT_IS_VALID(SPLIT_PART("_7", '.', 1), 'BIGINT') THEN CAST(SPLIT_PART("_7", '.', 1) AS BIGINT) END END AS "_8" OFFSET 0) AS "_l") FROM (SELECT ("line" ->> 'count') AS "_7" OFFSET 0) AS "_l") FROM (SELECT REPLACE(("line" ->> 'sku'), CAST('''' AS TEXT), CAST('\' AS TEXT)) AS "_6" OFFSET 0) AS "_l") FROM UNNEST("lines") WITH ORDINALITY AS "_t"("line", "_n") ORDER BY "_t"."_n") END AS "lines",
    "state" AS "state",
    CAST('web''s' AS TEXT) AS "channel",
    CASE WHEN "id" IS NULL THEN 'is required, but there is no value' END AS "_reject_1",
    CASE WHEN "_3" IS NULL THEN 'is required, but there is no value' END AS "_reject_2",
    CASE WHEN (("_4") IS NOT TRUE) AND (NOT ("paid" ~ '^[+-]?[0-9]+([.]0+)?$' AND PG_INPUT_IS_VALID(SPLIT_PART("paid", '.', 1), 'BIGINT'))) THEN 'TO_INT: is not a whole number of 64 bits' END AS "_reject_3",
    CASE WHEN "_2" IS NULL THEN 'is required, but there is no value' END AS "_reject_4",
    CASE WHEN EXISTS (SELECT 1 FROM UNNEST("lines") AS "_t"("line") WHERE (SELECT "_6" IS NULL FROM (SELECT REPLACE(("line" ->> 'sku'), CAST('''' AS TEXT), CAST('\' AS TEXT)) AS "_6" OFFSET 0) AS "_l")) THEN 'is required, but there is no value' END AS "_reject_5",
    CASE WHEN EXISTS (SELECT 1 FROM UNNEST("lines") AS "_t"("line") WHERE (SELECT (SELECT CASE WHEN ("_7" IS NOT NULL) AND (NOT ("_7" ~ '^[+-]?[0-9]+([.]0+)?$' AND PG_INPUT_IS_VALID(SPLIT_PART("_7", '.', 1), 'BIGINT'))) THEN 'TO_INT: is not a whole number of 64 bits' WHEN "_8" IS NULL THEN 'is required, but there is no value' END = 'TO_INT: is not a whole number of 64 bits' FROM (SELECT CASE WHEN "_7" IS NOT NULL THEN CASE WHEN "_7" ~ '^[+-]?[0-9]+([.]0+)?$' AND PG_INPUT_IS_VALID(SPLIT_PART("_7", '.', 1), 'BIGINT') THEN CAST(SPLIT_PART("_7", '.', 1) AS BIGINT) END END AS "_8" OFFSET 0) AS "_l") FROM (SELECT ("line" ->> 'count') AS "_7" OFFSET 0) AS "_l")) THEN 'TO_INT: is not a whole number of 64 bits' END AS "_reject_6",
    CASE WHEN EXISTS (SELECT 1 FROM UNNEST("lines") AS "_t"("line") WHERE (SELECT (SELECT CASE WHEN ("_7" IS NOT NULL) AND (NOT ("_7" ~ '^[+-]?[0-9]+([.]0+)?$' AND PG_INPUT_IS_VALID(SPLIT_PART("_7", '.', 1), 'BIGINT'))) THEN 'TO_INT: is not a whole number of 64 bits' WHEN "_8" IS NULL THEN 'is required, but there is no value' END = 'is required, but there is no value' FROM (SELECT CASE WHEN "_7" IS NOT NULL THEN CASE WHEN "_7" ~ '^[+-]?[0-9]+([.]0+)?$' AND PG_INPUT_IS_VALID(SPLIT_PART("_7", '.', 1), 'BIGINT') THEN CAST(SPLIT_PART("_7", '.', 1) AS BIGINT) END END AS "_8" OFFSET 0) AS "_l") FROM (SELECT ("line" ->> 'count') AS "_7" OFFSET 0) AS "_l")) THEN 'is required, but there is no value' END AS "_reject_7",
    CASE WHEN EXISTS (SELECT 1 FROM UNNEST("lines") AS "_t"("element") WHERE "element" IS NULL) THEN 'the source value is null' END AS "_reject_8",
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
