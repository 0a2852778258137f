CREATE TABLE rsv_master (
    rsv_no VARCHAR(120) NOT NULL,
    rsv_stat VARCHAR(40) NOT NULL,
    gst_fname VARCHAR(40) NOT NULL,
    gst_lname VARCHAR(120) NOT NULL,
    gst_mail TEXT NOT NULL,
    gst_tel VARCHAR(80),
    ctry_cd CHAR(2) NOT NULL,
    rm_cat TEXT NOT NULL,
    prop_cd VARCHAR(40) NOT NULL,
    dep_dt DATE NOT NULL,
    arr_dt DATE NOT NULL,
    nts INTEGER NOT NULL,
    no_adults INTEGER NOT NULL,
    tot_amt NUMERIC(10, 2) NOT NULL,
    curr_cd CHAR(3) NOT NULL
);
