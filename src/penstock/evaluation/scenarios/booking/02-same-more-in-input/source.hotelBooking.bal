import ballerina/time;

enum Status {
    CONFIRMED,
    CANCELLED,
    CHECKED_IN,
    NO_SHOW
}

public type HotelBooking record {|
    Status status;
    string bookingId;
    string firstName;
    string lastName;
    string email;
    string country;
    string hotelCode;
    decimal commission;
    time:Date arrival;
    time:Date departure;
    string mealPlan;
    string marketSegment;
    string? carPlate;
    decimal pricePerNight;
    string? loyaltyNumber;
    int[] kidsAges;
    time:Utc bookedAt;
    boolean newsletter;
    string? specialRequests;
|};
