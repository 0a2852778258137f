CREATE TABLE stays (
    booking_number VARCHAR(40) NOT NULL,
    first_name VARCHAR(120) NOT NULL,
    email VARCHAR(80) NOT NULL,
    last_name VARCHAR(120) NOT NULL,
    phone VARCHAR(40),
    country_code CHAR(2) NOT NULL,
    hotel_name TEXT NOT NULL,
    hotel_city VARCHAR(80) NOT NULL,
    hotel_phone VARCHAR(80) NOT NULL,
    arrival_date DATE NOT NULL,
    room_type VARCHAR(40) NOT NULL,
    departure_date DATE NOT NULL,
    room_number TEXT,
    total_amount NUMERIC NOT NULL,
    deposit_amount NUMERIC,
    currency CHAR(3) NOT NULL
);
