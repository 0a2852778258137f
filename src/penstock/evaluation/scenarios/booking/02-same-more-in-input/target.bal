import ballerina/time;

enum Status {
    CONFIRMED,
    CANCELLED,
    CHECKED_IN,
    NO_SHOW
}

public type Reservation record {
    string bookingId;
    Status status;
    string firstName;
    string lastName;
    string country;
    string email;
    string hotelCode;
    time:Date arrival;
    time:Date departure;
    string mealPlan;
    decimal pricePerNight;
    int[] kidsAges;
    time:Utc bookedAt;
    string? specialRequests;
};
