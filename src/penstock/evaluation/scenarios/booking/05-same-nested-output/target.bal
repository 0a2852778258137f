import ballerina/time;

type Guest record {
    string first_name;
    string last_name;
    string email;
    string? phone;
    string country;
};

type Stay record {
    string hotel_name;
    string room_type;
    time:Date arrival;
    time:Date departure;
    int nights;
    string meal_plan;
};

type Price record {
    decimal price_per_night;
    decimal total_price;
    string currency;
};

public type BookingDetails record {
    string booking_id;
    string status;
    Guest guest;
    Stay stay;
    Price price;
};
