import ballerina/time;

public type Reservation record {|
    string reservationId;
    string hotelName;
    string roomType;
    time:Date arrivalDate;
    time:Date departureDate;
    decimal totalPrice;
    string currency;
    int nights;
    string? specialRequests;
    string guestFirstName;
    string guestEmail;
    string guestLastName;
    string? guestPhone;
    string guestCountry;
|};
