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
  customer.id AS customer_id, customer.name AS customer_name, customer.email AS customer_email,
  customer.segment AS customer_segment, TRY_CAST(customer.score AS DOUBLE) AS customer_score,
  customer.vip AS customer_vip, customer.since AS customer_since,
  customer.address.street AS customer_address_street, customer.address.city AS customer_address_city,
  customer.address.zip AS customer_address_zip, customer.address.country AS customer_address_country,
  customer.address.lat AS customer_address_lat, customer.address.lon AS customer_address_lon,
  customer.phone AS customer_phone,
  shipping.carrier AS shipping_carrier, shipping.service AS shipping_service, shipping.cost AS shipping_cost,
  shipping.weight_g AS shipping_weight_g, shipping.eta AS shipping_eta, shipping.tracking AS shipping_tracking,
  shipping.address.street AS shipping_address_street, shipping.address.city AS shipping_address_city,
  shipping.address.zip AS shipping_address_zip, shipping.address.country AS shipping_address_country,
  payment.method AS payment_method, payment.currency AS payment_currency, payment.amount AS payment_amount,
  payment.tax AS payment_tax, payment.captured AS payment_captured, payment.captured_at AS payment_captured_at,
  payment.installments AS payment_installments, payment.fee AS payment_fee,
  device.os AS device_os, device.browser AS device_browser, device.width AS device_width,
  device.height AS device_height, device.locale AS device_locale, device.mobile AS device_mobile,
  device.ip AS device_ip,
  metrics.m01 AS metrics_m01, metrics.m02 AS metrics_m02, metrics.m03 AS metrics_m03,
  metrics.m04 AS metrics_m04, metrics.m05 AS metrics_m05, metrics.m06 AS metrics_m06,
  metrics.m07 AS metrics_m07, metrics.m08 AS metrics_m08,
  note
FROM staged WHERE reason = '';

CREATE TABLE orders__lines AS
SELECT id AS parent_id, position, line.sku AS sku, line.name AS name, line.quantity AS quantity,
  TRY_CAST(line.price AS DOUBLE) AS price, line.discount AS discount, line.taxable AS taxable
FROM (
  SELECT id, unnest(lines) AS line, generate_subscripts(lines, 1) AS position FROM staged
  WHERE reason = ''
);

CREATE TABLE orders__tags AS
SELECT id AS parent_id, generate_subscripts(tags, 1) AS position, unnest(tags) AS value FROM staged
WHERE reason = '';
