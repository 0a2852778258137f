CREATE TABLE inv_hdr (
    inv_no VARCHAR(40) NOT NULL,
    due_dt DATE NOT NULL,
    inv_dt DATE NOT NULL,
    ord_no VARCHAR(120) NOT NULL,
    cust_no VARCHAR(120) NOT NULL,
    vat_id TEXT,
    cust_nm VARCHAR(120) NOT NULL,
    bill_cty VARCHAR(80) NOT NULL,
    bill_str VARCHAR(80) NOT NULL,
    net_amt NUMERIC(10, 2) NOT NULL,
    bill_zip TEXT NOT NULL,
    tax_amt NUMERIC(10, 2) NOT NULL,
    gross_amt NUMERIC(10, 2) NOT NULL,
    cur CHAR(3) NOT NULL,
    pay_terms VARCHAR(120) NOT NULL
);
