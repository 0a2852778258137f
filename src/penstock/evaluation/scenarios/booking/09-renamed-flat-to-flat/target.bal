import ballerina/time;

public type Reservation record {
    string reservationNumber;
    string status;
    string givenName;
    string surname;
    string emailAddress;
    string? phoneNumber;
    string countryOfResidence;
    string hotelCode;
    string roomCategory;
    time:Date checkInDate;
    time:Date checkOutDate;
    int nightCount;
    int adultCount;
    decimal totalPrice;
    string currency;
};
