CREATE TABLE orders (
    order_no TEXT NOT NULL,
    ordered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    customer_name VARCHAR(120) NOT NULL,
    customer_email VARCHAR(40) NOT NULL,
    customer_phone TEXT,
    billing_street VARCHAR(120) NOT NULL,
    billing_city TEXT NOT NULL,
    billing_postcode TEXT NOT NULL,
    shipping_street VARCHAR(40) NOT NULL,
    shipping_city VARCHAR(120) NOT NULL,
    shipping_postcode VARCHAR(80) NOT NULL,
    sku VARCHAR(40) NOT NULL,
    unit_price NUMERIC NOT NULL,
    quantity INTEGER NOT NULL,
    total_amount NUMERIC NOT NULL
);
