CREATE TABLE hotel_booking (
    booking_id VARCHAR(40) NOT NULL,
    guest_name VARCHAR(80) NOT NULL,
    guest_email TEXT NOT NULL,
    guest_phone TEXT,
    country CHAR(2) NOT NULL,
    hotel_name TEXT NOT NULL,
    hotel_phone TEXT NOT NULL,
    hotel_city TEXT NOT NULL,
    hotel_code VARCHAR(80) NOT NULL,
    arrival DATE NOT NULL,
    departure DATE NOT NULL,
    room_type VARCHAR(120) NOT NULL,
    room_number VARCHAR(80),
    total_price NUMERIC NOT NULL,
    prepaid BOOLEAN NOT NULL
);
