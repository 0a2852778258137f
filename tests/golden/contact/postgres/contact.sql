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
    COALESCE("group", CAST('it''s' AS TEXT)) AS "_1",
    STARTS_WITH("name", CAST('é' AS TEXT)) AS "_2",
    ("group" <> CAST('\''; --' AS TEXT)) AS "_3",
    (("home" ->> 'city') IS NULL) AS "_4"
  FROM "_input"
  OFFSET 0
),
"_made" AS (
  SELECT
    "id" AS "id",
    CASE WHEN "name" IS NOT NULL THEN CASE WHEN POSITION(CAST(' ' AS TEXT) IN "name") > 0 THEN LEFT("name", CAST(POSITION(CAST(' ' AS TEXT) IN "name") AS INT) - 1) END END AS "first",
    "_1" AS "group",
    ("_2" AND "_3") AS "is known",
    JSONB_BUILD_OBJECT('city', CASE WHEN "_4" THEN CAST('?' AS TEXT) ELSE ("home" ->> 'city') END, 'country', CAST('SE' AS TEXT)) AS "address",
    CASE WHEN "phones" IS NOT NULL THEN ARRAY(SELECT (SELECT JSONB_BUILD_OBJECT('number', "_5", 'kind', REPLACE(("phone" ->> 'select'), CAST('-' AS TEXT), CAST('' AS TEXT))) FROM (SELECT ("phone" ->> 'number') AS "_5" OFFSET 0) AS "_l") FROM UNNEST("phones") WITH ORDINALITY AS "_t"("phone", "_n") ORDER BY "_t"."_n") END AS "phones",
    LENGTH("name") AS "length",
    CASE WHEN "id" IS NULL THEN 'is required, but there is no value' END AS "_reject_1",
    CASE WHEN "_1" IS NULL THEN 'is required, but there is no value' END AS "_reject_2",
    CASE WHEN EXISTS (SELECT 1 FROM UNNEST("phones") AS "_t"("phone") WHERE (SELECT "_5" IS NULL FROM (SELECT ("phone" ->> 'number') AS "_5" OFFSET 0) AS "_l")) THEN 'is required, but there is no value' END AS "_reject_3",
    CASE WHEN EXISTS (SELECT 1 FROM UNNEST("phones") AS "_t"("element") WHERE "element" IS NULL) THEN 'the source value is null' END AS "_reject_4"
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
  CASE WHEN ("_reject_1" IS NOT NULL) OR ("_reject_2" IS NOT NULL) OR ("_reject_3" IS NOT NULL) OR ("_reject_4" IS NOT NULL) THEN ARRAY(SELECT JSONB_BUILD_OBJECT('path', "path", 'reason', "reason") FROM (VALUES (0, 'id', "_reject_1"), (1, 'group', "_reject_2"), (2, 'phones[].number', "_reject_3"), (3, 'phones', "_reject_4")) AS "_v"("_n", "path", "reason") WHERE "reason" IS NOT NULL ORDER BY "_n") END AS "_rejects"
FROM "_made"
