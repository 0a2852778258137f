import ballerina/time;

public type HotelBooking record {|
    string bookingId;
    string guestName;
    string email;
    string? phone;
    string roomType;
    string hotelName;
    time:Date arrival;
    time:Date departure;
    int nights;
    int children;
    int adults;
    float totalPrice;
    string currency;
    boolean prepaid;
|};
