CREATE TABLE booking (
    booking_id TEXT NOT NULL,
    status VARCHAR(120) NOT NULL,
    first_name VARCHAR(80) NOT NULL,
    email TEXT NOT NULL,
    last_name VARCHAR(120) NOT NULL,
    phone VARCHAR(80),
    country CHAR(2) NOT NULL,
    hotel_name TEXT NOT NULL,
    room_type VARCHAR(40) NOT NULL,
    arrival DATE NOT NULL,
    departure DATE NOT NULL,
    nights INTEGER NOT NULL,
    meal_plan VARCHAR(120) NOT NULL,
    price_per_night NUMERIC(10, 2) NOT NULL,
    total_price NUMERIC(10, 2) NOT NULL,
    currency CHAR(3) NOT NULL
);
