WITH "_input" AS (
  SELECT
    "person"."id" AS "id",
    "person"."name" AS "name",
    "person"."group" AS "group",
    "person"."home" AS "home",
    "person"."phones" AS "phones",
    CAST(TO_JSONB(TO_JSONB("person")) AS TEXT) AS "_source"
  FROM "person" AS "person"
),
"_layer_1" AS (
  SELECT
    *,
    COALESCE("group", CAST('it''s' AS TEXT)) AS "_1",
    STARTS_WITH("name", CAST('é' AS TEXT)) AS "_2",
    ("group" <> CAST('\''; --' AS TEXT)) AS "_3",
    (("home" ->> 'city') IS NULL) AS "_4"
  FROM "_input"
  OFFSET 0
),
"_made" AS (
  SELECT
    CASE WHEN "id" IS NULL THEN 'is required, but there is no value' END AS "_reject_1",
    CASE WHEN "_1" IS NULL THEN 'is required, but there is no value' END AS "_reject_2",
    CASE WHEN EXISTS (SELECT 1 FROM UNNEST("phones") AS "_t"("phone") WHERE (SELECT "_5" IS NULL FROM (SELECT ("phone" ->> 'number') AS "_5" OFFSET 0) AS "_l")) THEN 'is required, but there is no value' END AS "_reject_3",
    CASE WHEN EXISTS (SELECT 1 FROM UNNEST("phones") AS "_t"("element") WHERE "element" IS NULL) THEN 'the source value is null' END AS "_reject_4",
    "_source"
  FROM "_layer_1"
)
SELECT "_source", "_v"."path", "_v"."reason"
FROM "_made" CROSS JOIN LATERAL (VALUES ('id', "_reject_1"), ('group', "_reject_2"), ('phones[].number', "_reject_3"), ('phones', "_reject_4")) AS "_v"("path", "reason")
WHERE "_v"."reason" IS NOT NULL
