CREATE TABLE booking_export (
    bk_ref VARCHAR(40) NOT NULL,
    bk_channel VARCHAR(80) NOT NULL,
    guest_first VARCHAR(120) NOT NULL,
    guest_last VARCHAR(40) NOT NULL,
    guest_email TEXT NOT NULL,
    date_in DATE NOT NULL,
    guest_mobile VARCHAR(40),
    date_out DATE NOT NULL,
    qty_nights INTEGER NOT NULL,
    pax_adult INTEGER NOT NULL,
    rate_night NUMERIC(10, 2) NOT NULL,
    pax_child INTEGER NOT NULL,
    rate_total NUMERIC(10, 2) NOT NULL,
    tourist_tax NUMERIC(10, 2) NOT NULL,
    ccy CHAR(3) NOT NULL,
    booked_on TIMESTAMP WITH TIME ZONE NOT NULL
);
