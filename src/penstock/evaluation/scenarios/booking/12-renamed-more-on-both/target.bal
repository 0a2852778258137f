import ballerina/time;

enum State {
    CONFIRMED,
    CANCELLED,
    CHECKED_IN,
    NO_SHOW
}

public type HotelReservation record {
    string reservationId;
    State state;
    string firstName;
    string lastName;
    string email;
    string? phone;
    string? cancellationNote;
    string hotelCode;
    time:Date? cancellationDate;
    string roomType;
    time:Date arrivalDate;
    decimal? extrasPrice;
    int? childSeatCount;
    string? emergencyPhone;
    time:Date departureDate;
    int adults;
    int children;
    decimal totalPrice;
    string currency;
    string? specialRequests;
};
