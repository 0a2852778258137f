CREATE TABLE customers (
    cust_since DATE NOT NULL,
    cust_fname VARCHAR(80) NOT NULL,
    cust_lname VARCHAR(120) NOT NULL,
    cust_mail VARCHAR(40) NOT NULL,
    cust_phone VARCHAR(80),
    cust_country CHAR(2) NOT NULL
);
