import ballerina/time;

enum Status {
    CONFIRMED,
    CANCELLED,
    CHECKED_IN,
    NO_SHOW
}

public type Booking record {
    string booking_id;
    Status status;
    string email;
    string guest_name;
    string hotel_name;
    string? nationality;
    int rooms;
    string room_type;
    time:Date arrival;
    time:Date departure;
    string rate_plan;
    string? agent_name;
    int adults;
    int children;
    string modified_by;
    decimal price_per_night;
    decimal total_price;
    boolean late_checkout;
    boolean refundable;
    string? promo_code;
};
