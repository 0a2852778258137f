CREATE TABLE ord (
    ord_dt DATE NOT NULL,
    ord_id TEXT NOT NULL,
    item_cd VARCHAR(40) NOT NULL,
    item_nm TEXT NOT NULL,
    ord_qty INTEGER NOT NULL,
    unit_prc NUMERIC(10, 2) NOT NULL,
    upd_ts TIMESTAMP WITH TIME ZONE NOT NULL,
    tot_val NUMERIC(10, 2) NOT NULL,
    pmt_mthd VARCHAR(40) NOT NULL
);
