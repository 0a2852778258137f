CREATE TABLE booking (
    booking_id VARCHAR(80) NOT NULL,
    hotel_name VARCHAR(80) NOT NULL,
    room_type VARCHAR(120) NOT NULL,
    arrival DATE NOT NULL,
    nights INTEGER NOT NULL,
    departure DATE NOT NULL,
    total_price NUMERIC(10, 2) NOT NULL,
    currency CHAR(3) NOT NULL,
    booked_at TIMESTAMP WITH TIME ZONE NOT NULL
);
