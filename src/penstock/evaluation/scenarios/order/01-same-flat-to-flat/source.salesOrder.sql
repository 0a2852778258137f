CREATE TABLE sales_order (
    order_number TEXT NOT NULL,
    order_date DATE NOT NULL,
    customer_id TEXT NOT NULL,
    customer_name VARCHAR(40) NOT NULL,
    customer_email VARCHAR(80) NOT NULL,
    sku VARCHAR(120) NOT NULL,
    product_name VARCHAR(40) NOT NULL,
    quantity INTEGER NOT NULL,
    unit_price NUMERIC(10, 2) NOT NULL,
    total_amount NUMERIC(10, 2) NOT NULL,
    tax_amount NUMERIC(10, 2) NOT NULL,
    payment_method VARCHAR(80) NOT NULL,
    currency CHAR(3) NOT NULL,
    paid BOOLEAN NOT NULL
);
