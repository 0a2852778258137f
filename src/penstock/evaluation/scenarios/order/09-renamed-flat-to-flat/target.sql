CREATE TABLE purchase_orders (
    po_number TEXT NOT NULL,
    order_date DATE NOT NULL,
    buyer_id VARCHAR(40) NOT NULL,
    buyer_name TEXT NOT NULL,
    buyer_email VARCHAR(80) NOT NULL,
    item_description TEXT NOT NULL,
    item_code VARCHAR(40) NOT NULL,
    quantity INTEGER NOT NULL,
    unit_price NUMERIC NOT NULL,
    discount_amount NUMERIC NOT NULL,
    tax_amount NUMERIC NOT NULL,
    total_amount NUMERIC NOT NULL,
    currency_code CHAR(3) NOT NULL,
    notes TEXT,
    payment_method VARCHAR(80) NOT NULL
);
