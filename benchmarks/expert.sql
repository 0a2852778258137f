-- Orders from NDJSON to tables, as an expert would write it by hand for DuckDB.
-- Three places hold values of a wrong type now and then; they are read as JSON and gated. The rest is read typed.
-- A record with a wrong value is set aside as a whole, with the reason, the file and its position in the file.

CREATE TEMP TABLE staged AS
SELECT *, concat_ws('; ',
    CASE WHEN json_type(quantity) NOT IN ('UBIGINT', 'BIGINT', 'NULL') THEN 'quantity' END,
    CASE WHEN json_type(customer.score) NOT IN ('DOUBLE', 'UBIGINT', 'BIGINT', 'NULL') THEN 'customer.score' END,
    CASE WHEN len(list_filter(lines, lambda line:
        json_type(line.price) NOT IN ('DOUBLE', 'UBIGINT', 'BIGINT', 'NULL'))) > 0 THEN 'lines[].price' END
  ) AS reason
FROM read_ndjson($files, filename = true, columns = {
  id: 'BIGINT', reference: 'VARCHAR', created_at: 'TIMESTAMPTZ', updated_at: 'TIMESTAMPTZ', day: 'DATE',
  kind: 'VARCHAR', status: 'VARCHAR', code: 'VARCHAR', active: 'BOOLEAN', quantity: 'JSON', total: 'DOUBLE',
  priority: 'BIGINT', channel: 'VARCHAR', campaign: 'VARCHAR', warehouse: 'VARCHAR',
  customer: 'STRUCT(id BIGINT, name VARCHAR, email VARCHAR, segment VARCHAR, score JSON, vip BOOLEAN, since DATE,
    address STRUCT(street VARCHAR, city VARCHAR, zip VARCHAR, country VARCHAR, lat DOUBLE, lon DOUBLE),
    phone VARCHAR)',
  shipping: 'STRUCT(carrier VARCHAR, service VARCHAR, cost DOUBLE, weight_g BIGINT, eta TIMESTAMPTZ,
    tracking VARCHAR, address STRUCT(street VARCHAR, city VARCHAR, zip VARCHAR, country VARCHAR))',
  payment: 'STRUCT(method VARCHAR, currency VARCHAR, amount DOUBLE, tax DOUBLE, captured BOOLEAN,
    captured_at TIMESTAMPTZ, installments BIGINT, fee DOUBLE)',
  device: 'STRUCT(os VARCHAR, browser VARCHAR, width BIGINT, height BIGINT, locale VARCHAR, mobile BOOLEAN,
    ip VARCHAR)',
  metrics: 'STRUCT(m01 DOUBLE, m02 DOUBLE, m03 DOUBLE, m04 DOUBLE, m05 DOUBLE, m06 DOUBLE, m07 DOUBLE, m08 DOUBLE)',
  lines: 'STRUCT(sku VARCHAR, name VARCHAR, quantity BIGINT, price JSON, discount DOUBLE, taxable BOOLEAN)[]',
  tags: 'VARCHAR[]',
  note: 'VARCHAR'
});

CREATE TABLE orders_rejects AS
WITH starts AS (SELECT filename, min(rowid) AS first FROM staged GROUP BY filename)
SELECT id, reason, filename, staged.rowid - first + 1 AS position
FROM staged JOIN starts USING (filename)
WHERE reason <> '';

CREATE TABLE orders AS
SELECT
  id, reference, created_at, updated_at, day, kind, status, code, active,
  TRY_CAST(quantity AS BIGINT) AS quantity, total, priority, channel, campaign, warehouse,
  customer.id AS customer__id, customer.name AS customer__name, customer.email AS customer__email,
  customer.segment AS customer__segment, TRY_CAST(customer.score AS DOUBLE) AS customer__score,
  customer.vip AS customer__vip, customer.since AS customer__since,
  customer.address.street AS customer__address__street, customer.address.city AS customer__address__city,
  customer.address.zip AS customer__address__zip, customer.address.country AS customer__address__country,
  customer.address.lat AS customer__address__lat, customer.address.lon AS customer__address__lon,
  customer.phone AS customer__phone,
  shipping.carrier AS shipping__carrier, shipping.service AS shipping__service, shipping.cost AS shipping__cost,
  shipping.weight_g AS shipping__weight_g, shipping.eta AS shipping__eta, shipping.tracking AS shipping__tracking,
  shipping.address.street AS shipping__address__street, shipping.address.city AS shipping__address__city,
  shipping.address.zip AS shipping__address__zip, shipping.address.country AS shipping__address__country,
  payment.method AS payment__method, payment.currency AS payment__currency, payment.amount AS payment__amount,
  payment.tax AS payment__tax, payment.captured AS payment__captured, payment.captured_at AS payment__captured_at,
  payment.installments AS payment__installments, payment.fee AS payment__fee,
  device.os AS device__os, device.browser AS device__browser, device.width AS device__width,
  device.height AS device__height, device.locale AS device__locale, device.mobile AS device__mobile,
  device.ip AS device__ip,
  metrics.m01 AS metrics__m01, metrics.m02 AS metrics__m02, metrics.m03 AS metrics__m03,
  metrics.m04 AS metrics__m04, metrics.m05 AS metrics__m05, metrics.m06 AS metrics__m06,
  metrics.m07 AS metrics__m07, metrics.m08 AS metrics__m08,
  note
FROM staged WHERE reason = '';

CREATE TABLE orders_lines AS
SELECT id AS orders_id, position, line.sku AS sku, line.name AS name, line.quantity AS quantity,
  TRY_CAST(line.price AS DOUBLE) AS price, line.discount AS discount, line.taxable AS taxable
FROM (
  SELECT id, unnest(lines) AS line, generate_subscripts(lines, 1) AS position FROM staged
  WHERE reason = ''
);

CREATE TABLE orders_tags AS
SELECT id AS orders_id, generate_subscripts(tags, 1) AS position, unnest(tags) AS value FROM staged
WHERE reason = '';
