CREATE TABLE hotel_booking (
    booking_id VARCHAR(80) NOT NULL,
    guest_name VARCHAR(120) NOT NULL,
    channel VARCHAR(80) NOT NULL,
    email VARCHAR(40) NOT NULL,
    hotel_name VARCHAR(80) NOT NULL,
    room_type VARCHAR(40) NOT NULL,
    hotel_city VARCHAR(120) NOT NULL,
    room_number TEXT,
    arrival DATE NOT NULL,
    departure DATE NOT NULL,
    nights INTEGER NOT NULL,
    deposit NUMERIC(10, 2),
    total_price NUMERIC(10, 2) NOT NULL,
    currency CHAR(3) NOT NULL,
    prepaid BOOLEAN NOT NULL
);
